"""The pieces of text of one paragraph: blanks collapsed, fields whole, hidden text left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from falc.formats.office.odt.looks import Inline
from falc.formats.office.odt.story import DrawingMark, Gathered, LinkMark, Source
from falc.formats.office.story import ShownText
from falc.model import Span

_BLANKS = re.compile(r"[ \t\r\n]+")


Mark = tuple[int, int, bool]


@dataclass(slots=True)
class Piece:
    """A text node that has no place yet."""

    text: str
    inline: Inline
    placeholder: str | None = None


class Pieces:
    """Collects what one paragraph shows, in order."""

    def __init__(self, inline: Inline, unread: Counter[str]) -> None:
        self.pieces: list[Piece] = []
        self.sources: list[Source] = []
        self.links: list[LinkMark] = []
        self.drawings: list[tuple[DrawingMark, int]] = []
        self.hidden = self.turned = False
        self.muted = False  # what comes is deleted text that the file still holds
        self._unread = unread
        self.looks = [inline]  # those that the present place is in, that of the paragraph first
        self.after_blank = True  # the file shows no blank that comes next
        self._slot: tuple[etree._Element, str] | None = None
        self._filled: Piece | None = None
        self._parts: list[str] = []
        self._slot_start = 0

    @property
    def inline(self) -> Inline:
        """The look of the letters at the present place."""
        return self.looks[-1]

    def push(self, inline: Inline) -> None:
        """Go into letters with another look."""
        self.looks.append(inline)

    def pop(self) -> None:
        """Come back out of them."""
        self.looks.pop()

    def characters(self, element: etree._Element, is_tail: bool, text: str, inline: Inline | None = None) -> None:
        """Add text of the file, in which blanks count once and not at the start; `inline` is its look if it is new."""
        shown = text
        if "\n" in text or "  " in text or "\t" in text or "\r" in text:
            shown = _BLANKS.sub(" ", text)
        if self.after_blank and shown[0] == " ":
            shown = shown[1:]
        if shown:
            self.after_blank = shown[-1] == " "
            if not self.muted:
                self._add(element, is_tail, shown, inline or self.looks[-1])
        elif self._slot is None and not self.muted:
            self.sources.append(Source(element, is_tail, ""))

    def sign(self, element: etree._Element, text: str) -> None:
        """Add what an element stands for: a tab, some spaces."""
        if text:
            self.after_blank = False
            if not self.muted:
                self._add(element, False, text, self.looks[-1])

    def mark(self) -> Mark:
        """Return the present place, to which `go_back` can go back."""
        return len(self.pieces), len(self.sources), self.after_blank

    def go_back(self, mark: Mark) -> None:
        """Forget what came since a place: the instruction of a field that shows words of the letter."""
        if self._slot is None:
            pieces, sources, self.after_blank = mark
            del self.pieces[pieces:]
            del self.sources[sources:]

    def open_slot(self, element: etree._Element, name: str) -> bool:
        """Start a field whose value is not known; one inside another is a part of it."""
        if self._slot is not None or self.muted:
            return False
        self._slot, self._filled, self._parts, self._slot_start = (element, name), None, [], len(self.pieces)
        return True

    def restart_slot(self) -> None:
        """Forget what stood before the result of the open field: its instruction."""
        if self._slot is not None:
            del self.pieces[self._slot_start :]
            self._filled, self._parts = None, []

    def is_slot(self, element: etree._Element) -> bool:
        """Is `element` the field that is open?"""
        return self._slot is not None and self._slot[0] is element

    def close_slot(self, end: etree._Element) -> None:
        """End the open field, if there is one, at `end`; it shows its name when it shows nothing else."""
        if self._slot is None:
            return
        (start, name), piece = self._slot, self._filled
        if piece is None and not self.inline.hidden:
            piece = Piece("", self.inline, name)
            self.pieces.append(piece)
            self.after_blank = False
        if piece is not None:
            shown = "".join(self._parts)
            piece.text = shown if shown.strip() else f"«{name}»"
            self.sources.append(Source(start, False, piece.text, end))
        self._slot = self._filled = None

    def nodes(self, found: Gathered) -> Iterator[ShownText]:
        """Yield the texts, at the end of the text of the document, if they show something."""
        whole = "".join([piece.text for piece in self.pieces])
        if whole and not whole.isspace():
            found.start_paragraph()
            start = found.collector.append(whole).start
            for piece in self.pieces:
                end = start + len(piece.text)
                yield ShownText(Span(start, end), piece.text, piece.inline.format, piece.placeholder)
                start = end

    def _add(self, element: etree._Element, is_tail: bool, text: str, inline: Inline) -> None:
        if inline.hidden:
            self._unread["hidden"] += 1
            return
        self.turned |= inline.turned
        if self._slot is None:
            self.pieces.append(Piece(text, inline))
            self.sources.append(Source(element, is_tail, text))
        elif self._filled is None:
            self._filled, self._parts = Piece("", inline, self._slot[1]), [text]
            self.pieces.append(self._filled)
        else:
            self._parts.append(text)
