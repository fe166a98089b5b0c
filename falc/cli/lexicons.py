"""`falc lexicon check`: tell what is wrong in a user's own lists of words."""

from __future__ import annotations

from pathlib import Path

import click

from falc.cli.options import Exit, settings_of
from falc.french_click import FrenchCommand, FrenchGroup
from falc.model import FalcError, Severity

__all__ = ["lexicon"]


@click.group(cls=FrenchGroup)
def lexicon() -> None:
    """S'occupe de vos listes de mots."""


@lexicon.command(cls=FrenchCommand)
@click.argument("paths", nargs=-1, metavar="[FICHIER]...")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="Forme du résultat.")
@click.option("--config", "config_file", metavar="FICHIER", help="Fichier de réglages à utiliser.")
@click.option("--isolated", is_flag=True, help="N'utiliser aucun fichier de réglages.")
def check(paths: tuple[str, ...], output_format: str, config_file: str | None, isolated: bool) -> int:
    """Vérifie des listes de mots : les fichiers donnés, ou ceux de falc.toml."""
    from falc.lexicon_check import check_lexicons
    from falc.outputs.lexicons import lexicon_dict, lexicon_page
    from falc.outputs.words import label

    if "" in paths:
        raise FalcError("un nom de fichier est vide.")
    settings = settings_of(profile=None, select=None, ignore=None, config_file=config_file, isolated=isolated)
    files = [Path(path) for path in paths] or list(settings.for_path(Path.cwd()).lexicons)
    if not files:
        raise FalcError(label("check-nothing"))
    checked = check_lexicons(list(dict.fromkeys(files)))
    if output_format == "json":
        import json

        click.echo(json.dumps(lexicon_dict(checked), ensure_ascii=False, indent=2))
    else:
        click.echo(lexicon_page(checked), nl=False)
    if any(table.error is not None for table in checked):
        return Exit.BROKEN
    return Exit.FINDINGS if any(table.count(Severity.ERROR) for table in checked) else Exit.CLEAN
