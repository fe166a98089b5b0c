"""The lists of an OpenDocument text: what each item shows in front of its text, and how far in it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from falc.formats.office.numbering import BULLET, SYMBOL, WINGDINGS, letters, roman
from falc.formats.office.odt.package import FO, LOEXT, OFFICE, STYLE, TEXT, XML_ID, OdtFile
from falc.formats.office.odt.properties import length, number
from falc.formats.office.odt.styles import ParagraphStyle
from falc.look import ParagraphFormat

_DEEPEST = 10
_SLOT = re.compile(r"%(\d{1,2})%")
_OUTLINE = ""  # the list of the headings has no name
# Symbol fonts draw other signs than the characters say; LibreOffice keeps those of Word in the private area.
_PRIVATE = range(0xE000, 0xF900)
_SIGNS = {0xF000 + code: sign for code, sign in (SYMBOL | WINGDINGS).items()}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.  `pattern` has a slot « %2% » for each number that it shows."""

    bullet: str | None = None
    pattern: str = ""
    kind: str = ""
    start: int = 1
    left: float | None = None
    indent: float | None = None
    added: float | None = None  # old lists: what comes on top of the paragraph's own indent
    label: float = 0.0


@dataclass(slots=True)
class Counter:
    """Where a list is: the last number of each level."""

    numbers: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class ListFrame:
    """A `text:list` that the walk is in."""

    element: etree._Element
    style: str | None
    counter: Counter
    override: str | None = None
    start: int | None = None
    fresh: bool = False  # no paragraph of the current item was met yet


class Lists:
    """The list styles of a document and the lists met so far, which number on as it is read."""

    def __init__(self, file: OdtFile) -> None:
        self._styles: dict[tuple[etree._Element | None, str], Mapping[int, Level]] = {}
        for root in file.roots():
            for outline in root.iterfind(f"{OFFICE}styles/{TEXT}outline-style"):
                self._styles.setdefault((None, _OUTLINE), dict(_levels(outline)))
            for scope, place in ((None, "styles"), (root, "automatic-styles")):
                for element in root.iterfind(f"{OFFICE}{place}/{TEXT}list-style"):
                    key = (scope, element.get(f"{STYLE}name") or "-")
                    self._styles.setdefault(key, dict(_levels(element)))
        self._counters: dict[str, Counter] = {}
        self._by_style: dict[str | None, Counter] = {}
        self._headings = Counter()

    def enter(self, element: etree._Element, outer: ListFrame | None) -> ListFrame:
        """Go into a list, which may go on with one that was met before."""
        style = element.get(f"{TEXT}style-name") or (outer.style if outer else None)
        if outer is not None:
            return ListFrame(element, style, outer.counter)
        name, followed = element.get(XML_ID), element.get(f"{TEXT}continue-list")
        counter = self._counters.get(followed) if followed else None
        if counter is None and element.get(f"{TEXT}continue-numbering") == "true":
            counter = self._by_style.get(style)
        counter = counter or Counter()
        self._by_style[style] = counter
        if name:
            self._counters[name] = counter
        return ListFrame(element, style, counter)

    def enter_item(self, element: etree._Element, frame: ListFrame) -> None:
        """Go into the next item of a list; a header has no number."""
        frame.fresh = element.tag != f"{TEXT}list-header"
        frame.override = element.get(f"{TEXT}style-override")
        frame.start = number(element.get(f"{TEXT}start-value"))

    def level(self, scope: etree._Element, frame: ListFrame, depth: int, style: ParagraphStyle) -> Level:
        """Return the level that a paragraph of a list, `depth` lists in, shows."""
        name = frame.override or frame.style or style.list_style or "-"
        levels = self._styles.get((scope, name)) or self._styles.get((None, name)) or {}
        return levels.get(min(depth, _DEEPEST), Level())

    def count(self, scope: etree._Element, frame: ListFrame, depth: int, style: ParagraphStyle) -> str:
        """Count one more item and return what it shows; a second paragraph of an item shows nothing."""
        if not frame.fresh:
            return ""
        frame.fresh = False
        name = frame.override or frame.style or style.list_style or "-"
        levels = self._styles.get((scope, name)) or self._styles.get((None, name)) or {}
        return _count(levels, frame.counter, min(depth, _DEEPEST), frame.start)

    def count_heading(self, element: etree._Element, level: int) -> str | None:
        """Count one more heading outside lists and return its number, if the headings are numbered."""
        levels = self._styles.get((None, _OUTLINE), {})
        if element.get(f"{TEXT}is-list-header") == "true" or not levels.get(level, Level()).pattern:
            return None
        start = number(element.get(f"{TEXT}start-value"))
        if start is None and element.get(f"{TEXT}restart-numbering") == "true":
            start = levels[level].start
        return _count(levels, self._headings, level, start) or None


