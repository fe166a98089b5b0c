"""What spaCy says of the words of a text, as plain data: kept, it need not be found again.

It holds no word of the text: the tokens are made anew, and get what the parser said of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from falc.cache import Cache
from falc.sealed import Key

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from spacy.tokens import Doc

__all__ = ["Parses", "restore"]

_KIND = "parse"
_ALL_BITS = 0xFFFFFFFFFFFFFFFF  # spaCy's tables hold -1 so


class Parses:
    """The parses of blocks in a cache; `stamp` is that of the model."""

    def __init__(self, cache: Cache, stamp: bytes) -> None:
        self._cache, self._stamp = cache, stamp

    def get(self, text: str) -> list[Any] | None:
        """Return what is known of a block with this text."""
        record = self._cache.get(self._key(text))
        return record if isinstance(record, list) else None

    def put(self, text: str, docs: Iterable[Doc]) -> None:
        """Keep what the pieces of a block say."""
        self._cache.put(self._key(text), [_told(doc) for doc in docs])

    def _key(self, text: str) -> Key:
        return Key.of(_KIND, self._stamp, text.encode(errors="surrogatepass"))


def _told(doc: Doc) -> list[Any]:
    """Return, for the tokens in order, the numbers of their tags in a list of all, and where their heads are."""
    tags: dict[tuple[str, str, str, str], int] = {}
    numbers = [tags.setdefault((t.pos_, t.tag_, str(t.morph), t.dep_), len(tags)) for t in doc]
    return [list(tags), numbers, [token.head.i - token.i for token in doc]]


def restore(record: list[Any], pieces: Iterable[Callable[[], Doc]]) -> list[Doc] | None:
    """Return the pieces, each made of tokens only, with their parse, or None when it is not theirs."""
    docs = [make() for make in pieces]
    try:
        for (tags, numbers, heads), doc in zip(record, docs, strict=True):
            _tell(doc, tags, numbers, heads)
    except (ValueError, TypeError, IndexError):
        return None
    return docs


def _tell(doc: Doc, tags: list[list[str]], numbers: list[int], heads: list[int]) -> None:
    """Write the parse of a piece into its tokens.  Raises ValueError when they are not as many."""
    import numpy  # here and not above: only restoring needs it

    if not len(doc) == len(numbers) == len(heads):
        raise ValueError(len(doc))
    add, morphs = doc.vocab.strings.add, doc.vocab.morphology
    known = [(add(pos), add(tag), morphs.add(morph), add(dep)) for pos, tag, morph, dep in tags]
    starts = [1 if token.is_sent_start else _ALL_BITS for token in doc]
    rows = [
        (*known[number], head & _ALL_BITS, start) for number, head, start in zip(numbers, heads, starts, strict=True)
    ]
    if rows:
        table: Any = numpy.array(rows, dtype="uint64")
        doc.from_array(["POS", "TAG", "MORPH", "DEP", "HEAD", "SENT_START"], table)
