"""What the commands share: exit codes, and the options that change the settings."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from falc.config import Settings
from falc.model import Revisions, Severity

if TYPE_CHECKING:
    from falc.report import Report

__all__ = ["Exit", "fail_on_options", "fails", "revisions_option", "settings_of", "settings_options"]


class Exit(IntEnum):
    """Exit codes: nothing at or above `--fail-on`, something, or a broken input or tool."""

    CLEAN = 0
    FINDINGS = 1
    BROKEN = 2


def settings_options(command: Any) -> Any:  # noqa: ANN401
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


def revisions_option(command: Any) -> Any:  # noqa: ANN401
    """Add the option that chooses the text of tracked changes."""
    return click.option(
        "--revisions",
        type=click.Choice([revisions.value for revisions in Revisions]),
        help="Modifications suivies d'un fichier Word ou LibreOffice : lire le texte accepté (accepted, au départ) "
        "ou le texte d'avant (original).",
    )(command)


def fail_on_options(command: Any) -> Any:  # noqa: ANN401
    """Add the options that decide the exit code."""
    options = (
        click.option(
            "--fail-on",
            type=click.Choice([severity.value for severity in Severity]),
            metavar="GRAVITÉ",
            help="Gravité qui donne le code de sortie 1 : info, warning (alerte) ou error (erreur, au départ).",
        ),
        click.option("--exit-zero", is_flag=True, help="Toujours sortir avec le code 0, même s'il y a des remarques."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def settings_of(
    profile: str | None,
    select: str | None,
    ignore: str | None,
    config_file: str | None,
    isolated: bool,
    revisions: str | None = None,
) -> Settings:
    """Return the settings that the options of `settings_options` ask for."""
    return Settings(
        Path(config_file) if config_file else None,
        isolated=isolated,
        ignore=_codes(ignore) or (),
        profile=profile,
        select=_codes(select),
        revisions=Revisions(revisions) if revisions else None,
    )


def fails(reports: Iterable[Report], fail_on: str | None) -> bool:
    """Has a report a finding at or above `fail_on`, or above what its settings say?"""
    wanted = Severity(fail_on) if fail_on else None
    return any(report.worst and report.worst.rank >= (wanted or report.config.fail_on).rank for report in reports)


def _codes(value: str | None) -> tuple[str, ...] | None:
    return tuple(code.strip() for code in value.split(",") if code.strip()) if value else None
