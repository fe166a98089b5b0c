"""Does an edit keep what a text says: its numbers, its names, its negations, its addresses?

Nothing here knows which rule made the edit.  What cannot be shown to be the same is taken for a change.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from falc.french.analysis import plain
from falc.french.boundaries import sentence_spans
from falc.french.dates import numeric_dates
from falc.french.facts import rows
from falc.french.hours import times
from falc.french.numerals import number_words, roman_numerals
from falc.french.protected import protected_spans
from falc.french.quantities import written_dates
from falc.french.words import Word, key_of, words_of
from falc.model import Edit, Span

__all__ = ["keeps_facts"]

_Facts = Counter[tuple[str, ...]]

_ADDRESS = re.compile(r"@|://|^www\.|[a-z]\.[a-z]{2}")
_PHONE = r"(?<!\d)(?<!\d[ .-])0[1-9](?:[ .-]?\d{2}){4}(?![ .-]?\d)"
_NUMBER = re.compile(rf"(?P<phone>{_PHONE})|\d+(?:[ .,]?\d+)*")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_LETTERS_OF_CODE = re.compile(r"(?<!\w)[A-Z]+(?=[-/]?\d)|(?<=\d)[A-Z]+|(?<=\d[-/])[A-Z]+")
_DIGITS = re.compile(r"\d+")
_LONGEST_VALUE = 4  # digits; in a longer number, a zero in front is part of a telephone number or a reference
_FAR = 200  # characters around an edit, where its facts are
_REACH = 14  # words between « ne » and its second word


def keeps_facts(text: str, edits: Sequence[Edit]) -> bool:
    """Do `edits`, sorted and disjoint, keep the facts of the sentences of a plain text that they change?"""
    if not edits:
        return True
    start, end = _around(text, Span(edits[0].span.start, edits[-1].span.end))
    before, after, position = plain(text[start:end]), "", start
    for edit in edits:
        after += text[position : edit.span.start] + edit.text
        position = edit.span.end
    after = plain(after + text[position:end])
    if before == after:
        return True
    old = plain(" ".join(text[edit.span.start : edit.span.end] for edit in edits))
    new = plain(" ".join(edit.text for edit in edits))
    return (
        _values(before) == _values(after)
        and _negations(before) == _negations(after)
        and _keeps_names(before, after, old, new)
    )


def _around(text: str, span: Span) -> tuple[int, int]:
    """Return the bounds of the sentences that `span` touches, or near it in an endless one."""
    spans = _sentences(text)
    first = bisect_right(spans, span.start, key=lambda sentence: sentence.start) - 1
    last = bisect_left(spans, span.end, key=lambda sentence: sentence.start) - 1
    start = min(span.start, spans[first].start if first >= 0 else 0)
    end = max(span.end, spans[last].end if last >= 0 else 0)
    return max(start, span.start - _FAR), min(end, span.end + _FAR)


@lru_cache(maxsize=8)  # the edits of one block come one after the other
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentence_spans(text))


# --- numbers and addresses ------------------------------------------------------------------


def _values(text: str) -> _Facts:
    """Count the numbers, dates, hours, references and addresses of a text by their values, however they are written."""
    values: _Facts = Counter()
    rest = text
    for span, value in _read(text):
        if "\0" not in rest[span.start : span.end]:
            values[value] += 1
            rest = rest[: span.start] + "\0" * (span.end - span.start) + rest[span.end :]
    values.update(("signes", letters) for letters in _LETTERS_OF_CODE.findall(rest))
    values.update(_number(match) for match in _NUMBER.finditer(rest))
    return values


def _read(text: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield what is no plain number in digits; the first reading of a place is the right one."""
    for span in protected_spans(text):
        if _ADDRESS.search(text, span.start, span.end) and not text[span.start : span.end].isupper():
            yield span, ("adresse", text[span.start : span.end])
    for hit in numeric_dates(text):
        for match in written_dates(hit.written):
            yield hit.span, _date(match)
    for match in written_dates(text):
        yield Span(*match.span()), _date(match)
    for time in times(text):
        hour, minutes = (*map(int, _DIGITS.findall(text, time.span.start, time.span.end)), 0)[:2]
        yield time.span, ("heure", str(hour), str(minutes)) if minutes else ("nombre", str(hour))
    for number in number_words(text):
        yield from ((number.span, ("nombre", str(value))) for value in number.values)
    for numeral in roman_numerals(text):
        yield numeral.span, ("nombre", str(numeral.value))
    pattern, hidden = _hidden_numbers()
    for match in pattern.finditer(text):
        yield Span(*match.span()), ("nombre", hidden[match[0].lower()])


