"""Change the look of an OpenDocument text: in the styles that say it, or in new ones for single paragraphs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from falc.formats.office.layout import LayoutFixed, LayoutWants
from falc.formats.office.layout_plan import BODY, Plan, differences
from falc.formats.office.odt.layout_breaks import break_lines
from falc.formats.office.odt.layout_places import Place, held_in, places
from falc.formats.office.odt.layout_styles import (
    AFTER,
    ALIGNMENT,
    CONTEXTUAL,
    LINES,
    POSTURE,
    SIZE,
    Holders,
    Property,
    StyleBook,
    winner,
)
from falc.formats.office.odt.package import open_odt
from falc.formats.office.odt.text import saved_odt
from falc.formats.office.story import collection_paused
from falc.look import LineSpacing, TextFormat

__all__ = ["fix_layout_odt"]

_ROUNDS = 8
_HALF = 0.5  # a style does not change for the few


def fix_layout_odt(data: bytes, wants: LayoutWants) -> LayoutFixed:
    """Return an OpenDocument text with the look that `wants` asks for; its words stay.

    Parts that need no change stay too.  Raises FalcError when the file cannot be read.
    """
    with collection_paused():
        return _Fixing(data, wants).fixed(data)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a paragraph, or one of its texts, has of a property and wants; one that `keeps` stays as it is."""

    place: Place
    index: int | None  # of the text
    now: str
    wanted: str | None = None
    keeps: bool = False
    weight: int = 1

    @property
    def asks(self) -> bool:
        return self.wanted not in (None, self.now)


class _Fixing:
    def __init__(self, data: bytes, wants: LayoutWants) -> None:
        self._wants, self._file = wants, open_odt(data)
        self._book = StyleBook(self._file)
        self._before = places(self._file, self._book)
        self._plan = Plan(wants, (place.standing for place in self._before))

    def fixed(self, data: bytes) -> LayoutFixed:
        book = self._book
        wishes = [
            (SIZE, list(self._size_wishes())),
            (POSTURE, list(self._posture_wishes())),
            (ALIGNMENT, list(self._alignment_wishes())),
            (LINES, list(self._line_wishes())),
            (AFTER, list(self._space_wishes())),
        ]
        after, done = self._before, -1
        for prop, found in wishes:
            self._settle(prop, found)
        asked = any(wish.asks for _, found in wishes for wish in found)
        for _ in range(_ROUNDS if asked else 0):
            if len(book.changed) == done:
                break
            done = len(book.changed)
            after = places(self._file, book)
            direct: dict[tuple[etree._Element, str | None], tuple[Place, dict[Property, str]]] = {}
            for prop, found in wishes:
                self._mend(prop, found, after, direct)
            for (element, span), (place, wanted) in direct.items():
                book.derive(element, span, place.origin.scope, wanted)
        pairs = [(old.paragraph, new.paragraph) for old, new in zip(self._before, after, strict=True)]
        broken = break_lines(after, self._wants.breaks, book) if self._wants.breaks else 0
        changed = {**differences(pairs), "breaks": broken, "boxes": self._boxes()}
        book.tidy()
        content = saved_odt(self._file, data, book.changed)
        return LayoutFixed(content, MappingProxyType({name: count for name, count in changed.items() if count}))

    def _size_wishes(self) -> Iterator[_Wish]:
        for number, place in enumerate(self._before if self._wants.size else ()):
            for index, wanted in enumerate(self._plan.sizes(number)):
                node = place.texts[index][0]
                if node.format.size is not None and wanted is not None:
                    goal, letters = None if place.fixed else _points(wanted), sum(map(str.isalnum, node.text))
                    yield _Wish(place, index, _points(node.format.size), goal, place.fixed, letters)

    def _posture_wishes(self) -> Iterator[_Wish]:
        for place in self._before if self._wants.upright else ():
            for index, (node, _) in enumerate(place.texts):
                if any(map(str.isalnum, node.text)):
                    yield _Wish(place, index, _posture(node.format), "normal")

    def _alignment_wishes(self) -> Iterator[_Wish]:
        for number, place in enumerate(self._before if self._wants.left else ()):
            now = place.paragraph.format.alignment
            if place.paragraph.kind in BODY and now is not None and now != "left":
                yield _Wish(place, None, now, "start" if self._plan.goes_left(number) else now, weight=_letters(place))

    def _line_wishes(self) -> Iterator[_Wish]:
        for number, place in enumerate(self._before):
            wanted = self._plan.line(number)
            keeps = place.fixed or (wanted is None and place.paragraph.kind not in BODY)
            goal = None if keeps or wanted is None else _line(wanted)
            yield _Wish(place, None, _line(place.paragraph.format.line_spacing), goal, keeps, _letters(place))

    def _space_wishes(self) -> Iterator[_Wish]:
        wanted = self._plan.spaces()
        for number, place in enumerate(self._before if wanted else ()):
            now, space = _points(place.paragraph.format.space_after or 0.0), wanted.get(number)
            keeps = place.fixed or place.paragraph.kind not in BODY
            yield _Wish(place, None, now, None if keeps or space is None else _points(space), keeps)

    def _holders(self, wish: _Wish, prop: Property) -> Holders:
        if wish.index is None or prop.group == "paragraph":
            return self._book.paragraphs(wish.place.origin)
        return self._book.letters(wish.place.texts[wish.index][1])

    def _settle(self, prop: Property, wishes: Sequence[_Wish]) -> None:
        """Fulfil wishes in the styles that say what the text has now: shared styles first."""
        groups: dict[etree._Element, list[_Wish]] = defaultdict(list)
        below: dict[etree._Element, set[Holders]] = defaultdict(set)
        for wish in wishes:
            holders = self._holders(wish, prop)
            index = winner(holders, prop)
            if holders:
                index = len(holders) - 1 if index is None else index
                groups[holders[index]].append(wish)
                below[holders[index]].add(holders[index + 1 :])
        for holder in sorted(groups, key=self._book.is_automatic):
            value = self._decided(prop, groups[holder])
            if value is None:
                continue
            if self._book.is_automatic(holder) and all(_say(under, prop) == value for under in below[holder]):
                prop.drop(holder)  # what is beneath says it
            else:
                prop.write(holder, value)
            self._book.touch(holder)

    def _decided(self, prop: Property, group: Sequence[_Wish]) -> str | None:
        """Return what a style must say for its texts, if it is for the style to change."""
        asking = [wish for wish in group if wish.asks and not wish.keeps]
        values: Counter[str] = Counter()
        for wish in group:
            if wish.wanted is not None and not wish.keeps:
                values[wish.wanted] += wish.weight
        share = _HALF if prop in (LINES, AFTER) else 0.0
        few = sum(wish.weight for wish in asking) < share * sum(wish.weight for wish in group)
        if not asking or few or not values.total() or (prop in (ALIGNMENT, LINES) and len(values) > 1):
            return None
        return values.most_common(1)[0][0]

    def _mend(
        self,
        prop: Property,
        wishes: Sequence[_Wish],
        after: Sequence[Place],
        direct: dict[tuple[etree._Element, str | None], tuple[Place, dict[Property, str]]],
    ) -> None:
        """Gather what the styles did not give to single paragraphs or to words in them."""
        now = {place.element: place for place in after}
        for wish in wishes:
            place = now[wish.place.element]
            wanted = wish.now if wish.keeps else wish.wanted
            if wanted is None or not (wish.asks or wish.keeps) or _has(prop, place, wish, wanted):
                continue
            spans = place.texts[wish.index][1].spans if wish.index is not None else ()
            its = direct.setdefault((place.element, spans[-1] if spans else None), (place, {}))[1]
            its[prop] = wanted
            if prop is AFTER and not wish.keeps and place.paragraph.contextual:
                its[CONTEXTUAL] = "false"

    def _boxes(self) -> int:
        """Count the frames, drawings and rows whose letters stay too small."""
        small = (
            held_in(place.element)
            for place in self._before
            if place.fixed and any(self._plan.is_small(node.format) for node, _ in place.texts)
        )
        return len(set(small)) if self._wants.size else 0


