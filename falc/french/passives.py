"""The passive voice: the table of forms decides, the model chooses between the readings that it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.french.agents import agent_of
from falc.french.auxiliaries import first_word, forms_of_be, is_either, is_order, is_other_word, is_reflexive
from falc.french.facts import facts, rows
from falc.french.forms import is_participle, is_verb_only, readings
from falc.french.insertions import insertion_at
from falc.french.remembered import remembered

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["Passive", "base_participle", "forms_of_be", "is_either", "is_past_participle", "may_be_passive", "passives"]


@dataclass(frozen=True, slots=True)
class Passive:
    """A verb in the passive voice, from its first auxiliary to its last participle.

    It is `firm` when it can only be an action; « est fermé » may be a state, « être lié » too.
    """

    first: Token
    last: Token
    participle: Token
    agent: Tokens | None
    firm: bool


_BETWEEN = 8  # words that may stand between « être » and its participle
_ASIDE = 9  # words of « , sauf erreur de notre part, »
_COORDINATED = 14  # words between « est accordée » and « et versée »
_SECOND = re.compile(r"[(·•⋅.]")  # what begins the ending of a second gender
_SIGNS = ("«", "»", "“", "”", '"', "-")
_NOT_A_VERB = ("-ce", "-à", "que")
_LINKS = ("et", "ou", "puis", ",", "ni", "mais", "soit")
_NO_PARTICIPLE = ("ADV", "DET", "ADP", "PRON", "NUM", "CCONJ", "SCONJ")


@remembered
def passives(sentence: Tokens) -> Iterator[Passive]:
    """Yield the passives with être of a sentence in order."""
    last = -1
    for auxiliary in sentence:
        if auxiliary.i <= last or auxiliary.lower_ not in forms_of_be() or is_other_word(auxiliary, sentence):
            continue
        participle = _participle_of(auxiliary, sentence)
        if participle is None or is_reflexive(auxiliary, sentence) or _is_set_phrase(auxiliary, participle):
            continue
        final = _last_coordinated(participle, sentence)
        agent = agent_of(participle, final, sentence)
        if not may_be_passive(participle, auxiliary) or _is_quality(auxiliary, participle, agent):
            continue
        told = [participle, *filter(is_past_participle, sentence.doc[participle.i + 1 : final.i + 1])]
        firm = any(_is_firm(auxiliary, token, agent, sentence) for token in told)
        yield Passive(first_word(auxiliary, final, sentence), final, participle, agent, firm)
        last = final.i


@lru_cache(maxsize=1)
def _states() -> dict[str, bool]:
    """Return the participles that tell a state, and whether they do after all forms of être."""
    return {row[0]: len(row) > 2 and row[2] == "toujours" for row in rows("participes-etats")}


@lru_cache(maxsize=1)
def _soft_states() -> dict[str, frozenset[str]]:
    """Return the participles that most often tell a state, and the words that must follow for that."""
    return {row[0]: frozenset(row[2].split() if len(row) > 2 else ()) for row in rows("participes-doux")}


def _names(participle: Token) -> frozenset[str]:
    """Return the form, and the form without agreement: the s of « compris » is no mark."""
    return frozenset((_form(participle), base_participle(participle)))


def _is_quality(auxiliary: Token, participle: Token, agent: Tokens | None) -> bool:
    """Is it a plain adjective: « est situé », « était âgé », « est plus élevé »?"""
    if agent is not None:
        return False
    if _is_compared(auxiliary, participle):
        return True
    following = participle.nbor(1).lower_ if participle.i + 1 < len(participle.doc) else ""
    needed = [_qualities()[word] for word in _names(participle) & _qualities().keys()]
    if not any(not words or following in words for words in needed):
        return False
    return auxiliary.lower_ != "été" or any(_states().get(word) for word in _names(participle))


@lru_cache(maxsize=1)
def _qualities() -> dict[str, frozenset[str]]:
    """Return the participles that are plain adjectives, and the words that must follow for that (none: any)."""
    return {row[0]: frozenset(row[2].split() if len(row) > 2 else ()) for row in rows("participes-adjectifs")}


def _is_compared(auxiliary: Token, participle: Token) -> bool:
    """Is it « plus élevé », « très attendu », and not « n'est plus payé »?"""
    degree = participle.nbor(-1)
    if degree.i <= auxiliary.i or degree.lower_ not in facts("adverbes-de-comparaison"):
        return False
    before = participle.doc[max(auxiliary.i - 4, 0) : degree.i]
    denied = degree.lower_ == "plus" and any(token.lower_ in ("ne", "n'") for token in before)
    return not denied and not is_verb_only(_form(participle)) and not _names(participle) & facts("participes-d-action")


