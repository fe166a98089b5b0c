"""Write edits into a file: all else stays as it is, byte for byte."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from falc.document import Document
from falc.formats import USUAL, Decoded, decode, format_of, read_bytes, read_text
from falc.formats.office.layout import LayoutWants
from falc.formats.office.review import Comment, Doing, Reviewer
from falc.formats.text import apply_edits
from falc.model import Edit, FalcError, Reading, Revisions
from falc.texts import texts

OFFICE = frozenset({"docx", "odt"})
_TEXTS = frozenset({"text", "markdown", "html"})

# The modules that read and write Office files need lxml, which takes time to load: they are imported late.

__all__ = ["OFFICE", "Draft", "OfficeDraft", "TextDraft", "draft_of"]


class Draft(Protocol):
    """A file, or a text, that may be changed.  It never changes itself: `edited` gives another one."""

    @property
    def document(self) -> Document: ...

    @property
    def content(self) -> bytes:
        """The bytes of the file."""

    def refuse(self, doing: Doing) -> None:
        """Raise FalcError when the file is protected against what falc wants to do."""

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
    reading: Reading = USUAL

    @cached_property
    def document(self) -> Document:
        return read_text(self.text, self.format, self.name, self.folder, self.reading)

    @property
    def content(self) -> bytes:
        return self.decoded.encode(self.text) if self.decoded else self.text.encode(errors="surrogatepass")

    def refuse(self, doing: Doing) -> None:
        """Nothing protects a text."""

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


class _OfficeText(Protocol):
    """The texts of an Office file, by their place in the text of its document."""

    def refuse(self, doing: Doing) -> None:
        """Raise FalcError, in plain French, when the file is protected against what falc wants to do."""

    def takes(self, edit: Edit) -> bool:
        """Can the edit be written without any change but that of words?"""

    def tracks(self, edit: Edit) -> bool:
        """Can an edit that `takes` accepts be a tracked change?"""

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """Return the file with the edits made; each is one that `takes` accepts, and none overlaps another."""

    def tracked(self, edits: Sequence[Edit], reviewer: Reviewer) -> bytes:
        """Return the file with the same edits as tracked changes of `reviewer`."""


@dataclass(frozen=True)
class OfficeDraft:
    """A Word file or an OpenDocument text."""

    content: bytes
    path: Path
    name: str
    format: str
    reading: Reading = USUAL

    @cached_property
    def document(self) -> Document:
        return read_bytes(self.content, self.path, self.name, reading=self.reading)

    @cached_property
    def _text(self) -> _OfficeText:
        return self._fresh()

    def _fresh(self) -> _OfficeText:
        if self.format == "docx":
            from falc.formats.office.docx.edits import WordText

            return WordText(self.content)
        from falc.formats.office.odt.edits import OdtText

        return OdtText(self.content)

    def refuse(self, doing: Doing) -> None:
        self._text.refuse(doing)

    def written(self, edit: Edit) -> Edit:
        if not self._text.takes(edit):
            raise FalcError(texts()["correction"]["office"])
        return edit

    def tracks(self, edit: Edit) -> bool:
        """Can an edit be written as a tracked change?  Several rounds of fixes may have made one that is too wide."""
        return self._text.takes(edit) and self._text.tracks(edit)

    def edited(self, edits: Sequence[Edit]) -> OfficeDraft:
        return replace(self, content=self._fresh().edited(edits))  # writing uses up the trees

    def tracked(self, edits: Sequence[Edit], reviewer: Reviewer) -> OfficeDraft:
        """Return the file with edits, accepted by `tracks`, as tracked changes of `reviewer`."""
        return replace(self, content=self._fresh().tracked(edits, reviewer))

    def annotated(self, comments: Sequence[Comment], reviewer: Reviewer) -> OfficeDraft:
        """Return the file with comments of `reviewer`; it says the same text."""
        if self.format == "docx":
            from falc.formats.office.docx.comments import annotate_docx as annotate
        else:
            from falc.formats.office.odt.comments import annotate_odt as annotate
        return replace(self, content=annotate(self.content, comments, reviewer))

    def laid_out(self, wants: LayoutWants) -> tuple[OfficeDraft, Mapping[str, int]]:
        """Return the file with the look that `wants` asks for, and how many places of each kind changed."""
        if self.format == "docx":
            from falc.formats.office.docx.layout import fix_layout_docx as fix_layout
        else:
            from falc.formats.office.odt.layout import fix_layout_odt as fix_layout
        fixed = fix_layout(self.content, wants)
        return replace(self, content=fixed.content), fixed.changed


def draft_of(data: bytes, path: Path, name: str, folder: Path | None = None, reading: Reading = USUAL) -> Draft:
    """Return the content of a file as a draft; arguments are those of `read_bytes`, but the accepted text is read.

    Raises FalcError when the file is of a kind that falc does not write, or cannot be read; of an Office file, its
    `document` does.
    """
    kind, reading = format_of(path), replace(reading, revisions=Revisions.ACCEPTED)
    if kind in OFFICE:
        return OfficeDraft(data, path, name, kind, reading)
    document = read_bytes(data, path, name, folder, reading)
    if document.format not in _TEXTS:
        raise FalcError(texts()["correction"]["only_read"].format(format=document.format.upper()))
    decoded = decode(data)
    return TextDraft(decoded.text, document.format, name, folder, decoded, reading)
