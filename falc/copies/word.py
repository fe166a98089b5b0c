"""Write a copy as a Word file, on the empty file of python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from docx.section import _Footer, _Header
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from falc.copies.added import add_total, is_page_number, notes_at_end, page_number, trimmed
from falc.copies.content import BODY, FOOTER, HEADER, NOTE, Contents, Paragraph
from falc.copies.looks import LINK_COLOR, PAGE_WIDTH, Look
from falc.copies.numbering import Lists
from falc.copies.shown import Piece
from falc.copies.styles import set_look
from falc.document import BlockKind
from falc.formats.office.review import source_date
from falc.texts import texts

if TYPE_CHECKING:
    from docx.oxml.text.paragraph import CT_P

__all__ = ["word_file"]

# XML takes no control characters, and a text may hold some.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BROKEN = re.compile("([\n\t])")
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S", re.IGNORECASE)
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
_WIDE_TABLE = 4  # columns: it takes the room of the pictures too
_CELL_MARGIN = 5.4  # points: what Word leaves at the sides of a cell
_UNKNOWN_WIDTH = 120.0  # at most, of a picture whose width the source does not say
_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a zip file can say
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def word_file(contents: Contents, look: Look, pictures: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a new Word file.  Two calls give the same bytes when SOURCE_DATE_EPOCH is set."""
    file = docx.Document()
    set_look(file, look)
    _drop_old_styles(file)
    _Writer(file, look, pictures, contents.headed).write(contents)
    properties = file.core_properties
    properties.title, properties.language = _clean(contents.title), "fr-FR"
    properties.author = properties.last_modified_by = properties.comments = ""
    made = (source_date() or datetime.now(UTC)).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = made
    stream = io.BytesIO()
    file.save(stream)
    return _with_one_date(stream.getvalue())


def _drop_old_styles(file: docx.document.Document) -> None:
    """Leave out the second set of styles of python-docx's template: Word 2007 wrote it, and it contradicts ours."""
    links = file.part.rels
    for identifier in [name for name, link in links.items() if link.reltype.endswith("/stylesWithEffects")]:
        del links[identifier]


