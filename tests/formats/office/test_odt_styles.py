from __future__ import annotations

import pytest

from falc.formats.office.odt.specimen import flat_specimen
from falc.formats.office.odt.text import read_odt
from falc.look import LineSpacing, ParagraphFormat, TextFormat

from .odt import letters, lines, look, only, p, read, style

FONT = '<style:font-face style:name="F1" svg:font-family="&apos;Police Nue&apos;, serif"/>'


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"style__font_name": "F1"}, {"font": "Police Nue"}),
        ({"fo__font_family": "'Open Sans', sans-serif"}, {"font": "Open Sans"}),
        ({"style__font_name": "F1", "fo__font_family": "Autre"}, {"font": "Police Nue"}),
        ({"style__font_name": "Inconnue"}, {"font": "Inconnue"}),
        ({"fo__font_size": "14pt"}, {"size": 14.0}),
        ({"fo__font_size": "1cm"}, {"size": 28.35}),
        ({"fo__font_weight": "bold"}, {"weight": 700}),
        ({"fo__font_weight": "600"}, {"weight": 600}),
        ({"fo__font_weight": "normal"}, {"weight": 400}),
        ({"fo__font_style": "italic"}, {"italic": True}),
        ({"fo__font_style": "oblique"}, {"italic": True}),
        ({"fo__font_style": "normal"}, {"italic": False}),
        ({"style__text_underline_style": "wave"}, {"underline": True}),
        ({"style__text_underline_style": "none"}, {"underline": False}),
        ({"style__text_line_through_style": "solid"}, {"strike": True}),
        ({"style__text_line_through_type": "double"}, {"strike": True}),
        ({"fo__text_transform": "uppercase"}, {"capitals": True}),
        ({"fo__text_transform": "capitalize"}, {"capitals": False}),
        ({"fo__font_variant": "small-caps"}, {"capitals": True}),
        ({"fo__text_shadow": "1pt 1pt", "style__text_outline": "true"}, {"effects": ("outline", "shadow")}),
        ({"style__font_relief": "engraved", "style__text_blinking": "true"}, {"effects": ("blink", "imprint")}),
        ({"style__font_relief": "embossed"}, {"effects": ("emboss",)}),
        ({"fo__letter_spacing": "0.5pt"}, {"spacing": 0.5}),
        ({"fo__letter_spacing": "-0.02cm"}, {"spacing": -0.57}),
        ({"fo__letter_spacing": "normal"}, {"spacing": 0.0}),
        ({"style__text_scale": "80%"}, {"scale": 0.8}),
        ({"fo__color": "#FF00aa"}, {"color": "#ff00aa"}),
        ({"fo__color": "#ff00aa", "style__use_window_font_color": "true"}, {}),
        ({"fo__background_color": "#ffff00"}, {"background": "#ffff00"}),
        ({"fo__background_color": "transparent"}, {}),
        ({"fo__language": "fr", "fo__country": "CH"}, {"language": "fr-CH"}),
        ({"fo__language": "fr", "fo__country": "none"}, {"language": "fr"}),
        ({"fo__language": "zxx", "fo__country": "none"}, {}),
        ({"fo__font_size": "enorme", "fo__font_weight": "gros", "fo__color": "rouge"}, {}),
        ({"fo__font_size": "9" * 400 + "pt", "style__text_scale": "1e9%"}, {}),
    ],
)
def test_letters(attributes: dict[str, str], expected: dict[str, object]) -> None:
    formatting = letters(**attributes)
    assert look(p("a", "P"), fonts=FONT, automatic=style("P", content=formatting)) == TextFormat(**expected)
    span = p('<text:span text:style-name="T">a</text:span>')
    assert look(span, fonts=FONT, automatic=style("T", "text", formatting)) == TextFormat(**expected)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"fo__text_align": "start"}, {"alignment": "left"}),
        ({"fo__text_align": "end"}, {"alignment": "right"}),
        ({"fo__text_align": "center"}, {"alignment": "center"}),
        ({"fo__text_align": "justify"}, {"alignment": "justify"}),
        ({"fo__text_align": "start", "style__writing_mode": "rl-tb"}, {"alignment": "right"}),
        ({"fo__line_height": "115%"}, {"line_spacing": LineSpacing(1.15, "lines")}),
        ({"fo__line_height": "18pt"}, {"line_spacing": LineSpacing(18, "points")}),
        ({"style__line_height_at_least": "18pt"}, {"line_spacing": LineSpacing(18, "points", at_least=True)}),
        ({"style__line_spacing": "2.3pt"}, {"line_spacing": LineSpacing(1.2, "lines")}),
        ({"fo__margin_top": "0.5cm", "fo__margin_bottom": "6pt"}, {"space_before": 14.17, "space_after": 6.0}),
        ({"fo__margin": "3pt"}, {"space_before": 3.0, "space_after": 3.0, "left": 3.0, "right": 3.0}),
        ({"fo__margin_left": "1in", "fo__text_indent": "-18pt"}, {"left": 72.0, "first_line": -18.0}),
        (
            {"fo__keep_together": "always", "fo__keep_with_next": "always"},
            {"keep_together": True, "keep_with_next": True},
        ),
        ({"fo__widows": "2", "fo__orphans": "0"}, {"widow_control": True}),
        ({"fo__widows": "0", "fo__orphans": "0"}, {"widow_control": False}),
        ({"fo__break_before": "page"}, {"page_break_before": True}),
        ({"fo__break_before": "column"}, {}),
        ({"fo__border_bottom": "1pt solid #000000", "fo__border_top": "none"}, {"boxed": True}),
        ({"fo__border": "none"}, {}),
        ({"fo__background_color": "#eeeeee"}, {"boxed": True}),
        ({"style__writing_mode": "tb-rl"}, {"vertical": True}),
    ],
)
def test_paragraphs(attributes: dict[str, str], expected: dict[str, object]) -> None:
    parts = {
        "styles": '<style:default-style style:family="paragraph">'
        + letters(fo__font_size="10pt")
        + "</style:default-style>",
        "automatic": style("P", content=lines(**attributes)),
    }
    stated = dict.fromkeys(("space_before", "space_after", "first_line", "left", "right"), 0.0)
    stated |= {"boxed": False, "keep_together": False, "keep_with_next": False, "line_spacing": LineSpacing(1, "lines")}
    expected_format = ParagraphFormat(**{**stated, **expected})
    block = only(read(p("a", "P"), **parts))
    assert block.format == expected_format


