"""Markdown: markdown-it finds the blocks by lines, `markdown_inline` reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from falc.document import Block, BlockBuilder, BlockKind, Document
from falc.formats.directives import directives_of
from falc.formats.front_matter import front_matter_of
from falc.formats.markdown_inline import References, add_inline
from falc.formats.markdown_links import InlineText
from falc.formats.source import Places, Source, has_text, skipped
from falc.formats.templates import HIDDEN, USUAL, Placeholders
from falc.formats.web.html import left_out, read_part
from falc.formats.web.html_cascade import Page
from falc.formats.web.html_objects import Collection
from falc.look import ParagraphFormat
from falc.model import Span
from falc.objects import Table

__all__ = ["read_markdown"]

_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]{1,80})\]:")
_CONTAINERS = re.compile(r"(?:[ \t]++|>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*+")
_TASK = re.compile(r"\[[ xX]\](?=\s)[ \t]*+")
# A backslash just before it keeps a bar in its cell, whatever stands before the backslash.
_BAR = re.compile(r"(?<!\\)\|")
# markdown-it calls itself for each level; Python allows a thousand calls.
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file, without its end."""

    text: str
    start: int


@dataclass(slots=True)
class _Place:
    """Where we are among the containers."""

    fresh_items: list[bool] = field(default_factory=list)  # for each open item: has it no text yet?
    numbers: list[int | None] = field(default_factory=list)  # for each open list: that of its last item
    heading: int = 0
    footnote: bool = False
    table: int = 0
    row: int = 0
    rows: int = 0
    column: int = 0
    in_table: bool = False

    def enter(self, token: Token) -> None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self.numbers.append(int(token.attrGet("start") or "1") - 1 if kind == "ordered_list_open" else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.numbers.pop()
        elif kind == "list_item_open":
            self.fresh_items.append(True)
            number = self.numbers[-1]
            self.numbers[-1] = None if number is None else number + 1
        elif kind == "list_item_close":
            self.fresh_items.pop()
        elif kind in ("heading_open", "heading_close"):
            self.heading = int(token.tag[1]) if kind == "heading_open" else 0
        elif kind in ("footnote_open", "footnote_close"):
            self.footnote = kind == "footnote_open"
        elif kind in ("table_open", "table_close"):
            self.in_table, self.row = kind == "table_open", 0
        elif kind == "tr_open":
            self.row, self.column = self.row + 1, 0
            self.rows = self.row
        elif kind in ("th_open", "td_open"):
            self.column += 1

    def kind(self) -> tuple[BlockKind, int]:
        """Return the kind and level of the text met here; an item has one text, then paragraphs."""
        if self.heading:
            return BlockKind.HEADING, self.heading
        if self.in_table:
            return BlockKind.TABLE_CELL, 0
        if self.footnote:
            return BlockKind.FOOTNOTE, 0
        if self.fresh_items and self.fresh_items[-1]:
            self.fresh_items[-1] = False
            return BlockKind.LIST_ITEM, len(self.fresh_items)
        return BlockKind.PARAGRAPH, 0

    def look(self, kind: BlockKind) -> ParagraphFormat | None:
        """Return the look of a block: an item shows a bullet or its number."""
        if kind is not BlockKind.LIST_ITEM:
            return None
        return ParagraphFormat(marker="•" if self.numbers[-1] is None else f"{self.numbers[-1]}.")


def read_markdown(text: str, name: str, placeholders: Placeholders = USUAL) -> Document:
    """Read a Markdown text; `text` is left as it is."""
    source, counts = Source(text, placeholders, front_matter_of(text)), Counter[str]()
    found, page = Collection(source, Places()), Page(source)
    code: list[Span] = []
    blocks = tuple(_blocks(found, page, list(_lines(source.opaque)), counts, code))
    objects = replace(found.objects(), declarations=page.declarations)
    unread = skipped((("bloc HTML", counts["html"], "falc ne lit pas le HTML placé dans une liste ou une citation."),))
    return Document(
        text,
        blocks,
        name,
        "markdown",
        skipped=(*left_out(counts), *unread, *page.skipped),
        objects=objects,
        directives=directives_of(text, placeholders.styles, blocks, code),
    )


def _lines(opaque: str) -> Iterator[_Line]:
    """Yield the lines to parse; a line of control tags is empty, or gone from a table."""
    lines = [_Line(match[1], match.start()) for match in _LINE.finditer(opaque)]
    for index, line in enumerate(lines):
        if not line.text.strip(f" \t{HIDDEN}") and HIDDEN in line.text:
            around = lines[max(index - 1, 0) : index + 2]
            if any(neighbour.text.lstrip().startswith("|") for neighbour in around):
                continue
            yield _Line("", line.start)
        else:
            yield line


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph", "reference"]})
    return parser


def _footnote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Parse a footnote's definition; else markdown-it would take it for a link's."""
    first = state.bMarks[start_line] + state.tShift[start_line]
    marker = _FOOTNOTE.match(state.src, first, state.eMarks[start_line])
    if marker is None or state.is_code_block(start_line):
        return False
    if silent:
        return True
    state.env.setdefault("footnotes", set()).add(marker[1])
    opening = state.push("footnote_open", "", 1)
    saved = state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType
    rest = state.src[marker.end() : state.eMarks[start_line]]
    state.bMarks[start_line] = marker.end()
    state.tShift[start_line] = len(rest) - len(rest.lstrip(" \t"))
    state.blkIndent += 4  # the lines of a note after the first one are indented
    state.sCount[start_line] = state.blkIndent
    state.parentType = "reference"
    state.md.block.tokenize(state, start_line, end_line)
    state.blkIndent -= 4
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType = saved
    opening.map = [start_line, state.line]
    state.push("footnote_close", "", -1)
    return True


def _blocks(
    found: Collection, page: Page, lines: list[_Line], counts: Counter[str], code: list[Span]
) -> Iterator[Block]:
    """Yield the blocks; `code` gets the places of pieces of code, which are none."""
    environment: dict[str, Any] = {}
    tokens = _parser().parse("\n".join(line.text for line in lines), environment)
    references = References(environment.get("references", {}), environment.get("footnotes", ()))
    place, table = _Place(), None
    row: list[InlineText] = []
    for token in tokens:
        place.enter(token)
        if token.type == "table_open" and token.map:
            place.table, table = found.places.count("tableau"), _span_of(token.map, lines)
        elif token.type == "table_close" and table:
            number, columns = f"tableau {place.table}", place.column
            found.tables.append(Table(table, number, place.rows, columns, headers=columns))
        elif token.type == "tr_open" and token.map:
            row = _cells(lines[token.map[0]], nested=token.level > 2)
        elif token.type in ("fence", "code_block"):
            counts["code"] += 1
            code += [_span_of(token.map, lines)] if token.map else []
        elif token.type == "html_block" and token.map:
            if token.level:
                counts["html"] += not token.content.lstrip().startswith("<!--")
            else:
                span = _span_of(token.map, lines)
                yield from read_part(found, page, span.start, span.end, counts)
        elif token.type == "inline" and token.map:
            kind, level = place.kind()
            if kind is BlockKind.TABLE_CELL:
                if place.column > len(row):
                    continue  # the row is shorter than the first one
                path = f"tableau {place.table}, ligne {place.row}, colonne {place.column}"
                inline = row[place.column - 1]
            else:
                path = found.places.next(kind)
                inline = _joined(token.content, lines[token.map[0] : token.map[1]])
            builder, pictures = BlockBuilder(kind, path, level, place.look(kind)), len(found.pictures)
            add_inline(builder, found.source, inline, references, found)
            block = builder.build()
            counts["image"] += len(found.pictures) - pictures
            found.place_pictures(pictures, alone=not has_text(block))
            yield block


def _span_of(numbers: list[int], lines: list[_Line]) -> Span:
    """Return where the lines from one number to another, excluded, stand in the file."""
    first, last = lines[numbers[0]], lines[min(numbers[1], len(lines)) - 1]
    return Span(first.start, last.start + len(last.text))


def _joined(content: str, lines: list[_Line]) -> InlineText:
    """Find the lines of `content`, which has no container marks, at the ends of `lines` of the file."""
    joined, starts, length = [], [], 0
    following = iter(lines)
    for part in content.split("\n"):
        part = part.strip()
        for line in following:
            trimmed = line.text.rstrip()
            if not trimmed.endswith(part):
                trimmed = trimmed.rstrip("#").rstrip()  # a closed heading: « ## Titre ## »
            if trimmed.endswith(part):
                shift = len(trimmed) - len(part)
                text = line.text[shift:] if trimmed == line.text.rstrip() else part
                starts.append((length, line.start + shift))
                joined.append(text)
                length += len(text) + 1
                break
    return _without_task("\n".join(joined).rstrip(), starts)


def _without_task(text: str, starts: list[tuple[int, int]]) -> InlineText:
    task = _TASK.match(text)
    if task is None:
        return InlineText(text, tuple(starts))
    size = task.end()
    return InlineText(text[size:], ((0, starts[0][1] + size), *((start - size, place) for start, place in starts[1:])))


def _cells(line: _Line, nested: bool) -> list[InlineText]:
    """Return the cells of a table's row, split as markdown-it does."""
    containers = _CONTAINERS.match(line.text) if nested else None
    start, end = containers.end() if containers else 0, len(line.text.rstrip())
    start = end - len(line.text[start:end].lstrip())
    bars = [bar.start() for bar in _BAR.finditer(line.text, start, end)]
    spans = list(zip([start, *(bar + 1 for bar in bars)], [*bars, end], strict=True))
    if spans[0][0] == spans[0][1]:
        spans.pop(0)
    cells = []
    for first, last in spans:
        text = line.text[first:last]
        shift = len(text) - len(text.lstrip())
        cells.append(InlineText(text.strip(), ((0, line.start + first + shift),)))
    return cells
