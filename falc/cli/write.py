"""The commands that write another file: `annotate`, `grid`, `report`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from falc.cli.check import reports_of
from falc.cli.options import Exit, settings_of, settings_options
from falc.french_click import FrenchCommand
from falc.model import FalcError

__all__ = ["annotate", "grid", "people_report"]


@click.command(cls=FrenchCommand)
@click.argument("letter", metavar="LETTRE.docx")
@click.option("-o", "--output", metavar="FICHIER", help="Fichier à écrire (sinon LETTRE.annote.docx).")
@click.option("--in-place", is_flag=True, help="Écrire les commentaires dans la lettre elle-même.")
@settings_options
def annotate(letter: str, output: str | None, in_place: bool, **settings: Any) -> int:  # noqa: ANN401
    """Écrit la même lettre Word avec un commentaire pour chaque remarque."""
    from falc.linter import Linter

    if in_place and output is not None:
        raise FalcError("choisissez --output ou --in-place, pas les deux.")
    if output == "-":
        raise FalcError("falc écrit la lettre annotée dans un fichier : donnez un nom après --output.")
    path = Path(letter)
    target = path if in_place else Path(output) if output else path.with_name(f"{path.stem}.annote{path.suffix}")
    if target.suffix.lower() != path.suffix.lower():
        raise FalcError(f"{target} : le nom de la copie doit finir par {path.suffix}, comme la lettre.")
    report = Linter(config=settings_of(**settings)).annotate(path, target, in_place=in_place)
    count = len(report)
    click.echo(f"{target}\u00a0: {count} remarque{'s' if count > 1 else ''} en commentaire.")
    return Exit.CLEAN


@click.command(cls=FrenchCommand)
@click.argument("letter", metavar="TEXTE")
@click.option("-o", "--output", metavar="FICHIER", required=True, help="Grille à écrire : .ods, .csv ou .html.")
@settings_options
def grid(letter: str, output: str, **settings: Any) -> int:  # noqa: ANN401
    """Remplit la grille d'évaluation du référentiel de l'État (RLS) pour un texte."""
    from datetime import date

    from falc.files import write_atomically
    from falc.linter import Linter
    from falc.reports import GRIDS, grid

    target = _target(output, GRIDS, [Path(letter)])
    report = Linter(config=settings_of(**settings)).check(letter)
    write_atomically(target, grid(report, target.suffix.lower(), date.today()))
    click.echo(f"{target}\u00a0: grille écrite.")
    return Exit.CLEAN


@click.command("report", cls=FrenchCommand)
@click.argument("paths", nargs=-1, required=True, metavar="TEXTE_OU_DOSSIER...")
@click.option("-o", "--output", metavar="FICHIER", required=True, help="Rapport à écrire : .html ou .docx.")
@click.option("--since", metavar="FICHIER", help="Comparer avec un rapport JSON plus ancien.")
@settings_options
def people_report(paths: tuple[str, ...], output: str, since: str | None, **settings: Any) -> int:  # noqa: ANN401
    """Écrit un rapport à lire : pour un texte, ou pour tous les textes d'un dossier."""
    from datetime import date

    from falc.files import write_atomically
    from falc.linter import Linter
    from falc.reports import REPORTS, earlier_report, people_report

    earlier = earlier_report(Path(since)) if since else None
    target = _target(output, REPORTS, [])
    reports = list(reports_of(Linter(config=settings_of(**settings)), paths, None))
    target = _target(output, REPORTS, [Path(report.name) for report in reports])
    write_atomically(target, people_report(reports, target.suffix.lower(), date.today(), earlier))
    click.echo(f"{target}\u00a0: rapport écrit.")
    return Exit.BROKEN if any(report.error is not None for report in reports) else Exit.CLEAN


def _target(output: str, suffixes: Sequence[str], read: Sequence[Path]) -> Path:
    """Return the file to write; raise FalcError when its kind is unknown or it is one of those that are read."""
    from falc.files import is_same_file

    target = Path(output)
    if target.suffix.lower() not in suffixes:
        raise FalcError(f"{output} : le nom du fichier à écrire doit finir par {', '.join(suffixes)}.")
    if any(is_same_file(target, path) for path in read):
        raise FalcError(f"{target} : ce fichier est un des textes à vérifier. Choisissez un autre nom.")
    return target
