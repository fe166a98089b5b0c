"""The auxiliary « être »: its forms, the words that look like it, and the small words around it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from falc.french.facts import facts, rows
from falc.french.forms import readings

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["first_word", "forms_of_be", "is_either", "is_order", "is_other_word", "is_reflexive"]

_HAVING = 6  # words between « a » and « été »
_CLITICS = 5  # words between « nous » and « sommes »
_BEFORE_AUXILIARY = ("y", "en", "n'", "ne", "pas")
_OWN_PRONOUNS = {"me": "1s", "m'": "1s", "te": "2s", "t'": "2s", "nous": "1p", "vous": "2p"}


@lru_cache(maxsize=1)
def forms_of_be() -> dict[str, bool]:
    """Return the forms of être and whether they make a firm passive."""
    return {row[0]: row[2] == "ferme" for row in rows("formes-etre")}


def is_other_word(token: Token, sentence: Tokens) -> bool:
    """Is it « un être », « l'été », « à l'est », « des sommes », or « soit » before a clause?"""
    if is_either(token, sentence):
        return True
    before = token.nbor(-1).lower_ if token.i > sentence.start else ""
    if token.lower_ == "être" and before in facts("determinants") - facts("clitiques") | {"l'"}:
        return True
    if token.lower_ == "été" and having(token, sentence) is None and before not in facts("coordonnants"):
        return True
    if token.lower_ == "sommes" and not _says_we(token, sentence):
        return True  # « les sommes versées »
    if token.i > sentence.start and token.pos_ == "NOUN":
        return token.nbor(-1).pos_ == "DET"
    if token.lower_ != "soit" or token.i + 1 >= sentence.end:
        return False
    return token.nbor(1).lower_ in facts("clitiques") or token.nbor(1).pos_ in ("DET", "NUM")


def _says_we(verb: Token, sentence: Tokens) -> bool:
    """Does « nous » go with « sommes »: « nous ne sommes pas », « sommes-nous »?"""
    near = sentence.doc[max(verb.i - _CLITICS, sentence.start) : min(verb.i + 2, sentence.end)]
    return any(word.lower_.lstrip("-") == "nous" for word in near)


def is_either(token: Token, sentence: Tokens) -> bool:
    """Is it the « soit » of « qui soit portent atteinte…, soit créent… », before a finite verb?"""
    if token.lower_ != "soit" or token.i + 1 >= sentence.end:
        return False
    following = token.nbor(1)
    return following.pos_ in ("VERB", "AUX") and "Fin" in following.morph.get("VerbForm", [])


def is_order(auxiliary: Token, sentence: Tokens) -> bool:
    """Is it « soyez rassuré », « ne soyez pas surpris », and not « que vous soyez payé »?"""
    if not any(reading.mood == "Imp" for reading in readings(auxiliary.lower_)):
        return False
    before = [token.lower_ for token in sentence.doc[max(auxiliary.i - 3, sentence.start) : auxiliary.i]]
    return not {"tu", "nous", "vous", "qui"} & set(before)


def is_reflexive(auxiliary: Token, sentence: Tokens) -> bool:
    """Is it « s'est inscrit », « nous nous étions inscrits », « vous en êtes-vous aperçu »?"""
    before = [token.lower_ for token in sentence.doc[max(auxiliary.i - 5, sentence.start) : auxiliary.i]]
    while before and before[-1] in _BEFORE_AUXILIARY:
        before.pop()
    if not before:
        return False
    if before[-1] in ("se", "s'"):
        return True
    persons = _persons(auxiliary.lower_)
    if not persons:  # « vous pouvez vous être trompé », « vous étant trompé, »
        return before[-1] in _OWN_PRONOUNS and (before[-1] in before[:-1] or sentence.start == auxiliary.i - 1)
    own = {pronoun for pronoun, person in _OWN_PRONOUNS.items() if person in persons}
    if before[-1] not in own:
        return False
    turned = auxiliary.i + 1 < sentence.end and auxiliary.nbor(1).lower_.lstrip("-") in own
    return len(own) > 1 or turned or before[-1] in before[:-1]


def _persons(form: str) -> set[str]:
    """Return the persons of a form of être: 2p for « êtes », none for « étant »."""
    return {reading.cell[1:] for reading in readings(form) if reading.lemma == "être" and reading.person}


def first_word(auxiliary: Token, final: Token, sentence: Tokens) -> Token:
    """Return « n' » of « n'a pas été faite », « a » of « a déjà été »."""
    first = (having(auxiliary, sentence) if auxiliary.lower_ == "été" else None) or auxiliary
    if not any(token.lower_ in facts("negations") for token in sentence.doc[first.i : final.i]):
        return first
    for token in reversed(sentence.doc[max(first.i - 4, sentence.start) : first.i]):
        if token.lower_ in ("ne", "n'"):
            return token
        if token.lower_ not in facts("clitiques"):
            break
    return first


def having(been: Token, sentence: Tokens) -> Token | None:
    """Return « a » of « a déjà été »."""
    before = sentence.doc[max(been.i - _HAVING, sentence.start) : been.i]
    return next((token for token in reversed(before) if token.lower_ in facts("formes-avoir")), None)
