"""Comments of an OpenDocument text that give falc an order."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from lxml import etree

from falc.formats.office.directives import Trail, order_of
from falc.formats.office.odt.package import DC, OFFICE, TEXT, OdtFile
from falc.formats.office.odt.story import Paragraph
from falc.model import Directive, Span

__all__ = ["directives_of", "orders_of"]

_ANNOTATION, _END, _NAME = f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{OFFICE}name"
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")


def orders_of(file: OdtFile) -> Mapping[etree._Element, str]:
    """Return what the comments of a file ask of falc."""
    said = {
        annotation: order_of(
            annotation.findtext(f"{DC}creator") or "",
            ("".join(map(str, p.itertext())) for p in annotation.iter(f"{TEXT}p")),
        )
        for root in file.roots()
        for annotation in root.iter(_ANNOTATION)
    }
    return {annotation: order for annotation, order in said.items() if order is not None}


def directives_of(
    file: OdtFile, orders: Mapping[etree._Element, str], paragraphs: Sequence[Paragraph]
) -> tuple[Directive, ...]:
    """Return the orders, each with the words that its comment hangs on; `paragraphs` are all that the file shows."""
    places: dict[tuple[etree._Element, bool], tuple[Span, Hashable]] = {}
    for paragraph in paragraphs:
        start = paragraph.nodes[0].span.start
        for source in paragraph.sources:
            if source.shown:
                end = start + len(source.shown)
                places[source.element, source.is_tail] = Span(start, end), paragraph.flow
                start = end
    found: list[Directive] = []
    for root in file.roots():
        trail, names = _trail(root, places)
        named = ((names[annotation], order) for annotation, order in orders.items() if annotation in names)
        found += trail.directives(named)
    return tuple(sorted(found, key=lambda directive: directive.span))


def _trail(
    root: etree._Element, places: Mapping[tuple[etree._Element, bool], tuple[Span, Hashable]]
) -> tuple[Trail, dict[etree._Element, Hashable]]:
    """Return the trail of a tree, and how each comment is called on it."""
    trail, names, inside = Trail(), dict[etree._Element, Hashable](), 0
    for event, element in etree.iterwalk(root, ("start", "end")):
        is_start = event == "start"
        if element.tag == _ANNOTATION:
            if is_start:
                names[element] = element.get(_NAME) or len(names)
                trail.start(names[element])
            inside += 1 if is_start else -1
        elif element.tag == _END and is_start:
            trail.end(element.get(_NAME))
        elif element.tag in _PARAGRAPHS and is_start:
            trail.enter()
        if is_start and (element, False) in places:
            trail.show(*places[element, False])
        elif not is_start:
            if element.tag in _PARAGRAPHS:
                trail.leave()
            if (element, True) in places:
                trail.show(*places[element, True])
    return trail, names
