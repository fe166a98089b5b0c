"""Numbers in a plain text: in letters, in Roman numerals, large, or as a share of a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from falc.french.dates import DateHit, numeric_dates
from falc.french.facts import facts, rows
from falc.french.forms import readings
from falc.french.protected import Outside, merged, protected_spans
from falc.french.roman import RomanNumeral, roman_numerals
from falc.french.words import words_of
from falc.model import Span

__all__ = [
    "BigNumber",
    "DateHit",
    "NumberWord",
    "RomanNumeral",
    "big_numbers",
    "in_digits",
    "number_words",
    "numeric_dates",
    "percentages",
    "protected_spans",
    "roman_numerals",
    "share_of_hundred",
    "stands_alone",
    "stands_for_all",
]


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number in letters and its value; « un à trois » is one, whose `first` value is 1."""

    span: Span
    value: int
    first: int | None = None

    @property
    def values(self) -> tuple[int, ...]:
        return (self.value,) if self.first is None else (self.first, self.value)


@dataclass(frozen=True, slots=True)
class BigNumber:
    """A whole number that a reader cannot picture; decimals are dropped from its value."""

    span: Span
    value: int


# --- numbers in letters ---------------------------------------------------------------------

_JOIN = r"(?:-et-| et |-| )"
_NEXT_WORD = re.compile(r"\s([^\W\d_]{1,30})")
_RANGE = re.compile(r" (?:à|ou) $")
_BESIDE = 40  # characters around a number in which another one is looked for
_JOINERS = ("et", "virgule", "point")
_ONES = ("un", "une", "mille", "cent")


@lru_cache(maxsize=1)
def _values() -> dict[str, int]:
    return {row[0]: int(row[2]) for row in rows("nombres")}


