"""One story of an RTF file, in the few plain words of RTF that striprtf needs, and what the library makes of it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from striprtf.striprtf import charset_map, rtf_to_text

from falc.look import TextFormat

__all__ = ["CELL", "FIELD", "FIELD_END", "LABEL", "LABEL_END", "LOOK", "OURS", "PARAGRAPH", "ROW"]
__all__ += ["MAC", "PAGES", "Field", "Shape", "Story", "codec", "decode"]

# Signs that no text holds (Unicode reserves them for programs); they stand in the text that the library gives.
OURS = range(0xFDD0, 0xFDF0)
PARAGRAPH, CELL, ROW, FIELD, FIELD_END, LABEL, LABEL_END, LOOK, _STORY = (chr(code) for code in OURS[1:10])

_LONGEST = 2_000
MAC = "mac-roman"
PAGES = {"mac": MAC, "pc": "cp437", "pca": "cp850"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file says of a paragraph."""

    level: int = 0  # of a heading, from 1
    depth: int = 1  # of a list item, if it is one
    in_table: bool = False


@dataclass(eq=False, slots=True)
class Field:
    """A field: the instruction is in the words of Word, « MERGEFIELD Nom »."""

    instruction: str = ""

    def say(self, text: str) -> None:
        """Add to the instruction; none that matters is long."""
        if len(self.instruction) < _LONGEST:
            self.instruction += text[:_LONGEST]


@dataclass(eq=False, slots=True)
class Story:
    """A text of its own: the body, a header, a note, a text box."""

    flow: str
    after: int = 0  # a text box comes after this many paragraphs of the body
    pieces: list[str] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)  # one for each PARAGRAPH and CELL
    fields: list[Field] = field(default_factory=list)  # one for each FIELD
    looks: list[TextFormat] = field(default_factory=list)  # one for each LOOK
    shape: Shape = field(default_factory=Shape)
    text: str = ""
    _font: str | None = ""
    _look: TextFormat | None = None

    def add(self, piece: str, font: str | None, look: TextFormat) -> None:
        """Add a piece of RTF with its font, which tells its encoding, and its look."""
        if self._font != font:
            self._font = font
            self.pieces.append(f"\\f{font or -1} ")
        if self._look != look:
            self._look = look
            self.looks.append(look)
            self.mark(LOOK)
        self.pieces.append(piece)

    def mark(self, sign: str) -> None:
        """Add one of the signs of this module."""
        self.pieces.append(f"\\u{ord(sign)} ?")

    def end_paragraph(self, sign: str = PARAGRAPH) -> None:
        """End a paragraph or a cell, with what the file has said of it."""
        self.shapes.append(self.shape)
        self.mark(sign)


def decode(stories: Sequence[Story], charsets: Mapping[str, int], encoding: str) -> None:
    """Give each story its text; `charsets` are those of the fonts, `encoding` is that of the file.

    All of them go through the library at once: it reads the table of fonts each time.
    """
    fonts = "".join(f"{{\\f{font}\\fcharset{number} A;}}" for font, number in _known(charsets, encoding))
    pieces = [f"{{\\rtf1\\ansi\\uc1{{\\fonttbl{fonts}}}"]
    for story in stories:
        story.mark(_STORY)
        pieces += story.pieces
        story.pieces.clear()
    text = str(rtf_to_text("".join([*pieces, "}"]), encoding, "replace"))  # type: ignore[no-untyped-call]
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for story, own in zip(stories, whole.split(_STORY)):
        story.text = own


def _known(charsets: Mapping[str, int], encoding: str) -> Iterator[tuple[str, int]]:
    """Yield the fonts whose character set has a codec; the others are in the encoding of the file."""
    for font, charset in charsets.items():
        name = charset_map.get(charset)
        # Word for Mac writes 0 for its own encoding.
        own = charset == 0 and encoding in PAGES.values()
        if name and not own and font.isdigit() and codec(name, ""):
            yield font, charset


def codec(name: str, other: str) -> str:
    """Return the name of a codec, or `other` when Python has none of this name."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return other
