"""The passive voice, and who acts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from falc.checks import Hit, check
from falc.checks.sentences import parsed
from falc.french import syntax
from falc.french.analysis import AnalysedBlock, count_words
from falc.french.facts import facts
from falc.french.passives import base_participle
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Token, Tokens

_QUOTE_REACH = 60  # characters in which a quotation is closed


@check("passive", needs="parser", provides=("advice",))
def passive(
    block: AnalysedBlock,
    *,
    with_agent: str,
    with_long_agent: str,
    max_agent_words: int,
    without_agent: str,
    duty: str,
    soft: str,
    soft_severity: str,
    hint: str,
    hint_with_agent: str,
    hint_severity: str,
) -> Iterator[Hit]:
    """Yield every passive: an action for sure (`firm`), perhaps a state (`soft`), or without « être » (`hint`)."""
    light, lightest = Severity(soft_severity), Severity(hint_severity)
    for _, tokens in parsed(block):
        for found in syntax.passives(tokens):
            span = _with_quotes(block, block.at(found.first, found.last))
            if not found.firm or (found.agent is None and _follows_preposition(found.first)):
                words = duty if base_participle(found.participle) in facts("participes-de-devoir") else soft
                yield Hit(span, {"advice": words}, severity=light, kind="soft")
            elif found.agent is None:
                yield Hit(span, {"advice": without_agent}, kind="firm")
            else:
                words = _of_agent(block, found.agent, max_agent_words, with_agent, with_long_agent)
                yield Hit(span, {"advice": words}, kind="firm")
        for other in syntax.undergone(tokens):
            words = hint
            if other.agent is not None:
                words = _of_agent(block, other.agent, max_agent_words, hint_with_agent, hint)
            span = _with_quotes(block, block.at(other.first, other.last))
            yield Hit(span, {"advice": words}, severity=lightest, kind="hint")


def _of_agent(block: AnalysedBlock, agent: Tokens, max_words: int, named: str, unnamed: str) -> str:
    """Return the advice that names who acts, if that is short."""
    name = block.shown(block.at(agent[1:])).lstrip(" :\u00a0")  # without « par »
    return named.format(agent=name) if 0 < count_words(name) <= max_words and _is_simple(agent[1:]) else unnamed


def _with_quotes(block: AnalysedBlock, span: Span) -> Span:
    """Return « a été « employé » » for « a été « employé », « informé(e) » for « informé(e »: marks go in pairs."""
    if block.text.count("(", span.start, span.end) > block.text.count(")", span.start, span.end):
        end = block.text.find(")", span.end, span.end + 1)
        return Span(span.start, end + 1) if end > 0 else span
    if block.text.count("«", span.start, span.end) <= block.text.count("»", span.start, span.end):
        return span
    end = block.text.find("»", span.end, span.end + _QUOTE_REACH)
    return Span(span.start, end + 1) if end > 0 else span


def _is_simple(agent: Tokens) -> bool:
    """Is it a plain noun group?  « le locataire à hauteur de 40 % » holds more than who acts."""
    return all(token.pos_ != "ADP" or token.lower_ in ("de", "d'", "du", "des") for token in agent) and not any(
        token.pos_ in ("VERB", "AUX", "CCONJ") for token in agent
    )


def _follows_preposition(token: Token) -> bool:
    """Is it « pour être accompagné », whose subject is most often the reader?"""
    return token.i > 0 and token.nbor(-1).lower_ == "pour"
