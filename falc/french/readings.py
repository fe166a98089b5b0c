"""A document with other branches of a template's conditions: each of its readings is a document of its own."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator

from falc.document import Block
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.model import Span

__all__ = ["Shown", "other_readings"]

# The blocks that a reading shows in another way, and the branches that they add, in the document's text.
Shown = list[tuple[AnalysedBlock, tuple[Span, ...]]]


def other_readings(analysed: AnalysedDocument) -> Iterator[tuple[AnalysedDocument, Shown]]:
    """Yield the document as its other readings show it, with their own blocks in the place of those of the first."""
    if not (analysed.variants and analysed.blocks):
        return
    starts = sorted((_start(block.block), number) for number, block in enumerate(analysed.blocks))
    seen, readings = Counter[int](), defaultdict[int, dict[int, tuple[AnalysedBlock, tuple[Span, ...]]]](dict)
    for (_, branches), block in zip(analysed.document.variants, analysed.variants, strict=True):
        place = bisect_right(starts, (_start(block.block), len(starts)))
        number = starts[max(place - 1, 0)][1]
        readings[seen[number]][number] = block, branches
        seen[number] += 1
    for shown in readings.values():
        blocks = tuple(shown[number][0] if number in shown else block for number, block in enumerate(analysed.blocks))
        document = analysed.document.with_blocks(block.block for block in blocks)
        yield AnalysedDocument(document, blocks), list(shown.values())


def _start(block: Block) -> int:
    return block.segments[0].source.start if block.segments else 0
