"""What the XML outputs share."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

__all__ = ["HEAD", "content", "tag"]

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _legal(words: str) -> str:
    """Return words with a sign in place of each character that XML 1.0 cannot hold."""
    return _ILLEGAL.sub("\ufffd", words)


def content(words: str) -> str:
    """Return words as the content of an element."""
    return escape(_legal(words), {"\r": "&#13;"})


def tag(name: str, attributes: dict[str, object], closed: bool = False) -> str:
    """Return the opening tag of an element, or the whole element when it is `closed`."""
    told = "".join(f" {key}={quoteattr(_legal(str(value)))}" for key, value in attributes.items() if value is not None)
    return f"<{name}{told}{'/' if closed else ''}>"
