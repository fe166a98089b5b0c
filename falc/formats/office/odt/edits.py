"""Write edits into the texts of an OpenDocument text, plainly or as tracked changes.

Only displayed characters change.  The new words go where the first of those that they replace stands, with its look.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from falc.edits import narrowed
from falc.formats.office.odt.package import open_odt
from falc.formats.office.odt.protection import Protection, refuse_protected
from falc.formats.office.odt.revisions import Changes
from falc.formats.office.odt.rewriting import Cut, Part, Slot, rewrite
from falc.formats.office.odt.slots import Slots, are_joined, is_outside_links, paragraph_of, pieces
from falc.formats.office.odt.story import Paragraph
from falc.formats.office.odt.text import live_text, saved_odt
from falc.formats.office.review import Doing, Reviewer
from falc.model import Edit, Span

__all__ = ["OdtText"]

_NOT_PLAIN = re.compile("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # a line end, a tab, what XML lacks
_FIRST_WORD = re.compile(r"\s*\S+|\s+")


@dataclass(eq=False, slots=True)
class _Paragraph:
    """All slots of a paragraph, and those that show something; the same ones in other headers of the same text."""

    slots: tuple[Slot, ...]
    shown: tuple[Slot, ...]
    copies: tuple[_Paragraph, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """The paragraph of an edit, and the first and the last that it touches of the slots that show something."""

    paragraph: _Paragraph
    first: int
    last: int

    def versions(self) -> Iterator[tuple[_Paragraph, tuple[Slot, ...]]]:
        """Yield the paragraph, then its copies, each with the slots that the edit touches."""
        for paragraph in (self.paragraph, *self.paragraph.copies):
            yield paragraph, paragraph.shown[self.first : self.last + 1]


class OdtText:
    """The texts of an OpenDocument text, by their place in the text of its document."""

    def __init__(self, data: bytes) -> None:
        self._data, self._file = data, open_odt(data)
        self._protection = Protection(self._file.roots())
        slots = Slots(self._file.roots())
        self._shown: list[tuple[_Paragraph, int]] = []
        for paragraph in live_text(self._file):
            with_slots = _with_slots(paragraph, slots, paragraph.nodes[0].span.start)
            self._shown += ((with_slots, index) for index in range(len(with_slots.shown)))
        self._starts = [paragraph.shown[index].span.start for paragraph, index in self._shown]

    def refuse(self, doing: Doing) -> None:
        """Raise FalcError, in plain French, when the file is protected against what falc wants to do."""
        refuse_protected(self._file, doing)

    def takes(self, edit: Edit) -> bool:
        """Can the edit be written without any change but that of words?

        No when it leaves no words in a paragraph, which would then count no more.
        """
        place = None if _NOT_PLAIN.search(edit.text) else self._place(edit.span)
        return place is not None and all(
            all(slot.editable for slot in touched)
            and all(are_joined(one, other) for one, other in pairwise(touched))
            and not self._protection.holds(paragraph_of(touched[0]))
            and not _hangs_on(paragraph.shown[place.last + 1 : place.last + 2])
            and (bool(edit.text.strip()) or _leaves_words(paragraph, edit.span))
            for paragraph, touched in place.versions()
        )

    def tracks(self, edit: Edit) -> bool:
        """Can an edit that `takes` accepts be tracked?  LibreOffice keeps no track of changes in drawings."""
        place = self._place(edit.span)
        return place is not None and all(
            self._protection.tracks(paragraph_of(touched[0])) for _, touched in place.versions()
        )

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """Return the file with the edits made; each is one that `takes` accepts, and none overlaps another."""
        return self._written(edits, None)

    def tracked(self, edits: Sequence[Edit], reviewer: Reviewer) -> bytes:
        """Return the file with the same edits as tracked changes of `reviewer`; those `tracks` refuses are left out."""
        return self._written([edit for edit in edits if self.tracks(edit)], Changes(self._file.roots(), reviewer))

    def _place(self, span: Span) -> _Place | None:
        """Return where the whole of a span is displayed, if one paragraph does."""
        if span.start == span.end:
            return self._point(span.start)
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        places = self._shown[first : bisect_left(self._starts, span.end)]
        if not places:
            return None
        (paragraph, start), (other, end) = places[0], places[-1]
        one, last = paragraph.shown[start].span, other.shown[end].span
        if other is not paragraph or not one.start <= span.start < one.end or last.end < span.end:
            return None
        return _Place(paragraph, start, end)

    def _point(self, position: int) -> _Place | None:
        """Return where words can be added: in the middle of others, else with the look of those before."""
        after = bisect_left(self._starts, position)
        around = [
            (paragraph, index)
            for paragraph, index in self._shown[max(after - 1, 0) : after + 1]
            if paragraph.shown[index].span.start <= position <= paragraph.shown[index].span.end
        ]
        slots = [paragraph.shown[index] for paragraph, index in around]
        if len(slots) == 1:
            inside = slots[0].span.start < position < slots[0].span.end
            # At the edge of a link, nobody knows whether they belong to it.
            alone = inside or is_outside_links(slots[0])
        else:
            alone = len(slots) == 2 and are_joined(*slots)
        return _Place(around[0][0], around[0][1], around[0][1]) if alone else None

    def _written(self, edits: Sequence[Edit], changes: Changes | None) -> bytes:
        made: dict[_Paragraph, dict[Slot, list[Cut]]] = {}
        grown: dict[_Paragraph, int] = defaultdict(int)
        edits = sorted(edits, key=lambda edit: edit.span)
        for edit, following in zip_longest(edits, edits[1:]):
            place = self._place(edit.span)
            if place is None:
                continue
            least = _least(edit, place)
            if changes is not None:
                least = _apart(least, place, following)
            if not least.text and least.span.start == least.span.end:
                continue
            for paragraph, touched in place.versions():
                cuts = made.setdefault(paragraph, defaultdict(list))
                for slot, cut in _cuts(least, touched, changes):
                    cuts[slot].append(cut)
                grown[paragraph] += len(least.text) - (least.span.end - least.span.start)
        changed = [paragraph_of(slot) for cuts in made.values() for slot in cuts]
        for paragraph, cuts in made.items():
            rewrite(paragraph.slots, cuts, grown[paragraph] + sum(len(slot.shown) for slot in paragraph.shown))
        return saved_odt(self._file, self._data, changed)


def _with_slots(paragraph: Paragraph, slots: Slots, start: int) -> _Paragraph:
    """Give a paragraph, and its copies, the slots of a text that starts at `start` in that of the document."""
    its_slots = tuple(slots.of(paragraph.sources, start))
    copies = tuple(_with_slots(copy, slots, start) for copy in paragraph.copies)
    return _Paragraph(its_slots, tuple(slot for slot in its_slots if slot.shown), copies)


def _hangs_on(following: Sequence[Slot]) -> bool:
    """Does a field come next whose first blank is displayed or not according to what is before it?"""
    return any(not slot.editable and slot.starts_blank for slot in following)


def _leaves_words(paragraph: _Paragraph, span: Span) -> bool:
    """Does a paragraph still show something without the characters of a span?"""
    return any(_outside(slot, span).strip(" \t\n\u00ad") for slot in paragraph.shown)


def _outside(slot: Slot, span: Span) -> str:
    start = slot.span.start
    return slot.shown[: max(span.start - start, 0)] + slot.shown[max(span.end - start, 0) :]


def _within(slot: Slot, span: Span) -> str:
    start = slot.span.start
    return slot.shown[max(span.start - start, 0) : max(span.end - start, 0)]


def _least(edit: Edit, place: _Place) -> Edit:
    """Return what an edit really changes: so words that it gives back keep their look."""
    touched = place.paragraph.shown[place.first : place.last + 1]
    return narrowed(edit, "".join(_within(slot, edit.span) for slot in touched))


def _apart(edit: Edit, place: _Place, following: Edit | None) -> Edit:
    """Return an edit that does not only add words at the start of a paragraph: the next word is written again.

    LibreOffice joins what is added at the end of a paragraph and at the start of the next one, and takes the end of
    the paragraph for a part of it: to reject that would make them one paragraph.
    """
    start, first = edit.span.start, place.paragraph.shown[0]
    if not edit.text or start < edit.span.end or start > first.span.start:
        return edit
    word = _FIRST_WORD.match(first.shown)
    end = start + len(word[0]) if word else start
    if following is not None:
        end = min(end, following.span.start)
    return Edit(Span(start, end), edit.text + first.shown[: end - start])


def _cuts(edit: Edit, touched: Sequence[Slot], changes: Changes | None) -> Iterator[tuple[Slot, Cut]]:
    """Yield what to cut for an edit, tracked if `changes` takes note of it."""
    span = edit.span
    slots = [slot for slot in touched if slot.span.overlaps(span)]
    if span.start == span.end:
        slots = [slot for slot in touched if slot.span.start < span.start][-1:] or list(touched[:1])
    for piece in pieces(slots) if changes is not None else [slots]:
        for slot in piece:
            parts: list[Part] = []
            if changes is not None and slot is piece[0] and span.start < span.end:
                parts.append(changes.deletion(paragraph_of(slot), [(slot, _within(slot, span)) for slot in piece]))
            if changes is not None and slot is slots[0] and edit.text:
                start, end = changes.insertion(paragraph_of(slot))
                parts += (start, edit.text, end)
            elif slot is slots[0]:
                parts.append(edit.text)
            yield slot, Cut(max(span.start, slot.span.start), min(span.end, slot.span.end), tuple(parts))
