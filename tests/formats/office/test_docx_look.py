from __future__ import annotations

import pytest

from falc.document import Block, Document
from falc.formats.office.docx.text import read_docx
from falc.formats.office.specimen import docx_specimen
from falc.look import LineSpacing, TextFormat

from .build import archive, paragraph, parts, root

DEFAULTS = "<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault><w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
THEME = (
    "<a:themeElements><a:clrScheme><a:dk1><a:sysClr val='windowText' lastClr='000000'/></a:dk1><a:lt1><a:srgbClr "
    "val='FFFFFF'/></a:lt1><a:dk2><a:srgbClr val='44546A'/></a:dk2><a:accent1><a:srgbClr val='4472C4'/></a:accent1>"
    "</a:clrScheme><a:fontScheme><a:majorFont><a:latin typeface='Cambria'/></a:majorFont></a:fontScheme>"
    "</a:themeElements>"
)


def read(body: str, **parts: str) -> Document:
    return read_docx(docx_specimen(body, parts), "-")


def p(text: str = "x", properties: str = "", look: str = "") -> str:
    content = (
        text if text.startswith("<") else f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if text else ''}</w:p>"


def characters(look: str, properties: str = "", **parts: str) -> TextFormat:
    (block,) = read(p("x", properties, look), **parts).blocks
    return block.runs[0].format


def blocks(body: str, **parts: str) -> dict[str, Block]:
    return {block.text: block for block in read(body, **parts).blocks}


