"""A house copy: any text that falc reads, as a new Word file with a layout that is easy to read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from falc import formats
from falc.copies.content import contents_of
from falc.copies.looks import PLAIN, READABLE
from falc.copies.pictures import pictures_of
from falc.copies.word import word_file
from falc.document import Document, Skipped
from falc.files import is_same_file, naming, write_atomically
from falc.model import FalcError, Reading, Revisions
from falc.texts import texts

__all__ = ["convert_bytes", "convert_file", "converted", "copy_of", "pictures_of"]


def convert_file(
    path: Path, output: Path, *, layout: bool, revisions: Revisions = Revisions.ACCEPTED
) -> tuple[Skipped, ...]:
    """Write at `output`, whole or not at all, the file at `path` as a new Word file; return what the copy leaves out.

    Raises FalcError when the file cannot be read or holds no text, when `output` is the file itself, and when its name
    does not end in .docx.
    """
    said = texts()["convert"]
    if output.suffix.lower() != ".docx":
        raise FalcError(said["not_docx"].format(path=output))
    if is_same_file(path, output):
        raise FalcError(said["same_file"].format(path=output))
    with naming(path):
        data = formats.load(path)
    content, left_out = copy_of(data, path, layout=layout, revisions=revisions, folder=path.parent)
    write_atomically(output, content)
    return left_out


def convert_bytes(
    data: bytes, path: Path, *, layout: bool, revisions: Revisions = Revisions.ACCEPTED, folder: Path | None = None
) -> bytes:
    """Return the content of a file as a new Word file; arguments and errors are those of `copy_of`."""
    return copy_of(data, path, layout=layout, revisions=revisions, folder=folder)[0]


def copy_of(
    data: bytes, path: Path, *, layout: bool, revisions: Revisions = Revisions.ACCEPTED, folder: Path | None = None
) -> tuple[bytes, tuple[Skipped, ...]]:
    """Return the content of a file as a new Word file, and what this copy leaves out; `path` tells its format.

    `folder` holds the style sheets that a page may link.  Raises FalcError naming the file when it cannot be read or
    holds no text.
    """
    with naming(path):
        document = formats.read_bytes(data, path, str(path), folder, Reading(revisions))
        if not document.blocks:
            raise FalcError(texts()["convert"]["no_text"])
        return converted(document, layout=layout, pictures=pictures_of(data, document.format)), document.skipped


def converted(document: Document, *, layout: bool, pictures: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """Return `document` as a new Word file (.docx): the same words in the same order, in a plain structure.

    With `layout`, the page is easy to read: 14 pt letters without serifs, left-aligned, one sentence per line, wide
    margins with room for pictures on the left.  `pictures` are the bytes of the pictures by their digest
    (`pictures_of`); a picture that is not there is shown as a frame with its alternative text.
    """
    return word_file(contents_of(document, sentences=layout), READABLE if layout else PLAIN, pictures)
