"""A house copy: the same words in the same order, in a Word file that is easy to read."""

import io
import re
import struct
import subprocess
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from docx.shared import Pt
from formats.office.validators import new_faults
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from falc import formats
from falc.cli.convert import convert
from falc.copies import convert_bytes, converted
from falc.document import BlockKind
from falc.formats.office.specimen import docx_specimen
from falc.model import FalcError, Span

LETTERS = sorted((Path(__file__).parent.parent / "examples" / "lettres").glob("*.docx"))
# What the copy adds: marks and heading of notes, the frames of pictures, the total of pages, a page number of its own.
ADDED = re.compile(
    r" \(note \d+\)|^Notes$|^Note \d+ : |^\[(?:Image|Graphique)[^\]]*\]$| sur 1$|^Page 1 sur 1$", re.MULTILINE
)


def copy(text, suffix=".md", *, layout=True):
    return convert_bytes(text.encode(), Path(f"texte{suffix}"), layout=layout)


def opened(content):
    return docx.Document(io.BytesIO(content))


def lines(content):
    """Return the lines of the body, those of one paragraph apart."""
    return [line for paragraph in opened(content).paragraphs for line in paragraph.text.split("\n") if line]


def read(content):
    return formats.read_bytes(content, Path("copie.docx"), "copie.docx")


def words_in_order(document, *kinds):
    shown = (
        block.source_text(Span(0, len(block.text)), document.text) for block in document.blocks if block.kind in kinds
    )
    return re.findall(r"\S+", ADDED.sub("", "\n".join(shown)))


def png(width=40, height=20):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_each_sentence_has_its_line_and_none_is_cut():
    text = "Vous avez rendez-vous avec M. Martin le 3 mars. Apportez une photo. Merci !"
    assert lines(copy(text)) == [
        "Vous avez rendez-vous avec M. Martin le 3 mars.",
        "Apportez une photo.",
        "Merci !",
    ]
    assert lines(copy(text, layout=False)) == [text]


def test_the_lines_of_an_address_stay_and_wrapped_lines_are_joined():
    text = (
        "Mairie de Lyon\n3 rue du Port\n\n"
        "Vous pouvez demander cette aide au guichet de la mairie, du lundi au\nvendredi, avec une photo de vous. "
        "Venez avec\nvotre carte d'identité et la lettre que vous avez reçue de la mairie.\n"
    )
    assert lines(copy(text, ".txt")) == [
        "Mairie de Lyon",
        "3 rue du Port",
        "Vous pouvez demander cette aide au guichet de la mairie, du lundi au vendredi, avec une photo de vous.",
        "Venez avec votre carte d'identité et la lettre que vous avez reçue de la mairie.",
    ]


def test_headings_lists_tables_links_and_bold_stay():
    content = copy(
        "# Votre aide\n\nLisez **vite** [notre page](https://exemple.fr/à), *merci*.\n\n3. un\n4. deux\n   - sous\n\n"
        "Autre liste :\n\n1. un\n\n| Mois | Somme |\n|---|---|\n| Mars | 12 euros |\n"
    )
    file, document = opened(content), read(content)
    assert [(b.kind, b.level, b.format.marker, b.text) for b in document.blocks if b.kind is not BlockKind.FOOTER] == [
        (BlockKind.HEADING, 1, None, "Votre aide"),
        (BlockKind.PARAGRAPH, 0, None, "Lisez vite notre page, merci."),
        (BlockKind.LIST_ITEM, 1, "3.", "un"),
        (BlockKind.LIST_ITEM, 1, "4.", "deux"),
        (BlockKind.LIST_ITEM, 2, "•", "sous"),
        (BlockKind.PARAGRAPH, 0, None, "Autre liste :"),
        (BlockKind.LIST_ITEM, 1, "1.", "un"),
        (BlockKind.TABLE_CELL, 0, None, "Mois"),
        (BlockKind.TABLE_CELL, 0, None, "Somme"),
        (BlockKind.TABLE_CELL, 0, None, "Mars"),
        (BlockKind.TABLE_CELL, 0, None, "12 euros"),
    ]
    (link,) = document.objects.links
    assert (document.slice(link.span), link.target) == ("notre page", "https://exemple.fr/%C3%A0")
    assert [run.text for run in file.paragraphs[1].runs if run.bold] == ["vite"]
    assert not any(run.italic for paragraph in file.paragraphs for run in paragraph.runs)
    assert document.objects.tables[0].headers == 2
    plain = opened(copy("*merci*", layout=False))
    assert plain.paragraphs[0].runs[0].italic


