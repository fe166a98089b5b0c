"""Write edits into the texts of a Word document, plainly or as tracked changes.

Written plainly, only text elements change: the new words go into the first one that an edit touches, with its format,
and the others lose what the edit replaces.  Words that an edit gives back as they are keep their place and format.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from falc.edits import narrowed
from falc.formats.office.docx.protection import refuse_protected
from falc.formats.office.docx.revisions import Change, shown, track
from falc.formats.office.docx.story import Gathered, Paragraph, TextNode
from falc.formats.office.docx.text import live_paragraphs
from falc.formats.office.package import W, open_package
from falc.formats.office.review import Doing, Reviewer
from falc.model import Edit, Span

__all__ = ["WordText"]

_P, _R, _T, _SDT = f"{W}p", f"{W}r", f"{W}t", f"{W}sdt"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_NOT_PLAIN = re.compile("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # a line end, a tab, what XML lacks
_WORDS = re.compile(r"\s+|\S+")
_SEEN = re.compile("[^\\s\u00ad]")
# What may stand between two texts of one edit: it shows nothing, and it stays where it is.
_BETWEEN = {W + tag for tag in ("r", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak")}
_BETWEEN |= {W + tag for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")}
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
# Around a text: an insertion is somebody's own words.
_REVISED = {f"{W}ins", f"{W}moveTo"}
_REVISED_PLACES = {
    f"{W}tr": (f"{W}trPr/{W}ins", f"{W}trPr/{W}del"),
    f"{W}tc": (f"{W}tcPr/{W}cellIns", f"{W}tcPr/{W}cellDel", f"{W}tcPr/{W}cellMerge"),
}
# In the properties of a content control: its text is locked, made by a program, chosen, or comes from elsewhere.
_LOCKS = ("contentLocked", "sdtContentLocked")
_FIXED_CONTROL = {W + tag for tag in ("dataBinding", "dropDownList", "comboBox", "date", "docPartObj", "docPartList")}
_FIXED_CONTROL |= {W + tag for tag in ("group", "citation", "bibliography", "picture", "equation")}
_FIXED_CONTROL |= {
    "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox",
    "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding",
}

_Texts = list[etree._Element]
_Piece = tuple[Paragraph, TextNode]


class WordText:
    """The texts of a Word file, by their place in the text of its document."""

    def __init__(self, data: bytes) -> None:
        self._package = open_package(data)
        self._nodes: list[_Piece] = [
            (paragraph, node) for paragraph in live_paragraphs(self._package, Gathered()) for node in paragraph.nodes
        ]
        self._starts = [node.span.start for _, node in self._nodes]
        self._held: dict[etree._Element, bool] = {}
        self._twins: dict[etree._Element, dict[etree._Element, _Texts]] = {}

    def refuse(self, doing: Doing) -> None:
        """Raise FalcError, in plain French, when the file is protected against what falc wants to do."""
        refuse_protected(self._package, doing)

    def tracks(self, edit: Edit) -> bool:
        """Can an edit that `takes` accepts be a tracked change?  In a Word file all can."""
        return True

    def takes(self, edit: Edit) -> bool:
        """Can the edit be written without any change but that of words?

        No when it leaves no words in a paragraph, which would then count no more.
        """
        touched = self._touched(edit.span)
        if not touched or _NOT_PLAIN.search(edit.text):
            return False
        paragraph, nodes = touched[0][0], [node for _, node in touched]
        return (
            nodes[0].span.start <= edit.span.start
            and edit.span.end <= nodes[-1].span.end
            and all(other is paragraph for other, _ in touched)
            and all(_is_plain(node) for node in nodes)
            and self._takes_words([node.first for node in nodes])
            and _leaves_words(paragraph, nodes, edit)
        )

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """Return the file with the edits made; each is one that `takes` accepts, and none overlaps another."""
        cuts: dict[etree._Element, list[tuple[int, int, str]]] = defaultdict(list)
        for change in self._changes(edits):
            for number, (text, start, end) in enumerate(change.parts):
                cuts[text].append((start, end, "" if number else change.new))
        for text, replaced in cuts.items():
            _rewrite(text, replaced)
        return self._package.save()

    def tracked(self, edits: Sequence[Edit], reviewer: Reviewer) -> bytes:
        """Return the file with the same edits as tracked changes of `reviewer`."""
        changes = list(self._changes(edits))
        if changes:
            main, stories = self._package.main, (paragraph.story.part for paragraph, _ in self._nodes)
            parts = dict.fromkeys((main, self._package.related(main, "comments"), *stories))
            track(changes, reviewer, [self._package.xml(part) for part in parts if part])
        return self._package.save()

    def _touched(self, span: Span) -> list[_Piece]:
        """Return the pieces of text that an edit of `span` changes."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = bisect_left(self._starts, span.end)
        found = [(paragraph, node) for paragraph, node in self._nodes[first:last] if node.span.overlaps(span)]
        return found or (self._beside(span.start) if span.start == span.end else [])

    def _beside(self, place: int) -> list[_Piece]:
        """Return the piece of text that takes what is inserted at its edge: the one before, else the one after."""
        index = bisect_left(self._starts, place)
        around = (piece for piece in self._nodes[max(index - 1, 0) : index + 1] if _is_plain(piece[1]))
        plain = [piece for piece in around if piece[1].span.start <= place <= piece[1].span.end]
        if len(plain) == 2:
            return plain[:1] if _are_neighbours([node.first for _, node in plain]) else []
        # Is it in a link, a control, somebody's insertion that starts or ends here, or next to it?  Nobody knows.
        return [piece for piece in plain if _is_in_paragraph(piece[1].first)]

    def _changes(self, edits: Sequence[Edit]) -> Iterator[Change]:
        """Yield what edits change, once for each copy of the text."""
        for edit in sorted(edits, key=lambda edit: edit.span):
            touched = self._touched(edit.span)
            least = _least(edit, [node for _, node in touched])
            if least is None:
                continue
            span = least.span
            nodes = [node for _, node in touched if node.span.overlaps(span)]
            nodes = nodes or [next(node for _, node in touched if span.start <= node.span.end)]
            parts = [(max(span.start - n.span.start, 0), min(span.end, n.span.end) - n.span.start) for n in nodes]
            for texts in self._copies([node.first for node in nodes]):
                yield Change(tuple((t, *part) for t, part in zip(texts, parts, strict=True)), least.text)
            self._package.touch(touched[0][0].story.part)

    def _takes_words(self, texts: _Texts) -> bool:
        copies = self._copies(texts)
        return bool(copies) and all(_are_neighbours(copy) and not self._is_held(copy[0]) for copy in copies)

    def _copies(self, texts: _Texts) -> list[_Texts]:
        """Return texts and their copies in the other branches of an alternative, nothing if these say other words.

        Word writes a text box twice: for itself, and for old programs.
        """
        around = list(texts[0].iterancestors(_ALTERNATE))
        if not around:
            return [texts]
        if around[0] not in self._twins:
            self._twins[around[0]] = _twins(around[0]) if len(around) == 1 else {}
        twins = self._twins[around[0]]
        if not all(text in twins for text in texts):
            return []
        return [list(copy) for copy in zip(*(twins[text] for text in texts), strict=True)]

    def _is_held(self, text: etree._Element) -> bool:
        """Does something around a text forbid to change it?"""
        around: _Texts = []
        element: etree._Element | None = text
        while element is not None and element not in self._held:
            around.append(element)
            element = element.getparent()
        held = element is not None and self._held[element]
        for element in reversed(around):
            held = self._held[element] = held or _holds(element)
        return held


