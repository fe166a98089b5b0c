"""The day of the week of a date with its month in letters: missing where readers need it, or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from falc.french.facts import facts, rows
from falc.french.protected import Outside, protected_spans
from falc.french.quantities import written_dates
from falc.model import Span

__all__ = ["Day", "days"]

_BEFORE = 30  # characters before a date, enough for the words that announce it


@dataclass(frozen=True, slots=True)
class Day:
    """A date and the name of its day; `said` is the wrong name that the text gives, or None when it gives none."""

    span: Span
    name: str
    said: str | None


@lru_cache(maxsize=1)
def _announcement() -> re.Pattern[str]:
    """Match the words before a date at which the reader must do something: « avant le », « à partir du »."""
    words = "|".join(sorted(map(re.escape, facts("mots-devant-echeance")), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words}) \Z", re.IGNORECASE)


def days(text: str) -> Iterator[Day]:
    """Yield the dates whose day of the week is wrong, and those that lack one though the reader must act."""
    names = {int(row[2]): row[0] for row in rows("jours")}
    months = {row[0]: int(row[2]) for row in rows("mois")}
    is_free = Outside(protected_spans(text))
    for match in written_dates(text):
        span = Span(*match.span())
        if not match["year"] or not is_free(span):
            continue
        try:
            name = names[date(int(match["year"]), months[match["month"].lower()], int(match["day"])).weekday()]
        except ValueError:
            continue
        before = text[max(span.start - _BEFORE, 0) : span.start]
        said = before.split()[-1].lower() if before.endswith(" ") and before.strip() else ""
        if said in names.values():
            if said != name:
                yield Day(Span(span.start - len(said) - 1, span.end), name, said)
        elif _announcement().search(before):
            yield Day(span, name, None)
