"""Gather what the walk meets in a paragraph; when it ends, give it its look among its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.docx.fields import Field
from falc.formats.office.docx.look import RunLooks
from falc.formats.office.docx.sections import columns_of, starts_page
from falc.formats.office.docx.story import DrawingMark, Gathered, LinkMark, Paragraph, Story, TextNode
from falc.formats.office.docx.styles import Styles, value_of
from falc.formats.office.docx.tables import TableCursor
from falc.formats.office.package import W
from falc.formats.office.story import NOTHING_AROUND
from falc.look import ParagraphFormat, TextFormat
from falc.model import Span

_UNSEEN = " \t\r\n\u00a0\u00ad\u2002\u2003\u2009\u200b\u202f\u3000\ufeff"  # a paragraph of these is blank
_PPR = f"{W}pPr"


@dataclass(slots=True)
class Piece:
    """A text node that has no place yet; `around` is what a placeholder shows before and after its value."""

    texts: list[str]
    first: etree._Element
    last: etree._Element
    format: TextFormat
    fields: tuple[Field, ...]
    cut: int = 0
    placeholder: str | None = None
    around: tuple[str, str] = NOTHING_AROUND
    link: LinkMark | None = None

    @property
    def text(self) -> str:
        text = self.texts[0] if len(self.texts) == 1 else "".join(self.texts)
        return f"«{self.placeholder}»" if self.placeholder and not text.strip() else text


class ParagraphGatherer:
    """Holds the paragraph that the walk of a story is in, and what it needs to know of those before."""

    def __init__(self, story: Story, styles: Styles, tables: TableCursor, found: Gathered) -> None:
        self._story, self._styles, self._tables, self._found = story, styles, tables, found
        sections = found.sections if story.is_body else ()
        self._columns = [columns_of(section) for section in sections]
        self._on_new_page = [starts_page(section) for section in sections]
        self._section = 0
        self.element: etree._Element | None = None
        self.properties: etree._Element | None = None
        self.look = styles.paragraph(None, None, story.around.background)
        self.runs: RunLooks = styles.runs(self.look.style, None, self.look.background)
        self._formats: dict[tuple[object, ...], ParagraphFormat] = {}
        self._pieces: list[Piece] = []
        self._drawings: list[tuple[DrawingMark, int]] = []
        self._points: list[tuple[LinkMark, int]] = []
        self._shown = 0  # paragraphs of the body
        self._blanks = 0  # empty paragraphs just before
        self._lines: tuple[str, ...] = ()  # the sides of the paragraph before that have a border
        self._holds_more = False  # than text
        self._has_text = False
        # Page breaks: before this paragraph, at its start, since its last text.
        self._break_before = self._break_at_start = self._break_since = False

    def enter(self, element: etree._Element) -> None:
        """Go into a paragraph; one whose end is deleted goes on in the next one."""
        self.element, self.properties = element, element.find(_PPR)
        table = self._tables.look
        self.look = look = self._styles.paragraph(self.properties, table, self._story.around.background)
        self.runs = self._styles.runs(look.style, table, look.background)

    def add(self, piece: Piece) -> None:
        self._pieces.append(piece)

    def see(self, text: str) -> None:
        """Note that the paragraph shows a text."""
        if not self._has_text or self._break_since:
            seen = bool(text.strip(_UNSEEN))
            self._has_text = self._has_text or seen
            self._break_since = self._break_since and not seen

    def break_page(self) -> None:
        self._break_since = True
        self._break_at_start = self._break_at_start or not self._has_text

    def hold(self) -> None:
        """Note that the paragraph shows something that is no text."""
        self._holds_more = True

    def draw(self, element: etree._Element) -> None:
        """Note a drawing."""
        self._holds_more = True
        self._drawings.append((DrawingMark(element, self._story), len(self._pieces)))

    def point(self, mark: LinkMark) -> None:
        """Note a link that has no text of its own."""
        self._points.append((mark, len(self._pieces)))

    def start_over(self) -> None:
        """Forget the paragraphs before: a cell starts, or a table ends."""
        self._blanks, self._lines = 0, ()

    def finish(self, element: etree._Element) -> Iterator[Paragraph]:
        """Give the paragraph that ends, if it shows something."""
        found, look, pieces = self._found, self.look, self._pieces
        texts = [piece.text for piece in pieces]
        shows = any(text.strip().strip("\u00ad") for text in texts)
        marker = self._styles.numbering.count(look.list_id, look.list_level) if look.list_id else None
        nodes: tuple[TextNode, ...] = ()
        if shows:
            found.start_paragraph()
            nodes = tuple([self._node(piece, text) for piece, text in zip(pieces, texts, strict=True)])
        found.place(self._drawings, nodes, caption=look.caption)
        self._place_links(nodes)
        if shows:
            kind, level, path = self._role()
            yield Paragraph(kind, level, path, self._format(element, marker), nodes, element, self._story)
        self._go_on(shows, bool(marker))

    def _node(self, piece: Piece, text: str) -> TextNode:
        span, p = self._found.collector.append(text), piece
        return TextNode(span, text, p.format, p.placeholder, p.first, p.last, p.fields, p.cut, around=p.around)

    def end_section(self, element: etree._Element) -> None:
        """End the section whose properties a paragraph holds, if it holds some."""
        if self._section + 1 < len(self._columns) and element.find(f"{W}pPr/{W}sectPr") is not None:
            self._section += 1
            self._found.section_ends.append(self._found.collector.length)
            if self._on_new_page[self._section]:
                self._break_before, self._blanks = True, 0

    def _go_on(self, shows: bool, marked: bool) -> None:
        """Prepare for the next paragraph."""
        # Neighbours with the same borders share one box (ECMA-376-1, 17.3.1.24); alone, an empty one is a line.
        ruled = bool(self.look.lines) and self.look.lines != self._lines
        empty = not (shows or marked or self._holds_more or self._break_since or ruled)
        self._blanks, self._lines = self._blanks + 1 if empty else 0, self.look.lines
        self._break_before = self._break_since or (self._break_before and not shows)
        self._break_at_start = self._break_since = self._holds_more = self._has_text = False
        self._pieces, self._drawings, self._points = [], [], []
        self.element = None

    def _format(self, element: etree._Element, marker: str | None) -> ParagraphFormat:
        look, around = self.look.format, self._story.around
        columns = self._columns[self._section] if self._columns else around.columns
        before, after = look.space_before, look.space_after
        if self.look.contextual:  # no space between paragraphs of one style
            before = 0.0 if self._same_style(element, preceding=True) else before
            after = 0.0 if self._same_style(element, preceding=False) else after
        new_page = look.page_break_before or self._break_before or self._break_at_start
        # Looks are made once and kept, so that identity tells them apart.
        key = id(look), before, after, self._blanks, columns, new_page, marker
        if key not in self._formats:
            self._formats[key] = replace(
                look,
                space_before=before,
                space_after=after,
                blank_before=self._blanks,
                columns=columns,
                boxed=look.boxed or around.boxed,
                floating=look.floating or around.floating,
                vertical=look.vertical or around.vertical,
                page_break_before=new_page,
                marker=marker,
            )
        return self._formats[key]

    def _same_style(self, element: etree._Element, *, preceding: bool) -> bool:
        other = _neighbour(element, preceding)
        return other is not None and self._styles.style_of(value_of(other.find(f"{W}pPr"), "pStyle")) == self.look.style

    def _role(self) -> tuple[BlockKind, int, str]:
        story, look = self._story, self.look
        if story.kind is not None:
            return story.kind, 0, self._tables.path if self._tables else story.place
        if self._tables:
            return BlockKind.TABLE_CELL, 0, self._tables.path
        self._shown += 1
        path = f"corps, paragraphe {self._shown}" if story.is_body else story.place
        if look.heading:
            return BlockKind.HEADING, look.heading, path
        if look.caption:
            return BlockKind.CAPTION, 0, path
        if look.list_depth:
            return BlockKind.LIST_ITEM, look.list_depth, path
        return BlockKind.PARAGRAPH, 0, path

    def _place_links(self, nodes: tuple[TextNode, ...]) -> None:
        links, current = self._found.links, None
        for node, piece in zip(nodes, self._pieces, strict=False):
            if piece.link is not None and piece.link is current:
                links[-1].span = Span(links[-1].span.start, node.span.end)
            elif piece.link is not None:  # it may go on in other paragraphs
                links.append(replace(piece.link, span=node.span))
            current = piece.link
        for mark, index in self._points:
            position = self._found.position(nodes, index)
            links.append(replace(mark, span=Span(position, position)))


def _neighbour(element: etree._Element, preceding: bool) -> etree._Element | None:
    """Return the paragraph just before or after one, in the same flow; content controls do not separate them."""
    current = element
    while True:
        other = next(current.itersiblings(f"{W}p", f"{W}tbl", f"{W}sdt", preceding=preceding), None)
        if other is None:
            parent = current.getparent()
            if parent is None or parent.tag not in (f"{W}sdt", f"{W}sdtContent"):
                return None
            current = parent
        elif other.tag == f"{W}sdt":
            inside = other.findall(f"{W}sdtContent/{W}p")
            return (inside[-1] if preceding else inside[0]) if inside else None
        else:
            return other if other.tag == f"{W}p" else None
