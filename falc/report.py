"""What falc found in a document, what it measured, and the versioned wire format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from falc.config import Config
from falc.criteria import rls_criteria
from falc.document import Document, Skipped
from falc.french.analysis import AnalysedDocument, Sentence
from falc.french.frequency import syllables
from falc.french.readability import flesch
from falc.model import FalcError, Finding, Fix, Rule, Severity, Suppressed
from falc.rules import HUMAN
from falc.texts import texts

WIRE_VERSION = 1
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number about the whole document; `passed` is `None` when there is no limit."""

    name: str
    title: str
    value: float
    limit: float | None = None
    is_share: bool = False

    @property
    def passed(self) -> bool | None:
        return None if self.limit is None else self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the RLS and what the machine tests of it found.

    `status` is problem, none-found, human or not-applicable.
    """

    id: str
    level: str
    status: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """The findings in a document, in the order of the text.  Iterating yields them.

    `source` is the document, or what reads it when somebody asks.
    """

    name: str
    format: str | None
    source: Document | Callable[[], Document] | None
    words: int = 0
    sentences: int = 0
    findings: tuple[Finding, ...] = ()
    measures: Mapping[str, Measure] = field(default_factory=dict)
    criteria: tuple[Criterion, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    error: str | None = None
    config: Config = field(default_factory=Config)
    sentence_lengths: tuple[int, ...] = ()  # in words, of the whole sentences
    rules: tuple[Rule, ...] = ()  # those that ran

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __bool__(self) -> bool:
        return True

    @cached_property
    def document(self) -> Document | None:
        """The text that was checked.  Raises FalcError when its file cannot be read any more, or is another one now."""
        if not callable(self.source):
            return self.source
        document = self.source()
        if any(document.slice(finding.span) != finding.text for finding in self.findings):
            raise FalcError(texts()["cache"]["changed"].format(path=self.name))
        return document

    @property
    def worst(self) -> Severity | None:
        """The highest severity of the findings."""
        return max((finding.severity for finding in self.findings), key=lambda s: s.rank, default=None)

    def count(self, severity: Severity) -> int:
        return sum(1 for finding in self.findings if finding.severity is severity)

    def to_dict(self) -> dict[str, Any]:
        """Return one entry of `files` of the JSON report, version 1."""
        return {
            "path": self.name,
            "format": self.format,
            "words": self.words,
            "sentences": self.sentences,
            "error": self.error,
            "findings": [finding_dict(finding) for finding in self.findings],
            "measures": [
                {"name": m.name, "value": m.value, "limit": m.limit, "passed": m.passed} for m in self.measures.values()
            ],
            "criteria": [
                {"id": c.id, "level": c.level, "status": c.status, "rules": list(c.rules)} for c in self.criteria
            ],
            "skipped": [{"what": s.what, "count": s.count, "why": s.why} for s in self.skipped],
            "suppressed": len(self.suppressed),
        }


def unreadable(name: str, error: str) -> Report:
    """Return the report of a file that could not be read, with the reason in French."""
    reason = error if error.startswith(name) else f"{name} : {error}"
    return Report(name=name, format=None, source=None, error=reason)


def finding_dict(finding: Finding) -> dict[str, Any]:
    """Return one entry of `findings` of the JSON report, version 1."""
    place = finding.location
    return {
        "code": finding.code,
        "name": finding.name,
        "kind": finding.kind,
        "severity": str(finding.severity),
        "tier": str(finding.tier),
        "criterion": finding.criterion,
        "level": finding.level,
        "message": finding.message,
        "start": finding.span.start,
        "end": finding.span.end,
        "text": finding.text,
        "location": {
            "line": place.line,
            "column": place.column,
            "end_line": place.end_line,
            "end_column": place.end_column,
            "place": place.place,
        },
        "fixes": [_fix(fix) for fix in finding.fixes],
        "fingerprint": finding.fingerprint,
    }


def new_ideas(finding: Finding) -> list[str]:
    """Return the titles of the fixes that the message of the finding does not give already."""
    message = finding.message.lower()
    return [fix.title for fix in finding.fixes if fix.title[fix.title.find("«") :].lower() not in message]


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{"start": edit.span.start, "end": edit.span.end, "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safety": str(fix.safety), "edits": edits}


def measure(analysed: AnalysedDocument, sentences: Sequence[Sentence]) -> dict[str, Measure]:
    """Measure a document by its whole `sentences`; formulas and weights are those of `rules/textes.toml`."""
    words = sum(sentence.words for sentence in sentences)
    settings = texts()["measures"]
    per_sentence = words / len(sentences) if sentences else 0.0
    max_words = settings["long_sentences"]["max_words"]
    long_share = sum(1 for s in sentences if s.words > max_words) / len(sentences) if sentences else 0.0
    values = {
        "words_per_sentence": per_sentence,
        "long_sentences": long_share,
        "flesch_fr": flesch(" ".join(s.text for s in sentences)) if words else 0.0,
        "difficulty": sum(
            part * settings["difficulty"]["weights"][name]
            for name, part in difficulty_parts(analysed, sentences).items()
        ),
    }
    return {
        name: Measure(
            name,
            settings[name]["title"].format(max_words=max_words),
            round(value, 3),
            settings[name].get("limit"),
            settings[name].get("share", False),
        )
        for name, value in values.items()
    }


def whole_sentences(analysed: AnalysedDocument) -> list[Sentence]:
    """Return the sentences that end like one, or all when none does; titles and addresses would lower the mean."""
    sentences = [sentence for block in analysed.blocks for sentence in block.sentences if sentence.words]
    return [sentence for sentence in sentences if sentence.is_whole] or sentences


def difficulty_parts(analysed: AnalysedDocument, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Return words per sentence, long words in 100 words, and difficult terms of the lexicons in 100 words.

    Each is drawn to its usual value by a few words, so that a short text does not jump from one end to the other.
    Neither the rules that ran nor the parser play a part: texts stay comparable.
    """
    settings = texts()["measures"]["difficulty"]
    usual, extra = settings["usual"], settings["extra_words"]
    words = sum(sentence.words for sentence in sentences)
    everything = sum(sentence.words for block in analysed.blocks for sentence in block.sentences)
    letters = [word for block in analysed.blocks for word in _LETTERS.findall(block.text)]
    long_words = sum(1 for word in letters if syllables(word) >= settings["long_word_syllables"])
    terms = sum(len(block.terms_by_form) for block in analysed.blocks)
    return {
        "sentence": (words + extra) / (len(sentences) + extra / usual["sentence"]),
        "word": 100 * (long_words + extra * usual["word"]) / (len(letters) + extra),
        "term": 100 * (terms + extra * usual["term"]) / (everything + extra),
    }


