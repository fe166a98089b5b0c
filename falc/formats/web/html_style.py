"""The computed style of an element, from its declarations and its parent's style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from falc.formats.web.css_values import SIDES, Color, Length, Turn, Value, Wide
from falc.formats.web.html_tags import names
from falc.look import LineSpacing, TextFormat

__all__ = ["INITIAL_STYLE", "Box", "Edge", "Style", "compute"]

_INHERITED = names(
    "font-family font-size font-weight font-style font-stretch font-variant line-height color letter-spacing "
    "text-transform text-shadow text-align text-indent stroke hyphens writing-mode visibility list-style-type"
)
_INITIAL: Mapping[str, Value] = {
    "font-weight": 400,
    "font-style": False,
    "font-stretch": 1.0,
    "font-variant": False,
    "letter-spacing": Length(0, "pt"),
    "line-height": "normal",
    "list-style-type": "disc",
    "text-align": "left",
    "text-indent": Length(0, "pt"),
    "text-transform": False,
    "visibility": True,
}
_LARGEST = 2_000.0  # points; hostile pages multiply sizes
_LIGHTER = ((550, 100), (750, 400), (1001, 700))
_BOLDER = ((350, 400), (550, 700), (1001, 900))


@dataclass(frozen=True, slots=True)
class Edge:
    """A margin, a padding or a border: its width, None when unknown; does the page say it?"""

    width: float | None = 0.0
    said: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """What an element does not hand down."""

    display: str = ""
    margins: Mapping[str, Edge] = field(default_factory=dict, hash=False)
    paddings: Mapping[str, Edge] = field(default_factory=dict, hash=False)
    bordered: tuple[str, ...] = ()
    filled: bool = False
    floats: bool = False
    picture: str = ""  # behind the element
    keep_together: bool | None = None
    before: str = ""
    after: str = ""
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """How an element looks; `text` for its letters, `box` for itself, the rest for the blocks inside it."""

    text: TextFormat = field(default_factory=TextFormat)
    box: Box = field(default_factory=Box)
    uppercase: bool | None = None
    small_caps: bool | None = None
    alignment: str | None = None
    line_spacing: LineSpacing | None = None
    first_line: float | None = None
    hyphenate: bool | None = None
    upright: bool = False  # the writing mode
    turned: bool = False  # a rotation
    list_type: str = "disc"
    lists: int = 0  # how many lists it is in
    visible: bool = True
    shown: bool = True
    columns: int | None = None
    floating: bool = False
    custom: int = 0  # the number of its custom properties, for the cascade


INITIAL_STYLE = Style()


class _Declared:
    """The declarations of one element: a property says a value, keeps its parent's, or says nothing."""

    def __init__(self, values: Mapping[str, tuple[Value, bool]]) -> None:
        self._values = values

    def get(self, name: str) -> Value | None:
        """Return the value of a property; None when it is as without declaration."""
        value = self._values[name][0] if name in self._values else None
        if value is Wide.INHERIT or value is Wide.UNSET:
            return None if name in _INHERITED or value is Wide.UNSET else Wide.UNKNOWN
        if value is Wide.INITIAL:
            return _INITIAL.get(name, Wide.UNKNOWN) if name in _INHERITED else None
        return value

    def said(self, name: str) -> bool:
        return name in self._values and self._values[name][1]


def compute(parent: Style, values: Mapping[str, tuple[Value, bool]], root_size: float | None) -> Style:
    """Return the style of an element.

    `values` has the winning value of each property and whether the page says it, not the browser.
    """
    declared = _Declared(values)
    if not values:
        return parent if parent.box == INITIAL_STYLE.box else replace(parent, box=INITIAL_STYLE.box)
    size = _font_size(declared.get("font-size"), parent.text.size, root_size)
    behind, filled = _background(declared, parent)
    turn = _turn(declared)
    uppercase = _flag(declared.get("text-transform"), parent.uppercase)
    small_caps = _flag(declared.get("font-variant"), parent.small_caps)
    text = replace(
        _decorated(declared, parent, turn),
        font=_text_or(declared.get("font-family"), parent.text.font),
        size=size,
        weight=_weight(declared.get("font-weight"), parent.text.weight),
        italic=_flag(declared.get("font-style"), parent.text.italic),
        capitals=None if uppercase is None and small_caps is None else bool(uppercase or small_caps),
        spacing=_points_or(declared.get("letter-spacing"), parent.text.spacing, size, root_size),
        scale=_number_or(declared.get("font-stretch"), parent.text.scale),
        color=_color_or(declared.get("color"), parent.text.color, behind),
        background=behind,
    )
    floats = declared.get("float") is True or declared.get("position") is True
    display = declared.get("display")
    return replace(
        parent,
        text=text,
        box=_box(declared, size, root_size, filled, floats),
        uppercase=uppercase,
        small_caps=small_caps,
        alignment=_text_or(declared.get("text-align"), parent.alignment),
        line_spacing=_line_spacing(declared.get("line-height"), parent.line_spacing, root_size),
        first_line=_points_or(declared.get("text-indent"), parent.first_line, size, root_size),
        hyphenate=_flag(declared.get("hyphens"), parent.hyphenate),
        upright=bool(_flag(declared.get("writing-mode"), parent.upright)),
        turned=parent.turned or (turn is not None and turn.turns),
        list_type=_text_or(declared.get("list-style-type"), parent.list_type) or "",
        visible=_flag(declared.get("visibility"), parent.visible) is not False,
        shown=parent.shown and display != "none",
        columns=_columns(declared, parent.columns),
        floating=parent.floating or floats,
    )


