"""Numbers: percentages, big numbers, numbers in letters, Roman numerals, dates."""

from __future__ import annotations

from collections.abc import Iterator

from falc.checks import Hit, Suggestion, check
from falc.french import numerals
from falc.french.analysis import AnalysedBlock
from falc.model import Safety


@check("percentage")
def percentage(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield every percentage."""
    for span in numerals.percentages(block.text):
        yield Hit(span)


@check("big_number")
def big_number(block: AnalysedBlock, *, max_number: int) -> Iterator[Hit]:
    """Yield every number above `max_number` that is no year, sum of money, reference or phone."""
    for number in numerals.big_numbers(block.text, max_number):
        yield Hit(number.span)


@check("number_in_letters", provides=("digits",))
def number_in_letters(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield every number in letters from deux upward."""
    for number in numerals.number_words(block.text):
        digits = str(number.value)
        yield Hit(number.span, {"digits": digits}, (Suggestion(digits, Safety.SAFE),))


@check("roman_numeral", provides=("digits",))
def roman_numeral(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield every Roman numeral whose context tells that it is one."""
    for numeral in numerals.roman_numerals(block.text):
        yield Hit(numeral.span, {"digits": numeral.written}, (Suggestion(numeral.written, Safety.SAFE),))


@check("numeric_date", provides=("advice",))
def numeric_date(block: AnalysedBlock, *, write: str, impossible: str) -> Iterator[Hit]:
    """Yield every date in digits, with the date in full when it exists."""
    for hit in numerals.numeric_dates(block.text):
        if not hit.written:
            yield Hit(hit.span, {"advice": impossible})
        else:
            # Without a year, « 12/05 » may yet be a fraction or a number of pages.
            safety = Safety.SAFE if hit.date else Safety.UNSAFE
            advice = write.format(date=hit.written)
            yield Hit(hit.span, {"advice": advice}, (Suggestion(hit.written, safety),))
