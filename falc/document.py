"""A file as falc reads it: blocks of text, and the map from each character back to the file.

Two texts, one map.  `Document.text` is what public offsets count in: the decoded file
itself for plain text, Markdown and HTML; the extracted text for Office files.
`Block.text` is what is analysed: markup gone, entities decoded, placeholders replaced by
a stand-in word.  A block's segments tie the second to the first.  This module does all the
offset arithmetic of the project.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, pairwise

from falc.look import ParagraphFormat, TextFormat
from falc.model import Directive, Location, Span
from falc.objects import Objects

# A letter followed by combining marks: « é » typed as « e » + U+0301 (macOS, some PDFs); and what
# no reader sees but cuts words: soft hyphen, zero-width space, word joiner, byte order mark.
_UNPLAIN = re.compile(r"[^\W\d_][\u0300-\u036f]+|[\u00ad\u200b\u2060\ufeff]+")
_MAYBE_UNPLAIN = re.compile("[\u0300-\u036f\u00ad\u200b\u2060\ufeff]")  # ten times faster: most texts have none
# Only these end a line for editors, SARIF and LSP; str.splitlines() knows many more.
_LINE_END = re.compile(r"\r\n|\r|\n")


class SegmentKind(StrEnum):
    """How a piece of a block's text relates to the document's text."""

    TEXT = "text"  # the same characters; may be edited
    ENTITY = "entity"  # other characters for the same text (&eacute;); replaced whole or not at all
    PLACEHOLDER = "placeholder"  # a stand-in word for a merge field; never edited


class BlockKind(StrEnum):
    """What a block is in its document."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"
    CAPTION = "caption"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"


