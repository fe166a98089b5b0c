"""Headings: their words, their look, their levels, their numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from falc.checks import Hit, check, other_places
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.letters import body, is_subject, pattern_of, words_of
from falc.french.protected import overlaps_any, protected_spans
from falc.model import Severity, Span

_WORD = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"[^:]{1,40} ?:")
_SENTENCE_END = re.compile(r"[.!;,:…][\s»\"]*\Z")


def _headings(analysed: AnalysedDocument) -> list[AnalysedBlock]:
    return [block for block in body(analysed) if block.block.kind is BlockKind.HEADING]


@check("unclear_heading", provides=("advice",))
def unclear_heading(
    block: AnalysedBlock,
    *,
    max_words: int,
    categories: tuple[str, ...],
    too_long: str,
    hard_word: str,
) -> Iterator[Hit]:
    """Yield a heading that is too long, else its first difficult word; a question is clear."""
    if not block.sentences:
        return
    words = words_of([block])
    if words > max_words:
        yield Hit(block.said, {"advice": too_long.format(words=words)})
        return
    if block.text.rstrip().endswith("?"):
        return
    span = next(_hard_words(block, categories), None)
    if span:
        yield Hit(span, {"advice": hard_word.format(word=block.shown(span))}, severity=Severity.INFO)


def _hard_words(block: AnalysedBlock, categories: Collection[str]) -> Iterator[Span]:
    """Yield the first word if it is a noun made of a verb (« Annulation de… »), and the difficult terms."""
    first = _WORD.search(block.text)
    word = first[0].lower() if first else ""
    if first and any(entry.category in categories and entry.replacements for entry in block.lexicon.named(word)):
        yield Span(*first.span())
    for term in block.terms:
        if term.entry.category in categories and term.entry.replacements:
            yield term.span


@check("heading_look", scope="document", provides=("advice",))
def heading_look(analysed: AnalysedDocument, *, max_words: int, plain: str, fake: str, places: str) -> Iterator[Hit]:
    """Yield the first heading that looks like the text around it, and the first line that only looks like a heading."""
    blocks = body(analysed)
    size = _body_size(blocks)
    invisible = [block for block in blocks if block.block.kind is BlockKind.HEADING and _is_plain(block, size)]
    fakes = [a for a, b in pairwise(blocks) if _is_fake(a, max_words) and _is_text(b)]
    for found, advice in ((invisible, plain), (fakes, fake)):
        if found:
            fields = {"advice": advice.format(places=other_places(places, len(found) - 1))}
            severity = Severity.INFO if found is fakes else None
            yield Hit(found[0].said, fields, severity=severity, block=found[0])


def _body_size(blocks: Sequence[AnalysedBlock]) -> float | None:
    """Return the size of most of the text, if the file tells it."""
    sizes: Counter[float | None] = Counter()
    for block in blocks:
        if block.block.kind is not BlockKind.HEADING:
            for run in block.block.runs:
                sizes[run.format.size] += run.span.end - run.span.start
    return sizes.most_common(1)[0][0] if sizes else None


def _is_plain(block: AnalysedBlock, size: float | None) -> bool:
    """Is a heading neither bold, nor larger than the text, nor set apart in another way?"""
    looks = [run.format for run in block.block.runs if block.text[run.span.start : run.span.end].strip()]
    if not looks or size is None or block.block.format.boxed:
        return False
    return all(
        look.bold is False and look.size is not None and look.size <= size and not look.underline and not look.capitals
        for look in looks
    )


def _is_fake(block: AnalysedBlock, max_words: int) -> bool:
    """Is it one short line, all bold or underlined, that no label, name or sentence explains?"""
    text = block.text.strip()
    if block.block.kind is not BlockKind.PARAGRAPH or "\n" in text or len(block.sentences) != 1:
        return False
    if (
        is_subject(block.text)
        or _LABEL.match(text)
        or _SENTENCE_END.search(text[-20:])
        or not 1 < words_of([block]) <= max_words
    ):
        return False
    if any(sign.isdigit() for sign in text) or pattern_of("formules-d-appel").match(text):
        return False  # addresses, dates, greetings
    if pattern_of("mots-de-signature").search(text):
        return False
    return _stands_out(block)


def _stands_out(block: AnalysedBlock) -> bool:
    looks = [run.format for run in block.block.runs if block.text[run.span.start : run.span.end].strip()]
    return bool(looks) and all(look.bold or look.underline for look in looks) and not any(look.link for look in looks)


def _is_text(block: AnalysedBlock) -> bool:
    """Is it ordinary text, as it comes under a heading?"""
    usual = block.block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and not _stands_out(block)
    return usual and (block.block.kind is BlockKind.LIST_ITEM or block.sentences[0].is_whole)


@check("heading_levels", scope="document", provides=("advice",))
def heading_levels(
    analysed: AnalysedDocument, *, warn_level: int, error_level: int, deep: str, jump: str
) -> Iterator[Hit]:
    """Yield the first heading of each level that is too deep, and the first one that jumps a level.

    The levels in use count, not their names: a page whose titles are h2 and h3 has two.
    """
    headings = _headings(analysed)
    depths = {level: depth for depth, level in enumerate(sorted({h.block.level for h in headings}), start=1)}
    seen: set[int] = set()
    for heading in headings:
        depth = depths[heading.block.level]
        if depth >= warn_level and depth not in seen:
            seen.add(depth)
            severity = Severity.ERROR if depth >= error_level else None
            yield Hit(heading.said, {"advice": deep.format(depth=depth)}, severity=severity, block=heading)
    for above, below in pairwise(headings):
        if below.block.level > above.block.level + 1:
            fields = {"advice": jump.format(above=above.block.level, below=below.block.level)}
            yield Hit(below.said, fields, block=below)
            return


@check("numbering", scope="document", provides=("number", "places"))
def numbering(analysed: AnalysedDocument, *, min_parts: int, places: str) -> Iterator[Hit]:
    """Yield the first number with several levels, in front of a line or in a reference, with how many there are."""
    start, marker, referred = _number_patterns(min_parts)
    found = []
    for block in body(analysed):
        shown = marker.match(block.block.format.marker or "")
        typed = start.match(block.text)
        if shown:
            found.append((block, block.sentences[0].span, shown["number"]))
        elif typed and block.text[typed.end()].isupper() and block.block.kind is not BlockKind.TABLE_CELL:
            found.append((block, Span(*typed.span("number")), typed["number"]))
        found += [(block, span, block.text[span.start : span.end]) for span in _referred(block, referred)]
    if found:
        block, span, shown_number = found[0]
        yield Hit(span, {"number": shown_number, "places": other_places(places, len(found) - 1)}, block=block)


@lru_cache(maxsize=4)
def _number_patterns(min_parts: int) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return how a number looks in front of a line, as the marker of a list, and in a sentence."""
    number = rf"(?P<number>(?:\d{{1,2}}|[A-Z])(?:\.\d{{1,2}}){{{min_parts - 1},5}}[a-z]?)"
    before_words = rf"\s*{number}(?:[.)]|(?= ?[-–:]))?\s+(?=[^\W\d_])"
    return re.compile(before_words), re.compile(rf"\W*{number}\W*\Z"), re.compile(rf" {number}(?![\w%]|,\d)")


def _referred(block: AnalysedBlock, pattern: re.Pattern[str]) -> Iterator[Span]:
    """Yield the numbers with several levels after « le point », « la partie »."""
    kept = protected_spans(block.text)
    for word in pattern_of("mots-de-partie").finditer(block.text):
        match = pattern.match(block.text, word.end())
        if match and not overlaps_any(Span(*match.span("number")), kept):
            yield Span(*match.span("number"))
