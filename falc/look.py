"""How a text looks: the effective format of characters and of blocks, whatever the file.

`None` always means that the file does not say, so that no check guesses.  Lengths are in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# CSS and OpenDocument call 600 and more bold.
_BOLD = 600


@dataclass(frozen=True, slots=True)
class LineSpacing:
    """The distance between two lines.

    `unit` is "lines" (times the line height of the font itself, as in Word), "em" (times the type size, as in CSS) or
    "points"; `at_least` says that larger letters push the lines further apart.
    """

    value: float
    unit: Literal["lines", "em", "points"]
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class TextFormat:
    """The effective look of characters."""

    font: str | None = None  # the family that draws unaccented letters
    accent_font: str | None = None  # the family that draws « é », when it is another one
    size: float | None = None
    weight: int | None = None  # 400 is normal, 700 bold
    italic: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    capitals: bool | None = None  # capitals, small or not, made by formatting, not typed
    effects: tuple[str, ...] = ()  # shadow, outline, emboss, imprint, glow, reflection, blink, transform, sorted
    spacing: float | None = None  # added between letters; negative is tighter
    scale: float | None = None  # width of the letters: 1 is normal, less is condensed
    color: str | None = None  # « #1a1a1a », lower case
    background: str | None = None  # the colour just behind the letters: mark, block, cell or page
    link: bool = False  # part of a link, which may be underlined and coloured
    language: str | None = None  # « fr-FR »

    @property
    def bold(self) -> bool | None:
        return None if self.weight is None else self.weight >= _BOLD


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """The effective look of a block."""

    alignment: str | None = None  # left, right, center or justify
    line_spacing: LineSpacing | None = None
    space_before: float | None = None  # what really separates it from the block before, if that is less
    space_after: float | None = None
    first_line: float | None = None  # indent of the first line against the others; negative hangs out
    left: float | None = None
    right: float | None = None
    blank_before: int = 0  # empty paragraphs just before it
    columns: int | None = None  # how many columns the text around it flows in
    boxed: bool | None = None  # a border or a background of its own sets it apart
    floating: bool = False  # in a text box, a frame, a side column
    keep_together: bool | None = None  # its lines stay on one page
    keep_with_next: bool | None = None
    widow_control: bool | None = None
    page_break_before: bool = False
    hyphenate: bool | None = None  # the program may cut words at the ends of lines
    vertical: bool = False  # written downwards or turned
    marker: str | None = None  # what the list shows: « • », « 1. », « 2.4.5 »; None outside lists
    style: str | None = None  # the name of the paragraph style, as users see it
