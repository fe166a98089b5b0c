"""Times of day in a plain text, and the way each one is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from falc.french.facts import rows
from falc.french.protected import Outside, protected_spans
from falc.model import Span

__all__ = ["Time", "times"]

_BEFORE = 12  # characters before a time, enough for the word that announces it
_RANGE = re.compile(r" ?(?:[-–/]|à) ?\d")
_COLON = "deux-points"


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day; `form` is one of those of « mots-heure », or « deux-points »."""

    span: Span
    form: str


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    return {row[0]: row[2] for row in rows("mots-heure")}


@lru_cache(maxsize=1)
def _announcing() -> dict[str, str]:
    """Return the words that stand before a time, each with the only form that it announces, or nothing."""
    return {row[0]: row[2] if len(row) > 2 else "" for row in rows("mots-devant-heure")}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    word = "|".join(sorted(map(re.escape, _forms()), key=len, reverse=True))
    return re.compile(
        r"(?<![\w.,:/+-])(?:[01]?\d|2[0-4])"
        rf"(?: ?(?i:(?P<word>{word}))(?P<minutes> ?[0-5]\d(?!\d))?|:[0-5]\d)(?![\w:]|[.,/]\d| \d{{3}})"
    )


def times(text: str) -> Iterator[Time]:
    """Yield the times of day; « 7 heures » alone may be a duration, « à 7 heures » is none."""
    is_free = Outside(protected_spans(text))
    for match in _pattern().finditer(text):
        span = Span(*match.span())
        form = _forms()[match["word"].lower()] if match["word"] else _COLON
        if is_free(span) and (not match["word"] or match["minutes"] or _is_announced(text, span, form)):
            yield Time(span, form)


def _is_announced(text: str, span: Span, form: str) -> bool:
    words = text[max(span.start - _BEFORE, 0) : span.start].lower().split()
    if words and _announcing().get(words[-1]) in ("", form):
        return True
    return form != "mot" and _RANGE.match(text, span.end) is not None
