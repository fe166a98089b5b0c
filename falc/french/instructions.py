"""What a sentence tells its reader to do: imperatives and infinitives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from falc.french.facts import facts
from falc.french.remembered import remembered
from falc.french.tenses import tensed_verbs

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["imperatives", "opening_infinitive"]

_NEW_CLAUSE = (",", ":", ";", "?", "»", "(", "–", "—", "-")
_INFINITIVE = ("er", "ir", "re", "oir")


@remembered
def imperatives(sentence: Tokens) -> list[Token]:
    """Return the verbs of a sentence that give an order to « vous », in order; « appelez ou écrivez » is one."""
    if any(token.text == "?" for token in sentence[-2:]):
        return []
    others = {verb.last.i for verb in tensed_verbs(sentence)}
    found: list[Token] = []
    addressed = False  # is « vous » the subject of this clause?
    for token in sentence:
        if token.text in _NEW_CLAUSE:
            addressed = False
        elif token.lower_ == "vous":
            addressed = True
        elif addressed or token.i in others or not _orders(token, sentence):
            continue
        elif not found or not _is_choice(token, sentence):
            found.append(token)
    return found


def _is_choice(token: Token, sentence: Tokens) -> bool:
    """Does « ou » stand before an order: « appelez ou écrivez », « ou bien écrivez »?"""
    before = sentence.doc[max(token.i - 2, sentence.start) : token.i]
    return any(word.lower_ in facts("mots-de-choix") for word in before)


def _orders(token: Token, sentence: Tokens) -> bool:
    word = token.lower_
    if token.is_upper or not word.isalpha():
        return False
    starts = token.i == sentence.start or token.nbor(-1).lower_ in facts("coordonnants")
    if word in facts("imperatifs-en-tes"):  # « les demandes faites » are participles
        return starts
    if not word.endswith("ez") or len(word) < 4 or word in facts("mots-en-ez"):
        return False
    if token.text[0].isupper() and not starts:
        return False
    return token.i == sentence.start or token.nbor(-1).pos_ not in ("DET", "ADP")


def opening_infinitive(sentence: Tokens) -> Token | None:
    """Return « Cocher » of « Cocher la case »: a whole instruction in the infinitive."""
    token = sentence[0]
    is_infinitive = "Inf" in token.morph.get("VerbForm", []) and token.lower_.endswith(_INFINITIVE)
    if not is_infinitive or len(sentence) < 2 or sentence[1].is_punct:
        return None
    return token if token.dep_ == "ROOT" else None  # « Être en couple peut… »: another verb is the main one