@lru_cache(maxsize=1)
def _number_pattern() -> re.Pattern[str]:
    word = "|".join(sorted(_values(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{word})(?:{_JOIN}(?:{word})\b)*(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _kept_pattern() -> re.Pattern[str]:
    """Match the set expressions, unless a word that makes a real count follows."""
    terms = []
    for row in sorted(rows("expressions-numerales"), key=lambda row: -len(row[0])):
        counted = row[2].split() if len(row) > 2 else []
        unless = rf"(?! (?:{'|'.join(map(re.escape, counted))})\b)" if counted else ""
        unless = r"(?! \w)" if counted == ["*"] else unless
        terms.append(rf"{re.escape(row[0])}(?![\w-]){unless}")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(terms)})", re.IGNORECASE)


def number_words(text: str) -> Iterator[NumberWord]:
    """Yield the numbers in letters, from « deux » on; « un » counts in « vingt et un » and « un ou deux »."""
    kept = [Span(m.start(), m.end()) for m in _kept_pattern().finditer(text)]
    is_free = Outside(merged([*kept, *protected_spans(text)]))
    alone: NumberWord | None = None  # « un », which counts if « ou deux » follows
    for match in _number_pattern().finditer(text):
        for number in _read(match[0], match.start()):
            if not is_free(number.span) or not _counts(text, number):
                alone = None
                continue
            if alone and _RANGE.fullmatch(text, alone.span.end, number.span.start):
                yield NumberWord(Span(alone.span.start, number.span.end), number.value, alone.value)
                alone = None
                continue
            alone = number if text[number.span.start : number.span.end].lower() in ("un", "une") else None
            if alone is None:
                yield number


def stands_alone(text: str, span: Span) -> bool:
    """Has a number in letters no other number word beside it, as in « un million deux cent mille »?"""
    before = [word.key for word in words_of(text[max(0, span.start - _BESIDE) : span.start])][-2:]
    after = [word.key for word in words_of(text[span.end : span.end + _BESIDE])]
    parts = [part for word in after[:3] for part in word.split("-")]
    if parts and parts[0] in facts("mots-million"):
        parts = parts[1:]
    if parts and parts[0] in _JOINERS:
        parts = parts[1:]
    previous = [part for word in before for part in word.split("-")]
    if previous and previous[-1] in _JOINERS:
        previous = previous[:-1]
    return not (_is_number_word(parts[:1]) or _is_number_word(previous[-1:]))


def stands_for_all(text: str, span: Span) -> bool:
    """Is it « tous deux », « toutes les trois », which digits alone would not say?"""
    before = text[max(0, span.start - _BESIDE) : span.start].lower().split()
    if before[-1:] == ["les"]:
        before.pop()
    following = _NEXT_WORD.match(text, span.end)
    counted = following is not None and following[1].lower() not in facts("mots-outils")
    return bool(before) and before[-1] in ("tous", "toutes") and not counted


def _is_number_word(words: Sequence[str]) -> bool:
    return any(word in _values() or word in facts("mots-million") or word in _ONES for word in words)


def _read(words: str, offset: int) -> Iterator[NumberWord]:
    """Cut a run of number words into numbers: « cent un » is one, « deux trois » are two."""
    total, current = 0, 0
    start = end = -1
    joined = ""
    for match in re.finditer(r"[^\W\d_]+", words):
        word = match[0].lower()
        if word == "et":
            joined = "et"
            continue
        value = _values()[word]
        grown = _grow(total, current, value, joined == "et") if start >= 0 else None
        if grown is None:
            if start >= 0:
                yield NumberWord(Span(offset + start, offset + end), total + current)
            start = match.start()
            grown = (1000, 0) if value == 1000 else (0, value)
        (total, current), end, joined = grown, match.end(), ""
    yield NumberWord(Span(offset + start, offset + end), total + current)


def _grow(total: int, current: int, value: int, after_and: bool) -> tuple[int, int] | None:
    """Return the number with one more word, as thousands and rest, or None if they do not go together."""
    tens, units = current % 100 // 10 * 10, current % 10
    if after_and:
        fits = units == 0 and ((value == 1 and 20 <= tens <= 60) or (value == 11 and tens == 60))
        return (total, current + value) if fits else None
    if value == 1000:
        return (current * 1000, 0) if total == 0 and current > 1 else None
    if value == 100:
        if current == 0 and total:
            return total, 100
        return (total, current * 100) if 2 <= current <= 9 else None
    if value == 20 and current % 100 == 4:
        return total, current + 76  # « quatre-vingts »
    if current == 0:
        return (total, value) if total and value else None
    if current % 100 == 0:
        return (total, current + value) if value else None
    if tens == 10:
        return (total, current + value) if units == 0 and 7 <= value <= 9 else None  # « dix-huit »
    room = 20 if tens in (60, 80) else 10
    return (total, current + value) if units == 0 and 0 < value < room else None


def _counts(text: str, number: NumberWord) -> bool:
    """Is it a count, and not an adjective, a name, cents or a month?"""
    start, end = number.span.start, number.span.end
    words = text[start:end]
    before, after = text[max(start - 3, 0) : start], text[end : end + 3]
    if words.lower() == "neuf":
        following = _NEXT_WORD.match(text, end)
        counted = following[1].lower() if following else ""
        if _follows_plural_be(text, start):
            return True
        return counted[-1:] in ("s", "x", "z") and counted not in facts("mots-outils-en-s")
    if words.lower() in ("un", "une"):
        return before[-1:] != "'"
    if words[0].isupper() and not words.isupper() and (before[-2:-1].isalpha() or before[-2:-1] == ","):
        return False  # « rue des Trois Frères »
    if words.lower() in ("cent", "cents", "mille") and before[-2:-1].isdigit():
        return False
    return not re.match(r"\. ?\d", after)  # « sept. 2024 »


def _follows_plural_be(text: str, start: int) -> bool:
    """Is it the « neuf » of « nous sommes déjà neuf », which counts people?"""
    words = text[max(start - _BESIDE, 0) : start].split()[-2:]
    cells = (reading.cell for word in words for reading in readings(word.lower()) if reading.lemma == "être")
    return any(cell.endswith("p") for cell in cells)


def in_digits(text: str, number: NumberWord) -> str:
    """Write a number in letters in digits, in groups of three: « 1 012 », but « 2025 » for a year."""
    if number.first is not None:  # « un à trois »
        joined = text[number.span.start : number.span.end].split()[1]
        return f"{number.first} {joined} {number.value}"
    if number.value < 1000 or _is_year(text, number.value, number.span.start):
        return str(number.value)
    return f"{number.value:,}".replace(",", "\u00a0")


# --- years ----------------------------------------------------------------------------------

_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_WORDS_BEFORE = 20  # characters, enough for the words that announce a year or a telephone number


def _is_year(text: str, value: int, start: int) -> bool:
    """Is a number a year, to judge by the word before it: « en 1638 », « mars 2025 »?"""
    if not _FIRST_YEAR <= value <= _LAST_YEAR:
        return False
    words = text[max(start - _WORDS_BEFORE, 0) : start].lower().replace("'", " ").split()
    return bool(words) and words[-1] in facts("mots-devant-annee") | facts("mois")


# --- percentages and large numbers ----------------------------------------------------------

_DIGITS = r"\d{1,3}(?:[ .]\d{3}){1,5}(?!\d)|\d{1,15}"
_PERCENT = re.compile(
    rf"(?:(?<![\d,.])(?:{_DIGITS})(?:[,.]\d{{1,4}})? ?)?(?:%|(?<!\w)pour[ -]?cents?(?!\w))", re.IGNORECASE
)
_LARGE = re.compile(
    rf"(?<![\w.,/°-])(?P<digits>{_DIGITS})(?:,\d{{1,4}})?"
    r"(?: (?P<unit>millions?|milliards?))?(?![\w/°*]|[.,-]\d|-\w)"
)
_MONEY = re.compile(r" ?(?:de |d')?(?:€|euros?\b|EUR\b|k€|centimes?\b|F\b|francs?\b)")
_TOWN = re.compile(r",? (?:\d{5} )?[A-ZÉÈÀÎ]")
# « 116 117 », « 118 000 »: numbers to call.
_SHORT_CALL = re.compile(r"11[68][ \u00a0\u202f]?\d{3}")
# Years of our time need no word before them.
_FIRST_PLAIN_YEAR = 1900


@lru_cache(maxsize=1)
def _call_pattern() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, facts("mots-devant-telephone")), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?: le| au)?(?: :)? $", re.IGNORECASE)


