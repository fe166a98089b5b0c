"""Checkstyle XML, which many CI servers read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from falc.outputs import Asked
from falc.outputs.paths import relative
from falc.outputs.told import cause, message
from falc.outputs.xml import HEAD, tag
from falc.report import Report

__all__ = ["render"]


def render(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield a `file` for each file, an `error` for each finding; a clean file is empty."""
    yield f'{HEAD}<checkstyle version="4.3">\n'
    for report in reports:
        yield f"  {tag('file', {'name': relative(report.name, asked.root)})}\n"
        if report.error is not None:
            unreadable = {"line": 1, "severity": "error", "message": cause(report), "source": "falc"}
            yield f"    {tag('error', unreadable, closed=True)}\n"
        for finding in report:
            location = finding.location
            attributes: dict[str, object] = {
                "line": location.line,
                "column": location.column if location.has_lines else None,
                "severity": finding.severity,
                "message": message(finding),
                "source": f"falc.{finding.code}",
            }
            yield f"    {tag('error', attributes, closed=True)}\n"
        yield "  </file>\n"
    yield "</checkstyle>\n"
