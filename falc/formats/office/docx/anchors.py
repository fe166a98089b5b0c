"""Where a comment can hang in a Word document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from falc.formats.office.docx.gaps import STORIES, Barriers, Gap, last_text
from falc.formats.office.docx.story import Paragraph, TextNode
from falc.formats.office.package import W
from falc.formats.office.review import Comment, said_place
from falc.model import Span

_FLOWS = STORIES | {f"{W}tc"}


class Hung(NamedTuple):
    """What a comment says, and the gaps where it starts and ends."""

    paragraphs: tuple[str, ...]
    start: Gap
    end: Gap


class Anchors:
    """Finds where in the part that holds the body comments can hang.

    `paragraphs` are those of the walk of the whole file, `text` is what it read, `root` is the root of that part.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], text: str, root: etree._Element, part: str) -> None:
        self._nodes = [(paragraph, node) for paragraph in paragraphs for node in paragraph.nodes]
        self._starts = [node.span.start for _, node in self._nodes]
        self._text, self._root, self._part = text, root, part
        in_body = (node for paragraph, node in self._nodes if paragraph.story.is_body)
        self._first = next((node for node in in_body if node.text.strip()), None)
        self._barriers = Barriers(root)

    def hang(self, comment: Comment) -> Hung:
        """Find the exact words of a comment in the body, its tables and its text boxes.

        Word refuses comments in headers, and LibreOffice mixes up the notes of a file that has comments in them.
        There a comment hangs on the mark of the note, or on the first words of the letter, and says its place.
        """
        if not self._nodes:
            return Hung(comment.paragraphs, *_around(self._blank()))
        span = comment.span
        index = max(bisect_right(self._starts, span.start) - 1, 0)
        if span.start >= self._nodes[index][1].span.end and index + 1 < len(self._nodes):
            index += 1  # the span starts between two paragraphs
        paragraph, first = self._nodes[index]
        story = paragraph.story
        if story.part == self._part:
            last_paragraph, last = self._nodes[max(bisect_left(self._starts, span.end) - 1, index)]
            if last_paragraph is not paragraph and _flow(last_paragraph.element) is not _flow(paragraph.element):
                last = paragraph.nodes[-1]
            start, end = _start(first, span), _end(last, span)
            if end == start:
                end = Gap(_of_run(last.last), None)
            return Hung(comment.paragraphs, *self._barriers.outside(start, end))
        said = (said_place(paragraph.path, self._text[span.start : span.end], comment), *comment.paragraphs)
        if story.anchor is not None:
            return Hung(said, *self._barriers.outside(*_around(story.anchor)))
        if self._first is not None:
            whole = self._first.span
            return Hung(said, *self._barriers.outside(_start(self._first, whole), _end(self._first, whole)))
        return Hung(said, *_around(self._blank()))

    def _blank(self) -> etree._Element:
        """Return a text at the start of the body, for a letter with no words there."""
        body = self._root.find(f"{W}body")
        body = self._root if body is None else body
        paragraph = next(body.iter(f"{W}p"), None)
        if paragraph is None:
            paragraph = etree.Element(f"{W}p")
            body.insert(0, paragraph)
        return last_text(paragraph)


def _flow(element: etree._Element) -> etree._Element | None:
    """Return the cell, the text box or the body that a paragraph stands in."""
    return next(element.iterancestors(*_FLOWS), None)


def _around(element: etree._Element) -> tuple[Gap, Gap]:
    return Gap(element, 0), Gap(element, None)


def _start(node: TextNode, span: Span) -> Gap:
    """Return the gap before the span, outside of any field."""
    mark = next((f for f in node.fields if f.in_one_paragraph), None)
    if mark is not None:
        return Gap(_of_run(mark.begin), 0)
    inside, element = span.start - node.span.start, _of_run(node.first)
    if inside <= 0 or node.placeholder is not None or element is not node.first:
        return Gap(element, 0)
    return Gap(element, inside + node.cut)


def _end(node: TextNode, span: Span) -> Gap:
    """Return the gap after the span, outside of any field."""
    mark = next((f for f in node.fields if f.in_one_paragraph), None)
    if mark is not None and mark.end is not None:
        return Gap(_of_run(mark.end), None)
    inside, element = span.end - node.span.start, _of_run(node.last)
    if inside <= 0 or span.end >= node.span.end or node.placeholder is not None or element is not node.last:
        return Gap(element, None)
    return Gap(_of_run(node.first), inside + node.cut)


def _of_run(element: etree._Element) -> etree._Element:
    """Return the child of a run that holds an element, or the element when it is in no run: a run is not cut deeper."""
    current = element
    for parent in element.iterancestors():
        if parent.tag == f"{W}r":
            return current
        if parent.tag == f"{W}p":
            break
        current = parent
    return element
