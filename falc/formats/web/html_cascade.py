"""The cascade: which declarations win for each element of a page, and the styles that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from falc.document import Skipped
from falc.formats.source import Source
from falc.formats.web.css import Import, Rule, Setting, rules
from falc.formats.web.css_select import OutOfBudgetError, Work, match
from falc.formats.web.css_shorthands import longhands
from falc.formats.web.css_values import Value
from falc.formats.web.html_sheets import Sheets, inline_settings
from falc.formats.web.html_style import INITIAL_STYLE, Style, compute
from falc.formats.web.html_tree import Node, Tree
from falc.objects import Declaration

__all__ = ["Page", "Styled"]

Values = dict[str, tuple[Value, bool]]
_BULLETS = ("ul", "menu", "dir")
_BULLET_TYPES = ("disc", "circle", "square")
_NUMBERS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_FONT_SIZES = dict(zip("1234567", ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")))
# An alignment of these places the thing itself, not its text.
_PLACED = frozenset(("embed", "hr", "iframe", "img", "input", "legend", "object", "table"))
_PRESENTATION = ("align", "background", "bgcolor", "color", "face", "size", "text", "type")
_VAR = re.compile(r"var\(\s*+(--[\w-]{1,100})\s*+")
_MOST_VARIABLES = 1_000
_LONGEST = 2_000
_DEEPEST = 10
_NO_CUSTOM: Mapping[str, str] = MappingProxyType({})


class Styled:
    """The style of each element of a tree, by its number; `declared`: do the sheets say all of it?"""

    def __init__(self, styles: list[Style], declared: bool) -> None:
        self._styles, self.declared = styles, declared

    def __getitem__(self, node: Node) -> Style:
        return self._styles[node.number]


class Page:
    """A page and its sheets."""

    def __init__(self, source: Source, folder: Path | None = None) -> None:
        self._source, self._sheets, self._work = source, Sheets(folder), Work()

    @property
    def declarations(self) -> tuple[Declaration, ...]:
        """All declarations, in the order of the page, with their template tags."""
        found = sorted(self._sheets.declarations, key=lambda declaration: declaration.span)
        return tuple(map(self._as_written, found))

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        return self._sheets.skipped()

    @property
    def linked(self) -> tuple[str, ...]:
        """The paths of style sheets that were looked for, there or not."""
        return tuple(map(str, self._sheets.files))

    def style(self, tree: Tree) -> Styled:
        """Return the styles of the elements of a tree, which is the page or a piece of it."""
        opaque = self._source.opaque
        self._sheets.read(tree, opaque)
        matched = self._matched(tree)
        cascade = _Cascade(self._sheets.rules)
        inline = False
        styles: list[Style] = []
        for node in tree.nodes:
            settings = tuple(inline_settings(opaque, node))
            inline = inline or bool(settings)
            self._sheets.declarations.extend(Declaration(s.property, s.value, "", s.span) for s in settings)
            parent = styles[node.parent.number] if node.parent else INITIAL_STYLE
            root_size = styles[0].text.size if styles else None
            styles.append(cascade.style(node, parent, matched[node.number] if matched else (), settings, root_size))
        return Styled(styles, (inline or bool(self._sheets.rules)) and not self.skipped)

    def _as_written(self, declaration: Declaration) -> Declaration:
        span = declaration.span
        written = self._source.text[span.start : span.end]
        if written == self._source.opaque[span.start : span.end]:
            return declaration
        return replace(declaration, value=written.partition(":")[2].strip())

    def _matched(self, tree: Tree) -> list[tuple[int, ...]]:
        try:
            return match(self._sheets.rules, tree.nodes, self._work) if self._sheets.rules else []
        except OutOfBudgetError:
            self._sheets.too_complex()
            return []


@lru_cache(maxsize=1)
def _defaults() -> Mapping[str, tuple[Setting, ...]]:
    """Return what browsers declare for each element."""
    css = (files("falc.formats.web") / "default.css").read_text(encoding="utf-8")
    found: dict[str, tuple[Setting, ...]] = {}
    for rule in rules(css, 0, len(css)):
        if not isinstance(rule, Import):
            for name in rule.selector.split(","):
                found[name.strip()] = found.get(name.strip(), ()) + rule.settings
    return found


def _presentation(node: Node) -> Iterable[tuple[str, str]]:
    """Yield the declarations that old attributes stand for."""
    attributes, name = node.attributes, node.name
    if (align := attributes.get("align")) and name not in _PLACED:
        yield "text-align", align
    elif align and align.lower() in ("left", "right"):
        yield "float", align
    if color := attributes.get("bgcolor"):
        yield "background-color", color
    if picture := attributes.get("background"):
        yield "background-image", "url(" + picture.replace(")", "%29") + ")"
    if name == "body" and (color := attributes.get("text")):
        yield "color", color
    if name == "font":
        yield from (
            (name, attributes[key]) for name, key in (("color", "color"), ("font-family", "face")) if key in attributes
        )
        yield "font-size", _FONT_SIZES.get(attributes.get("size", ""), "")
    if name in ("ol", "ul", "li") and (kind := attributes.get("type")):
        yield "list-style-type", _NUMBERS.get(kind, kind.lower())
    if "hidden" in attributes:
        yield "display", "none"


class _Cascade:
    """Compute the styles of a page; elements with the same declarations below the same parent share one."""

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = rules
        self._known: dict[object, Style] = {}
        self._same: dict[Style, Style] = {INITIAL_STYLE: INITIAL_STYLE}
        self._custom: list[Mapping[str, str]] = [_NO_CUSTOM]

    def style(
        self,
        node: Node,
        parent: Style,
        matched: tuple[int, ...],
        settings: tuple[Setting, ...],
        root_size: float | None,
    ) -> Style:
        attributes = node.attributes
        key = (
            *(id(parent), node.name, matched, root_size),
            tuple((setting.property, setting.value, setting.important) for setting in settings),
            tuple(attributes.get(name) for name in _PRESENTATION) if attributes else (),
            *(attributes.get("lang", attributes.get("xml:lang")), "href" in attributes, "hidden" in attributes),
        )
        style = self._known.get(key)
        if style is None:
            computed = self._compute(node, parent, matched, settings, root_size)
            style = self._known[key] = self._same.setdefault(computed, computed)
        return style

    def _compute(
        self,
        node: Node,
        parent: Style,
        matched: tuple[int, ...],
        settings: tuple[Setting, ...],
        root_size: float | None,
    ) -> Style:
        author = [setting for number in matched for setting in self._rules[number].settings]
        ordered = [
            *(setting for setting in author if not setting.important),
            *(setting for setting in settings if not setting.important),
            *(setting for setting in author if setting.important),
            *(setting for setting in settings if setting.important),
        ]
        custom = self._with_custom(parent.custom, ordered)
        values: Values = {}
        for declared in self._default_values(node, parent):
            _declare(values, *declared, said=False)
        for setting in ordered:
            if not setting.property.startswith("--"):
                _declare(values, setting.property, _substituted(setting.value, self._custom[custom]), said=True)
        return _finished(compute(parent, values, root_size), node, custom)

    def _default_values(self, node: Node, parent: Style) -> Iterable[tuple[str, str]]:
        defaults = _defaults()
        names = (node.name, "a:link") if node.name == "a" and "href" in node.attributes else (node.name,)
        for name in names:
            yield from ((setting.property, setting.value) for setting in defaults.get(name, ()))
        if node.name in _BULLETS:
            yield "list-style-type", _BULLET_TYPES[min(parent.lists, 2)]
        if parent.lists and (node.name in _BULLETS or node.name == "ol"):  # a list in a list stands close
            yield from (("margin-top", "0"), ("margin-bottom", "0"))
        yield from _presentation(node)

    def _with_custom(self, inherited: int, settings: list[Setting]) -> int:
        """Return the number of the custom properties of an element."""
        own = {setting.property: setting.value for setting in settings if setting.property.startswith("--")}
        known = self._custom[inherited]
        if not own or len(known) + len(own) > _MOST_VARIABLES or all(known.get(n) == v for n, v in own.items()):
            return inherited
        self._custom.append({**known, **own})
        return len(self._custom) - 1


def _finished(style: Style, node: Node, custom: int) -> Style:
    """Add what attributes and names of elements say, whatever the sheets."""
    name, attributes, text = node.name, node.attributes, style.text
    language = attributes.get("lang", attributes.get("xml:lang"))
    if language is not None:
        text = replace(text, language=language.strip()[:40] or None)
    if name == "a" and "href" in attributes and not text.link:
        text = replace(text, link=True)
    return replace(
        style,
        text=text,
        custom=custom,
        floating=style.floating or name == "aside",
        lists=style.lists + (name in _BULLETS or name == "ol"),
    )


def _declare(values: Values, name: str, value: str, said: bool) -> None:
    for longhand, meaning in longhands(name, value):
        values[longhand] = (meaning, said)


def _substituted(value: str, custom: Mapping[str, str]) -> str:
    """Put the values of custom properties in the place of var(); empty if that cannot be done."""
    for _ in range(_DEEPEST):
        found = _VAR.search(value)
        if found is None:
            return value
        end, comma = _closing(value, found.end())
        fallback = value[comma + 1 : end].strip() if comma >= 0 else ""
        value = value[: found.start()] + custom.get(found[1], fallback) + value[end + 1 :]
        if len(value) > _LONGEST:
            return ""
    return ""


def _closing(value: str, start: int) -> tuple[int, int]:
    """Return where the bracket open before `start` closes, and its first comma or -1."""
    depth, comma = 0, -1
    for place in range(start, len(value)):
        if value[place] == "(":
            depth += 1
        elif value[place] == ")":
            if depth == 0:
                return place, comma
            depth -= 1
        elif value[place] == "," and comma < 0 and depth == 0:
            comma = place
    return len(value), comma
