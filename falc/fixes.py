"""Make the fixes of findings: choose, apply without overlap, check again, stop."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from falc.document import Block, Document
from falc.edits import Taken, compose
from falc.formats.text import apply_edits
from falc.formats.writers import Draft
from falc.french.faithfulness import keeps_facts
from falc.model import Edit, FalcError, Finding, Fix, Safety, Span
from falc.report import Report

__all__ = ["Fixed", "fix_draft"]

_ROUNDS = 10  # a text that has not settled by then goes round in circles
_ATTEMPTS = 4
_Key = tuple[str, ...]  # the rule, then what stands there and what to write, for each edit


@dataclass(frozen=True)
class Fixed:
    """A text with its fixes made.

    `edits` count in the text as it was, `text` is what they make of it, and `report` is about that.  `count` is the
    number of fixes made.  `left_out` says why the file does not take some, in French.  `content` is the whole file.
    `layout` counts what changed in the look of an Office file, when that was asked for; the line breaks that this adds
    are in `content` only.
    """

    text: str
    edits: tuple[Edit, ...]
    count: int
    report: Report
    original: str
    content: bytes
    left_out: tuple[str, ...] = ()
    layout: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class _Change:
    """A fix that may be made: `shown` has its edits by the number of their block, as readers see them."""

    key: _Key
    edits: tuple[Edit, ...]
    shown: tuple[tuple[int, Edit], ...]


def fix_draft(
    draft: Draft, check: Callable[[Document], Report], *, unsafe: bool = False, first: Report | None = None
) -> Fixed:
    """Make the fixes of what `check` finds, then of what it finds in the result, until nothing changes.

    Fixes that undo one another are not made at all: to fix the result again changes nothing.  `first` is what `check`
    said of the draft, for who has it already.
    """
    first = first or check(draft.document)
    banned: set[_Key] = set()
    for _ in range(_ATTEMPTS):
        result = _settled(draft, check, first, unsafe, banned)
        if isinstance(result, Fixed):
            return result
        banned |= result
    text = draft.document.text
    return Fixed(text, (), 0, first, text, draft.content)


def _settled(
    draft: Draft, check: Callable[[Document], Report], first: Report, unsafe: bool, banned: set[_Key]
) -> Fixed | set[_Key]:
    """Return the text that no fix changes any more, or the fixes that keep it from settling."""
    original = draft.document.text
    current, report, count = draft, first, 0
    edits: tuple[Edit, ...] = ()
    seen, made = [original], list[set[_Key]]()
    for _ in range(_ROUNDS):
        found, left_out = _changes(current, report, unsafe, banned)
        following, changes = _applied(current, found)
        if found and not changes:  # the file took none, and their neighbours waited for them
            return {change.key for change in found}
        if not changes:
            return Fixed(current.document.text, edits, count, report, original, current.content, left_out)
        edits = compose(edits, _edits(changes))
        made.append({change.key for change in changes})
        current, count = following, count + len(changes)
        if current.document.text in seen:
            return set.union(*made[seen.index(current.document.text) :])
        seen.append(current.document.text)
        report = check(current.document)
    return set.union(*made[1:])


def _edits(changes: Sequence[_Change]) -> list[Edit]:
    return sorted((edit for change in changes for edit in change.edits), key=lambda edit: edit.span)


# --- what may be changed --------------------------------------------------------------------


def _changes(draft: Draft, report: Report, unsafe: bool, banned: set[_Key]) -> tuple[list[_Change], tuple[str, ...]]:
    """Return the changes to make, none of which overlaps another, and why the file does not take the others."""
    blocks = _Blocks(draft.document)
    wanted: list[_Change] = []
    left_out: list[str] = []
    for finding in report.findings:
        fix = _fix(finding, unsafe)
        change = _change(draft.document, blocks, finding, fix) if fix else None
        if change is None or change.key in banned:
            continue
        try:
            edits = tuple(draft.written(edit) for edit in change.edits)
        except FalcError as error:
            left_out.append(str(error))
        else:
            wanted.append(_Change(change.key, edits, change.shown))
    taken = Taken()
    wanted.sort(key=_order)
    return [change for change in wanted if taken.take([edit.span for edit in change.edits])], tuple(left_out)


def _fix(finding: Finding, unsafe: bool) -> Fix | None:
    """Return the first fix of a finding that a program may make."""
    allowed = (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,)
    return next((fix for fix in finding.fixes if fix.edits and fix.safety in allowed), None)


def _order(change: _Change) -> tuple[int, int]:
    """The first in the text comes first, the longer one on ties."""
    start = min(edit.span.start for edit in change.edits)
    return start, -max(edit.span.end for edit in change.edits)


def _change(document: Document, blocks: _Blocks, finding: Finding, fix: Fix) -> _Change | None:
    """Return the fix of a finding, unless it changes nothing, or what the text says."""
    edits = sorted((blocks.in_style(edit) for edit in fix.edits), key=lambda edit: edit.span)
    pairs = [(document.slice(edit.span), edit.text) for edit in edits]
    places = [blocks.place(edit.span) for edit in edits]
    if all(old == new for old, new in pairs) or None in places:
        return None
    shown = tuple((place[0], Edit(place[1], edit.text)) for place, edit in zip(places, edits, strict=True) if place)
    for number in {number for number, _ in shown}:
        mine = [edit for other, edit in shown if other == number]
        if not keeps_facts(blocks.text(number), mine):
            return None
    return _Change((finding.code, *(word for pair in pairs for word in pair)), tuple(edits), shown)


class _Blocks:
    """Find the block where a part of the document's text is shown, and write as the document does."""

    def __init__(self, document: Document) -> None:
        starts = ((block.segments[0].source.start, number) for number, block in enumerate(document.blocks))
        self._blocks = document.blocks
        self._starts = sorted(starts)
        self._variants = [block for block, _ in document.variants]
        curly, straight = (sum(block.text.count(sign) for block in document.blocks) for sign in "’'")
        self._has_curly = curly > straight

    def in_style(self, edit: Edit) -> Edit:
        """Return the edit with the apostrophe that the document uses."""
        return Edit(edit.span, edit.text.replace("'", "’")) if self._has_curly else edit

    def place(self, span: Span) -> tuple[int, Span] | None:
        """Return the number of the block and where it shows exactly `span`; the variants come after the blocks."""
        index = bisect_right(self._starts, (span.start, len(self._blocks)))
        for _, number in reversed(self._starts[:index]):
            block = self._blocks[number]
            shown = block.shown_at(span) if span.start < block.segments[-1].source.end else None
            if shown is not None:
                return (number, shown) if block.source(shown) == span else None
        for number, block in enumerate(self._variants, len(self._blocks)):
            shown = block.shown_at(span)
            if shown is not None and block.source(shown) == span:
                return number, shown
        return None

    def text(self, number: int) -> str:
        """Return the text of the block with this number."""
        count = len(self._blocks)
        return (self._blocks[number] if number < count else self._variants[number - count]).text


