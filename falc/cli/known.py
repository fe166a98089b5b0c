"""The options about known findings: `--baseline` and its kin."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from falc.cli.options import Exit
from falc.model import FalcError

if TYPE_CHECKING:
    from falc.baseline import Baseline
    from falc.config import Settings
    from falc.report import Report

__all__ = ["KnownFindings", "known_options", "note_as_known"]


def known_options(command: Any) -> Any:  # noqa: ANN401
    """Add the options about known findings."""
    options = (
        click.option("--baseline", metavar="FICHIER", help="Ne pas dire les remarques déjà connues dans ce fichier."),
        click.option("--write-baseline", is_flag=True, help="Noter les remarques d'aujourd'hui comme connues."),
        click.option("--prune-baseline", is_flag=True, help="Oublier les remarques connues qui n'existent plus."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@dataclass
class KnownFindings:
    """The known findings of one run: those of `file`, or of the file that the settings of each text name."""

    file: str | None
    prune: bool
    _read: dict[Path, Baseline] = field(default_factory=dict)

    def sifted(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Yield the reports with only what is new.  Raises FalcError when a file of known findings is no such file."""
        for report in reports:
            path = Path(self.file) if self.file else report.config.baseline
            yield self._baseline(path).sift(report) if path is not None and report.error is None else report

    def finish(self) -> None:
        """Say what is gone, or forget it.  Raises FalcError when there is nothing to prune, or no right to write."""
        from falc.rules import typography
        from falc.texts import counted, texts

        said = texts()["connues"]
        if self.prune and not self._read:
            raise FalcError(said["nothing_to_prune"])
        for baseline in self._read.values():
            if self.prune:
                baseline.prune()
            elif not baseline.gone:
                continue
            line = counted(said["pruned" if self.prune else "gone"], baseline.gone).format(path=_shown(baseline.path))
            click.echo(typography(line), err=True)

    def _baseline(self, path: Path) -> Baseline:
        from falc.baseline import Baseline

        if path not in self._read:
            self._read[path] = Baseline.read(path)
        return self._read[path]


def note_as_known(file: str | None, settings: Settings, reports: Iterable[Report]) -> int:
    """Write all findings as known, say so, and return the exit code: 0, or 2 when a text could not be read."""
    from falc.baseline import BASELINE_FILE, Baseline
    from falc.rules import typography
    from falc.texts import counted, texts

    said = texts()["connues"]
    configured = settings.for_folder(Path.cwd()).baseline
    path = Path(file) if file else configured or Path(BASELINE_FILE)
    broken = False

    def going_by() -> Iterator[Report]:
        nonlocal broken
        for report in reports:
            if report.error is not None:
                broken = True
                click.echo(typography(report.error), err=True)
            yield report

    baseline = Baseline.read(path) if path.exists() else Baseline(path)
    count = baseline.record(going_by())
    click.echo(typography(counted(said["written"], count).format(path=_shown(path))))
    if configured is None:
        click.echo(typography(said["tell_settings"].format(path=path)))
    return Exit.BROKEN if broken else Exit.CLEAN


def _shown(path: Path) -> str:
    """Return a path as people who work here call it."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
