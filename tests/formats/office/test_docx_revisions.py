"""Corrections as tracked changes: what people see, what accepting and rejecting them gives."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from falc.formats.office.docx.comments import annotate_docx
from falc.formats.office.docx.edits import WordText
from falc.formats.office.docx.story import Gathered
from falc.formats.office.docx.text import live_paragraphs, read_docx
from falc.formats.office.package import W, open_package
from falc.formats.office.review import Comment, Reviewer
from falc.formats.office.specimen import docx_specimen
from falc.formats.text import apply_edits
from falc.model import Edit, Revisions, Span

from .build import cell, docx, drawing_box, field, paragraph, run, table
from .reviewed import reviewed
from .validators import new_faults

CAMILLE = Reviewer("Camille", "C", datetime(2026, 3, 12, 9, 30))
BOLD, ITALIC = "<w:b/>", "<w:i/>"


def edits(data: bytes, *pairs: tuple[str, str]) -> list[Edit]:
    """The edits that put the second words of each pair in place of the first ones; « | » bounds what goes."""
    text, found = read_docx(data, "-").text, []
    for old, new in pairs:
        before, words, after = old.split("|") if "|" in old else ("", old, "")
        start = text.index(before + words + after) + len(before)
        found.append(Edit(Span(start, start + len(words)), new))
    return sorted(found, key=lambda edit: edit.span)


def tracked(data: bytes, *pairs: tuple[str, str], reviewer: Reviewer = CAMILLE) -> bytes:
    text, wanted = WordText(data), edits(data, *pairs)
    assert all(map(text.takes, wanted))
    return text.tracked(wanted, reviewer)


def part(data: bytes, name: str = "document") -> str:
    return zipfile.ZipFile(BytesIO(data)).read(f"word/{name}.xml").decode()


def changes(data: bytes, name: str = "document") -> str:
    """The text of a part as Word shows it: [-what goes-], [+what comes+]."""
    shown = []
    for element in etree.fromstring(part(data, name).encode()).iter(f"{W}t", f"{W}delText"):
        signs = {f"{W}ins": "+", f"{W}del": "-"}
        sign = next((signs[around.tag] for around in element.iterancestors() if around.tag in signs), "")
        shown.append(f"[{sign}{element.text}{sign}]" if sign else element.text or "")
    return re.sub(r"-\]\[-|\+\]\[\+", "", "".join(shown))


def settled(data: bytes, *, accept: bool, author: str = "Camille") -> bytes:
    """The file with the changes of an author accepted, or rejected."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if b"<w:ins " in content or b"<w:del " in content:
                tree = etree.fromstring(content)
                for element in list(tree.iter(f"{W}ins", f"{W}del")):
                    if element.get(f"{W}author") == author:
                        settle(element, keep=accept == (element.tag == f"{W}ins"))
                content = etree.tostring(tree)
            after.writestr(name, content)
    return out.getvalue()


def settle(element: etree._Element, *, keep: bool) -> None:
    for child in list(element) if keep else ():
        for text in child.iter(f"{W}delText"):
            text.tag = f"{W}t"
        element.addprevious(child)
    element.getparent().remove(element)


def characters(data: bytes) -> list[tuple[str, object]]:
    """Each character of the text with its format."""
    found = []
    for place in live_paragraphs(open_package(data), Gathered()):
        found += [(character, node.format) for node in place.nodes for character in node.text] + [("\n", None)]
    return found


def check(data: bytes, wanted: list[Edit]) -> bytes:
    """Track edits; accepting them must give what plain edits do, rejecting them the file as it was."""
    before = read_docx(data, "-")
    out, plain = WordText(data).tracked(wanted, CAMILLE), WordText(data).edited(wanted)
    assert read_docx(out, "-").text == read_docx(plain, "-").text == apply_edits(before.text, wanted)
    original = read_docx(data, "-", revisions=Revisions.ORIGINAL).text
    assert read_docx(out, "-", revisions=Revisions.ORIGINAL).text == original
    assert characters(settled(out, accept=True)) == characters(plain)
    assert characters(settled(out, accept=False)) == characters(data)
    return out


