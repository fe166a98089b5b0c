"""Sentences: length and ideas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from falc.checks import Hit, check
from falc.document import BlockKind
from falc.french import syntax
from falc.french.analysis import AnalysedBlock, Sentence, count_words
from falc.french.facts import facts
from falc.french.foreign import is_foreign
from falc.french.instructions import imperatives
from falc.french.templates import as_sent, other_choices
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Tokens

# « 1° », « 2) », « 1.2. », « a. », « (b) », « III. - », « • » at the start of a sentence.
_NUMBER = r"\d{1,3}°\)?|\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[a-z]|[IVX]{1,5})[.)]|\(?[A-Z]\)"
_LIST_MARK = re.compile(rf"\A\s*(?:(?:{_NUMBER})\s|[-–—•\s])+")
# « n° 1A 234 567 »; the parts left to fill, « XXX », are capitalised stand-ins.
_REFERENCE = re.compile(r"(?<!\w)[nN] ?° ?[A-Z0-9]\w{0,11}(?:[ ./-][A-Z0-9]\w{0,11}){0,9}")


@check("sentence_length", provides=("words",))
def sentence_length(
    block: AnalysedBlock, *, max_words: int, light_up_to: int, error_above: int, unfinished_severity: str
) -> Iterator[Hit]:
    """Yield every sentence with more than `max_words` words; a line without a full stop weighs less."""
    for sentence in block.sentences:
        words = _words_said(block, sentence) if sentence.words > max_words else 0
        if words > max_words and not is_foreign(sentence.text):
            severity = Severity.ERROR if words > error_above else Severity.INFO if words <= light_up_to else None
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
        found = syntax.finite_clauses(tokens)
        heads = [head for head in found if dropped is None or not dropped.overlaps(block.at(head))]
        if len(heads) > max_ideas and len(imperatives(tokens)) < len(heads):  # several orders have a rule of their own
            severity = Severity(many_severity) if len(heads) >= many else None
            yield Hit(span, {"ideas": len(heads)}, severity=severity)


def parsed(block: AnalysedBlock) -> Sequence[tuple[Span, Tokens]]:
    """Return the parsed sentences that hold French words for the reader, not for the writer of a template."""
    return block.parsed
