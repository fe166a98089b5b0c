"""The pictures of an Office file that a Word file can show."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from falc.model import FalcError

__all__ = ["pictures_of"]

_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_MOST_BYTES = 8_000_000
_MOST_IN_ALL = 30_000_000


def pictures_of(data: bytes, format: str) -> dict[str, bytes]:
    """Return the PNG, JPEG and GIF pictures of a Word file (docx) or an OpenDocument text (odt) by their digests.

    Nothing outside the file is read; pictures that are too large are left out, and files of other formats hold none.
    """
    if format not in ("docx", "odt"):
        return {}
    from falc.formats.office.pictures import Media  # lxml takes time to load

    found: dict[str, bytes] = {}
    room = _MOST_IN_ALL
    for content in _parts(data, format):
        digest = Media.of(content, None).digest
        if digest is not None and digest not in found and content.startswith(_SIGNS) and len(content) <= room:
            found[digest] = content
            room -= len(content)
    return found


def _parts(data: bytes, format: str) -> Iterator[bytes]:
    """Yield the contents of the parts that may be pictures."""
    from falc.formats.office.odt.package import OFFICE, open_odt
    from falc.formats.office.package import open_package

    odt = open_odt(data) if format == "odt" else None
    package = odt.package if odt else open_package(data)
    for name in package.names if package is not None else ():
        if not name.lower().endswith((".png", ".jpg", ".jpeg", ".gif")):
            continue
        try:
            content = package.read(name) if package is not None else b""
        except FalcError:  # the text can be copied without it
            continue
        if len(content) <= _MOST_BYTES:
            yield content
    if odt is not None and package is None:
        for element in odt.content.iter(f"{OFFICE}binary-data"):
            if element.text and len(element.text) <= 2 * _MOST_BYTES:
                try:
                    yield base64.b64decode(element.text)
                except (ValueError, binascii.Error):
                    continue
