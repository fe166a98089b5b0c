"""Run the examples of rules: for falc's own tests and for authors of rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from falc.config import Config
from falc.findings import find, needs_parser
from falc.formats import read_text
from falc.formats.text import apply_edits
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse
from falc.model import Edit, Example, Finding, Rule, Safety, Span
from falc.selection import configured

_OPEN, _CLOSE = "<<", ">>"


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
    plain, *pieces = text.split(_OPEN)
    spans = []
    for piece in pieces:
        inside, _, after = piece.partition(_CLOSE)
        spans.append(Span(len(plain), len(plain) + len(inside)))
        plain += inside + after
    return plain, tuple(spans)


def findings_of(rule: Rule, text: str, example: Example, lexicon: Lexicon) -> tuple[Finding, ...]:
    """Return what one rule, with the options of the example, finds in a text."""
    rule = configured(rule, example.options, lambda _: rule.code)
    document = read_text(text, example.format)
    (analysed,) = analyse([document], lexicon, parse=needs_parser([rule]), model=Config().model)
    return find(analysed, [rule])


def problems(case: Case, lexicon: Lexicon) -> list[str]:
    """Return what is wrong with a case; an empty list means that it passes.

    A good text gives no finding.  A bad one gives exactly one, at its mark; its first edit
    gives `fix`, which gives no finding.
    """
    text, expected = marked(case.example.text)
    found = findings_of(case.rule, text, case.example, lexicon)
    if not case.bad:
        return [f"trouvé à tort : « {finding.text} »" for finding in found]
    if [finding.span for finding in found] != list(expected):
        wanted = [text[span.start : span.end] for span in expected]
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
