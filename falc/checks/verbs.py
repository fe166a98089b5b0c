"""Verbs: tense, mood, orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from falc.checks import WHOLE, Hit, Suggestion, check
from falc.checks.sentences import parsed
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.conditions import Condition, condition
from falc.french.instructions import imperatives
from falc.french.tenses import tensed_verbs
from falc.model import Severity, Span


@check("tense", needs="parser", scope="document", provides=("advice",))
def tense(
    analysed: AnalysedDocument, *, found: tuple[str, ...], counted: tuple[str, ...], count: str, min_counted: int
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
                yield Hit(span, {"advice": advice[first.tense].format(text=block.shown(span))}, block=block)
    if numbers.total() >= min_counted:
        parts = [f"{names[name]} ({number})" for name, number in numbers.most_common()]
        yield Hit(WHOLE, {"advice": count.format(tenses=", ".join(parts))}, severity=Severity.INFO)


@check("conditional", needs="parser", provides=("advice",))
def conditional(
    block: AnalysedBlock, *, mood: str, opening: str, opening_severity: str, question: str, max_clause_words: int
) -> Iterator[Hit]:
    """Yield the first verb in the conditional of each sentence, and the conditions that open a sentence."""
    for span, tokens in parsed(block):
        verb = next((verb for verb in tensed_verbs(tokens) if verb.tense == "conditional"), None)
        if verb is not None:
            yield Hit(block.at(verb.first, verb.last), {"advice": mood})
        found = condition(block.text, span)
        if found is not None:
            ideas = _question(block, found, question, max_clause_words)
            yield Hit(found.marker, {"advice": opening}, ideas, severity=Severity(opening_severity))


def _question(block: AnalysedBlock, found: Condition, question: str, max_words: int) -> tuple[Suggestion, ...]:
    """Return the condition as a question and its answer, when both are short."""
    if found.clause is None or found.answer is None:
        return ()
    clause, answer = block.shown(found.clause).strip(), block.shown(found.answer).strip()
    if len(clause.split()) > max_words or len(answer.split()) > max_words:
        return ()
    return (Suggestion(question.format(clause=clause[:1].upper() + clause[1:], answer=answer)),)


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
