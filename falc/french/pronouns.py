"""Pronouns of the third person, and the nouns that they may stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from falc.french.facts import facts
from falc.french.forms import lemmas

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Token, Tokens

_SUBJECTS = {"il": ("Masc", "Sing"), "elle": ("Fem", "Sing"), "ils": ("Masc", "Plur"), "elles": ("Fem", "Plur")}
_ASIDE = 30  # words
# Nouns in these places are what a sentence speaks of; a complement of a noun hardly ever is.
_ROLES = frozenset(
    ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:arg", "obl:mod", "ROOT", "appos", "conj", "obl:agent")
)


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A subject pronoun and the gender and number of what it stands for."""

    token: Token
    gender: str
    number: str


def subject_pronouns(tokens: Tokens) -> Iterator[Pronoun]:
    """Yield « il », « elle », « ils », « elles » that stand for somebody or something, not « il faut »."""
    for token in tokens:
        features = _SUBJECTS.get(token.lower_)
        if features and token.pos_ == "PRON" and not _is_expletive(token) and not _repeats(token):
            yield Pronoun(token, *features)


def _is_expletive(token: Token) -> bool:
    """Is it the « il » of « il faut », « il y a », « il est possible de », « il reste 2 places »?"""
    if token.lower_ != "il":
        return False
    if token.dep_.startswith("expl"):
        return True
    head = token.head
    names = {head.lower_, *(child.lower_ for child in head.children if child.dep_ == "cop")}
    names |= {lemma for lemma, _ in lemmas(head.lower_, head.pos_)}
    if names & facts("verbes-impersonnels"):
        return True
    following = [token.doc[i].lower_ for i in range(token.i + 1, min(token.i + 4, len(token.doc)))]
    if "y" in following or not facts("verbes-impersonnels").isdisjoint(following):
        return True
    # « il est possible de », « il est prévu que », « il a été décidé que »
    return (
        head.pos_ in ("ADJ", "VERB", "NOUN")
        and any(child.dep_ in ("ccomp", "csubj", "xcomp", "expl:subj") for child in head.children)
        and any(child.dep_ in ("cop", "aux:pass") for child in head.children)
    )


def _repeats(token: Token) -> bool:
    """Is it the second subject of a question: « Le dossier est-il complet ? »?"""
    before = token.doc[token.i - 1].text if token.i else ""
    return token.text.startswith("-") or before.endswith("-")


def candidates(tokens: Sequence[Token], pronoun: Pronoun) -> list[Token]:
    """Return the nouns among `tokens` that the pronoun may stand for, the first use of each."""
    found: dict[str, Token] = {}
    for token in tokens:
        if token.pos_ in ("NOUN", "PROPN") and _agrees(token, pronoun):
            found.setdefault(min((lemma for lemma, _ in lemmas(token.lower_, "NOUN")), default=token.lower_), token)
    return list(found.values())


def _agrees(token: Token, pronoun: Pronoun) -> bool:
    """May they agree?  What the model does not know agrees with everything."""
    gender, number = token.morph.get("Gender", []), token.morph.get("Number", [])
    plural = pronoun.number == "Plur"
    if plural and any(child.dep_ == "conj" for child in token.children):  # « Paul et Marie… Ils »
        return True
    return pronoun.number in (number or [pronoun.number]) and (pronoun.gender in (gender or [pronoun.gender]))


def _in_brackets(token: Token) -> bool:
    """Does the word stand in an aside: « les acteurs (Pôle emploi, les impôts…) »?  It may close with « ) » alone."""
    sentence = token.sent
    before = [t.text for t in sentence.doc[max(sentence.start, token.i - _ASIDE) : token.i] if t.text in "()"]
    after = next(
        (t.text for t in sentence.doc[token.i + 1 : min(sentence.end, token.i + _ASIDE)] if t.text in "()"), ""
    )
    return before[-1:] == ["("] or after == ")"


def main_candidates(tokens: Sequence[Token], pronoun: Pronoun) -> list[Token]:
    """Return the candidates in the main places of a sentence, whose gender and number are known."""
    return [
        token
        for token in candidates(tokens, pronoun)
        if token.pos_ == "NOUN"
        and token.is_alpha
        and token.text.islower()  # a name, whose gender the model guesses
        and not _in_brackets(token)
        and token.dep_ in _ROLES
        and token.morph.get("Gender", []) == [pronoun.gender]
        and token.morph.get("Number", []) == [pronoun.number]
    ]