# --- what comes of it -----------------------------------------------------------------------


def _applied(draft: Draft, changes: list[_Change]) -> tuple[Draft, list[_Change]]:
    """Make the changes that read as they should; an edit must not make a list of a paragraph, nor markup of a word."""
    if not changes:
        return draft, []
    edited = draft.edited(_edits(changes))
    if _reads_well(draft.document, edited, changes):
        return edited, changes
    if len(changes) == 1:
        return draft, []
    half = len(changes) // 2
    kept = [*_applied(draft, changes[:half])[1], *_applied(draft, changes[half:])[1]]
    return _applied(draft, kept) if len(kept) < len(changes) else (draft, [])


def _reads_well(before: Document, draft: Draft, changes: Sequence[_Change]) -> bool:
    """Does the new file show the text of the old one with the changes, and nothing else?"""
    try:
        after = draft.document
    except FalcError:
        return False
    edits: dict[int, list[Edit]] = {}
    for change in changes:
        for number, edit in change.shown:
            edits.setdefault(number, []).append(edit)
    expected = (_seen(block, edits.get(number, ())) for number, block in enumerate(before.blocks))
    if after.text != apply_edits(before.text, _edits(changes)) or len(after.blocks) != len(before.blocks):
        return False
    if len(after.variants) != len(before.variants):
        return False
    return all(want == _seen(block) for want, block in zip(expected, after.blocks, strict=True))


def _seen(block: Block, edits: Sequence[Edit] = ()) -> tuple[str, int, str]:
    """Return what a block is and what it says; the size of its blanks does not count."""
    text = apply_edits(block.text, sorted(edits, key=lambda edit: edit.span))
    return block.kind, block.level, " ".join(text.split())
