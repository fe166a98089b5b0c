"""What the walk over a Word document gives: stories, paragraphs, pieces of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.docx.fields import Field
from falc.formats.office.story import Found, Placed, ShownParagraph, ShownText
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
    boxed: bool = False  # it has a line or a colour of its own


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
class TextNode(ShownText):
    """A piece of live text.

    `first` and `last` are the elements that hold it: one text element, or the bounds of what
    a field displays.  `cut` counts the blanks of `first` that are not displayed.
    """

    first: etree._Element
    last: etree._Element
    fields: tuple[Field, ...] = ()
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph(ShownParagraph):
    """A paragraph that shows something."""

    nodes: tuple[TextNode, ...]
    element: etree._Element
    story: Story


@dataclass(eq=False, slots=True)
class DrawingMark(Placed):
    """A drawing that the walk met."""

    element: etree._Element
    story: Story


@dataclass(eq=False, slots=True)
class LinkMark:
    """A link, a reference or the mark of a note.  `element` may hold an identifier of a link of its part."""

    story: Story
    kind: Literal["link", "reference", "note"]
    element: etree._Element | None = None
    target: str = ""
    span: Span = _NOWHERE


@dataclass
class Gathered(Found[DrawingMark, LinkMark]):
    """What a walk gathers on its way, with the marks of notes, the sections of the body and their ends."""

    references: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    sections: list[etree._Element] = field(default_factory=list)
    section_ends: list[int] = field(default_factory=list)
    body_end: int = 0
