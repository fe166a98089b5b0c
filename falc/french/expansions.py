"""Does a text spell an acronym out: « revenu de solidarité active (RSA) », « RSA : revenu de solidarité active »?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from falc.french.facts import facts
from falc.model import Span

__all__ = ["initials_of", "is_spelt_out", "plain"]

_REACH = 160  # characters before or after an acronym in which its full name is looked for
_MOST_WORDS = 15
_SHORTEST_NAME = 3  # words
_SHORTEST_INITIALS = 4  # letters: fewer meet by chance
_SKIPPED = 2  # words of the name that give no letter to the acronym
_BEFORE = re.compile(
    r"(?:\A|[\s(,–—-])(?P<sign>\(|,|–|—|- |ou|dite?s?|soit|appelée?s?|nommée?s?|abrégée?s? en|en abrégé|sigle)"
    r"[\s:,(]*(?:(?:aussi|encore|ou|la|le|les)\s+|l['’]|[«“\"]\s?)*\Z"
)
_AFTER = re.compile(
    r"[»”\"]?\s?(?::|=|\(|,|–|—|- |ou |soit |pour |signifie |veut dire |c['’]est-à-dire )"
    r"[\s:«“\"]*(?:(?:signifie|veut dire|c['’]est|est|pour|ou|la|le|les|un|une)\s+|l['’]|[«“\"]\s?)*",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[»”\"]?\s?\(([^()]{1,200})\)?")
_DEFINITION = re.compile(r"\s?[:=]\s(?:(?:une?|les?|la|des|quand) |l['’])\S+(?:\s\S+){2}", re.IGNORECASE)
_LABEL = 4  # characters before a term that is defined: an article, a dash
_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.!?;:]\s|\n")


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Return a text in small letters without accents, with straight apostrophes and no plural."""
    text = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("’", "'").replace("æ", "ae"))
    return re.sub(r"[sx]\b", "", "".join(c for c in text if not unicodedata.combining(c)))


def initials_of(text: str) -> Iterator[str]:
    """Yield, for each sentence, the first letters of its words as they are, but for those of small words."""
    small = facts("mots-outils") | facts("determinants") | facts("elisions")
    for sentence in _STOP.split(text):
        yield plain_letters(
            "".join(word[0] for word in _WORD.findall(sentence) if word.lower() not in small and len(word) > 1)
        )


def plain_letters(text: str) -> str:
    """Return letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def is_spelt_out(text: str, span: Span, name: str, initials: Sequence[str] = ()) -> bool:
    """Does the full name stand right before or behind, in a bracket or behind a sign, or in what was read before?

    `initials` are those of the sentences before.
    """
    letters = plain_letters("".join(c for c in name.lower() if c.isalpha()))
    before = text[max(0, span.start - _REACH) : span.start]
    sign = _BEFORE.search(before)
    if sign and _ends_with_name(_STOP.split(before[: sign.start("sign")])[-1], letters):
        return True
    after = text[span.end : span.end + _REACH]
    opening = _AFTER.match(after)
    if opening and _starts_with_name(after[opening.end() :], letters):
        return True
    bracket = _BRACKET.match(after)
    if bracket and _is_gloss(bracket[1]):
        return True
    if sum(c.isspace() for c in text[: span.start][-8:]) <= 1 and span.start <= _LABEL and _DEFINITION.match(after):
        return True
    return len(letters) >= _SHORTEST_INITIALS and any(_holds(sentence, letters) for sentence in initials)


def _holds(sentence: str, letters: str) -> bool:
    """Do the first letters of a name, which starts with a capital, follow each other in these?"""
    at = sentence.lower().find(letters)
    return at >= 0 and sentence[at].isupper()


def _is_gloss(bracket: str) -> bool:
    """Is this a name (« Laboratoire pour l'Innovation ») or an explanation (« une aide pour le loyer »)?"""
    words = bracket.replace("’", "'").replace("'", " ").split()
    if len(words) < _SHORTEST_NAME or any(c.isdigit() for c in bracket):
        return False
    small = facts("articles-definis") | facts("determinants") | {"l"}
    return (bracket[0].isupper() and not words[0].isupper()) or words[0].lower() in small


def _words(text: str) -> list[str]:
    return [plain_letters(word) for word in _WORD.findall(text.lower().replace("œ", "oe"))]


def _ends_with_name(text: str, letters: str) -> bool:
    words = _words(text)[-_MOST_WORDS:]
    return any(_spells(words[first:], letters) for first in range(len(words)))


def _starts_with_name(text: str, letters: str) -> bool:
    words = _words(_STOP.split(text.partition(")")[0])[0])[:_MOST_WORDS]
    return any(_spells(words[:end], letters) for end in range(1, len(words) + 1))


def _spells(words: Sequence[str], letters: str) -> bool:
    """Do the words, from the first on, give the letters in order: each its first one, and perhaps some more?

    Small words need not give any, nor do `_SKIPPED` others; of many letters, one may be missing.
    """
    if len(words) < 2 or words[0][0] != letters[0]:
        return False
    small = facts("mots-outils") | facts("determinants") | facts("elisions")
    # Letters read, words skipped, words used.
    states = {(0, 0, 0)}
    for word in words:
        following: set[tuple[int, int, int]] = set()
        for at, skipped, used in states:
            skips = skipped + (word not in small and len(word) > 1)
            if at and skips <= _SKIPPED:
                following.add((at, skips, used))
            if at < len(letters) and word[0] == letters[at]:
                following.update((end, skipped, used + 1) for end in _read(word, letters, at))
        states = following
    least = 2 if len(letters) < 4 else (len(letters) + 1) // 2
    return any(at == len(letters) and used >= least for at, _, used in states)


def _read(word: str, letters: str, at: int) -> Iterator[int]:
    """Yield how far a word may give letters: its first one, then others in order."""
    end = at + 1
    yield end
    for letter in word[1:]:
        if end < len(letters) and letter == letters[end]:
            end += 1
            yield end
