"""Numbers: percentages, big numbers, numbers in letters, Roman numerals, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from falc.checks import Hit, Suggestion, check
from falc.document import BlockKind
from falc.french import numerals, weekdays
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import rows
from falc.model import Safety, Severity

# The number of a paragraph of law: « II. - ».
_QUOTED_LAW = re.compile(r"[.°]? ?[-–—] ")


@check("percentage", provides=("advice",))
def percentage(block: AnalysedBlock, *, example: str, part: str, no_example: str) -> Iterator[Hit]:
    """Yield every percentage, with the share in words when it is a simple one."""
    for span in numerals.percentages(block.text):
        share = _share(numerals.share_of_hundred(block.text, span), part)
        # A rate in a table is a rate: « un quart » would be no help.
        if share is None or block.block.kind is BlockKind.TABLE_CELL:
            yield Hit(span, {"advice": no_example})
        else:
            yield Hit(span, {"advice": example.format(share=share)}, (Suggestion(share),))


def _share(percent: int | None, part: str) -> str | None:
    """Write a share of a hundred: « la moitié », « 95 sur 100 »."""
    if percent is None or not 0 < percent < 100:
        return None
    return _simple_shares().get(percent) or part.format(number=percent)


@lru_cache(maxsize=1)
def _simple_shares() -> dict[int, str]:
    return {int(row[2]): row[0] for row in rows("parts-de-cent")}


@check("big_number")
def big_number(block: AnalysedBlock, *, max_number: int) -> Iterator[Hit]:
    """Yield every number above `max_number` that is no year, sum of money, reference or phone."""
    for number in numerals.big_numbers(block.text, max_number):
        yield Hit(number.span)


@check("number_in_letters", provides=("digits",))
def number_in_letters(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield every number in letters from deux upward."""
    for number in numerals.number_words(block.text):
        digits = numerals.in_digits(block.text, number)
        alone = numerals.stands_alone(block.text, number.span) and not numerals.stands_for_all(block.text, number.span)
        safety = Safety.SAFE if alone else Safety.DISPLAY
        yield Hit(number.span, {"digits": digits}, (Suggestion(digits, safety),))


@check("roman_numeral", provides=("digits",))
def roman_numeral(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield every Roman numeral whose context tells that it is one."""
    for numeral in numerals.roman_numerals(block.text):
        if not block.text[: numeral.span.start].strip() and _QUOTED_LAW.match(block.text, numeral.span.end):
            continue  # « II. - Les faits… »: the text speaks of « aux I et II »
        # Elsewhere the text may refer to « le II », and laws keep their own numbers: a person must look.
        yield Hit(numeral.span, {"digits": numeral.written}, (Suggestion(numeral.written, Safety.UNSAFE),))


@check("numeric_date", scope="document", provides=("advice",))
def numeric_date(
    analysed: AnalysedDocument, *, write: str, impossible: str, weekday: bool, add_weekday: str, wrong_weekday: str
) -> Iterator[Hit]:
    """Yield dates in digits, wrong days of the week, and once a date without its day."""
    wanted = weekday
    for block in analysed.blocks:
        for hit in numerals.numeric_dates(block.text):
            if not hit.written:
                yield Hit(hit.span, {"advice": impossible}, block=block)
            else:
                # Without a year, « 12/05 » may yet be a fraction or a number of pages.
                safety = Safety.SAFE if hit.date else Safety.UNSAFE
                suggestion = Suggestion(hit.written, safety)
                yield Hit(hit.span, {"advice": write.format(date=hit.written)}, (suggestion,), block=block)
        for day in weekdays.days(block.text):
            if block.block.is_placeholder(day.span):
                continue
            if day.said:
                yield Hit(day.span, {"advice": wrong_weekday.format(day=day.name)}, block=block)
            elif wanted:
                wanted = False
                text = f"{day.name} {block.text[day.span.start : day.span.end]}"
                advice = {"advice": add_weekday.format(date=text)}
                yield Hit(day.span, advice, (Suggestion(text),), Severity.INFO, block)
