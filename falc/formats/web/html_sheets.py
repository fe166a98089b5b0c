"""The style sheets of a page: its style elements, its style attributes and the local files that it names.

Nothing is fetched: only files next to the page are read, and only as much as a page needs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from falc.document import Skipped
from falc.formats.source import skipped
from falc.formats.web.css import Import, Rule, Setting, declarations, media_of, rules
from falc.formats.web.html_tags import attribute_spans
from falc.formats.web.html_tree import Node, Tree, ancestors
from falc.model import Span
from falc.objects import Declaration

__all__ = ["Sheets", "inline_settings"]

_MOST_SHEETS = 20
_MOST_ELEMENTS = 200
_MOST_BYTES = 1_000_000
_MOST_BYTES_IN_ALL = 5_000_000
_DEEPEST = 5  # imports in imports
_REMOTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*+:|[/\\]")
_UNREAD = frozenset(("noscript", "template"))


def inline_settings(opaque: str, node: Node) -> Iterator[Setting]:
    """Yield the declarations of the style attribute of an element; spans count in the file."""
    if "style" not in node.attributes or node.span is None:
        return
    span = next((span for name, span in attribute_spans(opaque, node.span) if name == "style"), node.span)
    if "&" not in opaque[span.start : span.end]:
        yield from declarations(opaque, span.start, span.end)
        return
    decoded = node.attributes["style"]  # entities move everything
    for setting in declarations(decoded, 0, len(decoded)):
        yield Setting(setting.property, setting.value, setting.important, span)


class Sheets:
    """Collect the rules of a page, weakest first, and say what was not read."""

    def __init__(self, folder: Path | None) -> None:
        self.rules: list[Rule] = []
        self.declarations: list[Declaration] = []
        self.files: list[Path] = []  # those that were looked for, there or not
        self._folder = folder
        self._problems: Counter[str] = Counter()
        self._sheets = self._bytes = 0

    def read(self, tree: Tree, opaque: str) -> None:
        """Read the sheets of a page whose text, without template tags, is `opaque`."""
        found = 0
        for node in tree.nodes:
            if node.name == "style":
                found += 1
                if found <= _MOST_ELEMENTS and self._is_shown(node):
                    self._add(rules(opaque, node.inner.start, node.inner.end), None, "", self._folder, 0)
            elif node.name == "link" and _is_sheet(node):
                found += 1
                if found <= _MOST_ELEMENTS and self._is_shown(node):
                    at = node.span.start if node.span else 0
                    self._link(node.attributes.get("href", ""), Span(at, at), self._folder, 0)
        if found > _MOST_ELEMENTS:
            self._problems["Cette page a trop de feuilles de style."] += found - _MOST_ELEMENTS

    def too_complex(self) -> None:
        """Give up the rules: they ask for too much work."""
        self.rules.clear()
        self._problems["Les feuilles de style sont trop longues pour cette page : falc ne les applique pas."] += 1

    def skipped(self) -> tuple[Skipped, ...]:
        return skipped(("feuille de style", count, why) for why, count in self._problems.items())

    def _is_shown(self, node: Node) -> bool:
        if node.attributes.get("type", "").strip().lower() not in ("", "text/css"):
            return False
        if any(around.name in _UNREAD for around in ancestors(node)):
            return False
        return media_of(node.attributes.get("media", ""))[0]

    def _add(
        self, found: Iterator[Rule | Import], at: Span | None, origin: str, folder: Path | None, depth: int
    ) -> None:
        """Add the rules of a sheet; those of a file have all the place `at` in the page."""
        for each in found:
            if isinstance(each, Import):
                self._link(each.address, at or Span(0, 0), folder, depth + 1)
                continue
            self.rules.append(each)
            self.declarations.extend(
                Declaration(setting.property, setting.value, each.selector, at or setting.span, origin)
                for setting in each.settings
            )

    def _link(self, address: str, at: Span, folder: Path | None, depth: int) -> None:
        css, path = self._file(address.strip(), folder, depth)
        if path:
            self._add(rules(css, 0, len(css)), at, path.name, path.parent, depth)

    def _file(self, address: str, folder: Path | None, depth: int) -> tuple[str, Path | None]:
        """Return the content and the place of a local sheet."""
        if not address or _REMOTE.match(address):
            self._problems["falc ne lit pas les feuilles de style d'autres sites."] += bool(address)
            return "", None
        if folder is None:
            self._problems["falc ne sait pas où est cette feuille de style."] += 1
            return "", None
        if depth > _DEEPEST or self._sheets >= _MOST_SHEETS:
            self._problems["Cette page a trop de feuilles de style."] += 1
            return "", None
        self._sheets += 1
        try:
            path = (folder / unquote(re.split(r"[?#]", address, maxsplit=1)[0])).resolve()
            self.files.append(path)
            if path.suffix.lower() != ".css" or not path.is_file():
                self._problems["falc ne trouve pas cette feuille de style."] += 1
                return "", None
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
        except (OSError, ValueError, RuntimeError):  # RuntimeError: a circle of links, in Python 3.11
            self._problems["falc ne peut pas lire cette feuille de style."] += 1
            return "", None
        self._bytes += len(data)
        if len(data) > _MOST_BYTES or self._bytes > _MOST_BYTES_IN_ALL:
            self._problems["Cette feuille de style est trop longue."] += 1
            return "", None
        return _decoded(data), path


def _is_sheet(node: Node) -> bool:
    kinds = node.attributes.get("rel", "").lower().split()
    return "stylesheet" in kinds and "alternate" not in kinds and "disabled" not in node.attributes


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
