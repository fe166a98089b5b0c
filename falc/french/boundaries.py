"""Sentence boundaries by rules, without a model: the same text is always cut at the same places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from falc.french.facts import facts
from falc.french.stops import before_stop, is_abbreviation, is_known_abbreviation, lacks_capital, starts_sentence
from falc.model import Span

__all__ = ["sentence_spans"]

# Faces, hands and hearts close a sentence; other pictures open a line.
_FACE = (
    r"[\U0001F600-\U0001F64F\U0001F910-\U0001F92F\U0001F970-\U0001F97A\U0001F440-\U0001F450☹☺❤]"
    r"[\ufe0e\ufe0f\U0001F3FB-\U0001F3FF]*"
)
# Stops with the quotes, brackets and faces that close after them, or line ends with the blanks after them.
_CANDIDATE = re.compile(
    rf"(?P<stop>[.!?…]+)(?P<close>(?:[ \u00a0\u202f]?(?:[»”)\]]|{_FACE})|[\"'’](?!\w))*)"
    rf"|(?P<line>[\n\r\v\f\u2028\u2029]\s*)|(?P<face>{_FACE})|(?P<semicolon>;)"
)
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\u2028\u2029]")
_BLANK = re.compile(r"[^\S\n\r\v\f\u2028\u2029]*")
_OPENERS = "«“\"'‘’([—–-*_ \u00a0\u202f"
_OMISSION = re.compile(r"[(\[](?:\.{3}|…)[)\]]\s?")
_BULLET = re.compile(
    r"[•●▪▫■□◦‣⁃·*✓✔➔➢→☐☑\U0001F300-\U0001F5FF\U0001F680-\U0001F6FF]|[-–—]\s|[oO]\t"
    r"|(?P<number>(?:\d{1,2}|[a-zA-Z])(?:\)|°\)?)\s|\d{1,2}\.\s)"
)
_GLUED = re.compile(r"[^\W\d_]{2}[.!?…][»”)\]]*[^\W\d_]{2}")
_CLOSED = re.compile(r"\w[a-zà-ÿ»”)\]]|\d\d|[ \u00a0\u202f][»”]")
_NOT_PROSE = re.compile(r"[@/\\_=]|www|https?:|\w\.\w")
_BRAND = re.compile(r"[a-z][A-Z][a-z]")  # « iPhone », « eBay »: the capital stands second
_WINDOW = 60
_FORMULA = 5  # the most words of a formula on a line of its own
_SIGNS = 8  # the most opening signs, or the length of an omission, before a word
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
        if match["semicolon"] or match["face"]:
            following = _skip(text, match.end())
            capital = match.end() < following < len(text) and text[following].isupper()
            cut = match.end() if capital and starts_sentence(text, following) else None
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
    return end if match[0] == "." and lacks_capital(text, match.start(), following, state.start) else None


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
    if len(match["stop"]) > 1 or not text[end : end + 1].isupper() or not _closes_word(text, stop, end):
        return False
    if is_known_abbreviation(before_stop(text, stop)):
        return False
    before, after = text[max(stop - _WINDOW, 0) : stop].split()[-1], text[end : end + _WINDOW].split()[0]
    if _NOT_PROSE.search(before) or _NOT_PROSE.search(after):
        return False
    return after.rstrip(".,;:!?)»").lower() not in facts("extensions-de-fichier") | facts("domaines-internet")


def _closes_word(text: str, stop: int, end: int) -> bool:
    """Does a word of small letters stand before the stop, and a capitalised word after it?"""
    if _GLUED.fullmatch(text[max(stop - 2, 0) : end + 2]) and text[end + 1].islower():
        return text[stop - 1].islower()
    return _CLOSED.fullmatch(text[max(stop - 2, 0) : stop]) is not None and starts_sentence(text, end)


def _ends_sentence(text: str, stop: int, sign: str, following: int, sentence_start: int) -> bool:
    """Decide whether the stop at `stop` ends a sentence, knowing what follows it after blanks."""
    if stop - sentence_start < _SIGNS and not text[sentence_start:stop].strip(_OPENERS + " \n"):
        return False  # « (…) Les »: the stop of an omission
    omission = _OMISSION.match(text, following)
    first = omission.end() if omission else following
    while first < len(text) and first - following < _SIGNS and text[first] in _OPENERS:
        first += 1
    head = text[first : first + 1]
    bullet = _BULLET.match(text, following)
    if bullet and (bullet["number"] or not head.islower()):
        return sign != "." or not is_abbreviation(text, stop, first, sentence_start)
    capital = head.isupper() or _BRAND.match(text, first) is not None
    if not (capital or head.isdigit()):
        return False
    if sign != ".":
        return capital or sign not in ("...", "…")
    return not is_abbreviation(text, stop, first, sentence_start)


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
    if text[end - 1] == "," and _is_formula(text[state.start : end - 1][:_WINDOW], text, following):
        return True
    wrapped = _is_wrapped(text, match.start(), following, width)
    if state.stop[1] == end:
        sign = text[state.stop[0] : end].rstrip("»”)]\"'’ \u00a0\u202f")
        if sign == ".":
            return not is_abbreviation(text, state.stop[0], following, state.start)
        return _ends_sentence(text, state.stop[0], sign, following, state.start) or not wrapped
    if text[end - 1] == ";":
        return True
    if _goes_on(text, end, following):
        return False
    if _BULLET.match(text, following):
        return not wrapped or text[end - 1] == ":"
    first = text[following : following + 4].lstrip(_OPENERS)[:1]
    if text[end - 1] == ":":
        return first.isupper() and not wrapped
    return not first.islower() and not wrapped


def _is_formula(line: str, text: str, following: int) -> bool:
    """Does a line before `following` open a letter (« Madame la directrice ») or close it (« Bien cordialement »)?"""
    words = line.lower().replace("’", "'").split()
    if " ".join(words) in facts("salutations"):
        return True
    opens = 0 < len(words) <= _FORMULA and words[0].rstrip(",") in facts("formules-d-appel")
    return opens and (not text[following].islower() or starts_sentence(text, following))


def _goes_on(text: str, end: int, following: int) -> bool:
    """Does a line end with a word that needs the next: « la somme de » before « 120 euros », « de » before « Lyon »?"""
    words = _LINE_END.split(text[max(end - _WINDOW, 0) : end])[-1].lower().split()
    last = words[-1].replace("’", "'")
    needs = last in facts("prepositions-devant-nom") or last in facts("determinants")
    return needs and len(words) > 1 and text[following].isalnum() and not starts_sentence(text, following)


def _is_wrapped(text: str, line_end: int, following: int, width: int) -> bool:
    """Would the first word of the next line have gone past the margin?"""
    if not width:
        return False
    line_start = max(text.rfind(sign, max(line_end - width - 1, 0), line_end) for sign in "\n\r\v\f\u2028\u2029") + 1
    if line_start == 0:
        line_start = max(line_end - width, 0)
    word = text[following : following + width].split(maxsplit=1)
    return line_end - line_start + 1 + len(word[0]) > width
