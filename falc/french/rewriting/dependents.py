"""The words that agree with a noun: what becomes of them when its gender changes.

Some words are claimed: those just behind the noun, its attribute, those the parse gives it.  They agree with the new
noun.  Then every other word of the sentence that has the old gender must belong to another noun, or nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from falc.french.agreement import pronouns_of, reading_cells, with_cell
from falc.french.around import Place
from falc.french.elision import determiner, has_own_article
from falc.french.facts import facts
from falc.french.forms import readings
from falc.french.words import cased
from falc.model import Edit, Span

if TYPE_CHECKING:
    from falc.french.tokens import Token

__all__ = ["agreed_dependents"]

_MODIFIERS = ("amod", "acl")
_RELATIVE = "acl:relcl"
_SUBJECT = ("nsubj", "nsubj:pass")
_ANY_GENDER = frozenset(("je", "j'", "tu", "nous", "vous", "on", "-je", "-tu", "-nous", "-vous", "-on"))
_NO_GENDER = frozenset(("c'", "ce", "cela", "ça", "ceci"))
_OBJECTS = frozenset(("l'", "le", "la", "les"))
_THAT = ("que", "qu'")
_AND = ("et", "ou", ",")
_SMALL = ("ADP", "CCONJ", "SCONJ", "NUM", "PUNCT")
_JOINING = ("et", "ou", "ni")
_REACH = 3  # words between a determiner and its noun
_OPPOSITE = {"m": "f", "f": "m"}


def agreed_dependents(place: Place, start: int, left: int, term: Span, source: str, target: str) -> list[Edit] | None:
    """Make what agrees with the noun at `start` agree with `target` (« ms ») in place of `source` (« fs »).

    The words from `left` to the end of the term are the caller's.  Returns None without a parse, or when a word may
    agree with the noun in a way that is not known.
    """
    head = place.tokens.get(start)
    if head is None or _is_coordinated(head):
        return None
    noun = _Noun(head, left - start + head.idx, term.end - start + head.idx, source)
    edits, claimed = [], set()
    for token in noun.claimed():
        form = with_cell(token.text, target) if source in reading_cells(token.lower_) else None
        question = determiner("quel", target, "") if token.lower_ == determiner("quel", source, "") else None
        new = cased(question, token.text) if question else form
        if new is None or token.pos_ == "ADV":
            return None
        claimed.add(token.i)
        if new != token.text:
            at = start + token.idx - head.idx
            edits.append(Edit(Span(at, at + len(token.text)), new))
    if not all(token.i in claimed or noun.leaves_alone(token) for token in noun.others()):
        return None
    return sorted(set(edits), key=lambda edit: edit.span)


def _is_coordinated(head: Token) -> bool:
    """Is it « une attestation ou une pièce », whose attribute agrees with both?"""
    if head.dep_ == "conj" or any(child.dep_ == "conj" for child in head.children):
        return True
    behind = head.doc[head.i + 1 : min(head.i + 8, head.sent.end)]
    return any(
        word.lower_ in ("et", "ou", "ni") and word.nbor(1).pos_ == "DET"
        for word in behind
        if word.i + 1 < len(head.doc)
    )


class _Noun:
    """A noun of a parsed sentence that takes another gender; the caller changes what stands from `left` to `right`."""

    def __init__(self, head: Token, left: int, right: int, cell: str) -> None:
        self._head, self._left, self._right, self._cell = head, left, right, cell
        self._opposite = _OPPOSITE[cell[0]] + cell[1]

    def others(self) -> Iterator[Token]:
        """Yield the words of the sentence, and of the next one, that the caller does not change."""
        sentence = self._head.sent
        following = self._head.doc[sentence.end].sent.end if sentence.end < len(self._head.doc) else sentence.end
        for token in self._head.doc[sentence.start : following]:
            if not self._left <= token.idx < self._right and (token.i < sentence.end or self._is_pronoun(token)):
                yield token

    def claimed(self) -> Iterator[Token]:
        """Yield the words that agree with the noun for sure, if they agree with anything."""
        found: dict[int, Token] = {}
        for token in (*self._adjacent(), *self._attribute(), *self._parsed(), *self._question()):
            cells = reading_cells(token.lower_)
            if (token.idx >= self._right and cells and not _is_noun_only(token)) or token.idx < self._left:
                found.setdefault(token.i, token)
        yield from found.values()

    def _adjacent(self) -> Iterator[Token]:
        """Yield the adjectives just behind the term, joined by « et » or a comma."""
        behind = [token for token in self._head.doc[self._head.i + 1 : self._head.sent.end] if token.idx >= self._right]
        for token in takewhile(lambda token: self._fits(token) or token.lower_ in _AND, behind):
            if self._fits(token):
                yield token

    def _fits(self, token: Token) -> bool:
        return self._cell in reading_cells(token.lower_) and token.pos_ not in ("AUX", "PRON") and _is_bare(token)

    def _attribute(self) -> Iterator[Token]:
        """Yield the attribute of a noun that the parse takes for its subject: « est arrivée et complète »."""
        if self._head.dep_ not in _SUBJECT or self._head.head.i < self._head.i:
            return
        governor = self._head.head
        if _is_bare(governor) and not _is_active(governor):
            yield governor
        for child in governor.children:
            own = any(other.dep_ in _SUBJECT for other in child.children)
            if child.dep_ not in ("conj", "xcomp", "advcl", "obj") or own or _is_active(child) or not self._fits(child):
                continue
            if child.dep_ != "conj" or not self._rival(governor, child):
                yield child

    def _parsed(self) -> Iterator[Token]:
        """Yield the adjectives and participles that the parse gives the noun, when no other noun can have them."""
        for child in self._head.children:
            modifier = child.dep_ in _MODIFIERS and not self._rival(self._head, child)
            if modifier or (child.dep_ == _RELATIVE and not _is_active(child) and self._fits(child)):
                yield child

    def _question(self) -> Iterator[Token]:
        """Yield « Quelle » of « Quelle est votre place ? », and « choisie » of « Quelle place avez-vous choisie ? »"""
        form = determiner("quel", self._cell, "")
        for token in self._head.sent:
            following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
            if (
                token.idx < self._left
                and token.lower_ == form
                and (following in facts("formes-etre") or following == "que")
            ):
                yield token
        if any(child.lower_.startswith("quel") for child in self._head.children if child.dep_ == "det"):
            for token in self._head.doc[self._head.i + 1 : self._head.sent.end]:
                if reading_cells(token.lower_) == {self._cell} and _is_active(token):
                    yield token

    def _rival(self, first: Token, last: Token) -> bool:
        """Does another noun of the same gender and number stand between two words?"""
        between = self._head.doc[min(first.i, last.i) + 1 : max(first.i, last.i)]
        return any(token.idx >= self._right and self._is_like(token) for token in between)

    def _is_like(self, token: Token) -> bool:
        """Is a word another noun with the gender and number of this one?"""
        cells = {reading.cell for reading in readings(token.lower_) if reading.pos == "NOUN"}
        own = self._left <= token.idx < self._right
        if token.lower_ == "fois":  # « une fois vendue »
            return False
        return not own and token.pos_ in ("NOUN", "PROPN") and (self._cell in cells or token.pos_ == "PROPN")

    def _is_pronoun(self, token: Token) -> bool:
        _, hyphen, word = token.lower_.rpartition("-")
        if token.pos_ == "PRON" and word == "l'":
            return True
        return (token.pos_ in ("PRON", "DET") or bool(hyphen)) and word in pronouns_of(self._cell)

    def leaves_alone(self, token: Token) -> bool:
        """Has a word nothing to do with the noun: no mark of its gender, or a mark that another word explains?"""
        word = token.lower_
        if has_own_article(word) and token.pos_ != "PRON":
            return self._has_other_noun(token)
        if self._is_pronoun(token):
            return self._is_impersonal(token)
        cells = reading_cells(word)
        if self._cell not in cells or self._opposite in cells or token.pos_ in _SMALL or not _is_bare(token):
            return True
        return self._agrees_elsewhere(token)

    def _has_other_noun(self, token: Token) -> bool:
        """Does a determiner not show this gender, or stand before another noun?  « est le premier » does not."""
        here, other = (determiner(token.lower_, cell, "b") for cell in (self._cell, self._opposite))
        if here != token.lower_ or here == other:
            return True
        before = (word for word in reversed(token.doc[token.sent.start : token.i]) if word.pos_ != "ADV")
        previous = next(before, None)
        if previous is not None and previous.lower_ in facts("formes-etre"):
            return False
        behind = token.doc[token.i + 1 : min(token.i + 1 + _REACH, token.sent.end)]
        noun = next((word for word in behind if word.pos_ in ("NOUN", "PROPN", "NUM")), None)
        return noun is not None and noun.i != self._head.i

    def _is_impersonal(self, token: Token) -> bool:
        """Is it « il » of « il faut », « il y a »?"""
        following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
        return token.lower_ == "il" and (following in ("y", "convient") or following.startswith(("fau", "s'agi")))

    def _agrees_elsewhere(self, token: Token) -> bool:
        """Does another word explain the gender of an adjective or a participle?"""
        if _has_avoir(token):  # it agrees with an object before it
            if _is_active(token) and self._cell == "ms":
                before = token.doc[max(token.sent.start, token.i - 4) : token.i]
                return not any(other.lower_ in _OBJECTS and other.pos_ == "PRON" for other in before)
            return token.dep_ == _RELATIVE and self._is_like(token.head)
        subject = next((child for child in token.children if child.dep_.startswith(("nsubj", "expl"))), None)
        if subject is not None:
            return subject.i != self._head.i and (
                subject.lower_ in _ANY_GENDER | _NO_GENDER or self._is_like(subject) or self._is_impersonal(subject)
            )
        attribute = any(child.dep_ == "cop" for child in token.children) or token.head.lower_ in facts("formes-etre")
        inverted = attribute and any(child.lower_ in _ANY_GENDER for child in (*token.children, *token.head.children))
        noun = token.head
        return inverted or (noun.i != self._head.i and self._is_like(noun) and token.dep_ in _MODIFIERS)


def _is_bare(token: Token) -> bool:
    """May a word be an adjective or a participle, whatever its tag: no noun with its determiner or preposition?"""
    if token.pos_ in ("ADJ", "VERB", "AUX") or not any(reading.pos == "NOUN" for reading in readings(token.lower_)):
        return True
    return token.i == token.sent.start or token.nbor(-1).pos_ not in ("DET", "ADP", "ADJ", "NUM")


def _is_noun_only(token: Token) -> bool:
    """Is a word a noun for the parse, and a possible one for the table: « infirmière » behind « est »?"""
    return token.pos_ == "NOUN" and any(reading.pos == "NOUN" for reading in readings(token.lower_))


def _has_avoir(verb: Token) -> bool:
    """Is it a participle with « avoir »: « a vendu », « avez-vous perdues », not « a été vendu »?"""
    if any(child.lower_ in ("été", "être") for child in verb.children):
        return False
    helpers = [child for child in verb.children if child.dep_.startswith("aux")]
    helpers += [verb.head] if verb.head.i < verb.i else []
    return any(helper.lower_.partition("-")[0] in facts("formes-avoir") for helper in helpers)


def _is_active(verb: Token) -> bool:
    """Is it a participle with « avoir » that agrees neither with its subject nor with an object behind it?"""
    return _has_avoir(verb) and not any(child.lower_ in _THAT for child in verb.children)
