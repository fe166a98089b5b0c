"""The tokens of an HTML file, with exact positions.

The standard library's parser takes quadratic time on hostile files, and reads broken ones in
another way in each of its releases; a page of code does neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from html import unescape
from types import MappingProxyType

from falc.formats.templates import HIDDEN
from falc.model import Span

__all__ = ["VOID", "Token", "TokenKind", "attribute_spans", "names", "tokens"]


def names(text: str) -> frozenset[str]:
    """Return the set of the words of `text`."""
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
# Their content is no markup, up to their end tag.
_RAW = names("iframe noembed noframes script style textarea title xmp")
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})

_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])|&(?=[#a-zA-Z])")
_NAME = f"<(/?)([a-zA-Z][^\\s/>{HIDDEN}]*+)"
_TAG = re.compile(_NAME + r"""((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>""")
_TAG_NAME = re.compile(_NAME)
_BROKEN_TAG = re.compile(_NAME + "([^>]*+)>")
_ATTRIBUTE = re.compile(r"""([^\s=/>"'\ufdd0]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


class TokenKind(Enum):
    """What a token of HTML is; comments and declarations are none."""

    TEXT = "text"
    ENTITY = "entity"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """`name` is the lower-case name of a tag, or the character of an entity."""

    kind: TokenKind
    span: Span
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=lambda: _NO_ATTRIBUTES)
    closed: bool = False  # <br/>


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of `start:end` of `text`; whatever is not markup is text."""
    last_close = text.rfind(">", start, end)
    pattern, position = _TAG, start
    while found := _MARKUP.search(text, position, end):
        at = found.start()
        if position < at:
            yield Token(TokenKind.TEXT, Span(position, at))
        if found[0] == "&":
            token = _entity(text, at, end)
            yield token
            position = token.span.end
        elif (after := _comment_end(text, at, end, last_close)) is not None:
            position = after
        elif at < last_close and (tag := pattern.match(text, at, end) or _BROKEN_TAG.match(text, at, end)):
            if tag.re is _BROKEN_TAG:
                pattern = _BROKEN_TAG  # a quotation mark is missing: do not run to the end for each tag
            token = _tag(tag)
            yield token
            position = token.span.end
            if token.kind is TokenKind.START and token.name in _RAW and not token.closed:
                closing = re.compile(f"</{token.name}(?=[\\s/>])", re.IGNORECASE).search(text, position, end)
                position = closing.start() if closing else end
        else:
            yield Token(TokenKind.TEXT, Span(at, at + 1))
            position = at + 1
    if position < end:
        yield Token(TokenKind.TEXT, Span(position, end))


def _entity(text: str, at: int, end: int) -> Token:
    entity = _ENTITY.match(text, at, end)
    # Without its semicolon, only a whole old name is an entity: « &copy 2025 », not « &copyright ».
    if entity and (character := unescape(entity[0])) != entity[0] and (entity[0][-1] == ";" or len(character) == 1):
        return Token(TokenKind.ENTITY, Span(at, entity.end()), character)
    return Token(TokenKind.TEXT, Span(at, at + 1))


def _comment_end(text: str, at: int, end: int, last_close: int) -> int | None:
    """Return where a comment, a declaration or an instruction ends: the end if it is not closed."""
    if text.startswith("<!--", at):
        close = text.find("-->", at + 2, end)
        return close + 3 if close >= 0 else end
    if text.startswith(("<!", "<?"), at) and at < last_close:
        return text.find(">", at, end) + 1
    return None


def _tag(tag: re.Match[str]) -> Token:
    kind = TokenKind.END if tag[1] else TokenKind.START
    attributes: dict[str, str] = {}
    closed = tag[3].endswith("/")
    if kind is TokenKind.START and tag[3]:
        for attribute in _ATTRIBUTE.finditer(tag[3]):
            value = attribute[2] or ""
            attributes.setdefault(attribute[1].lower(), unescape(value[1:-1] if value[:1] in "\"'" else value))
            closed = closed and not value.endswith("/")  # <a href=http://a.fr/> is open
    return Token(kind, Span(tag.start(), tag.end()), tag[2].lower(), attributes, closed)


def attribute_spans(text: str, tag: Span) -> Iterator[tuple[str, Span]]:
    """Yield the name of each attribute of a start tag, and where its value stands, without quotation marks."""
    name = _TAG_NAME.match(text, tag.start, tag.end)
    for attribute in _ATTRIBUTE.finditer(text, name.end() if name else tag.start, tag.end - 1):
        start, end = attribute.span(2) if attribute[2] else (attribute.end(), attribute.end())
        if text[start : start + 1] in ("'", '"') and start < end:
            start, end = start + 1, max(start + 1, end - 1)
        yield attribute[1].lower(), Span(start, end)
