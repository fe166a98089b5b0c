"""Structure: paragraphs and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from falc.checks import Hit, check
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock
from falc.model import Span

# « dossier¹ », but not « m² » or « km² »: units have at most two letters.
_SUPERSCRIPT = re.compile(r"(?<=[^\W\d_]{3})[¹²³⁴⁵⁶⁷⁸⁹⁰]+")


@check("paragraph_length", provides=("words", "sentences"))
def paragraph_length(block: AnalysedBlock, *, max_sentences: int, max_words: int) -> Iterator[Hit]:
    """Yield the block when it has too many sentences or words."""
    sentences = [sentence for sentence in block.sentences if sentence.words]
    words = sum(sentence.words for sentence in sentences)
    if len(sentences) > max_sentences or (words > max_words and len(sentences) > 1):
        whole = Span(sentences[0].span.start, sentences[-1].span.end)
        yield Hit(whole, {"words": words, "sentences": len(sentences)})


@check("note")
def note(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield the text of every footnote and endnote, and note marks typed by hand."""
    if block.block.kind in (BlockKind.FOOTNOTE, BlockKind.ENDNOTE) and block.sentences:
        yield Hit(Span(block.sentences[0].span.start, block.sentences[-1].span.end))
        return
    for match in _SUPERSCRIPT.finditer(block.text):
        yield Hit(Span(*match.span()))
