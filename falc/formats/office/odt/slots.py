"""The characters of a paragraph of an OpenDocument text that can be changed, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lxml import etree

from falc.formats.office.odt.package import LOEXT, OFFICE, TEXT
from falc.formats.office.odt.rewriting import SPACES, SPAN, Slot
from falc.formats.office.odt.story import Source
from falc.model import Span

__all__ = ["Slots", "are_joined", "is_outside_links", "paragraph_of", "pieces"]

_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
_LINK, _CONTROL = f"{TEXT}a", f"{LOEXT}content-control"
# What a control may say of itself when anything can be written in it: no list, no date, no lock.
_OF_FREE_CONTROL = frozenset(
    LOEXT + name for name in ("showing-place-holder", "plain-text", "alias", "tag", "id", "color", "appearance")
)
_SIGNS = frozenset({f"{TEXT}tab", f"{TEXT}line-break"})
_ANNOTATION = f"{OFFICE}annotation"
_INDEX_MARKS = ("toc-mark", "user-index-mark", "alphabetical-index-mark")
# What may stand between two texts of one edit: it shows nothing, and it stays where it is.
_BETWEEN = frozenset(
    {
        *(TEXT + tag for tag in ("span", "s", "soft-page-break", "bookmark", "bookmark-start", "bookmark-end")),
        *(TEXT + tag for tag in ("reference-mark", "reference-mark-start", "reference-mark-end")),
        *(TEXT + tag + end for tag in _INDEX_MARKS for end in ("", "-start", "-end")),
        *(_ANNOTATION, f"{OFFICE}annotation-end"),
    }
)
_CHANGE_START, _CHANGE_END, _CHANGE_ID = f"{TEXT}change-start", f"{TEXT}change-end", f"{TEXT}change-id"


class Slots:
    """Makes slots of what the reader found in the trees of a file."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._changed = frozenset(place for root in roots for place in _inside_changes(root))
        self._free: dict[etree._Element, bool] = {}

    def of(self, sources: Iterable[Source], start: int) -> Iterator[Slot]:
        """Yield the slots of a paragraph whose text starts at `start` in that of the document."""
        for source in sources:
            span = Span(start, start + len(source.shown))
            yield Slot(source.element, source.is_tail, span, source.shown, self._is_editable(source))
            start = span.end

    def _is_editable(self, source: Source) -> bool:
        if source.end is not None or (source.element, source.is_tail) in self._changed:
            return False
        if not source.is_tail and source.element.tag in _SIGNS:
            return False
        within = source.is_tail or source.element.tag == SPACES
        return self._is_free(source.element.getparent() if within else source.element)

    def _is_free(self, element: etree._Element | None) -> bool:
        """Can people write in an element: are there only letters with a look, links, free controls around?"""
        inside: list[etree._Element] = []
        while element is not None and element not in self._free and element.tag not in _PARAGRAPHS:
            inside.append(element)
            element = element.getparent()
        free = element is not None and self._free.get(element, True)
        for element in reversed(inside):
            free = self._free[element] = free and _takes_words(element)
        return free


def _takes_words(element: etree._Element) -> bool:
    if element.tag == _CONTROL:
        return _OF_FREE_CONTROL.issuperset(map(str, element.attrib)) and element.find(f"{LOEXT}list-item") is None
    return element.tag in (SPAN, _LINK)


def _inside_changes(root: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Yield where somebody's change holds characters: an element, and whether they follow it."""
    if next(root.iter(_CHANGE_START), None) is None:
        return
    opened: set[str] = set()
    for event, element in etree.iterwalk(root, ("start", "end", "comment", "pi")):
        identifier = element.get(_CHANGE_ID) or ""
        if event == "start" and element.tag == _CHANGE_START:
            opened.add(identifier)
        elif event == "start" and element.tag == _CHANGE_END:
            opened.discard(identifier)
        if opened:
            yield element, event != "start"


def paragraph_of(slot: Slot) -> etree._Element:
    """Return the paragraph that a slot stands in."""
    element: etree._Element | None = slot.element
    while element is not None and element.tag not in _PARAGRAPHS:
        element = element.getparent()
    if element is None:
        raise ValueError("the characters stand in no paragraph")
    return element


def are_joined(one: Slot, other: Slot) -> bool:
    """Does nothing that people see, and no edge of a link or a control, stand between two slots?"""
    return all(not isinstance(element.tag, str) or element.tag in _BETWEEN for element in _passed(one, other))


def is_outside_links(slot: Slot) -> bool:
    """Is there only the look of letters around a slot?"""
    element = slot.element.getparent() if slot.is_tail or slot.is_spaces else slot.element
    while element is not None and element.tag == SPAN:
        element = element.getparent()
    return element is not None and element.tag in _PARAGRAPHS


def pieces(slots: Sequence[Slot]) -> Iterator[list[Slot]]:
    """Yield the slots that no mark stands between, together: their words go, and come back, as one."""
    piece = list(slots[:1])
    for one, other in pairwise(slots):
        if any(element.tag not in (SPAN, SPACES) for element in _passed(one, other)):
            yield piece
            piece = []
        piece.append(other)
    yield piece


def _passed(one: Slot, other: Slot) -> Iterator[etree._Element]:
    """Yield the elements that begin, or end, between two slots of a story."""
    element, after = one.element, one.is_tail
    while (element, after) != (other.element, other.is_tail):
        following = element.getnext() if after else next(iter(element), None)
        if following is not None and (after or element.tag != _ANNOTATION):
            element, after = following, False
        elif after:
            parent = element.getparent()
            if parent is None:
                return
            element = parent
        else:
            after = True
        yield element
