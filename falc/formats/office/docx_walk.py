"""The live text of a Word document, each text once, in reading order.

Live text is what the reader of the letter sees: insertions in, deletions and hidden text
out, one branch of each alternative.  The walk is deterministic: two walks of the same file
give the same nodes at the same places.  It never recurses, whatever the file nests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from falc.formats.office.docx_boxes import box_surroundings
from falc.formats.office.docx_fields import Field, paired_marks
from falc.formats.office.docx_paragraphs import ParagraphGatherer, Piece
from falc.formats.office.docx_properties import is_on, value_of
from falc.formats.office.docx_story import Gathered, LinkMark, Paragraph, Story
from falc.formats.office.docx_styles import Styles
from falc.formats.office.docx_tables import TableCursor
from falc.formats.office.instructions import FieldKind, is_contents, link_of
from falc.formats.office.package import W
from falc.look import TextFormat

_P, _R, _T, _RPR, _BR = f"{W}p", f"{W}r", f"{W}t", f"{W}rPr", f"{W}br"  # made once: the walk compares them all the time
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_TO_SPACES = str.maketrans("\t\r\n", "   ")

_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_PROPERTIES = ("rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "rubyPr")
# Not displayed, or read elsewhere; the reading aid of a ruby (`rt`) repeats its base.
_CLOSED = _DELETED | {W + tag for tag in (*_PROPERTIES, "rt")}
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_CHARACTERS[f"{W}softHyphen"] = "\u00ad"
# What falc does not read, to be told to the user.
_UNREAD = {
    f"{W}sym": "symbol",
    f"{W}object": "object",
    f"{W}altChunk": "chunk",
    f"{W}subDoc": "chunk",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": "equation",
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": "image",
    "{urn:schemas-microsoft-com:vml}imagedata": "image",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "diagram",
}
_DRAWINGS = frozenset({f"{W}drawing", f"{W}pict"})
_TABLE_PARTS = frozenset({f"{W}tbl", f"{W}tr", f"{W}tc"})
_CONTENTS = "Table of Contents"
_FIELD_LIKE = frozenset({f"{W}fldSimple", f"{W}ruby"})
_REFERENCES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})


class StoryWalk:
    """Walks one story.  It gives its paragraphs, and each text box after the paragraph that holds it."""

    def __init__(self, story: Story, styles: Styles, found: Gathered) -> None:
        self._story, self._styles, self._found = story, styles, found
        self._marks = paired_marks(story.root, _DELETED | {f"{_MC}Fallback"})
        self._prefix = "" if story.is_body else f"{story.place}, "
        self._tables = TableCursor(self._prefix, styles)
        self._paragraph = ParagraphGatherer(story, styles, self._tables, found)
        self._run = styles.run(None, None, None)
        self._boxes: list[Story] = []
        self._fields: tuple[Field, ...] = ()
        self._visible = True
        self._placeholder: Field | None = None
        self._open_piece: Piece | None = None
        self._links: list[tuple[etree._Element, LinkMark, int]] = []
        self._linked: dict[tuple[TextFormat, bool], TextFormat] = {}
        self._pieces = 0  # given so far: a link that saw none has no text

    def __iter__(self) -> Iterator[Paragraph | Story]:
        stack = [(self._story.root, iter(self._story.root))]
        while stack:
            parent, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if parent.tag != _R:
                    yield from self._leave(parent)
            elif self._enter(child):
                stack.append((child, iter(child)))

    def _enter(self, element: etree._Element) -> bool:
        """Take what the element shows; say whether its children must be walked."""
        tag = element.tag
        if tag in _CLOSED:
            return False
        if tag == _T:
            self._add_text(element)
            return False
        if tag == _R:
            look = self._paragraph.look
            self._run = self._styles.run(element.find(_RPR), look.style, self._tables.look, look.background)
        elif tag in _CHARACTERS:
            if tag == _BR and self._visible and element.get(f"{W}type") == "page":
                self._paragraph.break_page()
            self._add(_CHARACTERS[tag], element)
        elif tag == _P:
            self._paragraph.enter(element)
        elif tag in _TABLE_PARTS:
            self._enter_table_part(element, tag)
        else:
            return self._enter_other(element, tag)
        return True

    def _enter_table_part(self, element: etree._Element, tag: str) -> None:
        if tag == f"{W}tbl":
            mark = self._tables.enter_table(element, self._found.collector.length)
            self._found.tables.append(mark)
        elif tag == f"{W}tr":
            self._tables.enter_row(element)
        else:
            self._tables.enter_cell(element)
            self._paragraph.start_over()

    def _enter_other(self, element: etree._Element, tag: str) -> bool:
        if tag in _UNREAD:
            self._found.unread[_UNREAD[tag]] += self._visible
            self._paragraph.hold()
            return False
        if tag in _DRAWINGS:
            if self._visible and not self._run.hidden:
                self._paragraph.draw(element)
            return True
        if tag == f"{W}txbxContent":
            self._add_box(element)
            return False
        if tag == f"{W}sdt":
            return self._enter_control(element.find(f"{W}sdtPr"))
        if tag == f"{_MC}Choice":
            return next(element.itersiblings(tag, preceding=True), None) is None
        if tag == f"{_MC}Fallback":
            return next(element.itersiblings(f"{_MC}Choice", preceding=True), None) is None
        if tag == f"{W}fldChar" and element in self._marks:
            self._field_mark(element)
        elif tag == f"{W}instrText" and self._fields and not self._fields[-1].in_result:
            self._fields[-1].instruction.append(element.text or "")
        elif tag == f"{W}hyperlink":
            self._open_link(element, LinkMark(self._story, "link", element))
        elif tag == f"{W}fldSimple":
            look = self._styles.run(
                None, self._paragraph.look.style, self._tables.look, self._paragraph.look.background
            )
            instruction = [element.get(f"{W}instr") or ""]
            self._open_field(Field(element, self._paragraph.element, look, instruction=instruction))
            self._start_result()
        elif tag == f"{W}ruby":  # like a field, it is one thing that comments do not split
            self._open_field(Field(element, self._paragraph.element, self._run, in_result=True))
        elif tag in _REFERENCES and self._visible:
            self._found.references.setdefault((tag, element.get(f"{W}id") or ""), element)
            target = f"#{etree.QName(element).localname.removesuffix('Reference')}{element.get(f'{W}id') or ''}"
            self._paragraph.point(LinkMark(self._story, "note", target=target))
        return True

    def _enter_control(self, properties: etree._Element | None) -> bool:
        """Go into a content control, unless it only asks to be filled in."""
        if properties is None:
            return True
        if is_on(properties.find(f"{W}showingPlcHdr")):
            self._found.unread["prompt"] += self._visible
            self._paragraph.hold()
            return False
        if value_of(properties.find(f"{W}docPartObj"), "docPartGallery") == _CONTENTS:
            self._found.contents = True
        return True

    def _leave(self, element: etree._Element) -> Iterator[Paragraph | Story]:
        tag = element.tag
        if tag == _P:
            if not _joins_next(element):
                self._open_piece = None
                yield from self._paragraph.finish(element)
                boxes, self._boxes = self._boxes, []
                yield from boxes
            self._paragraph.end_section(element)
        elif tag == f"{W}tbl":
            self._tables.leave(self._found.collector.length)
            self._paragraph.start_over()
        elif tag == f"{W}hyperlink":
            self._close_link(element)
        elif tag in _FIELD_LIKE and self._fields:
            self._close_field(element)

    def _add_text(self, element: etree._Element) -> None:
        text = element.text or ""
        cut = 0
        if element.get(_XML_SPACE) != "preserve":
            cut = len(text) - len(text.lstrip(_BLANKS))
            text = text.strip(_BLANKS)
        self._add(text.translate(_TO_SPACES), element, cut)

    def _add(self, text: str, element: etree._Element, cut: int = 0) -> None:
        if not text or not self._visible or self._paragraph.element is None:
            return
        if self._run.hidden:
            self._found.unread["hidden"] += 1
            return
        self._paragraph.see(text)
        if self._open_piece is not None:
            self._open_piece.texts.append(text)
            self._open_piece.last = element
            return
        piece = Piece([text], element, element, self._run.format, self._fields, cut)
        self._give(piece)
        if self._placeholder is not None:
            piece.placeholder = self._placeholder.name
            self._placeholder.displayed = True
            self._open_piece = piece

    def _give(self, piece: Piece) -> None:
        self._pieces += 1
        if self._links:
            piece.link = self._links[-1][1]
        is_link = any(mark.kind == "link" for _, mark, _ in self._links)
        color = piece.format.color or self._story.around.color
        if is_link or color != piece.format.color:
            key = (piece.format, is_link)
            if key not in self._linked:
                self._linked[key] = replace(piece.format, link=is_link, color=color)
            piece.format = self._linked[key]
        self._paragraph.add(piece)

    def _open_link(self, element: etree._Element, mark: LinkMark) -> None:
        self._links.append((element, mark, self._pieces))

    def _close_link(self, element: etree._Element) -> None:
        """Leave the link that `element` began; one without text only holds a picture, or nothing."""
        for index in range(len(self._links) - 1, -1, -1):
            begin, mark, pieces = self._links[index]
            if begin is element:
                del self._links[index]
                if pieces == self._pieces and self._visible:
                    self._paragraph.point(mark)
                return

    def _field_mark(self, element: etree._Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            name = element.find(f"{W}ffData/{W}name")
            form_name = "" if name is None else name.get(f"{W}val") or ""
            self._open_field(Field(element, self._paragraph.element, self._run, form_name=form_name))
        elif kind == "separate" and self._fields:
            self._start_result()
        elif kind == "end" and self._fields:
            if not self._fields[-1].in_result:
                self._start_result()
            self._close_field(element)

    def _open_field(self, new: Field) -> None:
        self._fields = (*self._fields, new)
        self._visible = all(f.shows for f in self._fields)

    def _start_result(self) -> None:
        last = self._fields[-1]
        last.start_result()
        self._visible = all(f.shows for f in self._fields)
        if self._visible and self._placeholder is None and last.kind is FieldKind.PLACEHOLDER:
            self._placeholder = last
        if self._visible and last.kind is FieldKind.TEXT:
            self._found.contents |= is_contents(last.text)
            link = link_of(last.text)
            # The page numbers of a table of contents belong to its own links.
            if link is not None and not any(f.name == "TOC" for f in self._fields):
                self._open_link(last.begin, LinkMark(self._story, link[0], target=link[1]))

    def _close_field(self, element: etree._Element) -> None:
        last = self._fields[-1]
        last.end, last.end_paragraph = element, self._paragraph.element
        if last is self._placeholder:
            if not last.displayed and self._paragraph.element is not None and not last.look.hidden:
                self._give(Piece([], last.begin, element, last.look.format, self._fields, placeholder=last.name))
            self._placeholder = self._open_piece = None
        self._fields = self._fields[:-1]
        self._visible = all(f.shows for f in self._fields)
        self._close_link(last.begin)

    def _add_box(self, element: etree._Element) -> None:
        if not self._visible:
            return
        self._found.boxes += 1
        place = f"{self._prefix}zone de texte {self._found.boxes}"
        story = self._story
        anchor = child_of_run(element) if story.is_body else story.anchor
        around = box_surroundings(element, self._styles.theme, story.around.background)
        self._boxes.append(Story(element, story.part, place, story.kind, anchor, flow=story.flow, around=around))


def child_of_run(element: etree._Element) -> etree._Element | None:
    """Return the nearest element around `element`, or itself, that is a child of a run."""
    current: etree._Element | None = element
    while current is not None:
        parent = current.getparent()
        if parent is not None and parent.tag == f"{W}r":
            return current
        current = parent
    return None


def _joins_next(paragraph: etree._Element) -> bool:
    """Is the end of the paragraph deleted, so that the next paragraph continues it?"""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    following = paragraph.getnext()
    if mark is None or following is None or following.tag != f"{W}p":
        return False
    return any(child.tag in _DELETED for child in mark)
