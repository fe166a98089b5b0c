"""The commands that look something up: `rules`, `explain`, `word`, `config`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from falc.cli.options import Exit, settings_of, settings_options
from falc.french_click import FrenchCommand
from falc.model import FalcError

__all__ = ["explain", "rules", "show_config", "word"]


@click.command(cls=FrenchCommand)
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="Forme du résultat.")
def rules(output_format: str) -> int:
    """Montre la liste des règles."""
    from falc.outputs.pages import rule_dict, rule_list
    from falc.rules import all_rules

    found = list(all_rules().values())
    if output_format == "json":
        _echo_json([rule_dict(rule) for rule in found])
    else:
        click.echo(rule_list(found), nl=False)
    return Exit.CLEAN


@click.command(cls=FrenchCommand)
@click.argument("rule", metavar="RÈGLE")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="Forme du résultat.")
@click.option(
    "--report",
    "where",
    metavar="FICHIER[:LIGNE[:COLONNE]]",
    help="Signaler une fausse alerte : montrer la phrase, ce que dit la règle et comment falc lit la phrase.",
)
@settings_options
def explain(rule: str, output_format: str, where: str | None, **settings: Any) -> int:  # noqa: ANN401
    """Explique une règle (falc explain PHR006), ou prépare un signalement (--report lettre.txt:12 PHR006)."""
    from falc.outputs.pages import explanation, rule_dict
    from falc.rules import find_rule

    if where is not None:
        from falc.false_alarms import report_of

        click.echo(report_of(where, rule, settings_of(**settings)), nl=False)
        return Exit.CLEAN
    found = find_rule(rule)
    if output_format == "json":
        _echo_json(rule_dict(found))
    else:
        click.echo(explanation(found), nl=False)
    return Exit.CLEAN


@click.command(cls=FrenchCommand)
@click.argument("term", nargs=-1, required=True, metavar="MOT")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="Forme du résultat.")
@settings_options
def word(term: tuple[str, ...], output_format: str, **settings: Any) -> int:  # noqa: ANN401
    """Dit ce que falc fait d'un mot ou d'une expression, et montre ses formes."""
    from falc.french.lexicon import Lexicon
    from falc.outputs.words import word_dict, word_page

    wanted = " ".join(term)
    lexicon = Lexicon.load(settings_of(**settings).for_path(Path.cwd()).lexicons)
    if output_format == "json":
        _echo_json(word_dict(wanted, lexicon))
    else:
        click.echo(word_page(wanted, lexicon), nl=False)
    return Exit.CLEAN if lexicon.lookup(wanted) else Exit.FINDINGS


@click.command("config", cls=FrenchCommand)
@click.argument("path", default=".", metavar="[FICHIER]")
@click.option("--all", "everything", is_flag=True, help="Montrer aussi les réglages que personne n'a changés.")
@settings_options
def show_config(path: str, everything: bool, **settings: Any) -> int:  # noqa: ANN401
    """Montre les réglages qui valent pour un fichier, et d'où ils viennent."""
    from falc.discovery import Discovery
    from falc.outputs.pages import config_page
    from falc.settings_faults import refuse_faults

    if not Path(path).exists():
        raise FalcError(f"{path} : ce fichier n'existe pas.")
    asked = settings_of(**settings)
    config = asked.for_path(Path(path))
    refuse_faults(config)
    is_left_out = Discovery(asked, force=True).leaves_out(Path(path))
    click.echo(config_page(config, path, everything, is_left_out), nl=False)
    return Exit.CLEAN


def _echo_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
