"""Sentence boundaries by rules, without a model: the same text is always cut at the same places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from falc.french.facts import facts, rows
from falc.model import Span

__all__ = ["sentence_spans"]

# Stops with the quotes and brackets that close after them, or line ends with the blanks after them.
_CANDIDATE = re.compile(
    r"(?P<stop>[.!?…]+)(?P<close>(?:[ \u00a0\u202f]?[»”)\]]|[\"'’](?!\w))*)|(?P<line>[\n\r\v\f\u2028\u2029]\s*)"
    r"|(?P<semicolon>;)"
)
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\u2028\u2029]")
_BLANK = re.compile(r"[^\S\n\r\v\f\u2028\u2029]*")
_OPENERS = "«“\"'‘’([—–-*_ \u00a0\u202f"
# What a word may carry before an abbreviation: an opening sign, an elided article.
_CARRIED = re.compile(r"^[^\w]*(?:(?:[ldnjmtsc]|qu)['’])?", re.IGNORECASE)
_ITEM_OPENERS = _OPENERS + "\n\r\t"
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]\.[ -]?)*[^\W\d_]")
_ITEM_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Za-z])")
_BULLET = re.compile(r"[•●▪▫■□◦‣⁃·*✓✔➔➢→☐☑]|[-–—]\s|(?:\d{1,2}|[a-zA-Z])(?:\)|°\)?)\s|\d{1,2}\.\s|[oO]\t")
_GLUED = re.compile(r"[^\W\d_]{2}[.!?…][»”)\]]*[^\W\d_]{2}")
_NOT_PROSE = re.compile(r"[@/\\_=]|www|https?:|\w\.\w")
_WINDOW = 60
# Between these widths, lines that are full to the margin were wrapped by a program or a typist.
_WRAPPED_WIDTHS = range(50, 111)


def sentence_spans(text: str) -> Iterator[Span]:
    """Yield the sentences of `text` in order, without the blanks around them."""
    start = 0
    for cut in _cuts(text):
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


@dataclass(slots=True)
class _State:
    """What must be remembered of the sentence under way."""

    start: int = 0  # where it begins
    seen: int = 0  # how far its straight quotes have been counted
    quote_open: bool = False
    stop: tuple[int, int] = (-1, -1)  # the last stop, and the end of its closing signs


def _cuts(text: str) -> Iterator[int]:
    """Yield the positions where a new sentence begins (or the blanks before it)."""
    state = _State()
    width = _wrapped_width(text)
    for match in _CANDIDATE.finditer(text):
        if match["semicolon"]:
            following = _skip(text, match.end())
            capital = match.end() < following < len(text) and text[following].isupper()
            cut = match.end() if capital and _starts_sentence(text, following) else None
        elif match["line"]:
            cut = match.start() if _line_ends_sentence(text, match, state, width) else None
        else:
            state.stop = (match.start(), match.end())
            cut = _cut_after_stop(text, match, state)
        if cut is not None and cut > state.start:
            yield cut
            state.start = cut


def _cut_after_stop(text: str, match: re.Match[str], state: _State) -> int | None:
    end = match.end()
    following = _skip(text, end)
    if following >= len(text) or _LINE_END.match(text, following):
        return None  # the line end, or the end of the text, decides
    if text[following : following + 2] in ('"', '" ') and _straight_quote_is_open(text, following, state):
        end = following + 1  # « ! " Les »: the quote belongs to the sentence before
        following = _skip(text, end)
        if following >= len(text) or _LINE_END.match(text, following):
            return None
    elif following == end:
        return end if _is_glued(text, match) else None
    if _ends_sentence(text, match.start(), match["stop"], following, state.start):
        return end
    return end if match[0] == "." and _lacks_capital(text, match.start(), following) else None


def _lacks_capital(text: str, stop: int, following: int) -> bool:
    """Is the next sentence typed without its capital (« lundi prochain. il faut »)?"""
    word = _before_stop(text, stop)
    if not (len(word) > 4 and word.isalpha()) or word.lower() + "." in _abbreviations():
        return False
    return text[following].islower() and _starts_sentence(text, following)


def _skip(text: str, position: int) -> int:
    blank = _BLANK.match(text, position)
    return blank.end() if blank else position


def _straight_quote_is_open(text: str, position: int, state: _State) -> bool:
    state.quote_open ^= text.count('"', state.seen, position) % 2 == 1
    state.seen = position
    return state.quote_open


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """Is a blank missing after the stop (« dossier.Vous »), outside addresses and file names?"""
    stop, end = match.span()
    after = text[end : end + 2]
    if len(match["stop"]) > 1 or not (after[:1].isupper() and after[1:].islower()):
        return False
    if not _GLUED.fullmatch(text[max(stop - 2, 0) : end + 2]) or not text[stop - 1].islower():
        return False
    if _before_stop(text, stop).lower() + "." in _abbreviations():
        return False
    before = text[max(stop - _WINDOW, 0) : stop].split()[-1]
    return not _NOT_PROSE.search(before) and not _NOT_PROSE.search(text[end : end + _WINDOW].split()[0])


def _ends_sentence(text: str, stop: int, sign: str, following: int, sentence_start: int) -> bool:
    """Decide whether the stop at `stop` ends a sentence, knowing what follows it after blanks."""
    first = following
    while first < len(text) and first - following < 4 and text[first] in _OPENERS:
        first += 1
    head = text[first : first + 1]
    if _BULLET.match(text, following) and not head.islower():
        return sign != "." or not _is_abbreviation(text, stop, first, sentence_start)
    if not (head.isupper() or head.isdigit()):
        return False
    if sign != ".":
        return head.isupper() or sign not in ("...", "…")
    return not _is_abbreviation(text, stop, first, sentence_start)


def _before_stop(text: str, stop: int) -> str:
    words = text[max(stop - _WINDOW, 0) : stop].split()
    return words[-1] if words and not text[stop - 1].isspace() else ""


def _is_abbreviation(text: str, stop: int, following: int, sentence_start: int) -> bool:
    """Does the full stop at `stop` belong to the word before it, not to the sentence?"""
    raw = _before_stop(text, stop)
    if not raw:
        return False
    word = _CARRIED.sub("", raw, count=1)
    if stop - sentence_start < _WINDOW and _ITEM_NUMBER.fullmatch(text[sentence_start:stop].strip(_ITEM_OPENERS)):
        return True  # « 1. Remplissez »: the number of an item begins its sentence
    if _follows_civility(text, stop) and not _starts_sentence(text, following):
        return True  # « Mme Ch. Lefèvre », not « Mme Ben. Elle »
    kind = _abbreviations().get(word + "." if len(word) == 1 else word.lower() + ".")
    if kind == "jamais":
        return True
    if kind == "oui":
        return False
    if kind == "nombre":
        return text[following : following + 1].isdigit() or text[following + 1 : following + 2] in (".", "°", ")")
    if kind is not None:
        return not _starts_sentence(text, following)
    if _LETTERS_WITH_STOPS.fullmatch(word) and (len(word) == 1 or "." in word):
        return _is_initial(text, word, stop, following)
    return False


def _is_initial(text: str, word: str, stop: int, following: int) -> bool:
    if word.islower() and len(word) == 1 and text[following].isupper():
        return False
    if text[following].isdigit():
        return len(word) == 1  # « L. 264-1 »
    if len(word) == 1:
        before = text[max(stop - _WINDOW, 0) : stop].split()
        if len(before) > 1 and before[-2].lower() in facts("lettres-de-classement"):
            return False  # « la catégorie C. Contactez »
    return not _starts_sentence(text, following)


def _follows_civility(text: str, stop: int) -> bool:
    words = text[max(stop - _WINDOW, 0) : stop].split()
    return len(words) > 1 and words[-2] in facts("civilites") and len(words[-1]) <= 3 and words[-1].istitle()


def _starts_sentence(text: str, position: int) -> bool:
    """Do a grammatical word with a capital and a small letter stand at `position` (« Le dossier », not « Le Gall »)?"""
    words = re.match(r"(\w{1,12}['’]?)\s?(\w?)", text[position : position + 20])
    if words is None:
        return False
    return words[1].lower().replace("’", "'") in facts("debuts-de-phrase") and not words[2].isupper()


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    """Return what each abbreviation with a full stop asks for; of several words, the last counts."""
    kinds = {}
    for row in rows("abreviations"):
        term = row[0].split()[-1]
        if term.endswith("."):
            kinds[term if len(term) == 2 else term.lower()] = row[3] if len(row) > 3 else ""
    return kinds


def _wrapped_width(text: str) -> int:
    """Return the width to which the lines of `text` were wrapped, or 0."""
    lines = _LINE_END.split(text)
    width = max(map(len, lines))
    return width if len(lines) > 1 and width in _WRAPPED_WIDTHS else 0


def _line_ends_sentence(text: str, match: re.Match[str], state: _State, width: int) -> bool:
    """Decide whether the sentence under way stops at a line end."""
    following = match.end()
    if following >= len(text):
        return False
    if len(_LINE_END.findall(match["line"])) > 1:
        return True  # an empty line
    end = match.start()
    while end > state.start and text[end - 1].isspace():
        end -= 1
    if end == state.start:
        return False
    wrapped = _is_wrapped(text, match.start(), following, width)
    if state.stop[1] == end:
        sign = text[state.stop[0] : end].rstrip("»”)]\"'’ \u00a0\u202f")
        if sign == ".":
            return not _is_abbreviation(text, state.stop[0], following, state.start)
        return _ends_sentence(text, state.stop[0], sign, following, state.start) or not wrapped
    if text[end - 1] == ";":
        return True
    if _BULLET.match(text, following):
        return not wrapped or text[end - 1] == ":"
    first = text[following : following + 4].lstrip(_OPENERS)[:1]
    if text[end - 1] == ":":
        return first.isupper() and not wrapped
    return not first.islower() and not wrapped


def _is_wrapped(text: str, line_end: int, following: int, width: int) -> bool:
    """Would the first word of the next line have gone past the margin?"""
    if not width:
        return False
    line_start = max(text.rfind(sign, max(line_end - width - 1, 0), line_end) for sign in "\n\r\v\f\u2028\u2029") + 1
    if line_start == 0:
        line_start = max(line_end - width, 0)
    word = text[following : following + width].split(maxsplit=1)
    return line_end - line_start + 1 + len(word[0]) > width
