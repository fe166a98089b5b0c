"""The layout of a Word letter: styles, lists, tables, headers, text boxes, and a file that never changes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from markup import COLLEAGUE, STAMP, typeset, write

LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
BULLET, NUMBER = 1, 2

# Nothing may depend on the day or the machine: the same script gives the same bytes.
_WRITTEN = dt.datetime(2026, 3, 2, 9, 0)
_OLD_STYLES = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
_ZIP_DATE = (2026, 3, 2, 9, 0, 0)


def new_letter(
    title: str, author: str, font: str, size: float, *, margin: float = 2.5, spacing: float = 1.0
) -> Document:
    """Return an empty A4 letter in French, with its styles set."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(margin)
    section.header_distance = section.footer_distance = Cm(1.2)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = _WRITTEN
    properties.language, properties.comments, properties.revision = "fr-FR", "", 1
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), "fr-FR")
    for name in ("Normal", "Header", "Footer", "Title", "Heading 1", "Heading 2", "List Paragraph", "Table Grid"):
        _restyle(document, name, font, size, spacing)
    _define_lists(document)
    return document


def _restyle(document: Document, name: str, font: str, size: float, spacing: float) -> None:
    """Give a style of the template our font: its own colours and theme fonts are American."""
    style = document.styles[name]
    for tag in ("w:rPr", "w:pPr") if name in ("Title", "Heading 1", "Heading 2", "Header", "Footer") else ("w:rPr",):
        for element in style.element.findall(qn(tag)):
            style.element.remove(element)
    if name == "Table Grid":
        return
    style.font.name, style.font.color.rgb = font, RGBColor(0, 0, 0)
    style.element.rPr.rFonts.set(qn("w:cs"), font)
    shape = style.paragraph_format
    if name == "Normal":
        style.font.size = Pt(size)
        shape.line_spacing, shape.space_after = spacing, Pt(round(0.6 * size * spacing))
    elif name in ("Title", "Heading 1", "Heading 2"):
        # The outline level is what makes a heading a heading: the pPr we dropped held it.
        level = {"Heading 1": 0, "Heading 2": 1}.get(name)
        style.font.bold, style.font.size = True, Pt(size + {"Title": 5, "Heading 1": 2, "Heading 2": 0}[name])
        shape.space_before, shape.space_after, shape.keep_with_next = Pt(size), Pt(size / 2), True
        if level is not None:
            outline = OxmlElement("w:outlineLvl")
            outline.set(qn("w:val"), str(level))
            style.element.get_or_add_pPr().append(outline)


