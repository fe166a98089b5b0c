"""The form of a verb as it stands in its sentence: tense, mood and person, auxiliary, subject.

The table of forms gives the possible readings; the words before the verb choose between them.  The model is not asked
for tenses: it is wrong about most forms with « vous ».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.french.around import Place
from falc.french.elision import determiner
from falc.french.facts import facts, rows
from falc.french.forms import readings
from falc.french.words import Word, key_of

if TYPE_CHECKING:
    from falc.french.tokens import Token

__all__ = ["auxiliary", "cells_of", "form_name", "is_negated", "previous_words", "subject_cell"]

_SUBJECTS = {"je": "1s", "j'": "1s", "tu": "2s", "il": "3s", "elle": "3s", "on": "3s", "ils": "3p", "elles": "3p"}
_PLURAL_SUBJECTS = {"nous": "1p", "vous": "2p"}
_CLITICS = frozenset(
    ("ne", "n'", "me", "m'", "te", "t'", "se", "s'", "le", "la", "l'", "les", "lui", "leur", "y", "en", "nous", "vous")
)
_REACH = 14  # words between « que » and its verb
_AUXILIARY_REACH = 7
_ENDS = ".;:!?"
_QUE, _RELATIVES = ("que", "qu'"), ("qui", "dont", "où")
_NAMES = {
    "W": "inf", "P": "present", "I": "imparfait", "F": "futur", "C": "conditionnel", "S": "subjonctif",
    "T": "subjonctif", "Y": "imperatif", "J": "passe-simple", "G": "gerondif",
}  # fmt: skip
_JOINING = ("et", "ou")
_MARKED = frozenset(
    ("le", "la", "un", "une", "ce", "cet", "cette", "les", "des", "ces", "mes", "ses", "vos", "nos", "ma", "sa")
)


def previous_words(place: Place, index: int, reach: int) -> Iterator[Word]:
    """Yield the words before one, the closest first, back to a sign that ends a clause or to the sentence's start."""
    words, text = place.words, place.text
    around = place.around(index, 1)
    first = index - len(around.preceding)
    for at in range(index - 1, max(first, index - reach) - 1, -1):
        gap = text[words[at].end : words[at + 1].start]
        if any(sign in gap for sign in _ENDS):
            return
        yield words[at]


def cells_of(place: Place, index: int, form: str, lemma: str) -> tuple[str, ...]:
    """Return the cells that a form of the verb `lemma` may stand for here, as few as the sentence allows.

    `form` is the verb in the word at `index`, without the pronouns behind it.
    """
    cells = [reading.cell for reading in readings(form) if reading.lemma == lemma and reading.pos == "VERB"]
    if len(cells) < 2:
        return tuple(cells)
    # Letters of the administration have no past simple and no imperfect of the subjunctive where another tense fits.
    cells = [cell for cell in cells if cell[0] not in "JT"] or cells
    if len({cell[0] == "K" for cell in cells}) > 1:
        alone = place.words[index].key == key_of(form)
        participle = alone and (auxiliary(place, index) is not None or _is_participle(place, index))
        if participle and place.around(index, 1).starts_sentence and not place.words[index].key.endswith("é"):
            return ()  # « Fournis une photo »
        cells = [cell for cell in cells if (cell[0] == "K") == participle]
    moods = {cell[0] for cell in cells}
    if "Y" in moods:
        spoken_to = _is_imperative(place, index, form)
        cells = [cell for cell in cells if (cell[0] == "Y") == spoken_to] or cells
    if "S" in moods and len(moods - {"Y"}) > 1:
        mood = _mood(place, index)
        cells = [cell for cell in cells if mood is None or (cell[0] == "S") == (mood == "subjonctif")] or cells
    if set(cells) == {"Kms", "Kmp"}:
        number = _participle_number(place, index)
        return (f"Km{number}",) if number else tuple(cells)
    persons = {cell[1:] for cell in cells}
    if len(persons) > 1:
        person = _person(place, index, form)
        cells = [cell for cell in cells if cell[1:] == person or cell[0] in "WGK"] or cells
    return tuple(cells)


