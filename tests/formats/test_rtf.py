"""RTF letters: what the reader of the page sees, whatever program wrote them."""

import subprocess
from pathlib import Path

import pytest

from falc import formats
from falc.document import BlockKind, SegmentKind
from falc.formats.rtf import read_rtf
from falc.model import FalcError, Span

LETTERS = sorted((Path(__file__).parents[2] / "examples" / "lettres").glob("r*.docx"))
FONTS = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}{\f2\fcharset2 Symbol;}}"


def rtf(body, head=r"\ansi\ansicpg1252\deff0"):
    return read_rtf(f"{{\\rtf1{head}{FONTS}{body}}}".encode("cp1252"), "lettre.rtf", lambda name: f"<{name}>")


def texts(body, head=r"\ansi\ansicpg1252\deff0"):
    return [block.text for block in rtf(body, head).blocks]


@pytest.mark.parametrize(
    ("written", "head", "read"),
    [
        (r"d\'e9cid\'e9", r"\ansi\ansicpg1252", "décidé"),
        (r"d\u233?cid\u233\'e9", r"\ansi", "décidé"),
        (r"{\uc0 d\u233 cid\u233 }{\uc2 \u8217 ab}x", r"\ansi", "décidé’x"),
        ("décidé", r"\ansi", "décidé"),
        (r"d\'8ecid\'8e \'d2oui\'d3", r"\mac\ansicpg10000", "décidé “oui”"),
        (r"d\'82cid\'82", r"\pc", "décidé"),
        (r"{\f1 \'e8}", r"\ansi", "č"),
        (r"\u-10179?\u-8694?", r"\ansi", "😊"),
        (r"12\~euros, peut\_être, admi\-nistration", r"\ansi", "12\u00a0euros, peut\u2011être, administration"),
        (r"\lquote a\rquote\emdash\bullet\tab b\line c", r"\ansi", "‘a’—•\tb\nc"),
        (r"\{x\} \\", r"\ansi", "{x} \\"),
    ],
)
def test_accents_and_signs(written, head, read):
    assert texts(written, head) == [read]


def test_only_what_the_page_shows_is_read():
    document = rtf(
        r"{\info{\title Votre aide}{\author Moi}}{\*\generator Un logiciel;}"
        r"Venez {\v sans faute }{\deleted mardi}{\revised lundi}. {\*\inconnu rien}{\pict\wmetafile8 0102}"
        r"{\upr{ansi}{\*\ud{Merci \u233?}}}{\*\annotation une remarque}"
    )
    assert [block.text for block in document.blocks] == ["Venez lundi. Merci é"]
    assert document.objects.properties.title == "Votre aide"
    assert [(skipped.what, skipped.count) for skipped in document.skipped] == [("image", 1), ("texte masqué", 1)]


def test_paragraphs_headings_and_lists_have_their_places():
    document = rtf(
        r"{\stylesheet{\s1\b Heading 1;}{\s2\outlinelevel1 Autre;}}\pard\s1 Titre\par\pard\s2 Petit titre\par"
        r"\pard{\listtext\f2\'b7\tab}\ilvl0\ls1 Une photo\par\pard{\pntext 2.\tab}\ilvl1 Un stylo\par"
        r"\pard\plain Signez.\par"
    )
    assert [(block.kind, block.level, block.format.marker, block.text) for block in document.blocks] == [
        (BlockKind.HEADING, 1, None, "Titre"),
        (BlockKind.HEADING, 2, None, "Petit titre"),
        (BlockKind.LIST_ITEM, 1, "·", "Une photo"),
        (BlockKind.LIST_ITEM, 2, "2.", "Un stylo"),
        (BlockKind.PARAGRAPH, 0, None, "Signez."),
    ]
    assert [block.path for block in document.blocks] == [f"corps, paragraphe {n}" for n in range(1, 6)]


def test_tables():
    document = rtf(
        r"Avant\par\trowd\intbl Mois\cell Somme\cell\row\trowd\intbl Mars\par Avril\cell\cell\row\pard Après\par"
        r"\trowd\pard\intbl x\cell\row"
    )
    assert [(block.path, block.text) for block in document.blocks] == [
        ("corps, paragraphe 1", "Avant"),
        ("tableau 1, ligne 1, colonne 1", "Mois"),
        ("tableau 1, ligne 1, colonne 2", "Somme"),
        ("tableau 1, ligne 2, colonne 1", "Mars"),
        ("tableau 1, ligne 2, colonne 1", "Avril"),
        ("corps, paragraphe 2", "Après"),
        ("tableau 2, ligne 1, colonne 1", "x"),
    ]
    assert [(table.rows, table.columns) for table in document.objects.tables] == [(2, 2), (1, 1)]
    assert document.slice(document.objects.tables[0].span) == "Mois\nSomme\nMars\nAvril"


