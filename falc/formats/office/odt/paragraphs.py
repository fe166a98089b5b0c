"""A paragraph that ends: its place, its role, its look among its neighbours, the objects in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.odt.lists import Level, ListFrame, Lists, indents
from falc.formats.office.odt.looks import ParagraphLook
from falc.formats.office.odt.package import TEXT
from falc.formats.office.odt.pieces import Pieces
from falc.formats.office.odt.properties import number
from falc.formats.office.odt.story import Gathered, Paragraph
from falc.formats.office.story import ShownText
from falc.look import ParagraphFormat
from falc.model import Span

__all__ = [
    "NOT_LISTED",
    "Listed",
    "in_list",
    "is_followed",
    "neighbours_known",
    "numbered_heading",
    "outline_level",
    "place_links",
    "placed",
    "role",
]

_DEEPEST_HEADING = 10
_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list adds to a paragraph: `first` is false for the second paragraph of an item."""

    marker: str | None = None
    depth: int = 0
    level: Level | None = None
    hard: bool = False  # the list is not that of the paragraph's own style
    first: bool = True


NOT_LISTED = Listed()


def outline_level(heading: etree._Element) -> int:
    """Return the level of a heading, from 1."""
    return min(max(number(heading.get(f"{TEXT}outline-level")) or 1, 1), _DEEPEST_HEADING)


def in_list(lists: Lists, scope: etree._Element, frames: list[ListFrame], look: ParagraphLook) -> Listed:
    """Count a paragraph in the list that it stands in."""
    frame, depth, style = frames[-1], len(frames), look.style
    hard = (frame.override or frame.style) not in (None, style.list_style)
    first, level = frame.fresh, lists.level(scope, frame, depth, style)
    return Listed(lists.count(scope, frame, depth, style), depth, level, hard, first)


def numbered_heading(lists: Lists, element: etree._Element) -> Listed:
    """Count a heading outside lists, which may have a number all the same."""
    return Listed(lists.count_heading(element, outline_level(element)))


def placed(look: ParagraphLook, listed: Listed, *, blanks: int, breaks: bool, turned: bool) -> ParagraphFormat:
    """Return the look of a paragraph with what its list and its place add."""
    left, first_line = look.format.left, look.format.first_line
    if not (listed.depth or listed.marker or blanks or breaks or turned or look.format.page_break_before):
        return look.format
    if listed.level is not None:
        left, first_line = indents(listed.level, look.style, listed.hard, look.format)
        if not listed.first and first_line is not None:
            first_line = max(first_line, 0.0)  # nothing hangs out: there is no marker
    return replace(
        look.format,
        left=None if left is None else round(left, 2),
        first_line=None if first_line is None else round(first_line, 2),
        blank_before=blanks,
        page_break_before=breaks,
        vertical=look.format.vertical or turned,
        marker=listed.marker,
    )


def role(element: etree._Element, look: ParagraphLook, listed: Listed) -> tuple[BlockKind, int]:
    """Return what a paragraph of running text is, and its level."""
    heading = outline_level(element) if element.tag == f"{TEXT}h" else look.style.heading
    if heading:
        return BlockKind.HEADING, heading
    if look.style.caption:
        return BlockKind.CAPTION, 0
    if listed.depth:
        return BlockKind.LIST_ITEM, listed.depth
    return BlockKind.PARAGRAPH, 0


def is_followed(paragraph: etree._Element) -> bool:
    """Does another paragraph come next, in the same place?"""
    following = paragraph.getnext()
    return following is not None and following.tag in _PARAGRAPHS


def place_links(pieces: Pieces, nodes: tuple[ShownText, ...], found: Gathered) -> None:
    """Give the links of a paragraph their place in the document's text."""
    for link in pieces.links:
        start = found.position(nodes, link.first)
        last = min(link.last, len(nodes))
        link.span = Span(start, nodes[last - 1].span.end if link.first < last else start)
    found.links += pieces.links


def neighbours_known(paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    """Take away the space between two neighbours whose style says that it has none inside it."""
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if before is not None:
            alike = before.flow == paragraph.flow and before.format.style == paragraph.format.style
            alike = alike and not paragraph.format.blank_before
            if alike and before.contextual:
                before = replace(before, format=replace(before.format, space_after=0.0))
            if alike and paragraph.contextual:
                paragraph = replace(paragraph, format=replace(paragraph.format, space_before=0.0))
            yield before
        before = paragraph
    if before is not None:
        yield before