def _is_participle(place: Place, index: int) -> bool:
    token = place.tokens.get(place.words[index].start)
    if token is None or "Part" not in token.morph.get("VerbForm", []) or _person_before(place, index) is not None:
        return False
    before = next((word.key for word in previous_words(place, index, 4) if word.key not in _CLITICS), "")
    return before != "qui" and not any(child.dep_ == "nsubj" for child in token.children)


def _participle_number(place: Place, index: int) -> str | None:
    """Return s or p for a participle that has one masculine form (« pris »), or None when it cannot be known."""
    helper = auxiliary(place, index)
    if helper == "avoir":
        before = {word.key for word in previous_words(place, index, _REACH)}
        if "les" in before:
            return None
        if before.isdisjoint(_QUE):
            return "s"
        verb = place.tokens.get(place.words[index].start)
        cell = _cell_of(verb.head) if verb is not None and verb.dep_ == "acl:relcl" else None
        return cell[1] if cell else None
    token = place.tokens.get(place.words[index].start)
    if token is None:
        return None
    cell = subject_cell(token) if helper else _cell_of(token.head)
    return cell[1] if cell else None


def _is_imperative(place: Place, index: int, form: str) -> bool:
    word = place.words[index]
    behind = word.key[len(form) :]
    if behind:
        return not behind.startswith(("-il", "-elle", "-on", "-je", "-t-")) and not place.around(index, 1).asks
    if _person_before(place, index) is not None:
        return False
    around = place.around(index, 1)
    first = next((word for word in previous_words(place, index, 2) if word.key not in ("ne", "n'")), None)
    return around.starts_sentence or first is None or first.key in ("et", "ou", "puis") or around.follows_comma


def _person_before(place: Place, index: int) -> str | None:
    """Return the person of the pronoun that is the subject of the verb, behind other pronouns."""
    for word in previous_words(place, index, 5):
        if word.key in _SUBJECTS:
            return _SUBJECTS[word.key]
        if word.key in _PLURAL_SUBJECTS and place.words[index].key.endswith(("ons", "ez", "mes", "tes")):
            return _PLURAL_SUBJECTS[word.key]
        if word.key not in _CLITICS:
            return None
    return None


def _person(place: Place, index: int, form: str) -> str:
    behind = place.words[index].key[len(form) :].rpartition("-")[2]
    return _SUBJECTS.get(behind) or _person_before(place, index) or "3s"


def _mood(place: Place, index: int) -> str | None:
    """Return subjonctif or indicatif, or None when « que » leaves both open."""
    words = list(previous_words(place, index, _REACH))
    for at, word in enumerate(words):
        if word.key in _RELATIVES:
            return "indicatif"
        if word.key in (*_QUE, "lorsque", "lorsqu'", "puisque", "puisqu'", "quoique", "quoiqu'"):
            before = " ".join(w.key for w in reversed(words[at + 1 : at + 5])).replace("' ", "'")
            que = "que" if word.key in _QUE else word.key.replace("u'", "ue")
            phrase = f"{before} {que}".strip()
            found = [mood for end, mood in _moods().items() if phrase == end or phrase.endswith(f" {end}")]
            if found:
                return found[0]
            previous = words[at + 1] if at + 1 < len(words) else None
            if previous is None or previous.key == "ce":
                return None
            told = _mood_of_verb(previous.text.lower()) if not is_negated(words[at + 1 : at + 5]) else None
            if told:
                return told
            token = place.tokens.get(previous.start)
            return "indicatif" if token is not None and token.pos_ in ("NOUN", "PROPN", "PRON") else None
    return "indicatif"


def _mood_of_verb(form: str) -> str | None:
    """Return the mood that a verb asks for in the clause with « que » behind it: « savez que », « voulez que »."""
    table = {row[0]: row[2] for row in rows("verbes-puis-que")}
    return next((table[r.lemma] for r in readings(form) if r.pos == "VERB" and r.lemma in table), None)


