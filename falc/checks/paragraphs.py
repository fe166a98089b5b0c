"""How paragraphs stand on the page: alignment, lines, space, indents, what stays together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from falc.checks import Hit, check
from falc.checks.fonts import font
from falc.checks.layout import (
    PAPER,
    Place,
    all_of,
    body,
    by_key,
    first_of,
    has_sentence,
    is_long,
    main_look,
    names,
)
from falc.checks.paper import page_count
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.model import Severity
from falc.texts import in_french

_TYPED_INDENT = re.compile(r"\t|[ \u00a0]{3,}")


@check("alignment", scope="document", provides=("how", "places"))
def alignment(
    analysed: AnalysedDocument,
    *,
    forbidden: tuple[str, ...],
    unusual: tuple[str, ...],
    min_letters: int,
    min_words: int,
    places: str,
) -> Iterator[Hit]:
    """Yield the first block of each bad alignment; the unusual ones only count for text in sentences."""
    bad, odd = names(forbidden), names(unusual)
    groups = by_key((block.block.format.alignment or "", all_of(block)) for block in body(analysed) if block.sentences)
    for name, where in groups.items():
        if name in bad and (seen := [place for place in where if is_long(place[0], min_letters)]):
            # Show it where it is seen best: in a text of several lines.
            best = next((place for place in seen if is_long(place[0], 2 * min_letters)), seen[0])
            yield first_of([best, *where[1:]], places, how=bad[name])
        elif name in odd:
            prose = [place for place in where if _is_prose(place[0]) and has_sentence(place[0], min_words)]
            if prose:
                yield first_of(prose, places, Severity.WARNING, how=odd[name])


def _is_prose(block: AnalysedBlock) -> bool:
    return block.block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


@check("line_spacing", scope="document", provides=("ratio", "places"))
def line_spacing(
    analysed: AnalysedDocument, *, min_ratio: float, tolerance: float, min_letters: int, places: str
) -> Iterator[Hit]:
    """Yield the first long text whose lines are too close, with the number of the others."""
    found = [
        (ratio, all_of(block))
        for block in body(analysed)
        if has_sentence(block, 1) and is_long(block, min_letters)
        if (ratio := _line_ratio(block)) is not None and ratio < min_ratio - tolerance
    ]
    if found:
        yield first_of([place for _, place in found], places, ratio=in_french(found[0][0], 2))


def _line_ratio(block: AnalysedBlock) -> float | None:
    """Return the distance between two lines, as a multiple of the type size."""
    spacing, look = block.block.format.line_spacing, main_look(block)
    if spacing is None or look is None:
        return None
    single = font(look.font).line if look.font else None
    if spacing.unit == "lines":
        return spacing.value * single if single else None
    ratio = spacing.value if spacing.unit == "em" else spacing.value / look.size if look.size else None
    if ratio is None or not spacing.at_least:
        return ratio
    return max(ratio, single) if single else None


@check("paragraph_spacing", scope="document", provides=("problem", "places"))
def paragraph_spacing(
    analysed: AnalysedDocument,
    *,
    min_ratio: float,
    tolerance: float,
    min_letters: int,
    min_places: int,
    close: str,
    empty: str,
    max_empty: int,
    places: str,
) -> Iterator[Hit]:
    """Yield the first paragraph too close to the one before, and the first one spaced with empty ones."""
    found = [
        (gap, all_of(block))
        for before, block in pairwise(body(analysed))
        if _is_text(before) and _is_text(block) and is_long(before, min_letters)
        if not block.block.format.blank_before
        if (gap := _gap_ratio(before, block, analysed.document.format in PAPER)) is not None
        and gap < min_ratio - tolerance
    ]
    if len(found) >= min_places:
        problem = close.format(ratio=in_french(found[0][0], 2))
        yield first_of([place for _, place in found], places, problem=problem)
    blank = [all_of(block) for block in body(analysed) if block.sentences and block.block.format.blank_before]
    if len(blank) > max_empty:
        yield first_of(blank, places, Severity.INFO, problem=empty)


def _is_text(block: AnalysedBlock) -> bool:
    return block.block.kind is BlockKind.PARAGRAPH and not block.block.format.floating and has_sentence(block, 1)


def _gap_ratio(before: AnalysedBlock, block: AnalysedBlock, adds: bool) -> float | None:
    """Return the space between two paragraphs as a multiple of the type size, too much rather than too little.

    Some versions of Word `add` the two spaces, others take the larger one; browsers always do.
    """
    look, above, below = main_look(block), before.block.format, block.block.format
    if look is None or not look.size or above.space_after is None or below.space_before is None:
        return None
    spaces = (above.space_after, below.space_before)
    return (sum(spaces) if adds else max(spaces)) / look.size


@check("first_line_indent", scope="document", provides=("places",))
def first_line_indent(analysed: AnalysedDocument, *, min_indent: float, min_letters: int, places: str) -> Iterator[Hit]:
    """Yield the first paragraph of several lines whose first line is pushed in, by format or by typing."""
    where: list[Place] = []
    for block in body(analysed):
        pushed = (block.block.format.first_line or 0) >= min_indent or _TYPED_INDENT.match(block.block.text)
        if pushed and is_long(block, min_letters) and _is_text(block):
            where.append(all_of(block))
    if where:
        yield first_of(where, places)


@check("kept_together", scope="document", provides=("problem", "places"))
def kept_together(
    analysed: AnalysedDocument, *, heading: str, lines: str, min_letters: int, places: str
) -> Iterator[Hit]:
    """Yield the first heading that may end a page, the first paragraph that may leave a line alone."""
    if page_count(analysed) < 2:
        return
    found: dict[str, list[Place]] = {}
    for block in body(analysed):
        look = block.block.format
        if not block.sentences or look.keep_together:
            continue
        if block.block.kind is BlockKind.HEADING and look.keep_with_next is False:
            found.setdefault(heading, []).append(all_of(block))
        elif look.widow_control is False and is_long(block, min_letters):
            found.setdefault(lines, []).append(all_of(block))
    for problem, where in found.items():
        yield first_of(where, places, problem=problem)
