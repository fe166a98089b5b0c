"""Placeholders of letter templates, and the words that stand for them while we read.

« {{ nom_usager }} » is five tokens and ruins the parse of its sentence; « Camille » does not.
Control tags (`{% if … %}`) have no text of their own: they vanish.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from falc.document import Block, SegmentKind
from falc.model import Span
from falc.resources import data

__all__ = ["HIDDEN", "mask", "opaque", "standin"]

# A character that no text holds (Unicode reserves it for programs): it marks what has no text.
HIDDEN = "\ufdd0"
# Stands for a placeholder while markup is parsed: a capital, so that it looks like a word.
_WORD = "X"

# Each pattern is linear: it forbids its own opening mark inside, or bounds its length.
_CONTROL = (
    r"\{%-?\s*comment\s*-?%\}(?:(?!\{%-?\s*(?:end)?comment)[\s\S])*+\{%-?\s*endcomment\s*-?%\}",  # Liquid, Django
    r"\{%[^%{]*+(?:(?:%(?!\})|\{(?!%))[^%{]*+)*+%\}",  # Jinja, Twig
    r"\{#[^#{]*+(?:(?:#(?!\})|\{(?!\#))[^#{]*+)*+\#\}",
    r"\{\{!--[^-{]*+(?:(?:-(?!-\}\})|\{(?!\{!--))[^-{]*+)*+--\}\}",  # Handlebars
    r"\{\{~?[#/^!>][^{}]*+\}\}|\{\{~?\s?else\b[^{}]*+\}\}",  # Mustache
    r"\{[#/^][^\W\d][\w.]{0,80}\}",  # docxtemplater
    r"<%(?![=-])[^%<]*+(?:(?:%(?!>)|<(?!%))[^%<]*+)*+%>",  # ERB, EJS, ASP
    r"<\?php[^?<]*+(?:(?:\?(?!>)|<(?!\?php))[^?<]*+)*+\?>",
    r"</?\#[a-z]++[^<>]*+>|<\#--[^-<]*+(?:(?:-(?!->)|<(?!\#--))[^-<]*+)*+-->",  # FreeMarker
    "[\u00ad\u200b\u2060]|\\A\ufeff",  # invisible: they would cut words for nothing
)
_FIELDS = (
    r"\{\{\{[^{}]{1,200}\}\}\}",
    r"\{\{[^{}]{0,200}(?:\{[^{}]{0,100}\}[^{}]{0,100}){0,3}\}\}",
    r"\{!![^{}]{1,200}!!\}",  # Blade
    r"\{(?:\d{1,3}|[^\W\d]\w{0,80}(?:[.-]\w{1,80}){0,5})\}",  # docxtemplater, Python
    r"[$\#]\{[^{}]{1,200}\}",
    r"<%[=-][^%<]*+(?:(?:%(?!>)|<(?!%))[^%<]*+)*+%>",
    r"<\?=[^?<]*+(?:(?:\?(?!>)|<(?!\?=))[^?<]*+)*+\?>",
    r"%\([^\W\d]\w{0,80}\)[sdif]\b|%\d\$[sd]\b",
    # Not « 50 %s » : only after a word.
    r"(?<=[^\d\s]\s)%s(?=[\s.,;:!?)]|\Z)",
    r"<<[^\W\d]\w{0,80}(?:[ .-]\w{1,80}){0,3}>>",
)
# What people write by hand; markup may use the same signs, so readers look after parsing only.
_HAND_MADE = (
    r"\((?:à|À)\s(?:compléter|préciser|renseigner|remplir)\b[^()\n]{0,60}\)",
    r"(?<![\w/])(?:_{2,}+|[.…]{2,}+) ?/ ?(?:_{2,}+|[.…]{2,}+) ?/ ?(?:20)?(?:_{2,}+|[.…]{2,}+)(?![\w/])",
    r"\bXX/XX/(?:XX|\d\d){1,2}\b|\bJJ[/. -]MM[/. -]AA(?:AA)?\b",
    r"\b(?:X{3,}+|x{3,}+)\b",
    r"(?<![\w.…])(?:_{3,}+(?!\w)|…{2,}+|[.…]{5,}+)",
)
# The same signs are common in ordinary French: the content must look like the name of a field.
_GUESSES = (
    r"«[^\W\d]\w{1,80}»",
    r"\[[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9_'’ -]{1,80}\]",
)


def _compile(*fields: str) -> re.Pattern[str]:
    # A look at the first character spares forty failures at each ordinary letter.
    first = "(?=[{<$#%«\\[(Xx_.…J\u00ad\u200b\u2060\ufeff])"
    groups = (("hidden", _CONTROL), ("field", fields), ("guess", _GUESSES))
    return re.compile(first + "(?:" + "|".join(f"(?P<{name}>{'|'.join(styles)})" for name, styles in groups) + ")")


_MACHINE_MADE = _compile(*_FIELDS)
_ALL = _compile(*_FIELDS, *_HAND_MADE)

# The tags of a condition.
_IF = re.compile(r"[{<]%-?\s{0,9}(?:if|unless|case)\b|\{\{?~?[#^]")
_ELSE = re.compile(r"[{<]%-?\s{0,9}\}?\s{0,9}els(?:e|if|eif)\b|\{%-?\s{0,9}elif\b|\{\{~?\s?else\b")
_INVERTED = re.compile(r"\{\{?~?\^")
_END = re.compile(r"[{<]%-?\s{0,9}(?:end|\})|\{\{?~?/")
_BLOCK_OR_LINE_END = re.compile(r"[\r\n]|</?(?:p|div|h\d|[uo]l|li|table|t[rdh]|blockquote)\b", re.IGNORECASE)
_SENTENCE_ENDS = (".", "!", "?", "…")
# How many tags a branch may hold, so that hostile files take linear time.
_FAR = 30

# « ___/___/____ » is a date to fill in.
_BLANK_OF_DATE = re.compile(r"[_.…]{2,}+(?= ?/)")
_NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_CAMEL = re.compile(r"[^\W\d_](?<![A-ZÀ-ÖØ-Þ])[A-ZÀ-ÖØ-Þ]")
_UNIT_AFTER = re.compile(r"\s?(\w{1,20}|[^\w\s])")
_NOT_LINE_END = re.compile(r"[^\r\n]")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class _Word:
    """A stand-in word, and the units that the letter may already write after the placeholder."""

    patterns: tuple[tuple[str, ...], ...]
    text: str
    units: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> tuple[_Word, ...]:
    lines = (data("lexicons") / "grammaire" / "mots-de-remplacement.tsv").read_text(encoding="utf-8-sig").splitlines()
    words = []
    for line in filter(str.strip, lines[1:]):
        motif, text, units = (cell.strip() for cell in (line + "\t\t").split("\t")[:3])
        patterns = tuple(tuple(name.split("_")) for name in motif.split("|"))
        words.append(_Word(patterns, text, frozenset(filter(None, units.split("|")))))
    return tuple(words)


@lru_cache(maxsize=1024)
def _find_word(name: str) -> _Word:
    """Return the first row that fits `name`; the last row fits all names."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    found = [word.upper() for word in _NAME_WORD.findall(plain)]
    for word in _words():
        for pattern in word.patterns:
            size = len(pattern)
            if any(tuple(found[i : i + size]) == pattern for i in range(len(found) - size + 1)):
                return word
    return _words()[-1]


