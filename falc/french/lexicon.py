"""Lexicons: which of their terms stand in a text (surface forms, the longest first)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from falc.compiled import compiled
from falc.french.around import Around, Place
from falc.french.entries import IGNORE, Entry, read_entries
from falc.french.facts import facts, rows
from falc.french.surfaces import OPENING, openings, surfaces
from falc.french.terms import Term, accepted
from falc.french.words import Word, words_of
from falc.model import Safety, Span
from falc.resources import data, walk

if TYPE_CHECKING:
    from falc.french.tokens import Token


__all__ = ["Entry", "Lexicon", "Term", "chosen"]

_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")
_ACCENTED = {"a": "àâ", "e": "éèê", "o": "ô"}  # capitals often lose their accent: « A compter du »
_CLITIC = re.compile(r"(?:-(?:t-)?(?:vous|nous|toi|moi|les?|la|lui|leur|y|en|ils?|elles?|on|je|ce)){1,2}$")
_ABBREVIATION = "abréviation"
_USERS_POS, _USERS_CATEGORY = "EXPR", "administratif"
_NEAR = 10  # words around a term in which its object, or what tells its meaning, is looked for
_CHOICE = "choix"
_REPLACE, _REWORD = "remplacer", "reformuler"
_OWN_PRONOUNS = frozenset(("se", "s'", "me", "m'", "te", "t'", "nous", "vous"))
_NOT = frozenset(("ne", "n'"))  # shown with the verb: « ne bénéficie pas de »


class Lexicon:
    """Entries by the forms under which they stand in texts; `ignored` are terms that the user has switched off."""

    def __init__(
        self,
        entries: Iterable[Entry],
        ignored: Iterable[str] = (),
        known: Mapping[tuple[str, str], tuple[Entry, Sequence[str], str]] = MappingProxyType({}),
    ) -> None:
        """Hold `entries`; `known` gives the openings and the surface forms of some, which need not be made again."""
        self.ignored = frozenset(ignored)
        self._known = known
        self.entries: Mapping[tuple[str, str], Entry] = {(entry.term, entry.pos): entry for entry in entries}
        self._surfaces: dict[str, list[Entry]] = defaultdict(list)
        self._prepared: set[tuple[str, str]] = set()
        self._named: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            self._named[entry.term].append(entry)
        self._longest: dict[str, int] = {}  # first word -> words of the longest term
        # The forms of a term are made when a text has a word that starts like one of them.
        self._waiting: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            made = self._made(entry)
            for opening in made[0] if made else openings(entry):
                self._waiting[opening].append(entry)

    def named(self, term: str) -> Sequence[Entry]:
        """Return the entries of a term as the lexicons write it: faster than `lookup`, which forgives much."""
        return self._named.get(term, ())

    def _prepare(self, opening: str) -> None:
        for entry in self._waiting.pop(opening, ()):
            if (entry.term, entry.pos) in self._prepared:
                continue
            self._prepared.add((entry.term, entry.pos))
            made = self._made(entry)
            for surface in filter(None, made[1].split("\n")) if made else surfaces(entry):
                self._surfaces[surface].append(entry)
                first = surface.partition(" ")[0]
                self._longest[first] = max(surface.count(" ") + 1, self._longest.get(first, 0))

    def _made(self, entry: Entry) -> tuple[Sequence[str], str] | None:
        """Return the openings and the lines of forms of an entry, if it is one whose forms were made before."""
        same, first_letters, forms = self._known.get((entry.term, entry.pos), (None, (), ""))
        return (first_letters, forms) if same is entry else None

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Lexicon:
        """Read the lexicons of falc, and those of the user, which add entries, replace them or switch them off.

        Raises FalcError naming file, line and column when a table is wrong.
        """
        if not extra:
            return _packaged()
        return _packaged().with_entries(own for path in extra for own in read_entries(path))

    def with_entries(self, extra: Iterable[Entry]) -> Lexicon:
        """Return a lexicon with a user's rows as well: each adds, replaces or switches off an entry."""
        entries, ignored = dict(self.entries), dict.fromkeys(self.ignored)
        for own in extra:
            known = [entry for entry in entries.values() if entry.term == own.term]
            for entry in known:
                if not own.pos or (own.kind == IGNORE and own.pos == entry.pos):
                    del entries[entry.term, entry.pos]
            if own.kind == IGNORE:
                ignored[own.term] = None
                continue
            completed = _completed(own, known)
            entries[completed.term, completed.pos] = completed
            ignored.pop(own.term, None)
        return Lexicon(entries.values(), ignored, self._known)

    def lookup(self, term: str) -> list[Entry]:
        """Return the entries of a term in any case, number or form, with or without accents.

        Abbreviations are there too, for people who ask; no text is searched for them here.
        """
        wanted = _fold(term)
        if not wanted:
            return []
        for opening in [opening for opening in self._waiting if _bare(opening) == wanted[: len(opening)]]:
            self._prepare(opening)
        found = {
            entry: None
            for surface, entries in self._surfaces.items()
            if surface[0] == wanted[0] or not surface[0].isascii()
            for entry in entries
            if _bare(surface) == wanted
        }
        found.update(
            (entry, None) for entry in self.entries.values() if "…" in entry.term and _fold(entry.term) == wanted
        )
        return [*found, *(_abbreviations().get(wanted, ()))]

    def near(self, term: str) -> list[str]:
        """Return the terms that look like `term`, the closest first."""
        terms = {_fold(entry.term): entry.term for entry in self.entries.values()}
        return [terms[key] for key in get_close_matches(_fold(term), terms, n=3, cutoff=0.75)]

    def find(self, text: str, sentences: Sequence[Span], tokens: Mapping[int, Token]) -> Iterator[Term]:
        """Yield the entries found in a plain text, in order, the longest where they overlap.

        `tokens` are those of the parse by where they start; without them, doubtful forms are left alone.

        What stands between quotation marks is a name or the words of others: it is left alone.
        """
        words = words_of(text)
        place = Place(text, words, [span.start for span in sentences], tokens)
        quoted = _in_quotes(text, words)
        found = list(self._candidates(place, tokens))
        found.sort(key=lambda term: (term.around.first - term.around.last, term.around.first))
        for term in sorted(_disjoint(found, len(words)), key=lambda term: term.span):
            if not quoted[term.around.first]:
                yield term

    def _candidates(self, place: Place, tokens: Mapping[int, Token]) -> Iterator[Term]:
        for first, word in enumerate(place.words):
            plain = "-" not in word.key and not word.text[0].isupper()  # most words: one key
            for key in (word.key,) if plain else _keys(word):
                if key[:OPENING] in self._waiting:
                    self._prepare(key[:OPENING])
                if key in self._longest:
                    yield from self._starting_at(first, key, place, tokens)

    def _starting_at(
        self, first: int, key: str, place: Place, tokens: Mapping[int, Token], begun: str = "", skipped: int = 1
    ) -> Iterator[Term]:
        """Yield the terms that start with `key`; behind the words `begun`, `skipped` adverbs are no part of them."""
        words = place.words
        skipped = skipped if begun else 0
        surface = begun or key
        last = first + surface.count(" ") + 1 + skipped
        whole = len(key) == len(words[first].key)
        verb_end = first + 1 + (key in _OWN_PRONOUNS)
        while True:
            end = words[last - 1].end if whole or last > first + 1 else words[first].start + len(key)
            for entry in self._surfaces.get(surface, ()) if surface != begun else ():
                if (skipped or not whole) and entry.pos != "VERB":
                    continue
                around = place.around(first, last - first)
                start = words[first - 1 if skipped and first and words[first - 1].key in _NOT else first].start
                term = Term(Span(start, end), _in_context(entry, around), around)
                if accepted(term, key, whole, tokens.get(words[first].start)):
                    yield term
            if surface.count(" ") + 1 >= self._longest[key] or last >= len(words) or not words[last].joins:
                return
            if last == verb_end and not begun and _is_adverb(words[last].key):  # « procéder rapidement au calcul de »
                yield from self._starting_at(first, key, place, tokens, surface)
                if (
                    last + 1 < len(words) and words[last + 1].joins and _is_adverb(words[last + 1].key)
                ):  # « toujours pas »
                    yield from self._starting_at(first, key, place, tokens, surface, 2)
            surface, last = f"{surface} {words[last].key}", last + 1


