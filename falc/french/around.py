"""A term's surroundings: the text, its words and sentences, and the parse if there is one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from falc.french.words import Word

if TYPE_CHECKING:
    from falc.french.tokens import Token

__all__ = ["Around", "Place"]

_REACH = 40  # words before and after a term that conditions may look at


@dataclass(frozen=True, slots=True)
class Place:
    """A text, its words, and where its sentences start."""

    text: str
    words: Sequence[Word]
    sentences: Sequence[int]
    tokens: Mapping[int, Token] = field(default_factory=dict)  # of the parse, by where they start

    def around(self, first: int, size: int) -> Around:
        return Around(self, first, first + size)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the words `first` to `last` (excluded) of a place."""

    place: Place
    first: int
    last: int

    @property
    def before(self) -> str:
        """The key of the word just before, in the same sentence and without a sign between."""
        words = self.place.words
        if self.first == 0 or self.starts_sentence or not words[self.first].joins:
            return ""
        return words[self.first - 1].key

    @property
    def after(self) -> Word | None:
        """The word just after, without a sign between."""
        words = self.place.words
        return words[self.last] if self.last < len(words) and words[self.last].joins else None

    @property
    def term_end(self) -> str:
        return self.place.words[self.last - 1].key

    @property
    def starts_sentence(self) -> bool:
        start = self.place.words[self.first].start
        index = bisect_right(self.place.sentences, start) - 1
        if index < 0:
            return True
        return self.first == 0 or self.place.words[self.first - 1].start < self.place.sentences[index]

    @property
    def asks(self) -> bool:
        """Does the sentence end with a question mark?"""
        start = self.place.words[self.first].start
        index = bisect_right(self.place.sentences, start)
        end = self.place.sentences[index] if index < len(self.place.sentences) else len(self.place.text)
        return self.place.text[start:end].rstrip(' »"').endswith("?")

    @property
    def follows_comma(self) -> bool:
        if self.first == 0:
            return False
        words, text = self.place.words, self.place.text
        return "," in text[words[self.first - 1].end : words[self.first].start]

    @property
    def rest(self) -> Sequence[Word]:
        """The next words of the sentence, up to a reasonable number."""
        words = self.place.words[self.last : self.last + _REACH]
        index = bisect_right(self.place.sentences, self.place.words[self.last - 1].start)
        end = self.place.sentences[index] if index < len(self.place.sentences) else len(self.place.text)
        return [word for word in words if word.start < end]

    @property
    def preceding(self) -> Sequence[Word]:
        """The words before in the sentence, up to a reasonable number."""
        index = bisect_right(self.place.sentences, self.place.words[self.first].start) - 1
        start = self.place.sentences[index] if index >= 0 else 0
        words = self.place.words[max(0, self.first - _REACH) : self.first]
        return [word for word in words if word.start >= start]

    @property
    def start_words(self) -> Sequence[Word]:
        return self.place.words[max(0, self.first - 3) : self.first]
