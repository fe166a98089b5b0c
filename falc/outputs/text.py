"""The report for people: sentence by sentence, with what to write instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from falc.model import Finding
from falc.outputs import Asked
from falc.outputs.ending import ending, listed, statistics
from falc.outputs.paint import SEVERITIES, Piece, Style, painted, wrapped
from falc.outputs.told import flat, printable, severity_word, unreadable_line, why_suppressed
from falc.report import Measure, Report, Totals, new_ideas
from falc.rules import inner_quotes, shortened
from falc.texts import in_french, texts

__all__ = ["full"]

_MANY = 10
_LONG = 600  # what nobody reads in a terminal: a table or a page without a full stop


def full(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield the findings grouped by file and by sentence, then the measures and a summary."""
    totals = Totals()
    counted = totals.counting(reports)
    if asked.statistics:
        yield from statistics(counted, asked)
    else:
        for report in counted:
            yield from _report(report, asked)
    yield from ending(totals, asked)


def _report(report: Report, asked: Asked) -> Iterator[str]:
    if report.error is not None:
        yield painted([(unreadable_line(report), Style.RED)], asked.color) + "\n"
        return
    yield painted([(printable(report.name), Style.TITLE)], asked.color) + "\n\n"
    for pieces, indent in _lines(report, asked):
        if pieces:
            yield from wrapped(pieces, indent, asked.width, asked.color)
        else:
            yield "\n"


# Lines are pieces and the columns before them; no pieces: an empty line.
_Line = tuple[list[Piece], int]
_EMPTY: _Line = ([], 0)


def _lines(report: Report, asked: Asked) -> Iterator[_Line]:
    for (where, sentence), findings in groupby(report, key=lambda finding: (_where(finding), finding.sentence)):
        yield from _sentence(where, sentence, list(findings), asked.color)
    yield from _commonest(report)
    if asked.suppressed and report.suppressed:
        yield [(texts()["sorties"]["set_aside"], Style.BOLD)], 0
        for suppressed in report.suppressed:
            yield [(listed(suppressed.finding, why_suppressed(suppressed)), Style.DIM)], 2
        yield _EMPTY
    yield from _measures(report)
    yield _EMPTY


def _measures(report: Report) -> Iterator[_Line]:
    words = texts()["sorties"]
    yield [(words["measures"], Style.BOLD)], 0
    for measure in report.measures.values():
        limit = words["advised"].format(limit=_shown(measure, measure.limit)) if measure.limit is not None else ""
        style = Style.YELLOW if measure.passed is False else Style.NONE
        yield [(f"{measure.title} : {_shown(measure, measure.value)}{limit}", style)], 2
    for skipped in report.skipped:
        told = words["skipped"].format(what=skipped.what, count=skipped.count, why=skipped.why)
        yield [(flat(told), Style.DIM)], 2


def _commonest(report: Report) -> Iterator[_Line]:
    """Yield the rules that a long report finds most often: where to begin."""
    counts = Counter((finding.code, finding.name) for finding in report)
    if len(report) < _MANY or len(counts) < 2:
        return
    words = texts()["sorties"]
    yield [(words["commonest"], Style.BOLD)], 0
    for (code, name), count in counts.most_common(5):
        yield [(words["times"].format(count=count, code=code, name=name), Style.NONE)], 2
    yield _EMPTY


def _where(finding: Finding) -> str:
    """Return the place that findings of one sentence share: the paragraph, or the line."""
    location = finding.location
    return texts()["sorties"]["line"].format(line=location.line) if location.has_lines else flat(location.place)


def _sentence(where: str, sentence: str, findings: Sequence[Finding], color: bool) -> Iterator[_Line]:
    """Yield a sentence with its difficult words marked, then what is difficult in it."""
    yield [(where, Style.DIM)], 2
    if sentence:  # else a tag, a picture, the whole document
        yield _quoted(sentence, findings, color), 2
    for finding in findings:
        yield from _remark(finding)
    yield _EMPTY


def _quoted(sentence: str, findings: Sequence[Finding], color: bool) -> list[Piece]:
    shown = flat(f"«\u00a0{shortened(inner_quotes(sentence), _LONG)}\u00a0»")
    if not color:
        return [(shown, Style.ITALIC)]
    styles = [Style.ITALIC] * len(shown)
    for finding in findings:
        words = " ".join(finding.text.split())
        if words and len(words) < len(sentence):
            for match in re.finditer(re.escape(flat(inner_quotes(words))), shown):
                styles[match.start() : match.end()] = [SEVERITIES[finding.severity][1]] * (match.end() - match.start())
    runs = ((style, list(places)) for style, places in groupby(range(len(shown)), key=styles.__getitem__))
    return [(shown[places[0] : places[-1] + 1], style) for style, places in runs]


def _remark(finding: Finding) -> Iterator[_Line]:
    head: list[Piece] = [
        (f"{severity_word(finding)} ", SEVERITIES[finding.severity][0]),
        (f"{finding.code} {finding.name}", Style.BOLD),
    ]
    if finding.location.has_lines:
        head.append((texts()["sorties"]["column"].format(column=finding.location.column), Style.DIM))
    yield head, 4
    yield [(flat(finding.message), Style.NONE)], 6
    for idea in new_ideas(finding):
        yield [(f"→ {flat(idea)}", Style.GREEN)], 6


def _shown(measure: Measure, value: float) -> str:
    return f"{round(100 * value)} %" if measure.is_share else in_french(value, 2)
