"""`falc convert`: a copy of any text as a new Word file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from falc.cli.options import Exit, revisions_option
from falc.french_click import FrenchCommand
from falc.model import FalcError, Revisions

__all__ = ["convert"]


@click.command(cls=FrenchCommand)
@click.argument("letter", metavar="TEXTE")
@click.option("-o", "--output", metavar="FICHIER", required=True, help="Copie à écrire : un fichier .docx.")
@click.option(
    "--layout",
    is_flag=True,
    help="Donner à la copie une mise en page FALC : grandes lettres, une phrase par ligne, place pour des images.",
)
@click.option("--stdin-filename", metavar="FICHIER", help="Nom du fichier lu sur l'entrée standard (-).")
@revisions_option
def convert(letter: str, output: str, layout: bool, stdin_filename: str | None, revisions: str | None) -> int:
    """Écrit un texte dans un nouveau fichier Word, avec les mêmes mots. L'original reste comme il est."""
    from falc.copies import convert_file, copy_of
    from falc.files import write_atomically
    from falc.rules import typography
    from falc.texts import texts

    said, target = texts()["convert"], Path(output)
    chosen = Revisions(revisions) if revisions else Revisions.ACCEPTED
    if letter != "-":
        left_out = convert_file(Path(letter), target, layout=layout, revisions=chosen)
    else:
        if target.suffix.lower() != ".docx":
            raise FalcError(said["not_docx"].format(path=output))
        if sys.stdin is None:
            raise FalcError("l'entrée standard est fermée.")
        path = Path(stdin_filename or "-.txt")
        content, left_out = copy_of(sys.stdin.buffer.read(), path, layout=layout, revisions=chosen)
        write_atomically(target, content)
    click.echo(typography(said["done"].format(path=target)))
    for skipped in left_out:
        click.echo(typography(said["left_out"].format(what=skipped.what, count=skipped.count)))
    return Exit.CLEAN
