"""Negation: full, restrictive, bare, lexical, double."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from falc.checks import Hit, Suggestion, check
from falc.checks.sentences import parsed
from falc.french import syntax
from falc.french.analysis import AnalysedBlock
from falc.french.negations import Negation
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Token


@check("negation", needs="parser", provides=("advice",))
def negation(
    block: AnalysedBlock,
    *,
    single: str,
    bold: str,
    bold_idea: str,
    lexical: str,
    without_ne: bool,
    light_severity: str,
    alone: str,
    restrictive: str,
    double: str,
    double_severity: str,
) -> Iterator[Hit]:
    """Yield every negation; its kind is full, restrictive, bare (ne alone), lexical (without ne) or double (graver).

    Good writers of easy French keep as many full negations as others: they weigh little.  Those without « ne » are told
    when `without_ne` says so.
    """
    light = Severity(light_severity)
    for _, tokens in parsed(block):
        doubles = [block.at(span) for span in syntax.double_negation(tokens)]
        for span in doubles:
            yield Hit(span, {"advice": double}, severity=Severity(double_severity), kind="double")
        others = syntax.lexical_negations(tokens) if without_ne else ()
        for found in (*syntax.negations(tokens), *others):
            span = block.at(found.first, found.last)
            if any(span.overlaps(other) for other in doubles):
                continue
            if found.kind == "lexical":
                yield Hit(span, {"advice": lexical}, severity=light, kind=found.kind)
            elif found.kind == "restrictive":
                yield Hit(span, {"advice": restrictive}, kind=found.kind)
            elif found.repaired:
                words = block.shown(span).replace(found.last.text, found.repaired)
                yield Hit(span, {"advice": alone.format(words=words)}, (Suggestion(words),), kind=found.kind)
            else:
                yield _single(block, span, found, single, bold, bold_idea, light)


def _single(
    block: AnalysedBlock, span: Span, found: Negation, single: str, bold: str, bold_idea: str, severity: Severity
) -> Hit:
    """Return the hit of one negation, with the idea to put it in bold where the text can be."""
    if _is_bold(block, found.words):
        return Hit(span, {"advice": bold}, severity=severity, kind=found.kind)
    word = next(word for word in found.words if word.lower_ not in ("ne", "n'"))
    ideas = (Suggestion(bold_idea.format(word=block.shown(block.at(word)))),) if block.block.runs else ()
    return Hit(span, {"advice": single}, ideas, severity, kind=found.kind)


def _is_bold(block: AnalysedBlock, words: Sequence[Token]) -> bool:
    """Is a word of the negation in bold, so that nobody misses it?"""
    looks = (block.block.format_at(block.at(word).start) for word in words)
    return any(look is not None and look.bold for look in looks)
