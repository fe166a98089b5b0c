"""What a text box adds to the look of its paragraphs: its colour, its lines, its columns, the direction of its text."""

from __future__ import annotations

import re

from lxml import etree

from falc.formats.office.docx.colors import A, Theme
from falc.formats.office.docx.properties import number
from falc.formats.office.docx.story import Surroundings
from falc.formats.office.package import W

_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_V = "{urn:schemas-microsoft-com:vml}"
_VML_COLOR = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_VML_NAMES = {"white": "#ffffff", "black": "#000000", "yellow": "#ffff00", "red": "#ff0000", "silver": "#c0c0c0"}
_INKS = frozenset({f"{A}noFill", f"{A}solidFill", f"{A}gradFill", f"{A}pattFill"})
_UPRIGHT = ("horz", None)
_TURNED = 5_400_000  # a quarter turn, in 60,000ths of a degree
_SLANT = 600_000  # ten degrees: less is still easy to see as a line of text


def box_surroundings(content: etree._Element, theme: Theme, page: str | None) -> Surroundings:
    """Return what a text box (`w:txbxContent`) adds; `page` is the colour of the page behind it."""
    for shape in content.iterancestors():
        if shape.tag == f"{_WPS}wsp":
            body = shape.find(f"{_WPS}bodyPr")
            turned = body is not None and body.get("vert") not in _UPRIGHT
            columns = 1 if body is None else max(number(body.get("numCol")) or 1, 1)
            ink = theme.drawn(shape.find(f"{_WPS}style/{A}fontRef"))
            color, filled = _fill(shape, theme, page)
            return Surroundings(
                color, ink, columns, True, turned or _is_turned(shape), boxed=filled or _is_outlined(shape)
            )
        if shape.tag in (f"{_V}shape", f"{_V}rect", f"{_V}roundrect", f"{_V}oval"):
            styles = " ".join(e.get("style") or "" for e in (shape, *shape.iterchildren(f"{_V}textbox")))
            turned = "layout-flow:vertical" in styles.replace(" ", "")
            boxed = _vml_has(shape, "fill", "filled") or _vml_has(shape, "stroke", "stroked")
            return Surroundings(_vml_color(shape, page), None, 1, True, turned, boxed)
        if shape.tag == f"{W}p":
            break
    return Surroundings(columns=1, floating=True)


def child_of_run(element: etree._Element) -> etree._Element | None:
    """Return the nearest element around `element`, or itself, that is a child of a run."""
    current: etree._Element | None = element
    while current is not None:
        parent = current.getparent()
        if parent is not None and parent.tag == f"{W}r":
            return current
        current = parent
    return None


def _fill(shape: etree._Element, theme: Theme, page: str | None) -> tuple[str | None, bool]:
    """Return the colour in a shape, not known with a picture or several colours, and whether it is its own."""
    properties = shape.find(f"{_WPS}spPr")
    for child in () if properties is None else properties:
        if child.tag == f"{A}solidFill":
            return theme.drawn(child), True
        if child.tag == f"{A}noFill":
            return page, False
        if child.tag in (f"{A}gradFill", f"{A}blipFill", f"{A}pattFill"):
            return None, True
    reference = shape.find(f"{_WPS}style/{A}fillRef")
    if reference is not None and reference.get("idx") != "0":
        return theme.drawn(reference), True
    return page, False


def _is_outlined(shape: etree._Element) -> bool:
    """Is there a line around a shape, as it says itself or as its style does?"""
    line, reference = shape.find(f"{_WPS}spPr/{A}ln"), shape.find(f"{_WPS}style/{A}lnRef")
    for child in () if line is None else line:
        if child.tag in _INKS:
            return child.tag != f"{A}noFill"
    return reference is not None and reference.get("idx") != "0"


def _is_turned(shape: etree._Element) -> bool:
    placed = shape.find(f"{_WPS}spPr/{A}xfrm")
    angle = abs(number(placed.get("rot")) or 0) if placed is not None else 0
    return _SLANT < angle % (2 * _TURNED) < 2 * _TURNED - _SLANT


def _vml_has(shape: etree._Element, child: str, attribute: str) -> bool:
    """Has a shape a fill or a stroke?  It has when nothing is written."""
    inner = shape.find(_V + child)
    said = shape.get(attribute) or ("t" if inner is None else inner.get("on")) or "t"
    return said.lower() not in ("f", "false", "0")


def _vml_color(shape: etree._Element, page: str | None) -> str | None:
    if not _vml_has(shape, "fill", "filled"):
        return page
    fill = shape.find(f"{_V}fill")
    if fill is not None and fill.get("type", "solid") != "solid":
        return None
    written = shape.get("fillcolor") or "white"  # what VML fills with when nothing is written
    match = _VML_COLOR.match(written)
    if match is None:
        return _VML_NAMES.get(written.split(" ")[0])
    digits = match[1].lower()
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(2 * digit for digit in digits)
