"""The effective look of runs and paragraphs: ECMA-376-1, 17.7.2 and 17.7.3.

The order is: document defaults, table style, paragraph style, character style, direct.
The last value wins, except that toggle properties stated by several styles are XOR-ed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from falc.formats.office.package import Package, W
from falc.look import ParagraphFormat, TextFormat

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VAL = f"{W}val"
_OFF = frozenset({"0", "false", "off"})
_TOGGLES = {
    f"{W}b": "bold",
    f"{W}i": "italic",
    f"{W}caps": "caps",
    f"{W}smallCaps": "small_caps",
    f"{W}vanish": "hidden",
}
# Basic Latin is drawn with the `ascii` font, « é » and its like with `hAnsi`: the first one names both.
_FONT_SLOTS = (("ascii", "font"), ("hAnsi", "accent_font"))
_ALIGNMENTS = {"left": "left", "start": "left", "right": "right", "end": "right", "center": "center"} | dict.fromkeys(
    ("both", "distribute", "thaiDistribute", "lowKashida", "mediumKashida", "highKashida"), "justify"
)
_HEADING_NAME = re.compile(r"(?:heading|titre) ([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "titre"})
_CAPTION_NAMES = ("caption", "légende", "legende")
_LONGEST_CHAIN = 64

Properties = Mapping[str, str | float | bool]
Direct = tuple[tuple[str, str | float | bool], ...]


class TableLook(NamedTuple):
    """What the table around a paragraph adds to its look: a style and its parts that apply."""

    style: str | None
    conditions: tuple[str, ...]


class RunLook(NamedTuple):
    """The look of a run; hidden text is not displayed."""

    format: TextFormat
    hidden: bool


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What the formatting of a paragraph says of its role: heading level, list depth, caption."""

    style: str | None
    format: ParagraphFormat
    heading: int = 0
    list_depth: int = 0
    caption: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    run: Properties
    alignment: str | None
    outline: int | None
    list_id: str | None
    list_depth: int | None
    parts: Mapping[str, tuple[Properties, str | None]] = field(default_factory=dict)


def is_on(element: etree._Element | None) -> bool:
    """Return the value of an on/off property, false when it is absent."""
    return element is not None and element.get(_VAL, "1").lower() not in _OFF


def value_of(parent: etree._Element | None, tag: str) -> str | None:
    """Return the `w:val` of a child of `parent`."""
    child = None if parent is None else parent.find(W + tag)
    return None if child is None else child.get(_VAL)


def load_styles(package: Package) -> Styles:
    """Read the styles and the theme fonts of a Word document."""
    styles, theme = package.related(package.main, "styles"), package.related(package.main, "theme")
    return Styles(package.xml(styles) if styles else None, package.xml(theme) if theme else None)


