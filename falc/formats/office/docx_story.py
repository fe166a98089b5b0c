"""What the walk over a Word document gives: stories, paragraphs, pieces of text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from falc.document import BlockKind, TextCollector
from falc.formats.office.docx_fields import Field
from falc.look import ParagraphFormat, TextFormat
from falc.model import Span


@dataclass(frozen=True, slots=True)
class Story:
    """A flow of paragraphs: the body, a header, a note, a text box.

    Only the body takes comments; `anchor` is the child of a run of the body where the story
    hangs, if there is one: the drawing of a text box, the mark of a note.
    """

    root: etree._Element
    part: str
    place: str
    kind: BlockKind | None = None
    anchor: etree._Element | None = None
    is_body: bool = False


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


@dataclass
class Gathered:
    """What a walk gathers on its way: the text, the marks of notes, what was not read."""

    collector: TextCollector = field(default_factory=TextCollector)
    references: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    boxes: int = 0
