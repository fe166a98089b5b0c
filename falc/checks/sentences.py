"""Sentences: length, ideas, negation, voice, clauses, punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from falc.checks import Hit, check
from falc.french import syntax
from falc.french.analysis import AnalysedBlock, count_words
from falc.french.protected import Outside, protected_spans
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from spacy.tokens import Span as SpacySpan

_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2,12}")


@check("sentence_length", provides=("words",))
def sentence_length(block: AnalysedBlock, *, max_words: int, error_above: int) -> Iterator[Hit]:
    """Yield every sentence with more than `max_words` words."""
    for sentence in block.sentences:
        if sentence.words > max_words:
            severity = Severity.ERROR if sentence.words > error_above else None
            yield Hit(sentence.span, {"words": sentence.words}, severity=severity)


@check("several_ideas", needs="parser", provides=("ideas",))
def several_ideas(block: AnalysedBlock, *, max_ideas: int, many: int, many_severity: str) -> Iterator[Hit]:
    """Yield every sentence with more than `max_ideas` main finite clauses, more gravely from `many`."""
    for span, tokens in _parsed(block):
        heads = syntax.finite_clauses(tokens)
        if len(heads) > max_ideas:
            severity = Severity(many_severity) if len(heads) >= many else None
            yield Hit(span, {"ideas": len(heads)}, severity=severity)


@check("negation", needs="parser", provides=("advice",))
def negation(
    block: AnalysedBlock, *, single: str, restrictive: str, double: str, double_severity: str
) -> Iterator[Hit]:
    """Yield every negation, and every double negation as one graver hit."""
    for _, tokens in _parsed(block):
        doubles = [block.at(span) for span in syntax.double_negation(tokens)]
        for span in doubles:
            yield Hit(span, {"advice": double}, severity=Severity(double_severity))
        for found in syntax.negations(tokens):
            span = block.at(found.first, found.last)
            if found.kind != "bare" and not any(span.overlaps(other) for other in doubles):
                yield Hit(span, {"advice": restrictive if found.kind == "restrictive" else single})


@check("passive", needs="parser", provides=("advice",))
def passive(
    block: AnalysedBlock,
    *,
    with_agent: str,
    with_long_agent: str,
    max_agent_words: int,
    without_agent: str,
    soft: str,
    soft_severity: str,
) -> Iterator[Hit]:
    """Yield every passive; one that may be a state (« est fermé ») with less weight."""
    for _, tokens in _parsed(block):
        for found in syntax.passives(tokens):
            span = block.at(found.first, found.last)
            if found.agent is not None:
                agent = block.shown(block.at(found.agent[1:]))  # without « par »
                template = with_agent if count_words(agent) <= max_agent_words else with_long_agent
                yield Hit(span, {"advice": template.format(agent=agent)})
            elif found.firm:
                yield Hit(span, {"advice": without_agent})
            else:
                yield Hit(span, {"advice": soft}, severity=Severity(soft_severity))


@check("subordinate", needs="parser", provides=("marker",))
def subordinate(block: AnalysedBlock, *, max_clauses: int, nested_severity: str) -> Iterator[Hit]:
    """Yield the sentences with subordinate clauses, more gravely when one stands inside another."""
    for _, tokens in _parsed(block):
        clauses = syntax.subordinates(tokens)
        if len(clauses) > max_clauses:
            deep = any(clause.depth > 1 for clause in clauses)
            first = clauses[0].marker
            yield Hit(block.at(first), {"marker": first.text}, severity=Severity(nested_severity) if deep else None)


@check("punctuation", provides=("advice",))
def punctuation(
    block: AnalysedBlock,
    *,
    signs: tuple[str, ...],
    spaced: tuple[str, ...],
    pairs: tuple[str, ...],
    advice: tuple[str, ...],
    acronym_advice: str,
    acronym_severity: str,
) -> Iterator[Hit]:
    """Yield every sign that asks for a simpler sentence; a pair of brackets is one hit with what it holds.

    `advice` holds one text for each of `signs`, then one for each of `pairs`.  Brackets around an acronym
    weigh less: many guides ask for them after the full name.
    """
    outside = Outside(protected_spans(block.text))
    words = dict(zip((*signs, *pairs), advice, strict=True))
    for span, sign in _signs(block, signs, pairs):
        if not outside(span) or (sign in spaced and not _is_spaced(block.text, span)):
            continue
        if sign in pairs and _ACRONYM.fullmatch(block.text, span.start + 1, span.end - 1):
            yield Hit(span, {"advice": acronym_advice}, severity=Severity(acronym_severity))
        else:
            yield Hit(span, {"advice": words[sign]})


def _is_spaced(text: str, span: Span) -> bool:
    """Has the sign a word and a space on each side?"""
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    return (
        len(before) == 2 and before.endswith(" ") and not before.isspace() and after.startswith(" ") and len(after) == 2
    )


def _signs(block: AnalysedBlock, signs: tuple[str, ...], pairs: tuple[str, ...]) -> Iterator[tuple[Span, str]]:
    opening = {pair[0]: pair for pair in pairs}
    position, text = 0, block.text
    while position < len(text):
        sign = next((sign for sign in signs if text.startswith(sign, position)), None)
        if sign is not None:
            yield Span(position, position + len(sign)), sign
            position += len(sign)
        elif text[position] in opening:
            pair = opening[text[position]]
            end = text.find(pair[1], position)
            if end > 0:
                # « né(e) » is a short gendered form, which another rule looks for
                if position == 0 or not text[position - 1].isalpha():
                    yield Span(position, end + 1), pair
                position = end
            else:
                del opening[pair[0]]  # never closed: looking again would be quadratic
            position += 1
        else:
            position += 1


def _parsed(block: AnalysedBlock) -> Iterator[tuple[Span, SpacySpan]]:
    """Yield the parsed sentences that hold words."""
    for sentence in block.sentences:
        if sentence.tokens is not None and sentence.words:
            yield sentence.span, sentence.tokens
