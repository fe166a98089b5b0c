"""Put the replacement of a term into its sentence, with all that must agree; decline when anything is in doubt."""

from __future__ import annotations

from dataclasses import dataclass

from falc.french.guards import holds
from falc.french.rewriting.adjectives import with_adjective
from falc.french.rewriting.nominals import demonstrative
from falc.french.rewriting.nouns import with_noun
from falc.french.rewriting.placing import Made, literal, shown_in
from falc.french.rewriting.verbs import with_verb
from falc.french.terms import Term
from falc.french.words import Word
from falc.model import Edit, Safety, Span

__all__ = ["Rewriting", "proposals", "rewritten"]

_REPLACE = "remplacer"
_VARIABLE = frozenset("@#$%&|_{}[]<>\\=:")
_FIELD = 200  # characters between square brackets


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A replacement put in: `text` is what the term becomes, `edits` count in the text, `safety` is safe or unsafe."""

    text: str
    edits: tuple[Edit, ...]
    safety: Safety


def rewritten(term: Term, number: int = 0) -> Rewriting | None:
    """Return how the replacement `number` of a term is put in, or None when anything is in doubt.

    Every guard of the entry must hold.  Another replacement than the first is for a person to choose: unsafe.
    """
    if number >= len(term.entry.replacements) or not _is_allowed(term):
        return None
    return _rewriting(term, number, _made(term, number))


def proposals(term: Term) -> list[tuple[str, Rewriting | None]]:
    """Return each replacement of a term as people read it, inflected if it can be, with the way to put it in.

    Where some replacements can be inflected, those that cannot are left out.
    """
    is_capitals = term.around.place.text[term.span.start : term.span.end].isupper()
    numbers = range(len(term.entry.replacements))
    made = [None if is_capitals and term.entry.term.islower() else _made(term, number) for number in numbers]
    if not any(made):
        return [(text, None) for text in term.entry.replacements]
    allowed = _is_allowed(term)
    return [
        (found[0], _rewriting(term, number, found) if allowed else None)
        for number, found in enumerate(made)
        if found and found[0]
    ]


def _is_allowed(term: Term) -> bool:
    """May falc edit the text here at all?"""
    entry, around = term.entry, term.around
    if entry.kind != _REPLACE or entry.safety is Safety.DISPLAY:
        return False
    text = around.place.text
    found = text[term.span.start : term.span.end]
    if _is_field(text, term.span):
        return False
    if found.isupper() and len(found) > 1 and not entry.term.isupper():
        return False
    if found[0].isupper() and entry.term[0].islower() and not around.starts_sentence and entry.pos == "NOUN":
        return False  # a name: « le Restaurant scolaire Jean-Moulin »
    if entry.pos == "NOUN" and around.after is not None and _is_name(term, around.after):
        return False  # « le challenge Jean Moulin »
    return all(holds(guard, around) for guard in entry.guards)


def _rewriting(term: Term, number: int, made: Made | None) -> Rewriting | None:
    if made is None:
        return None
    text, edits = made
    merged = tuple(sorted(edits, key=lambda edit: edit.span))
    return Rewriting(text, merged, term.entry.safety if number == 0 else Safety.UNSAFE)


def _is_field(text: str, span: Span) -> bool:
    """Does a term stand in a field to fill in or a variable: « [montant à percevoir] », « @effectuer »?"""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    if before in _VARIABLE or after in _VARIABLE - {":"}:
        return True
    opened = text.rfind("[", max(0, span.start - _FIELD), span.start)
    return opened >= 0 and "]" not in text[opened : span.start] and "]" in text[span.end : span.end + _FIELD]


def _is_name(term: Term, word: Word) -> bool:
    token = term.around.place.tokens.get(word.start)
    return word.text[0].isupper() and token is not None and token.pos_ == "PROPN"


def _made(term: Term, number: int) -> Made | None:
    entry = term.entry
    nature = (entry.natures[number] if number < len(entry.natures) else "") or entry.pos
    if "inv" in entry.guards or entry.pos not in ("VERB", "NOUN", "ADJ"):
        return literal(term, entry.replacements[number])
    if "demonstratif" in entry.guards:
        edits = demonstrative(term.around)
        return (shown_in(term.around.place.text, edits), edits) if edits else None
    if entry.pos == "VERB":
        return with_verb(term, entry.replacements[number])
    if entry.pos == "NOUN":
        return with_noun(term, entry.replacements[number], nature) if nature.startswith("NOUN") else None
    if nature.startswith("ADJ"):
        return with_adjective(term, entry.replacements[number])
    return literal(term, entry.replacements[number])
