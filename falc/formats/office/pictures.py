"""What the bytes of a picture tell, and what people call the kinds of pictures."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

NAMES = {
    "picture": "image",
    "chart": "graphique",
    "drawing": "dessin",
    "watermark": "filigrane",
    "video": "vidéo",
    "audio": "son",
}


@dataclass(frozen=True, slots=True)
class Media:
    """What is known of the file of a picture; `digest` is the same for two copies."""

    type: str | None = None
    digest: str | None = None
    animated: bool = False

    @classmethod
    def of(cls, data: bytes, kind: str | None) -> Media:
        """Return what the bytes of a picture tell."""
        return cls(kind, sha256(data).hexdigest()[:16], is_animated(data))


def is_animated(data: bytes) -> bool:
    """Does a picture move?  Only as much of it is read as it takes to find a second image."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return b"acTL" in data[:4096]
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return b"ANIM" in data[:4096]
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 13:
        return False
    position, frames = 13 + _table_size(data[10]), 0
    while position < len(data) and frames < 2:
        sign = data[position]
        if sign == 0x2C and position + 10 < len(data):  # an image: its descriptor, its colours, its blocks
            frames += 1
            position = _after_blocks(data, position + 11 + _table_size(data[position + 9]))
        elif sign == 0x21:  # an extension
            position = _after_blocks(data, position + 2)
        else:
            break
    return frames > 1


def _table_size(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, position: int) -> int:
    while position < len(data) and data[position]:
        position += data[position] + 1
    return position + 1
