"""What a report for people shows, whatever its format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from falc import __version__
from falc.criteria import RlsCriterion, rls_criteria
from falc.french.dates import written_date
from falc.model import Checkable, Finding, Rule, Severity
from falc.report import Measure, Report, new_ideas
from falc.reports.charts import Chart
from falc.reports.passages import Passage, Remark, passages
from falc.rules import HUMAN, all_rules, inner_quotes, one_line, shortened, typography
from falc.texts import in_french, texts

_MOST_ADVICE = 10
_MOST_OF_ONE_RULE = 3
_WEIGHTS = {Severity.ERROR: 3.0, Severity.WARNING: 2.0, Severity.INFO: 0.3}
# Up to how many words the sentences of each bar have: 8 is easy, 12 the advice, 15 the error.
_BINS = (8, 12, 15, 20, 30)
_SHORT = 200


@dataclass(frozen=True, slots=True)
class Advice:
    """A correction worth doing first: one rule, or one word of it, and how often it is found."""

    code: str
    title: str
    count: int
    message: str
    how: str
    sentence: str
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion with what falc found, and what people must ask themselves."""

    criterion: RlsCriterion
    status: str
    count: int
    first: Finding | None
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterView:
    """The report of one document."""

    name: str
    report: Report
    counts: str
    size: str
    honesty: tuple[str, ...]
    advice: tuple[Advice, ...]
    measures: tuple[tuple[str, str, str], ...]
    charts: tuple[Chart, ...]
    whole: tuple[Remark, ...]
    passages: tuple[Passage, ...]
    criteria: tuple[CriterionView, ...]
    questions: tuple[tuple[str, str], ...]
    skipped: tuple[str, ...]


def words_of(table: str = "rapport") -> Mapping[str, Any]:
    """Return the words of the report, with French typography."""
    found: Any = texts()
    for key in table.split("."):
        found = found[key]
    return {key: typography(value) if isinstance(value, str) else value for key, value in found.items()}


def made_on(day: date) -> str:
    """Return the line that tells which falc made the report, and when."""
    shown = written_date(day.day, day.month, day.year)
    return str(words_of()["made_on"]).format(version=__version__, day=shown)


def letter_view(report: Report) -> LetterView:
    """Gather what the report of one document shows."""
    words = words_of()
    whole, found = passages(report)
    return LetterView(
        name=PurePath(report.name).name,
        report=report,
        counts=counts(report.findings),
        size=words["size"].format(words=report.words, sentences=report.sentences),
        honesty=honesty([report]),
        advice=tuple(_advice(report)),
        measures=tuple(_measure(measure, words) for measure in report.measures.values()),
        charts=(lengths_chart(report.sentence_lengths), families_chart(report.findings)),
        whole=whole,
        passages=found,
        criteria=criteria_views(report),
        questions=questions(report),
        skipped=tuple(typography(f"{s.what} ({s.count}) : {s.why}") for s in report.skipped),
    )


def counts(findings: Sequence[Finding]) -> str:
    """Return the sentence that counts findings."""
    words = words_of()
    if not findings:
        return str(words["nothing"])
    by_severity = Counter(finding.severity for finding in findings)
    return str(words["counts"]).format(
        total=len(findings),
        errors=by_severity[Severity.ERROR],
        warnings=by_severity[Severity.WARNING],
        infos=by_severity[Severity.INFO],
    )


def honesty(reports: Sequence[Report]) -> tuple[str, ...]:
    """Return the points that every report must print."""
    ran = {rule.code for report in reports for rule in report.rules}
    human = sum(1 for rule in all_rules().values() if rule.check == HUMAN)
    profiles = ", ".join(dict.fromkeys(report.config.profile for report in reports))
    points = words_of("rapport.honesty")["points"]
    return tuple(typography(point.format(ran=len(ran), human=human, profile=profiles)) for point in points)


def _advice(report: Report) -> list[Advice]:
    """Return the most useful corrections: serious and frequent first, few of one rule."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in report:
        # The same word is corrected in one go; sentences are not.
        what = " ".join(finding.text.lower().split()) if finding.code.startswith("MOT") else ""
        groups.setdefault((finding.code, what), []).append(finding)
    ranked = sorted(groups.values(), key=lambda group: -sum(_WEIGHTS[f.severity] for f in group))
    advice: list[Advice] = []
    seen: Counter[str] = Counter()
    for group in ranked:
        first = max(group, key=lambda f: f.severity.rank)
        seen[first.code] += 1
        if seen[first.code] <= _MOST_OF_ONE_RULE and len(advice) < _MOST_ADVICE:
            advice.append(_one_advice(first, len(group), all_rules()[first.code]))
    return advice


def _one_advice(first: Finding, count: int, rule: Rule) -> Advice:
    return Advice(
        code=first.code,
        title=rule.title,
        count=count,
        message=first.message,
        how=one_line(rule.how),
        sentence=quoted(first.sentence),
        ideas=tuple(new_ideas(first)),
    )


def quoted(sentence: str) -> str:
    """Return a sentence as a report quotes it, short enough."""
    return shortened(inner_quotes(sentence), _SHORT)


def _measure(measure: Measure, words: Mapping[str, str]) -> tuple[str, str, str]:
    def shown(value: float) -> str:
        return typography(f"{round(100 * value)} %") if measure.is_share else in_french(value)

    limit = "" if measure.limit is None else words["at_most"].format(limit=shown(measure.limit))
    return measure.title, shown(measure.value), limit


def lengths_chart(lengths: Sequence[int]) -> Chart:
    """Return the chart of how long the sentences are."""
    words = words_of()
    bounds = [(low + 1, high) for low, high in zip((0, *_BINS[:-1]), _BINS)]
    bars = [(f"{low} à {high}", sum(low <= n <= high for n in lengths)) for low, high in bounds]
    bars.append((f"{_BINS[-1] + 1} et plus", sum(n > _BINS[-1] for n in lengths)))
    return Chart(words["lengths"], words["length_label"], words["length_count"], tuple(bars), words["lengths_note"])


def families_chart(findings: Sequence[Finding]) -> Chart:
    """Return the chart of what the findings are about."""
    words, names = words_of(), words_of("rapport.families")
    by_family = Counter(finding.code[:3] for finding in findings)
    bars = tuple((names[family], by_family[family]) for family in names if by_family[family])
    return Chart(words["subjects"], words["family_label"], words["family_count"], bars)


def criteria_views(report: Report) -> tuple[CriterionView, ...]:
    """Return the 47 criteria with what falc found in a document."""
    known = all_rules()
    views = []
    for criterion in report.criteria:
        found = [finding for finding in report if finding.code in criterion.rules]
        asking = (known[code] for code in criterion.rules)
        # What a program decides alone needs no question.
        open_ = (
            r for r in asking if r.checkable is not Checkable.AUTO and (not r.formats or report.format in r.formats)
        )
        asked = tuple(rule.question for rule in open_ if rule.question)
        views.append(
            CriterionView(
                rls_criteria()[criterion.id], criterion.status, len(found), found[0] if found else None, asked
            )
        )
    return tuple(views)


def questions(report: Report) -> tuple[tuple[str, str], ...]:
    """Return the title and the question of each rule that only people can judge, for the format of the document."""
    return tuple(
        (rule.title, rule.question)
        for rule in all_rules().values()
        if rule.check == HUMAN and rule.question and (not rule.formats or report.format in rule.formats)
    )
