"""What the walk over an OpenDocument text gives: stories, paragraphs, pieces of text, marks of objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from falc.document import BlockKind
from falc.formats.office.odt.looks import Around
from falc.formats.office.odt.properties import Properties
from falc.formats.office.story import Found, Placed, ShownParagraph
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


class Source(NamedTuple):
    """Where displayed characters stand in the XML: the text of `element`, or what follows it if `is_tail`.

    The file may hold more blanks there than are `shown`, even when nothing is.  Of a `text:s`, a tab or a line break
    the element itself is what is shown.  A field is one source, from before `element` to behind `end`; if `end` is the
    paragraph, to the end of that.
    """

    element: etree._Element
    is_tail: bool
    shown: str
    end: etree._Element | None = None


@dataclass(frozen=True, slots=True)
class Paragraph(ShownParagraph):
    """A paragraph that shows something.  Two neighbours with one `flow` stand one under the other.

    `sources` show, one after the other, the same characters as `nodes`.  `copies` are the same paragraph in the same
    header or footer of other pages, which is read once.
    """

    flow: tuple[object, ...]
    contextual: bool  # no space to a neighbour in the same style
    element: etree._Element
    sources: tuple[Source, ...]
    copies: tuple[Paragraph, ...] = ()


@dataclass(eq=False, slots=True)
class DrawingMark(Placed):
    """A picture, a chart or a drawing that the walk met."""

    element: etree._Element
    kind: Literal["picture", "chart", "drawing", "watermark", "video", "audio"]
    story: Story
    area: Properties
    content: etree._Element | None = None  # what holds or names the picture itself
    group: etree._Element | None = None  # the drawing that it is a part of


@dataclass(eq=False, slots=True)
class LinkMark:
    """A link, a reference or the mark of a note; `first` and `last` count pieces of its paragraph."""

    target: str
    kind: Literal["link", "reference", "note"]
    label: str = ""
    first: int = 0
    last: int = 0
    span: Span = field(default_factory=lambda: Span(0, 0))


@dataclass
class Gathered(Found[DrawingMark, LinkMark]):
    """What a walk gathers on its way, with the notes and the kinds of pages."""

    notes: list[tuple[BlockKind, etree._Element]] = field(default_factory=list)
    body_end: int = 0  # where the text of the body ends
    masters: list[tuple[int, str]] = field(default_factory=list)  # where pages of another kind start
