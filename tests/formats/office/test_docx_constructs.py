"""One Word file with every construct that carries text, and what its reader sees, written by hand."""

from __future__ import annotations

from falc.document import Document, SegmentKind
from falc.formats.office.docx.text import read_docx
from falc.model import Revisions

from .build import (
    OFFICE,
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

TRACK = 'w:id="9" w:author="Ana" w:date="2026-01-05T10:00:00Z"'
ORIGINAL = Revisions.ORIGINAL


def ins(*content: str) -> str:
    return f"<w:ins {TRACK}>{''.join(content)}</w:ins>"


def deleted(text: str) -> str:
    return f'<w:del {TRACK}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def mark(change: str) -> str:
    """The properties of a paragraph whose end was inserted, deleted or moved."""
    return f"<w:rPr><w:{change} {TRACK}/></w:rPr>"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def prompt(content: str) -> str:
    return control(content, '<w:showingPlcHdr/><w:text w:multiLine="1"/>')


def reference(kind: str, identifier: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{identifier}"/></w:r>'


def drawing(content: str) -> str:
    graphic = f"<a:graphic><a:graphicData>{content}</a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>"


def merge(name: str, switches: str = "") -> str:
    return f'<w:fldSimple w:instr=" MERGEFIELD {name} {switches} ">{run(f"«{name}»")}</w:fldSimple>'


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def note(kind: str, identifier: int, *content: str, role: str = "") -> str:
    return f'<w:{kind} w:id="{identifier}"{role}>{paragraph(f"<w:r><w:{kind}Ref/></w:r>", *content)}</w:{kind}>'


WATERMARK = (
    '<w:r><w:pict><v:shape id="PowerPlusWaterMarkObject1" style="position:absolute"><v:textpath string="BROUILLON"/>'
    "</v:shape></w:pict></w:r>"
)
PICTURE = drawing("<pic:pic/>")
RUBY = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('yomi')}</w:rt><w:rubyBase>{run('base')}</w:rubyBase></w:ruby></w:r>"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
CHECKBOX = control(run("☒"), f'<w14:checkbox xmlns:w14="{W14}"><w14:checked w14:val="1"/></w14:checkbox>')
DROP_DOWN = (
    '<w:dropDownList><w:listItem w:displayText="refusée"/><w:listItem w:displayText="acceptée"/></w:dropDownList>'
)
FORM = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Ville"/></w:ffData></w:fldChar></w:r>'
OLD_FIELD = (
    f"{char('begin')}<w:r><w:delInstrText> MERGEFIELD Vieux </w:delInstrText></w:r>{char('separate')}"
    f"<w:r><w:delText xml:space='preserve'>«Vieux» </w:delText></w:r>{char('end')}"
)
INSTRUCTION = "<w:r><w:instrText> {} </w:instrText></w:r>"

REVISED = [
    paragraph("Vous ", ins(run("devez ")), deleted("pouvez "), "payer"),
    paragraph(f"<w:moveFrom {TRACK}>{run('Demain, ')}</w:moveFrom>", "venez",
              f"<w:moveTo {TRACK}>{run(' demain')}</w:moveTo>"),
    paragraph("Le début ", properties=mark("del")),
    '<w:bookmarkStart w:id="3" w:name="ici"/><w:bookmarkEnd w:id="3"/>',
    paragraph("et la fin."),
    paragraph("Une phrase ", properties=mark("ins")),
    paragraph("coupée."),
    paragraph(ins(run("Tout est nouveau.")), properties=mark("ins")),
    paragraph(deleted("Tout est parti."), properties=mark("del")),
    paragraph(
        run("gras", '<w:b/><w:rPrChange w:id="4"><w:rPr><w:i/></w:rPr></w:rPrChange>'),
        properties='<w:jc w:val="left"/><w:pPrChange w:id="5"><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrChange>',
    ),
]  # fmt: skip
BODY: list[str] = [
    # What a paragraph holds.
    paragraph(run("Bon"), '<w:proofErr w:type="spellStart"/>', run("jour", "<w:b/>"), run(".")),
    paragraph("<w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>C</w:t><w:cr/><w:t>D</w:t></w:r>"),
    paragraph('<w:r><w:t>une</w:t><w:br w:type="page"/><w:t>deux</w:t><w:br w:type="column"/><w:t>trois</w:t></w:r>'),
    paragraph("<w:r><w:t>peut</w:t><w:noBreakHyphen/><w:t>être adm</w:t><w:softHyphen/><w:t>is</w:t></w:r>"),
    paragraph('<w:r><w:t>gauche</w:t><w:ptab w:alignment="right"/><w:t>droite</w:t></w:r>'),
    paragraph("Case ", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', " cochée"),
    paragraph("<w:r><w:t>  bords perdus  </w:t></w:r>", "<w:r><w:t xml:space='preserve'> bords gardés</w:t></w:r>"),
    paragraph("<w:r><w:t>page</w:t><w:lastRenderedPageBreak/><w:t xml:space='preserve'> suivante</w:t></w:r>"),
    paragraph(run("Please wait", '<w:lang w:val="en-GB"/>'), run(" et lisez", "<w:noProof/>")),
    paragraph(
        "<w:hyperlink r:id='rien'>" + run("le site") + "</w:hyperlink>",
        "<w:smartTag><w:smartTagPr/>" + run(" de Paris") + "</w:smartTag>",
        "<w:customXml><w:customXmlPr/>" + run(" est") + "</w:customXml>",
        '<w:bdo w:val="ltr">' + run(" ouvert") + '</w:bdo><w:dir w:val="ltr">' + run(" demain") + "</w:dir>",
    ),
    paragraph(RUBY, run(" seule")),
    paragraph("Si ", "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", " suffit"),
    paragraph("<m:oMathPara><m:oMath><m:r><m:t>E=mc2</m:t></m:r></m:oMath></m:oMathPara>"),
    paragraph("Lu", run(" caché", "<w:vanish/>"), run(" secret", '<w:rStyle w:val="Secret"/>'), " et approuvé"),
    paragraph("Tout est caché ici", properties='<w:pStyle w:val="Masque"/>'),
    paragraph('<w:commentRangeStart w:id="0"/>', "commenté", '<w:commentRangeEnd w:id="0"/>',
              '<w:r><w:commentReference w:id="0"/></w:r>'),
    *REVISED,
    paragraph("Rien de plus", ins(deleted(" ici"))),
    # Fields.
    paragraph("Cher ", merge("Nom", "\\* MERGEFORMAT"), ","),
    paragraph("Cher", field(' MERGEFI|ELD "Nom de| jeune fille" \\b " Monsieur " \\f " (client)" ', "«Nom»"), ","),
    paragraph("Le ", field(" DATE \\@ dd/MM ", "12/03"), ", ",
              field(f' IF |{field(" MERGEFIELD Civ ", "M")}| = "M" "Monsieur" "Madame" ', "Monsieur"), "."),
    paragraph("Sans résultat : ", field(" MERGEFIELD Montant ", separate=False), "."),
    paragraph("Ville : ", FORM, INSTRUCTION.format("FORMTEXT"), char("separate"), "\u2002\u2002", char("end"), "."),
    paragraph("Oui ", field(" FORMCHECKBOX ", separate=False), "non"),
    paragraph("Choix ", field(" FORMDROPDOWN ", separate=False), "."),
    paragraph("Voyez ", field(' HYPERLINK "https://exemple.fr" ', "la page"), " et ", field(" REF a \\h ", "l'article"),
              field(" XE « index » ", "rien"), "."),
    paragraph("Un ", f"<w:del {TRACK}>{OLD_FIELD}</w:del>", "champ"),
    paragraph("Bonjour {{ prenom }} et <<Nom>>".replace("<", "&lt;").replace(">", "&gt;")),
    # Content controls.
    control(paragraph("Un contrôle de paragraphes.")),
    prompt(paragraph("Cliquez ici pour taper.")),
    paragraph("Bonjour ", control(run("Sylvie")), prompt(run("[Votre nom]")), ", ", CHECKBOX, " demande ",
              control(run("acceptée"), DROP_DOWN), " le ", control(run("3 mai"), "<w:date/>"), "."),
    # Tables.
    table((cell(paragraph("a1")), cell(paragraph("a2a"), paragraph("a2b")))),
    "<w:tbl><w:tblPr/><w:tblGrid/>"
    + row(cell(paragraph("b1")), cell(paragraph("b2"), table((cell(paragraph("dedans")),)), paragraph()))
    + row(cell(paragraph(deleted("ligne partie"), properties=mark("del"))), properties=f"<w:del {TRACK}/>")
    + row(cell(paragraph(ins(run("ligne neuve")))), properties=f"<w:ins {TRACK}/>")
    + row(cell(paragraph("ligne cachée")), properties="<w:hidden/>")
    + control(row(control(cell(paragraph("c1"))), prompt(cell(paragraph("Choisissez"))), cell(paragraph("c3"))))
    + "</w:tbl>",
    f"<w:tbl><w:tblPr/>{row(cell(paragraph(deleted('table partie'))), properties=f'<w:del {TRACK}/>')}</w:tbl>",
    table((f"<w:tc><w:tcPr><w:cellDel {TRACK}/></w:tcPr>{paragraph('cellule partie')}</w:tc>",
           cell(paragraph("reste")))),
    # Text boxes, notes, objects.
    paragraph("Avant ", drawing_box(paragraph("Boîte"), table((cell(paragraph("en case")),)),
                                    paragraph("fin ", vml_box(paragraph("boîte dans la boîte")))), "après"),
    table((cell(paragraph("Case", drawing_box(paragraph("Boîte de case")))),)),
    paragraph("<w:r><w:rPr><w:vanish/></w:rPr>" + drawing_box(paragraph("Boîte cachée"))[5:]),
    paragraph("Premier", reference("footnote", 4), " et second", reference("footnote", 2), reference("endnote", 1),
              f"<w:del {TRACK}>{reference('footnote', 3)}</w:del>"),
    paragraph(PICTURE, drawing("<c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'/>"),
              drawing("<d:relIds xmlns:d='http://schemas.openxmlformats.org/drawingml/2006/diagram'/>"),
              "<w:r><w:object><v:shape><v:imagedata r:id='x'/></v:shape></w:object></w:r>"),
    '<w:altChunk r:id="html"/>',
    paragraph("Dernier."),
    '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
    '<w:headerReference w:type="even" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
    "<w:titlePg/></w:sectPr>",
]  # fmt: skip
STYLES = (
    style("Normal", "Normal", default=True)
    + style("Secret", "Secret", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    + style("Masque", "Masque", "<w:rPr><w:vanish/></w:rPr>")
)
SEPARATOR = ' w:type="separator"'
OTHERS = {
    "header1": root(
        "w:hdr", paragraph("Mairie de Lyon", WATERMARK) + paragraph(drawing_box(paragraph("Logo de la mairie")))
    ),
    "header2": root("w:hdr", paragraph("Première page")),
    "footer1": root("w:ftr", paragraph("Page ", field(" PAGE ", "1"), " sur ", field(" NUMPAGES ", "2"))),
    "footnotes": root(
        "w:footnotes",
        note("footnote", 0, "----", role=SEPARATOR)
        + note("footnote", 1, "----", role=' w:type="continuationSeparator"')
        + note("footnote", 2, "Note seconde")
        + note("footnote", 3, "Note effacée")
        + note("footnote", 4, "Note première")
        + note("footnote", 5, "Note sans appel"),
    ),
    "endnotes": root("w:endnotes", note("endnote", 0, "----", role=SEPARATOR) + note("endnote", 1, "Note de la fin")),
    "comments": root("w:comments", f'<w:comment w:id="0">{paragraph("Un commentaire.")}</w:comment>'),
}  # fmt: skip


def everything() -> bytes:
    files = parts("".join(BODY), STYLES, **OTHERS)
    files["word/glossary/document.xml"] = root("w:glossaryDocument", paragraph("Un bloc de construction"))
    files["word/afchunk1.html"] = "<p>Du texte dans un fichier inclus</p>"
    links = files["word/_rels/document.xml.rels"]
    assert isinstance(links, str)
    more = f'<Relationship Id="glossary" Type="{OFFICE}/glossaryDocument" Target="glossary/document.xml"/>'
    more += f'<Relationship Id="html" Type="{OFFICE}/aFChunk" Target="afchunk1.html"/></Relationships>'
    files["word/_rels/document.xml.rels"] = links.replace("</Relationships>", more)
    return archive(files)


def seen(document: Document) -> list[tuple[str, str]]:
    """The place and the text of each block, as the document shows them; together they are its text."""
    shown = [
        (block.path, document.text[block.segments[0].source.start : block.segments[-1].source.end])
        for block in document.blocks
    ]
    assert "\n".join(text for _, text in shown) == document.text
    return shown


CONSTRUCTS = [
    "Bonjour.",
    "A\tB\nC\nD",
    "une\ndeux\ntrois",
    "peut\u2011être adm\u00adis",
    "gauche\tdroite",
    "Case  cochée",
    "bords perdus bords gardés",
    "page suivante",
    "Please wait et lisez",
    "le site de Paris est ouvert demain",
    "base seule",
    "Si «formule» suffit",
    "Lu et approuvé",
    "commenté",
]
FIELDS = [
    "Cher «Nom»,",
    "Cher«Nom»,",
    "Le 12/03, Monsieur.",
    "Sans résultat : «Montant».",
    "Ville : «Ville».",
    "Oui non",
    "Choix «FORMDROPDOWN».",
    "Voyez la page et l'article.",
]
TYPED = "Bonjour {{ prenom }} et <<Nom>>"
FIRST_ROWS = [
    ("tableau 1, ligne 1, colonne 1", "a1"),
    ("tableau 1, ligne 1, colonne 2", "a2a"),
    ("tableau 1, ligne 1, colonne 2", "a2b"),
    ("tableau 2, ligne 1, colonne 1", "b1"),
    ("tableau 2, ligne 1, colonne 2", "b2"),
    ("tableau 2, ligne 1, colonne 2, tableau intérieur, ligne 1, colonne 1", "dedans"),
]
BOXES = [
    ("zone de texte 1", "Boîte"),
    ("zone de texte 1, tableau 1, ligne 1, colonne 1", "en case"),
    ("zone de texte 1", "fin "),
    ("zone de texte 1, zone de texte 2", "boîte dans la boîte"),
]
EDGES = [
    ("en-tête", "Mairie de Lyon"),
    ("en-tête, zone de texte 4", "Logo de la mairie"),
    ("en-tête", "Première page"),
    ("pied de page", "Page 1 sur 2"),
]


def in_body(texts: list[str], first: int = 1) -> list[tuple[str, str]]:
    return [(f"corps, paragraphe {number}", text) for number, text in enumerate(texts, first)]


def in_words(document: Document) -> dict[str, int]:
    return {skipped.what: skipped.count for skipped in document.skipped}


def test_every_construct_is_read_once_in_order_with_its_place() -> None:
    revised = ["Vous devez payer", "venez demain", "Le début et la fin.", "Une phrase ", "coupée.", "Tout est nouveau."]
    controls = ["Un contrôle de paragraphes.", "Bonjour Sylvie, ☒ demande acceptée le 3 mai."]
    paragraphs = [*CONSTRUCTS, *revised, "gras", "Rien de plus", *FIELDS, "Un champ", TYPED, *controls]
    count = len(paragraphs)
    assert seen(read_docx(everything(), "-")) == [
        *in_body(paragraphs),
        *FIRST_ROWS,
        ("tableau 2, ligne 2, colonne 1", "ligne neuve"),
        ("tableau 2, ligne 3, colonne 1", "c1"),
        ("tableau 2, ligne 3, colonne 3", "c3"),
        ("tableau 3, ligne 1, colonne 1", "reste"),
        (f"corps, paragraphe {count + 1}", "Avant après"),
        *BOXES,
        ("tableau 4, ligne 1, colonne 1", "Case"),
        ("zone de texte 3", "Boîte de case"),
        *in_body(["Premier et second", "Dernier."], count + 2),
        *EDGES,
        ("note 1", "Note première"),
        ("note 2", "Note seconde"),
        ("note de fin 1", "Note de la fin"),
    ]


def test_the_text_before_the_tracked_changes_can_be_read() -> None:
    revised = ["Vous pouvez payer", "Demain, venez", "Le début ", "et la fin.", "Une phrase coupée.", "Tout est parti."]
    controls = ["Un contrôle de paragraphes.", "Bonjour Sylvie, ☒ demande acceptée le 3 mai."]
    paragraphs = [*CONSTRUCTS, *revised, "gras", "Rien de plus", *FIELDS, "Un «Vieux» champ", TYPED, *controls]
    count = len(paragraphs)
    assert seen(read_docx(everything(), "-", revisions=ORIGINAL)) == [
        *in_body(paragraphs),
        *FIRST_ROWS,
        ("tableau 2, ligne 2, colonne 1", "ligne partie"),
        ("tableau 2, ligne 3, colonne 1", "c1"),
        ("tableau 2, ligne 3, colonne 3", "c3"),
        ("tableau 3, ligne 1, colonne 1", "table partie"),
        ("tableau 4, ligne 1, colonne 1", "cellule partie"),
        ("tableau 4, ligne 1, colonne 2", "reste"),
        (f"corps, paragraphe {count + 1}", "Avant après"),
        *BOXES,
        ("tableau 5, ligne 1, colonne 1", "Case"),
        ("zone de texte 3", "Boîte de case"),
        *in_body(["Premier et second", "Dernier."], count + 2),
        *EDGES,
        ("note 1", "Note première"),
        ("note 2", "Note seconde"),
        ("note 3", "Note effacée"),
        ("note de fin 1", "Note de la fin"),
    ]


def test_what_is_not_read_is_counted() -> None:
    assert in_words(read_docx(everything(), "-")) == {
        "image": 1,
        "graphique": 1,
        "schéma SmartArt": 1,
        "objet incorporé": 1,
        "formule": 2,
        "symbole": 1,
        "document inclus": 1,
        "texte masqué": 5,
        "texte d'invite": 3,
    }


def test_a_page_that_is_only_a_picture_is_said_to_be_one() -> None:
    scanned = read_docx(docx(paragraph(PICTURE)), "-")
    assert (scanned.text, in_words(scanned)) == ("", {"image": 1})


def test_a_watermark_is_a_picture_and_no_text() -> None:
    document = read_docx(everything(), "-")
    assert [picture.kind for picture in document.objects.pictures if picture.story == "en-tête"] == ["watermark"]


def test_a_field_is_one_word_with_the_text_that_it_adds_around_its_value() -> None:
    blocks = {block.text: block for block in read_docx(everything(), "-").blocks}
    assert [s.kind for s in blocks["Cher Monsieur Camille (client),"].segments] == [
        SegmentKind.TEXT,
        SegmentKind.PLACEHOLDER,
        SegmentKind.TEXT,
    ]
    assert {"Cher Camille,", "Le Camille, Camille.", "Sans résultat : Camille.", "Si Camille suffit"} <= blocks.keys()


def test_a_foreign_passage_says_its_language() -> None:
    block = next(block for block in read_docx(everything(), "-").blocks if block.text.startswith("Please"))
    assert [(block.text[r.span.start : r.span.end], r.format.language) for r in block.runs] == [
        ("Please wait", "en-GB"),
        (" et lisez", None),
    ]


def test_formatting_is_that_of_today_in_both_views() -> None:
    for revisions in Revisions:
        block = next(b for b in read_docx(everything(), "-", revisions=revisions).blocks if b.text == "gras")
        assert (block.runs[0].format.bold, block.runs[0].format.italic, block.format.alignment) == (True, None, "left")


def test_a_deleted_paragraph_end_before_a_table_joins_nothing() -> None:
    body = paragraph("Avant", properties=mark("del")) + table((cell(paragraph("case", properties=mark("del"))),))
    assert [text for _, text in seen(read_docx(docx(body), "-"))] == ["Avant", "case"]