def standin(name: str) -> str:
    """Return the word that stands for the field `name` while its sentence is read."""
    return _find_word(_identifier(name)).text


def _identifier(name: str) -> str:
    # What follows a pipe is a filter: « date|upper ».
    return _BLANK_OF_DATE.sub("XX", name[:_LONGEST_NAME].split("|")[0])


def _looks_like_field(content: str) -> bool:
    """Tell «Nom» and [DATE DE NAISSANCE] from a quotation and an acronym."""
    return (
        "_" in content
        or " " in content
        or _CAMEL.search(content) is not None
        or _find_word(_identifier(content)) is not _words()[-1]
    )


@dataclass(frozen=True, slots=True)
class _Tag:
    span: Span
    word: _Word | None  # None: it has no text


def _tags(text: str, styles: re.Pattern[str]) -> Iterator[_Tag]:
    """Yield the template tags of `text`; one that leaves two spaces takes the second with it."""
    end, after_space = -1, True
    for match in styles.finditer(text):
        start = match.start()
        if match.lastgroup == "hidden":
            if start != end:
                after_space = start == 0 or text[start - 1].isspace()
            end = match.end()
            if after_space:
                while end < len(text) and text[end] in " \t":
                    end += 1
            yield _Tag(Span(start, end), None)
        elif match.lastgroup == "field" or _looks_like_field(match[0][1:-1]):
            yield _Tag(Span(start, match.end()), _find_word(_identifier(match[0])))


