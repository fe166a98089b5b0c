"""An OpenDocument text, packed or flat: its parts, its pictures, and the names of its XML."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from lxml import etree

from falc.formats.office.archive import ODT, Budget, Problem
from falc.formats.office.package import Package, open_package, parse_xml
from falc.formats.sniff import refuse_others
from falc.model import FalcError
from falc.texts import texts

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_ODF}office:1.0}}"
TEXT = f"{{{_ODF}text:1.0}}"
TABLE = f"{{{_ODF}table:1.0}}"
STYLE = f"{{{_ODF}style:1.0}}"
DRAW = f"{{{_ODF}drawing:1.0}}"
META = f"{{{_ODF}meta:1.0}}"
FO = f"{{{_ODF}xsl-fo-compatible:1.0}}"
SVG = f"{{{_ODF}svg-compatible:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
MATH = "{http://www.w3.org/1998/Math/MathML}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
MARKS = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"  # form fields that come from Word

_TYPE = "application/vnd.oasis.opendocument."
_MANIFEST = "META-INF/manifest.xml"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


_OTHERS = {"spreadsheet": "sheet", "presentation": "slides", "graphics": "drawing", "drawing": "drawing"}


@dataclass(frozen=True)
class OdtFile:
    """An open text.  A flat file holds all in one tree, which is then both `content` and `styles`."""

    content: etree._Element
    styles: etree._Element | None
    meta: etree._Element | None
    body: etree._Element
    package: Package | None = None

    def roots(self) -> tuple[etree._Element, ...]:
        """Return the trees that hold styles, the shared ones first."""
        if self.styles is None or self.styles is self.content:
            return (self.content,)
        return (self.styles, self.content)

    def picture(self, element: etree._Element) -> bytes | None:
        """Return the bytes of a picture, or nothing when they are outside the file."""
        data = element.find(f"{OFFICE}binary-data")
        if data is not None:
            try:
                return base64.b64decode("".join((data.text or "").split()))
            except (binascii.Error, ValueError):
                return None
        name = self._part(element)
        return self.package.read(name) if self.package is not None and name else None

    def embedded(self, element: etree._Element) -> etree._Element | None:
        """Return the tree of the document inside a `draw:object`, or nothing when there is none."""
        inside = next((child for child in element if isinstance(child.tag, str)), None)
        if inside is not None:
            return inside
        name = self._part(element, "/content.xml")
        if self.package is None or not name:
            return None
        try:
            return self.package.xml(name)
        except FalcError:  # a damaged chart does not hide the text
            return None

    def _part(self, element: etree._Element, suffix: str = "") -> str | None:
        href = (element.get(f"{XLINK}href") or "").removeprefix("./").rstrip("/")
        return self.package.find(href + suffix) if self.package is not None and href else None


def open_odt(data: bytes, budget: Budget | None = None) -> OdtFile:
    """Open the bytes of an OpenDocument text, or refuse them with a plain reason."""
    if _looks_flat(data):
        return _open_flat(data, budget or Budget())
    package = open_package(data, budget, ODT)
    manifest = package.find(_MANIFEST)  # old versions of OpenOffice give it a DOCTYPE: it is never parsed
    if manifest and b"encryption-data" in package.read(manifest).replace(b"\0", b""):
        raise ODT.refuse(Problem.PROTECTED)
    mimetype = package.find("mimetype")
    _check_type(package.read(mimetype).decode("ascii", "replace").strip() if mimetype else "")
    names = {part: package.find(f"{part}.xml") for part in ("content", "styles", "meta")}
    if names["content"] is None:
        refuse_others(data, "odt", ODT.suffix)
        raise ODT.refuse(Problem.OTHER)
    content = package.xml(names["content"])
    styles = package.xml(names["styles"]) if names["styles"] else None
    meta = package.xml(names["meta"]) if names["meta"] else None
    return OdtFile(content, styles, meta, _body(content), package)


def _looks_flat(data: bytes) -> bool:
    start = data[:200]
    for bom in _BOMS:
        start = start.removeprefix(bom)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")


def _open_flat(data: bytes, budget: Budget) -> OdtFile:
    if len(data) > budget.entry:
        raise ODT.refuse(Problem.TOO_BIG)
    root, _ = parse_xml(data, budget.weight, ODT)
    if root.tag != f"{OFFICE}document":
        refuse_others(data, "odt", ODT.suffix)
        raise ODT.refuse(Problem.OTHER)
    _check_type(root.get(f"{OFFICE}mimetype") or "")
    return OdtFile(root, root, root, _body(root))


def _check_type(mimetype: str) -> None:
    """Refuse a file that says that it is no text; old programs say nothing."""
    kind = mimetype.removeprefix(_TYPE).split("-")[0]
    if kind in _OTHERS:
        raise _no_text(kind)
    if mimetype and (kind == mimetype or kind != "text"):
        raise ODT.refuse(Problem.OTHER)


def _no_text(kind: str) -> FalcError:
    said = texts()["refused"]
    return FalcError(said["no_text"].format(what=said["no_texts"][_OTHERS[kind]], suffix=ODT.suffix))


def _body(content: etree._Element) -> etree._Element:
    body = content.find(f"{OFFICE}body")
    if body is not None:
        for kind in _OTHERS:
            if body.find(OFFICE + kind) is not None:
                raise _no_text(kind)
    text = None if body is None else body.find(f"{OFFICE}text")
    if text is None:
        raise ODT.refuse(Problem.OTHER)
    return text