# --- what a change shows --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("de l'usager", "de la personne", "Le dossier de [-l'usager-][+la personne+] est prêt."),
        (
            "Le dossier de l'usager",
            "Le beau dossier de Lou",
            "Le [-dossier de l'usager-][+beau dossier de Lou+] est prêt.",
        ),
        ("est prêt", "est bien prêt", "Le dossier de l'usager est [+bien +]prêt."),
        ("dossier", "document", "Le [-dossier-][+document+] de l'usager est prêt."),
        ("Le dossier", "Dossier", "[-Le dossier-][+Dossier+] de l'usager est prêt."),
        (" est prêt", "", "Le dossier de l'usager[- est prêt-]."),
        ("||Le", "Oui. ", "[+Oui. +]Le dossier de l'usager est prêt."),
        ("prêt.||", " Venez.", "Le dossier de l'usager est prêt.[+ Venez.+]"),
        ("dossier", "dossier", "Le dossier de l'usager est prêt."),
    ],
)
@pytest.mark.parametrize("cuts", [(), (4,), (3, 10, 14, 16, 22), tuple(range(1, 36))], ids=len)
def test_only_what_changes(old, new, shown, cuts):
    sentence = "Le dossier de l'usager est prêt."
    bounds = [0, *cuts, len(sentence)]
    pieces = [sentence[start:end] for start, end in pairwise(bounds) if sentence[start:end]]
    runs = [run(piece, BOLD if number % 2 else ITALIC) for number, piece in enumerate(pieces)]
    data = docx(paragraph(*runs))
    out = tracked(data, (old, new))
    assert changes(out) == shown
    check(data, edits(data, (old, new)))


def test_new_words_look_like_the_first_that_go():
    data = docx(paragraph("Le ", run("12 mars", BOLD), run(" prochain", ITALIC), "."))
    out = tracked(data, ("12 mars prochain", "jeudi"))
    assert (
        '<w:del w:id="1" w:author="Camille" w:date="2026-03-12T09:30:00Z">'
        '<w:r><w:rPr><w:b/></w:rPr><w:delText xml:space="preserve">12 mars</w:delText></w:r>'
        '<w:r><w:rPr><w:i/></w:rPr><w:delText xml:space="preserve"> prochain</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="Camille" w:date="2026-03-12T09:30:00Z">'
        '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">jeudi</w:t></w:r></w:ins>'
    ) in part(out)


def test_marks_between_the_words_stay():
    pieces = (
        run("Le "), '<w:bookmarkStart w:id="7" w:name="date"/>', run("12"), '<w:proofErr w:type="spellStart"/>',
        run("/0"), '<w:commentRangeStart w:id="3"/>', run("3/20"), '<w:commentRangeEnd w:id="3"/>',
        '<w:r><w:commentReference w:id="3"/></w:r>', run("24"), '<w:bookmarkEnd w:id="7"/>', run("."),
    )  # fmt: skip
    data = docx(paragraph(*pieces))
    out = check(data, edits(data, ("12/03/2024", "12 mars 2024")))
    assert changes(out) == "Le [-12/03/2024-][+12 mars 2024+]."
    body = etree.fromstring(part(out).encode())[0][0]
    assert [etree.QName(element).localname for element in body] == [
        "r", "bookmarkStart", "del", "proofErr", "del", "commentRangeStart", "del", "commentRangeEnd", "r", "del",
        "ins", "bookmarkEnd", "r",
    ]  # fmt: skip


def test_numbers_are_those_of_no_other_mark():
    others = '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'
    others += '<w:ins w:id="2" w:author="Lou"><w:r><w:t>Oui. </w:t></w:r></w:ins>'
    change = '<w:b/><w:rPrChange w:id="4" w:author="Lou"><w:rPr/></w:rPrChange>'
    data = docx(f"<w:p>{others}{run('Le dossier est prêt.', change)}</w:p>")
    out = tracked(data, ("dossier", "document"))
    numbers = re.findall(r'<w:(?:ins|del|rPrChange|bookmarkStart) w:id="(\d+)"', part(out))
    assert len(numbers) == len(set(numbers)) == 8
    assert part(out).count("<w:rPrChange") == 4  # what stays on each side, what goes, what comes
    assert changes(out) == "[+Oui. +]Le [-dossier-][+document+] est prêt."
    check(data, edits(data, ("dossier", "document")))
    assert new_faults(data, out) == {}


def test_several_changes_in_one_run():
    data = docx(paragraph("Nonobstant la décision susvisée, merci de bien vouloir venir vite."))
    pairs = (("Nonobstant", "Malgré"), (" susvisée", ""), ("de bien vouloir", "de"), ("venir |vite|.", "demain"))
    out = check(data, edits(data, *pairs))
    assert changes(out) == (
        "[-Nonobstant-][+Malgré+] la décision[- susvisée-], merci de[- bien vouloir-] venir [-vite-][+demain+]."
    )
    together = [*edits(data, ("vite|.|", " !")), *edits(data, ("venir |vite|.", "demain"))]
    assert changes(check(data, sorted(together, key=lambda edit: edit.span))).endswith("[-vite-][+demain+][-.-][+ !+]")


