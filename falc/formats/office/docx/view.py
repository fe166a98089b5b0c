"""Which text of a file under revision is read: with its tracked changes made, or as it was before them.

Tracked changes of formatting are not undone: the look that is read is always the one of today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from falc.formats.office.docx.properties import is_on
from falc.formats.office.package import W
from falc.model import Revisions

_P, _PPR, _RPR = f"{W}p", f"{W}pPr", f"{W}rPr"
# What may stand between two paragraphs and shows nothing.
_MARKS = frozenset(
    W + name + side
    for name in ("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange", "customXmlInsRange")
    for side in ("Start", "End")
) | {f"{W}proofErr", f"{W}customXmlDelRangeStart", f"{W}customXmlDelRangeEnd"}
_AROUND = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml"})


@dataclass(frozen=True, slots=True)
class View:
    """One state of a revised document.

    `absent` are the elements whose content it lacks; in the properties of a paragraph mark, a row or a cell, the same
    names and `cell` tell that it lacks them.  `text` and `instruction` are the elements that hold its words.
    """

    absent: frozenset[str]
    cell: str
    text: frozenset[str]
    instruction: frozenset[str]

    def joins_next(self, paragraph: etree._Element, properties: etree._Element | None) -> bool:
        """Does this view lack the end of a paragraph, so that the next one continues it?"""
        mark = None if properties is None else properties.find(_RPR)
        if mark is None or not any(child.tag in self.absent for child in mark):
            return False
        following = paragraph.getnext()
        while following is not None and following.tag in _MARKS:
            following = following.getnext()
        return following is not None and following.tag == _P

    def has_table(self, table: etree._Element) -> bool:
        """Is a table in this view?  Not one whose rows are all absent."""
        first = next(_parts(table, f"{W}tr"), None)
        return first is None or self.has_row(first.find(f"{W}trPr")) or self.rows(table) > 0

    def rows(self, table: etree._Element) -> int:
        """Count the rows of a table."""
        return sum(self.has_row(row.find(f"{W}trPr")) for row in _parts(table, f"{W}tr"))

    def columns(self, row: etree._Element) -> int:
        """Count the cells of a row."""
        return sum(self.has_cell(cell.find(f"{W}tcPr")) for cell in _parts(row, f"{W}tc"))

    def has_row(self, properties: etree._Element | None) -> bool:
        """Is a row with these properties in this view?"""
        return properties is None or not any(child.tag in self.absent for child in properties)

    def has_cell(self, properties: etree._Element | None) -> bool:
        """Is a cell with these properties in this view?"""
        return properties is None or properties.find(self.cell) is None


_GONE, _NEW = frozenset({f"{W}del", f"{W}moveFrom"}), frozenset({f"{W}ins", f"{W}moveTo"})
_TEXT, _INSTRUCTION = frozenset({f"{W}t"}), frozenset({f"{W}instrText"})
ACCEPTED = View(_GONE, f"{W}cellDel", _TEXT, _INSTRUCTION)
VIEWS: Mapping[Revisions, View] = MappingProxyType(
    {
        Revisions.ACCEPTED: ACCEPTED,
        Revisions.ORIGINAL: View(_NEW, f"{W}cellIns", _TEXT | {f"{W}delText"}, _INSTRUCTION | {f"{W}delInstrText"}),
    }
)


def is_hidden_row(properties: etree._Element | None) -> bool:
    """Is a row with these properties not displayed?"""
    return properties is not None and is_on(properties.find(f"{W}hidden"))


def _parts(around: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, also those in content controls."""
    stack = [iter(around)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            stack.append(iter(child))
