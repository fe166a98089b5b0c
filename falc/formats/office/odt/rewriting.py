"""Write other words into a paragraph of an OpenDocument text: blanks stay as they are displayed.

The file displays blanks side by side once, and none at the start of a paragraph; `text:s` stands for the others.  So
what is written depends on what is displayed before, and words that go may change how the next blank must be written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from falc.formats.office.odt.package import TEXT
from falc.model import Span

__all__ = ["Cut", "Line", "Part", "Slot", "rewrite"]

SPACES, SPAN = f"{TEXT}s", f"{TEXT}span"
_COUNT = f"{TEXT}c"
_BLANKS = frozenset(" \t\r\n")
_BLANKS_TO_SPELL = re.compile(r"\A +| {2,}")  # the others are written as they are

Part = str | etree._Element


@dataclass(eq=False, slots=True)
class Slot:
    """Displayed characters that stand side by side in the file: the text of an element, or what follows it.

    `span` counts in the document's text.  A `text:s` is one too: the blanks that it stands for.  What is not
    `editable` is displayed by a field, or is no text.
    """

    element: etree._Element
    is_tail: bool
    span: Span
    shown: str
    editable: bool = True

    @property
    def is_spaces(self) -> bool:
        return not self.is_tail and self.element.tag == SPACES

    @property
    def swallows(self) -> bool:
        """Does the file not display a blank that comes next?"""
        return self.shown.endswith(" ") and not self.is_spaces

    @property
    def starts_blank(self) -> bool:
        """Does the file hold a blank at the start, displayed or not?"""
        text = self.element.tail if self.is_tail else self.element.text
        return (text or "")[:1] in _BLANKS

    @property
    def holds_blanks(self) -> bool:
        """Does the display of a blank at the start hang on what comes before?"""
        return self.editable and self.starts_blank and not self.is_spaces


@dataclass(frozen=True, slots=True)
class Cut:
    """What to put in place of some characters; `start` and `end` count in the document's text."""

    start: int
    end: int
    parts: tuple[Part, ...]

    @property
    def marked(self) -> bool:
        """Are there marks of a tracked change?"""
        return any(not isinstance(part, str) for part in self.parts)


def rewrite(slots: Sequence[Slot], cuts: Mapping[Slot, Sequence[Cut]], length: int) -> None:
    """Make the cuts of a paragraph, all of whose slots are given; `length` is that of its text afterwards."""
    swallows = swallowed = True  # is a blank that comes next not displayed, now and as it was?
    written, disturbed, marked = 0, False, False
    emptied: list[etree._Element] = []
    for slot in slots:
        its_cuts, swallows_next = cuts.get(slot, ()), slot.swallows if slot.shown else swallowed
        text = _shown_after(slot, its_cuts)
        written += len(text)
        marked = any(cut.marked for cut in its_cuts) or (marked and disturbed)
        if its_cuts and slot.is_spaces and not text.strip(" ") and not marked:
            _count(slot.element, len(text), emptied)
            swallows = swallows and not text
            disturbed = True
        elif its_cuts or (disturbed and slot.holds_blanks and (swallows is not swallowed or (marked and swallowed))):
            line = Line(swallows)
            _fill(line, slot, its_cuts, swallowed, ends=written == length)
            _put(line, slot)
            swallows, disturbed = line.swallows, True
        elif slot.shown:
            swallows, disturbed = slot.swallows, False
        swallowed = swallows_next
    for element in emptied:
        _drop(element)


def _shown_after(slot: Slot, cuts: Sequence[Cut]) -> str:
    """Return what a slot displays once its cuts are made."""
    parts, position, start = list[str](), 0, slot.span.start
    for cut in cuts:
        parts += (slot.shown[position : cut.start - start], *(part for part in cut.parts if isinstance(part, str)))
        position = cut.end - start
    return "".join([*parts, slot.shown[position:]])


