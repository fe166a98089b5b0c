"""The rules and declarations of a style sheet, with exact positions.

The scan is linear and forgives what browsers forgive; values and selectors are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from falc.formats.templates import HIDDEN
from falc.model import Span

__all__ = ["Import", "Rule", "Setting", "declarations", "media_of", "rules"]

_SIGN = re.compile(
    r"""/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|"(?:[^"\\\n]++|\\[\s\S])*+"?|'(?:[^'\\\n]++|\\[\s\S])*+'?|\\[\s\S]
    |\burl\([ \t]*+(?!["'])[^()\n]*+\)|[{}();\[\]]""",
    re.VERBOSE | re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?")
_LEAD = re.compile(r"(?:[\s\ufdd0]++|/\*(?:[^*]++|\*(?!/))*+\*/|<!--|-->)*+")
_NAME = re.compile(r"-{0,2}[\w-]{1,100}")
_IMPORT = re.compile(
    r"""@import\s++(?:url\(\s*+)?+(?:"([^"]*+)"|'([^']*+)'|([^\s"')]++))\s*+\)?+(?P<rest>[\s\S]*+)""", re.IGNORECASE
)
_MEDIUM = re.compile(r"(?:only\s++)?(?:(all|screen)|([a-z-]++))\Z|(not)\s++([a-z]++)\Z")
_ALWAYS = re.compile(r"\(\s*+min-(?:device-)?width\s*+:\s*+0(?:px|em|rem)?\s*+\)\Z")
# The size of a screen: such rules are for some readers.
_SOME = re.compile(r"\(\s*+(?:(?:min|max)-(?:device-)?(?:width|height)\s*+:|(?:width|height)\s*+[<>]|orientation\s*+:)")
_LONGEST_PRELUDE = 10_000


@dataclass(frozen=True, slots=True)
class Setting:
    """One declaration as written; `span` counts in the text of its sheet."""

    property: str
    value: str
    important: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Rule:
    """Declarations for what `selector` says; those that do not `apply` are for some screens only."""

    selector: str
    settings: tuple[Setting, ...]
    applies: bool = True
    layered: bool = False  # any rule outside a layer comes before it


@dataclass(frozen=True, slots=True)
class Import:
    """Another sheet to put here."""

    address: str


@dataclass(slots=True)
class _Frame:
    """What an open brace holds: rules, declarations (`selector` is not None) or nothing to read."""

    read: bool = True
    applies: bool = True
    layered: bool = False
    selector: str | None = None
    settings: list[Setting] = field(default_factory=list)


def declarations(css: str, start: int, end: int) -> Iterator[Setting]:
    """Yield the declarations of `start:end` of a text: the value of a style attribute."""
    depth, at = 0, start
    for sign in _SIGN.finditer(css, start, end):
        if sign[0] in ("(", "[", "{"):
            depth += 1
        elif sign[0] in (")", "]", "}"):
            depth = max(0, depth - 1)
        elif sign[0] == ";" and not depth:
            yield from _setting(css, at, sign.start())
            at = sign.end()
    yield from _setting(css, at, end)


def rules(css: str, start: int, end: int) -> Iterator[Rule | Import]:
    """Yield the rules of `start:end` of a text, in order, but for those no screen shows."""
    frames, depth, at = [_Frame()], 0, start
    ignored = 0  # open braces inside one that is not read
    for sign in _SIGN.finditer(css, start, end):
        kind, frame = sign[0], frames[-1]
        if kind in ("(", "["):
            depth += 1
        elif kind in (")", "]"):
            depth = max(0, depth - 1)
        elif kind == "{":
            if frame.read:
                frames.append(_opened(css, at, sign.start(), frame))
            else:
                ignored += 1
            depth, at = 0, sign.end()
        elif kind == "}":
            yield from _closed(css, at, sign.start(), frame)
            if ignored:
                ignored -= 1
            elif len(frames) > 1:
                frames.pop()
            depth, at = 0, sign.end()
        elif kind == ";" and not depth:
            if frame.read and frame.selector is not None:
                frame.settings += _setting(css, at, sign.start())
            elif frame.read and len(frames) == 1:
                yield from _import(css, at, sign.start())
            at = sign.end()
    while frames:
        yield from _closed(css, at, end, frames.pop())
        at = end


def _closed(css: str, start: int, end: int, frame: _Frame) -> Iterator[Rule]:
    if frame.read and frame.selector is not None:
        frame.settings += _setting(css, start, end)
        if frame.settings:
            yield Rule(frame.selector, tuple(frame.settings), frame.applies, frame.layered)


def _opened(css: str, start: int, end: int, around: _Frame) -> _Frame:
    lead = _LEAD.match(css, start, end)
    start = lead.end() if lead else start
    if not around.read or around.selector is not None or end - start > _LONGEST_PRELUDE:
        return _Frame(read=False)
    prelude = " ".join(_COMMENT.sub(" ", css[start:end]).split())
    if not prelude.startswith("@"):
        return _Frame(True, around.applies, around.layered, prelude)
    name, _, condition = prelude[1:].partition(" ")
    name, condition = name.lower(), condition.strip().lower()
    if "(" in name:
        name, condition = name.split("(")[0], name[name.index("(") :] + condition
    if name == "media":
        shown, always = media_of(condition)
        return _Frame(shown, around.applies and always, around.layered)
    if name == "supports":
        return _Frame(not condition.startswith("not"), around.applies, around.layered)
    return _Frame(name == "layer", around.applies, True)


def media_of(condition: str) -> tuple[bool, bool]:
    """Say of a media query: do some screens show its rules, do all of them?"""
    queries = [query.strip() for query in condition.lower().split(",")] if condition.strip() else []
    if not queries:
        return True, True
    always = any(all(_holds(part) for part in query.split(" and ")) for query in queries)
    return always or any(all(_holds(part, _SOME) for part in query.split(" and ")) for query in queries), always


def _holds(part: str, also: re.Pattern[str] | None = None) -> bool:
    part = part.strip()
    if medium := _MEDIUM.match(part):
        return bool(medium[1]) or (bool(medium[3]) and medium[4] not in ("all", "screen"))
    return bool(_ALWAYS.match(part) or (also and also.match(part)))


def _import(css: str, start: int, end: int) -> Iterator[Import]:
    lead = _LEAD.match(css, start, end)
    found = _IMPORT.match(css, lead.end() if lead else start, end)
    if found and media_of(_COMMENT.sub(" ", found["rest"]))[1]:
        yield Import((found[1] or found[2] or found[3] or "").strip())


def _setting(css: str, start: int, end: int) -> Iterator[Setting]:
    lead = _LEAD.match(css, start, end)
    start = lead.end() if lead else start
    end = _without_tail(css, start, end)
    colon = css.find(":", start, end)
    if colon < 0:
        return
    name, value = css[start:colon].strip(), _COMMENT.sub(" ", css[colon + 1 : end]).strip()
    before, mark, after = value.rpartition("!")
    important = bool(mark) and after.strip().lower() == "important"
    value = before.strip() if important else value
    if value and _NAME.fullmatch(name):
        yield Setting(name if name.startswith("--") else name.lower(), value, important, Span(start, end))


def _without_tail(css: str, start: int, end: int) -> int:
    """Return where `start:end` ends without the spaces and comments at its end."""
    while start < end:
        if css[end - 1].isspace() or css[end - 1] == HIDDEN:
            end -= 1
        elif css.endswith("*/", start, end) and (opening := css.rfind("/*", start, end - 2)) >= 0:
            end = opening
        else:
            break
    return end