def _define_lists(document: Document) -> None:
    """Replace the lists of the template by one bulleted and one numbered list."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for number, (kind, text) in {BULLET: ("bullet", "•"), NUMBER: ("decimal", "%1.")}.items():
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
                f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
                '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum>'
            )
        )
    for number in (BULLET, NUMBER):
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )


def paragraph(
    place: Document | _Cell,
    text: str = "",
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    style: str | None = None,
    before: float | None = None,
    after: float | None = None,
    indent: float | None = None,
) -> Paragraph:
    """Add a paragraph written in our markup."""
    added = place.add_paragraph(style=style)
    shape = added.paragraph_format
    shape.alignment = align
    if before is not None:
        shape.space_before = Pt(before)
    if after is not None:
        shape.space_after = Pt(after)
    if indent is not None:
        shape.left_indent = Cm(indent)
    return write(added, text)


def items(document: Document, texts: Iterable[str], kind: int = BULLET, **options: object) -> None:
    """Add a list with real numbering."""
    for text in texts:
        added = paragraph(document, text, style="List Paragraph", **options)
        properties = added._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = kind


def table(document: Document, rows: Sequence[Sequence[str]], widths: Sequence[float], **options: object) -> Table:
    """Add a table with borders; its first row is the header."""
    added = document.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    added.autofit = False
    for line, row in zip(added.rows, rows, strict=True):
        for cell, text, width in zip(line.cells, row, widths, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            cell.paragraphs[0].paragraph_format.alignment = options.get("align")
            write(cell.paragraphs[0], f"**{text}**" if line is added.rows[0] or row is rows[0] else text)
    for column, width in zip(added.columns, widths, strict=True):
        column.width = Cm(width)
    header = OxmlElement("w:tblHeader")
    added.rows[0]._tr.get_or_add_trPr().append(header)
    paragraph(document, after=0)
    return added


def band(
    place: object, lines: Iterable[str], align: WD_ALIGN_PARAGRAPH, size: float | None = None, rule: str = ""
) -> None:
    """Fill a header or a footer; `rule` is the side of the line drawn along it: top or bottom."""
    place.is_linked_to_previous = False
    first = place.paragraphs[0]
    text = list(lines)
    for index, line in enumerate(text):
        added = first if index == 0 else place.add_paragraph(style=first.style)
        added.paragraph_format.alignment, added.paragraph_format.space_after = align, Pt(0)
        write(added, line, size=size)
        if index == len(text) - 1 and rule != "top":
            added.paragraph_format.space_after = Pt(10)
        if rule and index == (0 if rule == "top" else len(text) - 1):
            border = f'<w:pBdr {nsdecls("w")}><w:{rule} w:val="single" w:sz="6" w:space="4" w:color="444444"/></w:pBdr>'
            added._p.get_or_add_pPr().insert_element_before(parse_xml(border), "w:spacing", "w:ind", "w:jc")


def text_box(document: Document, lines: Sequence[str], height: float, width: float = 16.0) -> None:
    """Add a framed box, in both ways that Word stores it: the drawing and its old-style copy."""
    inner = "".join(
        f'<w:p><w:pPr><w:spacing w:after="40"/><w:jc w:val="center"/></w:pPr><w:r>{"<w:rPr><w:b/></w:rPr>" * (n == 0)}'
        f'<w:t xml:space="preserve">{typeset(line)}</w:t></w:r></w:p>'
        for n, line in enumerate(lines)
    )
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    cx, cy = int(Cm(width)), int(Cm(height))
    drawing = (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        '<wp:docPr id="1" name="Zone de texte 1"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect">'
        '<a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="EEF3F8"/></a:solidFill><a:ln w="9525"><a:solidFill>'
        '<a:srgbClr val="444444"/></a:solidFill></a:ln></wps:spPr>'
        f'<wps:txbx>{content}</wps:txbx><wps:bodyPr wrap="square" anchor="ctr"/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    fallback = (
        f'<w:pict><v:shape type="#_x0000_t202" style="width:{width}cm;height:{height}cm" fillcolor="#eef3f8" '
        f'strokecolor="#444444"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
    )
    run = paragraph(document, align=CENTER).add_run()
    run._r.append(
        parse_xml(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
            f'xmlns:v="urn:schemas-microsoft-com:vml" {nsdecls("w", "wp", "a")}>'
            f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
            "</mc:AlternateContent>"
        )
    )


def comment(document: Document, target: Paragraph, text: str) -> None:
    """Add the remark of a colleague on a whole paragraph."""
    added = document.add_comment(target.runs, text=typeset(text), author=COLLEAGUE, initials="KD")
    added._comment_elm.set(qn("w:date"), STAMP)


def save(document: Document, path: Path) -> None:
    """Write the letter; the same letter always gives the same bytes."""
    _drop_unused_styles(document)
    # A picture of the American template, and a copy of its styles for Word 2007.
    for relationships in (document.part.package.rels, document.part.rels):
        for key, relationship in list(relationships.items()):
            if relationship.reltype in (RT.THUMBNAIL, _OLD_STYLES):
                del relationships[key]
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w") as archive:
        for name in made.namelist():
            # Stored, not compressed: what zlib writes differs from one version to the next.
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), made.read(name))


def _drop_unused_styles(document: Document) -> None:
    """Remove the styles of the template that nothing uses: a hundred coloured tables."""
    styles = document.styles.element
    by_id = {style.get(qn("w:styleId")): style for style in styles.findall(qn("w:style"))}
    used = {key for key, style in by_id.items() if style.get(qn("w:default"))}
    used |= {"Heading1", "Heading2", "Title", "ListParagraph"}
    parts = [part for part in document.part.package.iter_parts() if part.partname.endswith(".xml")]
    for part in parts:
        if part is not document.part._styles_part:
            used |= set(re.findall(r'w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', part.blob.decode("utf-8")))
    waiting = list(used)
    while waiting:
        style = by_id.get(waiting.pop())
        for tag in ("w:basedOn", "w:link", "w:next") if style is not None else ():
            for reference in style.findall(qn(tag)):
                key = reference.get(qn("w:val"))
                if key not in used:
                    used.add(key)
                    waiting.append(key)
    for key, style in by_id.items():
        if key not in used:
            styles.remove(style)
