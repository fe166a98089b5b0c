"""Tables and charts."""

from __future__ import annotations

from collections.abc import Iterator

from falc.checks import Hit, check
from falc.document import Block, BlockKind
from falc.french.analysis import AnalysedDocument, count_words
from falc.model import Severity, Span
from falc.objects import Table


@check("complex_table", scope="document", provides=("advice",))
def complex_table(
    analysed: AnalysedDocument,
    *,
    max_columns: int,
    warn_columns: int,
    nested: str,
    merged: str,
    columns: str,
) -> Iterator[Hit]:
    """Yield the tables of data that are nested, have merged cells or many columns."""
    for table in analysed.document.objects.tables:
        if table.layout:
            continue
        advice, severity = _fault(table, max_columns, warn_columns)
        text = {"nested": nested, "merged": merged, "columns": columns}.get(advice)
        if text:
            start = Span(table.span.start, table.span.start)
            yield Hit(start, {"advice": text.format(columns=table.columns)}, severity=severity, place=table.place)


def _fault(table: Table, max_columns: int, warn_columns: int) -> tuple[str, Severity | None]:
    """Return the worst fault of a table, or nothing."""
    if table.nested:
        return "nested", None
    if table.merged:
        return "merged", None
    if table.columns > max_columns:
        return "columns", None if table.columns > warn_columns else Severity.INFO
    return "", None


@check("bare_chart", scope="document")
def bare_chart(analysed: AnalysedDocument, *, min_words: int) -> Iterator[Hit]:
    """Yield the charts without a caption and without a text beside them."""
    document = analysed.document
    numbers = {id(block): number for number, block in enumerate(document.blocks)}
    for picture in document.objects.pictures:
        if picture.kind != "chart" or picture.caption:
            continue
        near = document.block_near(picture.span.end)
        number = numbers[id(near)] if near else 0
        # A text just before or just after, and not only a heading, tells what the chart shows.
        if not any(_is_text(block, min_words) for block in document.blocks[max(number - 1, 0) : number + 1]):
            yield Hit(picture.span, place=picture.place)


def _is_text(block: Block, min_words: int) -> bool:
    usual = block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION)
    return usual and count_words(block.text) >= min_words
