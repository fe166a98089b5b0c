"""GitHub workflow commands: annotations on the changed lines, after a report that people read in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from falc.model import Finding, Severity
from falc.outputs import Asked
from falc.outputs.ending import honesty, told_totals
from falc.outputs.lines import concise_line
from falc.outputs.paths import relative
from falc.outputs.place import Places, Unit
from falc.outputs.told import cause, message, printable, unreadable_line
from falc.report import Report, Totals
from falc.texts import counted, texts

__all__ = ["render"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST = 10  # annotations of one severity that GitHub shows of a step


def render(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield a line for each finding, then the annotations that GitHub shows, the worst first."""
    totals = Totals()
    commands: dict[Severity, list[str]] = {severity: [] for severity in _COMMANDS}
    for report in totals.counting(reports):
        if report.error is not None:
            yield _harmless(unreadable_line(report)) + "\n"
            if len(commands[Severity.ERROR]) < _MOST:
                commands[Severity.ERROR].append(_unreadable(report, asked))
        places = Places(report, Unit.UTF16)
        for finding in report:
            yield _harmless(concise_line(report, finding)) + "\n"
            if len(commands[finding.severity]) < _MOST:
                commands[finding.severity].append(_command(finding, relative(report.name, asked.root), places))
    yield from (command for kept in commands.values() for command in kept)
    more = totals.found + totals.unreadable - sum(map(len, commands.values()))
    if more:
        yield counted(texts()["sorties"]["not_shown"], more) + "\n"
    if totals.read or not totals.files:
        yield told_totals(totals) + "\n"
    if totals.unreadable:
        yield counted(texts()["sorties"]["unreadable"], totals.unreadable) + "\n"
    yield honesty() + "\n"


def _command(finding: Finding, path: str, places: Places) -> str:
    properties: dict[str, object] = {"file": path, "line": finding.location.line}
    region = places.region(finding)
    if region is not None:
        properties["endLine"] = region.end_line
        if region.line == region.end_line:  # GitHub refuses columns over several lines
            properties |= {"col": region.column, "endColumn": region.end_column}
    properties["title"] = f"{finding.code} {finding.name}"
    return _written(_COMMANDS[finding.severity], properties, message(finding))


def _unreadable(report: Report, asked: Asked) -> str:
    properties = {"file": relative(report.name, asked.root), "title": texts()["sorties"]["not_read"]}
    return _written("error", properties, cause(report))


def _written(command: str, properties: dict[str, object], words: str) -> str:
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{command} {told}::{_data(words)}\n"


def _data(words: str) -> str:
    return printable(words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def _harmless(line: str) -> str:
    """Return a line of the report that the runner takes for no command, whatever a file is called or holds."""
    line = line.replace("##[", "##\\[")
    return f"./{line.lstrip()}" if line.lstrip().startswith("::") else line
