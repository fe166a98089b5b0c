"""`falc check`: tell what is hard to read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from falc.cli.options import Exit, fail_on_options, fails, revisions_option, settings_of, settings_options
from falc.french_click import FrenchCommand
from falc.model import FalcError

if TYPE_CHECKING:
    from falc.linter import Linter
    from falc.report import Report

__all__ = ["check", "reports_of"]


@click.command(cls=FrenchCommand)
@click.argument("paths", nargs=-1, metavar="[FICHIER]...")
@settings_options
@revisions_option
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="Forme du résultat.")
@click.option("--output-file", metavar="FICHIER", help="Écrire le résultat dans ce fichier.")
@click.option("--stdin-filename", metavar="FICHIER", help="Nom du fichier lu sur l'entrée standard (-).")
@fail_on_options
def check(
    paths: tuple[str, ...],
    output_format: str,
    output_file: str | None,
    stdin_filename: str | None,
    fail_on: str | None,
    exit_zero: bool,
    **settings: Any,  # noqa: ANN401
) -> int:
    """Vérifie des lettres : fichiers, dossiers (le dossier courant au départ), ou - pour l'entrée standard."""
    from falc.files import is_same_file, write_atomically
    from falc.linter import Linter
    from falc.outputs import RENDERERS

    if "" in paths:
        raise FalcError("un nom de fichier est vide.")
    target = Path(output_file) if output_file else None
    linter = Linter(config=settings_of(**settings))
    reports = list(reports_of(linter, paths or (".",), stdin_filename))
    if target and any(is_same_file(target, Path(report.name)) for report in reports):
        raise FalcError(f"{target} : ce fichier est un des textes à vérifier. Choisissez un autre nom.")
    rendered = RENDERERS[output_format](reports, target is None and sys.stdout.isatty())
    if target is not None:
        write_atomically(target, rendered.encode(errors="backslashreplace"))
    else:
        click.echo(rendered, nl=False, color=True)
    return _exit_code(reports, fail_on, exit_zero)


def reports_of(linter: Linter, paths: Sequence[str], stdin_filename: str | None) -> Iterator[Report]:
    """Yield the reports of files and folders, each file once; one that cannot be read gives a report with an error."""
    from falc.files import files_below
    from falc.report import unreadable

    done: set[Path] = set()
    for path in paths:
        if path == "-":
            yield _check_stdin(linter, stdin_filename)
            continue
        try:
            files = files_below(Path(path))
        except FalcError as error:
            yield unreadable(path, str(error))
            continue
        for file in files:
            if file.absolute() not in done:
                done.add(file.absolute())
                yield from linter.check_files([file])


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


def _exit_code(reports: Sequence[Report], fail_on: str | None, exit_zero: bool) -> int:
    if any(report.error is not None for report in reports):
        return Exit.BROKEN
    return Exit.FINDINGS if fails(reports, fail_on) and not exit_zero else Exit.CLEAN
