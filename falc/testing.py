"""Run the examples of rules: for falc's own tests and for authors of rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from falc.config import Config
from falc.document import Document
from falc.findings import find, needs_parser
from falc.formats import read_bytes, read_text
from falc.formats.text import apply_edits
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse
from falc.model import Edit, Example, Finding, Rule, Safety, Span
from falc.rules import MARK
from falc.selection import configured

_OFFICE = ("docx", "odt")


@dataclass(frozen=True, slots=True)
class Case:
    """One example of one rule; `id` reads PHR001-bad-2."""

    id: str
    rule: Rule
    example: Example
    bad: bool


def cases(rules: Sequence[Rule]) -> Iterator[Case]:
    """Yield every example of the rules."""
    for rule in rules:
        for kind, examples in (("good", rule.good), ("bad", rule.bad)):
            for number, example in enumerate(examples, start=1):
                yield Case(f"{rule.code}-{kind}-{number}", rule, example, kind == "bad")


def marked(text: str) -> tuple[str, tuple[Span, ...]]:
    """Return a text without its `<<…>>` marks, and the spans that they marked."""
    plain, spans, position = "", [], 0
    for mark in MARK.finditer(text):
        plain += text[position : mark.start()]
        spans.append(Span(len(plain), len(plain) + len(mark[1])))
        plain += mark[1]
        position = mark.end()
    return plain + text[position:], tuple(spans)


def document_of(text: str, example: Example) -> Document:
    """Return the document of an example whose text, without marks, is `text`."""
    if example.format not in _OFFICE:
        return read_text(text, example.format)
    from falc.formats.office import specimen

    data = specimen.SPECIMENS[example.format](text, example.parts)
    return read_bytes(data, Path(f"exemple.{example.format}"), "-")


def findings_of(rule: Rule, text: str, example: Example, lexicon: Lexicon) -> tuple[Finding, ...]:
    """Return what one rule, with the options of the example, finds in a text."""
    rule = configured(rule, example.options, lambda _: rule.code)
    document = document_of(text, example)
    (analysed,) = analyse([document], lexicon, parse=needs_parser([rule]), model=Config().model)
    return find(analysed, [rule])


def problems(case: Case, lexicon: Lexicon) -> list[str]:
    """Return what is wrong with a case; an empty list means that it passes.

    A good text gives no finding.  A bad one gives exactly one, at its mark, or without a place when it has no mark;
    its first edit gives `fix`, which gives no finding.
    """
    text, expected = marked(case.example.text)
    found = findings_of(case.rule, text, case.example, lexicon)
    if not case.bad:
        return [f"trouvé à tort : « {finding.text} »" for finding in found]
    wanted = [text[span.start : span.end] for span in expected] or [""]
    same_place = case.example.format in _OFFICE or [f.span for f in found] == list(expected or [Span(0, 0)])
    if [finding.text for finding in found] != wanted or not same_place:
        return [f"attendu {wanted}, trouvé {[finding.text for finding in found]}"]
    return _fix_problems(case, text, found[0], lexicon)


def _fix_problems(case: Case, text: str, finding: Finding, lexicon: Lexicon) -> list[str]:
    edits: tuple[Edit, ...] = next((fix.edits for fix in finding.fixes if fix.safety is not Safety.DISPLAY), ())
    if case.example.fix is None:
        return [f"correction inattendue : {edits}"] if edits else []
    fixed = apply_edits(text, edits)
    if fixed != case.example.fix:
        return [f"correction attendue « {case.example.fix} », obtenue « {fixed} »"]
    again = findings_of(case.rule, fixed, case.example, lexicon)
    return [f"le texte corrigé a encore « {finding.text} »" for finding in again]