class Styles:
    """Answers what a run or a paragraph looks like; every combination of styles is computed once."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None = None) -> None:
        self._fonts = dict(_theme_fonts(theme)) if theme is not None else {}
        self._styles: dict[str, _Style] = {}
        self._defaults: dict[str, str] = {}
        self._base: Properties = {}
        self._base_alignment: str | None = None
        self._levels: dict[tuple[str | None, tuple[str, ...]], Properties] = {}
        self._looks: dict[tuple[str | None, str | None, TableLook | None, Direct], RunLook] = {}
        if styles is not None:
            self._load(styles)

    def _load(self, root: etree._Element) -> None:
        self._base = dict(self._run_properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")))
        self._base_alignment = value_of(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"), "jc")
        for element in root.iter(f"{W}style"):
            identifier = element.get(f"{W}styleId")
            if identifier is None:
                continue
            self._styles.setdefault(identifier, self._style(element))
            if element.get(f"{W}default", "0").lower() not in _OFF:
                self._defaults.setdefault(element.get(f"{W}type", "paragraph"), identifier)

    def _style(self, element: etree._Element) -> _Style:
        ppr = element.find(f"{W}pPr")
        numbering = None if ppr is None else ppr.find(f"{W}numPr")
        return _Style(
            name=(value_of(element, "name") or "").strip().lower(),
            based_on=value_of(element, "basedOn"),
            run=dict(self._run_properties(element.find(f"{W}rPr"))),
            alignment=value_of(ppr, "jc"),
            outline=_number(value_of(ppr, "outlineLvl")),
            list_id=value_of(numbering, "numId"),
            list_depth=_number(value_of(numbering, "ilvl")),
            parts={
                part.get(f"{W}type", ""): (
                    dict(self._run_properties(part.find(f"{W}rPr"))),
                    value_of(part.find(f"{W}pPr"), "jc"),
                )
                for part in element.findall(f"{W}tblStylePr")
            },
        )

    def _run_properties(self, rpr: etree._Element | None) -> Iterator[tuple[str, str | float | bool]]:
        if rpr is None:
            return
        for child in rpr:
            tag = child.tag
            if tag in _TOGGLES:
                yield _TOGGLES[tag], is_on(child)
            elif tag == f"{W}sz":
                half_points = _number(child.get(_VAL))
                if half_points is not None:
                    yield "size", half_points / 2
            elif tag == f"{W}u":
                yield "underline", child.get(_VAL, "single") != "none"
            elif tag == f"{W}rFonts":
                for slot, name in _FONT_SLOTS:
                    font = self._fonts.get(child.get(f"{W}{slot}Theme") or "") or child.get(W + slot)
                    if font:
                        yield name, font

    def _chain(self, identifier: str | None) -> Iterator[_Style]:
        """Yield a style and those it is based on, tip first; a loop or an absurd length is cut."""
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(identifier)
            style = self._styles[identifier]
            yield style
            identifier = style.based_on

    def _level(self, identifier: str | None, conditions: tuple[str, ...] = ()) -> Properties:
        """Return what one kind of style says: one value by property, the nearest to the tip."""
        key = (identifier, conditions)
        if key not in self._levels:
            merged: dict[str, str | float | bool] = {}
            chain = list(self._chain(identifier))[::-1]
            for style in chain:
                merged |= style.run
            for condition in conditions:
                for style in chain:
                    merged |= style.parts.get(condition, ({}, None))[0]
            self._levels[key] = merged
        return self._levels[key]

    def _known(self, identifier: str | None, kind: str) -> str | None:
        return identifier if identifier in self._styles else self._defaults.get(kind)

    def run(self, rpr: etree._Element | None, paragraph_style: str | None, table: TableLook | None) -> RunLook:
        """Return the look of a run with the direct properties `rpr`."""
        direct: Direct = () if rpr is None else tuple(self._run_properties(rpr))
        key = (paragraph_style, None if rpr is None else value_of(rpr, "rStyle"), table, direct)
        if key not in self._looks:
            levels = [self._level(self._known(table.style, "table"), table.conditions)] if table else []
            levels.append(self._level(self._known(key[0], "paragraph")))
            levels.append(self._level(self._known(key[1], "character")))
            self._looks[key] = _combine(self._base, levels, dict(direct))
        return self._looks[key]

    def paragraph(self, ppr: etree._Element | None, table: TableLook | None) -> ParagraphLook:
        """Return the look and the role of a paragraph with the direct properties `ppr`."""
        style_id = self._known(value_of(ppr, "pStyle"), "paragraph")
        chain = list(self._chain(style_id))
        alignment = value_of(ppr, "jc") or next((s.alignment for s in chain if s.alignment), None)
        outline = _number(value_of(ppr, "outlineLvl"))
        return ParagraphLook(
            style=style_id,
            format=ParagraphFormat(_ALIGNMENTS.get(alignment or self._table_alignment(table) or "")),
            heading=_outline_level(outline) if outline is not None else _heading_level(chain),
            list_depth=_list_depth(None if ppr is None else ppr.find(f"{W}numPr"), chain),
            caption=any(style.name.startswith(_CAPTION_NAMES) for style in chain),
        )

    def _table_alignment(self, table: TableLook | None) -> str | None:
        alignment = self._base_alignment
        if table is not None:
            chain = list(self._chain(self._known(table.style, "table")))[::-1]
            stated = [style.alignment for style in chain]
            stated += [s.parts[c][1] for c in table.conditions for s in chain if c in s.parts]
            alignment = next((value for value in reversed(stated) if value), alignment)
        return alignment


def _combine(base: Properties, levels: list[Properties], direct: Properties) -> RunLook:
    merged = dict(base)
    for level in (*levels, direct):
        merged |= level
    for name in _TOGGLES.values():
        stated = [level[name] for level in levels if name in level]
        if len(stated) > 1 and name not in direct:
            merged[name] = base.get(name) is True or sum(value is True for value in stated) % 2 == 1
    caps = [merged[name] for name in ("caps", "small_caps") if name in merged]
    font, size = merged.get("font", merged.get("accent_font")), merged.get("size")
    look = TextFormat(
        font=font if isinstance(font, str) else None,
        size=float(size) if size is not None else None,
        weight=None if merged.get("bold") is None else 700 if merged["bold"] else 400,
        italic=_truth(merged.get("italic")),
        underline=_truth(merged.get("underline")),
        capitals=True in caps if caps else None,
    )
    return RunLook(look, merged.get("hidden") is True)


def _truth(value: str | float | bool | None) -> bool | None:
    return None if value is None else bool(value)


def _number(value: str | None) -> int | None:
    try:
        return None if value is None else int(value)
    except ValueError:
        return None


def _outline_level(outline: int) -> int:
    return outline + 1 if 0 <= outline <= 8 else 0


def _heading_level(chain: list[_Style]) -> int:
    for style in chain:
        if match := _HEADING_NAME.fullmatch(style.name):
            return int(match[1])
        if style.name in _TITLE_NAMES:
            return 1
        if style.outline is not None:
            return _outline_level(style.outline)
    return 0


def _list_depth(numbering: etree._Element | None, chain: list[_Style]) -> int:
    list_id = value_of(numbering, "numId") or next((s.list_id for s in chain if s.list_id), None)
    if list_id is None or list_id == "0":
        return 0
    depth = _number(value_of(numbering, "ilvl"))
    if depth is None:
        depth = next((s.list_depth for s in chain if s.list_depth is not None), 0)
    return depth + 1


def _theme_fonts(theme: etree._Element) -> Iterator[tuple[str, str]]:
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_A}{kind}Font/{_A}latin")
        typeface = None if latin is None else latin.get("typeface")
        if typeface:
            yield f"{kind}Ascii", typeface
            yield f"{kind}HAnsi", typeface