def _fill(line: Line, slot: Slot, cuts: Sequence[Cut], swallowed: bool, *, ends: bool) -> None:
    """Write what a slot holds once its cuts are made."""
    position, start, spell = 0, slot.span.start, slot.is_spaces
    for cut in cuts:
        line.text(slot.shown[position : cut.start - start], spell=spell)
        for part in cut.parts:
            if isinstance(part, str):
                line.text(part)
            else:
                line.element(part)
        position = cut.end - start
        # Without the words added here, a blank that comes next would not be displayed.
        spell = slot.is_spaces or (cut.marked and (slot.shown[position - 1] == " " if position else swallowed))
    line.text(slot.shown[position:], spell=spell)
    if ends:
        line.end()


def _put(line: Line, slot: Slot) -> None:
    """Put what was written in place of what a slot holds."""
    if slot.is_tail:
        line.put_after(slot.element)
        return
    if slot.is_spaces:  # it holds words now
        slot.element.tag = SPAN
        slot.element.attrib.pop(_COUNT, "")
    line.put_in(slot.element)


class Line:
    """Texts and elements in turn, as the file writes them one after the other."""

    def __init__(self, swallows: bool) -> None:
        self.swallows = swallows  # a blank that comes next is not displayed
        self._texts: list[list[str]] = [[]]
        self._elements: list[etree._Element] = []

    def element(self, element: etree._Element) -> None:
        """Add an element, with nothing after it yet."""
        self._elements.append(element)
        self._texts.append([])

    def text(self, text: str, *, spell: bool = False) -> None:
        """Add a text to display; when asked, `spell` the blank at its start."""
        position = 0
        for match in _BLANKS_TO_SPELL.finditer(text):
            start, end = match.span()
            plain = bool(start or not (self.swallows or spell))
            self._texts[-1].append(text[position:start] + " " * plain)
            if end - start > plain:
                self.element(_spaces(end - start - plain))
            position = end
        self._texts[-1].append(text[position:])
        if text:
            self.swallows = self._last.endswith(" ")

    @property
    def _last(self) -> str:
        return next((text for text in reversed(self._texts[-1]) if text), "")

    def end(self) -> None:
        """Spell the blank at the end, after which nothing is displayed."""
        if self._last.endswith(" "):
            self._texts[-1] = ["".join(self._texts[-1])[:-1]]
            self.element(_spaces(1))
            self.swallows = False

    def put_in(self, element: etree._Element) -> None:
        """Put all at the start of an element, in place of its text."""
        element.text = None
        for index, child in enumerate(self._elements):
            if index:
                self._elements[index - 1].addnext(child)
            else:
                element.insert(0, child)
        element.text = self._end(0)
        self._set_tails()

    def put_after(self, element: etree._Element) -> None:
        """Put all behind an element, in place of what follows it."""
        element.tail = None
        for previous, child in zip([element, *self._elements], self._elements, strict=False):
            previous.addnext(child)
        element.tail = self._end(0)
        self._set_tails()

    def _set_tails(self) -> None:
        for index, element in enumerate(self._elements, 1):
            element.tail = self._end(index)

    def _end(self, index: int) -> str | None:
        return "".join(self._texts[index]) or None


def _spaces(count: int) -> etree._Element:
    return etree.Element(SPACES, {_COUNT: str(count)} if count > 1 else {})


def _count(spaces: etree._Element, count: int, emptied: list[etree._Element]) -> None:
    if count > 1:
        spaces.set(_COUNT, str(count))
    elif count == 1:
        spaces.attrib.pop(_COUNT, "")
    else:
        emptied.append(spaces)


def _drop(element: etree._Element) -> None:
    """Take an element away; what follows it stays."""
    parent, previous, tail = element.getparent(), element.getprevious(), element.tail or ""
    if previous is not None:
        previous.tail = (previous.tail or "") + tail or None
    elif parent is not None:
        parent.text = (parent.text or "") + tail or None
    if parent is not None:
        element.tail = None
        parent.remove(element)
