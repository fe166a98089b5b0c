"""The tokens of an HTML file, with exact positions, and the look that its tags give.

The standard library's parser takes quadratic time on hostile files, and reads broken ones in
another way in each of its releases; a page of code does neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from html import unescape
from types import MappingProxyType

from falc.formats.templates import HIDDEN
from falc.look import TextFormat
from falc.model import Span

__all__ = ["VOID", "Token", "TokenKind", "alignment_of", "format_of", "is_hidden", "names", "tokens"]


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
_BROKEN_TAG = re.compile(_NAME + "([^>]*+)>")
_ATTRIBUTE = re.compile(r"""([^\s=/>"'\ufdd0]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)(px|pt)\Z")
_POINTS = {"px": 0.75, "pt": 1.0}
_ALIGNMENTS = {
    "left": "left",
    "start": "left",
    "right": "right",
    "end": "right",
    "center": "center",
    "justify": "justify",
}
_FORMATS = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "address"), TextFormat(italic=True)),
    **dict.fromkeys(("b", "strong"), TextFormat(weight=700)),
    "u": TextFormat(underline=True),
}


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
    if kind is TokenKind.START and tag[3]:
        for attribute in _ATTRIBUTE.finditer(tag[3]):
            value = attribute[2] or ""
            attributes.setdefault(attribute[1].lower(), unescape(value[1:-1] if value[:1] in "\"'" else value))
    return Token(kind, Span(tag.start(), tag.end()), tag[2].lower(), attributes, tag[3].endswith("/"))


_WEIGHTS = {"normal": 400, "bold": 700, "bolder": 700, "lighter": 300}


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        yield name.strip(), value.removesuffix("!important").strip()


def format_of(token: Token, inherited: TextFormat) -> TextFormat:
    """Return the look of the text inside an element: its own over the inherited one."""
    look = inherited
    if own := _FORMATS.get(token.name):
        look = replace(look, **{n: v for n in ("weight", "italic", "underline") if (v := getattr(own, n)) is not None})
    for name, value in _declarations(token.attributes.get("style", "")):
        if name == "font-style":
            look = replace(look, italic=value in ("italic", "oblique"))
        elif name == "font-weight":
            look = replace(look, weight=_WEIGHTS.get(value) or (int(value[:4]) if value.isdecimal() else None))
        elif name in ("text-decoration", "text-decoration-line"):
            look = replace(look, underline="underline" in value)
        elif name == "text-transform":
            look = replace(look, capitals=value == "uppercase")
        elif name == "font-size" and (length := _LENGTH.match(value)):
            look = replace(look, size=float(length[1]) * _POINTS[length[2]])
        elif name == "font-family":
            look = replace(look, font=value.split(",")[0].strip(" \"'") or None)
    return look


def alignment_of(token: Token, inherited: str | None) -> str | None:
    """Return the alignment of the text inside an element."""
    alignment = "center" if token.name == "center" else _ALIGNMENTS.get(token.attributes.get("align", "").lower())
    for name, value in _declarations(token.attributes.get("style", "")):
        if name == "text-align":
            alignment = _ALIGNMENTS.get(value, alignment)
    return alignment or inherited


def is_hidden(token: Token) -> bool:
    """Does the tag itself hide its element?"""
    attributes = token.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or ("display", "none") in _declarations(attributes.get("style", ""))
    )