def _read_tags(text: str, styles: re.Pattern[str]) -> Iterator[_Tag]:
    """Yield the tags of `text`; of two branches inside a sentence, the first one completes it."""
    tags = list(_tags(text, styles))
    index = 0
    while index < len(tags):
        tag = tags[index]
        last = _end_of_alternative(text, tags, index) if tag.word is None else None
        if last is not None:
            yield _Tag(Span(tag.span.start, tags[last].span.end), None)
            index = last
        else:
            yield tag
        index += 1


def _end_of_alternative(text: str, tags: list[_Tag], index: int) -> int | None:
    """Return the tag that ends the branch which `tags[index]` begins, if it may not be read after the other branch."""
    start = tags[index].span.start
    before = tags[index - 1].span if index else Span(0, 0)
    inverted = before.end == start and bool(_END.match(text, before.start)) and bool(_INVERTED.match(text, start))
    if not inverted and not _ELSE.match(text, start):
        return None
    depth = 0
    for last in range(index + 1, min(index + _FAR, len(tags))):
        place = tags[last].span.start
        if tags[last].word is None and _IF.match(text, place):
            depth += 1
        elif tags[last].word is None and _END.match(text, place):
            depth -= 1
        if depth < 0:
            branch = text[tags[index].span.end : place]
            apart = text[start - 1 : start].isspace() or branch[:1].isspace()
            whole = apart and text[max(start - 10, 0) : start].rstrip().endswith(_SENTENCE_ENDS)
            balanced = branch.count("<") == 2 * branch.count("</")
            return None if whole or _BLOCK_OR_LINE_END.search(branch) or not balanced else last
    return None


def opaque(text: str) -> str:
    """Return `text`, of the same length, with template tags that no markup parser can see.

    Placeholders become capitals, control tags become `HIDDEN`; line ends stay.
    """
    pieces: list[str] = []
    position = 0
    for tag in _read_tags(text, _MACHINE_MADE):
        sign = HIDDEN if tag.word is None else _WORD
        pieces += text[position : tag.span.start], _NOT_LINE_END.sub(sign, text[tag.span.start : tag.span.end])
        position = tag.span.end
    return "".join([*pieces, text[position:]])


def mask(block: Block) -> Block:
    """Return `block` with its placeholders read as stand-in words and its control tags gone."""
    replaced: list[tuple[Span, str]] = []
    cut_free = all(segment.kind is SegmentKind.TEXT for segment in block.segments)
    for tag in _read_tags(block.text, _ALL):
        span = tag.span if cut_free else _whole_characters(block, tag.span)
        if replaced and span.start < replaced[-1][0].end:
            continue
        replaced.append((span, _shown(tag.word, block.text, span.end) if tag.word else ""))
    return block.with_standins(replaced) if replaced else block


def _shown(word: _Word, text: str, end: int) -> str:
    """Return the stand-in without its unit if the text gives one: « {{ montant }} euros »."""
    following = _UNIT_AFTER.match(text, end)
    if word.units and following and following[1] in word.units:
        return word.text.rsplit(" ", 1)[0]
    return word.text


def _whole_characters(block: Block, span: Span) -> Span:
    """Widen `span` so that it cuts no entity."""
    start, end = span.start, span.end
    for segment in block.segments_in(span):
        if segment.kind is not SegmentKind.TEXT:
            start, end = min(start, segment.start), max(end, segment.end)
    return Span(start, end)
