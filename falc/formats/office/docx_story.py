"""What the walk over a Word document gives: stories, paragraphs, pieces of text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from falc.document import BlockKind, TextCollector
from falc.formats.office.docx_fields import Field
from falc.formats.office.docx_tables import TableMark
from falc.look import ParagraphFormat, TextFormat
from falc.model import Span

_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text box or a page adds to the look of the paragraphs in it."""

    background: str | None = None  # the colour behind them
    color: str | None = None  # that of their letters, when they have none of their own
    columns: int | None = None
    floating: bool = False
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A flow of paragraphs: the body, a header, a note, a text box.

    Only the body takes comments; `anchor` is the child of a run of the body where the story
    hangs, if there is one: the drawing of a text box, the mark of a note.  `flow` is the place
    without the text boxes: « corps », « en-tête ».
    """

    root: etree._Element
    part: str
    place: str
    kind: BlockKind | None = None
    anchor: etree._Element | None = None
    is_body: bool = False
    flow: str = "corps"
    around: Surroundings = Surroundings()


@dataclass(frozen=True, slots=True)
class TextNode:
    """A piece of live text.  `span` counts in the document's text.

    `first` and `last` are the elements that hold it: one text element, or the bounds of what
    a field displays.  `cut` counts the blanks of `first` that are not displayed.
    `placeholder` names a field whose value is not known yet; such a node is never split.
    """

    span: Span
    text: str
    first: etree._Element
    last: etree._Element
    format: TextFormat
    fields: tuple[Field, ...] = ()
    cut: int = 0
    placeholder: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that shows something."""

    element: etree._Element
    story: Story
    kind: BlockKind
    level: int
    path: str
    format: ParagraphFormat
    nodes: tuple[TextNode, ...]


@dataclass(eq=False, slots=True)
class DrawingMark:
    """A drawing that the walk met.  `position` counts in the document's text."""

    element: etree._Element
    story: Story
    position: int = 0
    alone: bool = False
    caption: bool = False


@dataclass(eq=False, slots=True)
class LinkMark:
    """A link, a reference or the mark of a note.  `element` may hold an identifier of a link of its part."""

    story: Story
    kind: Literal["link", "reference", "note"]
    element: etree._Element | None = None
    target: str = ""
    span: Span = _NOWHERE


@dataclass
class Gathered:
    """What a walk gathers on its way: the text, the marks of notes, the objects, what was not read."""

    collector: TextCollector = field(default_factory=TextCollector)
    references: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    boxes: int = 0
    drawings: list[DrawingMark] = field(default_factory=list)
    tables: list[TableMark] = field(default_factory=list)
    links: list[LinkMark] = field(default_factory=list)
    section_ends: list[int] = field(default_factory=list)
    body_end: int = 0
    contents: bool = False  # a table of contents that Word makes
    after_caption: bool = False  # the last paragraph shown is a caption
    uncaptioned: list[DrawingMark] = field(default_factory=list)  # those that no paragraph follows yet

    def start_story(self) -> None:
        """Forget the neighbours: a caption belongs to a drawing of its own story."""
        self.after_caption = False
        self.uncaptioned.clear()
