"""Lexicons: which of their terms stand in a text (surface forms, the longest first)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from falc.french.entries import Entry, read_entries
from falc.french.facts import facts, rows
from falc.french.guards import Around, Place, holds
from falc.french.surfaces import surfaces
from falc.french.words import Word, words_of
from falc.model import Safety, Span
from falc.resources import data

if TYPE_CHECKING:
    from spacy.tokens import Token


__all__ = ["Entry", "Lexicon", "Term", "chosen"]

_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”")
_ACCENTED = {"a": "àâ", "e": "éèê", "o": "ô"}  # capitals often lose their accent: « A compter du »
_CLITIC = re.compile(r"-(?:t-)?(?:vous|nous|toi|moi|les?|la|lui|leur|y|en|ils?|elles?|on|je|ce)$")
_ABBREVIATION = "abréviation"
_USERS_POS, _USERS_CATEGORY = "EXPR", "administratif"
_NEAR = 10  # words around a term in which its object, or what tells its meaning, is looked for
_CHOICE = "choix"
_REPLACE, _REWORD = "remplacer", "reformuler"
_NOT = frozenset(("ne", "n'"))  # shown with the verb: « ne bénéficie pas de »
_REFLEXIVE = frozenset(("se", "s'", "me", "m'", "te", "t'"))


@dataclass(frozen=True, slots=True)
class Term:
    """An entry found in a block's text at `span`, and the words around it."""

    span: Span
    entry: Entry
    around: Around


class _Surface(NamedTuple):
    entry: Entry
    weak: bool  # may also be a noun or an adjective: only a parse can tell


