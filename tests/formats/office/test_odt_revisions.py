"""Tracked changes in OpenDocument texts: what LibreOffice makes of them, and what the file says."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from falc.edits import narrowed
from falc.formats.office.odt.edits import OdtText
from falc.formats.office.odt.package import DC, OFFICE, STYLE, TEXT, XLINK
from falc.formats.office.odt.specimen import flat_specimen, odt_specimen
from falc.formats.office.odt.text import read_odt
from falc.formats.office.review import Reviewer
from falc.formats.text import apply_edits
from falc.model import Edit, Revisions, Span

from .odt import letters, p, style
from .reviewed import reviewed
from .validators import new_faults

FALC = Reviewer(date=datetime(2026, 3, 2, 10, 30))
INFO = "<office:change-info><dc:creator>Marie</dc:creator><dc:date>2026-01-05T08:00:00</dc:date></office:change-info>"


def edits_of(text: str, *pairs: tuple[str, str]) -> list[Edit]:
    """Return the edits that replace words, each found after the one before."""
    edits, position = [], 0
    for old, new in pairs:
        start = text.index(old, position)
        position = start + len(old)
        edits.append(Edit(Span(start, position), new))
    return edits


def content(data: bytes, part: str = "content.xml") -> etree._Element:
    if not data.startswith(b"PK"):
        return etree.fromstring(data)
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(part))


LOOKS = (
    style("Gras", "text", letters(fo__font_weight="bold"))
    + style("Penche", "text", letters(fo__font_style="italic"))
    + style("Centre", "paragraph", '<style:paragraph-properties fo:text-align="center"/>')
    + style("Cadre", "graphic", parent="Frame")
    + style("Dessin", "graphic")
)
HEADER = (
    '<style:master-page style:name="Standard" style:page-layout-name="Page"><style:header>'
    f"{p('Mairie de Valbrun, nonobstant le froid')}</style:header><style:footer>{p('Dossier susvisé')}</style:footer>"
    "</style:master-page>"
)
PAGE = (
    '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"/>'
    "<style:header-style><style:header-footer-properties/></style:header-style>"
    "<style:footer-style><style:header-footer-properties/></style:footer-style></style:page-layout>"
)
PARTS = {
    "styles": style("Frame", "graphic") + style("Standard"),
    "automatic": LOOKS,
    "page": PAGE,
    "master": HEADER,
}


def frame(content: str, look: str) -> str:
    return (
        f'<draw:frame draw:style-name="{look}" draw:name="{look}" text:anchor-type="as-char" svg:width="5cm" '
        f'draw:z-index="0"><draw:text-box fo:min-height="1cm">{content}</draw:text-box></draw:frame>'
    )


def note(content: str) -> str:
    return (
        '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p(content)}</text:note-body></text:note>"
    )


def comment(name: str, words: str) -> str:
    return (
        f'<office:annotation office:name="{name}"><dc:creator>Marie</dc:creator><dc:date>2026-01-05T08:00:00</dc:date>'
        f'<text:p>À revoir</text:p></office:annotation>{words}<office:annotation-end office:name="{name}"/>'
    )


CHANGES = (
    '<text:tracked-changes text:track-changes="false">'
    f'<text:changed-region xml:id="ct1" text:id="ct1"><text:insertion>{INFO}</text:insertion></text:changed-region>'
    f'<text:changed-region xml:id="ct2" text:id="ct2"><text:deletion>{INFO}{p("vieux ")}</text:deletion>'
    "</text:changed-region></text:tracked-changes>"
)
LETTER = (
    CHANGES
    + p(
        'La <text:span text:style-name="Gras">commission</text:span> '
        'sta<text:span text:style-name="Penche">tue</text:span> nonobstant votre recours, ou infirme.'
    )
    + p("Nonobstant", "Centre")
    + p("Nonobstant ce délai, la demande est recevable", "Centre")
    + '<text:h text:outline-level="1">Objet : demande susvisée</text:h>'
    + f"<text:list><text:list-item>{p('pièces afférentes au dossier')}</text:list-item>"
    + f"<text:list-item>{p('acte susvisé')}</text:list-item></text:list>"
    + '<table:table table:name="T"><table:table-column/><table:table-row><table:table-cell>'
    + f"{p('susvisé')}</table:table-cell></table:table-row></table:table>"
    + p(f"Ce droit{note('Article susvisé du code.')} est ouvert, nonobstant l’âge.")
    + p(f"Voir {frame(p('Cadre susvisé en bas'), 'Cadre')} ici.")
    + p('Un <text:change text:change-id="ct2"/><text:change-start text:change-id="ct1"/>nouveau '
        '<text:change-end text:change-id="ct1"/>mot, nonobstant celui de Marie.')
    + p(f"Ce {comment('c1', 'document susvisé')} est joint, {comment('c2', 'non<text:span>obstant</text:span>')} tout.")
    + p('Le <text:a xlink:href="https://exemple.fr/">site susvisé</text:a> et le '
        'mot<text:bookmark text:name="ici"/> susvisé<text:s text:c="2"/>puis un autre.')
)  # fmt: skip
PAIRS = (
    ("La commission", "Une équipe"),
    ("statue", "décide"),
    (" nonobstant", " malgré"),
    ("ou infirme.", ""),
    ("Nonobstant", "Malgré"),
    ("Nonobstant ce délai", "Malgré ce retard"),
    ("recevable", "bonne"),
    ("demande", "votre demande"),
    ("afférentes", "du"),
    (" au", ""),
    ("acte susvisé", "acte"),
    ("susvisé", "cité plus haut"),
    (", nonobstant l’âge.", " à tout âge."),
    ("Cadre susvisé", "Cadre"),
    ("nonobstant", "malgré"),
    ("document susvisé", "document"),
    ("nonobstant", "malgré"),
    ("site susvisé", "site cité"),
    ("mot", "terme"),
    ("susvisé  puis", "cité ensuite"),
    ("nonobstant", "malgré"),
    ("susvisé", "cité"),
    ("Article susvisé", "Article"),
)


@pytest.fixture(scope="module", params=["packed", "flat"])
def letter(request: pytest.FixtureRequest) -> bytes:
    return (odt_specimen if request.param == "packed" else flat_specimen)(LETTER, PARTS)


def tracked(data: bytes, *pairs: tuple[str, str]) -> bytes:
    """Return a file with words replaced, as changes of falc; all are ones that it takes."""
    text = OdtText(data)
    edits = edits_of(read_odt(data, "lettre").text, *pairs)
    assert all(text.takes(edit) and text.tracks(edit) for edit in edits)
    return text.tracked(edits, FALC)


def test_text_read_is_the_corrected_one(letter: bytes) -> None:
    text = read_odt(letter, "lettre").text
    after = tracked(letter, *PAIRS)
    assert read_odt(after, "lettre").text == apply_edits(text, edits_of(text, *PAIRS))
    assert (
        read_odt(after, "lettre", revisions=Revisions.ORIGINAL).text
        == read_odt(letter, "lettre", revisions=Revisions.ORIGINAL).text
    )


def test_validator_finds_nothing_new() -> None:
    letter = odt_specimen(LETTER, PARTS)
    assert not new_faults(letter, tracked(letter, *PAIRS), ".odt")


@pytest.mark.office
def test_libreoffice_accepts_and_rejects(letter: bytes, tmp_path: Path) -> None:
    suffix = "odt" if letter.startswith(b"PK") else "fodt"
    text = OdtText(letter)
    edits = edits_of(read_odt(letter, "lettre").text, *PAIRS)
    files = {
        "original": letter,
        "corrected": text.edited(edits),
        "tracked": tracked(letter, *PAIRS),
    }
    paths = [tmp_path / f"{name}.{suffix}" for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    original, corrected, with_changes = reviewed(paths)
    assert with_changes["rejected"] == original["rejected"]
    assert with_changes["accepted"] == corrected["accepted"] != original["accepted"]
    assert "Une équipe décide malgré votre recours, " in with_changes["accepted"]
    marie = [change for change in with_changes["changes"] if change["author"] == "Marie"]
    assert [change["kind"] for change in marie] == ["Delete", "Insert"]
    assert {change["author"] for change in with_changes["changes"]} == {"Marie", "falc"}
    assert [comment["text"] for comment in with_changes["comments"]] == ["À revoir", "À revoir"]


@pytest.mark.office
def test_libreoffice_keeps_paragraphs_apart(tmp_path: Path) -> None:
    path = tmp_path / "lettre.odt"
    words = ("fin", "fin du texte"), ("mot", "un mot")
    path.write_bytes(tracked(odt_specimen(p("Voici la fin") + p("mot qui suit")), *words))
    (shown,) = reviewed([path])
    assert shown["rejected"] == ["Voici la fin", "mot qui suit"]
    assert shown["accepted"] == ["Voici la fin du texte", "un mot qui suit"]


# --- what the file says -----------------------------------------------------------------------


def test_change_says_who_and_when() -> None:
    root = content(tracked(odt_specimen(p("Nonobstant ce délai")), ("Nonobstant", "Malgré")))
    deletion, insertion = root.findall(f".//{TEXT}changed-region")
    for change in (deletion[0], insertion[0]):
        assert change.findtext(f".//{DC}creator") == "falc"
        assert change.findtext(f".//{DC}date") == "2026-03-02T10:30:00"
    assert deletion.findtext(f"{TEXT}deletion/{TEXT}p") == "Nonobstant"


def test_libreoffice_does_not_start_to_record() -> None:
    root = content(tracked(odt_specimen(p("Nonobstant ce délai")), ("Nonobstant", "Malgré")))
    changes = root.find(f".//{TEXT}tracked-changes")
    assert changes.get(f"{TEXT}track-changes") == "false"
    assert changes.getparent()[0] is changes


def test_changes_of_others_stay() -> None:
    after = content(tracked(odt_specimen(CHANGES + p("Nonobstant ce délai")), ("Nonobstant", "Malgré")))
    regions = after.findall(f".//{TEXT}tracked-changes/{TEXT}changed-region")
    names = [region.get(f"{TEXT}id") for region in regions]
    assert names[:2] == ["ct1", "ct2"]
    assert len(set(names)) == len(names) == 4


def test_changes_come_after_forms() -> None:
    body = "<office:forms/>" + p("Nonobstant ce délai")
    changes = content(tracked(odt_specimen(body), ("Nonobstant", "Malgré"))).find(f".//{TEXT}tracked-changes")
    assert changes.getprevious().tag == f"{OFFICE}forms"


def test_header_holds_its_own_changes() -> None:
    after = tracked(odt_specimen(p("Bonjour"), PARTS), ("nonobstant", "malgré"))
    assert content(after).find(f".//{TEXT}tracked-changes") is None
    header = content(after, "styles.xml").find(f".//{STYLE}header")
    assert header[0].tag == f"{TEXT}tracked-changes"
    assert len(header[0]) == 2


def test_deleted_words_keep_their_look_and_their_link() -> None:
    body = p('non<text:span text:style-name="Gras">obs</text:span>tant', "Centre") + p(
        '<text:a xlink:href="https://exemple.fr/">le site</text:a>'
    )
    data = odt_specimen(body, {"automatic": LOOKS})
    root = content(tracked(data, ("nonobstant", "malgré"), ("site", "lien")))
    first, second = (words.find(f"{TEXT}p") for words in root.iter(f"{TEXT}deletion"))
    assert first.get(f"{TEXT}style-name") == "Centre"
    assert [(part.get(f"{TEXT}style-name"), part.text, part.tail) for part in first] == [("Gras", "obs", "tant")]
    assert [(part.get(f"{XLINK}href"), part.text) for part in second] == [("https://exemple.fr/", "site")]


def test_mark_between_deleted_words_keeps_its_place() -> None:
    data = odt_specimen(p('non<text:bookmark text:name="ici"/>obstant tout'))
    root = content(tracked(data, ("nonobstant", "malgré")))
    assert [words.findtext(f"{TEXT}p") for words in root.iter(f"{TEXT}deletion")] == ["non", "obstant"]


def test_drawings_take_no_tracked_change() -> None:
    shape = f"<draw:rect>{p('zone susvisée')}</draw:rect>"
    data = odt_specimen(p(f"a {shape} b {frame(p('dessin susvisé'), 'Dessin')}"), PARTS)
    text = OdtText(data)
    for old in ("zone susvisée", "dessin susvisé"):
        (edit,) = edits_of(read_odt(data, "lettre").text, (old, "zone"))
        assert text.takes(edit)
        assert not text.tracks(edit)
        assert text.tracked([edit], FALC) == data


@pytest.mark.parametrize(
    ("old", "new", "start", "end", "text"),
    [
        ("Nonobstant la loi", "Malgré la loi", 0, 10, "Malgré"),
        ("le mot ancien", "le mot nouveau", 7, 13, "nouveau"),
        ("un mot deux", "un deux", 3, 7, ""),
        ("un deux", "un mot deux", 3, 3, "mot "),
        ("le le", "le", 2, 5, ""),
        ("même", "même", 4, 4, ""),
    ],
)
def test_whole_words_that_stay_are_left_out(old: str, new: str, start: int, end: int, text: str) -> None:
    assert narrowed(Edit(Span(0, len(old)), new), old) == Edit(Span(start, end), text)
