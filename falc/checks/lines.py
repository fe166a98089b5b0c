"""Lines: where sentences begin, break and end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from falc.checks import WHOLE, Hit, check, other_places
from falc.document import BlockKind, Document
from falc.formats.branches import may_have_branches
from falc.french.analysis import AnalysedBlock, AnalysedDocument, Sentence
from falc.french.facts import facts
from falc.french.templates import to_writer
from falc.model import Span
from falc.objects import Pages

# Kinds of blocks whose lines the writer chooses, and whose width is that of the page.
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_GLYPH = 0.5  # mean width of a letter, in times the type size: Arial, Verdana and Marianne have 0.48 to 0.55
_CUT_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,40}-(?=[ \t]{0,9}\n\s{0,9}[a-zà-ÿ])")
_SOFT_HYPHEN = re.compile("\u00ad|&shy;")
_LAST_WORD = re.compile(r"(?:^|[\s'])([^\W\d_]+'?)[ \t]*\Z")


@check("sentences_on_a_line", scope="document", provides=("places",))
def sentences_on_a_line(analysed: AnalysedDocument, *, places: str) -> Iterator[Hit]:
    """Yield the first sentence that begins behind another one on its line, with the number of such sentences."""
    found = [(block, span) for block in analysed.blocks for span in _behind_another(block)]
    if found:
        block, span = found[0]
        yield Hit(span, {"places": other_places(places, len(found) - 1)}, block=block)


def _behind_another(block: AnalysedBlock) -> Iterator[Span]:
    if block.block.kind is BlockKind.HEADING:
        return
    for between, sentence in followers(block.sentences):
        broken = "\n" in block.block.text[between.start : between.end]
        if broken or block.text[between.start : between.end].strip():
            continue
        before, after = Span(between.start - 1, between.start), Span(between.end, between.end + 1)
        source = block.source[block.block.source(before).end : block.block.source(after).start]
        if not may_have_branches(source):  # nobody reads both branches of a condition
            yield sentence.span


def followers(sentences: Iterable[Sentence]) -> Iterator[tuple[Span, Sentence]]:
    """Yield each sentence of a block that follows a whole one, with what stands between both.

    What « … » holds are the words of others: they stay as they are.
    """
    previous: Sentence | None = None
    quotes = 0
    for sentence in sentences:
        if previous is not None and sentence.words and previous.is_whole and previous.words and quotes <= 0:
            yield Span(previous.span.end, sentence.span.start), sentence
        quotes += sentence.text.count("«") - sentence.text.count("»")
        previous = sentence


@dataclass(frozen=True, slots=True)
class _Wide:
    block: AnalysedBlock
    span: Span
    characters: int
    limit: int


@check("line_length", scope="document", provides=("advice",))
def line_length(
    analysed: AnalysedDocument,
    *,
    max_characters: int,
    max_words: int,
    long: str,
    one_more: str,
    more: str,
) -> Iterator[Hit]:
    """Yield the first sentence that needs a second line, with the number of such sentences.

    The width of the line is that of the page when the file tells it.  Sentences of more than `max_words` are left to
    the rule about long sentences.
    """
    wide = []
    for block in analysed.blocks:
        limit = _line(analysed.document, block)
        for sentence in block.sentences if block.block.kind in _PROSE else ():
            text = block.block.text[sentence.span.start : sentence.span.end]
            characters = max(map(len, text.strip().splitlines()), default=0)
            wide_one = sentence.is_whole and sentence.words <= max_words and characters > (limit or max_characters)
            if wide_one and _is_for_reader(block, sentence):
                wide.append(_Wide(block, sentence.span, characters, limit or max_characters))
    if wide:
        first, others = wide[0], len(wide) - 1
        advice = long.format(characters=first.characters, limit=first.limit)
        advice += (one_more if others == 1 else more).format(others=others) if others else ""
        yield Hit(first.span, {"advice": advice}, block=first.block)


def _is_for_reader(block: AnalysedBlock, sentence: Sentence) -> bool:
    """Is it neither a closing formula nor what a template tells its writer?"""
    words = sentence.text.lower()
    closes = any(formula in words for formula in facts("formules-de-fin"))
    return not closes and not to_writer(block.text, sentence.span)


def _line(document: Document, block: AnalysedBlock) -> int | None:
    """Return how many letters a line of the block holds, when the file tells enough."""
    look = block.block.format_at(block.sentences[0].span.start) if block.sentences else None
    pages = _pages(document, block)
    if look is None or look.size is None or pages is None:
        return None
    if pages.width is None or pages.left is None or pages.right is None:
        return None
    indents = (block.block.format.left or 0) + (block.block.format.right or 0)
    width = (pages.width - pages.left - pages.right) / max(pages.columns, 1) - indents
    letters = int(width / (_GLYPH * look.size))
    return letters if letters > 0 else None


def _pages(document: Document, block: AnalysedBlock) -> Pages | None:
    if not block.text:
        return None
    start = block.block.source(Span(0, 1)).start
    return next((pages for pages in document.objects.pages if pages.span.start <= start < pages.span.end), None)


@check("line_break", scope="document", provides=("word",))
def line_break(analysed: AnalysedDocument, *, soft_formats: tuple[str, ...], wrapped_from: int) -> Iterator[Hit]:
    """Yield the last word of each line that the writer broke behind an article or a preposition.

    In `soft_formats` a line of `wrapped_from` characters or more was broken by a program.
    """
    soft = analysed.document.format in soft_formats
    for block in analysed.blocks:
        if block.block.kind in _PROSE and "\n" in block.block.text:
            yield from _bad_breaks(block, wrapped_from if soft else 0)


def _bad_breaks(block: AnalysedBlock, wrapped_from: int) -> Iterator[Hit]:
    start = 0
    for line in block.block.text.split("\n")[:-1]:
        end = start + len(line)
        found = _LAST_WORD.search(block.text, start, end)
        short = not wrapped_from or len(line.strip()) < wrapped_from
        if found and short and found[1].lower() in facts("mots-avant-coupure") and len(line.split()) > 1:
            yield Hit(Span(*found.span(1)), {"word": found[1]}, block=block)
        start = end + 1


@check("hyphenation", scope="document", provides=("advice",))
def hyphenation(
    analysed: AnalysedDocument, *, cut: str, soft: str, program: str, program_formats: tuple[str, ...], places: str
) -> Iterator[Hit]:
    """Yield the first word cut by hand, the first soft hyphen, and a program that may cut words."""
    cuts = [(b, Span(*match.span())) for b in analysed.blocks for match in _CUT_WORD.finditer(b.block.text)]
    if cuts:
        block, span = cuts[0]
        word = block.shown(span).strip()
        yield Hit(span, {"advice": cut.format(text=word, places=other_places(places, len(cuts) - 1))}, block=block)
    document = analysed.document
    marks = [Span(*match.span()) for match in _SOFT_HYPHEN.finditer(document.text)]
    if marks:
        near = document.block_near(marks[0].start)
        advice = soft.format(places=other_places(places, len(marks) - 1))
        yield Hit(marks[0], {"advice": advice}, place=near.path if near else None)
    allowed = document.objects.properties.hyphenation or any(b.block.format.hyphenate for b in analysed.blocks)
    if allowed and document.format in program_formats:
        yield Hit(WHOLE, {"advice": program})
