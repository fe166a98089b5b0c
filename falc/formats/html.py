"""HTML: block elements split the text, inline elements join it, spaces collapse as in browsers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from falc.document import Block, BlockBuilder, BlockKind, Document, SegmentKind
from falc.formats.html_tags import VOID, Token, TokenKind, alignment_of, format_of, is_hidden, names, tokens
from falc.formats.source import Places, Source, skipped
from falc.formats.templates import HIDDEN, standin
from falc.look import ParagraphFormat, TextFormat
from falc.model import Span

__all__ = ["read_html", "read_part"]

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_BLOCKS = names(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form head header hgroup hr html legend li main nav optgroup option p pre search section select "
    "summary table tbody td tfoot th thead tr"
).union(_HEADINGS, _LISTS)
_UNREAD = names("audio canvas datalist math noscript object pre svg template video")
# A start tag ends an open element of these names, but not beyond the last ones.
_ENDS = {
    "li": (frozenset(("li",)), _LISTS),
    **dict.fromkeys(("dt", "dd"), (frozenset(("dt", "dd")), frozenset(("dl",)))),
    **dict.fromkeys(("td", "th"), (frozenset(("td", "th")), frozenset(("table", "tr")))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    **dict.fromkeys(("option", "optgroup"), (frozenset(("option",)), frozenset(("select",)))),
}
# How far to look for such an element: real pages need less, hostile ones would take quadratic time.
_FAR = 50
_SPACES = " \t\n\r\f"
_PIECE = re.compile(r"[ \t\n\r\f]++|[^ \t\n\r\f]++")
_NOTHING = TextFormat()


@dataclass(slots=True)
class _Table:
    number: int
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class _Element:
    """An open element and what it gives to the text inside it."""

    name: str
    block: bool = True
    format: TextFormat = _NOTHING
    alignment: str | None = None
    unread: bool = False
    code: int = 0  # the number of the code element it is in
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    path: str = ""
    depth: int = 0  # of lists
    table: _Table | None = None
    inline: Counter[str] = field(default_factory=Counter)  # inline elements open since this block


class _Reader:
    """Read tokens into blocks."""

    def __init__(self, source: Source, places: Places, counts: Counter[str]) -> None:
        self.source, self.places, self.counts = source, places, counts
        self._elements = [_Element("")]
        self._blocks = [self._elements[0]]
        self._open: Counter[str] = Counter()  # names of the open block elements
        self._builder: BlockBuilder | None = None
        self._pending: list[tuple[str, Span]] = []  # a space or line breaks, until a text follows
        self._code_elements = self._code_shown = 0

    def read(self, start: int, end: int) -> Iterator[Block]:
        for token in tokens(self.source.opaque, start, end):
            if token.kind in (TokenKind.TEXT, TokenKind.ENTITY):
                if not self._elements[-1].unread:
                    self._add(token)
            elif token.kind is TokenKind.START:
                yield from self._start(token)
            else:
                yield from self._end(token.name)
        yield from self._flush()

    def _flush(self) -> Iterator[Block]:
        self._pending.clear()
        if self._builder:
            yield self._builder.build()
        self._builder = None

    def _start(self, token: Token) -> Iterator[Block]:
        name = token.name
        if name in _BLOCKS:
            yield from self._flush()
            self._close_implied(name)
        if name in VOID:
            self._void(token)
        elif not token.closed:
            self._push(token)

    def _void(self, token: Token) -> None:
        if self._elements[-1].unread:
            return
        if token.name == "br" and self._builder:
            self._pending.append(("\n", token.span))
        elif token.name == "img":
            self.counts["image"] += 1

    def _push(self, token: Token) -> None:
        name, parent = token.name, self._elements[-1]
        if not parent.unread:
            self.counts["image"] += name == "svg"
            self.counts["code"] += name == "pre"
        element = _Element(
            name,
            name in _BLOCKS,
            format_of(token, parent.format),
            alignment_of(token, parent.alignment),
            parent.unread or name in _UNREAD or is_hidden(token),
            parent.code or self._new_code(name),
            *(parent.kind, parent.level, parent.path, parent.depth, parent.table),
        )
        if element.block:
            self._describe(element, token.attributes.get("role", ""))
            self._blocks.append(element)
            self._open[name] += 1
        else:
            self._blocks[-1].inline[name] += 1
        self._elements.append(element)

    def _new_code(self, name: str) -> int:
        self._code_elements += name == "code"
        return self._code_elements if name == "code" else 0

    def _describe(self, element: _Element, role: str) -> None:
        """Say what the blocks inside `element` are."""
        name = element.name
        if name in _HEADINGS:
            element.kind, element.level, element.path = BlockKind.HEADING, _HEADINGS[name], ""
        elif name in _LISTS:
            element.kind, element.level, element.depth = BlockKind.PARAGRAPH, 0, element.depth + 1
        elif name == "li":
            element.depth = max(element.depth, 1)
            element.kind, element.level, element.path = BlockKind.LIST_ITEM, element.depth, ""
        elif name in ("caption", "figcaption"):
            element.kind, element.level, element.path = BlockKind.CAPTION, 0, ""
        elif name == "table":
            layout = role in ("presentation", "none")  # a grid to place things, not a table of data
            element.kind, element.level, element.path, element.depth = BlockKind.PARAGRAPH, 0, "", 0
            element.table = None if layout else _Table(self.places.count("tableau"))
        elif name == "tr" and element.table:
            element.table.row, element.table.column = element.table.row + 1, 0
        elif name in ("td", "th") and (table := element.table):
            table.column += 1
            element.kind, element.level = BlockKind.TABLE_CELL, 0
            element.path = f"tableau {table.number}, ligne {table.row}, colonne {table.column}"

    def _close_implied(self, name: str) -> None:
        if self._blocks[-1].name == "p":
            self._pop("p")
        if name in _ENDS:
            ended, limits = _ENDS[name]
            for element in self._blocks[: -_FAR - 1 : -1]:
                if element.name in limits:
                    return
                if element.name in ended:
                    self._pop(element.name)
                    return

    def _end(self, name: str) -> Iterator[Block]:
        if name in _BLOCKS:
            yield from self._flush()
            if self._open[name]:
                self._pop(name)
        elif self._blocks[-1].inline[name]:
            self._pop(name)

    def _pop(self, name: str) -> None:
        """Close the open elements down to the last one called `name`."""
        while True:
            element = self._elements.pop()
            if element.block:
                self._blocks.pop()
                self._open[element.name] -= 1
            else:
                self._blocks[-1].inline[element.name] -= 1
            if element.name == name:
                return

    def _add(self, token: Token) -> None:
        element = self._elements[-1]
        if element.code:
            if self._code_shown != element.code:
                self._code_shown = element.code
                self._show(standin("code"), token.span, SegmentKind.PLACEHOLDER)
        elif token.kind is TokenKind.ENTITY:
            if token.name == "\u00ad":
                return  # where a word may be cut
            self._show(token.name, token.span, SegmentKind.ENTITY)
        else:
            for piece in _PIECE.finditer(self.source.opaque, token.span.start, token.span.end):
                span = Span(piece.start(), piece.end())
                if piece[0][0] in _SPACES:
                    if self._builder and not self._pending:
                        self._pending.append((" ", span))
                elif piece[0].strip(HIDDEN):
                    self.source.add(self._text_builder(), span.start, span.end, self._format())

    def _show(self, shown: str, span: Span, kind: SegmentKind) -> None:
        self._text_builder().standin(shown, span, kind, self._format())

    def _format(self) -> TextFormat | None:
        look = self._elements[-1].format
        return look if look != _NOTHING else None

    def _text_builder(self) -> BlockBuilder:
        """Return the block to write into, after the spaces that were waiting."""
        if self._builder is None:
            self._builder = self._new_builder()
        breaks = [pending for pending in self._pending if pending[0] == "\n"]
        for shown, span in breaks or self._pending:
            if self.source.text[span.start : span.end] == shown:
                self._builder.text(shown, span.start, self._format())
            else:
                self._builder.standin(shown, span, SegmentKind.ENTITY, self._format())
        self._pending.clear()
        return self._builder

    def _new_builder(self) -> BlockBuilder:
        block = self._blocks[-1]
        kind, level = block.kind, block.level
        if kind is BlockKind.LIST_ITEM:
            self._use_item()
        return BlockBuilder(kind, block.path or self.places.next(kind), level, ParagraphFormat(block.alignment))

    def _use_item(self) -> None:
        """An item has one text; what follows in it are paragraphs."""
        for element in self._blocks[: -_FAR - 1 : -1]:
            if element.kind is not BlockKind.LIST_ITEM:
                return
            element.kind, element.level = BlockKind.PARAGRAPH, 0


def read_part(source: Source, start: int, end: int, places: Places, counts: Counter[str]) -> Iterator[Block]:
    """Yield the blocks of `start:end` of a file, which is HTML; add what is not read to `counts`."""
    yield from _Reader(source, places, counts).read(start, end)


def read_html(text: str, name: str) -> Document:
    """Read an HTML page or a piece of one; `text` is left as it is."""
    source, counts = Source(text), Counter[str]()
    blocks = tuple(read_part(source, 0, len(text), Places(), counts))
    left_out = skipped(
        (
            ("image", counts["image"], "falc ne lit pas les images."),
            ("bloc de code", counts["code"], "falc ne lit pas le code."),
        )
    )
    return Document(text, blocks, name, "html", skipped=left_out)
