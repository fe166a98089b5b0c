"""Lists as real lists of Word that show the same signs as the source: « • », « 3. », « b) », « 2.1 »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

__all__ = ["Lists"]

_BULLETS = frozenset("•◦▪‣·●○■□–—-✓✔➢")
_COUNTER = re.compile(
    r"(?P<prefix>.*?)(?P<counter>\d{1,4}|[ivxl]{1,7}|[IVXL]{1,7}|[A-Za-z])(?P<suffix>\W*)\Z", re.DOTALL
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_INDENT, _HANGING = 567, 397  # twentieths of a point
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a list shows: `value` is the place in its list, of a numbered one."""

    format: str
    text: str
    value: int = 1


class Lists:
    """Gives each list item the list that it belongs to, and writes the lists."""

    def __init__(self, numbering: etree._Element) -> None:
        self._root = numbering
        identifiers = [int(e.get(qn("w:abstractNumId"), "0")) for e in numbering.iter(qn("w:abstractNum"))]
        self._abstract = max(identifiers, default=-1) + 1
        self._number = max((int(e.get(qn("w:numId"), "0")) for e in numbering.iter(qn("w:num"))), default=0) + 1
        self._first = next(numbering.iter(qn("w:num")), None)
        # (level, format, text) → the list under way and its last value
        self._open: dict[tuple[int, str, str], tuple[int, int]] = {}

    def item(self, marker: str, level: int) -> int:
        """Return the number of the list of the next item, which shows `marker` at `level`, from 1."""
        level = min(max(level, 1), 9) - 1
        signs = list(_signs(marker))
        for sign in signs:
            number, last = self._open.get((level, sign.format, sign.text), (0, 0))
            if number and (sign.format == "bullet" or sign.value == last + 1):
                self._open[level, sign.format, sign.text] = number, sign.value
                return number
        sign = signs[0]
        number = self._new_list(sign, level)
        self._open[level, sign.format, sign.text] = number, sign.value
        return number

    def _new_list(self, sign: _Sign, level: int) -> int:
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), str(self._abstract))
        _child(abstract, "w:multiLevelType", "hybridMultilevel")
        row = etree.SubElement(abstract, qn("w:lvl"))
        row.set(qn("w:ilvl"), str(level))
        _child(row, "w:start", str(sign.value))
        _child(row, "w:numFmt", sign.format)
        _child(row, "w:lvlText", sign.text if sign.format == "bullet" else sign.text.replace("\0", f"%{level + 1}"))
        _child(row, "w:lvlJc", "left")
        properties = etree.SubElement(row, qn("w:pPr"))
        indent = etree.SubElement(properties, qn("w:ind"))
        hanging = _HANGING if len(sign.text) < 3 else _HANGING + 120 * (min(len(sign.text), _LONGEST) - 2)
        indent.set(qn("w:left"), str(_INDENT * level + hanging))
        indent.set(qn("w:hanging"), str(hanging))
        if self._first is None:
            self._root.append(abstract)
        else:
            self._first.addprevious(abstract)
        number = etree.SubElement(self._root, qn("w:num"))
        number.set(qn("w:numId"), str(self._number))
        _child(number, "w:abstractNumId", str(self._abstract))
        if self._first is None:
            self._first = number
        self._abstract += 1
        self._number += 1
        return self._number - 1


def _child(parent: etree._Element, tag: str, value: str) -> None:
    etree.SubElement(parent, qn(tag)).set(qn("w:val"), value)


def _signs(marker: str) -> list[_Sign]:
    """Return what a marker may be, the likeliest first: « i) » follows « h) », or begins Roman numbers."""
    marker = marker.strip()[:_LONGEST]
    match = _COUNTER.match(marker)
    if not match:
        return [_Sign("bullet", marker if marker in _BULLETS else "•" if len(marker) < 2 else marker)]
    # A per cent sign has a meaning of its own in Word.
    text = f"{match['prefix']}\0{match['suffix']}".replace("%", "")
    counter = match["counter"]
    if counter.isdigit():
        return [_Sign("decimal", text, int(counter))]
    upper = counter.isupper()
    signs = []
    roman = _roman(counter.lower())
    if roman:
        signs.append(_Sign("upperRoman" if upper else "lowerRoman", text, roman))
    if len(counter) == 1:
        letter = _Sign("upperLetter" if upper else "lowerLetter", text, ord(counter.lower()) - ord("a") + 1)
        signs.insert(1 if counter in "iI" else 0, letter)
    if not signs or (match["prefix"][-1:].isalpha()):
        return [_Sign("bullet", marker)]
    return signs


def _roman(counter: str) -> int:
    """Return the value of a Roman number as programs write it, or 0."""
    values = [_ROMAN.get(sign, 0) for sign in counter]
    total = sum(-value if any(value < later for later in values[i + 1 :]) else value for i, value in enumerate(values))
    return total if all(values) and _in_roman(total) == counter else 0


def _in_roman(number: int) -> str:
    written = []
    for value, sign in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            written.append(sign)
            number -= value
    return "".join(written)
