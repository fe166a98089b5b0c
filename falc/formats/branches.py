"""Conditions of templates inside a sentence: « Vous {% if a %}payez{% else %}venez{% endif %} demain. »

Only one branch completes the sentence.  A reading of the file shows one branch of each condition: the first reading
shows the first branches, the next readings show the others, until each branch was shown once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from falc.model import Span

__all__ = ["MOST_READINGS", "Condition", "chosen", "conditions", "may_have_branches", "readings_of"]

MOST_READINGS = 6
# A condition inside a sentence is short; the bound keeps hostile files linear.
_LONGEST = 1500

_MARK = r"(?:\{%[-~+]?\s{0,9}|<%[-_]?\s{0,9}|<\?php\s{0,9}|@)"
_OPENING = re.compile(
    rf"{_MARK}(?P<name>[a-z]\w{{1,30}})|<(?:\#|c:)(?P<tag>[a-zA-Z]{{1,30}})|\{{\{{?~?[#^]\s?(?P<section>[\w.]{{1,80}})"
)
_MIDDLE = re.compile(
    rf"(?:{_MARK}|<\#)(?:\}}\s{{0,9}})?(?:els(?:e|if|eif)|elif|when)\b|@(?:case|default)\b|\{{\{{~?\s?else\b"
)
_ENDING = re.compile(rf"{_MARK}(?:end(?P<name>[a-z]{{0,30}})\b|\}})|</(?:\#|c:)(?P<tag>[a-zA-Z]{{1,30}})|\{{\{{?~?/")
_INVERTED = re.compile(r"\{\{?~?\^\s?(?P<section>[\w.]{0,80})|<c:(?:otherwise|when)\b")
# Code that goes on after its tag: « <% aides.each do |aide| %> », « <?php foreach ($aides as $aide) { ?> ».
_GOES_ON = re.compile(r"(?:\{|\bdo(?:\s{0,9}\|[^|]{0,60}\|)?)\s{0,9}-?[%?]>\s*\Z")
# Other tags have no end: « {% include … %} », « <% total = 3 %> ».
_WITH_END = frozenset(
    re.findall(
        r"\w+",
        "if unless ifchanged ifequal ifnotequal isset case switch when choose for foreach forelse forEach forTokens "
        "while tablerow list items with block macro call filter autoescape trans blocktrans blocktranslate embed "
        "capture spaceless apply attempt auth guest can cannot canany raw verbatim",
    )
)
_MAY_BRANCH = re.compile(r"els(?:e|if)|elif|\{\^|otherwise|\bwhen\b|@case")
_BLOCK = re.compile(r"</?(?:p|div|h\d|[uo]l|li|table|t[rdh]|blockquote)\b", re.IGNORECASE)
_LINE_END = re.compile(r"[\r\n]")
_SENTENCE_ENDS = (".", "!", "?", "…")


class Condition(NamedTuple):
    """A condition inside a sentence, from its first tag to its last, its branches, and the conditions inside them."""

    span: Span
    branches: tuple[Span, ...]
    inner: tuple[Condition, ...]


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end; `middles` separate the branches."""

    tag: Span
    name: str
    middles: list[Span] = field(default_factory=list)
    inner: list[Condition] = field(default_factory=list)


def may_have_branches(text: str) -> bool:
    """Is there perhaps more than one reading of `text`?  Quick."""
    return _MAY_BRANCH.search(text) is not None


def conditions(text: str, opaque: str, tags: Sequence[Span], by_lines: bool) -> list[Condition]:
    """Return the conditions that stand inside a sentence, by the control tags of `text`.

    `opaque` is the text without its tags, of the same length.  With `by_lines` a branch on lines of its own is no part
    of a sentence; else only elements of blocks tell so.
    """
    stack, closed = [_Open(Span(0, 0), "")], None
    for tag in tags:
        if closed is not None:
            if _goes_on(text, *closed, tag):
                closed[0].middles.append(Span(closed[1].start, tag.end))
                stack.append(closed[0])
                closed = None
                continue
            stack[-1].inner += _finished(text, opaque, *closed, by_lines)
            closed = None
        if _MIDDLE.match(text, tag.start):
            if len(stack) > 1:
                stack[-1].middles.append(tag)
        elif ending := _ENDING.match(text, tag.start):
            name = ending["name"] or ending["tag"] or ""
            entry = _popped(stack, "when" if name == "otherwise" else name)
            closed = (entry, tag) if entry is not None else None
        elif name := _opened(text, tag):
            stack.append(_Open(tag, name))
    if closed is not None:
        stack[-1].inner += _finished(text, opaque, *closed, by_lines)
    return [condition for entry in stack for condition in entry.inner]


