from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falc import formats
from falc.document import BlockKind, Document, SegmentKind
from falc.formats.office.odt.package import open_odt
from falc.formats.office.odt.specimen import flat_specimen, odt_specimen
from falc.formats.office.odt.text import live_text, read_odt
from falc.model import FalcError, Span

from .odt import letters, only, p, read, style, texts

HIDDEN = style("Caché", "text", letters(text__display="none"))
CHANGES = (
    '<text:tracked-changes><text:changed-region xml:id="d1" text:id="d1"><text:deletion><text:p>retiré</text:p>'
    '</text:deletion></text:changed-region><text:changed-region text:id="i1"><text:insertion/></text:changed-region>'
    "</text:tracked-changes>"
)


def change(kind: str, name: str) -> str:
    return f'<text:change-{kind} text:change-id="{name}"/>'


IMAGE = '<draw:frame><draw:image xlink:href="Pictures/image1.png"/></draw:frame>'
INSIDE = "<office:document><office:body><office:text><text:p>non</text:p></office:text></office:body></office:document>"


def rectangle(text: str) -> str:
    return f"<draw:rect><text:p>{text}</text:p></draw:rect>"


def box(content: str, name: str = "Cadre") -> str:
    return f'<draw:frame draw:name="{name}"><draw:text-box>{content}</draw:text-box></draw:frame>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Vous   devez\n  payer", "Vous devez payer"),
        ("\n   Vous\n", "Vous "),
        ('A<text:s text:c="3"/>B<text:s/>C', "A   B C"),
        ("A <text:s/>B", "A  B"),
        ("A <text:span> B</text:span>", "A B"),
        ("A<text:tab/>B<text:line-break/>C", "A\tB\nC"),
        ("A<text:soft-page-break/>B", "AB"),
        ("Bon<text:bookmark-start text:name='a'/>jour<text:bookmark-end text:name='a'/>", "Bonjour"),
        ('<text:a xlink:href="https://exemple.fr">le <text:span>site</text:span></text:a> ici', "le site ici"),
        ("<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>", "漢"),
        (
            "Vu<office:annotation><dc:creator>X</dc:creator><text:p>Pourquoi ?</text:p></office:annotation> et lu",
            "Vu et lu",
        ),
        ('Vu<text:note text:id="n"><text:note-citation>1</text:note-citation></text:note> et lu', "Vu et lu"),
        ('Vu<text:span text:style-name="Caché"> secret</text:span> et lu', "Vu et lu"),
        ('A<text:hidden-text text:is-hidden="true">B</text:hidden-text>C', "AC"),
        ("A<!-- remarque -->B<?machine ?>C", "ABC"),
        ("Page <text:page-number>3</text:page-number> sur <text:page-count>4</text:page-count>", "Page 3 sur 4"),
        ("Le <text:date>12 mars 2026</text:date>, <text:author-name>Zoé</text:author-name>", "Le 12 mars 2026, Zoé"),
        ("voir <text:bookmark-ref text:ref-name='a'>article 3</text:bookmark-ref>", "voir article 3"),
        ('<text:variable-set text:display="none" text:name="x">2</text:variable-set>mot', "mot"),
        ('<text:text-input text:description="">M. Martin</text:text-input>', "M. Martin"),
        ("<math:math><math:mi>x</math:mi></math:math>formule", "formule"),
        ("<text:meta>A</text:meta><text:meta-field>B</text:meta-field>", "AB"),
        ("<loext:content-control>A</loext:content-control>", "A"),
        ('<loext:content-control loext:showing-place-holder="true">Cliquez</loext:content-control>B', "B"),
        ("<text:p>A</text:p>B", "AB"),
        (
            '<field:fieldmark-start field:type="vnd.oasis.opendocument.field.UNHANDLED"><field:param '
            'field:name="vnd.oasis.opendocument.field.ooxmlcode" field:value=" REF but "/></field:fieldmark-start>'
            "REF but<field:fieldmark-separator/>article 3<field:fieldmark-end/> dit",
            "article 3 dit",
        ),
        ("co\u00adopération", "coopération"),
    ],
)
def test_paragraph_constructs(content: str, expected: str) -> None:
    document = read(p(content), automatic=HIDDEN)
    assert [block.text for block in document.blocks] == [expected]
    assert document.text.replace("\u00ad", "") == expected


