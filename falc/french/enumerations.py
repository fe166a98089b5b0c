"""Items that one sentence puts side by side: « une photo, un bail et une lettre »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.french.facts import facts
from falc.french.forms import is_adjectival, readings

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

__all__ = ["enumerations"]

_ITEM = 16  # the most words of an item
_STRONG = frozenset(":;!?–—«»“”•")  # no list goes on behind these
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_CONTRACTED = {"au": "à", "aux": "à", "du": "de", "des": "de", "d'": "de"}
_NOUNS = frozenset({"NOUN", "BARE"})
_NEAR = 4  # « numéro de votre ancien téléphone »
_TIES = ("de", "d'", "à")  # what ties a noun to the one before
_BARE = frozenset({"ADJ", "BARE"})  # « malades »: an adjective or a noun


@dataclass(frozen=True, slots=True)
class _Mark:
    """A comma or a link word (« et »), and the first word behind it, with its kind."""

    place: int  # in the stretch
    start: int
    kind: str
    link: str


def enumerations(sentence: SpacySpan) -> Iterator[tuple[SpacySpan, int]]:
    """Yield the items in a row that begin alike, with their number, when there are at least 3."""
    for stretch in _stretches(sentence):
        marks = _marks(stretch)
        position = 0
        while position < len(marks):
            row = _row(stretch, marks, position)
            position += max(len(row), 1)
            first = _first(stretch, row) if row else None
            if row and first is None:  # « En ville, Lyon, Lille et Nantes »: the first item is behind the comma
                first, row = row[0].start, row[1:]
            if row and first is not None and _is_list(stretch, row, first):
                yield sentence.doc[stretch[first].i : _last(stretch, row[-1].start).i + 1], len(row) + 1


def _stretches(sentence: SpacySpan) -> Iterator[list[Token]]:
    """Yield the runs of words without a strong sign: what stands in brackets apart from what stands around."""
    open_ones: list[list[Token]] = [[]]
    for token in sentence:
        if token.text in _OPENING:
            open_ones.append([])
        elif token.text in _CLOSING:
            yield open_ones.pop()
            open_ones = open_ones or [[]]
        elif token.text in _STRONG:
            yield open_ones[-1]
            open_ones[-1] = []
        else:
            open_ones[-1].append(token)
    yield from open_ones


def _marks(stretch: Sequence[Token]) -> list[_Mark]:
    marks = []
    position = 0
    while position < len(stretch):
        comma = stretch[position].text == ","
        start = _after_links(stretch, position + comma)
        link = stretch[position + comma].lower_ if start > position + comma else ""
        if (comma or link) and start < len(stretch):
            marks.append(_Mark(position, start, _kind(stretch, start), link))
        position = max(start, position + 1)
    return marks


def _after_links(stretch: Sequence[Token], position: int) -> int:
    """Return the place behind link words and their adverbs: « et aussi », « ainsi que »."""
    for words in _links():
        end = position + len(words)
        if tuple(token.lower_ for token in stretch[position:end]) == words:
            while end < len(stretch) and stretch[end].pos_ == "ADV":
                end += 1
            return end
    return position


@lru_cache(maxsize=1)
def _links() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(term.split()) for term in facts("fins-de-liste"))


def _kind(stretch: Sequence[Token], position: int) -> str:
    """Tell how an item begins: a determiner, a noun, an adjective, an infinitive, a name, a preposition; or nothing."""
    token = stretch[position]
    if token.pos_ == "ADP":
        return _CONTRACTED.get(token.lower_, token.lower_)
    if token.lower_ in facts("pronoms-demonstratifs"):
        return "DET"
    found = readings(token.lower_)
    if token.text[0].isupper() and (token.pos_ in ("PROPN", "NOUN") or not found):
        own_name = (token.pos_ == "PROPN" or not found) and not (token.text.isupper() and len(token.text) > 1)
        return "PROPN" if own_name else "NOUN"
    if any(reading.verb_form == "Inf" for reading in found) and token.pos_ != "NOUN":
        return "INF"
    if token.pos_ in ("DET", "NUM"):
        return "DET" if _stands_before_noun(stretch, position) else "NUM"
    if token.pos_ not in ("NOUN", "ADJ", "VERB", "PROPN") or _is_finite(token):
        return ""
    noun = any(reading.pos == "NOUN" for reading in found)
    if is_adjectival(token.lower_):
        return "BARE" if noun else "ADJ"
    return "NOUN" if noun else token.pos_.replace("VERB", "")


def _stands_before_noun(stretch: Sequence[Token], position: int) -> bool:
    """Does a noun follow: « 2 photos », « le bail », not « le 3 », « 12 »?"""
    number = stretch[position].text[0].isdigit()
    following = stretch[position + 1] if position + 1 < len(stretch) else None
    if following is None:
        return False
    return (
        following.pos_ in ("NOUN", "ADJ")
        if number
        else not following.text[0].isdigit() or following.nbor(1).pos_ == "NOUN"
    )


def _row(stretch: Sequence[Token], marks: Sequence[_Mark], position: int) -> list[_Mark]:
    """Return the marks before items of one kind, from the comma at `position` on; a link word ends them."""
    row = [marks[position]]
    if stretch[row[0].place].text != "," or not row[0].kind:
        return []
    for index in range(position + 1, len(marks)):
        mark, last = marks[index], row[-1]
        again = bool(mark.link) and mark.link == last.link  # « ni eau, ni gaz, ni chauffage »
        if last.link and not again:
            break
        alike = _alike(row[0].kind, mark.kind) or (bool(mark.link) and _are_prepositions(row[0].kind, mark.kind))
        inside = mark.link and not again and (not alike or _goes_on(marks, index, row[0].kind))
        if inside and stretch[mark.place].text != ",":
            continue  # « le père et la mère »
        if not alike or mark.start - last.start > _ITEM or _says(stretch[last.start : mark.place]):
            break
        row.append(mark)
    return row


def _goes_on(marks: Sequence[_Mark], index: int, kind: str) -> bool:
    """Does a comma before another item follow the link: « le nom et le prénom, la date, le lieu »?"""
    return any(not mark.link and _alike(kind, mark.kind) for mark in marks[index + 1 : index + 2])


def _alike(first: str, second: str) -> bool:
    return first == second or {first, second} <= _NOUNS or {first, second} <= _BARE


def _are_prepositions(first: str, second: str) -> bool:
    return first.islower() and second.islower()


def _says(item: Sequence[Token]) -> bool:
    """Does an item hold a verb of its own, so that it is a clause (a relative clause is none)?"""
    for token in item:
        if token.lower_ in facts("subordonnants") or "Rel" in token.morph.get("PronType", []):
            return False
        if _is_finite(token):
            return True
    return False


def _is_finite(token: Token) -> bool:
    if token.pos_ not in ("VERB", "AUX"):
        return False
    found = [reading for reading in readings(token.lower_) if reading.pos == "VERB"]
    if found and all(reading.verb_form != "Fin" for reading in found):
        return False
    return "Fin" in token.morph.get("VerbForm", []) or all(reading.verb_form == "Fin" for reading in found)


def _first(stretch: Sequence[Token], row: Sequence[_Mark]) -> int | None:
    """Return where the first item begins, before the first comma."""
    comma, kind = row[0].place, row[0].kind
    found = None
    for position in range(comma - 1, max(comma - _ITEM, 0) - 1, -1):
        token, before = stretch[position], stretch[position - 1] if position else None
        if token.text == "," or _is_finite(token):
            break
        own = _kind(stretch, position)
        if not _alike(kind, own) and not (kind in _NOUNS and own == "DET" and token.lower_.endswith("s")):
            continue  # « vos nom, prénom et adresse », not « le maire, président et conseiller »
        if before is not None and (
            before.pos_ in _before(token, kind) or own == _kind(stretch, position - 1) == "PROPN"
        ):
            continue  # « photo » of « une photo », « Durand » of « Paul Durand »
        tied = own in (*_NOUNS, "DET") and before is not None and _kind(stretch, position - 1) in _TIES
        # « d'un document d'information, d'un relevé »: the list begins with « d'un document ».
        inside = tied or (own.islower() and _with_article(stretch, position) != _with_article(stretch, row[0].start))
        if found is None or not inside:
            found = position
        if not inside:
            break
    return found


def _with_article(stretch: Sequence[Token], preposition: int) -> bool:
    """Does a determiner follow a preposition, or stand in it: « d'un », « du », not « de »?"""
    joined = stretch[preposition].lower_ in _CONTRACTED and stretch[preposition].lower_ != "d'"
    return joined or (preposition + 1 < len(stretch) and stretch[preposition + 1].pos_ == "DET")


