"""Links: words that say where they go, underlined, and not too many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from falc.checks import WHOLE, Hit, check
from falc.checks.web_page import Page, blocks_within, flat, shown
from falc.french.analysis import AnalysedDocument, count_words
from falc.french.facts import facts
from falc.model import Severity, Span
from falc.objects import Declaration, Link

_ADDRESS = re.compile(r"(?<![\w./@])(?:https?://|www\.)[^\s<>«»\"|]++", re.IGNORECASE)
_UNSAYABLE = re.compile(r"[?=&%#]")
# A link in the text: « a », « p a », « main a:visited »; not those of menus, buttons and cards.
_TEXT_LINK = re.compile(r"(?:(?:html|body|main|article|section|p|li|td|\*)[\s>]+){0,4}a(?::link|:visited|\[href\])*")
_MENUS = frozenset(("nav", "header", "footer"))
# What makes a link a button, or draws its line in another way.
_BUTTON = ("background", "border", "display:block", "display:inline-block", "padding")
_EDGES = " .,…:;!?›»>→)]'\""


@check("link_text", scope="document", provides=("fact",))
def link_text(
    analysed: AnalysedDocument,
    *,
    max_address: int,
    vague: str,
    address: str,
    same: str,
    not_underlined: str,
) -> Iterator[Hit]:
    """Yield links that do not say where they go, or that do not look like links."""
    links = list(_links(analysed))
    for link, words in links:
        if flat(words).strip(_EDGES) in facts("liens-vagues"):
            severity = Severity.INFO if link.label else None  # who listens hears more than who reads
            yield _hit(analysed, link, vague.format(text=words), severity)
    for link, words in _same_words(links):
        yield _hit(analysed, link, same.format(text=words), Severity.INFO)
    for block in analysed.blocks:
        for span in _long_addresses(block.text, max_address):
            yield Hit(span, {"fact": address}, block=block)
        if analysed.document.format == "text":  # elsewhere the links themselves tell
            for found in _vague_words().finditer(block.text):
                yield Hit(Span(*found.span()), {"fact": vague.format(text=found[0])}, block=block)
    yield from _not_underlined(analysed, not_underlined)


def _links(analysed: AnalysedDocument) -> Iterator[tuple[Link, str]]:
    """Yield the links that leave their place, with their words; those around a picture have none."""
    for link in analysed.document.objects.links:
        if link.kind == "link" and (words := shown(analysed.document, link.span)):
            yield link, words


def _hit(analysed: AnalysedDocument, link: Link, fact: str, severity: Severity | None = None) -> Hit:
    block = analysed.document.block_near(link.span.start)
    return Hit(link.span, {"fact": fact}, place=block.path if block else None, severity=severity)


def _same_words(links: list[tuple[Link, str]]) -> Iterator[tuple[Link, str]]:
    """Yield, once for each text, the link that leads elsewhere than the first one with that text."""
    targets: dict[str, set[str]] = {}
    for link, words in links:
        text = flat(words).strip(_EDGES)
        known = targets.setdefault(text, set())
        target = link.target.partition("#")[0].rstrip("/")
        if target and target not in known and text not in facts("liens-vagues"):
            known.add(target)
            if len(known) == 2:
                yield link, words


def _long_addresses(text: str, max_address: int) -> Iterator[Span]:
    """Yield addresses that nobody can read aloud or type: long ones, and those made by programs."""
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_EDGES)
        if len(address) > max_address or _UNSAYABLE.search(address):
            yield Span(found.start(), found.start() + len(address))


@lru_cache(maxsize=1)
def _vague_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(facts('liens-cliquez'))))})\b", re.IGNORECASE)


def _not_underlined(analysed: AnalysedDocument, fact: str) -> Iterator[Hit]:
    """Yield the first style, or the first link of an Office file, that takes the line under links away."""
    if analysed.document.format == "html":
        for link in Page(analysed.document).find("a", outside=_MENUS):
            style = flat(link.attributes.get("style", "")).replace(" ", "")
            if "text-decoration:none" in style and not any(part in style for part in _BUTTON):
                yield Hit(link.span, {"fact": fact}, place=f"<{link.name}>")
                return
        own = [d for d in analysed.document.objects.declarations if _concerns_links(d)]
        if not any("underline" in d.value or d.property.startswith("border") for d in own):
            for declaration in own[:1]:
                yield Hit(declaration.span, {"fact": fact}, place=declaration.origin or declaration.selector)
        return
    for block in analysed.blocks:
        for run in block.block.runs:
            if run.format.link and run.format.underline is False and block.text[run.span.start : run.span.end].strip():
                yield Hit(run.span, {"fact": fact}, block=block)
                return


def _concerns_links(declaration: Declaration) -> bool:
    """Does a declaration put or remove the line under the links of the text?"""
    selectors = [part.strip() for part in declaration.selector.lower().split(",")]
    if not any(_TEXT_LINK.fullmatch(selector) for selector in selectors):
        return False
    if declaration.property.startswith("text-decoration"):
        return "none" in declaration.value or "underline" in declaration.value
    return declaration.property == "border-bottom" and not declaration.value.startswith(("none", "0"))


@check("link_density", scope="document", provides=("count", "words"))
def link_density(analysed: AnalysedDocument, *, min_links: int, max_per_100_words: int) -> Iterator[Hit]:
    """Yield a document whose main content has many links for its words."""
    main = Page(analysed.document).first("main")
    span = main.inner if main else None
    blocks = list(blocks_within(analysed, span)) if span else analysed.blocks
    links = [
        link
        for link, _ in _links(analysed)
        if not link.target.startswith("#") and (span is None or span.contains(link.span))
    ]
    words = sum(count_words(block.text) for block in blocks)
    if len(links) >= min_links and 100 * len(links) > max_per_100_words * words:
        yield Hit(WHOLE, {"count": len(links), "words": words})
