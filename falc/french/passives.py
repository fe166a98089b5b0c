"""The passive voice: closed lists of forms decide, the model chooses between the readings they leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.french.facts import facts, rows

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

__all__ = ["Passive", "base_participle", "forms_of_be", "is_either", "passives"]


@dataclass(frozen=True, slots=True)
class Passive:
    """A verb in the passive voice, from its first auxiliary to its last participle.

    It is `firm` when it can only be an action; « est fermé » may be a state, « être lié » too.
    """

    first: Token
    last: Token
    participle: Token
    agent: SpacySpan | None
    firm: bool


_BETWEEN = 8  # words that may stand between « être » and its participle
_FARTHEST_AGENT = 14
_BEFORE_AUXILIARY = ("y", "en", "n'", "ne", "pas")
_ENDS_AGENT = (":", "(", ",", ";")
_OF = ("de", "d'", "du", "des")
_NOT_A_VERB = ("-ce", "-à", "que")
_PARTICIPLE_ENDINGS = ("é", "i", "u", "û", "t", "s")
_OTHER_ENDINGS = ("ant", "ent", "es", "sept", "huit")  # « reconnaissants », « victimes »
_OWN_PRONOUN = {"suis": ("me", "m'"), "es": ("te", "t'"), "sommes": ("nous",), "êtes": ("vous",)}


@lru_cache(maxsize=1)
def forms_of_be() -> dict[str, bool]:
    """Return the forms of être and whether they make a firm passive."""
    return {row[0]: row[2] == "ferme" for row in rows("formes-etre")}


def passives(sentence: SpacySpan) -> Iterator[Passive]:
    """Yield the passives of a sentence in order."""
    last = -1
    for auxiliary in sentence:
        if auxiliary.i <= last or auxiliary.lower_ not in forms_of_be() or _is_other_word(auxiliary, sentence):
            continue
        participle = _participle_of(auxiliary, sentence)
        if participle is None or _is_reflexive(auxiliary, sentence) or not _makes_passive(participle):
            continue
        final = _last_coordinated(participle, sentence)
        first = _first_auxiliary(auxiliary, sentence)
        agent = _agent(participle, final, sentence)
        if agent is None and _is_state(participle, firm=forms_of_be()[auxiliary.lower_]):
            continue
        told = [token for token in sentence.doc[participle.i : final.i + 1] if _looks_like_participle(token)]
        firm = any(_is_firm(auxiliary, token, agent, sentence) for token in told)
        yield Passive(_with_ne(first, final, sentence), final, participle, agent, firm)
        last = final.i


@lru_cache(maxsize=1)
def _states() -> dict[str, bool]:
    """Return the participles that tell a state, and whether they do after all forms of être."""
    return {row[0]: len(row) > 2 and row[2] == "toujours" for row in rows("participes-etats")}


def _is_state(participle: Token, *, firm: bool) -> bool:
    """Is it « est fermé »; behind a firm form, « doit être compris »?"""
    words = (participle.lower_, base_participle(participle))  # the s of « compris » is no mark
    return any(word in _states() and (not firm or _states()[word]) for word in words)


@lru_cache(maxsize=1)
def _soft_states() -> dict[str, frozenset[str]]:
    """Return the participles that most often tell a state, and the words that must follow for that."""
    return {row[0]: frozenset(row[2].split() if len(row) > 2 else ()) for row in rows("participes-doux")}


def _is_firm(auxiliary: Token, participle: Token, agent: SpacySpan | None, sentence: SpacySpan) -> bool:
    """Is it an action for sure?  « sera inscrit » and « concernés par » may be states, « a été inscrit » is none."""
    words = {participle.lower_, base_participle(participle)}
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
    return forms_of_be()[auxiliary.lower_] and (not states or auxiliary.lower_ == "été")


def base_participle(token: Token) -> str:
    """Return a participle without the marks of its agreement: « adressées » is « adressé »."""
    text = token.lower_
    for ending in ("es", "s", "e"):
        if text.endswith(ending) and text.removesuffix(ending)[-1:] in ("é", "i", "u", "t", "s"):
            return text.removesuffix(ending)
    return text


def _is_other_word(token: Token, sentence: SpacySpan) -> bool:
    """Is it « un être », « à l'est », or « soit » before a clause?"""
    if is_either(token, sentence):
        return True
    if token.i > sentence.start and token.pos_ == "NOUN":
        return token.nbor(-1).pos_ == "DET"
    if token.lower_ != "soit" or token.i + 1 >= sentence.end:
        return False
    return token.nbor(1).lower_ in facts("clitiques") or token.nbor(1).pos_ in ("DET", "NUM")


