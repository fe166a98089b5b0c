"""How `falc fix --layout` changes the look of an Office file: what is wanted, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = ["LayoutFixed", "LayoutWants"]


@dataclass(frozen=True, slots=True)
class LayoutWants:
    """What to change; lengths in points, `None` and false leave things alone.

    `breaks` are offsets in the document's text: the sentence that starts there goes to the next line, and the blanks
    before it go away.
    """

    size: float | None = None  # the smallest type size
    left: bool = False  # no justified text
    upright: bool = False  # no italics
    line_spacing: float | None = None  # the smallest, in lines of the font
    space_between: float | None = None  # the smallest between two paragraphs
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LayoutFixed:
    """The file, and how many places of each kind were changed: « size », « left », « upright »…"""

    content: bytes
    changed: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
