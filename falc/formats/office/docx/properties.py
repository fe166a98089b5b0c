"""What the property elements of a Word file state: `w:rPr` and `w:pPr` as pairs of a name and a value.

Every pair replaces the pair of the same name that a weaker level states.  Lengths are in points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from falc.formats.office.docx.colors import HIGHLIGHTS, Theme
from falc.formats.office.package import W

Value = str | float | bool
Properties = Mapping[str, Value]
Pairs = tuple[tuple[str, Value], ...]

VAL = f"{W}val"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OFF = frozenset({"0", "false", "off"})
# Stated by several styles, these are XOR-ed (see docx_styles).
TOGGLES = {
    f"{W}b": "bold",
    f"{W}i": "italic",
    f"{W}caps": "caps",
    f"{W}smallCaps": "small_caps",
    f"{W}strike": "strike",
    f"{W}emboss": "emboss",
    f"{W}imprint": "imprint",
    f"{W}outline": "outline",
    f"{W}shadow": "shadow",
    f"{W}vanish": "hidden",
}
# Basic Latin is drawn with the `ascii` font, « é » and its like with `hAnsi`.
_FONT_SLOTS = (("ascii", "font"), ("hAnsi", "accent_font"))
_ON_OFF = {
    f"{W}keepLines": "keep_together",
    f"{W}keepNext": "keep_with_next",
    f"{W}widowControl": "widow_control",
    f"{W}pageBreakBefore": "page_break",
    f"{W}suppressAutoHyphens": "no_hyphens",
    f"{W}contextualSpacing": "contextual",
}
_UPRIGHT = frozenset({"lrTb", "lrTbV", "tb", "tbV"})
_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi|px)?")
_UNITS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0, "px": 0.75}


def is_on(element: etree._Element | None) -> bool:
    """Return the value of an on/off property, false when it is absent."""
    return element is not None and _truth(element.get(VAL, "1"))


def _truth(value: str) -> bool:
    return value.lower() not in _OFF


def value_of(parent: etree._Element | None, tag: str) -> str | None:
    """Return the `w:val` of a child of `parent`."""
    child = None if parent is None else parent.find(W + tag)
    return None if child is None else child.get(VAL)


def number(value: str | None) -> int | None:
    """Return a whole number, if it is one."""
    try:
        return None if value is None else int(value)
    except ValueError:
        return None


def points(value: str | None, per_point: float = 20) -> float | None:
    """Return a length in points: a bare number counts twentieths of a point, or other parts of one."""
    match = _MEASURE.fullmatch(value.strip()) if value else None
    if match is None:
        return None
    return float(match[1]) * _UNITS[match[2]] if match[2] else float(match[1]) / per_point


def is_upright(direction: str | None) -> bool:
    """Is text with this direction written as usual?"""
    return direction is None or direction in _UPRIGHT


class PropertyReader:
    """Reads the properties of runs and paragraphs with the theme of the file."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._readers: dict[str, Callable[[etree._Element], Iterator[tuple[str, Value]]]] = {
            f"{W}rFonts": self._fonts,
            f"{W}color": self._color,
            f"{W}shd": self._shade,
        }

    def pairs(self, properties: etree._Element | None) -> Iterator[tuple[str, Value]]:
        """Yield what a `w:rPr` or a `w:pPr` states."""
        if properties is None:
            return
        for child in properties:
            tag = child.tag
            if tag in TOGGLES:
                yield TOGGLES[tag], is_on(child)
            elif tag in self._readers:
                yield from self._readers[tag](child)
            elif tag in _ON_OFF:
                yield _ON_OFF[tag], is_on(child)
            elif tag in _READERS:
                yield from _READERS[tag](child)

    def _fonts(self, element: etree._Element) -> Iterator[tuple[str, Value]]:
        for slot, name in _FONT_SLOTS:
            font = self._theme.fonts.get(element.get(f"{W}{slot}Theme") or "") or element.get(W + slot)
            if font:
                yield name, font

    def _color(self, element: etree._Element) -> Iterator[tuple[str, Value]]:
        color = self._theme.color(element)
        if color is not None:
            yield "color", color

    def _shade(self, element: etree._Element) -> Iterator[tuple[str, Value]]:
        shade = self._theme.shading(element)
        if shade is not None:
            yield "shade", shade


def _size(element: etree._Element) -> Iterator[tuple[str, Value]]:
    size = points(element.get(VAL), 2)
    if size is not None:
        yield "size", size


def _underline(element: etree._Element) -> Iterator[tuple[str, Value]]:
    if kind := element.get(VAL):  # without it, only the colour of a line is stated: Pages writes that everywhere
        yield "underline", kind != "none"


