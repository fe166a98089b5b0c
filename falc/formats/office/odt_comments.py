"""Write comments into an OpenDocument text, each anchored at its exact words."""

from __future__ import annotations

from collections.abc import Sequence

from falc.formats.office.review import Comment, Reviewer

__all__ = ["annotate_odt"]

_FALC = Reviewer()


def annotate_odt(data: bytes, comments: Sequence[Comment], reviewer: Reviewer = _FALC) -> bytes:
    """Return the OpenDocument text `data` with the comments; what it holds already is kept."""
    raise NotImplementedError
