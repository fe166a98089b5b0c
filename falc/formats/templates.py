"""Placeholders of letter templates, and the words that stand for them while we read.

« {{ nom_usager }} » is five tokens and ruins the parse of its sentence; « Camille » does not.
Control tags (`{% if … %}`) have no text of their own: they vanish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from falc.document import Block, SegmentKind
from falc.formats.standins import Kinds, Word, looks_like_field, standin, word_for
from falc.formats.styles import Patterns, chosen_styles, known_styles, patterns_of
from falc.model import Reading, Span

__all__ = ["HIDDEN", "USUAL", "Placeholders", "known_styles", "placeholders_of", "standin"]

# A character that no text holds (Unicode reserves it for programs): it marks what has no text.
HIDDEN = "\ufdd0"
# Stands for a placeholder while markup is parsed: a capital, so that it looks like a word.
_WORD = "X"

# The tags of a condition.
_IF = re.compile(r"[{<]%-?\s{0,9}(?:if|unless|case)\b|\{\{?~?[#^]")
_ELSE = re.compile(r"[{<]%-?\s{0,9}\}?\s{0,9}els(?:e|if|eif)\b|\{%-?\s{0,9}elif\b|\{\{~?\s?else\b")
_INVERTED = re.compile(r"\{\{?~?\^")
_END = re.compile(r"[{<]%-?\s{0,9}(?:end|\})|\{\{?~?/")
_BLOCK_OR_LINE_END = re.compile(r"[\r\n]|</?(?:p|div|h\d|[uo]l|li|table|t[rdh]|blockquote)\b", re.IGNORECASE)
_SENTENCE_ENDS = (".", "!", "?", "…")
# How many tags a branch may hold, so that hostile files take linear time.
_FAR = 30

_UNIT_AFTER = re.compile(r"\s?(\w{1,20}|[^\w\s])")
_NOT_LINE_END = re.compile(r"[^\r\n]")


@dataclass(frozen=True, slots=True)
class _Tag:
    span: Span
    word: Word | None  # None: it has no text


@dataclass(frozen=True, slots=True)
class Placeholders:
    """How the placeholders of a file are found: by the patterns of styles and `own` ones; `kinds` as in `Reading`."""

    styles: tuple[str, ...]
    patterns: Patterns
    own: tuple[re.Pattern[str], ...]
    kinds: Kinds

    def opaque(self, text: str) -> str:
        """Return `text`, of the same length, with template tags that no markup parser can see.

        Placeholders become capitals, control tags become `HIDDEN`; line ends stay.
        """
        pieces: list[str] = []
        position = 0
        for tag in _read_tags(text, self._tags(text, self.patterns.machine_made)):
            sign = HIDDEN if tag.word is None else _WORD
            pieces += text[position : tag.span.start], _NOT_LINE_END.sub(sign, text[tag.span.start : tag.span.end])
            position = tag.span.end
        return "".join([*pieces, text[position:]])

    def mask(self, block: Block) -> Block:
        """Return `block` with its placeholders read as stand-in words and its control tags gone."""
        replaced: list[tuple[Span, str]] = []
        cut_free = all(segment.kind is SegmentKind.TEXT for segment in block.segments)
        for tag in _read_tags(block.text, self._tags(block.text, self.patterns.all)):
            span = tag.span if cut_free else _whole_characters(block, tag.span)
            if replaced and span.start < replaced[-1][0].end:
                continue
            replaced.append((span, _shown(tag.word, block.text, span.end) if tag.word else ""))
        return block.with_standins(replaced) if replaced else block

    def standin(self, name: str) -> str:
        """Return the word that stands for the field `name` of an Office file."""
        return word_for(name, self.kinds).text

    def _tags(self, text: str, pattern: re.Pattern[str]) -> list[_Tag]:
        own = list(self._own_tags(text))
        found = self._style_tags(text, pattern)
        if not own:
            return list(found)
        kept = (tag for tag in found if not any(tag.span.overlaps(other.span) for other in own))
        return sorted([*own, *kept], key=lambda tag: tag.span)

    def _own_tags(self, text: str) -> Iterator[_Tag]:
        """Yield what the patterns of the settings find; the group « nom », or the first one, is the variable."""
        taken = 0
        matches = [match for pattern in self.own for match in pattern.finditer(text) if match.end() > match.start()]
        for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
            if match.start() >= taken:
                taken = match.end()
                name = match.groupdict().get("nom") or (match[1] if match.re.groups else None) or match[0]
                yield _Tag(Span(*match.span()), word_for(name, self.kinds))

    def _style_tags(self, text: str, pattern: re.Pattern[str]) -> Iterator[_Tag]:
        """Yield the template tags of `text`; one that leaves two spaces takes the second with it."""
        end, after_space = -1, True
        for match in pattern.finditer(text):
            start = match.start()
            if match.lastgroup == "hidden":
                if start != end:
                    after_space = start == 0 or text[start - 1].isspace()
                end = match.end()
                if after_space:
                    while end < len(text) and text[end] in " \t":
                        end += 1
                yield _Tag(Span(start, end), None)
            elif match.lastgroup == "field" or looks_like_field(match[0][1:-1]):
                yield _Tag(Span(start, match.end()), word_for(match[0], self.kinds))


@lru_cache(maxsize=16)
def placeholders_of(reading: Reading) -> Placeholders:
    """Return how the placeholders are found that `reading` tells of."""
    own = tuple(re.compile(expression) for expression in reading.patterns)
    return Placeholders(chosen_styles(reading.templates), patterns_of(reading.templates), own, reading.kinds)


USUAL = placeholders_of(Reading())


def _read_tags(text: str, tags: list[_Tag]) -> Iterator[_Tag]:
    """Yield the tags of `text`; of two branches inside a sentence, the first one completes it."""
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


def _shown(word: Word, text: str, end: int) -> str:
    """Return the stand-in without its unit if the text gives one: « {{ montant }} euros »."""
    following = _UNIT_AFTER.match(text, end)
    if word.units and following and following[1] in word.units:
        return word.without_unit()
    return word.text


def _whole_characters(block: Block, span: Span) -> Span:
    """Widen `span` so that it cuts no entity."""
    start, end = span.start, span.end
    for segment in block.segments_in(span):
        if segment.kind is not SegmentKind.TEXT:
            start, end = min(start, segment.start), max(end, segment.end)
    return Span(start, end)