def _with_one_date(data: bytes) -> bytes:
    """Write a zip file again without the time of day in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            name = zipfile.ZipInfo(entry.filename, _OLDEST)
            name.compress_type, name.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            after.writestr(name, before.read(entry))
    return stream.getvalue()


class _Writer:
    """Adds paragraphs where they belong."""

    def __init__(self, file: WordFile, look: Look, pictures: Mapping[str, bytes], headed: frozenset[str]) -> None:
        self._file, self._look, self._pictures, self._headed = file, look, pictures, headed
        self._lists = Lists(file.part.numbering_part.element)
        self._width = PAGE_WIDTH - look.left - look.margin
        self._targets: dict[str, str] = {}
        self._shown = 0

    def write(self, contents: Contents) -> None:
        """Write all flows of `contents`."""
        body = self._file.element.body
        end = body.sectPr
        headings = (paragraph.level for paragraph in contents.of(BODY) if paragraph.kind is BlockKind.HEADING)
        level = min(headings, default=1)
        for element in self._elements(contents.of(BODY)):
            end.addprevious(element)
        for element in self._elements(list(notes_at_end(contents.of(NOTE), level))):
            end.addprevious(element)
        if len(body) == 1 or body[-2].tag == qn("w:tbl"):  # Word wants a paragraph at the end
            end.addprevious(OxmlElement("w:p"))
        section = self._file.sections[0]
        # A page number alone is written by the copy itself.
        header = [paragraph for paragraph in contents.of(HEADER) if not is_page_number(paragraph)]
        footer = [paragraph for paragraph in contents.of(FOOTER) if not is_page_number(paragraph)]
        fields = {piece.field for paragraph in (*header, *footer) for piece in paragraph.pieces}
        if "PAGE" not in fields:
            footer.append(Paragraph(page_number(), BlockKind.FOOTER, flow=FOOTER))
        elif "NUMPAGES" not in fields:
            for paragraph in (*header, *footer):
                add_total(paragraph.pieces)
        self._write_edge(section.header, header)
        self._write_edge(section.footer, footer)

    def _write_edge(self, edge: _Header | _Footer, paragraphs: Sequence[Paragraph]) -> None:
        """Write a header or a footer, with a blank between it and the text."""
        if not paragraphs:
            return
        root = edge._element
        for child in list(root):
            root.remove(child)
        for paragraph in paragraphs:
            root.append(self._paragraph(paragraph, edge.part))
        at_top = root.tag == qn("w:hdr")
        properties = root[-1 if at_top else 0].find(qn("w:pPr"))
        spacing = etree.SubElement(properties, qn("w:spacing"))
        spacing.set(qn("w:after" if at_top else "w:before"), str(round(20 * self._look.after)))

    def _elements(self, paragraphs: Sequence[Paragraph]) -> Iterator[etree._Element]:
        part = self._file.part
        for table, inside in groupby(paragraphs, key=lambda p: p.cell.table if p.cell else ""):
            if table:
                yield self._table(table, list(inside))
                yield _gap()
            else:
                yield from (self._paragraph(paragraph, part) for paragraph in inside)

    def _table(self, name: str, paragraphs: Sequence[Paragraph]) -> etree._Element:
        cells: dict[tuple[int, int], list[Paragraph]] = {}
        for paragraph in paragraphs:
            if paragraph.cell:
                cells.setdefault((paragraph.cell.row, paragraph.cell.column), []).append(paragraph)
        first = min(row for row, _ in cells)
        rows, columns = max(row for row, _ in cells) - first + 1, max(column for _, column in cells) + 1
        wide = columns >= _WIDE_TABLE
        width = PAGE_WIDTH - 2 * self._look.margin if wide else self._width - _CELL_MARGIN
        table = Table(docx.oxml.table.CT_Tbl.new_tbl(rows, columns, Pt(width)), self._file.part)
        table.style = self._file.styles["Table Grid"]
        said = table._tbl.tblPr.find(qn("w:tblW"))
        if said is not None:
            # The text of the first column stands under the text above, not the line around it.
            start = self._look.margin - self._look.left if wide else _CELL_MARGIN
            indent = OxmlElement("w:tblInd")
            indent.set(qn("w:w"), str(round(20 * start)))
            indent.set(qn("w:type"), "dxa")
            said.addnext(indent)
        for row, line in enumerate(table._tbl.tr_lst):
            _row_properties(line, head=row == 0 and name in self._headed)
            for column, cell in enumerate(line.tc_lst):
                inside = cells.get((row + first, column))
                if inside:
                    cell.remove(cell.p_lst[0])
                    cell.extend(self._paragraph(p, self._file.part, width / columns) for p in inside)
        return table._tbl

    def _paragraph(self, paragraph: Paragraph, part: StoryPart, width: float | None = None) -> etree._Element:
        element = OxmlElement("w:p")
        properties = etree.SubElement(element, qn("w:pPr"))
        if paragraph.picture is not None:
            self._add_picture(element, properties, paragraph, part, width or self._width)
            return element
        heading = paragraph.kind is BlockKind.HEADING
        style = f"Heading{min(max(paragraph.level, 1), 9)}" if heading else _STYLES.get(paragraph.flow)
        if style:
            _child(properties, "w:pStyle", style)
        if paragraph.kind is BlockKind.CAPTION:
            etree.SubElement(properties, qn("w:keepNext"))
        if paragraph.marker:
            numbers = etree.SubElement(properties, qn("w:numPr"))
            _child(numbers, "w:ilvl", str(min(max(paragraph.level if not heading else 1, 1), 9) - 1))
            number = self._lists.item(paragraph.marker, 1 if heading else paragraph.level)
            _child(numbers, "w:numId", str(number))
        if paragraph.cell or (paragraph.marker and not heading):
            spacing = etree.SubElement(properties, qn("w:spacing"))
            spacing.set(qn("w:after"), str(round(20 * self._look.after_item)))
        for piece in trimmed(paragraph.pieces) if not self._look.italics else paragraph.pieces:
            self._add_piece(element, piece, part, plain=heading)
        return element

    def _add_piece(self, element: etree._Element, piece: Piece, part: StoryPart, *, plain: bool) -> None:
        around = element
        link = self._relation(piece.link, part) if piece.link else None
        if link:
            around = etree.SubElement(element, qn("w:hyperlink"))
            around.set(qn("r:id"), link)
        if piece.field:
            around = etree.SubElement(around, qn("w:fldSimple"))
            around.set(qn("w:instr"), piece.field)
        run = etree.SubElement(around, qn("w:r"))
        properties = etree.SubElement(run, qn("w:rPr"))
        if piece.bold and not plain:
            etree.SubElement(properties, qn("w:b"))
        if piece.italic and self._look.italics:
            etree.SubElement(properties, qn("w:i"))
        if piece.strike:
            etree.SubElement(properties, qn("w:strike"))
        if link:
            _child(properties, "w:color", LINK_COLOR)
            _child(properties, "w:u", "single")
        if not len(properties):
            run.remove(properties)
        for text in _BROKEN.split(_clean(piece.text)):
            if text == "\n":
                etree.SubElement(run, qn("w:br"))
            elif text == "\t":
                etree.SubElement(run, qn("w:tab"))
            elif text:
                words = etree.SubElement(run, qn("w:t"))
                words.text = text
                words.set(_SPACE, "preserve")

    def _relation(self, target: str, part: StoryPart) -> str | None:
        """Return the relation of a link to the outside; one inside the source leads nowhere in the copy."""
        if not _ADDRESS.match(target.strip()):
            return None
        address = quote(target.strip(), safe=_SAFE)
        key = f"{id(part)} {address}"
        if key not in self._targets:
            # `relate_to` looks through all relations each time.
            self._targets[key] = f"rIdLink{len(self._targets) + 1}"
            part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, address, self._targets[key], is_external=True)
        return self._targets[key]

    def _add_picture(
        self, element: etree._Element, properties: etree._Element, paragraph: Paragraph, part: StoryPart, width: float
    ) -> None:
        """Show a picture, or a frame that says what it shows."""
        picture = paragraph.picture
        if picture is None:
            return
        if style := _STYLES.get(paragraph.flow):
            _child(properties, "w:pStyle", style)
        content = self._pictures.get(picture.digest or "")
        if content is not None:
            try:
                run = WordParagraph(cast("CT_P", element), _Parent(part)).add_run()
                shown = run.add_picture(io.BytesIO(content))
            except Exception:  # python-docx raises many kinds for pictures that are no good
                for child in list(element)[1:]:
                    element.remove(child)
            else:
                wanted = min(picture.width or min(shown.width.pt, _UNKNOWN_WIDTH), width)
                height = round(shown.height * Pt(wanted) / max(shown.width, 1))
                shown.width, shown.height = Pt(wanted), max(height, 1)
                self._shown += 1  # python-docx counts anew in each header
                shown._inline.docPr.set("id", str(self._shown))
                shown._inline.docPr.set("descr", _clean(picture.alt or ""))
                return
        said = texts()["convert"]
        kind = "chart" if picture.kind == "chart" else "picture"
        text = said[kind].format(alt=picture.alt) if picture.alt else said[f"no_{kind}"]
        borders = etree.SubElement(properties, qn("w:pBdr"))
        for side in ("top", "left", "bottom", "right"):
            border = etree.SubElement(borders, qn(f"w:{side}"))
            for name, value in (("val", "single"), ("sz", "8"), ("space", "6"), ("color", "404040")):
                border.set(qn(f"w:{name}"), value)
        self._add_piece(element, Piece(text), part, plain=True)


class _Parent:
    """What python-docx asks of the surroundings of a paragraph."""

    def __init__(self, part: StoryPart) -> None:
        self.part = part


_STYLES = {HEADER: "Header", FOOTER: "Footer"}


def _gap() -> etree._Element:
    """Return the empty paragraph that keeps two tables apart."""
    element = OxmlElement("w:p")
    spacing = etree.SubElement(etree.SubElement(element, qn("w:pPr")), qn("w:spacing"))
    spacing.set(qn("w:after"), "0")
    return element


def _row_properties(row: etree._Element, *, head: bool) -> None:
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    etree.SubElement(properties, qn("w:cantSplit"))
    if head:
        etree.SubElement(properties, qn("w:tblHeader"))


def _child(parent: etree._Element, tag: str, value: str) -> None:
    etree.SubElement(parent, qn(tag)).set(qn("w:val"), value)


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text.replace("\f", " "))
