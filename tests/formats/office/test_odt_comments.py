"""Comments in OpenDocument texts: at the exact words, and nothing else changes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from falc.formats.office.odt.comments import annotate_odt
from falc.formats.office.odt.package import DC, DRAW, OFFICE, TEXT
from falc.formats.office.odt.specimen import flat_specimen, odt_specimen
from falc.formats.office.odt.text import read_odt
from falc.formats.office.review import Comment, Reviewer
from falc.model import Span

from .odt import letters, p, style
from .reviewed import reviewed
from .validators import new_faults

DAY = datetime(2026, 3, 2, 10, 30)
FALC = Reviewer(date=DAY)
ANNOTATION, END, NAME = f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{OFFICE}name"
FRAME_STYLE = '<style:style style:name="Frame" style:family="graphic"/>'
LOOKS = (
    style("Gras", "text", letters(fo__font_weight="bold"))
    + style("Caché", "text", letters(text__display="none"))
    + '<style:style style:name="fr" style:family="graphic" style:parent-style-name="Frame"/>'
    + '<style:style style:name="gr" style:family="graphic"/>'
)
PAGE = (
    '<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"/>'
    "<style:header-style/><style:footer-style/></style:page-layout>"
)
GEOMETRY = (
    '<draw:enhanced-geometry draw:type="rectangle" svg:viewBox="0 0 21600 21600" '
    'draw:enhanced-path="M 0 0 L 21600 0 21600 21600 0 21600 0 0 Z N"/>'
)
NO_TEXT = {
    f"{TEXT}note",
    f"{TEXT}ruby-text",
    f"{TEXT}tracked-changes",
    f"{DRAW}frame",
    f"{DRAW}custom-shape",
    ANNOTATION,
}


def made(body: str, header: str = "", flat: bool = False) -> bytes:
    master = (
        f'<style:master-page style:name="Standard" style:page-layout-name="pm1"><style:header>{header}</style:header>'
        "</style:master-page>"
    )
    parts = {"automatic": LOOKS, "styles": FRAME_STYLE, "page": PAGE, "master": master if header else ""}
    return (flat_specimen if flat else odt_specimen)(body, parts)


def span(words: str) -> str:
    return f'<text:span text:style-name="Gras">{words}</text:span>'


def note(words: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:id="{kind}1" text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p(words)}</text:note-body></text:note>"
    )


def frame(words: str, look: str = "fr") -> str:
    return (
        f'<draw:frame draw:style-name="{look}" draw:name="Cadre {look}" text:anchor-type="paragraph" svg:width="5cm">'
        f'<draw:text-box fo:min-height="1cm">{p(words)}</draw:text-box></draw:frame>'
    )


def shape(words: str) -> str:
    opening = '<draw:custom-shape text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm">'
    return f"{opening}{p(words)}{GEOMETRY}</draw:custom-shape>"


def table(*cells: str) -> str:
    columns = f'<table:table-column table:number-columns-repeated="{len(cells)}"/>'
    row = "".join(f'<table:table-cell office:value-type="string">{p(cell)}</table:table-cell>' for cell in cells)
    return f'<table:table table:name="T">{columns}<table:table-row>{row}</table:table-row></table:table>'


def comment_on(data: bytes, words: str, *lines: str) -> Comment:
    start = read_odt(data, "-").text.index(words)
    return Comment(Span(start, start + len(words)), lines or (f"dit {words}",))


def annotate(data: bytes, *words: str) -> bytes:
    return annotate_odt(data, [comment_on(data, some) for some in words], FALC)


def root(data: bytes) -> etree._Element:
    xml = zipfile.ZipFile(io.BytesIO(data)).read("content.xml") if data.startswith(b"PK") else data
    return etree.fromstring(xml)


def said(annotation: etree._Element) -> list[str]:
    return ["".join(map(str, paragraph.itertext())) for paragraph in annotation.iterchildren(f"{TEXT}p")]


def commented(data: bytes) -> dict[str, str]:
    """The words between the marks of each comment, by what it says, read without falc; `None` without an end."""
    opened: dict[str, tuple[str, list[str]]] = {}
    done: dict[str, str] = {}
    walk = etree.iterwalk(root(data), ("start", "end"))
    for event, element in walk:
        shown = (element.text or "") if event == "start" else (element.tail or "")
        if event == "start" and element.tag == ANNOTATION:
            name = element.get(NAME)
            if name is None:
                done[" ".join(said(element))] = "(un point)"
            else:
                assert name not in opened
                opened[name] = (" ".join(said(element)), [])
        if event == "start" and element.tag == END:
            key, words = opened.pop(element.get(NAME, ""))
            done[key] = " ".join("".join(words).split())
        if event == "start" and element.tag in NO_TEXT and (opened or element.tag == ANNOTATION):
            walk.skip_subtree()
            shown = ""
        if event == "start" and element.tag in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"):
            shown = " "
        if event == "end" and element.tag == f"{TEXT}p":
            shown = " "
        for _, words in opened.values():
            words.append(shown)
    assert not opened
    return done


def stripped(data: bytes) -> bytes:
    """The canonical XML without comments."""
    tree = root(data)
    for mark in list(tree.iter(ANNOTATION, END)):
        mark_parent, previous, tail = mark.getparent(), mark.getprevious(), mark.tail or ""
        assert mark_parent is not None
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            mark_parent.text = (mark_parent.text or "") + tail
        mark.tail = None
        mark_parent.remove(mark)
    return etree.tostring(tree, method="c14n", exclusive=True)


def check_nothing_else_changed(data: bytes, result: bytes) -> None:
    before, after = read_odt(data, "-"), read_odt(result, "-")
    assert (after.text, after.blocks, after.objects) == (before.text, before.blocks, before.objects)
    assert stripped(result) == stripped(data)
    if data.startswith(b"PK"):
        old, new = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(result))
        assert [(i.filename, i.compress_type) for i in new.infolist()] == [
            (i.filename, i.compress_type) for i in old.infolist()
        ]
        assert all(new.read(name) == old.read(name) for name in old.namelist() if name != "content.xml")


NAME_FIELD = '<text:database-display text:column-name="Nom">«Nom»</text:database-display>'
FORM_FIELD = (
    '<field:fieldmark-start text:name="Nom" field:type="vnd.oasis.opendocument.field.FORMTEXT"/>'
    "Durand<field:fieldmark-end/>"
)


@pytest.mark.parametrize(
    ("content", "words", "found"),
    [
        ("Vous devez payer", "devez", "devez"),
        ("Vous devez payer", "Vous devez payer", "Vous devez payer"),
        ("\n   Vous  \n  devez   payer \n", "devez", "devez"),
        (f"Vous de{span('vez')} payer", "devez", "devez"),
        (f"{span('Vous dev')}{span('ez')} payer", "devez pay", "devez pay"),
        ("A<text:tab/>B<text:s text:c='3'/>C", "\tB ", "B"),
        ("Un<text:bookmark text:name='a'/> mot<text:soft-page-break/> ici", "Un mot ici", "Un mot ici"),
        ('voir <text:a xlink:href="https://exemple.fr/">le site</text:a> ici', "site ici", "site ici"),
        (f"Cher {NAME_FIELD}, bonjour", "Nom", "«Nom»"),
        (f"Cher {NAME_FIELD}, bonjour", "r «N", "r «Nom»"),
        (f"Cher {FORM_FIELD}, bonjour", "ran", "Durand"),
        ("Page <text:page-number>3</text:page-number> sur <text:page-count>12</text:page-count>", "2", "12"),
        ("le <text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>", "字",
         "漢字"),
        (f"le {span('mot')}{note('la note')} dit", "mot dit", "mot dit"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("flat", [False, True])
def test_comment_is_at_the_exact_words(content: str, words: str, found: str, flat: bool) -> None:
    data = made(p(content), flat=flat)
    result = annotate(data, words)
    assert list(commented(result).values()) == [found]
    check_nothing_else_changed(data, result)


def test_a_comment_as_libreoffice_writes_it() -> None:
    data = made(p("Vous devez payer"))
    result = annotate_odt(data, [comment_on(data, "devez", "Mot dur.\tÉcrivez  ici :", "a\x00<b>\nc")], FALC)
    xml = etree.tostring(next(root(result).iter(f"{TEXT}p")), encoding="unicode").partition(">")[2]
    assert xml == (
        'Vous <office:annotation office:name="falc-1"><dc:creator>falc</dc:creator>'
        "<dc:date>2026-03-02T10:30:00</dc:date><meta:creator-initials>FA</meta:creator-initials>"
        '<text:p>Mot dur.<text:tab/>Écrivez <text:s text:c="1"/>ici :</text:p><text:p>a&lt;b&gt;</text:p>'
        '<text:p>c</text:p></office:annotation>devez<office:annotation-end office:name="falc-1"/> payer</text:p>'
    )


def test_overlapping_comments() -> None:
    data = made(p("Un deux trois quatre"))
    words = ["Un deux trois quatre", "deux trois", "trois quatre", "trois"]
    result = annotate(data, *words)
    assert commented(result) == {f"dit {some}": some for some in words}
    check_nothing_else_changed(data, result)


def test_two_paragraphs_but_never_two_cells() -> None:
    data = made(p("un deux") + p("trois quatre") + table("cinq six", "sept"))
    result = annotate(data, "deux\ntrois", "six\nsept", "quatre\ncinq")
    assert commented(result) == {"dit deux trois": "deux trois", "dit six sept": "six", "dit quatre cinq": "quatre"}
    check_nothing_else_changed(data, result)


def test_cells_boxes_and_notes_have_their_own_comments() -> None:
    body = p(f"un{frame('deux trois')}{note('quatre cinq')}{note('six sept', 'endnote')}") + table("huit neuf")
    data = made(body)
    words = ["trois", "cinq", "sept", "neuf"]
    result = annotate(data, *words)
    assert commented(result) == {f"dit {some}": some for some in words}
    check_nothing_else_changed(data, result)


def test_where_no_comment_is_shown_it_says_its_place() -> None:
    data = made(
        p(f"Madame,{shape('forme dure')}") + p(f"Bonjour{frame('dessin dur', 'gr')}"), header=p("Mairie de Lys")
    )
    comments = [comment_on(data, words, "Mot dur.") for words in ("Mairie", "forme", "dessin")]
    result = annotate_odt(data, comments, FALC)
    assert commented(result) == {
        "En-tête\u00a0: «\u00a0Mairie\u00a0» Mot dur.": "Madame,",
        "Zone de texte 1\u00a0: «\u00a0forme\u00a0» Mot dur.": "(un point)",
        "Zone de texte 2\u00a0: «\u00a0dessin\u00a0» Mot dur.": "(un point)",
    }
    assert [str(mark.getnext().tag) for mark in root(result).iter(ANNOTATION) if mark.get(NAME) is None] == [
        f"{DRAW}custom-shape", f"{DRAW}frame"
    ]  # fmt: skip
    check_nothing_else_changed(data, result)
    assert annotate_odt(result, comments, FALC) == result


@pytest.mark.parametrize("body", ["", p(""), "<text:sequence-decls/>", p(f"{shape('seul')}")])
def test_body_without_words(body: str) -> None:
    data = made(body)
    comment = Comment(Span(0, 0), ("Rien à lire.",))
    result = annotate_odt(data, [comment], FALC)
    assert list(commented(result).values()) == ["(un point)"]
    assert annotate_odt(result, [comment], FALC) == result


@pytest.mark.parametrize("place", [Span(0, 0), Span(3, 3), Span(2, 4), Span(99, 120), Span(0, 99)])
def test_odd_spans_still_anchor(place: Span) -> None:
    data = made(p("abc") + p("def"))
    result = annotate_odt(data, [Comment(place, ("x",))], FALC)
    assert len(commented(result)) == 1
    check_nothing_else_changed(data, result)


def thread() -> str:
    """A question, its answer, and a comment of falc that is done, around the same words."""
    one = (
        '<office:annotation {0} loext:resolved="{1}"><dc:creator>{2}</dc:creator><dc:date>2025-01-02T03:04:05</dc:date>'
        "<text:p>{3}</text:p></office:annotation>"
    )
    return p(
        one.format('office:name="falc-1"', "false", "Zoé", "Qui ?")
        + one.format('office:name="b" loext:parent-name="falc-1"', "false", "Léo", "Le locataire.")
        + "Vous"
        + '<office:annotation-end office:name="b"/><office:annotation-end office:name="falc-1"/> '
        + one.format('office:name="c"', "true", "falc", "dit payez")
        + 'payez<office:annotation-end office:name="c"/> demain'
    )


def test_threads_and_their_state_stay() -> None:
    data = made(thread())
    result = annotate(data, "Vous", "payez", "demain")
    before = [etree.tostring(a, with_tail=False) for a in root(data).iter(ANNOTATION)]
    after = [etree.tostring(a, with_tail=False) for a in root(result).iter(ANNOTATION)]
    assert [a for a in after if a in before] == before
    assert commented(result) == {**commented(data), "dit Vous": "Vous", "dit demain": "demain"}
    names = [a.get(NAME) for a in root(result).iter(ANNOTATION)]
    assert len(set(names)) == len(names) == 5


def test_twice_is_once() -> None:
    data = made(p(f"Vous payez et vous payez {NAME_FIELD} {span('ici')}{note('la loi')}") + p(frame("un deux")))
    words = ("payez", "Vous payez", "«Nom»", "ici", "loi", "deux", "et vous payez")
    once = annotate(data, *words)
    assert annotate(once, *words) == once
    later = annotate_odt(once, [comment_on(once, "payez")], Reviewer(date=datetime(2026, 5, 1)))
    assert later == once
    again = read_odt(data, "-").text.rindex("payez")
    other_place = annotate_odt(once, [Comment(Span(again, again + 5), ("dit payez",))], FALC)
    other_author = annotate_odt(once, [comment_on(once, "payez")], Reviewer("Zoé", date=DAY))
    other_words = annotate(once, "vous")
    for result in (other_place, other_author, other_words):
        assert len(list(root(result).iter(ANNOTATION))) == len(words) + 1


def test_deleted_words_take_no_comment() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region xml:id="d1" text:id="d1"><text:deletion><office:change-info>'
        "<dc:creator>Zoé</dc:creator><dc:date>2025-01-01T00:00:00</dc:date></office:change-info><text:p>vieux mot"
        "</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    data = made(changes + p('Un <text:change text:change-id="d1"/>mot neuf'))
    result = annotate(data, "mot")
    assert commented(result) == {"dit mot": "mot"}
    check_nothing_else_changed(data, result)


def test_dates_names_and_missing_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741771800")
    flat = made(p("Vous payez"), flat=True)
    for prefix in (b"meta", b"dc"):
        start = flat.index(b" xmlns:" + prefix + b"=")
        flat = flat[:start] + flat[flat.index(b'"', start + 15 + len(prefix)) + 1 :]
    data = flat.replace(b"<office:meta></office:meta>", b"")
    result = annotate_odt(data, [comment_on(data, "payez")], Reviewer("Ana\x00ïs", "A"))
    (annotation,) = root(result).iter(ANNOTATION)
    assert [child.text for child in annotation] == ["Anaïs", "2025-03-12T09:30:00", "A", "dit payez"]
    assert annotation[0].tag == f"{DC}creator"


@pytest.mark.parametrize("flat", [False, True])
def test_no_comment_changes_nothing(flat: bool) -> None:
    data = made(p("Vous payez"), flat=flat)
    assert annotate_odt(data, [], FALC) == data


WORDS = st.text(alphabet="aé ’«x\u00a0\n", min_size=1, max_size=6).map(lambda text: text.replace("<", ""))
PIECES = st.one_of(
    WORDS,
    st.builds(span, WORDS),
    st.sampled_from(
        [
            *("<text:s/>", '<text:s text:c="3"/>', "<text:tab/>", "<text:line-break/>", "<text:soft-page-break/>"),
            *(NAME_FIELD, FORM_FIELD, note("une note"), frame("un cadre"), shape("une forme"), "<!-- rien -->"),
            "<text:bookmark text:name='b'/>",
            '<text:span text:style-name="Caché">secret</text:span>',
            '<text:a xlink:href="https://exemple.fr/">un <text:span>lien</text:span></text:a>',
            "<text:page-number>3</text:page-number>",
            "<office:annotation><dc:creator>Zoé</dc:creator><text:p>vu</text:p></office:annotation>",
            "<text:span><text:span>profond</text:span> mot</text:span>",
        ]
    ),
)
PARAGRAPHS = st.lists(PIECES, min_size=1, max_size=6).map(lambda pieces: p("".join(pieces)))


@settings(deadline=None)
@given(st.lists(PARAGRAPHS, min_size=1, max_size=4), st.booleans(), st.data())
def test_annotated_file_reads_the_same(paragraphs: list[str], flat: bool, choose: st.DataObject) -> None:
    data = made("".join(paragraphs), header=p("en-tête"), flat=flat)
    text = read_odt(data, "-").text
    ends = st.integers(0, len(text))
    places = choose.draw(st.lists(st.tuples(ends, ends).map(sorted), min_size=1, max_size=6))
    comments = [Comment(Span(start, end), (f"remarque {number}",)) for number, (start, end) in enumerate(places)]
    result = annotate_odt(data, comments, FALC)
    check_nothing_else_changed(data, result)
    assert len(list(root(result).iter(ANNOTATION))) == len(list(root(data).iter(ANNOTATION))) + len(comments)
    assert annotate_odt(result, comments, FALC) == result


def test_thousands_of_comments_in_one_paragraph() -> None:
    data = made(p("mot " * 4_000))
    comments = [Comment(Span(4 * n, 4 * n + 3), ("Mot dur.",)) for n in range(4_000)]
    result = annotate_odt(data, comments, FALC)
    assert len(list(root(result).iter(END))) == 4_000
    assert read_odt(result, "-").text == read_odt(data, "-").text


def full_letter() -> tuple[bytes, list[str], dict[str, str]]:
    """A letter with words to comment in every kind of place, and how LibreOffice should show them."""
    link = '<text:a xlink:type="simple" xlink:href="https://exemple.fr/">le site public</text:a>'
    changes = (
        '<text:tracked-changes text:track-changes="false"><text:changed-region xml:id="ct1" text:id="ct1">'
        "<text:insertion><office:change-info><dc:creator>Zoé</dc:creator><dc:date>2025-01-01T00:00:00</dc:date>"
        "</office:change-info></text:insertion></text:changed-region></text:tracked-changes>"
    )
    added = '<text:change-start text:change-id="ct1"/>mot ajouté<text:change-end text:change-id="ct1"/>'
    body = (
        changes
        + p(f"Madame, vous {span('de')}vez   payer la somme due")
        + p(f"Un {added} se lit sur {link} public")
        + table("dans la cellule", "ailleurs")
        + p(f"ancre{frame('texte du cadre')} puis {frame('mot du dessin', 'gr')}{shape('forme libre')}")
        + p(f"appel{note('bas de page')} et{note('fin du texte', 'endnote')} suite")
        + p("page <text:page-number>1</text:page-number> du document")
        + p("signes a<text:tab/>b<text:s text:c='2'/>c<text:line-break/>d")
        + p("premier paragraphe")
        + p("second paragraphe")
        + "<text:list><text:list-item>" + p("un point") + "</text:list-item></text:list>"
        + "<text:section text:name='S'>" + p("dans une section") + "</text:section>"
    )  # fmt: skip
    words = {
        some: some
        for some in (
            *("devez", "somme due", "mot ajouté", "site public public", "cellule", "du cadre", "de page", "du texte"),
            *("1 du", "a\tb  c\nd", "point", "une section"),
        )
    }
    words |= {"paragraphe\nsecond": "paragraphe\nsecond", "dessin": "", "libre": ""}
    words["Lys"] = "Madame, vous devez payer la somme due"
    return made(body, header=p("Mairie de Lys")), list(words), words


@pytest.mark.office
def test_libreoffice_shows_each_comment_at_its_words(tmp_path: Path) -> None:
    data, words, expected = full_letter()
    result = annotate(data, *words)
    packed, flat = tmp_path / "lettre.odt", tmp_path / "lettre.fodt"
    packed.write_bytes(result)
    flat.write_bytes(annotate(made(p("Vous devez payer"), flat=True), "devez"))
    shown, shown_flat = reviewed([packed, flat])
    assert {comment["text"].partition("dit ")[2]: comment["words"] for comment in shown["comments"]} == expected
    assert len(shown["comments"]) == len(words)
    assert {(comment["author"], comment["initials"]) for comment in shown["comments"]} == {("falc", "FA")}
    assert [comment["words"] for comment in shown_flat["comments"]] == ["devez"]


def test_validator_finds_nothing_new() -> None:
    data, words, _ = full_letter()
    assert not new_faults(data, annotate(data, *words), ".odt")
