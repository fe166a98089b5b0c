"""The styles of an OpenDocument text as elements that can be changed, and new ones for single paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from falc.formats.office.odt.package import FO, OFFICE, STYLE, TEXT, OdtFile

Holders = tuple[etree._Element, ...]

_LONGEST_CHAIN = 64
_NAME, _PARENT, _FAMILY = f"{STYLE}name", f"{STYLE}parent-style-name", f"{STYLE}family"
_USED = f"{TEXT}style-name"
_PLAIN = "Standard"
# The order of the properties in a style; what is not here comes after them.
_ORDER = [f"{STYLE}{kind}-properties" for kind in ("graphic", "paragraph", "text")]


@dataclass(frozen=True, slots=True)
class Origin:
    """The names of the styles of a text: of the paragraph, of the drawing around it, of the spans, outermost first."""

    scope: etree._Element
    paragraph: str | None
    shape: str | None
    spans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """An attribute of the properties of letters or paragraphs; `others` go with it, `hide` would cover it."""

    group: str  # text or paragraph
    attribute: str
    others: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()

    def stated(self, holder: etree._Element) -> str | None:
        """Return what a style itself says."""
        found = holder.find(f"{STYLE}{self.group}-properties")
        if found is None:
            return None
        return next((value for name in (self.attribute, *self.hide) if (value := found.get(name)) is not None), None)

    def write(self, holder: etree._Element, value: str) -> None:
        """Let a style say a value."""
        tag = f"{STYLE}{self.group}-properties"
        found = holder.find(tag)
        if found is None:
            found = etree.Element(tag)
            place = sum(child.tag in _ORDER[: _ORDER.index(tag)] for child in holder)
            holder.insert(place, found)
        found.set(self.attribute, value)
        for name in self.others:
            if found.get(name) is not None:
                found.set(name, value)
        for name in self.hide:
            found.attrib.pop(name, "")

    def drop(self, holder: etree._Element) -> None:
        """Let a style say nothing."""
        found = holder.find(f"{STYLE}{self.group}-properties")
        if found is not None:
            for name in (self.attribute, *self.others, *self.hide):
                found.attrib.pop(name, "")


SIZE = Property("text", f"{FO}font-size", (f"{STYLE}font-size-asian", f"{STYLE}font-size-complex"))
POSTURE = Property("text", f"{FO}font-style", (f"{STYLE}font-style-asian", f"{STYLE}font-style-complex"))
ALIGNMENT = Property("paragraph", f"{FO}text-align")
LINES = Property("paragraph", f"{FO}line-height", hide=(f"{STYLE}line-height-at-least", f"{STYLE}line-spacing"))
AFTER = Property("paragraph", f"{FO}margin-bottom")
CONTEXTUAL = Property("paragraph", f"{STYLE}contextual-spacing")


class StyleBook:
    """Finds the styles of a file by name, as `Sheet` does, but the elements themselves."""

    def __init__(self, file: OdtFile) -> None:
        self._styles: dict[tuple[etree._Element | None, str, str], etree._Element] = {}
        self._defaults: dict[str, etree._Element] = {}
        self._derived: dict[tuple[etree._Element, str, str | None, tuple[tuple[Property, str], ...]], str] = {}
        self._left: set[tuple[etree._Element, str, str]] = set()  # the styles that some text had before
        self.changed: list[etree._Element] = []
        for root in file.roots():
            for element in root.iterfind(f"{OFFICE}styles/{STYLE}default-style"):
                self._defaults.setdefault(element.get(_FAMILY) or "", element)
            for scope, place in ((None, "styles"), (root, "automatic-styles")):
                for element in root.iterfind(f"{OFFICE}{place}/{STYLE}style"):
                    self._styles.setdefault((scope, element.get(_FAMILY) or "", element.get(_NAME) or ""), element)

    def find(self, scope: etree._Element, family: str, name: str | None) -> etree._Element | None:
        """Return a style that is used in a part of the file: an automatic one of that part, or a shared one."""
        found = self._styles.get((scope, family, name or ""))
        return self._styles.get((None, family, name or "")) if found is None else found

    def letters(self, origin: Origin) -> Holders:
        """Return the styles that may say how letters look, the strongest first."""
        spans = (style for name in reversed(origin.spans) for style in self._chain(origin.scope, "text", name))
        paragraph = list(self._chain(origin.scope, "paragraph", origin.paragraph))
        found = [*spans, *paragraph]
        if origin.shape is not None and all(self.is_automatic(style) for style in paragraph):
            found += self._chain(origin.scope, "graphic", origin.shape)
            found += self._default("graphic")
        return (*found, *self._default("paragraph"))

    def paragraphs(self, origin: Origin) -> Holders:
        """Return the styles that may say how a paragraph stands, the strongest first."""
        return (*self._chain(origin.scope, "paragraph", origin.paragraph), *self._default("paragraph"))

    def is_automatic(self, style: etree._Element) -> bool:
        """Does a style stand for formats that someone gave to the text itself?"""
        parent = style.getparent()
        return parent is not None and parent.tag == f"{OFFICE}automatic-styles"

    def touch(self, element: etree._Element) -> None:
        """Note that an element changed."""
        self.changed.append(element)

    def derive(
        self, paragraph: etree._Element, span: str | None, scope: etree._Element, wanted: Mapping[Property, str]
    ) -> None:
        """Give a paragraph, or its spans in the style `span`, a style of their own that says what is wanted."""
        family = "paragraph" if span is None else "text"
        name = paragraph.get(_USED) if span is None else span
        key = (scope, family, name, tuple(wanted.items()))
        if key not in self._derived:
            style = self._copy(scope, family, name)
            for prop, value in wanted.items():
                prop.write(style, value)
            self._derived[key] = style.get(_NAME) or ""
            self.touch(style)
        self._left.add((scope, family, name or ""))
        users = [paragraph] if span is None else [e for e in paragraph.iter(f"{TEXT}span") if e.get(_USED) == span]
        for user in users:
            user.set(_USED, self._derived[key])
            self.touch(user)

    def tidy(self) -> None:
        """Take away the automatic styles that no text has any longer since single paragraphs got their own."""
        used: dict[etree._Element, set[str]] = {}
        for scope, family, name in self._left:
            style = self._styles.get((scope, family, name))
            if style is None or not self.is_automatic(style):
                continue
            if scope not in used:
                used[scope] = {value for element in scope.iter("*") for value in _styles_named(element)}
            parent = style.getparent()
            if name not in used[scope] and parent is not None:
                parent.remove(style)
                del self._styles[scope, family, name]

    def _copy(self, scope: etree._Element, family: str, name: str | None) -> etree._Element:
        base = self.find(scope, family, name)
        style = etree.Element(f"{STYLE}style", {_FAMILY: family})
        if base is not None and self.is_automatic(base):
            style = deepcopy(base)
            style.tail = None
        elif base is not None and name:
            style.set(_PARENT, name)
        elif self.find(scope, family, _PLAIN) is not None:
            style.set(_PARENT, _PLAIN)
        taken = {known for _, _, known in self._styles}
        new = next(name for number in range(1, len(taken) + 2) if (name := f"falc{number}") not in taken)
        style.set(_NAME, new)
        folder = scope.find(f"{OFFICE}automatic-styles")
        if folder is None:
            folder = etree.Element(f"{OFFICE}automatic-styles")
            after = scope.find(f"{OFFICE}body") if scope.find(f"{OFFICE}master-styles") is None else None
            place = scope.find(f"{OFFICE}master-styles") if after is None else after
            scope.insert(len(scope) if place is None else scope.index(place), folder)
        folder.append(style)
        self._styles[scope, family, new] = style
        return style

    def _chain(self, scope: etree._Element, family: str, name: str | None) -> Iterator[etree._Element]:
        """Yield a style and its parents, tip first."""
        seen: set[str] = set()
        style = self.find(scope, family, name)
        while style is not None:
            yield style
            name = style.get(_PARENT)
            if name is None or name in seen or len(seen) >= _LONGEST_CHAIN:
                return
            seen.add(name)
            style = self._styles.get((None, family, name))

    def _default(self, family: str) -> Holders:
        return (self._defaults[family],) if family in self._defaults else ()


def _styles_named(element: etree._Element) -> Iterator[str]:
    """Yield the styles that an element names."""
    for attribute, value in element.items():
        if str(attribute).endswith("style-name"):
            yield str(value)


def winner(holders: Holders, prop: Property) -> int | None:
    """Return which of some styles decides on a property."""
    return next((index for index, holder in enumerate(holders) if prop.stated(holder) is not None), None)
