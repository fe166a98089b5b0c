"""What falc says of a file that is not what its name says."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest

from falc import formats
from falc.formats.office.odt.specimen import flat_specimen, odt_specimen
from falc.formats.pdf_bombs import refuse_bombs
from falc.model import FalcError

from .office.build import archive, docx, paragraph, parts

ODF = "application/vnd.oasis.opendocument."
MAIN = "application/vnd.openxmlformats-officedocument."
WORD = docx(paragraph("Bonjour"))
ODT = odt_specimen("<text:p>Bonjour</text:p>")
FLAT = flat_specimen("<text:p>Bonjour</text:p>")
RTF = rb"{\rtf1\ansi Bonjour}"
PDF = b"%PDF-1.7\n1 0 obj\n"
PAGE = b"<!DOCTYPE html><html><body><p>Bonjour</p></body></html>"


def ole(*streams: str) -> bytes:
    """An OLE file as far as its directory: what Office wrote before 2007, and writes for a password."""
    names = (name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(names)


def office(kind: str) -> bytes:
    return archive(parts("", main_type=f"{MAIN}{kind}.main+xml"))


def with_password(data: bytes) -> bytes:
    import msoffcrypto.format.ooxml

    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(data)).encrypt("sésame", out)
    return out.getvalue()


def said(name: str, data: bytes) -> str:
    with pytest.raises(FalcError) as error:
        formats.read_bytes(data, Path(name), name)
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "data", "what", "right"),
    [
        ("lettre.docx", RTF, "au format RTF", ".rtf"),
        ("lettre.doc", RTF, "au format RTF", ".rtf"),
        ("lettre.docx", b"\n" + PDF, "un PDF", ".pdf"),
        ("lettre.docx", ODT, "un document LibreOffice", ".odt"),
        ("lettre.dotx", FLAT, "un document LibreOffice", ".fodt"),
        ("lettre.docx", PAGE, "une page web", ".html"),
        ("lettre.docx", "Bonjour à vous".encode(), "un texte simple", ".txt"),
        ("lettre.docx", "Bonjour à vous".encode("utf-16"), "un texte simple", ".txt"),
        ("lettre.odt", WORD, "un document Word", ".docx"),
        ("lettre.fodt", WORD, "un document Word", ".docx"),
        ("lettre.odt", PAGE, "une page web", ".html"),
        ("lettre.odt", RTF, "au format RTF", ".rtf"),
        ("lettre.doc", WORD, "un document Word", ".docx"),
        ("lettre.zip", WORD, "un document Word", ".docx"),
        ("lettre.rtf", WORD, "un document Word", ".docx"),
        ("lettre.rtf", b"Bonjour", "un texte simple", ".txt"),
        ("lettre.pdf", b"Bonjour", "un texte simple", ".txt"),
        ("lettre.pdf", ODT, "un document LibreOffice", ".odt"),
        ("lettre.txt", WORD, "un document Word", ".docx"),
        ("lettre.md", RTF, "au format RTF", ".rtf"),
        ("lettre.html", FLAT.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "un document LibreOffice", ".fodt"),
    ],
)
def test_wrong_names(name: str, data: bytes, what: str, right: str) -> None:
    assert said(name, data) == (
        f"Ce fichier est {what}, mais son nom finit par {Path(name).suffix}. "
        f"Donnez-lui un nom qui finit par {right}, puis recommencez."
    )


def test_without_a_name() -> None:
    """Standard input has none, and some files have no end."""
    for name in ("-.txt", "lettre"):
        assert said(name, WORD) == (
            "Ce fichier est un document Word. Donnez-lui un nom qui finit par .docx, puis recommencez."
        )


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("lettre.docx", b"", "Ce fichier est vide."),
        ("lettre.doc", b"", "Ce fichier est vide."),
        ("lettre.docx", with_password(WORD), "mot de passe. Enlevez"),
        ("lettre.xlsx", ole("EncryptionInfo", "EncryptedPackage"), "mot de passe. Enlevez"),
        ("lettre.doc", ole("1Table", "WordDocument"), "ancien document Word (.doc). Ouvrez-le"),
        ("lettre.docx", ole("WordDocument"), "enregistrez-le au format .docx"),
        ("lettre.txt", ole("WordDocument"), "enregistrez-le au format .docx"),
        ("lettre.docx", ole("WordDocument", "Workbook"), "ancien document Word"),
        ("lettre.docx", ole("Book"), "un classeur. falc lit les textes"),
        ("lettre.docx", ole("PowerPoint Document"), "un diaporama"),
        ("lettre.docx", ole("__properties_version1.0"), "un message électronique"),
        ("lettre.docx", ole("VisioDocument"), "un dessin"),
        ("lettre.docx", ole("Autre"), "un ancien fichier Office"),
        ("lettre.docx", office("spreadsheetml.sheet"), "un classeur. falc lit les textes : enregistrez le vôtre au"),
        ("lettre.docx", office("presentationml.presentation"), "un diaporama"),
        ("lettre.xlsx", office("spreadsheetml.sheet"), "au format .docx."),
        ("lettre.odt", office("spreadsheetml.sheet"), "au format .odt."),
        ("lettre.ods", archive({"mimetype": f"{ODF}spreadsheet"}), "un classeur. falc lit les textes"),
        ("lettre.odt", archive({"mimetype": f"{ODF}presentation-template"}), "au format .odt."),
        ("lettre.docx", archive({"mimetype": f"{ODF}graphics"}), "un dessin"),
        ("lettre.odt", archive({"mimetype": f"{ODF}formula"}), "n'est pas un document LibreOffice"),
        ("lettre.docx", WORD[:200], "abîmé"),
        ("lettre.docx", archive({"photo.jpg": b"x"}), "n'est pas un document Word"),
        ("lettre.docx", bytes(range(256)), "n'est pas un document Word"),
        ("lettre.rtf", bytes(range(256)), "n'est pas un document RTF"),
        ("lettre.pdf", bytes(range(256)), "n'est pas un document PDF"),
        ("lettre.doc", b"Bonjour", "falc ne lit pas les fichiers .doc. Ouvrez le vôtre dans Word ou LibreOffice"),
        ("lettre.DOC", bytes(range(256)), "enregistrez-le au format .docx"),
        ("lettre.pages", archive({"Index/Document.iwa": b"x"}), "Dans Pages, choisissez « Exporter vers »"),
        ("lettre.xls", bytes(range(256)), "falc ne sait pas lire les fichiers « .xls »"),
        ("lettre.jpg", b"\xff\xd8\xff\xe0" + bytes(30), "falc ne sait pas lire les fichiers « .jpg »"),
    ],
)
def test_what_falc_does_not_read(name: str, data: bytes, says: str) -> None:
    sentence = said(name, data)
    assert says in sentence
    assert sentence.endswith(".")
    assert "lettre" not in sentence


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lettre.txt", PAGE),
        ("lettre.txt", b"EncryptedPackage, WordDocument, %PDF-1.4"),
        ("lettre.md", b"<html> est un mot."),
        ("lettre.html", b"Bonjour"),
        ("lettre.docx", office("wordprocessingml.document")),
        ("modele.dotx", office("wordprocessingml.template")),
        ("lettre.docm", archive(parts("", main_type="application/vnd.ms-word.document.macroEnabled.main+xml"))),
        ("modele.dotm", archive(parts("", main_type="application/vnd.ms-word.template.macroEnabledTemplate.main+xml"))),
        ("lettre.odt", ODT),
        ("lettre.odt", FLAT),
        ("lettre.fodt", ODT),
    ],
)
def test_what_falc_reads(name: str, data: bytes) -> None:
    formats.read_bytes(data, Path(name), name)


def test_no_document_is_too_long() -> None:
    long = docx("".join(paragraph(f"{number} ".ljust(200, "a")) for number in range(10_001)))
    assert said("lettre.docx", long) == "Ce fichier est trop long : falc lit 2 000 000 caractères au plus."


def pdf_streams(*streams: tuple[bytes, bytes]) -> bytes:
    """The streams of a PDF, each with what its dictionary says."""
    return PDF + b"".join(b"5 0 obj\n<<%b>>\nstream\n%b\nendstream\nendobj\n" % stream for stream in streams)


def test_scanned_pages_are_no_bombs() -> None:
    scan = zlib.compress(bytes(26_000_000))
    refuse_bombs(pdf_streams(*[(b"/Subtype/Image/Filter/FlateDecode", scan)] * 6))
    with pytest.raises(FalcError, match="trop gros"):
        refuse_bombs(pdf_streams(*[(b"/Filter/FlateDecode", scan)] * 6))
