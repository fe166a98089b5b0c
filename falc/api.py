"""One call for one text; use `Linter` for many.  Settings are read at each call."""

from __future__ import annotations

import os
from pathlib import Path

from falc.fixes import Fixed
from falc.french.boundaries import sentence_spans
from falc.linter import Linter
from falc.model import Span
from falc.report import Report
from falc.reviewed import Reviewed


def check(path: str | os.PathLike[str]) -> Report:
    """Check a file with the nearest configuration.  Raises FalcError if it cannot be read."""
    return Linter().check(path)


def check_text(text: str, format: str = "text") -> Report:
    """Check a text in one of the formats text, markdown, html; spans count code points of `text`."""
    return Linter().check_text(text, format)


def fix_text(text: str, format: str = "text", unsafe: bool = False) -> Fixed:
    """Make the safe fixes of a text; with `unsafe`, also those that a person should read again."""
    return Linter().fix_text(text, format, unsafe=unsafe)


def annotate(path: str | os.PathLike[str], output: str | os.PathLike[str], *, track_changes: bool = False) -> Reviewed:
    """Write at `output` a copy of the Word file or OpenDocument text at `path` with comments.

    With `track_changes`, safe fixes are written as tracked changes.  Raises FalcError when the file takes no comments,
    is protected or cannot be read, or when `output` is the file itself.
    """
    return Linter().annotate(path, output, track_changes=track_changes)


def convert(path: str | os.PathLike[str], output: str | os.PathLike[str], *, layout: bool = False) -> None:
    """Write at `output` the text of the file at `path` as a new Word file, with `layout` one that is easy to read.

    Raises FalcError when the file cannot be read or holds no text, or when `output` is the file itself.
    """
    from falc.copies import convert_file  # here: only Word files need python-docx

    convert_file(Path(path), Path(output), layout=layout)


def split_sentences(text: str) -> list[Span]:
    """Return the spans of the sentences of a plain text, in code points, without the blanks around them."""
    return list(sentence_spans(text))
