"""What the paragraphs and runs of a Word file should look like, and the few elements to change for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from falc.formats.office.docx.layout_causes import Causes, Holders, Property, Twins, drop, winner
from falc.formats.office.docx.layout_places import Place, ShownRun
from falc.formats.office.package import Package, W

Stated = tuple[tuple[str, str], ...]  # attributes and their values

SIZE = Property("rPr", "sz")
_COMPLEX_SIZE = Property("rPr", "szCs")
ALIGNMENT = Property("pPr", "jc")
LINES = Property("pPr", "spacing", "line")
AFTER = Property("pPr", "spacing", "after")
CONTEXTUAL = Property("pPr", "contextualSpacing")
_CONTEXTUAL_PATH = f"{W}pPr/{W}contextualSpacing"
LEFT: Stated = (("val", "left"),)
START: Stated = (("val", "start"),)
# What hides the value that is set.
_STRONGER = {"after": ("afterAutospacing", "afterLines")}


@dataclass(frozen=True, slots=True)
class Wish:
    """What one paragraph or run has of a property and what it wants; it follows the others when it wants nothing.

    `keeps` means that it must stay as it is, whatever happens around it; `weight` is its share in decisions.
    """

    place: Place
    run: ShownRun | None
    now: Stated
    wanted: Stated | None = None
    keeps: bool = False
    weight: int = 1

    @property
    def carrier(self) -> etree._Element:
        return self.place.element if self.run is None else self.run.element

    @property
    def asks(self) -> bool:
        return self.wanted not in (None, self.now)


class Changer:
    """Changes properties where they are stated, and remembers which parts changed."""

    def __init__(self, package: Package, causes: Causes, styles_part: str | None) -> None:
        self.package, self.causes = package, causes
        self._styles_part, self.twins = styles_part, Twins()
        self.changes = 0

    def touch(self, part: str | None = None) -> None:
        """Note a change of the part, of the styles without a name."""
        self.changes += 1
        name = part or self._styles_part
        if name is not None:
            self.package.touch(name)

    def holders(self, wish: Wish) -> Holders:
        """Return the elements that may state a property, strongest first."""
        run = None if wish.run is None else wish.run.element
        levels = self.causes.levels(run, wish.place.element, wish.place.table)
        return tuple(holder for level in levels for holder in level)

    def settle(self, wishes: Iterable[Wish], prop: Property, *, unanimous: bool = False, share: float = 0.0) -> None:
        """Fulfil the wishes about one property: in a style when a style is the cause, else in the text itself.

        The style takes the value that most of its text wants.  When it must be `unanimous`, or when less than a `share`
        of it asks, the text changes instead.
        """
        groups: dict[etree._Element | None, list[Wish]] = {}
        for wish in wishes:
            groups.setdefault(winner(self.holders(wish), prop), []).append(wish)
        direct: list[Wish] = []
        for holder, group in groups.items():
            asking = [wish for wish in group if wish.asks and not wish.keeps]
            cause = self.causes.base if holder is None else holder
            if not asking:
                continue
            values: Counter[Stated] = Counter()
            for wish in group:
                if wish.wanted is not None and not wish.keeps:
                    values[wish.wanted] += wish.weight
            few = sum(wish.weight for wish in asking) < share * sum(wish.weight for wish in group)
            is_direct = any(holder is wish.carrier for wish in asking)
            if is_direct or cause is None or few or (unanimous and len(values) > 1) or not values.total():
                direct += asking
            else:
                write(cause, prop, values.most_common(1)[0][0])
                self.touch()
        for wish in direct:
            self.write_direct(wish, prop)

    def write_direct(self, wish: Wish, prop: Property) -> None:
        """Give a paragraph or a run what it wants: by what is beneath its own format, if that is it."""
        wanted = wish.now if wish.keeps or wish.wanted is None else wish.wanted
        below = winner(self.holders(wish)[1:], prop)
        said = None if below is None else prop.stated(below)
        enough = prop is ALIGNMENT if said is None else _says(said, wanted)
        for carrier in (wish.carrier, *self.twins.of(wish.carrier)):
            stated = prop.stated(carrier)
            if enough and stated is not None:
                _unsay(carrier, prop, wanted)
            else:
                write(carrier, prop, wanted)
        self.touch(wish.place.part)

    def mend(self, wishes: Iterable[tuple[Wish, Stated]], prop: Property, least: bool = False) -> None:
        """Write in the text itself what its styles did not give it; each wish comes with what its carrier has now.

        More than what is wanted is good too when it is the `least`.
        """
        for wish, has in wishes:
            wanted = wish.now if wish.keeps else wish.wanted
            if wanted is None or _same(has, wanted) or not (wish.asks or wish.keeps):
                continue
            if least and not wish.keeps and int(has[0][1]) >= int(wanted[0][1]):
                continue
            contextual = any(holder.find(_CONTEXTUAL_PATH) is not None for holder in self.holders(wish))
            if prop is AFTER and not wish.keeps and contextual:
                for carrier in (wish.carrier, *self.twins.of(wish.carrier)):
                    CONTEXTUAL.made(carrier).set(f"{W}val", "0")
            self.write_direct(wish, prop)


def write(holder: etree._Element, prop: Property, wanted: Stated) -> None:
    """State a property."""
    for element in prop.all_stated(holder) or [prop.made(holder)]:
        for name, value in wanted:
            element.set(W + name, value)
        for name in _STRONGER.get(prop.attribute, ()):
            element.attrib.pop(W + name, "")
    for other in _COMPLEX_SIZE.all_stated(holder) if prop is SIZE else ():
        other.set(f"{W}val", wanted[0][1])


def _unsay(holder: etree._Element, prop: Property, wanted: Stated) -> None:
    for element in prop.all_stated(holder):
        for name in (*(name for name, _ in wanted), *_STRONGER.get(prop.attribute, ())):
            element.attrib.pop(W + name, "")
        if not element.attrib:
            drop(element)
    for other in _COMPLEX_SIZE.all_stated(holder) if prop is SIZE else ():
        drop(other)


def _says(element: etree._Element, wanted: Stated) -> bool:
    said = tuple((name, element.get(W + name, "auto" if name == "lineRule" else "")) for name, _ in wanted)
    return _same(said, wanted)


def _same(one: Stated, other: Stated) -> bool:
    return one == other or {one, other} == {LEFT, START}
