"""Which rules of style sheets choose which elements of a page, within a bound on the work.

cssselect2 reads the selectors.  It wants elements that know their neighbours: `_Target` is one, and counts each look
at another element, so that no page and no sheet can keep falc busy for long.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from falc.formats.templates import HIDDEN
from falc.formats.web.css import Rule
from falc.formats.web.html_tree import Node

if TYPE_CHECKING:
    from cssselect2.compiler import CompiledSelector  # type: ignore[import-untyped]

__all__ = ["OutOfBudgetError", "Work", "match"]

_MOST_WORK = 5_000_000
_COMPILING = 100  # to compile a selector costs as much as so many looks
_PASSING = 4  # a loop over children that looks only at their names is so much faster
_LONGEST = 500
_GROUPS = re.compile(r"\[[^\]]*+\]|\((?:[^()]++|\((?:[^()]++|\([^()]*+\))*+\))*+\)")
_NAMED = re.compile(r"[.#][\w-]++")


class OutOfBudgetError(Exception):
    """The page and its sheets ask for too much work."""


class Work:
    """Count the work that is left for a file."""

    def __init__(self) -> None:
        self.left = _MOST_WORK

    def spend(self, amount: int = 1) -> None:
        """Do some work; raise OutOfBudgetError when it is too much."""
        self.left -= amount
        if self.left < 0:
            raise OutOfBudgetError


class _Target:
    """An element as cssselect2 wants to see it."""

    in_html_document = True
    in_disabled_fieldset = False
    namespace_url = ""

    def __init__(self, node: Node, all_of_them: Sequence[_Target], work: Work) -> None:
        self._node, self._all, self._work = node, all_of_them, work
        self.local_name = self.tag = node.name
        self.index = node.index
        self.attrib, self.get = node.attributes, node.attributes.get
        self.id = node.attributes.get("id")
        self.etree_element = self
        self.text = "x"  # cssselect2 looks at it for :empty, which falc does not know

    @cached_property
    def classes(self) -> frozenset[str]:
        return frozenset(self._node.attributes.get("class", "").replace(HIDDEN, " ").split())

    @property
    def parent(self) -> _Target | None:
        return self._of(self._node.parent)

    @property
    def previous(self) -> _Target | None:
        parent = self._node.parent
        return self._of(parent.children[self.index - 1]) if parent and self.index else None

    def _of(self, node: Node | None) -> _Target | None:
        self._work.spend()
        return self._all[node.number] if node else None

    @property
    def ancestors(self) -> Iterator[_Target]:
        target = self.parent
        while target is not None:
            yield target
            target = target.parent

    @property
    def previous_siblings(self) -> Iterator[_Target]:
        target = self.previous
        while target is not None:
            yield target
            target = target.previous

    @property
    def etree_siblings(self) -> list[_Target]:
        parent = self._node.parent
        return [self] if parent is None else self._all[parent.number].etree_children

    @property
    def etree_children(self) -> list[_Target]:
        self._work.spend(1 + len(self._node.children) // _PASSING)
        return self._children

    @cached_property
    def _children(self) -> list[_Target]:
        return [self._all[child.number] for child in self._node.children]

    def iter_children(self) -> Iterator[_Target]:
        for child in self._children:
            self._work.spend()
            yield child

    def iter_siblings(self) -> Iterator[_Target]:
        parent = self.parent
        yield from parent.iter_children() if parent else (self,)

    def iter_next_siblings(self) -> Iterator[_Target]:
        yield from islice(self.etree_siblings, self.index + 1, None)

    def iter_subtree(self) -> Iterator[_Target]:
        stack = [self]
        while stack:
            target = stack.pop()
            yield target
            stack.extend([*target.iter_children()][::-1])

    @property
    def lang(self) -> str:
        for target in (self, *self.ancestors):
            if "lang" in target.attrib:
                return target.attrib["lang"].lower()
        return ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A selector of a rule, and what decides between two rules for one element."""

    test: Callable[[_Target], bool]
    weight: tuple[bool, tuple[int, ...], int]
    rule: int


def match(rules: Sequence[Rule], nodes: Sequence[Node], work: Work) -> list[tuple[int, ...]]:
    """Return for each element the numbers of the rules that choose it, the weakest first.

    Raises OutOfBudgetError when that takes too long.
    """
    targets: list[_Target] = []
    targets.extend(_Target(node, targets, work) for node in nodes)
    index = _index(rules, targets, work)
    everywhere = index.get("*", [])
    found = []
    for target in targets:
        keys = [target.local_name, *(f".{name}" for name in target.classes), *([f"#{target.id}"] if target.id else [])]
        entries = [entry for key in keys for entry in index.get(key, ())] + everywhere
        work.spend(len(entries) + 1)
        matched = sorted((entry.weight, entry.rule) for entry in entries if entry.test(target))
        found.append(tuple(dict.fromkeys(rule for _, rule in reversed(matched)))[::-1])
    return found


def _index(rules: Sequence[Rule], targets: Sequence[_Target], work: Work) -> dict[str, list[_Entry]]:
    """Sort the selectors by what their last part asks of an element; drop those that no element can answer."""
    known = {f".{name}" for target in targets for name in target.classes} | {f"#{target.id}" for target in targets}
    index: dict[str, list[_Entry]] = defaultdict(list)
    for number, rule in enumerate(rules):
        work.spend()
        for selector in _split(rule.selector):
            if not rule.applies or len(selector) > _LONGEST or ":local-link" in selector:
                continue
            if not known.issuperset(_named(selector)):
                continue
            work.spend(_COMPILING)
            for compiled in _compiled(selector):
                weight = (not rule.layered, compiled.specificity, number)
                index[_key(compiled)].append(_Entry(compiled.test, weight, number))
    return index


def _named(selector: str) -> list[str]:
    """Return the classes and identifiers that must be somewhere in the page: « .a », « #b »."""
    return [] if "\\" in selector else _NAMED.findall(_GROUPS.sub("", selector))


def _key(compiled: CompiledSelector) -> str:
    """Return what the last part of a selector asks of an element."""
    if compiled.id or compiled.class_name:
        return f"#{compiled.id}" if compiled.id else f".{compiled.class_name}"
    return str(compiled.lower_local_name or "*")


def _split(selectors: str) -> Iterator[str]:
    """Yield the selectors of a list; a comma in brackets separates nothing."""
    masked, start = _GROUPS.sub(lambda group: "_" * len(group[0]), selectors), 0
    for comma in re.finditer(",", masked):
        yield selectors[start : comma.start()]
        start = comma.end()
    yield selectors[start:]


def _compiled(selector: str) -> list[CompiledSelector]:
    """Return what cssselect2 makes of a selector: nothing when it cannot, or for a piece of an element."""
    # Only pages with style sheets need it.
    from cssselect2 import SelectorError, compile_selector_list  # type: ignore[import-untyped]

    try:
        compiled = compile_selector_list(selector)
    except (SelectorError, SyntaxError, NotImplementedError, ValueError, TypeError, RecursionError, MemoryError):
        return []
    return [each for each in compiled if each.pseudo_element is None and not each.never_matches]
