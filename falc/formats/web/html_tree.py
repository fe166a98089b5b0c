"""The elements of an HTML page, from its tokens: a start tag may close others, as in browsers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from falc.formats.web.html_tags import VOID, Token, TokenKind, names, tokens
from falc.model import Span

__all__ = ["FAR", "HEADINGS", "LISTS", "Event", "Node", "Step", "Tree", "ancestors", "build"]

HEADINGS: Mapping[str, int] = MappingProxyType({f"h{level}": level for level in range(1, 7)})
LISTS = frozenset(("ul", "ol", "menu", "dir"))
_BLOCKS = names(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form head header hgroup hr html legend li main nav optgroup option p pre search section select "
    "summary table tbody td tfoot th thead tr"
).union(HEADINGS, LISTS)
_HEAD = names("base link meta noscript script style template title")
# A start tag ends an open element of these names, but not beyond the last ones.
_ENDS = {
    "li": (frozenset(("li",)), LISTS),
    **dict.fromkeys(("dt", "dd"), (frozenset(("dt", "dd")), frozenset(("dl",)))),
    **dict.fromkeys(("td", "th"), (frozenset(("td", "th")), frozenset(("table", "tr")))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    **dict.fromkeys(("tbody", "tfoot"), (frozenset(("thead", "tbody", "tfoot")), frozenset(("table",)))),
    **dict.fromkeys(("option", "optgroup"), (frozenset(("option",)), frozenset(("select",)))),
}
# How far to look for such an element: real pages need less, hostile ones would take quadratic time.
FAR = 50


@dataclass(slots=True, eq=False)
class Node:
    """An element; `span` is its start tag, None when the file leaves it out (html, body)."""

    name: str
    attributes: Mapping[str, str]
    span: Span | None
    inner: Span
    parent: Node | None
    number: int  # in `Tree.nodes`
    block: bool
    end: int = 0  # of its end tag, or where it ends without one
    index: int = 0  # among its parent's children
    children: list[Node] = field(default_factory=list)


class Step(Enum):
    """What happens at a place of the page."""

    OPEN = "open"
    CLOSE = "close"
    TEXT = "text"
    CUT = "cut"  # the end tag of a block that is not open still ends the text before it


@dataclass(frozen=True, slots=True)
class Event:
    """One step; `node` is the element that opens, closes or holds the text of `token`."""

    step: Step
    node: Node
    token: Token | None = None


@dataclass(slots=True)
class Tree:
    """The elements in document order, first html, and what happens from the start to the end of the page."""

    nodes: list[Node]
    events: list[Event]


def build(text: str, start: int, end: int) -> Tree:
    """Return the tree of `start:end` of `text`."""
    builder = _TreeBuilder(start)
    for token in tokens(text, start, end):
        builder.feed(token, text)
    builder.finish(end)
    return Tree(builder.nodes, builder.events)


class _TreeBuilder:
    """Open and close elements, token by token; html and body stay open to the end."""

    def __init__(self, start: int) -> None:
        self.nodes: list[Node] = []
        self.events: list[Event] = []
        self._stack: list[Node] = []
        self._blocks: list[Node] = []
        self._inline: list[Counter[str]] = []  # the inline elements open in each open block
        self._open: Counter[str] = Counter()  # names of the open block elements
        self._ended: set[str] = set()
        self._html = self._push("html", {}, None, start)
        self._body: Node | None = None

    def feed(self, token: Token, text: str) -> None:
        if token.kind is TokenKind.START:
            self._start(token)
        elif token.kind is TokenKind.END:
            self._end(token)
        else:
            if len(self._stack) <= 2 and (token.kind is TokenKind.ENTITY or not _blank(text, token.span)):
                self._need_body(token.span.start)
            self.events.append(Event(Step.TEXT, self._stack[-1], token))

    def finish(self, end: int) -> None:
        while self._stack:
            self._close(end)

    def _push(self, name: str, attributes: Mapping[str, str], span: Span | None, at: int) -> Node:
        parent = self._stack[-1] if self._stack else None
        block = name in _BLOCKS
        node = Node(name, attributes, span, Span(at, at), parent, len(self.nodes), block)
        if parent:
            node.index = len(parent.children)
            parent.children.append(node)
        self.nodes.append(node)
        self.events.append(Event(Step.OPEN, node))
        self._stack.append(node)
        if block:
            self._blocks.append(node)
            self._inline.append(Counter())
            self._open[name] += 1
        else:
            self._inline[-1][name] += 1
        return node

    def _close(self, at: int) -> Node:
        node = self._stack.pop()
        if node.block:
            self._blocks.pop()
            self._inline.pop()
            self._open[node.name] -= 1
        else:
            self._inline[-1][node.name] -= 1
        if node.name not in self._ended:
            node.inner = Span(node.inner.start, max(node.inner.start, at))
            node.end = node.inner.end
        self.events.append(Event(Step.CLOSE, node))
        return node

    def _pop(self, name: str, at: int) -> Node:
        """Close the open elements down to the last one called `name`."""
        while (node := self._close(at)).name != name:
            pass
        return node

    def _start(self, token: Token) -> None:
        name, span = token.name, token.span
        if name in ("html", "body"):
            self._start_page(token)
            return
        if name != "head" and name not in _HEAD:
            self._need_body(span.start)
        if name in _BLOCKS:
            self._close_implied(name, span.start)
        elif name == "a" and self._inline[-1]["a"]:
            self._pop("a", span.start)  # a link holds no link
        self._push(name, token.attributes, span, span.end)
        if name in VOID or token.closed:
            self._close(span.end)

    def _start_page(self, token: Token) -> None:
        """Give its tag to html or to body, which exists once whatever the page says."""
        if token.name == "body" and self._body is None:
            while len(self._stack) > 1:
                self._close(token.span.start)
            self._need_body(token.span.start)
        node = self._html if token.name == "html" else self._body
        self.events.append(Event(Step.CUT, self._stack[-1]))
        if node and node.span is None:
            node.span, node.attributes = token.span, token.attributes
            node.inner = Span(token.span.end, token.span.end)

    def _need_body(self, at: int) -> None:
        if self._body is None:
            if self._stack[-1].name == "head":
                self._close(at)
            if len(self._stack) == 1:
                self._body = self._push("body", {}, None, at)

    def _close_implied(self, name: str, at: int) -> None:
        if self._blocks[-1].name == "p":
            self._pop("p", at)
        if name in _ENDS:
            ended, limits = _ENDS[name]
            for node in self._blocks[: -FAR - 1 : -1]:
                if node.name in limits:
                    return
                if node.name in ended:
                    self._pop(node.name, at)
                    return

    def _end(self, token: Token) -> None:
        name, at = token.name, token.span.start
        if name in ("html", "body"):
            self._end_page(name, at)
        elif name in _BLOCKS:
            if self._open[name]:
                self._pop(name, at).end = token.span.end
            else:
                self.events.append(Event(Step.CUT, self._stack[-1]))
        elif self._inline[-1][name]:
            self._pop(name, at).end = token.span.end

    def _end_page(self, name: str, at: int) -> None:
        """Close what is open in body, but not body: whatever follows is in it."""
        keep = 2 if self._body else 1
        while len(self._stack) > keep:
            self._close(at)
        self.events.append(Event(Step.CUT, self._stack[-1]))
        node = self._html if name == "html" else self._body
        if node and name not in self._ended:
            self._ended.add(name)
            node.inner = Span(node.inner.start, max(node.inner.start, at))


def _blank(text: str, span: Span) -> bool:
    return not text[span.start : span.end].strip()


def ancestors(node: Node) -> Iterator[Node]:
    """Yield the elements around `node`, the nearest first."""
    parent = node.parent
    while parent:
        yield parent
        parent = parent.parent
