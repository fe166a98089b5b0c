"""Formats: from the bytes of a file to a document, whatever the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from falc.document import Document
from falc.formats.markdown import read_markdown
from falc.formats.source import has_text
from falc.formats.templates import mask, standin
from falc.formats.text import read_plain
from falc.formats.web.html import read_html
from falc.model import FalcError, Revisions
from falc.texts import cause

__all__ = ["FORMATS", "SUFFIXES", "Decoded", "decode", "format_of", "load", "read", "read_bytes", "read_text"]

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "text",
        ".text": "text",
        ".srt": "text",
        ".vtt": "text",
        ".md": "markdown",
        ".markdown": "markdown",
        ".html": "html",
        ".htm": "html",
        ".xhtml": "html",
        ".docx": "docx",
        ".docm": "docx",
        ".dotx": "docx",
        ".dotm": "docx",
        ".odt": "odt",
        ".ott": "odt",
        ".fodt": "odt",
    }
)
FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))
_TEMPLATES = frozenset({".j2", ".jinja", ".jinja2", ".twig", ".hbs", ".mustache", ".erb", ".liquid"})
_OFFICE = frozenset({"docx", "odt"})
# The reader of texts tells people that they gave it a spreadsheet, slides or a drawing.
_NO_TEXTS = frozenset({".ods", ".ots", ".fods", ".odp", ".otp", ".fodp", ".odg", ".otg", ".fodg"})
_READERS = {"text": read_plain, "markdown": read_markdown, "html": read_html}

# A letter has 2,000 characters; the bound keeps a server alive.
_MOST_CHARACTERS = 2_000_000
_MOST_BYTES = 4 * _MOST_CHARACTERS
_TOO_LONG = "Ce fichier est trop long : falc lit {most} caractères au plus."
_UNREADABLE = "Ce fichier n'est pas un texte."
_SIGNATURES = (
    (b"PK\x03\x04", "Ce fichier n'est pas un texte, mais un fichier Word, LibreOffice ou ZIP qui a un autre nom."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Ce fichier est un ancien document Office (.doc). Enregistrez-le en .docx."),
    (b"%PDF-", "Ce fichier est un PDF. Donnez à falc le document qui a servi à le faire."),
    (b"{\\rtf", "Ce fichier est un document RTF. Enregistrez-le en .docx."),
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\r\f\x0b\x1a\x1b"))) + b"\x7f"
_MOST_CONTROLS = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what is needed to write it back byte for byte."""

    text: str
    encoding: str
    bom: bytes = b""

    def encode(self, text: str) -> bytes:
        """Return the bytes of `text` in the encoding of the file."""
        try:
            return self.bom + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            sign = text[error.start]
            raise FalcError(
                f"Le caractère « {sign} » n'existe pas dans l'encodage du fichier ({self.encoding}). "
                "Enregistrez d'abord le fichier en UTF-8."
            ) from None


def format_of(path: Path) -> str | None:
    """Return the format that the name of `path` tells: `lettre.html.j2` is html."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    while suffixes and suffixes[-1] in _TEMPLATES:
        suffixes.pop()
    return SUFFIXES.get(suffixes[-1]) if suffixes else None


def read(path: Path, revisions: Revisions = Revisions.ACCEPTED) -> Document:
    """Read a file.  Raises FalcError, which does not name the file, when it cannot be read."""
    return read_bytes(load(path), path, str(path), path.parent, revisions)


def load(path: Path) -> bytes:
    """Return the content of a file.  Raises FalcError, which does not name the file, when it cannot be read."""
    try:
        if path.is_dir():
            raise FalcError("C'est un dossier. Indiquez un fichier.")
        if format_of(path) not in _OFFICE and path.stat().st_size > _MOST_BYTES:
            raise FalcError(_too_long())
        return path.read_bytes()
    except FileNotFoundError:
        raise FalcError("Ce fichier n'existe pas.") from None
    except PermissionError:
        raise FalcError("Vous n'avez pas le droit de lire ce fichier.") from None
    except (OSError, ValueError) as error:
        raise FalcError(f"Ce fichier ne peut pas être lu ({cause(error)}).") from None


def read_bytes(
    data: bytes, path: Path, name: str, folder: Path | None = None, revisions: Revisions = Revisions.ACCEPTED
) -> Document:
    """Read the content of a file; `path` tells its format and `name` is for people.

    `folder` holds the style sheets that a page may link; without it, none is read.  `revisions` says which text of
    the tracked changes of an Office file is read.
    """
    if not data:
        raise FalcError("Ce fichier est vide.")
    known = format_of(path)
    if known == "docx":
        # lxml takes time to load and only Office files need it.
        from falc.formats.office.docx_text import read_docx

        return _finish(read_docx(data, name, standin, revisions))
    if known == "odt" or path.suffix.lower() in _NO_TEXTS:
        from falc.formats.office.odt_text import read_odt

        return _finish(read_odt(data, name, standin, revisions))
    _refuse_other_formats(data)
    if known is None and path.suffix:
        raise FalcError(f"falc ne sait pas lire les fichiers « {path.suffix} ». Il lit : {', '.join(SUFFIXES)}.")
    decoded = decode(data)
    if not decoded.text.strip():
        raise FalcError("Ce fichier est vide.")
    return read_text(decoded.text, known or "text", name, folder)


def read_text(text: str, format: str, name: str = "-", folder: Path | None = None) -> Document:
    """Read a text in one of the formats text, markdown, html."""
    if format not in _READERS:
        raise FalcError(f"« {format} » n'est pas un format de texte. Choisissez : {', '.join(_READERS)}.")
    if len(text) > _MOST_CHARACTERS:
        raise FalcError(_too_long())
    return _finish(read_html(text, name, folder) if format == "html" else _READERS[format](text, name))


def decode(data: bytes) -> Decoded:
    """Return the text of `data`: a byte order mark decides, then UTF-8, then Windows' French encoding.

    The ends of lines stay as they are; the byte order mark is not in the text.
    """
    _refuse_other_formats(data)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], encoding, bom)
    _refuse_binary(data)
    try:
        return _decoded(data, "utf-8")
    except FalcError:
        return _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str, bom: bytes = b"") -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise FalcError(f"{_UNREADABLE} Si c'en est un, enregistrez-le en UTF-8.") from None
    if "\0" in text:
        raise FalcError(_UNREADABLE)
    return Decoded(text, encoding, bom)


def _refuse_other_formats(data: bytes) -> None:
    for signature, message in _SIGNATURES:
        if data.startswith(signature):
            raise FalcError(message)


def _refuse_binary(data: bytes) -> None:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > max(1, len(data) * _MOST_CONTROLS):
        raise FalcError(_UNREADABLE)


def _too_long() -> str:
    return _TOO_LONG.format(most=f"{_MOST_CHARACTERS:,}".replace(",", " "))


def _finish(document: Document) -> Document:
    """Mask the placeholders, and leave out the blocks that say nothing."""
    masked = (mask(block) for block in document.blocks if has_text(block))
    return document.with_blocks(filter(has_text, masked))
