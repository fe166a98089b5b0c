"""The finite clauses of a sentence, main and subordinate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from falc.french.facts import facts, rows
from falc.french.forms import lemmas, readings
from falc.french.negations import negations
from falc.french.passives import forms_of_be, is_either
from falc.french.remembered import remembered

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["Clause", "finite_clauses", "finite_verbs", "is_indirect_question", "subordinates"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A finite subordinate clause: its marker, its verb, and how many clauses it stands in, itself included."""

    marker: Tokens
    verb: Token
    depth: int


_QUESTION_WORDS = (
    "quel",
    "quelle",
    "quels",
    "quelles",
    "où",
    "quand",
    "comment",
    "pourquoi",
    "combien",
    "que",
    "qu'",
    "qui",
    "lequel",
    "laquelle",
)
_CLEFT_REACH = 8
# Behind these small words, a form that may be a finite verb is one, whatever the model says.
_BEFORE_VERB = ("il", "elle", "on", "ils", "elles", "je", "j'", "tu", "ne", "n'", "se", "s'", "y", "lui")
_MISTAKEN = ("VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADV")
# Without a verb before the next comma, these open no clause: « dont trois enfants, », « comme convenu, ».
_NEED_VERB_BEFORE_COMMA = ("comme", "dont", "si", "où")


