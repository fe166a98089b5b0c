"""Checks: small functions that look at an analysed text and yield hits.

A check knows how to find; a rule (a TOML file) says what, why and with which words.
The keyword-only parameters of a check are its options; a rule gives their values.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal, TypeVar

from falc.french.analysis import AnalysedBlock
from falc.model import Edit, Safety, Severity, Span

Scope = Literal["block", "document", "comments"]
# The span of what concerns the document as a whole.
WHOLE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to write instead of a hit, or of `span` inside its block if it is given.

    With `safety` display nothing is ever applied: `text` is an idea for the writer.  When other words must change too,
    `edits`, which count in the block's text, hold all of them, and `text` is only what people read.
    """

    text: str
    safety: Safety = Safety.DISPLAY
    span: Span | None = None
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that breaks a rule; `span` counts in the block's text.

    `fields` fill the rule's message.  `severity` replaces the rule's own when the check knows
    better.  Checks of scope "document" name the `block`; without one, `span` counts in the document's text (a tag, the
    place of a picture) and `place` names it for people, and without a span either the hit is about the whole document.
    `kind` tells which case of its rule it is, when the rule has several: « firm », « soft ».
    """

    span: Span = WHOLE
    fields: Mapping[str, object] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    severity: Severity | None = None
    block: AnalysedBlock | None = None
    place: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check; `options` gives the annotation of each option.

    `needs` says what must have run before: "text" (sentences and lexicon, no spaCy) or
    "parser".  `scope` says what the function gets: a block, the whole analysed document, or what the comments of a
    document ask falc to pass over and the rules that were run.  `provides` are the fields that its hits fill, besides
    the options and `text`.
    """

    name: str
    function: Callable[..., Iterator[Hit]]
    needs: Literal["text", "parser"]
    scope: Scope
    provides: frozenset[str]
    options: Mapping[str, str]


_REGISTRY: dict[str, Check] = {}


_Function = TypeVar("_Function", bound=Callable[..., Iterator[Hit]])


def check(
    name: str,
    *,
    needs: Literal["text", "parser"] = "text",
    scope: Scope = "block",
    provides: tuple[str, ...] = (),
) -> Callable[[_Function], _Function]:
    """Register a function as the check `name` that rules refer to."""

    def register(function: _Function) -> _Function:
        parameters = inspect.signature(function).parameters.values()
        options = {p.name: str(p.annotation) for p in parameters if p.kind is p.KEYWORD_ONLY}
        _REGISTRY[name] = Check(name, function, needs, scope, frozenset(provides), options)
        return function

    return register


def other_places(places: str, others: int) -> str:
    """Tell how many other places are concerned, when there are some, with the words `places` of a rule."""
    return places.format(others=others, s="s" if others > 1 else "") if others > 0 else ""


@lru_cache(maxsize=1)
def all_checks() -> Mapping[str, Check]:
    """Return the registered checks by name."""
    for module in iter_modules(__path__):
        import_module(f"falc.checks.{module.name}")
    return _REGISTRY
