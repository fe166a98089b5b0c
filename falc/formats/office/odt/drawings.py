"""Frames and drawings that the walk over an OpenDocument text meets: text boxes to read, pictures to mark."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from falc.formats.office.odt.looks import Around
from falc.formats.office.odt.package import DRAW, TABLE, OdtFile
from falc.formats.office.odt.pieces import Pieces
from falc.formats.office.odt.shapes import (
    FRAME,
    GROUP,
    SHAPES,
    around_text,
    box_in,
    drawing_of,
    has_words,
    is_drawn_whole,
    is_watermark,
)
from falc.formats.office.odt.story import DrawingMark, Gathered, Story
from falc.formats.office.odt.styles import Sheet

__all__ = ["DRAWN", "Drawings"]

DRAWN = SHAPES | {FRAME, GROUP}
_TABLE = f"{TABLE}table"


class Drawings:
    """Takes the drawings of one story; the text in them is read after the paragraph that they hang on."""

    def __init__(self, story: Story, prefix: str, sheet: Sheet, file: OdtFile, found: Gathered) -> None:
        self._story, self._prefix, self._sheet, self._file, self._found = story, prefix, sheet, file, found
        self._groups: list[etree._Element] = []
        self.boxes: list[Story] = []

    def take_boxes(self) -> list[Story]:
        """Return the text boxes met since the last call."""
        boxes, self.boxes = self.boxes, []
        return boxes

    def enter(self, element: etree._Element, tag: str, around: Around, pieces: Pieces | None) -> bool:
        """Take a frame or a drawing, in a paragraph or not; say whether its children must be walked."""
        area = self._sheet.area(self._story.scope, "graphic", element.get(f"{DRAW}style-name"))
        group = self._groups[0] if self._groups else None
        box = box_in(element) if tag == FRAME else None
        if is_watermark(element):
            self._draw(DrawingMark(element, "watermark", self._story, area), pieces)
        elif tag == GROUP and (self._groups or not is_drawn_whole(element)):
            self._groups.append(element)
            return True
        elif box is not None:
            root = element if box.tag == _TABLE else box
            self._box(root, around_text(element, around, area, box))
        elif tag == FRAME:
            mark, unread = drawing_of(element, self._story, area, self._file, group)
            if mark is not None:
                self._draw(mark, pieces)
            if unread:
                self._found.unread[unread] += 1
        elif tag != GROUP and has_words(element):
            self._box(element, around_text(element, around, area, None))
        elif group is None:
            self._draw(DrawingMark(element, "drawing", self._story, area), pieces)
        return False

    def leave(self, element: etree._Element) -> bool:
        """Come out of an element; say whether it was a group of drawings."""
        is_group = bool(self._groups) and self._groups[-1] is element
        if is_group:
            self._groups.pop()
        return is_group

    def _draw(self, mark: DrawingMark, pieces: Pieces | None) -> None:
        if pieces is not None:
            pieces.drawings.append((mark, len(pieces.pieces)))
        else:
            mark.position, mark.alone = self._found.collector.length, True
            self._found.drawings.append(mark)

    def _box(self, root: etree._Element, around: Around) -> None:
        self._found.boxes += 1
        place = f"{self._prefix}zone de texte {self._found.boxes}"
        self.boxes.append(replace(self._story, root=root, place=place, around=around, is_body=False))
