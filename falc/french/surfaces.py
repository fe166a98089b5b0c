"""The surface forms under which an entry of the lexicons is found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from falc.french.entries import Entry
from falc.french.facts import facts
from falc.french.inflection import Form, adjective_forms, conjugation, noun_forms
from falc.french.words import key_of, words_of

_LAST = {
    "de": ("de", "d'", "du", "des"),
    "à": ("à", "au", "aux"),
    "que": ("que", "qu'"),
    "lorsque": ("lorsque", "lorsqu'"),
}
_VARIABLE = ("un", "une", "son", "sa")
_PRONOUNS = {
    "1s": ("me", "m'"),
    "2s": ("te", "t'"),
    "3s": ("se", "s'"),
    "1p": ("nous",),
    "2p": ("vous",),
    "3p": ("se", "s'"),
}
_PREPOSITIONS = (("de",), ("à",), ("sur",), ("avec",))
_IMPERATIVE = {"1p": "-nous", "2p": "-vous"}


def surfaces(entry: Entry) -> Iterator[tuple[str, bool]]:
    """Yield the keys of a term's forms; the flag says that a form may also be another word."""
    if "…" in entry.term:  # two words apart: not a matter of lists
        return
    words = tuple(word.text for word in words_of(entry.term))
    excluded = entry.values("sauf")
    for forms, weak in _forms(entry, words):
        for variant in _variants(entry, forms):
            if not excluded or variant not in excluded:
                yield key_of(variant), weak


def _forms(entry: Entry, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    if entry.pos == "VERB":
        yield from _verb_forms(words)
    elif entry.pos == "NOUN" and entry.category != "acronyme":
        yield from ((forms, False) for forms in noun_forms(words))
    elif entry.pos == "ADJ":
        yield from ((forms, False) for forms in adjective_forms(words))
    else:
        yield words, False


def _verb_forms(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    if words[0] in ("se", "s'"):
        for form in conjugation(words[1]):
            for pronoun in _pronouns(form):
                yield (pronoun, form.text, *words[2:]), False
            if form.person in _IMPERATIVE and not form.weak:
                yield (form.text + _IMPERATIVE[form.person], *words[2:]), False
        return
    rest = words[1:]
    for form in conjugation(words[0]):
        weak = form.weak or form.text in facts("formes-homographes")
        # With its complement, a form is no longer in doubt (« met fin à »), but « relevé de » is.
        yield (form.text, *rest), weak and (not rest or rest in _PREPOSITIONS)


def _pronouns(form: Form) -> tuple[str, ...]:
    if form.person == "part":
        return ()
    if form.person in ("inf", "ant"):
        return ("se", "s'", "vous", "nous", "me", "m'")
    return _PRONOUNS[form.person]


def _variants(entry: Entry, words: tuple[str, ...]) -> Iterator[str]:
    """Yield the term with its last preposition contracted or elided, and its variable determiner."""
    others = entry.values("var")
    if words[-1] not in _LAST and not others:
        yield " ".join(words)
        return
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
