"""Tracked changes of an OpenDocument text: which words are read, as made or as not made.

The words of an insertion stand between two marks, as those of a deletion may; but most often deleted words are kept
elsewhere, and one mark says where they stood.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from falc.formats.office.odt.package import TEXT, XML_ID
from falc.model import Revisions

__all__ = ["CHANGE", "CHANGES", "ChangeCursor", "View", "view_of"]

CHANGE, _START, _END = f"{TEXT}change", f"{TEXT}change-start", f"{TEXT}change-end"
CHANGES = frozenset({_START, _END})
_INSERTION, _DELETION = f"{TEXT}insertion", f"{TEXT}deletion"


@dataclass(frozen=True, slots=True)
class View:
    """One state of a revised text: the changes whose marked words it lacks, and the deletions that it undoes."""

    absent: frozenset[str] = frozenset()
    undone: dict[str, etree._Element] = field(default_factory=dict)


def view_of(roots: Iterable[etree._Element], revisions: Revisions) -> View:
    """Return how trees are read with their changes made, or not made.

    A change that is both deletes what somebody had added: it is shown neither before nor after.
    """
    absent: set[str] = set()
    undone: dict[str, etree._Element] = {}
    for root in roots:
        for region in root.iter(f"{TEXT}changed-region"):
            names = [name for key in (f"{TEXT}id", XML_ID) if (name := region.get(key))]
            added, deletion = region.find(_INSERTION) is not None, region.find(_DELETION)
            if deletion is not None if revisions is Revisions.ACCEPTED else added:
                absent.update(names)
            elif deletion is not None:
                undone.update(dict.fromkeys(names, deletion))
    return View(frozenset(absent), undone)


class ChangeCursor:
    """Follows the walk in and out of changes.

    `undoes` is true inside a deletion that is undone, and `between` if that is outside its paragraphs: what stands
    there is no text.  Its blanks do not count for those around it: `after_blank` tells whether the file shows no blank
    behind the mark.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._open: set[str] = set()
        self._mark: etree._Element | None = None
        self._part: etree._Element | None = None
        self._parts = 0
        self.undoes = self.between = self.after_blank = False

    @property
    def muted(self) -> bool:
        """Are words that come next not shown?"""
        return bool(self._open) and self._mark is None

    def take(self, mark: etree._Element) -> None:
        """Take note that marked words start or end."""
        name = mark.get(f"{TEXT}change-id") or ""
        if mark.tag == _END:
            self._open.discard(name)
        elif name in self._view.absent:
            self._open.add(name)

    def undone(self, mark: etree._Element) -> etree._Element | None:
        """Return the deletion whose words stood at a mark, if it is undone: once, whatever the file repeats."""
        return None if self._mark is not None else self._view.undone.pop(mark.get(f"{TEXT}change-id") or "", None)

    def enter(self, mark: etree._Element, after_blank: bool) -> None:
        """Go into the words that stood at a mark, in the middle of a paragraph."""
        self._mark, self._part, self._parts = mark, None, 0
        self.undoes, self.between, self.after_blank = True, True, after_blank

    def enter_part(self, paragraph: etree._Element) -> bool:
        """Go into a paragraph of deleted words; say whether it is another one than where they start."""
        if self._part is not None:
            return False
        self._part, self.between = paragraph, False
        self._parts += 1
        return self._parts > 1

    def leave(self, element: etree._Element) -> bool:
        """Come out of an element; say whether it was the mark of deleted words, or a paragraph of them."""
        if element is self._part:
            self._part, self.between = None, True
        elif element is self._mark:
            self._mark = self._part = None
            self.undoes = self.between = False
        else:
            return False
        return True
