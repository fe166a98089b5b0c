"""Small words before a vowel, contraction, and the determiners in both genders and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from falc.french.facts import facts, rows
from falc.french.words import key_of

__all__ = [
    "article_of",
    "contracted",
    "determiner",
    "elided",
    "full",
    "has_own_article",
    "joined",
    "prevocalic",
    "spaced",
    "starts_with_vowel",
]

_VOWELS = frozenset("aàâæeéèêëiîïoôœuùûü")
_CONTRACTIONS = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
_PARTS = {"du": ("de", "le"), "des": ("de", "les"), "au": ("à", "le"), "aux": ("à", "les")}
_SEMIVOWEL = "y"
_YEUX = ("yeux", "y")  # « d'yeux », « j'y »


def starts_with_vowel(word: str) -> bool:
    """Is a word before this one elided: « l'aide », « l'hôpital », but « le handicap », « le oui », « le yaourt »?"""
    key = word.lower()
    if not key or key_of(key) in facts("sans-elision"):
        return False
    if key[0] == "h":
        return not key.startswith(_aspirated()) or key.startswith(_mute())
    return key[0] in _VOWELS or (key[0] == _SEMIVOWEL and key in _YEUX)


@lru_cache(maxsize=1)
def _aspirated() -> tuple[str, ...]:
    return tuple(facts("h-aspire"))


@lru_cache(maxsize=1)
def _mute() -> tuple[str, ...]:
    return tuple(facts("h-muet"))


@lru_cache(maxsize=1)
def _elisions() -> Mapping[str, str]:
    return {row[0]: row[1] for row in rows("elisions")}


def elided(word: str, following: str) -> str:
    """Return a small word as it stands before another: « de », or « d' » before a vowel.  Others stay as they are."""
    return _elisions().get(word, word) if starts_with_vowel(following) else word


def joined(word: str, following: str) -> str:
    """Return a small word and what parts it from the next one: « de », with its blank, or « d' »."""
    return spaced(elided(word, following))


def spaced(word: str) -> str:
    """Return a word with the blank behind it, which an elided one has not."""
    return word if word.endswith("'") else word + " "


def full(word: str) -> str | None:
    """Return the small word that an elided one stands for (« d' »: de); None for « l' », le or la, and other words."""
    return None if word == "l'" else next((long for long, short in _elisions().items() if short == word), None)


def contracted(preposition: str, determiner: str) -> str | None:
    """Return « du » for de and le; None when the two stay apart."""
    return _CONTRACTIONS.get((preposition, determiner))


def article_of(word: str) -> tuple[str, str] | None:
    """Return the preposition and the article that « du », « des », « au », « aux » are made of."""
    return _PARTS.get(word)


@lru_cache(maxsize=1)
def _determiners() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for row in rows("accord-determinants"):
        for form in row:
            table.setdefault(form, row)
    return table


def has_own_article(word: str) -> bool:
    """Is a word a determiner whose forms are known?"""
    return word in _determiners()


def determiner(word: str, cell: str, following: str) -> str | None:
    """Return a determiner for a gender and number (« fs ») as it stands before a word; None when it is not known."""
    row = _determiners().get(word)
    if row is None:
        return None
    if cell[-1] == "p":
        return row[4 if cell[0] == "m" else 5]
    return row[(0 if cell[0] == "m" else 2) + starts_with_vowel(following)]


def prevocalic(adjective: str, following: str) -> str:
    """Return « nouvel » for nouveau before a vowel, and the other way round."""
    for plain, before_vowel in rows("formes-devant-voyelle"):
        if adjective in (plain, before_vowel):
            return before_vowel if starts_with_vowel(following) else plain
    return adjective
