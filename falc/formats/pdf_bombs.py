"""Refuse a PDF whose streams inflate to far more than a letter needs: the PDF library would inflate them all."""

from __future__ import annotations

import re
import zlib

from falc.model import FalcError
from falc.texts import texts

__all__ = ["refuse_bombs"]

_STREAM = re.compile(rb"\bstream\r?\n")
_STEP = 16_000  # bytes taken at once: they inflate to 16 MB at most
_HEAD = 2_000  # before a stream, what says its kind
_INNER = 1_000_000
_MOST = 100_000_000  # bytes of one picture, or of all that is not a picture, once inflated
_TIMES = 3  # a stream may be deflated more than once


def refuse_bombs(data: bytes) -> None:
    """Raise FalcError when the deflated streams of a PDF are too big; nothing is kept of them."""
    room = _MOST
    for match in _STREAM.finditer(data):
        is_picture = _is_picture(data, match.start())
        most = _MOST if is_picture else room
        size = _size(data, match.end(), most, _TIMES)
        if size > most:
            raise FalcError(texts()["refused"]["too_big"])
        if not is_picture:  # a scanned page takes 26 MB, which are inflated only when it is drawn
            room -= size


def _is_picture(data: bytes, stream: int) -> bool:
    head = data[max(stream - _HEAD, 0) : stream]
    return b"/Image" in head[max(head.rfind(b"obj"), 0) :]


def _size(data: bytes, start: int, room: int, times: int) -> int:
    """Return how many bytes the stream at `start` gives, counting little further than `room`."""
    unpacker, size, inner = zlib.decompressobj(), 0, b""
    try:
        while start < len(data) and size <= room and not unpacker.eof:
            piece = unpacker.decompress(data[start : start + _STEP])
            start += _STEP
            size += len(piece)
            if len(inner) < _INNER:
                inner += piece[:_INNER]
    except zlib.error:  # not deflated, or encrypted
        return size
    return size + (_size(inner, 0, room - size, times - 1) if times > 1 and inner[:1] == b"x" else 0)
