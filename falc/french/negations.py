"""Negations with « ne », and negations of a negation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.french.facts import facts, rows
from falc.french.forms import inflected, lemmas, readings
from falc.french.passives import forms_of_be
from falc.french.remembered import remembered

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["Negation", "double_negation", "lexical_negations", "negations"]


@dataclass(frozen=True, slots=True)
class Negation:
    """A negation and its words.  `kind`: full, restrictive (ne … que), bare (« ne peut ») or lexical (« pas de »).

    `repaired` is the last word with the « pas » that it lacks: « pas pu » for « pu ».
    """

    first: Token
    last: Token
    words: tuple[Token, ...]
    kind: str
    repaired: str = ""


_REACH = 22  # words between « ne » and its second word
_ALSO_LIMITS = ("plus", "jamais", "guère")
_QUE = ("que", "qu'")
# What follows them is no part of the negation before.
_OPENS_ANOTHER = ("que", "qu'", "qui", "si", "et", "ou", "mais", "car", "puis")
_ENDS_CLAUSE = (";", ":", "(", ")", "»", "?", "!", ".")


@lru_cache(maxsize=1)
def _negative_words() -> dict[str, str]:
    return {row[0]: row[2] for row in rows("negations")}


@remembered
def negations(sentence: Tokens) -> Iterator[Negation]:
    """Yield the negations with « ne » of a sentence, in order."""
    for token in sentence:
        if token.lower_ in ("ne", "n'") and not _is_fixed(token, sentence):
            found = _negation(token, sentence)
            if found is not None:
                yield found


def _is_fixed(ne: Token, sentence: Tokens) -> bool:
    """Is it « n'importe qui » or « ne serait-ce que », which deny nothing?"""
    verb, after = (sentence.doc[i].lower_ if i < sentence.end else "" for i in (ne.i + 1, ne.i + 2))
    if verb == "importe":
        return _negative_words().get(after) != "adverbe"
    if verb == "peut" and after in ("plus", "mieux") and ne.i > sentence.start and ne.nbor(-1).lower_ == "on":
        return ne.i + 3 < sentence.end and ne.nbor(3).pos_ == "ADJ"  # « on ne peut plus simple »
    return after == "-ce" and verb in ("serait", "fût") and ne.i + 3 < sentence.end and ne.nbor(3).lower_ in _QUE


def _negation(ne: Token, sentence: Tokens) -> Negation | None:
    before = _negative_subject(ne, sentence)
    alone = _verb_that_denies_alone(ne, sentence)
    only: Token | None = None
    for token in sentence.doc[ne.i + 1 : min(ne.i + 1 + _REACH, sentence.end)]:
        word = token.lower_
        if word == ")" and "(" in token.nbor(-1).text:
            continue  # « manifesté(e) » is two tokens
        if word in _ENDS_CLAUSE or word in ("ne", "n'", "qui", "dont"):
            break
        if word in _QUE:
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
    if alone is not None and not _is_expletive(ne, sentence):
        return Negation(ne, alone, (ne, alone), "bare", _repaired(alone))
    return None


def _opens_clause(que: Token, sentence: Tokens) -> bool:
    """Is it « au motif que », « refuser que la mesure soit levée », and not « ne … que deux mois »?"""
    if que.nbor(-1).lower_ in facts("noms-suivis-de-que"):
        return True
    for token in sentence.doc[que.i + 1 : sentence.end]:
        if token.lower_ in ("qui", "dont", *_QUE) and token.nbor(-1).pos_ == "NOUN":
            return que.dep_ == "mark" and que.head.i > token.i and any(map(_is_finite, (que.head, *que.head.children)))
        if token.is_punct or token.lower_ in facts("subordonnants") or token.lower_ in ("si", "s'"):
            return False
        if _is_finite(token):
            return token.nbor(-1).pos_ != "CCONJ"
    return False


