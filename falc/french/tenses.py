"""The tense and mood of verbs, read in their endings: the model is wrong about most forms with « vous »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from falc.french.facts import facts, rows
from falc.french.passives import base_participle, is_either

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

__all__ = ["Tense", "TensedVerb", "tensed_verbs"]

Tense = Literal[
    "conditional", "future", "imperfect", "past-simple", "perfect", "subjunctive", "participle", "compound", "gerund"
]

_FUTURE = ("ai", "as", "a", "ons", "ez", "ont")
_CONDITIONAL = ("ais", "ait", "aient", "ions", "iez")
_ONLY_WITH_NOUS = ("ons", "ions")  # « environs », « éperons » are nouns
_REACH = 12  # words between « que » and its verb
_BETWEEN = 5  # words between « avoir » and its participle
_CLITICS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class TensedVerb:
    """A verb that is not in the present, from `first` to `last`: « avez reçu », « en envoyant »."""

    first: Token
    last: Token
    tense: Tense


def tensed_verbs(sentence: SpacySpan) -> Iterator[TensedVerb]:
    """Yield the verbs of a sentence that are neither in the present nor in the infinitive, in order."""
    for token in sentence:
        word = token.lower_
        if not word.isalpha() or (token.is_upper and len(word) > 1):
            continue
        if word.endswith("ant"):
            yield from _participle(token, sentence)
        elif word in _present_auxiliaries():
            participle = _perfect(token, sentence)
            if participle is not None:
                yield TensedVerb(token, participle, "perfect")
        else:
            tense = _simple_tense(token, sentence)
            if tense is not None:
                yield TensedVerb(token, token, tense)


def _simple_tense(token: Token, sentence: SpacySpan) -> Tense | None:
    word = token.lower_
    if _is_name(token, sentence):
        return None
    if word in facts("formes-du-subjonctif") and _is_subjunctive(token, sentence):
        return "subjunctive"
    if token.i > sentence.start and token.nbor(-1).pos_ == "DET" and token.nbor(-1).lower_ not in facts("clitiques"):
        return None  # « un extrait »
    ending = _r_ending(word)
    if ending in _ONLY_WITH_NOUS and not _has_subject(token, sentence, "nous"):
        return None
    if ending in _FUTURE:
        return "future"
    if ending in _CONDITIONAL:
        return "conditional"
    if word in facts("formes-de-l-imparfait"):
        return "imperfect"
    if token.pos_ not in ("VERB", "AUX"):
        return None
    if word.endswith("ait") and word not in facts("mots-en-ait"):
        return "imperfect"
    if word.endswith("aient") and word not in facts("mots-en-aient"):
        return "imperfect"
    return "past-simple" if _is_past_simple(word) else None


def _is_name(token: Token, sentence: SpacySpan) -> bool:
    """Is it a word with a capital inside a sentence: « Perez », « Vienne »?"""
    if not token.text[0].isupper():
        return False
    if token.i == sentence.start:
        return token.pos_ == "PROPN" and not (token.i + 1 < sentence.end and token.nbor(1).text.startswith("-"))
    return token.nbor(-1).lower_ not in ("«", ":", "-", "•")


def _r_ending(word: str) -> str | None:
    """Return « ait » for « serait »: what follows the stem of the future."""
    stem, sign, ending = word.rpartition("r")
    if ending not in _FUTURE and ending not in _CONDITIONAL:
        return None
    stem += sign
    if stem in facts("radicaux-en-r") or not stem.endswith(_future_stems()):
        return None
    return ending


@lru_cache(maxsize=1)
def _future_stems() -> tuple[str, ...]:
    return tuple(facts("radicaux-du-futur"))


@lru_cache(maxsize=1)
def _present_auxiliaries() -> dict[str, str]:
    return {row[0]: row[2] for row in rows("auxiliaires-du-present")}


def _is_past_simple(word: str) -> bool:
    if word in facts("formes-du-passe-simple"):
        return True
    return word.endswith("èrent") and word not in facts("presents-en-erent")


def _has_subject(token: Token, sentence: SpacySpan, subject: str) -> bool:
    """Is `subject` among the pronouns just before a verb?"""
    for before in reversed(sentence.doc[max(token.i - _CLITICS_BEFORE, sentence.start) : token.i]):
        if before.lower_ == subject:
            return True
        if before.lower_ not in facts("clitiques"):
            return False
    return False


def _is_subjunctive(token: Token, sentence: SpacySpan) -> bool:
    """Does « que » or « qui » stand before the verb, with no other verb of its clause between them?

    « soit » must be no link word: « soit lundi, soit mardi ».
    """
    if is_either(token, sentence):
        return False
    near = sentence.doc[max(token.i - _REACH, sentence.start) : min(token.i + _REACH, sentence.end)]
    if token.lower_ == "soit" and sum(1 for word in near if word.lower_ == "soit") > 1:
        return token.i > sentence.start and token.nbor(-1).lower_ in facts("clitiques")
    if token.pos_ not in ("VERB", "AUX") and not token.lower_.endswith("iez"):
        return False
    for before in reversed(sentence.doc[max(token.i - _REACH, sentence.start) : token.i]):
        if before.lower_ in facts("ouvre-un-subjonctif"):
            return True
        if before.text in (";", ":", "."):
            return False
    return False


def _participle(token: Token, sentence: SpacySpan) -> Iterator[TensedVerb]:
    if token.pos_ == "PROPN" or token.lower_ in ("en", "tout") or _is_set_phrase(token, sentence):
        return
    opening = _gerund_opening(token, sentence)
    if opening is not None and token.lower_ not in facts("mots-de-temps-en-ant"):
        yield TensedVerb(opening, token, "gerund")
    elif token.lower_ == "ayant" and (participle := _past_participle_after(token, sentence)) is not None:
        yield TensedVerb(token, participle, "compound")
    elif _is_present_participle(token, sentence):
        yield TensedVerb(_with_reflexive(token, sentence), token, "participle")


def _with_reflexive(token: Token, sentence: SpacySpan) -> Token:
    """Return « s' » of « s'inscrivant »."""
    before = token.nbor(-1) if token.i > sentence.start else token
    return before if before.lower_ in ("s'", "se") else token


def _is_set_phrase(token: Token, sentence: SpacySpan) -> bool:
    """Is it « étant donné », « ayants droit »?"""
    around = sentence.doc[max(token.i - 1, sentence.start) : min(token.i + 2, sentence.end)]
    pairs = [f"{a.lower_} {b.lower_}" for a, b in pairwise(around)]
    return any(pair in facts("locutions-en-ant") for pair in pairs)


def _gerund_opening(token: Token, sentence: SpacySpan) -> Token | None:
    """Return « en » of « en vous adressant »."""
    for before in reversed(sentence.doc[max(token.i - _CLITICS_BEFORE, sentence.start) : token.i]):
        if before.lower_ == "en":
            return before
        if before.lower_ not in facts("clitiques"):
            return None
    return None


def _is_present_participle(token: Token, sentence: SpacySpan) -> bool:
    """Is it « la date figurant dans… », and neither a noun nor an adjective?"""
    if token.lower_ in facts("participes-surs-en-ant"):
        return True
    following = token.nbor(1) if token.i + 1 < sentence.end else None
    if following is None or following.is_punct:
        return False
    if token.lower_ == "devant":
        return following.pos_ in ("VERB", "AUX") or following.lower_ in ("se", "s'")
    if token.lower_ in facts("mots-en-ant") or token.i == sentence.start:
        return False
    before = token.nbor(-1)
    if before.pos_ in ("DET", "ADP") or "Part" not in token.morph.get("VerbForm", []):
        return False
    return following.pos_ in ("DET", "ADP", "PRON", "NUM", "SCONJ", "VERB", "AUX", "ADV")


def _perfect(auxiliary: Token, sentence: SpacySpan) -> Token | None:
    """Return « reçu » of « avez bien reçu », « venu » of « êtes venu »."""
    participle = _past_participle_after(auxiliary, sentence)
    if participle is None or _present_auxiliaries()[auxiliary.lower_] != "être":
        return participle
    return participle if base_participle(participle) in facts("participes-avec-etre") else None


def _past_participle_after(auxiliary: Token, sentence: SpacySpan) -> Token | None:
    for token in sentence.doc[auxiliary.i + 1 : min(auxiliary.i + 1 + _BETWEEN, sentence.end)]:
        if _is_past_participle(token):
            return token
        if token.pos_ not in ("ADV", "PRON") and token.lower_ not in facts("negations"):
            return None
    return None


def _is_past_participle(token: Token) -> bool:
    if token.pos_ not in ("VERB", "AUX", "ADJ"):
        return False
    return "Past" in token.morph.get("Tense", []) or (token.pos_ == "VERB" and base_participle(token).endswith("é"))
