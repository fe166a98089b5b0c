"""The live text of an OpenDocument text, each text once, in reading order.

Live text is what the reader of the letter sees: insertions in, deletions, comments and hidden text out, one form of
each frame.  The walk is deterministic and never recurses, whatever the file nests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.odt_fields import is_hidden
from falc.formats.office.odt_inline import InlineReader
from falc.formats.office.odt_lists import ListFrame, Lists
from falc.formats.office.odt_looks import Around, Looks, ParagraphLook
from falc.formats.office.odt_package import DRAW, MARKS, OFFICE, SVG, TABLE, TEXT, OdtFile
from falc.formats.office.odt_pages import PageStyles
from falc.formats.office.odt_paragraphs import Listed, in_list, numbered_heading, place_links, placed, role
from falc.formats.office.odt_properties import borders_of
from falc.formats.office.odt_shapes import (
    FRAME,
    GROUP,
    SHAPES,
    around_text,
    box_in,
    drawing_of,
    has_words,
    is_drawn_whole,
    is_watermark,
)
from falc.formats.office.odt_story import DrawingMark, Gathered, Paragraph, Story
from falc.formats.office.odt_tables import CELLS, COLUMN, HEADERS, TableCursor
from falc.formats.office.story import ShownText

_P, _H = f"{TEXT}p", f"{TEXT}h"
_LIST, _ITEMS = f"{TEXT}list", frozenset({f"{TEXT}list-item", f"{TEXT}list-header"})
_TABLE, _ROW = f"{TABLE}table", f"{TABLE}table-row"
_STYLE_NAME = f"{TEXT}style-name"
_CHANGES = frozenset({f"{TEXT}change-start", f"{TEXT}change-end"})
_NOT_SHOWN = frozenset({"collapse", "filter"})
_INDEXES = ("table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index")
# Not displayed, or read elsewhere; the reading aid of a ruby repeats its base.
_CLOSED = frozenset(
    {
        *(TEXT + tag for tag in ("tracked-changes", "sequence-decls", "variable-decls", "user-field-decls")),
        *(TEXT + tag for tag in ("dde-connection-decls", "note-citation", "ruby-text", "section-source")),
        *(f"{TEXT}{kind}-source" for kind in (*_INDEXES, "bibliography")),
        *(OFFICE + tag for tag in ("annotation", "annotation-end", "forms", "event-listeners", "dde-source")),
        *(OFFICE + tag for tag in ("binary-data", "scripts", "script")),
        *(SVG + tag for tag in ("title", "desc")),
        *(TABLE + tag for tag in ("title", "desc", "tracked-changes", "calculation-settings")),
        *(DRAW + tag for tag in ("control", "glue-point", "page-thumbnail", "image-map", "contour-polygon")),
        f"{MARKS}param",
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What all the walks of one file share."""

    file: OdtFile
    looks: Looks
    lists: Lists
    pages: PageStyles
    found: Gathered


