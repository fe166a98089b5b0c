"""Where the items of a list begin: behind commas and link words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.french.facts import facts
from falc.french.forms import is_adjectival, is_verb_only, readings

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["AND_SO_ON", "CONTRACTED", "Mark", "is_finite", "kind_of", "marks_in", "stretches"]

AND_SO_ON = "etc"
CONTRACTED = {"au": "à", "aux": "à", "du": "de+", "des": "de+", "d'": "de"}
_STRONG = frozenset(":;!?–—«»“”•")  # no list goes on behind these
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A comma or a link word (« et »), and the first word behind it, with its kind; or « etc. »."""

    place: int  # in the stretch
    start: int
    kind: str
    link: str


def stretches(sentence: Tokens) -> Iterator[list[Token]]:
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


def marks_in(stretch: Sequence[Token]) -> list[Mark]:
    """Return the marks of a stretch, in order."""
    marks = []
    position = 0
    while position < len(stretch):
        comma = stretch[position].text == ","
        start, end = _after_links(stretch, position + comma), _after(stretch, position + comma, "suites-de-liste")
        link = stretch[position + comma].lower_ if start > position + comma else ""
        if end > position + comma:
            marks.append(Mark(position, end - 1, AND_SO_ON, AND_SO_ON))
            start = end
        elif (comma or link) and start < len(stretch):
            marks.append(Mark(position, start, kind_of(stretch, start), link))
        position = max(start, position + 1)
    return marks


def _after_links(stretch: Sequence[Token], position: int) -> int:
    """Return the place behind link words and their adverbs: « et aussi », « ainsi que »."""
    end = _after(stretch, position, "fins-de-liste")
    while position < end < len(stretch) and stretch[end].pos_ == "ADV":
        end += 1
    return end


def _after(stretch: Sequence[Token], position: int, table: str) -> int:
    """Return the place behind the longest term of a table that stands at `position`, or `position`."""
    for words in _terms(table).get(stretch[position].lower_, ()) if position < len(stretch) else ():
        end = position + len(words)
        if tuple(token.lower_ for token in stretch[position:end]) == words:
            return end
    return position


@lru_cache(maxsize=4)
def _terms(table: str) -> Mapping[str, list[tuple[str, ...]]]:
    """Return the terms of a table, cut into words, by the first one, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted((tuple(term.split()) for term in facts(table)), key=len, reverse=True):
        found.setdefault(words[0], []).append(words)
    return found


def kind_of(stretch: Sequence[Token], position: int) -> str:
    """Tell how an item begins: a determiner, a noun, an adjective, an infinitive, a name, a preposition; or nothing."""
    token = stretch[position]
    if token.pos_ == "ADP" or CONTRACTED.get(token.lower_) == "de+":
        return CONTRACTED.get(token.lower_, token.lower_)
    if token.lower_ in facts("pronoms-demonstratifs"):
        return "DET"
    found = readings(token.lower_)
    opens = token.is_sent_start and found  # « Rouge, vert, bleu »: the capital is that of the sentence
    if token.text[0].isupper() and not opens and token.pos_ != "DET" and (token.pos_ in ("PROPN", "NOUN") or not found):
        own_name = (token.pos_ == "PROPN" or not found) and not (token.text.isupper() and len(token.text) > 1)
        return "PROPN" if own_name else "NOUN"
    if any(reading.verb_form == "Inf" for reading in found) and token.pos_ != "NOUN":
        return "INF"
    if token.pos_ in ("DET", "NUM"):
        return "DET" if _stands_before_noun(stretch, position) else "NUM"
    if token.pos_ not in ("NOUN", "ADJ", "VERB", "PROPN") or is_finite(token):
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
    if number or is_verb_only(following.lower_):  # « le conseille »: a pronoun
        return following.pos_ in ("NOUN", "ADJ") and (number or is_adjectival(following.lower_))
    if not following.text[0].isdigit():
        return True
    return following.i + 1 < len(following.doc) and following.nbor(1).pos_ == "NOUN"


def is_finite(token: Token) -> bool:
    """Is it a verb with a person, for the model and the table?"""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    found = [reading for reading in readings(token.lower_) if reading.pos == "VERB"]
    if found and all(reading.verb_form != "Fin" for reading in found):
        return False
    return "Fin" in token.morph.get("VerbForm", []) or all(reading.verb_form == "Fin" for reading in found)