def is_either(token: Token, sentence: SpacySpan) -> bool:
    """Is it the « soit » of « qui soit portent atteinte…, soit créent… », before a finite verb?"""
    if token.lower_ != "soit" or token.i + 1 >= sentence.end:
        return False
    following = token.nbor(1)
    return following.pos_ in ("VERB", "AUX") and "Fin" in following.morph.get("VerbForm", [])


def _participle_of(auxiliary: Token, sentence: SpacySpan) -> Token | None:
    """Return the participle that `auxiliary` introduces: past adverbs, pronouns and asides."""
    if (
        auxiliary.lower_ == "est"
        and auxiliary.i + 1 < sentence.end
        and (auxiliary.nbor(1).lower_.startswith(_NOT_A_VERB) or auxiliary.nbor(1).lower_ == "-")
    ):
        return None  # « est-ce que », « c'est-à-dire »
    for token in sentence.doc[auxiliary.i + 1 : min(auxiliary.i + 1 + _BETWEEN, sentence.end)]:
        if _looks_like_participle(token):
            return token
        if token.lower_ in forms_of_be() or not _may_stand_between(token):
            break
    head = auxiliary.head
    if auxiliary.dep_ != "aux:pass" or not auxiliary.i < head.i < sentence.end or not _looks_like_participle(head):
        return None
    between = sentence.doc[auxiliary.i + 1 : head.i]
    crossed = (token.lower_ in forms_of_be() or _opens_relative(token) for token in between)
    return None if any(crossed) else head


def _opens_relative(token: Token) -> bool:
    """Does another clause begin here: « soit celui qui vous a accordé », « est celle prévue »?"""
    return token.lower_ in facts("pronoms-demonstratifs") or token.lower_ in facts("subordonnants")


def _may_stand_between(token: Token) -> bool:
    if token.pos_ == "DET" and token.lower_ in facts("clitiques"):
        return False  # « sont les plus touchés »
    if _opens_relative(token):
        return False
    return (
        token.pos_ in ("ADV", "PRON", "AUX") or token.lower_ in facts("clitiques") or token.lower_ in facts("negations")
    )


def _looks_like_participle(token: Token) -> bool:
    if token.lower_ in forms_of_be() or token.pos_ in ("ADV", "DET", "ADP", "PRON", "NUM"):
        return False
    base = base_participle(token)
    if not base.endswith(_PARTICIPLE_ENDINGS) or base.endswith(_OTHER_ENDINGS):
        return False
    if "Part" in token.morph.get("VerbForm", []) and "Past" in token.morph.get("Tense", []):
        return True
    return token.pos_ in ("VERB", "ADJ") and base.endswith("é")


def _is_reflexive(auxiliary: Token, sentence: SpacySpan) -> bool:
    """Is it « s'est inscrit », « vous vous êtes inscrit »?"""
    before = [token.lower_ for token in sentence.doc[max(auxiliary.i - 5, sentence.start) : auxiliary.i]]
    while before and before[-1] in _BEFORE_AUXILIARY:
        before.pop()
    if not before:
        return False
    if before[-1] in ("se", "s'"):
        return True
    own = _OWN_PRONOUN.get(auxiliary.lower_, ())
    return before[-1] in own and (len(own) > 1 or before[-1] in before[:-1])


def _makes_passive(participle: Token) -> bool:
    return base_participle(participle) not in facts("participes-avec-etre")


