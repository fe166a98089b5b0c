"""What one set of OpenDocument formatting attributes says, as plain values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from falc.formats.office.odt.package import DRAW, FO, LOEXT, STYLE, TEXT
from falc.look import LineSpacing


@dataclass(frozen=True, slots=True)
class Percent:
    """A part of what the parent style says: 0.5 is half."""

    ratio: float


Value = str | float | bool | LineSpacing | Percent
Properties = Mapping[str, Value]
Found = Iterator[tuple[str, Value]]

_NUMBER = re.compile(r"[-+]?(?:\d{1,9}(?:\.\d{0,20})?|\.\d{1,20})")
_LENGTH = re.compile(rf"({_NUMBER.pattern})\s*(in|inch|cm|mm|pt|pc|pi|px)")
_PERCENT = re.compile(rf"({_NUMBER.pattern})\s*%")
_POINTS = {"in": 72, "inch": 72, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1, "pc": 12, "pi": 12, "px": 0.75}
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_FONT = re.compile(r"""\s*(?:'([^']*)'|"([^"]*)"|([^,]*))""")
_BOLD, _NORMAL = 700, 400
_LARGEST_RATIO = 100
_TURNED = ("tb", "bt")
_SIDES = ("left", "right", "top", "bottom")


def number(value: str | None, most: int = 1_000_000) -> int | None:
    """Return a whole number from 0 to `most`, or nothing."""
    text = (value or "").strip()
    if not text.isascii() or not text.isdigit():
        return None
    return most if len(text) > len(str(most)) else min(int(text), most)


def length(value: str | None) -> float | None:
    """Return a length in points: « 2.5cm », « 12pt »."""
    match = _LENGTH.fullmatch((value or "").strip())
    return round(float(match[1]) * _POINTS[match[2]], 2) if match else None


def _percent(value: str) -> float | None:
    match = _PERCENT.fullmatch(value.strip())
    return min(max(float(match[1]) / 100, 0.0), _LARGEST_RATIO) if match else None


def color(value: str | None) -> str | None:
    """Return a colour in lower case, or nothing."""
    return value.lower() if value and _COLOR.fullmatch(value) else None


def font_name(value: str | None) -> str | None:
    """Return the first name of a list of fonts, without its quotation marks."""
    match = _FONT.match(value or "")
    name = match and (match[1] or match[2] or match[3] or "").strip()
    return name or None


def merged(base: Properties, over: Properties) -> Properties:
    """Return `over` on top of `base`: a percentage counts from the value that it covers."""
    result = dict(base)
    for name, value in over.items():
        if isinstance(value, Percent) and name in base:
            below = base[name]
            if isinstance(below, Percent):
                value = Percent(min(below.ratio * value.ratio, _LARGEST_RATIO))
            elif isinstance(below, float):
                value = below * value.ratio
        result[name] = value
    return result


def _relative(name: str) -> Callable[[str], Found]:
    """Read a length, or a percentage of the parent's."""

    def read(value: str) -> Found:
        points, ratio = length(value), _percent(value)
        if points is not None:
            yield name, points
        elif ratio is not None:
            yield name, Percent(ratio)

    return read


def _is(name: str, *values: str) -> Callable[[str], Found]:
    """Read whether the value is one of `values`."""
    return lambda value: iter(((name, value.strip() in values),))


def _is_not(name: str, *values: str) -> Callable[[str], Found]:
    return lambda value: iter(((name, value.strip() not in values),))


def _word(name: str) -> Callable[[str], Found]:
    return lambda value: iter(((name, value.strip()),))


def _weight(value: str) -> Found:
    named = {"bold": _BOLD, "normal": _NORMAL}
    weight = named.get(value, number(value, 1000))
    if weight is not None:
        yield "weight", float(weight)


def _color(name: str) -> Callable[[str], Found]:
    """Read a colour; an empty text stands for none."""
    return lambda value: iter(((name, color(value) or ""),))


def _spacing(value: str) -> Found:
    points = 0.0 if value == "normal" else length(value)
    if points is not None:
        yield "spacing", points


def _scale(value: str) -> Found:
    ratio = _percent(value)
    if ratio is not None:
        yield "scale", ratio


def _angle(value: str) -> Found:
    degrees = number(value.removesuffix("deg"))
    if degrees is not None:
        yield "turned", degrees % 180 != 0


def _line_height(value: str) -> Found:
    points, ratio = length(value), _percent(value)
    if value == "normal":
        ratio = 1.0
    if ratio is not None:
        yield "line", LineSpacing(ratio, "lines")
    elif points is not None:
        yield "line", LineSpacing(points, "points")


def _line_at_least(value: str) -> Found:
    points = length(value)
    if points:
        yield "line", LineSpacing(points, "points", at_least=True)


def _leading(value: str) -> Found:
    """Read what is added between two lines: how high the lines are depends on the font."""
    points = length(value)
    if points is not None:
        yield "line", points


def _line_count(name: str) -> Callable[[str], Found]:
    """Read how many lines stay together at the top or the bottom of a page."""

    def read(value: str) -> Found:
        lines = number(value)
        if lines is not None:
            yield name, lines > 1

    return read


def _borders(*sides: str) -> Callable[[str], Found]:
    return lambda value: ((f"border_{side}", value.strip() not in ("none", "hidden", "")) for side in sides)


def _margins(value: str) -> Found:
    for side in _SIDES:
        yield from _relative(side)(value)


def _font(name: str) -> Callable[[str], Found]:
    def read(value: str) -> Found:
        if value.strip():
            yield name, value.strip()

    return read


