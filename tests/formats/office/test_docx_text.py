from __future__ import annotations

import gc
import time

import pytest

from falc.document import BlockKind, Document, SegmentKind
from falc.formats.office.docx.text import read_docx
from falc.model import FalcError

from .build import (
    archive,
    cell,
    char,
    docx,
    drawing_box,
    field,
    paragraph,
    parts,
    root,
    run,
    style,
    table,
    vml_box,
)


def read(body: str, styles: str | None = None, **others: str) -> Document:
    return read_docx(docx(body, styles, **others), "lettre.docx")


def texts(body: str) -> list[str]:
    return [block.text for block in read(body).blocks]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (run("Bon") + '<w:proofErr w:type="spellStart"/>' + run("jour", "<w:b/>"), "Bonjour"),
        ("<w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>C</w:t><w:cr/><w:t>D</w:t></w:r>", "A\tB\nC\nD"),
        ('<w:r><w:t>A</w:t><w:br w:type="page"/><w:t>B</w:t><w:br w:type="column"/><w:t>C</w:t></w:r>', "A\nB\nC"),
        ("<w:r><w:t>peut</w:t><w:noBreakHyphen/><w:t>être</w:t></w:r>", "peut\u2011être"),
        ('<w:r><w:t>A</w:t><w:ptab w:alignment="right"/><w:t>B</w:t></w:r>', "A\tB"),
        ('<w:r><w:t>A</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>B</w:t></w:r>', "AB"),
        (run("Vous ") + f"<w:ins>{run('devez ')}</w:ins>" + run("payer"), "Vous devez payer"),
        (run("Vous ") + "<w:del><w:r><w:delText>pouvez </w:delText></w:r></w:del>" + run("payer"), "Vous payer"),
        (f"<w:moveFrom>{run('ici')}</w:moveFrom>" + run("A ") + f"<w:moveTo>{run('ici')}</w:moveTo>", "A ici"),
        ('<w:hyperlink r:id="x">' + run("le site") + "</w:hyperlink>", "le site"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("Marie") + "</w:sdtContent></w:sdt>", "Marie"),
        ("<w:smartTag>" + run("Paris") + "</w:smartTag><w:customXml>" + run(" 15") + "</w:customXml>", "Paris 15"),
        ('<w:bdo w:val="ltr">' + run("A") + '</w:bdo><w:dir w:val="ltr">' + run("B") + "</w:dir>", "AB"),
        (f"<w:r><w:ruby><w:rt>{run('kan')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>", "漢"),
        (run("Vu") + run(" secret", "<w:vanish/>") + run(" et lu", '<w:vanish w:val="0"/>'), "Vu et lu"),
        ("<w:r><w:t>  bords  </w:t></w:r>" + run(" gardés "), "bords gardés "),
        ("<w:r><w:t xml:space='preserve'>deux\nlignes</w:t></w:r>", "deux lignes"),
        (run("note") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" lue"), "note lue"),
        ("<m:oMathPara><m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath></m:oMathPara>" + run("formule"), "formule"),
        (field(' HYPERLINK "https://exemple.fr" ', "le site"), "le site"),
        (field(" REF signet \\h ", "article 3"), "article 3"),
        (field(" XE \u00ab entrée \u00bb ", "rien") + run("mot"), "mot"),
    ],
)
def test_paragraph_constructs(content: str, expected: str) -> None:
    document = read(paragraph(content))
    assert document.text == expected
    assert [block.text for block in document.blocks] == [expected]


def test_soft_hyphens_are_in_the_text_of_the_document_only() -> None:
    document = read(paragraph("<w:r><w:t>peut</w:t><w:softHyphen/><w:t>être</w:t></w:r>"))
    assert document.text == "peut\u00adêtre"
    assert [block.text for block in document.blocks] == ["peutêtre"]
    assert texts(paragraph("<w:r><w:softHyphen/></w:r>")) == []


@pytest.mark.parametrize(
    ("content", "shown", "name"),
    [
        ('<w:fldSimple w:instr=" MERGEFIELD Nom \\* MERGEFORMAT ">' + run("«Nom»") + "</w:fldSimple>", "«Nom»", "Nom"),
        (field(' MERGEFI|ELD "Nom de|  famille" ', "«Nom"), "«Nom", "Nom de  famille"),
        (field(" MERGEFIELD Nom "), "«Nom»", "Nom"),
        (field(" MERGEFIELD Nom ", separate=False), "«Nom»", "Nom"),
        (field(" DATE \\@ dd ", "12 mars"), "12 mars", "DATE"),
        (field(f' IF |{field(" MERGEFIELD Civ ", "M")}| = "M" "Monsieur" "Madame" ', "Monsieur"), "Monsieur", "IF"),
        (field(" IF x ", "Cher ", field(" MERGEFIELD Nom ", "«Nom»")), "Cher «Nom»", "IF"),
        (field(" FORMTEXT ", "\u2002\u2002"), "«FORMTEXT»", "FORMTEXT"),
        (field(" MACROBUTTON Rien [Votre nom] ", separate=False), "«[Votre nom]»", "[Votre nom]"),
        (field(" = 2 + 3 ", "5"), "5", "="),
    ],
)
def test_fields_become_one_placeholder(content: str, shown: str, name: str) -> None:
    names: list[str] = []

    def standin(asked: str) -> str:
        names.append(asked)
        return "Camille"

    document = read_docx(docx(paragraph("Bonjour ", content, ", merci.")), "-", standin)
    assert document.text == f"Bonjour {shown}, merci."
    (block,) = document.blocks
    assert block.text == "Bonjour Camille, merci."
    assert [s.kind for s in block.segments] == [SegmentKind.TEXT, SegmentKind.PLACEHOLDER, SegmentKind.TEXT]
    assert document.slice(block.segments[1].source) == shown
    assert names == [name]


