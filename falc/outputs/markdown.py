"""A summary in Markdown, for the page of a CI run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from falc.model import Severity
from falc.outputs import Asked
from falc.outputs.ending import honesty, told_totals
from falc.outputs.told import cause, flat, printable, severity_word, where
from falc.report import Report, Totals
from falc.rules import shortened
from falc.texts import counted, texts

__all__ = ["render"]

# GitHub refuses a summary of more than 1 MiB: these bounds keep it below a third of that, whatever the names are.
_MOST_FILES, _MOST_RULES, _MOST_FINDINGS = 100, 10, 50
_LONGEST = 300
_SPECIAL = re.compile(r"([\\`*_\[\]~|#!:@])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

_Row = tuple[str, ...]


def render(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield the files with the most findings, the commonest rules and the first findings, the worst first."""
    totals, rules = Totals(), Counter[tuple[str, str]]()
    files: list[tuple[int, int, int, str]] = []
    unreadable: list[_Row] = []
    firsts: dict[Severity, list[_Row]] = {severity: [] for severity in reversed(Severity)}
    for report in totals.counting(reports):
        if report.error is not None and len(unreadable) < _MOST_FILES:
            unreadable.append((_cell(printable(report.name)), _cell(cause(report))))
        if report.findings:
            errors, warnings, infos = (report.count(severity) for severity in reversed(Severity))
            files.append((-errors, -warnings, -infos, _cell(printable(report.name))))
        rules.update((finding.code, finding.name) for finding in report)
        for finding in report:
            if len(firsts[finding.severity]) < _MOST_FINDINGS:
                place = f"{printable(report.name)}, {where(finding)}"
                told = f"{finding.code} : {flat(finding.message)}"
                firsts[finding.severity].append((_cell(place), severity_word(finding), _cell(told)))
    yield from _head(totals, len(files))
    yield from _unreadable(unreadable, totals)
    yield from _files(files)
    yield from _rules(rules)
    yield from _findings([row for rows in firsts.values() for row in rows], totals)
    yield f"{_cell(honesty())}\n"


def _head(totals: Totals, with_findings: int) -> Iterator[str]:
    words = texts()["sorties"]
    yield f"## {words['markdown']['title']}\n\n"
    if totals.read or not totals.files:
        yield f"{told_totals(totals)}\n\n"
    for name, count in (("unreadable", totals.unreadable), ("suppressed", totals.suppressed)):
        if count:
            yield f"{counted(words[name], count)}\n\n"
    if totals.read > with_findings:
        yield f"{counted(words['markdown']['clean'], totals.read - with_findings)}\n\n"


def _unreadable(rows: Sequence[_Row], totals: Totals) -> Iterator[str]:
    words = texts()["sorties"]["markdown"]
    if rows:
        yield f"### {words['unreadable']}\n\n"
        yield from (f"- {name} : {why}\n" for name, why in rows)
        yield from _more("more_files", totals.unreadable - len(rows))
        yield "\n"


def _files(files: list[tuple[int, int, int, str]]) -> Iterator[str]:
    words = texts()["sorties"]["markdown"]
    shown = [(name, str(-e), str(-w), str(-i)) for e, w, i, name in sorted(files)[:_MOST_FILES]]
    heads = (words["file"], words["errors"], words["warnings"], words["infos"])
    yield from _table(words["files"], heads, shown, "|---|--:|--:|--:|")
    yield from _more("more_files", len(files) - len(shown))


def _rules(rules: Counter[tuple[str, str]]) -> Iterator[str]:
    words = texts()["sorties"]["markdown"]
    rows = [(f"{code} {name}", str(count)) for (code, name), count in rules.most_common(_MOST_RULES)]
    yield from _table(words["commonest"], (words["rule"], words["count"]), rows, "|---|--:|")


def _findings(rows: Sequence[_Row], totals: Totals) -> Iterator[str]:
    words = texts()["sorties"]["markdown"]
    shown = rows[:_MOST_FINDINGS]
    heads = (words["where"], words["severity"], words["message"])
    yield from _table(words["findings"], heads, shown, "|---|---|---|")
    yield from _more("more", totals.found - len(shown))


def _table(title: str, heads: Sequence[str], rows: Sequence[_Row], ruler: str) -> Iterator[str]:
    if not rows:
        return
    yield f"### {title}\n\n| {' | '.join(heads)} |\n{ruler}\n"
    yield from (f"| {' | '.join(row)} |\n" for row in rows)
    yield "\n"


def _more(name: str, count: int) -> Iterator[str]:
    if count > 0:
        yield f"{counted(texts()['sorties']['markdown'][name], count)}\n\n"


def _cell(words: str) -> str:
    """Return words that no Markdown reader takes for markup: no table, link, picture or tag of a stranger."""
    escaped = _SPECIAL.sub(r"\\\1", shortened(words, _LONGEST))
    return re.sub("[&<>]", lambda sign: _ENTITIES[sign[0]], escaped)
