"""The shown paragraphs of a Word file with their runs, and which of them stand where nothing can grow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from falc.formats.office.docx.properties import number
from falc.formats.office.docx.story import Gathered, Paragraph, TextNode
from falc.formats.office.docx.styles import Styles, TableLook, load_styles, value_of
from falc.formats.office.docx.tables import TableCursor
from falc.formats.office.docx.text import live_paragraphs
from falc.formats.office.layout_plan import Standing
from falc.formats.office.package import Package, W
from falc.look import TextFormat

_P, _R, _TBL, _TR, _TC, _BOX = (W + tag for tag in ("p", "r", "tbl", "tr", "tc", "txbxContent"))
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_FIELD = (f"{W}fldChar", f"{W}instrText")
_MARGINS = 10.8  # points: those that Word gives to a cell, left and right together
_MOST_COLUMNS = 63  # in Word
_READ = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run that shows something; `letters` counts what there is to read in it, `node` is its number in the paragraph.

    A run that makes a field work shows nothing, but programs give its look to the value: it has no letters or number.
    The mark of a paragraph, which the label of a list looks like, is a run without letters or number, whose element is
    the `w:pPr`.
    """

    element: etree._Element
    format: TextFormat
    letters: int
    node: int | None = None

    @property
    def is_of_field(self) -> bool:
        """Does it only make a field work?"""
        return self.node is None and self.element.tag == _R


@dataclass(frozen=True, slots=True)
class Place:
    """A shown paragraph, the table around it, and whether it stands where larger text would be cut."""

    paragraph: Paragraph
    runs: tuple[ShownRun, ...]
    table: TableLook | None
    fixed: bool

    @property
    def element(self) -> etree._Element:
        return self.paragraph.element

    @property
    def part(self) -> str:
        return self.paragraph.story.part

    @property
    def text(self) -> str:
        return "".join(node.text for node in self.paragraph.nodes)

    @property
    def standing(self) -> Standing:
        """Say where it stands: in which box or cell, in which table, between which walls."""
        box = next(self.element.iterancestors(_TC, _BOX), None)
        if box is None or box.tag == _BOX:
            return Standing(self.paragraph, self.fixed, box)
        return Standing(self.paragraph, self.fixed, box, next(box.iterancestors(_TBL), None), _width(box))


