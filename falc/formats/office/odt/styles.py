"""The styles of an OpenDocument text: what each says with its parents, for paragraphs, letters and areas.

Automatic styles, which stand for direct formatting, belong to one part of the file: « P1 » of the body is not « P1 » of
the headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from falc.formats.office.odt.package import OFFICE, STYLE, SVG, OdtFile
from falc.formats.office.odt.properties import Properties, Value, font_name, merged, read_properties, text_of

_LONGEST_CHAIN = 64
_INDENTS = ("left", "indent")
_ESCAPED = re.compile("_([0-9a-f]{2,4})_")
# « Heading 1 » as users or programs write it; what old programs write as `text:p`.
_HEADING_NAME = re.compile(r"(?:heading|titre) ([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "titre"})
_CAPTION_NAMES = ("caption", "légende", "legende")
# The properties of an area stand in an element with the name of the family.
_AREA = {family: f"{STYLE}{family}-properties" for family in ("graphic", "table", "table-row", "table-cell", "section")}


@dataclass(frozen=True, slots=True)
class _Style:
    name: str  # as users see it
    parent: str | None
    automatic: bool
    text: Properties
    paragraph: Properties
    area: Properties
    list_style: str | None
    master: str | None


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphStyle:
    """A paragraph style with its parents and the defaults.

    `own_indents` are those that its list does not change: they are said nearer than the list is.
    """

    name: str | None
    text: Properties
    paragraph: Properties
    heading: int
    caption: bool
    list_style: str | None
    master: str | None
    direct_indents: frozenset[str]
    own_indents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All the styles of a file.  `scope` is the root element that a paragraph stands in."""

    _styles: Mapping[tuple[etree._Element | None, str, str], _Style]
    _defaults: Mapping[str, _Style]
    _fonts: Mapping[tuple[etree._Element | None, str], str]
    _paragraphs: dict[tuple[etree._Element, str | None, str | None], ParagraphStyle] = field(default_factory=dict)
    _texts: dict[tuple[etree._Element, str], Properties] = field(default_factory=dict)
    _areas: dict[tuple[etree._Element, str, str | None], Properties] = field(default_factory=dict)

    def _chain(self, scope: etree._Element, family: str, name: str | None) -> Iterator[_Style]:
        """Yield a style and its parents, tip first; a loop or an absurd length is cut."""
        seen: set[str] = set()
        style = self._styles.get((scope, family, name or ""))
        while style is not None:
            yield style
            name = style.parent
            if name is None or name in seen or len(seen) >= _LONGEST_CHAIN:
                return
            seen.add(name)
            style = self._styles.get((None, family, name))

    def paragraph(self, scope: etree._Element, name: str | None, shape: str | None = None) -> ParagraphStyle:
        """Return what a paragraph style says, computed once; `shape` is the style of the drawing that it stands in."""
        key = (scope, name, shape)
        if key not in self._paragraphs:
            chain = list(self._chain(scope, "paragraph", name))
            default = self._defaults.get("paragraph")
            text, paragraph = (default.text, default.paragraph) if default else ({}, {})
            if shape is not None and all(style.automatic for style in chain):  # else its style says all
                text = merged(text, self._shape_text(scope, shape))
            for style in reversed(chain):
                text = merged(text, self._named_font(scope, style.text))
                paragraph = merged(paragraph, style.paragraph)
            names = [style.name.lower() for style in chain if not style.automatic]
            self._paragraphs[key] = ParagraphStyle(
                name=next((style.name for style in chain if not style.automatic), None),
                text=self._named_font(scope, text),
                paragraph=paragraph,
                heading=_heading(names),
                caption=any(name.startswith(_CAPTION_NAMES) for name in names),
                list_style=next((style.list_style for style in chain if style.list_style is not None), None),
                master=next((style.master for style in chain if style.master is not None), None),
                direct_indents=frozenset(n for n in _INDENTS for s in chain if s.automatic and n in s.paragraph),
                own_indents=frozenset(_indents_before_list(chain)),
            )
        return self._paragraphs[key]

    def text(self, scope: etree._Element, name: str) -> Properties:
        """Return what a character style says, without what is around it."""
        key = (scope, name)
        if key not in self._texts:
            found: Properties = {}
            for style in reversed(list(self._chain(scope, "text", name))):
                found = merged(found, self._named_font(scope, style.text))
            self._texts[key] = found
        return self._texts[key]

    def area(self, scope: etree._Element, family: str, name: str | None) -> Properties:
        """Return what the style of a table, a row, a cell, a section or a frame says."""
        key = (scope, family, name)
        if key not in self._areas:
            found: Properties = {}
            for style in reversed(list(self._chain(scope, family, name))):
                found = merged(found, style.area)
            self._areas[key] = found
        return self._areas[key]

    def _shape_text(self, scope: etree._Element, name: str) -> Properties:
        default = self._defaults.get("graphic")
        found: Properties = self._named_font(scope, default.text) if default else {}
        for style in reversed(list(self._chain(scope, "graphic", name))):
            found = merged(found, self._named_font(scope, style.text))
        return found

    def master_of(self, scope: etree._Element, family: str, name: str | None) -> str | None:
        """Return the page that starts with a table in this style."""
        return next((style.master for style in self._chain(scope, family, name) if style.master is not None), None)

    def _named_font(self, scope: etree._Element, text: Properties) -> Properties:
        """Put the font family in place of the name of its declaration."""
        face = text_of(text, "face")
        if face is None:
            return text
        family = self._fonts.get((scope, face)) or self._fonts.get((None, face), face)
        return {**text, "face": "", "family": family}


