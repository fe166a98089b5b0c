"""What the head of an RTF file says: the character sets of its fonts, the heading styles, the encoding."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from falc.formats.rtf_plain import MAC, PAGES, codec

__all__ = ["BODY_TEXT", "Tables", "level_of"]

BODY_TEXT = 9  # the outline level of what is no heading
_MAC_PAGE = 10_000
_MOST = 4_000
_HEADING = re.compile(r"\s*(?:(?:heading|titre) (?P<level>[1-9])|title|titre)\s*(?:;|\Z)", re.IGNORECASE)


@dataclass(slots=True)
class Tables:
    """The tables as they are read; both are bounded."""

    encoding: str = "cp1252"
    font: str | None = None  # the usual one
    charsets: dict[str, int] = field(default_factory=dict)  # font → character set
    levels: dict[int, int] = field(default_factory=dict)  # paragraph style → heading level
    _font: str | None = None
    _style: int = 0

    def font_word(self, word: str, number: int | None) -> None:
        """Take a word of the table of fonts."""
        if word == "f":
            self._font = str(number)
        elif word == "fcharset" and self._font is not None and len(self.charsets) < _MOST:
            self.charsets[self._font] = number or 0

    def style_word(self, word: str, number: int | None) -> None:
        """Take a word of the table of styles."""
        if word == "s":
            self._style = number or 0
        elif word == "outlinelevel" and number != BODY_TEXT and len(self.levels) < _MOST:
            self.levels[self._style] = level_of(number)

    def style_name(self, name: str) -> None:
        """Take the name of the style under way: LibreOffice says no more of a heading."""
        heading = _HEADING.match(name)
        if heading and len(self.levels) < _MOST:
            self.levels.setdefault(self._style, int(heading["level"] or 1))

    def page(self, word: str, number: int | None) -> None:
        """Take a word that tells the encoding of the file."""
        self.encoding = codec(MAC if number == _MAC_PAGE else f"cp{number}", self.encoding)
        if word in PAGES:
            self.encoding = PAGES[word]


def level_of(number: int | None) -> int:
    """Return a level as people count it, from 1 to 9."""
    return min(max(number or 0, 0), 8) + 1
