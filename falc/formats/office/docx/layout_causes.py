"""Where the look of a text of a Word file comes from: the elements that state a property, strongest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from falc.formats.office.docx.properties import value_of
from falc.formats.office.docx.styles import TableLook, is_on_attribute
from falc.formats.office.package import W

Holders = tuple[etree._Element, ...]

_DEFAULTS, _TABLE_PART = f"{W}docDefaults", f"{W}tblStylePr"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_LONGEST_CHAIN = 64
# In the order that the schema asks for.
_RUN = (
    *("ins", "del", "moveFrom", "moveTo", "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike"),
    *("dstrike", "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color"),
    *("spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText"),
    *("vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"),
)
_PARAGRAPH = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers"),
    *("pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct"),
    *("autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing"),
    *("mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl"),
    *("divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
)
_ORDER = {
    f"{W}rPr": {W + tag: rank for rank, tag in enumerate(_RUN, 1)},
    f"{W}pPr": {W + tag: rank for rank, tag in enumerate(_PARAGRAPH, 1)},
}


@dataclass(frozen=True, slots=True)
class Property:
    """One attribute of one property element: `w:sz@w:val` in `w:rPr`."""

    group: str  # rPr or pPr
    tag: str
    attribute: str = "val"

    def stated(self, holder: etree._Element) -> etree._Element | None:
        """Return the element in which `holder` states the property: the last one, for LibreOffice writes some twice."""
        return next(iter(self.all_stated(holder)[::-1]), None)

    def all_stated(self, holder: etree._Element) -> list[etree._Element]:
        """Return all the elements in which `holder` states the property."""
        group = group_of(holder, self.group)
        found = [] if group is None else group.findall(W + self.tag)
        return [element for element in found if element.get(W + self.attribute) is not None]

    def made(self, holder: etree._Element) -> etree._Element:
        """Return the property element of `holder`, made at its place when it is missing."""
        group = holder
        for step in _steps(holder, self.group):
            found = group.find(step)
            if found is None:
                found = etree.Element(step)
                group.insert(_rank(group, step), found)
            group = found
        element = group.find(W + self.tag)
        if element is None:
            element = etree.Element(W + self.tag)
            group.insert(_rank(group, W + self.tag), element)
        return element


def group_of(holder: etree._Element, group: str) -> etree._Element | None:
    """Return the `rPr` or the `pPr` of a run, a paragraph, a style, or the defaults."""
    return holder.find("/".join(_steps(holder, group)))


def _steps(holder: etree._Element, group: str) -> tuple[str, ...]:
    return (f"{W}{group}Default", W + group) if holder.tag == _DEFAULTS else (W + group,)


def _rank(parent: etree._Element, tag: str) -> int:
    """Return where a new child belongs among those of `parent`; the properties of a run or a paragraph come first."""
    order = _ORDER.get(str(parent.tag), {})
    rank = order.get(tag, 1 if tag == f"{W}pPrDefault" else 0)
    return next(
        (n for n, other in enumerate(parent) if order.get(str(other.tag), rank) > rank), len(parent) * (rank > 0)
    )


def drop(element: etree._Element) -> None:
    """Take a property away, and the groups that held nothing else."""
    group = element.getparent()
    while group is not None:
        group.remove(element)
        if len(group) or group.tag not in _ORDER:
            return
        element, group = group, group.getparent()


class Causes:
    """Knows the styles of a Word file by their elements."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        self._chains: dict[tuple[str | None, str], Holders] = {}
        self._tables: dict[tuple[str | None, tuple[str, ...]], Holders] = {}
        self.base = None if styles is None else styles.find(_DEFAULTS)
        for style in () if styles is None else styles.iter(f"{W}style"):
            identifier = style.get(f"{W}styleId")
            if identifier is not None:
                self._styles.setdefault(identifier, style)
                if is_on_attribute(style.get(f"{W}default")):
                    self._defaults.setdefault(style.get(f"{W}type", "paragraph"), identifier)

    def levels(
        self, run: etree._Element | None, paragraph: etree._Element, table: TableLook | None
    ) -> Iterator[Holders]:
        """Yield what may state a property, level by level: direct, character, paragraph and table styles, defaults.

        Without a run, it is a property of the paragraph.
        """
        yield (paragraph if run is None else run,)
        if run is not None:
            yield self._chain(value_of(run.find(f"{W}rPr"), "rStyle"), "character")
        yield self._chain(value_of(paragraph.find(f"{W}pPr"), "pStyle"), "paragraph")
        if table is not None:
            yield self._table(table.style, table.conditions)
        if self.base is not None:
            yield (self.base,)

    def _chain(self, identifier: str | None, kind: str) -> Holders:
        """Return a style and those it is based on, tip first."""
        key = (identifier, kind)
        if key not in self._chains:
            name = identifier if identifier in self._styles else self._defaults.get(kind)
            found: dict[str, etree._Element] = {}
            while name in self._styles and name not in found and len(found) < _LONGEST_CHAIN:
                found[name] = self._styles[name]
                name = value_of(found[name], "basedOn")
            self._chains[key] = tuple(found.values())
        return self._chains[key]

    def _table(self, style: str | None, conditions: tuple[str, ...]) -> Holders:
        key = (style, conditions)
        if key not in self._tables:
            chain = self._chain(style, "table")
            parts = (
                part
                for condition in reversed(conditions)
                for element in chain
                for part in element.iterchildren(_TABLE_PART)
                if part.get(f"{W}type") == condition
            )
            self._tables[key] = (*parts, *chain)
        return self._tables[key]


def winner(holders: Holders, prop: Property) -> etree._Element | None:
    """Return the holder that decides on a property which has one value."""
    return next((holder for holder in holders if prop.stated(holder) is not None), None)


class Twins:
    """Finds the same element in the other copies of the text box that holds it."""

    def __init__(self) -> None:
        self._known: dict[tuple[etree._Element, str], dict[etree._Element, list[etree._Element]]] = {}

    def of(self, element: etree._Element) -> list[etree._Element]:
        """Return the copies of a paragraph or a run."""
        around = next(element.iterancestors(_ALTERNATE), None)
        if around is None:
            return []
        key = (around, str(element.tag))
        if key not in self._known:
            copies = [list(branch.iter(element.tag)) for branch in around]
            known: dict[etree._Element, list[etree._Element]] = {}
            for own in copies:
                alike = [copy for copy in copies if copy is not own and len(copy) == len(own)]
                known |= {one: [copy[place] for copy in alike] for place, one in enumerate(own)}
            self._known[key] = known
        return self._known[key].get(element, [])
