"""What a document shows, whatever its format: paragraphs of pieces, tables, pictures, notes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from falc.copies.shown import Piece, shown_pieces, tags_between
from falc.document import Block, BlockKind, Document
from falc.model import Span
from falc.objects import Picture

__all__ = ["BODY", "FOOTER", "HEADER", "NOTE", "Cell", "Contents", "Paragraph", "contents_of"]

BODY, HEADER, FOOTER, NOTE = "body", "header", "footer", "note"
_FLOWS = {
    BlockKind.HEADER: HEADER,
    BlockKind.FOOTER: FOOTER,
    BlockKind.FOOTNOTE: NOTE,
    BlockKind.ENDNOTE: NOTE,
}
# A table or a text box of a header says so in its place.
_PLACES = (("en-tête", HEADER), ("pied de page", FOOTER), ("note", NOTE))
_STORIES = {"en-tête": HEADER, "pied de page": FOOTER}
_CELL = re.compile(r"(?P<table>.*?tableau \d+), ligne (?P<row>\d+), colonne (?P<column>\d+)")
_LONGEST_TITLE = 120
_MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a paragraph stands in a table, from 0."""

    table: str
    row: int
    column: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph to write: `level` is that of a heading or of a list item, from 1."""

    pieces: list[Piece]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: str | None = None
    flow: str = BODY
    place: str = ""
    cell: Cell | None = None
    picture: Picture | None = None


@dataclass(slots=True)
class Contents:
    """All that is written, in order; `headed` are the tables whose first row heads the columns."""

    title: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    headed: frozenset[str] = frozenset()

    def of(self, flow: str) -> list[Paragraph]:
        """Return the paragraphs of one flow."""
        return [paragraph for paragraph in self.paragraphs if paragraph.flow == flow]


def contents_of(document: Document, *, sentences: bool) -> Contents:
    """Return what `document` shows; with `sentences`, each one begins a line."""
    paragraphs: list[Paragraph] = []
    pictures = sorted(filter(_is_shown, document.objects.pictures), key=lambda picture: picture.span.start)
    shown, end = 0, 0
    before = shown_pieces(document, sentences=sentences)
    for block in document.blocks:
        source = block.source(Span(0, len(block.text)))
        paragraph = _paragraph(block, document, before(block))
        tags = tags_between(document, end, source.start)
        _add_tags(paragraphs, tags, paragraph)
        while shown < len(pictures) and pictures[shown].span.start <= source.start:
            paragraphs.append(_picture(pictures[shown], paragraph if source.start else None))
            shown += 1
        paragraphs.append(paragraph)
        end = max(end, source.end)
        while shown < len(pictures) and pictures[shown].span.start < end:
            paragraphs.append(_picture(pictures[shown], paragraph))
            shown += 1
    _add_tags(paragraphs, tags_between(document, end, len(document.text)), None)
    paragraphs += (_picture(picture, None) for picture in pictures[shown:])
    tables = document.objects.tables
    return Contents(
        _title(document),
        _without_wide_tables(paragraphs),
        frozenset(table.place for table in tables if table.headers or (not table.layout and table.rows > 1)),
    )


def _paragraph(block: Block, document: Document, pieces: list[Piece]) -> Paragraph:
    flow = _FLOWS.get(block.kind) or next((flow for start, flow in _PLACES if block.path.startswith(start)), BODY)
    found = _CELL.match(block.path) if block.kind is BlockKind.TABLE_CELL and flow == BODY else None
    cell = Cell(found["table"], int(found["row"]) - 1, max(int(found["column"]) - 1, 0)) if found else None
    marker = block.format.marker
    if marker is None and block.kind is BlockKind.LIST_ITEM:
        marker = _typed_marker(document, block.segments[0].source.start)
    return Paragraph(pieces, block.kind, block.level, marker, flow, block.path, cell)


def _typed_marker(document: Document, start: int) -> str:
    """Return what a plain text writes before a list item."""
    line = document.text[max(start - 20, 0) : start].splitlines() or [""]
    return line[-1].strip() or "•"


def _is_shown(picture: Picture) -> bool:
    """Is a picture part of what the document says?  Lines and frames are not, nor what lies behind all pages."""
    return picture.kind != "watermark" and (picture.digest is not None or bool(picture.alt) or picture.kind == "chart")


def _picture(picture: Picture, near: Paragraph | None) -> Paragraph:
    flow = _STORIES.get(picture.story, BODY)
    cell = near.cell if near is not None and near.flow == flow else None
    return Paragraph([], flow=flow, cell=cell, picture=picture)


def _add_tags(paragraphs: list[Paragraph], tags: list[str], following: Paragraph | None) -> None:
    """Add what stands between two blocks and is no text: the tags of a template.

    The first line of `tags` ends the block before, the last one begins the block after.
    """
    if not any(tags):
        return
    last = paragraphs[-1] if paragraphs else None
    first, *middle = tags
    if first and last is not None and last.picture is None:
        last.pieces.append(Piece(first))
    elif first:
        middle.insert(0, first)
    if middle and middle[-1] and following is not None:
        following.pieces.insert(0, Piece(middle.pop()))
    like = last or following
    flow, cell = (like.flow, like.cell) if like else (BODY, None)
    paragraphs += (Paragraph([Piece(text)], flow=flow, cell=cell) for text in middle if text.strip())


def _without_wide_tables(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Write as paragraphs the tables that only place things side by side, and those that no page can hold."""
    rows: defaultdict[str, int] = defaultdict(int)
    columns: defaultdict[str, int] = defaultdict(int)
    for paragraph in paragraphs:
        if cell := paragraph.cell:
            rows[cell.table] = max(rows[cell.table], cell.row + 1)
            columns[cell.table] = max(columns[cell.table], cell.column + 1)
    flat = {
        table for table in rows if rows[table] < 2 or columns[table] < 2 or rows[table] * columns[table] > _MOST_CELLS
    }
    return [
        replace(paragraph, cell=None, kind=BlockKind.PARAGRAPH)
        if paragraph.cell and paragraph.cell.table in flat
        else paragraph
        for paragraph in paragraphs
    ]


def _title(document: Document) -> str:
    said = document.objects.properties.title
    if said and said.strip():
        return said.strip()
    heading = next((block for block in document.blocks if block.kind is BlockKind.HEADING), None)
    if heading is not None:
        return heading.source_text(Span(0, len(heading.text)), document.text).replace("\n", " ")[:_LONGEST_TITLE]
    return "" if document.name == "-" else Path(document.name).stem
