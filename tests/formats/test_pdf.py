"""The text of a PDF: paragraphs put together again, headings, lists, pages."""

import subprocess
import zlib

import docx
import pytest

from falc.document import BlockKind, SegmentKind
from falc.formats.pdf import read_pdf
from falc.model import FalcError

pytest.importorskip("pypdfium2")

WIDE = "Vous pouvez demander cette aide au guichet de la mairie, du lundi au vendredi"  # as wide as a column


def pdf(*pages, title=""):
    """Return a PDF: each page is lines of (x, y, size, text), bold when the text begins with « * »."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    for name in (b"Helvetica", b"Helvetica-Bold"):
        objects.append(b"<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /" + name + b" >>")
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"BT /F%d %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n"
            % (2 if text.startswith("*") else 1, size, x, y, text.lstrip("*").encode("cp1252").replace(b")", b"\\)"))
            for x, y, size, text in lines
        )
        packed = zlib.compress(drawn)
        objects.append(b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.append(b"<< /Title (%s) >>" % title.encode("cp1252"))
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>" % (size, size - 1)
    return content + b"xref\n0 %d\n0000000000 65535 f \n%s%s\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        trailer,
        len(content),
    )


def lines(*texts, x=71, top=780, step=15, size=12):
    return [(x, top - step * number, size, text) for number, text in enumerate(texts)]


def shown(data):
    return [(block.kind, block.path, block.text) for block in read_pdf(data, "lettre.pdf").blocks]


def test_lines_make_paragraphs_again():
    document = read_pdf(
        pdf(
            lines("Mairie de Montverny", "3 rue du Port", "69000 Lyon")
            + lines(f"{WIDE},", "avec une photo. Venez aussi avec votre carte.", top=700)
            + lines("Signez en bas.", top=640),
            title="Votre aide",
        ),
        "lettre.pdf",
    )
    assert [(block.path, block.text) for block in document.blocks] == [
        ("page 1, ligne 1", "Mairie de Montverny"),
        ("page 1, ligne 2", "3 rue du Port"),
        ("page 1, ligne 3", "69000 Lyon"),
        ("page 1, ligne 4", f"{WIDE}, avec une photo. Venez aussi avec votre carte."),
        ("page 1, ligne 6", "Signez en bas."),
    ]
    assert document.text == "\n".join(block.text for block in document.blocks)
    assert (document.objects.properties.title, document.objects.properties.page_count) == ("Votre aide", 1)


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("admini-", "stration du service.", "administration du service."),
        ("sous-", "préfet du département.", "sous-préfet du département."),
        ("souhaitez-", "vous une aide ?", "souhaitez-vous une aide ?"),
        ("Saint-", "Étienne, la ville.", "Saint-Étienne, la ville."),
        ("savoir-", "être au travail.", "savoir-être au travail."),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(first, second, read):
    document = read_pdf(pdf(lines(f"{WIDE} avec {first}", second)), "lettre.pdf")
    assert document.blocks[0].text == f"{WIDE} avec {read}"


def test_the_words_of_the_document_tell_how_a_word_is_written():
    text = read_pdf(pdf(lines("Le porte-parole parle.", f"{WIDE} le porte-", "parole.")), "lettre.pdf").text
    assert text.endswith("le porte-parole.")


def test_headings_and_lists():
    data = pdf(
        [
            (71, 800, 20, "Votre carte"),
            *lines(f"{WIDE}.", f"{WIDE}.", top=770, step=30),
            (71, 715, 12, "*Vos papiers"),
            *lines("• une photo de vous, que vous pouvez faire à la mairie ou chez un photographe,", top=690),
            *lines("avec votre nom ;", x=80, top=675),
            *lines("• votre carte.", "1. Signez.", "2) Datez.", top=660),
        ]
    )
    blocks = read_pdf(data, "lettre.pdf").blocks
    assert [(block.kind, block.level, block.format.marker, block.text[:18]) for block in blocks] == [
        (BlockKind.HEADING, 1, None, "Votre carte"),
        (BlockKind.PARAGRAPH, 0, None, WIDE[:18]),
        (BlockKind.PARAGRAPH, 0, None, WIDE[:18]),
        (BlockKind.HEADING, 2, None, "Vos papiers"),
        (BlockKind.LIST_ITEM, 1, "•", "une photo de vous,"),
        (BlockKind.LIST_ITEM, 1, "•", "votre carte."),
        (BlockKind.LIST_ITEM, 1, "1.", "Signez."),
        (BlockKind.LIST_ITEM, 1, "2)", "Datez."),
    ]
    assert blocks[4].text.endswith("photographe, avec votre nom ;")


def test_what_stands_on_all_pages_is_read_once():
    pages = [
        [
            (71, 810, 9, "Ville de Montverny"),
            *lines(f"Texte de la page {'abc'[n]}.", top=700),
            (250, 30, 9, f"Page {n + 1}"),
        ]
        for n in range(3)
    ]
    assert shown(pdf(*pages)) == [
        (BlockKind.PARAGRAPH, "page 1, ligne 2", "Texte de la page a."),
        (BlockKind.PARAGRAPH, "page 2, ligne 2", "Texte de la page b."),
        (BlockKind.PARAGRAPH, "page 3, ligne 2", "Texte de la page c."),
        (BlockKind.HEADER, "en-tête", "Ville de Montverny"),
        (BlockKind.FOOTER, "pied de page", "Page 1"),
    ]


def test_a_sentence_goes_on_over_the_page():
    data = pdf(lines(f"{WIDE},", f"{WIDE} et"), lines("le samedi matin.", "Merci."))
    assert [text for _, _, text in shown(data)] == [f"{WIDE}, {WIDE} et le samedi matin.", "Merci."]


def test_a_page_without_text_is_told():
    document = read_pdf(pdf(lines("Venez lundi."), []), "lettre.pdf")
    assert [(skipped.what, skipped.count) for skipped in document.skipped] == [("page sans texte", 1)]


def test_a_scan_holds_no_text():
    with pytest.raises(FalcError, match="image scannée"):
        read_pdf(pdf([]), "lettre.pdf")


def test_ligatures_are_read_as_letters():
    from falc.formats.pdf_lines import Line, Pdf

    line = Line("La ﬁn de l’ofﬁce", 1, 1, 71, 300, 700, 12, bold=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("falc.formats.pdf.read_lines", lambda data: Pdf((line,), 1, 0, 0, False, ""))
        (block,) = read_pdf(b"", "lettre.pdf").blocks
    assert block.text == "La fin de l’office"
    assert [segment.kind for segment in block.segments].count(SegmentKind.ENTITY) == 2


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 rien", pdf(lines("Venez."))[:200], b"%PDF-1.7\n" + b"<<" * 50_000], ids=["empty", "cut", "deep"]
)
def test_a_damaged_file_is_refused(data):
    with pytest.raises(FalcError, match=r"abîmé|ne contient pas de texte"):
        read_pdf(data, "lettre.pdf")


def test_without_the_option_falc_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(FalcError, match=r"falc\[pdf\]"):
        read_pdf(pdf(lines("Venez.")), "lettre.pdf")


def test_too_many_pages_are_refused():
    page = lines("Venez.")
    with pytest.raises(FalcError, match="trop long"):
        read_pdf(pdf(*[page] * 2_001), "lettre.pdf")


@pytest.mark.office
def test_a_protected_pdf_and_a_real_one(tmp_path):
    letter, file = tmp_path / "lettre.docx", docx.Document()
    file.add_heading("Votre aide", 1)
    file.add_paragraph(f"{WIDE}. {WIDE}.")
    file.add_paragraph("une photo", "List Bullet")
    file.save(str(letter))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for name, options in (("libre", ""), ("clos", '{"EncryptFile":{"type":"boolean","value":"true"},'
                          '"DocumentOpenPassword":{"type":"string","value":"secret"}}')):  # fmt: skip
        target = f"pdf:writer_pdf_Export:{options}" if options else "pdf"
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(tmp_path / name)]
        subprocess.run([*command, str(letter)], check=True, capture_output=True, timeout=120)
    assert [(kind, text) for kind, _, text in shown((tmp_path / "libre" / "lettre.pdf").read_bytes())] == [
        (BlockKind.HEADING, "Votre aide"),
        (BlockKind.PARAGRAPH, f"{WIDE}. {WIDE}."),
        (BlockKind.LIST_ITEM, "une photo"),
    ]
    with pytest.raises(FalcError, match="mot de passe"):
        read_pdf((tmp_path / "clos" / "lettre.pdf").read_bytes(), "lettre.pdf")
