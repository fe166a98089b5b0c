"""Who acts in a passive: « par la caisse », but not « par courrier »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from falc.french.facts import facts
from falc.french.forms import readings
from falc.french.insertions import insertion_at

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["agent_of"]

_REACH = 10  # words between a participle and « par »
_FARTHEST = 14  # the same behind a comma
_ENDS_AGENT = (":", "(", ",", ";")
_OF = ("de", "d'", "du", "des")


def agent_of(participle: Token, final: Token, sentence: Tokens) -> Tokens | None:
    """Return who acts, with « par »; `final` is the last participle of « reçue et examinée par le maire »."""
    skipped = final.i  # the last word of « par courrier », of an adverb
    for token in sentence.doc[final.i + 1 : min(final.i + _REACH, sentence.end)]:
        if token.i <= skipped or token.pos_ == "ADV" or _is_date(token):
            continue
        if token.lower_ != "par" and (width := insertion_at(token, sentence)):
            skipped = token.i + width - 1
            continue
        if token.lower_ != "par":
            break
        phrase = _phrase(token, _noun_after(token), sentence)
        if phrase is not None:
            return phrase
        skipped = _noun_after(token).i
    for child in participle.children:
        if child.dep_ == "obl:agent" and child.i > participle.i:
            preposition = next((word for word in child.lefts if word.lower_ == "par"), None)
            return _phrase(preposition, child, sentence) if preposition is not None else None
    return _agent_apart(final, sentence)


def _is_date(token: Token) -> bool:
    """Is it a word of « lundi », « le lundi 3 mars 2026 », which stands before who acts?"""
    if token.lower_ in ("le", "ce", "chaque") and token.i + 1 < len(token.doc):
        following = token.nbor(1)
        return following.lower_ in facts("jours") or following.text[:1].isdigit()
    return token.lower_ in facts("jours") | facts("mois") or token.text[:1].isdigit()


def _agent_apart(final: Token, sentence: Tokens) -> Tokens | None:
    """Return who acts behind a comma: « imposés à une victime, par plusieurs personnes »."""
    for token in sentence.doc[final.i + 1 : min(final.i + _FARTHEST, sentence.end)]:
        if token.lower_ in facts("subordonnants") or token.lower_ in facts("coordonnants") - {","}:
            return None
        if token.pos_ in ("VERB", "AUX"):
            return None
        if token.lower_ == "par" and token.nbor(-1).text == ",":
            return _phrase(token, _noun_after(token), sentence)
    return None


def _noun_after(preposition: Token) -> Token:
    """Return the noun of « par la caisse », the pronoun of « par vous »."""
    following = preposition.nbor(1) if preposition.i + 1 < len(preposition.doc) else preposition
    return following if following.pos_ == "PRON" and preposition.head.pos_ in ("VERB", "AUX") else preposition.head


def _phrase(preposition: Token, noun: Token, sentence: Tokens) -> Tokens | None:
    """Return « par la caisse », or None when the noun does not act."""
    if noun.i <= preposition.i or noun.lower_ in facts("par-sans-agent") or noun.pos_ in ("VERB", "NUM", "ADV"):
        return None
    if noun.lower_ in facts("subordonnants") or preposition.nbor(1).lower_ in facts("subordonnants"):
        return None  # « le contrat par lequel »
    if _is_bare(preposition.nbor(1)) or (noun.i == preposition.i + 1 and noun.lower_ in facts("nombres")):
        return None
    end = min(noun.right_edge.i + 1, sentence.end)
    aside = next((word.i for word in sentence.doc[noun.i : end] if _ends_agent(word, noun)), end)
    if sentence.doc[aside - 1].lower_ in facts("subordonnants"):
        aside -= 1  # « plusieurs personnes qui, même sans le savoir, … »
    return sentence.doc[preposition.i : aside]


def _is_bare(word: Token) -> bool:
    """Does a noun without article follow « par »?  « par classe », « par simple lettre » tell how, « par eux » who."""
    kinds = {reading.pos for reading in readings(word.lower_)}
    return bool(kinds) and kinds <= {"NOUN", "ADJ", "VERB"} and word.text == word.lower_


def _ends_agent(word: Token, noun: Token) -> bool:
    """Does the name of who acts end before `word`: at « le 2 mars », « de manière », « à hauteur »?"""
    if word.lower_ in _ENDS_AGENT:
        return True
    if word.i > noun.i and word.pos_ == "ADP":
        of = word.lower_ in _OF
        return not of or (word.i + 1 < len(word.doc) and word.nbor(1).lower_ in facts("noms-de-maniere"))
    following = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else None
    return word.i > noun.i and word.pos_ == "DET" and following is not None and following.text[0].isdigit()