def _say(holders: Holders, prop: Property) -> str | None:
    """Return what some styles, the strongest first, say together."""
    index = winner(holders, prop)
    return None if index is None else prop.stated(holders[index])


def _points(length: float) -> str:
    return f"{round(length, 2):g}pt"


def _posture(look: TextFormat) -> str:
    return "italic" if look.italic else "normal"


def _letters(place: Place) -> int:
    return sum(len(node.text) for node, _ in place.texts)


def _line(line: LineSpacing | None) -> str:
    if line is None or line.unit == "lines":
        return f"{round(100 * (line.value if line else 1.0))}%"
    return _points(line.value)


def _has(prop: Property, place: Place, wish: _Wish, wanted: str) -> bool:
    """Has a paragraph, or the text of a wish in it, what it wants?  More space and larger letters are good too."""
    shown = place.paragraph.format
    if prop in (SIZE, POSTURE):
        look = place.texts[wish.index or 0][0].format
        if prop is POSTURE:
            return _posture(look) == wanted
        least = float(wanted.removesuffix("pt")) - 0.01
        return _points(look.size or 0.0) == wanted or (not wish.keeps and (look.size or 0.0) >= least)
    if prop is ALIGNMENT:
        return (shown.alignment or "left") == ("left" if wanted == "start" else wanted)
    if prop is LINES:
        return _line(shown.line_spacing) == wanted
    return _points(shown.space_after or 0.0) == wanted or (
        not wish.keeps and (shown.space_after or 0.0) >= float(wanted.removesuffix("pt")) - 0.01
    )
