"""Negation: full, restrictive, alone, double."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from falc.checks import Hit, Suggestion, check
from falc.checks.sentences import parsed
from falc.french import syntax
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import facts
from falc.model import Severity

if TYPE_CHECKING:  # spaCy takes a second to import
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

_CONDITION_REACH = 8  # words between « si » and its negation


@check("negation", needs="parser", scope="document", provides=("advice",))
def negation(
    analysed: AnalysedDocument,
    *,
    single: str,
    alone: str,
    restrictive: str,
    double: str,
    double_severity: str,
    bold: str,
    bold_severity: str,
    bold_idea: str,
    most: int,
    light_severity: str,
) -> Iterator[Hit]:
    """Yield every negation, and every double negation as one graver hit.

    A negation in bold or in a condition weighs less, and so do those behind the first `most`.
    """
    light, number = Severity(light_severity), 0
    for block, tokens in ((holder, tokens) for holder in analysed.blocks for _, tokens in parsed(holder)):
        doubles = [block.at(span) for span in syntax.double_negation(tokens)]
        for span in doubles:
            yield Hit(span, {"advice": double}, severity=Severity(double_severity), block=block)
        for found in syntax.negations(tokens):
            span = block.at(found.first, found.last)
            if found.kind == "bare" or any(span.overlaps(other) for other in doubles):
                continue
            if found.kind == "restrictive":
                yield Hit(span, {"advice": restrictive}, block=block)
            elif found.repaired:
                words = block.shown(span).replace(found.last.text, found.repaired)
                yield Hit(span, {"advice": alone.format(words=words)}, (Suggestion(words),), block=block)
            elif _is_bold(block, found.words):
                yield Hit(span, {"advice": bold}, severity=Severity(bold_severity), block=block)
            else:
                word = next(word for word in found.words if word.lower_ not in ("ne", "n'"))
                ideas = (Suggestion(bold_idea.format(word=block.shown(block.at(word)))),) if block.block.runs else ()
                asks = _is_in_condition(found.first, tokens)
                number += not asks
                severity = light if asks or number > most else None
                yield Hit(span, {"advice": single}, ideas, severity=severity, block=block)


def _is_in_condition(first: Token, sentence: SpacySpan) -> bool:
    """Is it « si vous n'avez pas… », which tells a case and forbids nothing?"""
    for token in reversed(sentence.doc[max(first.i - _CONDITION_REACH, sentence.start) : first.i]):
        if token.lower_ in facts("mots-de-condition"):
            return True
        if token.text in (",", ":", ";"):
            return False
    return False


def _is_bold(block: AnalysedBlock, words: Sequence[Token]) -> bool:
    """Is a word of the negation in bold, so that nobody misses it?"""
    looks = (block.block.format_at(block.at(word).start) for word in words)
    return any(look is not None and look.bold for look in looks)