def _opened(text: str, tag: Span) -> str:
    """Return the name of what a tag opens, or nothing."""
    opening = _OPENING.match(text, tag.start)
    name = (opening["name"] or opening["tag"] or "") if opening else ""
    if opening and (opening["section"] or name in _WITH_END):
        return opening["section"] or name
    return "{" if _GOES_ON.search(text, max(tag.start, tag.end - 80), tag.end) else ""


def _popped(stack: list[_Open], name: str) -> _Open | None:
    """Take the tag off the stack that an ending named `name` closes, if there is one; those above had no end."""
    place = len(stack) - 1
    while name and place > max(0, len(stack) - 9) and stack[place].name != name:
        place -= 1
    if place < 1 or (name and stack[place].name != name):
        return None
    entry = stack[place]
    for other in stack[place + 1 :]:
        entry.inner += other.inner
    del stack[place:]
    return entry


def _goes_on(text: str, entry: _Open, end: Span, tag: Span) -> bool:
    """Does a tag after the end of a condition begin its other branch: « {{/actif}}{{^actif}} »?"""
    inverted = _INVERTED.match(text, tag.start)
    between = text[end.end : min(tag.start, end.end + 80)]
    return inverted is not None and not between.strip() and (inverted["section"] or entry.name) == entry.name


def _finished(text: str, opaque: str, entry: _Open, end: Span, by_lines: bool) -> list[Condition]:
    """Return the condition that ends here if it stands inside a sentence, else those inside it."""
    middles = entry.middles
    if not middles or end.end - entry.tag.start > _LONGEST:
        return entry.inner
    starts, ends = [entry.tag, *middles], [*middles, end]
    branches = [Span(start.end, max(stop.start, start.end)) for start, stop in zip(starts, ends, strict=True)]
    if entry.name in ("case", "switch") and not opaque[branches[0].start : branches[0].end].strip():
        branches = branches[1:]
    others = Span(branches[1].start, end.start) if len(branches) > 1 else Span(end.start, end.start)
    if _is_apart(text, opaque, branches[0], others, by_lines):
        return entry.inner
    if not _is_inline(opaque, branches[0], by_lines=False):
        branches = branches[:1]  # to leave it out would change more than a sentence
    return [Condition(Span(entry.tag.start, end.end), tuple(branches), tuple(entry.inner))]


def _is_apart(text: str, opaque: str, first: Span, others: Span, by_lines: bool) -> bool:
    """May the other branches be read after the first one, as sentences or blocks of their own?"""
    spaced = text[first.end - 1 : first.end].isspace() or text[others.start : others.start + 1].isspace()
    whole = spaced and text[max(first.end - 10, 0) : first.end].rstrip().endswith(_SENTENCE_ENDS)
    return whole or not _is_inline(opaque, others, by_lines)


def _is_inline(opaque: str, branch: Span, by_lines: bool) -> bool:
    """Does a branch hold no block of its own, and no half of an element?"""
    said = opaque[branch.start : branch.end]
    if _BLOCK.search(said) or (by_lines and _LINE_END.search(said)):
        return False
    return said.count("<") == 2 * said.count("</")


def readings_of(condition: Condition) -> int:
    """Return how many readings show each branch of a condition, and of those inside it, once."""
    return sum(_readings_of_branch(condition, branch) for branch in condition.branches)


def _readings_of_branch(condition: Condition, branch: Span) -> int:
    return max((readings_of(inner) for inner in condition.inner if branch.contains(inner.span)), default=1)


def chosen(condition: Condition, reading: int) -> Iterator[tuple[Condition, Span, bool]]:
    """Yield a condition with the branch that is shown in a reading, and whether it is another one than the first.

    Then those inside that branch.  A condition that has fewer readings shows its last one.
    """
    reading = min(reading, readings_of(condition) - 1)
    for number, branch in enumerate(condition.branches):
        count = _readings_of_branch(condition, branch)
        if reading < count:
            yield condition, branch, number > 0
            for inner in condition.inner:
                if branch.contains(inner.span):
                    yield from chosen(inner, reading)
            return
        reading -= count