def _indents_before_list(chain: list[_Style]) -> Iterator[str]:
    """Yield the indents said by a style no farther than the one that gives the list."""
    for style in chain:
        yield from (name for name in _INDENTS if name in style.paragraph)
        if style.list_style is not None:
            return


def _heading(names: list[str]) -> int:
    for name in names:
        if match := _HEADING_NAME.fullmatch(name):
            return int(match[1])
        if name in _TITLE_NAMES:
            return 1
    return 0


def load_sheet(file: OdtFile) -> Sheet:
    """Read the styles and the fonts of a file."""
    styles: dict[tuple[etree._Element | None, str, str], _Style] = {}
    defaults: dict[str, _Style] = {}
    fonts: dict[tuple[etree._Element | None, str], str] = {}
    for root in file.roots():
        for face in root.iterfind(f"{OFFICE}font-face-decls/{STYLE}font-face"):
            family = font_name(face.get(f"{SVG}font-family"))
            if family:
                for scope in (root, None):
                    fonts.setdefault((scope, face.get(f"{STYLE}name") or ""), family)
        for element in root.iterfind(f"{OFFICE}styles/{STYLE}default-style"):
            defaults.setdefault(element.get(f"{STYLE}family") or "", _read(element, automatic=False))
        for scope, place in ((None, "styles"), (root, "automatic-styles")):
            for element in root.iterfind(f"{OFFICE}{place}/{STYLE}style"):
                key = (scope, element.get(f"{STYLE}family") or "", element.get(f"{STYLE}name") or "")
                styles.setdefault(key, _read(element, automatic=scope is not None))
    # Every part sees the shared styles, but its own ones first.
    for (scope, family, name), style in list(styles.items()):
        if scope is None:
            for root in file.roots():
                styles.setdefault((root, family, name), style)
    return Sheet(styles, defaults, fonts)


def _read(element: etree._Element, automatic: bool) -> _Style:
    family = element.get(f"{STYLE}family") or ""
    name = element.get(f"{STYLE}display-name") or _decoded(element.get(f"{STYLE}name") or "")
    area: dict[str, Value] = {}
    for child in element:
        if child.tag == _AREA.get(family):
            area.update(read_properties(child))
    return _Style(
        name=name,
        parent=element.get(f"{STYLE}parent-style-name"),
        automatic=automatic,
        text=_family_of(read_properties(element.find(f"{STYLE}text-properties"))),
        paragraph=read_properties(element.find(f"{STYLE}paragraph-properties")),
        area=area,
        list_style=element.get(f"{STYLE}list-style-name"),
        master=element.get(f"{STYLE}master-page-name"),
    )


def _family_of(text: Properties) -> Properties:
    family = text_of(text, "family")
    return {**text, "family": font_name(family) or ""} if family else text


def _decoded(name: str) -> str:
    """Return the name that users see: « Text_20_body » is « Text body »."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)
