"""Formats: from the bytes of a file to a document, whatever the file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from falc.document import Block, Document
from falc.formats.front_matter import front_matter_of, values_of
from falc.formats.sniff import CONTROLS, refuse_others, refuse_suffix, suffix_of
from falc.formats.source import has_text
from falc.formats.templates import Placeholders, placeholders_of
from falc.model import FalcError, Reading, Span
from falc.texts import cause, texts

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
        ".rtf": "rtf",
        ".pdf": "pdf",
    }
)
USUAL = Reading()
FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))
_TEMPLATES = frozenset(
    {
        *(".j2", ".jinja", ".jinja2", ".njk", ".twig", ".liquid", ".hbs", ".handlebars", ".mustache"),
        *(".erb", ".ejs", ".ftl", ".ftlh", ".jsp", ".phtml"),
    }
)
# « courriel.blade.php », « lettre.html.php »; a name that only ends so is a program.
_PHP, _BLADE = ".php", ".blade"
# What a template holds whose name tells only its language, « courriel.twig »: HTML, unless its content tells a text.
_TEMPLATE = "html"
_MARKUP = re.compile(r"</?(?:html|body|p|div|br|h[1-6]|table|t[rdh]|ul|ol|li|span|strong|em|a)\b", re.IGNORECASE)
# Not texts to decode: pictures and markup make such a file far longer than what it says.
_BINARY = frozenset({"docx", "odt", "rtf", "pdf"})
# The reader of texts tells people that they gave it a spreadsheet, slides or a drawing.
_NO_TEXTS = frozenset({".ods", ".ots", ".fods", ".odp", ".otp", ".fodp", ".odg", ".otg", ".fodg"})
_TEXTS = ("text", "markdown", "html")

# A letter has 2,000 characters; the bound keeps a server alive.
_MOST_CHARACTERS = 2_000_000
# Every block takes memory and time, be it of one letter.  In a text it needs a line, a tag or a cell of its own.
_MOST_MARKS = 100_000
# Each may name all rules, and is compared with the findings around it.
_MOST_DIRECTIVES = 5_000
_MOST_BYTES = 4 * _MOST_CHARACTERS
_MOST_BINARY_BYTES = 200_000_000
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MOST_CONTROLS = 0.01
_TAG = re.compile("<[a-zA-Z]")


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
    """Return the format that the name of `path` tells: `lettre.md.j2` is Markdown, `lettre.j2` may be HTML."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if len(suffixes) > 1 and suffixes[-1] == _PHP:
        suffixes.pop()
        if suffixes[-1] == _BLADE:
            suffixes[-1] = ".phtml"
    is_template = bool(suffixes) and suffixes[-1] in _TEMPLATES
    while suffixes and suffixes[-1] in _TEMPLATES:
        suffixes.pop()
    if suffixes:  # « nginx.conf.j2 » is no letter
        return SUFFIXES.get(suffixes[-1])
    return _TEMPLATE if is_template else None


def _by_content(format: str | None, path: Path, text: str) -> str:
    """Return the format of a text: that of its name, unless it is a template whose name tells only its language."""
    is_named = any(suffix.lower() in SUFFIXES for suffix in path.suffixes)
    return format if format and (is_named or _MARKUP.search(text)) else "text"


def read(path: str | os.PathLike[str], reading: Reading = USUAL) -> Document:
    """Read a file.  Raises FalcError, which does not name the file, when it cannot be read."""
    path = Path(path)
    return read_bytes(load(path), path, str(path), path.parent, reading)


def load(path: Path) -> bytes:
    """Return the content of a file.  Raises FalcError, which does not name the file, when it cannot be read."""
    try:
        if path.is_dir():
            raise FalcError("C'est un dossier. Indiquez un fichier.")
        size = path.stat().st_size
        if size > _MOST_BINARY_BYTES:
            raise FalcError(texts()["refused"]["too_big"])
        if size > _MOST_BYTES and format_of(path) in _TEXTS:
            raise FalcError(_too_long())
        return path.read_bytes()
    except FileNotFoundError:
        raise FalcError("Ce fichier n'existe pas.") from None
    except PermissionError:
        raise FalcError("Vous n'avez pas le droit de lire ce fichier.") from None
    except (OSError, ValueError) as error:
        raise FalcError(f"Ce fichier ne peut pas être lu ({cause(error)}).") from None


def read_bytes(data: bytes, path: Path, name: str, folder: Path | None = None, reading: Reading = USUAL) -> Document:
    """Read the content of a file; `path` tells its format and `name` is for people.

    `folder` holds the style sheets that a page may link; without it, none is read.
    """
    known = "odt" if path.suffix.lower() in _NO_TEXTS else format_of(path)
    refuse_others(data, known or "", suffix_of(path))
    if known is None and reading.any_name:
        known = _TEMPLATE
    if known is None and path.suffix:
        raise refuse_suffix(path.suffix, ", ".join(SUFFIXES))
    if known in _BINARY:
        return _finish(_read_binary(data, known, name, reading), placeholders_of(reading))
    decoded = decode(data)
    if not decoded.text.strip():
        raise FalcError(texts()["refused"]["empty"])
    return read_text(decoded.text, _by_content(known, path, decoded.text), name, folder, reading)


