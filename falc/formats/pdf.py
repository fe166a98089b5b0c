"""Read the text of a PDF: paragraphs put together again from its lines, with their pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from falc.document import Block, BlockBuilder, BlockKind, Document, SegmentKind, Skipped
from falc.formats.office.story import TextCollector
from falc.formats.pdf_lines import Line, Pdf, read_lines
from falc.formats.pdf_paragraphs import Paragraph, edges, joined, paragraphs
from falc.look import ParagraphFormat, TextFormat
from falc.model import FalcError, Span
from falc.objects import Objects, Properties
from falc.texts import texts

__all__ = ["read_pdf"]

_LIGATURE = re.compile("[\ufb00-\ufb06]")  # « ﬁ » in one sign
_CONTROLS = re.compile("[\x00-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]+")
_WORD = re.compile(r"[\w-]+")
_BOLD = 700
_EDGES = {BlockKind.HEADER: "en-tête", BlockKind.FOOTER: "pied de page"}


def read_pdf(data: bytes, name: str) -> Document:
    """Read the bytes of a PDF; a place is « page 2, ligne 5 ».

    Raises FalcError when pypdfium2 is not installed, and when the file is damaged, protected, too long, or holds no
    text at all.
    """
    pdf = read_lines(data)
    if not pdf.lines:
        raise FalcError(texts()["pdf"]["scanned"])
    known = frozenset(word.lower() for line in pdf.lines for word in _WORD.findall(line.text)[:-1])
    body, running = edges(pdf.lines)
    collector = TextCollector()
    blocks = [_block(paragraph, collector, known) for paragraph in (*paragraphs(body), *running)]
    return Document(
        text=collector.text,
        blocks=tuple(blocks),
        name=name,
        format="pdf",
        has_lines=False,
        skipped=tuple(_skipped(pdf)),
        objects=Objects(properties=Properties(title=pdf.title or None, page_count=pdf.pages)),
    )


def _block(paragraph: Paragraph, collector: TextCollector, known: frozenset[str]) -> Block:
    first = paragraph.lines[0]
    place = _EDGES.get(paragraph.kind) or f"page {first.page}, ligne {first.number}"
    builder = BlockBuilder(paragraph.kind, place, paragraph.level, ParagraphFormat(marker=paragraph.marker or None))
    if collector.length:
        collector.append("\n")
    for line, after in joined(paragraph.lines, known):
        _add(builder, collector, line, after)
    return builder.build()


def _add(builder: BlockBuilder, collector: TextCollector, line: Line, after: str) -> None:
    text = _CONTROLS.sub("", line.text) + after
    start = collector.append(text).start
    look = TextFormat(size=line.size, weight=_BOLD if line.bold else None)
    position = 0
    for match in _LIGATURE.finditer(text):
        builder.text(text[position : match.start()], start + position, look)
        source = Span(start + match.start(), start + match.end())
        builder.standin(unicodedata.normalize("NFKC", match[0]), source, SegmentKind.ENTITY, look)
        position = match.end()
    builder.text(text[position:], start + position, look)


def _skipped(pdf: Pdf) -> Iterator[Skipped]:
    said = texts()["pdf"]["skipped"]
    for key, count in (("page", pdf.empty_pages), ("image", pdf.images), ("form", int(pdf.form))):
        if count:
            yield Skipped(said[key][0], count, said[key][1])
