"""A condition as a question and its answer: an idea for the writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from falc.checks import Suggestion
from falc.french.analysis import AnalysedBlock
from falc.french.conditions import Condition
from falc.model import Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Tokens

__all__ = ["as_question"]


def as_question(
    block: AnalysedBlock, tokens: Tokens, found: Condition, question: str, max_words: int
) -> tuple[Suggestion, ...]:
    """Return the condition as a question and its answer, when both are short."""
    if found.clause is None or found.answer is None:
        return ()
    clause, answer = block.shown(found.clause).strip(), block.shown(found.answer).strip()
    if len(clause.split()) > max_words or len(answer.split()) > max_words or answer.endswith(":"):
        return ()
    if "vous" not in f"{clause} {answer}".lower().split():
        return ()  # a question to the reader about somebody else
    if not all(_is_clean(part) for part in (clause, answer)) or _begins_with_infinitive(block, tokens, found.answer):
        return ()
    return (Suggestion(question.format(clause=clause[:1].upper() + clause[1:], answer=answer)),)


def _is_clean(part: str) -> bool:
    """Are all brackets and quotation marks of a part closed?"""
    return all(part.count(opening) == part.count(closing) for opening, closing in ("()", "[]", "«»", "“”"))


def _begins_with_infinitive(block: AnalysedBlock, tokens: Tokens, answer: Span) -> bool:
    """Is it « mentionner la faute », which makes no answer?"""
    first = next((token for token in tokens if block.at(token).start >= answer.start and not token.is_space), None)
    return first is not None and "Inf" in first.morph.get("VerbForm", [])
