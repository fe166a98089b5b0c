"""The inline markup of Markdown, with exact positions: markdown-it has none below a block.

The text of a block, without the marks of its containers, is scanned once into nodes;
emphasis is then paired as CommonMark says.  All is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from markdown_it.common.utils import normalizeReference

from falc.document import BlockBuilder, SegmentKind
from falc.formats.markdown_emphasis import ASCII_PUNCTUATION, Delimiter, Node, delimiter, pair
from falc.formats.markdown_links import Found, InlineText, link_of, picture_of
from falc.formats.source import Source
from falc.formats.templates import HIDDEN, standin
from falc.formats.web.html_objects import Collection
from falc.formats.web.html_tags import TokenKind, tokens
from falc.look import TextFormat
from falc.model import Span

__all__ = ["References", "add_inline"]

_SPECIAL = re.compile(r"[\\`*_~\[\]\n]|!(?=\[)|<(?=[\w/!?])|&(?=[#a-zA-Z])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*+|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255})>")
_TAG = re.compile(
    r"""<(?:/[a-zA-Z][\w-]*+\s*+
        |[a-zA-Z][\w-]*+(?:\s++[\w:.@-]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+)*+\s*+/?)>""",
    re.VERBOSE,
)
_BREAK_TAG = re.compile(r"<br\s*+/?>", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]{1,80})\]")
# A destination may hold balanced parentheses; two levels are enough for an address.
_TARGET = re.compile(
    r"""\(\s*+
        (<[^<>\n]*+>|(?!<)(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*+\))*+\))*+)
        (?:\s++("(?:[^"\\]|\\[\s\S])*+"|'(?:[^'\\]|\\[\s\S])*+'|\((?:[^()\\]|\\[\s\S])*+\)))?+
        \s*+\)""",
    re.VERBOSE,
)
_LABEL = re.compile(r"\[([^\[\]\\]{0,999}(?:\\.[^\[\]\\]{0,999}){0,20})\]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_OPENED = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))


@dataclass(frozen=True, slots=True)
class References:
    """What the whole document defines: link labels, and the labels of footnotes."""

    links: Mapping[str, Mapping[str, Any]]
    footnotes: Container[str]


@dataclass(slots=True)
class _Bracket:
    node: int
    delimiters: int
    end: int
    image: bool


class _Scanner:
    """Read one block's text into nodes."""

    def __init__(self, inline: InlineText, references: References, source: Source) -> None:
        self.text, self.references = inline.text, references
        self._inline, self._source = inline, source
        self.nodes: list[Node] = []
        self.links: list[Found] = []
        self.pictures: list[Found] = []
        self._opened: tuple[int, int, str, str] | None = None  # an <a> that is not closed
        self._delimiters: list[Delimiter] = []
        self._brackets: list[_Bracket] = []
        self._last_bracket = self.text.rfind("]")
        self._dead_brackets = 0  # those before hold a link already
        self._unclosed: set[str] = set()
        self._backticks: dict[int, list[int]] | None = None

    def scan(self) -> None:
        position = 0
        while found := _SPECIAL.search(self.text, position):
            self._text(position, found.start())
            position = self._special(found.start(), found[0])
        self._text(position, len(self.text))
        self._pair(0)

    def _dropped(self, start: int, end: int) -> int:
        """Return where to go on after something unread: not on a second space."""
        if start == 0 or self.text[start - 1].isspace():
            while self.text[end : end + 1] == " ":
                end += 1
        return end

    def _text(self, start: int, end: int) -> None:
        last = self.nodes[-1] if self.nodes else None
        if last and last.end == start and last.shown is None and not last.mark:
            last.end = end
        elif start < end:
            self.nodes.append(Node(start, end))

    def _literal(self, start: int, end: int) -> int:
        self._text(start, end)
        return end

    def _special(self, at: int, sign: str) -> int:
        """Read the construct at `at` and return where it ends."""
        if sign == "\\":
            return self._escape(at)
        if sign == "\n":
            return self._line_end(at, at)
        if sign == "`":
            return self._code(at)
        if sign in "*_~":
            return self._run(at, sign)
        if sign == "<":
            return self._angle(at)
        if sign == "&":
            return self._entity(at)
        if sign == "]":
            return self._close_bracket(at)
        return self._open_bracket(at, at + (2 if sign == "!" else 1))

    def _escape(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if following == "\n":
            return self._shown(at, at + 2, "\n")
        if following in ASCII_PUNCTUATION and following:
            return self._shown(at, at + 2, following)
        return self._literal(at, at + 1)

    def _shown(self, start: int, end: int, shown: str) -> int:
        self.nodes.append(Node(start, end, shown))
        return end

    def _line_end(self, start: int, at: int) -> int:
        last = self.nodes[-1] if self.nodes else None
        if last and last.shown is None and last.end == at:
            while last.end > last.start and self.text[last.end - 1] in " \t":
                last.end -= 1
            start = last.end
        if self.text[at - 1 : at] == HIDDEN and self.text[at + 1 : at + 2] == HIDDEN:
            place = self._inline.source(Span(at, at + 1)).start
            if place in self._source.line_ends_in_tags:
                return at + 1
        return self._shown(start, at + 1, "\n" if self.text[start:at].endswith("  ") else " ")

    def _code(self, at: int) -> int:
        if self._backticks is None:
            self._backticks = defaultdict(list)
            for found in re.finditer("`++", self.text):
                self._backticks[len(found[0])].append(found.start())
        size = 1
        while self.text[at + size : at + size + 1] == "`":
            size += 1
        places = self._backticks[size]
        index = bisect_right(places, at)
        if index == len(places):
            return self._literal(at, at + size)
        end = places[index] + size
        self.nodes.append(Node(at, end, standin("code"), SegmentKind.PLACEHOLDER))
        return end

    def _run(self, at: int, sign: str) -> int:
        end = at + 1
        while self.text[end : end + 1] == sign:
            end += 1
        if found := delimiter(self.text, at, end, len(self.nodes)):
            self._delimiters.append(found)
        self.nodes.append(Node(at, end, mark=True))
        return end

    def _angle(self, at: int) -> int:
        if autolink := _AUTOLINK.match(self.text, at):
            address = autolink[1] if ":" in autolink[1] else "mailto:" + autolink[1]
            first = self._turn_link(at + 1, 1)
            self.nodes.append(Node(*autolink.span(1), mark=True))
            self._end_link(at, autolink.end(), first, address, "")
            return autolink.end()
        for opening, closing in _OPENED:
            if self.text.startswith(opening, at) and opening not in self._unclosed:
                end = self.text.find(closing, at + len(opening))
                if end >= 0:
                    return self._dropped(at, end + len(closing))
                self._unclosed.add(opening)
        if tag := _TAG.match(self.text, at):
            self._tag(tag)
            return self._shown(at, tag.end(), "\n") if _BREAK_TAG.fullmatch(tag[0]) else tag.end()
        return self._literal(at, at + 1)

    def _tag(self, tag: re.Match[str]) -> None:
        """Note what an HTML tag shows or links to."""
        for token in tokens(self.text, *tag.span()):
            attributes = token.attributes
            if token.name == "img" and token.kind is TokenKind.START:
                self._add_picture(*tag.span(), attributes.get("src", ""), attributes.get("alt"))
            elif token.name == "a" and token.kind is TokenKind.START and attributes.get("href") and not self._opened:
                label = attributes.get("aria-label") or attributes.get("title") or ""
                self._opened = tag.start(), self._turn_link(tag.start(), 1), attributes["href"], label
            elif token.name == "a" and token.kind is TokenKind.END and self._opened:
                start, first, target, label = self._opened
                self._opened = None
                self._end_link(start, tag.end(), first, target, label)

    def _turn_link(self, at: int, turn: int) -> int:
        """Note that a link starts or ends at `at`; return the number of the node that says so."""
        self.nodes.append(Node(at, at, link=turn, mark=True))
        return len(self.nodes) - 1

    def _end_link(self, start: int, end: int, first: int, target: str, title: str) -> None:
        last = self._turn_link(end, -1)
        self.links.append(Found(start, end, first, last, target, title))

    def _add_picture(self, start: int, end: int, target: str, alt: str | None) -> None:
        self.pictures.append(Found(start, end, len(self.nodes), len(self.nodes), target, alt))

    def _entity(self, at: int) -> int:
        entity = _ENTITY.match(self.text, at)
        if entity and (character := unescape(entity[0])) != entity[0]:
            return self._shown(at, entity.end(), character)
        return self._literal(at, at + 1)

    def _open_bracket(self, at: int, end: int) -> int:
        footnote = _FOOTNOTE.match(self.text, at)
        if footnote and footnote[1] in self.references.footnotes:
            return footnote.end()
        if at > self._last_bracket:
            return self._literal(at, end)
        self._brackets.append(_Bracket(len(self.nodes), len(self._delimiters), end, image=end - at == 2))
        self.nodes.append(Node(at, end, mark=True))
        return end

    def _close_bracket(self, at: int) -> int:
        if not self._brackets:
            return self._literal(at, at + 1)
        opener, depth = self._brackets.pop(), len(self._brackets)
        dead = not opener.image and depth < self._dead_brackets
        self._dead_brackets = min(self._dead_brackets, depth)
        link = None if dead else self._link_end(opener, at)
        if link is None:
            return self._literal(at, at + 1)
        end, address, title = link
        self._pair(opener.delimiters)
        if opener.image:
            end = self._close_image(opener, end, address)
        else:
            self.nodes[opener.node].start = opener.end  # the bracket is not read
            self.nodes[opener.node].link += 1
            self._end_link(opener.end - 1, end, opener.node, address, title)
            self._dead_brackets = depth
        return end

    def _close_image(self, opener: _Bracket, end: int, address: str) -> int:
        """Turn what the brackets hold into an alternative text."""
        start, inside = opener.end - 2, self.nodes[opener.node + 1 :]
        alt = "".join(self.text[node.start : node.end] if node.shown is None else node.shown for node in inside)
        del self.nodes[opener.node :], self._delimiters[opener.delimiters :]
        for found in (self.links, self.pictures):
            while found and found[-1].start >= start:
                found.pop()
        self._add_picture(start, end, address, " ".join(alt.split()))
        return self._dropped(start, end)

    def _link_end(self, opener: _Bracket, at: int) -> tuple[int, str, str] | None:
        """Return where a link ends, its address and its title."""
        if self.text[at + 1 : at + 2] == "(" and (target := _TARGET.match(self.text, at + 1)):
            return target.end(), _unescaped(target[1].strip("<>")), _unescaped((target[2] or "")[1:-1])
        label = _LABEL.match(self.text, at + 1)
        name = label[1] if label and label[1] else self.text[opener.end : min(at, opener.end + 1000)]
        found = None if "[" in name else self.references.links.get(normalizeReference(name))
        if found is None:
            return None
        return label.end() if label else at + 1, str(found.get("href", "")), str(found.get("title", ""))

    def _pair(self, bottom: int) -> None:
        """Pair the emphasis marks from the delimiter number `bottom`, and forget them."""
        pair(self._delimiters[bottom:], self.nodes)
        del self._delimiters[bottom:]


def _unescaped(text: str) -> str:
    return unescape(_ESCAPE.sub(r"\1", text))


def add_inline(
    builder: BlockBuilder, source: Source, inline: InlineText, references: References, found: Collection
) -> None:
    """Add what a reader sees of `inline` to a block, and its links and pictures to `found`."""
    scanner = _Scanner(inline, references, source)
    scanner.scan()
    italic = bold = link = 0
    shown: list[Span | None] = []  # where each node stands in the file, if it shows something
    for node in scanner.nodes:
        italic, bold, link = italic + node.italic, bold + node.bold, link + node.link
        if node.start >= node.end:
            shown.append(None)
            continue
        look = _look(italic > 0, bold > 0, link > 0)
        span = Span(node.start, node.end)
        if node.shown is not None:
            place = inline.until_next(span) if inline.text[node.end - 1] == "\n" else inline.source(span)
            builder.standin(node.shown, place, node.kind, look)
        else:
            place = inline.source(span)
            source.add(builder, place.start, place.end, look)
        shown.append(place if (node.shown or inline.text[node.start : node.end]).strip() else None)
    for each in scanner.links:
        found.links.append(link_of(each, inline, shown, scanner.pictures))
    for each in scanner.pictures:
        span = inline.source(Span(each.start, each.end))
        found.pictures.append(picture_of(each, span, f"image {found.places.count('image')}"))


def _look(italic: bool, bold: bool, link: bool) -> TextFormat | None:
    if not (italic or bold or link):
        return None
    return TextFormat(weight=700 if bold else None, italic=True if italic else None, link=link)
