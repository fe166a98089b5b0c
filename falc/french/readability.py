"""How hard a text is to read, by a formula: an information, never a verdict."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([^\w\s])[^\w\s]{2,}")


def flesch(text: str) -> float:
    """Return textstat's French Flesch score: Kandel and Moles (1958), as textstat computes it."""
    import textstat  # here: it imports nltk

    # Long runs of signs make textstat's patterns quadratic.
    text = _SIGNS.sub(r"\1", text)
    textstat.set_lang("fr")  # before anything else, or it looks for an English dictionary on the network
    return float(textstat.flesch_reading_ease(text))
