"""The two layouts of a copy; lengths in points."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FONT", "LINK_COLOR", "PAGE_HEIGHT", "PAGE_WIDTH", "PLAIN", "READABLE", "Look"]

FONT = "Arial"
PAGE_WIDTH, PAGE_HEIGHT = 595.3, 841.9  # A4
LINK_COLOR = "0B3D91"  # dark: its contrast on white is above 10


@dataclass(frozen=True, slots=True)
class Look:
    """A layout; `left` is the left margin, `headings` the sizes of the first levels of headings."""

    size: float
    headings: tuple[float, ...]
    line_spacing: float
    after: float
    after_item: float
    left: float
    margin: float
    italics: bool
    keep_lines: bool


# The left margin keeps room for one picture beside each idea, as the copies of Unapei and Inclusion Europe do.
READABLE = Look(
    size=14,
    headings=(20, 18, 16),
    line_spacing=1.5,
    after=21,
    after_item=10,
    left=170.1,
    margin=85.1,
    italics=False,
    keep_lines=True,
)
PLAIN = Look(
    size=11,
    headings=(16, 14, 12),
    line_spacing=1.15,
    after=8,
    after_item=4,
    left=71,
    margin=71,
    italics=True,
    keep_lines=False,
)
