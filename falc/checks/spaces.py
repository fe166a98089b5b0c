"""Spaces where a line must not break."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from falc.checks import Hit, Suggestion, check
from falc.french.analysis import AnalysedBlock
from falc.french.facts import facts
from falc.french.protected import Outside, protected_spans
from falc.model import Safety, Span

_NO_BREAK = "\u00a0"
_ONE_LINE = 20  # letters: a date or a sum alone, in a cell or at the top of a letter
_NUMBER = r"(?<![\w.,/-])\d{1,3}(?:[ \u00a0\u202f]\d{3}){0,4}(?:,\d{1,4})?|(?<![\w.,/-])\d{4,9}(?:,\d{1,4})?"


@check("breaking_space")
def breaking_space(block: AnalysedBlock, *, units: tuple[str, ...], first_day: str) -> Iterator[Hit]:
    """Yield « 12 euros » and « 3 mars » written with an ordinary space, which a line may break."""
    if len(block.text.strip()) <= _ONE_LINE:
        return
    outside = Outside(protected_spans(block.text))
    for match in _pattern(units, first_day).finditer(block.block.text):
        span = Span(*match.span())
        if " " in match[0] and outside(span):
            yield Hit(span, suggestions=(Suggestion(match[0].replace(" ", _NO_BREAK), Safety.SAFE),))


@lru_cache(maxsize=8)
def _pattern(units: tuple[str, ...], first_day: str) -> re.Pattern[str]:
    unit = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    month = "|".join(sorted(map(re.escape, facts("mois")), key=len, reverse=True))
    day = rf"(?<![\w.,/-])(?:\d{{1,2}}|{first_day})"
    return re.compile(rf"(?:(?:{_NUMBER})[ \u00a0\u202f](?:{unit})|{day}[ \u00a0](?:{month}))(?!\w)")
