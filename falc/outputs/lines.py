"""The short reports for people: one line for each finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from falc.model import Finding
from falc.outputs import Asked
from falc.outputs.ending import ending, listed, statistics
from falc.outputs.paint import SEVERITIES, Style, painted
from falc.outputs.told import flat, message, printable, severity_word, unreadable_line, where, why_suppressed
from falc.report import Report, Totals
from falc.texts import texts

__all__ = ["concise", "concise_line", "grouped"]

_Lines = Callable[[Report, Asked], Iterator[str]]


def concise(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield `path:line:column: CODE severity message` for each finding, and a summary.

    The whole document and Office files have no line: there the message ends with the place.
    """
    return _all(reports, asked, _concise)


def grouped(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield the name of each file that has findings, and a line for each of them."""
    return _all(reports, asked, _grouped)


def _all(reports: Iterable[Report], asked: Asked, lines: _Lines) -> Iterator[str]:
    totals = Totals()
    counted = totals.counting(reports)
    if asked.statistics:
        yield from statistics(counted, asked)
    else:
        for report in counted:
            if report.error is not None:
                yield painted([(unreadable_line(report), Style.RED)], asked.color) + "\n"
            else:
                yield from lines(report, asked)
    yield from ending(totals, asked)


def concise_line(report: Report, finding: Finding, color: bool = False) -> str:
    """Return one finding on one line."""
    location = finding.location
    place = f":{location.line}:{location.column}" if location.has_lines else ""
    pieces = [
        (f"{printable(report.name)}{place}: ", Style.NONE),
        (finding.code, Style.BOLD),
        (f" {severity_word(finding)} ", SEVERITIES[finding.severity][0]),
        (message(finding), Style.NONE),
    ]
    return painted(pieces, color)


def _concise(report: Report, asked: Asked) -> Iterator[str]:
    for finding in report:
        yield concise_line(report, finding, asked.color) + "\n"
    if asked.suppressed:
        for suppressed in report.suppressed:
            line = f"{concise_line(report, suppressed.finding)} [{why_suppressed(suppressed)}]"
            yield painted([(line, Style.DIM)], asked.color) + "\n"


def _grouped(report: Report, asked: Asked) -> Iterator[str]:
    suppressed = report.suppressed if asked.suppressed else ()
    if not report.findings and not suppressed:
        return
    yield painted([(printable(report.name), Style.TITLE)], asked.color) + "\n"
    rows = [(_place(finding), finding) for finding in report]
    width = max((len(place) for place, _ in rows), default=0)
    widest = max((len(severity_word(finding)) for finding in report), default=0)
    for place, finding in rows:
        pieces = [
            (f"  {place:<{width}}  ", Style.DIM),
            (f"{severity_word(finding):<{widest}}  ", SEVERITIES[finding.severity][0]),
            (finding.code, Style.BOLD),
            (f"  {flat(finding.message)}", Style.NONE),
        ]
        yield painted(pieces, asked.color) + "\n"
    if suppressed:
        yield f"  {texts()['sorties']['set_aside']}\n"
        for one in suppressed:
            yield painted([(f"    {listed(one.finding, why_suppressed(one))}", Style.DIM)], asked.color) + "\n"
    yield "\n"


def _place(finding: Finding) -> str:
    location = finding.location
    return f"{location.line}:{location.column}" if location.has_lines else where(finding)