class Places:
    """Walks a file, as often as its look changes."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._tables: dict[str, dict[etree._Element, TableLook | None]] = {}

    def __iter__(self) -> Iterator[Place]:
        styles = load_styles(self._package)
        for paragraph in live_paragraphs(self._package, Gathered()):
            table = self._tables_of(paragraph.story.part).get(paragraph.element)
            runs = (*_runs(paragraph), *_field_runs(paragraph, styles, table), *_mark(paragraph, styles, table))
            yield Place(paragraph, runs, table, _is_fixed(paragraph.element))

    def _tables_of(self, part: str) -> dict[etree._Element, TableLook | None]:
        if part not in self._tables:
            styles = load_styles(self._package)
            cursors = [TableCursor("", styles)]
            found: dict[etree._Element, TableLook | None] = {}
            walk = etree.iterwalk(self._package.xml(part), ("start", "end"), (_P, _TBL, _TR, _TC, _BOX))
            for event, element in walk:
                tag, starts, cursor = element.tag, event == "start", cursors[-1]
                if tag == _BOX:  # a text box stands in no table
                    cursors = [*cursors, TableCursor("", styles)] if starts else cursors[:-1]
                elif tag == _TBL and starts:
                    cursor.enter_table(element, 0)
                elif tag == _TBL:
                    cursor.leave(0)
                elif starts and tag == _TR:
                    cursor.enter_row(element)
                elif starts and tag == _TC:
                    cursor.enter_cell(element)
                elif starts and cursor.look is not None:
                    found[element] = cursor.look
            self._tables[part] = found
        return self._tables[part]


def _mark(paragraph: Paragraph, styles: Styles, table: TableLook | None) -> Iterator[ShownRun]:
    properties = paragraph.element.find(f"{W}pPr")
    mark = None if properties is None else properties.find(f"{W}rPr")
    if properties is not None and (mark is not None or paragraph.format.marker):
        style = styles.style_of(value_of(properties, "pStyle"))
        yield ShownRun(properties, styles.run(mark, style, table).format, 0)


def _field_runs(paragraph: Paragraph, styles: Styles, table: TableLook | None) -> Iterator[ShownRun]:
    """Yield the runs of a paragraph that begin, tell, part and end fields."""
    style = styles.style_of(value_of(paragraph.element.find(f"{W}pPr"), "pStyle"))
    known: dict[etree._Element, None] = {}
    for mark in paragraph.element.iter(*_FIELD):
        run = mark.getparent()
        if run is not None and run.tag == _R and next(run.iterancestors(_P), None) is paragraph.element:
            known[run] = None
    for run in known:
        if run.find(f"{W}t") is None:
            yield ShownRun(run, styles.run(run.find(f"{W}rPr"), style, table).format, 0)


def _runs(paragraph: Paragraph) -> Iterator[ShownRun]:
    """Yield the runs of a paragraph, each once."""
    known: dict[etree._Element, None] = {}
    order: dict[etree._Element, int] = {}
    for place, node in enumerate(paragraph.nodes):
        if not order and node.first is not node.last:
            order = {run: at for at, run in enumerate(paragraph.element.iter(_R))}
        letters = len(_READ.findall(node.text))
        for run in _runs_of(node, order):
            if run not in known:
                known[run] = None
                yield ShownRun(run, node.format, letters, place)


def _runs_of(node: TextNode, order: dict[etree._Element, int]) -> Iterable[etree._Element]:
    first, last = _run_around(node.first), _run_around(node.last)
    if first is None or last is None:
        return list(node.first.iterchildren(_R))  # a field in one element
    if first is last or first not in order or last not in order:
        return [first] if first is last else [first, last]
    return islice(order, order[first], order[last] + 1)


def _run_around(element: etree._Element) -> etree._Element | None:
    return element if element.tag == _R else next(element.iterancestors(_R), None)


def _width(cell: etree._Element) -> float | None:
    """Return how wide the text of a cell may be, in points: as the cell says, else as its columns do."""
    properties = cell.find(f"{W}tcPr")
    said = None if properties is None else properties.find(f"{W}tcW")
    twips = None
    if said is not None and said.get(f"{W}type") == "dxa":
        twips = number(said.get(f"{W}w"))
    row = cell.getparent()
    grid = None if row is None else next(row.iterancestors(_TBL)).find(f"{W}tblGrid")
    if not twips and row is not None and grid is not None:
        before = islice(cell.itersiblings(_TC, preceding=True), _MOST_COLUMNS)
        first = sum(_columns(other) for other in before)
        first += number(value_of(row.find(f"{W}trPr"), "gridBefore")) or 0
        columns = islice(grid.iterchildren(f"{W}gridCol"), max(first, 0), max(first, 0) + _columns(cell))
        twips = sum(number(column.get(f"{W}w")) or 0 for column in columns)
    return twips / 20 - _MARGINS if twips and twips > 0 else None


def _columns(cell: etree._Element) -> int:
    return min(max(number(value_of(cell.find(f"{W}tcPr"), "gridSpan")) or 1, 1), _MOST_COLUMNS)


def _is_fixed(paragraph: etree._Element) -> bool:
    """Does a paragraph stand in a text box, a row or a frame of a fixed height, which cuts what is too high?"""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    if frame is not None and frame.get(f"{W}hRule") == "exact":
        return True
    for around in paragraph.iterancestors(_TR, _BOX):
        if around.tag == _BOX:
            return not _box_grows(around)
        height = around.find(f"{W}trPr/{W}trHeight")
        if height is not None and height.get(f"{W}hRule") == "exact" and value_of(around.find(f"{W}trPr"), "trHeight"):
            return True
    return False


def _box_grows(content: etree._Element) -> bool:
    shape = next(content.iterancestors(f"{_WPS}wsp"), None)
    if shape is not None:
        return shape.find(f"{_WPS}bodyPr/{_A}spAutoFit") is not None
    box = next(content.iterancestors(f"{_V}textbox"), None)
    return box is not None and "mso-fit-shape-to-text:t" in (box.get("style") or "").replace(" ", "")
