"""The pages of an OpenDocument text: their sizes and margins, their headers and footers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.odt.looks import Around
from falc.formats.office.odt.package import FO, LOEXT, OFFICE, STYLE, SVG, TEXT, OdtFile
from falc.formats.office.odt.properties import Properties, area_color, length, read_properties
from falc.model import Span
from falc.objects import Pages

__all__ = ["Edge", "PageStyles"]

_DEFAULT = "Standard"
_NOWHERE = Span(0, 0)
_EDGES = (("header", "en-tête", BlockKind.HEADER), ("footer", "pied de page", BlockKind.FOOTER))
_VARIANTS = ("", "-left", "-first")
_SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True)
class _Layout:
    area: Properties
    pages: Pages  # their sizes
    picture: bool = False


@dataclass(frozen=True, slots=True)
class _Master:
    element: etree._Element
    root: etree._Element
    layout: _Layout
    following: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A header or a footer that some page shows; `copies` are those of other pages with the same words."""

    element: etree._Element
    scope: etree._Element
    place: str
    kind: BlockKind
    around: Around
    copies: tuple[Edge, ...] = ()


class PageStyles:
    """The kinds of pages of a file."""

    def __init__(self, file: OdtFile) -> None:
        self._masters: dict[str, _Master] = {}
        for root in file.roots():
            layouts = {
                element.get(f"{STYLE}name"): element
                for element in root.iterfind(f"{OFFICE}automatic-styles/{STYLE}page-layout")
            }
            for master in root.iterfind(f"{OFFICE}master-styles/{STYLE}master-page"):
                edges = {side for side, _, _ in _EDGES if master.find(STYLE + side) is not None}
                layout = _layout(layouts.get(master.get(f"{STYLE}page-layout-name")), edges)
                following = master.get(f"{STYLE}next-style-name")
                self._masters.setdefault(master.get(f"{STYLE}name") or "", _Master(master, root, layout, following))

    @property
    def first(self) -> str | None:
        """The kind of page that a text starts on when it does not say."""
        return _DEFAULT if _DEFAULT in self._masters else next(iter(self._masters), None)

    def knows(self, name: str) -> bool:
        return name in self._masters

    def around(self, name: str | None) -> Around:
        """Return what a page adds to the look of the text on it."""
        master = self._masters.get(name or "")
        if master is None:
            return Around()
        return Around(columns=1).within(master.layout.area)

    def background(self, name: str | None) -> tuple[str | None, bool]:
        """Return the colour of a page, and whether it has a picture behind it."""
        master = self._masters.get(name or "")
        return (area_color(master.layout.area), master.layout.picture) if master else (None, False)

    def used(self, starts: Sequence[tuple[int, str]], page_count: int | None) -> list[tuple[int, str]]:
        """Return where each kind of page starts, as the text says or as one kind calls the next."""
        found: list[tuple[int, str]] = []
        if self.first is not None and not (starts and starts[0][0] == 0):
            found.append((0, self.first))
        found += starts
        return found if page_count == 1 else [*self._with_next(found)]

    def _with_next(self, starts: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        for (position, name), (end, _) in pairwise([*starts, (-1, "")]):
            yield position, name
            following = self._masters[name].following
            if following and following != name and following in self._masters:
                yield end, following  # where the first page is full, which nobody knows here

    def edges(self, names: Sequence[str]) -> Iterator[Edge]:
        """Yield the headers, then the footers, of the kinds of pages that are used; copies only once."""
        for side, place, kind in _EDGES:
            edges: dict[object, list[Edge]] = {}
            for name in dict.fromkeys(names):
                master = self._masters[name]
                for element in _shown_edges(master.element, side):
                    text = "\0".join(map(str, element.itertext()))
                    edge = Edge(element, master.root, place, kind, replace(self.around(name), columns=1))
                    edges.setdefault(text if text.strip() else element, []).append(edge)
            for first, *copies in edges.values():
                yield replace(first, copies=tuple(copies))

    def pages(self, starts: Sequence[tuple[int, str]], length_of_text: int) -> Iterator[Pages]:
        """Yield the parts of the text with one kind of page."""
        bounds = [*(position if position >= 0 else length_of_text for position, _ in starts), length_of_text]
        for (_, name), (start, end) in zip(starts, pairwise(bounds), strict=True):
            master = self._masters[name]
            layout = master.layout
            columns = layout.area.get("columns")
            edges = [element for side, _, _ in _EDGES for element in _shown_edges(master.element, side)]
            yield replace(
                layout.pages,
                span=Span(min(start, end), end),
                columns=int(columns) if isinstance(columns, float) else 1,
                numbered=_shows(edges, "page-number"),
                total=_shows(edges, "page-count"),
            )


def _shown_edges(master: etree._Element, side: str) -> Iterator[etree._Element]:
    for variant in _VARIANTS:
        for namespace in (STYLE, LOEXT):
            element = master.find(f"{namespace}{side}{variant}")
            if element is not None and element.get(f"{STYLE}display") != "false":
                yield element
                break


def _shows(edges: Sequence[etree._Element], field: str) -> bool:
    return any(next(edge.iter(TEXT + field), None) is not None for edge in edges)


def _layout(element: etree._Element | None, edges: set[str]) -> _Layout:
    stated = None if element is None else element.find(f"{STYLE}page-layout-properties")
    if element is None or stated is None:
        return _Layout({}, Pages(_NOWHERE))
    margins = {side: length(stated.get(f"{FO}margin-{side}") or stated.get(f"{FO}margin")) for side in _SIDES}
    # A header takes its place inside the margins of the page, yet above the text.
    for edge, side in (("header", "top"), ("footer", "bottom")):
        margin = margins[side]
        if edge in edges and margin is not None:
            margins[side] = round(
                margin + _height(element.find(f"{STYLE}{edge}-style/{STYLE}header-footer-properties")), 2
            )
    gutter = length(stated.get(f"{LOEXT}margin-gutter"))
    if gutter and margins["left"] is not None:
        margins["left"] = round(margins["left"] + gutter, 2)
    picture = stated.find(f"{STYLE}background-image")
    return _Layout(
        read_properties(stated),
        Pages(
            _NOWHERE,
            length(stated.get(f"{FO}page-width")),
            length(stated.get(f"{FO}page-height")),
            *(margins["top"], margins["right"], margins["bottom"], margins["left"]),
        ),
        picture=picture is not None
        and (picture.get("{http://www.w3.org/1999/xlink}href") is not None or len(picture) > 0),
    )


def _height(edge: etree._Element | None) -> float:
    """Return how high a header or a footer is at least, with the space between it and the text."""
    if edge is None:
        return 0.0
    return length(edge.get(f"{FO}min-height")) or length(edge.get(f"{SVG}height")) or 0.0
