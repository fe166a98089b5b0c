"""`falc check`: tell what is hard to read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from falc.cli.cache import cache_options, opened_cache
from falc.cli.known import KnownFindings, known_options, note_as_known
from falc.cli.options import fail_on_options, revisions_option, settings_of, settings_options
from falc.cli.printing import Outcome, Shown, output_options
from falc.cli.progress import Progress, is_watched
from falc.cli.which import STDIN, Which, check_options, files_of, show_files, which_options
from falc.french_click import FrenchCommand
from falc.model import FalcError

if TYPE_CHECKING:
    from falc.cache import Cache
    from falc.config import Settings
    from falc.discovery import FolderError
    from falc.linter import Linter
    from falc.report import Report

__all__ = ["check", "reports_of"]

_Files = Iterable["Path | FolderError | Literal['-']"]


@click.command(cls=FrenchCommand)
@click.argument("paths", nargs=-1, metavar="[FICHIER]...")
@settings_options
@revisions_option
@check_options
@which_options
@known_options
@output_options
@click.option("--stdin-filename", metavar="FICHIER", help="Nom du fichier lu sur l'entrée standard (-).")
@fail_on_options
@cache_options
def check(
    paths: tuple[str, ...],
    which: Which,
    baseline: str | None,
    write_baseline: bool,
    prune_baseline: bool,
    output_format: str,
    output_file: str | None,
    show_suppressed: bool,
    statistics: bool,
    stdin_filename: str | None,
    fail_on: str | None,
    exit_zero: bool,
    no_cache: bool,
    cache_dir: str | None,
    jobs: int,
    **settings: Any,  # noqa: ANN401
) -> int:
    """Vérifie des lettres : fichiers, dossiers (le dossier courant au départ), ou - pour l'entrée standard."""
    shown = Shown.of(output_format, output_file, show_suppressed, statistics)
    paths = paths or (".",)

    def check_once(linter: Linter, which: Which, files: _Files) -> int:
        outcome, known = Outcome(fail_on), KnownFindings(baseline, prune_baseline)
        progress = None
        if is_watched():
            files = list(files)
            progress = Progress(len(files))
        made = reports_of(linter, files, stdin_filename, jobs)
        reports = which.reported(known.sifted(progress.watching(made) if progress else made))
        shown.write(outcome.watching(reports))
        known.finish()
        return outcome.exit_code(exit_zero)

    if which.watch:
        with opened_cache(no_cache, cache_dir) as cache:
            return _watch(paths, which, settings, check_once, cache)
    asked = settings_of(**settings)
    files = files_of(asked, paths, which)
    if which.show_files:
        return show_files(files, output_format == "json")
    if which.leaves_out(asked, stdin_filename):
        files = (file for file in files if file != STDIN)
    from falc.linter import Linter

    with opened_cache(no_cache, cache_dir) as cache:
        linter = Linter(config=asked, cache=cache)
        if write_baseline:
            return note_as_known(baseline, asked, reports_of(linter, files, stdin_filename, jobs))
        return check_once(linter, which, files)


def _watch(
    paths: tuple[str, ...],
    which: Which,
    settings: dict[str, Any],
    check_once: Any,  # noqa: ANN401
    cache: Cache | None,
) -> int:
    """Check again and again, with one linter as long as the settings are the same."""
    from falc.cli.watch import watch
    from falc.linter import Linter

    linters: dict[Settings, Linter] = {}

    def check(asked: Settings, which: Which, files: _Files) -> None:
        if asked not in linters:
            linters.clear()
            linters[asked] = Linter(config=asked, cache=cache)
        check_once(linters[asked], which, files)

    return watch(paths, which, lambda: settings_of(**settings), check)


def reports_of(linter: Linter, files: _Files, stdin_filename: str | None = None, jobs: int = 1) -> Iterator[Report]:
    """Yield the reports of files; one that cannot be read, and an error among them, give a report with an error.

    `jobs` processes share the work; 0: as many as are worth it.
    """
    return linter.check_files(_opened(linter, files, stdin_filename), jobs)


def _opened(linter: Linter, files: _Files, stdin_filename: str | None) -> Iterator[Path | Report]:
    """Yield files to check, and the reports of what is none."""
    from falc.report import unreadable

    for file in files:
        if isinstance(file, FalcError):
            yield unreadable(str(file.path), str(file))
        elif isinstance(file, Path):
            yield file
        else:
            yield _check_stdin(linter, stdin_filename)


def _check_stdin(linter: Linter, filename: str | None) -> Report:
    from falc import formats
    from falc.report import unreadable

    if sys.stdin is None:
        return unreadable("-", "l'entrée standard est fermée.")
    try:
        path = Path(filename) if filename else Path.cwd()
        reading = linter.config_for(path).reading
        data = sys.stdin.buffer.read()
        document = formats.read_bytes(data, Path(filename or "-.txt"), filename or "-", reading=reading)
        return linter.check_document(document, path)
    except FalcError as error:
        return unreadable(filename or "-", str(error))
