"""Negations with « ne », and negations of a negation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.french.facts import facts, rows

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

__all__ = ["Negation", "double_negation", "negations"]


@dataclass(frozen=True, slots=True)
class Negation:
    """« ne » and the words that go with it.  `kind`: full, restrictive (ne … que) or bare (ne alone).

    `repaired` is the last word with the « pas » that it lacks: « pas pu » for « pu ».
    """

    first: Token
    last: Token
    words: tuple[Token, ...]
    kind: str
    repaired: str = ""


_REACH = 14  # words between « ne » and its second word
_ALSO_LIMITS = ("plus", "jamais", "guère")
_ENDS_CLAUSE = (";", ":", "(", ")", "»", "?", "!", ".")


@lru_cache(maxsize=1)
def _negative_words() -> dict[str, str]:
    return {row[0]: row[2] for row in rows("negations")}


def negations(sentence: SpacySpan) -> Iterator[Negation]:
    """Yield the negations with « ne » of a sentence, in order."""
    for token in sentence:
        if token.lower_ in ("ne", "n'") and not _is_importe(token, sentence):
            yield _negation(token, sentence)


def _is_importe(ne: Token, sentence: SpacySpan) -> bool:
    """Is it « n'importe qui », which denies nothing?"""
    return ne.i + 1 < sentence.end and ne.nbor(1).lower_ == "importe"


def _negation(ne: Token, sentence: SpacySpan) -> Negation:
    before = _negative_subject(ne, sentence)
    alone = _verb_that_denies_alone(ne, sentence)
    only: Token | None = None
    for token in sentence.doc[ne.i + 1 : min(ne.i + 1 + _REACH, sentence.end)]:
        word = token.lower_
        if word == ")" and "(" in token.nbor(-1).text:
            continue  # « manifesté(e) » is two tokens
        if word in _ENDS_CLAUSE or word in ("ne", "n'", "qui", "dont"):
            break
        if word in ("que", "qu'"):
            only = None if _opens_clause(token, sentence) else token
            break
        if _is_negative(token):
            if token.lower_ in _ALSO_LIMITS and _limits(token, sentence):
                return Negation(ne, token.nbor(1), (ne, token, token.nbor(1)), "restrictive")
            return Negation(ne, token, (ne, token), "full")
    if before is not None:
        return Negation(before, ne, (before, ne), "full")
    if only is not None:
        return Negation(ne, only, (ne, only), "restrictive")
    if alone is not None:
        return Negation(ne, alone, (ne, alone), "full", _repaired(alone))
    return Negation(ne, ne, (ne,), "bare")


def _opens_clause(que: Token, sentence: SpacySpan) -> bool:
    """Is it « au motif que », « refuser que la mesure soit levée », and not « ne … que deux mois »?"""
    if que.nbor(-1).lower_ in facts("noms-suivis-de-que"):
        return True
    subject = que.nbor(1) if que.i + 1 < sentence.end else que
    return que.dep_ == "mark" and que.head.i > subject.i and "Fin" in _finite(que.head)


def _finite(verb: Token) -> set[str]:
    words = [verb, *(child for child in verb.children if child.dep_.split(":")[0] in ("aux", "cop"))]
    return {form for word in words for form in word.morph.get("VerbForm", [])}


@lru_cache(maxsize=1)
def _verbs_alone() -> dict[str, str]:
    return {row[0]: row[2] if len(row) > 2 else "" for row in rows("verbes-niant-seuls")}


def _repaired(verb: Token) -> str:
    """Return the words that say the same with « pas »: « pas pu », « peut pas » for « saurait »."""
    return _verbs_alone()[verb.lower_]


def _verb_that_denies_alone(ne: Token, sentence: SpacySpan) -> Token | None:
    """Return « saurait » of « ne saurait être », « pu » of « n'a pu »."""
    for token in sentence.doc[ne.i + 1 : min(ne.i + 5, sentence.end)]:
        if token.lower_ in facts("verbes-niant-seuls"):
            return token
        if token.lower_ not in facts("clitiques") and token.lower_ not in facts("formes-avoir"):
            return None
    return None


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


def _limits(token: Token, sentence: SpacySpan) -> bool:
    """Is it « ne … plus que deux jours », and not « ne … plus que vous venez »?"""
    if token.i + 2 >= sentence.end or token.nbor(1).lower_ not in ("que", "qu'"):
        return False
    return token.nbor(2).lower_ not in facts("clitiques")


def double_negation(sentence: SpacySpan) -> Iterator[SpacySpan]:
    """Yield the negations of a negation: « n'est pas impossible », « ne manquez pas de », « non sans »."""
    places = {row[0]: row[2] for row in rows("mots-negatifs")}
    for negation in negations(sentence):
        if negation.kind != "full":
            continue
        for token in sentence.doc[negation.first.i + 1 : negation.last.i]:
            if places.get(token.lemma_) in ("dedans", "partout"):
                yield sentence.doc[negation.first.i : negation.last.i + 1]
                break
        else:
            for token in sentence.doc[negation.last.i + 1 : min(negation.last.i + 7, sentence.end)]:
                if token.is_punct or token.lower_ in ("que", "qu'", "qui", "si"):
                    break
                after = {places.get(token.lemma_), places.get(token.lower_)}
                if token.lower_ in ("ne", "n'") or {"apres", "partout"} & after:
                    yield sentence.doc[negation.first.i : token.i + 1]
                    break
    for token in sentence[:-1]:
        if token.lower_ == "non" and token.nbor(1).lower_ == "sans":
            yield sentence.doc[token.i : token.i + 2]
