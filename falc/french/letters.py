"""What the blocks of a document make together: its body, its length, a letter or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import facts

__all__ = ["Section", "body", "is_letter", "is_subject", "paragraph_words", "pattern_of", "sections", "words_of"]

_BODY = frozenset(
    (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.CAPTION)
)
_PROSE = frozenset((BlockKind.PARAGRAPH, BlockKind.LIST_ITEM))
_LABEL = 40  # characters: « Objet : » starts its line
_FIRST_BLOCKS = 40  # the address, the subject and the greeting stand in them


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, or None before the first one, and the blocks under it."""

    heading: AnalysedBlock | None
    blocks: tuple[AnalysedBlock, ...]


@lru_cache(maxsize=64)
def pattern_of(name: str) -> re.Pattern[str]:
    """Return a pattern of the terms of a table, as whole words."""
    terms = sorted(map(re.escape, facts(name)), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(terms)})(?![\w-])", re.IGNORECASE)


def body(analysed: AnalysedDocument) -> list[AnalysedBlock]:
    """Return the blocks with words that are no header, footer or note."""
    return [block for block in analysed.blocks if block.block.kind in _BODY and block.sentences]


def words_of(blocks: Iterable[AnalysedBlock]) -> int:
    """Count the words of the blocks."""
    return sum(sentence.words for block in blocks for sentence in block.sentences)


def paragraph_words(blocks: Iterable[AnalysedBlock]) -> int:
    """Count the words of the sentences of paragraphs and list items: forms and tables have few."""
    return sum(
        sentence.words
        for block in blocks
        if block.block.kind in _PROSE
        for sentence in block.sentences
        if sentence.is_whole
    )


def is_letter(blocks: Sequence[AnalysedBlock]) -> bool:
    """Does a greeting or a subject line stand near the start?"""
    return any(is_subject(block.text) or _is_greeting(block) for block in blocks[:_FIRST_BLOCKS])


def is_subject(text: str) -> bool:
    """Is it « Objet : votre demande » ?"""
    label, colon, _ = text[:_LABEL].partition(":")
    return bool(colon) and label.strip().lower() in facts("mots-d-objet")


def _is_greeting(block: AnalysedBlock) -> bool:
    text = block.text.strip()
    return len(text) < 80 and text.endswith(",") and pattern_of("formules-d-appel").match(text) is not None


def sections(blocks: Iterable[AnalysedBlock]) -> Iterator[Section]:
    """Yield the parts of a document, one for each heading that some text follows."""
    heading: AnalysedBlock | None = None
    inside: list[AnalysedBlock] = []
    for block in blocks:
        if block.block.kind is BlockKind.HEADING:
            if inside:
                yield Section(heading, tuple(inside))
            heading, inside = block, []
        else:
            inside.append(block)
    if inside:
        yield Section(heading, tuple(inside))
