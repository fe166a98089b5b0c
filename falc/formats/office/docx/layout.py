"""Change the look of a Word file: in a style when the style is the cause, else where the text itself says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from types import MappingProxyType

from lxml import etree

from falc.formats.office.docx.layout_breaks import break_lines
from falc.formats.office.docx.layout_causes import Causes, Property, drop, group_of
from falc.formats.office.docx.layout_places import Place, Places, ShownRun
from falc.formats.office.docx.layout_wishes import AFTER, ALIGNMENT, LEFT, LINES, SIZE, START, Changer, Stated, Wish
from falc.formats.office.docx.properties import is_on
from falc.formats.office.layout import LayoutFixed, LayoutWants
from falc.formats.office.layout_plan import BODY, Plan, differences, narrow_tables
from falc.formats.office.package import W, open_package
from falc.formats.office.story import collection_paused
from falc.look import LineSpacing

__all__ = ["fix_layout_docx"]

_ROUNDS = 8  # italics of styles based on one another come to light one after the other
_HALF = 0.5  # a style does not change for the few
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/"  # where « left » is not a value
_ITALICS = (f"{W}i", f"{W}iCs")


def fix_layout_docx(data: bytes, wants: LayoutWants) -> LayoutFixed:
    """Return a Word file with the look that `wants` asks for; its words stay, and so do parts that need no change.

    Raises FalcError when the file cannot be read.
    """
    with collection_paused():
        return _Fixing(data, wants).fixed(data)


class _Fixing:
    def __init__(self, data: bytes, wants: LayoutWants) -> None:
        self._wants, self._package = wants, open_package(data)
        styles = self._package.related(self._package.main, "styles")
        causes = Causes(None if styles is None else self._package.xml(styles))
        self._changer = Changer(self._package, causes, styles)
        self._left = START if _STRICT in self._package.read(self._package.main) else LEFT
        self._walk = Places(self._package)
        found = [(place, place.standing) for place in self._walk]
        self._narrow = narrow_tables(wants, (standing for _, standing in found))
        self._before = [replace(p, fixed=True) if s.table in self._narrow else p for p, s in found]
        self._plan = Plan(wants, (replace(s, fixed=p.fixed) for p, (_, s) in zip(self._before, found, strict=True)))

    def fixed(self, data: bytes) -> LayoutFixed:
        wishes = [
            (SIZE, list(self._size_wishes()), False),
            (ALIGNMENT, list(self._alignment_wishes()), False),
            (LINES, list(self._line_wishes()), False),
            (AFTER, list(self._space_wishes()), True),
        ]
        after, changer = self._before, self._changer
        for prop, found, _ in wishes:
            changer.settle(
                found, prop, unanimous=prop in (ALIGNMENT, LINES), share=_HALF if prop in (LINES, AFTER) else 0
            )
        self._upright(after)
        done = 0
        for _ in range(_ROUNDS):
            if changer.changes == done:
                break
            done = changer.changes
            after = list(self._walk)
            now = {place.element: place for place in after}
            shown = {run.element: run for place in after for run in place.runs}
            for prop, found, least in wishes:
                seen = ((wish, now[wish.place.element], shown.get(wish.carrier)) for wish in found)
                # A mark that says nothing of its own any longer looks like its paragraph.
                kept = [(wish, _look(prop, place, run)) for wish, place, run in seen if wish.run is None or run]
                changer.mend(kept, prop, least)
            self._upright(after)
        pairs = [(old.paragraph, new.paragraph) for old, new in zip(self._before, after, strict=True)]
        broken = break_lines(self._package, after, self._wants.breaks) if self._wants.breaks else 0
        changed = {**differences(pairs), "breaks": broken, "boxes": self._boxes(), "tables": len(self._narrow)}
        content = self._package.save() if changer.changes or broken else data
        return LayoutFixed(content, MappingProxyType({name: count for name, count in changed.items() if count}))

    def _size_wishes(self) -> Iterator[Wish]:
        for index, place in enumerate(self._before if self._wants.size else ()):
            sizes = self._plan.sizes(index)
            for run in place.runs:
                size = run.format.size
                wanted = self._plan.grown(run.format) if run.node is None else sizes[run.node]
                if size is not None and wanted is not None:
                    wish = Wish(place, run, _size(size), weight=run.letters)
                    yield replace(wish, keeps=True) if place.fixed else replace(wish, wanted=_size(wanted))

    def _alignment_wishes(self) -> Iterator[Wish]:
        for index, place in enumerate(self._before if self._wants.left else ()):
            now = place.paragraph.format.alignment
            if place.paragraph.kind in BODY and now is not None and now != "left":
                wanted = self._left if self._plan.goes_left(index) else (("val", now),)
                yield Wish(place, None, (("val", now),), wanted, weight=len(place.text))

    def _line_wishes(self) -> Iterator[Wish]:
        for index, place in enumerate(self._before):
            if place.paragraph.format.line_spacing is not None:
                wanted = self._plan.line(index)
                wish = Wish(place, None, _look(LINES, place, None), weight=len(place.text))
                kept = place.fixed or (wanted is None and place.paragraph.kind not in BODY)
                yield replace(wish, keeps=True) if kept else replace(wish, wanted=_line(wanted) if wanted else None)

    def _space_wishes(self) -> Iterator[Wish]:
        wanted = self._plan.spaces()
        for index, place in enumerate(self._before if wanted else ()):
            now, space = _look(AFTER, place, None), wanted.get(index)
            kept = place.fixed or place.paragraph.kind not in BODY
            yield Wish(place, None, now, None if space is None or kept else _space(space), kept)

    def _upright(self, places: Sequence[Place]) -> None:
        """Take away what makes letters lean, wherever it is said."""
        if not self._wants.upright:
            return
        for place in places:
            leaning = [run for run in place.runs if run.format.italic and (run.letters or run.is_of_field)]
            for run in leaning:
                self._straighten(place, run)
            if leaning and _unlean(place.element.find(f"{W}pPr")):
                self._changer.touch(place.part)

    def _straighten(self, place: Place, run: ShownRun) -> None:
        changer = self._changer
        direct, *levels = changer.causes.levels(run.element, place.element, place.table)
        unleaned = [_unlean(group_of(carrier, "rPr")) for carrier in (*direct, *changer.twins.of(run.element))]
        if True in unleaned:
            changer.touch(place.part)
            return
        for level in levels:
            for holder in level:
                group = group_of(holder, "rPr")
                stated = None if group is None else group.find(_ITALICS[0])
                if stated is not None and not is_on(stated):
                    break  # what this style is based on does not come through
                if _unlean(group):
                    changer.touch()

    def _boxes(self) -> int:
        """Count the boxes and rows whose letters stay too small."""
        small = (
            next(place.element.iterancestors(f"{W}tr", f"{W}txbxContent"), place.element)
            for place in self._before
            if place.fixed and any(run.letters and self._plan.is_small(run.format) for run in place.runs)
            if place.standing.table not in self._narrow
        )
        return len(set(small)) if self._wants.size else 0


def _unlean(group: etree._Element | None) -> bool:
    """Take away italics that are switched on; tell whether there were some."""
    found = [] if group is None else [child for child in group if child.tag in _ITALICS and is_on(child)]
    for element in found:
        drop(element)
    return bool(found)


def _size(size: float) -> Stated:
    return (("val", str(round(size * 2))),)


def _space(points: float) -> Stated:
    return (("after", str(round(20 * points))),)


def _line(line: LineSpacing) -> Stated:
    if line.unit == "lines":
        return (("line", str(round(240 * line.value))), ("lineRule", "auto"))
    return (("line", str(ceil(20 * line.value - 0.01))), ("lineRule", "atLeast" if line.at_least else "exact"))


def _look(prop: Property, place: Place, run: ShownRun | None) -> Stated:
    """Return what a run, or a paragraph, has of a property, as the file writes it."""
    look = place.paragraph.format
    if prop is SIZE:
        return _size((run.format.size if run else None) or 0.0)
    if prop is ALIGNMENT:
        return (("val", look.alignment or "left"),)
    if prop is AFTER:
        return _space(look.space_after or 0.0)
    return _line(look.line_spacing or LineSpacing(1.0, "lines"))
