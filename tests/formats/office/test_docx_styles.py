from __future__ import annotations

import pytest

from falc.formats.office.docx.text import read_docx
from falc.look import TextFormat

from .build import cell, docx, paragraph, root, run, style, table

DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:ascii="Courier"/><w:sz w:val="20"/>'
    '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>'
)
THEME = (
    '<?xml version="1.0"?><a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements>'
    '<a:fontScheme><a:majorFont><a:latin typeface="Cambria"/></a:majorFont><a:minorFont><a:latin typeface="Carlito"/>'
    "</a:minorFont></a:fontScheme></a:themeElements></a:theme>"
)
STYLES = (
    DEFAULTS
    + style("Normal", "Normal", default=True)
    + style("Gras", "Gras", "<w:rPr><w:b/></w:rPr>")
    + style("GrasFils", "Gras fils", '<w:basedOn w:val="Gras"/><w:rPr><w:sz w:val="28"/></w:rPr>')
    + style("Boucle", "Boucle", '<w:basedOn w:val="Boucle2"/><w:pPr><w:jc w:val="start"/></w:pPr><w:rPr><w:i/></w:rPr>')
    + style("Boucle2", "Boucle 2", '<w:basedOn w:val="Boucle"/><w:rPr><w:sz w:val="30"/></w:rPr>')
    + style("Fort", "Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
    + style("Police", "Police", '<w:rPr><w:rFonts w:ascii="Arial"/><w:caps/></w:rPr>', kind="character")
    + style(
        "Grille",
        "Table Grid",
        '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="16"/></w:rPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>',
        kind="table",
    )
)


def look(content: str, style_id: str = "", direct: str = "") -> tuple[TextFormat, str | None]:
    named = f'<w:pStyle w:val="{style_id}"/>' if style_id else ""
    return look_of_body(paragraph(content, properties=named + direct))


def look_of_body(body: str) -> tuple[TextFormat, str | None]:
    (block,) = read_docx(docx(body, STYLES, theme=THEME), "-").blocks
    (only,) = block.runs
    return only.format, block.format.alignment


def test_defaults_and_theme() -> None:
    assert look(run("x")) == (TextFormat(font="Carlito", size=10.0), "justify")


def test_a_file_that_says_nothing() -> None:
    (block,) = read_docx(docx(paragraph("x")), "-").blocks
    assert (block.runs[0].format, block.format.alignment) == (TextFormat(), None)


@pytest.mark.parametrize(
    ("properties", "style_id", "bold"),
    [
        ("", "Gras", True),
        ("", "GrasFils", True),
        ('<w:rStyle w:val="Fort"/>', "", True),
        ('<w:rStyle w:val="Fort"/>', "Gras", False),
        ('<w:b w:val="0"/>', "Gras", False),
        ('<w:b w:val="on"/>', "", True),
        ('<w:rStyle w:val="Fort"/><w:b/>', "Gras", True),
        ('<w:b w:val="false"/><w:rStyle w:val="Fort"/>', "", False),
        ("", "Inconnu", None),
    ],
)
def test_toggles_are_exclusive_between_styles(properties: str, style_id: str, bold: bool | None) -> None:
    assert look(run("x", properties), style_id)[0].bold is bold


def test_sizes_fonts_and_lines() -> None:
    assert look(run("x"), "GrasFils")[0].size == 14.0
    assert look(run("x", '<w:sz w:val="23"/>'), "GrasFils")[0].size == 11.5
    styled = look(run("x", '<w:rStyle w:val="Police"/>'))[0]
    assert (styled.font, styled.capitals) == ("Arial", True)
    assert look(run("x", '<w:rFonts w:ascii="Arial" w:asciiTheme="majorHAnsi"/>'))[0].font == "Cambria"
    assert look(run("x", '<w:u w:val="none"/>'))[0].underline is False
    assert look(run("x", '<w:u w:val="wave"/><w:smallCaps/>'))[0] == TextFormat(
        font="Carlito", size=10.0, underline=True, capitals=True
    )


def test_loops_are_cut() -> None:
    found, alignment = look(run("x"), "Boucle")
    assert (found.italic, found.size, alignment) == (True, 15.0, "left")


@pytest.mark.parametrize(
    ("value", "alignment"),
    [("left", "left"), ("end", "right"), ("center", "center"), ("both", "justify"), ("distribute", "justify")],
)
def test_alignment(value: str, alignment: str) -> None:
    assert look("x", direct=f'<w:jc w:val="{value}"/>')[1] == alignment


def test_table_styles() -> None:
    named = '<w:tblStyle w:val="Grille"/>{}'
    first_row = named.format('<w:tblLook w:val="0020"/>')
    for properties, bold in ((named.format(""), None), (first_row, True)):
        found, alignment = look_of_body(table((cell(paragraph("x")),), properties=properties))
        assert (found.size, found.bold, alignment) == (8.0, bold, "center")
    below = table((cell(paragraph()),), (cell(paragraph("x")),), properties=first_row)
    assert look_of_body(below)[0].bold is None


def test_a_header_has_the_same_look() -> None:
    header = root("w:hdr", paragraph(run("x", "<w:i/>")))
    body = '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    (block,) = read_docx(docx(body, STYLES, header1=header), "-").blocks
    assert block.runs[0].format.italic is True