def chosen(entry: Entry, near: Iterable[str]) -> Entry:
    """Return the entry with the one replacement that the words near the term, the closest first, call for."""
    marks = [(entry.values(f"{_CHOICE}{number}"), text) for number, text in enumerate(entry.replacements, 1)]
    for key in near:
        for words, replacement in marks:
            if words and key.startswith(words):
                kind = _REPLACE if entry.kind == _REWORD else entry.kind
                return replace(entry, replacements=(replacement,), kind=kind, note="")
    return entry


def _in_context(entry: Entry, around: Around) -> Entry:
    """Return the entry with what the words of the text and those near it say of its replacements."""
    entry = _determined(entry, around) if any(guard.startswith("var=") for guard in entry.guards) else entry
    if not any(guard.startswith(_CHOICE) for guard in entry.guards):
        return entry
    pairs = zip_longest(around.rest[:_NEAR], reversed(around.preceding[-_NEAR:]))
    return chosen(entry, (word.key for pair in pairs for word in pair if word is not None))


def _determined(entry: Entry, around: Around) -> Entry:
    """Put the determiner of the text into the replacements: « introduire votre demande », « faire votre demande »."""
    shown = around.place.words[around.first : around.last]
    own = entry.values("var")
    for word, here in zip(reversed(words_of(entry.term)), reversed(shown), strict=False):  # adverbs are at the start
        if here.key in own and word.key != here.key:
            texts = (
                " ".join(here.key if part == word.key else part for part in text.split()) for text in entry.replacements
            )
            return replace(entry, replacements=tuple(texts))
    return entry


