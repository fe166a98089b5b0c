"""Full stops: of an abbreviation, of an initial, of a number, or of a sentence."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from falc.french.facts import facts, rows
from falc.french.forms import readings

__all__ = ["before_stop", "is_abbreviation", "is_known_abbreviation", "lacks_capital", "starts_sentence"]

_OPENERS = "«“\"'‘’([—–-*_ \u00a0\u202f\n\r\t"
# What a word may carry before an abbreviation: an opening sign, an elided article.
_CARRIED = re.compile(r"^[^\w]*(?:(?:[ldnjmtsc]|qu)['’])?", re.IGNORECASE)
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]\.[ -]?)*[^\W\d_]")
# A sentence that would be nothing but « 1. », « III. », « N.B. », « Article 2. ».
_ITEM_NUMBER = re.compile(
    r"(?:(?:[Aa]rt(?:icle|\.)|ART(?:ICLE|\.)) ?)?(?:\d{1,3}(?:\.\d{1,2})*(?:er)?|[IVX]{1,5})"
    r"|[A-Za-z](?:\.[ -]{0,2}[A-Za-z]){0,3}"
)
_DATE = re.compile(r"(?<!\d)\d{1,2}\.[ \u00a0\u202f]?\d{1,2}\.[ \u00a0\u202f]?\d{4}(?!\d)")
_DATE_LENGTH = 12
_FIRST_WORD = re.compile(r"(\w{1,20}(?:-\w{1,12}){0,3}['’]?)[ \u00a0]?(\w?)")
_NUMBER = re.compile(r"[A-Z]{0,2}[.*]{0,2}[ -]?\d|\w[.°)]")
_WINDOW = 60
_CLOSERS = ")]»”"
_AMOUNT = re.compile(r"[€%]|\d{1,20}[€%]|\d[\d.,/:h-]{0,20}\d")
_ORDERS = ("Y1p", "Y2p")
_SHORTEST = 3  # letters of a word after which a sentence may lack its capital


def is_abbreviation(text: str, stop: int, following: int, sentence_start: int) -> bool:
    """Does the full stop at `stop` belong to the word before it, not to the sentence?

    The next word stands at `following`.
    """
    raw = before_stop(text, stop)
    if not raw:
        return False
    word = _CARRIED.sub("", raw, count=1)
    if stop - sentence_start < _WINDOW and _ITEM_NUMBER.fullmatch(text[sentence_start:stop].strip(_OPENERS)):
        return True  # « 1. Remplissez »: the number of an item begins its sentence
    if word.isdigit():
        return _is_date(text, stop)
    if _follows_civility(text, stop) and not starts_sentence(text, following):
        return True  # « Mme Ch. Lefèvre », not « Mme Ben. Elle »
    kind = _kinds().get(_key(word))
    if kind == "jamais":
        return True
    if kind == "oui":
        return False
    if kind == "nombre":
        return _NUMBER.match(text, following) is not None
    if kind is not None:
        return not starts_sentence(text, following)
    if _LETTERS_WITH_STOPS.fullmatch(word) and (len(word) == 1 or "." in word):
        return _is_initial(text, word, stop, following)
    return False


def is_known_abbreviation(word: str) -> bool:
    """Is `word` with a full stop in the list of abbreviations?"""
    return _key(word) in _kinds()


def lacks_capital(text: str, stop: int, following: int, sentence_start: int) -> bool:
    """Is the next sentence typed without its capital (« lundi prochain. il faut »)?"""
    if not text[following].islower() or not starts_sentence(text, following):
        return False
    word = before_stop(text, stop).lstrip(_OPENERS).rstrip(_CLOSERS)
    if _AMOUNT.fullmatch(word):  # « le 3939. gardez », « 20 %. il faut », not « 1. gardez »
        first = _FIRST_WORD.match(text, following, following + _WINDOW)
        goes_on = first is not None and first[1].lower() in facts("prepositions-devant-nom")
        return not goes_on and not is_abbreviation(text, stop, following, sentence_start)
    if len(word) < _SHORTEST or not word.isalpha() or is_known_abbreviation(word):
        return False
    return word[0].isupper() or bool(readings(word))


def before_stop(text: str, stop: int) -> str:
    """Return the word that touches the stop."""
    words = text[max(stop - _WINDOW, 0) : stop].split()
    return words[-1] if words and not text[stop - 1].isspace() else ""


def starts_sentence(text: str, position: int) -> bool:
    """Does a word that begins sentences, not names, stand at `position`: « Le dossier », not « Le Gall »?"""
    words = _FIRST_WORD.match(text, position, position + _WINDOW)
    if words is None:
        return False
    word = words[1].lower().replace("’", "'")
    in_name = _starts().get(word)
    if in_name is not None:
        return not (in_name and words[2].isupper())
    return _is_question(word) or _is_order(word)


def _is_question(word: str) -> bool:
    """Does a verb stand before its pronoun: « avez-vous », « faut-il », « rendez-vous » ?"""
    verb, _, pronoun = word.rpartition("-")
    return pronoun in facts("clitiques") and bool(verb)


@cache
def _is_order(word: str) -> bool:
    """Is a form an imperative and nothing but a verb: « signez »?"""
    if not word.endswith(("ez", "ons")):
        return False
    found = readings(word)
    return all(reading.pos == "VERB" for reading in found) and any(reading.cell in _ORDERS for reading in found)


@lru_cache(maxsize=1)
def _starts() -> dict[str, bool]:
    """Return the words that begin sentences, with whether they also begin names."""
    return {term: in_name == "oui" for term, _, in_name in rows("debuts-de-phrase")}


def _is_date(text: str, stop: int) -> bool:
    """Does a stop stand between the numbers of a date: « 3. 12. 2024 »?"""
    found = _DATE.search(text, max(stop - _DATE_LENGTH, 0), stop + _DATE_LENGTH)
    return found is not None and found.start() < stop < found.end()


def _is_initial(text: str, word: str, stop: int, following: int) -> bool:
    if word.islower() and len(word) == 1 and text[following].isupper():
        return False
    if text[following].isdigit():
        return len(word) == 1  # « L. 264-1 »
    if len(word) == 1:
        before = text[max(stop - _WINDOW, 0) : stop].split()
        if len(before) > 1 and before[-2].lower() in facts("lettres-de-classement"):
            return False  # « la catégorie C. Contactez »
    return not starts_sentence(text, following)


def _follows_civility(text: str, stop: int) -> bool:
    words = text[max(stop - _WINDOW, 0) : stop].split()
    return len(words) > 1 and words[-2] in facts("civilites") and len(words[-1]) <= 3 and words[-1].istitle()


def _key(word: str) -> str:
    return word + "." if len(word) == 1 else word.lower() + "."


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """Return what each abbreviation with a full stop asks for; of several words, the last counts."""
    kinds = {}
    for row in rows("abreviations"):
        term = row[0].split()[-1]
        if term.endswith("."):
            kinds[_key(term[:-1])] = row[3] if len(row) > 3 else ""
    return kinds
