from __future__ import annotations

import base64

import pytest

from falc.formats.office.odt.specimen import flat_specimen, odt_specimen
from falc.formats.office.odt.text import read_odt
from falc.objects import Picture

from .odt import p, read, style

GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def frame(content: str, attributes: str = "") -> str:
    return f"<draw:frame {attributes}>{content}</draw:frame>"


def image(number: int = 1) -> str:
    return f'<draw:image xlink:href="Pictures/image{number}.png"/>'


def graphic(name: str, attributes: str) -> str:
    return style(name, "graphic", f"<style:graphic-properties {attributes}/>")


def picture(body: str, **parts: str) -> Picture:
    (found,) = read(body, **parts).objects.pictures
    return found


def test_pictures() -> None:
    document = read(
        p("avant " + frame(image(), 'text:anchor-type="as-char" svg:width="2cm" svg:height="1cm"') + "après")
        + p(frame(image(2), 'text:anchor-type="paragraph"'))
        + p(frame(image())),
    )
    first, second, third = document.objects.pictures
    assert (first.place, first.kind, first.media, first.story) == ("image 1", "picture", "image/png", "corps")
    assert (first.width, first.height, first.span.start, first.alone) == (56.69, 28.35, 6, False)
    assert (second.alone, second.floating, second.span.start) == (True, True, len(document.text))
    assert first.digest == third.digest != second.digest


@pytest.mark.parametrize(
    ("content", "attributes", "alt", "decorative"),
    [
        ("", "", None, False),
        ("<svg:desc> Un plan </svg:desc>", "", "Un plan", False),
        ("<svg:title>Plan</svg:title><svg:desc>De la ville</svg:desc>", "", "Plan. De la ville", False),
        ("<svg:title>Plan</svg:title><svg:desc>Plan</svg:desc>", "", "Plan", False),
        ("<svg:desc>Un plan</svg:desc>", 'loext:decorative="true"', "", True),
        ("", 'draw:decorative="true"', "", True),
        ("", 'draw:style-name="Orné"', "", True),
    ],
)
def test_alternative_texts(content: str, attributes: str, alt: str | None, decorative: bool) -> None:
    found = picture(p(frame(image() + content, attributes)), automatic=graphic("Orné", 'loext:decorative="true"'))
    assert (found.alt, found.decorative) == (alt, decorative)


@pytest.mark.parametrize(
    ("anchor", "attributes", "behind", "floating"),
    [
        ("as-char", "", False, False),
        ("char", 'style:wrap="parallel"', False, True),
        ("paragraph", 'style:wrap="none"', False, False),
        ("page", 'style:wrap="run-through" style:run-through="background"', True, True),
        ("char", 'style:wrap="run-through" style:run-through="foreground"', False, True),
        ("char", 'style:wrap="parallel" style:run-through="background"', False, True),
    ],
)
def test_wrapping(anchor: str, attributes: str, behind: bool, floating: bool) -> None:
    body = p(frame(image(), f'text:anchor-type="{anchor}" draw:style-name="Fr"'))
    found = picture(body, automatic=graphic("Fr", attributes))
    assert (found.behind_text, found.floating) == (behind, floating)


def test_kinds() -> None:
    chart = "<draw:object><office:document><office:body><office:chart/></office:body></office:document></draw:object>"
    document = read(
        p(frame(chart + image()))
        + p("<draw:line/>")
        + p("<draw:g><svg:desc>Un schéma</svg:desc><draw:rect/><draw:g><draw:line/></draw:g></draw:g>")
        + p(f"<draw:g><svg:desc>Un plan</svg:desc><draw:rect/>{frame(image())}</draw:g>")
        + p('<draw:custom-shape draw:name="PowerPlusWaterMarkObject1"><text:p>PROJET</text:p></draw:custom-shape>')
        + p(frame('<draw:plugin xlink:href="film.mp4" draw:mime-type="application/vnd.sun.star.media"/>'))
        + p(frame('<draw:plugin xlink:href="voix.mp3"/>'))
        + p(frame("<draw:object><math:math/></draw:object>"))
        + p("<draw:control/>")
    )
    assert [(found.place, found.kind, found.alt) for found in document.objects.pictures] == [
        ("graphique 1", "chart", None),
        ("dessin 1", "drawing", None),
        ("dessin 2", "drawing", "Un schéma"),
        ("image 1", "picture", "Un plan"),
        ("filigrane 1", "watermark", None),
        ("vidéo 1", "video", None),
        ("son 1", "audio", None),
    ]
    assert document.blocks == ()


def test_captions() -> None:
    styles = style("Caption") + style("Figure", parent="Caption")
    inside = p(frame("<draw:text-box>" + p(frame(image()) + "Figure 1", "Figure") + "</draw:text-box>"))
    below = p(frame(image())) + p("") + p("Figure 2", "Caption")
    above = p("Figure 3", "Caption") + p(frame(image()))
    without = p("texte") + p(frame(image())) + p("texte")
    assert [
        found.caption for found in read(inside + below + p("texte") + above + without, styles=styles).objects.pictures
    ] == [
        True,
        True,
        True,
        False,
    ]


def test_a_caption_belongs_to_the_picture_above_it_or_else_to_those_below() -> None:
    picture, caption = p(frame(image())), p("Légende", "Caption")
    body = picture + caption + picture + p("texte") + caption + picture + picture + p("fin")
    pictures = read(body, styles=style("Caption")).objects.pictures
    assert [found.caption for found in pictures] == [True, False, True, True]


