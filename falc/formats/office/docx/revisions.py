"""Write edits into a Word document as tracked changes.

A run that a change cuts is taken apart: its pieces keep its properties, those that go are wrapped in a deletion, and
the new words come after them in an insertion that looks like the first of them.  What stands beside the text stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import count

from lxml import etree

from falc.formats.office.package import W
from falc.formats.office.review import Reviewer, writable

__all__ = ["Change", "shown", "track"]

_R, _T, _RPR, _INS, _ID = f"{W}r", f"{W}t", f"{W}rPr", f"{W}ins", f"{W}id"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = " \t\r\n"
_ALL_IDS = etree.XPath("//@w:id", namespaces={"w": W[1:-1]}, smart_strings=False)


@dataclass(frozen=True, slots=True)
class Change:
    """New words in place of characters of neighbouring text elements.

    `parts` are these elements in order, each with the first of its displayed characters that goes and the first one
    after it that stays.
    """

    parts: tuple[tuple[etree._Element, int, int], ...]
    new: str


def shown(text: etree._Element) -> str:
    """Return the characters of a text element that are displayed: blanks at its edges may not be."""
    characters = text.text or ""
    return characters if text.get(_SPACE) == "preserve" else characters.strip(_BLANKS)


def track(changes: Iterable[Change], reviewer: Reviewer, roots: Iterable[etree._Element]) -> None:
    """Write changes, in the order of the text and disjoint, as those of `reviewer`.

    `roots` are the parts of the document: no number of theirs is taken again.
    """
    used = {str(identifier) for root in roots if isinstance(found := _ALL_IDS(root), list) for identifier in found}
    tracker = _Tracker(reviewer, (number for i in count(1) if (number := str(i)) not in used))
    for change in changes:
        tracker.add(change)
    tracker.write()


@dataclass(frozen=True, slots=True)
class _Cut:
    """What a change does in one text element: characters go, then `new` comes, which looks like `look`."""

    change: Change
    start: int
    end: int
    new: str
    look: etree._Element | None


class _Tracker:
    """Gathers changes run by run, then takes each run apart once, whatever the number of its changes."""

    def __init__(self, reviewer: Reviewer, numbers: Iterator[str]) -> None:
        # The date as Word writes it: the time of the clock on the wall, marked Z all the same.
        self._by = {f"{W}author": writable(reviewer.author), f"{W}date": f"{reviewer.clock}Z"}
        self._numbers = numbers
        self._cuts: dict[etree._Element, list[_Cut]] = defaultdict(list)
        self._runs: dict[etree._Element, None] = {}
        self._deletions: dict[etree._Element, Change] = {}

    def add(self, change: Change) -> None:
        look = _parent(change.parts[0][0]).find(_RPR)
        for number, (text, start, end) in enumerate(change.parts, 1):
            new = change.new if number == len(change.parts) else ""
            self._cuts[text].append(_Cut(change, start, end, new, look))
            self._runs[_parent(text)] = None

    def write(self) -> None:
        for run in self._runs:
            self._take_apart(run)

    def _take_apart(self, run: etree._Element) -> None:
        spot = etree.Element(_R)
        run.addprevious(spot)
        children = [child for child in run if child.tag != _RPR]
        for child in children:
            run.remove(child)
        runs = self._like(run)
        live: etree._Element | None = None  # takes what stays, until something goes or comes
        for element, change in (piece for child in children for piece in self._pieces(child)):
            if change is None:
                if live is None:
                    live = next(runs)
                    spot.addprevious(live)
                live.append(element)
                continue
            live = None
            if element.tag == _INS:
                spot.addprevious(element)
            else:
                deleted = next(runs)
                deleted.append(element)
                self._delete(deleted, change, spot)
        _parent(spot).remove(spot)

    def _like(self, run: etree._Element) -> Iterator[etree._Element]:
        """Yield an emptied run, then copies of it."""
        yield run
        while True:
            copy = etree.Element(_R, {str(key): str(value) for key, value in run.items()})
            self._give_look(copy, run.find(_RPR))
            yield copy

    def _give_look(self, run: etree._Element, look: etree._Element | None) -> None:
        if look is None:
            return
        copy = deepcopy(look)
        copy.tail = None
        for earlier in copy.iterchildren(f"{W}rPrChange"):  # somebody's change of format, once more
            earlier.set(_ID, next(self._numbers))
        run.append(copy)

    def _pieces(self, child: etree._Element) -> Iterator[tuple[etree._Element, Change | None]]:
        """Yield a child of a run piece by piece; what goes, and the insertions, with their change."""
        cuts = self._cuts.get(child)
        if cuts is None:
            yield child, None
            return
        characters, position = shown(child), 0
        for cut in cuts:
            if cut.start > position:
                yield _text(_T, characters[position : cut.start]), None
            if cut.end > cut.start:
                yield _text(f"{W}delText", characters[cut.start : cut.end]), cut.change
            if cut.new:
                yield self._inserted(cut), cut.change
            position = cut.end
        if position < len(characters):
            yield _text(_T, characters[position:]), None

    def _inserted(self, cut: _Cut) -> etree._Element:
        insertion = self._marked(_INS)
        run = etree.SubElement(insertion, _R)
        self._give_look(run, cut.look)
        run.append(_text(_T, cut.new))
        return insertion

    def _delete(self, run: etree._Element, change: Change, spot: etree._Element) -> None:
        """Put a deleted run before `spot`, with the runs just before that the same change deletes."""
        deletion = spot.getprevious()
        if deletion is None or self._deletions.get(deletion) is not change:
            deletion = self._marked(f"{W}del")
            spot.addprevious(deletion)
            self._deletions[deletion] = change
        deletion.append(run)

    def _marked(self, tag: str) -> etree._Element:
        return etree.Element(tag, {_ID: next(self._numbers), **self._by})


def _text(tag: str, characters: str) -> etree._Element:
    element = etree.Element(tag, {_SPACE: "preserve"})
    element.text = characters
    return element


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"{element.tag} has no parent")
    return parent