def _flag(value: Value | None, inherited: bool | None) -> bool | None:
    return inherited if value is None else value if isinstance(value, bool) else None


def _text_or(value: Value | None, inherited: str | None) -> str | None:
    return inherited if value is None else value if isinstance(value, str) else None


def _number_or(value: Value | None, inherited: float | None) -> float | None:
    return inherited if value is None else value if isinstance(value, float) else None


def _points(value: Value | None, size: float | None, root_size: float | None) -> float | None:
    """Return a length in points, None when it hangs on a size that nobody knows."""
    if not isinstance(value, Length):
        return None
    if value.value == 0:
        return 0.0
    unit = {"pt": 1.0, "em": size, "rem": root_size}.get(value.unit)
    points = None if unit is None else round(value.value * unit, 4)
    return None if points is None or abs(points) > _LARGEST else points


def _points_or(
    value: Value | None, inherited: float | None, size: float | None, root_size: float | None
) -> float | None:
    return inherited if value is None else _points(value, size, root_size)


def _font_size(value: Value | None, parent_size: float | None, root_size: float | None) -> float | None:
    return parent_size if value is None else _points(value, parent_size, root_size)


def _weight(value: Value | None, inherited: int | None) -> int | None:
    if value == "bolder" or value == "lighter":
        steps = _BOLDER if value == "bolder" else _LIGHTER
        return next(weight for limit, weight in steps if (inherited or 400) < limit)
    return inherited if value is None else value if isinstance(value, int) else None


def _line_spacing(value: Value | None, inherited: LineSpacing | None, root_size: float | None) -> LineSpacing | None:
    if value is None:
        return inherited
    if not isinstance(value, Length):
        return None
    if value.unit == "em":
        return LineSpacing(round(value.value, 4), "em")
    points = _points(value, None, root_size)
    return None if points is None else LineSpacing(points, "points")


def _hex(color: Color, behind: str | None) -> str | None:
    """Return a colour as it looks on `behind`, None when that changes it and is not known."""
    parts = (color.red, color.green, color.blue)
    if color.alpha < 1:
        if behind is None:
            return None
        under = (int(behind[start : start + 2], 16) / 255 for start in (1, 3, 5))
        parts_on = [part * color.alpha + below * (1 - color.alpha) for part, below in zip(parts, under)]
        parts = (parts_on[0], parts_on[1], parts_on[2])
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _color_or(value: Value | None, inherited: str | None, behind: str | None) -> str | None:
    return inherited if value is None else _hex(value, behind) if isinstance(value, Color) else None


def _background(declared: _Declared, parent: Style) -> tuple[str | None, bool]:
    """Return the colour behind the letters, and whether the element has one of its own."""
    inherited = parent.text.background
    picture, color = declared.get("background-image"), declared.get("background-color")
    if picture is not None and picture != "none":
        return None, True
    if color is None or (isinstance(color, Color) and color.alpha == 0):
        return inherited, False
    own = _hex(color, inherited) if isinstance(color, Color) else None
    return own, own is None or own != inherited


def _decorated(declared: _Declared, parent: Style, turn: Turn | None) -> TextFormat:
    """Return the parent's look with the lines and effects of the element."""
    text, effects = parent.text, set(parent.text.effects)
    for name, effect in (("text-shadow", "shadow"), ("stroke", "outline")):
        if (value := declared.get(name)) is not None:
            effects -= {effect}
            effects |= {effect} if value is True else set()
    if turn and turn.deforms:
        effects.add("transform")
    lines = declared.get("text-decoration")
    if isinstance(lines, frozenset):
        effects |= {"blink"} & lines
        underline, strike = "underline" in lines or bool(text.underline), "line-through" in lines or bool(text.strike)
        text = replace(text, underline=underline, strike=strike)
    return replace(text, effects=tuple(sorted(effects))) if effects != set(text.effects) else text


def _turn(declared: _Declared) -> Turn | None:
    turns = [turn for name in ("transform", "rotate", "scale") if isinstance(turn := declared.get(name), Turn)]
    return Turn(any(turn.deforms for turn in turns), any(turn.turns for turn in turns)) if turns else None


def _columns(declared: _Declared, inherited: int | None) -> int | None:
    count, width = declared.get("column-count"), declared.get("column-width")
    if isinstance(count, int):
        return count if count > 1 else inherited or 1
    if width is None or width == "auto":
        return inherited
    return None  # as many columns as the screen can hold


def _box(declared: _Declared, size: float | None, root_size: float | None, filled: bool, floats: bool) -> Box:
    edges: dict[str, dict[str, Edge]] = {"margin": {}, "padding": {}}
    for box, sides in edges.items():
        for side in SIDES:
            if (value := declared.get(f"{box}-{side}")) is not None:
                width = _points(value, size, root_size)
                sides[side] = Edge(width, declared.said(f"{box}-{side}") or bool(width))
    picture, display = declared.get("background-image"), declared.get("display")
    before, after = declared.get("break-before"), declared.get("break-after")
    return Box(
        display=display if isinstance(display, str) else "",
        margins=edges["margin"],
        paddings=edges["padding"],
        bordered=tuple(side for side in SIDES if _bordered(declared, side)),
        filled=filled,
        floats=floats,
        picture=picture if isinstance(picture, str) and picture != "none" else "",
        keep_together=True if declared.get("break-inside") is True else None,
        before=before if isinstance(before, str) else "",
        after=after if isinstance(after, str) else "",
        width=_points(declared.get("width"), size, root_size),
        height=_points(declared.get("height"), size, root_size),
    )


def _bordered(declared: _Declared, side: str) -> bool:
    return declared.get(f"border-{side}-style") is True and declared.get(f"border-{side}-width") is not False
