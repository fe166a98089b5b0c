"""What is found in a sentence, kept for the next rule that asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from falc.french.tokens import Tokens

__all__ = ["remembered"]

_SENTENCES = 64  # more than the sentences of nearly all blocks: rules look at one block after another
_Found = TypeVar("_Found")


def remembered(find: Callable[[Tokens], Iterable[_Found]]) -> Callable[[Tokens], tuple[_Found, ...]]:
    """Make a function that yields what is in a sentence return it all, and keep it: several rules ask in a row."""

    @lru_cache(maxsize=_SENTENCES)
    def kept(sentence: Tokens) -> tuple[_Found, ...]:
        return tuple(find(sentence))

    @wraps(find)
    def of(sentence: Tokens) -> tuple[_Found, ...]:
        return kept(sentence)

    return of
