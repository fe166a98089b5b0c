"""Put the marks of comments in the text of a Word document.

Only runs that a comment cuts are touched: the run is cloned with its properties and its
children are moved, so that drawings, tabs and formats stay.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from math import inf
from operator import itemgetter
from xml.sax.saxutils import quoteattr

from lxml import etree

from falc.formats.office.docx.anchors import Hung
from falc.formats.office.docx.gaps import Gap
from falc.formats.office.package import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_R, _RPR, _T, _ID = f"{W}r", f"{W}rPr", f"{W}t", f"{W}id"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_START, _END = f"{W}commentRangeStart", f"{W}commentRangeEnd"
MARKS = (_START, _END, f"{W}commentReference")
_ENDS, _STARTS = 0, 1  # what ends at a gap comes before what starts there

# Where in an element's text, end or start, which elements.
_Marks = tuple[etree._Element, ...]
_Mark = tuple[float, int, _Marks]
_PLACE, _ORDER = itemgetter(0), itemgetter(0, 1)


def insert_marks(hung: Sequence[tuple[str, Hung]], style: str) -> None:
    """Put the marks of each numbered comment in the tree; `style` is that of references.

    Each run is taken apart once, whatever the number of its gaps.
    """
    marks: dict[etree._Element, list[_Mark]] = defaultdict(list)
    for (_, (_, start, end)), (opening, closing) in zip(hung, _made([i for i, _ in hung], style), strict=True):
        marks[start.element].append((_offset(start), _STARTS, opening))
        marks[end.element].append((_offset(end), _ENDS, closing))
    runs: dict[etree._Element, None] = {}
    for element, there in marks.items():
        there.sort(key=_ORDER)
        parent = element.getparent()
        if parent is not None and parent.tag == _R:
            runs[parent] = None
            continue
        inside = bisect_left(there, inf, key=_PLACE)
        for mark in _flat(there[:inside]):
            element.addprevious(mark)
        for mark in _flat(there[inside:]):
            element.addnext(mark)
            element = mark
    cuts = {element: _inner(there) for element, there in marks.items()}
    copies = _copies([element for element, offsets in cuts.items() if offsets])
    for run in runs:
        _take_apart(run, marks)
    for element, others in copies.items():
        for other in others:
            first, *pieces = _cut_text(other, cuts[element])
            for piece in reversed(pieces):
                first.addnext(piece)


def known_starts(
    root: etree._Element, ids: Collection[str], places: Collection[etree._Element]
) -> dict[str, etree._Element]:
    """Return, for those comments of a text, the first element of `places` after their start."""
    opened: list[str] = []
    found: dict[str, etree._Element] = {}
    for element in root.iter():
        if element in places:
            found.update(dict.fromkeys(opened, element))
            opened.clear()
        elif element.tag == _START and element.get(_ID) in ids:
            opened.append(element.get(_ID) or "")
    return found


def _copies(texts: Iterable[etree._Element]) -> dict[etree._Element, list[etree._Element]]:
    """Return the copies of texts in the other branches of an alternative that say the same.

    Word writes a text box twice, for itself and for old programs.  One copy has the comments, but both stay cut at the
    same places: programs that change the words look for them there.
    """
    around: dict[etree._Element, list[etree._Element]] = defaultdict(list)
    for text in texts:
        for alternative in list(text.iterancestors(_ALTERNATIVE))[-1:]:
            around[alternative].append(text)
    found = {}
    for alternative, inside in around.items():
        branches = [list(branch.iter(_T)) for branch in alternative]
        said = [[text.text for text in branch] for branch in branches]
        alike = [[branches[j] for j, words in enumerate(said) if j != i and words == said[i]] for i in range(len(said))]
        places = {text: (i, number) for i, branch in enumerate(branches) for number, text in enumerate(branch)}
        for text in inside:
            if text in places:
                i, number = places[text]
                found[text] = [branch[number] for branch in alike[i]]
    return found


def _inner(marks: Iterable[_Mark]) -> list[int]:
    """Return where marks cut the text of an element."""
    return [int(place) for place in dict.fromkeys(map(_PLACE, marks)) if 0 < place < inf]


def _offset(gap: Gap) -> float:
    return inf if gap.offset is None else gap.offset


def _made(ids: Sequence[str], style: str) -> Iterator[tuple[_Marks, _Marks]]:
    """Yield what starts and what ends each comment, made in one go: one by one would take longer."""
    look = f"<w:rPr><w:rStyle w:val={quoteattr(style)}/></w:rPr>"
    xml = "".join(
        f'<w:commentRangeStart w:id="{i}"/><w:commentRangeEnd w:id="{i}"/>'
        f'<w:r>{look}<w:commentReference w:id="{i}"/></w:r>'
        for i in ids
    )
    made = list(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{xml}</w:p>'))
    for start, end, reference in zip(made[::3], made[1::3], made[2::3], strict=True):
        yield (start,), (end, reference)


def _flat(marks: Iterable[_Mark]) -> Iterator[etree._Element]:
    for _, _, elements in marks:
        yield from elements


def _take_apart(run: etree._Element, marks: Mapping[etree._Element, Sequence[_Mark]]) -> None:
    """Put marks between runs: the first children stay, the next ones go into clones of the run."""
    properties, parent = run.find(_RPR), run.getparent()
    if parent is None:
        return
    anchor, current, is_first = run, run, True
    for child in list(run):
        if child is properties:
            continue
        for is_mark, element in _pieces(child, marks.get(child, ())):
            if is_mark and is_first:
                run.addprevious(element)
            elif is_mark:
                anchor.addnext(element)
                anchor = element
            else:
                is_first = False
                if anchor is not current:
                    current = etree.SubElement(parent, _R, {str(key): str(value) for key, value in run.items()})
                    if properties is not None:
                        current.append(deepcopy(properties))
                    anchor.addnext(current)
                    anchor = current
                if element.getparent() is not current:
                    current.append(element)


def _pieces(child: etree._Element, marks: Sequence[_Mark]) -> Iterator[tuple[bool, etree._Element]]:
    """Yield the marks (true) and the pieces (false) of a child of a run, in order."""
    inner = _inner(marks)
    index = 0
    for place, piece in zip((0, *inner), _cut_text(child, inner), strict=True):
        while index < len(marks) and marks[index][0] <= place:
            yield from ((True, element) for element in marks[index][2])
            index += 1
        yield False, piece
    yield from ((True, element) for element in _flat(marks[index:]))


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
    start = 0
    for number, end in enumerate([*(offset - blanks for offset in offsets), len(text)]):
        piece = element if number == 0 else etree.Element(element.tag)
        piece.set(_SPACE, "preserve")
        piece.text = text[start:end]
        yield piece
        start = end
