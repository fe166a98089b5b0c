"""Inflected forms of French words, from the packed table of `lexicons/formes/` (made from the DELA dictionary).

A form is found by its stem: the lines of `racines.tsv` are sorted stems with the numbers of their classes, and a line
of `classes.tsv` holds the endings of a class.  The stems stay one string of bytes, in which lines are found by halves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from typing import NamedTuple

from falc.french.lines import rest_of_line
from falc.resources import data

__all__ = [
    "Reading",
    "agreed",
    "forms",
    "genders",
    "inflected",
    "is_adjectival",
    "is_participle",
    "is_verb_only",
    "lemmas",
    "paradigms",
    "readings",
    "unlike_forms",
]

_LONGEST = 40  # longer runs of letters are no words of French
_TENSES = {
    "P": "Pres", "I": "Imp", "F": "Fut", "J": "Past", "S": "Pres", "T": "Imp", "Y": "Pres", "C": "Pres", "K": "Past",
    "G": "Pres",
}  # fmt: skip
_MOODS = {"P": "Ind", "I": "Ind", "F": "Ind", "J": "Ind", "S": "Sub", "T": "Sub", "Y": "Imp", "C": "Cnd"}
_VERB_FORMS = {"W": "Inf", "K": "Part", "G": "Part"}
_GENDERS = {"m": "Masc", "f": "Fem"}
_NUMBERS = {"s": "Sing", "p": "Plur"}
_ADJECTIVAL = ("ADJ", "NOUN")
_PARTICIPLE = "Part"


class Reading(NamedTuple):
    """One way to read a form.

    `cell` is the dictionary's code of features: for verbs a letter for tense and mood (P present, I imperfect,
    F future, J past simple, C conditional, S and T subjunctive, Y imperative, W infinitive, G and K participles),
    then person and number (« F2p ») or gender and number (« Kfp »); « ms » for nouns and adjectives.
    The properties give the same with the values of Universal Dependencies, empty where a feature does not apply.
    """

    lemma: str
    pos: str
    cell: str

    @property
    def tense(self) -> str:
        return _TENSES.get(self.cell[0], "") if self.pos == "VERB" else ""

    @property
    def mood(self) -> str:
        return _MOODS.get(self.cell[0], "") if self.pos == "VERB" else ""

    @property
    def verb_form(self) -> str:
        return _VERB_FORMS.get(self.cell[0], "Fin") if self.pos == "VERB" else ""

    @property
    def person(self) -> str:
        return next((sign for sign in self.cell if sign.isdigit()), "")

    @property
    def gender(self) -> str:
        return _GENDERS.get(self.cell[-2:-1], "") if not self.person else ""

    @property
    def number(self) -> str:
        return _NUMBERS.get(self.cell[-1:], "") if len(self.cell) > 1 else ""


class _Class(NamedTuple):
    pos: str
    lemma: str  # ending of the lemma
    cells: Mapping[str, tuple[str, ...]]  # endings by cell, the most frequent first
    endings: Mapping[str, tuple[str, ...]]  # cells by ending


class _Table:
    def __init__(self, folder: Traversable) -> None:
        self._lines = folder.joinpath("classes.tsv").read_text(encoding="utf-8").splitlines()
        self._stems = b"\n" + folder.joinpath("racines.tsv").read_bytes()
        self._classes: dict[int, _Class] = {}

    @cached_property
    def lemma_endings(self) -> frozenset[str]:
        return frozenset(line.split("\t")[1] for line in self._lines)

    @cached_property
    def endings(self) -> frozenset[str]:
        cells = (cell for line in self._lines for cell in line.split("\t")[2].split(" "))
        return frozenset(end for cell in cells for end in cell.partition("=")[2].split(","))

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.endings))

    def classes(self, stem: str) -> Iterator[_Class]:
        """Yield the classes of words that start with exactly this stem."""
        found = rest_of_line(self._stems, stem)
        for number in found.split(b",") if found is not None else ():
            yield self._class(int(number))

    def _class(self, number: int) -> _Class:
        if number not in self._classes:
            pos, lemma, text = self._lines[number].split("\t")
            cells = {
                cell: tuple(ends.split(",")) for cell, _, ends in (part.partition("=") for part in text.split(" "))
            }
            endings: dict[str, tuple[str, ...]] = {}
            for cell, ends in cells.items():
                for end in ends:
                    endings[end] = (*endings.get(end, ()), cell)
            self._classes[number] = _Class(pos, lemma, cells, endings)
        return self._classes[number]


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table(data("lexicons").joinpath("formes"))


@lru_cache(maxsize=16384)
def _classes(stem: str) -> tuple[_Class, ...]:
    return tuple(_table().classes(stem))  # nouns and adjectives ask for the same stems


@lru_cache(maxsize=8192)
def readings(form: str) -> tuple[Reading, ...]:
    """Return all ways to read a form in small letters; none for an unknown word."""
    return tuple(dict.fromkeys(_readings(form)))


def _readings(form: str) -> Iterator[Reading]:
    if not form or len(form) > _LONGEST:
        return
    table = _table()
    for cut in range(len(form), max(-1, len(form) - table.longest - 1), -1):
        stem, end = form[:cut], form[cut:]
        if end not in table.endings:
            continue
        for group in _classes(stem):
            yield from (Reading(stem + group.lemma, group.pos, cell) for cell in group.endings.get(end, ()))


@lru_cache(maxsize=8192)
def lemmas(word: str, pos: str = "") -> frozenset[tuple[str, str]]:
    """Return the lemmas of a form and their parts of speech: those that `pos` allows, all when it allows none."""
    found = readings(word) or readings(word.replace("oe", "œ"))
    allowed = [reading for reading in found if _allows(pos, reading)] or found
    return frozenset((reading.lemma, reading.pos) for reading in allowed)


def _allows(pos: str, reading: Reading) -> bool:
    """May a word that the parser calls `pos` be read so?  Parsers mix participles, adjectives and nouns of persons."""
    return reading.pos == pos or (
        (pos in _ADJECTIVAL and (reading.pos in _ADJECTIVAL or reading.verb_form == _PARTICIPLE))
        or (pos == "VERB" and reading.pos == "ADJ")
    )


@lru_cache(maxsize=2048)
def paradigms(lemma: str, pos: str) -> tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...]:
    """Return the stem of a lemma and its endings by cell; usually one pair, none for an unknown word."""
    table = _table()
    cuts = (cut for cut in range(len(lemma), -1, -1) if lemma[cut:] in table.lemma_endings)
    return tuple((lemma[:cut], cells) for cut in cuts for cells in _cells(lemma, pos, cut))


def _cells(lemma: str, pos: str, cut: int) -> Iterator[Mapping[str, tuple[str, ...]]]:
    groups = _classes(lemma[:cut])
    return (group.cells for group in groups if group.pos == pos and group.lemma == lemma[cut:])


def unlike_forms(lemma: str, pos: str, common: int) -> Iterator[str]:
    """Yield the forms of a lemma when fewer than `common` of their first letters are the same: « aller », « va »."""
    for cut in range(min(common, len(lemma) + 1)):
        for cells in _cells(lemma, pos, cut) if lemma[cut:] in _table().lemma_endings else ():
            yield from (lemma[:cut] + end for ends in cells.values() for end in ends)


def forms(lemma: str, pos: str) -> Mapping[str, tuple[str, ...]]:
    """Return the forms of a lemma by cell, the most frequent first; empty for an unknown word."""
    found: dict[str, tuple[str, ...]] = {}
    for stem, cells in paradigms(lemma, pos):
        for cell, ends in cells.items():
            found[cell] = (*found.get(cell, ()), *(stem + end for end in ends))
    return found


def inflected(lemma: str, pos: str, cell: str) -> str | None:
    """Return the form of a lemma for a cell such as « F2p », or None when the table does not hold it."""
    for stem, cells in paradigms(lemma, pos):
        if cell in cells:
            return stem + cells[cell][0]
    return None


def genders(noun: str) -> frozenset[str]:
    """Return the genders, Masc or Fem, that the singular (or only plural) of a noun has."""
    return frozenset(reading.gender for reading in readings(noun) if reading.pos == "NOUN" and reading.lemma == noun)


def is_verb_only(form: str) -> bool:
    """Is a form nothing but a form of verbs, as far as the table knows?"""
    found = readings(form)
    return bool(found) and all(reading.pos == "VERB" for reading in found)


def is_adjectival(form: str) -> bool:
    """May a form agree with a noun, as an adjective or a past participle?"""
    return any(reading.pos == "ADJ" or reading.cell[0] == "K" for reading in readings(form))


def is_participle(form: str) -> bool:
    """May a form be a past participle?"""
    return any(reading.pos == "VERB" and reading.cell[0] == "K" for reading in readings(form))


def agreed(word: str, cell: str) -> str | None:
    """Return an adjective or past participle in another gender and number (« fs »); None when it is not known."""
    lemmas = dict.fromkeys(
        (reading.lemma, reading.pos) for reading in readings(word) if reading.pos == "ADJ" or reading.cell[0] == "K"
    )
    for lemma, pos in sorted(lemmas, key=lambda found: found[1] != "ADJ"):
        known = forms(lemma, pos).get(cell if pos == "ADJ" else f"K{cell}")
        if known:
            return known[0]
    return None
