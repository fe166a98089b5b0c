"""JUnit XML: a suite for each file, a case for each finding, one that passes for a clean file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from falc.model import Finding
from falc.outputs import Asked
from falc.outputs.paths import relative
from falc.outputs.told import cause, flat, message, severity_word, where, why_suppressed
from falc.outputs.xml import HEAD, content, tag
from falc.report import Report, new_ideas
from falc.texts import texts

__all__ = ["render"]


def render(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield a test report; every finding is a failure, whatever its severity, which is the type of the failure."""
    yield f'{HEAD}<testsuites name="falc">\n'
    for report in reports:
        yield from _suite(report, asked)
    yield "</testsuites>\n"


def _suite(report: Report, asked: Asked) -> Iterator[str]:
    path = relative(report.name, asked.root)
    suppressed = report.suppressed if asked.suppressed else ()
    is_broken, is_clean = report.error is not None, not report.findings and report.error is None
    attributes = {
        "name": path,
        "tests": len(report) + len(suppressed) + is_broken + is_clean,
        "failures": len(report),
        "errors": int(is_broken),
        "skipped": len(suppressed),
        "time": 0,
        "timestamp": f"{asked.moment:%Y-%m-%dT%H:%M:%S}" if asked.moment else None,
    }
    yield f"  {tag('testsuite', attributes)}\n"
    if is_broken:
        error = tag("error", {"type": "unreadable", "message": cause(report)}, closed=True)
        yield from _case(path, str(texts()["sorties"]["not_read"]), None, error)
    elif is_clean:
        yield f"    {tag('testcase', _named(path, texts()['sorties']['clean'], None), closed=True)}\n"
    for finding in report:
        failure = tag("failure", {"type": finding.severity, "message": message(finding)})
        yield from _case(path, _name(finding), finding.location.line, f"{failure}{content(_told(finding))}</failure>")
    for one in suppressed:
        skipped = tag("skipped", {"message": why_suppressed(one)}, closed=True)
        yield from _case(path, _name(one.finding), one.finding.location.line, skipped)
    yield "  </testsuite>\n"


def _case(path: str, name: str, line: int | None, result: str) -> Iterator[str]:
    yield f"    {tag('testcase', _named(path, name, line))}\n      {result}\n    </testcase>\n"


def _named(path: str, name: str, line: int | None) -> dict[str, object]:
    return {"classname": path, "name": name, "file": path, "line": line, "time": 0}


def _name(finding: Finding) -> str:
    """Return a name that is unique in its file: servers merge cases of one name."""
    return f"{finding.code} {finding.name} ({where(finding)})"


def _told(finding: Finding) -> str:
    head = f"{severity_word(finding)} {finding.code} {finding.name} ({where(finding)})"
    return "\n".join([head, flat(finding.message), *(f"→ {flat(idea)}" for idea in new_ideas(finding))])
