"""Placeholders of letter templates, and the words that stand for them while we read.

« {{ nom_usager }} » is five tokens and ruins the parse of its sentence; « Camille » does not.
Control tags (`{% if … %}`) have no text of their own: they vanish.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from falc.document import Block, SegmentKind
from falc.formats.branches import MOST_READINGS, chosen, conditions, may_have_branches, readings_of
from falc.formats.standins import Kinds, Word, looks_like_field, standin, word_for
from falc.formats.styles import Patterns, chosen_styles, known_styles, patterns_of
from falc.model import Reading, Span

__all__ = ["HIDDEN", "USUAL", "Placeholders", "known_styles", "placeholders_of", "standin"]

# A character that no text holds (Unicode reserves it for programs): it marks what has no text.
HIDDEN = "\ufdd0"
# Stands for a placeholder while markup is parsed: a capital, so that it looks like a word.
_WORD = "X"

_LONGEST_ELEMENT = 200
_UNIT_AFTER = re.compile(r"\s?(\w{1,20}|[^\w\s])")
_LINE_END = re.compile(r"[\r\n]")
_NOT_LINE_END = re.compile(r"[^\r\n]")


@dataclass(frozen=True, slots=True)
class _Tag:
    span: Span
    word: Word | None  # None: it has no text


@dataclass(frozen=True, slots=True)
class _Read:
    """The tags of a text in one of its readings; `added` are the branches that the first reading does not show."""

    tags: list[_Tag]
    readings: int = 1
    added: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Placeholders:
    """How the placeholders of a file are found: by the patterns of styles and `own` ones; `kinds` as in `Reading`.

    `reading` is the number of the reading that shows one branch of each condition: 0, then others until all were shown.
    """

    styles: tuple[str, ...]
    patterns: Patterns
    own: tuple[re.Pattern[str], ...]
    kinds: Kinds
    reading: int = 0

    def opaque(self, text: str, by_lines: bool = True) -> str:
        """Return `text`, of the same length, with template tags that no markup parser can see.

        Placeholders become capitals, control tags become `HIDDEN`; line ends stay.  Without `by_lines`, a branch of a
        condition that has lines of its own may still be part of a sentence, as in HTML.
        """
        return _covered(text, self._read(text, self.patterns.machine_made, by_lines).tags)

    def line_ends(self, text: str, by_lines: bool = True) -> frozenset[int]:
        """Return where lines of `text` end inside a control tag."""
        tags = self._read(text, self.patterns.machine_made, by_lines).tags
        inside = (_LINE_END.finditer(text, tag.span.start, tag.span.end) for tag in tags if tag.word is None)
        return frozenset(match.start() for found in inside for match in found)

    def branches(self, text: str, by_lines: bool = True) -> tuple[int, tuple[Span, ...]]:
        """Return how many readings of `text` show all branches, and which branches this reading adds to the first."""
        if not may_have_branches(text):
            return 1, ()
        read = self._read(text, self.patterns.machine_made, by_lines)
        return read.readings, read.added

    def mask(self, block: Block) -> Block:
        """Return `block` with its placeholders read as stand-in words and its control tags gone."""
        replaced: list[tuple[Span, str]] = []
        cut_free = all(segment.kind is SegmentKind.TEXT for segment in block.segments)
        for tag in self._read(block.text, self.patterns.all).tags:
            span = tag.span if cut_free else _whole_characters(block, tag.span)
            if replaced and span.start < replaced[-1][0].end:
                continue
            replaced.append((span, _shown(tag.word, block.text, span.end) if tag.word else ""))
        return block.with_standins(replaced) if replaced else block

    def block_branches(self, block: Block) -> tuple[int, tuple[Span, ...]]:
        """Return the same as `branches` for a block that still has its tags; spans count in the document's text."""
        if not may_have_branches(block.text):
            return 1, ()
        read = self._read(block.text, self.patterns.all)
        return read.readings, tuple(block.source(span) for span in read.added if span.start < span.end)

    def _read(self, text: str, pattern: re.Pattern[str], by_lines: bool = True) -> _Read:
        """Return the tags of `text`; of the branches of a condition inside a sentence, one completes it."""
        tags = self._tags(text, pattern)
        control = [tag.span for tag in tags if tag.word is None]
        if not control or not may_have_branches(text):
            return _Read(tags)
        found = conditions(text, _covered(text, tags), control, by_lines)
        dropped, added = list[Span](), list[Span]()
        for condition in found:
            for part, branch, other in chosen(condition, self.reading):
                dropped += Span(part.span.start, branch.start), Span(branch.end, part.span.end)
                added += [branch] * other
        readings = min(max(map(readings_of, found), default=1), MOST_READINGS)
        return _Read(_without(tags, sorted(dropped)), readings, tuple(added))

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
            elif match.lastgroup == "field" or (looks_like_field(match[0][1:-1]) and not _is_element(match)):
                yield _Tag(Span(start, match.end()), word_for(match[0], self.kinds))


@lru_cache(maxsize=16)
def placeholders_of(reading: Reading) -> Placeholders:
    """Return how the placeholders are found that `reading` tells of."""
    own = tuple(re.compile(expression) for expression in reading.patterns)
    return Placeholders(chosen_styles(reading.templates), patterns_of(reading.templates), own, reading.kinds)


USUAL = placeholders_of(Reading())


def _covered(text: str, tags: Iterable[_Tag]) -> str:
    """Return `text` with signs instead of its tags."""
    pieces: list[str] = []
    position = 0
    for tag in tags:
        sign = HIDDEN if tag.word is None else _WORD
        pieces += text[position : tag.span.start], _NOT_LINE_END.sub(sign, text[tag.span.start : tag.span.end])
        position = tag.span.end
    return "".join([*pieces, text[position:]])


def _without(tags: Sequence[_Tag], dropped: Sequence[Span]) -> list[_Tag]:
    """Return `tags` with each of `dropped` as one control tag instead of what stands there."""
    kept, index = list[_Tag](), 0
    for span in dropped:
        while index < len(tags) and tags[index].span.start < span.start:
            kept.append(tags[index])
            index += 1
        while index < len(tags) and tags[index].span.end <= span.end:
            index += 1
        if span.start < span.end:
            kept.append(_Tag(span, None))
    return [*kept, *tags[index:]]


def _is_element(tag: re.Match[str]) -> bool:
    """Does a name between « < » and « > » hold text until an end of its own: « <NOM>Durand</NOM> »?"""
    return tag[0][0] == "<" and tag.string.startswith(
        f"</{tag[0][1:]}", tag.string.find("</", tag.end(), tag.end() + _LONGEST_ELEMENT)
    )


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
