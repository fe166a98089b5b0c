"""Plain text: paragraphs, list items, underlined headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from falc.document import BlockBuilder, BlockKind, Document
from falc.formats.directives import directives_of
from falc.formats.source import Places, Source
from falc.formats.templates import HIDDEN, USUAL, Placeholders
from falc.model import Edit

__all__ = ["apply_edits", "read_plain"]

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
# « o » is the bullet that Word and its copies write for a second level.
_MARKER = re.compile(
    r"""(?: [•◦▪▫‣·●○■□➢➤✓\uf0b7\uf0a7] [ \t]*+
        | [-*+–—o] [ \t]++
        | [-–—] (?=[^\W\d_])
        | (?: \d{1,2}(?:\.\d{1,2}){0,3}[.)] | \d{1,2}[°º] | [a-z]\) ) [ \t]++
        )(?=\S)""",
    re.VERBOSE,
)
_LABEL = re.compile(r"[^\W\d_][\w'’ .-]{1,24} ?: ")
_UNDERLINE = re.compile(r"(={3,}|-{3,})[ \t]*+\Z")
_LEVELS = {"=": 1, "-": 2}
_INDENT = re.compile(f"[ \t\u00a0{HIDDEN}]*+")
_SHORT = 120


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its indentation, trailing spaces and end; `start` may equal `end`."""

    start: int
    end: int
    indent: int


@dataclass(slots=True)
class _Part:
    """Lines that make one block: from the first character to the last."""

    kind: BlockKind
    start: int
    end: int
    indent: int
    level: int = 0


def read_plain(text: str, name: str, placeholders: Placeholders = USUAL) -> Document:
    """Read a plain text; `text` is left as it is."""
    source, places, blocks = Source(text, placeholders), Places(), []
    for part in _parts(source.opaque):
        builder = BlockBuilder(part.kind, places.next(part.kind), part.level)
        source.add(builder, part.start, part.end)
        blocks.append(builder.build())
    return Document(text, tuple(blocks), name, "text", directives=directives_of(text, placeholders.styles))


def _lines(opaque: str) -> Iterator[_Line]:
    for match in _LINE.finditer(opaque):
        line = match[0].rstrip(f" \t\r\n\u00a0{HIDDEN}")
        indentation = _INDENT.match(line)
        indent = indentation.end() if indentation else 0
        yield _Line(match.start() + indent, match.start() + max(len(line), indent), indent)


def _parts(opaque: str) -> Iterator[_Part]:
    part: _Part | None = None
    lines = 0  # of the current part
    indents: list[int] = []  # of the list items above the current one, outermost first
    for line in _lines(opaque):
        content = opaque[line.start : line.end]
        if not content:
            if part:
                yield part
            part = None
            continue
        underline = _UNDERLINE.match(content)
        if underline and part and lines == 1 and part.kind is BlockKind.PARAGRAPH and part.end - part.start <= _SHORT:
            yield _Part(BlockKind.HEADING, part.start, part.end, part.indent, _LEVELS[content[0]])
            part, indents = None, []
            continue
        marker = _MARKER.match(content)
        if marker:
            if part:
                yield part
            indents = [*(indent for indent in indents if indent < line.indent), line.indent]
            start = line.start + marker.end()
            part, lines = _Part(BlockKind.LIST_ITEM, start, line.end, line.indent, len(indents)), 1
        elif part and _goes_on(part, line, opaque):
            part.end, lines = line.end, lines + 1
        else:
            if part:
                yield part
            indents = [] if line.indent == 0 else indents
            part, lines = _Part(BlockKind.PARAGRAPH, line.start, line.end, line.indent), 1
    if part:
        yield part


def _goes_on(part: _Part, line: _Line, opaque: str) -> bool:
    """Does a line belong to the block before it?

    Not « Objet : … », nor a line that begins with a capital after a full stop: its writer gives each
    sentence a line of its own.
    """
    content = opaque[line.start : line.end]
    if content[0].islower() or line.indent > part.indent:
        return True
    if part.kind is not BlockKind.PARAGRAPH or _LABEL.match(content):
        return False
    return opaque[part.end - 1] not in ".?!"


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return `text` with `edits` made; raise ValueError if they are not sorted and disjoint."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        if not position <= edit.span.start <= edit.span.end <= len(text):
            raise ValueError(f"edit out of order or out of the text: {edit}")
        pieces += text[position : edit.span.start], edit.text
        position = edit.span.end
    return "".join([*pieces, text[position:]])
