"""What the selected rules want of the look of an Office file."""

from __future__ import annotations

from collections.abc import Sequence

from falc.document import Document
from falc.formats.office.layout import LayoutWants
from falc.model import Rule

__all__ = ["layout_wants"]


def layout_wants(rules: Sequence[Rule], document: Document) -> LayoutWants:
    """Return what `falc fix --layout` changes in `document`."""
    return LayoutWants()
