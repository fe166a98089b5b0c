"""The sections of a Word document: page, margins, columns, and the numbers that their pages show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from falc.formats.office.docx.properties import is_on, number, points, value_of
from falc.formats.office.docx.settings import Settings
from falc.formats.office.package import Package, R, W
from falc.model import Span
from falc.objects import Pages

_NUMBER = re.compile(r"\bPAGE\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_NEW_PAGE = frozenset({None, "nextPage", "oddPage", "evenPage"})


def sections_of(root: etree._Element) -> list[etree._Element]:
    """Return the properties of each section, in order; those before a tracked change do not count."""
    return [s for s in root.iter(f"{W}sectPr") if (p := s.getparent()) is not None and p.tag in (f"{W}pPr", f"{W}body")]


def starts_page(section: etree._Element) -> bool:
    """Does a section start on a new page?"""
    return value_of(section, "type") in _NEW_PAGE


def columns_of(section: etree._Element) -> int:
    """Return the number of columns that the text of a section flows in."""
    columns = section.find(f"{W}cols")
    if columns is None:
        return 1
    uneven = len(columns.findall(f"{W}col"))
    if uneven and not is_equal(columns):
        return uneven
    return max(number(columns.get(f"{W}num")) or 1, 1)


def is_equal(columns: etree._Element) -> bool:
    """Do all the columns have one width, so that they are not listed?"""
    return columns.get(f"{W}equalWidth", "1").lower() not in ("0", "false", "off")


def pages(
    package: Package,
    sections: list[etree._Element],
    ends: list[int],
    length: int,
    settings: Settings,
    page_count: int | None,
) -> Iterator[Pages]:
    """Yield the page layout of each section; `ends` are where all but the last end, `length` where the last does."""
    edges = _Edges(package, settings, one_page=page_count == 1 and len(sections) < 2)
    start = 0
    for index, section in enumerate(sections or [etree.Element(f"{W}sectPr")]):
        end = ends[index] if index < len(ends) else length
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        shown = edges.shown(section)
        yield Pages(
            span=Span(start, end),
            width=_length(size, "w"),
            height=_length(size, "h"),
            top=_length(margins, "top"),
            right=_length(margins, "right"),
            bottom=_length(margins, "bottom"),
            left=_length(margins, "left"),
            columns=columns_of(section),
            numbered=any(_NUMBER.search(instruction) for instruction in shown),
            total=any(_TOTAL.search(instruction) for instruction in shown),
        )
        start = end


def _length(element: etree._Element | None, name: str) -> float | None:
    # A negative margin lets the text run over the header; its size is the margin all the same.
    length = None if element is None else points(element.get(W + name))
    return None if length is None else abs(length)


class _Edges:
    """The headers and footers of the sections, each of which takes those of the one before that it does not have."""

    def __init__(self, package: Package, settings: Settings, *, one_page: bool) -> None:
        self._package, self._settings, self._one_page = package, settings, one_page
        self._targets = {link.id: link.target for link in package.relationships(package.main) if not link.external}
        self._current: dict[tuple[str, str], str] = {}
        self._instructions: dict[str, tuple[str, ...]] = {}

    def shown(self, section: etree._Element) -> list[str]:
        """Return the instructions of the fields that every page of a section shows.

        The first page may have other edges: they count only when there is no second one.
        """
        for edge in ("header", "footer"):
            for reference in section.iterchildren(f"{W}{edge}Reference"):
                part = self._package.find(self._targets.get(reference.get(f"{R}id") or "", ""))
                if part is not None:
                    self._current[edge, reference.get(f"{W}type", "default")] = part
        if self._one_page and is_on(section.find(f"{W}titlePg")):
            return self._of("first")
        right = self._of("default")
        if not self._settings.even_and_odd:
            return right
        left = self._of("even")
        return [i for i in right if any(p.search(i) and any(map(p.search, left)) for p in (_NUMBER, _TOTAL))]

    def _of(self, kind: str) -> list[str]:
        parts = (self._current.get((edge, kind)) for edge in ("header", "footer"))
        return [instruction for part in parts if part for instruction in self._in_part(part)]

    def _in_part(self, part: str) -> tuple[str, ...]:
        if part not in self._instructions:
            self._instructions[part] = tuple(_instructions(self._package.xml(part)))
        return self._instructions[part]


def _instructions(root: etree._Element) -> Iterator[str]:
    """Yield the instructions of all fields, also of those in text boxes."""
    pieces: list[str] = []
    for element in root.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText", f"{W}pgNum"):
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr") or ""
        elif element.tag == f"{W}pgNum":
            yield "PAGE"
        elif element.tag == f"{W}instrText":
            pieces.append(element.text or "")
        else:
            yield "".join(pieces)
            pieces = []
