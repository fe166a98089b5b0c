"""Punctuation that asks for a simpler sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from falc.checks import Hit, check
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock
from falc.french.protected import Outside, merged, protected_spans
from falc.french.templates import is_blank, writer_passages
from falc.model import Severity, Span

_REACH = 2_000  # characters in which an acronym is looked for again
_PAIRS = ("()", "[]")
_ACRONYM = re.compile(r"(?:[lL](?:es?|a) |[lL]['’])?([A-ZÀ-Þ]{2,12}|[A-ZÀ-Þ][a-zà-ÿ]{1,7})")
_FIGURE = re.compile(r"(?:[a-zà-ÿ]{1,8} )?\d[\d  ,.]{0,9} ?[%€]?")  # « (80 %) », « (en 2018) »
_WORD = re.compile(r"[^\W\d_]+")
_NAME_REACH = 90  # characters in which the name of an acronym stands
_YEAR = re.compile(r"\b(?:19|20)\d\d\W*\Z")
_YEAR_REACH = 8  # characters in which the year of a title stands
_BUTTON_WORDS = 3
_ADDRESS = re.compile(r"\d{5} \w")
# The end of a block, or of a line before the next item of a list that the writer typed.
_LINE_END = re.compile(r"[^\S\n]*(?:\Z|\n\s{0,40}(?:\Z|[-–—•·*▪◦]\s|(?:\d{1,3}°|(?:\d{1,3}|[a-z])[.)])\s))")
_DOTS = ("…", "...")
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
    unknown_advice: str,
    light_severity: str,
) -> Iterator[Hit]:
    """Yield the signs; a pair of brackets is one hit with what it holds.

    Each of `signs` is a sign, a space, and what to say of it.  Dashes and hyphens of `spaced` count between two
    spaces only, and not in a label: a line of at most `label_words` words without a full stop.
    """
    advice = dict(sign.split(" ", 1) for sign in signs)
    outside = Outside(merged([*protected_spans(block.text), *writer_passages(block.text)]))
    light = Severity(light_severity)
    dashed = -1
    for span, sign in _signs(block.text, advice):
        if not outside(span) or (sign in spaced and not _adds_an_idea(block, span, label_words)):
            continue
        if sign in spaced:
            sentence = block.sentence_at(span)
            if sentence is not None and sentence.span.start < dashed:
                continue  # the second of a pair
            dashed = span.end
        acronym = _acronym(block.text, span) if sign in _PAIRS else None
        if acronym is not None:
            if not _comes_back(block.text, span, acronym):
                spelt = _is_spelt(acronym, block.text[max(0, span.start - _NAME_REACH) : span.start])
                yield Hit(span, {"advice": acronym_advice if spelt else unknown_advice}, severity=light)
        elif sign in _PAIRS and _FIGURE.fullmatch(block.text, span.start + 1, span.end - 1):
            yield Hit(span, {"advice": advice[sign]}, severity=light)
        elif sign in _PAIRS and _ADDRESS.search(block.text, span.start, span.end):
            yield Hit(span, {"advice": address_advice}, severity=light)
        elif sign == ";" and _ends_line(block, span):
            yield Hit(span, {"advice": list_end_advice}, severity=light)
        elif sign not in _DOTS or not (_is_to_fill(block.text, span) or _is_button(block, span)):
            yield Hit(span, {"advice": advice[sign]})


def _is_to_fill(text: str, dots: Span) -> bool:
    """Are they the dots of « en date du … », which the writer replaces?"""
    return text[max(0, dots.start - 1) : dots.start].isspace() and is_blank(text, dots)


def _is_button(block: AnalysedBlock, dots: Span) -> bool:
    """Are they the dots of « Lire la suite... », alone on a page?"""
    return dots.end == len(block.text.rstrip()) and len(block.text.split()) <= _BUTTON_WORDS


def _acronym(text: str, brackets: Span) -> str | None:
    """Return « CAF » of « (la CAF) », and « Caf » when the words before spell it."""
    found = _ACRONYM.fullmatch(text, brackets.start + 1, brackets.end - 1)
    if found is None:
        return None
    before = text[max(0, brackets.start - _NAME_REACH) : brackets.start]
    return found[1] if found[1].isupper() or _is_spelt(found[1], before) else None


def _is_spelt(acronym: str, before: str) -> bool:
    """Do the first letters of the words just before make the acronym: « Conditions générales de vente »?"""
    letters = [_folded(letter) for letter in reversed(acronym)]
    words = [_folded(word) for word in reversed(_WORD.findall(before))]
    position = 0
    for rank, initial in enumerate(words):
        if initial == letters[position]:
            position += 1
        elif not position and rank > 1:
            return False  # the last words of the name stand just before
        if position == len(letters):
            return True
    return False


def _folded(word: str) -> str:
    """Return the first letter of a word, small and without its accent."""
    return unicodedata.normalize("NFD", word)[0].lower()


def _ends_line(block: AnalysedBlock, span: Span) -> bool:
    """Does nothing follow a sign in its block, or the next item of a list that the writer typed?"""
    return _LINE_END.match(block.block.text, span.end) is not None


def _adds_an_idea(block: AnalysedBlock, span: Span, label_words: int) -> bool:
    """Does a dash between two spaces stand in a sentence, and not between hours or in a label?"""
    text = block.text
    before, after = text[max(0, span.start - 12) : span.start], text[span.end : span.end + 2]
    if not before.strip() or not before.endswith(" ") or len(after) < 2 or after[0] != " ":
        return False
    sentence = block.sentence_at(span)
    if block.block.kind is BlockKind.HEADING or _BEFORE_DASH.search(before) or sentence is None:
        return False
    # « Rencontres – le 7 mars 2017 » is a title with its date
    dated = _YEAR.search(text[max(span.end, sentence.span.end - _YEAR_REACH) : sentence.span.end]) is not None
    return sentence.is_whole or (sentence.words > label_words and not dated)


def _comes_back(text: str, span: Span, acronym: str) -> bool:
    """Is the acronym between brackets used again: then the reader needs to see it once?"""
    return re.search(rf"\b{acronym}\b", text[span.end : span.end + _REACH]) is not None


def _signs(text: str, advice: Mapping[str, str]) -> Iterator[tuple[Span, str]]:
    opening = {pair[0]: pair for pair in advice if pair in _PAIRS}
    pattern, position = _pattern(tuple(sign for sign in advice if sign not in _PAIRS), tuple(opening)), 0
    while match := pattern.search(text, position):
        start, position = match.span()
        if match.lastgroup == "sign":
            yield Span(start, position), match[0]
        elif match[0] in opening:
            pair = opening[match[0]]
            end = text.find(pair[1], start)
            if end < 0:
                del opening[match[0]]  # never closed: looking again would be quadratic
                continue
            # « né(e) » is a short gendered form, which another rule looks for
            if start == 0 or not text[start - 1].isalpha():
                yield Span(start, end + 1), pair
            position = end + 1


@lru_cache(maxsize=8)
def _pattern(signs: tuple[str, ...], opening: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the next sign, or one that opens a pair."""
    groups = (("sign", signs), ("opening", opening))
    return re.compile("|".join(f"(?P<{name}>{'|'.join(map(re.escape, found))})" for name, found in groups if found))