def _is_plain(node: TextNode) -> bool:
    """Is it an ordinary text of a run, not a tab, nor a part of a field?"""
    text = node.first
    if text is not node.last or text.tag != _T or len(text) or node.placeholder is not None or node.fields:
        return False
    run = text.getparent()
    return run is not None and run.tag == _R


def _leaves_words(paragraph: Paragraph, nodes: Sequence[TextNode], edit: Edit) -> bool:
    """Does a paragraph still show something once an edit is made?"""
    first, last = nodes[0], nodes[-1]
    others = (n.text for n in paragraph.nodes if n.span.end <= first.span.start or last.span.end <= n.span.start)
    return bool(
        _SEEN.search(edit.text)
        or _SEEN.search(first.text, 0, edit.span.start - first.span.start)
        or _SEEN.search(last.text, edit.span.end - last.span.start)
        or any(map(_SEEN.search, others))
    )


def _least(edit: Edit, nodes: Sequence[TextNode]) -> Edit | None:
    """Return what an edit of the text of `nodes` changes, nothing if it gives back all."""
    start, end = edit.span.start, edit.span.end
    before = "".join(n.text[max(start - n.span.start, 0) : max(end - n.span.start, 0)] for n in nodes)
    return narrowed(edit, before) if before != edit.text else None


