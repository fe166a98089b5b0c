"""The reading level of a text, for information."""

from __future__ import annotations

from collections.abc import Iterator

from falc.checks import Hit, check
from falc.french.analysis import AnalysedDocument
from falc.french.readability import flesch


@check("reading_level", scope="document", provides=("score",))
def reading_level(analysed: AnalysedDocument, *, min_words: int) -> Iterator[Hit]:
    """Yield the document with its French Flesch score: Kandel and Moles (1958), as textstat computes it."""
    sentences = [s for block in analysed.blocks for s in block.sentences if s.words and s.is_whole]
    if sum(sentence.words for sentence in sentences) < min_words:
        return
    yield Hit(fields={"score": round(flesch(" ".join(sentence.text for sentence in sentences)))})
