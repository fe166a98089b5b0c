"""What a block shows, as pieces with one look each: placeholders as they are written, notes by their marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from falc.document import Block, BlockKind, Document, SegmentKind
from falc.formats.templates import HIDDEN, USUAL
from falc.french.boundaries import sentence_spans
from falc.model import Span
from falc.objects import Link
from falc.texts import texts

__all__ = ["Piece", "shown_pieces", "tags_between"]

# In these, the text of the document is the file itself, with its markup.
_MARKED_UP = frozenset({"text", "markdown", "html"})
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\ufdd0]+")
_HIDDEN_RUN = re.compile(f"{HIDDEN}+")
_WHOLE = frozenset({BlockKind.HEADING, BlockKind.CAPTION})
_NUMBERS = ("PAGE", "NUMPAGES")
_TOTALS = frozenset({"NUMPAGES", "SECTIONPAGES"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one look; a line feed breaks the line.  `field` is a page number: PAGE or NUMPAGES."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    link: str | None = None
    field: str | None = None


def shown_pieces(document: Document, *, sentences: bool) -> Callable[[Block], list[Piece]]:
    """Return what gives the pieces of a block of `document`; with `sentences`, each sentence begins a line."""
    show = _Shown(document, sentences)
    return show.pieces


def tags_between(document: Document, start: int, end: int) -> list[str]:
    """Return the lines of what stands between two blocks: the tags of a template, and lines to fill in.

    Nothing stands there when the list is empty.
    """
    if start >= end:
        return []
    if document.format not in _MARKED_UP:
        return [_INVISIBLE.sub("", line) for line in document.text[start:end].split("\n")]
    tags = list(_hidden(document, start, end))
    return ["", *tags, ""] if tags else []


class _Shown:
    def __init__(self, document: Document, sentences: bool) -> None:
        self._document, self._sentences = document, sentences
        links = sorted(document.objects.links, key=lambda link: link.span.start)
        self._links = [link for link in links if link.kind == "link" and link.span.start < link.span.end]
        self._starts = [link.span.start for link in self._links]
        self._notes = [(link.span.start, mark) for link, mark in _marks(links)]
        self._note_starts = [start for start, _ in self._notes]

    def pieces(self, block: Block) -> list[Piece]:
        """Return the pieces of a block."""
        source = block.source(Span(0, len(block.text)))
        links = list(self._links_in(block, source))
        breaks = list(self._breaks(block.text)) if self._sentences and block.kind not in _WHOLE else []
        if self._document.format == "text":
            breaks = list(self._unwrapped(block.text, breaks))
        notes = self._notes_in(source)
        cuts = {position for run in block.runs for position in (run.span.start, run.span.end)}
        cuts.update(position for span, _ in links for position in (span.start, span.end))
        cuts.update(position for span, _ in breaks for position in (span.start, span.end))
        found: list[Piece] = []
        number = 0
        cursor = _Cursor(block, sorted(cuts), links, breaks)
        end = source.start
        for segment in block.segments:
            found += (Piece(tag) for tag in tags_inside(self._document, end, segment.source.start))
            while notes and notes[0][0] <= segment.source.start:
                found.append(Piece(notes.pop(0)[1]))
            end = max(end, segment.source.end)
            if segment.kind is SegmentKind.PLACEHOLDER:
                written = self._document.slice(segment.source)
                field = _page_field(block, written.strip("« »"), number)
                number += field is not None
                found.append(cursor.piece(segment.start, "1" if field else written, field))
                continue
            position = segment.start
            while notes and segment.kind is SegmentKind.TEXT and notes[0][0] < segment.source.end:
                at = segment.start + notes[0][0] - segment.source.start
                found += cursor.between(position, at)
                found.append(Piece(notes.pop(0)[1]))
                position = at
            found += cursor.between(position, segment.end)
        found += (Piece(mark) for _, mark in notes)
        return [piece for piece in found if piece.text]

    def _links_in(self, block: Block, source: Span) -> Iterator[tuple[Span, str]]:
        index = bisect_right(self._starts, source.start)
        for link in self._links[max(index - 1, 0) :]:
            if link.span.start >= source.end:
                return
            if link.span.end > source.start and (shown := block.shown_at(link.span)):
                yield shown, link.target

    def _notes_in(self, source: Span) -> list[tuple[int, str]]:
        first = bisect_right(self._note_starts, source.start - 1)
        return self._notes[first : bisect_right(self._note_starts, source.end)]

    def _breaks(self, text: str) -> Iterator[tuple[Span, str]]:
        """Yield the blanks between two sentences; a line ends there."""
        end = None
        for sentence in sentence_spans(text):
            if end is not None and end < sentence.start:
                yield Span(end, sentence.start), "\n"
            end = sentence.end

    def _unwrapped(self, text: str, breaks: list[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
        """Yield also the line ends inside a sentence, which a typist made: a blank stands there."""
        ends = {span.start: (span, sign) for span, sign in breaks}
        for sentence in sentence_spans(text):
            for match in re.finditer(r"(?<![ \t])[ \t]*(?:\r\n|[\r\n])[ \t]*", text[sentence.start : sentence.end]):
                span = Span(sentence.start + match.start(), sentence.start + match.end())
                ends[span.start] = span, " "
        for start in sorted(ends):
            yield ends[start]


def _page_field(block: Block, written: str, before: int) -> str | None:
    """Return the page number that a placeholder of a header or a footer is: the second one counts the pages."""
    if block.kind not in (BlockKind.HEADER, BlockKind.FOOTER):
        return None
    if written.upper() in _TOTALS:
        return "NUMPAGES"
    return _NUMBERS[min(before, 1)] if written.isdigit() or written.upper() == "PAGE" else None


class _Cursor:
    """Gives the pieces of a block from left to right."""

    def __init__(
        self, block: Block, cuts: list[int], links: list[tuple[Span, str]], breaks: list[tuple[Span, str]]
    ) -> None:
        self._block, self._cuts = block, cuts
        self._links, self._breaks = links, breaks
        self._link = self._break = 0

    def between(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces of `start:end` of the block's text."""
        while start < end:
            index = bisect_right(self._cuts, start)
            stop = min(self._cuts[index] if index < len(self._cuts) else end, end)
            yield self.piece(start, self._text(start, stop))
            start = stop

    def piece(self, start: int, text: str, field: str | None = None) -> Piece:
        """Return a piece with the look that the block has at `start` of its text."""
        look = self._block.format_at(start)
        while self._link < len(self._links) and self._links[self._link][0].end <= start:
            self._link += 1
        link = self._links[self._link] if self._link < len(self._links) else None
        target = link[1] if link is not None and link[0].start <= start else None
        if look is None:
            return Piece(text, link=target, field=field)
        return Piece(text, bool(look.bold), bool(look.italic), bool(look.strike), target, field)

    def _text(self, start: int, stop: int) -> str:
        while self._break < len(self._breaks) and self._breaks[self._break][0].end <= start:
            self._break += 1
        if self._break < len(self._breaks):
            span, sign = self._breaks[self._break]
            if span.start <= start:
                return sign if span.start == start else ""
        return self._block.text[start:stop].replace("\r\n", "\n").replace("\r", "\n")