@lru_cache(maxsize=1)
def _hidden_numbers() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the words that say a number without naming it: « quinzaine »."""
    hidden = {row[0]: row[2] for row in rows("nombres-caches")}
    longest_first = "|".join(sorted(map(re.escape, hidden), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])", re.IGNORECASE), hidden


def _date(match: re.Match[str]) -> tuple[str, ...]:
    return "date", str(int(match["day"])), match["month"].lower(), match["year"] or ""


def _number(match: re.Match[str]) -> tuple[str, ...]:
    written = match[0].replace(" ", "")
    if match["phone"] is None and _DECIMAL.fullmatch(written):
        return "nombre", f"{Decimal(written.replace(',', '.')).normalize():f}"
    digits = "".join(_DIGITS.findall(written))
    return "nombre", str(int(digits)) if len(digits) <= _LONGEST_VALUE else digits


# --- negations ------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _denying() -> tuple[re.Pattern[str], dict[str, tuple[str, bool]]]:
    """Return what finds the words that deny, and for each its family and whether it denies without « ne »."""
    words = {row[0]: (row[2], row[3] == "oui") for row in rows("mots-qui-nient")}
    longest_first = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{longest_first})(?:(?<=')|(?![\w-]))|[\w-]+"), words


def _negations(text: str) -> Counter[str]:
    """Count the words that deny, by family; « plus » counts next to « ne » only."""
    pattern, words = _denying()
    found = [words.get(match[0], ("", False)) for match in pattern.finditer(text.lower())]
    count = Counter(family for family, alone in found if family and alone)
    for place, (family, _) in enumerate(found):
        if family == "ne":
            second = next((word for word in _beside(found, place) if word[0]), None)
            if second is not None and not second[1]:
                count[second[0]] += 1
    return count


def _beside(found: Sequence[tuple[str, bool]], place: int) -> Iterable[tuple[str, bool]]:
    """Return the word before « ne » (« plus personne ne »), then those after it."""
    return (*found[max(place - 1, 0) : place], *found[place + 1 : place + 1 + _REACH])


# --- names ----------------------------------------------------------------------------------


def _keeps_names(before: str, after: str, old: str, new: str) -> bool:
    """Are the names of `before` in `after`, and no others?  An abbreviation may be spelt out."""
    lost, gained = _missing(before, after), _missing(after, before)
    return not (lost or gained) or _spells_out(lost, old, new)


def _missing(text: str, other: str) -> list[str]:
    """Return the names of `text` that `other` has less often, or not."""
    there = Counter(word.key for word in words_of(other))
    return [name for name, count in Counter(_names(text)).items() if there[key_of(name)] < count]


def _names(text: str) -> Iterator[str]:
    """Yield the words with a capital that do not begin a sentence, and the acronyms; codes are no names."""
    starts = [span.start for span in sentence_spans(text)]
    numerals = [numeral.span for numeral in roman_numerals(text)]
    words = words_of(text)
    first = {next((word.start for word in words if word.start >= start), -1) for start in starts}
    for word in words:
        if any(sign.isdigit() for sign in word.text) or text[word.end : word.end + 1] in ("°", "º"):
            continue
        if any(span.overlaps(Span(word.start, word.end)) for span in numerals):
            continue
        if _is_acronym(word) or (word.text[0].isupper() and word.start not in first):
            yield word.text


def _is_acronym(word: Word) -> bool:
    return word.text.isupper() and sum(sign.isalpha() for sign in word.text) > 1  # « L' » is an article


def _spells_out(lost: Sequence[str], old: str, new: str) -> bool:
    """Does `new` say in whole words what the abbreviations and the acronyms of `old` stand for?"""
    initials = "".join(word.text[0] for word in words_of(new)).upper()
    said = new.casefold()
    short = [full for term, full in _expansions() if re.search(rf"(?<!\w){re.escape(term)}(?!\w)", old)]
    if any(form.casefold() in said for full in short for form in full):
        return True
    return bool(lost) and all(name.isupper() and len(name) > 1 and _in_order(name, initials) for name in lost)


@lru_cache(maxsize=1)
def _expansions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the abbreviations and the symbols, each with the words that it stands for."""
    short = [(row[0], tuple(full.strip() for full in row[1].split("|"))) for row in rows("abreviations")]
    units = [(row[0], (row[2], *row[3:4])) for row in rows("unites")]
    return tuple((term, tuple(filter(None, full))) for term, full in (*short, *units) if any(full))


def _in_order(letters: str, initials: str) -> bool:
    left = iter(initials)
    return all(letter in left for letter in letters)