def _first_auxiliary(auxiliary: Token, sentence: SpacySpan) -> Token:
    """Return « a » of « a déjà été »."""
    if auxiliary.lower_ != "été":
        return auxiliary
    for token in reversed(sentence.doc[max(auxiliary.i - 6, sentence.start) : auxiliary.i]):
        if token.lower_ in facts("formes-avoir"):
            return token
    return auxiliary


def _with_ne(first: Token, final: Token, sentence: SpacySpan) -> Token:
    """Return « n' » of « n'a pas été faite », which reads badly without it."""
    if not any(token.lower_ in facts("negations") for token in sentence.doc[first.i : final.i]):
        return first
    for token in reversed(sentence.doc[max(first.i - 4, sentence.start) : first.i]):
        if token.lower_ in ("ne", "n'"):
            return token
        if token.lower_ not in facts("clitiques"):
            break
    return first


def _last_coordinated(participle: Token, sentence: SpacySpan) -> Token:
    """Return the last participle of « reçu et signé »."""
    last = participle
    while last.i + 2 < sentence.end and last.nbor(1).lower_ in ("et", "ou", "puis", ",", "ni"):
        following = last.nbor(2)
        if not _looks_like_participle(following) or following.pos_ == "ADJ" or not _makes_passive(following):
            break
        last = following
    return last


def _agent(participle: Token, final: Token, sentence: SpacySpan) -> SpacySpan | None:
    """Return who acts: « par la caisse », but not « par courrier »."""
    skipped = final.i  # the last word of « par courrier », of an adverb
    for token in sentence.doc[final.i + 1 : min(final.i + 10, sentence.end)]:
        if token.i <= skipped or token.pos_ == "ADV":
            continue
        if token.lower_ != "par":
            break
        phrase = _phrase(token, token.head, sentence)
        if phrase is not None:
            return phrase
        skipped = token.head.i
    for child in participle.children:
        if child.dep_ == "obl:agent" and child.i > participle.i:
            preposition = next((word for word in child.lefts if word.lower_ == "par"), None)
            return _phrase(preposition, child, sentence) if preposition is not None else None
    return _agent_apart(final, sentence)


def _agent_apart(final: Token, sentence: SpacySpan) -> SpacySpan | None:
    """Return who acts behind a comma: « imposés à une victime, par plusieurs personnes »."""
    for token in sentence.doc[final.i + 1 : min(final.i + _FARTHEST_AGENT, sentence.end)]:
        if token.lower_ in facts("subordonnants") or token.lower_ in facts("coordonnants") - {","}:
            return None
        if token.pos_ in ("VERB", "AUX"):
            return None
        if token.lower_ == "par" and token.nbor(-1).text == ",":
            return _phrase(token, token.head, sentence)
    return None


def _phrase(preposition: Token, noun: Token, sentence: SpacySpan) -> SpacySpan | None:
    """Return « par la caisse », or None when the noun does not act."""
    if noun.i <= preposition.i or noun.lower_ in facts("par-sans-agent") or noun.pos_ in ("VERB", "NUM", "ADV"):
        return None
    end = min(max(word.i for word in noun.subtree) + 1, sentence.end)
    aside = next((word.i for word in sentence.doc[noun.i : end] if _ends_agent(word, noun)), end)
    if sentence.doc[aside - 1].lower_ in facts("subordonnants"):
        aside -= 1  # « plusieurs personnes qui, même sans le savoir, … »
    return sentence.doc[preposition.i : aside]


def _ends_agent(word: Token, noun: Token) -> bool:
    """Does the name of who acts end before `word`: at « le 2 mars », « de manière », « à hauteur »?"""
    if word.lower_ in _ENDS_AGENT:
        return True
    if word.i > noun.i and word.pos_ == "ADP":
        of = word.lower_ in _OF
        return not of or (word.i + 1 < len(word.doc) and word.nbor(1).lower_ in facts("noms-de-maniere"))
    following = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else None
    return word.i > noun.i and word.pos_ == "DET" and following is not None and following.text[0].isdigit()
