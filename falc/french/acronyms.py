"""The acronyms of a text: runs of capitals that are no names, no numbers and no words in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from falc.french.analysis import AnalysedBlock
from falc.french.expansions import plain_letters
from falc.french.facts import facts, rows
from falc.french.forms import is_adjectival, is_participle, readings
from falc.french.frequency import zipf
from falc.french.lexicon import Entry
from falc.french.postal import is_postal
from falc.french.protected import overlaps_any, protected_spans
from falc.model import Span

__all__ = ["Acronym", "acronyms_of"]

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_CAPITALS = re.compile(
    rf"(?<![\w.@-])(?:[{_CAPITAL}][{_CAPITAL}\d]{{1,11}}s?(?:-[{_CAPITAL}]{{1,8}})?"
    rf"|(?:[{_CAPITAL}][.·]){{1,8}}[{_CAPITAL}]\.?|[{_CAPITAL}]{{1,3}}&[{_CAPITAL}]{{1,3}})"
    rf"(?!\w|[-'’.&]\w)"
)
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SIGNS = str.maketrans("", "", ".·")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"\s?(?:n ?°|nº|N°|numéro)")
_VOWELS = frozenset("AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜ")
# A run of letters that a reader of French can say, as names are: « BREST », « HOFFMANN », « SCHMITT ».
_ONSET = r"(?:sch|s[cpt]r|qu|[bcdgkpstz]h|dj|n[dgz]|mb|gn|[bcfgp]l|[bcdfgptvk]r|s[cmnpqtk]|[bcdfghjklmnprstvwxz])"
_NUCLEUS = r"(?:(?!aa|ii|uu|yy|ae|oe$)[aeiouy]{1,4})"
_MIDDLE = r"(?:ll|ss|tt|nn|mm|rr|ff|[bcdfgklmnprstxz])"
_END = r"(?:[rln]?[bcdfgkmnpstxz]s?|[lr]s?|[rln]?[cst]h|ll|ss|tt|nn|mm|rr|ff|ck|ct|st|sch|tz)"
_READABLE = re.compile(rf"{_ONSET}?{_NUCLEUS}(?:{_MIDDLE}?{_ONSET}{_NUCLEUS}){{0,5}}{_END}?")
_REPEATED = re.compile(r"(.)\1\1|\A(.)\2\Z")
_LONGEST_SHOUT = 7  # letters: more letters E would make too many words with accents
_SAYABLE = 4  # letters up to which « le » makes an acronym of what can be said
_LONGEST_UNKNOWN = 6  # letters of what stands alone and cannot be said
_LONGEST_SAID = 8  # letters of what can be said, behind « le » or « le dispositif »
_SHORTEST_SAID = 3
_BARE = 5.0  # words as common as that are seen in capitals more often than the acronym: « CET », « BUT »
_RARE = 3.3  # words as common as that are names, or words that are newer than the dictionary: « le HUB »
_UNHEARD = 2.5  # longer words as common as that are rivers, brands and families: « la BIÈVRE »
_LINKS = ("de", "du", "des", "la", "les", "le", "d", "l")  # between « ville » and its name
_AROUND = '«»"“”(),;:!?'
_PLURALS = ("les", "des", "aux")  # families: « les OKAFOR »
_WINDOW, _STEP = 800, 400  # characters of a long line that are looked at together, and from one part to the next


class Acronym(NamedTuple):
    """An acronym, its place, its letters without signs, and what the lexicons say about it."""

    span: Span
    name: str
    entries: Sequence[Entry]


def acronyms_of(block: AnalysedBlock) -> Iterator[Acronym]:
    """Yield the acronyms of a block in order, those that everybody knows too."""
    protected = protected_spans(block.text)
    for span, name in _candidates(block):
        entries = [entry for entry in block.lexicon.named(name) if entry.category == "acronyme"]
        shown = block.text[span.start : span.end]
        if {shown, name} & facts("abreviations"):  # the matter of another rule
            continue
        if overlaps_any(span, protected) and not _NUMBERED.match(block.text, span.end):  # « CERFA n° 12345 »
            continue
        listed = bool(entries) or any(len(part) > 2 and block.lexicon.named(part) for part in name.split("-")[1:])
        if shown in _small() or _is_acronym(block, span, name, listed):
            yield Acronym(span, name, entries)


@lru_cache(maxsize=1)
def _small() -> dict[str, str]:
    """Return the acronyms that are written with small letters, and the same in the lexicons."""
    return {row[0]: row[1] for row in rows("sigles-en-minuscules")}


@lru_cache(maxsize=1)
def _small_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _small()), key=len, reverse=True))
    return re.compile(rf"(?<![\w.@/-])(?:{names})(?![\w@]|[-'’./]\w)")


def _candidates(block: AnalysedBlock) -> Iterator[tuple[Span, str]]:
    """Yield the runs of capitals, and the acronyms with small letters, with their letters."""
    found = [(Span(*match.span()), _small()[match[0]]) for match in _small_pattern().finditer(block.text)]
    for match in _CAPITALS.finditer(block.text):
        name = match[0].translate(_SIGNS)
        if name.endswith("s") and not block.lexicon.named(name):
            name = name[:-1]
        found.append((Span(*match.span()), name))
    yield from sorted(found)


def _is_acronym(block: AnalysedBlock, span: Span, name: str, listed: bool) -> bool:
    text = block.text
    letters = name.replace("-", "").replace("&", "")
    if sum(c.isalpha() for c in letters) < 2 or block.block.is_placeholder(span) or _is_field_or_code(text, span):
        return False
    known = listed or name in facts("sigles-connus")
    if not listed and len(letters) < _SHORTEST_SAID and _last_word(text, span) in facts("lettres-de-classement"):
        return False  # « bâtiment BC »
    dotted = "." in text[span.start : span.end]
    if (
        name in facts("noms-en-capitales")
        or name.lower() in facts("extensions-de-fichier")
        or _follows_title(text, span)
        or (dotted and _is_initials(text, span, listed))
    ):
        return False
    line = _line_of(block.block.text, span)
    if _is_postal(line):
        return False
    words, capitals = _counts(line)
    own = len(_WORDS.findall(text[span.start : span.end]))  # « LRAR n° 2C 178 » is no line in capitals
    if words <= own:
        return listed
    if 2 * (capitals - own) > words - own:
        sure = listed and _is_determined(text, span) and zipf(name.lower()) < _BARE  # « AVIS DE LA CAF »
        return sure or ((known or _is_mute(letters)) and not _is_word(name) and not _names_something(text, span))
    determined = _is_determined(text, span)
    if listed:
        return determined or not (zipf(name.lower()) >= _BARE and _is_word(name))
    of_a_kind = len(letters) >= _SHORTEST_SAID and _follows_kind(text, span)
    if known:
        return of_a_kind or not _names_something(text, span)
    if _is_word(name) or any(_is_word(part) and len(part) > 2 for part in name.split("-") if part != name):
        return False
    return (
        not _is_number_or_noise(letters)
        and (of_a_kind or not _names_something(text, span))
        and _sounds_unknown(text, span, name, determined, of_a_kind)
    )


@lru_cache(maxsize=256)
def _is_postal(line: str) -> bool:
    return is_postal(line)


@lru_cache(maxsize=256)
def _counts(line: str) -> tuple[int, int]:
    """Return how many words a line has, and how many of them are in capitals."""
    words = _WORDS.findall(line)
    return len(words), sum(word.isupper() for word in words)


def _line_of(text: str, span: Span) -> str:
    """Return the line that holds a place; of a long line a part, the same for all places that are near."""
    start = text.rfind("\n", max(0, span.start - _STEP), span.start) + 1
    first = start or max(0, span.start - span.start % _STEP - _STEP // 2)
    end = text.find("\n", span.start, first + _WINDOW)
    return text[first : end if end != -1 else max(first + _WINDOW, span.end)].strip()


def _sounds_unknown(text: str, span: Span, name: str, determined: bool, of_a_kind: bool) -> bool:
    """Are these letters, which no list holds, an acronym?

    « le » or « le dispositif » stands before, or nobody can say them.
    """
    parts = name.split("-")
    letters = "".join(parts)
    if len(parts) > 1 and any(part in facts("sigles-connus") or _is_mute(part) for part in parts):
        return True
    if "&" in name or _is_mute(letters):
        return True
    readable = any(_READABLE.fullmatch(plain_letters(part.lower())) for part in parts)
    if of_a_kind and _is_unheard(name):
        return True
    if _follows_capital(text, span):
        return not readable and len(letters) <= _LONGEST_UNKNOWN
    if determined:
        if not readable or len(letters) == 2:
            return True
        return _last_word(text, span) not in _PLURALS and _is_unheard(name)
    if readable and _NUMBERED.match(text, span.end):
        return _is_unheard(name)
    return not readable and len(letters) <= _LONGEST_UNKNOWN


def _is_unheard(name: str) -> bool:
    """Is this, which can be said, no name of a family, a town, a river or a brand that people write about?"""
    word = name.lower()
    if len(word) > _LONGEST_SAID or plain_letters(word) != word or word in facts("cours-d-eau"):
        return False
    return zipf(word) < (_RARE if len(word) <= _SAYABLE else _UNHEARD)


def _is_mute(letters: str) -> bool:
    """Is there no vowel?"""
    return len(letters) >= 2 and _VOWELS.isdisjoint(letters)


@lru_cache(maxsize=4096)
def _is_word(name: str) -> bool:
    """Is this a word of French in capitals, perhaps without its accents: « AVANT », « DELAI »?"""
    word = name.lower()
    if readings(word) or word in facts("mots-outils") or word in facts("determinants"):
        return True
    if len(word) < 2 or word.count("e") > 3 or (len(word) > _LONGEST_SHOUT and word.count("e") > 2):
        return False
    choices = [
        ("e", "é", "è", "ê") if c == "e" else ("a", "à", "â") if c == "a" and word.count("a") < 3 else (c,)
        for c in word
    ]
    return any(readings("".join(letters)) for letters in product(*choices))


def _is_number_or_noise(letters: str) -> bool:
    """Are these a Roman numeral, a code, a cry or a field: « XIV », « AB123 », « XXX »?"""
    if _ROMAN.fullmatch(letters) or _REPEATED.search(letters):
        return True
    return sum(c.isdigit() for c in letters) > 1


def _is_field_or_code(text: str, span: Span) -> bool:
    """Do signs around tell that this is a field to fill, a code or a path: « [NOM] », « DIE/SUSP/2026 »?"""
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if before + after in ("[]", "{}", "<>") or before in ("_", "#", "\\") or after == "_":
        return True
    if "/" not in (before, after):
        return False
    chunk = (
        text[max(0, span.start - 40) : span.start].rpartition(" ")[2] + text[span.end : span.end + 40].split(" ", 1)[0]
    )
    parts = [part for part in re.split(r"\W+", chunk) if part]
    return _DIGIT.search(chunk) is not None or any(
        part.islower() and len(part) > 1 for part in parts[-1:] if after == "/"
    )


def _is_initials(text: str, span: Span, listed: bool) -> bool:
    """Are these the initials of a person: « A.B. Martin »?"""
    shown = text[span.start : span.end]
    if listed and len(shown) > 4:
        return False
    following = text[span.end : span.end + 3].lstrip()
    return not listed and (len(shown) <= 4 or (following[:1].isupper() and following[1:2].islower()))


def _words_before(text: str, span: Span) -> list[str]:
    """Return the words before in the same line, as far as a sentence goes."""
    before = text[max(0, span.start - 60) : span.start].rpartition("\n")[2]
    return re.split(r"[ \u00a0\u202f'’]+", before.rstrip(' \u00a0\u202f«“"(')) if before else []


def _is_determined(text: str, span: Span) -> bool:
    """Does an article or the like stand right before?"""
    before = text[max(0, span.start - 12) : span.start].lower()
    if before.endswith(("l'", "l’")):
        return True
    words = before.rstrip(" «\u00a0").rsplit(maxsplit=1)
    return before[-1:].isspace() and bool(words) and words[-1] in facts("determinants") | {"du", "au", "aux", "des"}


def _follows_title(text: str, span: Span) -> bool:
    """Does a title stand right before, or before other words in capitals: « Mme LE GALL », « Madame Anne LEA »?"""
    for word in reversed(_words_before(text, span)[-4:]):
        if word in facts("civilites") or word in facts("civilites-en-minuscules"):
            return True
        if not word[:1].isupper() or word.endswith((",", ";", ":", ")")):
            return False
    return False


def _follows_capital(text: str, span: Span) -> bool:
    """Does what may be a first name stand before: « Jean MARTIN », « 75012 PARIS »?"""
    words = _words_before(text, span)
    if not words or not words[-1] or text[span.start - 1 : span.start] != " ":
        return False
    last = words[-1]
    if last.isdigit():
        return True
    small = facts("mots-outils") | facts("determinants")
    return last[0].isupper() and last[1:].islower() and last.lower() not in small


def _last_word(text: str, span: Span) -> str:
    words = _words_before(text, span)
    return words[-1].strip(_AROUND).lower() if words else ""


def _follows_kind(text: str, span: Span) -> bool:
    """Does the noun stand before that tells what kind of thing this is: « le dispositif », « aide financière »?"""
    before = text[max(0, span.start - 2) : span.start]
    if not before[-1:].isspace() and before[-1:] not in '«“"':
        return False
    words = [word.lower() for word in _words_before(text, span)[-2:]]
    if not words or words[-1] in facts("noms-devant-un-sigle"):
        return bool(words)
    return (
        len(words) > 1
        and words[0] in facts("noms-devant-un-sigle")
        and is_adjectival(words[1])
        and not is_participle(words[1])
    )


def _names_something(text: str, span: Span) -> bool:
    """Does a noun that a name follows stand before: « famille MARTIN », « ville de CAEN », « touche ESC »?"""
    words = [word.strip(_AROUND).lower() for word in _words_before(text, span)[-4:]]
    while words and (words[-1] in _LINKS or not words[-1].isalpha()):
        words.pop()
    return bool(words) and words[-1] in facts("mots-devant-un-nom") | facts("voies")
