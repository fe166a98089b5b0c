"""The words of a text as the lexicons see them, cut by one linear pattern, without spaCy."""

from __future__ import annotations

import re
from typing import NamedTuple

# An elided word stands alone (« l' », « qu' »); other apostrophes and hyphens are inside words.
_WORD = re.compile(
    r"(?<!\w)(?:(?:lors|puis|quoi|jus)?qu|[cdjlmnst])['’](?=\w)|[^\W_]+(?:['’\u2011-][^\W_]+)*|/", re.IGNORECASE
)
_PLAIN = str.maketrans({"’": "'", "\u2011": "-", "œ": "oe", "æ": "ae"})


class Word(NamedTuple):
    """A word, its place and its key; `joins`: only a blank stands between it and the word before."""

    start: int
    end: int
    text: str
    key: str
    joins: bool


def key_of(text: str) -> str:
    """Return the form under which a word is looked up."""
    key = text.lower()
    return key if key.isascii() else key.translate(_PLAIN)


def words_of(text: str) -> list[Word]:
    """Return the words of `text`, in order."""
    words, end = [], 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        words.append(Word(*match.span(), match[0], key_of(match[0]), not gap or gap.isspace()))
        end = match.end()
    return words
