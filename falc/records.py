"""Reports as plain data: to keep them from one run to the next, and to send them from one process to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from falc.config import Config
from falc.document import Document, Skipped
from falc.model import Edit, Finding, Fix, Location, Rule, Safety, Severity, Span, Suppressed, Tier
from falc.report import Criterion, Measure, Report

__all__ = ["error_of", "record_of", "report_of"]

_SEVERITIES = {str(severity): severity for severity in Severity}
_TIERS = {str(tier): tier for tier in Tier}
_ERROR = 9  # where a record says it
_SAFETIES = {str(safety): safety for safety in Safety}


class _Words:
    """Texts that come back many times, each kept once: sentences, places, names of rules."""

    def __init__(self) -> None:
        self._numbers: dict[str | None, int] = {}

    def number(self, text: str | None) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def all(self) -> list[str | None]:
        return list(self._numbers)


def record_of(report: Report) -> list[Any]:
    """Return what `report_of` needs, made of what JSON knows."""
    words = _Words()
    return [
        report.format,
        report.words,
        report.sentences,
        [_finding(finding, words) for finding in report.findings],
        [[_finding(each.finding, words), each.by, each.reason] for each in report.suppressed],
        [[m.name, m.title, m.value, m.limit, m.is_share] for m in report.measures.values()],
        [[c.id, c.level, c.status, c.rules] for c in report.criteria],
        [[s.what, s.count, s.why] for s in report.skipped],
        report.sentence_lengths,
        report.error,
        words.all(),
    ]


def error_of(record: list[Any]) -> str:
    """Return why a file could not be read, or nothing."""
    return record[_ERROR] or ""


def report_of(
    record: list[Any],
    name: str,
    config: Config,
    rules: tuple[Rule, ...],
    document: Callable[[], Document] | None,
) -> Report:
    """Return the report of a file again; `document` reads it when somebody asks for the text.

    Raises ValueError, TypeError or LookupError when `record` is none.
    """
    kind, count, sentences, findings, suppressed, measures, criteria, skipped, lengths, error, words = record
    return Report(
        name=name,
        format=kind,
        source=document,
        words=count,
        sentences=sentences,
        findings=tuple(_findings(findings, words)),
        measures={each[0]: Measure(*each) for each in measures},
        criteria=tuple(Criterion(own, level, status, tuple(codes)) for own, level, status, codes in criteria),
        skipped=tuple(Skipped(*each) for each in skipped),
        suppressed=tuple(
            Suppressed(finding, by, reason)
            for finding, (_, by, reason) in zip(
                _findings((each[0] for each in suppressed), words), suppressed, strict=True
            )
        ),
        error=error,
        config=config,
        sentence_lengths=tuple(lengths),
        rules=rules,
    )


def _finding(finding: Finding, words: _Words) -> list[Any]:
    place, number = finding.location, words.number
    return [
        number(finding.code),
        number(finding.name),
        number(finding.severity.value),
        number(finding.tier.value),
        number(finding.criterion),
        number(finding.level),
        finding.message,
        finding.span.start,
        finding.span.end,
        finding.text,
        number(finding.sentence),
        number(place.place),
        place.line,
        place.column,
        place.end_line,
        place.end_column,
        place.has_lines,
        [
            [fix.title, fix.safety.value, [[edit.span.start, edit.span.end, edit.text] for edit in fix.edits]]
            for fix in finding.fixes
        ],
        finding.fingerprint,
        finding.kind,
    ]


def _findings(records: Any, words: list[Any]) -> Iterator[Finding]:  # noqa: ANN401
    for (
        code,
        name,
        severity,
        tier,
        criterion,
        level,
        message,
        start,
        end,
        text,
        sentence,
        place,
        line,
        column,
        end_line,
        end_column,
        has_lines,
        fixes,
        fingerprint,
        kind,
    ) in records:
        yield Finding(
            words[code],
            words[name],
            _SEVERITIES[words[severity]],
            _TIERS[words[tier]],
            words[criterion],
            words[level],
            message,
            Span(start, end),
            text,
            words[sentence],
            Location(words[place], line, column, end_line, end_column, has_lines),
            tuple(_fix(*fix) for fix in fixes),
            fingerprint,
            kind,
        )


def _fix(title: str, safety: str, edits: list[list[Any]]) -> Fix:
    return Fix(title, _SAFETIES[safety], tuple(Edit(Span(start, end), text) for start, end, text in edits))
