"""What the reports for people share: the counts, and what a program cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from falc.model import Finding
from falc.outputs import Asked
from falc.outputs.paint import Style, painted, wrapped
from falc.outputs.told import severity_word, unreadable_line, where
from falc.report import Report, Totals
from falc.rules import typography
from falc.texts import counted, texts

__all__ = ["ending", "honesty", "listed", "statistics", "told_totals"]


def told_totals(totals: Totals) -> str:
    """Return how many problems there are, in how many files."""
    words = texts()["sorties"]
    counts = {
        "found": totals.found,
        "files": totals.read,
        "error": totals.errors,
        "warning": totals.warnings,
        "info": totals.infos,
    }
    told = words["total"].format(**{name: counted(words[name], count) for name, count in counts.items()})
    return typography(told)


def honesty() -> str:
    """Return the sentence that no report leaves out."""
    return str(texts()["report"]["honesty"])


def ending(totals: Totals, asked: Asked) -> Iterator[str]:
    """Yield the last lines of a report for people."""
    words = texts()["sorties"]
    if totals.read or not totals.files:
        yield from wrapped([(told_totals(totals), Style.BOLD)], 0, asked.width, asked.color)
    if totals.suppressed:
        yield painted([(counted(words["suppressed"], totals.suppressed), Style.NONE)], asked.color) + "\n"
    if totals.unreadable:
        yield painted([(counted(words["unreadable"], totals.unreadable), Style.RED)], asked.color) + "\n"
    yield from wrapped([(honesty(), Style.DIM)], 0, asked.width, asked.color)


def statistics(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield how often each rule found something, the most frequent first, and the files that cannot be read."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for report in reports:
        if report.error is not None:
            yield painted([(unreadable_line(report), Style.RED)], asked.color) + "\n"
        counts.update((finding.code, finding.name, severity_word(finding)) for finding in report)
    width = len(str(max(counts.values(), default=0)))
    for (code, name, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        line = texts()["sorties"]["statistics"]
        yield line.format(count=f"{count:>{width}}", code=code, name=name, severity=severity) + "\n"
    if counts:
        yield "\n"


def listed(finding: Finding, why: str) -> str:
    """Return a finding that is not told, and why not, on one line."""
    line = texts()["sorties"]["set_aside_one"]
    return typography(line.format(where=where(finding), code=finding.code, name=finding.name, why=why))
