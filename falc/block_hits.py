"""What the checks of single blocks find in a block, kept from one run to the next.

Such a check sees a block and nothing around it: the same block, in whatever file, gives the same hits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from falc.cache import Cache
from falc.checks import Hit, Suggestion
from falc.document import Segment, SegmentKind
from falc.french.analysis import AnalysedBlock
from falc.look import ParagraphFormat, TextFormat
from falc.model import Edit, Safety, Severity, Span
from falc.sealed import Key

__all__ = ["BlockHits"]

_KIND = "hits"
_Hits = dict[str, list[Hit]]


class BlockHits:
    """The hits of blocks in a cache; `stamp` is that of the settings."""

    def __init__(self, cache: Cache, stamp: bytes) -> None:
        self._cache, self._stamp = cache, stamp

    def hits(self, block: AnalysedBlock, format: str, find: Callable[[], _Hits]) -> _Hits:
        """Return the hits of a block in a file of this format: those that are kept, else what `find` finds."""
        key = Key.of(_KIND, self._stamp, _content(block, format))
        record = self._cache.get(key)
        if isinstance(record, dict):
            return {code: [_hit(*told) for told in hits] for code, hits in record.items()}
        found = find()
        if all(_is_plain(hit) for hits in found.values() for hit in hits):
            self._cache.put(key, {code: [_told(hit) for hit in hits] for code, hits in found.items() if hits})
        return found


def _content(block: AnalysedBlock, format: str) -> bytes:
    """Return all that a check of single blocks may look at: not where the block is."""
    held = block.block
    first = held.segments[0].source.start if held.segments else 0
    content = [
        format,
        held.text,
        held.kind.value,
        held.level,
        _format(held.format),
        [[run.span.start, run.span.end, _look(run.format)] for run in held.runs],
        [
            [s.start, s.end, s.source.start - first, s.source.end - first, s.kind.value, _own_name(block, s)]
            for s in held.segments
        ],
    ]
    return json.dumps(content).encode()


def _own_name(block: AnalysedBlock, segment: Segment) -> str:
    """Return what the file has instead of a stand-in."""
    if segment.kind is not SegmentKind.PLACEHOLDER:
        return ""
    return block.source[segment.source.start : segment.source.end]


@lru_cache(maxsize=1024)
def _format(format: ParagraphFormat) -> str:
    return repr(format)


@lru_cache(maxsize=4096)
def _look(format: TextFormat) -> str:
    return repr(format)


def _is_plain(hit: Hit) -> bool:
    return all(isinstance(value, str | int | float) for value in hit.fields.values())


def _told(hit: Hit) -> list[Any]:
    return [
        hit.span.start,
        hit.span.end,
        dict(hit.fields),
        [
            [
                each.text,
                each.safety.value,
                [each.span.start, each.span.end] if each.span else None,
                [[edit.span.start, edit.span.end, edit.text] for edit in each.edits],
            ]
            for each in hit.suggestions
        ],
        hit.severity.value if hit.severity else None,
        hit.place,
        hit.kind,
    ]


def _hit(
    start: int,
    end: int,
    fields: dict[str, object],
    suggestions: list[Any],
    severity: str | None,
    place: str | None,
    kind: str,
) -> Hit:
    return Hit(
        Span(start, end),
        fields,
        tuple(_suggestions(suggestions)),
        Severity(severity) if severity else None,
        None,
        place,
        kind,
    )


def _suggestions(told: list[Any]) -> Iterator[Suggestion]:
    for text, safety, span, edits in told:
        yield Suggestion(
            text,
            Safety(safety),
            Span(*span) if span else None,
            tuple(Edit(Span(start, end), words) for start, end, words in edits),
        )