def style(identifier: str, content: str, kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{identifier} !"/>{content}</w:style>'


@pytest.mark.parametrize(
    ("properties", "name", "value"),
    [
        ("<w:strike/>", "strike", True),
        ("<w:dstrike/>", "strike", True),
        ('<w:dstrike w:val="0"/>', "strike", False),
        ('<w:u w:color="00000a"/>', "underline", None),
        ('<w:u w:val="dash"/>', "underline", True),
        ("<w:shadow/><w:emboss/>", "effects", ("emboss", "shadow")),
        ("<w:imprint/><w:outline w:val='0'/>", "effects", ("imprint",)),
        ('<w14:glow w14:rad="63500"/>', "effects", ("glow",)),
        ('<w14:glow w14:rad="0"/>', "effects", ()),
        ("<w14:textOutline><w14:noFill/></w14:textOutline>", "effects", ()),
        ("<w14:textOutline><w14:solidFill/></w14:textOutline>", "effects", ("outline",)),
        ("<w14:shadow><w14:srgbClr><w14:alpha w14:val='60000'/></w14:srgbClr></w14:shadow>", "effects", ("shadow",)),
        ("<w14:shadow><w14:srgbClr><w14:alpha w14:val='100000'/></w14:srgbClr></w14:shadow>", "effects", ()),
        ('<w:effect w:val="blinkBackground"/>', "effects", ("blink",)),
        ('<w:spacing w:val="-10"/>', "spacing", -0.5),
        ('<w:spacing w:val="1pt"/>', "spacing", 1.0),
        ('<w:w w:val="80%"/>', "scale", 0.8),
        ('<w:lang w:val="fr-CH"/>', "language", "fr-CH"),
        ('<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>', "accent_font", None),
        ('<w:rFonts w:ascii="Arial" w:hAnsi="Symbola"/>', "accent_font", "Symbola"),
        ('<w:color w:val="auto"/>', "color", None),
        ('<w:color w:val="C00000"/>', "color", "#c00000"),
        ('<w:color w:val="rouge"/>', "color", None),
        ('<w:color w:val="000000" w:themeColor="accent1"/>', "color", "#4472c4"),
        ('<w:color w:val="111111" w:themeColor="accent6"/>', "color", "#111111"),
        ('<w:color w:val="000000" w:themeColor="background1"/>', "color", "#ffffff"),
        ('<w:color w:val="000000" w:themeColor="accent1" w:themeShade="80"/>', "color", "#203965"),
        ('<w:highlight w:val="yellow"/>', "background", "#ffff00"),
        ('<w:highlight w:val="none"/><w:shd w:fill="00FF00"/>', "background", "#00ff00"),
        ('<w:shd w:val="clear" w:fill="auto"/>', "background", None),
        ('<w:shd w:val="solid" w:color="112233" w:fill="FFFFFF"/>', "background", "#112233"),
        ('<w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>', "background", "#808080"),
        ('<w:shd w:val="clear" w:themeFill="text1"/>', "background", "#000000"),
    ],
)
def test_characters(properties: str, name: str, value: object) -> None:
    assert getattr(characters(properties, theme=THEME), name) == value


def test_a_toggle_of_two_styles_is_off() -> None:
    styles = style("A", "<w:rPr><w:strike/></w:rPr>") + style("B", "<w:rPr><w:strike/></w:rPr>", "character")
    named = '<w:pStyle w:val="A"/>'
    assert characters("", named, styles=styles).strike is True
    assert characters('<w:rStyle w:val="B"/>', named, styles=styles).strike is False
    assert characters('<w:rStyle w:val="B"/><w:strike/>', named, styles=styles).strike is True


def test_a_colour_of_a_style_can_be_made_automatic() -> None:
    styles = style("A", '<w:rPr><w:color w:val="FF0000"/></w:rPr>')
    named = '<w:pStyle w:val="A"/>'
    assert characters("", named, styles=styles).color == "#ff0000"
    assert characters('<w:color w:val="auto"/>', named, styles=styles).color is None


def test_colours_go_through_the_mapping_of_the_settings() -> None:
    mapping = '<w:clrSchemeMapping w:bg1="dark2" w:t1="light1"/>'
    assert characters('<w:color w:themeColor="text1"/>', theme=THEME, settings=mapping).color == "#ffffff"
    assert characters('<w:color w:themeColor="background1"/>', theme=THEME, settings=mapping).color == "#44546a"


def test_what_is_behind_letters() -> None:
    shade = '<w:shd w:fill="{}"/>'.format
    styles = style(
        "T",
        f"<w:tcPr>{shade('AAAAAA')}</w:tcPr><w:tblStylePr w:type='firstRow'><w:tcPr>{shade('BBBBBB')}</w:tcPr>"
        "</w:tblStylePr>",
        "table",
    )
    row = "<w:tr><w:tc><w:tcPr>{}</w:tcPr>{}</w:tc></w:tr>".format
    table = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="T"/><w:tblLook w:val="0620"/></w:tblPr>'
        + row("", p("premier"))
        + row(shade("CCCCCC"), p("cellule") + p("paragraphe", shade("DDDDDD")))
        + row("", p("style") + p("lettres", shade("DDDDDD"), shade("EEEEEE")))
        + "</w:tbl>"
    )
    found = blocks(table + p("page"), styles=styles)
    behind = {text: block.runs[0].format.background for text, block in found.items()}
    assert behind == {
        "premier": "#bbbbbb",
        "cellule": "#cccccc",
        "paragraphe": "#dddddd",
        "style": "#aaaaaa",
        "lettres": "#eeeeee",
        "page": None,
    }


def test_the_page_is_behind_letters_only_when_it_is_displayed() -> None:
    content = parts(paragraph("x"), settings=root("w:settings", "<w:displayBackgroundShape/>"))
    body = root("w:document", f'<w:background w:color="FFFFCC"/><w:body>{paragraph("x")}</w:body>')
    shown = read_docx(archive({**content, "word/document.xml": body}), "-")
    assert shown.blocks[0].runs[0].format.background == "#ffffcc"
    assert shown.objects.properties.background == "#ffffcc"
    without = {**parts(paragraph("x")), "word/document.xml": body}
    assert read_docx(archive(without), "-").objects.properties.background is None


