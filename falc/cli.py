"""The command `falc`: commands, options, exit codes; the work is done elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from falc.config import Settings
from falc.french_click import FrenchCommand, FrenchGroup, french
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


class _Commands(FrenchGroup):
    """Every error is one sentence and exit code 2; click alone would exit 1 for some."""

    command_class = FrenchCommand

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        kwargs["standalone_mode"] = False
        kwargs["prog_name"] = "falc"
        try:
            code = super().main(*args, **kwargs) or Exit.CLEAN
            sys.stdout.flush()
            sys.exit(code)
        except click.exceptions.Exit as stop:
            sys.exit(stop.exit_code)
        except click.ClickException as error:
            _fail(french(error))
        except click.Abort:
            _fail("arrêté.")
        except FalcError as error:
            _fail(str(error))
        except BrokenPipeError:  # « falc check … | head »: nobody reads any more
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(Exit.BROKEN)
        except Exception as error:
            if os.environ.get("FALC_DEBUG"):
                raise
            from falc.texts import cause

            reason = f" ({cause(error)})" if isinstance(error, OSError) else ""
            _fail(f"erreur inattendue {type(error).__name__}{reason}. Avec FALC_DEBUG=1, falc en dit plus.")


def _fail(message: str) -> None:
    from falc.rules import typography

    click.echo(typography(f"falc : {message}"), err=True)
    try:
        sys.stdout.flush()
    except OSError:  # the disk is full, the reader is gone: it has been said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(Exit.BROKEN)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="falc", message="%(prog)s %(version)s", help="Montre la version.")
def main() -> None:
    """Vérifie si une lettre est facile à lire et à comprendre (FALC).

    Aucun texte ne quitte votre ordinateur.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file name may hold bytes that are no character; a report must not stop for it.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _settings_options(command: Any) -> Any:  # noqa: ANN401
    """Add the options that change the configuration."""
    options = (
        click.option("--profile", metavar="NOM", help="Profil de règles, par exemple falc ou langage-clair."),
        click.option("--select", metavar="CODES", help="Ne vérifier que ces règles : PHR001, PHR, phrase-longue…"),
        click.option("--ignore", metavar="CODES", help="Ne pas vérifier ces règles."),
        click.option("--config", "config_file", metavar="FICHIER", help="Fichier de réglages à utiliser."),
        click.option("--isolated", is_flag=True, help="N'utiliser aucun fichier de réglages."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _settings(
    profile: str | None, select: str | None, ignore: str | None, config_file: str | None, isolated: bool
) -> Settings:
    config = Path(config_file) if config_file else None
    return Settings(config, isolated=isolated, ignore=_codes(ignore) or (), profile=profile, select=_codes(select))


def _codes(value: str | None) -> tuple[str, ...] | None:
    return tuple(code.strip() for code in value.split(",") if code.strip()) if value else None


@main.command()
@click.argument("paths", nargs=-1, metavar="[FICHIER]...")
@_settings_options
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="Forme du résultat.")
@click.option("--output-file", metavar="FICHIER", help="Écrire le résultat dans ce fichier.")
@click.option("--stdin-filename", metavar="FICHIER", help="Nom du fichier lu sur l'entrée standard (-).")
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    metavar="GRAVITÉ",
    help="Gravité qui donne le code de sortie 1 : info, warning (alerte) ou error (erreur, au départ).",
)
@click.option("--exit-zero", is_flag=True, help="Toujours sortir avec le code 0, même s'il y a des remarques.")
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
    linter = Linter(config=_settings(**settings))
    reports = list(_reports(linter, paths or (".",), stdin_filename))
    if target and any(is_same_file(target, Path(report.name)) for report in reports):
        raise FalcError(f"{target} : ce fichier est un des textes à vérifier. Choisissez un autre nom.")
    rendered = RENDERERS[output_format](reports, target is None and sys.stdout.isatty())
    if target is not None:
        write_atomically(target, rendered.encode(errors="backslashreplace"))
    else:
        click.echo(rendered, nl=False, color=True)
    return _exit_code(reports, Severity(fail_on) if fail_on else None, exit_zero)


