"""Values that only those can read who have what they were made of.

What falc keeps of a letter holds words of it.  It is written over with a key that comes from the letter itself: who has
the letter has the key, and who has only the file finds noise in it.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

__all__ = ["Key", "sealed", "unsealed"]

_LEVEL = 1  # of compression: the others take longer than they spare


@dataclass(frozen=True, slots=True)
class Key:
    """The `name` under which a value is kept, and the `secret` that opens it; neither tells the other."""

    name: bytes
    secret: bytes

    @classmethod
    def of(cls, kind: str, settings: bytes, content: bytes) -> Key:
        """Return the key of what falc makes of `content` with some settings; `kind` says what that is."""
        known = b"\0".join((kind.encode(), hashlib.sha256(settings).digest(), hashlib.sha256(content).digest()))
        return cls(hashlib.sha256(b"falc name\0" + known).digest(), hashlib.sha256(b"falc secret\0" + known).digest())


def sealed(value: Any, secret: bytes) -> bytes:  # noqa: ANN401
    """Return a value, made of what JSON knows, as bytes that say nothing without `secret`."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return _overwritten(zlib.compress(text.encode(), _LEVEL), secret)


def unsealed(data: bytes, secret: bytes) -> Any:  # noqa: ANN401
    """Return the value again.  Raises ValueError when `data` was damaged or sealed with another secret."""
    try:
        return json.loads(zlib.decompress(_overwritten(data, secret)))
    except (zlib.error, RecursionError) as error:
        raise ValueError(type(error).__name__) from None


def _overwritten(data: bytes, secret: bytes) -> bytes:
    stream = hashlib.shake_256(secret).digest(len(data))
    return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(data), "big")
