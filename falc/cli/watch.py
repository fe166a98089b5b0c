"""`falc check --watch`: check, then check again what changes; the model stays loaded."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from falc.cli.options import Exit
from falc.cli.which import STDIN, Which, files_of
from falc.model import FalcError

if TYPE_CHECKING:
    from falc.config import Settings
    from falc.discovery import FolderError
    from falc.watching import Watched

__all__ = ["watch"]


def watch(
    paths: Sequence[str],
    which: Which,
    new_settings: Callable[[], Settings],
    check: Callable[[Settings, Which, Iterable[Path | FolderError]], object],
    stop: Event | None = None,
) -> int:
    """Call `check` with the files at `paths`, then with those that change, until Ctrl-C or `stop`; return 0.

    It gets the same `Settings` again until a file of settings changes: then it gets all the files, too.
    Raises FalcError when the settings are wrong at the start; later that is told, and falc waits.
    """
    from falc.rules import typography
    from falc.texts import texts
    from falc.watching import changes

    said = texts()["veille"]

    def say(line: str) -> None:
        click.echo(typography(line), err=True)

    if STDIN in paths:
        raise FalcError(said["stdin"])
    looking, settings = _Looking(paths, which, new_settings), new_settings()
    try:
        for number, change in enumerate(changes(looking.look, stop or Event())):
            if sys.stdout.isatty():
                click.clear()
            for path in change.gone:
                say(said["gone"].format(path=path))
            if change.settings and number:
                say(said["settings"])
            if looking.fault:
                say(f"falc : {looking.fault}")
            elif change.settings:
                settings = new_settings()
                check(settings, *_asked_anew(which, looking.found))
            elif change.files:
                check(settings, *_asked_anew(which, change.files))
            say(said["waiting"])
    except KeyboardInterrupt:
        say(f"\n{said['stopped']}")
    return Exit.CLEAN


class _Looking:
    """What there is to check now; `fault` says what is wrong with the settings since the last look."""

    def __init__(self, paths: Sequence[str], which: Which, new_settings: Callable[[], Settings]) -> None:
        self._paths = paths
        # What git says changes with each edit: all the files are looked at.
        self._which = replace(which, changed=None, lines=False)
        self._new_settings = new_settings
        self._watched: Watched | None = None
        self.found: list[Path | FolderError] = []
        self.fault: FalcError | None = None

    def look(self) -> Watched:
        """Find the files again.  Raises FalcError the first time, when there is nothing to go on with."""
        from falc.watching import Watched

        settings = self._new_settings()
        discovery = self._which.discovery(settings)
        try:
            self.found = [file for file in files_of(settings, self._paths, self._which, discovery) if file != STDIN]
        except FalcError as error:
            if self._watched is None:
                raise
            self.fault = error
            return self._watched
        self.fault = None
        files = [file for file in self.found if isinstance(file, Path)]
        configs = {settings.for_folder(file.parent) for file in files}
        sources = {path for config in configs for path in (*config.sources, *config.lexicons)}
        folders = map(Path, discovery.folders)
        self._watched = Watched(tuple(files), tuple(folders), tuple(sorted(sources)))
        return self._watched


def _asked_anew(which: Which, files: Iterable[Path | FolderError]) -> tuple[Which, list[Path | FolderError]]:
    """Return `which` with what git says now, and those of `files` that are asked for."""
    which = replace(which)
    changes = which.changes
    return which, [f for f in files if changes is None or isinstance(f, FalcError) or changes.hold(f)]
