"""The data above a text (« front matter », in YAML or TOML): left out, but for the values that settings name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from falc.document import Block, BlockBuilder, BlockKind, SegmentKind
from falc.model import Span
from falc.texts import texts

__all__ = ["front_matter_of", "values_of"]

_FRONT_MATTER = re.compile(
    r"\ufeff?(---|\+\+\+)[ \t]*+(?:\r\n|\r|\n)(?=[\w\"'#\[-][^\r\n]*+[:=\]#\r\n])"
    r"(?:(?!\1[ \t]*+(?:[\r\n]|\Z))[^\r\n]*+(?:\r\n|\r|\n))*+\1[ \t]*+(?=[\r\n]|\Z)"
)
_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_KEY = re.compile(r"([\w.-]{1,80})[ \t]*+[:=](?:[ \t]++|\Z)")
_BELOW = re.compile(r"[|>][+-]?[ \t]*+\Z|\Z")
_ITEM = re.compile(r"[ \t]*+-[ \t]++")
_COMMENT = re.compile(r"(?:\A|[ \t])#.*\Z")
_QUOTED = re.compile(r"""[ \t]*+(["'])((?:(?!\1).)*)\1""")
_LETTER = re.compile(r"[^\W\d_]")


def front_matter_of(text: str) -> Span | None:
    """Return where the data above a text stand, with the lines that open and close them, if there are some."""
    found = _FRONT_MATTER.match(text)
    return Span(*found.span()) if found else None


def values_of(text: str, data: Span, keys: Collection[str]) -> Iterator[Block]:
    """Yield a block for each text that `data`, the front matter of a text, gives for one of `keys`.

    Texts may stand on the line of the key, with or without quotation marks, on the lines below it, or in a list there.
    """
    key, below = "", list[Span]()
    for match in _LINE.finditer(text, data.start, data.end):
        line, place = match[1], Span(*match.span(1))
        named = _KEY.match(line)
        if named:
            yield from _block(text, key, below)
            key, below = named[1] if named[1] in keys else "", []
            if key and not _BELOW.match(line, named.end()):
                yield from _block(text, key, [Span(place.start + named.end(), place.end)])
        elif key and (item := _ITEM.match(line)):
            yield from _block(text, key, [Span(place.start + item.end(), place.end)])
        elif key and line[:1].isspace():
            below.append(place)
    yield from _block(text, key, below)


def _block(text: str, key: str, lines: list[Span]) -> Iterator[Block]:
    """Yield the block of a value, without quotation marks and comments; line ends become spaces."""
    builder, end = BlockBuilder(BlockKind.PARAGRAPH, texts()["places"]["front_matter"].format(key=key)), None
    for line in lines:
        value = _value(text, line)
        if value.start == value.end:
            continue
        if end is not None:
            builder.standin(" ", Span(end, value.start), SegmentKind.ENTITY)
        builder.text(text[value.start : value.end], value.start)
        end = value.end
    block = builder.build()
    if _LETTER.search(block.text):
        yield block


def _value(text: str, line: Span) -> Span:
    """Return what of a line is the value: what stands between quotation marks, or all before a comment."""
    shown = text[line.start : line.end]
    quoted = _QUOTED.match(shown)
    if quoted:
        return Span(line.start + quoted.start(2), line.start + quoted.end(2))
    shown = _COMMENT.sub("", shown).rstrip()
    start = len(shown) - len(shown.lstrip())
    return Span(line.start + start, line.start + len(shown)) if shown.strip() else Span(line.start, line.start)
