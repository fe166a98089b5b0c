"""Pronouns that leave the reader in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from falc.checks import Hit, check
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument, Sentence
from falc.french.pronouns import Pronoun, candidates, main_candidates, subject_pronouns
from falc.french.words import words_of
from falc.model import Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Token

_APART = frozenset((BlockKind.TABLE_CELL, BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE, BlockKind.ENDNOTE))
_NOUN_PARTS = frozenset(("NOUN", "ADJ", "NUM", "PROPN"))


@check("unclear_pronouns", needs="parser", scope="document", provides=("advice",))
def unclear_pronouns(
    document: AnalysedDocument,
    *,
    always: tuple[str, ...],
    always_advice: str,
    missing_advice: str,
    several_advice: str,
    or_word: str,
    max_candidates: int,
    sentences_back: int,
) -> Iterator[Hit]:
    """Yield the pronouns for which the text just before has no noun, or more than `max_candidates`."""
    before: list[Sequence[Token]] = []
    for block in document.blocks:
        for span in _backward(block, always):
            yield Hit(span, {"advice": always_advice}, block=block)
        if block.block.kind in _APART:
            continue
        for sentence in block.sentences:
            if sentence.tokens is None or not sentence.words:
                continue
            pronoun = next(subject_pronouns(sentence.tokens), None)
            if pronoun is not None:
                nouns = _choices(pronoun, sentence, before[-sentences_back:])
                if nouns is None:
                    yield Hit(block.at(pronoun.token), {"advice": missing_advice}, block=block)
                elif len(nouns) > max_candidates:
                    names = f" {or_word} ".join(f"« {noun.text} »" for noun in nouns)
                    yield Hit(block.at(pronoun.token), {"advice": several_advice.format(nouns=names)}, block=block)
            before.append(list(sentence.tokens))


def _backward(block: AnalysedBlock, always: Sequence[str]) -> Iterator[Span]:
    """Yield the words that always send the reader back: « celui-ci », « ce dernier »."""
    words = words_of(block.text)
    for word in words:
        if word.key in always:
            yield Span(word.start, word.end)
    for index, (first, second) in enumerate(pairwise(words)):
        if second.joins and f"{first.key} {second.key}" in always:
            after = words[index + 2] if index + 2 < len(words) and words[index + 2].joins else None
            token = next((t for t in block.tokens if block.at(t).start == after.start), None) if after else None
            if token is None or token.pos_ not in _NOUN_PARTS:  # « ce dernier mois »
                yield Span(first.start, second.end)


def _choices(pronoun: Pronoun, sentence: Sentence, before: Sequence[Sequence[Token]]) -> list[Token] | None:
    """Return the nouns that a reader may think of; None when there is not one, an empty list when all is clear."""
    own = [token for token in sentence.tokens or () if token.i < pronoun.token.i]
    if candidates(own, pronoun):
        return []
    # The closest sentence with a noun or the same pronoun tells.
    for tokens in reversed(before):
        if any(token.lower_ == pronoun.token.lower_ for token in tokens):
            return []
        if candidates(tokens, pronoun):
            return main_candidates(tokens, pronoun)
    return None
