from __future__ import annotations

import re
import subprocess
import time
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from falc.formats.office.docx_comments import annotate_docx
from falc.formats.office.docx_text import read_docx
from falc.formats.office.package import W
from falc.formats.office.review import Comment, Reviewer
from falc.model import Span

from .build import (
    TYPES,
    archive,
    cell,
    char,
    docx,
    drawing_box,
    field,
    paragraph,
    parts,
    root,
    run,
    style,
    table,
    vml_box,
)

DAY = datetime(2025, 3, 12, 9, 30)


def comment_on(data: bytes, words: str, *lines: str) -> Comment:
    start = read_docx(data, "-").text.index(words)
    return Comment(Span(start, start + len(words)), lines or ("dit",))


def annotate(data: bytes, *words: str) -> bytes:
    return annotate_docx(data, [comment_on(data, w, f"dit {w}") for w in words], Reviewer(date=DAY))


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read(f"word/{name}.xml"))


def commented(data: bytes) -> dict[str, str]:
    """The words between the marks of each comment, read without falc."""
    characters = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "\u2011"}
    opened: dict[str, list[str]] = {}
    done: dict[str, str] = {}
    for element in part(data, "document").iter():
        identifier = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            opened[identifier] = []
        elif element.tag == f"{W}commentRangeEnd":
            done[identifier] = "".join(opened.pop(identifier))
        elif element.tag in characters or element.tag == f"{W}t":
            if any(a.tag in (f"{W}pPr", f"{W}txbxContent") for a in element.iterancestors()):
                continue
            for words in opened.values():
                words.append(characters.get(element.tag) or element.text or "")
    assert not opened
    return done


def look(data: bytes) -> list[object]:
    return [(block.text, block.runs, block.path) for block in read_docx(data, "-").blocks]


@pytest.mark.parametrize(
    ("content", "words", "found"),
    [
        (run("Vous devez payer"), "devez", "devez"),
        (run("Vous devez payer"), "Vous devez payer", "Vous devez payer"),
        (run("Vous de") + run("vez payer", "<w:b/>"), "devez", "devez"),
        ("<w:r><w:t>A</w:t><w:tab/><w:t>B</w:t></w:r>", "\tB", "\tB"),
        ("<w:r><w:t>\n  Vous devez  </w:t></w:r>", "devez", "devez"),
        ("<w:r><w:t>\n  Vous devez  </w:t></w:r>", "Vous", "Vous"),
        (f"<w:ins>{run('Vous devez')}</w:ins>" + run(" payer"), "devez pay", "devez pay"),
        (f"<w:hyperlink>{run('le site')}</w:hyperlink>" + run(" public"), "site pub", "site pub"),
        (f"<w:sdt><w:sdtContent>{run('Marie Dupont')}</w:sdtContent></w:sdt>", "Dupont", "Dupont"),
        (run("le ") + field(" MERGEFIELD Nom ", "«Nom»") + run(" dit"), "Nom» di", "«Nom» di"),
        (run("le ") + f'<w:fldSimple w:instr="DATE">{run("12 mars")}</w:fldSimple>', "e 12", "e 12 mars"),
        (run("le ") + field(" HYPERLINK x ", "site public"), "public", "site public"),
        (f"<w:r><w:ruby><w:rubyBase>{run('漢字')}</w:rubyBase></w:ruby></w:r>" + run("!"), "字", "漢字"),
        ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/>'
         '<w:t>1</w:t><w:fldChar w:fldCharType="end"/><w:t xml:space="preserve"> sur 2</w:t></w:r>', "1 sur", "1 sur"),
    ],
)  # fmt: skip
def test_comment_is_at_the_exact_words(content: str, words: str, found: str) -> None:
    data = docx(paragraph(content))
    result = annotate(data, words)
    assert commented(result) == {"0": found}
    assert look(result) == look(data)


def test_overlapping_comments() -> None:
    data = docx(paragraph("Un deux trois quatre"))
    words = ["deux trois", "trois quatre", "trois", "trois", "Un deux trois quatre"]
    result = annotate(data, *words)
    found = commented(result)
    assert [found[str(i)] for i in range(5)] == words
    assert look(result) == look(data)