# In this order: what comes later wins inside one set of attributes.
_TEXT: dict[str, Callable[[str], Found]] = {
    f"{FO}font-family": _font("family"),
    f"{STYLE}font-name": _font("face"),
    f"{FO}font-size": _relative("size"),
    f"{FO}font-weight": _weight,
    f"{FO}font-style": _is("italic", "italic", "oblique"),
    f"{STYLE}text-underline-type": _is_not("underline", "none"),
    f"{STYLE}text-underline-style": _is_not("underline", "none"),
    f"{STYLE}text-line-through-type": _is_not("strike", "none"),
    f"{STYLE}text-line-through-style": _is_not("strike", "none"),
    f"{FO}text-transform": _is("upper", "uppercase"),
    f"{FO}font-variant": _is("small_caps", "small-caps"),
    f"{FO}text-shadow": _is_not("shadow", "none"),
    f"{STYLE}text-outline": _is("outline", "true"),
    f"{STYLE}font-relief": _word("relief"),
    f"{STYLE}text-blinking": _is("blink", "true"),
    f"{FO}letter-spacing": _spacing,
    f"{STYLE}text-scale": _scale,
    f"{FO}color": _color("color"),
    f"{FO}background-color": _color("background"),
    f"{FO}language": _word("language"),
    f"{FO}country": _word("country"),
    f"{FO}hyphenate": _is("hyphenate", "true"),
    f"{STYLE}text-rotation-angle": _angle,
    f"{TEXT}display": _is("hidden", "none"),
}
_PARAGRAPH: dict[str, Callable[[str], Found]] = {
    f"{FO}text-align": _word("align"),
    f"{STYLE}line-spacing": _leading,
    f"{STYLE}line-height-at-least": _line_at_least,
    f"{FO}line-height": _line_height,
    f"{FO}margin": _margins,
    f"{FO}margin-top": _relative("top"),
    f"{FO}margin-bottom": _relative("bottom"),
    f"{FO}margin-left": _relative("left"),
    f"{FO}margin-right": _relative("right"),
    f"{FO}text-indent": _relative("indent"),
    f"{STYLE}contextual-spacing": _is("contextual", "true"),
    f"{FO}keep-together": _is("together", "always"),
    f"{FO}keep-with-next": _is("with_next", "always"),
    f"{FO}widows": _line_count("widows"),
    f"{FO}orphans": _line_count("orphans"),
    f"{FO}break-before": _is("break_before", "page"),
    f"{FO}break-after": _is("break_after", "page"),
    f"{FO}border": _borders(*_SIDES),
    **{f"{FO}border-{side}": _borders(side) for side in _SIDES},
    f"{FO}background-color": _color("background"),
    f"{STYLE}writing-mode": _word("writing"),
    f"{LOEXT}writing-mode": _word("writing"),
}
# Pages, sections, tables, cells, frames: what is around text.
_AREA: dict[str, Callable[[str], Found]] = {
    f"{DRAW}fill-color": _color("fill_color"),
    f"{DRAW}fill": _word("fill"),
    f"{FO}background-color": _color("background"),
    f"{FO}border": _borders(*_SIDES),
    **{f"{FO}border-{side}": _borders(side) for side in _SIDES},
    f"{DRAW}stroke": _is_not("stroke", "none"),
    f"{FO}break-before": _is("break_before", "page"),
    f"{STYLE}writing-mode": _word("writing"),
    f"{LOEXT}writing-mode": _word("writing"),
    f"{STYLE}rotation-angle": _angle,
    f"{STYLE}wrap": _word("wrap"),
    f"{STYLE}run-through": _word("run_through"),
    f"{TEXT}display": _is("hidden", "none"),
    f"{LOEXT}decorative": _is("decorative", "true"),
}
_KINDS = {f"{STYLE}text-properties": _TEXT, f"{STYLE}paragraph-properties": _PARAGRAPH}


def read_properties(element: etree._Element | None) -> Properties:
    """Return what an element like `style:text-properties` states."""
    if element is None:
        return {}
    readers = _KINDS.get(str(element.tag), _AREA)
    found: dict[str, Value] = {}
    for name, reader in readers.items():
        value = element.get(name)
        if value is not None:
            found.update(reader(value))
    _settle(found, element)
    return found


def _settle(found: dict[str, Value], element: etree._Element) -> None:
    """Let a property that is said in two ways be said in one, so that the nearest style wins."""
    if "face" in found:
        found.pop("family", None)
    elif "family" in found:
        found["face"] = ""  # covers the face of the parent
    if element.get(f"{STYLE}use-window-font-color") == "true":
        found["color"] = ""
    columns = element.find(f"{STYLE}columns")
    if columns is not None:
        found["columns"] = float(number(columns.get(f"{FO}column-count"), 100) or 1)


def is_turned(properties: Properties) -> bool:
    """Is the text in an area, or of a run, written downwards or turned?"""
    return str(properties.get("writing", "")).startswith(_TURNED) or properties.get("turned") is True


def borders_of(properties: Properties) -> tuple[str, ...]:
    """Return the sides that have a line."""
    return tuple(side for side in _SIDES if properties.get(f"border_{side}") is True)


def text_of(properties: Properties, name: str) -> str | None:
    """Return a property that is a text, if it says something."""
    value = properties.get(name)
    return value if isinstance(value, str) and value else None


def length_of(properties: Properties, name: str) -> float | None:
    """Return a property that is a length."""
    value = properties.get(name)
    return round(value, 2) if isinstance(value, float) else None


def truth_of(properties: Properties, name: str) -> bool | None:
    """Return a property that is true or false."""
    value = properties.get(name)
    return value if isinstance(value, bool) else None


def area_color(properties: Properties) -> str | None:
    """Return the colour that fills an area, if one colour does."""
    if properties.get("fill") == "solid":
        return text_of(properties, "fill_color") or text_of(properties, "background")
    return text_of(properties, "background")
