"""Lines for people: cut between words, indented, with colours on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby

from falc.model import Severity

__all__ = ["SEVERITIES", "Piece", "Style", "painted", "wrapped"]


class Style(StrEnum):
    """How words look on a terminal: the parameters of ANSI « Select Graphic Rendition »."""

    NONE = ""
    BOLD = "1"
    DIM = "2"
    ITALIC = "3"
    TITLE = "1;4"
    RED = "1;31"
    GREEN = "32"
    YELLOW = "33"
    CYAN = "36"
    MARKED_RED = "1;3;31"
    MARKED_YELLOW = "1;3;33"
    MARKED_CYAN = "1;3;36"


Piece = tuple[str, Style]

# In a line, and in the words of a sentence.
SEVERITIES = {
    Severity.ERROR: (Style.RED, Style.MARKED_RED),
    Severity.WARNING: (Style.YELLOW, Style.MARKED_YELLOW),
    Severity.INFO: (Style.CYAN, Style.MARKED_CYAN),
}
_WORDS = re.compile("[^ ]+")  # a no-break space is part of a word


def painted(pieces: Sequence[Piece], color: bool) -> str:
    """Return pieces of one line, one after the other."""
    if not color:
        return "".join([words for words, _ in pieces])
    return "".join([f"\x1b[{style}m{words}\x1b[0m" if style and words else words for words, style in pieces])


def wrapped(pieces: Sequence[Piece], indent: int, width: int, color: bool) -> Iterator[str]:
    """Yield pieces as lines of at most `width` columns; a longer word stays whole."""
    text = "".join([words for words, _ in pieces])
    margin = " " * indent
    if len(text) <= width - indent:
        yield f"{margin}{painted(pieces, color)}\n"
        return
    styles = [style for words, style in pieces for _ in words] if color else []
    for start, end in _lines(text, width - indent):
        cut = groupby(range(start, end), key=styles.__getitem__) if color else ()
        runs = [(style, list(places)) for style, places in cut] or [(Style.NONE, [start, end - 1])]
        line = [(text[places[0] : places[-1] + 1], style) for style, places in runs]
        yield f"{margin}{painted(line, color)}\n"


def _lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a text begin and end."""
    start = end = 0
    for word in _WORDS.finditer(text):
        if end > start and word.end() - start > width:
            yield start, end
            start = word.start()
        end = word.end()
    if end > start:
        yield start, end
