"""What a file really is, by its first bytes and not by its name; and what to tell people who mixed them up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType

from falc.model import FalcError
from falc.texts import texts

__all__ = ["CONTROLS", "content_of", "refuse_others", "refuse_suffix", "suffix_of"]

_HEAD = 4_096
_PDF_WITHIN = 1_024  # PDF readers forgive that much before « %PDF- »
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PAGE = re.compile(rb"(?i)\s*(<\?xml[^>]{0,200}>\s*)?(<!doctype\s+html|<html\b)")
_FLAT_ODF = re.compile(rb"<[\w.-]{0,40}:?document\b[^>]*urn:oasis:names:tc:opendocument:")
CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\r\f\x0b\x1a\x1b"))) + b"\x7f"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENTRY = 128  # what the directory of an OLE file takes for each stream: names begin at its multiples
_OLE_STREAMS = MappingProxyType(
    {
        "WordDocument": "old_word",
        "Workbook": "sheet",
        "Book": "sheet",
        "PowerPoint Document": "slides",
        "VisioDocument": "drawing",
        "__properties_version1.0": "message",
    }
)
_OFFICE_MAIN = re.compile(
    rb"(wordprocessingml|spreadsheetml|presentationml)\.\w{1,40}\.main\+xml"
    rb"|ms-(word|excel|powerpoint|visio)\.\w{1,40}\.(?:macroEnabled\w{0,40}\.)?main\+xml"
)
_OFFICE_KINDS = MappingProxyType(
    {
        b"wordprocessingml": "docx",
        b"word": "docx",
        b"spreadsheetml": "sheet",
        b"excel": "sheet",
        b"presentationml": "slides",
        b"powerpoint": "slides",
        b"visio": "drawing",
    }
)
_ODF_TYPE = b"application/vnd.oasis.opendocument."
_ODF_KINDS = MappingProxyType(
    {b"text": "odt", b"spreadsheet": "sheet", b"presentation": "slides", b"graphics": "drawing", b"drawing": "drawing"}
)
# What each reader takes, or refuses itself.  Nothing tells plain text, Markdown and a piece of a page apart.
_TAKEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "docx": frozenset({"docx", "zip"}),
        "odt": frozenset({"odt", "fodt", "zip"}),
        "rtf": frozenset({"rtf"}),
        "pdf": frozenset({"pdf"}),
        "": frozenset({"text", "html", "zip", "unknown"}),
    }
)
_NAMES = MappingProxyType({"docx": "Word", "odt": "LibreOffice", "rtf": "RTF", "pdf": "PDF"})


def refuse_others(data: bytes, format: str, suffix: str) -> None:
    """Raise FalcError when `data` is plainly not in `format`; `suffix` is how the name of the file ends."""
    said = texts()["refused"]
    if not data:
        raise FalcError(said["empty"])
    if format == "pdf" and b"%PDF-" in data[:_PDF_WITHIN]:
        return
    found = content_of(data)
    if found in _TAKEN.get(format, _TAKEN[""]):
        return
    if found in said["misnamed_as"]:
        what, right = said["misnamed_as"][found]
        raise FalcError(said["misnamed" if suffix else "unnamed"].format(what=what, suffix=suffix, right=right))
    if found in said["no_texts"]:
        wanted = ".odt" if format == "odt" else ".docx"
        raise FalcError(said["no_text"].format(what=said["no_texts"][found], suffix=wanted))
    if found in said["olds"]:
        raise FalcError(said["old"].format(what=said["olds"][found]))
    if found == "protected":
        raise FalcError(said["protected"])
    raise FalcError(said["other"].format(name=_NAMES[format], suffix=f".{format}"))


def refuse_suffix(suffix: str, known: str) -> FalcError:
    """Return the error for a name whose end belongs to no format that falc reads; `known` lists those that do."""
    said = texts()["refused"]
    for sentence, suffixes in said["suffixes"].items():
        if suffix.lower() in suffixes:
            return FalcError(said[sentence].format(suffix=suffix))
    return FalcError(said["unknown"].format(suffix=suffix, known=known))


def content_of(data: bytes) -> str:
    """Return what `data` is: a format, or one of the names of the section `refused` of the texts.

    « zip » is an archive of another kind, « unknown » anything else.  Raises FalcError for a zip file that is damaged,
    too big or suspect.
    """
    if data.startswith(b"PK\x03\x04"):
        return _in_zip(data)
    if data.startswith(_OLE):
        return _in_ole(data)
    head = data[:_HEAD]
    for bom in _BOMS:
        if head.startswith(bom):
            head = head.removeprefix(bom).replace(b"\0", b"")
    if head.replace(b"\0", b"").lstrip().startswith(b"<"):
        head = head.replace(b"\0", b"")  # UTF-16 without a mark
    start = head.lstrip()
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(b"%PDF-"):
        return "pdf"
    if _FLAT_ODF.search(head):
        return "fodt"
    if _PAGE.match(head):
        return "html"
    return "unknown" if head != head.translate(None, CONTROLS) else "text"


def _in_ole(data: bytes) -> str:
    """Tell the Office files from before 2007, and new ones with a password, by the streams that they hold."""
    if _stream(data, "EncryptedPackage") is not None:
        return "protected"
    found = {place: kind for name, kind in _OLE_STREAMS.items() if (place := _stream(data, name)) is not None}
    return found[min(found)] if found else "old_office"  # a document may hold another one: its own comes first


def _stream(data: bytes, name: str) -> int | None:
    written = name.encode("utf-16-le") + b"\0\0"
    place = data.find(written)
    while place >= 0:
        if place % _OLE_ENTRY == 0:
            return place
        place = data.find(written, place + 1)
    return None


def _in_zip(data: bytes) -> str:
    # The zip layer takes time to load and only such files need it.
    from falc.formats.office.archive import WORD, open_archive

    archive = open_archive(data, WORD)
    names = {name.lower(): name for name in archive.entries}
    if "mimetype" in names:
        kind = archive.read(names["mimetype"]).strip()
        if kind.startswith(_ODF_TYPE):
            return _ODF_KINDS.get(kind.removeprefix(_ODF_TYPE).split(b"-")[0], "zip")
    if "[content_types].xml" in names:
        types = archive.read(names["[content_types].xml"]).replace(b"\0", b"")
        match = _OFFICE_MAIN.search(types)
        return _OFFICE_KINDS[match[1] or match[2]] if match else "zip"
    return "odt" if "content.xml" in names else "zip"


def suffix_of(path: PurePath) -> str:
    """Return the end of a name as people see it; nothing for standard input, which falc names « -.txt »."""
    return "" if path.name.startswith("-.") else path.suffix
