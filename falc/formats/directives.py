"""Comments of a text by which its writer gives falc an order: « <!-- falc: ignore[PHR001] nom officiel --> »."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from falc.document import Block, SegmentKind
from falc.model import Directive, Span

__all__ = ["directives_of"]

_FALC = r"\s{0,20}falc[ \u00a0\u202f]?:"
# How comments begin and end; one of the styles must be among those of the file, but for HTML's own.
_COMMENTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    ((), "<!--", "-->"),
    (("jinja",), r"\{#-?", r"-?#\}"),
    (("jinja",), r"\{%-?\s{0,9}comment\s{0,9}-?%\}", r"\{%-?\s{0,9}endcomment\s{0,9}-?%\}"),
    (("blade",), r"\{\{--", r"--\}\}"),
    (("mustache",), r"\{\{~?!--", r"--~?\}\}"),
    (("mustache",), r"\{\{~?!", r"~?\}\}"),
    (("erb",), "<%#", r"-?%>"),
    (("freemarker",), "<#--", "-->"),
    (("php",), r"<\?php\s{1,20}/\*{1,2}", r"\*/"),
    (("php",), r"<\?php\s{1,20}(?://|\#)", r"(?=[\r\n]|\?>)"),
)
_OPENING = re.compile(
    "|".join(f"(?P<c{number}>{opening}{_FALC})" for number, (_, opening, _) in enumerate(_COMMENTS)), re.IGNORECASE
)
_ENDS = tuple(re.compile(end) for _, _, end in _COMMENTS)


@dataclass(frozen=True, slots=True)
class _Comment:
    span: Span
    order: str


def directives_of(
    text: str, styles: Collection[str], blocks: Sequence[Block] = (), code: Sequence[Span] = ()
) -> tuple[Directive, ...]:
    """Return the orders that the comments of a file give, in its order.

    `styles` are those of the templates of the file.  What stands in `code`, or in a piece of code inside one of
    `blocks`, only shows how to write an order.
    """
    if not _OPENING.search(text):
        return ()
    shown = sorted([*code, *_inline_code(text, blocks)])
    found, index = list[Directive](), 0
    for comment in _comments(text, styles):
        while index < len(shown) and shown[index].end <= comment.span.start:
            index += 1
        if index == len(shown) or not shown[index].overlaps(comment.span):
            found.append(Directive(" ".join(comment.order.split()), comment.span))
    return tuple(found)


def _comments(text: str, styles: Collection[str]) -> Iterator[_Comment]:
    """Yield the comments that hold an order.  Each ending is looked for in vain once at most: that takes long."""
    position, endless = 0, set[int]()
    while opening := _OPENING.search(text, position):
        position = opening.end()
        number = int((opening.lastgroup or "c0")[1:])
        known = _COMMENTS[number][0]
        if number in endless or (known and not set(known) & set(styles)):
            continue
        end = _ENDS[number].search(text, opening.end())
        if end is None:
            endless.add(number)
            continue
        position = end.end()
        yield _Comment(Span(opening.start(), end.end()), text[opening.end() : end.start()])


def _inline_code(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """Yield the pieces of code between backticks."""
    for block in blocks:
        for segment in block.segments:
            if segment.kind is SegmentKind.PLACEHOLDER and text.startswith("`", segment.source.start):
                yield segment.source
