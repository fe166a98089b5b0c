"""What protects an OpenDocument text, as a whole or in places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from falc.formats.office.odt.package import DRAW, OFFICE, STYLE, TABLE, TEXT, OdtFile
from falc.formats.office.odt.shapes import FRAME, GROUP, SHAPES
from falc.formats.office.review import Doing
from falc.formats.office.unread import is_signed
from falc.model import FalcError
from falc.texts import texts

__all__ = ["Protection", "refuse_protected"]

_CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
_NAME = f"{_CONFIG}name"
_ASKS_A_PASSWORD = "ModifyPasswordInfo"
_RECORDING = "RedlineProtectionKey"
# Settings that are « true » in a file that nobody may change -> what people are told.
_LOCKS = {"LoadReadonly": "read_only", "ProtectForm": "forms"}
# What the program writes anew when it makes the tables of contents, the index…
_GENERATED = frozenset(
    TEXT + tag
    for tag in (
        *("table-of-content", "illustration-index", "table-index", "object-index", "user-index"),
        *("alphabetical-index", "bibliography"),
    )
)
_DRAWINGS = SHAPES | {GROUP}


def refuse_protected(file: OdtFile, doing: Doing) -> None:
    """Raise FalcError, in plain French, when the file is protected against what falc wants to do."""
    said = texts()["protection"]
    if file.package is not None and is_signed(file.package):
        raise FalcError(said["signed"])
    for reason in _reasons(file, doing):
        raise FalcError(said["libreoffice"][reason])


def _reasons(file: OdtFile, doing: Doing) -> Iterator[str]:
    settings = _settings(file)
    if settings is None:
        return
    for item in settings.iter(f"{_CONFIG}config-item", f"{_CONFIG}config-item-set"):
        name, value = item.get(_NAME) or "", (item.text or "").strip()
        if name == _ASKS_A_PASSWORD:
            yield "password"
        elif value == "true" and name in _LOCKS:
            yield _LOCKS[name]
        elif value and name == _RECORDING and doing is Doing.EDIT:
            yield "recording"


def _settings(file: OdtFile) -> etree._Element | None:
    if file.package is None:
        return file.content.find(f"{OFFICE}settings")
    part = file.package.find("settings.xml")
    return file.package.xml(part) if part else None


class Protection:
    """Which paragraphs of a file nobody may change, or may change only without tracks."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._drawn = {(root, name) for root in roots for name in _drawn_frames(root)}
        self._held: dict[etree._Element, bool] = {}

    def holds(self, paragraph: etree._Element) -> bool:
        """Does a paragraph stand in a protected section or cell, or in what the program writes itself?"""
        parent = paragraph.getparent()
        if parent is None:
            return False
        if parent not in self._held:
            self._held[parent] = any(_is_held(element) for element in (parent, *parent.iterancestors()))
        return self._held[parent]

    def tracks(self, paragraph: etree._Element) -> bool:
        """Does LibreOffice keep track of changes in a paragraph?  Not in drawings."""
        root = paragraph.getroottree().getroot()
        for parent in paragraph.iterancestors():
            if parent.tag in _DRAWINGS:
                return False
            if parent.tag == FRAME and (root, parent.get(f"{DRAW}style-name")) in self._drawn:
                return False
        return True


def _is_held(element: etree._Element) -> bool:
    tag = element.tag
    if tag in _GENERATED or element.get(f"{TABLE}protected") == "true":
        return True
    if tag != f"{TEXT}section":
        return False
    return element.get(f"{TEXT}protected") == "true" or element.find(f"{TEXT}section-source") is not None


def _drawn_frames(root: etree._Element) -> Iterator[str]:
    """Yield the styles of frames that LibreOffice takes for drawings: automatic, and based on no other."""
    for style in root.iterfind(f"{OFFICE}automatic-styles/{STYLE}style"):
        if style.get(f"{STYLE}family") == "graphic" and not style.get(f"{STYLE}parent-style-name"):
            yield style.get(f"{STYLE}name") or ""
