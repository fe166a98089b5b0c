"""The surface forms under which an entry of the lexicons is found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from falc.french.entries import Entry
from falc.french.facts import facts
from falc.french.forms import agreed, is_adjectival, paradigms, readings, unlike_forms
from falc.french.words import key_of, words_of

__all__ = ["ACRONYM", "OPENING", "noun_cells", "openings", "surfaces"]

_LAST = {
    "de": ("de", "d'", "du", "des"),
    "à": ("à", "au", "aux"),
    "que": ("que", "qu'"),
    "lorsque": ("lorsque", "lorsqu'"),
}
_VARIABLE = ("un", "une", "son", "sa")
_REFLEXIVE = ("se", "s'")
_PRONOUNS = {
    "1s": ("me", "m'"),
    "2s": ("te", "t'"),
    "3s": _REFLEXIVE,
    "1p": ("nous",),
    "2p": ("vous",),
    "3p": _REFLEXIVE,
}
_ANY_PRONOUN = ("se", "s'", "vous", "nous", "me", "m'")
# « que nous perçussions », « vous perçûtes »: no letter has them.
_NEVER_WRITTEN = frozenset(("T1s", "T2s", "T3s", "T1p", "T2p", "T3p", "J1p", "J2p"))
_IMPERATIVE = {"1p": "-nous", "2p": "-vous"}
OPENING = 2  # letters by which entries are looked up before their forms are made
ACRONYM = "acronyme"
Words = tuple[str, ...]


def openings(entry: Entry) -> frozenset[str]:
    """Return the first letters of the keys of a term's forms."""
    words = tuple(word.text for word in words_of(entry.term))
    if not words:
        return frozenset()
    if entry.pos == "VERB" and words[0] in _REFLEXIVE:
        return frozenset(key_of(word)[:OPENING] for word in (*_ANY_PRONOUN, "te", "t'", *_stems(words[1:2], "VERB")))
    return frozenset(key_of(word)[:OPENING] for word in _stems(words[:1], entry.pos))


def _stems(words: Words, pos: str) -> Iterator[str]:
    """Yield beginnings of the forms of a word, long enough for `openings`."""
    yield from words
    for word in words:
        yield from unlike_forms(word.lower(), pos, OPENING) if pos in ("VERB", "NOUN", "ADJ") else ()


def surfaces(entry: Entry) -> Iterator[str]:
    """Yield the keys of a term's forms."""
    if "…" in entry.term:  # two words apart: not a matter of lists
        return
    words = tuple(word.text for word in words_of(entry.term))
    excluded, others = entry.values("sauf"), entry.values("var")
    found: dict[str, None] = {}
    for forms in dict.fromkeys(_forms(entry, words)):
        if forms[-1] in _LAST or others:
            found.update((variant, None) for variant in _variants(forms, others))
        else:
            found[" ".join(forms)] = None
    yield from (key_of(variant) for variant in found if variant not in excluded)


def _forms(entry: Entry, words: Words) -> Iterator[Words]:
    yield words
    if entry.pos == "VERB":
        yield from _verb_forms(words)
    elif entry.pos == "NOUN" and entry.category != ACRONYM and not words[0][0].isupper():
        yield from _noun_forms(words)
    elif entry.pos == "ADJ":
        yield from _adjective_forms(words)


def _verb_forms(words: Words) -> Iterator[Words]:
    reflexive = words[0] in _REFLEXIVE
    verb, rest = (words[1], words[2:]) if reflexive else (words[0], words[1:])
    if verb == "être" and rest and not reflexive and is_adjectival(rest[0]):  # « êtes tenues de »
        rests = [(form, *rest[1:]) for form in dict.fromkeys(_all_forms(rest[0]))]
        forms = {stem + end for stem, cells in paradigms(verb, "VERB") for ends in cells.values() for end in ends}
        yield from ((form, *after) for form in sorted(forms) for after in rests)
        return
    for stem, cells in paradigms(verb, "VERB"):
        for cell, ends in cells.items():
            if cell in _NEVER_WRITTEN:
                continue
            for end in ends:
                if not reflexive:
                    yield (stem + end, *rest)
                    continue
                for pronoun in _pronouns(cell):
                    yield (pronoun, stem + end, *rest)
                if cell[0] == "Y" and cell[1:] in _IMPERATIVE:
                    yield (stem + end + _IMPERATIVE[cell[1:]], *rest)


