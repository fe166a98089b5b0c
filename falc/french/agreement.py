"""Put a replacement into the gender, number, person and tense that its sentence needs."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from falc.french.elision import joined, spaced
from falc.french.facts import facts, rows
from falc.french.forms import agreed, genders, inflected, is_adjectival, readings
from falc.french.surfaces import noun_cells
from falc.french.words import cased, key_of, words_of_term

__all__ = [
    "Phrase",
    "adjective_in",
    "conjugated",
    "gender_of",
    "may_precede",
    "noun_in",
    "noun_of",
    "pronouns_of",
    "reading_cells",
    "split",
    "with_cell",
]

_REFLEXIVE = ("se", "s'")
_OWN_PRONOUN = {"1s": "me", "2s": "te", "3s": "se", "1p": "nous", "2p": "vous", "3p": "se"}
_NEGATED = ("pas", "plus", "jamais")
_NE = ("ne", "n'")
_CELLS = ("ms", "fs", "mp", "fp")  # the columns of the table of pronouns


class Phrase(NamedTuple):
    """The words of a replacement around the one that inflects."""

    before: str
    head: str
    after: str


def split(replacement: str, head: str | None) -> Phrase | None:
    """Split a replacement at its head, the first word if none is named; None when it does not hold the head."""
    words = words_of_term(replacement)
    found = next((word for word in words if head is None or key_of(word.text) == key_of(head)), None)
    if found is None:
        return None
    return Phrase(replacement[: found.start], found.text, replacement[found.end :])


def conjugated(replacement: str, head: str | None, cell: str, subject: str | None) -> Phrase | None:
    """Return a verbal replacement for a cell such as « F2p »; None when a form is not known.

    `subject` is the gender and number with which an attribute behind « être » agrees, if it is known.
    A reflexive pronoun agrees with the person; « ne plus avoir » becomes « n'avez plus ».
    """
    words = [word.text for word in words_of_term(replacement)]
    if head is None:
        head = next((word for word in words if word not in (*_REFLEXIVE, *_NE, *_NEGATED)), None)
    phrase = split(replacement, head)
    if phrase is None:
        return None
    verb = inflected(phrase.head, "VERB", cell)
    before, after = phrase.before.strip(), phrase.after
    if verb is None:
        return None
    if phrase.head == "être" and after.strip():
        attribute = _attribute(after, subject)
        if attribute is None:
            return None
        after = attribute
    if before in _REFLEXIVE:
        pronoun = _OWN_PRONOUN.get(cell[1:], "se") if cell[0] not in "WG" else "se"
        if cell[0] in "YK":
            return None
        verb, before = joined(pronoun, verb) + verb, ""
    elif before.startswith(_NE) and cell != "W":
        negation = before.split()[-1]
        verb, after, before = joined("ne", verb) + verb, f" {negation}{after}", ""
    elif before and cell != "W":
        return None
    return Phrase(spaced(before) if before else "", verb, after)


def _attribute(text: str, cell: str | None) -> str | None:
    words = words_of_term(text)
    if not words or not is_adjectival(words[0].text):  # « être à l'heure »
        return text
    if cell is None:
        return None
    form = agreed(words[0].text, cell)
    return None if form is None else text[: words[0].start] + form + text[words[0].end :]


def noun_of(text: str, head: str | None = None) -> str | None:
    """Return the noun of a nominal phrase: the word named, else the first that is no adjective before a noun."""
    early = facts("adjectifs-avant-nom")
    words = [word.text for word in words_of_term(text)]
    plain = (word for word in words if early.isdisjoint(r.lemma for r in readings(word.lower()) if r.pos == "ADJ"))
    return head or next(plain, None) or (words[0] if words else None)


def may_precede(text: str) -> bool:
    """Does a phrase start with an adjective that stands before its noun?"""
    first = next((word.text.lower() for word in words_of_term(text)), "")
    early = facts("adjectifs-avant-nom")
    return not early.isdisjoint(reading.lemma for reading in readings(first) if reading.pos == "ADJ")


def noun_in(replacement: str, head: str | None, number: str) -> str | None:
    """Return a nominal replacement in the singular (s) or plural (p), its adjectives too; None when it is not known."""
    phrase = split(replacement, noun_of(replacement, head))
    if phrase is None:
        return None
    if number == "s":  # « étapes » has no place where one noun stands
        numbers = {reading.cell[-1] for reading in readings(phrase.head) if reading.pos == "NOUN"}
        return replacement if not numbers or "s" in numbers or phrase.head[0].isupper() else None
    if not genders(phrase.head) or _joins_nouns(replacement):
        return None
    before = "".join(noun_cells(word.text, "p")[0] + " " for word in words_of_term(phrase.before))
    start = before + noun_cells(phrase.head, "p")[0]
    if phrase.after.startswith(" qui "):  # « personnes qui reçoivent »
        verb = words_of_term(phrase.after)[1]
        lemma = next((reading.lemma for reading in readings(verb.text) if reading.cell == "P3s"), "")
        form = inflected(lemma, "VERB", "P3p")
        return f"{start} qui {form}{phrase.after[verb.end :]}" if form else None
    small, out, last = facts("mots-outils"), phrase.after, 0
    text = ""
    for word in words_of_term(out):  # « aide financière » → « aides financières », but « avis de passage »
        other = any(reading.pos in ("ADP", "ADV") for reading in readings(word.text))
        if word.text.lower() in small or not is_adjectival(word.text) or other:
            break
        text += out[last : word.start] + noun_cells(word.text, "p")[0]
        last = word.end
    return start + text + out[last:]


def _joins_nouns(text: str) -> bool:
    """Does a phrase hold two nouns with « et » or « ou »: « mari ou femme », not « de 18 ans ou plus »?"""
    return any(
        word.key in ("et", "ou")
        and any(reading.pos == "NOUN" for reading in readings(after.text))
        and after.key != "plus"
        for word, after in pairwise(words_of_term(text))
    )


def gender_of(replacement: str, head: str | None, told: str) -> str | None:
    """Return m or f, the gender of a nominal replacement: the one the table tells, or that of the only reading."""
    if told in ("m", "f"):
        return told
    noun = noun_of(replacement, head)
    found = genders(noun) if noun else frozenset()
    return {"Masc": "m", "Fem": "f"}[next(iter(found))] if len(found) == 1 else None


def reading_cells(form: str, lemma: str | None = None) -> frozenset[str]:
    """Return the genders and numbers (« fs ») of a form as an adjective or a participle."""
    found = set()
    for reading in readings(form):
        if lemma is not None and reading.lemma != lemma and not _is_participle_of(lemma, reading.lemma):
            continue
        if reading.pos == "ADJ" and len(reading.cell) == 2:
            found.add(reading.cell)
        elif reading.pos == "VERB" and reading.cell[0] == "K":
            found.add(reading.cell[1:])
    return frozenset(found)


def _is_participle_of(adjective: str, verb: str) -> bool:
    return inflected(verb, "VERB", "Kms") == adjective


def pronouns_of(cell: str) -> frozenset[str]:
    """Return the pronouns that stand for a noun of a gender, in either number."""
    table = rows("pronoms-accordes")
    return frozenset(form for row in table for form, own in zip(row, _CELLS, strict=False) if own[0] == cell[0])


def adjective_in(replacement: str, head: str | None, cell: str) -> str | None:
    """Return an adjectival replacement for a gender and number (« fs »); None when a form is not known."""
    phrase = split(replacement, head)
    form = agreed(phrase.head, cell) if phrase else None
    return phrase.before + form + phrase.after if phrase and form else None


def with_cell(word: str, cell: str) -> str | None:
    """Return an adjective or a participle of a text in another gender and number; None when it is not known."""
    form = agreed(word.lower(), cell)
    return cased(form, word) if form else None
