from __future__ import annotations

import pytest

from falc.document import Document
from falc.formats.office.docx.text import read_docx
from falc.formats.office.pictures import is_animated
from falc.formats.office.specimen import docx_specimen
from falc.model import Span
from falc.objects import Picture, Properties

from .build import archive, parts, root


def read(body: str, **others: str) -> Document:
    return read_docx(docx_specimen(body, others), "-")


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*content: str, properties: str = "") -> str:
    runs = "".join(piece if piece.startswith("<") else run(piece) for piece in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def field(instruction: str, shown: str = "") -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{marks[1]}{run(shown)}{marks[2]}"


def drawing(
    content: str = '<pic:pic><pic:blipFill><a:blip r:embed="image1"/></pic:blipFill></pic:pic>',
    about: str = "",
    inside: str = "",
    frame: str = "inline",
    wrap: str = "",
) -> str:
    tag, _, attributes = frame.partition(" ")
    return (
        f'<w:r><w:drawing><wp:{tag} {attributes}><wp:extent cx="1270000" cy="635000"/>{wrap}'
        f'<wp:docPr id="1" name="Image 1" {about}>{inside}</wp:docPr><a:graphic><a:graphicData>{content}'
        f"</a:graphicData></a:graphic></wp:{tag}></w:drawing></w:r>"
    )


def only(body: str, **others: str) -> Picture:
    (picture,) = read(body, **others).objects.pictures
    return picture


DECORATIVE = '<a:extLst><a:ext><adec:decorative val="{}"/></a:ext></a:extLst>'


def test_a_picture() -> None:
    document = read(p("Avant") + p("Ici ", drawing(about='descr=" Un arbre "'), " là") + p(drawing()) + p("Après"))
    first, second = document.objects.pictures
    assert (first.place, second.place) == ("image 1", "image 2")
    assert (first.kind, first.alt, first.decorative, first.media) == ("picture", "Un arbre", False, "image/png")
    assert (first.width, first.height, first.floating, first.behind_text) == (100.0, 50.0, False, False)
    assert (first.alone, second.alone, first.story) == (False, True, "corps")
    assert first.digest is not None and len(first.digest) == 16
    assert first.digest == second.digest
    assert document.text[first.span.start :].startswith(" là") and first.span.start == first.span.end
    assert document.skipped[0].count == 2


@pytest.mark.parametrize(
    ("about", "inside", "alt", "decorative"),
    [
        ("", "", None, False),
        ('descr=""', "", None, False),
        ('descr=" "', "", None, False),
        ('descr="Plan"', DECORATIVE.format(0), "Plan", False),
        ('descr=""', DECORATIVE.format(1), "", True),
        ("", DECORATIVE.format(1), "", True),
    ],
)
def test_alternative_texts(about: str, inside: str, alt: str | None, decorative: bool) -> None:
    picture = only(p(drawing(about=about, inside=inside)))
    assert (picture.alt, picture.decorative) == (alt, decorative)


@pytest.mark.parametrize(
    ("frame", "wrap", "floating", "behind"),
    [
        ("inline", "", False, False),
        ("anchor", "<wp:wrapSquare/>", True, False),
        ("anchor", "<wp:wrapTopAndBottom/>", False, False),
        ('anchor behindDoc="1"', "<wp:wrapNone/>", True, True),
    ],
)
def test_where_the_text_goes(frame: str, wrap: str, floating: bool, behind: bool) -> None:
    picture = only(p(drawing(frame=frame, wrap=wrap)))
    assert (picture.floating, picture.behind_text) == (floating, behind)


@pytest.mark.parametrize(
    ("content", "kind", "place"),
    [
        ('<c:chart r:id="x"/>', "chart", "graphique 1"),
        ("<wps:wsp><wps:spPr/></wps:wsp>", "drawing", "dessin 1"),
        (f"<wps:wsp><wps:txbx><w:txbxContent>{p(' ')}</w:txbxContent></wps:txbx></wps:wsp>", "drawing", "dessin 1"),
        (f"<wps:wsp><wps:txbx><w:txbxContent>{p('mot')}</w:txbxContent></wps:txbx></wps:wsp>", None, ""),
    ],
)
def test_kinds_of_drawings(content: str, kind: str | None, place: str) -> None:
    found = [(picture.kind, picture.place) for picture in read(p(drawing(content))).objects.pictures]
    assert found == ([(kind, place)] if kind else [])


def test_a_picture_in_the_choice_counts_once() -> None:
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing()}</mc:Choice><mc:Fallback><w:r><w:pict>'
    both += '<v:shape><v:imagedata r:id="image1"/></v:shape></w:pict></w:r></mc:Fallback></mc:AlternateContent>'
    assert only(p(both)).place == "image 1"


