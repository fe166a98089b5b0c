"""The evaluation grid of the RLS, filled with what falc found, for people to finish."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from falc.report import Report
from falc.reports.html import render
from falc.reports.view import criteria_views, made_on, quoted, words_of

_KEYS = (
    *("theme", "criterion", "level", "question", "tests", "status", "count"),
    *("place", "first", "people", "decision", "comment"),
)
_WIDTHS = (4, 2.4, 1.8, 8, 10, 4, 2.4, 5, 9, 9, 4, 6)
_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_SPREADSHEET}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
# On paper, all columns stand side by side on A3, lying.
_STYLES = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3">
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="42cm"
 fo:page-height="29.7cm" style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1"
 style:scale-to-Y="0"/>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Default" style:page-layout-name="page"/></office:master-styles>
</office:document-styles>
"""


def grid_rows(report: Report) -> list[tuple[str | int, ...]]:
    """Return one row for each criterion, in the order of the RLS."""
    statuses = words_of("rapport.statuses")
    rows: list[tuple[str | int, ...]] = []
    for view in criteria_views(report):
        criterion, first = view.criterion, view.first
        rows.append(
            (
                criterion.theme,
                criterion.id,
                criterion.level,
                criterion.title,
                "\n".join(f"{test}\u00a0: {words}" for test, words in criterion.tests.items()),
                statuses[view.status],
                view.count,
                str(first.location) if first else "",
                _first(first.message, first.sentence) if first else "",
                "\n".join(view.questions),
                "",
                "",
            )
        )
    return rows


def _first(message: str, sentence: str) -> str:
    return f"{message}\n«\u00a0{quoted(sentence)}\u00a0»" if sentence else message


def grid(report: Report, suffix: str, day: date) -> bytes:
    """Return the grid of a document as .ods, .csv or .html."""
    words, rows = words_of("rapport.grid"), grid_rows(report)
    heads = [words[key] for key in _KEYS]
    if suffix == ".csv":
        return _csv(heads, rows)
    if suffix == ".html":
        page = render("grid.html.j2", name=PurePath(report.name).name, made_on=made_on(day), heads=heads, rows=rows)
        return page.encode(errors="replace")
    top = [
        (words["title"], "title"),
        (f"{PurePath(report.name).name} · {made_on(day)}", "plain"),
        (words["note"], "plain"),
    ]
    content = render(
        "grid.ods.xml.j2",
        widths=_WIDTHS,
        top=top,
        heads=heads,
        rows=rows,
        decisions=words["decisions"],
        decision_column=_KEYS.index("decision") + 1,
    )
    return _ods(content)


def _csv(heads: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    """Return what French spreadsheets open with a double click: semicolons and a byte order mark."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerows([heads, *([_inert(cell) for cell in row] for row in rows)])
    return stream.getvalue().encode("utf-8-sig", errors="replace")


def _inert(cell: str | int) -> str | int:
    """Keep a spreadsheet from running the words of a letter as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell


def _ods(content: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        # OpenDocument wants the type first and as it is.
        file.writestr("mimetype", _SPREADSHEET, zipfile.ZIP_STORED)
        file.writestr("content.xml", content.encode(errors="replace"))
        file.writestr("styles.xml", _STYLES)
        file.writestr("META-INF/manifest.xml", _MANIFEST)
    return stream.getvalue()