@pytest.mark.parametrize(
    ("properties", "name", "value"),
    [
        ('<w:spacing w:line="360"/>', "line_spacing", LineSpacing(1.5, "lines")),
        ('<w:spacing w:line="300" w:lineRule="exact"/>', "line_spacing", LineSpacing(15, "points")),
        ('<w:spacing w:line="300" w:lineRule="atLeast"/>', "line_spacing", LineSpacing(15, "points", at_least=True)),
        ("", "line_spacing", LineSpacing(1.0, "lines")),
        ('<w:spacing w:before="240" w:after="60"/>', "space_before", 12.0),
        ('<w:spacing w:before="240" w:beforeAutospacing="1"/>', "space_before", 14.0),
        ('<w:spacing w:after="240" w:afterAutospacing="0"/>', "space_after", 12.0),
        ('<w:ind w:left="720"/>', "left", 36.0),
        ('<w:ind w:start="360" w:end="100"/>', "right", 5.0),
        ('<w:ind w:firstLine="200" w:hanging="300"/>', "first_line", -15.0),
        ("", "first_line", 0.0),
        ("<w:keepLines/>", "keep_together", True),
        ("<w:keepNext/>", "keep_with_next", True),
        ("", "keep_with_next", False),
        ('<w:widowControl w:val="0"/>', "widow_control", False),
        ("", "widow_control", True),
        ("<w:pageBreakBefore/>", "page_break_before", True),
        ("", "hyphenate", True),
        ("<w:suppressAutoHyphens/>", "hyphenate", False),
        ('<w:pBdr><w:left w:val="single"/></w:pBdr>', "boxed", True),
        ('<w:pBdr><w:left w:val="nil"/></w:pBdr>', "boxed", False),
        ('<w:shd w:fill="EEEEEE"/>', "boxed", True),
        ('<w:framePr w:w="100"/>', "floating", True),
        ('<w:textDirection w:val="btLr"/>', "vertical", True),
        ('<w:textDirection w:val="lrTb"/>', "vertical", False),
        ('<w:pStyle w:val="A"/>', "style", "A !"),
        ("", "columns", 1),
    ],
)
def test_paragraphs(properties: str, name: str, value: object) -> None:
    styles = DEFAULTS + style("A", "")
    (block,) = read(p("x", properties) + "<w:sectPr/>", styles=styles, settings="<w:autoHyphenation/>").blocks
    assert getattr(block.format, name) == value


def test_a_file_without_defaults_says_nothing() -> None:
    (block,) = read(p("x")).blocks
    look = block.format
    assert (look.line_spacing, look.space_before, look.left, look.widow_control, look.hyphenate) == (None,) * 5
    assert (look.columns, look.marker, look.style, look.blank_before) == (None, None, None, 0)


def test_paragraphs_of_one_style_can_do_without_space() -> None:
    spaced = '<w:spacing w:before="100" w:after="200"/>'
    styles = style("A", f"<w:pPr>{spaced}<w:contextualSpacing/></w:pPr>")
    named = '<w:pStyle w:val="A"/>'
    inside = f"<w:sdt><w:sdtContent>{p('trois', named)}</w:sdtContent></w:sdt>"
    found = blocks(p("un", spaced) + p("deux", named) + inside + p("quatre", named) + p("fin"), styles=styles)
    spaces = {text: (block.format.space_before, block.format.space_after) for text, block in found.items()}
    assert spaces["deux"] == (5.0, 0.0)
    assert spaces["trois"] == (0.0, 0.0)
    assert spaces["quatre"] == (0.0, 10.0)
    assert spaces["un"] == (5.0, 10.0)


def test_empty_paragraphs_before() -> None:
    picture = p('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="a"/></wp:inline></w:drawing></w:r>')
    cells = f"<w:tbl><w:tr><w:tc>{p('case')}</w:tc></w:tr></w:tbl>"
    body = p("un") + p("") + p(" ") + p("deux") + p("") + picture + p("trois") + p("") + cells + p("quatre")
    assert {text: block.format.blank_before for text, block in blocks(body).items()} == {
        "un": 0,
        "deux": 2,
        "trois": 0,
        "case": 0,
        "quatre": 0,
    }


