"""HTML: block elements split the text, inline elements join it, spaces collapse as in browsers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from falc.document import Block, BlockBuilder, BlockKind, Document, SegmentKind, Skipped
from falc.formats.directives import directives_of
from falc.formats.front_matter import front_matter_of
from falc.formats.source import Places, Source, skipped
from falc.formats.templates import HIDDEN, USUAL, Placeholders, standin
from falc.formats.web.html_blocks import Gap, block_format
from falc.formats.web.html_cascade import Page, Styled
from falc.formats.web.html_context import CELLS, Context, Mask, describe
from falc.formats.web.html_objects import Collection, LinkDraft, is_picture
from falc.formats.web.html_tags import Token, TokenKind, names
from falc.formats.web.html_tree import FAR, Event, Node, Step, build
from falc.look import TextFormat
from falc.model import Span

__all__ = ["left_out", "read_html", "read_part"]

_UNREAD = names("audio canvas datalist math noscript object pre svg template video")
_SPACES = " \t\n\r\f"
_PIECE = re.compile(r"[ \t\n\r\f]++|[^ \t\n\r\f]++")
_NOTHING = TextFormat()


class _Reader:
    """Read the events of a tree into blocks and objects."""

    def __init__(self, found: Collection, counts: Counter[str], styled: Styled, root: Node) -> None:
        self.source, self.places, self.found = found.source, found.places, found
        self.counts, self.styled = counts, styled
        self._contexts = [Context(root)]
        self._blocks: list[Context] = []
        self._builders: list[BlockBuilder] = []
        self._builder: BlockBuilder | None = None
        self._says = False  # has the open block a letter?
        self._pending: list[tuple[str, Span, TextFormat | None]] = []  # a space or line breaks, until a text follows
        self._code_elements = self._code_shown = 0
        self._gap = Gap()
        self._things = self._breaks = self._blank = 0
        self._new_page = False
        self._pictures = len(found.pictures)  # those before have their place
        self._links: list[LinkDraft] = []
        self._backgrounds: list[tuple[Node, str]] = []  # pictures that no text has met yet

    def read(self, events: list[Event]) -> tuple[Block, ...]:
        for event in events:
            if event.step is Step.OPEN:
                self._open(event.node)
            elif event.step is Step.CLOSE:
                self._close(event.node)
            elif event.token is None:
                self._flush()
            elif self._contexts[-1].is_read:
                self._add(event.token)
            else:
                self._count_masked(event.token)
        if self._builders:
            last = self._builders[-1]
            last.format = replace(last.format, space_after=self._gap.points)
        return tuple(builder.build() for builder in self._builders)

    def _count_masked(self, token: Token) -> None:
        mask = self._contexts[-1].mask
        if mask and not mask.counted and self.source.text[token.span.start : token.span.end].strip():
            mask.counted = True
            self.counts["hidden"] += 1

    def _flush(self) -> None:
        """End the text: a block starts or ends here."""
        self._pending.clear()
        lines = self._breaks
        if self._builder and self._says:
            self._builders.append(self._builder)
            lines -= 1
        elif self._builder:
            lines += 1
        self._blank += max(0, lines)
        if self._pictures < len(self.found.pictures):
            self.found.place_pictures(self._pictures, not self._says)
            self._pictures, self._blank = len(self.found.pictures), 0
        self._breaks, self._builder, self._says = 0, None, False

    def _open(self, node: Node) -> None:
        around = self._contexts[-1]
        context = self._context(node, around)
        self._contexts.append(context)
        if node.block:
            self._flush()
            describe(context, self.styled[node], self.found)
            self._blocks.append(context)
            if not context.mask:
                self._gap.open(node, self.styled)
                self._new_page = self._new_page or self.styled[node].box.before == "page"
        if not (around.closed or context.mask):
            self._show(context)

    def _context(self, node: Node, around: Context) -> Context:
        style = self.styled[node]
        masked = not (style.shown and style.visible)
        if node.name == "code" and not around.code:
            self._code_elements += 1
        self.counts["code"] += node.name == "pre" and around.is_read
        return Context(
            node,
            around.closed or node.name in _UNREAD,
            around.silent or node.attributes.get("aria-hidden", "").lower() == "true",
            (around.mask or Mask()) if masked else None,
            around.code or (self._code_elements if node.name == "code" else 0),
            *(around.kind, around.level, around.path, around.depth),
            *(around.table, around.draft, around.list, around.marker),
            self._things,
        )

    def _show(self, context: Context) -> None:
        """Note what an element shows besides its text."""
        node, picture = context.node, self.styled[context.node].box.picture
        if node.name == "br":
            if context.is_read:
                self._add_break(node)
        elif is_picture(node):
            self._things += 1
            added = self.found.add_picture(node, self.styled, context.silent)
            self.counts["image"] += node.name in ("img", "svg") and not context.silent
            if self._links:
                self._links[-1].alt = self._links[-1].alt or added.alt or ""
        elif node.name == "a" and "href" in node.attributes and context.is_read:
            self._links.append(LinkDraft(node))
        elif picture and node.name not in ("html", "body"):
            self._backgrounds.append((node, picture))

    def _add_break(self, node: Node) -> None:
        self._things += 1
        self._breaks += 1
        if self._builder and node.span:
            self._pending.append(("\n", node.span, self._format()))

    def _close(self, node: Node) -> None:
        context = self._contexts.pop()
        if self._links and self._links[-1].node is node:
            draft = self._links.pop()
            self.found.add_link(draft)
            if self._links and draft.start >= 0:
                self._links[-1].show(Span(draft.start, draft.end))
        if self._backgrounds and self._backgrounds[-1][0] is node:
            self._backgrounds.pop()
        if not node.block:
            return
        self._flush()
        self._blocks.pop()
        if context.mask:
            return
        if node.name == "p" and context.things == self._things and context.is_read:
            self._blank += 1  # an empty paragraph
        self._gap.close(node, self.styled)
        self._new_page = self._new_page or self.styled[node].box.after == "page"
        if node.name in CELLS or node.name == "table":
            self._blank = 0

    def _add(self, token: Token) -> None:
        code = self._contexts[-1].code
        if code:
            if self._code_shown != code:
                self._code_shown = code
                self._shown(standin("code"), token.span, SegmentKind.PLACEHOLDER)
        elif token.kind is TokenKind.ENTITY:
            if token.name != "\u00ad":  # where a word may be cut
                self._shown(token.name, token.span, SegmentKind.ENTITY)
        else:
            for piece in _PIECE.finditer(self.source.opaque, token.span.start, token.span.end):
                span = Span(piece.start(), piece.end())
                if piece[0][0] in _SPACES:
                    if self._builder and not self._pending:
                        self._pending.append((" ", span, self._format()))
                elif piece[0].strip(HIDDEN):
                    self.source.add(self._text_builder(), span.start, span.end, self._format())
                    self._note(piece[0], span)

    def _shown(self, shown: str, span: Span, kind: SegmentKind) -> None:
        self._text_builder().standin(shown, span, kind, self._format())
        self._note(shown, span)

    def _note(self, shown: str, span: Span) -> None:
        """Note that a text is shown, if it has a letter."""
        self._things += 1
        if not shown.strip():
            return
        if not self._says:
            self._begin()
        self._says, self._breaks = True, 0
        if self._links:
            self._links[-1].show(span)
        for node, picture in self._backgrounds:
            self.found.add_background(node, picture)
        self._backgrounds.clear()

    def _begin(self) -> None:
        """Tell the block that now has its first letter, and the one before, what separates them."""
        gap = self._gap.points
        page, blank = self._new_page, self._blank + self._breaks
        if self._builder and (gap is not None or blank or page):
            look = self._builder.format
            self._builder.format = replace(look, space_before=gap, blank_before=blank, page_break_before=page)
        if self._builders and gap is not None:
            last = self._builders[-1]
            last.format = replace(last.format, space_after=gap)
        self._gap, self._blank, self._new_page = Gap(), 0, False

    def _format(self) -> TextFormat | None:
        look = self.styled[self._contexts[-1].node].text
        return look if look != _NOTHING else None

    def _text_builder(self) -> BlockBuilder:
        """Return the block to write into, after the spaces that were waiting."""
        if self._builder is None:
            self._builder = self._new_builder()
        breaks = [pending for pending in self._pending if pending[0] == "\n"]
        for shown, span, look in breaks or self._pending:
            if self.source.text[span.start : span.end] == shown:
                self._builder.text(shown, span.start, look)
            else:
                self._builder.standin(shown, span, SegmentKind.ENTITY, look)
        self._pending.clear()
        return self._builder

    def _new_builder(self) -> BlockBuilder:
        block = self._blocks[-1]
        kind, level = block.kind, block.level
        look = block_format(block.node, self.styled)
        if kind is BlockKind.LIST_ITEM:
            look = replace(look, marker=block.marker)
            self._use_item()
        return BlockBuilder(kind, block.path or self.places.next(kind), level, look)

    def _use_item(self) -> None:
        """An item has one text; what follows in it are paragraphs."""
        for context in self._blocks[: -FAR - 1 : -1]:
            if context.kind is not BlockKind.LIST_ITEM:
                return
            context.kind, context.level = BlockKind.PARAGRAPH, 0


def read_part(found: Collection, page: Page, start: int, end: int, counts: Counter[str]) -> tuple[Block, ...]:
    """Return the blocks of `start:end` of a file, which is HTML; collect its objects and count what is not read."""
    tree = build(found.source.opaque, start, end)
    styled = page.style(tree)
    found.add_elements(tree, styled)
    found.describe(tree, styled)
    return _Reader(found, counts, styled, tree.nodes[0]).read(tree.events)


def read_html(text: str, name: str, folder: Path | None = None, placeholders: Placeholders = USUAL) -> Document:
    """Read an HTML page or a piece of one; `text` is left as it is.

    `folder` is where the page stands: its style sheets are read from there.
    """
    source, counts = Source(text, placeholders, front_matter_of(text), by_lines=False), Counter[str]()
    found, page = Collection(source, Places()), Page(source, folder)
    blocks = read_part(found, page, 0, len(text), counts)
    objects = replace(found.objects(), declarations=page.declarations)
    return Document(
        text,
        blocks,
        name,
        "html",
        skipped=(*left_out(counts), *page.skipped),
        objects=objects,
        directives=directives_of(text, placeholders.styles),
        linked=page.linked,
    )


def left_out(counts: Counter[str]) -> tuple[Skipped, ...]:
    """Say what was not read."""
    return skipped(
        (
            ("image", counts["image"], "falc ne lit pas les images."),
            ("bloc de code", counts["code"], "falc ne lit pas le code."),
            ("texte masqué", counts["hidden"], "Ce texte n'est pas affiché : les lecteurs ne le voient pas."),
        )
    )
