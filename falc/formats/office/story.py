"""What the walks over Word documents and OpenDocument texts both give: paragraphs, text, places of objects."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from falc.document import Block, BlockBuilder, BlockKind, SegmentKind, Skipped
from falc.formats.office.tables import TableMark
from falc.look import ParagraphFormat, TextFormat
from falc.model import Span
from falc.texts import texts

NOTHING_AROUND = ("", "")


@dataclass(frozen=True, slots=True)
class ShownText:
    """A piece of live text.  `span` counts in the document's text.

    `placeholder` names a field whose value is not known yet; such a piece is never split.  `around` is what the field
    shows before and after its value: « Madame », a space.
    """

    span: Span
    text: str
    format: TextFormat
    placeholder: str | None
    around: tuple[str, str] = field(default=NOTHING_AROUND, kw_only=True)


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph that shows something."""

    kind: BlockKind
    level: int
    path: str
    format: ParagraphFormat
    nodes: tuple[ShownText, ...]


@dataclass(eq=False, slots=True, kw_only=True)
class Placed:
    """A drawing has a place in the document's text, and text around it or none."""

    position: int = 0
    alone: bool = False
    caption: bool = False


class TextCollector:
    """The growing text of a document whose format has no text of its own."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0

    def append(self, text: str) -> Span:
        """Add `text` and return where it stands."""
        start = self.length
        self.length = end = start + len(text)
        self._pieces.append(text)
        return Span(start, end)

    @property
    def text(self) -> str:
        return "".join(self._pieces)


Drawing = TypeVar("Drawing", bound=Placed)
Link = TypeVar("Link")
AnyStory = TypeVar("AnyStory")
AnyParagraph = TypeVar("AnyParagraph", bound=ShownParagraph)


@dataclass
class Found(Generic[Drawing, Link]):
    """What a walk gathers on its way: the text, the objects, what was not read."""

    collector: TextCollector = field(default_factory=TextCollector)
    unread: Counter[str] = field(default_factory=Counter)
    boxes: int = 0
    drawings: list[Drawing] = field(default_factory=list)
    tables: list[TableMark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    contents: bool = False  # a table of contents that the program makes
    after_caption: bool = False  # the last paragraph shown is a caption
    uncaptioned: list[Drawing] = field(default_factory=list)  # those that no paragraph follows yet

    def start_story(self) -> None:
        """Forget the neighbours: a caption belongs to a drawing of its own story."""
        self.after_caption = False
        self.uncaptioned.clear()

    def start_paragraph(self) -> None:
        """Separate the text that comes from the text before."""
        if self.collector.length:
            self.collector.append("\n")

    def position(self, nodes: Sequence[ShownText], index: int) -> int:
        """Return where the piece `index` of a paragraph starts, or where the paragraph ends."""
        return nodes[index].span.start if index < len(nodes) else self.collector.length

    def place(self, drawings: Iterable[tuple[Drawing, int]], nodes: Sequence[ShownText], *, caption: bool) -> None:
        """Say where drawings are and which have a caption: the next paragraph, else the one before."""
        placed = []
        for mark in self.uncaptioned if nodes and caption else ():
            mark.caption = True
        for mark, index in drawings:
            mark.position, mark.alone = self.position(nodes, index), not nodes
            mark.caption = (caption and bool(nodes)) or self.after_caption
            placed.append(mark)
        if nodes:
            self.after_caption = caption and not self.uncaptioned
            self.uncaptioned.clear()
        self.drawings += placed
        self.uncaptioned += placed


def in_order(story: AnyStory, walk: Callable[[AnyStory], Iterable[AnyParagraph | AnyStory]]) -> Iterator[AnyParagraph]:
    """Yield the paragraphs of a story and of those that it holds, each where it hangs."""
    stack = [iter(walk(story))]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, ShownParagraph):
            yield cast("AnyParagraph", item)
        else:
            stack.append(iter(walk(item)))


@contextmanager
def collection_paused() -> Iterator[None]:
    """Read a file without Python's search for unused objects that refer to each other.

    Reading makes many objects that are kept and none of that sort; but each search goes over all of them, and over the
    model of the language if it is loaded.  Time would then grow faster than the file.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def default_standin(name: str) -> str:
    """Return the word that stands for any field."""
    return "Camille"


def block_of(paragraph: ShownParagraph, standin: Callable[[str], str]) -> Block:
    """Return a paragraph as checks read it; `standin` gives the word for a field."""
    builder = BlockBuilder(paragraph.kind, paragraph.path, paragraph.level, paragraph.format)
    for node in paragraph.nodes:
        if node.placeholder is None:
            builder.text(node.text, node.span.start, node.format)
        else:
            before, after = node.around
            word = f"{before}{standin(node.placeholder)}{after}"
            builder.standin(word, node.span, SegmentKind.PLACEHOLDER, node.format)
    return builder.build()


def skipped(unread: Counter[str]) -> tuple[Skipped, ...]:
    """Say what was not read, and why."""
    said = texts()["skipped"]["office"]
    return tuple(Skipped(what, unread[key], why) for key, (what, why) in said.items() if unread[key])
