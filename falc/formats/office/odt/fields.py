"""Fields of an OpenDocument text: which ones stand for a value that is not known when the letter is written."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from falc.formats.office.instructions import FieldKind, understand
from falc.formats.office.odt.package import MARKS, TEXT

_LONGEST_NAME = 80
_MARK_TYPE = "vnd.oasis.opendocument.field."
_WORD_CODE = "vnd.oasis.opendocument.field.ooxmlcode"
# What a field of a form shows, or would show, as Word calls it.
_FORM = frozenset({"FORMTEXT", "FORMDROPDOWN", "FORMDATE"})


def _attribute(*names: str) -> Callable[[etree._Element], str]:
    """Name a field after the first of its attributes that says something, else after its content."""

    def name(element: etree._Element) -> str:
        return next((value for key in names if (value := (element.get(key) or "").strip())), "") or _content(element)

    return name


def _content(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip().strip("<>«»[]").strip()


_NAMED: dict[str, Callable[[etree._Element], str]] = {
    f"{TEXT}database-display": _attribute(f"{TEXT}column-name"),
    f"{TEXT}database-name": _attribute(f"{TEXT}table-name"),
    f"{TEXT}database-row-number": _attribute(f"{TEXT}table-name"),
    f"{TEXT}placeholder": _content,
    f"{TEXT}text-input": lambda element: element.get(f"{TEXT}description") or "",
    f"{TEXT}drop-down": _attribute(f"{TEXT}name"),
    f"{TEXT}user-field-get": _attribute(f"{TEXT}name"),
    f"{TEXT}user-field-input": _attribute(f"{TEXT}description", f"{TEXT}name"),
    f"{TEXT}variable-get": _attribute(f"{TEXT}name"),
    f"{TEXT}variable-set": _attribute(f"{TEXT}name"),
    f"{TEXT}variable-input": _attribute(f"{TEXT}description", f"{TEXT}name"),
    f"{TEXT}user-defined": _attribute(f"{TEXT}name"),
    f"{TEXT}conditional-text": lambda _: "IF",
    f"{TEXT}hidden-text": lambda _: "IF",
    f"{TEXT}expression": _attribute(f"{TEXT}formula"),
    f"{TEXT}execute-macro": _content,
}
_SILENT = frozenset(
    TEXT + tag
    for tag in ("database-next", "database-row-select", "script", "page-variable-set", "toc-mark", "user-index-mark")
)
REFERENCES = frozenset(TEXT + tag for tag in ("bookmark-ref", "reference-ref", "sequence-ref", "note-ref"))


def is_silent(element: etree._Element) -> bool:
    """Does a field show nothing?"""
    return element.tag in _SILENT or element.get(f"{TEXT}display") == "none"


def is_hidden(element: etree._Element) -> bool:
    """Is a section, a text or a paragraph out of sight, as its condition said when the file was saved?"""
    return element.get(f"{TEXT}is-hidden") == "true" or element.get(f"{TEXT}display") == "none"


def placeholder_name(element: etree._Element) -> str | None:
    """Return the name of the value that a field stands for, or nothing when it shows a real text."""
    naming = _NAMED.get(str(element.tag))
    if naming is None:
        return None
    name = naming(element)[:_LONGEST_NAME].strip()
    if not name and element.tag == f"{TEXT}text-input":  # it asks for nothing: Word's filled controls come so
        return None
    return name or str(element.tag).partition("}")[2]


def mark_name(element: etree._Element) -> str | None:
    """Return the name of a form field or a Word field that starts at `field:fieldmark-start`, if it stands for one."""
    kind = (element.get(f"{MARKS}type") or "").removeprefix(_MARK_TYPE)
    name = (element.get(f"{TEXT}name") or "").strip()[:_LONGEST_NAME]
    if kind in _FORM:
        return name or kind
    for parameter in element.iterchildren(f"{MARKS}param"):
        if parameter.get(f"{MARKS}name") == _WORD_CODE:
            shows, meaning = understand(parameter.get(f"{MARKS}value") or "")
            return meaning if shows is FieldKind.PLACEHOLDER else None
    return None
