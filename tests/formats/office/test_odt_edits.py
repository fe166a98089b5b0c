"""Corrections in OpenDocument texts: the words change, all else stays."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from falc.document import Document
from falc.formats.office.odt.edits import OdtText
from falc.formats.office.odt.package import TEXT
from falc.formats.office.odt.specimen import flat_specimen, odt_specimen
from falc.formats.office.odt.text import read_odt
from falc.formats.office.review import Doing, Reviewer
from falc.formats.text import apply_edits
from falc.look import TextFormat
from falc.model import Edit, FalcError, Span

from .odt import letters, p, style

FALC = Reviewer(date=datetime(2026, 3, 2, 10, 30))
LOOKS = style("Gras", "text", letters(fo__font_weight="bold")) + style(
    "Penche", "text", letters(fo__font_style="italic")
)
LINK = '<text:a xlink:href="https://exemple.fr/">{}</text:a>'


def span(words: str, look: str = "Gras") -> str:
    return f'<text:span text:style-name="{look}">{words}</text:span>'


def edit_of(text: str, old: str, new: str) -> Edit:
    start = text.index(old)
    return Edit(Span(start, start + len(old)), new)


def body_of(data: bytes) -> str:
    """Return the XML of the body."""
    xml = data if not data.startswith(b"PK") else zipfile.ZipFile(io.BytesIO(data)).read("content.xml")
    return xml.decode().partition("<office:text>")[2].partition("</office:text>")[0]


def corrected(body: str, old: str, new: str) -> str:
    """Return the XML of a body where words have been replaced."""
    data = odt_specimen(body, {"automatic": LOOKS})
    text = OdtText(data)
    edit = edit_of(read_odt(data, "lettre").text, old, new)
    assert text.takes(edit)
    return body_of(text.edited([edit]))


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        ("nonobstant la loi", "nonobstant", "malgré", "malgré la loi"),
        (f"non{span('obs')}tant", "nonobstant", "malgré", f"malgré{span('')}"),
        (f"{span('non')}obstant la loi", "nonobstant", "malgré", f"{span('malgré')} la loi"),
        (f"Le {span('vieux')} mot", "vieux mot", "vieux chat", f"Le {span('vieux')} chat"),
        ("un<text:bookmark text:name='a'/> mot", "un mot", "le chat", "le chat<text:bookmark text:name='a'/>"),
        (f"voir {LINK.format('le site')} ici", "site", "lien", f"voir {LINK.format('le lien')} ici"),
        ("le<text:soft-page-break/> mot", "le mot", "un autre", "un autre<text:soft-page-break/>"),
        ("un &amp; deux", "& deux", "< trois", "un &lt; trois"),
    ],
)
def test_new_words_take_the_look_of_the_first(before: str, old: str, new: str, after: str) -> None:
    assert corrected(p(before), old, new) == p(after).replace("'", '"').replace("></text:span>", "/>").replace(
        ">malgré/>", ">malgré</text:span>"
    )


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        ("Le chat dort", "Le", "", "<text:s/>chat dort"),
        ("Le chat dort", "dort", "", "Le chat<text:s/>"),
        ("Le gros chat", "gros", "", "Le <text:s/>chat"),
        ("Le gros chat", "gros", "petit  ", "Le petit <text:s/> chat"),
        ("Le <text:s/>chat", "  ", " ", "Le chat"),
        ("Le <text:s text:c=\"3\"/>chat", "    ", "  ", "Le <text:s/>chat"),
        (f"{span('Le')} chat", "Le", "", f"{span('')}<text:s/>chat"),
        (f"un mot {span(' suit')}", "mot ", "mot", f"un mot{span('suit')}"),
        (f"un mot <text:bookmark text:name=\"a\"/> {span(' suit')}", "mot ", "mot",
         f"un mot<text:bookmark text:name=\"a\"/>{span('suit')}"),
    ],
)  # fmt: skip
def test_blanks_are_displayed_as_before(before: str, old: str, new: str, after: str) -> None:
    assert corrected(p(before), old, new) == p(after).replace("></text:span>", "/>")


# --- what is left alone -----------------------------------------------------------------------

FIELD = '<text:database-display text:column-name="Nom">&lt;Nom&gt;</text:database-display>'
NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>bas de page</text:p></text:note-body></text:note>"
)
PICTURE = '<draw:frame><draw:image xlink:href="Pictures/image1.png"/></draw:frame>'
RUBY = "<text:ruby><text:ruby-base>mot</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>"
REGION = '<text:changed-region text:id="c"><text:insertion/></text:changed-region>'
INSERTION = f"<text:tracked-changes>{REGION}</text:tracked-changes>"
CONTROL = '<loext:content-control loext:{}="true">{}</loext:content-control>'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(p(f"Madame {FIELD}, merci"), "Madame <Nom>", id="a field"),
        pytest.param(p("Vous avez <text:page-number>3</text:page-number> pages"), "3", id="a page number"),
        pytest.param(p(f"un{LINK.format('mot')} ici"), "unmot", id="start of a link"),
        pytest.param(p(f"{LINK.format('mot')} ici"), "mot ici", id="end of a link"),
        pytest.param(p(f"un mot{NOTE} ici"), "mot ici", id="a note"),
        pytest.param(p(f"un mot{PICTURE} ici"), "mot ici", id="a picture"),
        pytest.param(p(f"un {RUBY} ici"), "mot", id="ruby"),
        pytest.param(p("un<text:tab/>mot"), "un\tmot", id="a tab"),
        pytest.param(p("un<text:line-break/>mot"), "un\nmot", id="a line end"),
        pytest.param(p("un mot") + p("ici"), "mot\nici", id="two paragraphs"),
        pytest.param(p(CONTROL.format("dropdown", "mot")), "mot", id="a list to choose from"),
        pytest.param(p(f"un {CONTROL.format('plain-text', 'mot')} ici"), "un mot", id="start of a control"),
        pytest.param(
            INSERTION + p('a <text:change-start text:change-id="c"/>b c<text:change-end text:change-id="c"/> d'),
            "b",
            id="somebody's insertion",
        ),
        pytest.param(p('un <text:change text:change-id="c"/>mot'), "un mot", id="somebody's deletion"),
        pytest.param(
            f'<text:section text:name="s" text:protected="true">{p("un mot")}</text:section>', "mot", id="a section"
        ),
        pytest.param(
            '<table:table table:name="t"><table:table-column/><table:table-row>'
            f'<table:table-cell table:protected="true">{p("un mot")}</table:table-cell>'
            "</table:table-row></table:table>",
            "mot",
            id="a cell",
        ),
        pytest.param(
            f"<text:table-of-content><text:index-body>{p('un mot')}</text:index-body></text:table-of-content>",
            "mot",
            id="a table of contents",
        ),
        pytest.param(
            '<text:section text:name="s"><text:section-source xlink:href="autre.odt"/>'
            + p("un mot")
            + "</text:section>",
            "mot",
            id="text of another file",
        ),
    ],
)
def test_does_not_take(body: str, words: str) -> None:
    data = odt_specimen(body)
    edit = edit_of(read_odt(data, "lettre").text, words, "autre")
    assert not OdtText(data).takes(edit)


@pytest.mark.parametrize("new", ["un\tmot", "un\nmot", "un\x00mot", "\ud800"])
def test_does_not_take_what_is_no_plain_text(new: str) -> None:
    assert not OdtText(odt_specimen(p("un mot ici"))).takes(Edit(Span(0, 2), new))


def test_does_not_empty_a_paragraph() -> None:
    text = OdtText(odt_specimen(p("un mot") + p(f"Madame {FIELD}")))
    assert not text.takes(Edit(Span(0, 6), " "))
    assert text.takes(Edit(Span(7, 14), ""))


def test_takes_words_in_a_free_control() -> None:
    body = p(f"un {CONTROL.format('plain-text', 'vieux mot')} ici")
    assert CONTROL.format("plain-text", "mot neuf") in corrected(body, "vieux mot", "mot neuf")


@pytest.mark.parametrize(
    ("body", "position", "taken"),
    [
        (p("un mot"), 2, True),
        (p("un mot"), 0, True),
        (p(f"un{span('mot')}"), 2, True),
        (p(f"un{LINK.format('mot')}"), 2, False),
        (p(LINK.format("mot")), 3, False),
        (p(f"un{FIELD}"), 2, False),
    ],
)
def test_adds_words_where_their_look_is_known(body: str, position: int, taken: bool) -> None:
    assert OdtText(odt_specimen(body)).takes(Edit(Span(position, position), "x")) is taken


# --- the file ---------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [odt_specimen, flat_specimen])
def test_nothing_to_do_changes_nothing(make: Callable[..., bytes]) -> None:
    data = make(p("un mot  ici") + p(""))
    assert OdtText(data).edited([]) == data
    assert OdtText(data).tracked([], FALC) == data
    assert OdtText(data).edited([Edit(Span(0, 2), "un")]) == data


def test_other_parts_keep_their_bytes() -> None:
    data = odt_specimen(p("un mot"))
    after = OdtText(data).edited([Edit(Span(0, 2), "le")])
    old, new = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(after))
    assert new.namelist() == old.namelist()
    assert new.infolist()[0].filename == "mimetype"
    assert new.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert [name for name in old.namelist() if old.read(name) != new.read(name)] == ["content.xml"]


PAGES = {
    "page": '<style:page-layout style:name="Page"/>',
    "automatic": style("Suite", master="Suite"),
    "master": "".join(
        f'<style:master-page style:name="{name}" style:page-layout-name="Page"><style:header>'
        f"{p(header)}</style:header></style:master-page>"
        for name, header in (
            ("Standard", f"Mairie {span('susvisée')}"),
            ("Suite", f"Mairie {span('susvisée', 'Penche')}"),
        )
    ),
}


@pytest.mark.parametrize("doing", [Doing.EDIT, Doing.TRACK])
def test_same_header_changes_on_all_pages(doing: Doing) -> None:
    data = odt_specimen(p("Bonjour") + p("Merci", "Suite"), PAGES)
    text = read_odt(data, "lettre").text
    edit = edit_of(text, "Mairie susvisée", "Mairie de Valbrun")
    file = OdtText(data)
    after = file.edited([edit]) if doing is Doing.EDIT else file.tracked([edit], FALC)
    assert read_odt(after, "lettre").text == apply_edits(text, [edit]) == "Bonjour\nMerci\nMairie de Valbrun"


# --- protected files --------------------------------------------------------------------------


def with_settings(items: str) -> bytes:
    xml = (
        '<office:settings xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0">'
        f'<config:config-item-set config:name="ooo:configuration-settings">{items}</config:config-item-set>'
        "</office:settings>"
    ).encode()
    return flat_specimen(p("un mot")).replace(b"<office:font-face-decls>", xml + b"<office:font-face-decls>", 1)


def item(name: str, value: str) -> str:
    return f'<config:config-item config:name="{name}" config:type="string">{value}</config:config-item>'


@pytest.mark.parametrize(
    ("items", "refused", "said"),
    [
        (item("LoadReadonly", "true"), set(Doing), "lecture seule"),
        (item("ProtectForm", "true"), set(Doing), "formulaire"),
        ('<config:config-item-set config:name="ModifyPasswordInfo"/>', set(Doing), "mot de passe"),
        (item("RedlineProtectionKey", "AQID"), {Doing.EDIT}, "modifications suivies"),
        (item("RedlineProtectionKey", "") + item("LoadReadonly", "false") + item("ProtectForm", "false"), set(), ""),
    ],
)
def test_protected_file_says_so(items: str, refused: set[Doing], said: str) -> None:
    text = OdtText(with_settings(items))
    for doing in Doing:
        if doing in refused:
            with pytest.raises(FalcError, match=said):
                text.refuse(doing)
        else:
            text.refuse(doing)


@pytest.mark.parametrize("doing", list(Doing))
def test_signed_file_says_so(doing: Doing) -> None:
    stream = io.BytesIO(odt_specimen(p("un mot")))
    with zipfile.ZipFile(stream, "a") as file:
        file.writestr("META-INF/documentsignatures.xml", "<x/>")
    with pytest.raises(FalcError, match="signature"):
        OdtText(stream.getvalue()).refuse(doing)


def test_settings_of_a_packed_file_count() -> None:
    stream = io.BytesIO(odt_specimen(p("un mot")))
    with zipfile.ZipFile(stream, "a") as file:
        file.writestr("settings.xml", with_settings(item("LoadReadonly", "true")))
    with pytest.raises(FalcError, match="lecture seule"):
        OdtText(stream.getvalue()).refuse(Doing.COMMENT)


# --- any document, any edits -----------------------------------------------------------------

_WORDS = st.text(alphabet="ab \n", max_size=6)
_SIGNS = st.sampled_from(
    [
        '<text:s/>',
        '<text:s text:c="3"/>',
        "<text:tab/>",
        "<text:line-break/>",
        "<text:soft-page-break/>",
        '<text:bookmark text:name="a"/>',
        '<office:annotation office:name="c"><text:p>à voir</text:p></office:annotation>',
        '<office:annotation-end office:name="c"/>',
        '<text:database-display text:column-name="Nom"> &lt;Nom&gt; </text:database-display>',
        "<text:date> 3 mars</text:date>",
        "<!-- rien -->",
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>une note</text:p></text:note-body></text:note>",
    ]
)  # fmt: skip
_CONTENT = st.recursive(
    st.lists(_WORDS | _WORDS | _SIGNS, max_size=5).map("".join),
    lambda inner: st.builds(
        lambda kind, words, rest: kind.format(words) + rest,
        st.sampled_from([span("{}"), span("{}", "Penche"), "<text:span>{}</text:span>", LINK]),
        inner,
        inner,
    ),
    max_leaves=6,
)
_PARAGRAPHS = st.lists(_CONTENT.map(p), min_size=1, max_size=4).map("".join)
_NEW = st.text(alphabet="xy ", max_size=5)


def sorted_edits(data: st.DataObject, text: OdtText, length: int) -> list[Edit]:
    """Draw edits that the file takes, and that do not overlap."""
    bounds = sorted(data.draw(st.lists(st.integers(0, length), max_size=10, unique=True)))
    drawn = [Edit(Span(start, end), data.draw(_NEW)) for start, end in pairwise(bounds)]
    points = [Edit(Span(start, start), data.draw(_NEW)) for start in bounds[:2]]
    chosen = sorted([*drawn[data.draw(st.integers(0, 1)) :: 2], *points], key=lambda edit: edit.span)
    taken: list[Edit] = []
    for edit in chosen:
        if text.takes(edit) and (not taken or taken[-1].span.end <= edit.span.start):
            taken.append(edit)
    return taken


def looks(document: Document) -> list[TextFormat | None]:
    """Return the look of each character of the text."""
    found: list[TextFormat | None] = [None] * len(document.text)
    for block in document.blocks:
        for run in block.runs:
            place = block.source(run.span)
            found[place.start : place.end] = [run.format] * (place.end - place.start)
    return found


def outside(values: Sequence[object], edits: Sequence[Edit], *, after: bool) -> list[object]:
    """Return the values of the characters that no edit touches."""
    kept, position, shift = list[object](), 0, 0
    for edit in edits:
        kept += values[position : edit.span.start + shift]
        if after:
            shift += len(edit.text) - (edit.span.end - edit.span.start)
        position = edit.span.end + shift
    return [*kept, *values[position:]]


@pytest.mark.parametrize("make", [odt_specimen, flat_specimen])
@settings(deadline=None)
@given(body=_PARAGRAPHS, data=st.data())
def test_any_edits_of_any_text(make: Callable[..., bytes], body: str, data: st.DataObject) -> None:
    before = make(body, {"automatic": LOOKS})
    document = read_odt(before, "lettre")
    edits = sorted_edits(data, OdtText(before), len(document.text))
    expected = apply_edits(document.text, edits)
    assume(all(line.strip() for line in expected.split("\n")))  # an empty paragraph is no part of the text
    plain = read_odt(OdtText(before).edited(edits), "lettre")
    assert plain.text == expected
    assert outside(looks(plain), edits, after=True) == outside(looks(document), edits, after=False)
    tracked = OdtText(before).tracked(edits, FALC)
    assert read_odt(tracked, "lettre").text == expected
    assert read_odt(undone(tracked), "lettre").text == document.text


def undone(data: bytes) -> bytes:
    """Return a file without the tracked changes: deleted words are back, added words are gone."""
    parts = {"": data} if not data.startswith(b"PK") else None
    archive = zipfile.ZipFile(io.BytesIO(data)) if parts is None else None
    root = etree.fromstring(archive.read("content.xml") if archive else data)
    deleted = {
        region.get(f"{TEXT}id"): region.find(f"{TEXT}deletion/{TEXT}p") for region in root.iter(f"{TEXT}changed-region")
    }
    for start in list(root.iter(f"{TEXT}change-start")):
        start.tail = None
        while start.getnext().tag != f"{TEXT}change-end":
            following = start.getnext()
            following.tail = None
            start.getparent().remove(following)
    for mark in list(root.iter(f"{TEXT}change")):
        words = deleted[mark.get(f"{TEXT}change-id")]
        mark.tag = f"{TEXT}span"
        mark.attrib.clear()
        mark.text = words.text
        mark.extend(list(words))
    for tracked in list(root.iter(f"{TEXT}tracked-changes")):
        tracked.getparent().remove(tracked)
    xml = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    if archive is None:
        return xml
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        for entry in archive.infolist():
            out.writestr(entry, xml if entry.filename == "content.xml" else archive.read(entry))
    return stream.getvalue()
