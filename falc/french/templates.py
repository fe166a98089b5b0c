"""Passages of a template that its writer fills in, chooses or takes out: no reader of the letter sees them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from falc.french.facts import facts, rows
from falc.french.protected import merged, overlaps_any
from falc.model import Span

__all__ = ["as_sent", "is_blank", "other_choices", "to_writer", "writer_passages"]

_CLOSING = {"(": ")", "[": "]"}
_SIGN = re.compile(r"[()\[\]]")
_QUOTED = re.compile(r"«([^«»]{2,80})»")
_LONGEST = 1_000  # characters of an instruction
_FIELD_WORDS = 8
_CHOICE = re.compile(r"\s*\((?:et/)?ou\)\s*", re.IGNORECASE)
_LAST_WORD = re.compile(r"(?:^|[\s(«])([^\W\d_]+'?)\s*\Z")
_WORD = re.compile(r"\w")


@lru_cache(maxsize=8)  # several checks in a row ask for the same block
def writer_passages(text: str) -> tuple[Span, ...]:
    """Return the instructions and the fields between brackets of a plain text, in order: « (date) », « [Option 1] »."""
    if "(" not in text and "[" not in text:
        return ()
    fields = _quoted_fields(text)
    return tuple(span for span in merged(_brackets(text)) if overlaps_any(span, fields) or _is_for_writer(text, span))


def to_writer(text: str, span: Span) -> bool:
    """Does `span` of a text hold nothing but passages for the writer?"""
    passages = writer_passages(text)
    if not passages:
        return False
    rest, position = "", span.start
    found = _within(passages, span)
    for passage in found:
        rest += text[position : max(position, passage.start)]
        position = max(position, passage.end)
    return bool(found) and not _WORD.search(rest + text[position : span.end])


def as_sent(text: str, span: Span) -> str:
    """Return a sentence of a text as a letter may say it: fields are one word, one choice is kept."""
    choices = other_choices(text, span)
    gone = [(passage, _replaced(text, passage)) for passage in _within(writer_passages(text), span)]
    gone += [(field, "x") for field in _within(_quoted_fields(text), span)]
    gone += [(choices, "")] if choices is not None else []
    out, position = "", span.start
    for passage, word in sorted(gone, key=lambda pair: (pair[0].start, -pair[0].end)):
        if passage.start >= position:
            out += text[position : passage.start] + word
        position = max(position, passage.end)
    return out + text[position : span.end]


def other_choices(text: str, span: Span) -> Span | None:
    """Return « faute grave (ou) » of « faute grave (ou) faute lourde »: what goes when the last choice stays."""
    places = list(_CHOICE.finditer(text, span.start, span.end))
    if not places:
        return None
    first = text[places[0].end() : span.end].split(" ", 1)[0]
    same = list(re.finditer(rf"(?<!\w){re.escape(first)}(?!\w)", text[span.start : places[0].start()], re.IGNORECASE))
    start = span.start + same[-1].start() if first and same else places[0].start()
    return Span(start, places[-1].end())


def _within(spans: Sequence[Span], sentence: Span) -> Sequence[Span]:
    """Return those of some sorted, disjoint spans that touch a sentence."""
    first = bisect_right(spans, Span(sentence.start, sentence.start))
    first -= first > 0 and spans[first - 1].end > sentence.start
    return spans[first : bisect_left(spans, Span(sentence.end, sentence.end))]


def _replaced(text: str, passage: Span) -> str:
    """Return « x » for the field of « le (date) », which the sentence needs."""
    return "x" if is_blank(text, passage) else ""


def _brackets(text: str) -> Iterator[Span]:
    waiting: list[tuple[str, int]] = []
    for match in _SIGN.finditer(text):
        if match[0] in _CLOSING:
            waiting.append((_CLOSING[match[0]], match.start()))
        elif waiting and waiting[-1][0] == match[0]:
            start = waiting.pop()[1]
            if match.end() - start <= _LONGEST and not (start and text[start - 1].isalpha()):
                yield Span(start, match.end())


@lru_cache(maxsize=8)
def _quoted_fields(text: str) -> tuple[Span, ...]:
    """Return the fields between quotation marks: « Adresse du salarié »."""
    return tuple(Span(*match.span()) for match in _QUOTED.finditer(text) if _names_field(match[1]))


def _names_field(inner: str) -> bool:
    """Does a text name what must be filled in: « date de début », « Nom, Prénom »?"""
    words = inner.lower().split()
    if not words or len(words) > _FIELD_WORDS or any(sign.isdigit() for sign in inner):
        return False
    return any(_starts(inner.strip().lower(), field) for field in facts("champs-a-remplir"))


def _starts(text: str, phrase: str) -> bool:
    return text.startswith(phrase) and (phrase.endswith("'") or not text[len(phrase) : len(phrase) + 1].isalpha())


@lru_cache(maxsize=4)
def _instructions(place: str) -> tuple[str, ...]:
    return tuple(row[0] for row in rows("consignes-au-redacteur") if row[2] == place)


def _is_for_writer(text: str, span: Span) -> bool:
    inner = text[span.start + 1 : span.end - 1].strip().lower()
    if not inner or not _WORD.search(inner):
        return False
    square = text[span.start] == "["
    alone = not _WORD.search(text[max(0, span.start - _LONGEST) : span.start] + text[span.end : span.end + _LONGEST])
    if _CHOICE.fullmatch(f"({inner})") or any(phrase in inner for phrase in _instructions("partout")):
        return True
    if any(_starts(inner, phrase) for phrase in _instructions("debut")) or (square and alone):
        return True
    if (square or alone) and any(_starts(inner, phrase) for phrase in _instructions("crochets ou ligne")):
        return True
    if square and len(inner.split()) <= _FIELD_WORDS and not any(sign.isdigit() for sign in inner):
        return True
    return _is_field(text, span)


def _is_field(text: str, span: Span) -> bool:
    """Is it the field of « le (date) », of « Responsable (Nom, Prénom) : », of « « Lieu » (Adresse) »?"""
    if not _names_field(text[span.start + 1 : span.end - 1]):
        return False
    labels = text[span.end : span.end + 3].lstrip().startswith(":")
    return labels or text[max(0, span.start - 3) : span.start].rstrip().endswith("»") or is_blank(text, span)


def is_blank(text: str, span: Span) -> bool:
    """Does an article or a preposition stand before `span`, so that the sentence needs what comes there?"""
    before = _LAST_WORD.search(text[max(0, span.start - 30) : span.start])
    return before is not None and before[1].lower() in facts("prepositions-devant-nom") | facts("determinants")
