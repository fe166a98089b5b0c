"""Finite clauses inside a sentence, and inside one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from falc.checks import Hit, check
from falc.checks.questions import as_question
from falc.checks.sentences import parsed
from falc.french import syntax
from falc.french.analysis import AnalysedBlock
from falc.french.conditions import condition
from falc.french.facts import facts
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Tokens


@check("subordinate", needs="parser", provides=("marker", "advice"))
def subordinate(
    block: AnalysedBlock,
    *,
    max_clauses: int,
    max_depth: int,
    nested_severity: str,
    conditions: tuple[str, ...],
    condition_advice: str,
    nested_advice: str,
    advice: str,
    question: str,
    max_clause_words: int,
) -> Iterator[Hit]:
    """Yield the first clause of each sentence with subordinate clauses; `nested` when one holds another."""
    for span, tokens in parsed(block):
        clauses = syntax.subordinates(tokens)
        if len(clauses) <= max_clauses:
            continue
        if len(clauses) == 1 and not _is_whole(block, span) and not syntax.finite_clauses(tokens):
            continue  # « Bien qui présente un défaut », in a list: there is no other sentence
        first, depth = clauses[0].marker, max(clause.depth for clause in clauses)
        asks = first.text.lower() in conditions and _may_be_asked(first, tokens)
        asks = asks and not syntax.is_indirect_question(clauses[0])
        opening = condition(block.text, span) if asks else None
        ideas = as_question(block, tokens, opening, question, max_clause_words) if opening is not None else ()
        words = condition_advice if asks else nested_advice if depth > 1 else advice
        yield Hit(
            block.at(first),
            {"marker": first.text, "advice": words},
            ideas,
            severity=Severity(nested_severity) if depth > max_depth else None,
            kind="nested" if depth > 1 else "simple",
        )


def _is_whole(block: AnalysedBlock, span: Span) -> bool:
    sentence = block.sentence_at(span)
    return sentence is not None and sentence.is_whole


def _may_be_asked(marker: Tokens, sentence: Tokens) -> bool:
    """Can a condition become a question?  Not « (par exemple, si… », « sauf s'il », « ou, s'il »."""
    before = [token.lower_ for token in sentence.doc[sentence.start : marker.start]]
    if before.count("(") > before.count(")"):
        return False
    if before[-2:] == ["ou", ","]:
        return False
    words = [word for word in before[-2:] if word != ","]
    return not words or words[-1] not in facts("devant-si-sans-question")
