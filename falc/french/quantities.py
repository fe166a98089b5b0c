"""Figures in a plain text: decimals, fractions, exact counts, and all that a reader must read as a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from falc.french.dates import numeric_dates
from falc.french.facts import facts
from falc.french.hours import times
from falc.french.protected import Outside, merged, protected_spans
from falc.french.units import value_of
from falc.model import Span

__all__ = ["Count", "counted", "decimals", "exact_counts", "figures", "money", "written_dates"]

_DIGITS = r"(?:\d{1,3}(?: \d{3}){1,5}(?!\d)|\d{1,15})"
_NUMBER = re.compile(rf"(?<![\w.,/°-]){_DIGITS}(?:[,.]\d{{1,4}})?(?![\w*°]|[.,/-]\d)")
_DECIMAL = re.compile(r"(?<![\w.,/-])\d{1,3}(?:[ .]\d{3}){0,4},\d{1,4}(?![\w,]|[./]\d)")
_FRACTION = re.compile(r"(?<![\w.,/-])(?P<top>\d{1,2})/(?P<bottom>\d{1,3})(?:e|er|ème)?(?![\w,/]|[.,]\d)|[½⅓⅔¼¾⅕⅛]")
_ENUMERATED = re.compile(r" ?[,;] ?\d")
_CLAUSE_END = re.compile(r"[,.;:!?] ")
_BEFORE = 40  # characters before a number, enough for the words that change its meaning
_CAPITALS = re.compile(r"[A-Z]{2,} \Z")  # « CCAS 80 » is a name
_PERCENT = re.compile(r" ?%")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or things, and the same to the nearest ten."""

    span: Span
    noun: str
    rounded: int


@lru_cache(maxsize=16)
def _any_of(name: str, before: str = r"(?<!\w)", after: str = r"(?!\w)") -> re.Pattern[str]:
    """Return a pattern of the terms of a table."""
    terms = "|".join(sorted(map(re.escape, facts(name)), key=len, reverse=True))
    return re.compile(f"{before}(?:{terms}){after}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _money() -> re.Pattern[str]:
    millions = "|".join(sorted(facts("mots-million")))
    return _any_of("monnaies", rf" ?(?:(?:{millions}) )?(?:de |d')?")


@lru_cache(maxsize=1)
def _date() -> re.Pattern[str]:
    months = "|".join(sorted(facts("mois")))
    return re.compile(rf"(?<![\w.,/-])(?P<day>\d{{1,2}})(?:er)? (?P<month>{months})(?: (?P<year>\d{{4}}))?(?!\w)")


def written_dates(text: str) -> Iterator[re.Match[str]]:
    """Yield the dates with the month in letters, as groups day, month and year."""
    yield from _date().finditer(text)


def money(text: str) -> Iterator[Span]:
    """Yield the sums of money, with their number."""
    for match in _NUMBER.finditer(text):
        unit = _money().match(text, match.end())
        if unit:
            yield Span(match.start(), unit.end())


def decimals(text: str) -> Iterator[Span]:
    """Yield decimals and fractions that are no sum of money, no percentage, no rate and no reference."""
    is_free = Outside(protected_spans(text))
    for span in sorted([*_decimals(text), *_fractions(text)]):
        clause = _CLAUSE_END.split(text[max(span.start - _BEFORE, 0) : span.start])[-1]
        if is_free(span) and not _any_of("mots-devant-taux").search(clause):
            yield span


def _decimals(text: str) -> Iterator[Span]:
    for match in _DECIMAL.finditer(text):
        if text[match.end() : match.end() + 2].strip()[:1] == "%" or _money().match(text, match.end()):
            continue
        if _any_of("mots-million", " ").match(text, match.end()):
            continue  # a big number first of all
        if _ENUMERATED.match(text, match.end()):
            continue  # « cases 1,2, 5 »
        yield Span(*match.span())


def _fractions(text: str) -> Iterator[Span]:
    dates = {hit.span.start for hit in numeric_dates(text)}
    for match in _FRACTION.finditer(text):
        top, bottom = match["top"], match["bottom"]
        # Small parts only: « 12/45 » is a number of pages or a mark.
        if match.start() not in dates and (not top or (int(top) < int(bottom) <= 10 and top[0] != "0")):
            yield Span(*match.span())


def exact_counts(text: str, minimum: int, maximum: int) -> Iterator[Count]:
    """Yield the counts of people or things from `minimum` to `maximum` that are not round."""
    is_free = Outside(protected_spans(text))
    for match in _NUMBER.finditer(text):
        noun = _any_of("choses-comptees", " ").match(text, match.end())
        value = value_of(match[0])
        if not noun or not minimum <= value <= maximum or value % 10 == 0 or not is_free(Span(*match.span())):
            continue
        before = _any_of("devant-quantite").search(text, max(match.start() - 20, 0), match.start())
        if not before:
            yield Count(Span(match.start(), noun.end()), noun[0].strip(), round(value / 10) * 10)


def figures(text: str) -> Iterator[Span]:
    """Yield what a reader must read as a number: a date, a time or a sum is one; references are none."""
    whole = [hit.span for hit in numeric_dates(text)]
    whole += [Span(*match.span()) for match in written_dates(text)]
    whole += [time.span for time in times(text)]
    whole = merged(whole)
    is_free, outside = Outside(protected_spans(text)), Outside(whole)
    alone = [Span(*match.span()) for match in _NUMBER.finditer(text) if outside(Span(*match.span()))]
    for span in sorted([*whole, *alone]):
        if is_free(span):
            yield span


def counted(text: str) -> Iterator[Span]:
    """Yield the numbers in digits that count something: no date, time, year or reference."""
    dates = merged([hit.span for hit in numeric_dates(text)] + [Span(*m.span()) for m in written_dates(text)])
    outside = Outside(merged([*dates, *(time.span for time in times(text)), *protected_spans(text)]))
    for match in _NUMBER.finditer(text):
        if not outside(Span(*match.span())) or (match[0].isdigit() and int(match[0]) in _YEARS):
            continue
        if not _CAPITALS.search(text[max(match.start() - 5, 0) : match.start()]) and not _PERCENT.match(
            text, match.end()
        ):
            yield Span(*match.span())
