"""Negation: full, restrictive, bare, lexical, double."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from falc.checks import Hit, Suggestion, check
from falc.checks.sentences import parsed
from falc.french import syntax
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import facts
from falc.french.forms import readings
from falc.french.negations import lexical_negations
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
    lexical: str,
    restrictive: str,
    double: str,
    double_severity: str,
    bold: str,
    bold_severity: str,
    bold_idea: str,
    most: int,
    light_severity: str,
) -> Iterator[Hit]:
    """Yield every negation; its kind is full, restrictive, bare (ne alone), lexical (without ne) or double (graver).

    A negation in bold, in a condition or in an interdiction weighs less, and so do those behind the first `most`.
    """
    light, number = Severity(light_severity), 0
    for block, tokens in ((holder, tokens) for holder in analysed.blocks for _, tokens in parsed(holder)):
        doubles = [block.at(span) for span in syntax.double_negation(tokens)]
        for span in doubles:
            yield Hit(span, {"advice": double}, severity=Severity(double_severity), block=block, kind="double")
        for found in syntax.negations(tokens):
            span = block.at(found.first, found.last)
            if not found.kind or any(span.overlaps(other) for other in doubles):
                continue
            if found.kind == "restrictive":
                yield Hit(span, {"advice": restrictive}, block=block, kind=found.kind)
            elif found.repaired:
                words = block.shown(span).replace(found.last.text, found.repaired)
                yield Hit(
                    span, {"advice": alone.format(words=words)}, (Suggestion(words),), block=block, kind=found.kind
                )
            elif _is_bold(block, found.words):
                yield Hit(span, {"advice": bold}, severity=Severity(bold_severity), block=block, kind=found.kind)
            else:
                word = next(word for word in found.words if word.lower_ not in ("ne", "n'"))
                ideas = (Suggestion(bold_idea.format(word=block.shown(block.at(word)))),) if block.block.runs else ()
                kept = _is_in_condition(found.first, tokens) or _forbids(found.words, tokens)
                number += not kept
                severity = light if kept or number > most else None
                yield Hit(span, {"advice": single}, ideas, severity=severity, block=block, kind=found.kind)
        for other_words in lexical_negations(tokens):
            span = block.at(other_words.first, other_words.last)
            if not any(span.overlaps(other) for other in doubles):
                yield Hit(span, {"advice": lexical}, severity=light, block=block, kind="lexical")


def _forbids(words: Sequence[Token], sentence: SpacySpan) -> bool:
    """Is it an interdiction, whose negation must stay: « vous ne devez pas », « N'envoyez pas », « Ne pas fumer »?"""
    ne = next(word for word in words if word.lower_ in ("ne", "n'"))
    for token in sentence.doc[ne.i + 1 : min(ne.i + 4, sentence.end)]:
        known = readings(token.lower_)
        if {reading.lemma for reading in known} & facts("verbes-d-interdiction"):
            return True
        if token.lower_ not in facts("clitiques") and token.lower_ not in facts("negations"):
            order = any(reading.mood == "Imp" or reading.verb_form == "Inf" for reading in known)
            return order and (ne.i == sentence.start or ne.nbor(-1).is_punct)
    return False


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
