"""What is wrong in one row of a user's lexicon, beside those of falc, and which rules report an entry."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from falc.french.agreement import gender_of
from falc.french.entries import IGNORE, VALUES, Entry, Fault, fault
from falc.french.forms import readings
from falc.french.frequency import commonness
from falc.french.lexicon import Lexicon
from falc.french.words import key_of, words_of
from falc.model import Rule
from falc.rules import all_rules
from falc.toml import did_you_mean

__all__ = ["OwnLexicon", "Row", "head_of", "reporting", "row_faults"]

_REPLACE, _EXPLAIN, _ACRONYM = "remplacer", "expliquer", "acronyme"
_INFLECTED = {"VERB": "verbe-inconnu", "NOUN": "nom-inconnu", "ADJ": "adjectif-inconnu"}
_SMALL = frozenset(("se", "s'", "ne", "n'", "pas", "plus", "jamais"))  # before the verb of « ne plus avoir »
_SMALL_POS = ("ADP", "PRON", "DET", "CONJ")
_MOST_WORDS = 15
_COMMON = 4.5  # words that everybody meets every day: the rules say nothing of them either
_WORD = re.compile(r"\S*\w\S*")
_LONGEST_CHAIN = 6
# Checks whose rules report an entry; others only use the entries.
_LEXICON, _UNEXPLAINED, _LONG = "lexicon", "unexplained", "long_words"
_OF_ONE_CATEGORY = {"acronyms": _ACRONYM, "abbreviation": "abréviation"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a user's table: where it stands, its values, and the entry that it makes."""

    path: str
    line: int
    values: Mapping[str, str]
    entry: Entry


def reporting(category: str, kind: str) -> list[Rule]:
    """Return the rules that report entries of a category and a type."""
    return [rule for rule in all_rules().values() if _reports(rule, category, kind)]


def _reports(rule: Rule, category: str, kind: str) -> bool:
    options = rule.options
    if rule.check in _OF_ONE_CATEGORY:
        return category == _OF_ONE_CATEGORY[rule.check]
    categories = options.get("categories", ())
    if not isinstance(categories, tuple) or category not in categories:
        return False
    kinds = options.get("kinds", ())
    if rule.check == _LEXICON:
        return isinstance(kinds, tuple) and kind in kinds
    return (rule.check == _UNEXPLAINED and kind == _EXPLAIN) or (rule.check == _LONG and kind != _EXPLAIN)


def head_of(text: str, pos: str, head: str = "") -> str:
    """Return the word of a term or a replacement that inflects."""
    words = [word.text for word in words_of(text)]
    named = next((word for word in words if head and key_of(word) == key_of(head)), None)
    first = next((word for word in words if pos != "VERB" or word not in _SMALL), "")
    return named or first


class OwnLexicon:
    """The user's rows, and the lexicon that they make together with those of falc."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.packaged: dict[str, list[Entry]] = defaultdict(list)
        for entry in Lexicon.load().entries.values():
            self.packaged[entry.term].append(entry)
        lexicon = Lexicon.load().with_entries(row.entry for row in rows)
        self.difficult: dict[str, list[Entry]] = defaultdict(list)
        for entry in lexicon.entries.values():
            self.difficult[key_of(entry.term)].append(entry)
        self.same: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self.same[key_of(row.entry.term)].append(row)

    def replaced(self, entry: Entry) -> list[Entry]:
        """Return the entries of falc that a user's row takes the place of."""
        return [known for known in self.packaged.get(entry.term, ()) if entry.pos in ("", known.pos)]

    def where(self, term: str, path: str) -> str:
        """Say where a term stands that is the user's own."""
        row = next(iter(reversed(self.same.get(key_of(term), ()))), None)
        if row is None:
            return ""
        return f" (ligne {row.line})" if row.path == path else f" ({Path(row.path).name}, ligne {row.line})"


