"""Where a paragraph stands in the tables around it, and what surrounds it there."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from lxml import etree

from falc.formats.office.odt.looks import Around
from falc.formats.office.odt.package import TABLE
from falc.formats.office.odt.properties import area_color, borders_of, number
from falc.formats.office.odt.styles import Sheet
from falc.formats.office.tables import TableMark

_MOST = 100_000  # rows or columns: a repeated cell is counted, not copied
_STYLE_NAME = f"{TABLE}style-name"
_CELL_STYLE = f"{TABLE}default-cell-style-name"
_ROWS, _COLUMNS = f"{TABLE}number-rows-repeated", f"{TABLE}number-columns-repeated"
_ACROSS, _DOWN = f"{TABLE}number-columns-spanned", f"{TABLE}number-rows-spanned"
HEADERS = frozenset({f"{TABLE}table-header-rows", f"{TABLE}table-header-columns"})
CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
COLUMN = f"{TABLE}table-column"


@dataclass(slots=True)
class _Table:
    mark: TableMark
    outer: Around
    around: Around
    is_part: bool  # it divides a cell of the table around it
    row_around: Around
    row_style: str | None = None
    column_ends: list[int] = field(default_factory=list)
    column_styles: list[str | None] = field(default_factory=list)
    header_columns: int = 0
    grid: int = 0  # where the current cell ends, covered ones included
    covered: int = 0  # covered cells that belong to the cell before
    in_header: bool = False
    in_header_columns: bool = False


class TableCursor:
    """Follows the walk in and out of tables, rows and cells."""

    def __init__(self, place: str, sheet: Sheet, scope: etree._Element, around: Around) -> None:
        self._place, self._sheet, self._scope = place, sheet, scope
        self._tables: list[_Table] = []
        self._count = 0
        self.around = around

    def __bool__(self) -> bool:
        return bool(self._tables)

    @property
    def path(self) -> str:
        """« tableau 1, ligne 2, colonne 1 »."""
        return self._tables[-1].mark.cell

    @property
    def cell(self) -> tuple[int, int]:
        """Two numbers that tell the cells of a table from one another."""
        return (self._tables[-1].mark.rows, self._tables[-1].grid) if self._tables else (0, 0)

    def enter_table(self, element: etree._Element, position: int) -> TableMark | None:
        """Go into a table whose text will come after `position`; return its mark unless it only divides a cell."""
        is_part = bool(self._tables) and element.get(f"{TABLE}is-sub-table") == "true"
        area = self._sheet.area(self._scope, "table", element.get(_STYLE_NAME))
        mark = TableMark(self._name(), position, nested=bool(self._tables))
        mark.plain = not area_color(area)
        around = self.around.within(area)
        self._tables.append(_Table(mark, self.around, around, is_part, around))
        self.around = around
        return None if is_part else mark

    def enter_column(self, element: etree._Element) -> None:
        """Note a column, or several with one style."""
        if self._tables:
            table, repeated = self._tables[-1], _times(element, _COLUMNS)
            last = table.column_ends[-1] if table.column_ends else 0
            table.column_ends.append(last + repeated)
            table.column_styles.append(element.get(_CELL_STYLE))
            table.header_columns += repeated if table.in_header_columns else 0

    def headers(self, element: etree._Element, inside: bool) -> None:
        """Go into the header rows or columns of a table, or out of them."""
        if self._tables and element.tag == f"{TABLE}table-header-rows":
            self._tables[-1].in_header = inside
        elif self._tables:
            self._tables[-1].in_header_columns = inside

    def enter_row(self, element: etree._Element) -> None:
        """Go into the next row."""
        if not self._tables:
            return
        table = self._tables[-1]
        table.mark.rows = min(table.mark.rows + _times(element, _ROWS), _MOST)
        table.mark.column = table.grid = table.covered = 0
        table.row_style = element.get(_CELL_STYLE)
        row = self._sheet.area(self._scope, "table-row", element.get(_STYLE_NAME))
        self.around = table.row_around = table.around.within(row)
        table.mark.plain &= not area_color(row)

    def enter_cell(self, element: etree._Element) -> bool:
        """Go into the next cell; say whether it is shown: another one may cover it."""
        if not self._tables:
            return element.tag == f"{TABLE}table-cell"
        table, times = self._tables[-1], _times(element, _COLUMNS)
        table.grid = min(table.grid + times, _MOST)
        table.mark.columns = max(table.mark.columns, table.grid)
        if element.tag == f"{TABLE}covered-table-cell":
            beside = min(times, table.covered)
            table.covered -= beside
            table.mark.column += times - beside
            return False
        table.mark.column += times
        across, down = _times(element, _ACROSS), _times(element, _DOWN)
        table.covered = across - 1
        table.mark.merged += across > 1 or down > 1
        table.mark.headers += times if table.in_header or table.grid <= table.header_columns else 0
        area = self._sheet.area(self._scope, "table-cell", self._cell_style(table, element))
        if table.mark.plain:
            table.mark.plain = not (borders_of(area) or area_color(area))
        self.around = table.row_around.within(area)
        return True

    def leave(self, position: int) -> None:
        """Go out of a table whose text ends at `position` of the document's text."""
        table = self._tables.pop()
        mark = table.mark
        mark.columns = max(mark.columns, min(table.column_ends[-1], _MOST) if table.column_ends else 0)
        mark.stop(position)
        self.around = table.outer

    def leave_cell(self) -> None:
        """Go out of a cell."""
        if self._tables:
            self.around = self._tables[-1].row_around

    def _name(self) -> str:
        if self._tables:
            return f"{self.path}, tableau intérieur"
        self._count += 1
        return f"{self._place}tableau {self._count}"

    def _cell_style(self, table: _Table, element: etree._Element) -> str | None:
        column = bisect_left(table.column_ends, table.grid)
        by_column = table.column_styles[column] if column < len(table.column_styles) else None
        return element.get(_STYLE_NAME) or table.row_style or by_column


def _times(element: etree._Element, name: str) -> int:
    """Return how many times an element stands for itself."""
    value = element.get(name)
    return 1 if value is None else max(number(value, _MOST) or 1, 1)