def tags_inside(document: Document, start: int, end: int) -> Iterator[str]:
    """Yield the tags of a template between two pieces of one block."""
    if start >= end:
        return
    if document.format in _MARKED_UP:
        yield from _hidden(document, start, end)
    else:
        yield _INVISIBLE.sub("", document.text[start:end])


def _hidden(document: Document, start: int, end: int) -> Iterator[str]:
    """Yield the control tags of a marked up text, but those inside the markup itself."""
    text = document.text[start:end]
    seen = USUAL.opaque(text)
    inside, position = False, 0
    for match in _HIDDEN_RUN.finditer(seen):
        opened, closed = seen.rfind("<", position, match.start()), seen.rfind(">", position, match.start())
        inside = opened > closed if max(opened, closed) >= 0 else inside
        position = match.end()
        tag = _INVISIBLE.sub("", text[match.start() : match.end()])
        if tag and not (document.format == "html" and inside):
            yield tag


def _marks(links: list[Link]) -> Iterator[tuple[Link, str]]:
    """Yield the marks of notes, as the place of each note calls it."""
    said, counts = texts()["convert"], Counter[bool]()
    for link in links:
        if link.kind == "note" and link.span.start == link.span.end:
            at_end = "end" in link.target
            counts[at_end] += 1
            yield link, said["mark"].format(note=f"{said['endnote' if at_end else 'note']} {counts[at_end]}")