def _read_binary(data: bytes, format: str, name: str, reading: Reading) -> Document:
    standin = placeholders_of(reading).standin
    # These readers need lxml and others that take time to load.
    if format == "docx":
        from falc.formats.office.docx.text import read_docx

        return read_docx(data, name, standin, reading.revisions)
    if format == "odt":
        from falc.formats.office.odt.text import read_odt

        return read_odt(data, name, standin, reading.revisions)
    if format == "rtf":
        from falc.formats.rtf import read_rtf

        _refuse_many(data.count(b"\\par") - data.count(b"\\pard"))
        return read_rtf(data, name, standin)
    from falc.formats.pdf import read_pdf
    from falc.formats.pdf_bombs import refuse_bombs

    refuse_bombs(data)
    return read_pdf(data, name)


def read_text(
    text: str, format: str, name: str = "-", folder: Path | None = None, reading: Reading = USUAL
) -> Document:
    """Read a text in one of the formats text, markdown, html."""
    if format not in _TEXTS:
        raise FalcError(f"« {format} » n'est pas un format de texte. Choisissez : {', '.join(_TEXTS)}.")
    _refuse_long(text)
    _refuse_many(_marks(text, format))
    placeholders = placeholders_of(reading)
    document = _with_branches(_read_markup(text, format, name, folder, placeholders), folder, placeholders)
    data = front_matter_of(text) if reading.front_matter and format != "text" else None
    if data is not None:
        document = document.with_blocks([*values_of(text, data, reading.front_matter), *document.blocks])
    return _finish(document, placeholders)


def _with_branches(document: Document, folder: Path | None, placeholders: Placeholders) -> Document:
    """Return `document` with the blocks that hold another branch of a condition, as each other reading shows them."""
    by_lines, variants = document.format != "html", list[tuple[Block, tuple[Span, ...]]]()
    count, _ = placeholders.branches(document.text, by_lines)
    for reading in range(1, count):
        other = replace(placeholders, reading=reading)
        _, branches = other.branches(document.text, by_lines)
        blocks = _read_markup(document.text, document.format, document.name, folder, other).blocks
        variants += ((block, shown) for block in blocks if (shown := _shown_in(block, branches)))
    return replace(document, variants=tuple(variants))


def _shown_in(block: Block, branches: Iterable[Span]) -> tuple[Span, ...]:
    """Return those of `branches`, which count in the document's text, of which a block shows something."""
    if not block.segments:
        return ()
    said = Span(block.segments[0].source.start, block.segments[-1].source.end)
    return tuple(branch for branch in branches if branch.overlaps(said) and block.shown_at(branch))


def _read_markup(text: str, format: str, name: str, folder: Path | None, placeholders: Placeholders) -> Document:
    # One text needs one reader: the others, and the libraries behind them, need not be loaded.
    if format == "html":
        from falc.formats.web.html import read_html

        return read_html(text, name, folder, placeholders)
    if format == "markdown":
        from falc.formats.markdown import read_markdown

        return read_markdown(text, name, placeholders)
    from falc.formats.text import read_plain

    return read_plain(text, name, placeholders)


def decode(data: bytes) -> Decoded:
    """Return the text of `data`: a byte order mark decides, then UTF-8, then Windows' French encoding.

    The ends of lines stay as they are; the byte order mark is not in the text.
    """
    refuse_others(data, "", "")
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
        raise FalcError(f"{_unreadable()} Si c'en est un, enregistrez-le en UTF-8.") from None
    if "\0" in text:
        raise FalcError(_unreadable())
    return Decoded(text, encoding, bom)


def _refuse_binary(data: bytes) -> None:
    controls = len(data) - len(data.translate(None, CONTROLS))
    if b"\0" in data or controls > max(1, len(data) * _MOST_CONTROLS):
        raise FalcError(_unreadable())


def _unreadable() -> str:
    return str(texts()["refused"]["not_text"])


def _too_long() -> str:
    return str(texts()["refused"]["too_long"].format(most=f"{_MOST_CHARACTERS:,}".replace(",", " ")))


def _refuse_long(text: str) -> None:
    if len(text) > _MOST_CHARACTERS:
        raise FalcError(_too_long())


def _marks(text: str, format: str) -> int:
    """Return how many blocks a text may hold at most: lines, cells, tags that open."""
    lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    if format == "text":
        return lines
    tags = sum(1 for _ in _TAG.finditer(text))
    return tags if format == "html" else lines + text.count("|") + tags


def _refuse_many(marks: int) -> None:
    if marks > _MOST_MARKS:
        raise FalcError(texts()["refused"]["too_many"])


def _finish(document: Document, placeholders: Placeholders) -> Document:
    """Mask the placeholders, and leave out the blocks that say nothing."""
    _refuse_long(document.text)
    if len(document.directives) > _MOST_DIRECTIVES:
        raise FalcError(texts()["refused"]["too_many_orders"])
    masked, variants = list[Block](), list[tuple[Block, tuple[Span, ...]]]()
    for block in filter(has_text, document.blocks):
        masked.append(placeholders.mask(block))
        count, _ = placeholders.block_branches(block) if masked[-1] is not block else (1, ())
        for reading in range(1, count):
            other = replace(placeholders, reading=reading)
            variants.append((other.mask(block), other.block_branches(block)[1]))
    variants += ((placeholders.mask(block), branches) for block, branches in document.variants)
    shown = tuple(variant for variant in variants if has_text(variant[0]))
    return replace(document, blocks=tuple(filter(has_text, masked)), variants=shown)
