import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falc import formats
from falc.model import FalcError


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("lettre.txt", "text"),
        ("lettre.TXT", "text"),
        ("lettre.md", "markdown"),
        ("lettre.htm", "html"),
        ("lettre.xhtml", "html"),
        ("lettre.docx", "docx"),
        ("modele.dotx", "docx"),
        ("lettre.html.j2", "html"),
        ("lettre.txt.jinja.twig", "text"),
        ("lettre.md.erb", "markdown"),
        ("v1.2.lettre.md", "markdown"),
        ("lettre.j2", "html"),
        ("lettre.pdf", "pdf"),
        ("lettre.rtf", "rtf"),
        ("lettre.xyz", None),
        ("lettre", None),
        (".txt", None),
    ],
)
def test_format_of(name, format):
    assert formats.format_of(Path(name)) == format


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("cp1252", b""),
    ],
)
def test_files_come_back_byte_for_byte(encoding, bom, end):
    text = f"L’été coûte 3 €.{end}{end}Œuf{end}"
    data = bom + text.encode(encoding)
    decoded = formats.decode(data)
    assert decoded.text == text
    assert decoded.encode(decoded.text) == data


@given(st.binary(max_size=200))
def test_decoding_any_bytes(data):
    try:
        decoded = formats.decode(data)
    except FalcError:
        return
    assert decoded.encode(decoded.text) == data


def test_a_character_outside_the_encoding_is_named():
    decoded = formats.decode("é".encode("cp1252"))
    with pytest.raises(FalcError, match="→"):
        decoded.encode("→")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b" \n", "vide"),
        (b"\xef\xbb\xbf", "vide"),
        (b"PK\x03\x04...", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "ancien"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1 bonjour}", "RTF"),
        (b"abc\0def", "pas un texte"),
        (bytes(range(1, 32)) * 3, "pas un texte"),
        (b"\x81\x8d\x90", "UTF-8"),
        (b"\xff\xfea", "pas un texte"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "pas un texte"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_what_is_not_a_text_is_refused(tmp_path, data, words, suffix):
    path = tmp_path / f"lettre{suffix}"
    path.write_bytes(data)
    with pytest.raises(FalcError, match=words) as error:
        formats.read(path)
    assert str(error.value).endswith(".")
    assert "lettre" not in str(error.value)


def test_missing_files_and_folders(tmp_path):
    with pytest.raises(FalcError, match="n'existe pas"):
        formats.read(tmp_path / "absent.txt")
    with pytest.raises(FalcError, match="dossier"):
        formats.read(tmp_path)
    with pytest.raises(FalcError, match="ne peut pas être lu"):
        formats.read(tmp_path / ("a" * 300 + ".txt"))


def test_forbidden_files(tmp_path, monkeypatch):
    path = tmp_path / "lettre.txt"
    path.write_text("a", encoding="utf-8")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(FalcError, match="droit"):
        formats.read(path)


def test_unknown_suffix(tmp_path):
    path = tmp_path / "lettre.xyz"
    path.write_text("Bonjour.", encoding="utf-8")
    with pytest.raises(FalcError, match=r"« \.xyz »"):
        formats.read(path)


def test_files_without_suffix_are_texts(tmp_path):
    path = tmp_path / "LISEZMOI"
    path.write_text("Bonjour.", encoding="utf-8")
    document = formats.read(path)
    assert (document.format, document.name, document.blocks[0].text) == ("text", str(path), "Bonjour.")


def test_too_long(tmp_path):
    with pytest.raises(FalcError, match="2 000 000 caractères"):
        formats.read_text("a" * 2_000_001, "text")
    path = tmp_path / "lettre.txt"
    with path.open("wb") as file:
        file.truncate(9_000_000)
    with pytest.raises(FalcError, match="trop long"):
        formats.read(path)


def test_a_broken_word_file_is_refused(tmp_path):
    path = tmp_path / "lettre.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("rien.txt", "rien")
    with pytest.raises(FalcError):
        formats.read(path)


def test_read_text():
    document = formats.read_text("# Bonjour {nom}", "markdown")
    assert (document.format, document.name, document.has_lines) == ("markdown", "-", True)
    assert document.text == "# Bonjour {nom}"
    assert document.blocks[0].text == "Bonjour Camille"
    assert formats.read_text("", "text").blocks == ()
    with pytest.raises(FalcError, match="docx"):
        formats.read_text("a", "docx")


def test_locations_count_in_the_file():
    document = formats.read_text("Un.\r\n\r\n- Deux mots.", "text")
    block = document.blocks[1]
    location = document.locate(block.segments[0].source, block.path)
    assert (location.line, location.column) == (3, 3)


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("courriel.twig", "<p>Bonjour {{ nom }},</p>", "html"),
        ("sms.mustache", "Bonjour {{nom}},\nvenez demain.", "text"),
        ("lettre.hbs", "Bonjour <<Nom>>, a < b.", "text"),
        ("lettre.md.j2", "# Bonjour", "markdown"),
        ("page.HTML.erb", "Bonjour", "html"),
        ("notes", "<p>Bonjour</p>", "text"),
    ],
)
def test_a_template_is_what_its_name_or_its_content_tells(tmp_path, name, text, format):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert formats.read(tmp_path / name).format == format


def test_a_template_of_something_else_is_no_letter():
    for name in ("courriel.blade.php", "lettre.html.php", "lettre.phtml", "lettre.jsp", "lettre.ftlh"):
        assert formats.format_of(Path(name)) == "html", name
    assert formats.format_of(Path("lettre.md.php")) == "markdown"
    assert formats.format_of(Path("index.php")) is None and formats.format_of(Path("route.web.php")) is None
    assert formats.format_of(Path("nginx.conf.j2")) is None and formats.format_of(Path("conf.yml.erb")) is None
