from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import pytest

from falc.formats.office.archive import Budget
from falc.formats.office.odt.package import open_odt
from falc.formats.office.odt.specimen import flat_specimen, odt_specimen
from falc.formats.office.odt.text import read_odt
from falc.model import FalcError

from .build import docx, paragraph
from .odt import p

LETTER = odt_specimen(p("Bonjour"))
FLAT = flat_specimen(p("Bonjour"))
TYPE = "application/vnd.oasis.opendocument."


def changed(replaced: dict[str, bytes | None]) -> bytes:
    """The letter with some parts replaced, added or taken away."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(LETTER)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in replaced if name not in old.namelist())]:
            content = replaced.get(name, b"") if name in replaced else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(LETTER)) as file:
        return file.read(name)


def of_kind(kind: str) -> bytes:
    return changed({"mimetype": f"{TYPE}{kind}".encode()})


def flat_of_kind(kind: str) -> bytes:
    return FLAT.replace(f'"{TYPE}text"'.encode(), f'"{TYPE}{kind}"'.encode())


SHEET = part("content.xml").replace(b"office:text", b"office:spreadsheet")
LOCKED = b"<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
ENTITIES = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "vide", id="empty"),
        pytest.param(b"{\\rtf1 bonjour}", "RTF.*rtf", id="rtf"),
        pytest.param(b"%PDF-1.7", "PDF", id="pdf"),
        pytest.param(b"Bonjour", "texte simple.*txt", id="text"),
        pytest.param(docx(paragraph("Bonjour")), "document Word.*docx", id="docx"),
        pytest.param(LETTER[: len(LETTER) // 2], "abîmé.*odt", id="truncated"),
        pytest.param(changed({"content.xml": b"<office:document"}), "abîmé", id="broken-xml"),
        pytest.param(changed({"styles.xml": b"<office:document"}), "abîmé", id="broken-styles"),
        pytest.param(changed({"content.xml": None}), "pas un document LibreOffice", id="no-content"),
        pytest.param(changed({"content.xml": b"<a/>"}), "pas un document LibreOffice", id="other-xml"),
        pytest.param(changed({"content.xml": ENTITIES + part("content.xml")[38:]}), "prudence", id="doctype"),
        pytest.param(changed({"../evil": b"x"}), "prudence", id="parent-path"),
        pytest.param(changed({"content.xml": b"<a>" * 5000 + b"</a>" * 5000}), "abîmé", id="nesting"),
        pytest.param(changed({"content.xml": b" " * 70_000_000}), "trop gros", id="bomb"),
        pytest.param(of_kind("spreadsheet"), "classeur", id="ods"),
        pytest.param(of_kind("presentation-template"), "diaporama", id="otp"),
        pytest.param(of_kind("graphics"), "dessin", id="odg"),
        pytest.param(of_kind("formula"), "pas un document LibreOffice", id="odf"),
        pytest.param(changed({"mimetype": b"application/vnd.sun.xml.writer"}), "pas un document", id="sxw"),
        pytest.param(flat_of_kind("spreadsheet"), "classeur", id="fods"),
        pytest.param(changed({"mimetype": None, "content.xml": SHEET}), "classeur", id="ods-without-type"),
        pytest.param(changed({"META-INF/manifest.xml": LOCKED}), "mot de passe", id="encrypted"),
        pytest.param(FLAT[:-20], "abîmé", id="flat-truncated"),
        pytest.param(b"<html><body>Bonjour</body></html>", "page web.*html", id="html"),
        pytest.param(FLAT.replace(b"?>", b"?>" + ENTITIES, 1), "prudence", id="flat-doctype"),
        pytest.param(
            (ENTITIES + FLAT.split(b"?>", 1)[1]).decode().encode("utf-16"), "prudence", id="flat-doctype-utf-16"
        ),
        pytest.param(flat_specimen(p("a" * 10_500_000)), "trop gros", id="flat-huge-text"),
    ],
)
def test_refusals_are_plain(data: bytes, says: str) -> None:
    with pytest.raises(FalcError, match=says):
        read_odt(data, "lettre.odt")


def test_doctype_hidden_by_an_encoding() -> None:
    xml = (ENTITIES + FLAT.split(b"?>", 1)[1]).decode()
    with pytest.raises(FalcError):
        read_odt(b'<?xml version="1.0" encoding="UTF-7"?>' + xml.replace("<!", "+ADwAIQ-").encode(), "-")


@pytest.mark.parametrize("budget", [Budget(entries=3), Budget(total=100), Budget(entry=100)])
def test_budgets(budget: Budget) -> None:
    with pytest.raises(FalcError, match="trop gros"):
        open_odt(LETTER, budget)


def test_flat_budget() -> None:
    with pytest.raises(FalcError, match="trop gros"):
        open_odt(FLAT, Budget(entry=100))


def test_a_document_type_in_a_part_that_is_not_read() -> None:
    data = changed({"Objet/content.xml": ENTITIES + b"<d>&b;</d>"})
    assert read_odt(data, "-").text == "Bonjour"


def test_a_document_type_in_a_formula() -> None:
    frame = '<draw:frame><draw:object xlink:href="./Objet"/></draw:frame>'
    data = changed(
        {
            "Objet/content.xml": ENTITIES + b"<math xmlns='http://www.w3.org/1998/Math/MathML'>&b;</math>",
            "content.xml": part("content.xml").replace(b"Bonjour", b"Bonjour" + frame.encode()),
        }
    )
    assert read_odt(data, "-").text == "Bonjour"


def test_old_programs() -> None:
    """OpenOffice 2 began its manifest with a DOCTYPE; some programs write no type and no styles."""
    manifest = (
        b'<?xml version="1.0"?><!DOCTYPE manifest:manifest PUBLIC "-//X//DTD Manifest 1.0//EN" "Manifest.dtd"><m/>'
    )
    data = changed({"META-INF/manifest.xml": manifest, "mimetype": None, "styles.xml": None, "meta.xml": None})
    document = read_odt(data, "-")
    assert document.text == "Bonjour"
    assert document.objects.properties.title is None


def test_flat_file_in_other_encodings() -> None:
    text = flat_specimen(p("Élection")).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert read_odt(text.encode("utf-16"), "-").text == "Élection"
    assert read_odt(b"\xef\xbb\xbf" + flat_specimen(p("Élection")), "-").text == "Élection"


def test_any_damage_is_a_plain_refusal() -> None:
    chance = random.Random(7)
    for original in (LETTER, FLAT):
        for _ in range(200):
            data = bytearray(original)
            for _ in range(chance.randint(1, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            with suppress(FalcError):
                read_odt(bytes(data), "-")


def test_deep_nesting_is_read_or_refused() -> None:
    for tag in ("text:span", "draw:g", "text:list", "text:section"):
        for depth in (100, 240, 2_000):
            body = f"<{tag}>" * depth + f"</{tag}>" * depth
            with suppress(FalcError):
                read_odt(odt_specimen(p(body) + p("fin")), "-")
