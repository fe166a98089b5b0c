"""The order of words: who acts, what they do, the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from falc.french.analysis import count_words
from falc.french.clauses import finite_verbs
from falc.french.facts import facts
from falc.french.passives import forms_of_be
from falc.french.remembered import remembered

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["asides", "fronted", "inversions", "split_subjects"]

_SUBJECTS = ("nsubj", "nsubj:pass")
_LONGEST_ASIDE = 25
_LONGEST_APPOSITION = 5
_MOST_COMMAS = 10
_FARTHEST_VERB = 80
_COMPTE_TENU = "compte tenu"
_ENDS = (".", ":", ";", "…", "!", "?")
_BRACKETS = re.compile(r"\([^()]*\)")


def is_question(sentence: Tokens) -> bool:
    """Does the sentence ask something?"""
    return any(token.text == "?" for token in sentence[-3:])


def inversions(sentence: Tokens) -> Iterator[Tokens]:
    """Yield the verb and the subject behind it: « Sont admises les personnes »."""
    if is_question(sentence):
        return
    for subject in sentence:
        verb = subject.head
        if subject.i <= verb.i or subject.pos_ not in ("NOUN", "PROPN"):
            continue
        first = _first_word(verb)
        if subject.dep_ not in _SUBJECTS and not (subject.dep_ == "obj" and first.lower_ in forms_of_be()):
            continue  # behind « Sont admises », the model takes the subject for an object
        if subject.text.startswith("-") or any(
            child.dep_.split(":")[0] in ("nsubj", "expl") and child.i < verb.i for child in verb.children
        ):
            continue
        if first.lower_.endswith("ez") and first.i == sentence.start:
            continue  # « Appelez Sylvie Marchadier »: an order, whatever the model says
        if "Fin" in first.morph.get("VerbForm", []) and first.text[0].isalpha() and _opens(first, sentence):
            yield sentence.doc[first.i : subject.i + 1]


def _opens(verb: Token, sentence: Tokens) -> bool:
    """Is the verb the first word of its clause: « Sont admises… », « comme le prévoit la loi »?"""
    for before in reversed(sentence.doc[sentence.start : verb.i]):
        if before.lower_ in facts("devant-inversion"):
            return True
        if before.lower_ not in facts("clitiques") and any(sign.isalpha() for sign in before.text):
            return False
    return verb.text[0].isupper()


def _first_word(verb: Token) -> Token:
    """Return « Sont » of « Sont admises »."""
    helpers = [child.i for child in verb.children if child.dep_.split(":")[0] in ("aux", "cop") and child.i < verb.i]
    return verb.doc[min([verb.i, *helpers])]


def _is_subject_of_finite(token: Token) -> bool:
    return token.dep_ in _SUBJECTS and token.i < token.head.i


def fronted(sentence: Tokens) -> Tokens | None:
    """Return what stands before the subject and its comma, when it holds no finite verb: « À la fin du mois »."""
    if is_question(sentence):
        return None
    absolute = _absolute(sentence)
    if absolute is not None or sentence[0].pos_ not in ("ADP", "ADV", "VERB", "ADJ"):
        return absolute
    comma = next((token for token in sentence if token.text in (",", *_ENDS)), None)
    if comma is None or comma.text != "," or comma.i - sentence.start < 2:
        return None
    opening = sentence.doc[sentence.start : comma.i]
    if "(" in opening.text or any(verb.i < comma.i for verb in finite_verbs(sentence)):
        return None
    subject = next((token for token in sentence if _is_subject_of_finite(token)), None)
    return opening if subject is not None and subject.i > comma.i else None


def _absolute(sentence: Tokens) -> Tokens | None:
    """Return an opening that the model takes for the subject: « Votre contrat prévoyant…, », « Compte tenu de…, »."""
    commas = [token.i for token in sentence if token.text == ","][:2]
    for start, comma in pairwise([sentence.start - 1, *commas]):
        opening = sentence.doc[start + 1 : comma]
        if opening.text.lower().startswith(f"{_COMPTE_TENU} "):
            return opening
    following = sentence.doc[commas[0] + 1] if commas and commas[0] + 1 < sentence.end else None
    if following is None or following.pos_ != "PRON" or not following.dep_.startswith(("nsubj", "expl")):
        return None
    opening = sentence.doc[sentence.start : commas[0]]
    if any(verb.i < commas[0] for verb in finite_verbs(sentence)):
        return None
    return opening if any(token.lower_.endswith("ant") and token.pos_ == "VERB" for token in opening) else None


def split_subjects(sentence: Tokens) -> Iterator[tuple[Tokens, int]]:
    """Yield the subjects that stand far from their verb, up to the verb, with the words between them."""
    absolute = _absolute(sentence)
    first = absolute.end if absolute is not None else sentence.start
    for subject in sentence.doc[first : sentence.end]:
        if not _is_subject_of_finite(subject) or subject.pos_ not in ("NOUN", "PROPN"):
            continue
        verb = _first_finite(subject)
        if verb is None or not subject.i + 1 < verb.i < min(subject.i + _FARTHEST_VERB, sentence.end):
            continue
        between = sentence.doc[subject.i + 1 : verb.i]
        if any(token.text in ("?", ":", ";", "»") for token in between):
            continue
        text = _BRACKETS.sub("", between.text)
        if "(" not in text and ")" not in text:
            yield sentence.doc[subject.i : verb.i + 1], count_words(text)


def _first_finite(subject: Token) -> Token | None:
    """Return « est » of « le dossier … est complet », the first word of the verb."""
    verb = subject.head
    words = [verb, *(child for child in verb.children if child.dep_.split(":")[0] in ("aux", "cop"))]
    finite = [word for word in words if "Fin" in word.morph.get("VerbForm", []) and word.i > subject.i]
    return min(finite, key=lambda word: word.i) if finite else None


@remembered
def asides(sentence: Tokens) -> Iterator[Tokens]:
    """Yield what stands between two commas and could be left out: « La mairie, après examen, répond »."""
    commas = [token.i for token in sentence if token.text == ","]
    if len(commas) > _MOST_COMMAS or is_question(sentence):  # so many make a list
        return
    last = -1
    for opening, closing in pairwise(commas):
        if opening < last or not 1 < closing - opening - 1 <= _LONGEST_ASIDE:
            continue
        if _stands_apart(opening, closing, sentence):
            yield sentence.doc[opening + 1 : closing]
            last = closing + 1


def _stands_apart(opening: int, closing: int, sentence: Tokens) -> bool:
    """Does the sentence go on behind the second comma where it stopped at the first?"""
    inside = sentence.doc[opening + 1 : closing]
    first, following = inside[0], sentence.doc[closing + 1] if closing + 1 < sentence.end else None
    if following is None or following.lower_ in facts("coordonnants") or first.lower_ in facts("coordonnants"):
        return False
    if first.lower_ in facts("civilites-en-minuscules") or first.text[0].isupper() or following.lower_ == first.lower_:
        return False
    if "Inf" in following.morph.get("VerbForm", []) and any("Inf" in t.morph.get("VerbForm", []) for t in inside[:3]):
        return False  # « pour limiter l'attente, encourager l'échange, … »
    if first.lower_ in facts("prepositions-de"):  # « les mairies de Lyon, de Roubaix, … »
        return False
    for token in inside:
        if not opening < token.head.i < closing and not _may_head_aside(token, inside, sentence):
            return False
        if any(child.dep_ == "conj" and child.i > closing for child in token.children):
            return False
    return _continues(opening, closing, sentence)


def _may_head_aside(head: Token, inside: Tokens, sentence: Tokens) -> bool:
    """Is the aside no item of a list, and no clause of its own?"""
    if head.dep_ in ("conj", "cc", "ROOT"):
        return False
    opens_clause = inside[0].lower_ in facts("subordonnants") or inside[0].pos_ in ("ADP", "SCONJ", "ADV")
    if {"Fin", "Inf"} & set(head.morph.get("VerbForm", [])):
        return opens_clause
    if head.pos_ in ("NOUN", "PROPN", "ADJ") and not opens_clause and "Part" not in head.morph.get("VerbForm", []):
        commas = sum(1 for token in sentence if token.text == ",")
        subject = head.pos_ != "ADJ" or head.head.dep_ in _SUBJECTS
        return len(inside) <= _LONGEST_APPOSITION and commas <= 3 and subject
    return True


def _continues(opening: int, closing: int, sentence: Tokens) -> bool:
    """Is a word behind the aside the verb of a subject before it, or an object of a verb before it?"""
    for token in sentence.doc[closing + 1 : sentence.end]:
        if token.is_punct:
            continue
        if token.head.i < opening and token.dep_.split(":")[0] in ("obj", "xcomp", "ccomp", "cop"):
            return True
        for child in token.children:
            if child.i < opening and child.dep_.split(":")[0] in ("nsubj", "aux", "mark", "cop"):
                return True
    return False
