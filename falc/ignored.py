"""What leaves files out, the last word first.

Patterns of the command line, `exclude` of the settings, `.falcignore`, `.gitignore`, `.git/info/exclude`, what nobody
checks (hidden files, `node_modules`…).  In each the last pattern that fits decides, and « !motif » brings back what
something weaker left out.  As in git, nothing comes back from a folder that is left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from falc import formats
from falc.config import COMMAND_LINE, Settings, place_of
from falc.patterns import Patterns, patterns, refuse_faulty

__all__ = ["Folder", "Ignored", "is_never_checked"]

_GITIGNORE, _FALCIGNORE = ".gitignore", ".falcignore"
_LEFT_OUT = {"node_modules", "__pycache__", "venv"}


@dataclass(frozen=True, slots=True)
class _Source:
    """Patterns, and where a folder is as they see it: « courriers/ »."""

    patterns: Patterns
    place: str

    def below(self, name: str) -> _Source:
        return _Source(self.patterns, f"{self.place}{name}/")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, links followed, and what holds in it, the weakest first."""

    path: str
    git: tuple[_Source, ...]
    falc: tuple[_Source, ...]
    settings: tuple[_Source, ...]
    include: tuple[_Source, ...]
    is_left_out: bool

    def inside(self, name: str) -> str:
        """Return the path of `name` in this folder."""
        return self.path + name if self.path.endswith(os.sep) else self.path + os.sep + name

    def leaves_out(self, name: str, is_folder: bool) -> bool:
        """Is the file or folder `name` in this folder left out?"""
        if name == ".git":
            return True
        for sources in (self.settings, self.falc, self.git):
            for source in reversed(sources):
                verdict = source.patterns.verdict(source.place + name, is_folder)
                if verdict is not None:
                    return verdict
        return is_never_checked(name, is_folder)

    def knows(self, name: str) -> bool:
        """Can falc read a file of this name, or do the settings say that it is a text?"""
        if formats.format_of(Path(name)):
            return True
        return any(source.patterns.verdict(source.place + name) for source in self.include)


def is_never_checked(name: str, is_folder: bool) -> bool:
    """Does nobody want to check what has this name: hidden, a lock of Word, installed programs?"""
    return name.startswith((".", "~$")) or (is_folder and name in _LEFT_OUT)


class Ignored:
    """What holds in each folder.

    `settings` tell `include` and `exclude`; `exclude` are more patterns, which count from the current folder.  Without
    `gitignore`, what git ignores is checked too.  Raises FalcError for a pattern that makes no sense.
    """

    def __init__(self, settings: Settings, exclude: Sequence[str] = (), *, gitignore: bool = True) -> None:
        refuse_faulty(exclude, COMMAND_LINE, "--exclude")
        self._settings = settings
        self._exclude = tuple(exclude)
        self._gitignore = gitignore
        self._known: dict[tuple[str, str], Folder] = {}
        self._tops: dict[str, str] = {}

    def folder(self, path: str) -> Folder:
        """Return what holds in the folder at `path`, links followed."""
        return self._folder(path, self._top(path))

    def _folder(self, path: str, top: str) -> Folder:
        """Return what holds in a folder of `top`, where the files that say so begin."""
        if (path, top) not in self._known:
            above = None if path == top else self._folder(str(Path(path).parent), top)
            self._known[path, top] = self._inside(above, path)
        return self._known[path, top]

    def below(self, above: Folder, name: str) -> Folder:
        """Return what holds in the folder `name` of the folder `above`."""
        return self._inside(above, above.inside(name))

    def _inside(self, above: Folder | None, path: str) -> Folder:
        name = Path(path).name
        git = tuple(source.below(name) for source in above.git) if above else tuple(self._git_exclude(path))
        falc = tuple(source.below(name) for source in above.falc) if above else ()
        config = self._settings.for_folder(Path(path))
        refuse_faulty(config.exclude, config.origin("exclude"), "exclude")
        refuse_faulty(config.include, config.origin("include"), "include", negated=False)
        own = [(config.exclude, config.path), (self._exclude, None)]
        return Folder(
            path=path,
            git=(*git, *self._ignored(path, _GITIGNORE)) if self._gitignore else (),
            falc=(*falc, *self._ignored(path, _FALCIGNORE)),
            settings=tuple(_Source(patterns(lines), place_of(path, base)) for lines, base in own if lines),
            include=(_Source(patterns(config.include), place_of(path, config.path)),) if config.include else (),
            is_left_out=above is not None and (above.is_left_out or above.leaves_out(name, True)),
        )

    def _git_exclude(self, top: str) -> Iterator[_Source]:
        return _source(_git_folder(Path(top)) / "info" / "exclude") if self._gitignore else iter(())

    def _ignored(self, folder: str, name: str) -> Iterator[_Source]:
        return _source(Path(folder, name), strict=name == _FALCIGNORE)

    def _top(self, path: str) -> str:
        """Return the folder where files that leave others out begin: that of git, of the settings, or the current."""
        if path not in self._tops:
            self._tops[path] = self._find_top(Path(path))
        return self._tops[path]

    def _find_top(self, path: Path) -> str:
        above = (path, *path.parents)
        for folder in above:
            if (folder / ".git").exists():
                return str(folder)
        config = self._settings.for_folder(path).path
        current = Path(os.path.realpath(os.curdir))
        return str(next((folder for folder in (config and config.parent, current) if folder in above), path))


def _git_folder(top: Path) -> Path:
    """Return the folder of git for the working tree at `top`; a worktree or a submodule has a file that names it."""
    own = top / ".git"
    try:
        if own.is_file():
            own = top / own.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
            common = own / "commondir"
            return own / common.read_text(encoding="utf-8").strip() if common.is_file() else own
    except (OSError, UnicodeDecodeError):
        pass  # then git itself would not find it
    return own


def _source(path: Path, *, strict: bool = False) -> Iterator[_Source]:
    """Yield the patterns of a file such as `.gitignore`, if it is there; `strict` refuses lines that make no sense.

    git passes over such lines in files of its own, and so does falc.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="surrogateescape").split("\n")
    except OSError:
        return
    lines = [line.removesuffix("\r") for line in lines]
    told = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    for number, line in told if strict else ():
        refuse_faulty([line], f"{path}, ligne {number}", path.name)
    if told:
        yield _Source(patterns(tuple(line for _, line in told)), "")