def _is_firm(auxiliary: Token, participle: Token, agent: Tokens | None, sentence: Tokens) -> bool:
    """Is it an action for sure?  « sera inscrit » and « concernés par » may be states, « a été inscrit » is none."""
    words = _names(participle)
    following = participle.nbor(1).lower_ if participle.i + 1 < sentence.end else ""
    for word in words & _soft_states().keys():
        needed = _soft_states()[word]
        if not needed or following in needed:
            return False
    states = words & _states().keys()
    if any(_states()[word] for word in states):
        return False
    if agent is not None or words & facts("participes-d-action"):
        return True
    if is_order(auxiliary, sentence):
        return False
    return forms_of_be()[auxiliary.lower_] and (not states or auxiliary.lower_ == "été")


def _form(token: Token) -> str:
    """Return a form in small letters, without the marks of a second gender: « informé(e) » is « informé »."""
    mark = _SECOND.search(token.lower_, 2)
    return token.lower_[: mark.start()] if mark else token.lower_


def base_participle(token: Token) -> str:
    """Return a participle without the marks of its agreement: « adressées » is « adressé »."""
    text = _form(token)
    for ending in ("es", "s", "e"):
        if text.endswith(ending) and text.removesuffix(ending)[-1:] in ("é", "i", "u", "t", "s"):
            return text.removesuffix(ending)
    return text


def _is_set_phrase(auxiliary: Token, participle: Token) -> bool:
    """Is it « étant donné votre âge », « ceci étant dit »?"""
    return f"{auxiliary.lower_} {_form(participle)}" in facts("locutions-en-ant")


def _participle_of(auxiliary: Token, sentence: Tokens) -> Token | None:
    """Return the participle that `auxiliary` introduces: past adverbs, pronouns and asides."""
    index = auxiliary.i + 1
    if auxiliary.lower_ == "est" and index < sentence.end:
        following = sentence.doc[index].lower_
        if following.startswith(_NOT_A_VERB) or following == "-":
            return None  # « est-ce que », « c'est-à-dire »
    farthest = min(index + _BETWEEN, sentence.end)
    while index < farthest:
        token = sentence.doc[index]
        if token.lower_ in forms_of_be():
            return None
        if is_past_participle(token) or _is_after_be(token):
            return token
        width = _width_between(token, sentence)
        if not width:
            break
        index, farthest = index + width, max(farthest, min(index + width + _BETWEEN, sentence.end))
    return _by_model(auxiliary, sentence)


def _by_model(auxiliary: Token, sentence: Tokens) -> Token | None:
    head = auxiliary.head
    if auxiliary.dep_ != "aux:pass" or not auxiliary.i < head.i < sentence.end or not is_past_participle(head):
        return None
    between = sentence.doc[auxiliary.i + 1 : head.i]
    if head.nbor(-1).pos_ == "NOUN" and _agree(head.nbor(-1), head):
        return None  # « est dans le tiroir fermé »
    crossed = (token.lower_ in forms_of_be() or _opens_relative(token) for token in between)
    return None if any(crossed) else head


def _agree(noun: Token, participle: Token) -> bool:
    """May they have one gender and one number?"""
    nouns = {f"K{reading.cell}" for reading in readings(noun.lower_) if reading.pos == "NOUN"}
    return bool(nouns & _cells(participle))


def _opens_relative(token: Token) -> bool:
    """Does another clause begin here: « soit celui qui vous a accordé », « est celle prévue »?"""
    return token.lower_ in facts("pronoms-demonstratifs") or token.lower_ in facts("subordonnants")


