"""The shown paragraphs of an OpenDocument text, with the styles that each piece of text takes its look from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from falc.formats.office.layout_plan import Standing
from falc.formats.office.odt.layout_styles import Origin, StyleBook
from falc.formats.office.odt.package import DRAW, FO, STYLE, TABLE, TEXT, OdtFile
from falc.formats.office.odt.shapes import SHAPES
from falc.formats.office.odt.story import Paragraph, Source
from falc.formats.office.odt.text import live_text
from falc.formats.office.story import ShownText

__all__ = ["Place", "held_in", "places"]

_BOX, _ROW, _CELL, _TABLE = f"{DRAW}text-box", f"{TABLE}table-row", f"{TABLE}table-cell", f"{TABLE}table"
_STYLE_NAME = f"{TEXT}style-name"
_P, _SPAN, _A = (f"{TEXT}p", f"{TEXT}h"), f"{TEXT}span", f"{TEXT}a"
_LINK_STYLE = "Internet_20_link"


@dataclass(frozen=True, slots=True)
class Place:
    """A shown paragraph, the origin of each of its texts, and whether larger text would be cut there."""

    paragraph: Paragraph
    origin: Origin
    texts: tuple[tuple[ShownText, Origin], ...]
    fixed: bool

    @property
    def element(self) -> etree._Element:
        return self.paragraph.element

    @property
    def standing(self) -> Standing:
        """Say where it stands: in which box or cell, and in which table."""
        box = next((e for e in self.element.iterancestors() if e.tag in SHAPES or e.tag in (_BOX, _CELL)), None)
        table = None if box is None or box.tag != _CELL else next(box.iterancestors(_TABLE), None)
        return Standing(self.paragraph, self.fixed, box, table)


def places(file: OdtFile, book: StyleBook) -> list[Place]:
    """Return every paragraph that the file shows, in the order of `Document.text`, each followed by its copies."""
    found = []
    for paragraph in live_text(file):
        for copy in (paragraph, *paragraph.copies):
            element = copy.element
            scope = element.getroottree().getroot()
            origin = Origin(scope, element.get(_STYLE_NAME), _shape(element))
            texts = tuple((node, Origin(scope, origin.paragraph, origin.shape, spans)) for node, spans in _spans(copy))
            found.append(Place(copy, origin, texts, _is_fixed(element, book, scope)))
    return found


def held_in(paragraph: etree._Element) -> etree._Element | None:
    """Return the frame, the drawing or the row around a paragraph."""
    return next((e for e in paragraph.iterancestors() if e.tag in SHAPES or e.tag in (_BOX, _ROW)), None)


def _shape(paragraph: etree._Element) -> str | None:
    """Return the style of the drawing that gives a paragraph its look."""
    around = next((e for e in paragraph.iterancestors() if e.tag in SHAPES or e.tag == _BOX), None)
    return None if around is None or around.tag == _BOX else around.get(f"{DRAW}style-name") or ""


def _spans(paragraph: Paragraph) -> Iterator[tuple[ShownText, tuple[str, ...]]]:
    """Yield the texts of a paragraph, each with the styles of the spans around it, outermost first."""
    sources = iter(paragraph.sources)
    known: dict[etree._Element, tuple[str, ...]] = {}
    source, at, end = None, 0, 0  # how many characters came before the text, and before the end of the source
    for node in paragraph.nodes:
        while end <= at and (source := next(sources, None)) is not None:
            end += len(source.shown)
        spans: tuple[str, ...] = ()
        if source is not None:
            holder = _holder(source)
            if holder not in known:
                known[holder] = _styles_around(holder)
            spans = known[holder]
        yield node, spans
        at += len(node.text)


def _holder(source: Source) -> etree._Element:
    """Return the element whose look a source has."""
    element, parent = source.element, source.element.getparent()
    inside = not source.is_tail and source.end is None and element.tag in (*_P, _SPAN, _A)
    return element if inside or parent is None else parent


def _styles_around(element: etree._Element) -> tuple[str, ...]:
    names: list[str] = []
    current: etree._Element | None = element
    while current is not None and current.tag not in _P:
        name = current.get(_STYLE_NAME) if current.tag in (_SPAN, _A) else None
        if name or current.tag == _A:
            names.append(name or _LINK_STYLE)
        current = current.getparent()
    return tuple(reversed(names))


def _is_fixed(paragraph: etree._Element, book: StyleBook, scope: etree._Element) -> bool:
    """Does a paragraph stand in a frame, a drawing or a row of a fixed height, which cuts what is too high?"""
    around = held_in(paragraph)
    if around is None:
        return False
    if around.tag == _BOX:
        return around.get(f"{FO}min-height") is None
    if around.tag == _ROW:
        style = book.find(scope, "table-row", around.get(f"{TABLE}style-name"))
        height = None if style is None else style.find(f"{STYLE}table-row-properties")
        return height is not None and height.get(f"{STYLE}row-height") is not None
    return True