def test_styles_inherit() -> None:
    styles = (
        '<style:default-style style:family="paragraph">' + letters(fo__font_size="10pt", fo__hyphenate="true")
        + "</style:default-style>"
        + style("Base", content=letters(fo__font_size="120%", fo__font_weight="bold") + lines(fo__margin_left="10pt"))
        + style("Fils", parent="Base", display="Mon style", content=lines(fo__margin_left="200%"))
        + style("Emphase", "text", letters(fo__font_size="150%", fo__font_style="italic"))
    )  # fmt: skip
    document = read(
        p('a<text:span text:style-name="T1">b<text:span text:style-name="Emphase">c</text:span></text:span>', "P1"),
        styles=styles,
        automatic=style("P1", parent="Fils", content=letters(fo__color="#123456"))
        + style("T1", "text", letters(fo__font_weight="normal"), parent="Emphase"),
    )
    block = only(document)
    assert [(r.format.size, r.format.weight, r.format.italic, r.format.color) for r in block.runs] == [
        (12.0, 700, None, "#123456"),
        (18.0, 400, True, "#123456"),
        (27.0, 400, True, "#123456"),
    ]
    assert (block.format.left, block.format.style, block.format.hyphenate) == (20.0, "Mon style", True)


def test_style_loops_are_cut() -> None:
    styles = (
        style("A", parent="B", content=letters(fo__font_size="9pt")) + style("B", parent="A") + style("C", parent="C")
    )
    long = "".join(style(f"S{n}", parent=f"S{n + 1}") for n in range(500))
    for name in ("A", "B", "C", "S0"):
        assert only(read(p("a", name), styles=styles + long)).text == "a"
    assert look(p("a", "B"), styles=styles).size == 9.0


