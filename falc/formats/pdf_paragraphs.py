"""From the lines of a PDF to its paragraphs, by their places, sizes and signs: a PDF says no more."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from falc.document import BlockKind
from falc.formats.pdf_lines import Line
from falc.texts import texts

__all__ = ["Paragraph", "edges", "joined", "paragraphs"]

# Private signs are the bullets of symbol fonts.
_MARKER = re.compile(
    r"(?:[•◦▪▫‣·●○■□➢➤✓✔\ue000-\uf8ff]\s*|[-–—]\s+|(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\d{1,2}[°º]|[a-z]\))\s+)(?=\S)"
)
_LABEL = re.compile(r"[^\W\d_][\w'’ .-]{1,24} ?:")
_DIGITS = re.compile(r"\d+")
_NEAR = 3.0  # points: two edges are one
_BIGGER = 1.12  # a heading against the text
_SAME_SIZE = 0.06
_LOOSER = 1.25  # the distance of two paragraphs against that of two lines
_CLOSEST, _FARTHEST = 0.5, 2.2  # of two lines, for a type size of 1
_USUAL = 1.5
_LONG = 40  # letters of a line that may go on
_EDGE_LINES = 3  # of a page, that may be a running header or footer
_REPEATED = 3  # pages, or all pages of a shorter file
_WIDE = 20  # times the type size: a column of text, not a list of short lines
_DEEP = 45.0  # points: how far the text of a list item stands from its sign
_LONGEST_HEADING = 150


@dataclass(slots=True)
class Paragraph:
    """Lines that make one block."""

    lines: list[Line]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: str = ""
    pitch: float = 0.0  # between its first two lines


def edges(lines: Sequence[Line]) -> tuple[list[Line], list[Paragraph]]:
    """Return the lines of the text itself, and the running headers and footers, each once."""
    pages: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    places: defaultdict[tuple[str, int], list[Line]] = defaultdict(list)
    for page in pages.values():
        by_height = sorted(page, key=lambda line: line.bottom)
        for line in dict.fromkeys((*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:])):
            places[_DIGITS.sub("#", line.text), round(line.bottom / _NEAR)].append(line)
    enough = max(min(_REPEATED, len(pages)), 2)
    repeated = [found for found in places.values() if len({line.page for line in found}) >= enough]
    gone = {line for found in repeated for line in found}
    middle = (max((line.bottom for line in lines), default=0) + min((line.bottom for line in lines), default=0)) / 2
    running = [
        Paragraph([found[0]], BlockKind.HEADER if found[0].bottom > middle else BlockKind.FOOTER) for found in repeated
    ]
    running.sort(key=lambda paragraph: (paragraph.kind is BlockKind.FOOTER, -paragraph.lines[0].bottom))
    return [line for line in lines if line not in gone], running


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Return the paragraphs, headings and list items that `lines` make."""
    columns, pitch, found = _columns(lines), _pitch(lines), list[Paragraph]()
    for line in lines:
        marker = _MARKER.match(line.text)
        if found and not marker and _goes_on(found[-1], line, columns, pitch):
            last = found[-1]
            if len(last.lines) == 1:
                last.pitch = last.lines[0].bottom - line.bottom
            last.lines.append(line)
        elif marker:
            text = line.text[marker.end() :]
            found.append(Paragraph([replace(line, text=text)], BlockKind.LIST_ITEM, 1, marker[0].strip()))
        else:
            found.append(Paragraph([line]))
    _find_headings(found)
    return found


def _columns(lines: Iterable[Line]) -> dict[int, float]:
    """Return how far to the right the lines reach that begin at one place."""
    reach: dict[int, float] = {}
    for line in lines:
        key = round(line.left / _NEAR)
        reach[key] = max(reach.get(key, 0.0), line.right)
    return reach


def _pitch(lines: Sequence[Line]) -> float:
    """Return the usual distance of two lines, for a type size of 1."""
    distances: Counter[float] = Counter()
    for last, line in pairwise(lines):
        distance = (last.bottom - line.bottom) / last.size if last.size > 0 else 0.0
        alike = (last.page, last.size, last.bold) == (line.page, line.size, line.bold) and abs(
            last.left - line.left
        ) < _DEEP
        if alike and len(last.text) >= _LONG and _CLOSEST < distance < _FARTHEST:
            distances[round(distance, 1)] += 1
    return distances.most_common(1)[0][0] if distances else _USUAL


