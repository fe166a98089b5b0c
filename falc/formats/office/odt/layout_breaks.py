"""Put sentences of an OpenDocument text on their own lines: a line break in place of the blanks before them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.odt.changes import CHANGE, CHANGES
from falc.formats.office.odt.layout_places import Place
from falc.formats.office.odt.layout_styles import StyleBook
from falc.formats.office.odt.package import TEXT
from falc.formats.office.odt.protection import Protection
from falc.formats.office.odt.rewriting import SPACES, SPAN, Cut, Slot, rewrite
from falc.formats.office.odt.story import Paragraph
from falc.model import Span

_GO_AWAY = " \u00a0\u2009\u202f"
_ONE_LINE = (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.HEADER, BlockKind.FOOTER)


def break_lines(places: Sequence[Place], offsets: Iterable[int], book: StyleBook) -> int:
    """Begin a line at each offset of the text, counted as `places` have it; return how many could be.

    A break is left out in a field, a link, a protected section or a paragraph with tracked changes; where a line must
    stay one; and where the program would stretch the line before it.
    """
    body = [place for place in places if place.paragraph.kind not in _ONE_LINE]
    starts = [place.paragraph.nodes[0].span.start for place in body]
    protection = Protection({place.origin.scope for place in body})
    wanted: dict[int, list[int]] = defaultdict(list)
    for offset in sorted(offsets):
        wanted[bisect_right(starts, offset) - 1].append(offset)
    broken = 0
    for index, its in wanted.items():
        if index >= 0 and not protection.holds(body[index].element):
            broken += _break(body[index], its, book)
    return broken


def _break(place: Place, offsets: Sequence[int], book: StyleBook) -> int:
    paragraph, changes = place.paragraph, place.element.iter(CHANGE, *CHANGES)
    if paragraph.format.alignment == "justify" or place.fixed or next(changes, None) is not None:
        return 0
    text, start = "".join(node.text for node in paragraph.nodes), paragraph.nodes[0].span.start
    slots = list(_slots(paragraph))
    cuts: dict[Slot, list[Cut]] = defaultdict(list)
    broken = 0
    for offset in offsets:
        before = text[: offset - start]
        gap = len(before) - len(before.rstrip(_GO_AWAY))
        if offset - start >= len(text) or gap == len(before) or before[-gap - 1] in "\t\n":
            continue
        touched = [slot for slot in slots if slot.span.end > offset - max(gap, 1) and slot.span.start < offset]
        if not all(slot.editable for slot in touched):
            continue
        for slot in touched:
            first = max(offset - gap, slot.span.start)
            parts = (etree.Element(f"{TEXT}line-break"),) if slot is touched[0] else ()
            cuts[slot].append(Cut(first, min(offset, slot.span.end), parts))
        broken += 1
    if broken:
        rewrite(slots, cuts, len(text))
        book.touch(place.element)
    return broken


def _slots(paragraph: Paragraph) -> Iterator[Slot]:
    """Yield what a paragraph displays; only words and blanks outside links and fields may change."""
    at = paragraph.nodes[0].span.start
    free: dict[etree._Element, bool] = {}
    for source in paragraph.sources:
        element, is_tail, shown = source.element, source.is_tail, source.shown
        holder = element.getparent() if is_tail or element.tag == SPACES else element
        if holder is not None and holder not in free:
            free[holder] = _is_free(holder, paragraph.element)
        editable = source.end is None and holder is not None and free[holder]
        yield Slot(element, is_tail, Span(at, at + len(shown)), shown, editable)
        at += len(shown)


def _is_free(element: etree._Element, paragraph: etree._Element) -> bool:
    """Does an element of a paragraph hold words, with nothing but spans around it?"""
    current: etree._Element | None = element
    while current is not None and current is not paragraph:
        if current.tag != SPAN:
            return False
        current = current.getparent()
    return current is not None
