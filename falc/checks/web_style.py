"""Styles of web pages that stop people from reading: tight, cut, moving or frozen text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from fnmatch import fnmatchcase

from falc.checks import Hit, check, other_places
from falc.checks.web_page import Page
from falc.french.analysis import AnalysedDocument
from falc.french.facts import facts
from falc.objects import Declaration

_PREFIX = re.compile(r"-(?:webkit|moz|ms|o|khtml)-")
_NEUTRAL = frozenset(("none", "normal", "initial", "inherit", "unset", "revert", "0", "0px", "0em"))
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(px|pt|ch|rem|em)\b")
_SETTING = re.compile(r"([a-z-]{1,40})\s{0,9}=\s{0,9}([\w.]{1,40})")
_LAST_NAME = re.compile(r"(?:^|[\s>+~])([a-z][a-z0-9]*)(?:[.:#\[][^\s>+~]*)?$")
# Elements that hold running text.
_COLUMNS = frozenset(("article", "blockquote", "body", "dd", "html", "li", "main", "ol", "p", "section", "ul"))
_TEXT_BOXES = _COLUMNS | {"label", "td", "h1", "h2", "h3", "h4", "h5", "h6"}
_PIXELS = 16.0  # the letters of a page that says nothing
_PIXELS_PER = {"px": 1.0, "pt": 96 / 72, "rem": _PIXELS}
_LETTER = 0.5  # the width of a mean letter of Arial, in type sizes


def _plain_property(declaration: Declaration) -> str:
    return _PREFIX.sub("", declaration.property.lower(), count=1)


def _last_names(declaration: Declaration) -> set[str]:
    """Return the names of the elements that a declaration styles: p of « main p.big »."""
    parts = (part.strip().lower() for part in declaration.selector.split(","))
    return {found[1] for part in parts if (found := _LAST_NAME.search(part))}


def _place(declaration: Declaration) -> str:
    """Tell people where a declaration is; two properties of one file are two places."""
    return f"{declaration.origin} ({declaration.property})" if declaration.origin else declaration.selector


@check("hard_styles", scope="document", provides=("declaration", "places"))
def hard_styles(analysed: AnalysedDocument, *, banned: tuple[str, ...], places: str) -> Iterator[Hit]:
    """Yield the first declaration of each banned property, with the number of others.

    `banned` holds patterns: « text-shadow: * » means any value that does something.
    """
    found: dict[str, list[Declaration]] = {}
    for declaration in analysed.document.objects.declarations:
        if _is_banned(declaration, banned) and not _shows_no_text(declaration):
            found.setdefault(_plain_property(declaration), []).append(declaration)
    for declarations in found.values():
        first, others = declarations[0], len(declarations) - 1
        fields = {"declaration": f"{first.property}: {first.value}", "places": other_places(places, others)}
        yield Hit(first.span, fields, place=_place(first))


def _is_banned(declaration: Declaration, banned: Collection[str]) -> bool:
    value = declaration.value.lower().removesuffix("!important").strip()
    name = _plain_property(declaration)
    if value in _NEUTRAL:
        return False
    return any(p == name and fnmatchcase(value, v.strip()) for p, _, v in (b.partition(":") for b in banned))


def _shows_no_text(declaration: Declaration) -> bool:
    """Does a declaration concern an icon, something that turns while people wait, or a printed page?"""
    selector = declaration.selector.lower()
    return any(part in selector for part in facts("web-selecteurs-sans-texte"))


def _opens(attributes: Mapping[str, str]) -> bool:
    script = attributes.get("onload", "").lower()
    return any(call in script for call in ("alert(", "open(", "showmodal("))


# What an element does on its own, its names, and how its attributes tell.
_ACTIONS: tuple[tuple[str, tuple[str, ...], Callable[[Mapping[str, str]], bool]], ...] = (
    ("moving", ("marquee", "blink"), lambda attributes: True),
    ("playing", ("video", "audio"), lambda attributes: "autoplay" in attributes),
    ("playing", ("iframe",), lambda attributes: "autoplay=1" in attributes.get("src", "")),
    ("dialog", ("dialog",), lambda attributes: "open" in attributes),
    ("dialog", ("body",), _opens),
    ("refresh", ("meta",), lambda attributes: attributes.get("http-equiv", "").lower() == "refresh"),
)
_ACTS = tuple({name for _, names, _ in _ACTIONS for name in names})


@check("moving_content", scope="document", provides=("fact",))
def moving_content(
    analysed: AnalysedDocument,
    *,
    moving: str,
    playing: str,
    endless: str,
    dialog: str,
    animated: str,
    refresh: str,
) -> Iterator[Hit]:
    """Yield what moves, plays, opens or changes on its own."""
    names = {"moving": moving, "playing": playing, "dialog": dialog, "refresh": refresh}
    for element in Page(analysed.document).find(*_ACTS):
        for kind, elements, holds in _ACTIONS:
            if element.name in elements and holds(element.attributes):
                yield Hit(element.span, {"fact": names[kind]}, place=f"<{element.name}>")
    for picture in analysed.document.objects.pictures:
        if picture.animated:
            yield Hit(picture.span, {"fact": animated}, place=picture.place)
    for declaration in analysed.document.objects.declarations:
        if _is_endless(declaration) and not _shows_no_text(declaration):
            yield Hit(declaration.span, {"fact": endless}, place=_place(declaration))
            return


def _is_endless(declaration: Declaration) -> bool:
    name = _plain_property(declaration)
    return (name in ("animation", "animation-iteration-count") and "infinite" in declaration.value.lower().split()) or (
        name.startswith("text-decoration") and "blink" in declaration.value.lower().split()
    )


@check("frozen_text", scope="document", provides=("fact",))
def frozen_text(analysed: AnalysedDocument, *, min_scale: float, zoom: str, size: str, height: str) -> Iterator[Hit]:
    """Yield what keeps people from making the text larger."""
    for meta in Page(analysed.document).find("meta"):
        if meta.attributes.get("name", "").lower() == "viewport" and _forbids_zoom(meta.attributes, min_scale):
            yield Hit(meta.span, {"fact": zoom}, place=f"<{meta.name}>")
    declarations = analysed.document.objects.declarations
    clipped = {d.selector for d in declarations if d.property in ("overflow", "overflow-y") and "hidden" in d.value}
    for declaration in declarations:
        if _plain_property(declaration) == "text-size-adjust" and declaration.value.strip() == "none":
            yield Hit(declaration.span, {"fact": size}, place=_place(declaration))
        elif (
            declaration.property in ("height", "max-height")
            and "px" in declaration.value
            and declaration.selector in clipped
            and _last_names(declaration) & _TEXT_BOXES
        ):
            yield Hit(declaration.span, {"fact": height}, place=_place(declaration))


def _forbids_zoom(attributes: Mapping[str, str], min_scale: float) -> bool:
    settings = dict(_SETTING.findall(attributes.get("content", "").lower()))
    if settings.get("user-scalable") in ("no", "0"):
        return True
    scale = settings.get("maximum-scale", "")
    return scale.replace(".", "", 1).isdecimal() and float(scale) < min_scale


@check("wide_lines", scope="document", provides=("characters",))
def wide_lines(analysed: AnalysedDocument, *, max_characters: int) -> Iterator[Hit]:
    """Yield the narrowest width that a page gives to its text, when the lines it allows are too long."""
    declarations = analysed.document.objects.declarations
    size = next((s for d in declarations if (s := _body_size(d))), _PIXELS)
    widths = [
        (characters, declaration)
        for declaration in declarations
        if declaration.property in ("width", "max-width") and _last_names(declaration) & _COLUMNS
        if (characters := _characters(declaration.value, size))
    ]
    if widths:
        characters, declaration = min(widths, key=lambda width: width[0])
        if characters > max_characters:
            yield Hit(declaration.span, {"characters": round(characters)}, place=_place(declaration))


def _body_size(declaration: Declaration) -> float | None:
    """Return in pixels the size that a declaration gives to the text of the page."""
    if declaration.property != "font-size" or not _last_names(declaration) & {"body", "html", "p"}:
        return None
    lengths = [float(n) * _PIXELS_PER[unit] for n, unit in _LENGTH.findall(declaration.value) if unit in _PIXELS_PER]
    return max(lengths, default=0.0) or None


def _characters(value: str, size: float) -> float:
    """Return how many letters the largest length of a value holds, 0 if it has none."""
    per_unit = {"ch": 1.0, "em": 1 / _LETTER}
    per_unit |= {unit: pixels / (size * _LETTER) for unit, pixels in _PIXELS_PER.items()}
    return max((float(number) * per_unit[unit] for number, unit in _LENGTH.findall(value.lower())), default=0.0)
