"""What an open element of an HTML page gives to the text inside it."""

from __future__ import annotations

from dataclasses import dataclass

from falc.document import BlockKind
from falc.formats.web.html_blocks import List, marker_of
from falc.formats.web.html_objects import Collection, TableDraft
from falc.formats.web.html_style import Style
from falc.formats.web.html_tree import HEADINGS, LISTS, Node

__all__ = ["CELLS", "Context", "Mask", "describe"]

CELLS = frozenset(("td", "th"))


@dataclass(slots=True)
class Cells:
    """Where we are in a table of data."""

    number: int
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class Mask:
    """An element that is not shown; its text counts once."""

    counted: bool = False


@dataclass(slots=True)
class Context:
    """An open element and what it gives to the text inside it."""

    node: Node
    closed: bool = False  # in an element that falc does not read
    silent: bool = False  # hidden from screen readers
    mask: Mask | None = None
    code: int = 0  # the number of the code element it is in
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    path: str = ""
    depth: int = 0  # of lists
    table: Cells | None = None
    draft: TableDraft | None = None
    list: List | None = None
    marker: str | None = None
    things: int = 0  # how many things had been shown when it opened

    @property
    def is_read(self) -> bool:
        return not (self.closed or self.silent or self.mask)


def describe(context: Context, style: Style, found: Collection) -> None:
    """Say what the blocks inside an element are."""
    node = context.node
    name, layout = node.name, node.attributes.get("role", "").lower() in ("presentation", "none")
    if name in HEADINGS:
        context.kind, context.level, context.path = BlockKind.HEADING, HEADINGS[name], ""
    elif name in LISTS:
        context.kind, context.level, context.depth = BlockKind.PARAGRAPH, 0, context.depth + 1
        context.list = List.of(node)
    elif name == "li":
        context.depth = max(context.depth, 1)
        context.kind, context.level, context.path = BlockKind.LIST_ITEM, context.depth, ""
        context.marker = marker_of(style, context.list.next(node) if context.list else 1)
    elif name in ("caption", "figcaption"):
        context.kind, context.level, context.path = BlockKind.CAPTION, 0, ""
    elif name == "table":
        context.kind, context.level, context.path, context.depth = BlockKind.PARAGRAPH, 0, "", 0
        number = 0 if layout else found.places.count("tableau")
        context.table = None if layout else Cells(number)
        _open_table(context, number, found)
    elif name == "tr" and context.table:
        context.table.row, context.table.column = context.table.row + 1, 0
    elif name in CELLS and (table := context.table):
        table.column += 1
        context.kind, context.level = BlockKind.TABLE_CELL, 0
        context.path = f"tableau {table.number}, ligne {table.row}, colonne {table.column}"
    if context.draft and (name == "tr" or name in CELLS):
        context.draft.add(node)


def _open_table(context: Context, number: int, found: Collection) -> None:
    place = f"tableau {number}" if number else f"tableau de mise en page {found.places.count('mise en page')}"
    draft = TableDraft(context.node, place, nested=context.draft is not None, layout=not number)
    if not (context.closed or context.mask):
        found.tables.append(draft)
    context.draft = draft
