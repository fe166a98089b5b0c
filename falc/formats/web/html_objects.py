"""What an HTML page holds besides its blocks: pictures, tables, links, elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html import unescape
from itertools import islice
from types import MappingProxyType
from typing import Literal

from falc.formats.source import Places, Source
from falc.formats.web.html_cascade import Styled
from falc.formats.web.html_tags import attribute_spans
from falc.formats.web.html_tree import Node, Tree, ancestors
from falc.model import Span
from falc.objects import Element, Link, Objects, Picture, Properties, Table

__all__ = ["PICTURES", "Collection", "LinkDraft", "TableDraft", "digest_of", "is_picture", "media_of_address"]

Kind = Literal["picture", "chart", "drawing", "watermark", "video", "audio"]
PICTURES: Mapping[str, Kind] = MappingProxyType(
    {
        "img": "picture",
        "input": "picture",
        "svg": "drawing",
        "canvas": "chart",
        "video": "video",
        "audio": "audio",
    }
)
_NO_MEANING = ("none", "presentation")
_PIXELS = re.compile(r"\s*(\d{1,5}(?:\.\d{1,4})?)\s*(?:px)?\s*\Z")
_POINTS_OF_A_PIXEL = 0.75
_DOCTYPE = re.compile(r"[\s\ufeff]*+(?:<!--(?:[^-]|-(?!->))*+-->\s*+|<\?[^>]*+>\s*+)*+<!doctype\s", re.IGNORECASE)
_MEDIA_IN_ADDRESS = re.compile(r"data:([\w.+-]{1,40}/[\w.+-]{1,40})", re.IGNORECASE)
_MEDIA = {
    **{suffix: f"image/{suffix}" for suffix in ("png", "gif", "webp", "avif", "bmp")},
    **dict.fromkeys(("jpg", "jpeg", "jfif"), "image/jpeg"),
    **dict.fromkeys(("svg", "svgz"), "image/svg+xml"),
    **dict.fromkeys(("tif", "tiff"), "image/tiff"),
    **{suffix: f"video/{suffix}" for suffix in ("mp4", "webm", "ogv")},
    **{suffix: f"audio/{suffix}" for suffix in ("mp3", "wav", "ogg")},
}
_LONGEST_WORDS = 2_000
_NEAR = 4


def media_of_address(address: str) -> str | None:
    """Return the media type that an address tells by its end."""
    if found := _MEDIA_IN_ADDRESS.match(address):
        return found[1].lower()
    return _MEDIA.get(re.split(r"[?#]", address[:2000], maxsplit=1)[0].rpartition(".")[2].lower())


def digest_of(address: str) -> str:
    """Return a name for the picture at an address, or for a drawing of that source."""
    return sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_picture(node: Node) -> bool:
    """Does an element show a picture, play a film or a sound?"""
    return node.name in PICTURES and (node.name != "input" or node.attributes.get("type", "").lower() == "image")


@dataclass(slots=True)
class LinkDraft:
    """A link that is being read: where its text starts and ends, and the words for its pictures."""

    node: Node
    start: int = -1
    end: int = -1
    alt: str = ""

    def show(self, span: Span) -> None:
        """Note a piece of its text."""
        self.start, self.end = (self.start if self.start >= 0 else span.start), span.end


@dataclass(slots=True)
class TableDraft:
    """A table that is being read."""

    node: Node
    place: str
    nested: bool
    layout: bool
    rows: int = 0
    columns: int = 0
    headers: int = 0
    merged: int = 0
    column: int = 0

    def add(self, node: Node) -> None:
        """Count a row or a cell."""
        if node.name == "tr":
            self.rows, self.column = self.rows + 1, 0
            return
        spans = [_span_of(node, name) for name in ("colspan", "rowspan")]
        self.column += spans[0]
        self.columns = max(self.columns, self.column)
        self.rows = max(self.rows, 1)
        self.headers += node.name == "th"
        self.merged += max(spans) > 1


def _span_of(node: Node, name: str) -> int:
    value = node.attributes.get(name, "").strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 4 else 1


@dataclass(slots=True)
class Collection:
    """The objects found so far, in the order of the file."""

    source: Source
    places: Places
    pictures: list[Picture] = field(default_factory=list)
    tables: list[TableDraft | Table] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    properties: Properties = field(default_factory=Properties)

    def objects(self) -> Objects:
        """Return all of them, but for the declarations."""
        return Objects(
            pictures=tuple(sorted(self.pictures, key=lambda picture: picture.span)),
            tables=tuple(_table(table) if isinstance(table, TableDraft) else table for table in self.tables),
            links=tuple(sorted(self.links, key=lambda link: link.span)),
            elements=tuple(self.elements),
            properties=self.properties,
        )

    def attributes(self, node: Node) -> Mapping[str, str]:
        """Return the attributes of an element as the file writes them, template tags too."""
        text, opaque, span = self.source.text, self.source.opaque, node.span
        if span is None or text[span.start : span.end] == opaque[span.start : span.end]:
            return node.attributes
        found: dict[str, str] = {}
        for name, place in attribute_spans(opaque, span):
            found.setdefault(name, unescape(text[place.start : place.end]))
        return found

    def add_elements(self, tree: Tree, styled: Styled) -> None:
        """Add the elements of a tree; those that the file leaves out are none."""
        numbers: dict[int, int] = {}
        for node in tree.nodes:
            parent = numbers[node.parent.number] if node.parent else -1
            if node.span is None:
                numbers[node.number] = parent
                continue
            style = styled[node]
            hidden = not (style.shown and style.visible)
            numbers[node.number] = len(self.elements)
            self.elements.append(Element(node.name, node.span, node.inner, parent, self.attributes(node), hidden))

    def add_picture(self, node: Node, styled: Styled, decorative: bool) -> Picture:
        """Add a picture and return it; where it stands among texts is not known yet."""
        attributes, style = self.attributes(node), styled[node]
        span = node.span or node.inner
        address = attributes.get("src") or next(
            (child.attributes["src"] for child in node.children if child.attributes.get("src")), ""
        )
        alt = self._alt(node, attributes)
        decorative = decorative or alt == "" or attributes.get("role", "").lower() in _NO_MEANING
        if node.name == "svg":
            address = self.source.text[span.start : node.end]
        picture = Picture(
            span=span,
            place=f"image {self.places.count('image')}",
            kind=PICTURES[node.name],
            alt="" if decorative and alt is None else alt,
            decorative=decorative,
            media="image/svg+xml" if node.name == "svg" else media_of_address(address),
            digest=digest_of(address) if address else None,
            width=style.box.width if style.box.width is not None else _points(attributes.get("width", "")),
            height=style.box.height if style.box.height is not None else _points(attributes.get("height", "")),
            floating=style.floating,
            caption=_has_caption(node),
        )
        self.pictures.append(picture)
        return picture

    def add_background(self, node: Node, address: str) -> None:
        """Add the picture behind the text of an element."""
        span = node.span or node.inner
        place = f"image {self.places.count('image')}"
        digest, media = digest_of(address), media_of_address(address)
        self.pictures.append(
            Picture(span, place, alt="", decorative=True, media=media, digest=digest, behind_text=True)
        )

    def place_pictures(self, first: int, alone: bool) -> None:
        """Say of the pictures from the number `first` on whether a text stands beside them."""
        for index in range(first, len(self.pictures)):
            self.pictures[index] = replace(self.pictures[index], alone=alone)

    def add_link(self, draft: LinkDraft) -> None:
        """Add a link that is read to its end."""
        attributes = self.attributes(draft.node)
        at = draft.node.inner.start
        span = Span(draft.start, draft.end) if draft.start >= 0 else Span(at, at)
        label = attributes.get("aria-label") or attributes.get("title") or (draft.alt if draft.start < 0 else "")
        note = attributes.get("role", "").lower() == "doc-noteref"
        self.links.append(Link(span, attributes.get("href", "").strip(), "note" if note else "link", _flat(label)))

    def describe(self, tree: Tree, styled: Styled) -> None:
        """Read what the page says of itself."""
        html = tree.nodes[0]
        body = next((node for node in html.children if node.name == "body"), html)
        head = any(node.name == "head" for node in html.children)
        title = next((node for node in tree.nodes if node.name == "title" and _in_head(node)), None)
        language = html.attributes.get("lang", html.attributes.get("xml:lang", "")).strip()
        self.properties = Properties(
            title=_flat(unescape(self.source.text[title.inner.start : title.inner.end])) if title else None,
            language=language or None,
            background=styled[body].text.background,
            background_picture=bool(styled[body].box.picture or styled[html].box.picture),
            whole_page=head or html.span is not None or _DOCTYPE.match(self.source.opaque) is not None,
        )

    def _alt(self, node: Node, attributes: Mapping[str, str]) -> str | None:
        if label := attributes.get("aria-label", "").strip():
            return label
        if node.name in ("img", "input"):
            return attributes["alt"].strip() if "alt" in attributes else None
        for child in _within(node):
            if node.name == "svg" and child.name == "title":
                return _flat(unescape(self.source.text[child.inner.start : child.inner.end]))
        return attributes["title"].strip() if "title" in attributes else None


def _within(node: Node) -> Iterator[Node]:
    """Yield the children of an element and theirs: a title stands no deeper."""
    for child in node.children:
        yield child
        yield from child.children


def _table(draft: TableDraft) -> Table:
    node = draft.node
    span = Span(node.span.start if node.span else node.inner.start, node.end)
    return Table(
        *(span, draft.place, draft.rows, draft.columns, draft.headers, draft.merged, draft.nested, draft.layout)
    )


def _has_caption(node: Node) -> bool:
    figure = next((around for around in islice(ancestors(node), _NEAR) if around.name == "figure"), None)
    return figure is not None and any(child.name == "figcaption" for child in figure.children)


def _in_head(node: Node) -> bool:
    return node.parent is not None and node.parent.name in ("head", "html", "body")


def _points(value: str) -> float | None:
    found = _PIXELS.match(value)
    return float(found[1]) * _POINTS_OF_A_PIXEL if found else None


def _flat(text: str) -> str:
    return " ".join(text[:_LONGEST_WORDS].split())