def test_a_picture_in_a_text_box_counts_once() -> None:
    box = "<wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>"
    for words in ((), ("mot ",)):
        picture = only(p(drawing(box.format(p(*words, drawing(about='descr="Dedans"'))))))
        assert (picture.alt, picture.alone, picture.story) == ("Dedans", not words, "corps")


def test_what_is_not_shown_is_no_picture() -> None:
    hidden = drawing().replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    assert read(p(hidden) + p(f"<w:del>{drawing()}</w:del>") + p(drawing(about='hidden="1"'))).objects.pictures == ()


def test_old_pictures() -> None:
    style = "position:absolute;width:36pt;height:1in;z-index:-2"
    shape = f'<v:shape alt="Logo" style="{style}"><v:imagedata r:id="image2"/></v:shape>'
    picture = only(p(f"<w:r><w:pict>{shape}</w:pict></w:r>"))
    assert (picture.kind, picture.alt, picture.media, picture.width, picture.height) == (
        "picture",
        "Logo",
        "image/png",
        36.0,
        72.0,
    )
    assert (picture.floating, picture.behind_text) == (True, True)
    assert read(p('<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>')).objects.pictures == ()


def test_watermarks() -> None:
    word = (
        '<w:r><w:pict><v:shape id="PowerPlusWaterMarkObject1"><v:textpath string="BROUILLON"/></v:shape></w:pict></w:r>'
    )
    picture = only(p("x"), header=p(word))
    assert (picture.kind, picture.behind_text, picture.story, picture.place) == (
        "watermark",
        True,
        "en-tête",
        "filigrane 1",
    )
    washed = drawing(frame='anchor behindDoc="1"').replace("Image 1", "WordPictureWatermark1")
    watermark = only(p("x"), header=p(washed))
    assert (watermark.kind, watermark.media) == ("watermark", "image/png")


def test_captions() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Legende"><w:name w:val="caption"/></w:style>'
    caption = p("Légende", properties='<w:pStyle w:val="Legende"/>')
    body = p(drawing()) + p() + caption + p(drawing()) + p("texte") + caption + p(drawing()) + p(drawing()) + p("fin")
    pictures = read(body, styles=styles).objects.pictures
    assert [picture.caption for picture in pictures] == [True, False, True, True]


def test_pictures_of_a_document_without_text() -> None:
    document = read(p(drawing()))
    assert (document.text, document.blocks, len(document.objects.pictures)) == ("", (), 1)
    assert document.objects.pictures[0].span == Span(0, 0)
    assert len(read("").objects.pages) == 1


GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
FRAME = b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"


@pytest.mark.parametrize(
    ("data", "moves"),
    [
        (GIF + FRAME + b";", False),
        (GIF + LOOP + FRAME + FRAME + b";", True),
        (GIF + FRAME + b"\x2c", False),
        (GIF[:8], False),
        (b"\x89PNG\r\n\x1a\n....acTL", True),
        (b"\x89PNG\r\n\x1a\n....IDAT", False),
        (b"RIFF....WEBPVP8X....ANIM", True),
        (b"", False),
    ],
)
def test_moving_pictures(data: bytes, moves: bool) -> None:
    assert is_animated(data) is moves


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


BORDERS = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>'


def test_tables() -> None:
    head = "<w:trPr><w:tblHeader/></w:trPr>" + cell("a") + cell("b") + cell("c")
    wide = cell("d", '<w:gridSpan w:val="2"/>') + cell("e", '<w:vMerge w:val="restart"/>')
    below = cell("f") + cell("g") + cell("<w:p/>", "<w:vMerge/>")
    inner = cell(table(cell("h")) + p()) + cell("i", "<w:vMerge w:val='restart'/>") + cell("j")
    document = read(p("Avant") + table(head, wide, below, inner, properties=BORDERS) + p("Après"))
    outer, nested = document.objects.tables
    assert (outer.place, outer.rows, outer.columns, outer.headers, outer.merged) == ("tableau 1", 4, 3, 3, 2)
    assert (outer.nested, nested.nested, outer.layout) == (False, True, False)
    assert document.slice(outer.span) == "a\nb\nc\nd\ne\nf\ng\nh\ni\nj"
    assert document.slice(nested.span) == "h"
    assert nested.place == "tableau 1, ligne 4, colonne 1, tableau intérieur"


