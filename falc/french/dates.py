"""Dates in digits: find them, and write them with the name of the month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from falc.french.facts import rows
from falc.french.protected import protected_spans
from falc.model import Span

__all__ = ["DateHit", "numeric_dates", "written_date"]

# A year in two digits up to this one belongs to the 2000s.
_LAST_SHORT_YEAR = 49
_FULL = re.compile(
    r"(?<![\w/.,-])(?:(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})"
    r"|(?P<iso_year>(?:19|20)\d{2})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2}))(?![\w/]|[.-]\d|-\w)"
)
_PARTIAL = re.compile(r"(?<![\w/.,-])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\w/]|[.,-]\d|-\w| ?[%€])")
_ANNOUNCED = re.compile(r"(?<!\w)(?:le|du|au|dès le|date)(?: :)? $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date in digits.  `date` is None when the day does not exist or the year is missing.

    `written` is « 1er mars 2025 », « 12 mai » without a year, and empty for an impossible day.
    """

    span: Span
    date: date | None
    written: str

    @property
    def weekday(self) -> str | None:
        """The name of the day of the week."""
        return _names("jours")[self.date.weekday()] if self.date else None


@lru_cache(maxsize=2)
def _names(table: str) -> dict[int, str]:
    return {int(row[2]): row[0] for row in rows(table)}


def written_date(day: int, month: int, year: int | None = None) -> str:
    """Return « 12 mars 2025 », or « 12 mars » without a year."""
    words = ["1er" if day == 1 else str(day), _names("mois")[month]]
    return " ".join(words if year is None else [*words, str(year)])


def numeric_dates(text: str) -> Iterator[DateHit]:
    """Yield the dates in digits of a plain text, in order; « 12/05 » only where a date is announced."""
    found = sorted([*_full_dates(text), *_partial_dates(text)], key=lambda hit: hit.span)
    protected = iter(protected_spans(text))
    wall = next(protected, None)
    for hit in found:
        while wall is not None and wall.end <= hit.span.start:
            wall = next(protected, None)
        if wall is None or not wall.overlaps(hit.span):
            yield hit


def _full_dates(text: str) -> Iterator[DateHit]:
    for match in _FULL.finditer(text):
        day, month, year = (int(match[name] or match[f"iso_{name}"]) for name in ("day", "month", "year"))
        if match["year"] and len(match["year"]) == 2:
            if match["sign"] != "/" and not _is_announced(text, match.start()):
                continue  # « 12.03.25 » numbers a paragraph as well
            year += 2000 if year <= _LAST_SHORT_YEAR else 1900
        span = Span(match.start(), match.end())
        try:
            value = date(year, month, day)
        except ValueError:
            if 1 <= day <= 31 and 1 <= month <= 31 and 1800 <= year <= 2200:
                yield DateHit(span, None, "")
            continue
        if 1800 <= year <= 2200:
            yield DateHit(span, value, written_date(day, month, year))


def _partial_dates(text: str) -> Iterator[DateHit]:
    for match in _PARTIAL.finditer(text):
        day, month = int(match["day"]), int(match["month"])
        two_digits = len(match["day"]) == len(match["month"]) == 2
        if not (1 <= month <= 12 and 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)):
            continue
        if _follows_weekday(text, match.start()) or (two_digits and _is_announced(text, match.start())):
            yield DateHit(Span(match.start(), match.end()), None, written_date(day, month))


def _is_announced(text: str, start: int) -> bool:
    return bool(_ANNOUNCED.search(text[max(start - 12, 0) : start])) or _follows_weekday(text, start)


def _follows_weekday(text: str, start: int) -> bool:
    words = text[max(start - 12, 0) : start].lower().split()
    return bool(words) and text[start - 1] == " " and words[-1] in _names("jours").values()
