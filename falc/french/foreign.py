"""Sentences in English, which no rule about French can judge."""

from __future__ import annotations

from functools import lru_cache

from falc.french.frequency import listed, zipf
from falc.french.words import words_of

__all__ = ["is_foreign"]

_ENGLISH = "small_en"
_FEWEST = 3  # words that belong to one language: fewer prove nothing
_MOST = 60  # words of a sentence that are looked at
_FAR = 1.0  # ten times more common in one language than in the other
_MISSING = 1.0  # a word of no list is rarer than the rarest word of the lists


@lru_cache(maxsize=4096)
def is_foreign(sentence: str) -> bool:
    """Is a sentence in English: has it more English words than French ones, by how common they are?"""
    english = french = 0
    for word in words_of(sentence)[:_MOST]:
        if not word.text[0].isalpha():
            continue
        gap = (listed(word.key, _ENGLISH) or _MISSING) - max(zipf(word.key), _MISSING)
        english += gap >= _FAR
        french += gap <= -_FAR
    return english >= _FEWEST and english > french
