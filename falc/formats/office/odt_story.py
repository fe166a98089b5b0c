"""What the walk over an OpenDocument text gives: stories, paragraphs, pieces of text, marks of objects."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from falc.document import BlockKind, TextCollector
from falc.formats.office.odt_looks import Around
from falc.formats.office.odt_properties import Properties
from falc.look import ParagraphFormat, TextFormat
from falc.model import Span


@dataclass(frozen=True, slots=True)
class Story:
    """A flow of paragraphs: the body, a header, a note, a text box.

    `scope` is the root element of its part; `flow` is the place without the text boxes: « corps », « en-tête ».
    """

    root: etree._Element
    scope: etree._Element
    place: str
    around: Around
    kind: BlockKind | None = None
    is_body: bool = False
    flow: str = "corps"


@dataclass(frozen=True, slots=True)
class TextNode:
    """A piece of live text.  `span` counts in the document's text.

    It is the text of `element`, or what follows it when `tail` is true, or what stands for it.
    `placeholder` names a field whose value is not known yet.
    """

    span: Span
    text: str
    element: etree._Element
    tail: bool
    format: TextFormat
    placeholder: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that shows something.  Two neighbours with one `flow` stand one under the other."""

    element: etree._Element
    kind: BlockKind
    level: int
    path: str
    format: ParagraphFormat
    nodes: tuple[TextNode, ...]
    flow: tuple[object, ...]
    contextual: bool  # no space to a neighbour in the same style


@dataclass(eq=False, slots=True)
class DrawingMark:
    """A picture, a chart or a drawing that the walk met.  `position` counts in the document's text."""

    element: etree._Element
    kind: Literal["picture", "chart", "drawing", "watermark", "video", "audio"]
    story: Story
    area: Properties
    content: etree._Element | None = None  # what holds or names the picture itself
    group: etree._Element | None = None  # the drawing that it is a part of
    position: int = 0
    alone: bool = False
    caption: bool = False


@dataclass(eq=False, slots=True)
class LinkMark:
    """A link, a reference or the mark of a note; `first` and `last` count pieces of its paragraph."""

    target: str
    kind: Literal["link", "reference", "note"]
    label: str = ""
    first: int = 0
    last: int = 0
    span: Span = field(default_factory=lambda: Span(0, 0))


@dataclass(eq=False, slots=True)
class TableMark:
    """What a walk learns of a table; `start` and `end` count in the document's text."""

    path: str
    start: int
    end: int = 0
    rows: int = 0
    columns: int = 0
    headers: int = 0
    merged: int = 0
    nested: bool = False
    plain: bool = True  # nothing is drawn around or behind its cells


@dataclass
class Gathered:
    """What a walk gathers on its way: the text, the notes, the objects, what was not read."""

    collector: TextCollector = field(default_factory=TextCollector)
    notes: list[tuple[BlockKind, etree._Element]] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    boxes: int = 0
    drawings: list[DrawingMark] = field(default_factory=list)
    links: list[LinkMark] = field(default_factory=list)
    tables: list[TableMark] = field(default_factory=list)
    deletions: frozenset[str] = frozenset()  # the changes that take text away
    masters: list[tuple[int, str]] = field(default_factory=list)  # where pages of another kind start
    contents: bool = False
    after_caption: bool = False  # the last paragraph shown is a caption
    uncaptioned: list[DrawingMark] = field(default_factory=list)  # those that no paragraph follows yet
