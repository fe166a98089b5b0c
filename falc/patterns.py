"""Patterns of files, as in `.gitignore`."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from falc.model import FalcError

__all__ = ["Patterns", "faulty", "patterns", "refuse_faulty"]

_FOLDERS_BELOW = re.compile(r"(.*/\*\*/) *\Z")
_NAMED_GROUP = re.compile(r"\?P<\w+>")


@dataclass(frozen=True)
class Patterns:
    """Patterns of which the last one that fits decides.

    Paths are relative to the folder that the patterns count from, with « / ».  A line that makes no sense fits nothing,
    as in git: `faulty` tells of it.
    """

    lines: tuple[str, ...]

    def verdict(self, path: str, is_folder: bool = False) -> bool | None:
        """Say whether a pattern is about `path` itself, not about a folder above it.

        True: it is named; False: it is brought back (« !lettre.md »); None: no pattern is about it.
        """
        if self._any is None or self._any.search(f"{path}/" if is_folder else path) is None:
            return None
        for names, pattern in reversed(self._compiled):
            if _is_about(pattern, path, is_folder):
                return names
        return None

    def hold(self, path: str) -> bool:
        """Does a pattern name the file `path` or a folder above it?  Only for patterns without « ! »."""
        return self._any is not None and self._any.search(path) is not None

    @cached_property
    def _compiled(self) -> list[tuple[bool, re.Pattern[str]]]:
        return [pattern for line in self.lines if (pattern := _compile(line)) is not None]

    @cached_property
    def _any(self) -> re.Pattern[str] | None:
        """One expression for all: most files fit none of the patterns."""
        sources = [_NAMED_GROUP.sub("?:", pattern.pattern) for _, pattern in self._compiled]
        return re.compile("|".join(f"(?:{source})" for source in sources)) if sources else None


@lru_cache(maxsize=256)
def patterns(lines: tuple[str, ...]) -> Patterns:
    """Return the patterns of `lines`, compiled once."""
    return Patterns(lines)


def faulty(lines: Iterable[str], *, negated: bool = True) -> Iterator[str]:
    """Yield the lines that fit no file whatever its name; without `negated`, those that begin with « ! » too."""
    for line in lines:
        pattern = _compile(line)
        if pattern is None or not (negated or pattern[0]):
            yield line


def _is_about(pattern: re.Pattern[str], path: str, is_folder: bool) -> bool:
    # pathspec marks with a named group, the only one, the « / » that ends the name of a folder.
    found = pattern.search(path)
    if found is not None and found.lastgroup is None:
        return True
    return is_folder and any(
        found.lastgroup is not None and found.end() == len(path) + 1 for found in pattern.finditer(f"{path}/")
    )


@lru_cache(maxsize=4096)
def _compile(line: str) -> tuple[bool, re.Pattern[str]] | None:
    """Return whether a line names files or brings them back, and its expression; None when it is no pattern."""
    # Half the time of a short command goes into this import.
    from pathspec.patterns.gitignore import GitIgnorePatternError
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a class such as [[:alpha:]], which pathspec reads as something else
            # pathspec reads « a/**/ » as « a/ »; for git it names the folders in it.
            pattern = GitIgnoreSpecPattern(_FOLDERS_BELOW.sub(r"\1*/", line))
    except (GitIgnorePatternError, re.error, Warning):
        return None
    if pattern.include is None or pattern.regex is None:
        return None
    return pattern.include, pattern.regex


def refuse_faulty(lines: Iterable[str], where: str, key: str, *, negated: bool = True) -> None:
    """Raise FalcError when one of `lines`, which stand at `where` under `key`, is no pattern."""
    for line in faulty(lines, negated=negated):
        raise FalcError(f"{where} : « {key} » contient « {line} », qui n'est pas un motif de fichiers.")
