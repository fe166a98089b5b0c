"""Too many or too exact numbers, numbers without a meaning, numbers that cannot be right."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from falc.checks import Hit, Suggestion, check
from falc.document import BlockKind
from falc.french import numerals
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import facts
from falc.french.identifiers import doubtful_identifiers
from falc.french.postal import is_postal, line_around
from falc.french.quantities import decimals, exact_counts, figures
from falc.model import Span

_END = re.compile(r" ?(?:[.;:!?,)]|\Z)")


@check("exact_count", provides=("idea",))
def exact_count(block: AnalysedBlock, *, min_number: int, max_number: int, idea: str) -> Iterator[Hit]:
    """Yield the counts of people or things that are more exact than readers need."""
    for count in exact_counts(block.text, min_number, max_number):
        written = idea.format(number=count.rounded, noun=count.noun)
        yield Hit(count.span, {"idea": written}, (Suggestion(written),))


@check("decimal_number")
def decimal_number(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield decimals and fractions, but sums of money and rates."""
    for span in decimals(block.text):
        yield Hit(span)


@check("many_figures", scope="document", provides=("count", "where"))
def many_figures(
    analysed: AnalysedDocument, *, max_in_sentence: int, max_on_page: int, page_words: int, sentence: str, page: str
) -> Iterator[Hit]:
    """Yield the sentences with too many figures, or the whole document when it is full of them."""
    total = words = 0
    for block in analysed.blocks:
        if block.block.kind in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.TABLE_CELL):
            continue
        spans = [span for span in figures(block.text) if not block.block.is_placeholder(span)]
        total += len(spans)
        for part in block.sentences:
            words += part.words
            count = bisect_left(spans, Span(part.span.end, 0)) - bisect_left(spans, Span(part.span.start, 0))
            if count > max_in_sentence and part.is_whole:
                yield Hit(part.span, {"count": count, "where": sentence}, block=block)
    if words >= page_words and total * page_words > max_on_page * words:
        yield Hit(fields={"count": total, "where": page})


@check("bare_number")
def bare_number(block: AnalysedBlock, *, max_number: int) -> Iterator[Hit]:
    """Yield the big numbers that no unit and no comparison explains."""
    for number in numerals.big_numbers(block.text, max_number):
        part = block.sentence_at(number.span)
        if part is None or not part.is_whole or not _END.match(block.text, number.span.end):
            continue
        if number.span.start == part.span.start or is_postal(line_around(block.text, number.span)):
            continue
        if not any(term in part.text.lower() for term in facts("comparaisons")):
            yield Hit(number.span)


@check("doubtful_identifier", provides=("advice",))
def doubtful_identifier(
    block: AnalysedBlock, *, wrong_key: str, wrong_length: str, names: tuple[str, ...]
) -> Iterator[Hit]:
    """Yield the identifiers that cannot be right.  Nothing is ever proposed: only the original tells."""
    words = dict(name.split("=", 1) for name in names)
    for doubt in doubtful_identifiers(block.text):
        template = wrong_key if doubt.length is None else wrong_length
        yield Hit(doubt.span, {"advice": template.format(name=words[doubt.kind], length=doubt.length)})
