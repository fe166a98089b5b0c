"""The file that a reviewer gives back: corrections as tracked changes, the rest in comments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from falc.fixes import Fixed
from falc.formats.office.review import Reviewer
from falc.formats.writers import OfficeDraft
from falc.model import Edit, Finding, Severity, Span
from falc.notes import notes_of
from falc.report import Report

__all__ = ["Reviewed", "review"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was written: the whole file, the report of the original, the number of comments and of tracked changes."""

    content: bytes
    report: Report
    comments: int
    changes: int


def review(
    draft: OfficeDraft,
    report: Report,
    fixed: Fixed | None = None,
    *,
    least: Severity | None = None,
    most: int | None = None,
    reviewer: Reviewer,
) -> Reviewed:
    """Return `draft`, of which `report` tells, with comments and, when it is `fixed`, with tracked changes.

    `least` keeps the findings of this severity and above; `most` is the largest number of comments.
    """
    edits = [edit for edit in fixed.edits if draft.tracks(edit)] if fixed else []
    corrected = _Corrected(edits)
    left = replace(report, findings=tuple(finding for finding in report if not corrected.settles(finding)))
    notes = notes_of(left, least=least, most=most, corrected=len(edits))
    # The comments first: they change no text, so the edits still count in it.
    written = draft.annotated(notes, reviewer)
    if edits:
        written = written.tracked(edits, reviewer)
    # A copy that was annotated already says it all.
    return Reviewed(written.content, report, len(notes) if written.content != draft.content else 0, len(edits))


class _Corrected:
    """The parts of a text that edits replace."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._spans = [edit.span for edit in edits]

    def settles(self, finding: Finding) -> bool:
        """Is a fix of the finding made?"""
        return any(fix.edits and all(self._holds(edit.span) for edit in fix.edits) for fix in finding.fixes)

    def _holds(self, span: Span) -> bool:
        index = bisect_right(self._spans, span.start, key=lambda other: other.start) - 1
        return index >= 0 and span.end <= self._spans[index].end
