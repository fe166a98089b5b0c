"""What the report of several documents shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from falc.model import Finding
from falc.report import Report, new_ideas
from falc.reports.charts import Chart
from falc.reports.view import counts, families_chart, honesty, lengths_chart, questions, quoted, words_of
from falc.rules import all_rules, one_line, typography
from falc.texts import in_french

_MOST_RULES = 10
_MOST_WORDS = 25
_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Rank:
    """A document in the list, hardest first."""

    name: str
    difficulty: str
    words: int
    findings: int
    rate: str


@dataclass(frozen=True, slots=True)
class CommonRule:
    """A rule that is often broken, with some sentences and their documents."""

    code: str
    title: str
    how: str
    count: int
    sentences: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CommonWord:
    """A difficult word that comes back, with an idea and a sentence."""

    text: str
    count: int
    idea: str
    sentence: str
    name: str


@dataclass(frozen=True, slots=True)
class FolderView:
    """The report of several documents."""

    total: str
    counts: str
    honesty: tuple[str, ...]
    ranking: tuple[Rank, ...]
    charts: tuple[Chart, ...]
    rules: tuple[CommonRule, ...]
    jargon: tuple[CommonWord, ...]
    questions: tuple[tuple[str, str], ...]
    unreadable: tuple[str, ...]
    skipped: tuple[str, ...]


def folder_view(reports: Sequence[Report]) -> FolderView:
    """Gather what the report of several documents shows."""
    read = [report for report in reports if report.error is None]
    names = short_names([report.name for report in read])
    found = [(names[report.name], finding) for report in read for finding in report]
    asked = dict.fromkeys(question for report in read for question in questions(report))
    all_findings = [finding for _, finding in found]
    return FolderView(
        total=words_of()["total"].format(
            files=len(read), words=sum(report.words for report in read), findings=len(found)
        ),
        counts=counts(all_findings),
        honesty=honesty(read),
        ranking=tuple(_rank(report, names[report.name]) for report in sorted(read, key=_difficulty, reverse=True)),
        charts=(
            lengths_chart([length for report in read for length in report.sentence_lengths]),
            families_chart(all_findings),
        ),
        rules=tuple(_common_rules(found)),
        jargon=tuple(_jargon(found)),
        questions=tuple(asked),
        unreadable=tuple(typography(report.error) for report in reports if report.error is not None),
        skipped=tuple(
            typography(f"{names[report.name]} : {s.what} ({s.count}). {s.why}")
            for report in read
            for s in report.skipped
        ),
    )


def short_names(paths: Sequence[str]) -> dict[str, str]:
    """Return each path without the folders that all of them share."""
    folders = [PurePath(path).parent.parts for path in paths]
    shared = 0
    while folders and all(len(parts) > shared and parts[shared] == folders[0][shared] for parts in folders):
        shared += 1
    return {path: str(PurePath(*PurePath(path).parts[shared:])) for path in paths}


def _difficulty(report: Report) -> float:
    return report.measures["difficulty"].value


def _rank(report: Report, name: str) -> Rank:
    rate = 100 * len(report) / report.words if report.words else 0.0
    return Rank(name, in_french(_difficulty(report)), report.words, len(report), in_french(rate))


def _common_rules(found: Sequence[tuple[str, Finding]]) -> list[CommonRule]:
    by_code: dict[str, list[tuple[str, Finding]]] = {}
    for name, finding in found:
        by_code.setdefault(finding.code, []).append((name, finding))
    commonest = sorted(by_code.items(), key=lambda item: -len(item[1]))[:_MOST_RULES]
    return [_common_rule(code, where) for code, where in commonest]


def _common_rule(code: str, where: Sequence[tuple[str, Finding]]) -> CommonRule:
    rule = all_rules()[code]
    sentences = {quoted(finding.sentence): name for name, finding in where if finding.sentence}
    shown = tuple((name, sentence) for sentence, name in sentences.items())[:_SENTENCES]
    return CommonRule(code, rule.title, one_line(rule.how), len(where), shown)


def _jargon(found: Sequence[tuple[str, Finding]]) -> list[CommonWord]:
    """Return the words that come back most, whatever rule found them."""
    by_word: dict[str, list[tuple[str, Finding]]] = {}
    for name, finding in found:
        if finding.code.startswith("MOT") and finding.sentence:
            by_word.setdefault(" ".join(finding.text.lower().split()), []).append((name, finding))
    words = []
    for text, where in sorted(by_word.items(), key=lambda item: -len(item[1]))[:_MOST_WORDS]:
        name, first = where[0]
        idea = next(iter(new_ideas(first)), first.message)
        words.append(CommonWord(text, len({id(f) for _, f in where}), idea, quoted(first.sentence), name))
    return words
