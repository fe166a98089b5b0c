"""Words in capitals, typed or made by formatting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from falc.checks import Hit, check
from falc.french.analysis import AnalysedBlock
from falc.french.facts import facts
from falc.french.protected import Outside, protected_spans
from falc.model import Span

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_POSTCODE = re.compile(r"\d{5}")
_GAP = re.compile(r"[\s'«»\"’–-]*")


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
    return bool(block.lexicon.named(word))


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
    formatted = any(run.format.capitals for run in block.block.runs)
    for match in _WORD.finditer(block.text):
        word = match[0]
        if current is None and not formatted and (len(word) == 1 or not word.isupper()):  # most words
            continue
        span = Span(*match.span())
        if not ((word.isupper() and (len(word) > 1 or current)) or (formatted and _by_format(block, span))):
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