def test_empty_paragraphs_with_borders_and_shades() -> None:
    """A lone border is a line across the page; inside a box or a shade, an empty paragraph is a blank line."""
    rule = '<w:pBdr><w:bottom w:val="single"/></w:pBdr>'
    frame = "<w:pBdr>" + "".join(f'<w:{side} w:val="single"/>' for side in ("top", "bottom")) + "</w:pBdr>"
    shade = '<w:shd w:val="clear" w:fill="FFFFFF"/>'
    body = p("un") + p("", rule) + p("") + p("deux") + p("trois", frame) + p("", frame) + p("quatre", frame)
    body += p("", rule) + p("cinq") + p("six", shade) + p("<w:r/>", shade) + p("sept", shade)
    blanks = [block.format.blank_before for block in read(body).blocks]
    assert blanks == [0, 1, 0, 1, 0, 0, 1]


def test_space_of_a_style_apart_in_a_cell() -> None:
    """The default style says nothing of a style that is not based on it (ECMA-376-1, 17.7.2), in tables neither."""
    spaced = '<w:pPr><w:spacing w:after="200"/></w:pPr>'
    normal = f'<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>{spaced}</w:style>'
    grid = style("Grille", "", "table")
    cell = p("case", '<w:pStyle w:val="Seul"/><w:spacing w:before="20"/>')
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="Grille"/></w:tblPr><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>'
    found = blocks(table + p("normal"), styles=DEFAULTS + normal + style("Seul", "") + grid)
    spaces = {text: (block.format.space_before, block.format.space_after) for text, block in found.items()}
    assert spaces == {"case": (1.0, 0.0), "normal": (0.0, 10.0)}


def test_page_breaks() -> None:
    cut = '<w:r><w:br w:type="page"/></w:r>'
    word = "<w:r><w:t>{}</w:t></w:r>".format
    body = (
        p(cut + word("début")) + p(word("avant") + cut) + p("après") + p(cut) + p("seul")
        + p(word("au") + cut + word("milieu")) + p("suite") + p("section", "<w:sectPr/>") + p("nouvelle")
        + p("continue", '<w:sectPr/>') + p("fin") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    )  # fmt: skip
    found = blocks(body)
    assert {text.strip() for text, block in found.items() if block.format.page_break_before} == {
        "début",
        "après",
        "seul",
        "nouvelle",
    }


def test_columns_are_those_of_the_section() -> None:
    uneven = '<w:cols w:equalWidth="0"><w:col w:w="1"/><w:col w:w="2"/><w:col w:w="3"/></w:cols>'
    body = (
        p("un", "<w:sectPr/>")
        + p("deux", '<w:sectPr><w:cols w:num="2"/></w:sectPr>')
        + p("trois")
        + f"<w:sectPr>{uneven}</w:sectPr>"
    )
    document = read(body, header=p("en-tête"))
    columns = {block.text: block.format.columns for block in document.blocks}
    assert columns == {"un": 1, "deux": 2, "trois": 3, "en-tête": 1}
    assert [page.columns for page in document.objects.pages] == [1, 2, 3]
    assert [document.slice(page.span).strip() for page in document.objects.pages] == ["un", "deux", "trois"]


def box(content: str, properties: str = "", more: str = "") -> str:
    return p(
        f"<w:r><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:spPr>{properties}</wps:spPr>{more}"
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></w:r>"
    )


def test_text_boxes() -> None:
    fill = '<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>'
    ink = '<wps:style><a:fontRef idx="minor"><a:schemeClr val="lt1"/></a:fontRef></wps:style>'
    body = (
        box(p("bleue"), fill, ink + '<wps:bodyPr numCol="2"/>')
        + box(p("tournée"), '<a:xfrm rot="5400000"/>')
        + box(p("debout"), "", '<wps:bodyPr vert="vert270"/>')
        + box(p("dégradé"), "<a:gradFill/>")
        + p("dehors")
    )
    found = blocks(body, theme=THEME)
    blue = found["bleue"]
    assert (blue.runs[0].format.background, blue.runs[0].format.color) == ("#1f3864", "#ffffff")
    assert (blue.format.floating, blue.format.columns, blue.format.vertical) == (True, 2, False)
    assert found["tournée"].format.vertical
    assert found["debout"].format.vertical
    assert found["dégradé"].runs[0].format.background is None
    assert not found["dehors"].format.floating


