"""The safe zip and XML layer under every Office file.

A file may come from anyone: sizes are checked in the zip directory before anything is
inflated, and counted again while inflating; XML is read without entities, DTD or network.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cached_property
from io import BytesIO

from lxml import etree

from falc.formats.office.review import source_date
from falc.model import FalcError

_OFFICE = "http://schemas.openxmlformats.org"
W = f"{{{_OFFICE}/wordprocessingml/2006/main}}"
REL = f"{_OFFICE}/officeDocument/2006/relationships/"
R = f"{{{_OFFICE}/officeDocument/2006/relationships}}"
_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = f"{{{_OFFICE}/package/2006/content-types}}"
_RELS = f"{{{_OFFICE}/package/2006/relationships}}"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_WORD_MAIN = re.compile(
    re.escape(WORD_TYPE) + r"(document|template)\.main\+xml|"
    r"application/vnd\.ms-word\.(document|template)\.macroEnabled(Template)?\.main\+xml"
)

# Strict files use other namespaces for the same elements: read as the usual ones, written back as they were.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml)/")
_USUAL = re.compile(rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/")

_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


class Problem(Enum):
    """Why a file is refused; the value is what people are told."""

    DAMAGED = (
        "Ce fichier est abîmé. Ouvrez-le dans Word ou LibreOffice, enregistrez-le au format {suffix}, puis recommencez."
    )
    TOO_BIG = "Ce fichier est trop gros. Coupez-le en plusieurs fichiers, puis recommencez."
    SUSPECT = "Ce fichier n'est pas construit comme un document {name} normal. Par prudence, falc ne l'ouvre pas."
    OTHER = "Ce fichier n'est pas un document {name}. Enregistrez-le au format {suffix}, puis recommencez."
    PROTECTED = "Ce fichier est protégé par un mot de passe. Enlevez le mot de passe, puis recommencez."
    RTF = "Ce fichier est au format RTF. Enregistrez-le au format {suffix}, puis recommencez."
    PDF = "Ce fichier est un PDF. Donnez à falc le document {name} d'origine, au format {suffix}."
    OLD_WORD = "Ce fichier est un ancien document Word (.doc). Enregistrez-le au format {suffix}."


_NO_ZIP = ((b"{\\rtf", Problem.RTF), (b"%PDF-", Problem.PDF))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("EncryptedPackage", Problem.PROTECTED), ("WordDocument", Problem.OLD_WORD))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of Office file, as messages name it; `unparsed` is a part that falc never reads as XML."""

    name: str
    suffix: str
    unparsed: str = ""

    def refuse(self, problem: Problem) -> FalcError:
        """Return the error that tells people, for this kind of file, why it is refused."""
        return FalcError(problem.value.format(name=self.name, suffix=self.suffix))


WORD = Kind("Word", ".docx")


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a file may hold, in entries and in bytes once inflated."""

    entries: int = 2_000
    total: int = 200_000_000
    entry: int = 64_000_000


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from a part to another part, or to something outside that is never followed."""

    id: str
    type: str
    target: str
    external: bool


def open_package(data: bytes, budget: Budget | None = None, kind: Kind = WORD) -> Package:
    """Open the bytes of an Office file, or refuse them with a plain reason."""
    _sniff(data, kind)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _ZIP_ERRORS as error:
        raise kind.refuse(Problem.DAMAGED) from error
    _check_directory(archive.infolist(), budget or Budget(), kind)
    package = Package(data, archive, budget or Budget(), kind)
    for name in package.names:
        if name.endswith((".xml", ".rels")) and name != kind.unparsed and has_doctype(package.read(name)):
            raise kind.refuse(Problem.SUSPECT)
    return package


def has_doctype(xml: bytes) -> bool:
    """Does an XML file declare a document type, which could hold entities?"""
    return b"<!DOCTYPE" in xml.replace(b"\0", b"")


