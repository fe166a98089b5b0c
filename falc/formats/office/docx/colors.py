"""The fonts and colours of a Word theme, and what a colour or a shading of the file comes to.

A colour is « #1a1a1a ».  An empty text means « automatic » or « transparent »: it takes the place of a colour that
a style gives; `None` means that nothing is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from falc.formats.office.package import W

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
# The names of WordprocessingML -> those of DrawingML; the first four go through the mapping of the settings.
_MAPPED = {"background1": "bg1", "text1": "t1", "background2": "bg2", "text2": "t2"}
_USUAL_MAPPING = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"}
_SCHEME = {"dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2"}
_SCHEME |= {"hyperlink": "hlink", "followedHyperlink": "folHlink"}
# DrawingML itself writes tx1 and bg1.
_DRAWN = {"tx1": "text1", "tx2": "text2", "bg1": "background1", "bg2": "background2", "hlink": "hyperlink"}
_DRAWN |= {"dk1": "dark1", "lt1": "light1", "dk2": "dark2", "lt2": "light2", "folHlink": "followedHyperlink"}
HIGHLIGHTS = {
    "black": "#000000",
    "blue": "#0000ff",
    "cyan": "#00ffff",
    "green": "#00ff00",
    "magenta": "#ff00ff",
    "red": "#ff0000",
    "yellow": "#ffff00",
    "white": "#ffffff",
    "darkBlue": "#00008b",
    "darkCyan": "#008b8b",
    "darkGreen": "#006400",
    "darkMagenta": "#8b008b",
    "darkRed": "#8b0000",
    "darkYellow": "#808000",
    "darkGray": "#a9a9a9",
    "lightGray": "#d3d3d3",
    "none": "",
}


class Theme:
    """The fonts and colours that a file calls by the names of their roles."""

    def __init__(self, theme: etree._Element | None = None, mapping: Mapping[str, str] | None = None) -> None:
        self.fonts = {} if theme is None else dict(_fonts(theme))
        self._colors = {} if theme is None else dict(_colors(theme))
        self._mapping = _USUAL_MAPPING | dict(mapping or {})

    def _named(self, name: str) -> str | None:
        if name in _MAPPED:
            name = self._mapping[_MAPPED[name]]
        return self._colors.get(_SCHEME.get(name, name))

    def color(self, element: etree._Element, plain: str = "val", theme: str = "theme") -> str | None:
        """Return the colour of a `w:color`, or of other attributes of the same kind."""
        named = self._named(element.get(f"{W}{theme}Color" if theme == "theme" else f"{W}{theme}") or "")
        if named is not None:
            tint, shade = element.get(f"{W}{theme}Tint"), element.get(f"{W}{theme}Shade")
            return _shaded(_tinted(named, _byte(tint)), _byte(shade))
        value = element.get(W + plain)
        if value is None or value == "auto":
            return None if value is None else ""
        return f"#{value.lower()}" if _HEX.fullmatch(value) else None

    def shading(self, element: etree._Element) -> str | None:
        """Return the colour of a `w:shd`: a pattern of two colours comes to their mean."""
        pattern = element.get(f"{W}val") or "clear"
        fill = self.color(element, "fill", "themeFill")
        if pattern in ("nil", "clear"):
            return "" if pattern == "nil" else fill or ""
        ink = self.color(element, "color") or "#000000"
        share = float(pattern[3:]) / 100 if pattern.startswith("pct") and pattern[3:].isdecimal() else 0.5
        return _mixed(ink, fill or "#ffffff", 1.0 if pattern == "solid" else share)

    def drawn(self, fill: etree._Element | None) -> str | None:
        """Return the colour in a DrawingML element like `a:solidFill`, if it is opaque and known."""
        for child in () if fill is None else fill:
            value = child.get("val") or ""
            if child.tag == f"{A}srgbClr" and _HEX.fullmatch(value):
                color = f"#{value.lower()}"
            elif child.tag == f"{A}schemeClr":
                color = self._named(_DRAWN.get(value, value)) or ""
            elif child.tag == f"{A}sysClr" and _HEX.fullmatch(child.get("lastClr") or ""):
                color = f"#{child.get('lastClr', '').lower()}"
            else:
                continue
            return _transformed(color, child) if color else None
        return None


def _fonts(theme: etree._Element) -> Iterator[tuple[str, str]]:
    for kind in ("major", "minor"):
        latin = theme.find(f".//{A}{kind}Font/{A}latin")
        typeface = None if latin is None else latin.get("typeface")
        if typeface:
            yield f"{kind}Ascii", typeface
            yield f"{kind}HAnsi", typeface


def _colors(theme: etree._Element) -> Iterator[tuple[str, str]]:
    scheme = theme.find(f".//{A}clrScheme")
    for role in () if scheme is None else scheme:
        for color in role:
            value = color.get("lastClr") if color.tag == f"{A}sysClr" else color.get("val")
            if _HEX.fullmatch(value or ""):
                yield etree.QName(role).localname, f"#{(value or '').lower()}"


def _byte(value: str | None) -> float:
    """Return a share written from 00 to FF, which is all when nothing is written."""
    try:
        return 1.0 if value is None else min(int(value, 16), 255) / 255
    except ValueError:
        return 1.0


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{min(max(round(channel), 0), 255):02x}" for channel in (red, green, blue))


def _lightened(color: str, factor: float, offset: float) -> str:
    """Multiply the lightness of a colour, then add to it; hue and saturation stay."""
    import colorsys  # rarely needed: most letters are black on white

    hue, light, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(color)))
    light = min(max(light * factor + offset, 0.0), 1.0)
    return _hex(*(channel * 255 for channel in colorsys.hls_to_rgb(hue, light, saturation)))


def _tinted(color: str, share: float) -> str:
    return color if share == 1 else _lightened(color, share, 1 - share)


def _shaded(color: str, share: float) -> str:
    return color if share == 1 else _lightened(color, share, 0.0)


def _mixed(ink: str, paper: str, share: float) -> str:
    return _hex(*(a * share + b * (1 - share) for a, b in zip(_channels(ink), _channels(paper), strict=True)))


def _transformed(color: str, element: etree._Element) -> str | None:
    """Apply what a DrawingML colour says of its lightness; one that lets the page through is not known."""
    for child in element:
        name = etree.QName(child).localname
        try:
            value = int(child.get("val") or "") / 100_000
        except ValueError:
            continue
        if name == "alpha" and value < 1:
            return None
        if name in ("lumMod", "shade"):
            color = _lightened(color, value, 0.0)
        elif name == "lumOff":
            color = _lightened(color, 1.0, value)
        elif name == "tint":
            color = _lightened(color, value, 1 - value)
    return color
