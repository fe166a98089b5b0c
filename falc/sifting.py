"""The findings that a report tells, and those that the comments of the document pass over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from falc.findings import check_of, find, find_in_comments, in_order
from falc.french.analysis import AnalysedDocument
from falc.model import Finding, Rule, Suppressed
from falc.suppression import Suppression

__all__ = ["sift"]


def sift(
    analysed: AnalysedDocument, findings: Sequence[Finding], rules: Sequence[Rule]
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
    """Return the findings to tell, those about comments among them, and those that a comment passes over.

    `findings` are those of `rules`, in the order of the text.
    """
    if not analysed.document.directives:
        return tuple(findings), ()
    suppression = Suppression(analysed.document)
    kept, suppressed = suppression.sift(findings)
    told = find_in_comments(analysed.document, suppression, rules)
    again = tuple(_told_elsewhere(analysed, suppression, suppressed, rules)) if suppressed else ()
    places = {(finding.code, finding.span) for finding in kept}
    again = tuple(finding for finding in again if (finding.code, finding.span) not in places)
    return tuple(in_order((*kept, *told, *again))), suppressed


def _told_elsewhere(
    analysed: AnalysedDocument, suppression: Suppression, suppressed: Sequence[Suppressed], rules: Sequence[Rule]
) -> Iterator[Finding]:
    """Yield what a rule tells once in a document, when its first place is passed over: then the next one counts."""
    words = {(one.finding.code, one.finding.text.casefold()) for one in suppressed if one.finding.text}
    codes = {code for code, _ in words}
    once = [rule for rule in rules if rule.code in codes and check_of(rule).scope == "document"]
    for rule in once:
        # A block that is partly covered is left out whole.
        blocks = tuple(block for block in analysed.blocks if not suppression.touches(rule.code, block.block))
        document = replace(analysed.document, blocks=tuple(block.block for block in blocks), variants=())
        for finding in find(AnalysedDocument(document, blocks), (rule,)):
            if (finding.code, finding.text.casefold()) in words and not suppression.covers(finding):
                yield finding