def parse_xml(content: bytes) -> etree._Element:
    """Parse XML from anyone; raises etree.XMLSyntaxError or ValueError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _sniff(data: bytes, kind: Kind) -> None:
    if not data:
        raise FalcError("Ce fichier est vide.")
    for magic, problem in _NO_ZIP:
        if data.startswith(magic):
            raise kind.refuse(problem)
    if data.startswith(_OLE):
        for stream, problem in _OLE_STREAMS:
            if stream.encode("utf-16-le") in data:
                raise kind.refuse(problem)
    if not data.startswith(b"PK\x03\x04"):
        raise kind.refuse(Problem.OTHER)


def _check_directory(entries: list[zipfile.ZipInfo], budget: Budget, kind: Kind) -> None:
    sizes = [entry.file_size for entry in entries]
    if len(entries) > budget.entries or sum(sizes) > budget.total or max(sizes, default=0) > budget.entry:
        raise kind.refuse(Problem.TOO_BIG)
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names):
        raise kind.refuse(Problem.SUSPECT)
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        if path.startswith("/") or ":" in path or ".." in path.split("/"):
            raise kind.refuse(Problem.SUSPECT)
        if entry.flag_bits & 0x1:
            raise kind.refuse(Problem.PROTECTED)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise kind.refuse(Problem.SUSPECT)


_FIRST_DATE = datetime(1980, 1, 1, tzinfo=UTC)  # the first that a zip file can write


class Package:
    """An open Office file.  Parts are named without a leading slash.

    A tree given by `xml` may be changed in place; `touch` then says that it must be written.
    """

    def __init__(self, data: bytes, archive: zipfile.ZipFile, budget: Budget, kind: Kind = WORD) -> None:
        self._data, self._archive, self._budget, self._kind = data, archive, budget, kind
        self._entries = {entry.filename: entry for entry in archive.infolist()}
        self._by_lower = {name.lower(): name for name in self._entries}
        self._trees: dict[str, etree._Element] = {}
        self._strict: set[str] = set()
        self._touched: dict[str, None] = {}

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def find(self, name: str) -> str | None:
        """Return the name of a part as the file writes it: case does not count."""
        return name if name in self._trees else self._by_lower.get(name.lower())

    def read(self, name: str) -> bytes:
        """Return the bytes of a part as the file holds them."""
        try:
            with self._archive.open(self._entries[name]) as stream:
                content = stream.read(self._budget.entry + 1)
        except _ZIP_ERRORS as error:
            raise self._kind.refuse(Problem.DAMAGED) from error
        if len(content) > self._budget.entry:
            raise self._kind.refuse(Problem.TOO_BIG)
        return content

    def xml(self, name: str) -> etree._Element:
        """Return the root element of a part, parsed once."""
        if name not in self._trees:
            content = self.read(name)
            usual = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
            if usual != content:
                self._strict.add(name)
            try:
                self._trees[name] = parse_xml(usual)
            except (etree.XMLSyntaxError, ValueError) as error:
                raise self._kind.refuse(Problem.DAMAGED) from error
        return self._trees[name]

    @cached_property
    def main(self) -> str:
        """The name of the part that holds the body of a Word document."""
        for relationship in self.relationships(""):
            if relationship.type == REL + "officeDocument":
                name = self.find(relationship.target)
                if name is not None and _WORD_MAIN.fullmatch(self.content_type(name)):
                    return name
        raise self._kind.refuse(Problem.OTHER)

    def content_type(self, name: str) -> str:
        """Return the declared content type of a part, or an empty text."""
        part = self.find(_CONTENT_TYPES)
        if part is None:
            return ""
        extension = posixpath.splitext(name)[1][1:].lower()
        default = ""
        for element in self.xml(part):
            if element.tag == f"{_TYPES}Override" and (element.get("PartName") or "").lower() == f"/{name}".lower():
                return element.get("ContentType") or ""
            if element.tag == f"{_TYPES}Default" and (element.get("Extension") or "").lower() == extension:
                default = element.get("ContentType") or ""
        return default

    def relationships(self, part: str) -> Iterator[Relationship]:
        """Yield the relationships of a part, of the package itself for an empty name."""
        rels = self.find(_rels_name(part))
        if rels is None:
            return
        for element in self.xml(rels).iter(f"{_RELS}Relationship"):
            target = element.get("Target") or ""
            external = element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
            yield Relationship(element.get("Id") or "", element.get("Type") or "", target, external)

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part that `part` is linked to with the relationship type `kind`."""
        for relationship in self.relationships(part):
            if relationship.type == REL + kind and not relationship.external:
                name = self.find(relationship.target)
                if name is not None:
                    return name
        return None

    def touch(self, name: str) -> None:
        """Remember that the tree of a part was changed."""
        self._touched[name] = None

    def add(self, part: str, kind: str, root: etree._Element, content_type: str) -> str:
        """Add a part next to `part`, linked from it, and return the new name."""
        folder = posixpath.dirname(part)
        stems = (f"{kind}{number or ''}.xml" for number in range(len(self._entries) + 1))
        name = next(n for stem in stems if self.find(n := posixpath.join(folder, stem)) is None)
        self._trees[name] = root
        if part in self._strict:
            self._strict.add(name)
        types = self._tree_or_new(_CONTENT_TYPES, f"{_TYPES}Types")
        etree.SubElement(types, f"{_TYPES}Override", {"PartName": f"/{name}", "ContentType": content_type})
        rels = self._tree_or_new(_rels_name(part), f"{_RELS}Relationships")
        used = {element.get("Id") for element in rels}
        identifier = next(i for n in range(1, len(used) + 2) if (i := f"rId{n}") not in used)
        link = {"Id": identifier, "Type": REL + kind, "Target": posixpath.basename(name)}
        etree.SubElement(rels, f"{_RELS}Relationship", link)
        self.touch(name)
        return name

    def _tree_or_new(self, name: str, tag: str) -> etree._Element:
        found = self.find(name)
        if found is None:
            found = name
            namespace, _, local = tag[1:].partition("}")
            self._trees[name] = etree.fromstring(f'<{local} xmlns="{namespace}"/>')
        self.touch(found)
        return self.xml(found)

    def save(self) -> bytes:
        """Return the file: parts that were not touched keep their bytes, order, method and date."""
        if not self._touched:
            return self._data
        date = max(source_date() or _FIRST_DATE, _FIRST_DATE).timetuple()[:6]
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, entry in self._entries.items():
                copy = zipfile.ZipInfo(name, date if name in self._touched else entry.date_time)
                copy.compress_type, copy.external_attr = entry.compress_type, entry.external_attr
                copy.create_system, copy.comment = entry.create_system, entry.comment
                archive.writestr(copy, self._serialise(name) if name in self._touched else self.read(name))
            for name in self._touched:
                if name not in self._entries:
                    info = zipfile.ZipInfo(name, date)
                    info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
                    archive.writestr(info, self._serialise(name))
        return out.getvalue()

    def _serialise(self, name: str) -> bytes:
        tree = self._trees[name].getroottree()
        content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        if name in self._strict:
            content = _USUAL.sub(rb"http://purl.oclc.org/ooxml/\1/", content)
        return content


def _rels_name(part: str) -> str:
    return posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")
