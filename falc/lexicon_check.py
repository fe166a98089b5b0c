"""What is wrong in a user's lexicons, all of it at once: `falc lexicon check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from falc.french.entries import COLUMNS, Fault, Table, entry_of, fault, faults_of, header_faults, read_table
from falc.lexicon_faults import OwnLexicon, Row, row_faults
from falc.model import FalcError, Severity

__all__ = ["Checked", "Problem", "check_lexicons"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a line of a table; `term` is the term of that row."""

    line: int
    term: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a table; `error` says why it cannot be read."""

    path: str
    rows: int = 0
    problems: tuple[Problem, ...] = ()
    error: str | None = None

    def count(self, severity: Severity) -> int:
        return sum(problem.fault.severity is severity for problem in self.problems)


def check_lexicons(paths: Sequence[Path]) -> list[Checked]:
    """Check tables, which add up in this order: a later row takes the place of an earlier one."""
    tables: dict[str, Table | str] = {}
    rows: list[Row] = []
    for path in paths:
        try:
            table = tables[str(path)] = read_table(path)
        except FalcError as error:
            tables[str(path)] = str(error)
            continue
        rows += _rows(str(path), table)
    own = OwnLexicon(rows)
    return [
        Checked(path, error=table)
        if isinstance(table, str)
        else Checked(path, len(table.rows), tuple(_problems(path, table, own)))
        for path, table in tables.items()
    ]


def _rows(path: str, table: Table) -> Iterator[Row]:
    """Yield the rows that have a term, with the values that do not exist left out."""
    for line, cells in table.rows:
        values = table.values(cells)
        wrong = {found.column for found in faults_of(values) if found.name == "valeur-inconnue"}
        if wrong:
            values = table.values(cells, without=wrong)
        if values["terme"]:
            yield Row(path, line, values, entry_of(values))


def _problems(path: str, table: Table, own: OwnLexicon) -> Iterator[Problem]:
    if not table.is_utf8:
        yield Problem(1, "", fault("encodage"))
    yield from (Problem(1, "", found) for found in header_faults(table))
    if not table.rows:
        yield Problem(1, "", fault("tableau-vide"))
    if "terme" not in table.columns:
        return
    rows = {row.line: row for row in own.rows if row.path == path}
    for line, cells in table.rows:
        values = table.values(cells)
        found = [*_cell_faults(table, cells), *faults_of(values)]
        if line in rows:
            found += row_faults(rows[line], values, own)
        found.sort(key=lambda fault: COLUMNS.index(fault.column) if fault.column else -1)
        yield from (Problem(line, values["terme"], one) for one in dict.fromkeys(found))


def _cell_faults(table: Table, cells: Sequence[str]) -> Iterator[Fault]:
    if any(cells[len(table.columns) :]):
        yield fault("trop-de-cases")
