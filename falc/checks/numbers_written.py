"""How numbers are written: hours, telephone numbers, units, digits and letters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from falc.checks import Hit, Suggestion, check
from falc.french import numerals
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.hours import times
from falc.french.phones import phones
from falc.french.quantities import counted
from falc.french.units import units
from falc.model import Safety, Span

_SPACE = "\u00a0"  # the number and its unit stay together


@check("time_formats", scope="document", provides=("first", "other"))
def time_formats(analysed: AnalysedDocument) -> Iterator[Hit]:
    """Yield the first time that is written in another way than the first time of the document."""
    first: tuple[AnalysedBlock, Span, str] | None = None
    for block in analysed.blocks:
        for time in times(block.text):
            if block.block.is_placeholder(time.span):
                continue
            if first is None:
                first = block, time.span, time.form
            elif time.form != first[2]:
                fields = {"first": first[0].shown(first[1]), "other": block.shown(time.span)}
                yield Hit(time.span, fields, block=block)
                return


@check("phone_groups", provides=("grouped",))
def phone_groups(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield the telephone numbers that are not in pairs of digits."""
    for phone in phones(block.text):
        if not phone.in_pairs:
            yield Hit(phone.span, {"grouped": phone.grouped}, (Suggestion(phone.grouped, Safety.SAFE),))


@check("unit_symbol", provides=("written",))
def unit_symbol(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield the numbers with the symbol of a unit."""
    for unit in units(block.text):
        number = block.block.text[unit.number.start : unit.number.end]  # with its own no-break spaces
        written = f"{number}{_SPACE}{unit.word}"
        yield Hit(unit.span, {"written": written}, (Suggestion(written, Safety.SAFE),))


@check("mixed_numbers", provides=("digits", "letters"))
def mixed_numbers(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield the first number in letters of each sentence that has numbers in digits too."""
    digits = list(counted(block.text))
    letters = [number.span for number in numerals.number_words(block.text)]
    for sentence in block.sentence_spans:
        one, other = _first_in(digits, sentence), _first_in(letters, sentence)
        if one and other:
            yield Hit(other, {"digits": block.shown(one), "letters": block.shown(other)})


def _first_in(spans: Sequence[Span], around: Span) -> Span | None:
    """Return the first of sorted spans that stands in another one."""
    index = bisect_left(spans, Span(around.start, 0))
    return spans[index] if index < len(spans) and spans[index].end <= around.end else None
