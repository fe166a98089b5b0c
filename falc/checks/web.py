"""Web pages: the home page, the way back to it, the menu, the length of the page, listening."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import PurePath

from falc.checks import Hit, check
from falc.checks.web_page import Page, blocks_within, flat
from falc.french.analysis import AnalysedBlock, AnalysedDocument, count_words
from falc.french.facts import facts
from falc.objects import Element

# What stands around the main content, and what is inside it.
_AROUND = frozenset(("nav", "header", "footer", "aside"))
_IN_CONTENT = frozenset(("main", "article", "aside", "footer"))
_CONTACTS = ("tel:", "mailto:", "sms:")
_SITE = re.compile(r"(?:https?:)?//[^/]*", re.IGNORECASE)
_PARAMETERS = re.compile(r"[?#]")
# Real pages have few menus; hostile ones would take quadratic time.
_MOST_MENUS = 20
_HOME_FILES = frozenset(("index", "accueil", "home", "default"))


def _is_home(page: Page) -> bool:
    """Does the file or the title say that this is a home page?"""
    title = flat(page.document.objects.properties.title or "")
    return PurePath(page.document.name).stem.lower() in _HOME_FILES or title.startswith(tuple(facts("web-accueil")))


def _has_any(text: str, parts: Collection[str]) -> bool:
    return any(part in text for part in parts)


@check("home_page", scope="document", provides=("missing",))
def home_page(analysed: AnalysedDocument, *, purpose: str, contact: str, joint: str) -> Iterator[Hit]:
    """Yield a home page that does not say what the site is for, or how to reach someone."""
    page = Page(analysed.document)
    if not page.is_whole or not _is_home(page):
        return
    missing = []
    if not any(_has_any(flat(block.text), facts("web-buts-du-site")) for block in analysed.blocks):
        missing.append(purpose)
    if not _has_contact(page):
        missing.append(contact)
    if missing:
        yield Hit(fields={"missing": joint.join(missing)})


def _has_contact(page: Page) -> bool:
    if page.first("address") is not None:
        return True
    for link in page.find("a"):
        if link.attributes.get("href", "").lower().startswith(_CONTACTS):
            return True
        if _has_any(flat(page.text(link)), facts("web-contact")):
            return True
    return False


@check("home_link", scope="document")
def home_link(analysed: AnalysedDocument) -> Iterator[Hit]:
    """Yield a page of a site that has no link to its home page."""
    page = Page(analysed.document)
    if not page.is_site or _is_home(page):
        return
    # The root of another site is no home: only what stands above the content may lead there by its whole address.
    above = page.find("a", inside=frozenset(("header", "nav")))
    if not any(_leads_home(page, link) for link in page.find("a")) and not any(map(_leads_to_a_root, above)):
        yield Hit()


def _leads_home(page: Page, link: Element) -> bool:
    if link.attributes.get("rel", "").lower() == "home" or _has_any(_name(page, link), facts("web-accueil")):
        return True
    path = _target(link)
    return path in ("/", "./", "../") or PurePath(path).stem.lower() in _HOME_FILES


def _leads_to_a_root(link: Element) -> bool:
    target = _target(link)
    return target != (path := _SITE.sub("", target)) and path in ("", "/")


def _target(link: Element) -> str:
    """Return the address of a link without what follows a question mark or a number sign."""
    return _PARAMETERS.split(link.attributes.get("href", "").strip(), maxsplit=1)[0]


def _name(page: Page, element: Element) -> str:
    return flat(f"{page.label(element)} {page.text(element)}")


def _menus(page: Page) -> Iterator[Element]:
    """Yield the menus of the site: not those of the content, nor the way to this page or to its parts."""
    for nav in page.find("nav", outside=_IN_CONTENT):
        if not _has_any(page.label(nav), facts("web-menus-secondaires")):
            yield nav


@check("menu_place", scope="document", provides=("fact",))
def menu_place(analysed: AnalysedDocument, *, after: str, unnamed: str) -> Iterator[Hit]:
    """Yield a menu after the content, and the second of two menus without a name."""
    page = Page(analysed.document)
    menus = list(islice(_menus(page), _MOST_MENUS))
    main = page.first("main")
    if menus and main and menus[0].span.start > main.span.start:
        yield Hit(menus[0].span, {"fact": after}, place=f"<{menus[0].name}>")
    elif len(nameless := [menu for menu in menus if not page.label(menu)]) > 1:
        yield Hit(nameless[1].span, {"fact": unnamed}, place=f"<{nameless[1].name}>")


@check("menu_length", scope="document", provides=("count",))
def menu_length(analysed: AnalysedDocument, *, max_items: int) -> Iterator[Hit]:
    """Yield each menu with too many items on its first level."""
    page = Page(analysed.document)
    for menu in islice(_menus(page), _MOST_MENUS):
        count = _first_level(page, menu)
        if count > max_items:
            yield Hit(menu.span, {"count": count}, place=f"<{menu.name}>")


def _first_level(page: Page, menu: Element) -> int:
    """Count the items of the longest list of the menu that is not inside another item, else its links."""
    counts: dict[int, int] = {}
    end = menu.inner.start
    for item in page.within(menu.inner, "li"):
        if item.span.start >= end:
            counts[item.parent] = counts.get(item.parent, 0) + 1
            end = item.inner.end
    return max(counts.values()) if counts else sum(1 for _ in page.within(menu.inner, "a"))


def _content(analysed: AnalysedDocument, page: Page) -> list[AnalysedBlock]:
    """Return the blocks of the main content."""
    main = page.first("main")
    if main:
        return list(blocks_within(analysed, main.inner))
    around = {id(b) for e in islice(page.find(*_AROUND), _MOST_MENUS) for b in blocks_within(analysed, e.inner)}
    return [block for block in analysed.blocks if id(block) not in around]


@check("page_length", scope="document", provides=("screens",))
def page_length(
    analysed: AnalysedDocument, *, words_per_screen: int, pictures_per_screen: int, max_screens: int
) -> Iterator[Hit]:
    """Yield a page whose main content fills many screens, as its words and pictures let us guess."""
    page = Page(analysed.document)
    if not page.is_whole:
        return
    words = sum(count_words(block.text) for block in _content(analysed, page))
    pictures = sum(1 for _ in page.find("img", "video", outside=_AROUND))
    screens = words / words_per_screen + pictures / pictures_per_screen
    if screens > max_screens:
        yield Hit(fields={"screens": round(screens)})


@check("listening", scope="document")
def listening(analysed: AnalysedDocument, *, min_words: int) -> Iterator[Hit]:
    """Yield a long page that nobody can listen to."""
    page = Page(analysed.document)
    if not page.is_whole or sum(count_words(block.text) for block in _content(analysed, page)) < min_words:
        return
    if page.first("audio") is not None:
        return
    words = facts("web-lecture-a-voix-haute")
    controls = page.find("a", "button", "script", "img", "div", "span")
    if not any(_has_any(_control(page, control), words) for control in controls):
        yield Hit()


def _control(page: Page, element: Element) -> str:
    """Return what tells the purpose of an element: its names, its address, its text if it is a control."""
    attributes = element.attributes
    names = (attributes.get(name, "") for name in ("id", "class", "src", "href", "alt", "aria-label", "title"))
    text = page.text(element) if element.name in ("a", "button") else ""
    return flat(" ".join((*names, text)))
