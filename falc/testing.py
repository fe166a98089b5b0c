"""Run the examples of rules: for falc's own tests and for authors of rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from falc.config import Config
from falc.document import Document
from falc.edits import Taken
from falc.findings import check_of, find, needs_parser
from falc.formats import read_bytes, read_text
from falc.formats.text import apply_edits
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse
from falc.french.rewriting import rewritten
from falc.model import Edit, Example, Finding, Rule, Safety, Span
from falc.rules import MARK
from falc.selection import configured, selected
from falc.sifting import sift

_OFFICE = ("docx", "odt")
_ROUNDS = 5


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
    # What a comment does depends on what all the other rules find.
    about_comments = check_of(rule).scope == "comments"
    rules = [*selected(Config(select=("ALL",))), rule] if about_comments else [rule]
    (analysed,) = analyse([document], lexicon, parse=needs_parser(rules), model=Config().model)
    found = find(analysed, rules)
    if not about_comments:
        return found
    told, _ = sift(analysed, found, rules)
    return tuple(finding for finding in told if finding.code == rule.code)


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


def lexicon_results(
    examples: Sequence[tuple[str, str, str]], lexicon: Lexicon | None = None
) -> Iterator[tuple[str | None, Safety]]:
    """Yield what becomes of texts, given as (term, part of speech, text), when that term alone is replaced.

    None stands for a text in which falc makes no edit for the term, with the safety `display`.
    """
    lexicon = lexicon or Lexicon.load()
    documents = [read_text(text, "text") for *_, text in examples]
    analysed = analyse(documents, lexicon, parse=True, model=Config().model)
    for (wanted, pos, text), document in zip(examples, analysed, strict=True):
        result, safety = None, Safety.DISPLAY
        for block in document.blocks:
            for term in block.terms:
                made = rewritten(term) if (term.entry.term, term.entry.pos) == (wanted, pos) else None
                if made is not None and result is None:
                    edits = [Edit(block.block.source(edit.span), edit.text) for edit in made.edits]
                    result, safety = apply_edits(text, edits), made.safety
        yield result, safety


def replaced_texts(texts: Sequence[str], lexicon: Lexicon | None = None) -> Iterator[tuple[str, list[str]]]:
    """Yield texts with every term replaced that falc can put another word for, safe or not, and those terms."""
    lexicon = lexicon or Lexicon.load()
    for text in texts:
        terms: list[str] = []
        for _ in range(_ROUNDS):
            (document,) = analyse([read_text(text, "text")], lexicon, parse=True)
            taken, edits = Taken(), []
            for block in document.blocks:
                for term in block.terms:
                    made = rewritten(term)
                    own = [Edit(block.block.source(edit.span), edit.text) for edit in made.edits] if made else []
                    if own and taken.take([edit.span for edit in own]):
                        edits += own
                        terms.append(term.entry.term)
            if not edits:
                break
            text = apply_edits(text, tuple(sorted(edits, key=lambda edit: edit.span)))
        yield text, terms


def _fix_problems(case: Case, text: str, finding: Finding, lexicon: Lexicon) -> list[str]:
    edits: tuple[Edit, ...] = next((fix.edits for fix in finding.fixes if fix.safety is not Safety.DISPLAY), ())
    if case.example.fix is None:
        return [f"correction inattendue : {edits}"] if edits else []
    fixed = apply_edits(text, edits)
    if fixed != case.example.fix:
        return [f"correction attendue « {case.example.fix} », obtenue « {fixed} »"]
    again = findings_of(case.rule, fixed, case.example, lexicon)
    return [f"le texte corrigé a encore « {finding.text} »" for finding in again]
