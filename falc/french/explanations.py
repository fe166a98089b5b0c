"""Does a text explain a word?  Marks of explanation near the word, and definitions anywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.words import key_of
from falc.model import Span

__all__ = ["defined_words", "is_explained", "is_glossed", "is_introduced", "section_numbers"]

_REACH = 300  # characters after a word, in each sentence, in which its explanation is looked for
_BEFORE = 200
_LONGEST_TERM = 60  # characters before the colon of « Délai : le temps que vous avez »
_SHORTEST_GLOSS = 3  # words
_COLON = re.compile(r"\s*[:=]\s+(?=[^\W\d])")
_BRACKET = re.compile(r"\s*\(([^()]{1,200})\)")
_SAID_SO = ("dfn", "dt")
# « La CAF est la Caisse d'allocations familiales »: what follows is the name of the acronym.
_NAMES = re.compile(r"\b[A-Z][A-Z\d]+ (?:est|sont|c'est) (?:la |les? |l')\Z")
_DEFINES = r"\W*(?:l'|les? |la |une? |des |votre |vos )?{words}\s+(?:est|sont)\s+(?:une?|les?|la|des|l')\b"


def is_explained(
    blocks: Sequence[AnalysedBlock],
    number: int,
    span: Span,
    markers: Sequence[str],
    openings: Sequence[str],
    sentences: int = 1,
) -> bool:
    """Does the same sentence or one of the next `sentences` say what the words at `span` mean?

    `markers` may stand anywhere after the words, `openings` at the start of a following sentence.  A sentence that
    begins « L'APL est une aide… » defines them too.
    """
    block = blocks[number]
    index = bisect_right([sentence.start for sentence in block.sentence_spans], span.start) - 1
    end = block.sentence_spans[index].end if index >= 0 else len(block.text)
    start = block.sentence_spans[index].start if index >= 0 else 0
    rest = block.text[span.end : min(end, span.end + _REACH)].lower()
    following = list(islice(_sentences_from(blocks, number, index + 1), sentences))
    defines = re.compile(_DEFINES.format(words=re.escape(block.text[span.start : span.end].lower())))
    if any(defines.match(text) for text in (block.text[start : min(end, start + _REACH)].lower(), *following)):
        return True
    return any(mark in text for text in (rest, *following) for mark in markers) or any(
        text.startswith(tuple(openings)) for text in following
    )


def _sentences_from(blocks: Sequence[AnalysedBlock], number: int, index: int) -> Iterator[str]:
    """Yield the sentences from one on, those of the next blocks too."""
    for following in range(number, len(blocks)):
        block = blocks[following]
        spans = block.sentence_spans
        for at in range(index, len(spans)):  # a slice would copy the rest at each call
            span = spans[at]
            yield block.text[span.start : min(span.end, span.start + _REACH)].lower()
        index = 0


def is_introduced(blocks: Sequence[AnalysedBlock], number: int, span: Span, markers: Sequence[str]) -> bool:
    """Does what stands just before give the name after the thing: « Cela s'appelle un recours »?"""
    before = blocks[number].text[max(0, span.start - _BEFORE) : span.start]
    last = re.split(r"[.!?]\s", before.lower())[-1]
    return any(mark in last for mark in markers) or _NAMES.search(before) is not None


def is_glossed(block: AnalysedBlock, span: Span) -> bool:
    """Does a bracket of several words follow: « un recours (une lettre pour dire non) »?"""
    bracket = _BRACKET.match(block.text, span.end)
    return bracket is not None and len(bracket[1].split()) >= _SHORTEST_GLOSS


def defined_words(document: AnalysedDocument, glosses: Sequence[str]) -> frozenset[str]:
    """Return the keys of what the document defines: « Délai : le temps… », a term of a list of definitions.

    A gloss behind a colon starts with one of `glosses` (« le », « quand »…).
    """
    defined = set()
    for block in document.blocks:
        head = block.text[:_LONGEST_TERM]
        name, sign, _ = head.partition(":")
        colon = _COLON.match(block.text, len(name.rstrip())) if sign else None
        words = block.text[colon.end() : colon.end() + _REACH].lower().split() if colon else []
        if len(words) >= _SHORTEST_GLOSS and words[0].startswith(tuple(glosses)):
            defined.add(_bare(name))
    text = document.document.text
    for element in document.document.objects.elements:
        if element.name in _SAID_SO or (element.name == "abbr" and element.attributes.get("title")):
            defined.add(_bare(text[element.inner.start : element.inner.end]))
    return frozenset(defined)


def _bare(name: str) -> str:
    """Return a term without the article before it."""
    key = key_of(" ".join(name.split())).strip(' «»"*_-')
    return re.sub(r"\A(?:(?:une?|les?|la|des)\s+|l')", "", key)


def section_numbers(document: AnalysedDocument) -> Iterator[int]:
    """Yield, for each block, how many headings stand before it."""
    number = 0
    for block in document.blocks:
        number += block.block.kind is BlockKind.HEADING
        yield number