def test_what_else_a_run_holds_stays():
    content = "<w:rPr><w:b/></w:rPr><w:tab/><w:t>Le dossier</w:t><w:br/><w:t>est</w:t><w:lastRenderedPageBreak/>"
    data = docx(f'<w:p><w:r w:rsidR="00AB12CD">{content}<w:t xml:space="preserve"> prêt.</w:t><w:cr/></w:r></w:p>')
    out = check(data, edits(data, ("dossier", "document"), ("est prêt", "arrive")))
    assert changes(out) == "Le [-dossier-][+document+][-est prêt-][+arrive+]."
    kept = re.findall(r"<w:(tab|br|lastRenderedPageBreak|cr)/>", part(out))
    assert kept == ["tab", "br", "lastRenderedPageBreak", "cr"]
    inserted = re.findall(r"<w:ins [^>]*><w:r>", part(out))
    assert len(inserted) == 2  # no history mark is made up
    assert new_faults(data, out) == {}


def test_blanks_that_word_hides_stay_hidden():
    data = docx("<w:p><w:r><w:t>\n  Le dossier \n</w:t></w:r><w:r><w:t>prêt</w:t></w:r></w:p>")
    assert changes(check(data, edits(data, ("Le", "Votre")))) == "[-Le-][+Votre+] dossierprêt"


def test_inside_a_link_or_a_control():
    link = f'<w:hyperlink w:anchor="a">{run("le dossier", "<w:u/>")}</w:hyperlink>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('de Lou Petit')}</w:sdtContent></w:sdt>"
    data = docx(paragraph("Voici ", link, " ", control, "."))
    out = check(data, edits(data, ("dossier", "document"), ("Petit", "Grand")))
    assert changes(out) == "Voici le [-dossier-][+document+] de Lou [-Petit-][+Grand+]."
    assert re.search(r"<w:hyperlink[^>]*>.*document</w:t></w:r></w:ins></w:hyperlink>", part(out))
    assert new_faults(data, out) == {}


def test_both_copies_of_a_text_box():
    data = docx(paragraph("Avant ", drawing_box(paragraph("Le ", run("dos", BOLD), "sier est prêt.")), "le dossier."))
    out = check(data, edits(data, ("|dossier| est", "document"), ("le |dossier|.", "document")))
    assert changes(out) == "Avant {0}{0}le [-dossier-][+document+].".format("Le [-dossier-][+document+] est prêt.")
    numbers = re.findall(r'<w:(?:ins|del) w:id="(\d+)"', part(out))
    assert len(numbers) == len(set(numbers)) == 6


def test_notes_and_headers_have_their_own_parts():
    data = docx_specimen(
        f'<w:p>{run("Bonjour")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
        {
            "header": f"<w:p>{run('Nonobstant tout')}</w:p>",
            "footnotes": f'<w:footnote w:id="2"><w:p>{run("Selon la loi susvisée")}</w:p></w:footnote>',
        },
    )
    out = check(data, edits(data, ("Nonobstant", "Malgré"), ("susvisée", "citée")))
    assert changes(out, "header") == "[-Nonobstant-][+Malgré+] tout"
    assert changes(out, "footnotes") == "Selon la loi [-susvisée-][+citée+]"
    assert part(out) == part(data)


def test_no_edit_changes_no_byte():
    data = docx(paragraph("Bonjour"))
    assert WordText(data).tracked([], CAMILLE) == data
    assert WordText(data).tracked([Edit(Span(0, 7), "Bonjour")], CAMILLE) == data
    assert WordText(data).edited([Edit(Span(0, 7), "Bonjour")]) == data


def test_a_name_that_xml_does_not_take():
    data = docx(paragraph("Bonjour"))
    out = tracked(data, ("Bonjour", "Salut"), reviewer=Reviewer("L\x07ou & Cie", "L", datetime(2026, 1, 1)))
    assert 'w:author="Lou &amp; Cie" w:date="2026-01-01T00:00:00Z"' in part(out)


