"""Write edits into a file: all else stays as it is, byte for byte."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from falc.document import Document
from falc.formats import Decoded, decode, format_of, read_bytes, read_text
from falc.formats.text import apply_edits
from falc.model import Edit, FalcError
from falc.texts import texts

if TYPE_CHECKING:  # only Word files need lxml, which takes time to load
    from falc.formats.office.docx_edits import WordText

__all__ = ["Draft", "TextDraft", "WordDraft", "draft_of"]


class Draft(Protocol):
    """A file, or a text, that may be changed.  It never changes itself: `edited` gives another one."""

    @property
    def document(self) -> Document: ...

    @property
    def content(self) -> bytes:
        """The bytes of the file."""

    def written(self, edit: Edit) -> Edit:
        """Return an edit as it must be written in this file; raise FalcError if it cannot be."""

    def edited(self, edits: Sequence[Edit]) -> Draft:
        """Return the file with edits, given by `written`, sorted and disjoint, made."""


@dataclass(frozen=True)
class TextDraft:
    """A plain text, Markdown or HTML.  `decoded` is missing for a text that comes from no file."""

    text: str
    format: str
    name: str = "-"
    folder: Path | None = None
    decoded: Decoded | None = None

    @cached_property
    def document(self) -> Document:
        return read_text(self.text, self.format, self.name, self.folder)

    @property
    def content(self) -> bytes:
        return self.decoded.encode(self.text) if self.decoded else self.text.encode(errors="surrogatepass")

    def written(self, edit: Edit) -> Edit:
        text = html.escape(edit.text, quote=False) if self.format == "html" else edit.text
        if self.decoded is None:
            return Edit(edit.span, text)
        if self.format == "html":
            encoding = self.decoded.encoding
            return Edit(edit.span, text.encode(encoding, "xmlcharrefreplace").decode(encoding))
        self.decoded.encode(text)
        return Edit(edit.span, text)

    def edited(self, edits: Sequence[Edit]) -> TextDraft:
        return replace(self, text=apply_edits(self.text, edits))


@dataclass(frozen=True)
class WordDraft:
    """A Word file."""

    content: bytes
    path: Path
    name: str

    @cached_property
    def document(self) -> Document:
        return read_bytes(self.content, self.path, self.name)

    @cached_property
    def _text(self) -> WordText:
        from falc.formats.office.docx_edits import WordText

        return WordText(self.content)

    def written(self, edit: Edit) -> Edit:
        if not self._text.takes(edit):
            raise FalcError(texts()["correction"]["word"])
        return edit

    def edited(self, edits: Sequence[Edit]) -> WordDraft:
        from falc.formats.office.docx_edits import WordText

        return replace(self, content=WordText(self.content).edited(edits))


def draft_of(data: bytes, path: Path, name: str, folder: Path | None = None) -> Draft:
    """Return the content of a file as a draft; arguments are those of `read_bytes`.

    Raises FalcError when the file cannot be read, or is of a kind that falc does not write yet.
    """
    document = read_bytes(data, path, name, folder)
    if document.format == "docx":
        return WordDraft(data, path, name)
    if document.format == "odt":
        raise FalcError(texts()["correction"]["odt"].format(suffix=path.suffix))
    decoded = decode(data)
    return TextDraft(decoded.text, format_of(path) or "text", name, folder, decoded)
