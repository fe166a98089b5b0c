"""Symbols of units after a number: « 45 m² », « 12,50 € »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from falc.french.facts import facts, rows
from falc.french.hours import times
from falc.french.protected import Outside, merged, protected_spans
from falc.model import Span

__all__ = ["Unit", "units", "value_of"]

_NUMBER = r"(?<![\w.,/°-])(?:\d{1,3}(?:[ .]\d{3}){1,5}(?!\d)|\d{1,15})(?:[.,]\d{1,4})?"
_DECIMALS = re.compile(r",(\d{1,4})\Z|\.(\d{1,2})\Z")
_PLURAL_FROM = 2  # in French, 1,5 is singular


@dataclass(frozen=True, slots=True)
class Unit:
    """A number and its symbol; `number` is the part to keep, `word` what the symbol stands for, in full."""

    span: Span
    number: Span
    word: str


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    return {row[0]: (*row[2:], "")[:3] for row in rows("unites")}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    symbols = "|".join(sorted(map(re.escape, _words()), key=len, reverse=True))
    millions = "|".join(sorted(facts("mots-million"), key=len, reverse=True))
    return re.compile(rf"(?P<number>{_NUMBER}(?P<million> (?:{millions}))?)(?: ?(?P<symbol>{symbols}))(?![\w²³%°'-])")


def units(text: str) -> Iterator[Unit]:
    """Yield the numbers with the symbol of a unit, but times of day and what is protected."""
    is_free = Outside(merged([*(time.span for time in times(text)), *protected_spans(text)]))
    for match in _pattern().finditer(text):
        span = Span(*match.span())
        singular, plural, after_million = _words()[match["symbol"]]
        word = after_million if match["million"] else plural if value_of(match["number"]) >= _PLURAL_FROM else singular
        if not after_million and text.startswith("/", span.end):
            continue  # « 3 g/l »; « 12 €/mois » is another matter
        if word and is_free(span):
            yield Unit(span, Span(*match.span("number")), word)


def value_of(number: str) -> float:
    """Return the value of digits as they are written: 1500 for « 1.500 », 1.5 for « 1,5 »."""
    decimals = _DECIMALS.search(number)
    whole = number[: decimals.start()] if decimals else number
    return float(re.sub(r"\D", "", whole) or 0) + (float(f"0.{decimals[1] or decimals[2]}") if decimals else 0)