def test_automatic_styles_belong_to_their_part() -> None:
    master = (
        '<style:master-page style:name="Standard"><style:header><text:p text:style-name="P1">haut</text:p>'
        "</style:header></style:master-page>"
    )
    body, header = read(
        p("corps", "P1"),
        automatic=style("P1", content=letters(fo__font_size="12pt")),
        page=style("P1", content=letters(fo__font_size="8pt")),
        master=master,
    ).blocks
    assert (body.runs[0].format.size, header.runs[0].format.size) == (12.0, 8.0)


def test_backgrounds_from_the_letters_to_the_page() -> None:
    def area(family: str, name: str, color: str) -> str:
        return style(name, family, f'<style:{family}-properties fo:background-color="{color}"/>')

    layout = '<style:page-layout-properties fo:background-color="#000001"/>'
    page = f'<style:page-layout style:name="L">{layout}</style:page-layout>'
    master = '<style:master-page style:name="Standard" style:page-layout-name="L"/>'
    cell = "<table:table-cell{}><text:p{}>a</text:p></table:table-cell>"
    body = (
        p("a") + '<table:table table:style-name="T"><table:table-column table:default-cell-style-name="C"/>'
        '<table:table-column/><table:table-row table:style-name="R">'
        + cell.format("", "")
        + cell.format("", "")
        + cell.format("", ' text:style-name="P"')
        + "</table:table-row><table:table-row><table:table-cell/><table:table-cell><text:p>a<text:span text:style-name="
        '"S">b</text:span></text:p></table:table-cell></table:table-row></table:table>'
        + '<text:section text:style-name="Sec"><text:p>a</text:p></text:section>'
        + p('<draw:frame draw:style-name="Fr"><draw:text-box><text:p>a</text:p></draw:text-box></draw:frame>')
    )
    document = read(
        body,
        master=master,
        page=page,
        automatic=area("table", "T", "#000002")
        + area("table-row", "R", "#000003")
        + area("table-cell", "C", "#000004")
        + style("P", content=lines(fo__background_color="#000005"))
        + style("S", "text", letters(fo__background_color="#000006"))
        + area("section", "Sec", "#000007")
        + style("Fr", "graphic", '<style:graphic-properties draw:fill="solid" draw:fill-color="#000008"/>'),
    )
    found = [[run.format.background for run in block.runs] for block in document.blocks]
    assert found == [[f"#00000{n}" for n in ns] for ns in ([1], [4], [3], [5], [2, 6], [7], [8])]
    assert document.objects.properties.background == "#000001"


def test_surroundings() -> None:
    columns = '<style:section-properties><style:columns fo:column-count="3"/></style:section-properties>'
    turned = '<style:table-cell-properties style:rotation-angle="90"/>'
    fontwork = '<draw:enhanced-geometry draw:text-path="true"/>'
    document = read(
        '<text:section text:style-name="Col"><text:p>colonnes</text:p></text:section>'
        '<table:table><table:table-row><table:table-cell table:style-name="Tourné"><text:p>tourné</text:p>'
        "</table:table-cell></table:table-row></table:table>"
        + p(f"<draw:custom-shape><text:p>dessin</text:p>{fontwork}</draw:custom-shape>")
        + p(
            '<draw:rect draw:style-name="Nu" draw:transform="rotate (1.5707963) translate (1cm 2cm)"><text:p>x</text:p>'
            "</draw:rect>"
        )
        + p('a<text:span text:style-name="R">b</text:span>'),
        automatic=style("Col", "section", columns)
        + style("Tourné", "table-cell", turned)
        + style("Nu", "graphic", '<style:graphic-properties draw:stroke="none" draw:fill="none"/>')
        + style("R", "text", letters(style__text_rotation_angle="270")),
    )
    formats = {block.text: block.format for block in document.blocks}
    assert formats["colonnes"].columns == 3
    assert [text for text, look in formats.items() if look.vertical] == ["tourné", "x", "ab"]
    assert [(t, look.boxed) for t, look in formats.items() if look.floating] == [("dessin", True), ("x", False)]
    assert document.blocks[2].runs[0].format.effects == ("transform",)