class Lexicon:
    """Entries by the forms under which they stand in texts."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: Mapping[tuple[str, str], Entry] = {(entry.term, entry.pos): entry for entry in entries}
        self._surfaces: dict[str, list[_Surface]] = {}
        self._longest: dict[str, int] = {}  # first word -> words of the longest term
        for entry in self.entries.values():
            kinds = _Surface(entry, False), _Surface(entry, True)
            for surface, weak in surfaces(entry):
                self._surfaces.setdefault(surface, []).append(kinds[weak])
                first = surface.partition(" ")[0]
                self._longest[first] = max(surface.count(" ") + 1, self._longest.get(first, 0))

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> Lexicon:
        """Read the lexicons of falc, and those of the user, which add entries or replace them.

        Raises FalcError naming file, line and column when a table is wrong.
        """
        if not extra:
            return _packaged()
        entries = dict(_packaged().entries)
        for path in extra:
            for own in read_entries(path):
                known = [entry for entry in entries.values() if entry.term == own.term]
                for entry in known if not own.pos else ():
                    del entries[entry.term, entry.pos]
                completed = _completed(own, known)
                entries[completed.term, completed.pos] = completed
        return cls(entries.values())

    def lookup(self, term: str) -> list[Entry]:
        """Return the entries of a term in any case, number or form, with or without accents.

        Abbreviations are there too, for people who ask; no text is searched for them here.
        """
        found = list(self._folded.get(_fold(term), ()))
        return [*found, *(_abbreviations().get(_fold(term), ()))]

    def near(self, term: str) -> list[str]:
        """Return the terms that look like `term`, the closest first."""
        terms = {_fold(entry.term): entry.term for entry in self.entries.values()}
        return [terms[key] for key in get_close_matches(_fold(term), terms, n=3, cutoff=0.75)]

    @cached_property
    def _folded(self) -> Mapping[str, Mapping[Entry, None]]:
        folded: dict[str, dict[Entry, None]] = defaultdict(dict)
        for entry in self.entries.values():
            folded[_fold(entry.term)][entry] = None
        for surface, known in self._surfaces.items():
            folded[_fold(surface)].update((form.entry, None) for form in known)
        return folded

    def find(self, text: str, sentences: Sequence[Span], tokens: Mapping[int, Token]) -> Iterator[Term]:
        """Yield the entries found in a plain text, in order, the longest where they overlap.

        `tokens` are those of the parse by where they start; without them, doubtful forms are left alone.

        What stands between quotation marks is a name or the words of others: it is left alone.
        """
        words = words_of(text)
        place = Place(text, words, [span.start for span in sentences])
        quoted = _in_quotes(text, words)
        found = list(self._candidates(place, tokens))
        found.sort(key=lambda term: (term.around.first - term.around.last, term.around.first))
        for term in sorted(_disjoint(found, len(words)), key=lambda term: term.span):
            if not quoted[term.around.first]:
                yield term

    def _candidates(self, place: Place, tokens: Mapping[int, Token]) -> Iterator[Term]:
        for first, word in enumerate(place.words):
            for key in _keys(word):
                if key in self._longest:
                    yield from self._starting_at(first, key, place, tokens)

    def _starting_at(
        self, first: int, key: str, place: Place, tokens: Mapping[int, Token], skipped: int = 0
    ) -> Iterator[Term]:
        """Yield the terms that start with `key`; `skipped` adverbs behind it are no part of the verb."""
        words = place.words
        surface, last = key, first + 1 + skipped
        whole = len(key) == len(words[first].key)
        while True:
            end = words[last - 1].end if whole or last > first + 1 else words[first].start + len(key)
            for form in self._surfaces.get(surface, ()) if surface != key or not skipped else ():
                around = place.around(first, last - first)
                start = words[first - 1 if skipped and first and words[first - 1].key in _NOT else first].start
                term = Term(Span(start, end), _in_context(form.entry, around), around)
                if skipped and form.entry.pos != "VERB":
                    continue
                if _accepted(term, form.weak, whole, tokens.get(words[first].start)):
                    yield term
            if last - first - skipped >= self._longest[key] or last >= len(words) or not words[last].joins:
                return
            if last == first + 1 and _is_adverb(words[last].key):  # « procéder rapidement au calcul de »
                yield from self._starting_at(first, key, place, tokens, skipped=1)
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


def _accepted(term: Term, weak: bool, whole: bool, token: Token | None) -> bool:
    """Is this form, here, the term of the entry?"""
    entry, around = term.entry, term.around
    text = around.place.text[term.span.start : term.span.end]
    if entry.category == "acronyme" and text != entry.term:
        return False
    if _is_name(text, entry, around) or _other_part_of_speech(term, weak, token):
        return False
    if "norefl" in entry.guards and (not whole or _is_reflexive(around)):
        return False
    if objects := entry.values("obj"):
        words = around.place.words
        near = words[max(0, around.first - _NEAR) : around.last + _NEAR]
        if not any(word.key.startswith(objects) or word.text in objects for word in near):
            return False
    return all(holds(guard.removeprefix("si:"), around) for guard in entry.guards if guard.startswith("si:"))


def _is_name(text: str, entry: Entry, around: Around) -> bool:
    """Does a capital in mid-sentence make the term a name, or a part of one?"""
    if entry.pos == "NOUN" and " " in entry.term and entry.term[0].islower():
        return False  # « le Conseil de prud'hommes », « le Tribunal administratif »: what it is stays clear
    if text[0].isupper() and entry.term[0].islower() and not text.isupper():
        previous = around.place.text[: around.place.words[around.first].start].rstrip()[-1:]
        return not around.starts_sentence and previous not in ":;•-–—(/|"
    return entry.term[0].isupper() and not text[0].isupper()


def _other_part_of_speech(term: Term, weak: bool, token: Token | None) -> bool:
    """Use the tags as a veto, never as a proof; only forms in doubt need them."""
    if weak:
        return token is None or token.pos_ != "VERB"  # « nous sommes » is an auxiliary, not « sommer »
    if token is None or term.around.last - term.around.first > 1:
        return False
    if term.entry.pos == "NOUN":
        return token.pos_ in ("VERB", "AUX", "ADJ") and len(token.text) >= term.span.end - term.span.start
    if term.entry.pos == "ADJ":
        return token.pos_ in ("VERB", "AUX") and "VerbForm=Fin" in str(token.morph)
    return False


def _is_reflexive(around: Around) -> bool:
    words = around.place.words
    keys = [word.key for word in words[max(0, around.first - 2) : around.first]]
    return bool(keys) and (keys[-1] in _REFLEXIVE or keys in (["vous", "vous"], ["nous", "nous"]))


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
    files = sorted(data("lexicons").iterdir(), key=lambda file: file.name)
    return Lexicon(entry for file in files if file.name.endswith(".tsv") for entry in read_entries(file))


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
    keys = " ".join(word.key for word in words_of(text.strip()))
    return "".join(c for c in unicodedata.normalize("NFD", keys) if not unicodedata.combining(c))
