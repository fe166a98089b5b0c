"""Sentences: length, ideas, negation, voice, clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from falc.checks import Hit, Suggestion, check
from falc.document import BlockKind
from falc.french import syntax
from falc.french.analysis import AnalysedBlock, AnalysedDocument, Sentence, count_words
from falc.french.conditions import condition
from falc.french.facts import facts
from falc.french.foreign import is_foreign
from falc.french.instructions import imperatives
from falc.french.passives import base_participle
from falc.french.templates import as_sent, other_choices, to_writer
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

_CONDITION_REACH = 8  # words between « si » and its negation
_QUOTE_REACH = 60  # characters in which a quotation is closed
# « 1° », « 2) », « a. », « III. - », « • » at the start of a sentence.
_LIST_MARK = re.compile(r"\A\s*(?:(?:\d{1,3}°|(?:\d{1,3}|[a-z]|[IVX]{1,5})[.)])\s|[-–—•\s])+")
# « n° 1A 234 567 »; the parts left to fill, « XXX », are capitalised stand-ins.
_REFERENCE = re.compile(r"(?<!\w)[nN] ?° ?[A-Z0-9]\w{0,11}(?:[ ./-][A-Z0-9]\w{0,11}){0,9}")


@check("sentence_length", provides=("words",))
def sentence_length(
    block: AnalysedBlock, *, max_words: int, error_above: int, unfinished_severity: str
) -> Iterator[Hit]:
    """Yield every sentence with more than `max_words` words; a line without a full stop weighs less."""
    for sentence in block.sentences:
        words = _words_said(block, sentence) if sentence.words > max_words else 0
        if words > max_words and not is_foreign(sentence.text):
            severity = Severity.ERROR if words > error_above else None
            if not sentence.is_whole and not _is_clause_of_list(block, sentence):
                severity = Severity(unfinished_severity)
            yield Hit(sentence.span, {"words": words}, severity=severity)


def _is_clause_of_list(block: AnalysedBlock, sentence: Sentence) -> bool:
    """Is it an item of a list that says « vous » or « il », so a sentence without its full stop?"""
    in_list = block.block.kind is BlockKind.LIST_ITEM or sentence.text.rstrip().endswith((",", ";"))
    return in_list and not facts("sujets-de-verbe").isdisjoint(sentence.text.lower().replace("'", "' ").split())


def _words_said(block: AnalysedBlock, sentence: Sentence) -> int:
    """Count the words of a sentence without its number in a list; a field and a reference are one word."""
    said = _LIST_MARK.sub("", as_sent(block.text, sentence.span))
    return count_words(_REFERENCE.sub("x", said))


@check("several_ideas", needs="parser", provides=("ideas",))
def several_ideas(block: AnalysedBlock, *, max_ideas: int, many: int, many_severity: str) -> Iterator[Hit]:
    """Yield every sentence with more than `max_ideas` main finite clauses, more gravely from `many`."""
    for span, tokens in parsed(block):
        dropped = other_choices(block.text, span)
        heads = syntax.finite_clauses(tokens)
        heads = [head for head in heads if dropped is None or not dropped.overlaps(block.at(head))]
        if len(heads) > max_ideas and len(imperatives(tokens)) < len(heads):  # several orders have a rule of their own
            severity = Severity(many_severity) if len(heads) >= many else None
            yield Hit(span, {"ideas": len(heads)}, severity=severity)


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
        clauses = [clause for clause in syntax.subordinates(tokens) if not _tells_who(clause.marker, tokens)]
        if len(clauses) == 1 and not _is_whole(block, span) and not syntax.finite_clauses(tokens):
            continue  # « Bien qui présente un défaut », in a list: there is no other sentence
        opening = condition(block.text, span)
        if opening is not None:  # « Si vous… » at the start has a rule of its own
            clauses = [clause for clause in clauses if not block.at(clause.marker).overlaps(opening.marker)]
        if len(clauses) > max_clauses:
            deep = any(clause.depth > 1 for clause in clauses)
            first = clauses[0].marker
            asks = first.text.lower() in conditions and _may_be_asked(first, tokens)
            asks = asks and not syntax.is_indirect_question(clauses[0])
            words = condition_advice if asks else advice
            severity = Severity(nested_severity) if deep else None
            yield Hit(block.at(first), {"marker": first.text, "advice": words}, severity=severity)


def _is_whole(block: AnalysedBlock, span: Span) -> bool:
    sentence = block.sentence_at(span)
    return sentence is not None and sentence.is_whole


def _tells_who(marker: SpacySpan, sentence: SpacySpan) -> bool:
    """Is it « ceux qui », which is one idea?"""
    before = marker.doc[marker.start - 1] if marker.start > sentence.start else None
    return before is not None and marker.text.lower() == "qui" and before.lower_ in facts("pronoms-demonstratifs")


def _may_be_asked(marker: SpacySpan, sentence: SpacySpan) -> bool:
    """Can a condition become a question?  Not « (par exemple, si… », « sauf s'il », « ou, s'il »."""
    before = [token.lower_ for token in sentence.doc[sentence.start : marker.start]]
    if before.count("(") > before.count(")"):
        return False
    if before[-2:] == ["ou", ","]:
        return False
    words = [word for word in before[-2:] if word != ","]
    return not words or words[-1] not in facts("devant-si-sans-question")


def parsed(block: AnalysedBlock) -> Iterator[tuple[Span, SpacySpan]]:
    """Yield the parsed sentences that hold French words for the reader, not for the writer of a template."""
    for sentence in block.sentences:
        if sentence.tokens is None or not sentence.words:
            continue
        if not to_writer(block.text, sentence.span) and not is_foreign(sentence.text):
            yield sentence.span, sentence.tokens