def _width_between(token: Token, sentence: Tokens) -> int:
    """Return how many words from `token` may stand between « être » and its participle: 0 when it may not."""
    phrase = insertion_at(token, sentence)
    if phrase:
        return phrase
    word = token.lower_
    if word in (",", "("):
        return _aside(token, sentence)
    if token.pos_ == "DET" and word in facts("clitiques"):
        return 0  # « sont les plus touchés »
    if _opens_relative(token):
        return 0
    may = token.pos_ in ("ADV", "PRON", "AUX") or word in _SIGNS
    return int(may or word in facts("clitiques") or word in facts("negations") or word in facts("adverbes-intercales"))


def _aside(opening: Token, sentence: Tokens) -> int:
    """Return the width of « , le cas échéant, » or « (sauf erreur) » when a participle follows it."""
    closing = ")" if opening.text == "(" else ","
    for token in sentence.doc[opening.i + 1 : min(opening.i + 1 + _ASIDE, sentence.end - 1)]:
        if token.text == closing:
            return token.i + 1 - opening.i if is_past_participle(token.nbor(1)) else 0
        if token.is_punct or token.lower_ in facts("subordonnants"):
            return 0
    return 0


def is_past_participle(token: Token) -> bool:
    """May it be a past participle here?  The table knows the form; the model rules out nouns and small words."""
    word = _form(token)
    if word in forms_of_be() or word in facts("negations"):
        return False
    if word != token.lower_:
        return is_participle(word)  # no model knows « informé(e) »
    if token.pos_ in _NO_PARTICIPLE:
        return False
    if not readings(word):  # « entrainé », « endorsé »: no form of the table
        return word.isalpha() and token.pos_ == "VERB" and "Past" in token.morph.get("Tense", [])
    if not is_participle(word):
        return False
    if token.pos_ == "NOUN":
        return not any(reading.pos == "NOUN" for reading in readings(word))
    return token.pos_ in ("VERB", "ADJ", "AUX") or not token.text[0].isupper()


def _is_after_be(token: Token) -> bool:
    """Is it the « prise » of « est prise »?  Without article the noun would be a person, as in « est députée »."""
    if token.pos_ != "NOUN" or not is_participle(token.lower_) or token.nbor(-1).lower_ in facts("articles-definis"):
        return False
    return _names(token).isdisjoint(facts("noms-de-personnes"))


def may_be_passive(participle: Token, auxiliary: Token | None = None) -> bool:
    """Has the verb an object that can become the subject?  « est monté » is active, « a été monté » is passive."""
    kinds = {kind for word in _names(participle) if (kind := _with_be().get(word)) is not None}
    return not kinds or ("transitif" in kinds and auxiliary is not None and auxiliary.lower_ == "été")


@lru_cache(maxsize=1)
def _with_be() -> dict[str, str]:
    """Return the participles that make their perfect with être, and those that may have an object too."""
    return {row[0]: row[2] if len(row) > 2 else "" for row in rows("participes-avec-etre")}


def _last_coordinated(participle: Token, sentence: Tokens) -> Token:
    """Return the last participle of « reçu et signé », « lue avec soin, notée sur 20 et classée »."""
    last = participle
    for token in sentence.doc[participle.i + 2 : min(participle.i + 2 + 3 * _COORDINATED, sentence.end)]:
        if token.i - last.i > _COORDINATED or token.lower_ in facts("subordonnants") or token.text in (";", ":"):
            break
        if token.nbor(-1).lower_ in _LINKS and _goes_with(token, last, participle):
            last = token
    return last


def _goes_with(token: Token, last: Token, participle: Token) -> bool:
    """Is it one more participle of the same subject?"""
    if not is_past_participle(token) or not may_be_passive(token):
        return False
    if token.i == last.i + 2 and (token.pos_ != "ADJ" or token.nbor(-1).lower_ == "ni"):
        return True
    tied = token.dep_ == "conj" and token.head.i >= participle.i and is_past_participle(token.head)
    return tied and bool(_cells(token) & _cells(participle))


def _cells(token: Token) -> set[str]:
    """Return the genders and numbers of a participle."""
    return {
        reading.cell for reading in readings(_form(token)) if reading.verb_form == "Part" and reading.cell[0] == "K"
    }
