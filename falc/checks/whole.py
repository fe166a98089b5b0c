"""The document as a whole: its length, its start, its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil

from falc.checks import Hit, check
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.letters import body, is_letter, is_subject, paragraph_words, pattern_of, words_of

_SENTENCE_END = re.compile(r"[.!?…;,:][\s»\"]*\Z")
_TITLE_PLACES = 5  # blocks at the start among which a title stands


def _pages(analysed: AnalysedDocument, blocks: Sequence[AnalysedBlock], page_words: int) -> int:
    """Return the number of pages as the file tells it, or as the words let think."""
    return analysed.document.objects.properties.page_count or ceil(words_of(blocks) / page_words)


@check("long_document", scope="document", provides=("advice",))
def long_document(
    analysed: AnalysedDocument, *, max_words: int, max_characters: int, page_words: int, words: str, characters: str
) -> Iterator[Hit]:
    """Yield the document when it is long; without `max_characters`, only words count."""
    blocks = body(analysed)
    count = words_of(blocks)
    length = sum(len(block.text) for block in blocks)
    if max_characters and length > max_characters:
        yield Hit(fields={"advice": characters.format(count=length, max=max_characters)})
    elif count > max_words:
        pages = _pages(analysed, blocks, page_words)
        yield Hit(fields={"advice": words.format(count=count, pages=pages)})


@check("no_contents", scope="document", provides=("pages",))
def no_contents(analysed: AnalysedDocument, *, min_pages: int, page_words: int) -> Iterator[Hit]:
    """Yield a document of several pages that has no table of contents."""
    blocks = body(analysed)
    pages = _pages(analysed, blocks, page_words)
    if pages < min_pages or analysed.document.objects.properties.contents:
        return
    if not any(_is_titled(block, "mots-de-sommaire") for block in blocks):
        yield Hit(fields={"pages": pages})


def _is_titled(block: AnalysedBlock, table: str) -> bool:
    """Does a block begin with a term of the table?"""
    return pattern_of(table).match(block.text.strip()[:60]) is not None


@check("no_summary", scope="document")
def no_summary(analysed: AnalysedDocument, *, min_words: int, top_share: float) -> Iterator[Hit]:
    """Yield a long document whose top holds no summary and no box."""
    blocks = body(analysed)
    words = words_of(blocks)
    if words <= min_words:
        return
    read = 0
    for block in blocks:
        if block.block.format.boxed or _is_titled(block, "mots-de-resume"):
            return
        read += words_of([block])
        if read > top_share * words:
            yield Hit()
            return


@check("no_introduction", scope="document")
def no_introduction(
    analysed: AnalysedDocument, *, min_words: int, min_paragraphs: int, first_words: int
) -> Iterator[Hit]:
    """Yield the start of a long text, no letter, that tells neither its readers nor its subject."""
    blocks = body(analysed)
    prose = [block for block in blocks if block.block.kind is not BlockKind.HEADING and block.sentences[0].is_whole]
    if is_letter(blocks) or len(prose) < min_paragraphs or paragraph_words(blocks) < min_words:
        return
    read = 0
    for block in prose:
        if pattern_of("reperes-d-introduction").search(block.text):
            return
        read += words_of([block])
        if read > first_words:
            yield Hit(prose[0].sentences[0].span, block=prose[0])
            return


@check("no_title", scope="document", provides=("advice",))
def no_title(
    analysed: AnalysedDocument, *, min_words: int, max_words: int, missing: str, no_subject: str, long: str
) -> Iterator[Hit]:
    """Yield a document whose first lines have no title or subject line, and a subject line that is too long."""
    blocks = body(analysed)
    subject = next((block for block in blocks if is_subject(block.text)), None)
    if subject:
        words = words_of([subject]) - 1
        if words > max_words:
            yield Hit(subject.said, {"advice": long.format(words=words)}, block=subject)
        return
    if paragraph_words(blocks) < min_words:
        return
    if is_letter(blocks):
        if not any(block.block.kind is BlockKind.HEADING for block in blocks):
            yield Hit(fields={"advice": no_subject})
    elif not analysed.document.objects.properties.title and not any(map(_looks_like_title, blocks[:_TITLE_PLACES])):
        yield Hit(fields={"advice": missing})


def _looks_like_title(block: AnalysedBlock) -> bool:
    if block.block.kind is BlockKind.HEADING or pattern_of("styles-de-titre").match(block.block.format.style or ""):
        return True
    text = block.text.strip()
    return len(block.sentences) == 1 and (text.endswith("?") or not _SENTENCE_END.search(text[-20:]))


@check("topic_inside_page", scope="document")
def topic_inside_page(analysed: AnalysedDocument, *, min_pages: int, min_topics: int, page_words: int) -> Iterator[Hit]:
    """Yield a long document most of whose main headings do not begin a page."""
    blocks = body(analysed)
    headings = [block for block in blocks if block.block.kind is BlockKind.HEADING]
    top = min((block.block.level for block in headings), default=0)
    main = [block for block in headings if block.block.level == top]
    if len(main) == 1:  # the title of the document
        main = [block for block in headings if block.block.level == top + 1]
    if len(main) < min_topics or _pages(analysed, blocks, page_words) < min_pages:
        return
    inside = [block for block in main[1:] if not block.block.format.page_break_before]
    if len(inside) * 2 > len(main):
        yield Hit(inside[0].said, block=inside[0])
