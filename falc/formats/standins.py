"""The words that stand for placeholders while a sentence is read, by what a placeholder is called."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from falc.resources import data

__all__ = ["Kinds", "Word", "known_kinds", "looks_like_field", "standin", "word_for"]

Kinds = tuple[tuple[str, str], ...]
# « ___/___/____ » is a date to fill in.
_BLANK_OF_DATE = re.compile(r"(?:[_.…]{2,}+|…)(?= ?/)")
_NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_CAMEL = re.compile(r"[^\W\d_](?<![A-ZÀ-ÖØ-Þ])[A-ZÀ-ÖØ-Þ]")
_VARIABLE = re.compile(r"\w[\w.-]*")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Word:
    """A stand-in word of a kind, and the units that the letter may already write after the placeholder."""

    kind: str
    patterns: tuple[tuple[str, ...], ...]
    text: str
    units: frozenset[str]

    def without_unit(self) -> str:
        return self.text.rsplit(" ", 1)[0]


@lru_cache(maxsize=1)
def _words() -> tuple[Word, ...]:
    lines = (data("lexicons") / "grammaire" / "mots-de-remplacement.tsv").read_text(encoding="utf-8-sig").splitlines()
    words = []
    for line in filter(str.strip, lines[1:]):
        motif, kind, text, units = (cell.strip() for cell in (line + "\t\t").split("\t")[:4])
        patterns = tuple(tuple(name.split("_")) for name in motif.split("|"))
        words.append(Word(kind, patterns, text, frozenset(filter(None, units.split("|")))))
    return tuple(words)


def known_kinds() -> tuple[str, ...]:
    """Return what a placeholder may hold: « nom », « date »…"""
    return tuple(dict.fromkeys(word.kind for word in _words()))


def word_for(name: str, kinds: Kinds = ()) -> Word:
    """Return the word for a placeholder, by its name as the file writes it; `kinds` says it of some names or globs."""
    return _find_word(_identifier(name), kinds)


def standin(name: str) -> str:
    """Return the word that stands for the field `name` while its sentence is read."""
    return word_for(name).text


@lru_cache(maxsize=1024)
def _find_word(name: str, kinds: Kinds = ()) -> Word:
    """Return the first row that fits `name`; the last row fits all names."""
    variable = _VARIABLE.search(name)
    for pattern, kind in kinds if variable else ():
        if variable and fnmatchcase(variable[0], pattern):
            return next((word for word in _words() if word.kind == kind), _words()[-1])
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    found = [word.upper() for word in _NAME_WORD.findall(plain)]
    for word in _words():
        for parts in word.patterns:
            size = len(parts)
            if any(tuple(found[i : i + size]) == parts for i in range(len(found) - size + 1)):
                return word
    return _words()[-1]


def _identifier(name: str) -> str:
    # What follows a pipe is a filter: « date|upper ».
    return _BLANK_OF_DATE.sub("XX", name[:_LONGEST_NAME].split("|")[0])


def looks_like_field(content: str) -> bool:
    """Tell «Nom» and [DATE DE NAISSANCE] from a quotation and an acronym."""
    return (
        "_" in content
        or " " in content
        or _CAMEL.search(content) is not None
        or _find_word(_identifier(content)) is not _words()[-1]
    )
