"""How each paragraph of an Office file should look, whatever the format of the file."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from falc.document import BlockKind
from falc.formats.office.layout import LayoutWants
from falc.formats.office.story import ShownParagraph
from falc.look import LineSpacing, TextFormat

__all__ = ["BODY", "Plan", "Standing", "differences", "growth", "narrow_tables"]

# Where the rules about paragraphs look; headers, footers and notes are left out.
BODY = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.HEADING, BlockKind.CAPTION)
_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL)
_STEP = 2.0  # points: two sizes that far apart are told from one another at a glance
_SLACK = 0.05  # programs round
_RAISED = 4  # letters: « er » of « 1er », the number of a note
_LETTERS_OF_TWO_LINES = 80
_FEW = 2  # one place that is close is no habit
_STOP = re.compile(r"[.!?…:;](?!\w)")
_LAST_STOP = re.compile(r"""[.!?…:;][ \u00a0\u202f»”"]*\Z""")  # « (DRH, etc.) » ends no sentence

_WORD = re.compile(r"\w+")  # an address of the web may break at its signs
_LETTER_WIDTH = 0.55  # of a letter, in times the type size


@dataclass(frozen=True, slots=True)
class Standing:
    """A paragraph and where it stands.

    It is `fixed` where larger text would be cut.  `box` is the text box or the cell around it, `table` the table, and
    `width` that of the cell for the text, in points, when the file tells it.
    """

    paragraph: ShownParagraph
    fixed: bool
    box: Hashable | None = None
    table: Hashable | None = None
    width: float | None = None


