"""The command `falc`: commands, options, exit codes; the work is done elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from falc.config import Config, config_for, read_config
from falc.model import FalcError, Severity

if TYPE_CHECKING:
    from falc.linter import Linter
    from falc.report import Report

# falc.linter, falc.outputs and falc.rules are imported inside the commands: `falc --version` and
# `falc --help` must answer at once.


class Exit(IntEnum):
    """Exit codes: nothing at or above `--fail-on`, something, or a broken input or tool."""

    CLEAN = 0
    FINDINGS = 1
    BROKEN = 2


class _Commands(click.Group):
    """Every error is one sentence and exit code 2; click alone would exit 1 for some."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        kwargs["standalone_mode"] = False
        try:
            sys.exit(super().main(*args, **kwargs) or Exit.CLEAN)
        except click.exceptions.Exit as stop:
            sys.exit(stop.exit_code)
        except click.ClickException as error:
            error.show()
            sys.exit(Exit.BROKEN)
        except (FalcError, click.Abort) as error:
            from falc.rules import typography

            click.echo(typography(f"falc : {error}" if str(error) else "falc : arrêté."), err=True)
            sys.exit(Exit.BROKEN)
        except BrokenPipeError:  # « falc check … | head »
            sys.stderr.close()
            sys.exit(Exit.BROKEN)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="falc", message="%(prog)s %(version)s", help="Montre la version.")
def main() -> None:
    """Vérifie si une lettre est facile à lire et à comprendre (FALC).

    Aucun texte ne quitte votre ordinateur.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8")


def _settings(command: Any) -> Any:  # noqa: ANN401
    """Add the options that change the configuration."""
    options = (
        click.option("--profile", metavar="NOM", help="Profil de règles, par exemple falc ou langage-clair."),
        click.option("--select", metavar="CODES", help="Ne vérifier que ces règles : PHR001, PHR, phrase-longue…"),
        click.option("--ignore", metavar="CODES", help="Ne pas vérifier ces règles."),
        click.option(
            "--config", "config_file", type=click.Path(path_type=Path), help="Fichier de réglages à utiliser."
        ),
        click.option("--isolated", is_flag=True, help="N'utiliser aucun fichier de réglages."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _codes(value: str | None) -> tuple[str, ...] | None:
    return tuple(code.strip() for code in value.split(",") if code.strip()) if value else None


def _config(
    path: Path | None,
    profile: str | None,
    select: str | None,
    ignore: str | None,
    config_file: Path | None,
    isolated: bool,
) -> Config:
    """Return the settings for `path` with those of the command line on top."""
    if config_file is not None:
        config = read_config(config_file)
    elif isolated or path is None:
        config = Config()
    else:
        config = config_for(path)
    more = _codes(ignore)
    return config.with_options(profile=profile, select=_codes(select), ignore=(*config.ignore, *more) if more else None)


@main.command()
@click.argument("paths", nargs=-1, metavar="[FICHIER]...")
@_settings
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="Forme du résultat.")
@click.option("--output-file", type=click.Path(path_type=Path), help="Écrire le résultat dans ce fichier.")
@click.option("--stdin-filename", type=click.Path(path_type=Path), help="Nom du fichier lu sur l'entrée standard (-).")
@click.option(
    "--fail-on", type=click.Choice(list(Severity)), help="Gravité qui donne le code de sortie 1 (error au départ)."
)
@click.option("--exit-zero", is_flag=True, help="Toujours sortir avec le code 0, même s'il y a des remarques.")
def check(
    paths: tuple[str, ...],
    output_format: str,
    output_file: Path | None,
    stdin_filename: Path | None,
    fail_on: str | None,
    exit_zero: bool,
    **settings: Any,  # noqa: ANN401
) -> int:
    """Vérifie des lettres : fichiers, dossiers, ou - pour l'entrée standard."""
    from falc.outputs import RENDERERS

    reports = list(_reports(paths or (".",), stdin_filename, settings))
    config = _config(Path.cwd(), **settings)
    color = output_file is None and sys.stdout.isatty()
    rendered = RENDERERS[output_format](reports, config, color)
    if output_file is not None:
        from falc.files import write_atomically

        write_atomically(output_file, rendered.encode())
    else:
        click.echo(rendered, nl=False, color=True)
    return _exit_code(reports, Severity(fail_on) if fail_on else config.fail_on, exit_zero)