def test_changes_of_somebody_else_are_left_alone():
    theirs = '<w:del w:id="1" w:author="Lou"><w:r><w:delText>ancien </w:delText></w:r></w:del>'
    theirs += '<w:ins w:id="2" w:author="Lou"><w:r><w:t xml:space="preserve">nouveau </w:t></w:r></w:ins>'
    data = docx(paragraph("Le ", theirs, "dossier est prêt."))
    text = WordText(data)
    taken = [text.takes(edits(data, pair)[0]) for pair in (("nouveau", "beau"), ("Le nouveau", "Un"), ("Le", "Un"))]
    assert taken == [False, False, True]
    out = check(data, edits(data, ("Le", "Un"), ("dossier", "document")))
    assert changes(out) == "[-Le-][+Un+] [-ancien -][+nouveau +][-dossier-][+document+] est prêt."
    assert theirs in part(out)
    again = WordText(out)
    assert not again.takes(edits(out, ("document", "papier"))[0])  # falc's own change waits for an answer too


# --- any document, any edits ----------------------------------------------------------------

LOOKS = st.sampled_from(["", "", BOLD, ITALIC, '<w:sz w:val="30"/>', "<w:vanish/>", f'<w:lang w:val="en-GB"/>{BOLD}'])
WORDS = st.text("aé ’-l1«", max_size=6)
RUNS = st.builds(run, WORDS, LOOKS)
PACKED = st.builds(
    "<w:r><w:t>{}</w:t><w:{}/><w:t> {}</w:t></w:r>".format, WORDS, st.sampled_from(["tab", "br", "cr"]), WORDS
)
MARKS = st.sampled_from(
    [
        "<w:proofErr/>", "<w:r/>", "<w:r><w:tab/></w:r>", "<w:r><w:softHyphen/></w:r>", "<w:r><w:pict/></w:r>",
        '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>', '<w:r><w:commentReference w:id="1"/></w:r>',
        '<w:bookmarkStart w:id="2" w:name="a"/>', '<w:bookmarkEnd w:id="2"/>',
        '<w:r><w:footnoteReference w:id="2"/></w:r>', field(" MERGEFIELD |Nom", "«Nom»"), field(" PAGE ", "3"),
        '<w:del w:id="5" w:author="Lou"><w:r><w:delText>ancien</w:delText></w:r></w:del>',
    ]
)  # fmt: skip
INLINE = st.lists(st.one_of(RUNS, RUNS, RUNS, PACKED, MARKS), max_size=8).map("".join)
AROUND = st.sampled_from(
    [
        "{}", "{}", '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:sdt><w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>',
        '<w:ins w:id="6" w:author="Lou">{}</w:ins>', '<w:smartTag w:element="a">{}</w:smartTag>',
    ]
)  # fmt: skip
PARAGRAPHS = st.lists(st.builds(str.format, AROUND, INLINE), max_size=3).map(
    lambda pieces: paragraph(*filter(None, pieces))
)
BLOCKS = st.one_of(
    PARAGRAPHS,
    PARAGRAPHS.map(lambda inside: paragraph(run("boîte"), drawing_box(inside))),
    PARAGRAPHS.map(lambda inside: table((cell(inside), cell(paragraph("x"))))),
)
BODIES = st.lists(BLOCKS, min_size=1, max_size=3).map("".join)
NOTES = PARAGRAPHS.map(lambda inside: f'<w:footnote w:id="2">{inside}</w:footnote>')


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_edits_of_any_document(pick):
    body, header, notes = pick.draw(BODIES), pick.draw(PARAGRAPHS), pick.draw(NOTES)
    data = docx_specimen(body, {"header": header, "footnotes": notes})
    before, text = read_docx(data, "-"), WordText(data)
    places = st.integers(0, len(before.text))
    bounds = sorted(pick.draw(st.lists(places, max_size=16)))
    wanted, end = [], 0
    for start, stop in zip(bounds[::2], bounds[1::2], strict=False):
        edit = Edit(Span(start, min(stop, start + 9)), pick.draw(WORDS.filter(bool)) + "z")
        if start >= end and text.takes(edit):
            wanted.append(edit)
            end = edit.span.end
    out, plain = check(data, wanted), WordText(data).edited(wanted)
    old = characters(data)
    expected = [(character, [look]) for character, look in old]
    for edit in reversed(wanted):
        looks = [look for _, look in old[max(edit.span.start - 1, 0) : edit.span.end + 1]]
        expected[edit.span.start : edit.span.end] = [(character, looks) for character in edit.text]
    found = characters(plain)
    assert [character for character, _ in expected] == [character for character, _ in found]
    assert all(look in looks for (_, looks), (_, look) in zip(expected, found, strict=True))
    assert changed(data, out) == {name for name in ("document", "header", "footnotes") if "Camille" in part(out, name)}
    assert changed(data, plain) <= changed(data, out)
    written = "".join(part(out, name) for name in changed(data, out))
    numbers = re.findall(r'<w:(?:ins|del) w:id="(\d+)" w:author="Camille"', written)
    assert len(numbers) == len(set(numbers))


