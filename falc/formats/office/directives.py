"""Comments of Office files by which people give falc an order: « falc: ignore[PHR001] nom officiel »."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from falc.formats.office.review import Reviewer
from falc.model import Directive, Span

__all__ = ["Trail", "may_order", "order_of"]

_ORDER = re.compile(r"\s*+falc[ \u00a0\u202f]?:(.*)", re.IGNORECASE | re.DOTALL)
_FALC = b"falc"


def may_order(content: bytes) -> bool:
    """Can the bytes of a part hold an order?"""
    return _FALC in content.replace(b"\0", b"").lower()


def order_of(author: str, paragraphs: Iterable[str]) -> str | None:
    """Return what a comment asks of falc, or None; what falc wrote itself asks nothing."""
    if author == Reviewer().author:
        return None
    order = _ORDER.match(" ".join(paragraphs))
    return " ".join(order[1].split()) if order else None


@dataclass(slots=True)
class _Mark:
    """Where a comment hangs: texts are counted in the order of the file.

    `first` is the number of the first text after its start, `last` that of the last one before its end, in the same
    flow as the first.  `near` is that of the text before its start in its paragraph.
    """

    first: int
    near: int | None
    last: int | None = None
    is_over: bool = False


class Trail:
    """The texts and the marks of comments, told in the order in which the file holds them.

    Text boxes and notes stand inside a paragraph of another flow, but their words are read elsewhere: a comment that
    goes over one covers the words of its own flow only.
    """

    def __init__(self) -> None:
        self._spans: list[Span] = []
        self._flows: list[Hashable] = []
        self._last: dict[Hashable, int] = {}
        self._paragraphs: list[int | None] = [None]  # the last text of each paragraph that is open
        self._marks: dict[Hashable, _Mark] = {}

    def enter(self) -> None:
        """A paragraph begins."""
        self._paragraphs.append(None)

    def leave(self) -> None:
        """The paragraph that began last ends."""
        self._paragraphs.pop()

    def show(self, span: Span, flow: Hashable) -> None:
        """A text stands at `span` of the document's text."""
        self._last[flow] = self._paragraphs[-1] = len(self._spans)
        self._spans.append(span)
        self._flows.append(flow)

    def start(self, name: Hashable) -> None:
        """A comment starts to hang here, or hangs here on no words."""
        self._marks.setdefault(name, _Mark(len(self._spans), self._paragraphs[-1]))

    def end(self, name: Hashable) -> None:
        """The words that a comment hangs on end here."""
        mark = self._marks.get(name)
        if mark is not None and not mark.is_over:
            mark.is_over = True
            if mark.first < len(self._spans):
                mark.last = self._last[self._flows[mark.first]]

    def directives(self, orders: Iterable[tuple[Hashable, str]]) -> Iterator[Directive]:
        """Yield the orders that the named comments give, for those whose marks were met."""
        for name, order in orders:
            mark = self._marks.get(name)
            if mark is not None:
                yield self._directive(order, mark)

    def _directive(self, order: str, mark: _Mark) -> Directive:
        if mark.last is not None and mark.last >= mark.first:
            covers = Span(self._spans[mark.first].start, self._spans[mark.last].end)
            return Directive(order, Span(covers.start, covers.start), covers)
        if mark.near is not None:
            place = self._spans[mark.near].end
        elif mark.first < len(self._spans):
            place = self._spans[mark.first].start
        else:
            place = self._spans[-1].end if self._spans else 0
        return Directive(order, Span(place, place))