def percentages(text: str) -> Iterator[Span]:
    """Yield the shares of a hundred, with their number: « 12,5 % », « dix pour cent »."""
    is_free = Outside(protected_spans(text))
    numbers = {m.end(): m.start() for m in _number_pattern().finditer(text)}
    for match in _PERCENT.finditer(text):
        start = match.start()
        if not text[start].isdigit():
            start = numbers.get(start - 1, start)
            if start == match.start() and text[start] != "%":
                continue  # « 20 euros pour cent copies »
        if is_free(Span(match.start(), match.end())):
            yield Span(start, match.end())


def share_of_hundred(text: str, span: Span) -> int | None:
    """Return the whole number of a percentage: 50 for « 50 % », None for « 12,5 % »."""
    words = text[span.start : span.end]
    digits = re.match(r"(\d{1,3}) ?(?:%|pour)", words, re.IGNORECASE)
    if digits is not None:
        return int(digits[1])
    letters = _number_pattern().match(words)
    numbers = list(_read(letters[0], 0)) if letters is not None else []
    return numbers[0].value if len(numbers) == 1 else None


def big_numbers(text: str, minimum: int) -> Iterator[BigNumber]:
    """Yield the numbers above `minimum` that count something: no year, amount, address, telephone or reference."""
    is_free = Outside(protected_spans(text))
    for match in _LARGE.finditer(text):
        unit = match["unit"]
        value = int(re.sub(r"\D", "", match["digits"])) * (_magnitude(unit) if unit else 1)
        span = Span(match.start(), match.end())
        if value <= minimum or not is_free(span) or _MONEY.match(text, span.end):
            continue
        if unit or _is_count(text, match["digits"], span):
            yield BigNumber(span, value)


def _magnitude(unit: str) -> int:
    return 1_000_000_000 if unit.startswith("milliard") else 1_000_000


def _is_count(text: str, digits: str, span: Span) -> bool:
    before = text[max(span.start - _WORDS_BEFORE, 0) : span.start].lower().split()
    if digits.startswith("0") or (before and before[-1] in facts("mots-devant-numero")):
        return False
    if before and before[-1] == "au" and digits.isdecimal() and len(digits) > 3:
        return False  # « STOP au 36180 »
    if _SHORT_CALL.fullmatch(digits):
        return False
    if len(digits) == 4 and (
        _FIRST_PLAIN_YEAR <= int(digits) <= _LAST_YEAR
        or _is_year(text, int(digits), span.start)
        or _call_pattern().search(text[max(span.start - _WORDS_BEFORE, 0) : span.start])
    ):
        return False
    return not (len(digits) == 5 and _TOWN.match(text, span.end))
