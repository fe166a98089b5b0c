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
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

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
) -> Iterator[Hit]:
    """Yield every passive; one that may be a state (« est fermé ») with less weight."""
    for _, tokens in parsed(block):
        for found in syntax.passives(tokens):
            span = _with_quotes(block, block.at(found.first, found.last))
            if found.agent is not None and found.firm:
                agent = block.shown(block.at(found.agent[1:]))  # without « par »
                short = count_words(agent) <= max_agent_words and _is_simple(found.agent[1:])
                template = with_agent if short else with_long_agent
                yield Hit(span, {"advice": template.format(agent=agent)})
            elif found.firm and not _follows_preposition(found.first):
                yield Hit(span, {"advice": without_agent})
            elif base_participle(found.participle) in facts("participes-de-devoir"):
                yield Hit(span, {"advice": duty}, severity=Severity(soft_severity))
            else:
                yield Hit(span, {"advice": soft}, severity=Severity(soft_severity))


def _with_quotes(block: AnalysedBlock, span: Span) -> Span:
    """Return « a été « employé » » for « a été « employé »: quotation marks go in pairs."""
    if block.text.count("«", span.start, span.end) <= block.text.count("»", span.start, span.end):
        return span
    end = block.text.find("»", span.end, span.end + _QUOTE_REACH)
    return Span(span.start, end + 1) if end > 0 else span


def _is_simple(agent: SpacySpan) -> bool:
    """Is it a plain noun group?  « le locataire à hauteur de 40 % » holds more than who acts."""
    return all(token.pos_ != "ADP" or token.lower_ in ("de", "d'", "du", "des") for token in agent) and not any(
        token.pos_ in ("VERB", "AUX", "CCONJ") for token in agent
    )


def _follows_preposition(token: Token) -> bool:
    """Is it « pour être accompagné », whose subject is most often the reader?"""
    return token.i > 0 and token.nbor(-1).lower_ in facts("prepositions-devant-nom")