@pytest.mark.parametrize(
    ("field", "name", "shown"),
    [
        (
            '<text:database-display text:column-name="Nom de famille">«Nom»</text:database-display>',
            "Nom de famille",
            "«Nom»",
        ),
        ("<text:placeholder text:placeholder-type='text'>&lt;Nom&gt;</text:placeholder>", "Nom", "<Nom>"),
        ('<text:user-field-get text:name="ville">Lyon</text:user-field-get>', "ville", "Lyon"),
        ('<text:variable-get text:name="prix">12</text:variable-get>', "prix", "12"),
        ('<text:text-input text:description="Votre nom">Durand</text:text-input>', "Votre nom", "Durand"),
        ('<text:drop-down text:name="choix"><text:label text:value="a"/>oui</text:drop-down>', "choix", "oui"),
        ("<text:conditional-text>Madame</text:conditional-text>", "IF", "Madame"),
        ("<text:hidden-text>Madame</text:hidden-text>", "IF", "Madame"),
        ('<text:user-field-get text:name="vide"/>', "vide", "«vide»"),
        ("<text:placeholder>A<text:span>B</text:span></text:placeholder>", "AB", "AB"),
        (
            '<field:fieldmark-start text:name="Nom" field:type="vnd.oasis.opendocument.field.FORMTEXT"/>'
            "<text:span>Du</text:span>rand<field:fieldmark-end/>",
            "Nom",
            "Durand",
        ),
        (
            '<field:fieldmark-start field:type="vnd.oasis.opendocument.field.UNHANDLED"><field:param '
            'field:name="vnd.oasis.opendocument.field.ooxmlcode" field:value=" MERGEFIELD Nom "/>'
            "</field:fieldmark-start>MERGEFIELD<field:fieldmark-separator/>Durand<field:fieldmark-end/>",
            "Nom",
            "Durand",
        ),
    ],
)
def test_placeholders(field: str, name: str, shown: str) -> None:
    asked: list[str] = []
    data = odt_specimen(p(f"Cher {field}, bonjour"))
    document = read_odt(data, "-", lambda field_name: asked.append(field_name) or "Camille")
    block = only(document)
    assert (asked, block.text, document.text) == ([name], "Cher Camille, bonjour", f"Cher {shown}, bonjour")
    assert [segment.kind for segment in block.segments][1] is SegmentKind.PLACEHOLDER


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            CHANGES
            + p(f"Vous <text:change text:change-id='d1'/>{change('start', 'i1')}devez{change('end', 'i1')} payer"),
            ["Vous devez payer"],
        ),
        (CHANGES + p(f"Vous {change('start', 'd1')}pouvez{change('end', 'd1')} payer"), ["Vous  payer"]),
        (
            CHANGES + p(f"Un {change('start', 'd1')}a") + p("b") + p(f"c{change('end', 'd1')}deux") + p("trois"),
            ["Un deux", "trois"],
        ),
        (CHANGES + p(f"Un{change('start', 'd1')}") + box(p("non")) + p(f"x{change('end', 'd1')}"), ["Un"]),
        (CHANGES + p(f"Un{change('start', 'd1')}{box(p('non'))}{change('end', 'd1')}"), ["Un"]),
        ('<text:section text:display="none"><text:p>non</text:p></text:section>' + p("oui"), ["oui"]),
        ('<text:section text:display="condition" text:is-hidden="true"><text:p>non</text:p></text:section>', []),
        ("<text:section><text:section-source/><text:p>oui</text:p></text:section>", ["oui"]),
        (p('non<text:hidden-paragraph text:is-hidden="true"/>') + p("oui<text:hidden-paragraph/>"), ["oui"]),
        (p("un" + box(p("trois")) + " deux") + p("quatre"), ["un deux", "trois", "quatre"]),
        (box(p("page")) + p("un"), ["page", "un"]),
        (p("un" + box(p("deux" + box(p("trois"))))), ["un", "deux", "trois"]),
        (p("<draw:custom-shape><text:p>dedans</text:p><svg:title>titre</svg:title></draw:custom-shape>"), ["dedans"]),
        (p(f"<draw:g><svg:desc>x</svg:desc>{rectangle('a')}{rectangle('b')}</draw:g>"), ["a", "b"]),
        (p("<draw:a xlink:href='x'>" + box(p("a")) + "</draw:a>"), ["a"]),
        (p(f"<draw:frame><draw:object>{INSIDE}</draw:object></draw:frame>oui"), ["oui"]),
        (
            "<text:table-of-content><text:table-of-content-source><text:index-title-template>non"
            "</text:index-title-template></text:table-of-content-source><text:index-body><text:index-title>"
            "<text:p>Sommaire</text:p></text:index-title><text:p>Droits<text:tab/>2</text:p></text:index-body>"
            "</text:table-of-content>",
            ["Sommaire", "Droits\t2"],
        ),
        ("<office:forms><form:form><form:text/></form:form></office:forms><text:sequence-decls/>" + p("a"), ["a"]),
        ("<text:numbered-paragraph><text:p>a</text:p></text:numbered-paragraph>", ["a"]),
        ("perdu" + p("a") + "perdu", ["a"]),
    ],
)
def test_each_text_once_in_order(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_kinds_and_places() -> None:
    document = read(
        '<text:h text:outline-level="2">Titre</text:h>'
        + p("Grand titre", "Title")
        + p("Figure <text:sequence>1</text:sequence>", "Illustration")
        + "<text:list><text:list-item><text:p>un</text:p><text:list><text:list-item><text:p>deux</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        + p("fin" + box(p("boîte")))
        + '<text:p>note<text:note text:note-class="endnote"><text:note-body><text:p>à la fin</text:p></text:note-body>'
        "</text:note><text:note><text:note-body><text:p>en bas</text:p></text:note-body></text:note></text:p>",
        styles=style("Title") + style("Caption", display="Légende") + style("Illustration", parent="Caption"),
        page='<style:page-layout style:name="L"><style:page-layout-properties/></style:page-layout>',
        master='<style:master-page style:name="Standard" style:page-layout-name="L"><style:header><text:p>haut</text:p>'
        '</style:header><style:footer><text:p>bas</text:p></style:footer><style:footer-left style:display="false">'
        "<text:p>non</text:p></style:footer-left></style:master-page>",
    )
    assert [(b.text, b.kind, b.level, b.path) for b in document.blocks] == [
        ("Titre", BlockKind.HEADING, 2, "corps, paragraphe 1"),
        ("Grand titre", BlockKind.HEADING, 1, "corps, paragraphe 2"),
        ("Figure 1", BlockKind.CAPTION, 0, "corps, paragraphe 3"),
        ("un", BlockKind.LIST_ITEM, 1, "corps, paragraphe 4"),
        ("deux", BlockKind.LIST_ITEM, 2, "corps, paragraphe 5"),
        ("fin", BlockKind.PARAGRAPH, 0, "corps, paragraphe 6"),
        ("boîte", BlockKind.PARAGRAPH, 0, "zone de texte 1"),
        ("note", BlockKind.PARAGRAPH, 0, "corps, paragraphe 7"),
        ("haut", BlockKind.HEADER, 0, "en-tête"),
        ("bas", BlockKind.FOOTER, 0, "pied de page"),
        ("en bas", BlockKind.FOOTNOTE, 0, "note 1"),
        ("à la fin", BlockKind.ENDNOTE, 0, "note de fin 1"),
    ]
    assert document.format == "odt"
    assert not document.has_lines


def test_tables() -> None:
    cell = "<table:table-cell{0}><text:p>{1}</text:p></table:table-cell>"
    covered = "<table:covered-table-cell><text:p>caché</text:p></table:covered-table-cell>"
    inner = f"<table:table><table:table-row>{cell.format('', 'e')}</table:table-row></table:table>"
    document = read(
        '<table:table><table:table-column table:number-columns-repeated="3"/><table:table-header-rows><table:table-row>'
        + cell.format(' table:number-columns-spanned="2"', "a")
        + covered
        + cell.format("", "b")
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell.format("", "c")
        + '<table:table-cell table:number-columns-repeated="999999999"/>'
        + f"<table:table-cell>{inner}</table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="88888888888888888888"><table:table-cell/></table:table-row>'
        '<table:table-row table:visibility="collapse"><table:table-cell><text:p>non</text:p></table:table-cell>'
        "</table:table-row></table:table>" + p("après")
    )
    assert [(b.text, b.kind, b.path) for b in document.blocks][:4] == [
        ("a", BlockKind.TABLE_CELL, "tableau 1, ligne 1, colonne 1"),
        ("b", BlockKind.TABLE_CELL, "tableau 1, ligne 1, colonne 2"),
        ("c", BlockKind.TABLE_CELL, "tableau 1, ligne 2, colonne 1"),
        ("e", BlockKind.TABLE_CELL, "tableau 1, ligne 2, colonne 100002, tableau intérieur, ligne 1, colonne 1"),
    ]
    outer, nested = document.objects.tables
    assert (outer.headers, outer.merged, outer.nested, nested.nested) == (2, 1, False, True)
    assert document.slice(outer.span) == "a\nb\nc\ne"
    assert document.slice(nested.span) == "e"


def test_unread_things_are_counted() -> None:
    document = read(
        p(
            '<draw:frame><draw:image xlink:href="Pictures/image1.png"/></draw:frame><draw:frame><draw:object '
            'xlink:href="./Objet"/></draw:frame><math:math/><draw:frame><draw:object><math:math/></draw:object></draw:frame>'
        )
    )
    assert [(skipped.what, skipped.count) for skipped in document.skipped] == [
        ("image", 1),
        ("objet incorporé", 1),
        ("formule", 2),
    ]


def test_headers_of_used_pages_only_and_once() -> None:
    def master(name: str, text: str, more: str = "") -> str:
        header = f"<style:header><text:p>{text}</text:p></style:header>"
        return f'<style:master-page style:name="{name}"{more}>{header}</style:master-page>'

    document = read(
        p("un") + p("deux", "P2"),
        automatic=style("P2", master="Paysage"),
        master=master("Standard", "ville")
        + master("Paysage", "tableaux", ' style:next-style-name="Suite"')
        + master("Suite", "ville")
        + master("Autre", "jamais"),
    )
    assert [b.text for b in document.blocks] == ["un", "deux", "ville", "tableaux"]
    assert [b.format.page_break_before for b in document.blocks[:2]] == [False, True]
    assert [(page.span.start, page.span.end) for page in document.objects.pages] == [(0, 2), (2, 7), (7, 7)]


def test_flat_file_reads_the_same() -> None:
    body = p("Bonjour <text:span text:style-name='T1'>à tous</text:span>", "P1")
    parts = {"automatic": style("T1", "text", letters(fo__font_weight="bold")) + style("P1", parent="Standard")}
    packed, flat = (read_odt(make(body, parts), "-") for make in (odt_specimen, flat_specimen))
    assert (packed.blocks, packed.text, packed.objects) == (flat.blocks, flat.text, flat.objects)


@pytest.mark.parametrize("suffix", [".odt", ".ott", ".fodt", ".ODT"])
def test_reading_by_suffix(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"lettre{suffix}"
    path.write_bytes((flat_specimen if "f" in suffix else odt_specimen)(p("Bonjour {{ nom }}")))
    document = formats.read(path)
    assert (document.format, document.text) == ("odt", "Bonjour {{ nom }}")
    assert document.blocks[0].text.startswith("Bonjour ")
    assert document.blocks[0].is_placeholder(Span(8, len(document.blocks[0].text)))


def test_other_office_suites_are_named(tmp_path: Path) -> None:
    path = tmp_path / "budget.ods"
    path.write_bytes(flat_specimen("").replace(b"opendocument.text", b"opendocument.spreadsheet"))
    with pytest.raises(FalcError, match="classeur"):
        formats.read(path)


def test_sources_show_what_the_texts_do() -> None:
    """Writers find each character in the file again, in the same headers of other pages too."""
    header = "<style:header><text:p>ville <text:span>de Lys</text:span></text:p></style:header>"
    masters = "".join(
        f'<style:master-page style:name="{name}">{header}</style:master-page>' for name in ("Standard", "Large")
    )
    data = odt_specimen(
        p("\n  Un<text:s text:c='2'/>deux <text:user-field-get text:name='vide'/> fin") + p("suite", "P2"),
        {"automatic": style("P2", master="Large"), "master": masters},
    )
    paragraphs = live_text(open_odt(data))
    assert ["".join(source.shown for source in paragraph.sources) for paragraph in paragraphs] == [
        "".join(node.text for node in paragraph.nodes) for paragraph in paragraphs
    ]
    first = paragraphs[0].sources
    assert [(str(s.element.tag).partition("}")[2], s.is_tail, s.shown) for s in first] == [
        ("p", False, "Un"), ("s", False, "  "), ("s", True, "deux "), ("user-field-get", False, "«vide»"),
        ("user-field-get", True, " fin"),
    ]  # fmt: skip
    assert [source.end is not None for source in first] == [False, False, False, True, False]
    edge = paragraphs[-1]
    (copy,) = edge.copies
    assert copy.element is not edge.element
    assert [source.shown for source in copy.sources] == ["ville ", "de Lys"]


def check_invariants(document: Document) -> None:
    place = 0
    for block in document.blocks:
        assert block.path
        position = 0
        for segment in block.segments:
            assert segment.start == position < segment.end
            assert place <= segment.source.start < segment.source.end <= len(document.text)
            position, place = segment.end, segment.source.end
            if segment.kind is SegmentKind.TEXT:
                assert block.text[segment.start : segment.end] == document.slice(segment.source)
        assert position == len(block.text)
        assert [run.span.start for run in block.runs] == [0, *(run.span.end for run in block.runs)][:-1]
        assert not block.runs or block.runs[-1].span.end == len(block.text)
    objects = document.objects
    for span in (
        thing.span for kind in (objects.pictures, objects.tables, objects.links, objects.pages) for thing in kind
    ):
        assert 0 <= span.start <= span.end <= len(document.text)


TAGS = (
    *("text:p", "text:h", "text:span", "text:a", "text:list", "text:list-item", "text:list-header", "text:section"),
    *("table:table", "table:table-row", "table:table-cell", "table:covered-table-cell", "table:table-header-rows"),
    *("draw:frame", "draw:text-box", "draw:g", "draw:rect", "draw:image", "draw:object", "draw:a", "text:note"),
    *("text:note-body", "text:placeholder", "text:text-input", "text:bookmark-ref", "text:change-start"),
    *("text:change-end", "text:tab", "text:s", "text:line-break", "office:annotation", "field:fieldmark-start"),
    *("field:fieldmark-separator", "field:fieldmark-end", "text:hidden-paragraph", "text:ruby", "text:ruby-text"),
    *("table:table-column", "text:table-of-content", "text:variable-get", "math:math"),
)
ATTRIBUTES = (
    *("", ' text:change-id="d1"', ' text:style-name="P1"', ' text:style-name="Caché"', ' text:is-hidden="true"'),
    *(' text:c="3"', ' table:number-columns-repeated="99"', ' table:is-sub-table="true"', ' text:outline-level="3"'),
    *(' field:type="vnd.oasis.opendocument.field.FORMTEXT"', ' draw:style-name="x"', ' xlink:href="a"'),
    *(' text:continue-numbering="true"', ' text:display="none"', ' table:number-columns-spanned="2"'),
)
TREES = st.recursive(
    st.sampled_from(["", " ", "Vous devez payer.", "é", "e\u0301", "\u00ad", "«Nom»", "\n  "]),
    lambda inner: st.builds(
        lambda tag, attribute, children: f"<{tag}{attribute}>{''.join(children)}</{tag}>",
        st.sampled_from(TAGS),
        st.sampled_from(ATTRIBUTES),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(deadline=None)
@given(st.lists(TREES, max_size=4))
def test_any_nesting_keeps_the_map(trees: list[str]) -> None:
    data = odt_specimen(CHANGES + "".join(trees) + p("fin"), {"automatic": HIDDEN + style("P1", list_style="L")})
    document = read_odt(data, "-")
    check_invariants(document)
    assert read_odt(data, "-") == document


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(p("<text:span>a</text:span>" * 100_000), id="spans"),
        pytest.param(p("a" * 1_000_000), id="one-word"),
        pytest.param(p(" " * 1_000_000), id="blanks"),
        pytest.param(p("a") * 30_000, id="paragraphs"),
        pytest.param("<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list>" * 10_000, id="lists"),
        pytest.param(p(IMAGE) * 10_000, id="pictures"),
        pytest.param(p("<text:placeholder>x</text:placeholder>" * 30_000), id="fields"),
        pytest.param(p("<draw:g>" * 100 + "<draw:rect/>" * 20_000 + "</draw:g>" * 100), id="groups"),
    ],
)
def test_time_grows_with_size_only(body: str) -> None:
    start = time.perf_counter()
    read(body)
    assert time.perf_counter() - start < 15
