"""Passives, negations and clauses of a parsed sentence.

Closed lists of forms decide first; the model only chooses between the readings they leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.french.facts import facts, rows

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

__all__ = [
    "Clause",
    "Negation",
    "Passive",
    "double_negation",
    "finite_clauses",
    "finite_verbs",
    "negations",
    "passives",
    "subordinates",
]


@dataclass(frozen=True, slots=True)
class Passive:
    """A verb in the passive voice, from its first auxiliary to its last participle.

    It is `firm` when it can only be an action; « est fermé » may be a state.
    """

    first: Token
    last: Token
    participle: Token
    agent: SpacySpan | None
    firm: bool


@dataclass(frozen=True, slots=True)
class Negation:
    """« ne » and the words that go with it.  `kind`: full, restrictive (ne … que) or bare (ne alone)."""

    first: Token
    last: Token
    words: tuple[Token, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A finite subordinate clause: its marker, its verb, and how many clauses it stands in, itself included."""

    marker: Token
    verb: Token
    depth: int


# --- passive --------------------------------------------------------------------------------

_BETWEEN = 8  # words that may stand between « être » and its participle
_BEFORE_AUXILIARY = ("y", "en", "n'", "ne", "pas")
_PARTICIPLE_ENDINGS = ("é", "i", "u", "û", "t", "s")
_OTHER_ENDINGS = ("ant", "ent", "es", "sept", "huit")  # « reconnaissants », « victimes »
_OWN_PRONOUN = {"suis": ("me", "m'"), "es": ("te", "t'"), "sommes": ("nous",), "êtes": ("vous",)}


@lru_cache(maxsize=1)
def _be() -> dict[str, bool]:
    """Return the forms of être and whether they make a firm passive."""
    return {row[0]: row[2] == "ferme" for row in rows("formes-etre")}


def passives(sentence: SpacySpan) -> Iterator[Passive]:
    """Yield the passives of a sentence in order."""
    last = -1
    for auxiliary in sentence:
        if auxiliary.i <= last or auxiliary.lower_ not in _be() or _is_noun(auxiliary):
            continue
        participle = _participle_of(auxiliary, sentence)
        if participle is None or _is_reflexive(auxiliary, sentence) or not _makes_passive(participle):
            continue
        final = _last_coordinated(participle, sentence)
        first = _first_auxiliary(auxiliary, sentence)
        agent = _agent(participle, final, sentence)
        firm = agent is not None or _be()[auxiliary.lower_]
        if not firm and base_participle(participle) in facts("participes-etats"):
            continue
        yield Passive(first, final, participle, agent, firm)
        last = final.i


def base_participle(token: Token) -> str:
    """Return a participle without the marks of its agreement: « adressées » is « adressé »."""
    text = token.lower_
    for ending in ("es", "s", "e"):
        if text.endswith(ending) and text.removesuffix(ending)[-1:] in ("é", "i", "u", "t", "s"):
            return text.removesuffix(ending)
    return text


def _is_noun(token: Token) -> bool:
    return token.pos_ == "NOUN" and token.i > 0 and token.nbor(-1).pos_ == "DET"


def _participle_of(auxiliary: Token, sentence: SpacySpan) -> Token | None:
    """Return the participle that `auxiliary` introduces: past adverbs, pronouns and asides."""
    if auxiliary.lower_ == "est" and auxiliary.i + 1 < sentence.end and auxiliary.nbor(1).lower_ in ("-ce", "que"):
        return None
    for token in sentence.doc[auxiliary.i + 1 : min(auxiliary.i + 1 + _BETWEEN, sentence.end)]:
        if _looks_like_participle(token):
            return token
        if not _may_stand_between(token):
            break
    head = auxiliary.head
    if auxiliary.dep_ != "aux:pass" or not auxiliary.i < head.i < sentence.end or not _looks_like_participle(head):
        return None
    between = sentence.doc[auxiliary.i + 1 : head.i]
    return None if any(token.lower_ in _be() for token in between) else head


def _may_stand_between(token: Token) -> bool:
    return token.pos_ in ("ADV", "PRON", "AUX") or token.lower_ in facts("clitiques") or token.lower_ in facts("negations")


def _looks_like_participle(token: Token) -> bool:
    if token.lower_ in _be() or token.pos_ in ("ADV", "DET", "ADP", "PRON", "NUM"):
        return False
    base = base_participle(token)
    if not base.endswith(_PARTICIPLE_ENDINGS) or base.endswith(_OTHER_ENDINGS):
        return False
    if "Part" in token.morph.get("VerbForm") and "Past" in token.morph.get("Tense"):
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
    for token in sentence.doc[final.i + 1 : min(final.i + 6, sentence.end)]:
        if token.lower_ == "par":
            noun = token.head if token.head.i > token.i else None
            if noun is None or noun.lower_ in facts("par-sans-agent") or noun.pos_ in ("VERB", "NUM", "ADV"):
                return None
            right = max(word.i for word in noun.subtree)
            return sentence.doc[token.i : min(right + 1, sentence.end)]
        if token.pos_ != "ADV":
            break
    for child in participle.children:
        if child.dep_ == "obl:agent" and child.i > participle.i and child.lower_ not in facts("par-sans-agent"):
            words = sorted(word.i for word in child.subtree)
            if sentence.doc[words[0]].lower_ == "par":
                return sentence.doc[words[0] : min(words[-1] + 1, sentence.end)]
    return None


