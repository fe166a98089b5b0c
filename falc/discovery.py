"""Which files to check: those of folders that falc can read, less what is left out (see `falc.ignored`).

A file or folder that the user names is checked, unless `force` is set.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from falc import formats
from falc.config import Settings
from falc.ignored import Folder, Ignored, is_never_checked
from falc.model import FalcError
from falc.texts import cause, texts

__all__ = ["Discovery", "FolderError"]

_ANNOTATED = ".annote"
_MADE_BY_FALC = b'<meta name="generator" content="falc">'
_HEAD = 400


class FolderError(FalcError):
    """Why a folder gives no files; `path` is the folder, or its file of settings."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason if reason.startswith(str(path)) else f"{path} : {reason}")
        self.path = path


# A file with its path when links are followed, or why a folder cannot be read.
_Found = tuple[Path, str] | FolderError


@dataclass(frozen=True, slots=True)
class _Below:
    """A folder to walk, and what holds in the one that it is in."""

    path: Path
    above: Folder


class Discovery:
    """Find files, each once; `folders` are those that were walked so far.

    `settings` tell `include` and `exclude` for each folder; `exclude` are more patterns, which count from the current
    folder.  With `force`, files and folders that the user names are left out like others.  Without `gitignore`, what
    git ignores is checked too.
    """

    def __init__(
        self, settings: Settings, *, exclude: Sequence[str] = (), force: bool = False, gitignore: bool = True
    ) -> None:
        self.folders: dict[str, None] = {}
        self._ignored = Ignored(settings, exclude, gitignore=gitignore)
        self._force = force
        self._done: set[str] = set()

    def files(self, paths: Iterable[Path]) -> Iterator[Path | FolderError]:
        """Yield the files at `paths` and in the folders there, sorted within each, less those that it found before.

        An error stands for a folder that cannot be read or holds nothing to check.  Raises FalcError when the settings
        of a folder or a pattern are wrong.
        """
        for path in paths:
            for found in self._files(path):
                if isinstance(found, FolderError):
                    yield found
                elif found[1] not in self._done:
                    self._done.add(found[1])
                    yield found[0]

    def leaves_out(self, path: Path) -> bool:
        """Is the file or folder at `path`, which the user names and which may not exist, left out?"""
        if not self._force:
            return False
        if path.is_dir():
            return self._ignored.folder(os.path.realpath(path)).is_left_out
        folder = self._ignored.folder(os.path.realpath(path.parent))
        return folder.is_left_out or folder.leaves_out(path.name, False)

    def _files(self, path: Path) -> Iterator[_Found]:
        """Yield the files at `path` or below, each with its path when links are followed."""
        try:
            is_folder = path.is_dir()
        except OSError as error:
            yield FolderError(path, texts()["dossier"]["closed"].format(cause=cause(error)))
            return
        if self.leaves_out(path):
            return
        if not is_folder:
            yield path, os.path.realpath(path)
            return
        found, walk = False, _Walk(self, path)
        for file in walk:
            found = True
            yield file
        if not found:
            said = texts()["dossier"]
            left = said["left_out"] if walk.left_out else ""
            yield FolderError(path, said["empty"].format(known=", ".join(formats.SUFFIXES), left=left))

    def enter(self, path: str) -> Folder:
        """Return what holds in the folder at `path`, links followed, where a walk begins."""
        self.folders[path] = None
        return self._ignored.folder(path)

    def enter_below(self, above: Folder, name: str) -> Folder:
        """Return what holds in the folder `name` of the folder `above`."""
        folder = self._ignored.below(above, name)
        self.folders[folder.path] = None
        return folder


class _Walk:
    """The files below a folder; `left_out` says whether patterns kept something out."""

    def __init__(self, discovery: Discovery, path: Path) -> None:
        self._discovery = discovery
        self._path = path
        self.left_out = False

    def __iter__(self) -> Iterator[_Found]:
        # A stack and no recursion: folders may be as deep as someone likes.
        stack = [self._listed(self._path, self._discovery.enter(os.path.realpath(self._path)))]
        while stack:
            found = next(stack[-1], None)
            if found is None:
                stack.pop()
            elif isinstance(found, _Below):
                folder = self._discovery.enter_below(found.above, found.path.name)
                stack.append(self._listed(found.path, folder))
            else:
                yield found

    def _listed(self, path: Path, folder: Folder) -> Iterator[_Found | _Below]:
        """Yield the files of one folder, and the folders in it with what holds around them, by name."""
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield FolderError(path, texts()["dossier"]["closed"].format(cause=cause(error)))
            return
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if not is_folder and not (folder.knows(entry.name) and _is_file(entry)):
                continue
            if folder.leaves_out(entry.name, is_folder):
                self.left_out |= not is_never_checked(entry.name, is_folder)
            elif is_folder:
                yield _Below(path / entry.name, folder)
            elif not _is_ours(file := path / entry.name):
                yield file, os.path.realpath(file) if entry.is_symlink() else folder.inside(entry.name)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Is it a file?  A link that leads nowhere is one, so that its reader tells; a pipe would make falc wait."""
    if entry.is_symlink():
        return not Path(entry.path).exists() or Path(entry.path).is_file()
    return entry.is_file()


def _is_ours(path: Path) -> bool:
    """Did falc write the file: an annotated letter, a report, a grid?"""
    kind = formats.format_of(path)
    if kind in ("docx", "odt") and path.stem.endswith(_ANNOTATED):
        return True
    if kind != "html":
        return False
    try:
        with path.open("rb") as file:
            return _MADE_BY_FALC in file.read(_HEAD)
    except OSError:  # the one who reads it will tell
        return False