def _is_adverb(key: str) -> bool:
    return (key.endswith("ment") and len(key) > 5) or key in facts("adverbes-intercales")


def _keys(word: Word) -> Iterator[str]:
    """Yield the forms under which a term may start with `word`."""
    yield word.key
    if word.text[0].isupper():
        for accented in _ACCENTED.get(word.key[0], ""):
            yield accented + word.key[1:]
    if clitic := _CLITIC.search(word.key):
        yield word.key[: clitic.start()]


def _disjoint(terms: Iterable[Term], size: int) -> Iterator[Term]:
    taken = bytearray(size)
    for term in terms:
        if not any(taken[term.around.first : term.around.last]):
            taken[term.around.first : term.around.last] = b"\1" * (term.around.last - term.around.first)
            yield term


def _in_quotes(text: str, words: Sequence[Word]) -> Sequence[bool]:
    """Say of each word whether it stands between quotation marks."""
    inside = []
    quotes = iter([*(Span(*match.span()) for match in _QUOTED.finditer(text)), Span(len(text) + 1, len(text) + 1)])
    quote = next(quotes)
    for word in words:
        while quote.end <= word.start:
            quote = next(quotes)
        inside.append(quote.start < word.start)
    return inside


def _completed(own: Entry, known: Sequence[Entry]) -> Entry:
    """Fill what a user's row leaves out from falc's own row for the term, or so that a rule looks for it."""
    return replace(
        own,
        pos=own.pos or (known[0].pos if known else _USERS_POS),
        gender=own.gender or (known[0].gender if known else ""),
        category=own.category or (known[0].category if known else _USERS_CATEGORY),
    )


@lru_cache(maxsize=1)
def _packaged() -> Lexicon:
    kept = compiled("lexiques", walk(data("lexicons"), ".tsv"), _compiled)
    known = {}
    for row, first_letters, forms in kept:
        entry = Entry(**{**row, "safety": Safety(row["safety"])})
        known[entry.term, entry.pos] = (entry, first_letters, forms)
    return Lexicon((entry for entry, *_ in known.values()), known=known)


def _compiled() -> list[tuple[dict[str, Any], tuple[str, ...], str]]:
    """Read the lexicons of falc, and make the forms of all terms."""
    files = sorted(data("lexicons").iterdir(), key=lambda file: file.name)
    entries = (entry for file in files if file.name.endswith(".tsv") for entry in read_entries(file))
    return [(_row(entry), tuple(sorted(openings(entry))), "\n".join(surfaces(entry))) for entry in entries]


def _row(entry: Entry) -> dict[str, Any]:
    return {**{field.name: getattr(entry, field.name) for field in fields(entry)}, "safety": entry.safety.value}


@lru_cache(maxsize=1)
def _abbreviations() -> Mapping[str, list[Entry]]:
    """Return the abbreviations as entries, by folded term; « RDV » stands for « rdv » too."""
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for term, full, note, *_ in (row for row in rows("abreviations") if row[1]):
        choices = tuple(full.split(" | "))
        entry = Entry(term, "EXPR", "", _ABBREVIATION, choices, _REPLACE, "", (), Safety.DISPLAY, note)
        found[_fold(term)].setdefault(full, entry)
    return {key: list(entries.values()) for key, entries in found.items()}


def _fold(text: str) -> str:
    return _bare(" ".join(word.key for word in words_of(text.strip())))


def _bare(keys: str) -> str:
    """Return keys without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", keys) if not unicodedata.combining(c))
