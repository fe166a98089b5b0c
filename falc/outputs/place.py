"""Where findings and fixes stand, in the units of each output."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import accumulate

from falc.document import Document
from falc.model import Finding, Fix, Location, Span
from falc.report import Report

__all__ = ["Places", "Region", "Unit"]


class Unit(Enum):
    """What columns count; the values are the characters that take more than one unit."""

    POINTS = re.compile(r"(?!)")
    UTF16 = re.compile("[\U00010000-\U0010ffff]")
    UTF8 = re.compile("[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns from 1; the end is excluded."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """The places of one report, in the unit of an output.  The text is only fetched when columns need it."""

    def __init__(self, report: Report, unit: Unit) -> None:
        self._report, self._unit = report, unit

    def region(self, finding: Finding) -> Region | None:
        """Return where a finding stands in the lines of its file; None in an Office file and for the whole document."""
        return self.projected(finding) if finding.location.has_lines else None

    def projected(self, finding: Finding) -> Region:
        """Return where a finding stands in the text as falc reads it: lines are paragraphs in an Office file.

        The whole document is the beginning of its first line.
        """
        return self._region(finding.span, finding.location)

    def replacement(self, fix: Fix) -> tuple[Region, str] | None:
        """Return what to put where, in one piece, to make a fix; None for a fix without edits or a file without lines.

        Several edits become one, with the text between them as it is.
        """
        document = self._document
        if not fix.edits or document is None or not document.has_lines:
            return None
        edits = sorted(fix.edits, key=lambda edit: edit.span)
        whole = Span(edits[0].span.start, max(edit.span.end for edit in edits))
        pieces: list[str] = []
        position = whole.start
        for edit in edits:
            pieces += (document.slice(Span(position, edit.span.start)), edit.text)
            position = edit.span.end
        return self._region(whole, document.locate(whole, "")), "".join(pieces)

    def edits(self, fix: Fix) -> list[tuple[Region, str]]:
        """Return the same edit by edit."""
        document = self._document
        if document is None or not document.has_lines:
            return []
        return [(self._region(edit.span, document.locate(edit.span, "")), edit.text) for edit in fix.edits]

    @property
    def _document(self) -> Document | None:
        """The one access to the text: reading it again may cost."""
        return self._report.document

    def _region(self, span: Span, location: Location) -> Region:
        start, end = location.column - 1, location.end_column - 1
        return Region(
            location.line,
            location.column + self._extra(span.start - start, span.start),
            location.end_line,
            location.end_column + self._extra(span.end - end, span.end),
        )

    def _extra(self, start: int, end: int) -> int:
        """Return how many units more than code points `start:end` of the text takes."""
        if start == end or self._unit is Unit.POINTS:
            return 0
        wide, units = self._wide
        return units[bisect_left(wide, end)] - units[bisect_left(wide, start)]

    @cached_property
    def _wide(self) -> tuple[list[int], list[int]]:
        """Where the characters of several units are, and how many units more the text takes up to each of them."""
        text = self._document.text if self._document is not None else ""
        found = [] if text.isascii() else [match.start() for match in self._unit.value.finditer(text)]
        return found, list(accumulate((_more(text[at], self._unit) for at in found), initial=0))


def _more(character: str, unit: Unit) -> int:
    return 1 if unit is Unit.UTF16 else len(character.encode("utf-8", "surrogatepass")) - 1
