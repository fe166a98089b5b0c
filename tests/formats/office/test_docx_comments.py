from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from falc.formats.office.docx.comments import annotate_docx
from falc.formats.office.docx.text import read_docx
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
from .reviewed import reviewed
from .validators import new_faults

DAY = datetime(2025, 3, 12, 9, 30)
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


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
    opened: dict[str, tuple[etree._Element, list[str]]] = {}
    done: dict[str, str] = {}
    box = f"{W}txbxContent"
    for element in part(data, "document").iter():
        identifier = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            opened[identifier] = element, []
        elif element.tag == f"{W}commentRangeEnd":
            done[identifier] = "".join(opened.pop(identifier)[1])
        elif element.tag in characters or element.tag == f"{W}t":
            if any(a.tag == f"{W}pPr" for a in element.iterancestors()):
                continue
            boxes = sum(a.tag == box for a in element.iterancestors())
            for start, words in opened.values():
                if sum(a.tag == box for a in start.iterancestors()) == boxes:  # a box is no part of the text around
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


def test_comments_in_headers_and_notes_say_their_place() -> None:
    """LibreOffice 7.4 does not open a file with a comment in a note, or shows the text of another note."""
    loi = "Cette note cite un texte de loi dont personne ne connaît le nom en entier"
    data = docx(
        paragraph("Bonjour ", "Madame", '<w:r><w:t>fin</w:t><w:footnoteReference w:id="2"/></w:r>')
        + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>',
        header1=root("w:hdr", paragraph("Mairie") + paragraph(vml_box(paragraph("Logo")))),
        footnotes=root("w:footnotes", f'<w:footnote w:id="2">{paragraph(loi)}</w:footnote>'),
    )
    wanted = [
        comment_on(data, "Mairie", "« Mairie » est dur."),
        comment_on(data, "Logo", "Trop petit."),
        comment_on(data, loi, "Phrase longue."),
    ]
    result = annotate_docx(data, wanted, Reviewer(date=DAY))
    assert commented(result) == {"0": "Bonjour ", "1": "Bonjour ", "2": ""}
    assert look(result) == look(data)
    assert said(result) == [
        ["En-tête", "« Mairie » est dur."],
        ["En-tête, zone de texte 1\u00a0: «\u00a0Logo\u00a0»", "Trop petit."],
        ["Note 1\u00a0: «\u00a0Cette note cite un texte de loi dont personne ne connaît …\u00a0»", "Phrase longue."],
    ]
    start = next(e for e in part(result, "document").iter(f"{W}commentRangeStart") if e.get(f"{W}id") == "2")
    following = start.getnext()
    assert following is not None and following.find(f"{W}footnoteReference") is not None
    for name in ("footnotes", "header1"):
        assert zipfile.ZipFile(BytesIO(result)).read(f"word/{name}.xml") == zipfile.ZipFile(BytesIO(data)).read(
            f"word/{name}.xml"
        )


def said(data: bytes) -> list[list[str]]:
    return [["".join(p.itertext()) for p in comment] for comment in part(data, "comments")]


@pytest.mark.parametrize("box", [drawing_box, vml_box])
def test_exact_words_of_text_boxes(box: Callable[..., str]) -> None:
    content = paragraph("Un ", "deux trois")
    data = docx(paragraph("Bonjour ", box(content), "Madame") + table((cell(paragraph(box(paragraph("quatre")))),)))
    result = annotate(data, "deux", "quatre", "Bonjour Madame")
    assert commented(result) == {"0": "deux", "1": "quatre", "2": "Bonjour Madame"}
    assert said(result) == [["dit deux"], ["dit quatre"], ["dit Bonjour Madame"]]
    assert look(result) == look(data)
    for copies in part(result, "document").iter(f"{MC}AlternateContent"):
        one, other = ([text.text for text in branch.iter(f"{W}t")] for branch in copies)
        assert one == other  # cut alike, so that corrections find the words in both
        assert not any(element.tag.startswith(f"{W}comment") for element in copies[1].iter(f"{W}*"))