def _pronouns(cell: str) -> Words:
    if cell[0] == "K":
        return ()
    return _PRONOUNS.get(cell[1:], _ANY_PRONOUN)


def _noun_forms(words: Words) -> Iterator[Words]:
    """Yield a nominal term in the plural: the noun and its adjectives, up to the first small word."""
    small = facts("mots-outils")
    size = next((i for i, word in enumerate(words) if word.lower() in small), len(words))
    for forms in product(*(noun_cells(word, "p") for word in words[:size])):
        yield (*forms, *words[size:])
    if size > 1:  # « ayants droit »
        yield from ((form, *words[1:]) for form in noun_cells(words[0], "p"))


@lru_cache(maxsize=8192)
def noun_cells(word: str, number: str) -> Words:
    """Return the forms of a noun or adjective in its own gender for a number, s or p; a guess for an unknown word."""
    found: dict[str, None] = {}
    for pos in ("NOUN", "ADJ"):
        for stem, cells in paradigms(word, pos):
            own = {cell[0] for cell, ends in cells.items() for end in ends if stem + end == word and len(cell) > 1}
            found.update(
                (stem + end, None) for cell, ends in cells.items() for end in ends
                if cell[-1] == number and cell[0] in own
            )  # fmt: skip
    return tuple(found) or (word if number == "s" or word.endswith(("s", "x", "z")) else word + "s",)


def _adjective_forms(words: Words) -> Iterator[Words]:
    """Yield an adjectival term in both genders and numbers: all its adjectives agree (« sûre et certaine »)."""
    moving = [i for i, word in enumerate(words) if is_adjectival(word)] or [0]
    if moving[0] != 0 and moving[0] < len(words) and words[0] in facts("mots-outils"):
        return
    for agreeing in (moving, moving[-1:]):  # all of them, or the last alone (« tout à fait complète »)
        for forms in zip(*(_four(words[i]) for i in agreeing), strict=True):
            made = list(words)
            for i, form in zip(agreeing, forms, strict=True):
                made[i] = form
            yield tuple(made)
    if moving == [0]:
        yield from ((form, *words[1:]) for form in _all_forms(words[0]))


def _four(adjective: str) -> Words:
    """Return an adjective in both genders and numbers, as it is where a form is not known."""
    return tuple(agreed(adjective, cell) or adjective for cell in ("ms", "fs", "mp", "fp"))


def _all_forms(adjective: str) -> Iterator[str]:
    found = False
    for pos in ("ADJ", "VERB"):  # participles: « susvisé » stands as an adjective, « perçu » as a verb
        for lemma in _lemmas(adjective, pos):
            for stem, cells in paradigms(lemma, pos):
                for cell, ends in cells.items():
                    if pos == "ADJ" or cell[0] == "K":
                        found = True
                        yield from (stem + end for end in ends)
    if not found:  # built like a participle or a regular adjective
        plural = adjective if adjective.endswith(("s", "x")) else adjective + "s"
        feminine = adjective if adjective.endswith("e") else adjective + "e"
        yield from (adjective, plural, feminine, feminine + "s")


def _lemmas(adjective: str, pos: str) -> Iterator[str]:
    if pos == "ADJ":
        yield adjective
    else:
        yield from (reading.lemma for reading in readings(adjective) if reading.cell == "Kms")


def _variants(words: Words, others: Words) -> Iterator[str]:
    """Yield the term with its last preposition contracted or elided, and its variable determiner."""
    choices = []
    for i, word in enumerate(words):
        if i == len(words) - 1 and word in _LAST and (i or word == "lorsque"):
            choices.append(_LAST[word])
        elif others and i and word in (*_VARIABLE, "le"):
            choices.append(tuple(dict.fromkeys((word, *others))))
        else:
            choices.append((word,))
    for choice in product(*choices):
        yield " ".join(choice)
