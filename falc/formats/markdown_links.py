"""The links and pictures of Markdown, once their block is scanned, and where its lines stand in the file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from falc.formats.web.html_objects import digest_of, media_of_address
from falc.model import Span
from falc.objects import Link, Picture

__all__ = ["Found", "InlineText", "link_of", "picture_of"]


@dataclass(frozen=True)
class InlineText:
    """The text of a block as lines of the file: `text` joins them, `lines` says where each one starts in both."""

    text: str
    lines: tuple[tuple[int, int], ...]

    def source(self, span: Span) -> Span:
        """Return where `span`, not empty, stands in the file."""
        return Span(self._place(span.start), self._place(span.end - 1) + 1)

    def until_next(self, span: Span) -> Span:
        """Return where `span`, which ends with a line end, stands in the file, with the marks of the next line."""
        return Span(self._place(span.start), self._place(span.end))

    def _place(self, position: int) -> int:
        start, place = self.lines[bisect_right(self._starts, position) - 1]
        return place + position - start

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.lines]


@dataclass(slots=True)
class Found:
    """A link or a picture: its place in the text, its nodes, its address, its title or alternative text."""

    start: int
    end: int
    node: int
    last: int
    target: str
    words: str | None


def link_of(link: Found, inline: InlineText, shown: Sequence[Span | None], pictures: Sequence[Found]) -> Link:
    """Return a link whose nodes stand at `shown` in the file."""
    first, last = link.node, link.last
    while first < last and shown[first] is None:
        first += 1
    while last > first and shown[last] is None:
        last -= 1
    start, end = shown[first], shown[last]
    label = link.words or ""
    if start and end:
        return Link(Span(start.start, end.end), link.target, label=label)
    at = inline.source(Span(link.start, link.start + 1)).start
    index = bisect_left(pictures, link.start, key=lambda picture: picture.start)
    alt = pictures[index].words if index < len(pictures) and pictures[index].start < link.end else None
    return Link(Span(at, at), link.target, label=label or alt or "")


def picture_of(picture: Found, span: Span, place: str) -> Picture:
    """Return a picture that stands at `span` in the file."""
    return Picture(
        span,
        place,
        alt=picture.words,
        decorative=picture.words == "",
        media=media_of_address(picture.target),
        digest=digest_of(picture.target) if picture.target else None,
    )