# --- negation -------------------------------------------------------------------------------

_REACH = 14  # words between « ne » and its second word
_ENDS_CLAUSE = (";", ":", "(", ")", "»", "?", "!", ".")


@lru_cache(maxsize=1)
def _negative_words() -> dict[str, str]:
    return {row[0]: row[2] for row in rows("negations")}


def negations(sentence: SpacySpan) -> Iterator[Negation]:
    """Yield the negations with « ne » of a sentence, in order."""
    for token in sentence:
        if token.lower_ in ("ne", "n'"):
            yield _negation(token, sentence)


def _negation(ne: Token, sentence: SpacySpan) -> Negation:
    before = _negative_subject(ne, sentence)
    only: Token | None = None
    for token in sentence.doc[ne.i + 1 : min(ne.i + 1 + _REACH, sentence.end)]:
        word = token.lower_
        if word in _ENDS_CLAUSE or word in ("ne", "n'", "qui", "dont"):
            break
        if word in ("que", "qu'"):
            only = token
            break
        if _is_negative(token):
            return Negation(ne, token, (ne, token), "full")
    if before is not None:
        return Negation(before, ne, (before, ne), "full")
    if only is not None and not _is_expletive(ne):
        return Negation(ne, only, (ne, only), "restrictive")
    return Negation(ne, ne, (ne,), "bare")


def _negative_subject(ne: Token, sentence: SpacySpan) -> Token | None:
    """Return « aucun » of « aucun dossier ne »."""
    for token in reversed(sentence.doc[max(ne.i - 12, sentence.start) : ne.i]):
        if token.lower_ in _ENDS_CLAUSE or token.lower_ in ("que", "qu'", "si"):
            return None
        if _negative_words().get(token.lower_) in ("pronom", "nom") and _is_negative(token):
            return token
        if token.lower_ == "jamais":
            return token
    return None


def _is_negative(token: Token) -> bool:
    nature = _negative_words().get(token.lower_)
    if nature != "nom":
        return nature is not None
    previous = token.nbor(-1) if token.i else token
    return previous.pos_ not in ("DET", "ADJ", "NUM")


def _is_expletive(ne: Token) -> bool:
    return False


def double_negation(sentence: SpacySpan) -> Iterator[SpacySpan]:
    """Yield the negations of a negation: « n'est pas impossible », « ne manquez pas de », « non sans »."""
    places = {row[0]: row[2] for row in rows("mots-negatifs")}
    for negation in negations(sentence):
        if negation.kind != "full":
            continue
        for token in sentence.doc[negation.first.i + 1 : negation.last.i]:
            if places.get(token.lemma_) == "dedans":
                yield sentence.doc[negation.first.i : negation.last.i + 1]
                break
        else:
            for token in sentence.doc[negation.last.i + 1 : min(negation.last.i + 7, sentence.end)]:
                if token.is_punct or token.lower_ in ("que", "qu'", "qui", "si"):
                    break
                if token.lower_ in ("ne", "n'") or "apres" in (places.get(token.lemma_), places.get(token.lower_)):
                    yield sentence.doc[negation.first.i : token.i + 1]
                    break
    for token in sentence[:-1]:
        if token.lower_ == "non" and token.nbor(1).lower_ == "sans":
            yield sentence.doc[token.i : token.i + 2]


# --- clauses --------------------------------------------------------------------------------


def _is_finite(token: Token) -> bool:
    return "Fin" in token.morph.get("VerbForm") and token.pos_ in ("VERB", "AUX")


def finite_verbs(sentence: SpacySpan) -> list[Token]:
    """Return the heads of the finite clauses of a sentence, main and subordinate, in order."""
    heads = {}
    for token in sentence:
        if _is_finite(token):
            head = token.head if token.dep_.split(":")[0] in ("aux", "cop") else token
            heads[head.i] = head
    return [heads[i] for i in sorted(heads)]


def subordinates(sentence: SpacySpan) -> list[Clause]:
    """Return the finite subordinate clauses of a sentence, in order."""
    found: list[tuple[Token, Token]] = []
    kinds = {row[0]: row[2] for row in rows("subordonnants")}
    for token in sentence:
        kind = kinds.get(token.lower_)
        if kind is None or not _opens_clause(token, kind, sentence):
            continue
        verb = _verb_after(token, sentence)
        if verb is not None:
            found.append((token, verb))
    verbs = {verb.i for _, verb in found}
    return [Clause(m, v, 1 + len({a.i for a in v.ancestors} & (verbs - {v.i}))) for m, v in found]


def _opens_clause(token: Token, kind: str, sentence: SpacySpan) -> bool:
    return True


def _verb_after(marker: Token, sentence: SpacySpan) -> Token | None:
    """Return the head of the finite clause that `marker` opens."""
    heads = {}
    for head in finite_verbs(sentence):
        heads[head.i] = head
    node = marker
    for _ in range(4):
        if node.head.i == node.i:
            break
        node = node.head
        if node.i in heads and node.i > marker.i:
            return heads[node.i]
    return None


def finite_clauses(sentence: SpacySpan) -> list[Token]:
    """Return the verbs of the main clauses, the ideas of a sentence."""
    under = {clause.verb.i for clause in subordinates(sentence)}
    return [verb for verb in finite_verbs(sentence) if not (under & {verb.i, *(a.i for a in verb.ancestors)})]
