"""Lines of a letter that are no sentences: postal addresses, names, titles in capitals."""

from __future__ import annotations

import re
from itertools import islice

from falc.french.facts import facts
from falc.model import Span

_POSTCODE = re.compile(r"(?<!\d)(?:\d{5}|\d{2} \d{3}) (?:[A-ZÉÈ][\w'-]+)|\b(?:CEDEX|BP|CS|TSA) ?\d*\b", re.IGNORECASE)
_STREET = re.compile(r"\d{1,4}(?: ?(?:bis|ter|quater))?,? ")
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.-]*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MAX_WORDS = 12
_SAMPLE = 40  # words of a line are enough to tell


def line_around(text: str, span: Span) -> str:
    """Return the line of `text` that holds the start of `span`, or a part of it that is long enough."""
    start = text.rfind("\n", max(0, span.start - 400), span.start) + 1 or max(0, span.start - 400)
    end = text.find("\n", span.start, span.start + 400)
    return text[start : end if end != -1 else span.start + 400].strip()


def is_postal(line: str) -> bool:
    """Is this line a name, a street or a town, as at the head of a letter?"""
    words = line.split()
    if not words or len(words) > _MAX_WORDS or line.endswith((".", "?", "!", ";")):
        return False
    if _POSTCODE.search(line):
        return True
    street = _STREET.match(line)
    if street and line[street.end() :].split(" ", 1)[0].lower() in facts("voies"):
        return True
    return words[0] in facts("civilites") and all(_NAME.fullmatch(word) or word in ("et", "de", "ou") for word in words)


def is_capitals(line: str) -> bool:
    """Is this line written in capitals, for the most part?"""
    words = [match[0] for match in islice(_WORD.finditer(line), _SAMPLE)]
    return bool(words) and 2 * sum(word.isupper() for word in words) > len(words)
