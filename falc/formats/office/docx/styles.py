"""The effective look of runs and paragraphs: ECMA-376-1, 17.7.2 and 17.7.3.

The order is: document defaults, table style, numbering, paragraph style, character style, direct.
The last value wins, except that toggle properties stated by several styles are XOR-ed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from falc.formats.office.docx.colors import Theme
from falc.formats.office.docx.look import RunLook, RunLooks, borders_of, merge_run, paragraph_format, run_look
from falc.formats.office.docx.numbering import Numbering
from falc.formats.office.docx.properties import Pairs, Properties, PropertyReader, Value, is_on, number, value_of
from falc.formats.office.docx.settings import Settings, load_settings
from falc.formats.office.package import Package, W
from falc.look import ParagraphFormat

__all__ = ["ParagraphLook", "RunLook", "Styles", "TableLook", "is_on", "load_styles", "value_of"]

_HEADING_NAME = re.compile(r"(?:heading|titre) ([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "titre"})
_CAPTION_NAMES = ("caption", "légende", "legende")
_LONGEST_CHAIN = 64
_PLAIN: Properties = {}
# What holds when a file with defaults leaves these out (ECMA-376-1, 17.3.1 and 17.3.2.38).
_UNSTATED_RUN: Properties = {"size": 10.0}
_UNSTATED: Properties = {
    "line": 12.0,
    "space_before": 0.0,
    "space_after": 0.0,
    "left": 0.0,
    "right": 0.0,
    "first_line": 0.0,
    "keep_together": False,
    "keep_with_next": False,
    "widow_control": True,
}


class TableLook(NamedTuple):
    """What the table around a paragraph adds to its look: a style, its parts that apply, the cell."""

    style: str | None
    conditions: tuple[str, ...]
    background: str | None = None
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What the formatting of a paragraph says of its role: heading level, list depth, caption.

    `list_id` and `list_level` tell what it counts in; `contextual` that it wants no space next to its like;
    `background` is the colour behind its letters, and `lines` are the borders that it has.
    """

    style: str | None
    format: ParagraphFormat
    heading: int = 0
    list_depth: int = 0
    caption: bool = False
    list_id: str | None = None
    list_level: int = 0
    contextual: bool = False
    background: str | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """What a table style says of one part of a table, or of all of it; `lines` tells that it draws some."""

    run: Properties
    paragraph: Properties
    shade: str | None = None
    lines: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    identifier: str
    name: str
    shown_name: str
    based_on: str | None
    whole: _Part
    parts: Mapping[str, _Part] = field(default_factory=dict)
    bands: Mapping[str, int] = field(default_factory=dict)


def load_styles(package: Package) -> Styles:
    """Read the styles, the theme, the lists and the settings of a Word document."""
    settings = load_settings(package)
    roots = (package.related(package.main, kind) for kind in ("styles", "theme", "numbering"))
    styles, theme, numbering = (None if part is None else package.xml(part) for part in roots)
    return Styles(styles, Theme(theme, settings.colors), numbering, settings)