LOCK = '<w:lock w:val="sdtContentLocked"/>'


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


ROW = f"<w:tr>{cell(paragraph('un deux'))}</w:tr>"


@pytest.mark.parametrize(
    ("body", "words", "found"),
    [
        # What nobody may change, or what Word fills anew.
        (paragraph("a ", control(run("un deux"), LOCK), " b"), "deux", "un deux"),
        (paragraph("a ", control(run("un deux"), LOCK), " b"), "a un", "a un deux"),
        (paragraph("a ", control(run("un deux"), '<w:dataBinding w:xpath="/n"/>')), "deux", "un deux"),
        (paragraph("a") + control(paragraph("un deux"), LOCK) + paragraph("b"), "deux", "un deux"),
        (paragraph("a") + control(paragraph("un deux"), LOCK) + paragraph("b", properties="<w:keepNext/>"), "deux",
         "un deux"),
        (paragraph("a") + control(paragraph("un deux"), LOCK), "deux", "a"),
        (paragraph("a") + table().replace("</w:tbl>", control(ROW, LOCK) + "</w:tbl>") + paragraph("b"), "deux",
         "un deux"),
        # Where LibreOffice loses the words of the letter, or those of the comment.
        (paragraph(control(run("un deux"), "<w:text/>")), "deux", "un deux"),
        (paragraph("a") + control(paragraph("un deux") + paragraph("b")), "deux", "deux"),
        (paragraph("a") + control(paragraph("un deux") + paragraph("b c")), "c", "c"),
        (paragraph(f"<w:smartTag>{run('un deux')}</w:smartTag>"), "deux", "un deux"),
        (paragraph(f"<w:customXml>{run('un deux')}</w:customXml>"), "deux", "un deux"),
        (paragraph(f"<w:smartTag>{drawing_box(paragraph('un deux'))}</w:smartTag>", "b"), "deux", "deux"),
        (paragraph(control(drawing_box(paragraph("un deux")), LOCK), "b"), "deux", ""),
        (control(paragraph("a", drawing_box(paragraph("un deux")), "b")) + paragraph("c"), "deux", "b"),
        # Nowhere else to go.
        (control(paragraph("un deux"), LOCK), "deux", "deux"),
    ],
)  # fmt: skip
def test_no_mark_where_none_may_stand(body: str, words: str, found: str) -> None:
    data = docx(body)
    result = annotate(data, words)
    assert commented(result) == {"0": found}
    assert look(result) == look(data)
    assert annotate(result, words) == result


def test_marks_stay_in_paragraphs() -> None:
    """The first paragraph of a control takes no reference: the mark stands in the next one."""
    data = docx(control(paragraph("un deux")) + control(paragraph("trois")) + paragraph("fin"))
    marks = part(annotate(data, "deux"), "document").iter(f"{W}commentReference")
    (around,) = [next(mark.iterancestors(f"{W}p")) for mark in marks]
    assert "".join(around.itertext()) == "fin"


def test_comment_stays_in_its_cell() -> None:
    data = docx(table((cell(paragraph("un deux")), cell(paragraph("trois")))) + paragraph("fin"))
    assert commented(annotate(data, "deux\ntrois\nfin")) == {"0": "deux"}
    data = docx(paragraph("un deux") + paragraph("trois"))
    assert commented(annotate(data, "deux\ntrois")) == {"0": "deuxtrois"}