def test_pictures_in_a_flat_file() -> None:
    inline = f"<draw:image><office:binary-data>\n{base64.b64encode(GIF).decode()}\n</office:binary-data></draw:image>"
    broken = "<draw:image><office:binary-data>é</office:binary-data></draw:image>"
    document = read_odt(flat_specimen(p(frame(inline)) + p(frame(inline)) + p(frame(broken))), "-")
    first, second, third = document.objects.pictures
    assert (first.media, first.animated) == ("image/gif", False)
    assert first.digest == second.digest is not None
    assert (third.media, third.digest) == (None, None)


@pytest.mark.parametrize(
    "href", ["https://exemple.fr/a.png", "../../etc/passwd", "file:///etc/passwd", "Pictures/rien.png", ""]
)
def test_nothing_outside_is_read(href: str) -> None:
    found = picture(p(frame(f'<draw:image xlink:href="{href}"/>')))
    assert (found.kind, found.digest, found.media) == ("picture", None, None)


def test_links() -> None:
    document = read(
        p(
            'Voir <text:a xlink:href="https://exemple.fr" office:title="Le site">le <text:span>site</text:span>'
            "</text:a>"
            ' ou <text:bookmark-ref text:ref-name="a">page 3</text:bookmark-ref>'
            '.<text:note text:id="ftn1"><text:note-body><text:p>Note</text:p></text:note-body></text:note>'
        )
        + p(f'<draw:a xlink:href="#plan">{frame(image())}</draw:a>')
    )
    found = [(link.kind, link.target, link.label, document.slice(link.span)) for link in document.objects.links]
    assert found == [
        ("link", "https://exemple.fr", "Le site", "le site"),
        ("reference", "#a", "", "page 3"),
        ("note", "#ftn1", "", ""),
        ("link", "#plan", "", ""),
    ]


def test_pages() -> None:
    page = (
        '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
        'fo:margin-top="1cm" fo:margin-bottom="2cm" fo:margin-left="2.5cm" fo:margin-right="2cm" '
        'loext:margin-gutter="0.5cm">'
        '<style:columns fo:column-count="2"/></style:page-layout-properties><style:header-style>'
        '<style:header-footer-properties fo:min-height="1cm"/></style:header-style><style:footer-style>'
        '<style:header-footer-properties fo:min-height="1cm"/></style:footer-style></style:page-layout>'
    )
    master = (
        '<style:master-page style:name="Standard" style:page-layout-name="L"><style:header><text:p>'
        "<text:page-number>1</text:page-number>/<text:page-count>2</text:page-count></text:p></style:header></style:master-page>"
    )
    (found,) = read(p("a"), page=page, master=master).objects.pages
    assert (found.width, found.height) == (595.28, 841.89)
    # The header stands in the margin, above the text; there is no footer.
    assert (found.top, found.right, found.bottom, found.left) == (56.7, 56.69, 56.69, 85.04)
    assert (found.columns, found.numbered, found.total) == (2, True, True)
    assert read(p("a"), page=page, master=master).blocks[0].format.columns == 2


def test_properties() -> None:
    said = '<style:text-properties fo:language="fr" fo:country="FR" fo:hyphenate="false"/>'
    default = f'<style:default-style style:family="paragraph">{said}</style:default-style>'
    meta = '<dc:title> Lettre </dc:title><dc:language>en-US</dc:language><meta:document-statistic meta:page-count="3"/>'
    found = read("<text:table-of-content/>" + p("a"), styles=default, meta=meta).objects.properties
    assert (found.title, found.language, found.hyphenation) == ("Lettre", "fr-FR", False)
    assert (found.contents, found.page_count, found.background, found.background_picture) == (True, 3, None, False)
    assert read(p("a")).objects.properties.title == ""


def test_tables_that_only_place_things() -> None:
    cell = '<table:table-cell table:style-name="{}"><text:p>a</text:p></table:table-cell>'
    row = f"<table:table-row>{cell}{cell}</table:table-row>"
    plain = f"<table:table>{row.format('', '')}</table:table>"
    lined = f"<table:table>{row.format('', 'Trait')}</table:table>"
    headed = f"<table:table><table:table-header-rows>{row.format('', '')}</table:table-header-rows></table:table>"
    automatic = style("Trait", "table-cell", '<style:table-cell-properties fo:border="1pt solid #000000"/>')
    found = read(plain + lined + headed, automatic=automatic).objects.tables
    assert [(t.layout, t.rows, t.columns, t.headers) for t in found] == [
        (True, 1, 2, 0),
        (False, 1, 2, 0),
        (False, 1, 2, 2),
    ]


def test_divided_cells_are_no_table_of_their_own() -> None:
    inner = (
        '<table:table table:is-sub-table="true"><table:table-row><table:table-cell><text:p>b</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    document = read(
        f"<table:table><table:table-row><table:table-cell>{inner}</table:table-cell></table:table-row></table:table>"
    )
    assert [table.place for table in document.objects.tables] == ["tableau 1"]
    assert document.text == "b"


def test_specimens_do_not_change() -> None:
    assert odt_specimen(p("a")) == odt_specimen(p("a"))
    assert odt_specimen("")[30:38] == b"mimetype"
