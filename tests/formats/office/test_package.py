from __future__ import annotations

import random
import re
import struct
import warnings
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest

from falc.formats.office.archive import Budget
from falc.formats.office.docx.comments import annotate_docx
from falc.formats.office.docx.text import read_docx
from falc.formats.office.package import open_package
from falc.formats.office.review import Comment
from falc.model import FalcError, Span

from .build import archive, docx, paragraph, parts, table

LETTER = docx(paragraph("Bonjour"))


def ole(stream: str) -> bytes:
    names = (name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", stream))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(names)


def changed(**replaced: str | bytes) -> bytes:
    return archive(parts(paragraph("Bonjour")) | {name.replace("__", "/"): text for name, text in replaced.items()})


def with_entry(name: str, content: bytes = b"x", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO(LETTER)
    with zipfile.ZipFile(out, "a") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def encrypted_flag() -> bytes:
    data = bytearray(LETTER)
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    return bytes(data)


def bomb() -> bytes:
    text = b"<w:t>" + b"a" * 70_000_000
    return changed(**{"word__document.xml": text})


def without_main() -> bytes:
    content = parts(paragraph("Bonjour"))
    del content["word/document.xml"]
    return archive(content)


def doctype(encoding: str) -> bytes:
    entities = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{entities}<d>&b;</d>'.encode(encoding)
    return changed(**{"word__document.xml": xml})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "vide", id="empty"),
        pytest.param(b"{\\rtf1 bonjour}", "RTF", id="rtf"),
        pytest.param(b"%PDF-1.7", "PDF", id="pdf"),
        pytest.param(b"Bonjour", "texte simple.*txt", id="text"),
        pytest.param(ole("EncryptedPackage"), "mot de passe", id="encrypted-ole"),
        pytest.param(ole("WordDocument"), "ancien document Word", id="old-doc"),
        pytest.param(ole("Workbook"), "classeur.*docx", id="old-xls"),
        pytest.param(LETTER[: len(LETTER) // 2], "abîmé", id="truncated"),
        pytest.param(LETTER[:4], "abîmé", id="magic-only"),
        pytest.param(encrypted_flag(), "mot de passe", id="encrypted-entry"),
        pytest.param(with_entry("word/document.xml"), "prudence", id="duplicate"),
        pytest.param(with_entry("WORD/Document.xml"), "prudence", id="duplicate-by-case"),
        pytest.param(with_entry("../../evil.txt"), "prudence", id="parent-path"),
        pytest.param(with_entry("..\\evil.txt"), "prudence", id="parent-path-windows"),
        pytest.param(with_entry("/etc/evil"), "prudence", id="absolute-path"),
        pytest.param(with_entry("C:/evil"), "prudence", id="drive-path"),
        pytest.param(with_entry("x.bin", method=zipfile.ZIP_BZIP2), "prudence", id="method"),
        pytest.param(doctype("utf-8"), "prudence", id="doctype"),
        pytest.param(doctype("utf-16"), "prudence", id="doctype-utf-16"),
        pytest.param(bomb(), "trop gros", id="bomb"),
        pytest.param(without_main(), "pas un document Word", id="no-main-part"),
        pytest.param(archive({"bonjour.txt": "x"}), "pas un document Word", id="plain-zip"),
        pytest.param(changed(**{"word__document.xml": "<w:document>"}), "abîmé", id="broken-xml"),
        pytest.param(changed(**{"word__document.xml": "<a>" * 5000 + "</a>" * 5000}), "abîmé", id="nesting"),
        pytest.param(archive(parts("", main_type="application/x-spreadsheet")), "pas un document Word", id="other"),
    ],
)
def test_refusals_are_plain(data: bytes, says: str) -> None:
    with pytest.raises(FalcError, match=says):
        read_docx(data, "lettre.docx")


@pytest.mark.parametrize("budget", [Budget(entries=3), Budget(total=100), Budget(entry=100)])
def test_budgets(budget: Budget) -> None:
    with pytest.raises(FalcError, match="trop gros"):
        open_package(LETTER, budget)


def test_size_that_lies() -> None:
    data = bytearray(changed(**{"word__document.xml": b"a" * 100_000}))
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    with pytest.raises(FalcError):
        read_docx(bytes(data), "-")


def test_any_damage_is_a_plain_refusal() -> None:
    chance = random.Random(7)
    for _ in range(300):
        data = bytearray(LETTER)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(FalcError):
            read_docx(bytes(data), "-")


def test_main_part_is_found_by_its_relationship() -> None:
    content = {name.replace("word/", "texte/"): text for name, text in parts(paragraph("Ailleurs")).items()}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        content[name] = str(content[name]).replace("word/", "texte/")
    content["_rels/.rels"] = str(content["_rels/.rels"]).replace('Target="', 'Target="/')
    assert read_docx(archive(content), "-").text == "Ailleurs"


def test_untouched_package_is_saved_as_it_was() -> None:
    assert open_package(LETTER).save() == LETTER


def test_only_touched_parts_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    data = with_entry("word/media/image1.png", b"\x89PNG", zipfile.ZIP_STORED)
    package = open_package(data)
    package.xml(package.main).set("touched", "1")
    package.touch(package.main)
    before, after = zipfile.ZipFile(BytesIO(data)), zipfile.ZipFile(BytesIO(package.save()))
    assert before.namelist() == after.namelist()
    for old, new in zip(before.infolist(), after.infolist(), strict=True):
        assert old.compress_type == new.compress_type
        if old.filename == "word/document.xml":
            assert new.date_time == (1980, 1, 1, 0, 0, 0)
            assert b'touched="1"' in after.read(new)
        else:
            assert (old.date_time, before.read(old)) == (new.date_time, after.read(new))


def test_external_targets_are_not_parts() -> None:
    content = parts(paragraph("Bonjour"))
    link = '<Relationship Id="z" Type="http://x/attachedTemplate" Target="file:///etc/passwd" TargetMode="External"/>'
    rels = "word/_rels/document.xml.rels"
    content[rels] = str(content[rels]).replace("</Relationships>", f"{link}</Relationships>")
    package = open_package(archive(content))
    assert [r.target for r in package.relationships(package.main) if r.external] == ["file:///etc/passwd"]


def strict(text: str) -> str:
    """The same XML in the namespaces of Strict OOXML."""
    return re.sub(
        r"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/",
        r"http://purl.oclc.org/ooxml/\1/",
        text,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_strict_files_stay_strict(encoding: str) -> None:
    content = {name: strict(str(text)) for name, text in parts(paragraph("Bonjour")).items()}
    data = archive({name: text.replace("UTF-8", encoding).encode(encoding) for name, text in content.items()})
    assert read_docx(data, "-").text == "Bonjour"
    written = annotate_docx(data, [Comment(Span(0, 7), ("Note",))])
    assert read_docx(written, "-").text == "Bonjour"
    with zipfile.ZipFile(BytesIO(written)) as file:
        for name in file.namelist():
            xml = file.read(name)
            assert b"schemas.openxmlformats.org/wordprocessingml" not in xml
            assert b"schemas.openxmlformats.org/officeDocument" not in xml
        assert b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments" in file.read(
            "word/_rels/document.xml.rels"
        )
        assert b"http://purl.oclc.org/ooxml/wordprocessingml/main" in file.read("word/comments.xml")


@pytest.mark.parametrize(
    "main_type",
    [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_templates_and_files_with_macros(main_type: str) -> None:
    assert read_docx(archive(parts(paragraph("Bonjour"), main_type=main_type)), "-").text == "Bonjour"


def test_names_with_backslashes() -> None:
    """Some programs for Windows write them; the names stay as they are."""
    content = {name.replace("/", "\\"): text for name, text in parts(paragraph("Bonjour")).items()}
    written = annotate_docx(archive(content), [Comment(Span(0, 7), ("Note",))])
    assert read_docx(written, "-").text == "Bonjour"
    with zipfile.ZipFile(BytesIO(written)) as file:
        assert "word\\document.xml" in file.namelist()
        assert file.testzip() is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252"])
def test_encodings(encoding: str) -> None:
    declared = "utf-16" if "16" in encoding else encoding.removesuffix("-sig")
    xml = str(parts(paragraph("Élève"))["word/document.xml"]).replace("UTF-8", declared)
    assert read_docx(changed(**{"word__document.xml": xml.encode(encoding)}), "-").text == "Élève"


def test_utf_8_that_says_utf_16() -> None:
    """A frequent fault of programs."""
    xml = str(parts(paragraph("Élève"))["word/document.xml"]).replace("UTF-8", "utf-16")
    assert read_docx(changed(**{"word__document.xml": xml.encode()}), "-").text == "Élève"


def test_repetitive_documents_are_no_bombs() -> None:
    """The same row 20,000 times is 250 times smaller in the file: that happens."""
    cells = (f"<w:tc><w:tcPr><w:tcW w:w='2310' w:type='dxa'/></w:tcPr>{paragraph('')}</w:tc>",) * 2
    data = docx(table(*(cells,) * 20_000))
    assert len(data) * 100 < zipfile.ZipFile(BytesIO(data)).getinfo("word/document.xml").file_size
    assert read_docx(data, "-").text == ""


def test_untouched_parts_are_copied_as_they_are_compressed() -> None:
    """Pictures of many megabytes are neither inflated nor deflated again, and damage in them stays theirs."""
    data = bytearray(with_entry("word/media/image1.png", b"\x89PNG" + bytes(range(256)) * 50))
    with zipfile.ZipFile(BytesIO(data)) as file:
        entry = file.getinfo("word/media/image1.png")
    start = entry.header_offset + 30 + len(entry.filename)
    data[start + 10] ^= 0xFF
    written = annotate_docx(bytes(data), [Comment(Span(0, 7), ("Note",))])
    assert bytes(data[start : start + entry.compress_size]) in written


def test_a_part_that_is_not_read_is_not_parsed() -> None:
    data = with_entry("word/glossary/document.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    assert read_docx(data, "-").text == "Bonjour"
