"""Write edits into the texts of an OpenDocument text."""

from __future__ import annotations

from collections.abc import Sequence

from falc.formats.office.review import Doing, Reviewer
from falc.model import Edit

__all__ = ["OdtText"]


class OdtText:
    """The texts of an OpenDocument text, by their place in the text of its document."""

    def __init__(self, data: bytes) -> None:
        raise NotImplementedError

    def refuse(self, doing: Doing) -> None: ...

    def takes(self, edit: Edit) -> bool:
        raise NotImplementedError

    def edited(self, edits: Sequence[Edit]) -> bytes:
        raise NotImplementedError

    def tracked(self, edits: Sequence[Edit], reviewer: Reviewer) -> bytes:
        raise NotImplementedError
