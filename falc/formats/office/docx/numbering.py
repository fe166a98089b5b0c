"""The lists of a Word document: what each paragraph shows in front of its text, and how far in it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from falc.formats.office.docx.properties import Properties, PropertyReader, is_on, number, value_of
from falc.formats.office.numbering import BULLET, SYMBOL, WINGDINGS, letters, roman
from falc.formats.office.package import W

_DEEPEST = 9
_LONGEST = 64  # what a list shows: each of its paragraphs repeats it
_SLOT = re.compile(r"%([1-9])")
_SIGNS = {"symbol": SYMBOL, "wingdings": WINGDINGS}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int
    kind: str
    text: str
    font: str | None
    legal: bool  # all numbers of its marker are plain
    restart: int | None  # the level, from 1, that starts it again; 0 is none
    style: str | None  # the paragraph style that belongs to it
    hidden: bool
    indents: Properties


@dataclass(frozen=True, slots=True)
class _List:
    """A `w:num`: `counter` names what it counts with, which several lists may share."""

    counter: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The list definitions of a document and the counters of its lists, which move on as it is read."""

    def __init__(self, root: etree._Element | None, reader: PropertyReader) -> None:
        self._reader = reader
        self._abstract: dict[str, etree._Element] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = defaultdict(lambda: [None] * _DEEPEST)
        self._begun: set[str] = set()
        if root is None:
            return
        for element in root.iterchildren(f"{W}abstractNum"):
            self._abstract.setdefault(element.get(f"{W}abstractNumId") or "", element)
        # A list may borrow its levels from a numbering style, which the definition behind it names.
        styled = {name: identifier for identifier, e in self._abstract.items() if (name := value_of(e, "styleLink"))}
        for element in root.iterchildren(f"{W}num"):
            counter = value_of(element, "abstractNumId") or ""
            link = value_of(self._abstract.get(counter), "numStyleLink")
            levels = dict(self._levels(self._abstract.get(styled.get(link or "", counter))))
            starts = {}
            for override in element.iterchildren(f"{W}lvlOverride"):
                index = number(override.get(f"{W}ilvl"))
                start = number(value_of(override, "startOverride"))
                if index is not None and 0 <= index < _DEEPEST:
                    levels |= dict(self._levels(override))
                    if start is not None:
                        starts[index] = start
            self._lists.setdefault(element.get(f"{W}numId") or "", _List(counter, levels, starts))

    def _levels(self, parent: etree._Element | None) -> Iterator[tuple[int, Level]]:
        for element in () if parent is None else parent.iterchildren(f"{W}lvl"):
            index = number(element.get(f"{W}ilvl"))
            if index is None or not 0 <= index < _DEEPEST:
                continue
            fonts = element.find(f"{W}rPr/{W}rFonts")
            start = number(value_of(element, "start"))
            indents = dict(self._reader.pairs(element.find(f"{W}pPr")))
            yield (
                index,
                Level(
                    start=0 if start is None else start,
                    kind=value_of(element, "numFmt") or "decimal",
                    text=BULLET
                    if element.find(f"{W}lvlPicBulletId") is not None
                    else (value_of(element, "lvlText") or "")[:_LONGEST],
                    font=None if fonts is None else (fonts.get(f"{W}ascii") or "").lower(),
                    legal=is_on(element.find(f"{W}isLgl")),
                    restart=number(value_of(element, "lvlRestart")),
                    style=value_of(element, "pStyle"),
                    hidden=is_on(element.find(f"{W}rPr/{W}vanish")),
                    indents={name: indents[name] for name in ("left", "right", "first_line") if name in indents},
                ),
            )

    def level(self, list_id: str, index: int) -> Level | None:
        """Return a level, counted from 0, of a list."""
        found = self._lists.get(list_id)
        return None if found is None else found.levels.get(index)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """Return the level of a list that belongs to a paragraph style."""
        found = self._lists.get(list_id)
        levels = found.levels.items() if found else ()
        return next((index for index, level in levels if level.style == style), None)

    def count(self, list_id: str, index: int) -> str:
        """Count one more paragraph of a list and return what it shows in front of its text."""
        found = self._lists.get(list_id)
        level = found.levels.get(index) if found else None
        if found is None or level is None:
            return ""
        counter = self._counters[found.counter]
        if list_id not in self._begun:
            self._begun.add(list_id)
            for deeper in found.starts:
                counter[deeper] = None
        current = counter[index]
        counter[index] = found.starts.get(index, level.start) if current is None else current + 1
        for deeper in range(index + 1, _DEEPEST):
            below = found.levels.get(deeper)
            restart = None if below is None else below.restart
            if restart is None or index < restart:
                counter[deeper] = None
        return "" if level.hidden else _marker(found, level, counter)


def _marker(found: _List, level: Level, counter: list[int | None]) -> str:
    if level.kind == "bullet":
        return "".join(_sign(character, level.font or "") for character in level.text).strip()

    def value(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        shown = found.levels.get(index)
        count = counter[index]
        if count is None:  # Word shows where a level that has not begun would start
            count = found.starts.get(index, shown.start if shown else 1)
        return _written(count, "decimal" if level.legal or shown is None else shown.kind)

    return _SLOT.sub(value, level.text).strip()


def _sign(character: str, font: str) -> str:
    code = ord(character)
    private = 0xF000 <= code <= 0xF0FF
    signs = next((signs for name, signs in _SIGNS.items() if font.startswith(name)), None)
    if private or signs:
        return (signs or SYMBOL).get(code & 0xFF, BULLET)
    return character


def _written(count: int, kind: str) -> str:
    if count < 0 or kind in ("none", "bullet"):
        return "" if kind in ("none", "bullet") else str(count)
    if kind.endswith(("Letter", "Roman")):
        written = letters(count) if kind.endswith("Letter") else roman(count)
        return written.upper() if kind.startswith("upper") else written
    if kind == "decimalZero":
        return f"{count:02d}"
    if kind == "decimalEnclosedCircle" and 0 < count <= 20:
        return chr(0x2460 + count - 1)
    return f"- {count} -" if kind == "numberInDash" else str(count)
