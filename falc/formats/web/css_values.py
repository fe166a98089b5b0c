"""What the values of CSS properties mean, as far as they change how a text looks.

`READ` has a reader for each longhand property; it returns None for a value without meaning, which browsers ignore.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

__all__ = [
    "BORDER_STYLES",
    "CASED",
    "READ",
    "SIDES",
    "URL",
    "WIDE",
    "Color",
    "Length",
    "Turn",
    "Value",
    "Wide",
    "length_of",
]


class Wide(Enum):
    """Values that all properties take; `UNKNOWN` is one that falc cannot compute."""

    INHERIT = "inherit"
    INITIAL = "initial"
    UNSET = "unset"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Length:
    """A length in points (pt), or relative: em, rem, or a bare number (empty unit)."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Color:
    """A colour: each part from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float


@dataclass(frozen=True, slots=True)
class Turn:
    """A transformation: does it change the letters, does it set the text upright?"""

    deforms: bool
    turns: bool


Value = object

SIDES = ("top", "right", "bottom", "left")
WIDE = {"inherit": Wide.INHERIT, "initial": Wide.INITIAL, "unset": Wide.UNSET, "revert": Wide.UNSET}
_POINTS = {"px": 0.75, "pt": 1.0, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6}
_LENGTH = re.compile(r"([+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))(px|pt|pc|in|cm|mm|q|em|rem|%)?\Z")
_OTHER_LENGTH = re.compile(r"[+-]?[\d.]++[a-z]{2,5}\Z|(?:calc|min|max|clamp|env|attr)\(")
_ANGLE = re.compile(r"\b(?:rotate|rotatez)\(\s*([+-]?[\d.]{1,10})(deg|turn|rad|grad)")
_DEFORMING = re.compile(r"\b(?:rotate|scale|skew|matrix|perspective)[a-z3]*\(")
_DEGREES = {"deg": 1.0, "turn": 360.0, "rad": 57.29578, "grad": 0.9}
URL = re.compile(r"url\(\s*+(?:\"([^\"]*+)|'([^']*+)|([^)\s]*+))", re.IGNORECASE)
_SIZES = dict(
    zip(
        ("xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"),
        (6.75, 7.5, 9.75, 12.0, 13.5, 18.0, 24.0, 36.0),
    )
)
_STRETCHES = dict(
    zip(
        ("ultra-condensed", "extra-condensed", "condensed", "semi-condensed", "normal", "semi-expanded", "expanded"),
        (0.5, 0.625, 0.75, 0.875, 1.0, 1.125, 1.25),
    )
)
_STRETCHES.update({"extra-expanded": 1.5, "ultra-expanded": 2.0})
_WEIGHTS: dict[str, Value] = {"normal": 400, "bold": 700, "bolder": "bolder", "lighter": "lighter"}
_ALIGNMENTS: dict[str, Value] = {
    **dict.fromkeys(("left", "start", "-webkit-left"), "left"),
    **dict.fromkeys(("right", "end", "-webkit-right"), "right"),
    **dict.fromkeys(("center", "-webkit-center"), "center"),
    **dict.fromkeys(("justify", "justify-all"), "justify"),
    "match-parent": Wide.INHERIT,
}
_LINES = frozenset(("underline", "line-through", "overline", "blink"))
BORDER_STYLES = frozenset(("dotted", "dashed", "solid", "double", "groove", "ridge", "inset", "outset"))


def length_of(value: str) -> Value | None:
    """Read a length; percentages become em, which is what they mean for type sizes."""
    found = _LENGTH.match(value)
    if found is None:
        return Wide.UNKNOWN if _OTHER_LENGTH.match(value) else None
    number, unit = float(found[1]), found[2] or ""
    if unit in _POINTS:
        return Length(number * _POINTS[unit], "pt")
    if unit == "%":
        return Length(number / 100, "em")
    return Length(number, unit or ("pt" if number == 0 else ""))


def _margin(value: str) -> Value | None:
    if value == "auto":
        return Length(0, "pt")
    if value.endswith("%"):
        return Wide.UNKNOWN  # of the width of the page
    return _with_unit(value)


def _with_unit(value: str) -> Value | None:
    length = length_of(value)
    return None if isinstance(length, Length) and not length.unit else length


def _size(value: str) -> Value | None:
    if value in ("smaller", "larger"):
        return Length(1.2 if value == "larger" else 1 / 1.2, "em")
    length = Length(_SIZES[value], "pt") if value in _SIZES else _with_unit(value)
    return None if isinstance(length, Length) and length.value < 0 else length


def _weight(value: str) -> Value | None:
    return _WEIGHTS.get(value) or (int(value) if re.fullmatch(r"[1-9]\d{0,2}|1000", value) else None)


def _stretch(value: str) -> Value | None:
    length = length_of(value) if value.endswith("%") else None
    return length.value if isinstance(length, Length) else _STRETCHES.get(value)


def _family(value: str) -> Value | None:
    first = next((part for part in re.split(r",", value) if part.strip()), "")
    return " ".join(first.strip(" \t\r\n\"'").split()) or None


def _line_height(value: str) -> Value | None:
    length = "normal" if value == "normal" else length_of(value)
    return Length(length.value, "em") if isinstance(length, Length) and not length.unit else length


def _color(value: str) -> Value | None:
    if value == "currentcolor":
        return Wide.INHERIT
    # Only pages with colours need it.
    from tinycss2.color4 import parse_color  # type: ignore[import-untyped]

    try:
        color = parse_color(value)
        if color is None:
            return None
        red, green, blue = (min(max(float(part or 0), 0.0), 1.0) for part in color.to("srgb").coordinates)
        return Color(red, green, blue, min(max(float(color.alpha), 0.0), 1.0))
    except NotImplementedError:
        return Wide.UNKNOWN  # oklch(): a colour all the same
    except (ValueError, OverflowError, RecursionError):
        return None


def _lines(value: str) -> Value | None:
    return frozenset(value.split()) & _LINES


def _transform(value: str) -> Value | None:
    angle = _ANGLE.search(value)
    turned = _turned(angle[1], angle[2]) if angle else False
    return Turn(bool(_DEFORMING.search(value)), turned)


def _rotation(value: str) -> Value | None:
    found = re.match(r"([+-]?[\d.]{1,10})(deg|turn|rad|grad)\Z", value)
    return Turn(value != "none", bool(found) and _turned(found[1], found[2]) if found else False)


def _turned(number: str, unit: str) -> bool:
    try:
        return 45 <= float(number) * _DEGREES[unit] % 180 <= 135
    except ValueError:
        return False


def _picture(value: str) -> Value | None:
    found = URL.search(value)
    if found:
        return found[1] or found[2] or found[3] or None
    return Wide.UNKNOWN if "(" in value else "none" if value == "none" else None


def _list_type(value: str) -> Value | None:
    return value if value and not value.lower().startswith("symbols(") else None


def _among(**meanings: Value) -> Callable[[str], Value | None]:
    """Return a reader of keywords; « _ » stands for the hyphen."""
    known = {name.strip("_").replace("_", "-"): meaning for name, meaning in meanings.items()}
    return known.get


def _not(*keywords: str) -> Callable[[str], Value | None]:
    return lambda value: value not in keywords


_break = _among(
    **dict.fromkeys(("page", "always", "left", "right", "recto", "verso"), "page"),
    **dict.fromkeys(("avoid", "avoid_page", "avoid_column"), "avoid"),
    auto="auto",
)
READ: dict[str, Callable[[str], Value | None]] = {
    "font-size": _size,
    "font-family": _family,
    "font-weight": _weight,
    "font-style": lambda value: (
        True if value.startswith(("italic", "oblique")) else False if value == "normal" else None
    ),
    "font-stretch": _stretch,
    "font-variant": lambda value: "small-caps" in value or "petite-caps" in value,
    "line-height": _line_height,
    "color": _color,
    "background-color": _color,
    "background-image": _picture,
    "letter-spacing": lambda value: Length(0, "pt") if value == "normal" else _with_unit(value),
    "text-transform": lambda value: "uppercase" in value.split(),
    "text-decoration": _lines,
    "text-shadow": _not("none"),
    "text-align": _ALIGNMENTS.get,
    "text-indent": lambda value: Wide.UNKNOWN if "%" in value else _with_unit(value.split()[0]) if value else None,
    "transform": _transform,
    "rotate": _rotation,
    "scale": lambda value: Turn(value not in ("none", "1"), False),
    "stroke": lambda value: value.split()[0] not in ("0", "0px", "none") if value else None,
    "column-count": lambda value: (
        int(value) if re.fullmatch(r"[1-9]\d?", value) else "auto" if value == "auto" else None
    ),
    "column-width": lambda value: "auto" if value == "auto" else _with_unit(value),
    "float": _among(left=True, right=True, inline_start=True, inline_end=True, none=False),
    "position": _among(absolute=True, fixed=True, static=False, relative=False, sticky=False),
    "display": lambda value: value if re.fullmatch(r"[a-z -]{1,40}", value) else None,
    "visibility": _among(visible=True, hidden=False, collapse=False),
    "hyphens": _among(auto=True, manual=True, none=False),
    "writing-mode": lambda value: value.startswith(("vertical", "sideways", "tb")),
    "list-style-type": _list_type,
    "break-inside": lambda value: value.startswith("avoid"),
    "break-before": _break,
    "break-after": _break,
    "width": lambda value: None if value.endswith("%") else _with_unit(value),
    "height": lambda value: None if value.endswith("%") else _with_unit(value),
}
for _side in SIDES:
    READ[f"margin-{_side}"] = READ[f"padding-{_side}"] = _margin
    READ[f"border-{_side}-style"] = lambda value: value in BORDER_STYLES
    READ[f"border-{_side}-width"] = lambda value: not re.match(r"0(?![.\d]*[1-9])", value)
CASED = frozenset(("font-family", "background-image", "list-style-type"))
