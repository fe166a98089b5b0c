"""SARIF 2.1.0, as GitHub code scanning reads it; other viewers find fixes and suppressions too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from falc import __version__
from falc.model import Checkable, Finding, Rule, Safety, Severity, Status, Suppressed
from falc.outputs import Asked
from falc.outputs.json import compact, items
from falc.outputs.pages import explanation
from falc.outputs.paths import is_below, uri
from falc.outputs.place import Places, Region, Unit
from falc.outputs.told import cause, message
from falc.report import Report
from falc.rules import all_rules, shortened

__all__ = ["render"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MOST = 25_000  # results of a run that GitHub accepts
_LONGEST = 1000  # GitHub: 1024 characters for a description
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_KINDS = {"comment": "inSource"}
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
_ROOT = "%SRCROOT%"


def render(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield one run; with more results than GitHub accepts, several, whose categories are falc/, falc-2/…"""
    unreadable: list[dict[str, Any]] = []
    results = _results(reports, asked, unreadable)
    yield f'{{"$schema": {compact(_SCHEMA)},\n"version": "2.1.0",\n"runs": ['
    number = 1
    first = next(results, None)
    while first is not None or number == 1 or unreadable:
        head = () if first is None else (first,)
        yield "\n" if number == 1 else ",\n"
        yield from _run(number, islice(chain(head, results), _MOST), asked, unreadable)
        unreadable.clear()
        number += 1
        first = next(results, None)
    yield "\n]}\n"


_Result = tuple[Finding, Report, dict[str, Any]]


def _results(reports: Iterable[Report], asked: Asked, unreadable: list[dict[str, Any]]) -> Iterator[_Result]:
    """Yield results without what numbers them; tell `unreadable` what could not be read."""
    for report in reports:
        artifact = _artifact(report, asked)
        if report.error is not None:
            place = {"physicalLocation": {"artifactLocation": artifact}}
            unreadable.append({"level": "error", "message": {"text": cause(report)}, "locations": [place]})
            continue
        places, seen = Places(report, Unit.UTF16), Counter[str]()
        for finding in report:
            yield finding, report, _result(finding, artifact, places, seen)
        for one in report.suppressed if asked.suppressed else ():
            yield one.finding, report, {**_result(one.finding, artifact, places, seen), **_suppression(one)}


def _artifact(report: Report, asked: Asked) -> dict[str, str]:
    where = uri(report.name, asked.root)
    return {"uri": where, "uriBaseId": _ROOT} if is_below(where) else {"uri": where}


def _run(number: int, results: Iterable[_Result], asked: Asked, unreadable: list[dict[str, Any]]) -> Iterator[str]:
    rules: dict[str, tuple[int, dict[str, Any]]] = {}
    category = "falc/" if number == 1 else f"falc-{number}/"
    head = {"automationDetails": {"id": category}, "columnKind": "utf16CodeUnits", "language": "fr-FR"}
    yield f'{compact(head)[:-1]}, "originalUriBaseIds": {{"{_ROOT}": {{}}}},\n"results": ['
    yield from items(_numbered(results, rules))
    driver: dict[str, Any] = {"name": "falc", "version": __version__}
    if _SEMANTIC.fullmatch(driver["version"]):
        driver["semanticVersion"] = driver["version"]
    driver["rules"] = [rule for _, rule in rules.values()]
    invocation: dict[str, Any] = {"executionSuccessful": not unreadable, "toolExecutionNotifications": unreadable}
    if asked.moment is not None:
        invocation["startTimeUtc"] = f"{asked.moment:%Y-%m-%dT%H:%M:%SZ}"
    yield f'\n],\n"tool": {compact({"driver": driver})},\n"invocations": {compact([invocation])}}}'


def _numbered(results: Iterable[_Result], rules: dict[str, tuple[int, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Yield results with the place of their rule in the list of those that occur, which is made on the way."""
    for finding, report, result in results:
        if finding.code not in rules:
            rules[finding.code] = len(rules), _rule(finding, report)
        yield {"ruleId": finding.code, "ruleIndex": rules[finding.code][0], **result}


def _result(finding: Finding, artifact: Mapping[str, str], places: Places, seen: Counter[str]) -> dict[str, Any]:
    seen[finding.fingerprint] += 1
    physical = {"artifactLocation": artifact, "region": _region(places.projected(finding))}
    location: dict[str, Any] = {"physicalLocation": physical}
    if not finding.location.has_lines:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.location.place, "kind": "element"}]
    result: dict[str, Any] = {
        "level": _LEVELS[finding.severity],
        "message": {"text": message(finding)},
        "locations": [location],
        # GitHub follows an alert by this key alone; it cannot make one itself for an Office file.
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.fingerprint}:{seen[finding.fingerprint]}"},
    }
    if fixes := list(_fixes(finding, artifact, places)):
        result["fixes"] = fixes
    return result


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _fixes(finding: Finding, artifact: Mapping[str, str], places: Places) -> Iterator[dict[str, Any]]:
    for fix in finding.fixes:
        if fix.safety is Safety.DISPLAY:
            continue
        replacements = [
            {"deletedRegion": _region(region), "insertedContent": {"text": text}} for region, text in places.edits(fix)
        ]
        if replacements:
            change = {"artifactLocation": artifact, "replacements": replacements}
            yield {"description": {"text": fix.title}, "artifactChanges": [change]}


def _suppression(suppressed: Suppressed) -> dict[str, Any]:
    told = {"kind": _KINDS.get(suppressed.by, "external"), "status": "accepted"}
    return {"suppressions": [{**told, "justification": suppressed.reason} if suppressed.reason else told]}


def _rule(finding: Finding, report: Report) -> dict[str, Any]:
    rule = next((rule for rule in report.rules if rule.code == finding.code), all_rules().get(finding.code))
    if rule is None:  # a finding that no rule file describes
        text = {"text": finding.name}
        return {
            "id": finding.code,
            "name": finding.name,
            "shortDescription": text,
            "fullDescription": text,
            "help": text,
        }
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": shortened(rule.title, _LONGEST)},
        "fullDescription": {"text": shortened(rule.why, _LONGEST)},
        "help": {"text": f"{rule.why}\n\n{rule.how}", "markdown": explanation(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": _tags(rule),
            "precision": _precision(rule),
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _tags(rule: Rule) -> list[str]:
    level = f"niveau-{rule.level}" if rule.level else None
    return [tag for tag in (rule.family, str(rule.tier), rule.criterion, level) if tag]


def _precision(rule: Rule) -> str:
    if rule.checkable is not Checkable.AUTO:
        return "medium"
    return "very-high" if rule.status is Status.STABLE else "high"
