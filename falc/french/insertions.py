"""Phrases of several words that stand inside a verb: « est en revanche payé », « versée chaque mois par »."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from falc.french.facts import rows

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["insertion_at"]


@lru_cache(maxsize=1)
def _insertions() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for row in rows("locutions-intercalees"):
        words = tuple(row[0].replace("'", "' ").split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in found.items()}


def insertion_at(token: Token, sentence: Tokens) -> int:
    """Return how many words the phrase that starts at `token` has: 0 when none does."""
    for words in _insertions().get(token.lower_, ()):
        if tuple(t.lower_ for t in sentence.doc[token.i : min(token.i + len(words), sentence.end)]) == words:
            return len(words)
    return 0
