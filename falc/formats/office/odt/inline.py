"""What stands in one paragraph of an OpenDocument text: spans, links, notes, fields."""

from __future__ import annotations

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.odt.fields import REFERENCES, is_hidden, is_silent, mark_name, placeholder_name
from falc.formats.office.odt.looks import Inline, Looks
from falc.formats.office.odt.package import DRAW, LOEXT, MARKS, MATH, OFFICE, TEXT, XLINK
from falc.formats.office.odt.pieces import Mark, Pieces
from falc.formats.office.odt.properties import number
from falc.formats.office.odt.story import Gathered, LinkMark

__all__ = ["SPAN", "InlineReader"]

SPAN, _A, _S = f"{TEXT}span", f"{TEXT}a", f"{TEXT}s"
_SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_LINKS = frozenset({_A, f"{DRAW}a"})
_MOST_SPACES = 1_000
_STYLE_NAME = f"{TEXT}style-name"
_LINK_STYLE = "Internet_20_link"
_NOTES = {"endnote": BlockKind.ENDNOTE}


class InlineReader:
    """Takes the elements of a paragraph as the walk meets them."""

    def __init__(self, scope: etree._Element, looks: Looks, inline: Inline, found: Gathered) -> None:
        self.pieces = Pieces(inline, found.unread)
        self._scope, self._looks, self._found = scope, looks, found
        self._links: list[LinkMark] = []
        self._field_marks: list[bool | Mark | None] = []  # true for a field whose value is not known

    def continued(self, inline: Inline) -> InlineReader:
        """Return one for the next paragraph, in the middle of spans and links that go on."""
        reader = InlineReader(self._scope, self._looks, inline, self._found)
        for inner in self.pieces.looks[1:]:
            reader.pieces.push(inner)
        reader._links = [LinkMark(link.target, link.kind, link.label) for link in self._links]
        reader._field_marks = [None] * len(self._field_marks)
        return reader

    def words(self, span: etree._Element) -> None:
        """Take a span that holds nothing but characters, and what follows it."""
        pieces, text, tail = self.pieces, span.text, span.tail
        if text:
            inline = self._looks.span(self._scope, pieces.looks[-1], span.get(_STYLE_NAME))
            pieces.characters(span, False, text, inline)
        if tail:
            pieces.characters(span, True, tail)

    def enter(self, element: etree._Element, tag: str) -> bool:
        """Take what an element shows; say whether its children must be walked."""
        pieces = self.pieces
        if tag == SPAN:
            pieces.push(self._looks.span(self._scope, pieces.inline, element.get(_STYLE_NAME)))
        elif tag in _SIGNS:
            pieces.sign(element, _SIGNS[tag])
            return False
        elif tag == _S:
            count = number(element.get(f"{TEXT}c"), _MOST_SPACES)
            pieces.sign(element, " " * (1 if count is None else count))
            return False
        elif tag in _LINKS:
            self._enter_link(element, tag)
        elif tag == f"{TEXT}note":
            self._note(element)
            return False
        elif tag.startswith(MARKS):
            self._field_mark(element, tag)
            return False
        else:
            return self._enter_field(element, tag)
        return True

    def leave(self, element: etree._Element, tag: str) -> None:
        """Come out of an element that was walked."""
        if tag in (SPAN, _A):
            self.pieces.pop()
        if self.pieces.is_slot(element):
            self.pieces.close_slot(element)
        if tag in _LINKS or tag in REFERENCES:
            link = self._links.pop()
            link.last = len(self.pieces.pieces)
            self.pieces.links.append(link)

    def _enter_link(self, element: etree._Element, tag: str) -> None:
        if tag == _A:
            name = element.get(_STYLE_NAME) or _LINK_STYLE
            self.pieces.push(self._looks.span(self._scope, self.pieces.inline, name, link=True))
        target, label = element.get(f"{XLINK}href") or "", element.get(f"{OFFICE}title") or ""
        self._links.append(LinkMark(target, "link", label, len(self.pieces.pieces)))

    def _note(self, element: etree._Element) -> None:
        body = element.find(f"{TEXT}note-body")
        if body is None or self.pieces.inline.hidden or self.pieces.muted:
            return
        kind = _NOTES.get(element.get(f"{TEXT}note-class") or "", BlockKind.FOOTNOTE)
        self._found.notes.append((kind, body))
        here = len(self.pieces.pieces)
        self.pieces.links.append(LinkMark(f"#{element.get(f'{TEXT}id') or ''}", "note", "", here, here))

    def _field_mark(self, element: etree._Element, tag: str) -> None:
        """Take one end of a field that comes from Word, or a field that is a point."""
        name, pieces = mark_name(element), self.pieces
        if tag == f"{MARKS}fieldmark-start":
            mark = pieces.mark()
            self._field_marks.append((name is not None and pieces.open_slot(element, name)) or mark)
        elif tag == f"{MARKS}fieldmark-separator" and self._field_marks:
            started = self._field_marks[-1]
            if started is True:
                pieces.restart_slot()
            elif started:
                pieces.go_back(started)
        elif tag == f"{MARKS}fieldmark-end":
            if self._field_marks and self._field_marks.pop() is True:
                pieces.close_slot(element)
        elif tag == f"{MARKS}fieldmark" and name is not None and pieces.open_slot(element, name):
            pieces.close_slot(element)

    def _enter_field(self, element: etree._Element, tag: str) -> bool:
        pieces, unread = self.pieces, self._found.unread
        if tag == f"{TEXT}hidden-paragraph":
            pieces.hidden |= is_hidden(element)
            return False
        if tag == f"{TEXT}hidden-text" and is_hidden(element):
            unread["hidden"] += 1
            return False
        if is_silent(element):
            return False
        if tag.startswith(MATH):
            unread["equation"] += 1
            return False
        if tag == f"{LOEXT}content-control" and element.get(f"{LOEXT}showing-place-holder") == "true":
            unread["prompt"] += 1
            return False
        name = placeholder_name(element)
        if name is not None:
            pieces.open_slot(element, name)
        elif tag in REFERENCES:
            target = f"#{element.get(f'{TEXT}ref-name') or ''}"
            self._links.append(LinkMark(target, "reference", "", len(pieces.pieces)))
        return True