@pytest.mark.parametrize(
    "markers",
    [["a)", "b)"], ["h)", "i)", "j)"], ["i.", "ii.", "iv."], ["2.4.5", "2.4.6"], ["Article 1er"], ["IV -"], ["–"]],
)
def test_list_signs_are_those_of_the_source(markers):
    source = docx.Document()
    paragraphs = [source.add_paragraph(f"point {n}", "List Bullet") for n in range(len(markers))]
    stream = io.BytesIO()
    source.save(stream)
    document = read(stream.getvalue())
    assert len(paragraphs) == len(document.blocks)
    marked = [replace(b, format=replace(b.format, marker=m)) for b, m in zip(document.blocks, markers)]
    again = read(converted(document.with_blocks(marked), layout=True))
    assert [b.format.marker for b in again.blocks if b.kind is BlockKind.LIST_ITEM] == markers


def test_placeholders_and_template_tags_are_kept_as_written():
    text = "Bonjour «Nom», {{ prenom }}.\n\n{% if aide %}\n\nVous avez {{ montant }} euros.\n\n{% endif %}\n\nMerci.\n"
    written = [
        "Bonjour «Nom», {{ prenom }}.",
        "{% if aide %}",
        "Vous avez {{ montant }} euros.",
        "{% endif %}",
        "Merci.",
    ]
    first = copy(text)
    assert lines(first) == written
    assert lines(convert_bytes(first, Path("copie.docx"), layout=True)) == written


def test_the_page_is_easy_to_read():
    file = opened(copy("# Titre\n\nVenez lundi. Merci."))
    normal, section = file.styles["Normal"], file.sections[0]
    assert (normal.font.name, normal.font.size.pt) == ("Arial", 14)
    assert normal.paragraph_format.line_spacing == 1.5
    assert section.left_margin > 2 * section.right_margin - Pt(1)  # room for pictures
    assert section.right_margin.cm >= 2.5
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert (section.footer.paragraphs[0].text.startswith("Page"), fields) == (True, ["PAGE", "NUMPAGES"])
    assert (file.core_properties.title, file.core_properties.language) == ("Titre", "fr-FR")


def test_pictures_are_copied_or_shown_by_their_description():
    source = docx.Document()
    source.add_paragraph("Voici la mairie.")
    source.add_picture(io.BytesIO(png()), Pt(60))
    source.inline_shapes[0]._inline.docPr.set("descr", "La mairie")
    source.add_paragraph("Venez lundi.")
    stream = io.BytesIO()
    source.save(stream)
    document = read(convert_bytes(stream.getvalue(), Path("lettre.docx"), layout=True))
    assert [(p.alt, p.media, round(p.width)) for p in document.objects.pictures] == [("La mairie", "image/png", 60)]
    assert [b.text for b in document.blocks[:2]] == ["Voici la mairie.", "Venez lundi."]
    assert "[Image : La mairie]" in lines(copy("Voici.\n\n![La mairie](mairie.png)\n"))


def test_notes_stand_at_the_end_under_a_heading():
    (letter,) = (path for path in LETTERS if path.stem == "radiation-domiciliation")
    found = lines(convert_bytes(letter.read_bytes(), letter, layout=True))
    assert any(line.endswith("tous les trois mois. (note 1)") for line in found)
    assert found[found.index("Notes") + 1].startswith("Note 1 : Art. L. 264-2")


@pytest.mark.parametrize("letter", LETTERS, ids=[path.stem for path in LETTERS])
@pytest.mark.parametrize("layout", [True, False], ids=["layout", "plain"])
def test_the_words_of_a_letter_never_change(letter, layout):
    before = formats.read(letter)
    content = convert_bytes(letter.read_bytes(), letter, layout=layout)
    after = read(content)
    body = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.CAPTION)
    expected = words_in_order(before, *body)
    assert words_in_order(after, *body)[: len(expected)] == expected
    assert words_in_order(after, BlockKind.HEADER) == words_in_order(before, BlockKind.HEADER)
    empty = io.BytesIO()
    docx.Document().save(empty)
    assert not new_faults(empty.getvalue(), content)


@pytest.mark.model
@pytest.mark.parametrize("letter", LETTERS, ids=[path.stem for path in LETTERS])
def test_the_layout_leaves_nothing_to_say_but_of_words(letter, linter):
    report = linter.check_document(read(convert_bytes(letter.read_bytes(), letter, layout=True)))
    # Capitals, and spaces inside numbers, are typed: they are words of the letter.
    assert {finding.code for finding in report if finding.code.startswith("MEP")} <= {"MEP009", "MEP021", "MEP025"}


