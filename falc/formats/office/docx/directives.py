"""Comments of a Word document that give falc an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from falc.formats.office.directives import Trail, may_order, order_of
from falc.formats.office.docx.comment_marks import MARKS
from falc.formats.office.docx.story import Paragraph
from falc.formats.office.package import Package, W
from falc.model import Directive, FalcError, Span

__all__ = ["directives_of", "orders_of"]

_START, _END, _REFERENCE = MARKS
_TEXT, _PARAGRAPH, _ID = f"{W}t", f"{W}p", f"{W}id"


def orders_of(package: Package) -> Mapping[str, str]:
    """Return what the comments of a document ask of falc, by their identifiers."""
    part = package.related(package.main, "comments")
    try:
        if part is None or not may_order(package.read(part)):
            return {}
        comments = list(package.xml(part).iterchildren(f"{W}comment"))
    except FalcError:  # what the comments say is not needed to read the letter
        return {}
    said = {
        comment.get(_ID, ""): order_of(
            comment.get(f"{W}author", ""),
            ("".join(text.text or "" for text in p.iter(_TEXT)) for p in comment.iter(_PARAGRAPH)),
        )
        for comment in comments
    }
    return {identifier: order for identifier, order in said.items() if order is not None}


def directives_of(
    package: Package, orders: Mapping[str, str], paragraphs: Sequence[Paragraph]
) -> tuple[Directive, ...]:
    """Return the orders, each with the words that its comment hangs on; `paragraphs` are all that the file shows."""
    places = {node.first: (node.span, p.story.place) for p in paragraphs for node in p.nodes}
    found: list[Directive] = []
    for part in dict.fromkeys((package.main, *(paragraph.story.part for paragraph in paragraphs))):
        trail = _trail(package.xml(part), places)
        found += trail.directives(orders.items())
    return tuple(sorted(found, key=lambda directive: directive.span))


def _trail(root: etree._Element, places: Mapping[etree._Element, tuple[Span, str]]) -> Trail:
    trail = Trail()
    for event, element in etree.iterwalk(root, ("start", "end")):
        if event == "start" and element in places:
            trail.show(*places[element])
        if element.tag == _PARAGRAPH:
            trail.enter() if event == "start" else trail.leave()
        elif event == "end":
            continue
        elif element.tag == _START:
            trail.start(element.get(_ID, ""))
        elif element.tag == _END:
            trail.end(element.get(_ID, ""))
        elif element.tag == _REFERENCE:  # it stands behind the words, or alone
            trail.start(element.get(_ID, ""))
            trail.end(element.get(_ID, ""))
    return trail