@lru_cache(maxsize=1)
def _moods() -> dict[str, str]:
    return {row[0]: row[2] for row in rows("modes-apres-que")}


def auxiliary(place: Place, index: int) -> str | None:
    """Return avoir or être when one of them stands before the participle at `index`, « été » counting as être."""
    joined = False
    for word in previous_words(place, index, _AUXILIARY_REACH):
        stem = word.key.partition("-")[0]
        if stem in facts("formes-avoir"):
            return "avoir"
        if stem in facts("formes-etre"):
            return "être"
        if word.key in _JOINING:
            joined = True
        elif joined and any(reading.cell[0] == "K" for reading in readings(word.key) if reading.pos == "VERB"):
            joined = False
        elif joined or not (
            word.key in facts("adverbes-intercales") or word.key.endswith("ment") or word.key in _BETWEEN
        ):
            return None
    return None


_BETWEEN = frozenset(
    ("pas", "plus", "jamais", "rien", "bien", "tout", "toute", "tous", "toutes", "non", "également", "aussi")
)


def form_name(cell: str, place: Place, index: int, lemma: str) -> str:
    """Return the form of a verb under the name that guards use: inf, present, … compose, passif, epithete."""
    if cell[0] != "K":
        return _NAMES.get(cell[0], "")
    helper = auxiliary(place, index)
    if helper is None:
        return "epithete"
    return "compose" if helper == "avoir" or takes_etre(lemma) else "passif"


def takes_etre(lemma: str) -> bool:
    """Are the compound tenses of a verb made with être?"""
    return any(
        reading.lemma == lemma
        for participle in facts("participes-avec-etre")
        for reading in readings(participle)
        if reading.cell == "Kms"
    )


def is_negated(around_words: Sequence[Word]) -> bool:
    """Is a negation among some words?"""
    return any(word.key in facts("negations") or word.key in ("ne", "n'") for word in around_words)


def subject_cell(token: Token | None) -> str | None:
    """Return gender and number (« fs ») of the subject of a parsed verb, or None when they cannot be known."""
    verb = token
    for _ in range(4):  # « doit faire l'objet de »: the subject is that of « doit »
        if verb is None:
            return None
        subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubj:pass")]
        if len(subjects) > 1:  # « votre demande et votre recours »
            return None
        if subjects:
            subject = subjects[0]
            cell = _cell_of(verb.head if subject.lower_ == "qui" and verb.dep_ == "acl:relcl" else subject)
            numbers = _numbers(verb)
            return cell if cell and (not numbers or cell[1] in numbers) else None
        verb = (
            verb.head
            if verb.dep_ in ("xcomp", "aux", "aux:pass", "aux:tense", "cop", "conj") and verb.head is not verb
            else None
        )
    return None


def _numbers(verb: Token) -> set[str]:
    """Return the numbers, s or p, that the finite form of a verb or of its auxiliary has."""
    finite = (token for token in (verb, *verb.children) if token is verb or token.dep_.startswith(("aux", "cop")))
    return {r.cell[2] for token in finite for r in readings(token.lower_) if r.pos == "VERB" and r.person}


def _cell_of(subject: Token) -> str | None:
    pronouns = {"il": "ms", "elle": "fs", "ils": "mp", "elles": "fp", "cela": "ms", "ceci": "ms"}
    if subject.lower_ in pronouns:
        return pronouns[subject.lower_]
    if subject.pos_ != "NOUN" or any(child.dep_ == "conj" for child in subject.children):
        return None
    cells = {reading.cell for reading in readings(subject.lower_) if reading.pos == "NOUN"}
    if len(cells) > 1:  # « ce temps », « une aide »
        articles = {child.lower_ for child in subject.children if child.dep_ == "det"}
        cells = {
            cell
            for cell in cells
            if any(determiner(word, cell, after) == word for word in articles & _MARKED for after in "ab")
        } or cells
    return cells.pop() if len(cells) == 1 else None
