"""Conditions that open a sentence: « Si vous avez un enfant, … »."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from falc.french.facts import facts
from falc.model import Span

__all__ = ["Condition", "condition"]

_REACH = 60  # characters in which the words of an opening are looked for
_OPENING_SIGNS = '«"“(-–—•0123456789°. '


@dataclass(frozen=True, slots=True)
class Condition:
    """The words that open a condition, the condition, and what follows if it is true.

    `clause` and `answer` are known for « Si … , … » with one comma only.
    """

    marker: Span
    clause: Span | None
    answer: Span | None


@lru_cache(maxsize=4)
def _phrases(name: str) -> tuple[str, ...]:
    return tuple(sorted(facts(name), key=len, reverse=True))


def condition(text: str, sentence: Span) -> Condition | None:
    """Return the condition that opens a sentence of a plain text."""
    start = sentence.start
    while start < sentence.end and text[start] in _OPENING_SIGNS:
        start += 1
    start = _after_link_word(text, start, sentence.end)
    head = text[start : min(start + _REACH, sentence.end)].lower()
    if any(_begins(head, phrase) for phrase in _phrases("si-sans-condition")):
        return None
    opening = next((phrase for phrase in _phrases("ouvertures-de-condition") if _begins(head, phrase)), None)
    if opening is None:
        return None
    marker = Span(start, start + len(opening))
    if " " in opening:  # « à condition que »
        return Condition(marker, None, None)
    if not _has_subject(head[len(opening) :].split(), opening):
        return None  # « s'inscrire », « si nécessaire »
    if text.find("?", marker.end, sentence.end) >= 0:
        return None
    return _in_two_parts(text, marker, sentence)


def _after_link_word(text: str, start: int, end: int) -> int:
    """Return where « si » stands in « Toutefois, si »."""
    head = text[start : min(start + _REACH, end)].lower()
    word = next((word for word in _phrases("avant-condition") if _begins(head, word)), None)
    if word is None:
        return start
    rest = head[len(word) :]
    return start + len(word) + len(rest) - len(rest.lstrip(" ,:"))


def _begins(head: str, phrase: str) -> bool:
    if not head.startswith(phrase):
        return False
    return phrase.endswith("'") or not head[len(phrase) : len(phrase) + 1].isalpha()


def _has_subject(words: list[str], opening: str) -> bool:
    """Does a subject follow « si »: a pronoun, an article, a number?"""
    first = words[0] if words else ""
    if opening.endswith("'"):
        return first.rstrip(",") in ("il", "ils")
    return first in facts("clitiques") | facts("determinants") | facts("pronoms-sujets") or (
        first.startswith(("l'", "d'", "c'", "j'", "qu'")) or first[:1].isdigit()
    )


def _in_two_parts(text: str, marker: Span, sentence: Span) -> Condition:
    comma = text.find(", ", marker.end, sentence.end)
    one = comma >= 0 and text.find(", ", comma + 1, sentence.end) < 0
    return (
        Condition(marker, Span(marker.end, comma), Span(comma + 1, sentence.end))
        if one
        else Condition(marker, None, None)
    )
