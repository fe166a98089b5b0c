"""Put another adjective in place of an adjective, in the gender and number of its noun."""

from __future__ import annotations

from falc.french.agreement import adjective_in, reading_cells, split
from falc.french.around import Around
from falc.french.entries import Entry
from falc.french.facts import facts
from falc.french.forms import inflected, is_adjectival, is_participle, readings
from falc.french.rewriting.placing import Made, own_head, put_in
from falc.french.terms import Term
from falc.french.verbs_in_context import auxiliary
from falc.french.words import words_of_term

__all__ = ["with_adjective"]

_REFLEXIVE = ("se", "s'")
_OBJECTS = ("vous", "nous", "me", "m'", "te", "t'", "les", "l'")
_CELLS = frozenset(("ms", "fs", "mp", "fp"))
_ARTICLES = {"ms": ("un", "le", "ce", "cet", "du", "au"), "fs": ("une", "la", "cette", "sa", "ma")}


def with_adjective(term: Term, replacement: str) -> Made | None:
    """Return an adjectival replacement that agrees like the term, or None when that cannot be known."""
    entry, around = term.entry, term.around
    word = around.place.words[around.first]
    shown = [w.text.lower() for w in around.place.words[around.first : around.last]]
    bases = [w.text.lower() for w in words_of_term(entry.term)]
    pairs = [(form, base) for form, base in zip(shown, bases, strict=False) if is_adjectival(form)]
    known_cells = [cells for form, base in pairs if (cells := reading_cells(form, base))]
    if len(known_cells) > 1 and not frozenset.intersection(*known_cells) and "et" not in shown:
        known_cells = known_cells[-1:]  # « tout à fait complète »
    cells = frozenset.intersection(*known_cells) if known_cells else _regular_cells(shown[0], entry) or _CELLS
    token = around.place.tokens.get(word.start)
    if not cells or around.before in _OBJECTS:
        return None  # « sûr et certaines pages », « cette règle vous astreint à »
    if token is not None and token.dep_ == "amod" and token.head.i > token.i and not _may_precede(replacement):
        return None
    helper = auxiliary(around.place, around.first) if is_participle(word.text.lower()) else None
    if helper == "avoir" or (helper and any(w.key in _REFLEXIVE for w in around.start_words)):
        return None  # « il a requis », « il s'est approprié »
    if token is not None and token.pos_ == "NOUN" and around.before in facts("determinants"):
        return None  # « un manuscrit »
    head = own_head(entry, replacement)
    if words_of_term(replacement)[0].text == "qui":  # « relatifs à » → « qui concernent »
        clause = _clause(replacement, head, cells)
        return put_in(term, term.span.start, clause) if clause else None
    known = _noun_cell(around, cells)
    if cells is _CELLS and known is None:
        return None  # « ad hoc », whose noun is not known
    found = {adjective_in(replacement, head, cell) for cell in ((known,) if known in cells else cells) if cell}
    made = found.pop() if len(found) == 1 else None
    return put_in(term, term.span.start, made) if made else None


def _clause(replacement: str, head: str | None, cells: frozenset[str]) -> str | None:
    """Return « qui concernent » for « relatifs à »; None when the number of the adjective is not known."""
    numbers = {cell[1] for cell in cells}
    phrase = split(replacement, head or words_of_term(replacement)[1].text) if len(numbers) == 1 else None
    if phrase is None:
        return None
    verb = next((reading.lemma for reading in readings(phrase.head) if reading.cell == "P3s"), "")
    form = inflected(verb, "VERB", f"P3{numbers.pop()}")
    return phrase.before + form + phrase.after if form else None


def _may_precede(replacement: str) -> bool:
    return replacement in facts("adjectifs-avant-nom")


def _regular_cells(form: str, entry: Entry) -> frozenset[str]:
    """Return the cell of an adjective that the table does not know, from its ending."""
    base = words_of_term(entry.term)[0].text
    if base.endswith("e") or readings(base):
        return frozenset()
    return frozenset({base: ("ms",), base + "s": ("mp",), base + "e": ("fs",), base + "es": ("fp",)}.get(form, ()))


def _noun_cell(around: Around, cells: frozenset[str]) -> str | None:
    """Return gender and number of the noun that an adjective belongs to, if they can be known."""
    token = around.place.tokens.get(around.place.words[around.first].start)
    if token is None or len(cells) < 2:
        return None
    noun = token.head if token.dep_ in ("amod", "acl") else None
    subject = next((child for child in token.children if child.dep_ in ("nsubj", "nsubj:pass")), None)
    noun = noun or subject
    if noun is None:
        return None
    known = {
        reading.cell for reading in readings(noun.lower_) if reading.pos in ("NOUN", "PRON") and len(reading.cell) == 2
    }
    articles = [child.lower_ for child in noun.children if child.dep_ == "det"]
    marked = {cell for cell in known for article in articles if article in _ARTICLES.get(cell, ())}
    known = marked or known
    return known.pop() if len(known) == 1 else None
