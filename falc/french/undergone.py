"""Who undergoes, without « être »: « prise par le maire », « se voir refuser », « se fait en ligne »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from falc.french.agents import agent_of
from falc.french.facts import facts, rows
from falc.french.forms import readings
from falc.french.passives import forms_of_be, is_past_participle, may_be_passive, passives

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["Undergone", "undergone"]


@dataclass(frozen=True, slots=True)
class Undergone:
    """Words with a passive sense, from `first` to `last`, and who acts, when the text says so."""

    first: Token
    last: Token
    agent: Tokens | None


_REFLEXIVE = ("se", "s'")
_OWN = ("me", "m'", "te", "t'", "nous", "vous", *_REFLEXIVE)
_BETWEEN = 3  # words between « se faire » and its infinitive, « a » and its participle
_SUBJECT_REACH = 12


def undergone(sentence: Tokens) -> Iterator[Undergone]:
    """Yield the words with a passive sense that are no passive with être, in order."""
    taken = {i for found in passives(sentence) for i in range(found.first.i, found.last.i + 1)}
    for token in sentence:
        if token.i in taken:
            continue
        found = _with_agent(token, sentence) or _with_infinitive(token, sentence) or _pronominal(token, sentence)
        if found is not None:
            taken.update(range(found.first.i, found.last.i + 1))
            yield found


def _with_agent(token: Token, sentence: Tokens) -> Undergone | None:
    """Find « la décision prise par le maire », not « il a pris par erreur »."""
    if not is_past_participle(token) or not may_be_passive(token) or _has_auxiliary(token, sentence):
        return None
    if any(reading.verb_form == "Fin" for reading in readings(token.lower_)) and _is_finite(token):
        return None
    agent = agent_of(token, token, sentence)
    if agent is None or agent[0].lower_ != "par":
        return None
    noun = next((word for word in agent if word.pos_ in ("NOUN", "PROPN", "PRON")), agent[-1])
    return Undergone(token, noun, agent)


def _is_finite(token: Token) -> bool:
    return "Fin" in token.morph.get("VerbForm", [])


def _has_auxiliary(token: Token, sentence: Tokens) -> bool:
    before = sentence.doc[max(token.i - _BETWEEN - 1, sentence.start) : token.i]
    for word in reversed(before):
        if word.lower_ in facts("formes-avoir") or word.lower_ in forms_of_be():
            return True
        if word.pos_ not in ("ADV", "PRON", "AUX") and word.lower_ not in facts("clitiques"):
            break
    return any(child.dep_.startswith("aux") for child in token.children)


def _with_infinitive(token: Token, sentence: Tokens) -> Undergone | None:
    """Find « se voir refuser », « s'est fait voler », not « se faire aider », where the reader acts."""
    if token.i == sentence.start or token.nbor(-1).lower_ not in _OWN:
        return None
    verb = token
    if token.lower_ in forms_of_be() and token.i + 1 < sentence.end:
        verb = token.nbor(1)
    kinds = {row[2] for row in rows("verbes-se-faire") if row[0] in {r.lemma for r in readings(verb.lower_)}}
    if not kinds:
        return None
    reflexive = token.nbor(-1)
    if reflexive.lower_ not in _REFLEXIVE and not _is_reflexive(reflexive, token):
        return None
    for word in sentence.doc[verb.i + 1 : min(verb.i + 1 + _BETWEEN, sentence.end)]:
        if any(reading.verb_form == "Inf" for reading in readings(word.lower_)) and word.pos_ in ("VERB", "NOUN"):
            is_sure = "tous" in kinds or word.lower_ in facts("verbes-subis")
            return Undergone(reflexive, word, agent_of(word, word, sentence)) if is_sure else None
        if word.pos_ != "ADV":
            break
    return None


def _is_reflexive(pronoun: Token, verb: Token) -> bool:
    """Is it « vous pouvez vous faire aider », and not « nous pouvons vous faire parvenir »?"""
    before = [word.lower_.lstrip("-") for word in pronoun.doc[max(pronoun.i - _SUBJECT_REACH, 0) : pronoun.i]]
    same = pronoun.lower_ in before and not {"je", "j'", "nous", "on"} & set(before) - {pronoun.lower_}
    return before[-1:] == [pronoun.lower_] or (same and "Inf" in verb.morph.get("VerbForm", []))


def _pronominal(token: Token, sentence: Tokens) -> Undergone | None:
    """Find « la demande se fait en ligne »: a thing does nothing to itself."""
    if token.lower_ not in _REFLEXIVE or token.i + 1 >= sentence.end:
        return None
    verb = token.nbor(1)
    lemmas = {r.lemma for r in readings(verb.lower_) if r.verb_form == "Fin" and r.person == "3"}
    if not lemmas & facts("verbes-pronominaux-passifs"):
        return None
    following = verb.nbor(1) if verb.i + 1 < sentence.end else verb
    if any(reading.verb_form == "Inf" for reading in readings(following.lower_)) or following.pos_ == "ADJ":
        return None
    if following.lower_ in facts("adverbes-de-comparaison"):
        return None  # « se fait plus longue »
    return Undergone(token, verb, None) if _subject_is_thing(verb, token, sentence) else None


def _subject_is_thing(verb: Token, pronoun: Token, sentence: Tokens) -> bool:
    """Is the subject, before the verb or behind it, a common noun that names no person?"""
    first = verb
    while first.dep_ == "conj" and first.head.i < first.i:  # « la carte se présente et se recharge »
        first = first.head
    subjects = [child for child in first.children if child.dep_.startswith("nsubj")]
    if not subjects and verb.i + 2 < sentence.end and verb.nbor(1).pos_ == "DET":
        subjects = [verb.nbor(2)]  # « comment se calcule la prime »
    if not subjects or subjects[0].pos_ != "NOUN" or abs(subjects[0].i - pronoun.i) > _SUBJECT_REACH:
        return False
    subject = subjects[0]
    names = {subject.lower_, *(reading.lemma for reading in readings(subject.lower_) if reading.pos == "NOUN")}
    return names.isdisjoint(facts("noms-de-personnes"))