def _twins(alternate: etree._Element) -> dict[etree._Element, _Texts]:
    """Return each text in the branches of an alternative with its copies, itself included, if all say the same."""
    branches = [texts for branch in alternate if (texts := list(branch.iter(_T)))]  # a branch may hold a picture
    said = [[shown(text) for text in texts] for texts in branches]
    if any(other != said[0] for other in said):
        return {}
    return {text: list(copies) for copies in zip(*branches, strict=True) for text in copies}


def _holds(element: etree._Element) -> bool:
    """Does an element forbid to change the text in it?"""
    if element.tag in _REVISED:
        return True
    properties = element.find(f"{W}sdtPr") if element.tag == _SDT else None
    if properties is not None:
        lock = properties.find(f"{W}lock")
        locked = lock is not None and lock.get(f"{W}val") in _LOCKS
        return locked or any(child.tag in _FIXED_CONTROL for child in properties)
    return any(element.find(path) is not None for path in _REVISED_PLACES.get(element.tag, ()))


def _are_neighbours(texts: _Texts) -> bool:
    """Do texts stand in runs of one parent, with nothing between them that people see?"""
    holder = _holder(texts[0])
    if holder is None or any(_holder(text) is not holder for text in texts):
        return False
    ours = set(texts)
    between = (element for element in _between(texts[0], texts[-1]) if element not in ours)
    return all(element.tag in _BETWEEN or (element.tag == _T and not element.text) for element in between)


def _holder(text: etree._Element) -> etree._Element | None:
    """Return what the run of a text stands in: a paragraph, a link, a control."""
    run = text.getparent()
    return run.getparent() if run is not None and run.tag == _R else None


def _is_in_paragraph(text: etree._Element) -> bool:
    holder = _holder(text)
    return holder is not None and holder.tag == _P


def _between(first: etree._Element, last: etree._Element) -> Iterator[etree._Element]:
    """Yield what stands between two texts whose runs have one parent, but for the properties of runs."""
    run = first.getparent()
    inside: Iterable[etree._Element] = first.itersiblings()
    while run is not None and first is not last:
        for element in inside:
            if element is last:
                return
            if element.tag != f"{W}rPr":
                yield element
        run = run.getnext()
        if run is not None:
            yield run
            inside = iter(run)


def _rewrite(text: etree._Element, replaced: Sequence[tuple[int, int, str]]) -> None:
    """Put new words in place of displayed characters of a text; places come in order."""
    old, pieces, position = shown(text), list[str](), 0
    for start, end, new in replaced:
        pieces += old[position:start], new
        position = end
    text.text = "".join((*pieces, old[position:]))
    if text.text != text.text.strip(_BLANKS):
        text.set(_SPACE, "preserve")