@pytest.mark.parametrize(
    ("rows", "properties", "layout"),
    [
        ((cell("a") + cell("b"),), "", True),
        ((cell("a") + cell("b"),), BORDERS, False),
        ((cell("a") + cell("b"),), '<w:tblStyle w:val="Grille"/>', False),
        ((cell("a") + cell("b"),), '<w:tblStyle w:val="Inconnu"/>', True),
        ((cell("a", "<w:tcBorders><w:top w:val='single'/></w:tcBorders>") + cell("b"),), "", False),
        ((cell("a", "<w:shd w:fill='CCCCCC'/>") + cell("b"),), "", False),
        (("<w:trPr><w:tblHeader/></w:trPr>" + cell("a") + cell("b"),), "", False),
        ((cell("a"), cell("b")), BORDERS, True),
    ],
)
def test_tables_that_only_place_things(rows: tuple[str, ...], properties: str, layout: bool) -> None:
    styles = (
        f'<w:style w:type="table" w:styleId="Grille"><w:name w:val="Grille"/><w:tblPr>{BORDERS}</w:tblPr></w:style>'
    )
    (found,) = read(table(*rows, properties=properties), styles=styles).objects.tables
    assert found.layout is layout


def test_links() -> None:
    notes = f'<w:footnote w:id="2">{p("note")}</w:footnote>'
    click = drawing(inside='<a:hlinkClick r:id="site"/>')
    document = read(
        p("Voir ", '<w:hyperlink r:id="site" w:anchor="haut">' + run("le ") + run("site") + "</w:hyperlink>", ".")
        + p(
            '<w:hyperlink w:anchor="signet">' + run("plus bas") + "</w:hyperlink>",
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
        )
        + p("a ", field(' HYPERLINK "https://a.fr/" \\l "b" \\o "bulle" ', "ici"), field(" PAGEREF signet \\h ", "3"))
        + p(click)
        + p('<w:hyperlink r:id="site">' + drawing() + "</w:hyperlink>"),
        footnotes=notes,
    )
    assert [(link.kind, link.target, document.slice(link.span)) for link in document.objects.links] == [
        ("link", "https://www.exemple.fr/#haut", "le site"),
        ("link", "#signet", "plus bas"),
        ("note", "#footnote2", ""),
        ("link", "https://a.fr/#b", "ici"),
        ("reference", "#signet", "3"),
        ("link", "https://www.exemple.fr/", ""),
        ("link", "https://www.exemple.fr/", ""),
    ]


def test_a_link_over_two_paragraphs() -> None:
    start, end = field("HYPERLINK x", "un").rsplit("<w:r>", 1)
    document = read(p(start) + p("deux", "<w:r>" + end, "fin"))
    assert [document.slice(link.span) for link in document.objects.links] == ["un", "deux"]


def test_a_table_of_contents() -> None:
    line = "<w:hyperlink w:anchor='_Toc1'>" + run("Un") + field("PAGEREF _Toc1", "1") + "</w:hyperlink>"
    document = read(p(field(' TOC \\o "1-3" ', "").replace(run(""), line)))
    assert document.objects.properties.contents
    assert [(link.kind, document.slice(link.span)) for link in document.objects.links] == [("link", "Un1")]
    assert not read(p(field(' TOC \\c "Figure" ', "x"))).objects.properties.contents
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    assert read(f"<w:sdt>{gallery}<w:sdtContent>{p('x')}</w:sdtContent></w:sdt>").objects.properties.contents


SIZE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="-1440" w:right="1000" w:bottom="1100" w:left="1200"/>'


