from __future__ import annotations

import io
import zipfile

import pytest

from falc.formats.office.docx.comments import annotate_docx
from falc.formats.office.odt.package import open_odt
from falc.formats.office.odt.specimen import odt_specimen
from falc.formats.office.package import open_package
from falc.formats.office.review import Comment
from falc.formats.office.unread import is_signed, unread_odt, unread_parts
from falc.model import Span
from falc.texts import texts

from .build import OFFICE, archive, docx, paragraph, parts
from .odt import p

MACROS = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
VBA = bytes(range(256)) * 40


def linked(*links: tuple[str, str, bool], part: str = "document", **others: str | bytes) -> bytes:
    """A letter whose part is linked to others: type, target, outside or not; `others` are files of word/."""
    content = parts(paragraph("Bonjour"), **({part: "<x/>"} if part != "document" else {}))
    content |= {f"word/{name.replace('__', '/')}": data for name, data in others.items()}
    written = "".join(
        f'<Relationship Id="n{n}" Type="{kind}" Target="{target}" TargetMode="{"External" if outside else ""}"/>'
        for n, (kind, target, outside) in enumerate(links)
    )
    rels = f"word/_rels/{part}.xml.rels"
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    content[rels] = str(content.get(rels, empty)).replace("</Relationships>", f"{written}</Relationships>")
    return archive(content)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(docx(paragraph("Bonjour")), {}, id="none"),
        pytest.param(linked((MACROS, "vbaProject.bin", False), **{"vbaProject.bin": VBA}), {"macro": 1}, id="macros"),
        pytest.param(
            linked(
                (f"{OFFICE}/package", "embeddings/Feuille.xlsx", False),
                (f"{OFFICE}/oleObject", "embeddings/objet.bin", False),
            ),
            {"object": 2},
            id="embedded-files",
        ),
        pytest.param(linked((f"{OFFICE}/package", "../x.xlsx", False), part="chart"), {}, id="figures-of-a-chart"),
        pytest.param(
            linked((f"{OFFICE}/attachedTemplate", "file:///C:/Modeles/lettre.dotx", True), part="settings"),
            {"template": 1},
            id="template",
        ),
        pytest.param(
            linked((f"{OFFICE}/mailMergeSource", "file:///C:/adresses.xlsx", True), part="settings"),
            {"source": 1},
            id="data-source",
        ),
        pytest.param(
            linked(
                (f"{OFFICE}/image", "https://example.org/logo.png", True),
                (f"{OFFICE}/oleObject", r"\\serveur\partage\budget.xlsx", True),
                (f"{OFFICE}/hyperlink", "https://example.org", True),
            ),
            {"remote": 2},
            id="elsewhere",
        ),
        pytest.param(
            archive(parts(paragraph("Bonjour")) | {"_xmlsignatures/sig1.xml": "<x/>"}), {"signature": 1}, id="signed"
        ),
    ],
)
def test_word(data: bytes, found: dict[str, int]) -> None:
    assert unread_parts(open_package(data)) == found
    assert found.keys() <= texts()["skipped"]["office"].keys()


def odt(body: str, **others: bytes) -> bytes:
    out = io.BytesIO(odt_specimen(body))
    with zipfile.ZipFile(out, "a") as file:
        for name, content in others.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(odt(p("Bonjour") + p('<draw:image xlink:href="Pictures/image1.png"/>')), {}, id="none"),
        pytest.param(odt(p("a"), **{"Basic__Standard__Module1.xml": b"<x/>"}), {"macro": 1}, id="macros"),
        pytest.param(odt(p("a"), **{"Basic__Standard__script-lb.xml": b"<x/>"}), {}, id="library-without-macros"),
        pytest.param(odt(p("a"), **{"META-INF__documentsignatures.xml": b"<x/>"}), {"signature": 1}, id="signed"),
        pytest.param(
            odt(
                p('<draw:image xlink:href="https://example.org/logo.png"/>')
                + p('<draw:object-ole xlink:href="../budget.ods"/>')
                + '<text:section><text:section-source xlink:href="file:///tmp/suite.odt"/></text:section>'
            ),
            {"remote": 3},
            id="elsewhere",
        ),
        pytest.param(
            odt(p('<text:database-display text:database-name="Adresses">Nom</text:database-display>' * 3)),
            {"source": 1},
            id="data-source",
        ),
    ],
)
def test_opendocument(data: bytes, found: dict[str, int]) -> None:
    assert unread_odt(open_odt(data)) == found


def test_signed_files() -> None:
    assert is_signed(open_package(archive(parts("") | {"_xmlsignatures/sig1.xml": "<x/>"})))
    assert not is_signed(open_package(docx("")))


def test_macros_come_out_as_they_went_in() -> None:
    data = linked((MACROS, "vbaProject.bin", False), **{"vbaProject.bin": VBA})
    for name in ("document", "template"):
        macro_type = f"application/vnd.ms-word.{name}.macroEnabled{'Template' * (name == 'template')}.main+xml"
        usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        content = {n: zipfile.ZipFile(io.BytesIO(data)).read(n) for n in zipfile.ZipFile(io.BytesIO(data)).namelist()}
        content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(usual, macro_type.encode())
        written = annotate_docx(archive({**content}), [Comment(Span(0, 3), ("Note",))])
        with zipfile.ZipFile(io.BytesIO(written)) as file:
            assert file.read("word/vbaProject.bin") == VBA
            assert macro_type.encode() in file.read("[Content_Types].xml")