@dataclass(frozen=True, slots=True)
class Segment:
    """`start:end` of a block's text is `source` of the document's text."""

    start: int
    end: int
    source: Span
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a block that share one format; `span` counts in the block's text."""

    span: Span
    format: TextFormat


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something of the file that falc did not read, and why, in French."""

    what: str
    count: int
    why: str


@dataclass(frozen=True)
class Block:
    """A unit of text that no sentence crosses: a paragraph, a heading, a table cell…

    `level` is the outline level of a heading or the depth of a list item, from 1, else 0.
    `path` tells people where it is: « tableau 1, ligne 2, colonne 1 ».
    """

    text: str
    kind: BlockKind
    path: str
    segments: tuple[Segment, ...]
    level: int = 0
    runs: tuple[Run, ...] = ()
    format: ParagraphFormat = field(default_factory=ParagraphFormat)

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    @cached_property
    def _run_starts(self) -> list[int]:
        return [run.span.start for run in self.runs]

    def _segment_at(self, position: int) -> Segment:
        return self.segments[bisect_right(self._starts, position) - 1]

    def segments_in(self, span: Span) -> Iterator[Segment]:
        """Yield the segments that share a character with `span` of the block's text."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        for index in range(first, len(self.segments)):  # a slice would copy the rest at each call
            segment = self.segments[index]
            if segment.start >= span.end:
                return
            if segment.end > span.start:
                yield segment

    def runs_in(self, span: Span) -> Iterator[Run]:
        """Yield the runs that share a character with `span` of the block's text."""
        first = max(bisect_right(self._run_starts, span.start) - 1, 0)
        for index in range(first, len(self.runs)):
            run = self.runs[index]
            if run.span.start >= span.end:
                return
            if run.span.end > span.start:
                yield run

    def source(self, span: Span) -> Span:
        """Return where `span`, not empty, of the block's text stands in the document's text."""
        first, last = self._segment_at(span.start), self._segment_at(span.end - 1)
        start, end = first.source.start, last.source.end
        if first.kind is SegmentKind.TEXT:
            start += span.start - first.start
        if last.kind is SegmentKind.TEXT:
            end -= last.end - span.end
        return Span(start, end)

    def shown_at(self, source: Span) -> Span | None:
        """Return what `source` of the document's text became in the block's text, if any of it is shown."""
        first = bisect_right(self.segments, source.start, key=lambda segment: segment.source.end)
        spans = []
        for index in range(first, len(self.segments)):
            segment = self.segments[index]
            if segment.source.start >= source.end:
                break
            if segment.kind is SegmentKind.TEXT:
                offset = segment.start - segment.source.start
                start, end = max(source.start, segment.source.start), min(source.end, segment.source.end)
                spans.append(Span(start + offset, end + offset))
            else:
                spans.append(Span(segment.start, segment.end))
        return Span(spans[0].start, spans[-1].end) if spans else None

    def source_text(self, span: Span, document_text: str) -> str:
        """Return `span` as a reader of the file sees it: no markup, placeholders by their names."""
        pieces = []
        for segment in self.segments_in(span):
            if segment.kind is SegmentKind.PLACEHOLDER:
                pieces.append(document_text[segment.source.start : segment.source.end])
            else:
                pieces.append(self.text[max(segment.start, span.start) : min(segment.end, span.end)])
        return "".join(pieces)

    def is_placeholder(self, span: Span) -> bool:
        """Is `span` of the block's text made of placeholders only?"""
        return all(s.kind is SegmentKind.PLACEHOLDER for s in self.segments_in(span))

    def editable(self, span: Span) -> bool:
        """May `span` of the block's text be replaced as a whole?

        It may when it holds no placeholder, cuts no entity, and nothing that the reader
        does not see (markup) stands inside it.
        """
        segments = list(self.segments_in(span))
        for segment in segments:
            if segment.kind is SegmentKind.PLACEHOLDER:
                return False
            if segment.kind is SegmentKind.ENTITY and not (span.start <= segment.start and segment.end <= span.end):
                return False
        return all(a.source.end == b.source.start for a, b in pairwise(segments))

    def with_standins(self, standins: Iterable[tuple[Span, str]]) -> Block:
        """Return the block with each span of its text replaced by a placeholder's stand-in word.

        Spans are sorted and disjoint, and count in the text as it is now.
        """
        builder = BlockBuilder(self.kind, self.path, self.level, self.format)
        position = 0
        for span, word in standins:
            builder.copy(self, Span(position, span.start))
            builder.standin(word, self.source(span), SegmentKind.PLACEHOLDER, self.format_at(span.start))
            position = span.end
        builder.copy(self, Span(position, len(self.text)))
        return builder.build()

    def format_at(self, position: int) -> TextFormat | None:
        """Return the character format at `position` of the block's text."""
        return next((run.format for run in self.runs_in(Span(position, position + 1))), None)