def test_run_properties_and_drawings_stay() -> None:
    drawing = '<w:drawing><wp:inline><wp:docPr id="1" name="i"/></wp:inline></w:drawing>'
    data = docx(
        paragraph(f'<w:r w:rsidR="00AA11BB"><w:rPr><w:b/></w:rPr><w:t>un deux</w:t>{drawing}<w:t>trois</w:t></w:r>')
    )
    result = annotate(data, "deux")
    body = part(result, "document")
    assert [
        ("".join(r.itertext()), len(r.findall(f"{W}rPr/{W}b")))
        for r in body.iter(f"{W}r")
        if r.find(f"{W}t") is not None
    ] == [
        ("un ", 1),
        ("deux", 1),
        ("trois", 1),
    ]
    assert len(list(body.iter(f"{W}drawing"))) == 1
    assert all(t.text for t in body.iter(f"{W}t"))


def test_stories_that_take_no_comment() -> None:
    data = docx(
        paragraph(
            "Bonjour ",
            "Madame",
            '<w:r><w:t>fin</w:t><w:footnoteReference w:id="2"/></w:r>',
            drawing_box(paragraph("Boîte")),
        )
        + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>',
        header1=root("w:hdr", paragraph("Mairie") + paragraph(vml_box(paragraph("Logo")))),
        footnotes=root("w:footnotes", f'<w:footnote w:id="2">{paragraph("Loi")}</w:footnote>'),
    )
    result = annotate(data, "Mairie", "Logo", "Loi", "Boîte")
    assert commented(result) == {"0": "Bonjour ", "1": "Bonjour ", "2": "", "3": ""}
    assert look(result) == look(data)
    said = [["".join(p.itertext()) for p in c] for c in part(result, "comments")]
    assert said == [
        ["En-tête", "dit Mairie"],
        ["En-tête, zone de texte 2", "dit Logo"],
        ["Note 1", "dit Loi"],
        ["Zone de texte 1", "dit Boîte"],
    ]
    start = next(e for e in part(result, "document").iter(f"{W}commentRangeStart") if e.get(f"{W}id") == "2")
    following = start.getnext()
    assert following is not None and following.find(f"{W}footnoteReference") is not None


@pytest.mark.parametrize("body", [paragraph(), "", table((cell(paragraph()),))])
def test_body_without_words(body: str) -> None:
    link = '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    data = docx(body + link, header1=root("w:hdr", paragraph("Mairie")))
    assert commented(annotate(data, "Mairie")) == {"0": ""}
    empty = docx(body)
    assert commented(annotate_docx(empty, [Comment(Span(0, 0), ("Rien",))], Reviewer(date=DAY))) == {"0": ""}


@pytest.mark.parametrize("span", [Span(0, 0), Span(3, 3), Span(2, 4), Span(99, 120), Span(0, 99)])
def test_odd_spans_still_anchor(span: Span) -> None:
    data = docx(paragraph("abc") + paragraph("def"))
    assert len(commented(annotate_docx(data, [Comment(span, ("x",))], Reviewer(date=DAY)))) == 1


def test_existing_comments_stay() -> None:
    mark = '<w:commentRangeStart w:id="7"/>{}<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    old = f'<w:comment w:id="7" w:author="Zoé">{paragraph("ancien")}</w:comment>'
    data = docx(paragraph(mark.format(run("Vous")), " payez"), comments=root("w:comments", old))
    result = annotate(data, "payez", "ous pa")
    assert commented(result) == {"7": "Vous", "8": "payez", "9": "ous pa"}
    comments = part(result, "comments")
    assert [c.get(f"{W}author") for c in comments] == ["Zoé", "falc", "falc"]
    assert "".join(comments[0].itertext()) == "ancien"
    assert zipfile.ZipFile(BytesIO(result)).namelist().count("word/comments.xml") == 1


