"""From the styles of an OpenDocument text to the look that checks read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from falc.formats.office.odt.properties import (
    Properties,
    area_color,
    borders_of,
    is_turned,
    length_of,
    merged,
    text_of,
    truth_of,
)
from falc.formats.office.odt.styles import ParagraphStyle, Sheet
from falc.look import LineSpacing, ParagraphFormat, TextFormat

_ALIGNMENTS = {"start": "left", "left": "left", "end": "right", "right": "right", "center": "center"}
_OTHER_SIDE = {"start": "right", "end": "left"}
_RIGHT_TO_LEFT = ("rl-tb", "rl")
_EFFECTS = {"shadow": "shadow", "outline": "outline", "blink": "blink"}
_RELIEFS = {"embossed": "emboss", "engraved": "imprint"}
_NO_LANGUAGE = ("none", "zxx", "und", "")
# The lines of usual fonts are about 1.15 times as high as their letters.
_NATURAL_HEIGHT = 1.15
_SEEN_AROUND = frozenset({"background", "fill", "fill_color", "columns", "writing", "turned"})


@dataclass(frozen=True, slots=True)
class Around:
    """What pages, sections, tables and frames add to the look of the text in them."""

    background: str | None = None
    columns: int | None = None
    floating: bool = False
    vertical: bool = False
    boxed: bool = False
    effects: tuple[str, ...] = ()
    shape: str | None = None  # the style of the drawing that the text stands in

    def within(self, area: Properties) -> Around:
        """Return what an area in this one adds: a section, a row, a cell, a frame."""
        if _SEEN_AROUND.isdisjoint(area):
            return self
        columns = area.get("columns")
        return replace(
            self,
            background=area_color(area) or self.background,
            columns=int(columns) if isinstance(columns, float) else self.columns,
            vertical=self.vertical or is_turned(area),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Inline:
    """The look of letters, and the looks of the spans in them that are known already."""

    properties: Properties
    format: TextFormat
    hidden: bool
    turned: bool
    behind: str | None
    effects: tuple[str, ...]
    inner: dict[tuple[str | None, bool], Inline] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphLook:
    """The look of a paragraph and of the letters in it that have no look of their own."""

    style: ParagraphStyle
    format: ParagraphFormat
    inline: Inline
    lines: tuple[str, ...]  # the sides that have a border


class Looks:
    """Answers what paragraphs and spans look like; every combination is computed once."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._known: dict[tuple[etree._Element, str | None, Around], ParagraphLook] = {}

    def paragraph(self, scope: etree._Element, name: str | None, around: Around) -> ParagraphLook:
        """Return the look of a paragraph with the style `name`."""
        key = (scope, name, around)
        if key not in self._known:
            style = self.sheet.paragraph(scope, name, around.shape)
            behind = text_of(style.paragraph, "background") or around.background
            inline = _inline(style.text, behind, around.effects, link=False)
            lines = borders_of(style.paragraph)
            self._known[key] = ParagraphLook(style, _format(style, inline, around), inline, lines)
        return self._known[key]

    def span(self, scope: etree._Element, outer: Inline, name: str | None, link: bool = False) -> Inline:
        """Return the look of a span in letters that look like `outer`."""
        link = link or outer.format.link
        key = (name, link)
        known = outer.inner.get(key)
        if known is None:
            properties = merged(outer.properties, self.sheet.text(scope, name)) if name else outer.properties
            known = outer.inner[key] = _inline(properties, outer.behind, outer.effects, link)
        return known


def _inline(properties: Properties, behind: str | None, effects: tuple[str, ...], link: bool) -> Inline:
    weight = length_of(properties, "weight")
    capitals = [properties[name] for name in ("upper", "small_caps") if name in properties]
    found = {effect for name, effect in _EFFECTS.items() if properties.get(name) is True}
    found |= {effect for relief, effect in _RELIEFS.items() if properties.get("relief") == relief}
    look = TextFormat(
        font=text_of(properties, "family"),
        size=length_of(properties, "size"),
        weight=None if weight is None else int(weight),
        italic=truth_of(properties, "italic"),
        underline=truth_of(properties, "underline"),
        strike=truth_of(properties, "strike"),
        capitals=True in capitals if capitals else None,
        effects=tuple(sorted(found | set(effects))),
        spacing=length_of(properties, "spacing"),
        scale=length_of(properties, "scale"),
        color=text_of(properties, "color"),
        background=text_of(properties, "background") or behind,
        link=link,
        language=_language(properties),
    )
    hidden, turned = properties.get("hidden") is True, properties.get("turned") is True
    return Inline(properties, look, hidden, turned, behind, effects)


def _language(properties: Properties) -> str | None:
    language, country = text_of(properties, "language"), text_of(properties, "country")
    if language in (*_NO_LANGUAGE, None):
        return None
    return language if country in (*_NO_LANGUAGE, None) else f"{language}-{country}"


def _format(style: ParagraphStyle, inline: Inline, around: Around) -> ParagraphFormat:
    """Return the look of a paragraph, without what depends on its list and on its neighbours."""
    stated = style.paragraph
    guards = [stated[name] for name in ("widows", "orphans") if name in stated]
    return ParagraphFormat(
        alignment=_alignment(stated),
        line_spacing=_line_spacing(stated, inline.format.size),
        space_before=_distance(stated, "top"),
        space_after=_distance(stated, "bottom"),
        first_line=_distance(stated, "indent"),
        left=_distance(stated, "left"),
        right=_distance(stated, "right"),
        columns=around.columns,
        boxed=around.boxed or bool(borders_of(stated)) or text_of(stated, "background") is not None,
        floating=around.floating,
        keep_together=stated.get("together") is True,
        keep_with_next=stated.get("with_next") is True,
        widow_control=True in guards if guards else None,
        page_break_before=stated.get("break_before") is True,
        hyphenate=truth_of(inline.properties, "hyphenate"),
        vertical=around.vertical or is_turned(stated) or inline.turned,
        style=style.name,
    )


def _alignment(stated: Properties) -> str | None:
    value = text_of(stated, "align") or ""
    if stated.get("writing") in _RIGHT_TO_LEFT:
        value = _OTHER_SIDE.get(value, value)
    return "justify" if value == "justify" else _ALIGNMENTS.get(value)


def _line_spacing(stated: Properties, size: float | None) -> LineSpacing:
    line = stated.get("line")
    if isinstance(line, LineSpacing):
        return line
    added = line / (_NATURAL_HEIGHT * size) if isinstance(line, float) and size else 0.0
    return LineSpacing(round(1 + added, 2), "lines")


def _distance(stated: Properties, name: str) -> float:
    """Return a distance, which is none when no style says one."""
    return length_of(stated, name) or 0.0
