"""Frames and drawings of an OpenDocument text: which hold text, which are pictures, what they are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from falc.formats.office.odt.looks import Around
from falc.formats.office.odt.package import DRAW, MATH, OFFICE, TABLE, TEXT, XLINK, OdtFile
from falc.formats.office.odt.properties import Properties, area_color, borders_of, is_turned, text_of
from falc.formats.office.odt.story import DrawingMark, Story

FRAME, GROUP = f"{DRAW}frame", f"{DRAW}g"
SHAPES = frozenset(
    DRAW + tag
    for tag in (
        *("caption", "circle", "connector", "custom-shape", "ellipse", "line", "measure", "path", "polygon"),
        *("polyline", "rect", "regular-polygon"),
    )
) | {"{urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0}scene"}
_WATERMARK = "PowerPlusWaterMarkObject"  # the name that Word and LibreOffice give
_SOUNDS = (".mp3", ".wav", ".ogg", ".oga", ".m4a", ".flac", ".aac", ".opus")
_ROTATE = re.compile(r"rotate\s*\(\s*(-?\d{0,9}\.?\d{0,9})\s*\)")
_TEXTS = (f"{TEXT}p", f"{TEXT}h", f"{TEXT}list")


def is_watermark(element: etree._Element) -> bool:
    """Is a drawing a word behind the text, like « PROJET »?"""
    return (element.get(f"{DRAW}name") or "").startswith(_WATERMARK)


def has_words(element: etree._Element) -> bool:
    """Is there text in a drawing?"""
    texts = (child for child in element if child.tag in _TEXTS)
    return any(piece.strip() for text in texts for piece in text.itertext())


def box_in(frame: etree._Element) -> etree._Element | None:
    """Return what holds the text of a frame."""
    return next((child for child in frame if child.tag in (f"{DRAW}text-box", f"{TABLE}table")), None)


def is_drawn_whole(group: etree._Element) -> bool:
    """Is a group of drawings one drawing, without text or pictures?"""
    held = (f"{DRAW}image", f"{DRAW}text-box", f"{DRAW}object", f"{TEXT}p")
    return not any(e.tag != f"{TEXT}p" or any(t.strip() for t in e.itertext()) for e in group.iter(*held))


def around_text(element: etree._Element, outer: Around, area: Properties, box: etree._Element | None) -> Around:
    """Return what a frame or a drawing adds to the look of the text in it."""
    inside = replace(outer, columns=1).within(area)
    color, lined = area_color(area), bool(borders_of(area))
    shape = None
    if box is None:  # a drawing: lines and colours are there unless it says otherwise
        shape = element.get(f"{DRAW}style-name") or ""
        lined = lined or area.get("stroke") is not False
        color = color or (None if "fill" in area else text_of(area, "fill_color"))
    geometry = element.find(f"{DRAW}enhanced-geometry")
    bent = geometry is not None and geometry.get(f"{DRAW}text-path") == "true"
    return replace(
        inside,
        background=color or inside.background,
        floating=True,
        vertical=is_turned(area) or _is_rotated(element),
        boxed=lined or color is not None,
        effects=("transform",) if bent else (),
        shape=shape,
    )


def _is_rotated(element: etree._Element) -> bool:
    match = _ROTATE.search(element.get(f"{DRAW}transform") or "")
    try:
        return match is not None and abs(math.sin(float(match[1]))) > 0.5
    except ValueError:
        return False


def drawing_of(
    element: etree._Element, story: Story, area: Properties, file: OdtFile, group: etree._Element | None
) -> tuple[DrawingMark | None, str]:
    """Return the picture that a frame without text shows, and how to name what falc does not read of it.

    A frame may hold the same thing in several forms: the first that falc knows counts.
    """
    content = {str(child.tag): child for child in reversed(element)}
    for tag in ("plugin", "object", "object-ole", "image"):
        child = content.get(DRAW + tag)
        if child is None:
            continue
        if tag == "plugin":
            sound = (child.get(f"{XLINK}href") or "").lower().endswith(_SOUNDS)
            return DrawingMark(element, "audio" if sound else "video", story, area, child, group), "object"
        if tag == "image":
            return DrawingMark(element, "picture", story, area, child, group), "image"
        kind = _kind_of_object(child, file)
        if kind == "equation":
            return None, kind
        return DrawingMark(element, "chart" if kind == "chart" else "drawing", story, area, None, group), kind
    return None, "object" if any(_others(content)) else ""


def _others(content: dict[str, etree._Element]) -> Iterator[bool]:
    yield from (f"{DRAW}{tag}" in content for tag in ("applet", "floating-frame"))


def _kind_of_object(element: etree._Element, file: OdtFile) -> str:
    root = file.embedded(element)
    if root is None:
        return "object"
    if str(root.tag).startswith(MATH):
        return "equation"
    body = root.find(f"{OFFICE}body")
    return "chart" if body is not None and body.find(f"{OFFICE}chart") is not None else "object"
