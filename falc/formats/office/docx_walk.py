"""The live text of a Word document, each text once, in reading order.

Live text is what the reader of the letter sees: insertions in, deletions and hidden text
out, one branch of each alternative.  The walk is deterministic: two walks of the same file
give the same nodes at the same places.  It never recurses, whatever the file nests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.docx_fields import Field, FieldKind, paired_marks
from falc.formats.office.docx_story import Gathered, Paragraph, Story, TextNode
from falc.formats.office.docx_styles import Styles, is_on
from falc.formats.office.docx_tables import TableCursor
from falc.formats.office.package import W
from falc.look import TextFormat

_P, _R, _T, _RPR = f"{W}p", f"{W}r", f"{W}t", f"{W}rPr"  # made once: the walk compares them all the time
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_TO_SPACES = str.maketrans("\t\r\n", "   ")

_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_PROPERTIES = ("rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "rubyPr")
# Not displayed, or read elsewhere; the reading aid of a ruby (`rt`) repeats its base.
_CLOSED = _DELETED | {W + tag for tag in (*_PROPERTIES, "rt")}
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
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
_TABLES = frozenset({f"{W}tbl", f"{W}tr", f"{W}tc"})
_FIELD_LIKE = frozenset({f"{W}fldSimple", f"{W}ruby"})
_REFERENCES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})


@dataclass(slots=True)
class _Piece:
    """A text node that has no place yet."""

    texts: list[str]
    first: etree._Element
    last: etree._Element
    format: TextFormat
    fields: tuple[Field, ...]
    cut: int = 0
    placeholder: str | None = None

    @property
    def text(self) -> str:
        text = self.texts[0] if len(self.texts) == 1 else "".join(self.texts)
        return f"«{self.placeholder}»" if self.placeholder and not text.strip() else text


class StoryWalk:
    """Walks one story.  It gives its paragraphs, and each text box after the paragraph that holds it."""

    def __init__(self, story: Story, styles: Styles, found: Gathered) -> None:
        self._story, self._styles, self._found = story, styles, found
        self._marks = paired_marks(story.root, _DELETED | {f"{_MC}Fallback"})
        self._prefix = "" if story.is_body else f"{story.place}, "
        self._tables = TableCursor(self._prefix)
        self._paragraph: etree._Element | None = None
        self._paragraphs = 0
        self._look = styles.paragraph(None, None)
        self._run = styles.run(None, None, None)
        self._pieces: list[_Piece] = []
        self._boxes: list[Story] = []
        self._fields: tuple[Field, ...] = ()
        self._visible = True
        self._placeholder: Field | None = None
        self._open_piece: _Piece | None = None

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
            self._run = self._styles.run(element.find(_RPR), self._look.style, self._tables.look)
        elif tag in _CHARACTERS:
            self._add(_CHARACTERS[tag], element)
        elif tag == _P:
            self._paragraph = element
            self._look = self._styles.paragraph(element.find(f"{W}pPr"), self._tables.look)
        elif tag in _TABLES:
            self._tables.enter(element)
        else:
            return self._enter_other(element, tag)
        return True

    def _enter_other(self, element: etree._Element, tag: str) -> bool:
        if tag in _UNREAD:
            self._found.unread[_UNREAD[tag]] += self._visible
            return False
        if tag == f"{W}txbxContent":
            self._add_box(element)
            return False
        if tag == f"{W}sdt" and is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr")):
            self._found.unread["prompt"] += self._visible
            return False
        if tag == f"{_MC}Choice":
            return next(element.itersiblings(tag, preceding=True), None) is None
        if tag == f"{_MC}Fallback":
            return next(element.itersiblings(f"{_MC}Choice", preceding=True), None) is None
        if tag == f"{W}fldChar" and element in self._marks:
            self._field_mark(element)
        elif tag == f"{W}instrText" and self._fields and not self._fields[-1].in_result:
            self._fields[-1].instruction.append(element.text or "")
        elif tag == f"{W}fldSimple":
            look = self._styles.run(None, self._look.style, self._tables.look)
            self._open_field(Field(element, self._paragraph, look, instruction=[element.get(f"{W}instr") or ""]))
            self._start_result()
        elif tag == f"{W}ruby":  # like a field, it is one thing that comments do not split
            self._open_field(Field(element, self._paragraph, self._run, in_result=True))
        elif tag in _REFERENCES and self._visible:
            self._found.references.setdefault((tag, element.get(f"{W}id") or ""), element)
        return True

    def _leave(self, element: etree._Element) -> Iterator[Paragraph | Story]:
        tag = element.tag
        if tag == _P:
            if not _joins_next(element):
                yield from self._finish(element)
        elif tag == f"{W}tbl":
            self._tables.leave()
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
        if not text or not self._visible or self._paragraph is None:
            return
        if self._run.hidden:
            self._found.unread["hidden"] += 1
        elif self._open_piece is not None:
            self._open_piece.texts.append(text)
            self._open_piece.last = element
        else:
            piece = _Piece([text], element, element, self._run.format, self._fields, cut)
            self._pieces.append(piece)
            if self._placeholder is not None:
                piece.placeholder = self._placeholder.name
                self._placeholder.displayed = True
                self._open_piece = piece

    def _field_mark(self, element: etree._Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            name = element.find(f"{W}ffData/{W}name")
            form_name = "" if name is None else name.get(f"{W}val") or ""
            self._open_field(Field(element, self._paragraph, self._run, form_name=form_name))
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

    def _close_field(self, element: etree._Element) -> None:
        last = self._fields[-1]
        last.end, last.end_paragraph = element, self._paragraph
        if last is self._placeholder:
            if not last.displayed and self._paragraph is not None and not last.look.hidden:
                piece = _Piece([], last.begin, element, last.look.format, self._fields, placeholder=last.name)
                self._pieces.append(piece)
            self._placeholder = self._open_piece = None
        self._fields = self._fields[:-1]
        self._visible = all(f.shows for f in self._fields)

    def _add_box(self, element: etree._Element) -> None:
        if not self._visible:
            return
        self._found.boxes += 1
        place = f"{self._prefix}zone de texte {self._found.boxes}"
        anchor = child_of_run(element) if self._story.is_body else self._story.anchor
        self._boxes.append(Story(element, self._story.part, place, self._story.kind, anchor))

    def _finish(self, element: etree._Element) -> Iterator[Paragraph | Story]:
        """Give the paragraph that ends, if it shows something, then its text boxes."""
        pieces, boxes, self._pieces, self._boxes = self._pieces, self._boxes, [], []
        self._open_piece = self._paragraph = None
        texts = [piece.text for piece in pieces]
        if any(text.strip() for text in texts):
            kind, level, path = self._role()
            collector = self._found.collector
            if collector.length:
                collector.append("\n")
            nodes = tuple(
                TextNode(collector.append(text), text, p.first, p.last, p.format, p.fields, p.cut, p.placeholder)
                for text, p in zip(texts, pieces, strict=True)
            )
            yield Paragraph(element, self._story, kind, level, path, self._look.format, nodes)
        yield from boxes

    def _role(self) -> tuple[BlockKind, int, str]:
        story, look = self._story, self._look
        if story.kind is not None:
            return story.kind, 0, self._tables.path if self._tables else story.place
        if self._tables:
            return BlockKind.TABLE_CELL, 0, self._tables.path
        self._paragraphs += 1
        path = f"corps, paragraphe {self._paragraphs}" if story.is_body else story.place
        if look.heading:
            return BlockKind.HEADING, look.heading, path
        if look.caption:
            return BlockKind.CAPTION, 0, path
        if look.list_depth:
            return BlockKind.LIST_ITEM, look.list_depth, path
        return BlockKind.PARAGRAPH, 0, path


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
