"""Telephone numbers of France: their groups of digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from falc.french.facts import facts
from falc.french.protected import protected_spans
from falc.model import Span

__all__ = ["Phone", "has_announcement", "phones"]

_PHONE = re.compile(
    r"(?<![\w.,/@+-])(?P<prefix>\+33 ?(?:\(0\) ?)?|0033 ?|0)(?P<first>[1-9])(?P<rest>(?:[ ./-]?\d{2}){4})"
    r"(?![\w@]|[./-]\d)"
)
_PAIRS = re.compile(r"(?: \d\d){4}")
_BEFORE = 40  # characters before a number, enough for the words that announce it
_SPACE = "\u00a0"  # the number stays on one line


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number; `grouped` is the same in pairs of digits, `in_pairs` tells that it was so."""

    span: Span
    grouped: str
    in_pairs: bool


@lru_cache(maxsize=1)
def _announcement() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, facts("annonces-de-telephone")), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def has_announcement(text: str, start: int) -> bool:
    """Do the words just before `start` tell that a telephone number follows?"""
    return _announcement().search(text[max(start - _BEFORE, 0) : start]) is not None


def phones(text: str) -> Iterator[Phone]:
    """Yield the telephone numbers that are no part of a reference."""
    walls = iter(protected_spans(text))
    wall = next(walls, None)
    for match in _PHONE.finditer(text):
        while wall is not None and wall.end <= match.start():
            wall = next(walls, None)
        inside = wall is not None and wall.start < match.start()
        if inside and not has_announcement(text, match.start()):
            continue
        digits = re.sub(r"\D", "", match["rest"])
        pairs = [digits[i : i + 2] for i in range(0, 8, 2)]
        abroad = match["prefix"] != "0"
        first = f"+33{_SPACE}{match['first']}" if abroad else f"0{match['first']}"
        in_pairs = bool(_PAIRS.fullmatch(match["rest"])) and (not abroad or match["prefix"][-1] in " )")
        yield Phone(Span(*match.span()), _SPACE.join([first, *pairs]), in_pairs)
