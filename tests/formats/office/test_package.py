from __future__ import annotations

import random
import struct
import warnings
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest

from falc.formats.office.docx_text import read_docx
from falc.formats.office.package import Budget, open_package
from falc.model import FalcError

from .build import archive, docx, paragraph, parts

LETTER = docx(paragraph("Bonjour"))


def ole(stream: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Root Entry".encode("utf-16-le") + stream.encode("utf-16-le")
    )


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
        pytest.param(b"Bonjour", "pas un document Word", id="text"),
        pytest.param(ole("EncryptedPackage"), "mot de passe", id="encrypted-ole"),
        pytest.param(ole("WordDocument"), "ancien document Word", id="old-doc"),
        pytest.param(ole("Workbook"), "pas un document Word", id="old-xls"),
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
