"""Layout: what the eye meets before the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from falc.checks import Hit, check
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import facts
from falc.french.protected import Outside, protected_spans
from falc.look import TextFormat
from falc.model import Severity, Span

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_POSTCODE = re.compile(r"\d{5}")
_GAP = re.compile(r"[\s'«»\"’–-]*")


@check("type_size", scope="document", provides=("size", "places"))
def type_size(analysed: AnalysedDocument, *, min_size: float, error_below: float, places: str) -> Iterator[Hit]:
    """Yield the first place of each size that is too small, with the number of blocks that use it."""
    found: dict[float, list[tuple[AnalysedBlock, Span]]] = {}
    for block in analysed.blocks:
        for size, span in _sizes(block):
            if size < min_size:
                found.setdefault(size, []).append((block, span))
    for size, where in found.items():
        block, span = where[0]
        severity = Severity.ERROR if size < error_below else None
        fields = {"size": f"{size:g}".replace(".", ","), "places": _places(where, places)}
        yield Hit(span, fields, severity=severity, block=block)


def _sizes(block: AnalysedBlock) -> Iterator[tuple[float, Span]]:
    """Yield each size of a block once, with the stretch where it begins."""
    seen = set()
    for run in _stretches(block, lambda look: look.size):
        size, span = run
        if isinstance(size, float | int) and size not in seen:
            seen.add(size)
            yield float(size), span


@check("alignment", scope="document", provides=("places",))
def alignment(analysed: AnalysedDocument, *, forbidden: tuple[str, ...], places: str) -> Iterator[Hit]:
    """Yield the first block with a forbidden alignment, with the number of such blocks."""
    where = [
        (block, Span(block.sentences[0].span.start, block.sentences[-1].span.end))
        for block in analysed.blocks
        if block.block.format.alignment in forbidden and block.sentences
    ]
    if where:
        block, span = where[0]
        yield Hit(span, {"places": _places(where, places)}, block=block)


def _places(where: list[tuple[AnalysedBlock, Span]], places: str) -> str:
    """Tell how many other blocks are concerned, when there are some."""
    others = len({id(block) for block, _ in where}) - 1
    return places.format(others=others, s="s" if others > 1 else "") if others else ""


@check("italics")
def italics(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield every stretch in italics."""
    for value, span in _stretches(block, lambda look: look.italic):
        if value:
            yield Hit(span)


def _stretches(block: AnalysedBlock, key: Callable[[TextFormat], object]) -> Iterator[tuple[object, Span]]:
    """Yield the maximal stretches of text where `key` keeps one value; blanks belong to both sides."""
    current: tuple[object, Span] | None = None
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


@check("capitals")
def capitals(block: AnalysedBlock, *, min_letters: int, long_word: int, names_after: tuple[str, ...]) -> Iterator[Hit]:
    """Yield every run of words in capitals, typed or made by formatting, but acronyms and names."""
    outside = Outside(protected_spans(block.text))
    for span in _capital_runs(block):
        words = [match[0] for match in _WORD.finditer(block.text, span.start, span.end)]
        if not any(len(word) >= min_letters and not _is_acronym(block, word) for word in words):
            continue
        if not outside(span) or _is_reference(block.text, span):
            continue
        if len(words) == 1 and len(words[0]) < long_word and not _by_format(block, span):
            continue  # more likely an acronym that the lexicon does not know
        if _is_name(block.text[max(0, span.start - 60) : span.start], names_after):
            continue
        yield Hit(span)


def _is_reference(text: str, span: Span) -> bool:
    """Do the capitals touch a digit or a slash: « DIE/SUSP/2026 »?"""
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return any(sign.isdigit() or sign in "/_@" for sign in around)


def _is_acronym(block: AnalysedBlock, word: str) -> bool:
    return any(entry.term == word for entry in block.lexicon.lookup(word))


def _is_name(before: str, names_after: tuple[str, ...]) -> bool:
    """Do capitals after `before` write a name: « M. Jean DUPONT », « Jean DUPONT », « 75012 PARIS » ?"""
    last = before.rsplit("\n", 1)[-1].split()[-2:]
    if not last:
        return False
    if any(word in names_after for word in last) or _POSTCODE.fullmatch(last[-1]):
        return True
    return last[-1].istitle() and last[-1].isalpha() and last[-1].lower() not in facts("determinants")


def _capital_runs(block: AnalysedBlock) -> Iterator[Span]:
    current: Span | None = None
    for match in _WORD.finditer(block.text):
        word, span = match[0], Span(*match.span())
        if not ((word.isupper() and (len(word) > 1 or current)) or _by_format(block, span)):
            if current:
                yield current
            current = None
        elif current and _GAP.fullmatch(block.text, current.end, span.start):
            current = Span(current.start, span.end)
        else:
            if current:
                yield current
            current = span
    if current:
        yield current


def _by_format(block: AnalysedBlock, span: Span) -> bool:
    look = block.block.format_at(span.start)
    return bool(look and look.capitals)
