"""Linguistic facts that checks need, kept as word lists in `lexicons/grammaire/`."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources.abc import Traversable

from falc.compiled import compiled
from falc.resources import data, walk

_SUFFIX = ".tsv"
_Rows = tuple[tuple[str, ...], ...]


@cache
def facts(name: str) -> frozenset[str]:
    """Return the first column of `lexicons/grammaire/<name>.tsv`.

    Raises FileNotFoundError if there is no such list.
    """
    return frozenset(row[0] for row in rows(name))


@cache
def rows(name: str) -> _Rows:
    """Return the rows of `lexicons/grammaire/<name>.tsv` without its header.

    Raises FileNotFoundError if there is no such list.
    """
    found = _tables().get(name)
    if found is None:
        raise FileNotFoundError(name)
    return found


@cache
def _tables() -> dict[str, _Rows]:
    files = walk(data("lexicons") / "grammaire", _SUFFIX)
    return compiled("grammaire", files, lambda: {file.name.removesuffix(_SUFFIX): _read(file) for file in files})


def _read(file: Traversable) -> _Rows:
    text = file.read_text(encoding="utf-8-sig")
    lines = csv.reader(text.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(tuple(cell.strip() for cell in row) for row in lines if row)