def test_neighbours() -> None:
    tight = lines(fo__margin_top="5pt", fo__margin_bottom="6pt", style__contextual_spacing="true")
    document = read(
        p("") + p("a", "L") + p("b", "L") + p("c") + p("") + p(" ") + p("d", "Fin") + p("") + p("e"),
        styles=style("L", content=tight) + style("Fin", content=lines(fo__break_after="page")),
    )
    look = {block.text: block.format for block in document.blocks}
    assert [(look[t].space_before, look[t].space_after) for t in "abc"] == [(5.0, 0.0), (0.0, 6.0), (0.0, 0.0)]
    assert [look[t].blank_before for t in "abcde"] == [1, 0, 0, 2, 1]
    assert [look[t].page_break_before for t in "abcde"] == [False, False, False, False, True]


def test_empty_paragraphs_with_borders_and_shades() -> None:
    """A lone border is a line across the page; inside a box or a shade, an empty paragraph is a blank line."""
    line = "1pt solid #000000"
    styles = style("Trait", content=lines(fo__border_bottom=line)) + style("Cadre", content=lines(fo__border=line))
    styles += style("Fond", content=lines(fo__background_color="#ffffff"))
    body = p("un") + p("", "Trait") + p("") + p("deux") + p("trois", "Cadre") + p("", "Cadre") + p("quatre", "Cadre")
    body += p("", "Trait") + p("cinq") + p("six", "Fond") + p("", "Fond") + p("sept", "Fond")
    assert [block.format.blank_before for block in read(body, styles=styles).blocks] == [0, 1, 0, 1, 0, 0, 1]


def test_links_have_their_own_look() -> None:
    body = p('<text:a xlink:href="#x">a</text:a><text:a xlink:href="#y" text:style-name="Lien">b</text:a>c')
    block = only(
        read(body, styles=style("Internet_20_link", "text", letters(fo__color="#0000ff")) + style("Lien", "text"))
    )
    assert [(run.format.link, run.format.color) for run in block.runs] == [
        (True, "#0000ff"),
        (True, None),
        (False, None),
    ]


def test_drawn_text_has_the_look_of_the_drawing() -> None:
    styles = (
        f'<style:default-style style:family="graphic">{letters(fo__font_size="18pt")}</style:default-style>'
        f'<style:default-style style:family="paragraph">{letters(fo__font_size="11pt")}</style:default-style>'
        + style("Standard", content=letters(fo__font_size="11pt"))
    )
    automatic = style("Gr", "graphic", letters(fo__font_weight="bold"))
    drawn = p(
        '<draw:rect draw:style-name="Gr"><text:p>a</text:p><text:p text:style-name="Standard">b</text:p></draw:rect>'
    )
    assert [
        (block.runs[0].format.size, block.runs[0].format.weight)
        for block in read(drawn, styles=styles, automatic=automatic).blocks
    ] == [(18.0, 700), (11.0, None)]


def bullet(level: int, sign: str, properties: str = "") -> str:
    tag = "text:list-level-style-bullet"
    return f'<{tag} text:level="{level}" text:bullet-char="{sign}">{properties}</{tag}>'


def numbered(level: int, **attributes: str) -> str:
    written = " ".join(f'{k.replace("__", ":").replace("_", "-")}="{v}"' for k, v in attributes.items())
    return f'<text:list-level-style-number text:level="{level}" {written}/>'


def items(*paragraphs: str, attributes: str = 'text:style-name="L"') -> str:
    content = "".join(f"<text:list-item>{paragraph}</text:list-item>" for paragraph in paragraphs)
    return f"<text:list {attributes}>{content}</text:list>"


def markers(body: str, levels: str, **parts: str) -> list[str | None]:
    automatic = f'<text:list-style style:name="L">{levels}</text:list-style>'
    return [block.format.marker for block in read(body, automatic=automatic, **parts).blocks]


