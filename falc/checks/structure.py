"""Structure: paragraphs and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from falc.checks import Hit, check
from falc.document import BlockKind, Document
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.model import Span

# « dossier¹ », but not « m² » or « km² »: units have at most two letters.
_SUPERSCRIPT = r"(?<=[^\W\d_]{3})[¹²³⁴⁵⁶⁷⁸⁹⁰]+"
_BRACKETED = r"(?<=[^\W_]|[ .,»])\[\d{1,2}\](?![\w(\[])"
_MARK = re.compile(f"{_SUPERSCRIPT}|{_BRACKETED}")
_MARK_OR_STAR = re.compile(rf"{_SUPERSCRIPT}|{_BRACKETED}|(?<=[^\W\d_]) ?\*(?!\w)")
_STARRED = re.compile(r"\s*\* ?(?=[^\W_])")
_CALL = re.compile(r"\s*[\[(]?(?:\d{1,2}|\*{1,3})[\])]?\s*")
_NOTES = (BlockKind.FOOTNOTE, BlockKind.ENDNOTE)


@check("paragraph_length", provides=("words", "sentences"))
def paragraph_length(block: AnalysedBlock, *, max_sentences: int, max_words: int) -> Iterator[Hit]:
    """Yield the block when it has too many sentences or words."""
    sentences = [sentence for sentence in block.sentences if sentence.words]
    words = sum(sentence.words for sentence in sentences)
    if len(sentences) > max_sentences or (words > max_words and len(sentences) > 1):
        whole = Span(sentences[0].span.start, sentences[-1].span.end)
        yield Hit(whole, {"words": words, "sentences": len(sentences)})


@check("note", scope="document")
def note(analysed: AnalysedDocument) -> Iterator[Hit]:
    """Yield the text of every footnote and endnote, note marks typed by hand, and links to notes."""
    notes = [block for block in analysed.blocks if block.block.kind in _NOTES and block.sentences]
    for block in notes:
        yield Hit(block.said, block=block)
    # An asterisk calls a note only if one begins with it; else it marks a compulsory field.
    starred = any(_STARRED.match(block.text) for block in analysed.blocks)
    for block in analysed.blocks:
        if block.block.kind not in _NOTES:
            for match in (_MARK_OR_STAR if starred else _MARK).finditer(block.text):
                yield Hit(Span(*match.span()), block=block)
    if not notes:
        yield from _links_to_notes(analysed.document)


def _links_to_notes(document: Document) -> Iterator[Hit]:
    for link in document.objects.links:
        called = link.target.startswith("#") and _CALL.fullmatch(document.slice(link.span))
        if link.kind == "note" or called:
            near = document.block_near(link.span.start)
            yield Hit(link.span, place=near.path if near else None)