def changed(before: bytes, after: bytes) -> set[str]:
    """The names of the parts whose bytes are not the same."""
    old, new = (zipfile.ZipFile(BytesIO(data)) for data in (before, after))
    assert old.namelist() == new.namelist()
    return {name[5:-4] for name in old.namelist() if old.read(name) != new.read(name)}


# --- what LibreOffice makes of them ---------------------------------------------------------

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" '
    'simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" '
    'y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV '
    'relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="2000000" cy="500000"/>'
    '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="1" name="Boîte"/>'
    '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
    'wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" '
    'cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{0}'
    "</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
    '<mc:Fallback><w:pict><v:shape style="width:150pt;height:40pt"><v:textbox><w:txbxContent>{0}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
LETTER = docx_specimen(
    paragraph("Nonobstant la demande", run(" s", BOLD), "usvi", run("sée", ITALIC), ", nous attendons l'usager.")
    + paragraph(run("I", '<w:b/><w:sz w:val="40"/>'), "l convient de payer, ", run("nonobstant", BOLD), " le délai.")
    + paragraph("Premier point à percevoir", properties=ITEM)
    + paragraph("Deuxième point", properties=ITEM)
    + table((cell(paragraph("Somme à percevoir")), cell(paragraph("Le 12/03/2024"))))
    + paragraph("Voici ", BOX.format(paragraph("Au guichet sus", run("visé", BOLD), ".")), " la boîte.")
    + paragraph(
        "Lou dit ",
        '<w:del w:id="1" w:author="Lou" w:date="2026-01-02T03:04:05Z"><w:r><w:delText>non</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="Lou" w:date="2026-01-02T03:04:05Z"><w:r><w:t>oui</w:t></w:r></w:ins>',
        " nonobstant tout",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        ".",
    ),
    {
        "numbering": NUMBERING,
        "header": paragraph("Mairie susvisée"),
        "footnotes": '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Selon la loi susdite.")}</w:footnote>',
    },
)
CORRECTIONS = (
    ("Nonobstant", "Malgré"), ("demande| susvisée|,", ""), ("l'usager", "la personne"), ("usager|.|", " !"),
    ("||Il convient", "Attention : "), ("|Il convient| de", "Merci"), ("|nonobstant| le", "malgré"), ("délai|.|", ""),
    ("à |percevoir|\nDeuxième", "recevoir"), ("Deuxième point||", " ici"), ("Somme à |percevoir|", "recevoir"),
    ("12/03/2024", "12 mars 2024"), ("susvisé|.|", " là."), ("|nonobstant| tout", "malgré"), ("Mairie| susvisée|", ""),
    ("susdite", "citée"),
)  # fmt: skip
ACCEPTED = (
    "Malgré la demande, nous attendons la personne !", "Attention : Merci de payer, malgré le délai",
    "Premier point à recevoir", "Deuxième point ici", "Somme à recevoir", "Le 12 mars 2024",
    "Lou dit oui malgré tout.", "Selon la loi citée.", "Mairie",
)  # fmt: skip


@pytest.mark.office
def test_libreoffice_accepts_and_rejects(tmp_path):
    wanted = edits(LETTER, *CORRECTIONS)
    notes = [Comment(edit.span, ("Voir ici",)) for edit in wanted[2:10]]
    commented = annotate_docx(LETTER, notes, CAMILLE)
    out, plain = WordText(commented).tracked(wanted, CAMILLE), WordText(LETTER).edited(wanted)
    files = [tmp_path / name for name in ("avant.docx", "suivi.docx", "apres.docx")]
    for file, data in zip(files, (LETTER, out, plain), strict=True):
        file.write_bytes(data)
    before, after, corrected = reviewed(files)
    assert after["rejected"] == before["rejected"]
    assert after["accepted"] == corrected["accepted"]
    assert [words for words in ACCEPTED if words not in after["accepted"]] == []
    ours = [change["kind"] for change in after["changes"] if change["author"] == "Camille"]
    assert (ours.count("Insert"), ours.count("Delete")) == (13, 15)
    assert sum(change["author"] == "Lou" for change in after["changes"]) == 2
    assert len(after["comments"]) == len(notes)
    assert new_faults(LETTER, out) == {}