class Styles:
    """Answers what a run or a paragraph looks like; every combination of styles is computed once."""

    def __init__(
        self,
        styles: etree._Element | None,
        theme: Theme | None = None,
        numbering: etree._Element | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.theme, self.settings = theme or Theme(), settings or Settings()
        self._reader = PropertyReader(self.theme)
        self.numbering = Numbering(numbering, self._reader)
        self._elements: dict[str, etree._Element] = {}
        self._styles: dict[str, _Style] = {}  # those read so far: Word writes many that no letter uses
        self._defaults: dict[str, str] = {}
        self._base: Properties = _PLAIN
        self._base_paragraph: dict[str, Value] = {}
        self._levels: dict[tuple[str | None, tuple[str, ...]], _Part] = {}
        self._runs: dict[tuple[str | None, str | None, TableLook | None, str | None, Pairs], RunLook] = {}
        self._contexts: dict[tuple[str | None, TableLook | None, str | None], RunLooks] = {}
        self._paragraphs: dict[tuple[str | None, TableLook | None, str | None, Pairs], ParagraphLook] = {}
        if styles is not None:
            self._load(styles)

    def _load(self, root: etree._Element) -> None:
        defaults = root.find(f"{W}docDefaults")
        if defaults is not None:  # the program that wrote the file stated all that differs from the standard
            run, paragraph = (defaults.find(f"{W}{kind}Default/{W}{kind}") for kind in ("rPr", "pPr"))
            self._base = {**_UNSTATED_RUN, **dict(self._reader.pairs(run))}
            self._base_paragraph = {**_UNSTATED, **dict(self._reader.pairs(paragraph))}
            self._base_paragraph.pop("framed", None)  # Pages states there that there is no frame
        for element in root.iter(f"{W}style"):
            identifier = element.get(f"{W}styleId")
            if identifier is not None:
                self._elements.setdefault(identifier, element)
                if is_on_attribute(element.get(f"{W}default")):
                    self._defaults.setdefault(element.get(f"{W}type", "paragraph"), identifier)

    def _style(self, element: etree._Element) -> _Style:
        name = (value_of(element, "name") or "").strip()
        table = element.find(f"{W}tblPr")
        sizes = {kind: number(value_of(table, f"tblStyle{kind}BandSize")) for kind in ("Row", "Col")}
        return _Style(
            identifier=element.get(f"{W}styleId") or "",
            name=name.lower(),
            shown_name=name,
            based_on=value_of(element, "basedOn"),
            whole=self._part(element),
            parts={part.get(f"{W}type", ""): self._part(part) for part in element.findall(f"{W}tblStylePr")},
            bands={kind: size for kind, size in sizes.items() if size},
        )

    def _part(self, element: etree._Element) -> _Part:
        shade = element.find(f"{W}tcPr/{W}shd")
        if shade is None:
            shade = element.find(f"{W}tblPr/{W}shd")
        return _Part(
            dict(self._reader.pairs(element.find(f"{W}rPr"))),
            dict(self._reader.pairs(element.find(f"{W}pPr"))),
            None if shade is None else self.theme.shading(shade),
            has_lines(element.find(f"{W}tblPr/{W}tblBorders")) or has_lines(element.find(f"{W}tcPr/{W}tcBorders")),
        )

    def _chain(self, identifier: str | None) -> Iterator[_Style]:
        """Yield a style and those it is based on, tip first; a loop or an absurd length is cut."""
        seen: set[str] = set()
        while identifier in self._elements and identifier not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(identifier)
            style = self._styles.get(identifier)
            if style is None:
                style = self._styles[identifier] = self._style(self._elements[identifier])
            yield style
            identifier = style.based_on

    def _level(self, identifier: str | None, conditions: tuple[str, ...] = ()) -> _Part:
        """Return what one kind of style says: one value by property, the nearest to the tip."""
        key = (identifier, conditions)
        if key not in self._levels:
            chain = list(self._chain(identifier))[::-1]
            said = [style.whole for style in chain]
            said += [style.parts[c] for c in conditions for style in chain if c in style.parts]
            run: dict[str, Value] = {}
            paragraph: dict[str, Value] = {}
            for part in said:
                run |= part.run
                if "list_id" in part.paragraph:  # its indents are weaker than those of the style that names it
                    paragraph |= self._list_indents(part.paragraph, identifier)
                paragraph |= part.paragraph
            shade = next((part.shade for part in reversed(said) if part.shade is not None), None)
            lines = any(style.whole.lines or any(p.lines for p in style.parts.values()) for style in chain)
            self._levels[key] = _Part(run, paragraph, shade, lines)
        return self._levels[key]

    def _known(self, identifier: str | None, kind: str) -> str | None:
        return identifier if identifier in self._elements else self._defaults.get(kind)

    @property
    def language(self) -> str | None:
        """The language of text that no other style or run gives one."""
        style = self._level(self._known(None, "paragraph")).run
        language = style.get("language", self._base.get("language"))
        return None if language is None else str(language)

    def style_of(self, identifier: str | None) -> str | None:
        """Return the paragraph style that a `w:pStyle` comes to."""
        return self._known(identifier, "paragraph")

    def band(self, table_style: str | None, kind: str) -> int:
        """Return how many rows (`Row`) or columns (`Col`) of a table have the same shade."""
        chain = self._chain(self._known(table_style, "table"))
        return next((style.bands[kind] for style in chain if kind in style.bands), 1)

    def table_shade(self, table_style: str | None, conditions: tuple[str, ...]) -> str | None:
        """Return the colour that a table style gives to a cell."""
        return self._level(self._known(table_style, "table"), conditions).shade or None

    def table_has_lines(self, table_style: str | None) -> bool:
        """Does a table style draw borders or shades anywhere?"""
        style = self._known(table_style, "table")
        shaded = any(s.whole.shade or any(p.shade for p in s.parts.values()) for s in self._chain(style))
        return self._level(style).lines or shaded

    def run(
        self,
        rpr: etree._Element | None,
        paragraph_style: str | None,
        table: TableLook | None,
        behind: str | None = None,
    ) -> RunLook:
        """Return the look of a run with the direct properties `rpr`; `behind` is the colour of its paragraph."""
        direct: Pairs = () if rpr is None else tuple(self._reader.pairs(rpr))
        key = (paragraph_style, None if rpr is None else value_of(rpr, "rStyle"), table, behind, direct)
        look = self._runs.get(key)
        if look is None:
            levels = [self._level(self._known(table.style, "table"), table.conditions).run] if table else []
            levels.append(self._level(self._known(paragraph_style, "paragraph")).run)
            levels.append(self._level(self._known(key[1], "character")).run)
            look = self._runs[key] = run_look(merge_run(self._base, levels, dict(direct)), behind)
        return look

    def runs(self, paragraph_style: str | None, table: TableLook | None, behind: str | None) -> RunLooks:
        """Return the looks of the runs of paragraphs with this style, in this part of a table, on this colour."""
        key = paragraph_style, table, behind
        if key not in self._contexts:
            self._contexts[key] = RunLooks(lambda rpr: self.run(rpr, *key))
        return self._contexts[key]

    def paragraph(
        self, ppr: etree._Element | None, table: TableLook | None, behind: str | None = None
    ) -> ParagraphLook:
        """Return the look and the role of a paragraph with the direct properties `ppr`.

        `behind` is the colour of the page or of the box that it stands in.
        """
        direct: Pairs = () if ppr is None else tuple(self._reader.pairs(ppr))
        if table is not None:
            behind = table.background or behind
        key = (self._known(value_of(ppr, "pStyle"), "paragraph"), table, behind, direct)
        if key not in self._paragraphs:
            self._paragraphs[key] = self._paragraph_look(key[0], table, behind, dict(direct))
        return self._paragraphs[key]

    def _paragraph_look(
        self, style: str | None, table: TableLook | None, behind: str | None, direct: Properties
    ) -> ParagraphLook:
        merged = dict(self._base_paragraph)
        if table is not None:
            merged |= self._level(self._known(table.style, "table"), table.conditions).paragraph
            if table.vertical:
                merged["vertical"] = True
        styled = self._level(style).paragraph
        merged |= styled
        if "list_id" in direct or "list_level" in direct:
            merged |= self._list_indents({**styled, **direct}, style)
        merged |= direct
        list_id = str(merged.get("list_id", "0"))
        level = self._list_level(merged, style) if list_id != "0" else 0
        chain = list(self._chain(style))
        outline = direct.get("outline_level")
        return ParagraphLook(
            style=style,
            format=paragraph_format(merged, chain[0].shown_name if chain else None, self.settings.hyphenation),
            heading=_heading_level(chain) if outline is None else _outline_level(int(outline)),
            list_depth=level + 1 if list_id != "0" else 0,
            caption=any(s.name.startswith(_CAPTION_NAMES) for s in chain),
            list_id=list_id if list_id != "0" else None,
            list_level=level,
            contextual=merged.get("contextual") is True,
            background=str(merged.get("shade") or "") or behind,
            lines=borders_of(merged),
        )

    def _list_level(self, merged: Properties, style: str | None) -> int:
        level = number(str(merged["list_level"])) if "list_level" in merged else None
        if level is None:
            levels = (self.numbering.level_of_style(str(merged["list_id"]), s.identifier) for s in self._chain(style))
            level = next((found for found in levels if found is not None), 0)
        return max(level, 0)

    def _list_indents(self, merged: Properties, style: str | None) -> Properties:
        """Return the indents of a list; to leave a list takes away those that its style gave."""
        if "list_id" not in merged:
            return _PLAIN
        if merged["list_id"] == "0":
            return {"left": 0.0, "first_line": 0.0}
        level = self.numbering.level(str(merged["list_id"]), self._list_level(merged, style))
        return _PLAIN if level is None else level.indents


def is_on_attribute(value: str | None) -> bool:
    """Return the value of an on/off attribute, false when it is absent."""
    return value is not None and value.lower() in ("1", "true", "on")


def has_lines(borders: etree._Element | None) -> bool:
    """Does a list of borders draw one?"""
    return borders is not None and any(side.get(f"{W}val", "none") not in ("none", "nil") for side in borders)


def _outline_level(outline: int) -> int:
    return outline + 1 if 0 <= outline <= 8 else 0


def _heading_level(chain: list[_Style]) -> int:
    for style in chain:
        if match := _HEADING_NAME.fullmatch(style.name):
            return int(match[1])
        if style.name in _TITLE_NAMES:
            return 1
        outline = style.whole.paragraph.get("outline_level")
        if outline is not None:
            return _outline_level(int(outline))
    return 0
