"""The text of a document in passages, with marks where something was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from falc.document import Block
from falc.model import Finding, Severity, Span
from falc.report import Report, new_ideas
from falc.rules import all_rules, one_line
from falc.texts import texts


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as people read it, with its number in the report."""

    number: int
    code: str
    title: str
    severity: Severity
    severity_name: str
    place: str
    message: str
    why: str
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a passage; `ending` holds the numbers of the remarks that end with it."""

    text: str
    marked: bool
    error: bool
    ending: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the document with its remarks."""

    place: str
    heading: int
    pieces: tuple[Piece, ...]
    remarks: tuple[Remark, ...]


def passages(report: Report) -> tuple[tuple[Remark, ...], tuple[Passage, ...]]:
    """Return the remarks about the document as a whole, and its passages in order."""
    if report.document is None:
        return (), ()
    placed: dict[int, list[tuple[Span, Remark]]] = {}
    whole: list[Remark] = []
    index = {id(block): number for number, block in enumerate(report.document.blocks)}
    for number, finding in enumerate(report, start=1):
        remark = _remark(number, finding)
        block = report.document.block_near(finding.span.start) if finding.span.start < finding.span.end else None
        span = block.shown_at(finding.span) if block else None
        if block is None or span is None:
            whole.append(remark)
        else:
            placed.setdefault(index[id(block)], []).append((span, remark))
    found = tuple(
        _passage(block, placed.get(number, []), report.document.text)
        for number, block in enumerate(report.document.blocks)
    )
    return tuple(whole), found


def _remark(number: int, finding: Finding) -> Remark:
    rule = all_rules()[finding.code]
    return Remark(
        number=number,
        code=finding.code,
        title=rule.title,
        severity=finding.severity,
        severity_name=texts()["severities"][finding.severity],
        place=finding.location.place,
        message=finding.message,
        why=one_line(rule.why),
        ideas=tuple(new_ideas(finding)),
    )


def _passage(block: Block, placed: list[tuple[Span, Remark]], source: str) -> Passage:
    return Passage(
        place=block.path,
        heading=block.level if block.kind == "heading" else 0,
        pieces=tuple(_pieces(block, placed, source)),
        remarks=tuple(remark for _, remark in placed),
    )


def _pieces(block: Block, placed: Sequence[tuple[Span, Remark]], source: str) -> Iterator[Piece]:
    """Cut the text where a mark starts or ends; what concerns the whole block has its number at the end only."""
    whole = Span(0, len(block.text.rstrip()))
    edges = sorted({0, len(block.text), *(edge for span, _ in placed for edge in (span.start, span.end))})
    for start, end in pairwise(edges):
        here = [r for span, r in placed if span.start <= start and end <= span.end and not span.contains(whole)]
        ending = tuple(remark.number for span, remark in placed if span.end == end)
        shown = block.source_text(Span(start, end), source)
        yield Piece(shown, bool(here), any(r.severity is Severity.ERROR for r in here), ending)
