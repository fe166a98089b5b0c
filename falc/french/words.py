"""The words of a text as the lexicons see them, and short forms for two genders, without spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from falc.french.facts import facts
from falc.model import Span

# An elided word stands alone (« l' », « qu' »); other apostrophes and hyphens are inside words.
_WORD = re.compile(
    r"(?<!\w)(?:(?:lors|puis|quoi|jus)?qu|[cdjlmnst])['’](?=\w)|[^\W_]+(?:['’\u2011-][^\W_]+)*|/", re.IGNORECASE
)
_KEPT = 2_000  # signs of a text whose words are kept
_LETTER = r"[^\W\d_]"
_DOTS = "·•‧∙⋅"
_PLAIN = str.maketrans({"’": "'", "\u2011": "-", "œ": "oe", "æ": "ae"})


class Word(NamedTuple):
    """A word, its place and its key; `joins`: only a blank stands between it and the word before."""

    start: int
    end: int
    text: str
    key: str
    joins: bool


def key_of(text: str) -> str:
    """Return the form under which a word is looked up."""
    key = text.lower()
    # Much faster than to translate every word with an accent.
    return key.translate(_PLAIN) if "œ" in key or "’" in key or "\u2011" in key or "æ" in key else key


def cased(text: str, like: str) -> str:
    """Return `text` with the capital that `like` starts with, if it has one."""
    return text[:1].upper() + text[1:] if like[:1].isupper() else text


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of `text`, in order."""
    return _kept_words(text) if len(text) <= _KEPT else _words(text)


@lru_cache(maxsize=1024)  # several rules ask for the words of a block, or of a sentence, in a row
def _kept_words(text: str) -> tuple[Word, ...]:
    return _words(text)


def _words(text: str) -> tuple[Word, ...]:
    words, last = [], 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        words.append(Word(start, end, word, key_of(word), start == last or text[last:start].isspace()))
        last = end
    return tuple(words)


@lru_cache(maxsize=8192)
def words_of_term(text: str) -> tuple[Word, ...]:
    """Return the words of a term or of a replacement, which are asked for again and again."""
    return words_of(text)


def short_forms(text: str) -> Iterator[tuple[Span, tuple[str, str] | None]]:
    """Yield the short forms for two genders (« né(e) », « usager·e »), and the two words they stand for."""
    for match in _gendered_form().finditer(text):
        ending = match["dot"] or match["bracket"] or match["slash"] or match["point"] or match["hyphen"]
        plural = match["plural"] is not None or (ending.endswith("s") and len(ending) > 1)
        yield Span(*match.span()), _both(match["stem"], ending.removesuffix("s") or ending, plural)


@lru_cache(maxsize=1)
def _gendered_form() -> re.Pattern[str]:
    ends = "|".join(sorted(facts("terminaisons-feminines"), key=len, reverse=True))
    # Behind a hyphen or a full stop only endings that no ordinary word is: « donne-le », « fin.Les ».
    rare = "|".join(
        e for e in sorted(facts("terminaisons-feminines"), key=len, reverse=True) if e in ("e", "es") or len(e) > 3
    )
    return re.compile(
        rf"(?<![\w'’.-])(?:[ldnjmtscLDNJMTSC]['’])?(?P<stem>{_LETTER}{{2,40}})"
        rf"(?:[{_DOTS}](?P<dot>{_LETTER}{{1,6}})|\((?P<bracket>{ends})\)|/(?P<slash>{ends})(?!\w)"
        rf"|\.(?P<point>{rare})(?![\w@])|-(?P<hyphen>{rare})(?![\w'’]))(?P<plural>[{_DOTS}.-]?s(?!\w)|\(s\))?",
    )


def _both(stem: str, ending: str, plural: bool) -> tuple[str, str] | None:
    changes = {"rice": ("eur", "rice"), "trice": ("teur", "trice"), "euse": ("eur", "euse"), "ère": ("er", "ère"),
               "ve": ("f", "ve"), "se": ("x", "se")}  # fmt: skip
    if ending in changes:
        old, new = changes[ending]
        if not stem.endswith(old):
            return None
        feminine = stem.removesuffix(old) + new
    else:
        feminine = stem + ending
    mark = "s" if plural else ""
    masculine = stem if stem.endswith(("s", "x")) else stem + mark
    return masculine, feminine + mark