def test_markers() -> None:
    levels = numbered(1, style__num_format="1", style__num_suffix=".") + numbered(
        2, style__num_format="a", style__num_suffix=")", text__display_levels="2", text__start_value="3"
    )
    assert markers(
        items(p("a"), p("b") + items(p("c"), p("d")) + p("suite"), p("e") + items(p("f"))) + p("entre"), levels
    ) == ["1.", "2.", "2.c)", "2.d)", "", "3.", "3.c)", None]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", ["1", "2", "1"]),
        ('text:continue-numbering="true"', ["1", "2", "3"]),
        ('text:continue-list="liste"', ["1", "2", "3"]),
        ('text:continue-list="ailleurs"', ["1", "2", "1"]),
    ],
)
def test_lists_that_go_on(attributes: str, expected: list[str]) -> None:
    first = items(p("a"), p("b"), attributes='xml:id="liste" text:style-name="L"')
    second = items(p("c"), attributes=f'text:style-name="L" {attributes}')
    assert markers(first + p("x") + second, numbered(1, style__num_format="1")) == [*expected[:2], None, expected[2]]


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (bullet(1, "–"), "–"),
        (bullet(1, "\uf0b7"), "•"),
        (bullet(1, "\uf0a7"), "▪"),
        (bullet(1, "\uf06e"), "■"),
        ('<text:list-level-style-image text:level="1"/>', "•"),
        (
            numbered(1, style__num_format="i", style__num_prefix="(", style__num_suffix=")", text__start_value="9"),
            "(ix)",
        ),
        (numbered(1, style__num_format="I", text__start_value="1999"), "MCMXCIX"),
        (numbered(1, style__num_format="A", text__start_value="28"), "BB"),
        (numbered(1, style__num_format="I", text__start_value="999999999999"), "1000000"),
        (numbered(1, style__num_format="", style__num_suffix="."), "."),
        (numbered(1, style__num_format="1", loext__num_list_format="Article %1% :"), "Article 1 :"),
        ("", ""),
    ],
)
def test_how_markers_are_written(level: str, expected: str) -> None:
    assert markers(items(p("a")), level) == [expected]


def test_lists_without_names_are_different_lists() -> None:
    assert markers(items(p("a")) + items(p("b")), numbered(1, style__num_format="1")) == ["1", "1"]


def test_list_items_apart() -> None:
    levels = numbered(1, style__num_format="1")
    body = (
        '<text:list text:style-name="L"><text:list-header><text:p>titre</text:p></text:list-header>'
        '<text:list-item text:start-value="5"><text:p>a</text:p></text:list-item><text:list-item>'
        "<text:p/></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>"
    )
    assert markers(body, levels) == ["", "5", "7"]


def test_numbered_headings() -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/><text:outline-level-style '
        'text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    heading = '<text:h text:outline-level="{}"{}>{}</text:h>'
    body = (
        heading.format(1, "", "a")
        + heading.format(2, "", "b")
        + heading.format(2, ' text:is-list-header="true"', "c")
        + heading.format(2, "", "d")
        + heading.format(3, "", "e")
        + heading.format(1, ' text:start-value="7"', "f")
    )
    assert [b.format.marker for b in read(body, styles=outline).blocks] == ["1", "1.1", None, "1.2", None, "7"]


@pytest.mark.parametrize(
    ("position", "direct", "named", "expected"),
    [
        ('<style:list-level-label-alignment fo:margin-left="36pt" fo:text-indent="-18pt"/>', "", "", (36.0, -18.0)),
        ('<style:list-level-label-alignment fo:margin-left="36pt"/>', 'fo:margin-left="9pt"', "", (9.0, 0.0)),
        ('<style:list-level-label-alignment fo:margin-left="36pt"/>', "", 'fo:margin-left="9pt"', (36.0, 0.0)),
    ],
)
def test_indents_of_lists(position: str, direct: str, named: str, expected: tuple[float, float]) -> None:
    levels = bullet(1, "•", f"<style:list-level-properties>{position}</style:list-level-properties>")
    document = read(
        items(p("a", "P")),
        styles=style("N", content=f"<style:paragraph-properties {named}/>"),
        automatic=f'<text:list-style style:name="L">{levels}</text:list-style>'
        + style("P", parent="N", content=f"<style:paragraph-properties {direct}/>"),
    )
    assert (only(document).format.left, only(document).format.first_line) == expected


def test_indents_of_old_lists() -> None:
    old = '<style:list-level-properties text:space-before="10pt" text:min-label-width="20pt"/>'
    automatic = f'<text:list-style style:name="L">{bullet(1, "•", old)}</text:list-style>'
    block = only(read(items(p("a")), automatic=automatic))
    assert (block.format.left, block.format.first_line) == (30.0, -20.0)


def test_flat_styles() -> None:
    data = flat_specimen(p("a", "P1"), {"automatic": style("P1", content=letters(fo__font_size="8pt"))})
    assert read_odt(data, "-").blocks[0].runs[0].format.size == 8.0