def _double_strike(element: etree._Element) -> Iterator[tuple[str, Value]]:
    yield "double_strike", is_on(element)


def _highlight(element: etree._Element) -> Iterator[tuple[str, Value]]:
    yield "highlight", HIGHLIGHTS.get(element.get(VAL) or "", "")


def _language(element: etree._Element) -> Iterator[tuple[str, Value]]:
    if language := element.get(VAL):
        yield "language", language


def _scale(element: etree._Element) -> Iterator[tuple[str, Value]]:
    percent = number((element.get(VAL) or "").removesuffix("%"))
    if percent:
        yield "scale", percent / 100


def _blink(element: etree._Element) -> Iterator[tuple[str, Value]]:
    yield "blink", element.get(VAL, "none") != "none"


def _modern_effect(element: etree._Element) -> Iterator[tuple[str, Value]]:
    """Read an effect of Word 2010, which Word switches off with no fill, no size or no opacity."""
    name = _MODERN_EFFECTS[element.tag]
    off = element.find(f"{_W14}noFill") is not None
    off = off or any(alpha.get(f"{_W14}val") == "100000" for alpha in element.iter(f"{_W14}alpha"))
    off = off or element.get(f"{_W14}rad") == "0" or element.get(f"{_W14}w") == "0"
    yield name, not off


_MODERN_EFFECTS = {
    f"{_W14}glow": "modern_glow",
    f"{_W14}shadow": "modern_shadow",
    f"{_W14}reflection": "modern_reflection",
    f"{_W14}textOutline": "modern_outline",
}


def _spacing(element: etree._Element) -> Iterator[tuple[str, Value]]:
    """Read `w:spacing`, that of letters in a run and that of lines in a paragraph."""
    between = points(element.get(VAL))
    if between is not None:
        yield "spacing", between
    line, rule = points(element.get(f"{W}line")), element.get(f"{W}lineRule")
    if line is not None:
        yield "line", abs(line)
    if rule is not None:
        yield "line_rule", rule
    for side in ("before", "after"):
        length, automatic = points(element.get(W + side)), element.get(f"{W}{side}Autospacing")
        if length is not None:
            yield f"space_{side}", length
        if automatic is not None:
            yield f"automatic_{side}", _truth(automatic)


def _indents(element: etree._Element) -> Iterator[tuple[str, Value]]:
    for name, modern in (("left", "start"), ("right", "end")):
        length = points(element.get(W + modern) or element.get(W + name))
        if length is not None:
            yield name, length
    hanging, first = points(element.get(f"{W}hanging")), points(element.get(f"{W}firstLine"))
    if hanging is not None:  # it wins when both are written
        yield "first_line", -hanging
    elif first is not None:
        yield "first_line", first


def _borders(element: etree._Element) -> Iterator[tuple[str, Value]]:
    for side in element:
        yield f"border {side.tag}", side.get(VAL, "none") not in ("none", "nil")


def _text(name: str) -> Callable[[etree._Element], Iterator[tuple[str, Value]]]:
    def read(element: etree._Element) -> Iterator[tuple[str, Value]]:
        if value := element.get(VAL):
            yield name, value

    return read


def _direction(element: etree._Element) -> Iterator[tuple[str, Value]]:
    yield "vertical", not is_upright(element.get(VAL))


def _frame(element: etree._Element) -> Iterator[tuple[str, Value]]:
    yield "framed", True


def _numbering(element: etree._Element) -> Iterator[tuple[str, Value]]:
    for tag, name in (("numId", "list_id"), ("ilvl", "list_level")):
        value = value_of(element, tag)
        if value is not None:
            yield name, value


def _outline_level(element: etree._Element) -> Iterator[tuple[str, Value]]:
    level = number(element.get(VAL))
    if level is not None:
        yield "outline_level", level


_READERS: dict[str, Callable[[etree._Element], Iterator[tuple[str, Value]]]] = {
    f"{W}sz": _size,
    f"{W}u": _underline,
    f"{W}dstrike": _double_strike,
    f"{W}highlight": _highlight,
    f"{W}lang": _language,
    f"{W}w": _scale,
    f"{W}effect": _blink,
    f"{W}spacing": _spacing,
    f"{W}ind": _indents,
    f"{W}pBdr": _borders,
    f"{W}jc": _text("alignment"),
    f"{W}textDirection": _direction,
    f"{W}framePr": _frame,
    f"{W}numPr": _numbering,
    f"{W}outlineLvl": _outline_level,
    **dict.fromkeys(_MODERN_EFFECTS, _modern_effect),
}
