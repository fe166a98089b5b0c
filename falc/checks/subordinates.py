"""Finite clauses inside a sentence, and inside one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from falc.checks import Hit, check
from falc.checks.sentences import parsed
from falc.french import syntax
from falc.french.analysis import AnalysedBlock
from falc.french.conditions import condition
from falc.french.facts import facts
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from spacy.tokens import Span as SpacySpan


@check("subordinate", needs="parser", provides=("marker", "advice"))
def subordinate(
    block: AnalysedBlock,
    *,
    max_clauses: int,
    nested_severity: str,
    conditions: tuple[str, ...],
    condition_advice: str,
    advice: str,
) -> Iterator[Hit]:
    """Yield the sentences with subordinate clauses, more gravely when one stands inside another."""
    for span, tokens in parsed(block):
        clauses = [clause for clause in syntax.subordinates(tokens) if not _tells_who(clause.marker, tokens)]
        if len(clauses) == 1 and not _is_whole(block, span) and not syntax.finite_clauses(tokens):
            continue  # « Bien qui présente un défaut », in a list: there is no other sentence
        opening = condition(block.text, span)
        if opening is not None:  # « Si vous… » at the start has a rule of its own
            clauses = [clause for clause in clauses if not block.at(clause.marker).overlaps(opening.marker)]
        if len(clauses) > max_clauses:
            deep = any(clause.depth > 1 for clause in clauses)
            first = clauses[0].marker
            asks = first.text.lower() in conditions and _may_be_asked(first, tokens)
            asks = asks and not syntax.is_indirect_question(clauses[0])
            words = condition_advice if asks else advice
            severity = Severity(nested_severity) if deep else None
            yield Hit(block.at(first), {"marker": first.text, "advice": words}, severity=severity)


def _is_whole(block: AnalysedBlock, span: Span) -> bool:
    sentence = block.sentence_at(span)
    return sentence is not None and sentence.is_whole


def _tells_who(marker: SpacySpan, sentence: SpacySpan) -> bool:
    """Is it « ceux qui », which is one idea?"""
    before = marker.doc[marker.start - 1] if marker.start > sentence.start else None
    return before is not None and marker.text.lower() == "qui" and before.lower_ in facts("pronoms-demonstratifs")


def _may_be_asked(marker: SpacySpan, sentence: SpacySpan) -> bool:
    """Can a condition become a question?  Not « (par exemple, si… », « sauf s'il », « ou, s'il »."""
    before = [token.lower_ for token in sentence.doc[sentence.start : marker.start]]
    if before.count("(") > before.count(")"):
        return False
    if before[-2:] == ["ou", ","]:
        return False
    words = [word for word in before[-2:] if word != ","]
    return not words or words[-1] not in facts("devant-si-sans-question")
