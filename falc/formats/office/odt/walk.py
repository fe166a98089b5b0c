"""The live text of an OpenDocument text, each text once, in reading order.

Live text is what the reader of the letter sees: insertions in, deletions, comments and hidden text out, one form of
each frame.  The walk is deterministic and never recurses, whatever the file nests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.odt.changes import CHANGE, CHANGES, ChangeCursor, View
from falc.formats.office.odt.drawings import DRAWN, Drawings
from falc.formats.office.odt.fields import is_hidden
from falc.formats.office.odt.inline import SPAN, InlineReader
from falc.formats.office.odt.lists import ListFrame, Lists
from falc.formats.office.odt.looks import Around, Looks, ParagraphLook
from falc.formats.office.odt.package import DRAW, MARKS, OFFICE, SVG, TABLE, TEXT, OdtFile
from falc.formats.office.odt.pages import PageStyles
from falc.formats.office.odt.paragraphs import (
    NOT_LISTED,
    in_list,
    is_followed,
    numbered_heading,
    place_links,
    placed,
    role,
)
from falc.formats.office.odt.pieces import Pieces
from falc.formats.office.odt.story import Gathered, Paragraph, Story
from falc.formats.office.odt.tables import CELLS, COLUMN, HEADERS, TableCursor
from falc.formats.office.story import ShownText

_P, _H = f"{TEXT}p", f"{TEXT}h"
_LIST, _ITEMS = f"{TEXT}list", frozenset({f"{TEXT}list-item", f"{TEXT}list-header"})
_TABLE, _ROW = f"{TABLE}table", f"{TABLE}table-row"
_STYLE_NAME = f"{TEXT}style-name"
_NOT_SHOWN = frozenset({"collapse", "filter"})
_INDEXES = ("table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index")
# Not displayed, or read elsewhere; the reading aid of a ruby repeats its base.
_CLOSED = frozenset(
    {
        *(TEXT + tag for tag in ("tracked-changes", "sequence-decls", "variable-decls", "user-field-decls")),
        *(TEXT + tag for tag in ("dde-connection-decls", "note-citation", "ruby-text", "section-source")),
        *(f"{TEXT}{kind}-source" for kind in (*_INDEXES, "bibliography")),
        *(OFFICE + tag for tag in ("annotation", "annotation-end", "forms", "event-listeners", "dde-source")),
        *(OFFICE + tag for tag in ("binary-data", "scripts", "script", "change-info")),
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
    view: View = field(default_factory=View)


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
        self._first: etree._Element | None = None  # the paragraph that started what is shown as one
        self._inline: InlineReader | None = None
        self._look: ParagraphLook | None = None
        self._known_around: Around | None = None
        self._known_looks: dict[str | None, ParagraphLook] = {}
        self._listed = NOT_LISTED
        self._drawings = Drawings(story, self._prefix, reading.looks.sheet, reading.file, reading.found)
        self._paragraphs = self._blanks = 0
        self._lines: tuple[str, ...] = ()  # the sides of the paragraph before that have a border
        self._changes = ChangeCursor(reading.view)
        self._break = False  # a page starts before the next paragraph

    def __iter__(self) -> Iterator[Paragraph | Story]:
        stack: list[tuple[etree._Element, Iterator[etree._Element]]] = [(self._story.root, iter(self._story.root))]
        while stack:
            parent, children = stack[-1]
            for child in children:
                tag = child.tag
                if tag == SPAN and self._inline is not None and not len(child):  # most are: they take no detour
                    self._inline.words(child)
                    continue
                if tag == CHANGE:
                    stack.append((child, self._undone(child)))
                    break
                if self._changes.undoes and tag in (_P, _H) and self._changes.enter_part(child):
                    yield from self._next(child)
                if isinstance(tag, str) and self._enter(child, tag):
                    if text := child.text:
                        self._characters(child, False, text)
                    stack.append((child, iter(child)))
                    break
                if text := child.tail:
                    self._characters(child, True, text)
                if self._drawings.boxes and self._paragraph is None:  # they hang on the page, not on a paragraph
                    yield from self._drawings.take_boxes()
            else:
                stack.pop()
                if stack:
                    yield from self._leave(parent)
                    if text := parent.tail:
                        self._characters(parent, True, text)

    def _characters(self, element: etree._Element, is_tail: bool, text: str) -> None:
        if self._inline is not None and not self._changes.between:
            self._inline.pieces.characters(element, is_tail, text)

    def _enter(self, element: etree._Element, tag: str) -> bool:
        """Take what the element shows; say whether its children must be walked."""
        if tag in _CLOSED:
            return False
        if tag in (_P, _H):
            if self._paragraph is None:
                self._start(element)
            return True
        if tag in CHANGES:
            self._changes.take(element)
            self._mute()
            return False
        if tag in DRAWN:
            inline = self._inline
            if self._changes.muted or (inline is not None and inline.pieces.inline.hidden):
                return False
            return self._drawings.enter(element, tag, self._tables.around, inline.pieces if inline else None)
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
        self._paragraph = element
        if self._inline is not None:  # it goes on with the one before, whose end is not shown
            self._inline.pieces.after_blank = True
            return
        scope, look = self._story.scope, self._look_of(element)
        if look.style.master and not self._tables:
            self._switch_page(look.style.master)
            look = self._look_of(element)
        self._first, self._look = element, look
        self._inline = InlineReader(scope, self._reading.looks, look.inline, self._found)
        self._mute()
        self._listed = NOT_LISTED
        if self._lists:
            self._listed = in_list(self._reading.lists, scope, self._lists, look)
        elif element.tag == _H and self._story.kind is None:
            self._listed = numbered_heading(self._reading.lists, element)

    def _look_of(self, paragraph: etree._Element) -> ParagraphLook:
        around, name = self._tables.around, paragraph.get(_STYLE_NAME)
        if around is not self._known_around:  # most are in the same: to compare what is in it takes longer
            self._known_around, self._known_looks = around, {}
        look = self._known_looks.get(name)
        if look is None:
            look = self._known_looks[name] = self._reading.looks.paragraph(self._story.scope, name, around)
        return look

    def _mute(self) -> None:
        if self._inline is not None:
            self._inline.pieces.muted = self._changes.muted

    def _undone(self, mark: etree._Element) -> Iterator[etree._Element]:
        """Return the deleted words to read at a mark, mostly none."""
        deletion = self._changes.undone(mark)
        if deletion is None:
            return iter(())
        if self._inline is not None:
            pieces = self._inline.pieces
            self._changes.enter(mark, pieces.after_blank)
            pieces.after_blank = True
            self._mute()
        return iter(deletion)

    def _next(self, element: etree._Element) -> Iterator[Paragraph | Story]:
        """Go on with the next paragraph of deleted words; the paragraph that holds their mark ends later."""
        inline, holder = self._inline, self._paragraph
        if inline is None or holder is None:
            return
        yield from self._finish(holder)
        self._start(element)
        self._paragraph = holder
        if self._look is not None:
            self._inline = inline.continued(self._look.inline)
            self._mute()

    def _leave(self, element: etree._Element) -> Iterator[Paragraph | Story]:
        tag = element.tag
        if self._changes.undoes and self._changes.leave(element):
            self._mute()
            if self._inline is not None and not self._changes.undoes:
                self._inline.pieces.after_blank = self._changes.after_blank
        elif element is self._paragraph:
            if self._changes.muted and is_followed(element):
                self._paragraph = None
            else:
                yield from self._finish(element)
        elif self._drawings.leave(element):
            pass
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
        inline, first, look, boxes = self._inline, self._first, self._look, self._drawings.take_boxes()
        self._inline, self._paragraph = None, None
        if inline is None or first is None or look is None:
            return
        pieces = inline.pieces
        pieces.close_slot(element)
        self._break |= look.format.page_break_before
        if pieces.hidden:
            self._found.unread["hidden"] += 1
            return
        nodes, lines = tuple(pieces.nodes(self._found)), look.lines
        if nodes:
            yield self._shown(first, look, nodes, pieces)
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
        self, element: etree._Element, look: ParagraphLook, nodes: tuple[ShownText, ...], pieces: Pieces
    ) -> Paragraph:
        story = self._story
        shown = placed(look, self._listed, blanks=self._blanks, breaks=self._break, turned=pieces.turned)
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
        return Paragraph(kind, level, path, shown, nodes, flow, contextual, element, tuple(pieces.sources))
