"""Reports for people: a page or a Word file to read, a grid to fill; all stand alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from falc.model import FalcError
from falc.report import Report
from falc.reports.changes import changes, earlier_report
from falc.reports.folder import folder_view
from falc.reports.grid import grid
from falc.reports.html import render
from falc.reports.view import letter_view, made_on

__all__ = ["GRIDS", "REPORTS", "earlier_report", "grid", "people_report"]

GRIDS = (".ods", ".csv", ".html")
REPORTS = (".html", ".docx")


def people_report(reports: Sequence[Report], suffix: str, day: date, earlier: Mapping[str, Any] | None = None) -> bytes:
    """Return the report of one document, or the dashboard of several, as .html or .docx.

    `day` is printed on it; `earlier` is an older JSON report to compare with.  Raises FalcError when the only document
    could not be read.
    """
    changed = changes(reports, earlier) if earlier is not None else ()
    if len(reports) == 1:
        if reports[0].error is not None:
            raise FalcError(reports[0].error)
        letter = letter_view(reports[0])
        if suffix == ".docx":
            from falc.reports.word import letter_file  # here: python-docx takes time to import

            return letter_file(letter, made_on(day), changed)
        return render("letter.html.j2", v=letter, made_on=made_on(day), changed=changed).encode(errors="replace")
    folder = folder_view(reports)
    if suffix == ".docx":
        from falc.reports.word import folder_file

        return folder_file(folder, made_on(day), changed)
    return render("folder.html.j2", v=folder, made_on=made_on(day), changed=changed).encode(errors="replace")
