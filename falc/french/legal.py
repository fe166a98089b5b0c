"""Names of laws in a plain text: « article L. 123-4 du code du travail », « loi n° 2005-102 »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from falc.french.facts import facts
from falc.model import Span

__all__ = ["citations"]

_NUMBER = r"(?:(?:[LRDA]O?[.*]{0,2} ?)?\d{1,4}(?:[-.]\d{1,4}){0,5})"
_NEXT = r"(?: et suivants)?"
_LIST = rf"{_NUMBER}{_NEXT}(?:(?:, ?| et | ou | à ){_NUMBER}{_NEXT}){{0,9}}"
_SIGN = r"(?:n ?°|nº|N°)"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    def any_of(table: str) -> str:
        return "|".join(sorted(map(re.escape, facts(table)), key=len, reverse=True))

    return re.compile(
        rf"(?<![\w-])(?:(?i:{any_of('mots-d-article')}) (?P<article>{_LIST})"
        rf"|(?i:{any_of('textes-de-loi')})(?: [^\W\d_]{{2,20}}){{0,2}}"
        rf" (?:{_SIGN} ?\d[\w/.-]{{0,20}}|du \d{{1,2}}(?:er)? (?:{any_of('mois')}) \d{{4}}))",
    )


@lru_cache(maxsize=1)
def _law() -> re.Pattern[str]:
    known = facts("codes") | facts("textes-de-loi") | facts("recueils-de-lois")
    words = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.compile(rf" (?:de la |de l'|du |des )(?:{words})(?!\w)", re.IGNORECASE)


def citations(text: str) -> Iterator[Span]:
    """Yield the names of laws; « article 3 » alone may belong to a contract."""
    for match in _pattern().finditer(text):
        law = _law().match(text, match.end())
        if match["article"] is None or law or match["article"][0].isalpha():
            yield Span(match.start(), law.end() if law else match.end())
