"""Linguistic facts that checks need, kept as word lists in `lexicons/grammaire/`."""

from __future__ import annotations

import csv
from functools import cache

from falc.resources import data


@cache
def facts(name: str) -> frozenset[str]:
    """Return the first column of `lexicons/grammaire/<name>.tsv`.

    Raises FileNotFoundError if there is no such list.
    """
    return frozenset(row[0] for row in rows(name))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of `lexicons/grammaire/<name>.tsv` without its header."""
    text = (data("lexicons") / "grammaire" / f"{name}.tsv").read_text(encoding="utf-8-sig")
    lines = csv.reader(text.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(tuple(cell.strip() for cell in row) for row in lines if row)
