"""Write edits into the texts of a Word document.

Only text elements change: the new words go into the first one that an edit touches, with its format, and the
others lose what the edit replaces.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from falc.formats.office.docx_story import Gathered, Paragraph, TextNode
from falc.formats.office.docx_text import live_paragraphs
from falc.formats.office.package import W, open_package
from falc.formats.office.review import Doing, Reviewer
from falc.model import Edit, Span

__all__ = ["WordText"]

_T, _SDT = f"{W}t", f"{W}sdt"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_NOT_PLAIN = re.compile("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # a line end, a tab, what XML lacks
# What may stand between two texts of one edit: it shows nothing, and it stays where it is.
_BETWEEN = {W + tag for tag in ("r", "t", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak")}
_BETWEEN |= {W + tag for tag in ("commentRangeStart", "commentRangeEnd")}
# Around a text: an insertion is somebody's own words.
_REVISED = {f"{W}ins", f"{W}moveTo"}
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
# In the properties of a content control: its text is locked, chosen from a list, or comes from elsewhere.
_FIXED_CONTROL = tuple(
    W + tag for tag in ("lock", "dataBinding", "dropDownList", "comboBox", "date", "docPartObj", "docPartList")
)
_W15_BINDING = "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding"


class WordText:
    """The texts of a Word file, by their place in the text of its document."""

    def __init__(self, data: bytes) -> None:
        self._package = open_package(data)
        self._nodes: list[tuple[Paragraph, TextNode]] = [
            (paragraph, node) for paragraph in live_paragraphs(self._package, Gathered()) for node in paragraph.nodes
        ]
        self._starts = [node.span.start for _, node in self._nodes]

    def refuse(self, doing: Doing) -> None:
        """Raise FalcError, in plain French, when the file is protected against what falc wants to do."""

    def tracked(self, edits: Sequence[Edit], reviewer: Reviewer) -> bytes:
        """Return the file with the same edits as tracked changes of `reviewer`."""
        raise NotImplementedError

    def takes(self, edit: Edit) -> bool:
        """Can the edit be written without any change but that of words?"""
        touched = self._touched(edit.span)
        if not touched or _NOT_PLAIN.search(edit.text):
            return False
        paragraph, first = touched[0]
        last = touched[-1][1]
        return (
            first.span.start <= edit.span.start
            and edit.span.end <= last.span.end
            and all(other is paragraph for other, _ in touched)
            and all(_is_plain(node) for _, node in touched)
            and not _is_held(first.first)
            and all(_copies(node.first) is not None for _, node in touched)
            and _nothing_between(first.first, last.first)
        )

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """Return the file with the edits made; each is one that `takes` accepts, and none overlaps another."""
        replaced: list[tuple[etree._Element, int, int, str]] = []
        for edit in reversed(edits):
            for number, (paragraph, node) in enumerate(self._touched(edit.span)):
                start, end = max(edit.span.start - node.span.start, 0), edit.span.end - node.span.start
                text = edit.text if number == 0 else ""
                replaced += ((element, start, end, text) for element in (node.first, *(_copies(node.first) or ())))
                self._package.touch(paragraph.story.part)
        for place in replaced:
            _replace(*place)
        return self._package.save()

    def _touched(self, span: Span) -> list[tuple[Paragraph, TextNode]]:
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = bisect_left(self._starts, span.end)
        return [(paragraph, node) for paragraph, node in self._nodes[first:last] if node.span.overlaps(span)]


def _is_plain(node: TextNode) -> bool:
    return node.first is node.last and node.first.tag == _T and node.placeholder is None and not node.fields


def _is_held(text: etree._Element) -> bool:
    """Does something around a text forbid to change it?"""
    for parent in text.iterancestors():
        if parent.tag in _REVISED:
            return True
        properties = parent.find(f"{W}sdtPr") if parent.tag == _SDT else None
        if properties is not None and any(child.tag in (*_FIXED_CONTROL, _W15_BINDING) for child in properties):
            return True
    return False


def _copies(text: etree._Element) -> list[etree._Element] | None:
    """Return the same text in the other copies of the text box that holds it, or None if they say something else."""
    around = list(text.iterancestors(_ALTERNATE))
    if not around:
        return []
    branches = [list(branch.iter(_T)) for branch in around[0]]
    own = next(texts for texts in branches if text in texts)
    others = [texts for texts in branches if texts and texts is not own]  # a branch may hold a picture
    said = [element.text for element in own]
    if len(around) > 1 or any([element.text for element in texts] != said for texts in others):
        return None
    return [texts[own.index(text)] for texts in others]


def _nothing_between(first: etree._Element, last: etree._Element) -> bool:
    """Do two texts stand in runs of one parent, with nothing between them that people see?"""
    start, end = first.getparent(), last.getparent()
    if start is None or end is None or start.getparent() is not end.getparent():
        return False
    return first is last or all(element.tag in _BETWEEN for element in _between(first, last))


def _between(first: etree._Element, last: etree._Element) -> Iterator[etree._Element]:
    """Yield what stands between two texts whose runs have one parent, but for the properties of runs."""
    run = first.getparent()
    inside: Iterable[etree._Element] = first.itersiblings()
    while run is not None:
        for element in inside:
            if element is last:
                return
            if element.tag != f"{W}rPr":
                yield element
        run = run.getnext()
        if run is not None:
            yield run
            inside = iter(run)


def _replace(text: etree._Element, start: int, end: int, new: str) -> None:
    """Put `new` in place of some displayed characters of a text."""
    shown = text.text or ""
    if text.get(_SPACE) != "preserve":  # blanks at the edges are not displayed
        shown = shown.strip(_BLANKS)
    shown = shown[:start] + new + shown[end:]
    text.text = shown
    if shown != shown.strip(_BLANKS):
        text.set(_SPACE, "preserve")