def test_text_in_an_alternative_of_a_run() -> None:
    text = '<w:t xml:space="preserve">un deux</w:t>'
    both = f'<mc:Choice Requires="w14">{text}</mc:Choice><mc:Fallback>{text}</mc:Fallback>'
    data = docx(paragraph(f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>", " trois"))
    result = annotate(data, "deux", "trois")
    assert look(result) == look(data)
    assert all(mark.getparent().tag == f"{W}p" for mark in part(result, "document").iter(f"{W}commentRangeStart"))


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


W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def threaded() -> bytes:
    """A letter with a question, its answer, and a comment that is done."""
    marks = "".join(
        f'<w:commentRangeStart w:id="{i}"/>{run(words)}<w:commentRangeEnd w:id="{i}"/>'
        f'<w:r><w:commentReference w:id="{i}"/></w:r>'
        for i, words in ((4, "Vous "), (5, ""), (6, "payez"))
    )
    comments = "".join(
        f'<w:comment w:id="{i}" w:author="{who}" w:date="2025-01-02T03:04:05Z">'
        f'<w:p w14:paraId="0000000{i}"><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
        for i, who, words in ((4, "Zoé", "Qui ?"), (5, "Léo", "Le locataire."), (6, "falc", "Écrivez « réglez »."))
    )
    extended = (
        '<w15:commentEx w15:paraId="00000004" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000005" w15:paraIdParent="00000004" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000006" w15:done="1"/>'
    )
    pieces = parts(paragraph(marks, " demain"), style("Normal", "Normal", default=True), comments="")
    ignorable = f'xmlns:w14="{W14}" xmlns:w15="{W15}" mc:Ignorable="w14 w15"'
    pieces["word/comments.xml"] = root("w:comments", comments).replace(" xmlns:w=", f" {ignorable} xmlns:w=", 1)
    pieces["word/commentsExtended.xml"] = f'<w15:commentsEx xmlns:w15="{W15}">{extended}</w15:commentsEx>'
    pieces["word/people.xml"] = f'<w15:people xmlns:w15="{W15}"><w15:person w15:author="Zoé"/></w15:people>'
    types, links = str(pieces["[Content_Types].xml"]), str(pieces["word/_rels/document.xml.rels"])
    for name in ("commentsExtended", "people"):
        kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
        types = types.replace("</Types>", f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/></Types>')
        relation = f"http://schemas.microsoft.com/office/2011/relationships/{name}"
        link = f'<Relationship Id="{name}" Type="{relation}" Target="{name}.xml"/>'
        links = links.replace("</Relationships>", f"{link}</Relationships>")
    pieces["[Content_Types].xml"], pieces["word/_rels/document.xml.rels"] = types, links
    return archive(pieces)


def test_threads_and_their_state_stay() -> None:
    data = threaded()
    result = annotate(data, "Vous", "payez", "demain")
    before, after = part(data, "comments"), part(result, "comments")
    assert [etree.tostring(c) for c in after][:3] == [etree.tostring(c) for c in before]
    assert [c.get(f"{W}id") for c in after][3:] == ["7", "8", "9"]
    old, new = zipfile.ZipFile(BytesIO(data)), zipfile.ZipFile(BytesIO(result))
    for name in ("word/commentsExtended.xml", "word/people.xml"):
        assert new.read(name) == old.read(name)
    assert {k: commented(result)[k] for k in "456"} == commented(data)
    assert not new_faults(data, result)


def test_twice_is_once() -> None:
    data = docx(
        paragraph("Vous payez et vous payez ", field(" MERGEFIELD Nom ", "«Nom»"), "<w:r><w:t> bords  </w:t></w:r>")
        + paragraph(drawing_box(paragraph("un deux")), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        footnotes=root("w:footnotes", f'<w:footnote w:id="2">{paragraph("Loi")}</w:footnote>'),
    )
    words = ("payez", "Vous payez", "«Nom»", "ords", "deux", "Loi")
    once = annotate(data, *words)
    assert annotate(once, *words) == once
    later = annotate_docx(once, [comment_on(once, "payez", "dit payez")], Reviewer(date=datetime(2026, 1, 1)))
    assert later == once
    again = read_docx(data, "-").text.rindex("payez")
    other_place = annotate_docx(once, [Comment(Span(again, again + 5), ("dit payez",))], Reviewer(date=DAY))
    other_author = annotate_docx(once, [comment_on(once, "payez", "dit payez")], Reviewer("Zoé", date=DAY))
    other_words = annotate(once, "et")
    for result in (other_place, other_author, other_words):
        assert len(commented(result)) == len(words) + 1


def test_a_thread_that_falc_started_is_not_started_again() -> None:
    data = threaded()
    assert annotate_docx(data, [comment_on(data, "payez", "Écrivez « réglez ».")], Reviewer(date=DAY)) == data


def test_numbers_never_leave_32_bits() -> None:
    largest = 2**31 - 1
    old = "".join(f'<w:comment w:id="{i}">{paragraph("ancien")}</w:comment>' for i in (0, largest))
    result = annotate(docx(paragraph("Vous payez"), comments=root("w:comments", old)), "Vous", "payez")
    assert commented(result) == {"1": "Vous", "2": "payez"}


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
        words = document.slice(span)
        assert _bare(words) in _bare(found[str(number)])
        if not any(mark in body for mark in ("fldChar", "fldSimple", "<w:t> ", "smartTag")):
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


SHAPE = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="2000000" cy="800000"/><wp:docPr id="5" name="Zone 1"/><wp:cNvGraphicFramePr/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="800000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>'
    "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict/>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
NOTE = '<w:r><w:{}Reference w:id="1"/></w:r>'


def notes(kind: str) -> str:
    separators = "".join(
        f'<w:{kind} w:type="{name}" w:id="{i}">{paragraph(f"<w:r><w:{name}/></w:r>")}</w:{kind}>'
        for i, name in ((-1, "separator"), (0, "continuationSeparator"))
    )
    note = f'<w:{kind} w:id="1">{paragraph(f"{kind} à lire")}</w:{kind}>'
    return root(f"w:{kind}s", separators + note)


@pytest.mark.office
def test_libreoffice_shows_the_comments(tmp_path: Path) -> None:
    """Each comment at the right words, and no word of the letter lost.

    There is one note of each kind: with several, LibreOffice 7.4 mixes them up once a comment stands between them.
    """
    data = docx(
        paragraph("Vous payez avant le 12 mars")
        + paragraph(
            "Puis ", SHAPE.format(paragraph("deux mots ici") + table((cell(paragraph("dedans")),)) + paragraph())
        )
        + paragraph("a ", control(run("verrou"), LOCK), control(run("texte nu"), "<w:text/>"))
        + control(paragraph("premier du bloc") + paragraph("second du bloc"))
        + table((cell(paragraph("une cellule")),))
        + paragraph("b ", f'<w:smartTag w:uri="u" w:element="e">{run("ville de Metz")}</w:smartTag>', " fin")
        + paragraph("Et ", NOTE.format("footnote"), NOTE.format("endnote")),
        style("Normal", "Normal", default=True),
        footnotes=notes("footnote"),
        endnotes=notes("endnote"),
    )
    words = {
        "payez": "payez", "mots": "mots", "dedans": "dedans", "footnote à": "1", "endnote à": "i",
        "verr": "verrou", "nu": "texte nu", "du bloc": "premier du bloc\n", "second": "second", "cellule": "cellule",
        "Metz": "ville de Metz", "fin": "fin",
    }  # fmt: skip
    source, result = tmp_path / "lettre.docx", tmp_path / "relue.docx"
    source.write_bytes(data)
    result.write_bytes(annotate(data, *words))
    before, after = reviewed([source, result])
    assert after["text"] == before["text"]
    shown = {comment["text"].splitlines()[-1]: comment["words"].replace("\r", "") for comment in after["comments"]}
    assert shown == {f"dit {word}": found for word, found in words.items()}
    assert {(comment["author"], comment["initials"]) for comment in after["comments"]} == {("falc", "FA")}
    assert not new_faults(data, result.read_bytes())


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
