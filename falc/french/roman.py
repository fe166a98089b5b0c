"""Roman numerals in a plain text, where their neighbours show that they are numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from falc.french.facts import facts
from falc.model import Span

__all__ = ["RomanNumeral", "roman_numerals"]


@dataclass(frozen=True, slots=True)
class RomanNumeral:
    """A Roman numeral, its value, and how to write it: « XXe » is « 20e »."""

    span: Span
    value: int
    written: str


_BEFORE = 30  # characters before a name
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_ROMAN = r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
_LONG_ROMAN = rf"(?=[IVX]{{2}}){_ROMAN}"
_NAME = r"[A-ZÉÈÎ][a-zéèêëïîüç-]{3,30}"
_ORDINAL = r"(?:er|re|ère|e|è|ème|ième)"
_DASH = r"[-–—]"


@lru_cache(maxsize=1)
def _roman_pattern() -> re.Pattern[str]:
    keywords = "|".join(sorted(map(re.escape, facts("mots-devant-chiffre-romain")), key=len, reverse=True))
    kings = "|".join(sorted(map(re.escape, facts("noms-de-rois")), key=len, reverse=True))
    # Left alone: « article X », which hides a number, and « V. Hugo ».
    return re.compile(
        rf"(?<![\w'-])(?P<ordinal>{_ROMAN})(?P<suffix>{_ORDINAL})(?!\w)"
        rf"|(?<!\w)(?i:{keywords})s? (?P<part>(?!X\b){_ROMAN})(?P<part_suffix>{_ORDINAL})?(?![\w'.-]*\w)"
        rf"|(?<=[IVX])(?: et| à| ou|,) (?P<more>{_ROMAN})(?![\w'-])"
        rf"|(?<![\w'-])(?:(?:{kings}) (?P<king>{_ROMAN})|{_NAME} (?P<name>{_LONG_ROMAN}))(?![\w'-])"
        rf"|^[ \t]*(?P<item>{_ROMAN})(?=\.? ?{_DASH} |\) |(?<![VX])\. )",
        re.MULTILINE,
    )


def roman_numerals(text: str) -> Iterator[RomanNumeral]:
    """Yield the Roman numerals whose neighbours show that they are numbers."""
    last = -1
    for match in _roman_pattern().finditer(text):
        if match["more"] and match.start() != last:
            continue  # « le CV et VI »
        if (match["king"] or match["name"]) and _names_a_place(text, match.start()):
            continue  # « rue Jean XXIII »
        group = next(name for name in ("ordinal", "part", "more", "king", "name", "item") if match[name])
        suffix = match["suffix"] or match["part_suffix"] or ""
        value = _roman_value(match[group])
        span = Span(match.start(group), match.end(group) + len(suffix))
        last = span.end
        yield RomanNumeral(span, value, f"{value}{_plain_suffix(suffix)}")


def _plain_suffix(suffix: str) -> str:
    return "e" if suffix in ("è", "ème", "ième") else "re" if suffix == "ère" else suffix


def _names_a_place(text: str, start: int) -> bool:
    """Does « rue » or « lycée » stand just before a name?"""
    before = text[max(0, start - _BEFORE) : start].lower().replace("'", " ").split()
    return bool(facts("lieux-nommes").intersection(before[-2:]))


def _roman_value(numeral: str) -> int:
    values = [_ROMAN_VALUES[sign] for sign in numeral]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))
