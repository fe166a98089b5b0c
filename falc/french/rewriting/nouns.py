"""Put another noun in place of a noun, with the words that agree with it."""

from __future__ import annotations

from falc.french.agreement import gender_of, may_precede, noun_in, noun_of
from falc.french.entries import Entry
from falc.french.rewriting.dependents import agreed_dependents
from falc.french.rewriting.nominals import noun_place
from falc.french.rewriting.placing import Made, joined_before, own_head, put_in, shown_in
from falc.french.terms import Term
from falc.french.words import words_of_term

__all__ = ["with_noun"]


def with_noun(term: Term, replacement: str, nature: str) -> Made | None:
    """Return a nominal replacement in the term's number, with what agrees with it, or None when that is in doubt.

    `nature` may tell its gender: « NOUN+f ».
    """
    entry, around = term.entry, term.around
    here = noun_place(around, noun_of(entry.term) or "", _offset(entry))
    head = own_head(entry, replacement)
    own, new = entry.gender or gender_of(entry.term, None, ""), gender_of(replacement, head, nature.partition("+")[2])
    if new is None and noun_of(replacement, head) == noun_of(entry.term):
        new = own
    made = noun_in(replacement, head, here.number) if here else None
    if here is None or made is None or not own or not new:
        return None
    if not here.agrees_with(f"{own}{here.number}"):
        return None  # « le deadline », of which the table says that it is feminine
    if here.adjectives and may_precede(replacement):
        return None  # « un grand coup de pouce »: « une grande petite aide »
    if own != new and here.is_one_of(f"{own}{here.number}"):
        return None
    placed = put_in(term, term.span.start, made, before=False)
    if placed is None:
        return None
    text, edits = placed
    left = here.edits(f"{new}{here.number}", made, changed=own != new)
    if left is None:
        return None
    if own != new:
        start = around.place.words[around.first + _offset(entry)].start
        cells = f"{own}{here.number}", f"{new}{here.number}"
        agreed = agreed_dependents(around.place, start, here.left, term.span, *cells)
        if agreed is None:
            return None
        edits += agreed
    if here.before is not None:
        changed = joined_before(here.before, made, term.span.start)
        if changed is None:
            return None
        edits += changed
    if left and not here.holds_preposition:  # « un papier d'identité », but « mort » for « du décès »
        text = shown_in(around.place.text, [*left, edits[0]])
    return text, [*left, *edits]


def _offset(entry: Entry) -> int:
    """Return how many words of a nominal term stand before its noun: 1 for « faux prétexte »."""
    noun = noun_of(entry.term)
    return next((i for i, word in enumerate(words_of_term(entry.term)) if word.text == noun), 0)
