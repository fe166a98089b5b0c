"""What follows a term when its replacement takes another preposition, or none: contraction, elision, traps."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from falc.french.around import Around
from falc.french.elision import article_of, contracted, elided, joined
from falc.french.entries import Entry
from falc.french.facts import facts
from falc.french.forms import readings
from falc.french.guards import holds, is_determined
from falc.french.words import Word

__all__ = ["Tail", "tail"]

_NOT_REPEATED = "seul"
_STRESSED = frozenset(("moi", "toi", "lui", "elle", "eux", "elles", "nous", "vous", "soi", "cela", "quoi"))
_CLAUSE = ("qui", "que", "qu'", "dont")
_INDEFINITE = frozenset(("un", "une", "des"))
_DEMONSTRATIVES = frozenset(("celui", "celle", "ceux", "celles"))
_NEGATIONS = frozenset(("pas", "plus", "jamais", "aucun", "aucune", "sans"))
_NOMINAL = ("verbe-support", "nominalisation")
_JOINED = ("à", "au", "aux", "du", "des")
_SHARED = 3  # words before a verb among which « ou » joins another one: « ou avez bénéficié de »
_INFINITIVE = "inf"


class Tail(NamedTuple):
    """The replacement with its last preposition as it stands here, and where the replaced text ends."""

    text: str
    end: int


def tail(entry: Entry, around: Around, made: str) -> Tail | None:
    """Join a replacement to the words behind the term; None when the sentence does not allow it."""
    way = next((guard for guard in entry.guards if guard.startswith(("keep=", "drop=", "add=")) or ">" in guard), "")
    final = around.place.words[around.last - 1]
    if not way:
        return _elided_end(made, final.end, around)
    if way.startswith("keep="):
        return _kept(way.removeprefix("keep="), made, final, around)
    if not _allows_change(entry, around, final):
        return None
    articles = _INFINITIVE not in entry.guards
    if way.startswith("drop=") and made.endswith(f" {way.removeprefix('drop=')}"):
        return _kept(way.removeprefix("drop="), made, final, around)  # « lors des » → « au moment des »
    if way.startswith("drop="):
        return _dropped(entry, made, final, around)
    if way.startswith("add="):
        return _with_preposition(way.removeprefix("add="), made, around, articles=articles)
    new = way.partition(">")[2]
    article = article_of(final.key)
    if article is None:
        return _with_preposition(new, made, around, articles=articles)
    stem = made.removesuffix(f" {new}")
    return Tail(f"{stem} {contracted(new, article[1]) or f'{new} {article[1]}'}", final.end) if stem != made else None


def _kept(preposition: str, made: str, final: Word, around: Around) -> Tail | None:
    stem = made.removesuffix(preposition)
    if stem == made or stem[-1] not in " '":
        return None
    if article_of(final.key):  # « à compter du » → « à partir du »
        return Tail(f"{stem}{final.text.lower()}", final.end)
    return _elided_end(made, final.end, around)


def _has_second_object(around: Around) -> bool:
    """Is something joined to the complement: « procède au calcul de l'aide et à son versement »?"""
    rest = around.rest
    return any(
        word.key in ("et", "ou") and (following.key in facts("determinants") or following.key in _JOINED)
        for word, following in pairwise(rest)
    )


def _shares_complement(around: Around) -> bool:
    """Does another verb have the same complement: « vous disposez ou disposerez d'un compte »?"""
    before = around.preceding[-_SHARED:]
    return any(
        word.key in ("et", "ou") and any(reading.pos == "VERB" for reading in readings(earlier.text.lower()))
        for earlier, word in pairwise(before)
    )


def _allows_change(entry: Entry, around: Around, final: Word) -> bool:
    after = around.after
    if entry.category in _NOMINAL and _has_second_object(around):
        return False
    if entry.pos == "VERB" and _shares_complement(around):
        return False
    if after is not None and after.key in _STRESSED and _INFINITIVE not in entry.guards:
        return False
    if after is not None and after.key == "ce" and len(around.rest) > 1 and around.rest[1].key in _CLAUSE:
        return False
    if not holds(_NOT_REPEATED, around):
        return False
    if entry.pos != "VERB" or _INFINITIVE in entry.guards or article_of(final.key):
        return True
    determined = after is not None and (is_determined(around) or after.key in facts("nombres") | _DEMONSTRATIVES)
    if not determined:
        return False
    negated = any(
        word.key in _NEGATIONS for word in (*around.start_words, *around.place.words[around.first : around.last])
    )
    return not (negated and after is not None and after.key in _INDEFINITE)  # « pas une aide » is no French


def _dropped(entry: Entry, made: str, final: Word, around: Around) -> Tail | None:
    article = article_of(final.key)
    if article is not None:
        return Tail(f"{made} {article[1]}", final.end)
    if final.key.endswith("'"):
        following = around.after
        if following is None:
            return None
        return Tail(made + " ", following.start)
    return Tail(made, final.end)


def _with_preposition(preposition: str, made: str, around: Around, *, articles: bool) -> Tail | None:
    """Put a preposition before what follows: « de » and « le » make « du », but not the pronoun of « de le faire »."""
    after = around.after
    stem = made.removesuffix(f" {preposition}")
    if after is None or stem == made:
        return None
    article = contracted(preposition, after.key) if articles else None
    if article:
        return Tail(f"{stem} {article}", after.end)
    return Tail(f"{stem} {joined(preposition, after.text)}", after.start)


def _elided_end(made: str, end: int, around: Around) -> Tail:
    """Elide a final « que » or « de » before a vowel, and undo it before a consonant."""
    after = around.after
    stem, _, last = made.rpartition(" ")
    was_elided = around.term_end.endswith("'")
    if after is None or not (last in ("de", "que") or was_elided):
        return Tail(made, end)
    short = elided(last, after.text) if last in ("de", "que") else last
    space = "" if short.endswith("'") else " "
    if was_elided or space == "":
        return Tail(f"{stem} {short}{space}".lstrip(), after.start)
    return Tail(made, end)