class Plan:
    """What the paragraphs of a file should look like, seen all together.

    `standings` are all of them, in order: places in this list name them.  Lengths are in points.
    """

    def __init__(self, wants: LayoutWants, standings: Iterable[Standing]) -> None:
        self._wants = wants
        self._standings = tuple(standings)
        self._all = tuple((standing.paragraph, standing.fixed) for standing in self._standings)
        self._grow, self._mains = _sizes(wants, self._all), [_main_look(paragraph) for paragraph, _ in self._all]

    def grown(self, look: TextFormat) -> float:
        """Return the size that letters with this look should have; they have one."""
        return max(self._grow(look.size or 0.0), _least(self._wants, look.font))

    def is_small(self, look: TextFormat) -> bool:
        """Are letters with this look too small?"""
        return bool(self._wants.size and look.size) and self.grown(look) > (look.size or 0.0)

    def sizes(self, place: int) -> list[float | None]:
        """Return the size of each text of a paragraph to come; the end of « 1er » stays as much smaller as it is."""
        main, before, found = self._mains[place], "", list[float | None]()
        for node in self._all[place][0].nodes:
            size = node.format.size
            raised = before[-1:].isalnum() and sum(map(str.isalnum, node.text)) <= _RAISED
            if size is None:
                found.append(None)
            elif raised and main.size and size < main.size:
                found.append(_half_points(size * self.grown(main) / main.size))
            else:
                found.append(self.grown(node.format))
            before = node.text
        return found

    def goes_left(self, place: int) -> bool:
        """Must a paragraph go to the left?  Those of one box or cell go there together."""
        paragraph, _ = self._all[place]
        if not self._wants.left or paragraph.kind not in BODY:
            return False
        box = self._standings[place].box
        off = _is_off(paragraph) and (box in self._boxes_to_left or _stands_in(paragraph, self._wants.to_left))
        return paragraph.format.alignment == "justify" or off

    def line(self, place: int) -> LineSpacing | None:
        """Return the distance of lines that a paragraph should have, if it is not the one that it has."""
        paragraph, fixed = self._all[place]
        look, line, size = self._mains[place], paragraph.format.line_spacing, self._size_to_come(place)
        least = self._wants.line_spacing
        if least and not fixed and (place in self._close or self._follows(place) or self._is_in_close_table(place)):
            return LineSpacing(round(least / min(self._wants.line_heights.get(look.font or "", 1.0), 1.0), 2), "lines")
        if line and line.unit == "points" and not line.at_least and look.size and size and size > look.size:
            return LineSpacing(line.value * size / look.size, "points")  # larger letters would be cut
        return None

    def spaces(self) -> Mapping[int, float]:
        """Return the space that must come after each paragraph that the next one is too close to."""
        found: dict[int, float] = {}
        ratio = self._wants.space_between
        body = [place for place, (paragraph, _) in enumerate(self._all) if paragraph.kind in BODY]
        for above, below in pairwise(body) if ratio else ():
            (first, _), (second, _), size = self._all[above], self._all[below], self._size_to_come(below)
            texts = all(p.kind is BlockKind.PARAGRAPH and not p.format.floating for p in (first, second))
            if not (texts and ratio and size and self._is_prose(first)) or second.format.blank_before:
                continue
            before = second.format.space_before or 0.0
            if (first.format.space_after or 0.0) + before < (ratio - _SLACK) * size:
                found[above] = _half_points(ratio * size - before)
        return found if len(found) >= _FEW else {}

    @cached_property
    def _boxes_to_left(self) -> frozenset[Hashable]:
        """The boxes and cells in which a paragraph must go to the left although it is not justified."""
        return frozenset(
            standing.box
            for standing in self._standings
            if standing.box is not None
            and standing.paragraph.kind in BODY
            and _is_off(standing.paragraph)
            and _stands_in(standing.paragraph, self._wants.to_left)
        )

    @cached_property
    def _close_tables(self) -> frozenset[Hashable]:
        """The tables in which the lines of a cell are too close."""
        places = (self._standings[place] for place in self._close)
        return frozenset(s.table for s in places if s.table is not None and not s.fixed)

    def _is_in_close_table(self, place: int) -> bool:
        """Must the lines of a cell, however short, go with those of the other cells?"""
        line = self._all[place][0].format.line_spacing
        narrow = line is None or (line.unit == "lines" and line.value < (self._wants.line_spacing or 0.0))
        return self._standings[place].table in self._close_tables and (narrow or self._is_close(place))

    @cached_property
    def _close(self) -> frozenset[int]:
        """The paragraphs whose lines are too close, as the rule sees it."""
        return frozenset(
            place
            for place, (paragraph, _) in enumerate(self._all)
            if paragraph.kind in BODY and self._is_prose(paragraph) and self._is_close(place)
        )

    @cached_property
    def _mostly_close(self) -> bool:
        """Is at least half of the text too close?"""
        prose = {n: len(_text(p)) for n, (p, _) in enumerate(self._all) if p.kind in BODY and self._is_prose(p)}
        return 2 * sum(prose[place] for place in self._close) >= sum(prose.values())

    def _follows(self, place: int) -> bool:
        """Must the lines of a paragraph, however short, go with those of the text around it?"""
        paragraph, _ = self._all[place]
        line, look = paragraph.format.line_spacing, self._mains[place]
        if not self._close or not _is_running(paragraph) or line is None or look.font not in self._wants.line_heights:
            return False
        narrow = line.unit == "lines" and line.value < (self._wants.line_spacing or 0.0)
        return self._is_close(place) or (narrow and self._mostly_close)

    def _is_close(self, place: int) -> bool:
        least, ratio = self._wants.line_spacing, self._line_ratio(place)
        return least is not None and ratio is not None and ratio < least - _SLACK

    def _line_ratio(self, place: int) -> float | None:
        """Return the distance of two lines in times the type size to come, if it is known."""
        spacing, size = self._all[place][0].format.line_spacing, self._size_to_come(place)
        single = self._wants.line_heights.get(self._mains[place].font or "")
        if spacing is None:
            return None
        if spacing.unit == "lines":
            return spacing.value * single if single else None
        ratio = spacing.value / size if size else None
        if ratio is None or not spacing.at_least:
            return ratio
        return max(ratio, single) if single else None

    def _size_to_come(self, place: int) -> float | None:
        look, fixed = self._mains[place], self._all[place][1]
        return self.grown(look) if look.size and self._wants.size and not fixed else look.size

    def _is_prose(self, paragraph: ShownParagraph) -> bool:
        """Does a paragraph hold a sentence and surely take several lines, once its sentences go to the next line?"""
        text = _text(paragraph).strip()
        long = len(text) >= _LETTERS_OF_TWO_LINES or "\n" in text or _stands_in(paragraph, self._wants.breaks)
        return long and _STOP.search(text) is not None