class StoryWalk:
    """Walks one story.  It gives its paragraphs, and each text box after the paragraph that holds it."""

    def __init__(self, story: Story, reading: Reading) -> None:
        self._story, self._reading, self._found = story, reading, reading.found
        self._prefix = "" if story.is_body else f"{story.place}, "
        self._tables = TableCursor(self._prefix, reading.looks.sheet, story.scope, story.around)
        self._flows: list[object] = [story]  # and the tables that the walk is in
        self._sections: list[tuple[etree._Element, Around]] = []
        self._lists: list[ListFrame] = []
        self._outer_lists: list[list[ListFrame]] = []
        self._paragraph: etree._Element | None = None
        self._inline: InlineReader | None = None
        self._look: ParagraphLook | None = None
        self._listed = Listed()
        self._groups: list[etree._Element] = []
        self._boxes: list[Story] = []
        self._paragraphs = self._blanks = 0
        self._lines: tuple[str, ...] = ()  # the sides of the paragraph before that have a border
        self._deleted: set[str] = set()  # the deletions that are open
        self._break = False  # a page starts before the next paragraph

    def __iter__(self) -> Iterator[Paragraph | Story]:
        stack = [(self._story.root, iter(self._story.root))]
        while stack:
            parent, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if stack:
                    yield from self._leave(parent)
                    self._characters(parent.tail)
                continue
            if isinstance(child.tag, str) and self._enter(child, child.tag):
                self._characters(child.text)
                stack.append((child, iter(child)))
            else:
                self._characters(child.tail)
            if self._boxes and self._paragraph is None:  # they hang on the page, not on a paragraph
                boxes, self._boxes = self._boxes, []
                yield from boxes

    def _characters(self, text: str | None) -> None:
        if self._inline is not None:
            self._inline.pieces.characters(text)

    def _enter(self, element: etree._Element, tag: str) -> bool:
        """Take what the element shows; say whether its children must be walked."""
        if tag in _CLOSED:
            return False
        if tag in (_P, _H):
            if self._paragraph is None:
                self._start(element)
            return True
        if tag in _CHANGES:
            self._change(element, tag)
            return False
        if tag in (FRAME, GROUP) or tag in SHAPES:
            return self._shape(element, tag)
        if self._inline is not None:
            return self._inline.enter(element, tag)
        return self._enter_outside(element, tag)

    def _enter_outside(self, element: etree._Element, tag: str) -> bool:
        """Go into what holds paragraphs."""
        if tag == _LIST:
            self._lists.append(self._reading.lists.enter(element, self._lists[-1] if self._lists else None))
        elif tag in _ITEMS and self._lists:
            self._reading.lists.enter_item(element, self._lists[-1])
        elif tag == _TABLE:
            self._enter_table(element)
        elif tag == COLUMN:
            self._tables.enter_column(element)
        elif tag in HEADERS:
            self._tables.headers(element, True)
        elif tag == _ROW:
            if element.get(f"{TABLE}visibility") in _NOT_SHOWN:
                self._found.unread["hidden"] += 1
                return False
            self._tables.enter_row(element)
        elif tag in CELLS:
            self._blanks, self._lines = 0, ()
            return self._tables.enter_cell(element)
        elif tag == f"{TEXT}section":
            return self._enter_section(element)
        elif tag == f"{TEXT}table-of-content":
            self._found.contents = True
        return True

    def _enter_section(self, element: etree._Element) -> bool:
        area = self._reading.looks.sheet.area(self._story.scope, "section", element.get(_STYLE_NAME))
        if is_hidden(element) or area.get("hidden") is True:
            self._found.unread["hidden"] += 1
            return False
        self._sections.append((element, self._tables.around))
        self._tables.around = self._tables.around.within(area)
        return True

    def _enter_table(self, element: etree._Element) -> None:
        sheet, name = self._reading.looks.sheet, element.get(f"{TABLE}style-name")
        if not self._tables:
            self._switch_page(sheet.master_of(self._story.scope, "table", name))
            self._break |= sheet.area(self._story.scope, "table", name).get("break_before") is True
        mark = self._tables.enter_table(element, self._found.collector.length)
        if mark is not None:
            self._found.tables.append(mark)
        self._flows.append(mark or element)
        self._outer_lists.append(self._lists)
        self._lists = []

    def _switch_page(self, master: str | None) -> None:
        """Take note that pages of another kind start here."""
        if not (master and self._story.is_body and self._reading.pages.knows(master)):
            return
        length = self._found.collector.length
        self._break |= bool(length)
        self._found.masters.append((length, master))
        if not self._sections:
            self._tables.around = self._reading.pages.around(master)

    def _start(self, element: etree._Element) -> None:
        """Start a paragraph: its look, its place in the lists."""
        looks, scope, name = self._reading.looks, self._story.scope, element.get(_STYLE_NAME)
        if not self._tables and self._inline is None:
            self._switch_page(looks.sheet.paragraph(scope, name).master)
        self._paragraph = element
        if self._inline is not None:  # it goes on with the one before, whose end is deleted
            return
        self._look = looks.paragraph(scope, name, self._tables.around)
        self._inline = InlineReader(scope, looks, self._look.inline, self._found)
        self._inline.pieces.muted = bool(self._deleted)
        self._listed = Listed()
        if self._lists:
            self._listed = in_list(self._reading.lists, scope, self._lists, self._look)
        elif element.tag == _H and self._story.kind is None:
            self._listed = numbered_heading(self._reading.lists, element)

    def _change(self, element: etree._Element, tag: str) -> None:
        """Go into deleted text that stands in its place, or out of it."""
        identifier = element.get(f"{TEXT}change-id") or ""
        if tag == f"{TEXT}change-end":
            self._deleted.discard(identifier)
        elif identifier in self._found.deletions:
            self._deleted.add(identifier)
        if self._inline is not None:
            self._inline.pieces.muted = bool(self._deleted)

    def _shape(self, element: etree._Element, tag: str) -> bool:
        """Take a frame or a drawing: the text in it comes after the paragraph."""
        if self._deleted or (self._inline is not None and self._inline.pieces.inline.hidden):
            return False
        area = self._reading.looks.sheet.area(self._story.scope, "graphic", element.get(f"{DRAW}style-name"))
        group = self._groups[0] if self._groups else None
        box = box_in(element) if tag == FRAME else None
        if is_watermark(element):
            self._draw(DrawingMark(element, "watermark", self._story, area))
        elif tag == GROUP and (self._groups or not is_drawn_whole(element)):
            self._groups.append(element)
            return True
        elif box is not None:
            root = element if box.tag == _TABLE else box
            self._box(root, around_text(element, self._tables.around, area, box))
        elif tag == FRAME:
            mark, unread = drawing_of(element, self._story, area, self._reading.file, group)
            if mark is not None:
                self._draw(mark)
            if unread:
                self._found.unread[unread] += 1
        elif tag != GROUP and has_words(element):
            self._box(element, around_text(element, self._tables.around, area, None))
        elif group is None:
            self._draw(DrawingMark(element, "drawing", self._story, area))
        return False

    def _draw(self, mark: DrawingMark) -> None:
        if self._inline is not None:
            self._inline.pieces.drawings.append((mark, len(self._inline.pieces.pieces)))
        else:
            mark.position, mark.alone = self._found.collector.length, True
            self._found.drawings.append(mark)

    def _box(self, root: etree._Element, around: Around) -> None:
        self._found.boxes += 1
        place = f"{self._prefix}zone de texte {self._found.boxes}"
        self._boxes.append(replace(self._story, root=root, place=place, around=around, is_body=False))

    def _leave(self, element: etree._Element) -> Iterator[Paragraph | Story]:
        tag = element.tag
        if element is self._paragraph:
            if self._deleted and _is_followed(element):
                self._paragraph = None
            else:
                yield from self._finish(element)
        elif self._groups and self._groups[-1] is element:
            self._groups.pop()
        elif self._inline is not None:
            self._inline.leave(element, tag)
        elif tag == _LIST and self._lists:
            self._lists.pop()
        elif tag == _TABLE:
            self._tables.leave(self._found.collector.length)
            self._flows.pop()
            self._lists, self._blanks, self._lines = self._outer_lists.pop(), 0, ()
        elif tag in CELLS:
            self._tables.leave_cell()
        elif tag in HEADERS:
            self._tables.headers(element, False)
        elif self._sections and self._sections[-1][0] is element:
            self._tables.around = self._sections.pop()[1]

    def _finish(self, element: etree._Element) -> Iterator[Paragraph | Story]:
        """Give the paragraph that ends, if it shows something, then its text boxes."""
        inline, look, boxes = self._inline, self._look, self._boxes
        self._inline, self._paragraph, self._boxes = None, None, []
        if inline is None or look is None:
            return
        pieces = inline.pieces
        pieces.close_slot()
        self._break |= look.format.page_break_before
        if pieces.hidden:
            self._found.unread["hidden"] += 1
            return
        texts, lines = [piece.text for piece in pieces.pieces], borders_of(look.style.paragraph)
        nodes: tuple[ShownText, ...] = ()
        if any(text.strip() for text in texts):
            self._found.start_paragraph()
            nodes = tuple(
                ShownText(self._found.collector.append(text), text, p.inline.format, p.placeholder)
                for text, p in zip(texts, pieces.pieces, strict=True)
            )
            yield self._shown(element, look, nodes, any(piece.inline.turned for piece in pieces.pieces))
            self._blanks, self._break = 0, False
        else:
            # Neighbours with the same borders share one box; alone, an empty one is a line.
            ruled = bool(lines) and lines != self._lines
            self._blanks = 0 if pieces.drawings or boxes or ruled else self._blanks + (not pieces.muted)
        self._lines = lines
        self._break |= look.style.paragraph.get("break_after") is True
        self._found.place(pieces.drawings, nodes, caption=look.style.caption)
        place_links(pieces, nodes, self._found)
        yield from boxes

    def _shown(
        self, element: etree._Element, look: ParagraphLook, nodes: tuple[ShownText, ...], turned: bool
    ) -> Paragraph:
        story = self._story
        shown = placed(look, self._listed, blanks=self._blanks, breaks=self._break, turned=turned)
        kind, level = role(element, look, self._listed)
        path = self._tables.path if self._tables else story.place
        if story.kind is not None:
            kind, level = story.kind, 0
        elif self._tables:
            kind, level = BlockKind.TABLE_CELL, 0
        elif story.is_body:
            self._paragraphs += 1
            path = f"corps, paragraphe {self._paragraphs}"
        flow = (id(story.root), id(self._flows[-1]), self._tables.cell)
        contextual = look.style.paragraph.get("contextual") is True
        return Paragraph(kind, level, path, shown, nodes, flow, contextual)


def _is_followed(paragraph: etree._Element) -> bool:
    """Does another paragraph come next, in the same place?"""
    following = paragraph.getnext()
    return following is not None and following.tag in (_P, _H)
