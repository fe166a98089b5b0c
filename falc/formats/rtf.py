"""Read an RTF document: its text, block by block, with headings, lists, tables, fields, notes and text boxes."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from falc.document import Block, BlockBuilder, BlockKind, Document, SegmentKind
from falc.formats.office.story import TextCollector, default_standin, skipped
from falc.formats.office.tables import TableMark
from falc.formats.rtf_plain import CELL, FIELD, FIELD_END, LABEL, LABEL_END, LOOK, PARAGRAPH, ROW, Field, Shape, Story
from falc.formats.rtf_stories import Stories
from falc.look import ParagraphFormat, TextFormat
from falc.model import Span
from falc.objects import Link, Objects, Properties

__all__ = ["read_rtf"]

_PIECE = re.compile(f"[{PARAGRAPH}-{LOOK}]|[^{PARAGRAPH}-{LOOK}]+")
_SIGNS = re.compile(f"[{PARAGRAPH}-{LOOK}]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]+")
_NAMED = re.compile(r"\s*(?:MERGEFIELD\s+(?:\"([^\"]*)\"|(\S+))|(PAGE|NUMPAGES|SECTIONPAGES)\b)", re.IGNORECASE)
_LINK = re.compile(r"\s*HYPERLINK\s+(\\l\s+)?\"([^\"]*)\"", re.IGNORECASE)
# The flow of a story -> what people call it, and the kind of its blocks.
_NAMES = {
    "body": ("corps", BlockKind.PARAGRAPH),
    "box": ("zone de texte", BlockKind.PARAGRAPH),
    "header": ("en-tête", BlockKind.HEADER),
    "footer": ("pied de page", BlockKind.FOOTER),
    "footnote": ("note", BlockKind.FOOTNOTE),
    "endnote": ("note de fin", BlockKind.ENDNOTE),
}
_ORDER = ("header", "footer", "footnote", "endnote")
_EDGES = frozenset({"header", "footer"})


def read_rtf(data: bytes, name: str, standin: Callable[[str], str] = default_standin) -> Document:
    """Read the bytes of an RTF file.

    `standin` gives the word that stands for a field in the text to analyse, from the field's name.  Raises FalcError
    when the file is too long or nests its groups too deep.
    """
    stories = Stories(data)
    reading = _Reading(standin)
    reading.add(stories.body, _NAMES["body"][0], [story for story in stories.others if story.flow == "box"])
    for place, story in _in_order(stories):
        reading.add(story, place)
    titles = (_SIGNS.sub(" ", story.text).strip() for story in stories.others if story.flow == "title")
    return Document(
        text=reading.collector.text,
        blocks=tuple(reading.blocks),
        name=name,
        format="rtf",
        has_lines=False,
        skipped=skipped(stories.unread),
        objects=Objects(
            tables=tuple(mark.table for mark in reading.tables),
            links=tuple(reading.links),
            properties=Properties(title=next(titles, None) or None),
        ),
    )


def _in_order(stories: Stories) -> Iterator[tuple[str, Story]]:
    """Yield the stories around the body with their places; a text that many headers share is given once."""
    seen: set[tuple[str, str]] = set()
    for flow in _ORDER:
        for number, story in enumerate((story for story in stories.others if story.flow == flow), 1):
            repeated = flow in _EDGES and (flow, story.text) in seen
            seen.add((flow, story.text))
            if not repeated:
                yield (_NAMES[flow][0] if flow in _EDGES else f"{_NAMES[flow][0]} {number}"), story


@dataclass(slots=True)
class _Part:
    """Characters of a paragraph; `name` is that of the merge field which they show."""

    text: str
    look: TextFormat
    name: str | None = None


@dataclass(slots=True)
class _Open:
    """A field under way: a merge field has a name, a link a target."""

    first: int  # of the parts of the paragraph
    name: str | None = None
    target: str | None = None


@dataclass(slots=True)
class _Paragraph:
    """A paragraph under way."""

    parts: list[_Part] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)  # parts from … to, target
    label: list[str] = field(default_factory=list)


class _Reading:
    """The document as it grows, story after story."""

    def __init__(self, standin: Callable[[str], str]) -> None:
        self.collector = TextCollector()
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.tables: list[TableMark] = []
        self._standin = standin
        self._table: TableMark | None = None
        self._in_row = False
        self._paragraphs = 0  # of the body

    def add(self, story: Story, place: str, boxes: Sequence[Story] = ()) -> None:
        """Add a story, each box after the paragraph that holds it."""
        shapes, fields, looks = iter(story.shapes), iter(story.fields), iter(story.looks)
        waiting = deque(enumerate(boxes, 1))
        paragraph, look, opened = _Paragraph(), TextFormat(), list[_Open]()
        in_label, ended, tables = False, 0, 0
        for match in _PIECE.finditer(story.text):
            sign = match[0]
            if sign == LOOK:
                look = next(looks, look)
            elif sign in (LABEL, LABEL_END):
                in_label = sign == LABEL
            elif sign == FIELD:
                opened.append(_opened(next(fields, Field()).instruction, len(paragraph.parts)))
            elif sign == FIELD_END:
                if opened:
                    _close(opened.pop(), paragraph)
            elif sign == ROW:
                self._in_row = False
            elif sign in (PARAGRAPH, CELL):
                shape = next(shapes, Shape())
                if shape.in_table and self._table is None:
                    tables += 1
                    self._start_table(story, place, tables)
                elif not shape.in_table:
                    self._end_table()
                self._add_paragraph(paragraph, story, shape, place, is_cell=sign == CELL)
                if sign == CELL and self._table is not None:
                    self._table.columns = max(self._table.columns, self._table.column)
                    self._table.column += 1
                for one in opened:  # a field over several paragraphs
                    one.first = 0
                paragraph, ended = _Paragraph(), ended + 1
                while waiting and waiting[0][1].after <= ended and not shape.in_table:
                    number, box = waiting.popleft()
                    self.add(box, f"{_NAMES['box'][0]} {number}")
            elif in_label:
                paragraph.label.append(sign)
            else:
                paragraph.parts.append(_Part(_CONTROLS.sub("", sign), look))
        self._end_table()
        for number, box in waiting:
            self.add(box, f"{_NAMES['box'][0]} {number}")

    def _start_table(self, story: Story, place: str, number: int) -> None:
        prefix = "" if story.flow == "body" else f"{place}, "
        self._table = TableMark(f"{prefix}tableau {number}", self.collector.length, plain=False)
        self._in_row = False
        self.tables.append(self._table)

    def _end_table(self) -> None:
        if self._table is not None:
            self._table.stop(self.collector.length)
            self._table = None

    def _add_paragraph(self, paragraph: _Paragraph, story: Story, shape: Shape, place: str, *, is_cell: bool) -> None:
        empty = not any(part.text for part in paragraph.parts)
        if self._table is not None and not self._in_row and (is_cell or not empty):
            self._table.rows, self._table.column, self._in_row = self._table.rows + 1, 1, True
        if empty:
            return
        marker = "".join(paragraph.label).strip() or None
        kind, level = self._kind(story, shape, marker)
        builder = BlockBuilder(kind, self._path(story, place), level, ParagraphFormat(marker=marker))
        if self.collector.length:
            self.collector.append("\n")
        starts = []
        for part in paragraph.parts:
            source = self.collector.append(part.text)
            starts.append(source.start)
            if part.name is None:
                builder.text(part.text, source.start, part.look)
            else:
                builder.standin(self._standin(part.name), source, SegmentKind.PLACEHOLDER, part.look)
        starts.append(self.collector.length)
        self.links += (Link(Span(starts[first], starts[last]), target) for first, last, target in paragraph.links)
        self.blocks.append(builder.build())

    def _kind(self, story: Story, shape: Shape, marker: str | None) -> tuple[BlockKind, int]:
        kind = _NAMES[story.flow][1]
        if self._table is not None:
            return BlockKind.TABLE_CELL, 0
        if kind is not BlockKind.PARAGRAPH:
            return kind, 0
        if shape.level:
            return BlockKind.HEADING, shape.level
        return (BlockKind.LIST_ITEM, shape.depth) if marker else (kind, 0)

    def _path(self, story: Story, place: str) -> str:
        if self._table is not None:
            return self._table.cell
        if story.flow != "body":
            return place
        self._paragraphs += 1
        return f"{place}, paragraphe {self._paragraphs}"


def _opened(instruction: str, first: int) -> _Open:
    if merge := _NAMED.match(instruction):
        return _Open(first, name=merge[1] or merge[2] or merge[3])
    link = _LINK.match(instruction)
    return _Open(first, target=(f"#{link[2]}" if link[1] else link[2]) if link else None)


def _close(field: _Open, paragraph: _Paragraph) -> None:
    """Take what a field shows: the sign of a merge field is never cut."""
    inside = paragraph.parts[field.first :]
    if field.name is not None and inside:
        text = "".join(part.text for part in inside)
        paragraph.parts[field.first :] = [_Part(text, inside[0].look, field.name)]
    elif field.target and inside:
        paragraph.links.append((field.first, len(paragraph.parts), field.target))
