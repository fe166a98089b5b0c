"""The smallest picture there is: stretched, it fills any place with its colour."""

from __future__ import annotations

import zlib

_GREY, _COLOR = 0, 2  # how PNG calls pictures with one channel and with three


def one_pixel(*channels: int) -> bytes:
    """Return a PNG picture of one pixel: grey for one channel, a colour for red, green and blue, from 0 to 255."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = b"\0\0\0\1\0\0\0\1\x08" + bytes((_GREY if len(channels) == 1 else _COLOR,)) + b"\0\0\0"
    pixel = zlib.compress(bytes((0, *channels)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
