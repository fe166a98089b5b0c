"""Put edits into a text."""

from __future__ import annotations

from collections.abc import Iterable

from falc.model import Edit


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with the edits made; raise ValueError if two of them overlap."""
    pieces, position = [], 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < position:
            raise ValueError("two edits overlap")
        pieces += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join((*pieces, text[position:]))