def _goes_on(paragraph: Paragraph, line: Line, columns: dict[int, float], pitch: float) -> bool:
    """Is `line` the next line of a paragraph?"""
    last = paragraph.lines[-1]
    if last.cut:
        return True
    if abs(line.size - last.size) > _SAME_SIZE * last.size or line.bold != last.bold:
        return False
    small = line.text[0].islower()
    if line.page != last.page:
        return small and last.text[-1] not in ".?!:;"
    distance = last.bottom - line.bottom
    if abs(distance) < _NEAR and 0 <= line.left - last.right + _NEAR < 2 * last.size:
        return True  # the same line, cut by the mark of a note
    usual = paragraph.pitch or pitch * last.size
    if not _CLOSEST * last.size < distance <= usual * _LOOSER:
        return False
    if not _aligned(paragraph, line):
        return False
    return small or _is_full(last, line, columns)


def _aligned(paragraph: Paragraph, line: Line) -> bool:
    first, last = paragraph.lines[0], paragraph.lines[-1]
    if paragraph.kind is BlockKind.LIST_ITEM:
        return -_NEAR <= line.left - first.left <= _DEEP
    if len(paragraph.lines) == 1:  # the first line may be indented, or hang out
        return abs(line.left - first.left) <= _DEEP
    lefts = (one.left for one in paragraph.lines[-2:])  # a mark of a note may have cut the last line
    return any(abs(line.left - left) <= _NEAR for left in lefts) or abs(_middle(line) - _middle(last)) <= _NEAR


def _middle(line: Line) -> float:
    return (line.left + line.right) / 2


def _is_full(last: Line, line: Line, columns: dict[int, float]) -> bool:
    """Would the first word of `line` have gone past the margin after `last`?"""
    edge = max(columns[round(one.left / _NEAR)] for one in (last, line))
    if edge - last.left < _WIDE * last.size:
        return False
    word = line.text.split(maxsplit=1)[0]
    letter = (line.right - line.left) / len(line.text)
    return last.right + letter * (len(word) + 1) > edge


def _find_headings(found: Sequence[Paragraph]) -> None:
    """Say which paragraphs are headings: short, and larger or bolder than the text."""
    letters: Counter[float] = Counter()
    for paragraph in found:
        for line in paragraph.lines:
            letters[line.size] += len(line.text) * (1 if not line.bold else 0) + 1
    if not letters:
        return
    usual = letters.most_common(1)[0][0]
    looks = {}
    for index, paragraph in enumerate(found):
        first, text = paragraph.lines[0], " ".join(line.text for line in paragraph.lines)
        if paragraph.kind is not BlockKind.PARAGRAPH or len(text) > _LONGEST_HEADING or not text[0].isalnum():
            continue
        larger, bold = first.size >= usual * _BIGGER, all(line.bold for line in paragraph.lines)
        ends = text[-1] not in ".,;:"
        followed = index + 1 < len(found) and not _is_heading_like(found[index + 1], usual)
        if ends and not _LABEL.match(text) and (larger or (bold and followed)):
            looks[index] = (first.size, bold)
    levels = {look: level for level, look in enumerate(sorted(set(looks.values()), reverse=True), 1)}
    for index, look in looks.items():
        found[index].kind, found[index].level = BlockKind.HEADING, min(levels[look], 9)


def _is_heading_like(paragraph: Paragraph, usual: float) -> bool:
    return paragraph.lines[0].bold and paragraph.lines[0].size < usual * _BIGGER


def joined(lines: Sequence[Line], known: frozenset[str]) -> Iterator[tuple[Line, str]]:
    """Yield the lines of a paragraph with what stands after each: a space, a hyphen, nothing.

    `known` are the words of the document, in small letters: they tell « sous-préfet » from « adminis-tration ».
    """
    for index, line in enumerate(lines):
        if index + 1 == len(lines):
            yield line, "-" if line.cut else ""
        elif not line.cut:
            yield line, " "
        else:
            yield line, "-" if _is_compound(line.text, lines[index + 1].text, known) else ""


def _is_compound(before: str, after: str, known: frozenset[str]) -> bool:
    said = texts()["pdf"]
    first = re.split(r"[\s'’(«]", before)[-1].lower()
    second = re.split(r"[\s,;:.!?)»’']", after)[0].lower()
    if f"{first}-{second}" in known:
        return True
    if first + second in known:
        return False
    whole = second.rstrip("-") if "-" not in second else second.split("-")[0]
    plain = first.rsplit("-", 1)[-1]
    compound = plain in said["before_hyphen"] or whole in said["after_hyphen"]
    return compound or not after[:1].islower() or not before[-1:].islower()