@lru_cache(maxsize=2)
def _phrases(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases of a list, cut into words, by each of their words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows(name):
        words = tuple(row[0].split())
        for word in set(words):
            found.setdefault(word, []).append(words)
    return {word: tuple(sorted(phrases, key=len, reverse=True)) for word, phrases in found.items()}


def _phrase_at(token: Token, name: str, sentence: Tokens) -> Tokens | None:
    """Return the phrase of a list that stands around `token`."""
    for words in _phrases(name).get(token.lower_, ()):
        for index, word in enumerate(words):
            start = token.i - index
            if word == token.lower_ and start >= sentence.start:
                span = sentence.doc[start : min(start + len(words), sentence.end)]
                if tuple(t.lower_ for t in span) == words:
                    return span
    return None


def _is_finite(token: Token) -> bool:
    """Is it a finite verb?  The table tells which forms may be; the words before and the model choose."""
    if token.is_upper and len(token) > 1:  # « NOTES : », a heading in capitals
        return False
    before = token.nbor(-1) if token.i > token.sent.start else None
    if before is not None and before.lower_ in facts("prepositions-devant-nom"):
        return False  # « mot de passe »
    if not token.text[-1].isalpha() or token.lower_ == "soit":
        return _is_verb_soit(token)
    by_model = "Fin" in token.morph.get("VerbForm", []) and token.pos_ in ("VERB", "AUX")
    found = readings(token.lower_)
    finite = [reading for reading in found if reading.verb_form == "Fin"]
    if not found or not finite:
        return by_model and not found
    if by_model:
        return True
    if len(finite) == len(found):
        name = token.text[0].isupper() and before is not None and token.pos_ == "PROPN"
        return not name and (before is None or before.pos_ != "DET")
    return before is not None and before.lower_ in _BEFORE_VERB and token.pos_ in _MISTAKEN


def _is_verb_soit(token: Token) -> bool:
    """Is it « qu'il soit présent », and not « soit lundi, soit mardi »?"""
    if token.lower_ != "soit" or token.i == 0 or is_either(token, token.sent):
        return False
    return token.nbor(-1).lower_ in facts("clitiques") | facts("subordonnants")


def _head_of(verb: Token) -> Token:
    """Return « reçu » for « avez »: the word that bears the meaning."""
    return verb.head if verb.dep_.split(":")[0] in ("aux", "cop") and verb.head.i > verb.i else verb


@remembered
def finite_verbs(sentence: Tokens) -> list[Token]:
    """Return the heads of the finite clauses of a sentence, main and subordinate, in order."""
    heads = {_head_of(token).i: _head_of(token) for token in sentence if _is_finite(token)}
    return [heads[i] for i in sorted(heads)]


@remembered
def subordinates(sentence: Tokens) -> list[Clause]:
    """Return the finite subordinate clauses of a sentence, in the order of their markers."""
    found = [pair for pair in _pairs(sentence) if not _is_set_phrase(pair.marker, sentence)]
    return sorted(_with_depth(found, sentence), key=lambda clause: clause.marker.start)


class _Pair(NamedTuple):
    """A marker, its verb, and the markers before it that still wait for theirs."""

    marker: Token
    verb: Token
    waiting: tuple[int, ...]


@remembered
def _pairs(sentence: Tokens) -> Iterator[_Pair]:
    """Give each finite verb to the nearest marker on its left that still waits for one."""
    limits = {word.i for negation in negations(sentence) if negation.kind == "restrictive" for word in negation.words}
    waiting: list[Token] = []
    taken: set[int] = set()
    for token in sentence:
        if token.lower_ in facts("subordonnants"):
            if token.i not in limits and _opens_clause(token, sentence):
                waiting.append(token)
        elif token.lower_ == ",":
            while waiting and waiting[-1].lower_ in _NEED_VERB_BEFORE_COMMA:
                waiting.pop()
        elif token.lower_ in (";", "»", ")"):
            waiting.clear()
        elif waiting and _is_finite(token) and _head_of(token).i not in taken:
            taken.add(_head_of(token).i)
            marker = waiting.pop()
            yield _Pair(marker, _head_of(token), tuple(above.i for above in waiting))


def _is_set_phrase(marker: Token, sentence: Tokens) -> bool:
    """Is it « c'est vous qui » or « s'il vous plaît », whose verb tells nothing of its own?"""
    return _is_cleft(marker, sentence) or _phrase_at(marker, "locutions-sans-subordonnee", sentence) is not None


def _with_depth(found: list[_Pair], sentence: Tokens) -> Iterator[Clause]:
    verbs = {marker.i: verb.i for marker, verb, _ in found}
    all_verbs = set(verbs.values())
    for marker, verb, open_markers in found:
        above = {ancestor.i for ancestor in _holders(verb) if ancestor.i in all_verbs}
        above |= {verbs[i] for i in open_markers if i in verbs}
        phrase = _phrase_at(marker, "locutions-subordonnantes", sentence)
        yield Clause(phrase if phrase is not None else sentence.doc[marker.i : marker.i + 1], verb, 1 + len(above))


def _holders(verb: Token) -> Iterator[Token]:
    """Yield the verbs that a clause hangs on; « et que vous soyez là » stands beside the clause before, not in it."""
    for token in (verb, *verb.ancestors):
        if token.dep_ not in ("conj", "ROOT"):
            yield token.head


def _opens_clause(token: Token, sentence: Tokens) -> bool:
    """Does a verb of its own follow?  Not after questions, comparisons, or before an infinitive."""
    following = token.nbor(1) if token.i + 1 < sentence.end else None
    if following is None:
        return False
    phrase = _phrase_at(token, "locutions-sans-subordonnee", sentence)
    if phrase is not None:
        return any(_is_finite(word) for word in phrase if word.i > token.i)
    if "Inf" in following.morph.get("VerbForm", []):
        return False
    word = token.lower_
    if word == "s'":
        return following.lower_ in ("il", "ils")
    if word == "si":
        after = following.nbor(1) if following.pos_ in ("ADJ", "ADV") and following.i + 1 < sentence.end else following
        return after is following or after.lower_ in facts("clitiques")
    if word == "comme":
        return following.pos_ not in ("NOUN", "PROPN", "ADJ", "ADP")
    if word in _QUESTION_WORDS and any(word.lower_ == "?" for word in sentence[-2:]):
        after = following.nbor(1) if following.i + 1 < sentence.end else following
        if token.i <= sentence.start + 1 or (after.text.startswith("-") and after.lower_ in facts("clitiques")):
            return False  # « qui dois-je appeler ? »
    return not (word in ("que", "qu'") and _is_comparison(token, following, sentence))


def _is_comparison(token: Token, following: Token, sentence: Tokens) -> bool:
    if following.lower_ in facts("clitiques") and following.lower_ not in ("nous", "vous"):
        return False
    before = sentence.doc[max(token.i - 5, sentence.start) : token.i]
    if not any(word.lower_ in facts("comparatifs") for word in before):
        return False
    return token.dep_ != "mark" or following.pos_ in ("ADP", "ADJ", "NUM")


def is_indirect_question(clause: Clause) -> bool:
    """Is it the « si » of « Vous verrez si vous avez du courrier », which asks and sets no condition?"""
    verb, marker = clause.verb.head, clause.marker
    asking = (lemma in facts("verbes-de-question") for lemma, _ in lemmas(verb.lower_, verb.pos_))
    if verb.i >= marker.start or not any(asking):
        return False
    return not any(child.dep_ == "obj" and verb.i < child.i < marker.start for child in verb.children)


def _is_cleft(token: Token, sentence: Tokens) -> bool:
    """Is it « c'est vous qui », a way to insist, without a second idea?"""
    if token.lower_ != "qui":
        return False
    before = [word.lower_ for word in sentence.doc[max(token.i - _CLEFT_REACH, sentence.start) : token.i]]
    for index in range(len(before) - 1):
        if before[index] in ("c'", "ce") and before[index + 1] in forms_of_be() and index + 2 < len(before):
            return not set(before[index + 2 :]) & {",", "que", "qu'", "qui", "un", "une", "des"}
    return False


@remembered
def finite_clauses(sentence: Tokens) -> list[Token]:
    """Return the verbs of the main clauses, the ideas of a sentence, in order."""
    under = {pair.verb.i for pair in _pairs(sentence)}
    mains: list[Token] = []
    for verb in finite_verbs(sentence):
        top = verb
        while top.dep_ == "conj" and top.i not in under and top.head.i < top.i:
            top = top.head
        if top.i not in under and (not mains or _is_separate(mains[-1], verb, sentence)):
            mains.append(verb)
    return mains


def _is_separate(verb: Token, following: Token, sentence: Tokens) -> bool:
    """Does a link word or a sign stand between two verbs?  Without one, the model took a noun for a verb."""
    between = sentence.doc[min(verb.i, following.i) + 1 : max(verb.i, following.i)]
    return any(token.lower_ in facts("coordonnants") for token in between)
