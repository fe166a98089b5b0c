"""Wait for files to change.

Looking at the times of the files, again and again, costs little for the letters of a folder, and works on the disks of
a network, where systems tell of no change.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Event

__all__ = ["Change", "Watched", "changes"]

_SETTINGS = ("falc.toml", "pyproject.toml", ".falcignore", ".gitignore")
_PAUSE = 0.5  # seconds: people wait for no more
_CALM = 0.15  # seconds without a change: an editor that saves writes, then renames
_SHARE = 0.05  # of the time of one processor at most


@dataclass(frozen=True)
class Watched:
    """What to look at: the files to check, the folders where others may appear, and what changes the settings."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]
    settings: tuple[Path, ...]

    @cached_property
    def all_settings(self) -> tuple[Path, ...]:
        """The settings, and where others may appear."""
        return (*self.settings, *(folder / name for folder in self.folders for name in _SETTINGS))

    @cached_property
    def others(self) -> tuple[Path, ...]:
        """What says which files there are to check."""
        return (*self.folders, *self.all_settings)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened: files to check that are new or other than before, files that are gone; other settings."""

    files: tuple[Path, ...]
    gone: tuple[Path, ...] = ()
    settings: bool = False


_State = tuple[int, int, int] | None  # None: there is no such file
_States = dict[Path, _State]


def changes(look: Callable[[], Watched], stop: Event, *, pause: float = _PAUSE) -> Iterator[Change]:
    """Yield all the files as a first change, then what changes, until `stop` is set.

    `look` says what to look at; it is called again when a folder or a setting changes.  `pause`, in seconds, is the
    least time between two looks: many files make it longer.
    """
    watched = look()
    before = _states(watched)
    yield Change(watched.files, settings=True)
    wait = pause
    while not stop.wait(wait):
        started = time.process_time()
        now = _states(watched)
        wait = max(pause, (time.process_time() - started) / _SHARE)
        if now == before:
            continue
        now, seen = _calm(watched, now, stop), watched
        if any(now[path] != before[path] for path in watched.others):
            watched = look()
            now = _states(watched)
        change = _change(seen, watched, before, now)
        before = now
        if change.files or change.gone or change.settings:
            yield change


def _change(seen: Watched, watched: Watched, before: _States, now: _States) -> Change:
    return Change(
        files=tuple(path for path in watched.files if now[path] not in (None, before.get(path))),
        gone=tuple(path for path in seen.files if before[path] is not None and _state(path) is None),
        settings=any(_state(path) != before[path] for path in seen.all_settings),
    )


def _calm(watched: Watched, now: _States, stop: Event) -> _States:
    """Wait until nothing changes for a moment, and return the states then."""
    while not stop.wait(_CALM):
        later = _states(watched)
        if later == now:
            break
        now = later
    return now


def _states(watched: Watched) -> _States:
    return {path: _state(path) for path in (*watched.files, *watched.others)}


def _state(path: Path) -> _State:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
