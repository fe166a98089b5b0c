"""Put words in place of a term: preposition behind, elision before, capital letter."""

from __future__ import annotations

from falc.french.around import Around
from falc.french.elision import contracted, elided, full, starts_with_vowel
from falc.french.entries import Entry
from falc.french.rewriting.complements import tail
from falc.french.terms import Term
from falc.french.words import Word, cased, key_of, words_of_term
from falc.model import Edit, Span

__all__ = ["Made", "joined_before", "literal", "own_head", "put_in", "shown_in"]

# What a term becomes, as people read it, and the edits that make it so.
Made = tuple[str, list[Edit]]


def literal(term: Term, replacement: str) -> Made | None:
    """Return a replacement that does not inflect."""
    if term.entry.pos == "DET":
        after = term.around.after
        replacement = "cet" if replacement == "ce" and after and starts_with_vowel(after.text) else replacement
    return put_in(term, term.span.start, replacement)


def own_head(entry: Entry, replacement: str) -> str | None:
    """Return the head named by a guard if this replacement holds it."""
    head = next(iter(entry.values("head")), None)
    return head if head and any(key_of(word.text) == key_of(head) for word in words_of_term(replacement)) else None


def put_in(term: Term, start: int, made: str, *, before: bool = True, capital: bool | None = None) -> Made | None:
    """Return the edits that put `made` at `start` in place of the rest of the term."""
    around, entry = term.around, term.entry
    text = around.place.text
    end = term.span.end
    joined = tail(entry, around, made)
    if joined is None:
        return None
    whole = around.place.words[around.last - 1].end == end
    new, end = (joined.text, joined.end) if whole else (made, end)
    if "virgule" in entry.guards and text[end : end + 1] == ",":
        end += 1
    shown = new.strip()
    upper = text[term.span.start].isupper() if capital is None else capital
    upper = upper and (entry.term[0].islower() or around.starts_sentence)
    if upper:
        new = new[0].upper() + new[1:]
    edits = [Edit(Span(start, end), new)]
    previous = _previous(around, start) if before else None
    if previous is None:
        return shown, edits
    first, _, rest = new.partition(" ")
    short = contracted(full(previous.key) or previous.key, first)
    if short is not None:  # « à autrui » → « aux autres »
        return shown, [Edit(Span(previous.start, end), f"{cased(short, previous.text)} {rest}")]
    changed = joined_before(previous, new, start)
    return None if changed is None else (shown, [*changed, *edits])


def _previous(around: Around, start: int) -> Word | None:
    """Return the word just before a place in the term, in the same sentence."""
    words = around.place.words
    index = next(i for i in range(around.first, around.last) if words[i].start >= start)
    joins = words[index].joins and not (index == around.first and around.starts_sentence)
    return words[index - 1] if index and joins else None


def joined_before(previous: Word, made: str, start: int) -> list[Edit] | None:
    """Elide the word before, or write it in full again; None when its full form cannot be known."""
    key = previous.text.lower().replace("’", "'")
    if key.endswith("'"):
        if starts_with_vowel(made):
            return []
        whole = full(key)
        return [Edit(Span(previous.start, start), cased(whole, previous.text) + " ")] if whole else None
    short = elided(key, made)
    if short == key:
        return []
    if key == "ce":  # « ce » before a noun is « cet », before a verb « c' »: not told here
        return None
    return [Edit(Span(previous.start, start), cased(short, previous.text))]


def shown_in(text: str, edits: list[Edit]) -> str:
    """Return the part of a text that edits touch, as it is after them, in small letters at the start."""
    parts, last = [], min(edit.span.start for edit in edits)
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += [text[last : edit.span.start], edit.text]
        last = edit.span.end
    made = "".join(parts).strip()
    return made[:1].lower() + made[1:]
