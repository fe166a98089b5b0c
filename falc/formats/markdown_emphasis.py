"""Pair the emphasis marks of Markdown, as CommonMark says, in linear time."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import category

from falc.document import SegmentKind

__all__ = ["ASCII_PUNCTUATION", "Delimiter", "Node", "delimiter", "pair"]

ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@dataclass(slots=True)
class Node:
    """A piece of the text: `shown` is None when the text is shown as it is."""

    start: int
    end: int
    shown: str | None = None
    kind: SegmentKind = SegmentKind.ENTITY
    italic: int = 0  # how many emphases start here, less those that end here
    bold: int = 0
    link: int = 0
    mark: bool = False  # may turn out to be markup


@dataclass(slots=True)
class Delimiter:
    """A run of marks that may open or close an emphasis; `node` is the number of its node.

    The rules look at `length`, that of the whole run; `left` says how many marks are still free.
    """

    node: int
    sign: str
    length: int
    opens: bool
    closes: bool
    left: int


def delimiter(text: str, start: int, end: int, node: int) -> Delimiter | None:
    """Return what the run of marks `start:end` of `text` can do, if anything."""
    sign, before, after = text[start], text[start - 1 : start] or " ", text[end : end + 1] or " "
    left = not after.isspace() and (not _punctuation(after) or before.isspace() or _punctuation(before))
    right = not before.isspace() and (not _punctuation(before) or after.isspace() or _punctuation(after))
    opens, closes = left, right
    if sign == "_":
        opens, closes = left and (not right or _punctuation(before)), right and (not left or _punctuation(after))
    if not (opens or closes) or (sign == "~" and end - start != 2):
        return None
    return Delimiter(node, sign, end - start, opens, closes, end - start)


def _punctuation(character: str) -> bool:
    return character in ASCII_PUNCTUATION or category(character)[0] in "PS"


def pair(delimiters: list[Delimiter], nodes: list[Node]) -> None:
    """Pair `delimiters`: their marks leave the nodes, and the nodes between learn their look."""
    open_ones: list[Delimiter] = []
    # Below this depth there is no opener for such a closer: no need to look again.
    hopeless: dict[tuple[str, bool, int], int] = {}
    for closer in delimiters:
        while closer.closes and closer.left:
            key = (closer.sign, closer.opens, closer.length % 3)
            index = _opener(open_ones, closer, hopeless.get(key, 0))
            if index is None:
                hopeless[key] = len(open_ones)
                break
            _emphasise(open_ones[index], closer, nodes)
            del open_ones[index if open_ones[index].left == 0 else index + 1 :]
            for kept, depth in hopeless.items():
                hopeless[kept] = min(depth, len(open_ones))
        if closer.opens and closer.left:
            open_ones.append(closer)


def _opener(open_ones: list[Delimiter], closer: Delimiter, bottom: int) -> int | None:
    for index in range(len(open_ones) - 1, bottom - 1, -1):
        opener = open_ones[index]
        if opener.sign == closer.sign:
            mixed = (opener.closes or closer.opens) and (opener.length + closer.length) % 3 == 0
            if not mixed or (opener.length % 3 == 0 and closer.length % 3 == 0):
                return index
    return None


def _emphasise(opener: Delimiter, closer: Delimiter, nodes: list[Node]) -> None:
    size = 2 if opener.left >= 2 and closer.left >= 2 else 1
    # From the node after the opener to the one before the closer.
    after, last = nodes[opener.node + 1], nodes[closer.node]
    nodes[opener.node].end -= size
    last.start += size
    opener.left -= size
    closer.left -= size
    if opener.sign != "~":
        look = "bold" if size == 2 else "italic"
        setattr(after, look, getattr(after, look) + 1)
        setattr(last, look, getattr(last, look) - 1)
