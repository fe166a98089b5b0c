"""GitLab Code Quality: the widget of a merge request."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from falc.model import Severity
from falc.outputs import Asked
from falc.outputs.json import items
from falc.outputs.paths import relative
from falc.outputs.told import cause, message
from falc.report import Report
from falc.texts import texts

__all__ = ["render"]

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_UNREADABLE = "critical"


def render(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield a JSON array, an issue on each line."""
    yield "["
    yield from items(_issues(reports, asked))
    yield "\n]\n"


def _issues(reports: Iterable[Report], asked: Asked) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for report in reports:
        path = relative(report.name, asked.root)
        if report.error is not None:
            told = f"{texts()['sorties']['not_read']} : {cause(report)}"
            yield _issue(told, "falc", _UNREADABLE, path, (1, 1), _fingerprint(path, "", seen))
        for finding in report:
            location = finding.location
            lines = (location.line, location.end_line if location.has_lines else location.line)
            fingerprint = _fingerprint(path, finding.fingerprint, seen)
            # The widget does not show the name of the check.
            told = f"{finding.code} : {message(finding)}"
            yield _issue(told, finding.code, _SEVERITIES[finding.severity], path, lines, fingerprint)


def _issue(told: str, check: str, severity: str, path: str, lines: tuple[int, int], fingerprint: str) -> dict[str, Any]:
    return {
        "description": told,
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": lines[0], "end": lines[1]}},
    }


def _fingerprint(path: str, fingerprint: str, seen: Counter[str]) -> str:
    """Return what names an issue in the whole report: GitLab merges those with the same name."""
    name = f"{path}\0{fingerprint}"
    seen[name] += 1
    return hashlib.sha256(f"{name}\0{seen[name]}".encode(errors="surrogatepass")).hexdigest()[:40]
