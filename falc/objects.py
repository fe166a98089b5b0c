"""What a document holds besides its blocks: pictures, tables, links, pages, tags.

Spans count in `Document.text`.  An object that has no text of its own (a picture in a Word file) has an empty span
where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from falc.model import Span


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, a chart or a drawing; `place` tells people which: « image 2 ».

    `alt` is its alternative text: `None` when there is none, empty when the file says that the picture only decorates.
    `digest` is the same for two copies of one picture.  `media` is a media type: « image/png ».
    """

    span: Span
    place: str
    kind: Literal["picture", "chart", "drawing", "watermark", "video", "audio"] = "picture"
    alt: str | None = None
    decorative: bool = False
    media: str | None = None
    digest: str | None = None
    width: float | None = None
    height: float | None = None
    behind_text: bool = False
    floating: bool = False
    animated: bool = False
    story: str = "corps"  # corps, en-tête, pied de page…
    alone: bool = False  # its paragraph or its table cell holds no text
    caption: bool = False  # a caption belongs to it


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `layout` is true when it only places things and holds no data."""

    span: Span
    place: str
    rows: int
    columns: int
    headers: int = 0  # cells that the file marks as headers
    merged: int = 0  # cells over several rows or columns
    nested: bool = False
    layout: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link: `span` is its text, empty when it only holds a picture.

    `target` is the address as the file writes it; one that starts with # stays in the document.
    `kind` is "link", "reference" (a field: « voir page 3 ») or "note".
    """

    span: Span
    target: str
    kind: Literal["link", "reference", "note"] = "link"
    label: str = ""  # the words a screen reader says instead of the text, when there are others


@dataclass(frozen=True, slots=True)
class Pages:
    """A part of a document with one page layout; lengths in points."""

    span: Span
    width: float | None = None
    height: float | None = None
    top: float | None = None
    right: float | None = None
    bottom: float | None = None
    left: float | None = None
    columns: int = 1
    numbered: bool = False  # a page number is shown on each page
    total: bool = False  # … with the number of pages


@dataclass(frozen=True, slots=True)
class Declaration:
    """One CSS declaration and where it stands: `span` is empty when it is in another file, named by `origin`."""

    property: str
    value: str
    selector: str
    span: Span
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """An HTML element: `span` is its start tag, `inner` all between its tags, `parent` its parent's index, or -1."""

    name: str
    span: Span
    inner: Span
    parent: int
    attributes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself as a whole."""

    title: str | None = None
    language: str | None = None
    hyphenation: bool | None = None  # the program may cut words at the ends of lines
    background: str | None = None  # the colour of the page
    background_picture: bool = False
    contents: bool = False  # a table of contents made by the program
    page_count: int | None = None  # as the program that saved the file counted
    whole_page: bool = False  # HTML: a page with a head, not a piece of one


@dataclass(frozen=True, slots=True)
class Objects:
    """All of it, each kind in the order of the document."""

    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    pages: tuple[Pages, ...] = ()
    elements: tuple[Element, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    properties: Properties = field(default_factory=Properties)