def criteria(rules: Sequence[Rule], all_known: Sequence[Rule], format: str, codes: set[str]) -> tuple[Criterion, ...]:
    """Return the status of each criterion of the RLS.

    `rules` ran on the document, `codes` are those that found something.
    """
    ran = {rule.code for rule in rules if not rule.formats or format in rule.formats}
    by_id: dict[str, list[Rule]] = {name: [] for name in rls_criteria()}
    for rule in all_known:
        if rule.criterion:
            by_id[rule.criterion].append(rule)
    return tuple(
        Criterion(name, rls_criteria()[name].level, _status(known, ran, codes, format), tuple(r.code for r in known))
        for name, known in by_id.items()
    )


def _status(known: Sequence[Rule], ran: set[str], codes: set[str], format: str) -> str:
    if any(rule.code in codes for rule in known):
        return "problem"
    machine = [rule for rule in known if rule.check != HUMAN]
    if not machine:
        return "human"
    fitting = [rule for rule in machine if not rule.formats or format in rule.formats]
    if not any(rule.code in ran for rule in fitting):
        return "not-applicable"
    return "none-found" if all(rule.code in ran for rule in fitting) else "human"


@dataclass(slots=True)
class Totals:
    """Files and findings, counted while reports go by."""

    files: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    unreadable: int = 0
    suppressed: int = 0

    @property
    def read(self) -> int:
        return self.files - self.unreadable

    @property
    def found(self) -> int:
        return self.errors + self.warnings + self.infos

    def counting(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Yield reports, each counted before."""
        for report in reports:
            self.files += 1
            self.errors += report.count(Severity.ERROR)
            self.warnings += report.count(Severity.WARNING)
            self.infos += report.count(Severity.INFO)
            self.unreadable += report.error is not None
            self.suppressed += len(report.suppressed)
            yield report

    def to_dict(self) -> dict[str, int]:
        """Return the `summary` of the JSON report, version 1."""
        return {
            "files": self.files,
            "errors": self.errors,
            "warnings": self.warnings,
            "infos": self.infos,
            "unreadable": self.unreadable,
        }


def summary(reports: Iterable[Report]) -> dict[str, int]:
    """Count files and findings for the end of a report."""
    totals = Totals()
    for _ in totals.counting(reports):
        pass
    return totals.to_dict()