def _reports(paths: Sequence[str], stdin_filename: Path | None, settings: dict[str, Any]) -> Iterator[Report]:
    from falc.files import files_below
    from falc.linter import Linter
    from falc.report import unreadable

    linters: dict[Config, Linter] = {}

    def linter_for(path: Path) -> Linter:
        config = _config(path, **settings)
        if config not in linters:
            linters[config] = Linter(config=config)
        return linters[config]

    for path in paths:
        if path == "-":
            yield _check_stdin(linter_for(stdin_filename or Path.cwd()), stdin_filename)
            continue
        try:
            files = files_below(Path(path))
        except FalcError as error:
            yield unreadable(path, str(error))
            continue
        for file in files:
            yield from linter_for(file).check_files([file])


def _check_stdin(linter: Linter, filename: Path | None) -> Report:
    from falc import formats
    from falc.report import unreadable

    name = str(filename) if filename else "-"
    try:
        return linter.check_document(formats.read_bytes(sys.stdin.buffer.read(), filename or Path("-.txt"), name))
    except FalcError as error:
        return unreadable(name, f"{name} : {error}")


def _exit_code(reports: Sequence[Report], fail_on: Severity, exit_zero: bool) -> int:
    if any(report.error is not None for report in reports):
        return Exit.BROKEN
    worst = max((report.worst.rank for report in reports if report.worst), default=-1)
    return Exit.FINDINGS if worst >= fail_on.rank and not exit_zero else Exit.CLEAN


@main.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="LETTRE.docx")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Fichier à écrire (sinon LETTRE.annote.docx).")
@click.option("--in-place", is_flag=True, help="Écrire les commentaires dans la lettre elle-même.")
@_settings
def annotate(path: Path, output: Path | None, in_place: bool, **settings: Any) -> int:  # noqa: ANN401
    """Écrit la même lettre Word avec un commentaire pour chaque remarque."""
    from falc.linter import Linter

    if in_place and output is not None:
        raise FalcError("choisissez --output ou --in-place, pas les deux.")
    target = path if in_place else output or path.with_name(f"{path.stem}.annote{path.suffix}")
    if not in_place and target.resolve() == path.resolve():
        raise FalcError(
            f"{target} : ce fichier est la lettre d'origine. Choisissez un autre nom, ou demandez --in-place."
        )
    report = Linter(config=_config(path, **settings)).annotate(path, target)
    count = len(report)
    click.echo(f"{target} : {count} commentaire{'s' if count > 1 else ''}.")
    return Exit.CLEAN


@main.command()
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


@main.command()
@click.argument("rule", metavar="RÈGLE")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="Forme du résultat.")
def explain(rule: str, output_format: str) -> int:
    """Explique une règle : falc explain PHR006, ou falc explain voix-passive."""
    from falc.outputs.pages import explanation, rule_dict
    from falc.rules import find_rule

    found = find_rule(rule)
    if output_format == "json":
        _echo_json(rule_dict(found))
    else:
        click.echo(explanation(found), nl=False)
    return Exit.CLEAN


@main.command()
@click.argument("term", nargs=-1, required=True, metavar="MOT")
def word(term: tuple[str, ...]) -> int:
    """Cherche un mot ou une expression dans les lexiques."""
    from falc.french.lexicon import Lexicon
    from falc.outputs.pages import word_page

    wanted = " ".join(term)
    lexicon = Lexicon.load(config_for(Path.cwd()).lexicons)
    entries = lexicon.lookup(wanted)
    if entries:
        click.echo(word_page(wanted, entries), nl=False)
        return Exit.CLEAN
    close = lexicon.near(wanted)
    hint = f" Vouliez-vous dire « {' », « '.join(close)} » ?" if close else ""
    click.echo(f"« {wanted} » n'est pas dans les lexiques.{hint}")
    return Exit.FINDINGS


@main.command("config")
@click.argument("path", type=click.Path(path_type=Path), default=".", metavar="[FICHIER]")
@_settings
def show_config(path: Path, **settings: Any) -> int:  # noqa: ANN401
    """Montre les réglages qui valent pour un fichier, et d'où ils viennent."""
    from falc.outputs.pages import config_page

    click.echo(config_page(_config(path, **settings), str(path)), nl=False)
    return Exit.CLEAN


def _echo_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