def test_unfinished_field_hides_nothing() -> None:
    assert texts(paragraph("A", char("begin"), " B") + paragraph("C", char("separate"), " D")) == ["A B", "C D"]
    assert texts(paragraph(char("end"), char("separate"), "A")) == ["A"]


def test_field_over_paragraphs() -> None:
    first = paragraph(char("begin"), '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>', char("separate"), "Un")
    assert texts(first + paragraph("Deux", char("end"), " fin")) == ["Un", "Deux fin"]
    start = paragraph(
        "Chez ", char("begin"), "<w:r><w:instrText>ADDRESSBLOCK</w:instrText></w:r>", char("separate"), "rue"
    )
    document = read(start + paragraph("ville", char("end"), ".") + paragraph("Fin"))
    assert document.text == "Chez rue\nville.\nFin"
    assert [block.text for block in document.blocks] == ["Chez Camille", "Camille.", "Fin"]


def test_tables_lists_and_headings() -> None:
    styles = (
        style("Normal", "Normal", default=True)
        + style("Titre1", "heading 1")
        + style("Perso", "Mon titre", '<w:basedOn w:val="Titre1"/>')
        + style("Titre", "Title")
        + style("T3", "Titre 3")
        + style("Legende", "caption")
        + style("Puces", "List Bullet", '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>')
    )

    def with_style(identifier: str, extra: str = "") -> str:
        return paragraph(identifier, properties=f'<w:pStyle w:val="{identifier}"/>{extra}')

    numbering = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr>'
    inner = table((cell(paragraph("dedans")),))
    body = (
        "".join(with_style(name) for name in ("Titre", "Titre1", "Perso", "T3", "Legende", "Puces", "Inconnu"))
        + with_style("Puces", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("sous-liste", properties=numbering)
        + paragraph("plan", properties='<w:outlineLvl w:val="1"/>')
        + paragraph()
        + table(
            (cell(paragraph("a"), paragraph("a2", properties=numbering)), cell(with_style("Titre1"))),
            (cell(paragraph("b"), inner, paragraph()), cell(paragraph())),
        )
        + "<w:sdt><w:sdtContent>"
        + paragraph("contrôle")
        + "</w:sdtContent></w:sdt>"
    )
    found = [(block.text, block.kind, block.level, block.path) for block in read(body, styles).blocks]
    assert found == [
        ("Titre", BlockKind.HEADING, 1, "corps, paragraphe 1"),
        ("Titre1", BlockKind.HEADING, 1, "corps, paragraphe 2"),
        ("Perso", BlockKind.HEADING, 1, "corps, paragraphe 3"),
        ("T3", BlockKind.HEADING, 3, "corps, paragraphe 4"),
        ("Legende", BlockKind.CAPTION, 0, "corps, paragraphe 5"),
        ("Puces", BlockKind.LIST_ITEM, 1, "corps, paragraphe 6"),
        ("Inconnu", BlockKind.PARAGRAPH, 0, "corps, paragraphe 7"),
        ("Puces", BlockKind.PARAGRAPH, 0, "corps, paragraphe 8"),
        ("sous-liste", BlockKind.LIST_ITEM, 2, "corps, paragraphe 9"),
        ("plan", BlockKind.HEADING, 2, "corps, paragraphe 10"),
        ("a", BlockKind.TABLE_CELL, 0, "tableau 1, ligne 1, colonne 1"),
        ("a2", BlockKind.TABLE_CELL, 0, "tableau 1, ligne 1, colonne 1"),
        ("Titre1", BlockKind.TABLE_CELL, 0, "tableau 1, ligne 1, colonne 2"),
        ("b", BlockKind.TABLE_CELL, 0, "tableau 1, ligne 2, colonne 1"),
        ("dedans", BlockKind.TABLE_CELL, 0, "tableau 1, ligne 2, colonne 1, tableau intérieur, ligne 1, colonne 1"),
        ("contrôle", BlockKind.PARAGRAPH, 0, "corps, paragraphe 11"),
    ]


def test_other_stories_come_after_the_body() -> None:
    body = (
        paragraph("Corps ", '<w:r><w:footnoteReference w:id="5"/></w:r>', drawing_box(paragraph("Boîte ", "une")))
        + paragraph("Suite", '<w:r><w:footnoteReference w:id="3"/></w:r>', '<w:r><w:endnoteReference w:id="1"/></w:r>')
        + paragraph(vml_box(paragraph("Vieille boîte"), table((cell(paragraph("case")),))))
        + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" '
        'r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>'
    )
    separators = f'<w:footnote w:type="separator" w:id="0">{paragraph("----")}</w:footnote>'
    document = read(
        body,
        header1=root("w:hdr", paragraph("Mairie") + paragraph(drawing_box(paragraph("Logo")))),
        footer1=root("w:ftr", paragraph("Page ", field(" PAGE ", "1"))),
        footnotes=root(
            "w:footnotes",
            separators
            + f'<w:footnote w:id="3">{paragraph("Trois")}</w:footnote>'
            + f'<w:footnote w:id="5">{paragraph("Cinq")}</w:footnote>',
        ),
        endnotes=root("w:endnotes", f'<w:endnote w:id="1">{paragraph("Fin")}</w:endnote>'),
    )
    assert [(block.text, block.kind, block.path) for block in document.blocks] == [
        ("Corps ", BlockKind.PARAGRAPH, "corps, paragraphe 1"),
        ("Boîte une", BlockKind.PARAGRAPH, "zone de texte 1"),
        ("Suite", BlockKind.PARAGRAPH, "corps, paragraphe 2"),
        ("Vieille boîte", BlockKind.PARAGRAPH, "zone de texte 2"),
        ("case", BlockKind.TABLE_CELL, "zone de texte 2, tableau 1, ligne 1, colonne 1"),
        ("Mairie", BlockKind.HEADER, "en-tête"),
        ("Logo", BlockKind.HEADER, "en-tête, zone de texte 3"),
        ("Page Camille", BlockKind.FOOTER, "pied de page"),
        ("Cinq", BlockKind.FOOTNOTE, "note 1"),
        ("Trois", BlockKind.FOOTNOTE, "note 2"),
        ("Fin", BlockKind.ENDNOTE, "note de fin 1"),
    ]
    assert document.text.split("\n") == [document.slice(b.source(_all(b.text))) for b in document.blocks]


def _all(text: str):
    from falc.model import Span

    return Span(0, len(text))


def test_deleted_paragraph_end_joins_paragraphs() -> None:
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert texts(paragraph("Vous ", properties=gone) + paragraph("payez.") + paragraph("Fin")) == ["Vous payez.", "Fin"]


def test_what_is_not_read_is_counted() -> None:
    picture = "<w:r><w:drawing><a:graphic><pic:pic/></a:graphic></w:drawing></w:r>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Cliquez ici')}</w:sdtContent></w:sdt>"
    formula, symbol = "<m:oMathPara><m:oMath/></m:oMathPara>", '<w:r><w:sym w:char="F0"/></w:r>'
    body = paragraph("A", picture, picture, prompt, run("x", "<w:vanish/>"), formula, symbol)
    document = read(body + '<w:altChunk r:id="x"/>')
    assert document.text == "A"
    assert {s.what: s.count for s in document.skipped} == {
        "image": 2,
        "formule": 1,
        "symbole": 1,
        "document inclus": 1,
        "texte masqué": 1,
        "texte d'invite": 1,
    }


def test_strict_and_templates_are_read() -> None:
    template = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert read_docx(archive(parts(paragraph("Modèle"), main_type=template)), "-").text == "Modèle"
    usual = "http://schemas.openxmlformats.org/{}/2006/"
    strict = {}
    for name, content in parts(paragraph("Strict", properties='<w:jc w:val="both"/>')).items():
        assert isinstance(content, str)
        for family in ("officeDocument", "wordprocessingml"):
            content = content.replace(usual.format(family), f"http://purl.oclc.org/ooxml/{family}/")
        strict[name] = content
    document = read_docx(archive(strict), "-")
    assert document.text == "Strict"
    assert document.blocks[0].format.alignment == "justify"
    assert (document.format, document.has_lines) == ("docx", False)


def test_no_text_makes_no_block() -> None:
    document = read(paragraph() + paragraph(" \u00a0") + paragraph("<w:r><w:br/></w:r>"))
    assert (document.text, document.blocks) == ("", ())


def test_many_runs_are_read_in_linear_time() -> None:
    runs = "".join(run(f"mot{i} ", "<w:b/>" if i % 2 else "") for i in range(30_000))
    start = time.process_time()
    document = read(paragraph(runs))
    assert len(document.blocks[0].runs) == 30_000
    assert time.process_time() - start < 5


@pytest.mark.parametrize("was_on", [True, False])
def test_reading_leaves_the_search_for_unused_objects_as_it_was(was_on: bool) -> None:
    (gc.enable if was_on else gc.disable)()
    try:
        read(paragraph("A"))
        with pytest.raises(FalcError):
            read_docx(b"rien", "-")
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