def _is_finite(token: Token) -> bool:
    cells = [reading.cell[0] if reading.pos == "VERB" else "" for reading in readings(token.lower_)]
    if not cells or all(cell in ("", "W", "K", "G") for cell in cells):
        return False
    return all(cell not in ("", "W", "K", "G") for cell in cells) or (
        token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm", [])
    )


def _is_expletive(ne: Token, sentence: Tokens) -> bool:
    """Is it « plus grand qu'il ne peut l'être », where « ne » denies nothing?"""
    before = [token.lower_ for token in sentence.doc[max(ne.i - 8, sentence.start) : ne.i]]
    at = next((i for i in reversed(range(len(before))) if before[i] in _QUE), None)
    return at is not None and any(word in facts("comparatifs") or word in ("plus", "moins") for word in before[:at])


@lru_cache(maxsize=1)
def _verbs_alone() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[2], row[3] if len(row) > 3 else "") for row in rows("verbes-niant-seuls")}


def _repaired(verb: Token) -> str:
    """Return the words that say the same with « pas »: « pas pu », « peut pas » for « saurait »."""
    if verb.i + 1 < len(verb.doc) and verb.nbor(1).text.startswith("-"):
        return ""  # « ne peut-il »
    for reading in readings(verb.lower_):
        other = _verbs_alone().get(reading.lemma, ("", ""))[1]
        if other and reading.cell[0] == "C":
            return f"{inflected(other, 'VERB', 'P' + reading.cell[1:]) or verb.text} pas"
        if reading.lemma in _verbs_alone() and reading.cell[0] == "K":
            return f"pas {verb.text}"
    return f"{verb.text} pas"


def _denies_alone(verb: Token) -> bool:
    found = (reading for reading in readings(verb.lower_) if reading.pos == "VERB" and reading.lemma in _verbs_alone())
    return any(reading.cell[0] in _verbs_alone()[reading.lemma][0] for reading in found)


def _verb_that_denies_alone(ne: Token, sentence: Tokens) -> Token | None:
    """Return « saurait » of « ne saurait être », « pu » of « n'a pu »."""
    for token in sentence.doc[ne.i + 1 : min(ne.i + 6, sentence.end)]:
        if _denies_alone(token):
            return token
        if token.lower_ not in facts("clitiques") and token.lower_ not in facts("formes-avoir"):
            return None
    return None


def _negative_subject(ne: Token, sentence: Tokens) -> Token | None:
    """Return « aucun » of « aucun dossier ne »."""
    for token in reversed(sentence.doc[max(ne.i - _REACH, sentence.start) : ne.i]):
        if token.lower_ in _ENDS_CLAUSE or token.lower_ in ("ne", "n'", "si"):
            return None
        if _negative_words().get(token.lower_) in ("pronom", "nom") and _is_negative(token):
            return token
        if token.lower_ == "jamais" and (token.i == sentence.start or token.nbor(-1).lower_ not in ("si", "à")):
            return token
    return None


def _is_negative(token: Token) -> bool:
    nature = _negative_words().get(token.lower_)
    if nature != "nom":
        return nature is not None
    previous = token.nbor(-1) if token.i else token
    return previous.pos_ not in ("DET", "ADJ", "NUM")


def _limits(token: Token, sentence: Tokens) -> bool:
    """Is it « ne … plus que deux jours », and not « ne … plus que vous venez »?"""
    if token.i + 2 >= sentence.end or token.nbor(1).lower_ not in ("que", "qu'"):
        return False
    return token.nbor(2).lower_ not in facts("clitiques")


