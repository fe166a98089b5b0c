"""References: to another place of the document, to a law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from falc.checks import Hit, check
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import facts
from falc.french.legal import citations
from falc.french.letters import body, pattern_of
from falc.french.protected import overlaps_any, protected_spans
from falc.model import Span

_SIGN = r"(?:n ?°|nº)"


@lru_cache(maxsize=1)
def _numbered() -> re.Pattern[str]:
    """Match « voir page 12 », « l'annexe 3 »."""
    words = "|".join(sorted(map(re.escape, facts("mots-de-renvoi")), key=len, reverse=True))
    return re.compile(rf"(?<=[\w,;:] |\w')(?:{words})s? (?:{_SIGN} ?)?\d{{1,3}}(?![\w%€°*]|[.,/-]\d)", re.IGNORECASE)


@check("cross_reference", scope="document")
def cross_reference(analysed: AnalysedDocument, *, told_elsewhere: tuple[str, ...]) -> Iterator[Hit]:
    """Yield the words that send the reader to another place, and the first link made by the program."""
    for block in body(analysed):
        kept = sorted([*protected_spans(block.text), *_told(block, told_elsewhere)])
        for span in sorted(_references(block)):
            if not overlaps_any(span, kept):
                yield Hit(span, block=block)
    for link in analysed.document.objects.links:
        near = analysed.document.block_near(link.span.start)
        if link.kind == "reference" and near and not pattern_of("styles-de-sommaire").match(near.format.style or ""):
            yield Hit(link.span, place=near.path)
            return


def _told(block: AnalysedBlock, categories: tuple[str, ...]) -> list[Span]:
    """Return the words that rules about words already speak of."""
    return [term.span for term in block.terms if term.entry.category in categories]


def _references(block: AnalysedBlock) -> Iterator[Span]:
    for match in pattern_of("renvois").finditer(block.text):
        yield Span(*match.span())
    if block.block.kind is not BlockKind.HEADING:
        for match in _numbered().finditer(block.text):
            yield Span(*match.span())


@check("law_in_sentence", scope="document")
def law_in_sentence(analysed: AnalysedDocument, *, min_other_words: int) -> Iterator[Hit]:
    """Yield the first law that each sentence names, but where the document lists its laws."""
    apart = False
    for block in body(analysed):
        if block.block.kind is BlockKind.HEADING:
            apart = pattern_of("titres-de-references").search(block.text) is not None
            continue
        if apart:
            continue
        named: set[int] = set()
        for span in citations(block.text):
            sentence = block.sentence_at(span)
            if sentence is None or not sentence.is_whole or sentence.span.start in named:
                continue
            named.add(sentence.span.start)
            around = block.text[sentence.span.start : span.start] + block.text[span.end : sentence.span.end]
            if len(around.split()) >= min_other_words:
                yield Hit(span, block=block)
