"""What the walk over an Office file learns of a table."""

from __future__ import annotations

from dataclasses import dataclass

from falc.model import Span
from falc.objects import Table


@dataclass(slots=True)
class TableMark:
    """A table that the walk met; `start` and `end` count in the document's text."""

    path: str
    start: int
    end: int = 0
    rows: int = 0
    columns: int = 0
    column: int = 0  # of the current cell, as people count them
    headers: int = 0
    merged: int = 0
    nested: bool = False
    plain: bool = True  # nothing is drawn around or behind its cells

    @property
    def cell(self) -> str:
        """« tableau 1, ligne 2, colonne 1 »."""
        return f"{self.path}, ligne {self.rows}, colonne {self.column}"

    def stop(self, position: int) -> None:
        """End the table, whose text ends at `position` of the document's text."""
        self.end = position
        if self.start and self.start < position:
            self.start += 1  # after the line end that separates it from the text before

    @property
    def table(self) -> Table:
        """The table as checks know it."""
        # A table only places things when nothing is drawn (no lines, no shades) and no row is marked as its head, or
        # when it is one column: a frame around a text.  A table of data without any of these cannot be told from it.
        return Table(
            span=Span(self.start, self.end),
            place=self.path,
            rows=self.rows,
            columns=self.columns,
            headers=self.headers,
            merged=self.merged,
            nested=self.nested,
            layout=self.columns < 2 or (self.plain and not self.headers),
        )
