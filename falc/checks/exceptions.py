"""Comments that tell falc to pass over findings: those that it cannot follow, that do nothing, or give no reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from falc.checks import Hit, check
from falc.model import Directive, Rule
from falc.suppression import Suppression


def _hit(directive: Directive, **fields: object) -> Hit:
    return Hit(directive.covers or directive.span, fields)


@check("unknown_exception", scope="comments", provides=("problem",))
def unknown_exception(suppression: Suppression, rules: Sequence[Rule]) -> Iterator[Hit]:
    """Comments with an order that does not exist, without a list of rules, or with a rule that does not exist."""
    yield from (_hit(fault.directive, problem=fault.problem) for fault in suppression.faults)


@check("useless_exception", scope="comments", provides=("name",))
def useless_exception(suppression: Suppression, rules: Sequence[Rule]) -> Iterator[Hit]:
    """Comments that pass over nothing, though one of their rules was run."""
    yield from (_hit(waiver.directive, name=waiver.name) for waiver in suppression.useless(rules))


@check("exception_without_reason", scope="comments")
def exception_without_reason(suppression: Suppression, rules: Sequence[Rule]) -> Iterator[Hit]:
    """Comments that do not say why."""
    seen: set[Directive] = set()
    for waiver in suppression.waivers:
        if not waiver.reason and waiver.directive not in seen:
            seen.add(waiver.directive)
            yield _hit(waiver.directive)