def test_pages() -> None:
    document = read(
        p("x") + f"<w:sectPr>{SIZE}</w:sectPr>", footer=p(field(" PAGE ", "1"), "/", field(" NUMPAGES ", "2"))
    )
    (page,) = document.objects.pages
    assert (page.width, page.height, page.top, page.right, page.bottom, page.left) == (
        595.3,
        841.9,
        72.0,
        50.0,
        55.0,
        60.0,
    )
    assert (page.numbered, page.total, page.span) == (True, True, Span(0, 1))
    (plain,) = read(p("x") + f"<w:sectPr>{SIZE}</w:sectPr>", header=p("Mairie")).objects.pages
    assert (plain.numbered, plain.total) == (False, False)


BOX = (
    f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(field('PAGE'))}</w:txbxContent></v:textbox></v:shape>"
    "</w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ('<w:fldSimple w:instr=" page \\* Arabic "/>', True),
        (field("PA").replace("</w:instrText>", "</w:instrText><w:instrText>GE</w:instrText>"), True),
        ("<w:r><w:pgNum/></w:r>", True),
        (field(" PAGEREF signet "), False),
        (field(" DATE "), False),
        (BOX, True),
    ],
)  # fmt: skip
def test_page_numbers(number: str, shown: bool) -> None:
    (page,) = read(p("x"), footer=p(number)).objects.pages
    assert page.numbered is shown


def edges(sections: str, settings: str = "", pages: int | None = None) -> list[bool]:
    """Read sections whose parts header1 has a page number and footer1 has none."""
    content = parts(
        sections,
        settings=root("w:settings", settings),
        header1=root("w:hdr", p(field("PAGE", "1"))),
        footer1=root("w:ftr", p("Mairie")),
    )
    return [page.numbered for page in read_docx(archive(content), "-").objects.pages]


def header(kind: str) -> str:
    return f'<w:headerReference w:type="{kind}" r:id="header1"/>'


def test_sections_take_the_edges_of_the_one_before() -> None:
    first = p("un", properties=f"<w:sectPr>{header('default')}</w:sectPr>")
    second = p("deux", properties="<w:sectPr/>")
    assert edges(
        first + second + p("x") + '<w:sectPr><w:headerReference w:type="default" r:id="footer1"/></w:sectPr>'
    ) == [
        True,
        True,
        False,
    ]


def test_the_first_page_may_be_without_number() -> None:
    assert edges(p("x") + f"<w:sectPr>{header('default')}<w:titlePg/></w:sectPr>") == [True]
    assert edges(p("x") + f"<w:sectPr>{header('first')}<w:titlePg/></w:sectPr>") == [False]
    one = {"app": "<Pages>1</Pages>", "footer": p(field("PAGE", "1"))}
    (page,) = read(p("x") + "<w:sectPr><w:titlePg/></w:sectPr>", **one).objects.pages
    assert not page.numbered


def test_even_pages_must_have_their_number_too() -> None:
    both = f"<w:sectPr>{header('default')}{header('even')}</w:sectPr>"
    alone = f"<w:sectPr>{header('default')}</w:sectPr>"
    even = "<w:evenAndOddHeaders/>"
    assert (edges(p("x") + both, even), edges(p("x") + alone, even), edges(p("x") + alone)) == ([True], [False], [True])


def test_properties() -> None:
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault></w:docDefaults>'
    core = "<dc:title> Votre dossier </dc:title><dc:language>en</dc:language>"
    found = read(p("x"), styles=styles, core=core, app="<Pages>3</Pages>", settings="<w:autoHyphenation/>").objects
    assert found.properties == Properties(title="Votre dossier", language="fr-FR", hyphenation=True, page_count=3)
    assert read(p("x"), core="<dc:language>fr</dc:language>").objects.properties == Properties(title="", language="fr")
    assert read(p("x")).objects.properties == Properties()
    assert read(p("x"), settings="").objects.properties.hyphenation is False


def test_a_picture_behind_the_pages() -> None:
    content = parts(p("x"), settings=root("w:settings", "<w:displayBackgroundShape/>"))
    behind = (
        '<w:background w:color="FFFFFF"><v:background><v:fill r:id="rId9" type="tile"/></v:background></w:background>'
    )
    content["word/document.xml"] = root("w:document", f"{behind}<w:body>{p('x')}</w:body>")
    properties = read_docx(archive(content), "-").objects.properties
    assert (properties.background, properties.background_picture) == (None, True)