def test_fields():
    document = rtf(
        r"Bonjour {\field{\*\fldinst { MERGEFIELD Prenom \\* MERGEFORMAT}}{\fldrslt \'abPrenom\'bb}}, lisez "
        r'{\field{\*\fldinst HYPERLINK "https://exemple.fr/a"}{\fldrslt notre page}}.\par Page {\field{\*\fldinst PAGE}'
        r"{\fldrslt 1}}"
    )
    assert document.text == "Bonjour «Prenom», lisez notre page.\nPage 1"
    assert [block.text for block in document.blocks] == ["Bonjour <Prenom>, lisez notre page.", "Page <PAGE>"]
    (link,) = document.objects.links
    assert (document.slice(link.span), link.target) == ("notre page", "https://exemple.fr/a")


def test_headers_notes_and_boxes_are_read_once():
    document = rtf(
        r"{\header Mairie\par}{\headerf Mairie\par}{\footerr Page 1\par}"
        r"Venez{\footnote \chftn  Lundi.}.{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt Cadre\par}}{\shprslt Cadre}}\par "
        r"Signez{\footnote\ftnalt Fin.}.\par"
    )
    assert [(block.kind, block.path, block.text.strip()) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "corps, paragraphe 1", "Venez."),
        (BlockKind.PARAGRAPH, "zone de texte 1", "Cadre"),
        (BlockKind.PARAGRAPH, "corps, paragraphe 2", "Signez."),
        (BlockKind.HEADER, "en-tête", "Mairie"),
        (BlockKind.FOOTER, "pied de page", "Page 1"),
        (BlockKind.FOOTNOTE, "note 1", "Lundi."),
        (BlockKind.ENDNOTE, "note de fin 1", "Fin."),
    ]


def test_looks_follow_the_words():
    (block,) = rtf(r"Venez {\b\fs28 lundi} ou \i mardi\i0 .").blocks
    bold = [block.text[run.span.start : run.span.end] for run in block.runs if run.format.bold]
    italic = [block.text[run.span.start : run.span.end] for run in block.runs if run.format.italic]
    assert (bold, italic) == (["lundi"], ["mardi"])
    assert next(run.format.size for run in block.runs if run.format.bold) == 14


def test_typed_placeholders_are_masked():
    data = rb"{\rtf1\ansi Bonjour \'abNom\'bb, {\b votre} dossier \{\{ numero \}\} est complet.}"
    (block,) = formats.read_bytes(data, Path("lettre.rtf"), "lettre.rtf").blocks
    assert [segment.kind for segment in block.segments].count(SegmentKind.PLACEHOLDER) == 2
    assert block.source_text(Span(0, len(block.text)), "x" * 99)


@pytest.mark.parametrize(
    "body",
    [
        b"{}" * 100_000,
        b"\\" * 300_000,
        b"a" * 300_000,
        b"{" * 4_000 + b"x" + b"}" * 4_000,
        b"\\bin999999999 abc",
        b"\\bin-5 abc",
        b"\\u99999999 ?\\'zz\\'\\*\\fcharset999\\f99999 \\cell\\row}}}",
        b"{\\field{\\*\\fldinst " + b"{\\b x}" * 20_000 + b"}{\\fldrslt y}}",
        b"{\\fonttbl" + b"{\\f1\\fcharset78 A;}" * 20_000 + b"}{\\footnote \\f1\\'e9}" * 2_000,
    ],
    ids=["groups", "backslashes", "letters", "deep", "bin", "negative", "odd", "instruction", "fonts"],
)
def test_hostile_files_are_read(body):
    document = read_rtf(b"{\\rtf1\\ansi " + body + b"}", "lettre.rtf")
    for block in document.blocks:
        assert all(segment.source.end <= len(document.text) for segment in block.segments)


def test_what_no_letter_holds_is_refused():
    with pytest.raises(FalcError):
        read_rtf(b"{\\rtf1 " + b"{" * 100_000, "lettre.rtf")
    with pytest.raises(FalcError):
        read_rtf(b"{\\rtf1 " + b"a" * 2_100_000, "lettre.rtf")


@pytest.mark.office
@pytest.mark.parametrize("letter", LETTERS, ids=[path.stem for path in LETTERS])
def test_what_libreoffice_saves_reads_as_the_letter_itself(letter, tmp_path):
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "rtf", "--outdir", str(tmp_path), str(letter)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved, original = formats.read(tmp_path / f"{letter.stem}.rtf"), formats.read(letter)

    def shown(document):
        blocks = (block for block in document.blocks if block.kind is not BlockKind.FOOTER)  # holds page numbers
        return [(block.kind, block.level, block.format.marker, block.text.strip()) for block in blocks]

    assert shown(saved) == shown(original)
