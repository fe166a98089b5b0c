"""What became better or worse since an earlier JSON report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from falc.model import FalcError
from falc.report import WIRE_VERSION, Report
from falc.reports.view import words_of
from falc.texts import cause, in_french

# A smaller difference in difficulty is no change that a reader would feel.
_FELT = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """One document then and now; `gone` and `new` count findings by their fingerprints."""

    name: str
    verdict: str
    before: str
    after: str
    gone: int | str
    new: int | str


def earlier_report(path: Path) -> Mapping[str, Any]:
    """Read a JSON report of falc; raise FalcError naming the file when it is something else."""
    wrong = f"{path} : ce n'est pas un rapport JSON de falc (« falc check --output-format json »)."
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FalcError(f"{path} : ce fichier ne peut pas être lu ({cause(error)}).") from None
    except (ValueError, RecursionError):
        raise FalcError(wrong) from None
    if not isinstance(found, dict) or found.get("version") != WIRE_VERSION or not isinstance(found.get("files"), list):
        raise FalcError(wrong)
    return found


def changes(reports: Sequence[Report], earlier: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what changed, document by document; paths are compared as they were given, then by name."""
    try:
        old = {entry["path"]: _Then(entry) for entry in earlier["files"]}
    except (KeyError, TypeError, AttributeError):
        raise FalcError("Le rapport plus ancien n'est pas complet. Refaites-le avec falc.") from None
    names = Counter(Path(path).name for path in old)
    by_name = {Path(path).name: path for path in old if names[Path(path).name] == 1}
    found, seen = [], set()
    for report in reports:
        path = report.name if report.name in old else by_name.get(Path(report.name).name, "")
        seen.add(path)
        found.append(_change(report, old.get(path)))
    gone = [path for path in old if path not in seen]
    words = words_of()
    return (*found, *(Change(path, words["removed"], in_french(old[path].difficulty), "", "", "") for path in gone))


class _Then:
    """An entry of the earlier report."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self.fingerprints = {finding["fingerprint"] for finding in entry["findings"]}
        values = {measure["name"]: float(measure["value"]) for measure in entry["measures"]}
        self.difficulty = values.get("difficulty", 0.0)


def _change(report: Report, then: _Then | None) -> Change:
    words = words_of()
    now = report.measures["difficulty"].value if report.measures else 0.0
    if then is None:
        return Change(report.name, words["added"], "", in_french(now), "", len(report))
    fingerprints = {finding.fingerprint for finding in report}
    difference = now - then.difficulty
    verdict = "same" if abs(difference) < _FELT else "better" if difference < 0 else "worse"
    return Change(
        name=report.name,
        verdict=words[verdict],
        before=in_french(then.difficulty),
        after=in_french(now),
        gone=len(then.fingerprints - fingerprints),
        new=len(fingerprints - then.fingerprints),
    )