def _count(levels: Mapping[int, Level], counter: Counter, depth: int, start: int | None) -> str:
    level = levels.get(depth, Level())
    last = counter.numbers.get(depth)
    counter.numbers[depth] = start if start is not None else level.start if last is None else last + 1
    for deeper in [d for d in counter.numbers if d > depth]:
        del counter.numbers[deeper]
    if level.bullet is not None:
        return level.bullet

    def shown(match: re.Match[str]) -> str:
        at = int(match[1])
        other = levels.get(at, Level())
        return _written(counter.numbers.get(at, other.start), other.kind)

    return _SLOT.sub(shown, level.pattern).strip()


def _levels(style: etree._Element) -> Iterator[tuple[int, Level]]:
    for element in style:
        depth = number(element.get(f"{TEXT}level")) if isinstance(element.tag, str) else None
        if depth is None or not 1 <= depth <= _DEEPEST:
            continue
        start = number(element.get(f"{TEXT}start-value"))
        bullet = element.get(f"{TEXT}bullet-char")
        if element.tag == f"{TEXT}list-level-style-image":
            bullet = BULLET
        kind = element.get(f"{STYLE}num-format") or ""
        yield (
            depth,
            Level(
                bullet=None if bullet is None else "".join(map(_sign, bullet)).strip(),
                pattern=_pattern(element, depth, kind),
                kind=kind,
                start=1 if start is None else start,
                **_indents(element.find(f"{STYLE}list-level-properties")),
            ),
        )


def _pattern(element: etree._Element, depth: int, kind: str) -> str:
    stated = element.get(f"{LOEXT}num-list-format") or element.get(f"{STYLE}num-list-format")
    if stated is not None:
        return stated
    prefix, suffix = element.get(f"{STYLE}num-prefix") or "", element.get(f"{STYLE}num-suffix") or ""
    shown = number(element.get(f"{TEXT}display-levels")) or 1
    numbers = ".".join(f"%{n}%" for n in range(max(depth - shown, 0) + 1, depth + 1)) if kind else ""
    return prefix + numbers + suffix


def _indents(element: etree._Element | None) -> dict[str, float]:
    if element is None:
        return {}
    modern = element.find(f"{STYLE}list-level-label-alignment")
    if modern is not None:
        return {
            "left": length(modern.get(f"{FO}margin-left")) or 0.0,
            "indent": length(modern.get(f"{FO}text-indent")) or 0.0,
        }
    space, label = length(element.get(f"{TEXT}space-before")), length(element.get(f"{TEXT}min-label-width"))
    return {"added": (space or 0.0) + (label or 0.0), "label": label or 0.0}


def indents(
    level: Level, style: ParagraphStyle, hard: bool, shown: ParagraphFormat
) -> tuple[float | None, float | None]:
    """Return how far in a list paragraph stands, and its first line.

    `hard` says that the list is not that of the paragraph's own style: only direct formatting then wins over it.
    """
    left, first = shown.left, shown.first_line
    if level.added is not None:
        return (left or 0.0) + level.added, (first or 0.0) - level.label
    own = style.direct_indents if hard else style.own_indents
    if level.left is not None and "left" not in own:
        left = level.left
    if level.indent is not None and "indent" not in own:
        first = level.indent
    return left, first


def _sign(character: str) -> str:
    code = ord(character)
    return _SIGNS.get(code, BULLET) if code in _PRIVATE else character


def _written(count: int, kind: str) -> str:
    """Return a number as lists write it: 3, c, C, iii, III."""
    if not kind:
        return ""
    written = {"a": letters, "i": roman}.get(kind.lower(), str)(count)
    return written.upper() if kind.isupper() else written
