"""Nouns that « de » ties one behind the other: « la date de la fin de la garantie »."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.french.facts import facts, rows
from falc.french.forms import is_adjectival, readings

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["noun_chains"]

_BEFORE = ("DET", "ADJ", "NUM")  # between « de » and the noun
_LOCUTION = 5  # the most words of a locution: « au fur et à mesure »


def noun_chains(sentence: Tokens) -> Iterator[tuple[Tokens, int]]:
    """Yield the nouns that « de » ties one behind the other, with the number of « de ».

    A quantity (« le nombre de demandes ») and a locution (« en raison de la demande ») are no links.
    """
    position = sentence.start
    while position < sentence.end:
        first = sentence.doc[position]
        position += 1
        if not _is_noun(first, sentence) or _is_name(first, sentence) or _opens_locution(first, sentence):
            continue
        last, links = first, 0
        while (following := _next_noun(last, sentence)) is not None:
            if not _is_quantity(last):
                links += 1
            elif not links:
                first = following
            last = following
        if links:
            yield sentence.doc[first.i : last.i + 1], links
        position = max(position, last.i + 1)


def _is_noun(token: Token, sentence: Tokens) -> bool:
    """Is it a noun for the model, and may it be one for the table?"""
    found = readings(token.lower_)
    noun = any(reading.pos == "NOUN" for reading in found)
    if token.pos_ in ("NOUN", "PROPN"):
        return noun or (not found and token.pos_ == "NOUN")
    # The model takes some nouns after a determiner for adjectives or verbs: « la garde de l'enfant ».
    return noun and token.i > sentence.start and token.pos_ in ("ADJ", "VERB") and token.nbor(-1).pos_ == "DET"


def _is_name(token: Token, sentence: Tokens) -> bool:
    """Is it « Service » of « Service central d'état civil », the name of an office?"""
    before = sentence.doc[sentence.start : token.i]
    return token.text[0].isupper() and any(word.is_alpha for word in before) and before[-1].text != ":"


def _opens_locution(noun: Token, sentence: Tokens) -> bool:
    """Is it « raison » of « en raison de », « besoin » of « avoir besoin de », « objet » of « faire l'objet de »?"""
    start = sentence.start
    if noun.i == start:
        return False
    before = noun.nbor(-1)
    if before.pos_ in ("VERB", "AUX") and noun.text[0].islower() and noun.pos_ == "NOUN":
        return not noun.lower_.endswith(("s", "x"))
    if noun.lower_ not in _endings():
        return False
    for first in range(noun.i, max(noun.i - _LOCUTION, start - 1), -1):
        words = noun.doc[first : noun.i + 1].text.lower()
        verb = _locutions().get("à" + words[1:] if words.startswith("a ") else words)
        if verb == "" or (verb and first > start and _is_form_of(noun.doc[first - 1], verb)):
            return True
    return False


def _is_form_of(token: Token, verb: str) -> bool:
    return any(reading.lemma == verb for reading in readings(token.lower_))


@lru_cache(maxsize=1)
def _locutions() -> dict[str, str]:
    """Return the locutions that « de » ends, each with the verb before it, if it needs one."""
    return {term: verb for term, _, verb in rows("locutions-en-de")}


@lru_cache(maxsize=1)
def _endings() -> frozenset[str]:
    """Return all that a locution may end with: most nouns end none."""
    return frozenset(term[start:] for term in _locutions() for start in range(len(term)))


def _is_quantity(noun: Token) -> bool:
    """Is it a quantity: « le nombre de demandes »?"""
    return any(reading.lemma in facts("noms-de-quantite") for reading in readings(noun.lower_) if reading.pos == "NOUN")


def _next_noun(noun: Token, sentence: Tokens) -> Token | None:
    """Return « demande » for « dépôt » in « dépôt de la demande »; adjectives may stand before « de »."""
    index = noun.i + 1
    while index < sentence.end and _qualifies(sentence.doc[index]):
        index += 1
    if index >= sentence.end or sentence.doc[index].lower_ not in facts("prepositions-de"):
        return None
    index += 1
    while index < sentence.end and sentence.doc[index].pos_ in _BEFORE and not sentence.doc[index].is_digit:
        index += 1
    if index < sentence.end and _is_noun(sentence.doc[index], sentence) and sentence.doc[index].text[0].islower():
        return sentence.doc[index]
    # The model took the last word for an adjective: « de votre domicile ».
    last = sentence.doc[index - 1]
    alone = last.pos_ == "ADJ" and any(reading.pos == "NOUN" for reading in readings(last.lower_))
    return last if alone and last.text[0].islower() else None


def _qualifies(token: Token) -> bool:
    """Is it an adjective or a participle of the noun before, as the table allows: « la carte vitale »?"""
    known = readings(token.lower_)
    return token.pos_ in ("ADJ", "VERB") and (is_adjectival(token.lower_) if known else token.pos_ == "ADJ")
