"""Words in a row: nouns tied by « de », items tied by commas."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from falc.french.facts import facts

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

__all__ = ["enumerations", "noun_chains"]

_SEPARATORS = (",", "et", "ou", "ni")
_ITEM = 7  # words of a short item
_ITEMS = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "VERB")


def noun_chains(sentence: SpacySpan) -> Iterator[tuple[SpacySpan, int]]:
    """Yield the nouns that « de » ties one behind the other, with the number of « de »."""
    position = sentence.start
    while position < sentence.end:
        token = sentence.doc[position]
        position += 1
        if token.pos_ != "NOUN" or _is_name(token, sentence):
            continue
        last, links = token, 0
        while (following := _next_noun(last, sentence)) is not None:
            last, links = following, links + 1
        if links:
            yield sentence.doc[token.i : last.i + 1], links
            position = last.i + 1


def _is_name(token: Token, sentence: SpacySpan) -> bool:
    """Is it « Service » of « Service central d'état civil », the name of an office?"""
    return token.text[0].isupper() and token.i > sentence.start


def _next_noun(noun: Token, sentence: SpacySpan) -> Token | None:
    """Return « demande » for « dépôt » in « dépôt de la demande »; adjectives may stand before « de »."""
    index = noun.i + 1
    while index < sentence.end and _qualifies(sentence.doc[index]):
        index += 1
    if index >= sentence.end or sentence.doc[index].lower_ not in facts("prepositions-de"):
        return None
    index += 1
    while index < sentence.end and sentence.doc[index].pos_ in ("DET", "ADJ"):
        index += 1
    if index >= sentence.end:
        return None
    token = sentence.doc[index]
    return token if token.pos_ == "NOUN" and not token.text[0].isupper() else None


def _qualifies(token: Token) -> bool:
    return token.pos_ == "ADJ" or (token.pos_ == "VERB" and "Part" in token.morph.get("VerbForm", []))


def enumerations(sentence: SpacySpan) -> Iterator[tuple[SpacySpan, int]]:
    """Yield the items that one sentence puts side by side, with their number: « une photo, un bail et une lettre ».

    Commas tell short items best; the model adds those that hold more words.
    """
    seen: set[int] = set()
    for found, items in [*_by_commas(sentence), *_by_links(sentence)]:
        if not seen.intersection(range(found.start, found.end)) and found.text.count("(") == found.text.count(")"):
            seen.update(range(found.start, found.end))
            yield found, items


def _by_commas(sentence: SpacySpan) -> Iterator[tuple[SpacySpan, int]]:
    """Yield the lists whose items begin alike, from each last « et » or « ou » back to the first item."""
    doc = sentence.doc
    for link in sentence:
        if link.lower_ not in facts("fins-de-liste") or link.i + 1 >= sentence.end:
            continue
        kind = _kind(link.nbor(1))
        if kind is None:
            continue
        items, right = 1, link.i
        while (comma := _comma_before(right, sentence)) is not None and _kind(doc[comma + 1]) == kind:
            items, right = items + 1, comma
        first = next(
            (i for i in range(right - 1, max(right - _ITEM, sentence.start) - 1, -1) if _kind(doc[i]) == kind), None
        )
        if items > 1 and first is not None:
            yield doc[first : _item_end(link.i + 1, sentence)], items + 1


def _kind(token: Token) -> str | None:
    """Tell how an item begins: with a determiner, with « de », with a noun."""
    if token.pos_ in ("DET", "NOUN"):
        return token.pos_
    return token.lower_ if token.pos_ == "ADP" else None


def _comma_before(right: int, sentence: SpacySpan) -> int | None:
    """Return the comma that opens the short item that ends before `right`."""
    for token in reversed(sentence.doc[max(right - _ITEM, sentence.start) : right]):
        if token.text == ",":
            return token.i
        if token.is_punct or "Fin" in token.morph.get("VerbForm", []):
            return None
    return None


def _item_end(start: int, sentence: SpacySpan) -> int:
    last = min(start + _ITEM, sentence.end)
    return next((i + 1 for i in range(start, last) if sentence.doc[i].pos_ in ("NOUN", "PROPN")), start + 1)


def _by_links(sentence: SpacySpan) -> Iterator[tuple[SpacySpan, int]]:
    """Yield the lists that the model sees."""
    below: dict[int, list[Token]] = {}
    for token in sentence:
        if token.dep_ == "conj" and token.head.i < token.i and token.pos_ in _ITEMS and token.head.pos_ in _ITEMS:
            below.setdefault(token.head.i, []).append(token)
    taken: set[int] = set()
    for first in sorted(below):
        if first in taken:
            continue
        items = sorted(_items(sentence.doc[first], below), key=lambda token: token.i)
        taken.update(token.i for token in items)
        if len(items) > 2 and _are_items(items, sentence):
            start = min([items[0].i, *(child.i for child in items[0].lefts if child.pos_ in ("DET", "NUM"))])
            yield sentence.doc[start : items[-1].i + 1], len(items)


def _items(first: Token, below: dict[int, list[Token]]) -> Iterator[Token]:
    """Yield an item and those that hang on it: the model hangs each on the first, or on the one before."""
    waiting = [first]
    while waiting:
        token = waiting.pop()
        yield token
        waiting += below.get(token.i, ())


def _are_items(items: list[Token], sentence: SpacySpan) -> bool:
    """Are they alike, with a sign or a link word before each?"""
    if any("Fin" in token.morph.get("VerbForm", []) for token in items) or all(token.pos_ == "NUM" for token in items):
        return False
    nouns = ("NOUN", "PROPN", "PRON", "NUM")
    kinds = {"NOUN" if token.pos_ in nouns else token.pos_ for token in items}
    return len(kinds) == 1 and all(
        any(word.lower_ in _SEPARATORS for word in sentence.doc[a.i + 1 : b.i]) for a, b in pairwise(items)
    )