def row_faults(row: Row, told: Mapping[str, str], own: OwnLexicon) -> Iterator[Fault]:
    """Yield what is wrong in a row whose cells can be read; `told` are its values as they stand."""
    entry = row.entry
    yield from _doubles(row, own)
    if entry.kind == IGNORE:
        yield from _ignoring(entry, own)
        return
    if replaced := own.replaced(entry):
        shown = " », « ".join(dict.fromkeys(text for known in replaced for text in known.replacements))
        yield fault("remplace-falc", "terme", remplacements=shown or replaced[0].explanation)
    if "…" in entry.term:
        yield fault("deux-points-de-suite", "terme")
    known = own.packaged.get(entry.term, ())
    pos = entry.pos or (known[0].pos if known else "")
    if not pos and not told["nature"] and (natures := _natures(entry.term)):
        yield fault("sans-nature", "nature", natures=" ou ".join(natures))
    yield from _category_faults(entry, known)
    yield from _type_faults(entry, told)
    yield from _replacement_faults(row, pos, own)
    yield from _nature_faults(entry)
    yield from _form_faults(entry, pos, known)


def _doubles(row: Row, own: OwnLexicon) -> Iterator[Fault]:
    for other in own.same[key_of(row.entry.term)]:
        if other is row:
            return
        if row.entry.category == _ACRONYM and other.entry.term != row.entry.term:
            continue  # « DGFIP », « DGFiP »
        if other.entry.pos == row.entry.pos and other.path == row.path:
            yield fault("double", "terme", ligne=str(other.line))
            return
        if other.entry.pos == row.entry.pos:
            yield fault("double-ailleurs", "terme", fichier=Path(other.path).name, ligne=str(other.line))


def _ignoring(entry: Entry, own: OwnLexicon) -> Iterator[Fault]:
    known = own.replaced(entry)
    if not known:
        yield fault("ignore-rien", "terme", terme=entry.term, idee=did_you_mean(entry.term, own.packaged))


def _natures(term: str) -> list[str]:
    """Return the parts of speech under which falc could find more forms of a term."""
    words = words_of(term)
    first = next((word.text for word in words if word.text not in _SMALL), "")
    found = {reading.pos for reading in readings(first) if reading.lemma == first and reading.cell != "G"}
    return [pos for pos in _INFLECTED if pos in found] if found <= _INFLECTED.keys() else []


def _category_faults(entry: Entry, known: Sequence[Entry]) -> Iterator[Fault]:
    category = entry.category or (known[0].category if known else "")
    if not category:
        return
    existing = sorted(
        {name for rule in all_rules().values() for name in _names(rule.options.get("categories", ()))} | {_ACRONYM}
    )
    if category not in existing:
        idea = did_you_mean(category, existing)
        yield fault("categorie-inconnue", "categorie", valeur=category, choix=", ".join(existing), idee=idea)
    elif not reporting(category, entry.kind):
        yield fault("sans-regle", "categorie", type=entry.kind, categorie=category)


def _names(option: object) -> Sequence[str]:
    return option if isinstance(option, tuple) else ()


def _type_faults(entry: Entry, told: Mapping[str, str]) -> Iterator[Fault]:
    if entry.kind == _REPLACE and told["surete"] == "idee":
        yield fault("idee-pour-remplacer", "surete")
    if not entry.replacements and not entry.explanation and not entry.advice:
        if entry.kind == _EXPLAIN:
            yield fault("sans-explication", "explication")
        elif entry.kind == _REPLACE:
            yield fault("sans-remplacement", "remplacements")
    count = len(_WORD.findall(entry.explanation))
    if entry.kind == _EXPLAIN and count > _MOST_WORDS:
        yield fault("explication-longue", "explication", nombre=str(count))


def _replacement_faults(row: Row, pos: str, own: OwnLexicon) -> Iterator[Fault]:
    entry = row.entry
    own_frequency = commonness(entry.term) if " " not in entry.term else 0.0
    for number, text in enumerate(entry.replacements):
        if key_of(text) == key_of(entry.term):
            yield fault("meme-mot", "remplacements", remplacement=text)
        elif chain := _loop(entry, text, own):
            yield fault("boucle", "remplacements", chaine=" → ".join(f"« {term} »" for term in chain))
        else:
            yield from _difficult(row, text, _nature(entry, number) or pos, own)
            if " " not in text and own_frequency and commonness(text) < own_frequency and entry.category != _ACRONYM:
                yield fault("plus-rare", "remplacements", remplacement=text, terme=entry.term)


def _nature(entry: Entry, number: int) -> str:
    return entry.natures[number].partition("+")[0] if number < len(entry.natures) else ""


