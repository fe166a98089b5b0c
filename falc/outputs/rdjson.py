"""The formats of reviewdog, whole or line by line: replacements become suggestions to click."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from falc.model import Finding, Safety, Severity
from falc.outputs import Asked
from falc.outputs.json import compact, items
from falc.outputs.paths import relative
from falc.outputs.place import Places, Region, Unit
from falc.outputs.told import cause, message
from falc.report import Report

__all__ = ["render", "render_lines"]

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}
_SOURCE = {"name": "falc"}


def render(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield one JSON object, a diagnostic on each line."""
    yield f'{{"source": {compact(_SOURCE)}, "diagnostics": ['
    yield from items(_diagnostics(reports, asked))
    yield "\n]}\n"


def render_lines(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield a JSON object on a line for each diagnostic."""
    for diagnostic in _diagnostics(reports, asked):
        yield compact({**diagnostic, "source": _SOURCE}) + "\n"


def _diagnostics(reports: Iterable[Report], asked: Asked) -> Iterator[dict[str, Any]]:
    for report in reports:
        path = relative(report.name, asked.root)
        if report.error is not None:
            yield {"message": cause(report), "location": {"path": path}, "severity": "ERROR", "code": {"value": "falc"}}
        places = Places(report, Unit.UTF8)
        for finding in report:
            yield _diagnostic(finding, path, places)


def _diagnostic(finding: Finding, path: str, places: Places) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": message(finding),
        "location": {"path": path},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    region = places.region(finding)
    if region is not None:
        diagnostic["location"]["range"] = _range(region)
    elif finding.span.start < finding.span.end:  # a paragraph of an Office file
        diagnostic["location"]["range"] = {"start": {"line": finding.location.line}}
    if suggestions := list(_suggestions(finding, places)):
        diagnostic["suggestions"] = suggestions
    return diagnostic


def _suggestions(finding: Finding, places: Places) -> Iterator[dict[str, Any]]:
    """Yield the fixes; each suggestion stands for itself, hence a fix of several edits is one replacement."""
    for fix in finding.fixes:
        replacement = places.replacement(fix) if fix.safety is not Safety.DISPLAY else None
        if replacement is not None:
            yield {"range": _range(replacement[0]), "text": replacement[1]}


def _range(region: Region) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": region.line, "column": region.column},
        "end": {"line": region.end_line, "column": region.end_column},
    }
