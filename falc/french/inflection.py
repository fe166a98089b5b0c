"""Inflected forms of the terms of the lexicons, generated when they load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from falc.french.facts import facts, rows

_PRESENT = ("1s", "2s", "3s", "1p", "2p", "3p")
_AI = ("ais", "ais", "ait", "ions", "iez", "aient")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont")
_SUBJUNCTIVE = ("e", "es", "e", "ions", "iez", "ent")
_DOUBLED = re.compile(r"e[lt]$")
# « lev », « sevr », « céd », « intégr », « lég(u) », but not « contest », « vers », « adress ».
_GRAVE = re.compile(r"(?:e(?=[^aeiouyéè]r?$)|é)([^aeiouyéè]{1,2}|[gq]u)$")
_FEMININE = (
    ("eux", "euse"), ("teur", "trice"), ("er", "ère"), ("el", "elle"), ("en", "enne"), ("et", "ète"), ("if", "ive"),
    ("duc", "duque"),
)  # fmt: skip


class Form(NamedTuple):
    """A form of a verb.  It is `weak` when nouns or adjectives often look like it."""

    text: str
    person: str
    weak: bool


@cache
def conjugation(infinitive: str) -> tuple[Form, ...]:
    """Return the simple forms of a verb; only the infinitive when its pattern is unknown."""
    forms = dict.fromkeys([Form(infinitive, "inf", False), *_simple_forms(infinitive)])
    return tuple(forms)


def _simple_forms(infinitive: str) -> Iterator[Form]:
    irregular = next((row for row in _patterns() if infinitive.endswith(row[0])), None)
    if irregular:
        yield from _irregular(infinitive, irregular)
    elif infinitive.endswith("er"):
        yield from _first_group(infinitive[:-2])
    elif infinitive.endswith("ir"):
        yield from _second_group(infinitive[:-1])


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(rows("conjugaison"), key=lambda row: -len(row[0])))


def _irregular(infinitive: str, row: tuple[str, ...]) -> Iterator[Form]:
    ending, je, il, nous, vous, ils, future, subjunctive, participle = row[:9]
    base = infinitive.removesuffix(ending)
    present = zip(_PRESENT, (je, je, il, nous, vous, ils), strict=True)
    yield from (Form(base + form, person, person[1] == "s") for person, form in present)
    imperfect = "ét" if infinitive == "être" else base + nous.removesuffix("ons")
    yield from _tenses(imperfect, base + future)
    if infinitive not in ("être", "avoir"):
        soft = base + nous.removesuffix("ons")
        for person, end in zip(_PRESENT, _SUBJUNCTIVE, strict=True):
            stem = soft if person in ("1p", "2p") and ending != "faire" else base + subjunctive
            yield Form(stem + end, person, person[1] == "s")
    yield Form(imperfect + "ant", "ant", True)
    yield from _participles(base + participle)


def _first_group(stem: str) -> Iterator[Form]:
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    for mute in _mute_stems(stem):
        yield from (Form(mute + e, p, p != "3p") for p, e in (("1s", "e"), ("2s", "es"), ("3s", "e"), ("3p", "ent")))
        yield from _futures(mute + "er")
    if _GRAVE.search(stem):
        yield from _futures(stem + "er")
    yield Form(soft + "ons", "1p", False)
    yield Form(stem + "ez", "2p", False)
    for person, end in zip(_PRESENT, _AI, strict=True):
        yield Form((stem if person in ("1p", "2p") else soft) + end, person, False)
    yield Form(soft + "ant", "ant", True)
    yield from _participles(stem + "é")


def _mute_stems(stem: str) -> Iterator[str]:
    """Yield the stem before a mute e: « renouvell », « lèv », « cèd », « paie »."""
    if stem.endswith("y"):
        yield stem[:-1] + "i"
    if _DOUBLED.search(stem):
        yield stem + stem[-1]
    if grave := _GRAVE.search(stem):
        yield stem[: grave.start()] + "è" + grave[1]
    else:
        yield stem


def _second_group(stem: str) -> Iterator[Form]:
    present = zip(_PRESENT, ("s", "s", "t", "ssons", "ssez", "ssent"), strict=True)
    yield from (Form(stem + end, person, person[1] == "s") for person, end in present)
    yield from _tenses(stem + "ss", stem + "r")
    yield from (Form(f"{stem}ss{end}", person, False) for person, end in zip(_PRESENT, _SUBJUNCTIVE, strict=True))
    yield Form(stem + "ssant", "ant", True)
    yield from _participles(stem)


def _tenses(imperfect: str, future: str) -> Iterator[Form]:
    yield from (Form(imperfect + end, person, False) for person, end in zip(_PRESENT, _AI, strict=True))
    yield from _futures(future)


def _futures(stem: str) -> Iterator[Form]:
    for ends in (_FUTURE, _AI):
        yield from (Form(stem + end, person, False) for person, end in zip(_PRESENT, ends, strict=True))


def _participles(masculine: str) -> Iterator[Form]:
    plural = masculine if masculine.endswith("s") else masculine + "s"
    yield from (Form(text, "part", True) for text in (masculine, masculine + "e", plural, masculine + "es"))


def plural(word: str) -> str:
    """Return the plural of a noun or an adjective."""
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    if word.endswith("bail"):
        return word[:-2] + "ux"
    return word + ("x" if word.endswith(("au", "eu")) else "s")


def feminine(word: str) -> str:
    """Return the feminine of an adjective."""
    if word.endswith("e"):
        return word
    for ending, replacement in _FEMININE:
        if word.endswith(ending) and not word.endswith("ieur"):
            return word.removesuffix(ending) + replacement
    return (word[:-1] + "s" if word.endswith("x") else word) + "e"


def noun_forms(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a nominal term and its plural: the noun and its adjectives, up to the first small word."""
    yield words
    if words[0][0].isupper():  # a name
        return
    small = facts("mots-outils")
    size = next((i for i, word in enumerate(words) if word.lower() in small), len(words))
    yield (*(plural(word) for word in words[:size]), *words[size:])
    if size > 1:
        yield (plural(words[0]), *words[1:])  # « ayants droit »


def adjective_forms(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield an adjective in both genders and numbers; its complement stays as it is."""
    first, rest = words[0], words[1:]
    for form in (first, plural(first), feminine(first), plural(feminine(first))):
        yield (form, *rest)
