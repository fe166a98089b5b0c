"""Lists: bullets typed by hand, lists in lists, lists that do not look like lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from falc.checks import Hit, check
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.model import Span

# A bullet, then a blank; « o » and the signs of the symbol fonts are bullets of Word.
_TYPED = re.compile(r"[^\S\n]*(?:[•◦▪▫·●○■□➢➤✓\uf0b7\uf0a7]\s*|[-–—*o]\s+|\d{1,2}[.)]\s+)(?=[^\W_])")


@check("list_shape", scope="document", provides=("advice",))
def list_shape(
    analysed: AnalysedDocument, *, typed_formats: tuple[str, ...], max_depth: int, typed: str, deep: str, bare: str
) -> Iterator[Hit]:
    """Yield the first list typed by hand, the first list too deep and the first one without its bullets."""
    items = [block for block in analysed.blocks if block.block.kind is BlockKind.LIST_ITEM and block.sentences]
    by_hand = _typed(analysed) if analysed.document.format in typed_formats else []
    if by_hand:
        block, span = by_hand[0]
        yield Hit(span, {"advice": typed}, block=block)
    for found, advice in (
        ([item for item in items if item.block.level > max_depth], deep),
        ([item for item in items if item.block.format.marker == ""], bare),
    ):
        if found:
            yield Hit(found[0].sentences[0].span, {"advice": advice}, block=found[0])


def _typed(analysed: AnalysedDocument) -> list[tuple[AnalysedBlock, Span]]:
    """Return the lines that begin with a bullet or a number, where at least two follow each other."""
    lines = [line for block in analysed.blocks for line in _lines(block)]
    found: list[tuple[AnalysedBlock, Span]] = []
    for is_item, group in groupby(lines, key=lambda line: line[2]):
        run = [(block, span) for block, span, _ in group]
        if is_item and len(run) > 1:
            found += run
    return found


def _lines(block: AnalysedBlock) -> Iterator[tuple[AnalysedBlock, Span, bool]]:
    """Yield the lines of a block with words, and whether a bullet begins them."""
    usual = block.block.kind in (BlockKind.PARAGRAPH, BlockKind.TABLE_CELL) and not block.block.format.marker
    for match in re.finditer(r"[^\n]+", block.block.text):
        text = match[0]
        if text.strip():
            start = match.start() + len(text) - len(text.lstrip())
            span = Span(start, match.start() + len(text.rstrip()))
            yield block, span, usual and _TYPED.match(text) is not None
