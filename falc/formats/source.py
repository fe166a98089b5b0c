"""What the readers of text-like files share: the file with its template tags set aside, and place names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from falc.document import Block, BlockBuilder, BlockKind, Skipped
from falc.formats.templates import HIDDEN, USUAL, Placeholders
from falc.look import TextFormat
from falc.model import Span

__all__ = ["Places", "Source", "has_text", "skipped"]

_NOT_LINE_END = re.compile(r"[^\r\n]")
_HIDDEN_RUN = re.compile(f"{HIDDEN}+")
# A line of dots or dashes decorates; it says nothing.
_DECORATION = re.compile(r"[\s_.…=*~–—-]*+\Z")


@dataclass(frozen=True)
class Source:
    """A decoded file, `data` of which stand above its text; `opaque` is the same, as long, without them and tags."""

    text: str
    placeholders: Placeholders = USUAL
    data: Span | None = None
    by_lines: bool = True  # does a line of its own end a sentence?

    @cached_property
    def opaque(self) -> str:
        seen = self.placeholders.opaque(self.text, self.by_lines)
        if self.data is None:
            return seen
        above = _NOT_LINE_END.sub(HIDDEN, self.text[self.data.start : self.data.end])
        return seen[: self.data.start] + above + seen[self.data.end :]

    @cached_property
    def line_ends_in_tags(self) -> frozenset[int]:
        """Where lines end inside a control tag."""
        return self.placeholders.line_ends(self.text, self.by_lines)

    def add(self, builder: BlockBuilder, start: int, end: int, format: TextFormat | None = None) -> None:
        """Add `start:end` of the file to a block, but for control tags."""
        for match in _HIDDEN_RUN.finditer(self.opaque, start, end):
            builder.text(self.text[start : match.start()], start, format)
            start = match.end()
        builder.text(self.text[start:end], start, format)


def has_text(block: Block) -> bool:
    """Is there something to read in `block`?"""
    return _DECORATION.match(block.text) is None


class Places:
    """Number the blocks of a document, for people."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def next(self, kind: BlockKind) -> str:
        """Return the name of the next block of `kind`: « paragraphe 3 »."""
        name = {BlockKind.CAPTION: "légende", BlockKind.FOOTNOTE: "note"}.get(kind, "paragraphe")
        return f"{name} {self.count(name)}"

    def count(self, name: str) -> int:
        """Return the number of the next thing called `name`."""
        self._counts[name] += 1
        return self._counts[name]


def skipped(counts: Iterable[tuple[str, int, str]]) -> tuple[Skipped, ...]:
    """Return what was not read, if there is any."""
    return tuple(Skipped(what, count, why) for what, count, why in counts if count)
