"""The open gold set as values; its format is described in `tests/gold/README.md`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from falc.config import Settings
from falc.gold import Case, cases, table
from falc.linter import Linter
from falc.report import Report

GOLD = Path(__file__).parent / "gold"
LEVELS = ("falc", "clair", "difficile")


@cache
def gold_cases() -> tuple[Case, ...]:
    """Read the sentences of the gold set and the reported ones."""
    files = sorted([*GOLD.glob("phrases/*.tsv"), *GOLD.glob("signalements/*.tsv")])
    return tuple(case for file in files for case in cases(file.read_text("utf-8"), f"{file.parent.name}/{file.name}"))


def gold_rows(name: str, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    yield from (cells for _, cells in table((GOLD / name).read_text("utf-8"), name, columns))


@cache
def letters() -> dict[str, dict[str, Report]]:
    """Check the letters that exist at each level; by name, then level."""
    linter = Linter(config=Settings(isolated=True))
    made: dict[str, dict[str, Report]] = {}
    for file in sorted(GOLD.glob("textes/*.md")):
        name, level = file.stem.rsplit(".", 1)
        made.setdefault(name, {})[level] = linter.check_text(file.read_text("utf-8"), "markdown")
    return made
