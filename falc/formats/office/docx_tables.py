"""Where a paragraph stands in the tables around it, for people and for table styles."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from falc.formats.office.docx_styles import TableLook, value_of
from falc.formats.office.package import W

# Attribute of `w:tblLook` -> its bit in the older `w:val` form.
_LOOK_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
_ON = frozenset({"1", "true", "on"})
_NO_LOOK = frozenset({"noHBand", "noVBand"})


@dataclass(slots=True)
class _Table:
    path: str
    style: str | None
    look: frozenset[str]
    rows: int
    row: int = 0
    columns: int = 0
    column: int = 0


class TableCursor:
    """Follows the walk in and out of tables, rows and cells."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._tables: list[_Table] = []
        self._count = 0
        self.look: TableLook | None = None

    def __bool__(self) -> bool:
        return bool(self._tables)

    @property
    def path(self) -> str:
        """« tableau 1, ligne 2, colonne 1 »."""
        table = self._tables[-1]
        return f"{table.path}, ligne {table.row}, colonne {table.column}"

    def enter(self, element: etree._Element) -> None:
        """Go into a table, a row or a cell."""
        if element.tag == f"{W}tbl":
            properties = element.find(f"{W}tblPr")
            rows = sum(1 for _ in element.iterchildren(f"{W}tr"))
            self._tables.append(_Table(self._name(), value_of(properties, "tblStyle"), _look(properties), rows))
        elif self._tables and element.tag == f"{W}tr":
            table = self._tables[-1]
            table.row, table.column = table.row + 1, 0
            table.columns = sum(1 for _ in element.iterchildren(f"{W}tc"))
        elif self._tables:
            self._tables[-1].column += 1
        self._update()

    def leave(self) -> None:
        """Go out of a table."""
        self._tables.pop()
        self._update()

    def _name(self) -> str:
        if self._tables:
            return f"{self.path}, tableau intérieur"
        self._count += 1
        return f"{self._place}tableau {self._count}"

    def _update(self) -> None:
        self.look = None
        if self._tables:
            table = self._tables[-1]
            self.look = TableLook(table.style, tuple(_conditions(table)))


def _look(properties: etree._Element | None) -> frozenset[str]:
    look = None if properties is None else properties.find(f"{W}tblLook")
    if look is None:
        return _NO_LOOK
    try:
        bits = int(look.get(f"{W}val") or "0", 16)
    except ValueError:
        bits = 0
    stated = {name: look.get(W + name) for name in _LOOK_BITS}
    return frozenset(
        name for name, bit in _LOOK_BITS.items() if (stated[name] in _ON if stated[name] is not None else bits & bit)
    )


def _conditions(table: _Table) -> list[str]:
    """Return the parts of a table style that apply to the current cell, weakest first."""
    first_row = "firstRow" in table.look and table.row == 1
    last_row = "lastRow" in table.look and table.row == table.rows
    first_column = "firstColumn" in table.look and table.column == 1
    last_column = "lastColumn" in table.look and table.column == table.columns
    found = []
    if "noVBand" not in table.look and not (first_column or last_column):
        found.append(_band("Vert", table.column - ("firstColumn" in table.look)))
    if "noHBand" not in table.look and not (first_row or last_row):
        found.append(_band("Horz", table.row - ("firstRow" in table.look)))
    sides = {"firstCol": first_column, "lastCol": last_column, "firstRow": first_row, "lastRow": last_row}
    found += [name for name, applies in sides.items() if applies]
    for vertical, row in (("n", first_row), ("s", last_row)):
        found += [f"{vertical}{side}Cell" for side, col in (("e", last_column), ("w", first_column)) if row and col]
    return found


def _band(direction: str, number: int) -> str:
    return f"band{1 if number % 2 else 2}{direction}"