def _difficult(row: Row, text: str, pos: str, own: OwnLexicon) -> Iterator[Fault]:
    """Yield a fault for a replacement that the lexicons hold as a term."""
    for other in own.difficult.get(key_of(text), ()):
        if key_of(text) in map(key_of, other.replacements):
            continue  # that row is told to be wrong
        if pos != other.pos and pos in _INFLECTED and other.pos in _INFLECTED:
            continue
        place = own.where(text, row.path)
        if other.kind == _REPLACE and other.replacements and not _is_conditional(other):
            better = other.replacements[0]
            yield fault("mot-difficile", "remplacements", remplacement=text, place=place, mieux=better)
        elif commonness(text) < _COMMON:
            yield fault("mot-a-expliquer", "remplacements", remplacement=text, place=place)
        return


def _is_conditional(entry: Entry) -> bool:
    """Is a term difficult in some sentences only, or no more than a piece of information?"""
    return any(guard.startswith(("si:", "obj=", "info")) for guard in entry.guards)


def _loop(entry: Entry, text: str, own: OwnLexicon) -> list[str]:
    """Return the terms from one back to itself through its replacement, or nothing."""
    paths = [[entry.term, text]]
    while paths:
        path = paths.pop(0)
        for other in own.difficult.get(key_of(path[-1]), ()):
            for following in other.replacements:
                if key_of(following) == key_of(entry.term):
                    return [*path, entry.term]
                if len(path) < _LONGEST_CHAIN and key_of(following) not in map(key_of, path):
                    paths.append([*path, following])
    return []


def _nature_faults(entry: Entry) -> Iterator[Fault]:
    told = [nature for nature in entry.natures if nature]
    if told and len(entry.natures) != len(entry.replacements):
        counts = {"natures": str(len(entry.natures)), "remplacements": str(len(entry.replacements))}
        yield fault("natures-en-trop", "nature_remplacements", **counts)
    for nature in told:
        pos, _, gender = nature.partition("+")
        if pos not in VALUES["nature"] or gender not in VALUES["genre"]:
            idea = did_you_mean(pos, VALUES["nature"])
            yield fault("nature-inconnue", "nature_remplacements", valeur=nature, idee=idea)


def _form_faults(entry: Entry, pos: str, known: Sequence[Entry]) -> Iterator[Fault]:
    """Yield words whose forms or gender the table does not know, so that falc can do less."""
    head = next(iter(entry.values("head")), "")
    if head and not any(key_of(word.text) == key_of(head) for text in entry.replacements for word in words_of(text)):
        yield fault("tete-absente", "gardes", mot=head)
    if entry.category == _ACRONYM or pos not in _INFLECTED:
        return
    yield from _unknown(entry.term, pos, "", "terme")
    if entry.kind != _REPLACE or "inv" in entry.guards:
        return
    gender = entry.gender or next((other.gender for other in known), "")
    if pos == "NOUN" and not gender and gender_of(entry.term, None, "") is None:
        yield fault("genre-inconnu", "genre", mot=entry.term)
    for number, text in enumerate(entry.replacements):
        nature = _nature(entry, number) or pos
        yield from _unknown(text, nature, head, "remplacements")
        told = entry.natures[number].partition("+")[2] if number < len(entry.natures) else ""
        if pos == nature == "NOUN" and gender_of(text, head if head in text.split() else None, told) is None:
            yield fault("genre-inconnu", "nature_remplacements", mot=text)


def _unknown(text: str, pos: str, head: str, column: str) -> Iterator[Fault]:
    word = head_of(text, pos, head)
    found = readings(word)
    # « en vigueur », « qui concerne »: not inflected, or the engine's own matter
    if pos not in _INFLECTED or not word.islower() or any(reading.pos in _SMALL_POS for reading in found):
        return
    fitting = [reading for reading in found if reading.pos == pos or (pos != "VERB" and reading.pos in ("NOUN", "ADJ"))]
    participle = pos == "ADJ" and any(reading.cell[0] == "K" for reading in found)
    if pos == "VERB" and not _is_infinitive(word):
        fitting = []
    if fitting or participle:
        return
    verb = next((other.text for other in words_of(text) if pos == "VERB" and _is_infinitive(other.text)), None)
    if verb and column == "remplacements":
        yield fault("tete-a-dire", "gardes", mot=word, verbe=verb)
    else:
        yield fault(_INFLECTED[pos], column, mot=word)


def _is_infinitive(word: str) -> bool:
    return any(reading.cell == "W" for reading in readings(word))
