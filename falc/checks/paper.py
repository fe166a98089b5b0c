"""An estimate of the pages that a text fills, from its size, its lines and the page itself."""

from __future__ import annotations

from bisect import bisect_right

from falc.checks.fonts import font
from falc.checks.layout import body, main_look
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.objects import Pages

__all__ = ["by_pages", "estimated_pages", "page_count"]

_LETTER = 0.5  # em: the width of a letter, spaces included, in most typefaces
_LINE = 1.2  # em
_SIZE = 12.0


def page_count(analysed: AnalysedDocument) -> int:
    """Return how many pages the document has, at least: 1 when nobody knows.

    Some programs write « 1 page » in every file: a much longer text shows that they did not count.
    """
    counted = analysed.document.objects.properties.page_count or 1
    estimate = estimated_pages(analysed)
    return max(counted, int(estimate + 0.5) if estimate else 1)


def estimated_pages(analysed: AnalysedDocument, *, with_pictures: bool = False) -> float | None:
    """Return about how many pages the text fills, if the file says how large they are.

    Pictures count only on demand: those beside a text take no height of their own.
    """
    parts = by_pages(analysed)
    areas = [_area(page) for page, _ in parts]
    total = 0.0
    for (_, blocks), area in zip(parts, areas, strict=True):
        if area is None:
            return None
        total += sum(_height(block, area[0]) for block in blocks) / area[1]
    if with_pictures and areas and areas[0]:
        pictures = analysed.document.objects.pictures
        total += sum(p.height or 0 for p in pictures if p.alone and not p.floating) / areas[0][1]
    return total if parts else None


def by_pages(analysed: AnalysedDocument) -> list[tuple[Pages, list[AnalysedBlock]]]:
    """Return the parts of the document that have one page layout, with the blocks of their body."""
    parts: list[tuple[Pages, list[AnalysedBlock]]] = [(page, []) for page in analysed.document.objects.pages]
    starts = [page.span.start for page, _ in parts]
    for block in body(analysed) if parts else ():
        if block.block.segments:
            parts[max(bisect_right(starts, block.block.segments[0].source.start) - 1, 0)][1].append(block)
    return parts


def _area(page: Pages) -> tuple[float, float] | None:
    """Return the width and the height of what the margins leave."""
    if not page.width or not page.height:
        return None
    width = page.width - (page.left or 0) - (page.right or 0)
    height = page.height - (page.top or 0) - (page.bottom or 0)
    return (width, height) if width > 0 and height > 0 else None


def _height(block: AnalysedBlock, width: float) -> float:
    """Return about how high a block is, with the space around it."""
    look, shape = main_look(block), block.block.format
    if shape.floating:
        return 0
    size = look.size if look and look.size else _SIZE
    single = (font(look.font).line if look and look.font else None) or _LINE
    spacing, line = shape.line_spacing, size * single
    if spacing is not None:
        line = spacing.value * {"lines": line, "em": size, "points": 1.0}[spacing.unit]
    letters = len(block.text) * _LETTER * size / width
    # A cell stands beside others: its share of a line is what it fills.
    lines = letters if block.block.kind is BlockKind.TABLE_CELL else int(letters) + 1 + block.block.text.count("\n")
    blanks = shape.blank_before * size * single
    return lines * line + (shape.space_before or 0) + (shape.space_after or 0) + blanks