@pytest.mark.parametrize(
    ("properties", "more", "boxed"),
    [
        ("", "", False),
        ('<a:solidFill><a:srgbClr val="FFFF00"/></a:solidFill>', "", True),
        ("<a:gradFill/>", "", True),
        ("<a:noFill/><a:ln><a:noFill/></a:ln>", "", False),
        ("<a:noFill/><a:ln w='9525'><a:solidFill><a:srgbClr val='000000'/></a:solidFill></a:ln>", "", True),
        ("", '<wps:style><a:lnRef idx="2"/><a:fillRef idx="0"/></wps:style>', True),
        ("", '<wps:style><a:lnRef idx="0"/><a:fillRef idx="1"/></wps:style>', True),
        ("<a:noFill/><a:ln w='1'/>", '<wps:style><a:lnRef idx="2"/><a:fillRef idx="1"/></wps:style>', True),
        ("<a:noFill/><a:ln><a:noFill/></a:ln>", '<wps:style><a:lnRef idx="2"/></wps:style>', False),
    ],
)
def test_lines_and_fills_of_text_boxes(properties: str, more: str, boxed: bool) -> None:
    assert blocks(box(p("x"), properties, more))["x"].format.boxed is boxed


@pytest.mark.parametrize(
    ("attributes", "inner", "boxed"),
    [
        ("", "", True),
        ('filled="f" stroked="f"', "", False),
        ('filled="f"', '<v:stroke on="f"/>', False),
        ('filled="f"', "", True),
        ('stroked="false"', "", True),
    ],
)
def test_lines_and_fills_of_old_text_boxes(attributes: str, inner: str, boxed: bool) -> None:
    content = f"<v:textbox><w:txbxContent>{p('x')}</w:txbxContent></v:textbox>"
    shape = f"<w:r><w:pict><v:shape {attributes}>{inner}{content}</v:shape></w:pict></w:r>"
    assert blocks(p(shape))["x"].format.boxed is boxed


def test_old_text_boxes() -> None:
    shape = "<w:r><w:pict><v:shape {}><v:textbox style='layout-flow:vertical'><w:txbxContent>{}</w:txbxContent>"
    shape += "</v:textbox></v:shape></w:pict></w:r>"
    found = blocks(p(shape.format('fillcolor="#fc0"', p("jaune"))) + p(shape.format('filled="f"', p("vide"))))
    assert (found["jaune"].runs[0].format.background, found["vide"].runs[0].format.background) == ("#ffcc00", None)
    assert found["jaune"].format.vertical


def test_turned_cells() -> None:
    cells = "<w:tc><w:tcPr><w:textDirection w:val='btLr'/></w:tcPr>{}</w:tc><w:tc>{}</w:tc>".format(p("a"), p("b"))
    found = blocks(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert (found["a"].format.vertical, found["b"].format.vertical) == (True, False)


def test_links_look_like_links() -> None:
    word = "<w:r><w:t>{}</w:t></w:r>".format
    fields = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "https://a.fr" \\o "b"</w:instrText>'
    fields += '<w:fldChar w:fldCharType="separate"/><w:t>deux</w:t><w:fldChar w:fldCharType="end"/></w:r>'
    reference = f'<w:fldSimple w:instr="REF signet">{word("trois")}</w:fldSimple>'
    (block,) = read(p(f'<w:hyperlink r:id="site">{word("un")}</w:hyperlink>' + fields + reference)).blocks
    assert [(block.text[r.span.start : r.span.end], r.format.link) for r in block.runs] == [
        ("undeux", True),
        ("trois", False),
    ]