def test_new_parts_are_declared() -> None:
    french = style("Marquedecommentaire", "annotation reference", kind="character")
    data = docx(paragraph("Vous payez"), french)
    result = annotate(data, "payez")
    archive = zipfile.ZipFile(BytesIO(result))
    assert TYPES["comments"].encode() in archive.read("[Content_Types].xml")
    assert b'Target="comments.xml"' in archive.read("word/_rels/document.xml.rels")
    names = re.findall(rb'styleId="(\w+)"', archive.read("word/styles.xml"))
    assert names == [b"Marquedecommentaire", b"CommentText"]
    assert b'rStyle w:val="Marquedecommentaire"' in archive.read("word/document.xml")


def test_same_input_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx(paragraph("Vous payez"))
    assert annotate(data, "payez") == annotate(data, "payez")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741771800")
    result = annotate_docx(data, [comment_on(data, "payez")], Reviewer("Ana\x00ïs", "A"))
    (comment,) = part(result, "comments")
    assert comment.attrib == {
        f"{W}id": "0", f"{W}author": "Anaïs", f"{W}date": "2025-03-12T09:30:00Z", f"{W}initials": "A"
    }  # fmt: skip
    dates = {i.filename: i.date_time for i in zipfile.ZipFile(BytesIO(result)).infolist()}
    assert dates["word/comments.xml"] == (2025, 3, 12, 9, 30, 0)
    assert dates["_rels/.rels"] == (2024, 5, 6, 7, 8, 10)


def test_no_comment_changes_nothing() -> None:
    data = docx(paragraph("Vous payez"))
    assert annotate_docx(data, []) == data


def test_python_docx_reads_the_comments() -> None:
    import docx as python_docx

    data = docx(paragraph("Vous payez"), style("Normal", "Normal", default=True))
    result = annotate_docx(
        data, [comment_on(data, "payez", "Trop dur.", "Écrivez :\nréglez & <fin>")], Reviewer(date=DAY)
    )
    (comment,) = python_docx.Document(BytesIO(result)).comments
    assert (comment.author, comment.initials) == ("falc", "FA")
    assert comment.text == "Trop dur.\nÉcrivez :\nréglez & <fin>"
    assert comment.timestamp is not None and comment.timestamp.replace(tzinfo=None) == DAY


_WORDS = st.text(alphabet="aé ’«x\u00a0", min_size=1, max_size=6)
_LOOKS = st.sampled_from(["", "<w:b/>", '<w:i/><w:sz w:val="28"/>', "<w:caps/>"])
_RUNS = st.builds(run, _WORDS, _LOOKS)
_OTHERS = st.sampled_from(
    [
        "<w:r><w:t>a</w:t><w:tab/><w:t xml:space='preserve'> b </w:t><w:noBreakHyphen/></w:r>",
        "<w:r><w:t> bords </w:t><w:br/></w:r>",
        "<w:del><w:r><w:delText>non</w:delText></w:r></w:del>",
        "<w:bookmarkStart w:id='1' w:name='a'/>",
        field(" PAGE ", "12"),
        field(" MERGEFIELD No|m ", "«Nom»"),
        field(f" IF |{field(' MERGEFIELD A ')}| ", "oui", run("non", "<w:b/>")),
        field(" HYPERLINK x ", "lien ", "long"),
        field(" NEXT ", separate=False),
        char("separate"),
        drawing_box(paragraph("boîte")),
    ]
)
_LEAVES = st.one_of(_RUNS, _RUNS, _OTHERS)
_WRAPPED = st.builds(
    lambda wrapper, content: wrapper.format("".join(content)),
    st.sampled_from(
        [
            "<w:ins>{}</w:ins>",
            "<w:hyperlink>{}</w:hyperlink>",
            "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
            '<w:fldSimple w:instr=" DATE ">{}</w:fldSimple>',
            '<w:fldSimple w:instr=" REF x ">{}</w:fldSimple>',
            "<w:smartTag>{}</w:smartTag>",
        ]
    ),
    st.lists(_LEAVES, max_size=3),
)
_PARAGRAPHS = st.lists(st.one_of(_LEAVES, _LEAVES, _WRAPPED), max_size=5).map(lambda content: paragraph(*content))
_BODIES = st.lists(
    st.one_of(
        _PARAGRAPHS, _PARAGRAPHS, st.lists(_PARAGRAPHS, min_size=1, max_size=2).map(lambda p: table((cell(*p),)))
    ),
    max_size=4,
).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_BODIES, st.data())
def test_annotated_file_reads_the_same(body: str, choose: st.DataObject) -> None:
    data = docx(body, style("Normal", "Normal", default=True))
    document = read_docx(data, "-")
    spans = []
    for block in choose.draw(st.lists(st.sampled_from(document.blocks), max_size=6)) if document.blocks else []:
        start = choose.draw(st.integers(0, len(block.text) - 1))
        spans.append(block.source(Span(start, choose.draw(st.integers(start + 1, len(block.text))))))
    result = annotate_docx(data, [Comment(span, ("x",)) for span in spans], Reviewer(date=DAY))
    again = read_docx(result, "-")
    assert again.text == document.text
    assert again.blocks == document.blocks
    found = commented(result) if spans else {}
    for number, span in enumerate(spans):
        block = next(b for b in document.blocks if b.source(Span(0, len(b.text))).contains(span))
        if block.path.startswith("zone de texte"):
            continue
        words = document.slice(span)
        assert _bare(words) in _bare(found[str(number)])
        if not any(mark in body for mark in ("fldChar", "fldSimple", "<w:t> ")):
            assert words == found[str(number)]
    if spans:
        import docx as python_docx

        comments = python_docx.Document(BytesIO(result)).comments
        assert [comment.text.splitlines()[-1] for comment in comments] == ["x"] * len(spans)


