"""The page: its size, its margins, its columns, its number, what stands beside the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from falc.checks import Hit, check
from falc.checks.layout import all_of, body, by_key, centimetres, first_of, has_sentence, names
from falc.checks.paper import by_pages, estimated_pages, page_count
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.letters import words_of
from falc.model import Severity
from falc.texts import in_french


@check("columns", scope="document", provides=("count",))
def columns(analysed: AnalysedDocument, *, max_columns: int, min_words: int) -> Iterator[Hit]:
    """Yield the first sentence that flows in columns, if there is a text in them and not only signatures."""
    flowing = [(block.block.format.columns or 1, block) for block in body(analysed)]
    if all(count == 1 for count, _ in flowing):
        flowing = [(page.columns, block) for page, blocks in by_pages(analysed) for block in blocks]
    text = [(n, block) for n, block in flowing if n > max_columns and has_sentence(block, 1)]
    if words_of([block for _, block in text]) < min_words:
        text = [(n, block) for n, block in _side_by_side(analysed, min_words) if n > max_columns]
    if text:
        count, block = text[0]
        yield Hit(all_of(block)[1], {"count": count}, block=block)


def _side_by_side(analysed: AnalysedDocument, min_words: int) -> list[tuple[int, AnalysedBlock]]:
    """Return the first text of each table without borders nor headers whose only row holds several texts."""
    cells = [block for block in body(analysed) if block.block.kind is BlockKind.TABLE_CELL and block.block.segments]
    cells.sort(key=lambda block: block.block.segments[0].source)
    starts = [block.block.segments[0].source.start for block in cells]
    found = []
    for table in analysed.document.objects.tables:
        if table.layout and table.rows == 1 and not table.nested:
            inside = cells[bisect_left(starts, table.span.start) : bisect_left(starts, table.span.end)]
            texts = by_key((block.block.path, all_of(block)) for block in inside if has_sentence(block, 1))
            long = [where for where in texts.values() if words_of([block for block, _ in where]) >= min_words / 2]
            if len(long) > 1:
                found.append((len(long), long[0][0][0]))
    return found


@check("margins", scope="document", provides=("which", "margin"))
def margins(
    analysed: AnalysedDocument,
    *,
    min_margin: float,
    warning_below: float,
    tolerance: float,
    sides: tuple[str, ...],
    every: str,
) -> Iterator[Hit]:
    """Yield one hit for the narrowest margin, in centimetres, if it is too narrow; often all are the same."""
    shown = names(sides)
    known = [
        (round(centimetres(value), 2), side)
        for page in analysed.document.objects.pages
        for side in shown
        if (value := getattr(page, side)) is not None
    ]
    if known and (narrowest := min(known, key=lambda margin: margin[0]))[0] < min_margin - tolerance:
        severity = None if narrowest[0] < warning_below - tolerance else Severity.INFO
        alike = all(abs(margin - narrowest[0]) <= tolerance for margin, _ in known)
        which = every if alike else shown[narrowest[1]]
        yield Hit(fields={"which": which, "margin": in_french(narrowest[0])}, severity=severity)


@check("page_size", scope="document", provides=("width", "height"))
def page_size(analysed: AnalysedDocument, *, sizes: tuple[str, ...], tolerance: float) -> Iterator[Hit]:
    """Yield one hit for the first page of an unusual size; `sizes` such as « 21x29.7 » are in centimetres."""
    usual = [sorted(map(float, size.split("x"))) for size in sizes]
    for page in analysed.document.objects.pages:
        if page.width and page.height:
            own = sorted((centimetres(page.width), centimetres(page.height)))
            if not any(all(abs(a - b) <= tolerance for a, b in zip(own, size, strict=True)) for size in usual):
                width, height = in_french(centimetres(page.width)), in_french(centimetres(page.height))
                yield Hit(fields={"width": width, "height": height})
                return


@check("words_per_page", scope="document", provides=("count",))
def words_per_page(analysed: AnalysedDocument, *, max_words: int) -> Iterator[Hit]:
    """Yield one hit when a full page of the document holds too many words, as far as falc can estimate."""
    estimate = estimated_pages(analysed, with_pictures=True)
    counted = analysed.document.objects.properties.page_count or 1
    if estimate is None and counted < 2:
        return
    # The last page is seldom full: what a program counted as 3 may be little more than 2.
    pages = max(1.0, estimate or 0.0, counted - 1.0)
    if (count := words_of(body(analysed)) / pages) > max_words:
        yield Hit(fields={"count": round(count / 10) * 10})


@check("page_numbers", scope="document", provides=("problem",))
def page_numbers(
    analysed: AnalysedDocument, *, min_pages: int, missing: str, total: str, ask_total: bool
) -> Iterator[Hit]:
    """Yield one hit when a document of several pages shows no page numbers, or only the number without the total."""
    pages = analysed.document.objects.pages
    if not pages or page_count(analysed) < min_pages:
        return
    if not any(page.numbered for page in pages):
        yield Hit(fields={"problem": missing})
    elif ask_total and not any(page.total for page in pages):
        yield Hit(severity=Severity.INFO, fields={"problem": total})


@check("beside_text", scope="document", provides=("places",))
def beside_text(analysed: AnalysedDocument, *, min_words: int, places: str) -> Iterator[Hit]:
    """Yield the first sentence in a box or a column beside the text; addresses and dates may stand in a box."""
    where = [
        all_of(block) for block in analysed.blocks if block.block.format.floating and has_sentence(block, min_words)
    ]
    if where:
        yield first_of(where, places)


@check("one_direction", scope="document", provides=("problem", "places"))
def one_direction(analysed: AnalysedDocument, *, turned: str, mixed: str, places: str) -> Iterator[Hit]:
    """Yield the first turned text, and one hit when some pages stand and others lie."""
    where = [all_of(block) for block in analysed.blocks if block.block.format.vertical and block.sentences]
    if where:
        yield first_of(where, places, problem=turned)
    lying = {page.width > page.height for page in analysed.document.objects.pages if page.width and page.height}
    if len(lying) > 1:
        yield Hit(severity=Severity.INFO, fields={"problem": mixed, "places": ""})
