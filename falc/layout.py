"""What the selected rules want of the look of an Office file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from falc.checks.fonts import font, size_ratio
from falc.checks.layout import names
from falc.checks.lines import followers
from falc.document import Block, BlockKind, Document, SegmentKind
from falc.formats.office.layout import LayoutWants
from falc.french.analysis import Sentence, plain
from falc.french.boundaries import sentence_spans
from falc.model import Rule, Span

__all__ = ["layout_wants"]

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_SLACK = 0.01  # programs round


def layout_wants(rules: Sequence[Rule], document: Document) -> LayoutWants:
    """Return what `falc fix --layout` changes in `document`, so that those of `rules` about the look find nothing more.

    Offsets count in the text of `document`.
    """
    chosen = {rule.check: rule for rule in rules}
    fonts = sorted({name for block in document.blocks for run in block.runs if (name := run.format.font)})
    size, alignment = _number(chosen.get("type_size"), "min_size"), chosen.get("alignment")
    return LayoutWants(
        size=size,
        sizes={} if size is None else {name: _least(size, name) for name in fonts},
        left=alignment is not None,
        to_left=() if alignment is None else tuple(_off_left(alignment, document)),
        upright="italics" in chosen,
        line_spacing=_number(chosen.get("line_spacing"), "min_ratio"),
        line_heights={name: line for name in fonts if (line := font(name).line) is not None},
        space_between=_number(chosen.get("paragraph_spacing"), "min_ratio"),
        breaks=tuple(_breaks(document)) if "sentences_on_a_line" in chosen else (),
    )


def _number(rule: Rule | None, option: str) -> float | None:
    value = None if rule is None else rule.options[option]
    return float(value) if isinstance(value, int | float) else None


def _least(size: float, name: str) -> float:
    """Return the size at which the letters of a typeface look as large as those of Arial, as the rule tells it."""
    ratio = size_ratio(font(name))
    return size if ratio >= 1 else float(ceil(size / ratio - _SLACK))


def _sentences(block: Block) -> list[Sentence]:
    text = plain(block.text)
    return [Sentence(span, text[span.start : span.end]) for span in sentence_spans(block.text)]


def _off_left(rule: Rule, document: Document) -> Iterator[int]:
    """Yield where the blocks start that hold a whole sentence and are aligned in an unusual way."""
    unusual, least = rule.options["unusual"], _number(rule, "min_words") or 0
    odd = names(unusual) if isinstance(unusual, tuple) else {}
    for block in document.blocks:
        sentences = _sentences(block) if block.kind in _PROSE and block.format.alignment in odd else []
        if any(sentence.is_whole and sentence.words >= least for sentence in sentences):
            yield block.segments[0].source.start


def _breaks(document: Document) -> Iterator[int]:
    """Yield where a sentence begins behind another one on its line."""
    for block in document.blocks:
        if block.kind not in _PROSE or block.format.floating:
            continue
        for between, sentence in followers(_sentences(block)):
            if "\n" not in block.text[between.start : between.end] and _is_text(block, between):
                yield block.source(Span(sentence.span.start, sentence.span.start + 1)).start


def _is_text(block: Block, between: Span) -> bool:
    """Do the blanks between two sentences, with the sign before them, stand in the file as they are?"""
    around = Span(between.start - 1, between.end)
    return all(segment.kind is SegmentKind.TEXT for segment in block.segments_in(around))
