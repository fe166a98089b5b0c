"""The lines of a PDF with their places on the page, as pdfium gives them."""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from falc.model import FalcError
from falc.texts import texts

__all__ = ["Line", "Pdf", "read_lines"]

_MOST_CHARACTERS = 2_000_000
_MOST_PAGES = 2_000
_MOST_OBJECTS = 200_000  # looked at to count the pictures
# pdfium writes the second sign, and no line end, for a hyphen that ends a line.
_LINE = re.compile(r"([^\r\n\x02\ufffe]*)(\r\n|[\r\n\x02\ufffe]|\Z)")
_HYPHENS = frozenset("\x02\ufffe")
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_PASSWORD, _SECURITY = 4, 5  # error codes of pdfium
_IMAGE = 3  # kind of object on a page
_LONGEST_NAME = 200
# pdfium holds one state for the whole program.
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; lengths in points, from the bottom left of the page."""

    text: str
    page: int
    number: int  # on its page, from 1
    left: float
    right: float
    bottom: float  # what the letters stand on
    size: float
    bold: bool
    cut: bool = False  # a hyphen ends it, which is not in `text`


@dataclass(frozen=True, slots=True)
class Pdf:
    """What a file holds."""

    lines: tuple[Line, ...]
    pages: int
    empty_pages: int
    images: int
    form: bool
    title: str


def read_lines(data: bytes) -> Pdf:
    """Return the lines of a file.  Raises FalcError when it is protected, damaged or too long, or without pypdfium2."""
    said = texts()["pdf"]
    try:
        import pypdfium2  # type: ignore[import-untyped]  # an option: most people never give a PDF to falc
        from pypdfium2 import raw
    except ImportError:
        raise FalcError(said["missing"]) from None
    with _LOCK:
        try:
            with closing(pypdfium2.PdfDocument(data)) as file:
                return _read(file, raw)
        except pypdfium2.PdfiumError as error:
            locked = error.err_code in (_PASSWORD, _SECURITY)
            raise FalcError(texts()["refused"]["protected"] if locked else said["damaged"]) from None


def _read(file: Any, raw: Any) -> Pdf:  # noqa: ANN401 - pypdfium2 has no types
    if len(file) > _MOST_PAGES:
        raise FalcError(texts()["pdf"]["too_many"].format(most=_MOST_PAGES))
    lines: list[Line] = []
    characters = images = looked = empty = 0
    for index in range(len(file)):
        with closing(file[index]) as page:
            with closing(page.get_textpage()) as text:
                characters += text.count_chars()
                if characters > _MOST_CHARACTERS:
                    most = f"{_MOST_CHARACTERS:,}".replace(",", " ")
                    raise FalcError(texts()["refused"]["too_long"].format(most=most))
                found = list(_lines(text, raw, index + 1))
            objects = min(raw.FPDFPage_CountObjects(page.raw), max(_MOST_OBJECTS - looked, 0))
            looked += objects
            kinds = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, i)) for i in range(objects))
            images += sum(kind == _IMAGE for kind in kinds)
        lines += found
        empty += not found
    title = file.get_metadata_value("Title")
    return Pdf(tuple(lines), len(file), empty, images, bool(file.get_formtype()), title.strip())


def _lines(text: Any, raw: Any, page: int) -> Iterator[Line]:  # noqa: ANN401
    codes = (raw.FPDFText_GetUnicode(text.raw, i) for i in range(text.count_chars()))
    shown = "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)
    number = 0
    for match in _LINE.finditer(shown):
        start, end = match.span(1)
        while start < end and shown[start].isspace():
            start += 1
        while start < end and shown[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        number += 1
        # The mark of a note stands higher than its line.
        left, bottom = _origin(text, raw, start)[0], _origin(text, raw, (start + end) // 2)[1]
        words = shown[start:end].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        yield Line(
            words,
            page,
            number,
            left,
            _right(text, raw, end - 1),
            bottom,
            _line_size(text, raw, start, end - 1),
            _is_bold(text, raw, start) and _is_bold(text, raw, end - 1),
            match[2] in _HYPHENS and bool(match[2]),
        )


def _origin(text: Any, raw: Any, index: int) -> tuple[float, float]:  # noqa: ANN401
    """Return where a character stands: its left, and the line that it is written on."""
    left, bottom = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text.raw, index, left, bottom)
    return left.value, bottom.value


def _right(text: Any, raw: Any, index: int) -> float:  # noqa: ANN401
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text.raw, index, box)
    return float(box.right)


def _line_size(text: Any, raw: Any, first: int, last: int) -> float:  # noqa: ANN401
    """Return the size of most of a line: the mark of a note may begin or end it."""
    return sorted(_size(text, raw, index) for index in (first, (first + last) // 2, last))[1]


def _size(text: Any, raw: Any, index: int) -> float:  # noqa: ANN401
    """Return the size of letters: some programs say 1 and stretch the page."""
    matrix = raw.FS_MATRIX(a=1, b=0, c=0, d=1, e=0, f=0)
    raw.FPDFText_GetMatrix(text.raw, index, matrix)
    return round(float(raw.FPDFText_GetFontSize(text.raw, index)) * math.hypot(matrix.c, matrix.d), 1)


def _is_bold(text: Any, raw: Any, index: int) -> bool:  # noqa: ANN401
    # pdfium guesses the weight of most fonts; their names tell.
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text.raw, index, name, _LONGEST_NAME, flags)
    return _BOLD.search(name.value) is not None