def narrow_tables(wants: LayoutWants, standings: Iterable[Standing]) -> frozenset[Hashable]:
    """Return the tables with small letters in which, once they are large, a word would not fit into its column.

    How wide a word is, is an estimate.  Only the least size counts, so that a second run finds the same tables.
    """
    found: set[Hashable] = set()
    for standing in standings if wants.size else ():
        look = _main_look(standing.paragraph)
        if standing.fixed or standing.table is None or standing.width is None or look.size is None:
            continue
        size = _least(wants, look.font)
        longest = max((len(word) for word in _WORD.findall(_text(standing.paragraph))), default=0)
        if look.size < size and _LETTER_WIDTH * size * longest > standing.width:
            found.add(standing.table)
    return frozenset(found)


def growth(letters: Mapping[float, int], least: float) -> Callable[[float], float]:
    """Return how sizes grow when the text must have `least` points; `letters` counts those of each size.

    What is not larger than the body of the text only reaches `least`.  When the body grows, larger sizes keep their
    order and a step before them, so that headings still look like headings.
    """
    body = Counter(letters).most_common(1)[0][0] if letters else least
    grown: dict[float, float] = {}
    below, shown = body, max(body, least)
    for size in sorted(size for size in letters if size > body):
        grown[size] = max(size, shown + min(size - below, _STEP)) if least > body else size
        below, shown = size, grown[size]
    return lambda size: grown.get(size, max(size, least))


def differences(pairs: Iterable[tuple[ShownParagraph, ShownParagraph]]) -> Mapping[str, int]:
    """Count the paragraphs that look different after a change, for each way to differ."""
    counts: Counter[str] = Counter()
    for old, new in pairs:
        was, became = old.format, new.format
        letters = [(a.format, b.format) for a, b in zip(old.nodes, new.nodes, strict=True)]
        counts["size"] += any(a.size != b.size for a, b in letters)
        counts["upright"] += any(a.italic and not b.italic for a, b in letters)
        counts["left"] += was.alignment != became.alignment
        counts["lines"] += was.line_spacing != became.line_spacing
        counts["space"] += was.space_after != became.space_after
    return counts


def _sizes(wants: LayoutWants, paragraphs: Sequence[tuple[ShownParagraph, bool]]) -> Callable[[float], float]:
    fonts: Counter[str | None] = Counter()
    letters: Counter[float] = Counter()
    for paragraph, fixed in paragraphs:
        for node in paragraph.nodes if not fixed else ():
            if node.format.size:
                count = len(node.text.strip()) if paragraph.kind in _TEXT else 0
                letters[node.format.size] += count
                fonts[node.format.font] += count
    main = fonts.most_common(1)[0][0] if fonts else None
    return growth(letters, _least(wants, main))


def _least(wants: LayoutWants, font: str | None) -> float:
    return _half_points(max(wants.size or 0.0, wants.sizes.get(font or "", 0.0)))


def _half_points(size: float) -> float:
    """Round a size up to what files can hold."""
    return math.ceil(size * 2 - 0.001) / 2


def _main_look(paragraph: ShownParagraph) -> TextFormat:
    """Return the look of most of the characters of a paragraph."""
    lengths: Counter[TextFormat] = Counter()
    for node in paragraph.nodes:
        lengths[node.format] += len(node.text)
    return lengths.most_common(1)[0][0]


def _text(paragraph: ShownParagraph) -> str:
    return "".join(node.text for node in paragraph.nodes)


def _is_off(paragraph: ShownParagraph) -> bool:
    return paragraph.format.alignment in ("center", "right")


def _stands_in(paragraph: ShownParagraph, offsets: Sequence[int]) -> bool:
    """Does one of some offsets, in order, stand in a paragraph?"""
    start, end = paragraph.nodes[0].span.start, paragraph.nodes[-1].span.end
    return bisect_left(offsets, end) > bisect_left(offsets, start)


def _is_running(paragraph: ShownParagraph) -> bool:
    """Is it a part of the running text, or of a list?  An address, a date, a signature are not."""
    if paragraph.kind is BlockKind.PARAGRAPH:
        return _LAST_STOP.search(_text(paragraph).rstrip()) is not None
    return paragraph.kind is BlockKind.LIST_ITEM
