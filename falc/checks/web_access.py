"""What a program that speaks a page needs: titles, names, languages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from falc.checks import WHOLE, Hit, check
from falc.checks.web_page import Page
from falc.document import BlockKind
from falc.french.analysis import AnalysedDocument, count_words
from falc.french.facts import facts
from falc.objects import Element

_WORD = re.compile(r"[^\W\d_]+'?")
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_FIELDS = ("input", "select", "textarea")
# Fields that show their own words, or none.
_SAY_THEMSELVES = frozenset(("hidden", "submit", "reset", "button", "image"))
_NAMES = ("aria-label", "aria-labelledby", "title", "alt")
_ENOUGH = 4000


@check("screen_reader", scope="document", provides=("fact",))
def screen_reader(
    analysed: AnalysedDocument,
    *,
    min_words: int,
    min_rows: int,
    no_title: str,
    no_heading: str,
    no_main_heading: str,
    headings: str,
    table: str,
    field: str,
    button: str,
    frame: str,
) -> Iterator[Hit]:
    """Yield what a program that reads a page aloud cannot name."""
    page = Page(analysed.document)
    yield from _main_headings(analysed, page, min_words, (no_title, no_heading, no_main_heading, headings))
    for whole in analysed.document.objects.tables:
        if not whole.layout and not whole.headers and whole.rows >= min_rows and whole.columns > 1:
            yield Hit(whole.span, {"fact": table}, place=whole.place)
    labels = {label.attributes["for"] for label in page.find("label") if "for" in label.attributes}
    for element in page.find(*_FIELDS, outside=frozenset(("label",))):
        if element.attributes.get("id") not in labels and not _has_name(element) and not _says_itself(element):
            yield _at(element, field)
    named = sorted(inner.span.start for inner in page.find("img", "svg", "span", "i") if _has_name(inner))
    for element in page.find("button"):
        holds_name = bisect_left(named, element.inner.start) < bisect_left(named, element.inner.end)
        if not holds_name and not page.text(element) and not _has_name(element):
            yield _at(element, button)
    for element in page.find("iframe"):
        if not _has_name(element):
            yield _at(element, frame)


def _at(element: Element, fact: str) -> Hit:
    return Hit(element.span, {"fact": fact}, place=f"<{element.name}>")


def _has_name(element: Element) -> bool:
    return any(element.attributes.get(name, "").strip() for name in _NAMES)


def _says_itself(element: Element) -> bool:
    return element.name == "input" and element.attributes.get("type", "").lower() in _SAY_THEMSELVES


def _main_headings(
    analysed: AnalysedDocument, page: Page, min_words: int, facts_: tuple[str, str, str, str]
) -> Iterator[Hit]:
    """Yield a page without a title, without headings, or with another number of main headings than one."""
    no_title, no_heading, no_main_heading, several = facts_
    if not page.is_whole:
        return
    head = page.first("head")
    if head and not (analysed.document.objects.properties.title or "").strip():
        yield _at(head, no_title)
    if sum(count_words(block.text) for block in analysed.blocks) < min_words:
        return
    mains = list(page.find("h1"))
    if not any(block.block.kind is BlockKind.HEADING for block in analysed.blocks):
        yield Hit(WHOLE, {"fact": no_heading})
    elif not mains:
        yield Hit(WHOLE, {"fact": no_main_heading})
    for element in mains[1:2]:
        yield _at(element, several)


@check("language", scope="document", provides=("fact",))
def language(
    analysed: AnalysedDocument, *, expected: str, min_words: int, min_share: float, none: str, other: str
) -> Iterator[Hit]:
    """Yield a French document that says no language, or another one."""
    page = Page(analysed.document)
    declared = _language_of_text(analysed) or analysed.document.objects.properties.language
    root = page.first("html")
    if root is not None:
        declared = root.attributes.get("lang") or root.attributes.get("xml:lang") or ""
    if declared is None or declared.lower().startswith(expected) or not _is_french(analysed, min_words, min_share):
        return
    fact = other.format(language=declared) if declared.strip() else none
    yield _at(root, fact) if root is not None else Hit(WHOLE, {"fact": fact})


def _language_of_text(analysed: AnalysedDocument) -> str | None:
    """Return the language that the file gives to most of the text."""
    lengths: Counter[str] = Counter()
    for block in analysed.blocks:
        for run in block.block.runs:
            if run.format.language:
                lengths[run.format.language] += run.span.end - run.span.start
    return max(lengths, key=lambda name: lengths[name], default=None)


def _is_french(analysed: AnalysedDocument, min_words: int, min_share: float) -> bool:
    """Are many of the words at the beginning the small words of French?"""
    words: list[str] = []
    for block in analysed.blocks:
        words += _WORD.findall(block.text.lower())
        if len(words) > _ENOUGH:
            break
    small = sum(1 for word in words if word in facts("mots-outils"))
    return len(words) >= min_words and small >= min_share * len(words)
