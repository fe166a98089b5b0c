"""The parts of an Office file: XML and relationships, over the zip layer.

A file may come from anyone: XML is read without entities, DTD or network, and a part is inflated and parsed only when
somebody asks for it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from lxml import etree

from falc.formats.office.archive import WORD, ZIP, Archive, Budget, Kind, Problem, open_archive, rewritten
from falc.formats.office.review import source_date
from falc.formats.sniff import refuse_others

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
_PURL = b"http://purl.oclc.org/ooxml/"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml)/")
_USUAL = re.compile(rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/")

_BOM = b"\xef\xbb\xbf"
_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"']{1,40})["']""")
# Bytes of ASCII mean the same in all of these; in another encoding a document type could hide.
_LIKE_ASCII = re.compile(r"iso-8859-\d{1,2}|windows-125\d|macintosh")
_UTF_8 = re.compile(r"utf-?8|(us-)?ascii|utf-?16(le|be)?")  # some programs write UTF-8 and say UTF-16
# About what libxml2 takes for an element, for an attribute with its value, and falc for a piece of text, and for each
# of the two tags of a paragraph.
_PER_ELEMENT, _PER_ATTRIBUTE, _PER_TEXT, _PER_PARAGRAPH_TAG = 130, 240, 900, 300
_NO_MEMORY = 2  # the number that libxml2 gives to this error
# What old and new versions of libxml2 say of a text of more than 10 MB.
_TEXT_TOO_LONG = ("huge text", "Text node too long", "text node too long")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from a part to another part, or to something outside that is never followed."""

    id: str
    type: str
    target: str
    external: bool


def open_package(data: bytes, budget: Budget | None = None, kind: Kind = WORD) -> Package:
    """Open the bytes of an Office file, or refuse them with a plain reason."""
    if not data.startswith(ZIP):
        refuse_others(data, kind.suffix[1:], kind.suffix)
        raise kind.refuse(Problem.OTHER)
    return Package(data, open_archive(data, kind, budget), budget or Budget(), kind)


def parse_xml(content: bytes, room: int, kind: Kind) -> tuple[etree._Element, int]:
    """Parse XML from anyone: return its root, and what it weighs.  `room` is the most that it may weigh.

    Entities can hurt even a parser that leaves them alone, so that no document type ever reaches it.
    """
    content = _in_utf_8(content, kind)
    if not content.lstrip().startswith(b"<"):
        raise kind.refuse(Problem.DAMAGED)
    if b"<!DOCTYPE" in content:
        raise kind.refuse(Problem.SUSPECT)
    weight = _weight(content)
    if weight > room:
        raise kind.refuse(Problem.TOO_BIG)
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser), weight
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == _NO_MEMORY:
            raise MemoryError from error
        too_long = any(words in str(error) for words in _TEXT_TOO_LONG)
        raise kind.refuse(Problem.TOO_BIG if too_long else Problem.DAMAGED) from error


def _in_utf_8(content: bytes, kind: Kind) -> bytes:
    """Return XML in UTF-8, whatever encoding it is in and declares."""
    encoding = next((codec for start, codec in _UTF_16.items() if content.startswith(start)), "")
    declared = _DECLARED.match(content.removeprefix(_BOM))
    if not encoding and declared:
        encoding = declared[1].decode("ascii", "replace").lower()
        if _UTF_8.fullmatch(encoding):
            encoding = ""
        elif not _LIKE_ASCII.fullmatch(encoding):
            raise kind.refuse(Problem.SUSPECT)
    if not encoding:
        return content.removeprefix(_BOM)
    try:
        return content.decode(encoding).encode()
    except (UnicodeError, LookupError) as error:
        raise kind.refuse(Problem.DAMAGED) from error


def _weight(content: bytes) -> int:
    """Return about how many bytes of memory a tree and what falc makes of it will take."""
    elements = content.count(b"<") - content.count(b"</")
    pieces = content.count(b">") - content.count(b"><")
    tags = content.count(b"p>") + content.count(b"p ")
    for_tree = len(content) + _PER_ELEMENT * elements + _PER_ATTRIBUTE * content.count(b"=")
    return for_tree + _PER_TEXT * pieces + _PER_PARAGRAPH_TAG * tags


_FIRST_DATE = datetime(1980, 1, 1, tzinfo=UTC)  # the first that a zip file can write


class Package:
    """An open Office file.  Parts are named without a leading slash.

    A tree given by `xml` may be changed in place; `touch` then says that it must be written.
    """

    def __init__(self, data: bytes, archive: Archive, budget: Budget, kind: Kind) -> None:
        self._data, self._archive, self._room, self._kind = data, archive, budget.weight, kind
        self._by_lower = {name.lower(): name for name in archive.entries}
        self._trees: dict[str, etree._Element] = {}
        self._strict: set[str] = set()
        self._touched: dict[str, None] = {}

    @property
    def names(self) -> list[str]:
        return list(self._archive.entries)

    def find(self, name: str) -> str | None:
        """Return the name of a part as the file writes it: case does not count."""
        return name if name in self._trees else self._by_lower.get(name.lower())

    def read(self, name: str) -> bytes:
        """Return the bytes of a part as the file holds them."""
        return self._archive.read(name)

    def xml(self, name: str) -> etree._Element:
        """Return the root element of a part, parsed once."""
        if name not in self._trees:
            content = self.read(name)
            if _PURL in content.replace(b"\0", b""):
                strict = _in_utf_8(content, self._kind)
                content = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", strict)
                if content != strict:
                    self._strict.add(name)
            self._trees[name], weight = parse_xml(content, self._room, self._kind)
            self._room -= weight
        return self._trees[name]

    @cached_property
    def main(self) -> str:
        """The name of the part that holds the body of a Word document."""
        for relationship in self.relationships(""):
            if relationship.type == REL + "officeDocument":
                name = self.find(relationship.target)
                if name is not None and _WORD_MAIN.fullmatch(self.content_type(name)):
                    return name
        refuse_others(self._data, self._kind.suffix[1:], self._kind.suffix)
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
        stems = (f"{kind}{number or ''}.xml" for number in range(len(self._archive.entries) + 1))
        name = next(n for stem in stems if self.find(n := posixpath.join(folder, stem)) is None)
        self._trees[name] = root
        if part in self._strict:
            self._strict.add(name)
            self._strict.add(_rels_name(part))
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
        return rewritten(self._data, self._archive, {name: self._serialise(name) for name in self._touched}, date)

    def _serialise(self, name: str) -> bytes:
        tree = self._trees[name].getroottree()
        content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        if name in self._strict:
            content = _USUAL.sub(rb"http://purl.oclc.org/ooxml/\1/", content)
        return content


def _rels_name(part: str) -> str:
    return posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")