def _reports(linter: Linter, paths: Sequence[str], stdin_filename: str | None) -> Iterator[Report]:
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
        document = formats.read_bytes(sys.stdin.buffer.read(), Path(filename or "-.txt"), filename or "-")
        return linter.check_document(document, Path(filename) if filename else Path.cwd())
    except FalcError as error:
        return unreadable(filename or "-", str(error))


def _exit_code(reports: Sequence[Report], fail_on: Severity | None, exit_zero: bool) -> int:
    if any(report.error is not None for report in reports):
        return Exit.BROKEN
    failed = any(report.worst and report.worst.rank >= (fail_on or report.config.fail_on).rank for report in reports)
    return Exit.FINDINGS if failed and not exit_zero else Exit.CLEAN


@main.command()
@click.argument("letter", metavar="LETTRE.docx")
@click.option("-o", "--output", metavar="FICHIER", help="Fichier à écrire (sinon LETTRE.annote.docx).")
@click.option("--in-place", is_flag=True, help="Écrire les commentaires dans la lettre elle-même.")
@_settings_options
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
    report = Linter(config=_settings(**settings)).annotate(path, target, in_place=in_place)
    count = len(report)
    click.echo(f"{target}\u00a0: {count} remarque{'s' if count > 1 else ''} en commentaire.")
    return Exit.CLEAN


@main.command()
@click.argument("letter", metavar="TEXTE")
@click.option("-o", "--output", metavar="FICHIER", required=True, help="Grille à écrire : .ods, .csv ou .html.")
@_settings_options
def grid(letter: str, output: str, **settings: Any) -> int:  # noqa: ANN401
    """Remplit la grille d'évaluation du référentiel de l'État (RLS) pour un texte."""
    from datetime import date

    from falc.files import write_atomically
    from falc.linter import Linter
    from falc.reports import GRIDS, grid

    target = _target(output, GRIDS, [Path(letter)])
    report = Linter(config=_settings(**settings)).check(letter)
    write_atomically(target, grid(report, target.suffix.lower(), date.today()))
    click.echo(f"{target}\u00a0: grille écrite.")
    return Exit.CLEAN


@main.command("report")
@click.argument("paths", nargs=-1, required=True, metavar="TEXTE_OU_DOSSIER...")
@click.option("-o", "--output", metavar="FICHIER", required=True, help="Rapport à écrire : .html ou .docx.")
@click.option("--since", metavar="FICHIER", help="Comparer avec un rapport JSON plus ancien.")
@_settings_options
def people_report(paths: tuple[str, ...], output: str, since: str | None, **settings: Any) -> int:  # noqa: ANN401
    """Écrit un rapport à lire : pour un texte, ou pour tous les textes d'un dossier."""
    from datetime import date

    from falc.files import write_atomically
    from falc.linter import Linter
    from falc.reports import REPORTS, earlier_report, people_report

    earlier = earlier_report(Path(since)) if since else None
    target = _target(output, REPORTS, [])
    reports = list(_reports(Linter(config=_settings(**settings)), paths, None))
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
@_settings_options
def word(term: tuple[str, ...], **settings: Any) -> int:  # noqa: ANN401
    """Cherche un mot ou une expression dans les lexiques."""
    from falc.french.lexicon import Lexicon
    from falc.outputs.pages import unknown_word, word_page

    wanted = " ".join(term)
    lexicon = Lexicon.load(_settings(**settings).for_path(Path.cwd()).lexicons)
    entries = lexicon.lookup(wanted)
    click.echo(word_page(entries) if entries else unknown_word(wanted, lexicon.near(wanted)), nl=False)
    return Exit.CLEAN if entries else Exit.FINDINGS


@main.command("config")
@click.argument("path", default=".", metavar="[FICHIER]")
@click.option("--all", "everything", is_flag=True, help="Montrer aussi les réglages que personne n'a changés.")
@_settings_options
def show_config(path: str, everything: bool, **settings: Any) -> int:  # noqa: ANN401
    """Montre les réglages qui valent pour un fichier, et d'où ils viennent."""
    from falc.outputs.pages import config_page

    if not Path(path).exists():
        raise FalcError(f"{path} : ce fichier n'existe pas.")
    click.echo(config_page(_settings(**settings).for_path(Path(path)), path, everything), nl=False)
    return Exit.CLEAN


def _echo_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
