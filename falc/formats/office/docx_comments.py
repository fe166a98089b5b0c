"""Write comments into a Word document, each anchored at its exact words.

Only runs that a comment cuts are touched: the run is cloned with its properties and its
children are moved, so that drawings, tabs and formats stay.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from falc.formats.office.docx_comment_parts import add_comments
from falc.formats.office.docx_story import Gathered, Paragraph, TextNode
from falc.formats.office.docx_text import live_paragraphs
from falc.formats.office.package import W, open_package
from falc.formats.office.review import Comment, Reviewer
from falc.model import Span

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_FALC = Reviewer()


@dataclass(frozen=True, slots=True)
class _Gap:
    """A place between two characters: before `offset` of an element's text, or after it all (`None`)."""

    element: etree._Element
    offset: int | None


@dataclass
class _Markers:
    """The comments that start and end at each gap."""

    starts: dict[_Gap, list[str]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[_Gap, list[str]] = field(default_factory=lambda: defaultdict(list))

    def gaps(self) -> Iterable[_Gap]:
        return dict.fromkeys((*self.starts, *self.ends))

    def at(self, gap: _Gap, reference_style: str) -> Iterator[etree._Element]:
        """Yield the elements to insert: what ends comes before what starts."""
        for identifier in self.ends.get(gap, ()):
            yield etree.Element(f"{W}commentRangeEnd", {f"{W}id": identifier})
            run = etree.Element(f"{W}r")
            properties = etree.SubElement(run, f"{W}rPr")
            etree.SubElement(properties, f"{W}rStyle", {f"{W}val": reference_style})
            etree.SubElement(run, f"{W}commentReference", {f"{W}id": identifier})
            yield run
        for identifier in self.starts.get(gap, ()):
            yield etree.Element(f"{W}commentRangeStart", {f"{W}id": identifier})


def annotate_docx(data: bytes, comments: Sequence[Comment], reviewer: Reviewer = _FALC) -> bytes:
    """Return the Word file `data` with the comments; what it holds already is kept."""
    package = open_package(data)
    body = package.xml(package.main)
    if not comments:
        return data
    anchors = _Anchors(live_paragraphs(package, Gathered()), body)
    placed = [anchors.place(comment) for comment in comments]
    written = add_comments(
        package,
        [paragraphs for paragraphs, _, _ in placed],
        author=reviewer.author,
        initials=reviewer.initials,
        date=reviewer.when,
    )
    markers = _Markers()
    for identifier, (_, start, end) in zip(written.ids, placed, strict=True):
        markers.starts[start].append(identifier)
        markers.ends[end].append(identifier)
    _insert(markers, written.reference_style)
    package.touch(package.main)
    return package.save()


class _Anchors:
    """Finds where in the body a comment can hang."""

    def __init__(self, paragraphs: Iterable[Paragraph], root: etree._Element) -> None:
        self._nodes = [(paragraph, node) for paragraph in paragraphs for node in paragraph.nodes]
        self._starts = [node.span.start for _, node in self._nodes]
        self._root = root
        in_body = (node for paragraph, node in self._nodes if paragraph.story.is_body)
        self._first = next((node for node in in_body if node.text.strip()), None)

    def place(self, comment: Comment) -> tuple[tuple[str, ...], _Gap, _Gap]:
        """Return what the comment says, and the gaps where it starts and ends.

        Word takes comments in the body only, and not in its text boxes.  Elsewhere a comment
        hangs where its story does, or on the first words of the letter, and says its place.
        """
        if not self._nodes:
            return comment.paragraphs, *_around(self._blank())
        span = comment.span
        index = max(bisect_right(self._starts, span.start) - 1, 0)
        if span.start >= self._nodes[index][1].span.end and index + 1 < len(self._nodes):
            index += 1  # the span starts between two paragraphs
        paragraph, first = self._nodes[index]
        if paragraph.story.is_body:
            last_paragraph, last = self._nodes[max(bisect_left(self._starts, span.end) - 1, index)]
            if last_paragraph.story is not paragraph.story:
                last = paragraph.nodes[-1]
            return comment.paragraphs, _start(first, span), _end(last, span)
        said = (paragraph.path[:1].upper() + paragraph.path[1:], *comment.paragraphs)
        if paragraph.story.anchor is not None:
            return said, *_around(paragraph.story.anchor)
        if self._first is not None:
            return said, _start(self._first, self._first.span), _end(self._first, self._first.span)
        return said, *_around(self._blank())

    def _blank(self) -> etree._Element:
        """Return an empty text at the start of the body, for a letter with no words there."""
        body = self._root.find(f"{W}body")
        body = self._root if body is None else body
        paragraph = next(body.iter(f"{W}p"), None)
        if paragraph is None:
            paragraph = etree.Element(f"{W}p")
            body.insert(0, paragraph)
        return etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")


def _around(element: etree._Element) -> tuple[_Gap, _Gap]:
    return _Gap(element, 0), _Gap(element, None)


def _start(node: TextNode, span: Span) -> _Gap:
    """Return the gap before the span, outside of any field."""
    mark = next((f for f in node.fields if f.in_one_paragraph), None)
    if mark is not None:
        return _Gap(mark.begin, 0)
    inside = span.start - node.span.start
    if inside <= 0 or node.placeholder is not None:
        return _Gap(node.first, 0)
    return _Gap(node.first, inside + node.cut)


def _end(node: TextNode, span: Span) -> _Gap:
    """Return the gap after the span, outside of any field."""
    mark = next((f for f in node.fields if f.in_one_paragraph), None)
    if mark is not None and mark.end is not None:
        return _Gap(mark.end, None)
    inside = span.end - node.span.start
    if inside <= 0 or span.end >= node.span.end or node.placeholder is not None:
        return _Gap(node.last, None)
    return _Gap(node.first, inside + node.cut)


def _insert(markers: _Markers, style: str) -> None:
    """Put every marker in the tree; each run is taken apart once, whatever the number of its gaps."""
    runs: dict[etree._Element, set[etree._Element]] = defaultdict(set)
    inner: dict[etree._Element, list[int]] = defaultdict(list)
    for gap in markers.gaps():
        parent = gap.element.getparent()
        if parent is not None and parent.tag == f"{W}r":
            runs[parent].add(gap.element)
            if gap.offset:
                inner[gap.element].append(gap.offset)
        elif gap.offset is None:
            _add_after(gap.element, markers.at(gap, style))
        else:
            for marker in markers.at(gap, style):
                gap.element.addprevious(marker)
    for run, elements in runs.items():
        _take_apart(run, list(_pieces(run, elements, inner, markers, style)))


def _pieces(
    run: etree._Element,
    elements: set[etree._Element],
    inner: dict[etree._Element, list[int]],
    markers: _Markers,
    style: str,
) -> Iterator[tuple[bool, etree._Element]]:
    """Yield the markers (true) and the children (false) of a run, in order."""
    for child in list(run):
        if child.tag == f"{W}rPr":
            continue
        if child not in elements:
            yield False, child
            continue
        yield from ((True, marker) for marker in markers.at(_Gap(child, 0), style))
        offsets = sorted(inner.get(child, ()))
        for offset, piece in zip((None, *offsets), _cut_text(child, offsets), strict=True):
            if offset is not None:
                yield from ((True, marker) for marker in markers.at(_Gap(child, offset), style))
            yield False, piece
        yield from ((True, marker) for marker in markers.at(_Gap(child, None), style))


def _cut_text(element: etree._Element, offsets: list[int]) -> Iterator[etree._Element]:
    """Cut a text element at the offsets; it keeps the first piece."""
    if not offsets:
        yield element
        return
    text = element.text or ""
    blanks = 0
    if element.get(_SPACE) != "preserve":  # blanks at the edges were not displayed: keep them so
        blanks = len(text) - len(text.lstrip(_BLANKS))
        text = text.strip(_BLANKS)
    bounds = [0, *(offset - blanks for offset in offsets), len(text)]
    for start, end in pairwise(bounds):
        piece = element if start == 0 else etree.Element(element.tag)
        piece.set(_SPACE, "preserve")
        piece.text = text[start:end]
        yield piece


def _take_apart(run: etree._Element, pieces: list[tuple[bool, etree._Element]]) -> None:
    """Put the markers between runs: the first children stay, the next ones go into clones of the run."""
    first = next((index for index, (is_marker, _) in enumerate(pieces) if not is_marker), len(pieces))
    for _, marker in pieces[:first]:
        run.addprevious(marker)
    properties = run.find(f"{W}rPr")
    anchor, current = run, run
    for is_marker, element in pieces[first:]:
        if is_marker:
            anchor.addnext(element)
            anchor = element
            continue
        if anchor is not current:
            current = etree.Element(run.tag, {str(key): str(value) for key, value in run.items()})
            if properties is not None:
                current.append(deepcopy(properties))
            anchor.addnext(current)
            anchor = current
        if element.getparent() is not current:
            current.append(element)


def _add_after(element: etree._Element, markers: Iterable[etree._Element]) -> None:
    for marker in markers:
        element.addnext(marker)
        element = marker
