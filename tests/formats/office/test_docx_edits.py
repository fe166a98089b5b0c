"""Which edits a Word file takes, and which files take none."""

from __future__ import annotations

import pytest

from falc.formats.office.docx.edits import WordText
from falc.formats.office.docx.text import read_docx
from falc.formats.office.review import Doing, Reviewer
from falc.formats.office.specimen import docx_specimen
from falc.formats.text import apply_edits
from falc.model import Edit, FalcError, Span

from .build import archive, cell, docx, drawing_box, field, paragraph, parts, run, table

WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
WORD_2012 = "http://schemas.microsoft.com/office/word/2012/wordml"


def takes(data: bytes, words: str, new: str = "x") -> bool:
    """Does the file take new words in place of others?  « | » bounds what goes."""
    before, old, after = words.split("|") if "|" in words else ("", words, "")
    text = read_docx(data, "-").text
    start = text.index(before + old + after) + len(before)
    edit = Edit(Span(start, start + len(old)), new)
    taken = WordText(data).takes(edit)
    if taken:
        for done in (WordText(data).edited([edit]), WordText(data).tracked([edit], Reviewer())):
            assert read_docx(done, "-").text == apply_edits(text, [edit])
    return taken


def control(properties: str, *content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"


def link(*content: str) -> str:
    return f'<w:hyperlink w:anchor="a">{"".join(content)}</w:hyperlink>'


def wrapped(tag: str, *content: str) -> str:
    return f'<w:{tag} w:id="9" w:author="Lou" w:element="x" w:val="ltr">{"".join(content)}</w:{tag}>'


# --- what stands in or between the words ----------------------------------------------------


@pytest.mark.parametrize(
    "between",
    [
        "<w:r/>", '<w:proofErr w:type="gramStart"/>', '<w:bookmarkStart w:id="1" w:name="a"/>', "<w:r><w:t/></w:r>",
        '<w:commentRangeStart w:id="1"/>', '<w:r><w:commentReference w:id="1"/></w:r>',
        "<w:r><w:lastRenderedPageBreak/></w:r>", '<w:r><w:rPr><w:b/></w:rPr></w:r>',
    ],
)  # fmt: skip
def test_an_edit_goes_over_what_shows_nothing(between):
    assert takes(docx(paragraph("Le dos", between, "sier.")), "dossier")


@pytest.mark.parametrize(
    "between",
    [
        "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>", "<w:r><w:noBreakHyphen/></w:r>", "<w:r><w:softHyphen/></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', '<w:r><w:footnoteReference w:id="2"/></w:r>',
        "<w:r><w:pict/></w:r>", "<w:r><w:drawing/></w:r>", "<w:r><w:object/></w:r>", "<m:oMath/>",
        '<w:del w:id="1" w:author="Lou"><w:r><w:delText>x</w:delText></w:r></w:del>',
        '<w:moveFrom w:id="1" w:author="Lou"><w:r><w:t>x</w:t></w:r></w:moveFrom>',
        '<w:moveFromRangeStart w:id="1" w:name="a"/>', '<w:permStart w:id="1"/>', drawing_box(paragraph("boîte")),
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>", field(" PAGE ", "3"), field(" XE |caché| "),
        '<w:fldSimple w:instr=" MERGEFIELD Nom "><w:r><w:t>«Nom»</w:t></w:r></w:fldSimple>',
        control("<w:showingPlcHdr/>", run("Cliquez ici")), "<w:ruby><w:rubyBase/></w:ruby>",
    ],
)  # fmt: skip
def test_no_edit_over_what_shows_something(between):
    data = docx(paragraph("Le dos", between, "sier."))
    text = read_docx(data, "-").text
    start, end = text.index("dos"), text.index("sier") + 4
    assert not WordText(data).takes(Edit(Span(start, end), "x"))
    assert takes(data, "Le |dos|") and takes(data, "|sier|.")


@pytest.mark.parametrize(
    "around",
    [link, lambda c: control("", c), lambda c: wrapped("smartTag", c), lambda c: wrapped("customXml", c),
     lambda c: wrapped("bdo", c), lambda c: wrapped("dir", c)],
    ids=["link", "control", "smartTag", "customXml", "bdo", "dir"],
)  # fmt: skip
def test_an_edit_is_inside_or_outside(around):
    data = docx(paragraph("Voici ", around(run("le dossier") + run(" de Lou")), " Petit."))
    assert takes(data, "dossier de") and takes(data, "Voici") and takes(data, "Petit")
    assert not takes(data, "Voici le") and not takes(data, "Lou Petit")
    assert takes(data, "le d||ossier") and not takes(data, "Voici ||le")  # inside or outside?


@pytest.mark.parametrize("tag", ["ins", "moveTo"])
def test_words_of_somebody_else(tag):
    data = docx(paragraph("Le ", wrapped(tag, run("beau dossier")), " est prêt."))
    assert not takes(data, "beau") and not takes(data, "Le beau") and takes(data, "est")
    inside = docx(paragraph("Le ", wrapped(tag, link(run("beau dossier"))), " est prêt."))
    assert not takes(inside, "beau")


@pytest.mark.parametrize("place", ["trPr/ins", "trPr/del", "tcPr/cellIns", "tcPr/cellDel"])
def test_rows_and_cells_of_somebody_else(place):
    properties, mark = place.split("/")
    theirs = f'<w:{properties}><w:{mark} w:id="1" w:author="Lou"/></w:{properties}>'
    row, inside = (theirs, "") if properties == "trPr" else ("", theirs)
    rows = f"<w:tr>{row}<w:tc>{inside}{paragraph('Le dossier')}</w:tc></w:tr>"
    data = docx(f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>{paragraph('Le document')}")
    text = read_docx(data, "-").text
    assert takes(data, "document")
    assert "dossier" not in text or not takes(data, "dossier")


@pytest.mark.parametrize(
    ("properties", "taken"),
    [
        ('<w:alias w:val="Nom"/><w:tag w:val="nom"/><w:text/>', True),
        ('<w:lock w:val="unlocked"/>', True),
        ('<w:lock w:val="sdtLocked"/>', True),  # the control stays, its words may change
        ('<w:lock w:val="contentLocked"/>', False),
        ('<w:lock w:val="sdtContentLocked"/>', False),
        ('<w:dataBinding w:xpath="/a"/>', False),
        (f'<w15:dataBinding xmlns:w15="{WORD_2012}" w:xpath="/a"/>', False),
        (f'<w14:checkbox xmlns:w14="{WORD_2010}"/>', False),
        ("<w:dropDownList/>", False),
        ("<w:comboBox/>", False),
        ("<w:date/>", False),
        ("<w:group/>", False),
        ("<w:citation/>", False),
        ("<w:docPartObj/>", False),
    ],
)
def test_controls(properties, taken):
    assert takes(docx(paragraph("Ici : ", control(properties, run("le dossier")))), "dossier") is taken
    block = docx(control(properties, paragraph("le dossier"), table((cell(paragraph("la date")),))) + paragraph("Fin"))
    assert takes(block, "dossier") is taken and takes(block, "date") is taken and takes(block, "Fin")


@pytest.mark.parametrize(
    "content",
    [
        field(" MERGEFIELD Nom ", "le dossier"), field(" MERGE|FIELD No|m ", "le ", "dossier"),
        field(' HYPERLINK "https://exemple.fr" ', "le dossier"), field(" REF a ", "le dossier"),
        field(' IF |' + field(" MERGEFIELD Civ ", "M") + '| = "M" "Monsieur" ', "le dossier"),
        '<w:fldSimple w:instr=" REF a "><w:r><w:t>le dossier</w:t></w:r></w:fldSimple>',
        "<w:r><w:ruby><w:rt><w:r><w:t>aide</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>le dossier</w:t></w:r></w:rubyBase>"
        "</w:ruby></w:r>",
    ],
)  # fmt: skip
def test_fields(content):
    data = docx(paragraph("Avant, ", content, ", après."))
    text = read_docx(data, "-").text
    for start in range(len("Avant, "), text.index(", après")):
        assert not WordText(data).takes(Edit(Span(start, start + 1), "x"))
    assert takes(data, "Avant") and takes(data, "après")
    assert takes(data, "Avant, ||") and takes(data, "||, après", "x")  # beside the field


@pytest.mark.parametrize("text", ["une\nligne", "une\ttabulation", "\x01", "\ufffe", "\ud800"])
def test_plain_words_only(text):
    assert not takes(docx(paragraph("Le dossier")), "dossier", text)


def test_no_paragraph_loses_all_its_words():
    data = docx(paragraph("Un", " dossier") + paragraph("\u00ad Deux") + paragraph(" ", field(" PAGE ", "3"), " Trois"))
    assert not takes(data, "Un dossier", "") and not takes(data, "Un dossier", " ") and not takes(data, "Deux", "")
    assert takes(data, " dossier", "") and takes(data, "Trois", "")
    assert not takes(data, "dossier\n\u00ad Deux", "x")


@pytest.mark.parametrize("place", ["||Le", "dossier.||", "Le ||dos", "Le||"])
def test_insertions(place):
    data = docx(paragraph("Avant") + paragraph(run("Le ", "<w:b/>"), "dossier.") + paragraph("Après"))
    assert takes(data, place, "x ")


def test_language_and_proofing_marks_forbid_nothing():
    data = docx(paragraph("Le ", run("dossier", '<w:noProof/><w:lang w:val="en-GB"/>'), "."))
    assert takes(data, "Le dossier")


# --- text boxes -----------------------------------------------------------------------------


def test_the_copies_of_a_box_must_say_the_same():
    box = drawing_box(paragraph("Le ", "dossier"))
    assert takes(docx(paragraph("Avant", box)), "Le dossier")
    head, mid, tail = box.partition("</mc:Choice>")
    for other in (tail.replace("dossier", "papier"), tail.replace("</w:p>", f"{run('x')}</w:p>")):
        assert not takes(docx(paragraph("Avant", head + mid + other)), "dossier")
    cut = tail.replace("</w:r><w:r>", "</w:r><w:r><w:tab/></w:r><w:r>")
    assert not takes(docx(paragraph("Avant", head + mid + cut)), "Le dossier")
    theirs = tail.replace("<w:p>", "<w:p>" + "<w:ins w:id='1' w:author='Lou'>").replace("</w:p>", "</w:ins></w:p>")
    assert not takes(docx(paragraph("Avant", head + mid + theirs)), "dossier")
    picture = "</mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
    assert takes(docx(paragraph("Avant", head + picture)), "dossier")


def test_words_in_the_run_that_holds_a_box():
    box = drawing_box(paragraph("Dedans"))
    words = box.replace("<w:r><mc", "<w:r><w:t>Avant, </w:t><mc").replace("e></w:r>", "e></w:r>", 1)
    data = docx(paragraph(words.replace("</mc:AlternateContent>", "</mc:AlternateContent><w:t>après</w:t>")))
    assert takes(data, "Avant") and takes(data, "après") and takes(data, "Dedans")
    assert not takes(data, "Avant,après")


# --- plain edits ----------------------------------------------------------------------------


def test_words_that_come_back_keep_their_format():
    data = docx(paragraph("Le ", run("dossier", "<w:b/>"), " de l'usager ", run("est", "<w:i/>"), " prêt."))
    start = read_docx(data, "-").text.index("dossier")
    edit = Edit(Span(start, start + len("dossier de l'usager est")), "dossier de la personne est")
    block = read_docx(WordText(data).edited([edit]), "-").blocks[0]
    runs = [(block.text[r.span.start : r.span.end], r.format) for r in block.runs]
    looks = [(text, bool(look.bold), bool(look.italic)) for text, look in runs]
    assert looks == [
        ("Le ", False, False), ("dossier", True, False), (" de la personne ", False, False), ("est", False, True),
        (" prêt.", False, False),
    ]  # fmt: skip


# --- protected files ------------------------------------------------------------------------


def protected(settings: str) -> bytes:
    return docx_specimen(paragraph("Bonjour"), {"settings": settings})


def forbidden(data: bytes) -> dict[Doing, str]:
    said = {}
    for doing in Doing:
        try:
            WordText(data).refuse(doing)
        except FalcError as error:
            said[doing] = str(error)
    return said


@pytest.mark.parametrize(
    ("edit", "refused"),
    [
        ("readOnly", set(Doing)),
        ("forms", set(Doing)),
        ("comments", {Doing.EDIT, Doing.TRACK}),
        ("trackedChanges", {Doing.EDIT}),
        ("none", set()),
    ],
)
def test_protection(edit, refused):
    for enforced in ("1", "true", "on"):
        said = forbidden(protected(f'<w:documentProtection w:edit="{edit}" w:enforcement="{enforced}"/>'))
        assert set(said) == refused
        assert all("falc n'a rien changé" in words and "Désactiver la protection" in words for words in said.values())
    assert not forbidden(protected(f'<w:documentProtection w:edit="{edit}" w:enforcement="0"/>'))
    assert not forbidden(protected(f'<w:documentProtection w:edit="{edit}"/>'))


def test_what_only_asks_forbids_nothing():
    assert not forbidden(protected('<w:writeProtection w:recommended="1"/><w:trackRevisions/>'))
    assert not forbidden(docx(paragraph("Bonjour")))


def test_a_signed_file():
    names = {**parts(paragraph("Bonjour")), "_xmlsignatures/sig1.xml": "<Signature/>"}
    said = forbidden(archive(names))
    assert set(said) == set(Doing)
    assert "signature" in said[Doing.EDIT]