def _before(token: Token, kind: str) -> tuple[str, ...]:
    """Return what belongs to the same item, before a word: not the noun before « complet, signé et daté »."""
    if token.pos_ == "DET":
        return ("DET",)
    return ("DET", "NUM", "ADJ", "NOUN") if kind == "NOUN" else ("DET", "NUM")


def _is_list(stretch: Sequence[Token], row: Sequence[_Mark], first: int) -> bool:
    """Are there 3 items or more, joined by a link word, or else so alike that nothing else is possible?"""
    kinds = {mark.kind for mark in row} | {_kind(stretch, first)}
    if len(row) < 2 or "NUM" in kinds:
        return False
    if row[-1].link:
        return True
    last = [token for token in stretch[row[-1].start :] if token.text != "."]
    return (len(kinds) == 1 or kinds <= _NOUNS) and len(row) > 2 and not _says(last) and len(last) <= _ITEM


def _last(stretch: Sequence[Token], start: int) -> Token:
    """Return the last word of the item that begins at `start`: its noun, with adjectives and what « de » ties to it."""
    item = stretch[start : start + _ITEM]
    end = _noun(item, 0)
    if end is None:
        return item[0]
    while end + 1 < len(item):
        following = item[end + 1]
        tied = _noun(item, end + 2) if following.lower_ in facts("prepositions-de") else None
        if tied is not None and tied - end <= _NEAR:
            end = tied
        elif following.pos_ in ("ADJ", "PROPN"):
            end += 1
        else:
            break
    return item[end]


def _noun(item: Sequence[Token], start: int) -> int | None:
    """Return where the first noun stands before any sign."""
    for position in range(start, len(item)):
        if item[position].is_punct or item[position].pos_ in ("NOUN", "PROPN"):
            return None if item[position].is_punct else position
    return None
