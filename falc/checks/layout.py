"""What the checks of the layout share: stretches of one look, places, numbers as people write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from falc.checks import Hit, other_places
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.look import TextFormat
from falc.model import Severity, Span

__all__ = [
    "BODY",
    "PAPER",
    "Place",
    "all_of",
    "body",
    "by_key",
    "centimetres",
    "first_of",
    "has_sentence",
    "is_long",
    "main_look",
    "names",
    "places_of",
    "stretches",
]

Place = tuple[AnalysedBlock, Span]
PAPER = ("docx", "odt")  # formats made of pages
BODY = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.HEADING, BlockKind.CAPTION)
_READ = re.compile(r"[^\W_]")
_POINTS_PER_CENTIMETRE = 72 / 2.54
_Value = TypeVar("_Value")


def stretches(block: AnalysedBlock, key: Callable[[TextFormat], _Value]) -> Iterator[tuple[_Value, Span]]:
    """Yield the maximal stretches of text where `key` keeps one value; blanks belong to both sides."""
    current: tuple[_Value, Span] | None = None
    for run in block.block.runs:
        text = block.text[run.span.start : run.span.end]
        if not text.strip():
            continue
        start = run.span.start + len(text) - len(text.lstrip())
        end = run.span.end - (len(text) - len(text.rstrip()))
        value = key(run.format)
        if current and current[0] == value and not block.text[current[1].end : start].strip():
            current = (value, Span(current[1].start, end))
        else:
            if current:
                yield current
            current = (value, Span(start, end))
    if current:
        yield current


def places_of(
    blocks: Iterable[AnalysedBlock], key: Callable[[TextFormat], _Value | None]
) -> Iterator[tuple[_Value, Place]]:
    """Yield the stretches that hold something to read and where `key` gives a value, neither false nor None."""
    for block in blocks:
        for value, span in stretches(block, key):
            if value and _READ.search(block.text, span.start, span.end) and not block.block.is_placeholder(span):
                yield value, (block, span)


def by_key(found: Iterable[tuple[_Value, Place]]) -> Mapping[_Value, list[Place]]:
    """Group places by their value, in the order of the text."""
    groups: dict[_Value, list[Place]] = {}
    for value, place in found:
        groups.setdefault(value, []).append(place)
    return groups


def first_of(where: list[Place], places: str, severity: Severity | None = None, **fields: object) -> Hit:
    """Return a hit at the first place; the field `places` tells how many others there are, when there are some."""
    block, span = where[0]
    return Hit(span, {**fields, "places": other_places(places, len(where) - 1)}, severity=severity, block=block)


def all_of(block: AnalysedBlock) -> Place:
    """Return the place of all the sentences of a block that has some."""
    return block, block.said


def has_sentence(block: AnalysedBlock, min_words: int) -> bool:
    """Does the block hold a whole sentence of so many words?  Names, dates, addresses, signatures do not."""
    return any(sentence.is_whole and sentence.words >= min_words for sentence in block.sentences)


def is_long(block: AnalysedBlock, min_letters: int) -> bool:
    """Does the text surely take several lines?"""
    return len(block.text.strip()) >= min_letters or "\n" in block.block.text.strip()


def main_look(block: AnalysedBlock) -> TextFormat | None:
    """Return the look of most of the characters of a block."""
    lengths: Counter[TextFormat] = Counter()
    for run in block.block.runs:
        lengths[run.format] += run.span.end - run.span.start
    return lengths.most_common(1)[0][0] if lengths else None


def body(analysed: AnalysedDocument) -> list[AnalysedBlock]:
    """Return the blocks between the header and the footer."""
    return [block for block in analysed.blocks if block.block.kind in BODY]


def centimetres(points: float) -> float:
    """Return a length in centimetres."""
    return points / _POINTS_PER_CENTIMETRE


def names(options: Iterable[str]) -> Mapping[str, str]:
    """Read options such as « serif=à empattements » as a mapping."""
    return {key: value for key, _, value in (option.partition("=") for option in options)}
