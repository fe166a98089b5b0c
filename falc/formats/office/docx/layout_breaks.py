"""Put sentences of a Word file on their own lines: a line break in place of the blanks before them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.docx.layout_places import Place
from falc.formats.office.docx.revisions import shown
from falc.formats.office.docx.story import TextNode
from falc.formats.office.package import Package, W

_T, _R, _SDT = f"{W}t", f"{W}r", f"{W}sdt"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_GO_AWAY = " \u00a0\u2009\u202f"
_ONE_LINE = (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.HEADER, BlockKind.FOOTER)
# Around a text: a link, a field, somebody's own words, a text box, which has copies.
_HELD = tuple(W + tag for tag in ("hyperlink", "fldSimple", "ins", "moveTo", "ruby", "txbxContent"))


def break_lines(package: Package, places: Sequence[Place], offsets: Iterable[int]) -> int:
    """Begin a line at each offset of the text, counted as `places` have it; return how many could be.

    A break is left out where it would stand in a field, a link, a content control, a tracked insertion, a text box or
    a line that must stay one, and where the program would stretch the line before it.
    """
    starts = [place.paragraph.nodes[0].span.start for place in places]
    broken = 0
    for offset in sorted(offsets, reverse=True):  # the last first: the places before it do not move
        index = bisect_right(starts, offset) - 1
        place = places[index] if index >= 0 else None
        if place is not None and _break(place, offset):
            package.touch(place.part)
            broken += 1
    return broken


def _break(place: Place, offset: int) -> bool:
    paragraph = place.paragraph
    start, end = paragraph.nodes[0].span.start, paragraph.nodes[-1].span.end
    before = place.text[: offset - start]
    gap = len(before) - len(before.rstrip(_GO_AWAY))
    if paragraph.kind in _ONE_LINE or paragraph.format.alignment == "justify" or place.fixed:
        return False
    if offset >= end or gap == len(before) or before[-gap - 1] in "\t\n":
        return False
    if gap:
        touched = [n for n in paragraph.nodes if n.span.end > offset - gap and n.span.start < offset]
    else:  # where the sentence begins, else where the one before ends
        touched = [n for n in paragraph.nodes if n.span.start <= offset <= n.span.end and _is_plain(n)][-1:]
    runs = {run.getparent() for node in touched if (run := node.first.getparent()) is not None}
    if len(runs) != 1 or not all(_is_plain(node) for node in touched):
        return False
    for node in reversed(touched):
        first, last = max(offset - gap - node.span.start, 0), offset - node.span.start
        _cut(node.first, first, last, breaks=node is touched[0])
    return True


def _is_plain(node: TextNode) -> bool:
    if node.first.tag != _T or node.first is not node.last or node.placeholder is not None or node.fields:
        return False
    for parent in node.first.iterancestors():
        if parent.tag in _HELD or (parent.tag == _SDT and _is_kept(parent)):
            return False
    return True


def _is_kept(control: etree._Element) -> bool:
    """Is a content control in a line, or one that holds no line break?"""
    properties = control.find(f"{W}sdtPr")
    inline = control.find(f"{W}sdtContent/{W}p") is None and control.find(f"{W}sdtContent/{W}tbl") is None
    free = {W + tag for tag in ("rPr", "alias", "tag", "id", "placeholder", "group", "richText", "docPartObj")}
    return inline or (properties is not None and any(child.tag not in free for child in properties))


def _cut(element: etree._Element, start: int, end: int, *, breaks: bool) -> None:
    """Take away the shown characters from `start` to `end` of a text, and break the line there."""
    characters, run = shown(element), element.getparent()
    if run is None:
        return
    tail = characters[end:]
    place = run.index(element) + 1
    if tail:
        rest = etree.Element(_T)
        _say(rest, tail)
        run.insert(place, rest)
    if breaks:
        run.insert(place, etree.Element(f"{W}br"))
    _say(element, characters[:start])
    if not element.text:
        run.remove(element)


def _say(element: etree._Element, words: str) -> None:
    element.text = words
    if words != words.strip(_BLANKS):
        element.set(_SPACE, "preserve")
