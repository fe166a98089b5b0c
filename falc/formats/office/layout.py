"""How `falc fix --layout` changes the look of an Office file: what is wanted, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["LayoutFixed", "LayoutWants"]


@dataclass(frozen=True, slots=True)
class LayoutWants:
    """What to change; `None`, false and nothing leave things alone.

    `size` is the smallest type size, in points, and `sizes` that of the typefaces whose letters look smaller, by name.
    `left` means no justified text; `to_left` are offsets in the document's text: the paragraphs that they stand in go
    to the left even if they are centred.  `upright` means no italics.  `line_spacing` is the smallest distance of two
    lines and `space_between` the smallest space between two paragraphs, in times the type size; `line_heights` gives
    the distance of single lines of each typeface that is known, in the same unit: of others nothing is changed.
    `breaks` are offsets in the document's text, in order: the sentence that starts there goes to the next line, and the
    blanks before it go away.
    """

    size: float | None = None
    sizes: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    left: bool = False
    to_left: tuple[int, ...] = ()
    upright: bool = False
    line_spacing: float | None = None
    line_heights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    space_between: float | None = None
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LayoutFixed:
    """The file, and how many places of each kind were changed, by the keys of `[mise_en_page]` in the texts.

    « boxes » counts the text boxes, and rows of tables, of a fixed height whose small letters stay: larger ones would
    be cut.  « tables » counts the tables whose small letters stay: in larger ones, words would not fit into a column.
    """

    content: bytes
    changed: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