TEXT = st.text("aé.!? \n*_-1)«»{}[]#|<>&\t:;,AÉ’…", max_size=60)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT, max_size=6).map("\n\n".join), st.sampled_from(["text", "markdown", "html"]), st.booleans())
def test_any_text_keeps_its_words(text, format, layout):
    assume("{#" not in text)  # a comment of a template over several paragraphs hides them in the text only
    document = formats.read_text(text, format)
    copied = read(converted(document, layout=layout))
    body = [block for block in copied.blocks if block.kind is not BlockKind.FOOTER]

    def letters(document, blocks):
        shown = (block.source_text(Span(0, len(block.text)), document.text) for block in blocks)
        return re.sub(r"[^\w]", "", "".join(shown))

    assert letters(copied, body) == letters(document, document.blocks)


def test_two_copies_are_the_same_bytes(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    assert copy("Venez lundi.") == copy("Venez lundi.")


def test_links_to_nowhere_and_signs_that_xml_refuses():
    content = copy("[ici](javascript:alert(1)), [là](#bas) et \x0bça.")
    assert read(content).objects.links == ()
    assert not zipfile.ZipFile(io.BytesIO(content)).testzip()


class TestCommand:
    def run(self, *arguments, input=None):
        return CliRunner().invoke(
            convert, [str(argument) for argument in arguments], input=input, standalone_mode=False
        )

    def test_a_copy_is_written_and_the_text_stays(self, tmp_path):
        text, target = tmp_path / "lettre.md", tmp_path / "copie.docx"
        text.write_text("Venez lundi. Merci.", encoding="utf-8")
        result = self.run(text, "-o", target, "--layout")
        assert (result.exception, result.return_value) == (None, 0)
        assert lines(target.read_bytes()) == ["Venez lundi.", "Merci."]
        assert text.read_text(encoding="utf-8") == "Venez lundi. Merci."

    def test_the_standard_input(self, tmp_path):
        target = tmp_path / "copie.docx"
        result = self.run("-", "-o", target, "--stdin-filename", "lettre.html", input="<p>Venez <b>lundi</b>.</p>")
        assert (result.exception, lines(target.read_bytes())) == (None, ["Venez lundi."])

    @pytest.mark.parametrize("name", ["copie.odt", "copie", "lettre.docx"])
    def test_what_would_harm_is_refused(self, tmp_path, name):
        letter = tmp_path / "lettre.docx"
        letter.write_bytes(LETTERS[0].read_bytes())
        result = self.run(letter, "-o", tmp_path / name)
        assert isinstance(result.exception, FalcError)
        assert letter.read_bytes() == LETTERS[0].read_bytes()

    def test_a_file_that_is_not_there_is_named(self, tmp_path):
        result = self.run(tmp_path / "absent.docx", "-o", tmp_path / "copie.docx")
        assert str(tmp_path / "absent.docx") in str(result.exception)

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.4 rien"])
    def test_a_file_that_cannot_be_read_is_named(self, tmp_path, content):
        letter = tmp_path / "lettre.docx"
        letter.write_bytes(content)
        result = self.run(letter, "-o", tmp_path / "copie.docx")
        assert isinstance(result.exception, FalcError)
        assert str(letter) in str(result.exception)
        assert not (tmp_path / "copie.docx").exists()


@pytest.mark.office
def test_libreoffice_opens_a_copy_and_counts_its_pages(tmp_path):
    letter = LETTERS[0]
    (tmp_path / "copie.docx").write_bytes(convert_bytes(letter.read_bytes(), letter, layout=True))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "copie.docx")], check=True, capture_output=True, timeout=120)
    text = formats.read(tmp_path / "copie.pdf").text
    assert re.search(r"Page 1 sur \d", text)


def test_a_picture_of_a_group_keeps_its_small_size():
    picture = (
        '<pic:pic><pic:nvPicPr/><pic:blipFill><a:blip r:embed="image1"/></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="254000" cy="254000"/></a:xfrm></pic:spPr></pic:pic>'
    )
    group = (
        '<wpg:wgp xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="5080000" cy="5080000"/><a:chOff x="0" y="0"/><a:chExt cx="10160000" '
        f'cy="10160000"/></a:xfrm></wpg:grpSpPr>{picture}</wpg:wgp>'
    )
    body = (
        '<w:p><w:r><w:t>Attention</w:t></w:r><w:r><w:drawing><wp:inline><wp:extent cx="5080000" cy="5080000"/>'
        f'<wp:docPr id="1" name="i"/><a:graphic><a:graphicData uri="u">{group}</a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
    document = read(docx_specimen(body))
    assert [picture.width for picture in document.objects.pictures] == [10.0]  # 20 points in a group of half size


def test_what_the_copy_leaves_out_is_said(tmp_path):
    (tmp_path / "a.html").write_text("<p>Un.</p><pre>12 rue X</pre>", encoding="utf-8")
    done = CliRunner().invoke(convert, [str(tmp_path / "a.html"), "-o", str(tmp_path / "a.docx")])
    assert "copie écrite" in done.output
    assert "peut-être pas dans la copie" in done.output.replace("\u00a0", " ")
