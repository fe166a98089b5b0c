"""How common and how long French words are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import log10

from falc.french.facts import facts, rows
from falc.french.words import key_of

__all__ = ["base_forms", "commonness", "is_derived", "relatives", "syllables", "zipf"]

_MAX_LENGTH = 40  # longer runs of letters are no words
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûü]+")
_SILENT = re.compile(r"(?<=[^aeiouyàâäéèêëîïôöùûü])(?:e|es)\Z")
_PREFIX, _SUFFIX = "préfixe", "suffixe"


@lru_cache(maxsize=1)
def _frequencies() -> Mapping[str, float]:
    from wordfreq import get_frequency_dict  # reads 300,000 words: only when a rule asks

    return get_frequency_dict("fr")


def zipf(word: str) -> float:
    """Return how common one form is: 7 for « de », 3 for a rare word, 0 for an unknown one.

    The scale is Zipf's, of van Heuven and others (2014): 3 means once in a million words.
    """
    if len(word) > _MAX_LENGTH:
        return 0.0
    form = word.lower().replace("’", "'")
    frequency = max(_frequencies().get(form, 0.0), _frequencies().get(key_of(form), 0.0))
    return log10(frequency) + 9 if frequency else 0.0


def commonness(*forms: str) -> float:
    """Return how common the most common of some forms of a word is; of compounds, the most common part counts."""
    return max((zipf(part) for form in forms for part in (form, *form.split("-"))), default=0.0)


@lru_cache(maxsize=4096)
def base_forms(word: str) -> tuple[str, ...]:
    """Return the forms that `word` may come from: singular, masculine, infinitive, all guesses."""
    if len(word) > _MAX_LENGTH:
        return ()
    return tuple(dict.fromkeys(_bases(word.lower())))


def _bases(word: str) -> Iterator[str]:
    for ending, base in (row[:2] for row in rows("terminaisons-flechies")):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            yield word.removesuffix(ending) + base


@lru_cache(maxsize=4096)
def relatives(word: str) -> tuple[str, ...]:
    """Return the words from which `word` is plainly made: « complet » for « incomplet »."""
    if len(word) > _MAX_LENGTH:
        return ()
    found = []
    for affix, kind, base, *_ in (row for row in rows("affixes-transparents")):
        if kind == _PREFIX and word.startswith(affix) and len(word) - len(affix) > 3:
            found.append(base + word.removeprefix(affix))
        elif kind == _SUFFIX and word.endswith(affix) and len(word) - len(affix) > 3:
            found.append(word.removesuffix(affix) + base)
    return tuple(found)


def is_derived(word: str) -> bool:
    """Does `word` end like the learned words of French: « -isation », « -abilité » ?"""
    return word.removesuffix("s").endswith(tuple(facts("suffixes-abstraits")))


def syllables(word: str) -> int:
    """Return about how many syllables one hears in `word`."""
    heard = word.lower()[:_MAX_LENGTH].replace("qu", "q")
    return len(_VOWELS.findall(_SILENT.sub("", heard))) or 1
