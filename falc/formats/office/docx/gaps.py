"""Gaps between characters, and the places of a Word document where no mark of a comment may stand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from falc.formats.office.docx.properties import value_of
from falc.formats.office.package import W

_P, _R, _SDT = f"{W}p", f"{W}r", f"{W}sdt"
_LOCKED = frozenset({"contentLocked", "sdtContentLocked"})
STORIES = frozenset({f"{W}body", f"{W}txbxContent"})


class Gap(NamedTuple):
    """A place between two characters: before `offset` of an element's text, or after it all (`None`)."""

    element: etree._Element
    offset: int | None


class Barriers:
    """Moves gaps out of what nobody may change, and of where LibreOffice 7.4 loses them.

    LibreOffice forgets the words of comments in smart tags and custom XML.  With the mark of a comment in a
    plain-text control, or in the first paragraph of a control around paragraphs, it even loses the words of the letter.
    """

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._inside: set[etree._Element] = set()  # things in a paragraph to go around
        self._around: set[etree._Element] = set()  # controls around paragraphs to go around
        self._blocked: set[etree._Element] = set()  # paragraphs that take no mark
        for element in root.iter(_SDT, f"{W}smartTag", f"{W}customXml"):
            properties = element.find(f"{W}sdtPr")
            if in_paragraph(element):
                if element.tag != _SDT or _is_closed(properties) or element.find(f"{W}sdtPr/{W}text") is not None:
                    self._inside.add(element)
            elif _is_closed(properties):
                self._around.add(element)
                self._blocked.update(element.iter(_P))
            elif element.tag == _SDT and _loses_words(element, properties):
                self._blocked.update([p for p in [next(element.iter(_P), None)] if p is not None])

    def outside(self, start: Gap, end: Gap) -> tuple[Gap, Gap]:
        """Return gaps at or around two others where marks may stand, the closest ones.

        Only paragraphs take the end of a comment.  When none does, the gaps stay: better there than not at all.
        """
        if not (self._inside or self._blocked):
            return start, end
        before, after = self._outermost(start.element, self._inside), self._outermost(end.element, self._inside)
        if before is not None:
            start = Gap(before, 0)
        if after is not None:
            end = Gap(after, None)
        paragraph = next((p for p in [*end.element.iterancestors(_P)][::-1] if p in self._blocked), None)
        if paragraph is not None:
            following, preceding = self._free[paragraph]
            if following is not None:
                start, end = _out_of_boxes(start, paragraph), opening_of(following)
            elif preceding is not None:
                last = last_text(preceding)
                return Gap(last, 0), Gap(last, None)
            else:
                return start, end
        control = self._outermost(start.element, self._around)
        return (start if control is None else Gap(_table_of(control), 0)), end

    @cached_property
    def _free(self) -> dict[etree._Element, tuple[etree._Element | None, etree._Element | None]]:
        """The closest paragraphs of the same story that take marks, after and before each that takes none."""
        paragraphs = [(paragraph, _story(paragraph)) for paragraph in self._root.iter(_P)]
        after, before = self._closest(reversed(paragraphs)), self._closest(paragraphs)
        return {paragraph: (after[paragraph], before[paragraph]) for paragraph in self._blocked}

    def _closest(
        self, paragraphs: Iterable[tuple[etree._Element, etree._Element | None]]
    ) -> dict[etree._Element, etree._Element | None]:
        """Return for each paragraph that takes no mark the last one before it that takes some."""
        last: dict[etree._Element | None, etree._Element] = {}
        found: dict[etree._Element, etree._Element | None] = {}
        for paragraph, story in paragraphs:
            if paragraph in self._blocked:
                found[paragraph] = last.get(story)
            else:
                last[story] = paragraph
        return found

    @staticmethod
    def _outermost(element: etree._Element, among: set[etree._Element]) -> etree._Element | None:
        """Return the outermost of some elements around one; a text box is only closed by what nobody may change."""
        found, in_box = None, False
        for parent in element.iterancestors() if among else ():
            in_box = in_box or parent.tag in STORIES
            if parent in among and (not in_box or _is_closed(parent.find(f"{W}sdtPr"))):
                found = parent
        return found


def in_paragraph(element: etree._Element) -> bool:
    """Does an element stand in a paragraph of its own story?"""
    around = (parent.tag for parent in element.iterancestors() if parent.tag == _P or parent.tag in STORIES)
    return next(around, None) == _P


def _out_of_boxes(gap: Gap, paragraph: etree._Element) -> Gap:
    """Return a gap in a paragraph, or the one before the text box of the paragraph that holds it."""
    inside, box = gap.element, None
    for parent in gap.element.iterancestors():
        if parent is paragraph:
            break
        if parent.tag == _R:
            box = inside
        inside = parent
    else:
        return gap
    if box is None or next(gap.element.iterancestors(_P), None) is paragraph:
        return gap
    return Gap(box, 0)


def opening_of(paragraph: etree._Element) -> Gap:
    """Return the gap at the start of a paragraph."""
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        return Gap(properties, None)
    return Gap(paragraph[0] if len(paragraph) else last_text(paragraph), 0)


def last_text(paragraph: etree._Element) -> etree._Element:
    """Return the last text of a paragraph; an empty one is made only where there is none."""
    texts = paragraph.findall(f"{W}r/{W}t")
    return texts[-1] if texts else etree.SubElement(etree.SubElement(paragraph, _R), f"{W}t")


def _is_closed(properties: etree._Element | None) -> bool:
    """May nobody change what a control holds, or does Word fill it anew each time?"""
    return properties is not None and (
        value_of(properties, "lock") in _LOCKED or properties.find(f"{W}dataBinding") is not None
    )


def _loses_words(control: etree._Element, properties: etree._Element | None) -> bool:
    """Does LibreOffice lose the words of the first paragraph of a control around paragraphs or a cell?"""
    content = control.find(f"{W}sdtContent")
    if content is None or content.find(f"{W}tr") is not None:
        return False
    return properties is None or properties.find(f"{W}docPartObj") is None


def _table_of(control: etree._Element) -> etree._Element:
    """Return a control, or the table that has it around rows or cells: marks stand before tables, not in them."""
    parent = control.getparent()
    if parent is None or parent.tag not in (f"{W}tbl", f"{W}tr"):
        return control
    return next(control.iterancestors(f"{W}tbl"), control)


def _story(paragraph: etree._Element) -> etree._Element | None:
    return next((parent for parent in paragraph.iterancestors() if parent.tag in STORIES), None)