def _bare(text: str) -> str:
    """Without the names that falc shows for fields that show nothing."""
    return re.sub(r"«[A-Z]+»|\s", "", text)


def test_thousands_of_comments_in_one_paragraph() -> None:
    words = 40_000
    data = docx(paragraph("".join(f"mot{i % 10} " for i in range(words))))
    comments = [Comment(Span(i * 50, i * 50 + 4), ("x",)) for i in range(4_000)]
    start = time.process_time()
    result = annotate_docx(data, comments, Reviewer(date=DAY))
    assert time.process_time() - start < 8
    assert len(commented_count(result)) == 4_000


def commented_count(data: bytes) -> list[etree._Element]:
    return list(part(data, "document").iter(f"{W}commentRangeEnd"))


@pytest.mark.office
def test_libreoffice_shows_the_comments(tmp_path: Path) -> None:
    data = docx(paragraph("Vous payez avant le 12 mars"), style("Normal", "Normal", default=True))
    source = tmp_path / "lettre.docx"
    source.write_bytes(annotate_docx(data, [comment_on(data, "payez", "Écrivez : réglez")], Reviewer(date=DAY)))
    for target in ("pdf", "odt"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
             "--convert-to", target, "--outdir", str(tmp_path), str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    assert (tmp_path / "lettre.pdf").read_bytes().startswith(b"%PDF-")
    content = etree.fromstring(zipfile.ZipFile(tmp_path / "lettre.odt").read("content.xml"))
    (annotation,) = content.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation")
    assert "Écrivez : réglez" in "".join(annotation.itertext())
    assert annotation.tail == "payez"


def test_strict_file_stays_strict() -> None:
    strict = {}
    for name, content in parts(paragraph("Vous payez"), style("Normal", "Normal", default=True)).items():
        assert isinstance(content, str)
        for family in ("officeDocument", "wordprocessingml"):
            usual = f"http://schemas.openxmlformats.org/{family}/2006/"
            content = content.replace(usual, f"http://purl.oclc.org/ooxml/{family}/")
        strict[name] = content
    data = archive(strict)
    result = annotate(data, "payez")
    saved = zipfile.ZipFile(BytesIO(result))
    for name in ("document.xml", "comments.xml", "styles.xml", "_rels/document.xml.rels"):
        content = saved.read(f"word/{name}")
        assert b"purl.oclc.org" in content
        assert b"org/wordprocessingml/2006" not in content
    assert look(result) == look(data)
