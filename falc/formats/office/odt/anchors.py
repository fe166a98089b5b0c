"""Where a comment can hang in an OpenDocument text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.odt.drawings import DRAWN
from falc.formats.office.odt.package import LOEXT, TEXT, OdtFile
from falc.formats.office.odt.protection import Protection
from falc.formats.office.odt.story import Paragraph, Source
from falc.formats.office.review import Comment, said_place

__all__ = ["Anchors", "Gap", "Hung", "Key"]

_BLANKS = re.compile(r"[ \t\r\n]+")
_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
_OPEN = _PARAGRAPHS | {TEXT + tag for tag in ("span", "a", "meta", "meta-field")}
_OPEN |= {f"{LOEXT}content-control"}
_SIGNS = frozenset({f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"})
_EDGES = frozenset({BlockKind.HEADER, BlockKind.FOOTER})

Key = int | etree._Element  # a place in the text of the document, or a drawing


class Gap(NamedTuple):
    """A place in the file between two characters, of the text of `element` or of what follows it (`is_tail`)."""

    element: etree._Element
    is_tail: bool
    offset: int


class Hung(NamedTuple):
    """What a comment says, and where: at `start` when it has no `end`.  `key` tells that place from others."""

    paragraphs: tuple[str, ...]
    start: Gap
    end: Gap | None
    key: Key


class Anchors:
    """Finds where in a file comments can hang; `paragraphs` are those that it shows."""

    def __init__(self, file: OdtFile, paragraphs: Sequence[Paragraph]) -> None:
        self._file = file
        # Of each source that shows something: where it starts, itself, its paragraph.
        self._starts: list[int] = []
        self._sources: list[Source] = []
        self._paragraphs: list[Paragraph] = []
        for paragraph in paragraphs:
            start = paragraph.nodes[0].span.start
            for source in paragraph.sources:
                if source.shown:
                    self._starts.append(start)
                    self._sources.append(source)
                    self._paragraphs.append(paragraph)
                    start += len(source.shown)
        self._protection = Protection(file.roots())
        self._first = next((p for p in paragraphs if p.kind not in _EDGES and self._protection.tracks(p.element)), None)
        self._firsts: dict[etree._Element, int] = {}
        self._raw: dict[Source, tuple[list[int], list[int]]] = {}

    def hang(self, comment: Comment) -> Hung:
        """Find the exact words of a comment in the body, its tables, its text boxes and its notes.

        LibreOffice shows no comment in headers and loses those in drawings.  There a comment hangs on the drawing, or
        on the first words of the letter, and says its place.
        """
        if not self._sources:
            return Hung(comment.paragraphs, self._blank(), None, 0)
        index = max(bisect_right(self._starts, comment.span.start) - 1, 0)
        end = self._starts[index] + len(self._sources[index].shown)
        if comment.span.start >= end and index + 1 < len(self._sources):
            index += 1  # the span starts between two paragraphs
        paragraph = self._paragraphs[index]
        last = max(bisect_left(self._starts, comment.span.end) - 1, index)
        if paragraph.kind not in _EDGES and self._protection.tracks(paragraph.element):
            return self._between(comment.paragraphs, index, last, comment.span.start, comment.span.end)
        said = (self._said(paragraph, comment), *comment.paragraphs)
        drawing = None if paragraph.kind in _EDGES else self._drawing(paragraph.element)
        if drawing is not None:
            return Hung(said, _before(drawing), None, drawing)
        if self._first is None:
            return Hung(said, self._blank(), None, 0)
        start, end = self._first.nodes[0].span.start, self._first.nodes[-1].span.end
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end) - 1
        return self._between(said, first, last, start, end)

    def _between(self, said: tuple[str, ...], first: int, last: int, start: int, end: int) -> Hung:
        """Hang a comment on the characters between two offsets, in sources from `first` to `last`."""
        flow = self._paragraphs[first].flow
        while last > first and self._paragraphs[last].flow != flow:
            last -= 1
        barrier = _barrier(self._sources[first])
        if barrier is not None:
            first = self._first_in(barrier, first)
        one, other, inside = self._sources[first], self._sources[last], start - self._starts[first]
        if barrier is not None or one.end is not None or _is_sign(one) or not 0 < inside < len(one.shown):
            inside = 0
        until = end - self._starts[last] if start < end else len(other.shown)
        return Hung(said, self._start(one, inside, barrier), self._end(other, until), self._starts[first] + inside)

    def _first_in(self, barrier: etree._Element, index: int) -> int:
        """Return the first source inside an element, one of whose sources is known."""
        if barrier not in self._firsts:
            while index and _barrier(self._sources[index - 1]) is barrier:
                index -= 1
            self._firsts[barrier] = index
        return self._firsts[barrier]

    def _start(self, source: Source, inside: int, barrier: etree._Element | None) -> Gap:
        if barrier is not None:
            return _before(barrier)
        if source.end is not None or _is_sign(source):
            return _before(source.element)
        return Gap(source.element, source.is_tail, self._raw_places(source)[0][inside])

    def _end(self, source: Source, inside: int) -> Gap:
        barrier = _barrier(source)
        if barrier is not None:
            return Gap(barrier, True, 0)
        if source.end is not None:
            return _last_in(source.end) if source.end.tag in _PARAGRAPHS else Gap(source.end, True, 0)
        if _is_sign(source):
            return Gap(source.element, True, 0)
        inside = min(inside, len(source.shown)) if inside > 0 else len(source.shown)
        return Gap(source.element, source.is_tail, self._raw_places(source)[1][inside - 1])

    def _raw_places(self, source: Source) -> tuple[Sequence[int], Sequence[int]]:
        """Return where in the file each shown character of a source starts, and where it ends."""
        raw = (source.element.tail if source.is_tail else source.element.text) or ""
        if raw == source.shown:
            return range(len(raw)), range(1, len(raw) + 1)
        if source not in self._raw:
            starts: list[int] = []
            ends: list[int] = []
            position = 0
            for match in _BLANKS.finditer(raw):
                starts += range(position, match.start() + 1)
                ends += (*range(position + 1, match.start() + 1), match.end())
                position = match.end()
            starts += range(position, len(raw))
            ends += range(position + 1, len(raw) + 1)
            lost = len(starts) - len(source.shown)  # a blank at the start that is not shown
            self._raw[source] = starts[lost:], ends[lost:]
        return self._raw[source]

    def _drawing(self, paragraph: etree._Element) -> etree._Element | None:
        """Return what stands for the drawing around a paragraph in the text, if it hangs on a paragraph."""
        inner: etree._Element = paragraph
        drawn = False
        for parent in paragraph.iterancestors():
            drawn = drawn or inner.tag in DRAWN
            if drawn and parent.tag in _PARAGRAPHS and self._protection.tracks(parent):
                return _outermost(inner)
            inner = parent
        return None

    def _said(self, paragraph: Paragraph, comment: Comment) -> str:
        start, shown = paragraph.nodes[0].span.start, "".join(node.text for node in paragraph.nodes)
        words = shown[max(comment.span.start - start, 0) : max(comment.span.end - start, 0)]
        return said_place(paragraph.path, words, comment)

    def _blank(self) -> Gap:
        """Return a place in the body of a letter with no words there."""
        paragraph = next(self._file.body.iterchildren(*_PARAGRAPHS), None)
        if paragraph is None:
            paragraph = etree.SubElement(self._file.body, f"{TEXT}p")
        return Gap(paragraph, False, 0)


def _is_sign(source: Source) -> bool:
    return not source.is_tail and source.element.tag in _SIGNS


def _barrier(source: Source) -> etree._Element | None:
    """Return the outermost element around a source that a comment cannot start or end in: a field mostly."""
    is_inside = not (source.is_tail or source.end is not None or _is_sign(source))
    element = source.element if is_inside else source.element.getparent()
    found = None
    while element is not None and element.tag not in _PARAGRAPHS:
        if element.tag not in _OPEN:
            found = element
        element = element.getparent()
    return found


def _outermost(element: etree._Element) -> etree._Element:
    """Return the outermost element around one that may stand between the characters of a paragraph."""
    for parent in element.iterancestors():
        if parent.tag in _PARAGRAPHS:
            break
        if parent.tag not in _OPEN:
            element = parent
    return element


def _before(element: etree._Element) -> Gap:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return Gap(previous, True, len(previous.tail or ""))
    if parent is None:
        raise ValueError("what is around a text is no part of it")
    return Gap(parent, False, len(parent.text or ""))


def _last_in(paragraph: etree._Element) -> Gap:
    if len(paragraph):
        return Gap(paragraph[-1], True, len(paragraph[-1].tail or ""))
    return Gap(paragraph, False, len(paragraph.text or ""))
