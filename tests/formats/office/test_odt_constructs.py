"""Every construct of OpenDocument texts that can hold text: read once, in its place, in reading order.

The expected texts are written by hand, from the standard and from what LibreOffice shows.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from falc.document import BlockKind, Document
from falc.formats.office.odt.specimen import flat_specimen, odt_specimen
from falc.formats.office.odt.text import read_odt
from falc.model import Revisions

from .odt import letters, p, style
from .reviewed import reviewed

INFO = "<office:change-info><dc:creator>Zoé</dc:creator><dc:date>2026-01-05T10:00:00</dc:date></office:change-info>"


def region(name: str, *kinds: str) -> str:
    return f'<text:changed-region xml:id="{name}" text:id="{name}">{"".join(kinds)}</text:changed-region>'


INSERTION = f"<text:insertion>{INFO}</text:insertion>"


def deletion(words: str) -> str:
    return f"<text:deletion>{INFO}{words}</text:deletion>"


def changes(*regions: str) -> str:
    return f'<text:tracked-changes text:track-changes="false">{"".join(regions)}</text:tracked-changes>'


def change(name: str, words: str | None = None) -> str:
    """The mark of deleted words, or marks around added ones."""
    if words is None:
        return f'<text:change text:change-id="{name}"/>'
    return f'<text:change-start text:change-id="{name}"/>{words}<text:change-end text:change-id="{name}"/>'


def box(name: str, content: str) -> str:
    opening = f'<draw:frame draw:name="{name}" text:anchor-type="paragraph">'
    return f"{opening}<draw:text-box>{content}</draw:text-box></draw:frame>"


def note(kind: str, words: str) -> str:
    return (
        f'<text:note text:id="{kind}{len(words)}" text:note-class="{kind}"><text:note-citation>9</text:note-citation>'
        f"<text:note-body>{words}</text:note-body></text:note>"
    )


def cell(content: str, more: str = "") -> str:
    return f"<table:table-cell{more}>{content}</table:table-cell>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


STYLES = (
    style("Caché", "text", letters(text__display="none"))
    + style("Gras", "text", letters(fo__font_weight="bold"))
    + style("Large", master="Paysage")
)
MASTERS = (
    '<style:master-page style:name="Standard"><style:header><text:p>Mairie de Lys</text:p></style:header>'
    "<style:header-first><text:p>Première page</text:p></style:header-first>"
    "<style:footer><text:p>Page <text:page-number>1</text:page-number> sur <text:page-count>9</text:page-count>"
    "</text:p></style:footer></style:master-page>"
    '<style:master-page style:name="Paysage"><style:header><text:p>Mairie de Lys</text:p></style:header>'
    '<style:footer><text:p>Annexe</text:p></style:footer><style:footer-left style:display="false"><text:p>non</text:p>'
    "</style:footer-left></style:master-page>"
    '<style:master-page style:name="Jamais"><style:header><text:p>jamais montré</text:p></style:header>'
    "</style:master-page>"
)
CHANGED = changes(
    region("d1", deletion(p("mot retiré ") + p("et paragraphe retiré"))),
    region("i1", INSERTION),
    region("b1", deletion(p("ajouté puis retiré")), INSERTION),
)
# Pairs: the XML of a part of the body, what falc reads there, each text with its place.
BODY: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "<office:forms><form:form><form:text form:name='champ'/></form:form></office:forms>"
        + CHANGED
        + "<text:sequence-decls><text:sequence-decl text:name='Figure'/></text:sequence-decls>"
        "<text:user-field-decls><text:user-field-decl text:name='ville' office:string-value='Lys'/>"
        "</text:user-field-decls>",
        [],
    ),
    ('<text:h text:outline-level="1">Votre demande</text:h>', [("Votre demande", "corps, paragraphe 1")]),
    # Blanks, signs, what shows nothing.
    (
        p("  Vous \n  devez   <text:span> payer</text:span><text:s/><text:s text:c='2'/>ici <text:s/>"),
        [("Vous devez payer   ici  ", "corps, paragraphe 2")],
    ),
    (
        p("Un<text:tab/>deux<text:line-break/>trois<text:soft-page-break/> quatre<!-- non --><?non rien?>"),
        [("Un\tdeux\ntrois quatre", "corps, paragraphe 3")],
    ),
    (
        p(
            'Le <text:span>mot <text:span text:style-name="Gras">gras</text:span></text:span> sur '
            '<text:a xlink:href="https://exemple.fr/">le <text:span>site</text:span></text:a> '
            "<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>kanji</text:ruby-text></text:ruby>"
            "<text:bookmark-start text:name='a'/>.<text:bookmark-end text:name='a'/><text:bookmark text:name='b'/>"
            "<text:reference-mark text:name='c'/><text:reference-mark-start text:name='d'/>"
            "<text:reference-mark-end text:name='d'/><text:toc-mark text:string-value='non'/>"
            "<text:alphabetical-index-mark text:string-value='non'/>"
        ),
        [("Le mot gras sur le site 漢字.", "corps, paragraphe 4")],
    ),
    # Comments, changes, hidden text.
    (
        p(
            'Vu <office:annotation office:name="x"><dc:creator>Zoé</dc:creator><dc:date>2026-01-05T10:00:00</dc:date>'
            "<meta:creator-initials>Z</meta:creator-initials><text:p>Pourquoi ?</text:p></office:annotation>"
            'par la mairie<office:annotation-end office:name="x"/>'
        ),
        [("Vu par la mairie", "corps, paragraphe 5")],
    ),
    (
        p(f"Texte {change('d1')}{change('i1', 'neuf ')}{change('b1')}gardé"),
        [("Texte neuf gardé", "corps, paragraphe 6")],
    ),
    (
        p('Montré<text:span text:style-name="Caché"> caché</text:span>')
        + p('caché<text:hidden-paragraph text:condition="1" text:is-hidden="true"/>')
        + '<text:section text:name="S1" text:display="none"><text:p>caché</text:p></text:section>'
        '<text:section text:name="S2"><text:p>Section</text:p></text:section>',
        [("Montré", "corps, paragraphe 7"), ("Section", "corps, paragraphe 8")],
    ),
    # Controls, text of the program.
    (
        p(
            "Nom : <loext:content-control>Durand</loext:content-control><loext:content-control "
            'loext:showing-place-holder="true">Cliquez ici</loext:content-control><text:meta>, </text:meta>'
            '<text:meta-field xml:id="m">né ici</text:meta-field>'
        ),
        [("Nom : Durand, né ici", "corps, paragraphe 9")],
    ),
    (
        p(
            'Article <text:bookmark-ref text:ref-name="a">3</text:bookmark-ref>, <text:reference-ref text:ref-name="c">'
            '4</text:reference-ref>, figure <text:sequence text:name="Figure">5</text:sequence>, <text:sequence-ref>5'
            "</text:sequence-ref>, note <text:note-ref>1</text:note-ref>, le <text:date>5 mars</text:date> à "
            "<text:time>10 h</text:time>, <text:author-name>Léo</text:author-name> <text:sender-city>Lys"
            "</text:sender-city> <text:title>Lettre</text:title> <text:file-name>lettre.odt</text:file-name> "
            "<text:chapter>Un</text:chapter> <text:word-count>90</text:word-count>"
        ),
        [
            (
                "Article 3, 4, figure 5, 5, note 1, le 5 mars à 10 h, Léo Lys Lettre lettre.odt Un 90",
                "corps, paragraphe 10",
            )
        ],
    ),
    # Fields whose value is not known yet: each is shown as « X ».
    (
        p(
            "; ".join(
                (
                    '<text:database-display text:column-name="Nom">«Nom»</text:database-display>',
                    '<text:database-name text:table-name="T">Base</text:database-name>',
                    "<text:database-row-number text:table-name='T'>2</text:database-row-number>",
                    '<text:placeholder text:placeholder-type="text">&lt;Rue&gt;</text:placeholder>',
                    '<text:text-input text:description="Votre nom">Durand</text:text-input>',
                    '<text:drop-down text:name="choix"><text:label text:value="non"/>oui</text:drop-down>',
                    '<text:user-field-get text:name="ville">Lys</text:user-field-get>',
                    '<text:user-field-input text:description="ville">Lys</text:user-field-input>',
                    '<text:variable-get text:name="prix">12</text:variable-get>',
                    '<text:variable-set text:name="prix">12</text:variable-set>',
                    '<text:variable-input text:description="prix">12</text:variable-input>',
                    '<text:user-defined text:name="dossier">A1</text:user-defined>',
                    "<text:conditional-text>Madame</text:conditional-text>",
                    "<text:hidden-text>Monsieur</text:hidden-text>",
                    '<text:expression text:formula="1+1">2</text:expression>',
                    "<text:execute-macro>Ouvrir</text:execute-macro>",
                    '<field:fieldmark-start text:name="Nom" field:type="vnd.oasis.opendocument.field.FORMTEXT"/>Durand'
                    "<field:fieldmark-end/>",
                )
            )
            + "<text:database-next/><text:database-row-select/><text:script>x()</text:script>"
            '<text:page-variable-set text:page-adjust="1">9</text:page-variable-set>'
            '<text:variable-set text:display="none" text:name="y">9</text:variable-set>'
            '<text:hidden-text text:is-hidden="true">caché</text:hidden-text>'
        ),
        [("; ".join(["X"] * 17), "corps, paragraphe 11")],
    ),
    # Lists.
    (
        "<text:list><text:list-header><text:p>Pièces</text:p></text:list-header><text:list-item>"
        "<text:p>une carte</text:p><text:list><text:list-item><text:p>en cours</text:p></text:list-item></text:list>"
        "</text:list-item></text:list>"
        "<text:numbered-paragraph><text:p>une preuve</text:p></text:numbered-paragraph>",
        [
            ("Pièces", "corps, paragraphe 12"),
            ("une carte", "corps, paragraphe 13"),
            ("en cours", "corps, paragraphe 14"),
            ("une preuve", "corps, paragraphe 15"),
        ],
    ),
    # Tables: repeated, covered and nested cells.
    (
        "<table:table><table:title>non</table:title><table:desc>non</table:desc>"
        '<table:table-column table:number-columns-repeated="3"/><table:table-header-rows>'
        + row(
            cell(p("Droit"), ' table:number-columns-spanned="2"'),
            "<table:covered-table-cell><text:p>non</text:p></table:covered-table-cell>",
            cell(p("Montant")),
        )
        + "</table:table-header-rows>"
        + row('<table:table-cell table:number-columns-repeated="2"/>', cell(p("12 euros") + p("par mois")))
        + "</table:table>",
        [
            ("Droit", "tableau 1, ligne 1, colonne 1"),
            ("Montant", "tableau 1, ligne 1, colonne 2"),
            ("12 euros", "tableau 1, ligne 2, colonne 3"),
            ("par mois", "tableau 1, ligne 2, colonne 3"),
        ],
    ),
    (
        "<table:table>"
        + row(cell(p("a")))
        + '<table:table-row table:number-rows-repeated="1"><table:table-cell/></table:table-row>'
        + row(cell(p("b")), cell(p("avant") + f"<table:table>{row(cell(p('dedans')))}</table:table>" + p("après")))
        + "</table:table>",
        [
            ("a", "tableau 2, ligne 1, colonne 1"),
            ("b", "tableau 2, ligne 3, colonne 1"),
            ("avant", "tableau 2, ligne 3, colonne 2"),
            ("dedans", "tableau 2, ligne 3, colonne 2, tableau intérieur, ligne 1, colonne 1"),
            ("après", "tableau 2, ligne 3, colonne 2"),
        ],
    ),
    # Text boxes and drawings come after the paragraph that they hang on; pictures and their titles are no text.
    (
        p(
            f"Encadré{box('Un', p('Important') + p('Appelez' + box('Deux', p('vite'))))} ici"
            "<draw:custom-shape><svg:title>non</svg:title><svg:desc>non</svg:desc><text:p>forme</text:p>"
            "</draw:custom-shape><draw:g><svg:title>non</svg:title><draw:rect><text:p>groupe</text:p></draw:rect>"
            "<draw:line/></draw:g>"
            '<draw:frame><draw:image xlink:href="Pictures/image1.png"><text:p/></draw:image><svg:title>non</svg:title>'
            "<svg:desc>non</svg:desc></draw:frame><draw:control draw:control='c'/>"
        ),
        [
            ("Encadré ici", "corps, paragraphe 16"),
            ("Important", "zone de texte 1"),
            ("Appelez", "zone de texte 1"),
            ("vite", "zone de texte 1, zone de texte 4"),
            ("forme", "zone de texte 2"),
            ("groupe", "zone de texte 3"),
        ],
    ),
    # Notes are read at the end.
    (
        p(
            f"Droit{note('footnote', p('La loi.') + p('Article 2.'))} et recours{note('endnote', p('Deux mois.'))}"
            f" au tribunal{note('footnote', p('Celui de Lys.'))}"
        ),
        [("Droit et recours au tribunal", "corps, paragraphe 17")],
    ),
    # What the program writes itself.
    (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>non</text:index-title-template>"
        "<text:table-of-content-entry-template><text:index-entry-text/></text:table-of-content-entry-template>"
        "</text:table-of-content-source><text:index-body><text:index-title><text:p>Sommaire</text:p></text:index-title>"
        "<text:p>Votre demande<text:tab/>1</text:p></text:index-body></text:table-of-content>"
        "<text:bibliography><text:bibliography-source/><text:index-body><text:p>Sources</text:p></text:index-body>"
        "</text:bibliography>",
        [
            ("Sommaire", "corps, paragraphe 18"),
            ("Votre demande\t1", "corps, paragraphe 19"),
            ("Sources", "corps, paragraphe 20"),
        ],
    ),
    # What is not read is counted.
    (
        p(
            "<draw:frame><draw:object><math:math><math:mi>non</math:mi></math:math></draw:object></draw:frame>Formule"
            '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="Pictures/image1.png"/>'
            "</draw:frame>"
        ),
        [("Formule", "corps, paragraphe 21")],
    ),
    (p("Annexe", "Large"), [("Annexe", "corps, paragraphe 22")]),
]
BESIDE = [
    ("Mairie de Lys", "en-tête"),
    ("Première page", "en-tête"),
    ("Page 1 sur 9", "pied de page"),
    ("Annexe", "pied de page"),
    ("La loi.", "note 1"),
    ("Article 2.", "note 1"),
    ("Celui de Lys.", "note 2"),
    ("Deux mois.", "note de fin 1"),
]
MAKERS = pytest.mark.parametrize("made", [odt_specimen, flat_specimen])


def every_construct(made: object, revisions: Revisions = Revisions.ACCEPTED) -> Document:
    assert callable(made)
    data = made("".join(xml for xml, _ in BODY), {"automatic": STYLES, "master": MASTERS})
    return read_odt(data, "lettre.odt", lambda name: "X", revisions)


@MAKERS
def test_each_construct_is_read_once_in_its_place(made: object) -> None:
    document = every_construct(made)
    expected = [text for _, texts in BODY for text in texts] + BESIDE
    assert [(block.text, block.path) for block in document.blocks] == expected


def test_kinds_tell_texts_apart() -> None:
    kinds = {block.text: block.kind for block in every_construct(odt_specimen).blocks}
    assert kinds["Votre demande"] is BlockKind.HEADING
    assert kinds["une carte"] is kinds["en cours"] is BlockKind.LIST_ITEM
    assert kinds["12 euros"] is kinds["dedans"] is BlockKind.TABLE_CELL
    assert kinds["Important"] is BlockKind.PARAGRAPH
    assert kinds["Première page"] is BlockKind.HEADER
    assert kinds["Page 1 sur 9"] is BlockKind.FOOTER
    assert kinds["La loi."] is BlockKind.FOOTNOTE
    assert kinds["Deux mois."] is BlockKind.ENDNOTE


@MAKERS
def test_what_is_not_read_is_said(made: object) -> None:
    skipped = {skipped.what: skipped.count for skipped in every_construct(made).skipped}
    assert skipped["formule"] == 1
    assert skipped["image"] == 1
    assert skipped["objet incorporé"] == 1
    assert sum(skipped.values()) >= 3 + 4  # and hidden texts, and an empty control


@MAKERS
def test_the_text_before_the_changes(made: object) -> None:
    accepted = [block.text for block in every_construct(made).blocks]
    original = [block.text for block in every_construct(made, Revisions.ORIGINAL).blocks]
    index = accepted.index("Texte neuf gardé")
    assert original == [
        *accepted[:index], "Texte mot retiré ", "et paragraphe retirégardé", *accepted[index + 1 :]
    ]  # fmt: skip


REVISED = {
    "one word": (
        changes(region("d1", deletion(p("vieux "))), region("i1", INSERTION))
        + p(f"Un {change('d1')}{change('i1', 'nouveau ')}mot"),
        ["Un nouveau mot"],
        ["Un vieux mot"],
    ),
    "parts of paragraphs": (
        changes(region("d1", deletion(p("fin un") + p("tout deux") + p("début trois "))))
        + p(f"Avant {change('d1')}après") + p("suite"),
        ["Avant après", "suite"],
        ["Avant fin un", "tout deux", "début trois après", "suite"],
    ),
    "a mark of a paragraph": (
        changes(region("d1", deletion(p("") + p("")))) + p(f"un{change('d1')}deux"),
        ["undeux"],
        ["un", "deux"],
    ),
    "added paragraphs": (
        changes(region("i1", INSERTION))
        + p('Avant<text:change-start text:change-id="i1"/> ajout') + p("milieu")
        + p('bout<text:change-end text:change-id="i1"/> après') + p("fin"),
        ["Avant ajout", "milieu", "bout après", "fin"],
        ["Avant après", "fin"],
    ),
    "an added paragraph": (
        changes(region("i1", INSERTION))
        + p("un") + p('<text:change-start text:change-id="i1"/>deux')
        + p('<text:change-end text:change-id="i1"/>trois'),
        ["un", "deux", "trois"],
        ["un", "trois"],
    ),
    "in bold letters": (
        changes(region("d1", deletion('<text:p><text:span text:style-name="Gras">gras</text:span> puis</text:p>'
                                      + p("reste"))))
        + p(f'un <text:span text:style-name="Gras">deux {change("d1")} trois</text:span> fin'),
        ["un deux trois fin"],
        ["un deux gras puis", "restetrois fin"],
    ),
    "added, then deleted": (
        changes(region("d1", deletion(p("jamais ")), INSERTION)) + p(f"Un {change('d1')}mot"),
        ["Un mot"],
        ["Un mot"],
    ),
    "a list": (
        changes(region("d1", deletion(p("a") + "<text:list><text:list-item>" + p("b")
                                      + "</text:list-item></text:list>" + p("c"))))
        + p(f"x{change('d1')}y"),
        ["xy"],
        ["xa", "b", "cy"],
    ),
    "a note": (
        changes(region("d1", deletion(p(f"mot{note('footnote', p('la note'))} "))))
        + p(f"un {change('d1')}deux"),
        ["un deux"],
        ["un mot deux", "la note"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REVISED)
@MAKERS
def test_both_states_of_a_revised_text(case: str, made: object) -> None:
    body, *expected = REVISED[case]
    assert callable(made)
    data = made(body, {"automatic": STYLES})
    read = [
        [block.text for block in read_odt(data, "-", revisions=revisions).blocks]
        for revisions in (Revisions.ACCEPTED, Revisions.ORIGINAL)
    ]
    assert read == expected


def test_a_deletion_that_the_file_repeats_is_undone_once() -> None:
    body = changes(region("d1", deletion(p("long " * 1_000)))) + p(change("d1") * 1_000 + "fin")
    document = read_odt(odt_specimen(body), "-", revisions=Revisions.ORIGINAL)
    assert document.text.count("long") == 1_000


@pytest.mark.office
def test_libreoffice_accepts_and_rejects_to_the_same_texts(tmp_path: Path) -> None:
    files = []
    for number, (body, _, _) in enumerate(REVISED.values()):
        files.append(tmp_path / f"lettre{number}.odt")
        files[-1].write_bytes(odt_specimen(body, {"automatic": STYLES}))
    shown = [[found["accepted"], found["rejected"]] for found in reviewed(files)]
    assert shown == [[accepted, original] for _, accepted, original in REVISED.values()]
