"""The longhand properties behind a CSS declaration: « margin: 0 » sets four of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from falc.formats.web.css_values import BORDER_STYLES, CASED, READ, SIDES, URL, WIDE, Color, Value, Wide

__all__ = ["Longhand", "longhands"]

Longhand = tuple[str, Value]
_SYSTEM_FONTS = frozenset(("caption", "icon", "menu", "message-box", "small-caption", "status-bar"))
_LONGEST = 2_000
_LOGICAL = {"block-start": "top", "block-end": "bottom", "inline-start": "left", "inline-end": "right"}
_PART = re.compile(r"""(?:[^\s()"'/,]++|"[^"]*+"|'[^']*+'|\((?:[^()]++|\((?:[^()]++|\([^()]*+\))*+\))*+\))++|[/,]""")
_ALIASES = {
    **dict.fromkeys(("-webkit-text-stroke", "-webkit-text-stroke-width"), "stroke"),
    **{f"-{maker}-hyphens": "hyphens" for maker in ("webkit", "moz", "ms", "epub")},
    **{f"-{maker}-transform": "transform" for maker in ("webkit", "moz", "ms", "o")},
    **{f"-{maker}-column-count": "column-count" for maker in ("webkit", "moz")},
    **{f"page-break-{when}": f"break-{when}" for when in ("inside", "before", "after")},
    **{f"{box}-{logical}": f"{box}-{side}" for logical, side in _LOGICAL.items() for box in ("margin", "padding")},
    "text-decoration-line": "text-decoration",
    "font-variant-caps": "font-variant",
    "font-width": "font-stretch",
    "-webkit-columns": "columns",
}


@lru_cache(maxsize=4096)
def _longhands(name: str, value: str) -> tuple[Longhand, ...]:
    name = _ALIASES.get(name, name)
    if wide := WIDE.get(value.lower()):
        return tuple((longhand, wide) for longhand in _OPENED.get(name, (name,)))
    if name in _SHORTHANDS:
        return tuple(_SHORTHANDS[name](name, value))
    read = READ.get(name)
    meaning = read(value if name in CASED else value.lower()) if read else None
    return () if meaning is None else ((name, meaning),)


def longhands(name: str, value: str) -> tuple[Longhand, ...]:
    """Return the longhand properties that a declaration sets; none if it has no meaning."""
    return _longhands(name, value.strip()[:_LONGEST])


def _parts(value: str) -> list[str]:
    return _PART.findall(value)


def _sides(name: str, value: str) -> Iterator[Longhand]:
    """Open « margin: 1px 2px »: one to four values, clockwise from the top."""
    box, _, rest = name.partition("-")
    values = [READ[_sided(box, "top", rest)](part) for part in _parts(value.lower())]
    if None not in values and 1 <= len(values) <= 4:
        top, right, bottom, left = (values * 4)[:4] if len(values) < 3 else (*values, values[1])[:4]
        for side, meaning in zip(SIDES, (top, right, bottom, left)):
            yield _sided(box, side, rest), meaning


def _sided(box: str, side: str, rest: str) -> str:
    return f"{box}-{side}-{rest}" if rest in ("style", "width") else f"{box}-{side}"


def _axis(name: str, value: str) -> Iterator[Longhand]:
    """Open « margin-block: 1em 2em »."""
    box, _, axis = name.partition("-")
    first, second = ("top", "bottom") if axis == "block" else ("left", "right")
    parts = _parts(value.lower())
    for side, part in zip((first, second), (parts[0], parts[-1]) if parts else ()):
        if (meaning := READ[f"{box}-{side}"](part)) is not None:
            yield f"{box}-{side}", meaning


def _border(name: str, value: str) -> Iterator[Longhand]:
    parts = _parts(value.lower())
    side = name.removeprefix("border").lstrip("-")
    thin = any(re.fullmatch(r"0+(?:\.0*)?(?:px|pt|em|rem)?", part) for part in parts)
    for each in (side,) if side in SIDES else SIDES:
        yield f"border-{each}-style", any(part in BORDER_STYLES for part in parts)
        yield f"border-{each}-width", not thin


def _background(name: str, value: str) -> Iterator[Longhand]:
    picture = READ["background-image"](value) if "(" in _without_colors(value) else "none"
    colors = [
        color for part in _parts(value) if part not in "/," and (color := READ["color"](part.lower())) is not None
    ]
    yield "background-image", picture or "none"
    yield "background-color", colors[-1] if colors else Color(0, 0, 0, 0)


def _without_colors(value: str) -> str:
    return re.sub(r"\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^()]*+\)", "", value, flags=re.IGNORECASE)


def _font(name: str, value: str) -> Iterator[Longhand]:
    """Open « font: italic bold 12pt/1.5 Arial, sans-serif »."""
    if value.lower() in _SYSTEM_FONTS:
        yield from ((longhand, Wide.UNKNOWN) for longhand in _OPENED["font"])
        return
    parts = _parts(value)
    sizes = [None if part.isdecimal() else READ["font-size"](part.lower()) for part in parts]
    place = next((index for index, size in enumerate(sizes) if size is not None), None)
    if place is None:
        return
    found: dict[str, Value] = {"font-style": False, "font-weight": 400, "font-variant": False, "font-stretch": 1.0}
    for part in map(str.lower, parts[:place]):
        for longhand in ("font-style", "font-weight", "font-stretch"):
            if part != "normal" and (meaning := READ[longhand](part)) is not None:
                found[longhand] = meaning
        found["font-variant"] = found["font-variant"] or part == "small-caps"
    rest = parts[place + 1 :]
    height: Value = "normal"
    if rest[:1] == ["/"] and len(rest) > 1:
        height, rest = READ["line-height"](rest[1].lower()) or "normal", rest[2:]
    family = READ["font-family"](" ".join(rest).replace(" ,", ","))
    if family:
        yield from found.items()
        yield from (("font-size", sizes[place]), ("line-height", height), ("font-family", family))


def _columns(name: str, value: str) -> Iterator[Longhand]:
    found: dict[str, Value] = {"column-count": "auto", "column-width": "auto"}
    for part in _parts(value.lower()):
        for longhand in found:
            if part != "auto" and (meaning := READ[longhand](part)) is not None:
                found[longhand] = meaning
    yield from found.items()


def _list_style(name: str, value: str) -> Iterator[Longhand]:
    kinds = [part for part in _parts(value) if part.lower() not in ("inside", "outside") and not URL.match(part)]
    yield "list-style-type", kinds[0] if kinds else "disc"


_SHORTHANDS: dict[str, Callable[[str, str], Iterator[Longhand]]] = {
    **dict.fromkeys(("margin", "padding", "border-style", "border-width"), _sides),
    **{f"{box}-{axis}": _axis for box in ("margin", "padding") for axis in ("block", "inline")},
    **dict.fromkeys(("border", *(f"border-{side}" for side in SIDES)), _border),
    "background": _background,
    "font": _font,
    "columns": _columns,
    "list-style": _list_style,
}
_OPENED: dict[str, tuple[str, ...]] = {
    **{box: tuple(f"{box}-{side}" for side in SIDES) for box in ("margin", "padding")},
    **{f"border-{side}": (f"border-{side}-style", f"border-{side}-width") for side in SIDES},
    "border": tuple(f"border-{side}-{what}" for side in SIDES for what in ("style", "width")),
    "background": ("background-image", "background-color"),
    "font": ("font-style", "font-weight", "font-variant", "font-stretch", "font-size", "line-height", "font-family"),
    "columns": ("column-count", "column-width"),
    "list-style": ("list-style-type",),
}