def double_negation(sentence: Tokens) -> Iterator[Tokens]:
    """Yield the negations of a negation: « n'est pas impossible », « ne manquez pas de », « non sans »."""
    places = {row[0]: row[2] for row in rows("mots-negatifs")}
    for negation in negations(sentence):
        if negation.kind != "full":
            continue
        for token in sentence.doc[negation.first.i + 1 : negation.last.i]:
            if any(places.get(lemma) in ("dedans", "partout") for lemma, _ in lemmas(token.lower_, token.pos_)):
                yield sentence.doc[negation.first.i : negation.last.i + 1]
                break
        else:
            for token in sentence.doc[negation.last.i + 1 : min(negation.last.i + 7, sentence.end)]:
                undergone = (
                    token.lower_ in forms_of_be() and token.i > negation.last.i + 1
                )  # « nul ne peut être exclu »
                if token.is_punct or undergone or token.lower_ in _OPENS_ANOTHER:
                    break
                after = {places.get(lemma) for lemma, _ in lemmas(token.lower_, token.pos_)} | {
                    places.get(token.lower_)
                }
                if token.lower_ == "sans" and not _denies_with(token, negation, sentence):
                    break
                if token.lower_ in ("ne", "n'") or {"apres", "partout"} & after:
                    yield sentence.doc[negation.first.i : token.i + 1]
                    break
    for token in sentence[:-1]:
        if token.lower_ == "non" and token.nbor(1).lower_ == "sans":
            yield sentence.doc[token.i : token.i + 2]


def _denies_with(sans: Token, negation: Negation, sentence: Tokens) -> bool:
    """Is it « pas sans savoir », « pas partir sans payer », and not « plus le changer sans votre accord »?"""
    following = sans.nbor(1) if sans.i + 1 < sentence.end else sans
    infinitive = any(reading.cell == "W" for reading in readings(following.lower_))
    return infinitive or sans.i == negation.last.i + 1


def lexical_negations(sentence: Tokens) -> Iterator[Negation]:
    """Yield the negations without « ne »: « pas encore », « aucun frais », « non conforme », « sans attendre »."""
    for part in _parts(sentence):
        with_ne = any(token.lower_ in ("ne", "n'") for token in part)
        for token in part:
            last = _lexical(token, sentence, with_ne)
            if last is not None:
                yield Negation(token, last, tuple(sentence.doc[token.i : last.i + 1]), "lexical")


def _parts(sentence: Tokens) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in sentence:
        if token.lower_ in _ENDS_CLAUSE:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _lexical(token: Token, sentence: Tokens, with_ne: bool) -> Token | None:
    """Return the last word of the negation that a word opens."""
    word = token.lower_
    following = token.nbor(1) if token.i + 1 < sentence.end else None
    if word in ("sans", "non"):
        return following and (_after_sans(following, sentence) if word == "sans" else _after_non(following))
    if with_ne or word not in facts("negations-sans-ne"):
        return None
    previous = token.nbor(-1) if token.i > sentence.start else None
    if previous is not None and (
        previous.lower_ in facts("avant-faux-negatifs")
        or previous.pos_ in ("DET", "NUM")
        or (word == "pas" and previous.pos_ == "ADJ")
    ):
        return None
    if word == "plus":
        return following if following is not None and _is_negative(following) else None
    if previous is not None and previous.lower_ == "plus":
        return None  # told with « plus »
    if word == "pas" and following is not None and following.is_title:
        return None  # « boulevard des Pas Perdus »
    return following if following is not None and following.lower_ == "encore" else token


def _after_non(following: Token) -> Token | None:
    found = readings(following.lower_)
    fits = any(reading.pos == "ADJ" or reading.cell[0] == "K" for reading in found)
    return following if fits and following.pos_ not in ("ADV", "ADP", "DET", "NUM", "PRON") else None


def _after_sans(following: Token, sentence: Tokens) -> Token | None:
    """Return « que » of « sans que », « attendre » of « sans plus attendre »."""
    if following.lower_ in _QUE:
        return following
    for token in sentence.doc[following.i : min(following.i + 4, sentence.end)]:
        found = readings(token.lower_)
        if any(reading.cell == "W" for reading in found) and (
            token.pos_ in ("VERB", "AUX") or all(reading.pos == "VERB" for reading in found)
        ):
            return token
        if token.pos_ not in ("ADV", "PRON") and token.lower_ not in facts("clitiques"):
            return None
    return None
