"""Sentences: length, ideas, negation, voice, clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from falc.checks import Hit, Suggestion, check
from falc.french import syntax
from falc.french.analysis import AnalysedBlock, count_words
from falc.french.conditions import condition
from falc.french.facts import facts
from falc.french.instructions import imperatives
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token


@check("sentence_length", provides=("words",))
def sentence_length(
    block: AnalysedBlock, *, max_words: int, error_above: int, unfinished_severity: str
) -> Iterator[Hit]:
    """Yield every sentence with more than `max_words` words; a line without a full stop weighs less."""
    for sentence in block.sentences:
        if sentence.words > max_words:
            severity = Severity.ERROR if sentence.words > error_above else None
            if not sentence.is_whole:
                severity = Severity(unfinished_severity)
            yield Hit(sentence.span, {"words": sentence.words}, severity=severity)


@check("several_ideas", needs="parser", provides=("ideas",))
def several_ideas(block: AnalysedBlock, *, max_ideas: int, many: int, many_severity: str) -> Iterator[Hit]:
    """Yield every sentence with more than `max_ideas` main finite clauses, more gravely from `many`."""
    for span, tokens in parsed(block):
        heads = syntax.finite_clauses(tokens)
        if len(heads) > max_ideas and len(imperatives(tokens)) < len(heads):  # several orders have a rule of their own
            severity = Severity(many_severity) if len(heads) >= many else None
            yield Hit(span, {"ideas": len(heads)}, severity=severity)


@check("negation", needs="parser", provides=("advice",))
def negation(
    block: AnalysedBlock,
    *,
    single: str,
    restrictive: str,
    double: str,
    double_severity: str,
    bold: str,
    bold_severity: str,
    bold_idea: str,
) -> Iterator[Hit]:
    """Yield every negation, and every double negation as one graver hit; a negation in bold weighs less."""
    for _, tokens in parsed(block):
        doubles = [block.at(span) for span in syntax.double_negation(tokens)]
        for span in doubles:
            yield Hit(span, {"advice": double}, severity=Severity(double_severity))
        for found in syntax.negations(tokens):
            span = block.at(found.first, found.last)
            if found.kind == "bare" or any(span.overlaps(other) for other in doubles):
                continue
            if found.kind == "restrictive":
                yield Hit(span, {"advice": restrictive})
            elif _is_bold(block, found.words):
                yield Hit(span, {"advice": bold}, severity=Severity(bold_severity))
            else:
                word = next(word for word in found.words if word.lower_ not in ("ne", "n'"))
                ideas = (Suggestion(bold_idea.format(word=block.shown(block.at(word)))),) if block.block.runs else ()
                yield Hit(span, {"advice": single}, ideas)


def _is_bold(block: AnalysedBlock, words: Sequence[Token]) -> bool:
    """Is a word of the negation in bold, so that nobody misses it?"""
    looks = (block.block.format_at(block.at(word).start) for word in words)
    return any(look is not None and look.bold for look in looks)


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
    for _, tokens in parsed(block):
        for found in syntax.passives(tokens):
            span = block.at(found.first, found.last)
            if found.agent is not None:
                agent = block.shown(block.at(found.agent[1:]))  # without « par »
                short = count_words(agent) <= max_agent_words and _is_simple(found.agent[1:])
                template = with_agent if short else with_long_agent
                yield Hit(span, {"advice": template.format(agent=agent)})
            elif found.firm and not _follows_preposition(found.first):
                yield Hit(span, {"advice": without_agent})
            else:
                yield Hit(span, {"advice": soft}, severity=Severity(soft_severity))


def _is_simple(agent: SpacySpan) -> bool:
    """Is it a plain noun group?  « le locataire à hauteur de 40 % » holds more than who acts."""
    return all(token.pos_ != "ADP" or token.lower_ in ("de", "d'", "du", "des") for token in agent) and not any(
        token.pos_ in ("VERB", "AUX", "CCONJ") for token in agent
    )


def _follows_preposition(token: Token) -> bool:
    """Is it « pour être accompagné », whose subject is most often the reader?"""
    return token.i > 0 and token.nbor(-1).lower_ in facts("prepositions-devant-nom")


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
        clauses = syntax.subordinates(tokens)
        opening = condition(block.text, span)
        if opening is not None:  # « Si vous… » at the start has a rule of its own
            clauses = [clause for clause in clauses if not block.at(clause.marker).overlaps(opening.marker)]
        if len(clauses) > max_clauses:
            deep = any(clause.depth > 1 for clause in clauses)
            first = clauses[0].marker
            words = condition_advice if first.text.lower() in conditions else advice
            severity = Severity(nested_severity) if deep else None
            yield Hit(block.at(first), {"marker": first.text, "advice": words}, severity=severity)


def parsed(block: AnalysedBlock) -> Iterator[tuple[Span, SpacySpan]]:
    """Yield the parsed sentences that hold words."""
    for sentence in block.sentences:
        if sentence.tokens is not None and sentence.words:
            yield sentence.span, sentence.tokens
