"""How `falc check` shows what it found: the options, and the writing as reports come."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from falc.cli.options import Exit, fails
from falc.model import FalcError
from falc.outputs import FORMATS, TEXT_FORMATS, Asked, renderer

if TYPE_CHECKING:
    from falc.report import Report

__all__ = ["Outcome", "Shown", "output_options"]

_WIDEST = 110  # longer lines are hard to read
_CHUNK = 1 << 16  # characters; to a file, one write for each line would be slow


@dataclass(frozen=True, slots=True)
class Shown:
    """What `output_options` were given."""

    format: str
    target: Path | None
    suppressed: bool
    statistics: bool

    @classmethod
    def of(cls, output_format: str, output_file: str | None, show_suppressed: bool, statistics: bool) -> Shown:
        """Return the values of the options; raise FalcError when they do not go together."""
        if statistics and output_format not in TEXT_FORMATS:
            known = ", ".join(TEXT_FORMATS)
            raise FalcError(f"--statistics ne va pas avec --output-format {output_format}, mais avec : {known}.")
        return cls(output_format, Path(output_file) if output_file else None, show_suppressed, statistics)

    def write(self, reports: Iterable[Report]) -> None:
        """Write the reports as they come, to the terminal or, whole or not at all, to the file.

        Raises FalcError when that file is one of the texts, or cannot be written.
        """
        from falc.files import write_atomically

        pieces = renderer(self.format)(self._spared(reports), self._asked())
        if self.target is not None:
            write_atomically(self.target, (piece.encode(errors="backslashreplace") for piece in pieces))
            return
        for chunk in _chunks(pieces, 0 if sys.stdout.isatty() else _CHUNK):
            click.echo(chunk, nl=False, color=True)

    def _asked(self) -> Asked:
        from falc.outputs.paths import project_root

        on_terminal = self.target is None and sys.stdout.isatty()
        return Asked(
            color=on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
            width=min(shutil.get_terminal_size((100, 24)).columns, _WIDEST),
            root=project_root(Path.cwd()),
            suppressed=self.suppressed,
            statistics=self.statistics,
            moment=datetime.now(UTC),
        )

    def _spared(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Yield reports; raise FalcError when the output would replace one of the texts."""
        from falc.files import is_same_file

        for report in reports:
            if self.target and is_same_file(self.target, Path(report.name)):
                raise FalcError(f"{self.target} : ce fichier est un des textes à vérifier. Choisissez un autre nom.")
            yield report


@dataclass(slots=True)
class Outcome:
    """The exit code, found while reports go by; `fail_on` is a severity, None: what the settings say."""

    fail_on: str | None
    broken: bool = False
    failed: bool = False

    def watching(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Yield reports, each looked at before."""
        for report in reports:
            self.broken = self.broken or report.error is not None
            self.failed = self.failed or fails([report], self.fail_on)
            yield report

    def exit_code(self, exit_zero: bool) -> int:
        """Return the exit code of what went by."""
        if self.broken:
            return Exit.BROKEN
        return Exit.FINDINGS if self.failed and not exit_zero else Exit.CLEAN


def output_options(command: Any) -> Any:  # noqa: ANN401
    """Add the options that choose the shape of the result and where it goes."""
    options = (
        click.option(
            "--output-format",
            type=click.Choice(FORMATS),
            default="text",
            metavar="FORME",
            help=f"Forme du résultat : {', '.join(FORMATS)}. Au départ : text, comme full.",
        ),
        click.option("--output-file", metavar="FICHIER", help="Écrire le résultat dans ce fichier."),
        click.option("--show-suppressed", is_flag=True, help="Montrer aussi les remarques écartées, et pourquoi."),
        click.option("--statistics", is_flag=True, help="Compter les remarques de chaque règle, sans les montrer."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _chunks(pieces: Iterable[str], least: int) -> Iterator[str]:
    """Yield pieces joined to at least `least` characters."""
    kept: list[str] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size >= least:
            yield "".join(kept)
            kept, size = [], 0
    if kept:
        yield "".join(kept)
