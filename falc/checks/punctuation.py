"""Punctuation that asks for a simpler sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from falc.checks import Hit, check
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock
from falc.french.protected import Outside, protected_spans
from falc.model import Severity, Span

_REACH = 2_000  # characters in which an acronym is looked for again
_PAIRS = ("()", "[]")
_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2,12}")
_ADDRESS = re.compile(r"\d{5} \w")
# « 14h – 16h30 », « I. – Vos obligations »: no idea is added there.
_BEFORE_DASH = re.compile(r"(?:\dh?|(?:^|\s)(?:[IVXLC]+|\d{1,2}|[a-zA-Z])[.)°]) \Z")


@check("punctuation", provides=("advice",))
def punctuation(
    block: AnalysedBlock,
    *,
    signs: tuple[str, ...],
    spaced: tuple[str, ...],
    label_words: int,
    list_end_advice: str,
    address_advice: str,
    acronym_advice: str,
    light_severity: str,
) -> Iterator[Hit]:
    """Yield the signs; a pair of brackets is one hit with what it holds.

    Each of `signs` is a sign, a space, and what to say of it.  Dashes and hyphens of `spaced` count between two
    spaces only, and not in a label: a line of at most `label_words` words without a full stop.
    """
    advice = dict(sign.split(" ", 1) for sign in signs)
    outside = Outside(protected_spans(block.text))
    light = Severity(light_severity)
    for span, sign in _signs(block.text, advice):
        if not outside(span) or (sign in spaced and not _adds_an_idea(block, span, label_words)):
            continue
        if sign in _PAIRS and _ACRONYM.fullmatch(block.text, span.start + 1, span.end - 1):
            if not _comes_back(block.text, span):
                yield Hit(span, {"advice": acronym_advice}, severity=light)
        elif sign in _PAIRS and _ADDRESS.search(block.text, span.start, span.end):
            yield Hit(span, {"advice": address_advice}, severity=light)
        elif sign == ";" and block.block.kind is BlockKind.LIST_ITEM and not block.text[span.end :].strip():
            yield Hit(span, {"advice": list_end_advice}, severity=light)
        else:
            yield Hit(span, {"advice": advice[sign]})


def _adds_an_idea(block: AnalysedBlock, span: Span, label_words: int) -> bool:
    """Does a dash between two spaces stand in a sentence, and not between hours or in a label?"""
    text = block.text
    before, after = text[max(0, span.start - 12) : span.start], text[span.end : span.end + 2]
    if not before.strip() or not before.endswith(" ") or len(after) < 2 or after[0] != " ":
        return False
    sentence = block.sentence_at(span)
    if block.block.kind is BlockKind.HEADING or _BEFORE_DASH.search(before) or sentence is None:
        return False
    return sentence.is_whole or sentence.words > label_words


def _comes_back(text: str, span: Span) -> bool:
    """Is the acronym between brackets used again: then the reader needs to see it once?"""
    acronym = text[span.start + 1 : span.end - 1]
    return re.search(rf"\b{acronym}\b", text[span.end : span.end + _REACH]) is not None


def _signs(text: str, advice: Mapping[str, str]) -> Iterator[tuple[Span, str]]:
    signs = [sign for sign in advice if sign not in _PAIRS]
    opening = {pair[0]: pair for pair in advice if pair in _PAIRS}
    position = 0
    while position < len(text):
        sign = next((sign for sign in signs if text.startswith(sign, position)), None)
        if sign is not None:
            yield Span(position, position + len(sign)), sign
            position += len(sign)
        elif text[position] in opening:
            pair = opening[text[position]]
            end = text.find(pair[1], position)
            if end > 0:
                # « né(e) » is a short gendered form, which another rule looks for
                if position == 0 or not text[position - 1].isalpha():
                    yield Span(position, end + 1), pair
                position = end
            else:
                del opening[pair[0]]  # never closed: looking again would be quadratic
            position += 1
        else:
            position += 1
