"""The commands that write another file: `annotate`, `grid`, `report`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from falc.cli.check import reports_of
from falc.cli.options import Exit, revisions_option, settings_of, settings_options
from falc.cli.which import Which, files_of, which_options
from falc.french_click import FrenchCommand
from falc.model import FalcError, Severity

__all__ = ["annotate", "grid", "people_report"]

_LEAST = {"errors": Severity.ERROR, "warnings": Severity.WARNING}


@click.command(cls=FrenchCommand)
@click.argument("letter", metavar="LETTRE")
@click.option("-o", "--output", metavar="FICHIER", help="Fichier à écrire (sinon LETTRE.annote.docx ou .odt).")
@click.option("--in-place", is_flag=True, help="Écrire les commentaires dans la lettre elle-même.")
@click.option("--track-changes", is_flag=True, help="Écrire aussi les corrections sûres, en modifications suivies.")
@click.option(
    "--unsafe", is_flag=True, help="Avec --track-changes : aussi les corrections qu'une personne doit relire."
)
@click.option("--only", type=click.Choice(list(_LEAST)), help="Ne commenter que les erreurs, ou erreurs et alertes.")
@click.option("--max-comments", type=click.IntRange(1), metavar="NOMBRE", help="Nombre de commentaires au plus.")
@settings_options
def annotate(
    letter: str,
    output: str | None,
    in_place: bool,
    track_changes: bool,
    unsafe: bool,
    only: str | None,
    max_comments: int | None,
    **settings: Any,  # noqa: ANN401
) -> int:
    """Écrit la même lettre, Word ou LibreOffice, avec des commentaires."""
    from falc.linter import Linter
    from falc.rules import typography
    from falc.texts import counted, texts

    if in_place and output is not None:
        raise FalcError("choisissez --output ou --in-place, pas les deux.")
    if unsafe and not track_changes:
        raise FalcError("--unsafe ne va qu'avec --track-changes.")
    if output == "-":
        raise FalcError("falc écrit la lettre annotée dans un fichier : donnez un nom après --output.")
    path = Path(letter)
    if path.is_dir():
        raise FalcError(f"{path} : c'est un dossier. Donnez le nom d'une lettre.")
    target = path if in_place else Path(output) if output else path.with_name(f"{path.stem}.annote{path.suffix}")
    if target.suffix.lower() != path.suffix.lower():
        raise FalcError(f"{target} : le nom de la copie doit finir par {path.suffix}, comme la lettre.")
    done = Linter(config=settings_of(**settings)).annotate(
        path,
        target,
        in_place=in_place,
        track_changes=track_changes,
        unsafe=unsafe,
        least=_LEAST[only] if only else None,
        most=max_comments,
    )
    said = texts()["annotation"]
    parts = [counted(said["found"], len(done.report)), counted(said["comments"], done.comments)]
    if track_changes:
        parts.append(counted(said["changes"], done.changes))
    click.echo(typography(f"{target} : {', '.join(parts)}."))
    return Exit.CLEAN


@click.command(cls=FrenchCommand)
@click.argument("letter", metavar="TEXTE")
@click.option("-o", "--output", metavar="FICHIER", required=True, help="Grille à écrire : .ods, .csv ou .html.")
@settings_options
@revisions_option
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
@revisions_option
@which_options
def people_report(
    paths: tuple[str, ...],
    output: str,
    since: str | None,
    which: Which,
    **settings: Any,  # noqa: ANN401
) -> int:
    """Écrit un rapport à lire : pour un texte, ou pour tous les textes d'un dossier."""
    from datetime import date

    from falc.files import write_atomically
    from falc.linter import Linter
    from falc.reports import REPORTS, earlier_report, people_report

    earlier = earlier_report(Path(since)) if since else None
    target = _target(output, REPORTS, [])
    asked = settings_of(**settings)
    reports = list(reports_of(Linter(config=asked), files_of(asked, paths, which)))
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
