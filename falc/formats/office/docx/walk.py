"""The text of a Word document, each text once, in reading order.

What is read is what the reader of the letter sees: one branch of each alternative, no hidden text, and the tracked
changes as the view has them.  The walk is deterministic: two walks of the same file give the same nodes at the same
places.  It never recurses, whatever the file nests.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from falc.formats.office.docx.boxes import box_surroundings, child_of_run
from falc.formats.office.docx.fields import Field, paired_marks
from falc.formats.office.docx.links import OpenLinks
from falc.formats.office.docx.paragraphs import ParagraphGatherer, Piece
from falc.formats.office.docx.properties import is_on, value_of
from falc.formats.office.docx.story import Gathered, LinkMark, Paragraph, Story
from falc.formats.office.docx.styles import Styles
from falc.formats.office.docx.tables import TableCursor
from falc.formats.office.docx.view import ACCEPTED, View, is_hidden_row
from falc.formats.office.instructions import FieldKind, is_contents, link_of
from falc.formats.office.package import W
from falc.texts import texts

# Made once: the walk compares them all the time.
_P, _R, _RPR, _BR, _TBL, _TR, _TC = (W + tag for tag in ("p", "r", "rPr", "br", "tbl", "tr", "tc"))
_SDT, _HYPERLINK = f"{W}sdt", f"{W}hyperlink"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHOICE, _FALLBACK = f"{_MC}Choice", f"{_MC}Fallback"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_TO_SPACES = str.maketrans("\t\r\n", "   ")

_PROPERTIES = ("rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "rubyPr")
_MARKS = ("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "commentRangeStart", "commentRangeEnd")
# Not displayed, or read elsewhere; the reading aid of a ruby (`rt`) repeats its base.
_CLOSED = frozenset(W + tag for tag in (*_PROPERTIES, *_MARKS, "rt"))
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_CHARACTERS[f"{W}softHyphen"] = "\u00ad"
# What falc does not read, to be told to the user.
_UNREAD = {
    f"{W}sym": "symbol",
    f"{W}object": "object",
    f"{W}altChunk": "chunk",
    f"{W}subDoc": "chunk",
    f"{_M}oMath": "equation",
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": "image",
    "{urn:schemas-microsoft-com:vml}imagedata": "image",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "chart",
    "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart": "chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "diagram",
}
_DRAWINGS = frozenset({f"{W}drawing", f"{W}pict"})
_TABLE_PARTS = frozenset({_TBL, _TR, _TC})
_CONTENTS = "Table of Contents"
_FIELD_LIKE = frozenset({f"{W}fldSimple", f"{W}ruby"})
_REFERENCES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})
_LEFT = _FIELD_LIKE | {_P, _TBL, _HYPERLINK, _SDT}  # to leave them means something


class StoryWalk:
    """Walks one story.  It gives its paragraphs, and each text box after the paragraph that holds it."""

    def __init__(self, story: Story, styles: Styles, found: Gathered, view: View = ACCEPTED) -> None:
        self._story, self._styles, self._found, self._view = story, styles, found, view
        self._closed = _CLOSED | view.absent
        self._marks = paired_marks(story.root, view.absent | {_FALLBACK})
        self._prefix = "" if story.is_body else f"{story.place}, "
        self._tables = TableCursor(self._prefix, styles, view)
        self._paragraph = ParagraphGatherer(story, styles, self._tables, found)
        self._run = self._paragraph.runs.plain
        self._links = OpenLinks(story.around.color)
        self._stack: list[tuple[etree._Element, Iterator[etree._Element]]] = []
        self._boxes: list[Story] = []
        self._fields: tuple[Field, ...] = ()
        self._prompts: list[etree._Element] = []
        self._visible = True
        self._placeholder: Field | None = None
        self._open_piece: Piece | None = None

    def __iter__(self) -> Iterator[Paragraph | Story]:
        stack = self._stack
        stack.append((self._story.root, iter(self._story.root)))
        while stack:
            element, children = stack[-1]
            depth = len(stack)
            for child in children:
                self._enter(child)
                if len(stack) > depth:
                    break  # the others come after what is in the child
            else:
                stack.pop()
                if element.tag in _LEFT:
                    yield from self._leave(element)

    def _enter(self, element: etree._Element) -> None:
        """Take what the element shows, and put it on the stack when its children must be walked."""
        tag = element.tag
        if tag == _R:
            self._enter_run(element)
        elif tag in self._closed:
            return
        elif tag in self._view.text:
            self._add_text(element)
        elif tag in _CHARACTERS:
            if tag == _BR and self._visible and element.get(f"{W}type") == "page":
                self._paragraph.break_page()
            self._add(_CHARACTERS[tag], element)
        else:
            if tag == _P:
                self._paragraph.enter(element)
            elif not (self._enter_table_part(element) if tag in _TABLE_PARTS else self._enter_other(element, tag)):
                return
            if tag in _LEFT or len(element):
                self._stack.append((element, iter(element)))

    def _enter_run(self, run: etree._Element) -> None:
        """Take a run at once: nearly all of them only hold text.  Its properties come first (ECMA-376-1, 17.3.2.25)."""
        self._run = self._paragraph.runs.plain
        children = iter(run)
        for child in children:
            tag = child.tag
            if tag in self._view.text:
                self._add_text(child)
            elif tag == _RPR:
                self._run = self._paragraph.runs.look(child)
            else:
                depth = len(self._stack)
                self._enter(child)
                if len(self._stack) > depth:  # walk what is in the child, then the others
                    self._stack.insert(depth, (run, children))
                    return

    def _enter_table_part(self, element: etree._Element) -> bool:
        """Go into a table, a row or a cell; say whether the view has it."""
        if element.tag == _TBL:
            if not self._view.has_table(element):
                return False
            self._found.tables.append(self._tables.enter_table(element, self._found.collector.length))
            return True
        if element.tag == _TC:
            self._paragraph.start_over()
            return self._tables.enter_cell(element)
        if is_hidden_row(element.find(f"{W}trPr")):
            self._found.unread["hidden"] += 1
            return False
        return self._tables.enter_row(element)

    def _enter_other(self, element: etree._Element, tag: str) -> bool:
        """Take an element that is no text; say whether its children must be walked."""
        shown = self._visible and not self._run.hidden
        if tag in _UNREAD:
            self._found.unread[_UNREAD[tag]] += self._visible
            self._paragraph.hold()
            if tag == f"{_M}oMath":
                self._add_formula(element)
            return False
        if tag in _DRAWINGS:
            if shown:
                self._paragraph.draw(element)
        elif tag == f"{W}txbxContent":
            self._add_box(element)
            return False
        elif tag == _SDT:
            return self._enter_control(element, element.find(f"{W}sdtPr"))
        elif tag == _CHOICE:
            return next(element.itersiblings(tag, preceding=True), None) is None
        elif tag == _FALLBACK:
            return next(element.itersiblings(_CHOICE, preceding=True), None) is None
        elif tag == f"{W}fldChar" and element in self._marks:
            self._field_mark(element)
        elif tag in self._view.instruction and self._fields and not self._fields[-1].in_result:
            self._fields[-1].instruction.append(element.text or "")
        elif tag == _HYPERLINK:
            self._links.open(element, LinkMark(self._story, "link", element))
        elif tag == f"{W}fldSimple":
            instruction = [element.get(f"{W}instr") or ""]
            look = self._paragraph.runs.plain
            self._open_field(Field(element, self._paragraph.element, look, instruction=instruction))
            self._start_result()
        elif tag == f"{W}ruby":  # like a field, it is one thing that comments do not split
            self._open_field(Field(element, self._paragraph.element, self._run, in_result=True))
        elif tag in _REFERENCES and shown:
            identifier = element.get(f"{W}id") or ""
            self._found.references.setdefault((tag, identifier), element)
            target = f"#{etree.QName(element).localname.removesuffix('Reference')}{identifier}"
            self._paragraph.point(LinkMark(self._story, "note", target=target))
        return True

    def _enter_control(self, element: etree._Element, properties: etree._Element | None) -> bool:
        """Go into a content control, unless it only asks to be filled in."""
        if properties is None:
            return True
        if is_on(properties.find(f"{W}showingPlcHdr")):
            self._found.unread["prompt"] += self._visible
            self._paragraph.hold()
            content = element.find(f"{W}sdtContent")
            if content is None or not any(child.tag in (_TR, _TC) for child in content):
                return False
            self._prompts.append(element)  # the places of the rows and cells after it must be right
            self._look_around()
        if value_of(properties.find(f"{W}docPartObj"), "docPartGallery") == _CONTENTS:
            self._found.contents = True
        return True

    def _leave(self, element: etree._Element) -> Iterator[Paragraph | Story]:
        tag = element.tag
        if tag == _P:
            if not self._view.joins_next(element, self._paragraph.properties):
                self._open_piece = None
                yield from self._paragraph.finish(element)
                if self._boxes:
                    boxes, self._boxes = self._boxes, []
                    yield from boxes
            self._paragraph.end_section(element)
        elif tag == _TBL:
            self._tables.leave(self._found.collector.length)
            self._paragraph.start_over()
        elif tag == _HYPERLINK:
            self._close_link(element)
        elif tag == _SDT:
            if self._prompts and self._prompts[-1] is element:
                self._prompts.pop()
                self._look_around()
        elif self._fields:
            self._close_field(element)

    def _add_text(self, element: etree._Element) -> None:
        text = element.text or ""
        cut = 0
        if element.get(_XML_SPACE) != "preserve":
            cut = len(text) - len(text.lstrip(_BLANKS))
            text = text.strip(_BLANKS)
        if "\n" in text or "\t" in text or "\r" in text:
            text = text.translate(_TO_SPACES)
        self._add(text, element, cut)

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
            piece.placeholder, piece.around = self._placeholder.name, self._placeholder.around
            self._placeholder.displayed = True
            self._open_piece = piece

    def _add_formula(self, element: etree._Element) -> None:
        """Add a placeholder for an equation in a sentence; one on its own is no sentence."""
        parent, here = element.getparent(), self._visible and self._paragraph.element is not None
        if here and self._placeholder is None and parent is not None and parent.tag != f"{_M}oMathPara":
            look, name = self._paragraph.runs.plain.format, texts()["skipped"]["office"]["equation"][0]
            self._give(Piece([], element, element, look, self._fields, placeholder=name))

    def _give(self, piece: Piece) -> None:
        if self._links:
            piece.link = self._links.innermost
            piece.format = self._links.dress(piece.format)
        self._paragraph.add(piece)

    def _close_link(self, begin: etree._Element) -> None:
        mark = self._links.close(begin)
        if mark is not None and self._visible:
            self._paragraph.point(mark)

    def _look_around(self) -> None:
        """Note whether what comes is displayed."""
        self._visible = not self._prompts and all(field.shows for field in self._fields)

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
        self._look_around()

    def _start_result(self) -> None:
        last = self._fields[-1]
        last.start_result()
        self._look_around()
        if self._visible and self._placeholder is None and last.kind is FieldKind.PLACEHOLDER:
            self._placeholder = last
        if self._visible and last.kind is FieldKind.TEXT:
            self._found.contents |= is_contents(last.text)
            link = link_of(last.text)
            # The page numbers of a table of contents belong to its own links.
            if link is not None and not any(f.name == "TOC" for f in self._fields):
                self._links.open(last.begin, LinkMark(self._story, link[0], target=link[1]))

    def _close_field(self, element: etree._Element) -> None:
        last = self._fields[-1]
        last.end, last.end_paragraph = element, self._paragraph.element
        if last is self._placeholder:
            if not last.displayed and self._paragraph.element is not None and not last.look.hidden:
                piece = Piece([], last.begin, element, last.look.format, self._fields, 0, last.name, last.around)
                self._give(piece)
            self._placeholder = self._open_piece = None
        self._fields = self._fields[:-1]
        self._look_around()
        self._close_link(last.begin)

    def _add_box(self, element: etree._Element) -> None:
        if not self._visible:
            return
        if self._run.hidden:
            self._found.unread["hidden"] += 1
            return
        self._found.boxes += 1
        place = f"{self._prefix}zone de texte {self._found.boxes}"
        story = self._story
        anchor = child_of_run(element) if story.is_body else story.anchor
        around = box_surroundings(element, self._styles.theme, story.around.background)
        self._boxes.append(Story(element, story.part, place, story.kind, anchor, flow=story.flow, around=around))
