"""Tracked changes of an OpenDocument text: the marks among its words, and what `text:tracked-changes` says of them.

Deleted words go into `text:tracked-changes`, as the standard wants: programs that know no changes then show the new
text.  Headers and footers have changes of their own; notes and text boxes share those of the text that holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, takewhile

from lxml import etree

from falc.formats.office.odt.package import DC, OFFICE, STYLE, TEXT, XML_ID
from falc.formats.office.odt.rewriting import Line, Slot
from falc.formats.office.review import Reviewer, writable

__all__ = ["Changes"]

_TRACKED, _REGION = f"{TEXT}tracked-changes", f"{TEXT}changed-region"
_ID, _CHANGE_ID = f"{TEXT}id", f"{TEXT}change-id"
_HOLDERS = frozenset(
    {f"{OFFICE}text", *(f"{STYLE}{edge}{page}" for edge in ("header", "footer") for page in ("", "-left", "-first"))}
)
_KEPT_STYLE = (f"{TEXT}style-name", f"{TEXT}cond-style-name", f"{TEXT}outline-level")
_PREFIXES = {"text": TEXT[1:-1], "office": OFFICE[1:-1], "dc": DC[1:-1]}
_ALL_IDS = etree.XPath("//@xml:id | //@text:id", namespaces={"text": TEXT[1:-1]}, smart_strings=False)


class Changes:
    """Writes changes of one reviewer into the trees of a file."""

    def __init__(self, roots: Iterable[etree._Element], reviewer: Reviewer) -> None:
        self._author, self._date = writable(reviewer.author), reviewer.clock
        self._taken = {str(name) for root in roots if isinstance(names := _ALL_IDS(root), list) for name in names}
        self._number = 0
        self._holders: dict[etree._Element, etree._Element] = {}

    def deletion(self, paragraph: etree._Element, runs: Sequence[tuple[Slot, str]]) -> etree._Element:
        """Take note that words of a paragraph are deleted, each in its slot; return the mark of their place."""
        identifier, change = self._region(paragraph, "deletion")
        _write_deleted(change, paragraph, runs)
        return _mark("change", identifier)

    def insertion(self, paragraph: etree._Element) -> tuple[etree._Element, etree._Element]:
        """Take note that words are added to a paragraph; return the marks before and after them."""
        identifier, _ = self._region(paragraph, "insertion")
        return _mark("change-start", identifier), _mark("change-end", identifier)

    def _region(self, paragraph: etree._Element, kind: str) -> tuple[str, etree._Element]:
        identifier = self._new_id()
        region = etree.SubElement(self._tracked(paragraph), _REGION, {XML_ID: identifier, _ID: identifier})
        change = etree.SubElement(region, TEXT + kind)
        info = etree.SubElement(change, f"{OFFICE}change-info")
        etree.SubElement(info, f"{DC}creator").text = self._author
        etree.SubElement(info, f"{DC}date").text = self._date
        return identifier, change

    def _new_id(self) -> str:
        while True:
            self._number += 1
            identifier = f"ct{self._number}"
            if identifier not in self._taken:
                return identifier

    def _tracked(self, paragraph: etree._Element) -> etree._Element:
        """Return what holds the changes of the text that a paragraph stands in."""
        holder = next(parent for parent in paragraph.iterancestors() if parent.tag in _HOLDERS)
        tracked = self._holders.get(holder)
        if tracked is None:
            tracked = holder.find(_TRACKED)
            if tracked is None:
                # Without the attribute, LibreOffice would record what people write next.
                tracked = etree.Element(_TRACKED, {f"{TEXT}track-changes": "false"}, nsmap=_PREFIXES)
                forms = holder.find(f"{OFFICE}forms")
                if forms is None:
                    holder.insert(0, tracked)
                else:
                    forms.addnext(tracked)
            self._holders[holder] = tracked
        return tracked


def _mark(kind: str, identifier: str) -> etree._Element:
    return etree.Element(TEXT + kind, {_CHANGE_ID: identifier})


def _write_deleted(change: etree._Element, paragraph: etree._Element, runs: Sequence[tuple[Slot, str]]) -> None:
    """Copy deleted words into a paragraph of `change`, in the spans that they stood in."""
    style = {key: value for key in _KEPT_STYLE if (value := paragraph.get(key)) is not None}
    opened = [(paragraph, etree.SubElement(change, paragraph.tag, style))]
    swallows, left = True, sum(len(text) for _, text in runs)
    for inner, group in groupby(runs, lambda run: _holder(run[0])):
        around = [inner, *inner.iterancestors()]
        around = around[around.index(paragraph) :: -1]
        del opened[_shared([element for element, _ in opened], around) :]
        for element in around[len(opened) :]:
            attributes = {str(key): str(value) for key, value in element.items() if key != XML_ID}
            opened.append((element, etree.SubElement(opened[-1][1], element.tag, attributes)))
        text, line, copy = "".join(text for _, text in group), Line(swallows), opened[-1][1]
        left -= len(text)
        line.text(text)
        if not left:
            line.end()
        swallows = line.swallows
        if len(copy):
            line.put_after(copy[-1])
        else:
            line.put_in(copy)


def _holder(slot: Slot) -> etree._Element:
    """Return the element that the characters of a slot stand in."""
    if not (slot.is_tail or slot.is_spaces):
        return slot.element
    parent = slot.element.getparent()
    if parent is None:
        raise ValueError("what is around a paragraph holds no characters")
    return parent


def _shared(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many items two sequences have in common at their start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