class BlockBuilder:
    """Collect the pieces of a block in reading order."""

    def __init__(self, kind: BlockKind, path: str, level: int = 0, format: ParagraphFormat | None = None) -> None:
        self.kind, self.path, self.level = kind, path, level
        self.format = format or ParagraphFormat()
        self._length = 0
        # As they come: texts with their sources (from, to), and formats.  Those that go on are joined at the end.
        self._pieces: list[tuple[str, int, int, SegmentKind]] = []
        self._formats: list[tuple[int, int, TextFormat]] = []

    def text(self, text: str, start: int, format: TextFormat | None = None) -> None:
        """Add characters that stand at `start` of the document's text, as they are.

        A letter in several code points is composed and becomes an entity of its own; invisible signs are left out.
        """
        position = 0
        for match in _UNPLAIN.finditer(text) if _MAYBE_UNPLAIN.search(text) else ():
            at, end = start + match.start(), start + match.end()
            self._add(text[position : match.start()], start + position, at, SegmentKind.TEXT, format)
            if match[0][0].isalpha():
                self._add(unicodedata.normalize("NFC", match[0]), at, end, SegmentKind.ENTITY, format)
            position = match.end()
        self._add(text[position:], start + position, start + len(text), SegmentKind.TEXT, format)

    def standin(self, shown: str, source: Span, kind: SegmentKind, format: TextFormat | None = None) -> None:
        """Add characters that differ from the document's text at `source`."""
        self._add(shown, source.start, source.end, kind, format)

    def copy(self, block: Block, span: Span) -> None:
        """Add `span` of another block's text, with its sources and formats."""
        for segment in block.segments_in(span):
            start, end = max(segment.start, span.start), min(segment.end, span.end)
            source, offset = segment.source, self._length - start
            if segment.kind is SegmentKind.TEXT:
                source = Span(source.start + start - segment.start, source.start + end - segment.start)
            self._add(block.text[start:end], source.start, source.end, segment.kind, None)
            for run in block.runs_in(Span(start, end)):
                first, last = max(run.span.start, start), min(run.span.end, end)
                self._formats.append((first + offset, last + offset, run.format))

    def _add(self, shown: str, source: int, end: int, kind: SegmentKind, format: TextFormat | None) -> None:
        if not shown:
            return
        start = self._length
        self._length += len(shown)
        self._pieces.append((shown, source, end, kind))
        if format is not None:
            self._formats.append((start, self._length, format))

    def _segments(self) -> Iterator[Segment]:
        start = end = source = source_end = 0
        kind = SegmentKind.TEXT
        for shown, first, last, of in self._pieces:
            if not (first == source_end and of is kind is SegmentKind.TEXT):
                if end:
                    yield Segment(start, end, Span(source, source_end), kind)
                start, source, kind = end, first, of
            end, source_end = end + len(shown), last
        if end:
            yield Segment(start, end, Span(source, source_end), kind)

    def _runs(self) -> Iterator[Run]:
        start = end = 0
        current: TextFormat | None = None
        for first, last, look in self._formats:
            if first != end or (look is not current and look != current):
                if current is not None:
                    yield Run(Span(start, end), current)
                start, current = first, look
            end = last
        if current is not None:
            yield Run(Span(start, end), current)

    def build(self) -> Block:
        return Block(
            text="".join([piece[0] for piece in self._pieces]),
            kind=self.kind,
            path=self.path,
            segments=tuple(self._segments()),
            level=self.level,
            runs=tuple(self._runs()),
            format=self.format,
        )


@dataclass(frozen=True)
class Document:
    """A text to check, and where each of its characters comes from.

    `name` is the path as the user gave it, or `-`; `has_lines` says whether a line number
    means something to the user of this format.  `linked` are paths of
    other files that were looked for, there or not.  `variants` are other readings of blocks, each
    with the branches of conditions, in the document's text, that it shows and the block does not.
    """

    text: str
    blocks: tuple[Block, ...]
    name: str
    format: str
    has_lines: bool = True
    skipped: tuple[Skipped, ...] = ()
    objects: Objects = field(default_factory=Objects)
    directives: tuple[Directive, ...] = ()
    linked: tuple[str, ...] = ()
    variants: tuple[tuple[Block, tuple[Span, ...]], ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def locate(self, span: Span, place: str) -> Location:
        """Return where `span` of the document's text is, which people call `place`."""
        (line, column), (end_line, end_column) = self._line_and_column(span.start), self._line_and_column(span.end)
        return Location(place, line, column, end_line, end_column, self.has_lines)

    @cached_property
    def _block_ends(self) -> list[int]:
        """Where the blocks end, as far as they follow the order of the text."""
        ends = [block.segments[-1].source.end if block.segments else 0 for block in self.blocks]
        return list(accumulate(ends, max))

    def block_near(self, offset: int) -> Block | None:
        """Return the block at `offset` of the document's text or the next one, or the last."""
        index = bisect_right(self._block_ends, offset)
        return self.blocks[min(index, len(self.blocks) - 1)] if self.blocks else None

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def with_blocks(self, blocks: Iterable[Block]) -> Document:
        return replace(self, blocks=tuple(blocks))
