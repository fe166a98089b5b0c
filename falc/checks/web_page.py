"""The elements of an HTML page as checks need them: where each one is, what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from falc.document import Document
from falc.french.analysis import AnalysedBlock, AnalysedDocument, plain
from falc.model import Span
from falc.objects import Element

__all__ = ["Page", "blocks_within", "flat", "shown", "source_start"]

_TAG = re.compile(r"<[^<>]*>")
# No name, no label, no link text is longer: hostile pages nest elements without end.
_MOST = 2000
# The parts of a page; a role says the same of another element.
_PARTS = frozenset(("main", "nav", "header", "footer", "aside", "article", "a", "button", "table", "label", "head"))
_SINGLE = {name: frozenset((name,)) for name in _PARTS}
_ALL = frozenset(("*",))
# Browsers show none of them; they act all the same.
_NEVER_SHOWN = frozenset(("html", "head", "meta", "script", "track"))
_ROLES = {"navigation": "nav", "banner": "header", "contentinfo": "footer", "main": "main", "complementary": "aside"}


def flat(text: str) -> str:
    """Return `text` in small letters, with plain apostrophes and single spaces."""
    return " ".join(plain(text).casefold().split())


def shown(document: Document, span: Span) -> str:
    """Return the words of `span` without tags, on one line, up to a reasonable length."""
    source = document.text[span.start : min(span.end, span.start + _MOST)]
    return " ".join(plain(unescape(_TAG.sub("", source))).split())


def source_start(block: AnalysedBlock) -> int:
    """Return where a block begins in the document's text."""
    return block.block.segments[0].source.start if block.block.segments else 0


def blocks_within(analysed: AnalysedDocument, span: Span) -> Iterator[AnalysedBlock]:
    """Yield the blocks that begin inside `span` of the document's text."""
    for block in analysed.blocks:
        if span.start <= source_start(block) < span.end:
            yield block


@dataclass(frozen=True)
class Page:
    """The elements of a page that its visitors meet."""

    document: Document

    @property
    def elements(self) -> tuple[Element, ...]:
        return self.document.objects.elements

    @cached_property
    def _around(self) -> list[frozenset[str]]:
        """The parts of the page around each element; parents come before their children."""
        around: list[frozenset[str]] = []
        for element in self.elements:
            outer: frozenset[str] = frozenset()
            if 0 <= element.parent < len(around):
                outer = around[element.parent]
                if not (part := _part(self.elements[element.parent])) <= outer:
                    outer |= part
            around.append(outer)
        return around

    @cached_property
    def _hidden(self) -> list[bool]:
        hidden: list[bool] = []
        for element in self.elements:
            hidden.append(element.hidden or (0 <= element.parent < len(hidden) and hidden[element.parent]))
        return hidden

    def find(
        self, *names: str, inside: frozenset[str] = _ALL, outside: frozenset[str] = frozenset()
    ) -> Iterator[Element]:
        """Yield the visible elements with these names or roles that are in one of the parts `inside`, if given,
        and in none of the parts `outside`.
        """
        wanted = frozenset(names)
        for element, around, hidden in zip(self.elements, self._around, self._hidden, strict=True):
            if (hidden and element.name not in _NEVER_SHOWN) or around & outside:
                continue
            if (inside is _ALL or around & inside) and (element.name in names or _part(element) & wanted):
                yield element

    def within(self, span: Span, *names: str) -> Iterator[Element]:
        """Yield the visible elements with these names inside `span`."""
        return (element for element in self.find(*names) if span.contains(element.span))

    def first(self, *names: str) -> Element | None:
        return next(self.find(*names), None)

    def text(self, element: Element) -> str:
        """Return the words between the tags of `element`."""
        return shown(self.document, element.inner)

    def label(self, element: Element) -> str:
        """Return the words that a screen reader would say of `element` in place of its text."""
        attributes = element.attributes
        named = attributes.get("aria-label") or attributes.get("aria-labelledby") or attributes.get("title") or ""
        return flat(named)

    @cached_property
    def is_whole(self) -> bool:
        return self.document.objects.properties.whole_page

    @cached_property
    def is_site(self) -> bool:
        """Does the page belong to a site: has it a menu or a banner?"""
        return self.is_whole and self.first("nav", "header") is not None


def _part(element: Element) -> frozenset[str]:
    """Return the part of the page that `element` is, if it is one."""
    name = _ROLES.get(element.attributes.get("role", "").lower(), element.name)
    return _SINGLE.get(name, frozenset())
