"""Edits as values: choose those that do not overlap, and see several rounds of them as one."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from falc.model import Edit, Span

__all__ = ["Taken", "compose", "narrowed"]

_WORDS = re.compile(r"\s+|\S+")
_APART = 2  # a blank, and one character more since spans end before it


class Taken:
    """The spans of a text that edits have taken; no other edit may touch them."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def take(self, spans: Sequence[Span]) -> bool:
        """Take all the spans, or none if one overlaps another or is taken already; say whether they were taken."""
        ordered = sorted(spans)
        if any(first == second or first.overlaps(second) for first, second in pairwise(ordered)):
            return False
        if not all(map(self._is_free, ordered)):
            return False
        for span in ordered:
            insort(self._spans, span)
        return True

    def _is_free(self, span: Span) -> bool:
        """Is a span apart from those taken?  Neighbours wait too: « de » before a word depends on that word."""
        index = bisect_left(self._spans, span)
        wide = Span(span.start - _APART, span.end + _APART)
        return not any(span == other or wide.overlaps(other) for other in self._spans[max(index - 1, 0) : index + 1])


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that do at once what `first`, then `second`, do; each is sorted and disjoint."""
    outputs, shift = [], 0
    for edit in first:
        start = edit.span.start + shift
        outputs.append((Span(start, start + len(edit.text)), edit))
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    groups: list[_Group] = []
    for span, made, again in sorted(
        [*((span, edit, None) for span, edit in outputs), *((edit.span, None, edit) for edit in second)],
        key=lambda item: (item[0], item[1] is None),
    ):
        if not groups or not groups[-1].touches(span):
            groups.append(_Group(span))
        groups[-1].add(span, made, again)
    composed, shift = [], 0
    for group in groups:
        edit = group.edit(shift)
        composed.append(edit)
        shift += group.growth
    return tuple(composed)


def narrowed(edit: Edit, old: str) -> Edit:
    """Return the edit of the text `old` without the whole words that it gives back at both ends.

    So they keep their formats, and a tracked change shows what changes, no more.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(edit.text)
    first = _common(before, after)
    before, after = before[first:], after[first:]
    last = _common(reversed(before), reversed(after))
    start = edit.span.end - len("".join(before))
    end = edit.span.end - len("".join(before[len(before) - last :]))
    return Edit(Span(start, end), "".join(after[: len(after) - last]))


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    """Return how many words two texts share at their start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


class _Group:
    """Edits of two rounds that meet; spans count in the text between the rounds."""

    def __init__(self, span: Span) -> None:
        self._start, self._end = span.start, span.end
        self._made: list[tuple[Span, str]] = []
        self._again: list[Edit] = []
        self.growth = 0  # characters that the first round added here

    def touches(self, span: Span) -> bool:
        return span.overlaps(Span(self._start, self._end))

    def add(self, span: Span, made: Edit | None, again: Edit | None) -> None:
        self._end = max(self._end, span.end)
        if made is not None:
            self._made.append((span, made.text))
            self.growth += len(made.text) - (made.span.end - made.span.start)
        if again is not None:
            self._again.append(again)

    def edit(self, shift: int) -> Edit:
        """Return the edit of the first text, which is `shift` characters shorter before this place."""
        pieces: list[str] = []
        position = self._start
        for edit in self._again:
            pieces += self._slice(position, edit.span.start), edit.text
            position = edit.span.end
        pieces.append(self._slice(position, self._end))
        span = Span(self._start - shift, self._end - shift - self.growth)
        return Edit(span, "".join(pieces))

    def _slice(self, start: int, end: int) -> str:
        """Return a part of the text between the rounds: the first round wrote all that the second leaves."""
        return "".join(text[max(start - span.start, 0) : max(end - span.start, 0)] for span, text in self._made)
