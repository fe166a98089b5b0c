"""What `falc lexicon check` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from falc.lexicon_check import Checked, Problem
from falc.model import Severity
from falc.outputs.words import label
from falc.report import WIRE_VERSION
from falc.rules import typography
from falc.texts import counted, texts

__all__ = ["lexicon_dict", "lexicon_page"]


def lexicon_page(checked: Sequence[Checked]) -> str:
    """Return what is wrong in tables, line by line."""
    return "".join(f"{typography(line)}\n" for table in checked for line in _table(table))


def _table(table: Checked) -> Iterator[str]:
    if table.error is not None:
        yield from (table.error, "")
        return
    yield table.path
    for problem in table.problems:
        yield from _problem(problem)
    yield f"{_counted('rows', table.rows)} : {', '.join(_totals(table)) or label('check-clean')}."
    yield ""


def _problem(problem: Problem) -> Iterator[str]:
    where = [label("check-line").format(ligne=problem.line)]
    if problem.term:
        where.append(f"« {problem.term} »")
    if problem.fault.column:
        where.append(label("check-column").format(colonne=problem.fault.column))
    yield f"  {', '.join(where)}"
    yield f"    {texts()['severities'][problem.fault.severity]} : {problem.fault.message}"
    yield f"    {label('check-do')} : {problem.fault.advice}"


def _totals(table: Checked) -> Iterator[str]:
    for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO):
        if count := table.count(severity):
            yield _counted(severity, count)


def _counted(name: str, count: int) -> str:
    return counted(label(f"check-{name}").split(" / "), count)


def lexicon_dict(checked: Sequence[Checked]) -> dict[str, object]:
    """Return the same as plain data, for JSON."""
    return {
        "version": WIRE_VERSION,
        "files": [
            {
                "path": table.path,
                "error": table.error,
                "rows": table.rows,
                "problems": [_problem_dict(problem) for problem in table.problems],
            }
            for table in checked
        ],
        "summary": {
            "files": len(checked),
            "errors": sum(table.count(Severity.ERROR) for table in checked),
            "warnings": sum(table.count(Severity.WARNING) for table in checked),
            "infos": sum(table.count(Severity.INFO) for table in checked),
            "unreadable": sum(table.error is not None for table in checked),
        },
    }


def _problem_dict(problem: Problem) -> dict[str, object]:
    found = problem.fault
    return {
        "line": problem.line,
        "column": found.column or None,
        "term": problem.term or None,
        "severity": str(found.severity),
        "name": found.name,
        "message": typography(found.message),
        "advice": typography(found.advice),
    }
