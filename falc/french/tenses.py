"""The tense and mood of verbs, read in their endings: the model is wrong about most forms with « vous »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from falc.french.facts import facts, rows
from falc.french.forms import Reading, readings
from falc.french.passives import base_participle, is_either
from falc.french.remembered import remembered

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["Tense", "TensedVerb", "tensed_verbs"]

Tense = Literal[
    "conditional", "future", "imperfect", "past-simple", "perfect", "subjunctive", "participle", "compound", "gerund"
]

# The signs of the table of forms.
_TENSES: dict[str, Tense] = {"F": "future", "C": "conditional", "I": "imperfect", "J": "past-simple"}
_SUBJUNCTIVE = frozenset("ST")
_PRESENT = frozenset("P")
_IMPERATIVE = "Y"
_NOT_QUE = ("si", "s'", "qui", "dont", "où", "quand", "lorsque", "lorsqu'", "comme", "puisque", "puisqu'")
_REACH = 12  # words between « que » and its verb
_BETWEEN = 5  # words between « avoir » and its participle
_CLITICS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class TensedVerb:
    """A verb that is not in the present, from `first` to `last`: « avez reçu », « en envoyant »."""

    first: Token
    last: Token
    tense: Tense


@remembered
def tensed_verbs(sentence: Tokens) -> Iterator[TensedVerb]:
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


def _simple_tense(token: Token, sentence: Tokens) -> Tense | None:
    """Read the tense in the table of forms; what it leaves open, the words before decide."""
    if _is_name(token, sentence):
        return None
    found = _likely(token.lower_)
    signs = {reading.cell[0] for reading in found if reading.verb_form == "Fin"} - {_IMPERATIVE}
    if not signs or signs & _PRESENT:
        return None
    if any(reading.verb_form == "Part" for reading in found):
        return None  # « remis », « permis »
    if any(reading.pos != "VERB" for reading in found) and not _is_verb_here(token, sentence):
        return None  # « un extrait », « les avions »
    if signs <= _SUBJUNCTIVE:
        return "subjunctive" if _is_subjunctive(token, sentence) else None
    if signs & _SUBJUNCTIVE and _is_told_by_que(token, sentence):
        return "subjunctive"
    return next((_TENSES[sign] for sign in sorted(signs) if sign in _TENSES), None)


@lru_cache(maxsize=4096)
def _likely(form: str) -> tuple[Reading, ...]:
    """Return the readings of a form; beside a verb of every day (être), no rare one (étayer)."""
    found = readings(form)
    common = tuple(reading for reading in found if reading.pos != "VERB" or reading.lemma in facts("verbes-courants"))
    sure = any(reading.pos == "VERB" and reading.cell[0] not in "JK" for reading in common)
    return common if sure else found  # « durent » may be durer


def _is_verb_here(token: Token, sentence: Tokens) -> bool:
    """Is a form that may be a noun or an adjective a verb: « nous avions », « avions-nous »?"""
    before = token.nbor(-1) if token.i > sentence.start else None
    following = token.nbor(1) if token.i + 1 < sentence.end else None
    if following is not None and following.text.startswith("-") and following.pos_ == "PRON":
        return True
    if before is not None and before.pos_ == "DET" and before.lower_ not in facts("clitiques"):
        return False
    return token.pos_ in ("VERB", "AUX") or any(
        _has_subject(token, sentence, subject) for subject in ("nous", "vous", "je", "il", "elle", "on", "ils", "elles")
    )


def _is_told_by_que(token: Token, sentence: Tokens) -> bool:
    """Is « vous fassiez », « nous conservions » told by « que » and a word that wants the subjunctive?"""
    for before in reversed(sentence.doc[max(token.i - _REACH, sentence.start) : token.i]):
        if before.text in (";", ":", ".") or before.lower_ in _NOT_QUE:
            return False
        if before.lower_ in ("que", "qu'"):
            words = " ".join(word.lower_ for word in sentence.doc[max(before.i - 3, sentence.start) : before.i])
            mood = next((mood for phrase, mood in _moods().items() if f" {words}".endswith(f" {phrase}")), "")
            if mood:
                return mood == "subjonctif"
            if facts("comparatifs").intersection(words.split()):
                return False  # « plus cher que nous ne le pensions »
            return before.i > sentence.start and before.nbor(-1).pos_ in ("VERB", "ADJ", "AUX")
    return False


@lru_cache(maxsize=1)
def _moods() -> dict[str, str]:
    """Return the mood that « que » asks for behind some words: « afin », « il faut »; the longest first."""
    found = {row[0].removesuffix(" que"): row[2] for row in rows("modes-apres-que")}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _is_name(token: Token, sentence: Tokens) -> bool:
    """Is it a word with a capital inside a sentence: « Perez », « Vienne »?"""
    if not token.text[0].isupper():
        return False
    if token.i == sentence.start:
        return token.pos_ == "PROPN" and not (token.i + 1 < sentence.end and token.nbor(1).text.startswith("-"))
    return token.nbor(-1).lower_ not in ("«", ":", "-", "•")


@lru_cache(maxsize=1)
def _present_auxiliaries() -> dict[str, str]:
    return {row[0]: row[2] for row in rows("auxiliaires-du-present")}


def _has_subject(token: Token, sentence: Tokens, subject: str) -> bool:
    """Is `subject` among the pronouns just before a verb?"""
    for before in reversed(sentence.doc[max(token.i - _CLITICS_BEFORE, sentence.start) : token.i]):
        if before.lower_ == subject:
            return True
        if before.lower_ not in facts("clitiques"):
            return False
    return False


def _is_subjunctive(token: Token, sentence: Tokens) -> bool:
    """Does « que » or « qui » stand before the verb, with no other verb of its clause between them?

    « soit » must be no link word: « soit lundi, soit mardi ».
    """
    if is_either(token, sentence):
        return False
    near = sentence.doc[max(token.i - _REACH, sentence.start) : min(token.i + _REACH, sentence.end)]
    if token.lower_ == "soit" and sum(1 for word in near if word.lower_ == "soit") > 1:
        before = token.nbor(-1) if token.i > sentence.start else None
        return before is not None and (before.lower_ in facts("clitiques") or before.pos_ in ("PRON", "NOUN"))
    for before in reversed(sentence.doc[max(token.i - _REACH, sentence.start) : token.i]):
        if before.lower_ in facts("ouvre-un-subjonctif"):
            return True
        if before.text in (";", ":", "."):
            return False
    return False


def _participle(token: Token, sentence: Tokens) -> Iterator[TensedVerb]:
    if token.pos_ == "PROPN" or token.lower_ in ("en", "tout") or _is_set_phrase(token, sentence):
        return
    opening = _gerund_opening(token, sentence)
    if opening is not None and token.lower_ not in facts("mots-de-temps-en-ant"):
        yield TensedVerb(opening, token, "gerund")
    elif token.lower_ in ("ayant", "étant") and (participle := _compound(token, sentence)) is not None:
        yield TensedVerb(_with_reflexive(token, sentence), participle, "compound")
    elif _is_present_participle(token, sentence):
        yield TensedVerb(_with_reflexive(token, sentence), token, "participle")


def _compound(token: Token, sentence: Tokens) -> Token | None:
    """Return « reçu » of « ayant reçu », « venu » of « étant venu »; « étant fermé » tells a state."""
    participle = _past_participle_after(token, sentence)
    if participle is None or token.lower_ == "ayant":
        return participle
    return participle if base_participle(participle) in facts("participes-avec-etre") else None


def _with_reflexive(token: Token, sentence: Tokens) -> Token:
    """Return « s' » of « s'inscrivant », « n' » of « n'étant pas », « ne » of « ne se trouvant pas »."""
    first = token
    while first.i > sentence.start and first.nbor(-1).lower_ in ("s'", "se", "n'", "ne", "y", "en"):
        first = first.nbor(-1)
    return first


def _is_set_phrase(token: Token, sentence: Tokens) -> bool:
    """Is it « étant donné », « ayants droit »?"""
    around = sentence.doc[max(token.i - 1, sentence.start) : min(token.i + 2, sentence.end)]
    pairs = [f"{a.lower_} {b.lower_}" for a, b in pairwise(around)]
    return any(pair in facts("locutions-en-ant") for pair in pairs)


def _gerund_opening(token: Token, sentence: Tokens) -> Token | None:
    """Return « en » of « en vous adressant »."""
    for before in reversed(sentence.doc[max(token.i - _CLITICS_BEFORE, sentence.start) : token.i]):
        if before.lower_ == "en":
            return before
        if before.lower_ not in facts("clitiques"):
            return None
    return None


def _is_present_participle(token: Token, sentence: Tokens) -> bool:
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


def _perfect(auxiliary: Token, sentence: Tokens) -> Token | None:
    """Return « reçu » of « avez bien reçu », « venu » of « êtes venu »."""
    participle = _past_participle_after(auxiliary, sentence)
    if participle is None or _present_auxiliaries()[auxiliary.lower_] != "être":
        return participle
    return participle if base_participle(participle) in facts("participes-avec-etre") else None


def _past_participle_after(auxiliary: Token, sentence: Tokens) -> Token | None:
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
