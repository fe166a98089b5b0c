"""Verbs: tense, mood, orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.checks import WHOLE, Hit, check
from falc.checks.questions import as_question
from falc.checks.sentences import parsed
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.clauses import finite_clauses
from falc.french.conditions import Condition, condition
from falc.french.facts import rows
from falc.french.instructions import imperatives
from falc.french.tenses import tensed_verbs
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Tokens

_THIRD_PERSON = ("ait", "aient")


@check("tense", needs="parser", scope="document", provides=("advice",))
def tense(
    analysed: AnalysedDocument,
    *,
    found: tuple[str, ...],
    shorter: str,
    counted: tuple[str, ...],
    count: str,
    min_counted: int,
) -> Iterator[Hit]:
    """Yield the first verb of each sentence in one of the tenses of `found`, and those of `counted` once, together.

    Each of `found` and `counted` is a tense, a space, and what to say of it.
    """
    advice = dict(line.split(" ", 1) for line in found)
    names = dict(line.split(" ", 1) for line in counted)
    numbers: Counter[str] = Counter()
    for block in analysed.blocks:
        for _, tokens in parsed(block):
            verbs = list(tensed_verbs(tokens))
            numbers.update(verb.tense for verb in verbs if verb.tense in names)
            first = next((verb for verb in verbs if verb.tense in advice), None)
            if first is not None:
                span = block.at(first.first, first.last)
                word = _prepositions().get(first.last.lower_) if first.tense == "participle" else None
                words = shorter if word else advice[first.tense]
                said = words.format(text=block.shown(span), word=word)
                yield Hit(span, {"advice": said}, block=block, kind=first.tense)
    if numbers.total() >= min_counted:
        parts = [f"{names[name]} ({number})" for name, number in numbers.most_common()]
        kind = numbers.most_common(1)[0][0]
        yield Hit(WHOLE, {"advice": count.format(tenses=", ".join(parts))}, severity=Severity.INFO, kind=kind)


@lru_cache(maxsize=1)
def _prepositions() -> dict[str, str]:
    """Return the participles that a preposition replaces: « avant » for « précédant »."""
    return {row[0]: row[2] for row in rows("participes-prepositions")}


@check("conditional", needs="parser", provides=("advice",))
def conditional(
    block: AnalysedBlock,
    *,
    mood: str,
    unsure: str,
    opening: str,
    opening_severity: str,
    question: str,
    max_clause_words: int,
) -> Iterator[Hit]:
    """Yield the first verb in the conditional of each sentence, and the conditions that open a sentence."""
    for span, tokens in parsed(block):
        verb = next((verb for verb in tensed_verbs(tokens) if verb.tense == "conditional"), None)
        if verb is not None:
            other = verb.last.lower_.endswith(_THIRD_PERSON)
            yield Hit(block.at(verb.first, verb.last), {"advice": unsure if other else mood}, kind="conditional")
        found = condition(block.text, span)
        if found is not None and not _is_fragment(block, tokens, found):
            ideas = as_question(block, tokens, found, question, max_clause_words)
            yield Hit(found.marker, {"advice": opening}, ideas, Severity(opening_severity), kind="opening")


def _is_fragment(block: AnalysedBlock, tokens: Tokens, found: Condition) -> bool:
    """Is it « Par exemple, s'il est malade », in an example or a list: a condition that nothing answers?"""
    words = block.text[found.marker.end : block.at(tokens).end]
    return "," not in words and not words.rstrip().endswith(":") and not finite_clauses(tokens)


@check("several_orders", needs="parser", provides=("orders",))
def several_orders(block: AnalysedBlock, *, max_orders: int, list_severity: str) -> Iterator[Hit]:
    """Yield the sentences and the list items with more than `max_orders` imperatives."""
    item: list[Span] = []
    for span, tokens in parsed(block):
        orders = imperatives(tokens)
        if len(orders) > max_orders:
            yield Hit(span, {"orders": len(orders)})
            return
        item += [block.at(order) for order in orders]
    if block.block.kind is BlockKind.LIST_ITEM and len(item) > max_orders:
        whole = Span(item[0].start, item[-1].end)
        yield Hit(whole, {"orders": len(item)}, severity=Severity(list_severity))
