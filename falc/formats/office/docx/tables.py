"""Where a paragraph stands in the tables around it, for people and for table styles; and what each table is like."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from falc.formats.office.docx.properties import is_on, is_upright, number, value_of
from falc.formats.office.docx.styles import Styles, TableLook, has_lines
from falc.formats.office.docx.view import ACCEPTED, View
from falc.formats.office.package import W
from falc.formats.office.tables import TableMark

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
    mark: TableMark
    style: str | None
    look: frozenset[str]
    rows: int
    shade: str | None
    bands: tuple[int, int]
    columns: int = 0
    in_header: bool = False
    grid: int = 0  # where the current cell ends, in columns of the grid
    # Column of the grid -> does the cell that starts there, and may go on below, count as merged already?
    open: dict[int, bool] = field(default_factory=dict)


class TableCursor:
    """Follows the walk in and out of tables, rows and cells."""

    def __init__(self, place: str, styles: Styles, view: View = ACCEPTED) -> None:
        self._place, self._styles, self._view = place, styles, view
        self._tables: list[_Table] = []
        self._outer: list[TableLook | None] = []
        self._count = 0
        self.look: TableLook | None = None

    def __bool__(self) -> bool:
        return bool(self._tables)

    @property
    def path(self) -> str:
        """« tableau 1, ligne 2, colonne 1 »."""
        return self._tables[-1].mark.cell

    def enter_table(self, element: etree._Element, position: int) -> TableMark:
        """Go into a table whose text will come after `position` of the document's text."""
        properties = element.find(f"{W}tblPr")
        style = value_of(properties, "tblStyle")
        shade = None if properties is None else properties.find(f"{W}shd")
        lines = has_lines(None if properties is None else properties.find(f"{W}tblBorders"))
        mark = TableMark(self._name(), position, nested=bool(self._tables))
        mark.plain = not lines and shade is None and not self._styles.table_has_lines(style)
        self._outer.append(self.look)
        self._tables.append(
            _Table(
                mark,
                style,
                _look(properties),
                self._view.rows(element),
                None if shade is None else self._styles.theme.shading(shade) or None,
                (self._styles.band(style, "Row"), self._styles.band(style, "Col")),
            )
        )
        self.look = self._cell_look(None)
        return mark

    def enter_row(self, element: etree._Element) -> bool:
        """Go into the next row, if the view has it."""
        if not self._tables:
            return True
        properties = element.find(f"{W}trPr")
        if not self._view.has_row(properties):
            return False
        table = self._tables[-1]
        table.mark.rows, table.mark.column = table.mark.rows + 1, 0
        table.columns = self._view.columns(element)
        if has_lines(element.find(f"{W}tblPrEx/{W}tblBorders")):
            table.mark.plain = False
        table.in_header = properties is not None and is_on(properties.find(f"{W}tblHeader"))
        table.grid = max(number(value_of(properties, "gridBefore")) or 0, 0)
        return True

    def enter_cell(self, element: etree._Element) -> bool:
        """Go into the next cell, if the view has it."""
        if not self._tables:
            return True
        properties = element.find(f"{W}tcPr")
        if not self._view.has_cell(properties):
            return False
        table = self._tables[-1]
        table.mark.column += 1
        table.mark.headers += table.in_header
        start, span = table.grid, max(number(value_of(properties, "gridSpan")) or 1, 1)
        table.grid += span
        table.mark.columns = max(table.mark.columns, table.grid)
        table.mark.merged += span > 1
        down = None if properties is None else properties.find(f"{W}vMerge")
        if down is None:
            table.open.pop(start, None)
        elif down.get(f"{W}val", "continue") == "restart":
            table.open[start] = span > 1
        elif not table.open.get(start, True):
            table.open[start] = True
            table.mark.merged += 1
        if properties is not None and (has_lines(properties.find(f"{W}tcBorders")) or _shade(properties) is not None):
            table.mark.plain = False
        self.look = self._cell_look(properties)
        return True

    def leave(self, position: int) -> None:
        """Go out of a table whose text ends at `position` of the document's text."""
        self._tables.pop().mark.stop(position)
        self.look = self._outer.pop()

    def _name(self) -> str:
        if self._tables:
            return f"{self.path}, tableau intérieur"
        self._count += 1
        return f"{self._place}tableau {self._count}"

    def _cell_look(self, properties: etree._Element | None) -> TableLook:
        table, outer = self._tables[-1], self._outer[-1]
        conditions = tuple(_conditions(table))
        shade = None if properties is None else _shade(properties)
        color = self._styles.theme.shading(shade) if shade is not None else None
        if not color:
            color = self._styles.table_shade(table.style, conditions) if color is None else None
            color = color or table.shade or (outer.background if outer else None)
        upright = is_upright(value_of(properties, "textDirection"))
        return TableLook(table.style, conditions, color, not upright or bool(outer and outer.vertical))


def _shade(properties: etree._Element) -> etree._Element | None:
    return properties.find(f"{W}shd")


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
    row, (row_band, column_band) = table.mark.rows, table.bands
    first_row = "firstRow" in table.look and row == 1
    last_row = "lastRow" in table.look and row == table.rows
    first_column = "firstColumn" in table.look and table.mark.column == 1
    last_column = "lastColumn" in table.look and table.mark.column == table.columns
    found = []
    if "noVBand" not in table.look and not (first_column or last_column):
        found.append(_band("Vert", table.mark.column - ("firstColumn" in table.look), column_band))
    if "noHBand" not in table.look and not (first_row or last_row):
        found.append(_band("Horz", row - ("firstRow" in table.look), row_band))
    sides = {"firstCol": first_column, "lastCol": last_column, "firstRow": first_row, "lastRow": last_row}
    found += [name for name, applies in sides.items() if applies]
    for vertical, at_edge in (("n", first_row), ("s", last_row)):
        found += [f"{vertical}{side}Cell" for side, col in (("e", last_column), ("w", first_column)) if at_edge and col]
    return found


def _band(direction: str, count: int, size: int) -> str:
    return f"band{(max(count - 1, 0) // size) % 2 + 1}{direction}"
