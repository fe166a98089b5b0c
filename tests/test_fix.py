"""`falc fix` and its functions: what is written, what is left alone, what is said."""

import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import falc
from falc.fixes import fix_draft
from falc.formats import read
from falc.formats.office.odt.specimen import flat_specimen
from falc.formats.office.specimen import docx_specimen, odt_specimen
from falc.formats.text import apply_edits
from falc.formats.writers import TextDraft, draft_of
from falc.model import Edit, FalcError, Fix, Safety, Severity, Span, Tier
from falc.rules import all_rules
from falc.testing import cases, marked

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = sorted([*(EXAMPLES / "textes").iterdir(), *(EXAMPLES / "lettres").glob("*.docx")])
FAULTY = "Répondez avant le 12/03/2024.\n"
QUICK = falc.Config(select=("NUM003", "NUM004", "NUM005", "NUM006", "NUM007", "NUM010", "MOT009", "MEP025"))
FIXED = "Répondez avant le 12 mars 2024.\n"


def run(*arguments, stdin=None, cwd=None):
    done = subprocess.run(
        [sys.executable, "-m", "falc", *map(str, arguments)], input=stdin, capture_output=True, cwd=cwd, timeout=300
    )
    assert b"Traceback" not in done.stderr + done.stdout
    return done


def fix(*arguments, **more):
    done = run("fix", "--select", "NUM005", *arguments, **more)
    return done.returncode, *(stream.decode().replace("\u00a0", " ") for stream in (done.stdout, done.stderr))


@pytest.fixture
def light():
    return falc.Linter(config=falc.Config(select=("NUM005",)))


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "lettre.txt"
    path.write_bytes(FAULTY.encode())
    return path


# --- the functions --------------------------------------------------------------------------


def test_fix_text(light):
    fixed = light.fix_text(FAULTY)
    assert fixed.text == FIXED
    assert fixed.edits == (Edit(Span(18, 28), "12 mars 2024"),)
    assert fixed.count == 1 and fixed.original == FAULTY and fixed.left_out == ()
    assert [finding.severity for finding in fixed.report] == [Severity.INFO]  # the day of the week


def test_nothing_to_fix(light):
    fixed = light.fix_text(FIXED)
    assert (fixed.text, fixed.edits, fixed.count) == (FIXED, (), 0)


@pytest.mark.model
def test_public_function():
    fixed = falc.fix_text("Nonobstant la pluie, venez le 12/03/2024.")
    assert fixed.text == "Malgré la pluie, venez le 12 mars 2024."
    assert isinstance(fixed, falc.Fixed)
    assert falc.fix_text("<p>Nonobstant la pluie, venez.</p>", "html").text == "<p>Malgré la pluie, venez.</p>"


def test_unselected_rules_fix_nothing():
    assert falc.Linter(config=falc.Config(select=("NUM001",))).fix_text(FAULTY).text == FAULTY


def test_unsafe_fixes_are_made_on_request():
    linter = falc.Linter(config=falc.Config(select=("NUM004",)))
    text = "Le XXe siècle est fini.\n"
    assert linter.fix_text(text).text == text
    assert linter.fix_text(text, unsafe=True).text == "Le 20e siècle est fini.\n"


@pytest.mark.parametrize(
    ("format", "text", "expected"),
    [
        ("html", "<p id='1/2/2024'><b>1/2/2024</b>&nbsp;!</p>", "<p id='1/2/2024'><b>1er février 2024</b>&nbsp;!</p>"),
        ("markdown", "# Le 12/03/2024\n\n`12/03/2024` le **12/03/2024**\n", None),
        ("text", "Le 12/03/2024\r\n\r\n\tle 13/03/2024\rfin", "Le 12 mars 2024\r\n\r\n\tle 13 mars 2024\rfin"),
        ("text", "Le {{ date }} et le 12/03/2024.", "Le {{ date }} et le 12 mars 2024."),
    ],
)  # fmt: skip
def test_all_else_stays(light, format, text, expected):
    fixed = light.fix_text(text, format)
    assert fixed.text == (expected or "# Le 12 mars 2024\n\n`12/03/2024` le **12 mars 2024**\n")
    assert apply_edits(text, fixed.edits) == fixed.text


@pytest.fixture(scope="module")
def fixed_files(linter):
    """The files of the examples, fixed once for all tests."""
    done = {}

    def fixed(path, unsafe=True):
        if (path, unsafe) not in done:
            done[path, unsafe] = linter.fix_bytes(path.read_bytes(), path, path.name, path.parent, unsafe=unsafe)
        return done[path, unsafe]

    return fixed


@pytest.mark.model
@pytest.mark.parametrize(
    ("path", "unsafe"), [*((path, True) for path in FILES), *((path, False) for path in FILES[-3:])]
)  # fmt: skip
def test_fixing_twice_is_fixing_once(path, unsafe, linter, fixed_files):
    once = fixed_files(path, unsafe)
    assert apply_edits(once.original, once.edits) == once.text
    assert all(once.original[e.span.start : e.span.end] != e.text for e in once.edits)
    twice = linter.fix_bytes(once.content, path, path.name, path.parent, unsafe=unsafe)
    assert (twice.edits, twice.content) == ((), once.content)


PIECES = [
    "12/03/2024", "le 1/4/24", " ", "\n", "\r\n\r\n", "- ", "<b>", "</b>", "<p>", "&nbsp;", "&amp;", "**", "M. ",
    "n° 12", "art. ", "deux ", "vingt-trois ", "XXe ", "14h30", "à 8h ", "01.02.03.04.05", "{{ nom }}", "{% if a %}",
    "12 €", "3 km", "Été", ". ", "a.b@c.fr", "c.-à-d. ", "'", "’", "| ", "`", "\u00ad", "e\u0301", "1. ", "sans ",
    "ne ", "pas ", "[a](b)",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(["text", "markdown", "html"]))
def test_any_text_is_fixed_once(text, format):
    linter = falc.Linter(config=QUICK)
    once = linter.fix_text(text, format, unsafe=True)
    assert apply_edits(text, once.edits) == once.text
    assert linter.fix_text(once.text, format, unsafe=True).text == once.text


@pytest.mark.model
def test_fixing_twice_is_fixing_once_in_the_examples_of_the_rules(linter):
    again = []
    for case in cases(list(all_rules().values())):
        if case.bad and case.example.fix is not None and case.example.format in ("text", "markdown", "html"):
            text, _ = marked(case.example.text)
            once = linter.fix_text(text, case.example.format, unsafe=True)
            twice = linter.fix_text(once.text, case.example.format, unsafe=True)
            again += [(case.id, once.text, twice.text)] if twice.edits else []
    assert again == []


# --- which fixes, and when to stop ----------------------------------------------------------


class Rewriter:
    """A linter of one's own: each word that it knows is a finding, with its fixes."""

    def __init__(self, *rules):
        self.linter = falc.Linter(config=falc.Config(select=("NUM001",)))
        self.rules = rules

    def check(self, document):
        findings = []
        for number, (old, *fixes) in enumerate(self.rules):
            start = document.text.find(old)
            while start >= 0:
                findings.append(self.finding(document, number, Span(start, start + len(old)), fixes))
                start = document.text.find(old, start + 1)
        return replace(self.linter.check_document(document), findings=tuple(findings))

    def finding(self, document, number, span, fixes):
        """`fixes` are texts that are safe, texts with their safety, or whole fixes."""
        made = []
        for fix in fixes:
            text, safety = fix if isinstance(fix, tuple) else (fix, Safety.SAFE)
            made.append(fix if isinstance(fix, Fix) else Fix("", safety, (Edit(span, text),)))
        text, place = document.slice(span), document.locate(span, "")
        code = f"ABC{number:03}"
        return falc.Finding(
            code, "nom", Severity.INFO, Tier.CORE, None, None, "", span, text, "", place, tuple(made), ""
        )

    def __call__(self, text, format="text", unsafe=False):
        return fix_draft(TextDraft(text, format), self.check, unsafe=unsafe)


def test_the_first_edit_of_the_text_wins_then_the_longer_one():
    fixed = Rewriter(("bien vouloir lire", "lire"), ("vouloir", "oser"), ("de bien", "à"), ("bien", "mal"))
    assert fixed("Merci de bien vouloir lire.").text == "Merci à oser lire."
    assert Rewriter(("bien", "mal"), ("bien lire", "relire"))("Merci de bien lire.").text == "Merci de relire."


def test_all_the_edits_of_a_fix_or_none():
    both = Fix("", Safety.SAFE, (Edit(Span(0, 2), "Il"), Edit(Span(3, 6), "lit")))
    assert Rewriter(("On lit", both))("On dit oui.").text == "On dit oui."
    assert Rewriter(("On dit", both))("On dit oui.").text == "Il lit oui."
    taken = Rewriter(("On dit", both), ("On d", "Mieux vaut l"))
    assert taken("On dit oui.").text == "Il lit oui."
    assert Rewriter(("On dit o", "Tout est o"), ("dit oui", both))("On dit oui.").text == "Tout est oui."


def test_a_display_fix_is_never_made():
    rewriter = Rewriter(("lire", ("voir", Safety.DISPLAY), ("relire", Safety.UNSAFE), ("parler", Safety.SAFE)))
    assert rewriter("Venez lire.").text == "Venez parler."
    assert Rewriter(("lire", ("voir", Safety.DISPLAY), ("tout", Safety.UNSAFE)))("Venez lire.", unsafe=True).text == (
        "Venez tout."
    )


def test_rounds_go_on_until_nothing_changes():
    fixed = Rewriter(("petit", "grand"), ("grand chat", "gros chat"))("Le petit chat dort.")
    assert fixed.text == "Le gros chat dort."
    assert fixed.edits == (Edit(Span(3, 13), "gros chat"),) and fixed.count == 2


@pytest.mark.parametrize("text", ["Le chat dort, le lit est bas.", "Le chien dort, le lit est bas."])
def test_fixes_that_undo_one_another_are_not_made(text):
    fixed = Rewriter(("chat", "chien"), ("chien", "chat"), ("bas", "haut"))(text)
    assert fixed.text == text.replace("bas", "haut")


def test_a_fix_that_never_ends_is_not_made():
    fixed = Rewriter(("ami", "bel ami"), ("bas", "haut"))("Un ami est en bas.")
    again = Rewriter(("ami", "bel ami"), ("bas", "haut"))(fixed.text)
    assert again.text == fixed.text


@pytest.mark.parametrize(
    ("old", "new"),
    [("50 euros", "60 euros"), ("ne payez pas", "payez"), ("Lyon", "Nice"), ("2 mai", "3 mai"), ("a@b.fr", "a@b.eu")],
)  # fmt: skip
def test_an_edit_that_changes_the_facts_is_dropped(old, new):
    text = "Vous ne payez pas 50 euros à Lyon le 2 mai. Écrivez à a@b.fr demain."
    fixed = Rewriter((old, new), ("demain", "vite"))(text)
    assert fixed.text == text.replace("demain", "vite")
    assert [finding.text for finding in fixed.report] == [old]


def test_apostrophes_are_those_of_the_text():
    assert Rewriter(("vite", "jusqu'ici"))("L’ami vient vite.").text == "L’ami vient jusqu’ici."
    assert Rewriter(("vite", "jusqu'ici"))("L'ami vient vite.").text == "L'ami vient jusqu'ici."


def test_new_words_are_no_markup():
    assert Rewriter(("vite", "a < b & c"))("<p>Venez vite.</p>", "html").text == "<p>Venez a &lt; b &amp; c.</p>"
    assert Rewriter(("vite", "*si*"))("Venez vite.", "markdown").text == "Venez vite."
    assert Rewriter(("Venez", "- Venez"), ("vite", "tard"))("Venez vite.").text == "Venez tard."
    assert Rewriter(("Venez", "# Venez"), ("vite", "tard"))("Venez vite.", "markdown").text == "Venez tard."
    assert Rewriter(("Venez", ""))("Venez", "text").text == "Venez"


# --- the files ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("cp1252", b""),
    ],
)
def test_encoding_line_ends_and_bom_stay(light, tmp_path, encoding, bom):
    path = tmp_path / "a.txt"
    text = "Été : l’œuvre,\u00a0répondez le 12/03/2024.\r\n\r\nFin\rde ligne\n"
    path.write_bytes(bom + text.encode(encoding))
    light.fix(path)
    assert path.read_bytes() == bom + text.replace("12/03/2024", "12 mars 2024").encode(encoding)


def test_a_sign_that_the_encoding_lacks():
    rewriter = Rewriter(("vite", "ça →"), ("venez", "partez"))
    text = "Été, venez vite.".encode("cp1252")
    fixed = fix_draft(draft_of(text, Path("a.txt"), "a.txt"), rewriter.check)
    assert fixed.content == "Été, partez vite.".encode("cp1252")
    assert len(fixed.left_out) == 1 and "« → »" in fixed.left_out[0] and "UTF-8" in fixed.left_out[0]
    page = "<p>Été, venez vite.</p>".encode("cp1252")
    fixed = fix_draft(draft_of(page, Path("a.html"), "a.html"), rewriter.check)
    assert fixed.content == "<p>Été, partez ça &#8594;.</p>".encode("cp1252")


def test_a_file_without_fixes_is_not_written(light, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(FIXED, encoding="utf-8")
    os.utime(path, (1, 1))
    inode = path.stat().st_ino
    assert light.fix(path).edits == ()
    assert (path.stat().st_mtime, path.stat().st_ino) == (1, inode)


def test_rights_and_links_stay(light, letter, tmp_path):
    letter.chmod(0o640)
    link = tmp_path / "lien.txt"
    link.symlink_to(letter)
    light.fix(link)
    assert link.is_symlink() and letter.read_text(encoding="utf-8") == FIXED
    assert letter.stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_left_alone(light, letter, tmp_path):
    letter.chmod(0o444)
    with pytest.raises(FalcError, match="lecture seule"):
        light.fix(letter)
    assert letter.read_text(encoding="utf-8") == FAULTY
    light.fix(letter, tmp_path / "copie.txt")
    assert (tmp_path / "copie.txt").read_text(encoding="utf-8") == FIXED


MERGED = (
    '<text:p>Madame <text:database-display text:column-name="Nom">&lt;Nom&gt;</text:database-display>, '
    "«Nom», {{{{ nom }}}} : répondez avant le {}.</text:p>"
)


@pytest.mark.parametrize(("make", "suffix"), [(odt_specimen, "odt"), (odt_specimen, "ott"), (flat_specimen, "fodt")])
def test_texts_of_libreoffice(light, tmp_path, make, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(make(MERGED.format("12/03/2024")))
    light.fix(path)
    assert read(path).text == "Madame <Nom>, «Nom», {{ nom }} : répondez avant le 12 mars 2024."


def test_formats_that_falc_only_reads(light, tmp_path):
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi R\'e9pondez avant le 12/03/2024.\par}")
    with pytest.raises(FalcError, match=r"a\.rtf.*RTF.*falc convert"):
        light.fix(path)


# --- Word files -----------------------------------------------------------------------------


def word(light, body, **parts):
    data = docx_specimen(body, parts)
    fixed = light.fix_bytes(data, Path("a.docx"), "a.docx", unsafe=False)
    return data, fixed, zipfile.ZipFile(io.BytesIO(fixed.content)).read("word/document.xml").decode()


def t(text, space=""):
    return f"<w:r><w:rPr><w:b/></w:rPr><w:t{space}>{text}</w:t></w:r>"


def p(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


PRESERVE = ' xml:space="preserve"'


def test_only_the_words_change(light):
    data, fixed, xml = word(light, p(t("Le ", PRESERVE), t("12/0"), "<w:proofErr/>", t("3/20"), t("24 à 8 h.")))
    assert fixed.text == "Le 12 mars 2024 à 8 h."
    runs = [run.text for run in docx.Document(io.BytesIO(fixed.content)).paragraphs[0].runs]
    assert runs == ["Le ", "12 mars 2024", "", " à 8 h."]
    assert xml.count("<w:b/>") == 4 and '<w:t xml:space="preserve"> à 8 h.</w:t>' in xml
    before, after = (zipfile.ZipFile(io.BytesIO(content)) for content in (data, fixed.content))
    assert before.namelist() == after.namelist()
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["word/document.xml"]
    again = light.fix_bytes(fixed.content, Path("a.docx"), "a.docx", unsafe=False)
    assert again.content == fixed.content and again.original == fixed.text


def test_blanks_that_word_hides_stay_hidden(light):
    _, fixed, xml = word(light, p(t("\n  Le 12/03/2024  \n")))
    assert fixed.text == "Le 12 mars 2024" and "<w:t>Le 12 mars 2024</w:t>" in xml


@pytest.mark.parametrize(
    "body",
    [
        p(t("Le 12/03"), '<w:hyperlink r:id="site">' + t("/2024") + "</w:hyperlink>"),
        p('<w:hyperlink r:id="site">' + t("Le 12/03") + "</w:hyperlink>", t("/2024")),
        p('<w:fldSimple w:instr=" REF a ">' + t("Le 12/03/2024") + "</w:fldSimple>"),
        p(t("Le 12/03"), "<w:sdt><w:sdtPr/><w:sdtContent>" + t("/2024") + "</w:sdtContent></w:sdt>"),
        p('<w:sdt><w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>' + t("Le 12/03/2024")
          + "</w:sdtContent></w:sdt>"),
        p('<w:ins w:id="1" w:author="A">' + t("Le 12/03/2024") + "</w:ins>"),
        p(t("Le 12/03"), '<w:ins w:id="1" w:author="A">' + t("/2024") + "</w:ins>"),
        p(t("Le 12/03"), '<w:del w:id="1" w:author="A"><w:r><w:delText>x</w:delText></w:r></w:del>', t("/2024")),
        p(t("Le 12/03"), '<w:r><w:footnoteReference w:id="2"/></w:r>', t("/2024")),
        p("<w:r><w:t>Le 12/03</w:t><w:pict/><w:t>/2024</w:t></w:r>"),
        p("<w:r><w:t>Le 12/03/2024</w:t><w:noBreakHyphen/><w:t>x</w:t></w:r>"),
    ],
    ids=["into-link", "out-of-link", "field", "into-control", "locked", "insertion", "into-insertion", "deletion",
         "note", "picture", "hyphen"],
)  # fmt: skip
def test_no_edit_across_what_is_no_plain_text(light, body):
    data, fixed, _ = word(light, body)
    assert fixed.content == data and fixed.edits == ()


def test_inside_a_link_or_a_control_is_plain_text(light):
    for before, after in (
        ('<w:hyperlink r:id="site">', "</w:hyperlink>"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ):
        _, fixed, xml = word(light, p(before + t("Le 12/03/2024") + after))
        assert fixed.text == "Le 12 mars 2024" and "<w:t>Le 12 mars 2024</w:t>" in xml


def box(choice, fallback):
    return (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx><w:txbxContent>{p(t(choice))}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData>"
        f"</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        f"{p(t(fallback))}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def test_both_copies_of_a_text_box(light):
    _, fixed, xml = word(light, box("Le 12/03/2024", "Le 12/03/2024"))
    assert fixed.text == "Le 12 mars 2024" and xml.count("12 mars 2024") == 2
    data, fixed, _ = word(light, box("Le 12/03/2024", "Le 12 mars"))
    assert fixed.content == data and len(fixed.left_out) == 1


def test_headers_and_notes_too(light):
    data, fixed, _ = word(light, p(t("Bonjour")), header=p(t("Le 12/03/2024")))
    before, after = (zipfile.ZipFile(io.BytesIO(content)) for content in (data, fixed.content))
    assert [name for name in before.namelist() if before.read(name) != after.read(name)] == ["word/header.xml"]


@pytest.mark.parametrize("text", ["une\nligne", "une\ttabulation", "\x01"])
def test_a_word_text_takes_plain_words_only(text):
    rewriter = Rewriter(("vite", text))
    fixed = fix_draft(draft_of(docx_specimen(p(t("Venez vite."))), Path("a.docx"), "a"), rewriter.check)
    assert fixed.edits == () and len(fixed.left_out) == 1


def without_words(xml):
    """Return a part of a Word file without its words, and the words of each text."""
    root, words = etree.fromstring(xml), []
    for element in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        words.append(element.text or "")
        element.text = None
        element.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    return etree.tostring(root), words


@pytest.mark.model
@pytest.mark.parametrize("path", [f for f in FILES if f.suffix == ".docx"], ids=lambda path: path.stem)
def test_letters_part_by_part(path, fixed_files):
    fixed = fixed_files(path)
    before, after = zipfile.ZipFile(path), zipfile.ZipFile(io.BytesIO(fixed.content))
    assert before.namelist() == after.namelist()
    changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed <= {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"}
    touched = 0
    for name in changed:
        (old, old_words), (new, new_words) = without_words(before.read(name)), without_words(after.read(name))
        assert old == new
        touched += sum(one != other for one, other in zip(old_words, new_words, strict=True))
    assert bool(touched) == bool(fixed.edits)
    assert docx.Document(io.BytesIO(fixed.content)).paragraphs


# --- the command ----------------------------------------------------------------------------


def test_in_place(letter):
    code, out, err = fix(letter)
    assert (code, err) == (0, "")
    assert out == f"{letter} : 1 correction faite, il reste 1 remarque.\n"
    assert letter.read_text(encoding="utf-8") == FIXED
    assert fix(letter)[1] == f"{letter} : aucune correction, il reste 1 remarque.\n"


def test_a_folder_and_the_same_file_twice(letter, tmp_path):
    (tmp_path / "lien.txt").symlink_to(letter)
    (tmp_path / "b.md").write_text("- Le 12/03/2024\n- Le 1/4/2024\n", encoding="utf-8")
    code, out, _ = fix(tmp_path, letter, cwd=tmp_path)
    assert code == 0
    assert [line.rsplit("/", 1)[1].split(",")[0] for line in out.splitlines()] == [
        "b.md : 2 corrections faites", "lettre.txt : 1 correction faite",
    ]  # fmt: skip


def test_remaining_findings_decide_the_exit_code(letter):
    letter.write_text("Le 45/13/2024 ou le 31/02/2024 ou le 12/03/2024.\n", encoding="utf-8")
    code, out, _ = fix(letter)
    assert code == 1 and "1 correction faite" in out
    assert fix("--exit-zero", letter)[0] == 0
    assert json.loads(run("check", "--output-format", "json", "--select", "NUM005", letter).stdout)["summary"]["errors"]


def test_exit_non_zero_on_fix(letter):
    assert fix("--exit-non-zero-on-fix", letter)[0] == 1
    assert fix("--exit-non-zero-on-fix", letter)[0] == 0


def test_diff_writes_nothing(letter, tmp_path):
    letter.write_bytes("Bonjour,\r\nrépondez le 12/03/2024.".encode())
    code, out, err = fix("--diff", letter)
    assert code == 1 and "1 correction à faire" in err
    assert out.splitlines() == [
        f"--- {letter}", f"+++ {letter}", "@@ -1,2 +1,2 @@", " Bonjour,", "-répondez le 12/03/2024.",
        "\\ Pas de fin de ligne à la fin du fichier", "+répondez le 12 mars 2024.",
        "\\ Pas de fin de ligne à la fin du fichier",
    ]  # fmt: skip
    assert letter.read_bytes() == "Bonjour,\r\nrépondez le 12/03/2024.".encode()
    letter.write_text(FIXED, encoding="utf-8")
    assert fix("--diff", letter)[:2] == (0, "")


def test_diff_of_a_word_file(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(docx_specimen(p(t("Bonjour")) + p(t("Le 12/03/2024"))))
    code, out, _ = fix("--diff", path)
    assert code == 1 and "\n-Le 12/03/2024\n" in out and "\n+Le 12 mars 2024\n" in out


def test_output(letter, tmp_path):
    copy = tmp_path / "copie.txt"
    code, _, err = fix("-o", copy, letter)
    assert (code, err) == (0, "")
    assert copy.read_text(encoding="utf-8") == FIXED and letter.read_text(encoding="utf-8") == FAULTY
    for arguments in (
        ["-o", copy, letter, copy], ["-o", tmp_path / "a.md", letter], ["-o", "-", letter], ["-o", copy, tmp_path],
        ["-o", copy, "--diff", letter], ["-o", copy],
    ):  # fmt: skip
        code, out, err = fix(*arguments)
        assert (code, out, len(err.splitlines())) == (2, "", 1)


def test_stdin():
    done = run("fix", "--select", "NUM005", "-", stdin="Été\r\nle 12/03/2024".encode("cp1252"))
    assert (done.returncode, done.stdout) == (0, "Été\r\nle 12 mars 2024".encode("cp1252"))
    assert "1 correction faite" in done.stderr.decode()
    page = b"<p title='12/03/2024'>le 12/03/2024</p>"
    done = run("fix", "--select", "NUM005", "-", "--stdin-filename", "a.html", stdin=page)
    assert done.stdout == b"<p title='12/03/2024'>le 12 mars 2024</p>"
    done = run(
        "fix", "--select", "NUM005", "-", "--stdin-filename", "a.docx", stdin=docx_specimen(p(t("Le 12/03/2024")))
    )
    assert docx.Document(io.BytesIO(done.stdout)).paragraphs[0].text == "Le 12 mars 2024"
    done = run("fix", "--select", "NUM005", "-", "--diff", stdin=FAULTY.encode())
    assert done.returncode == 1 and done.stdout.decode().endswith(f"\n-{FAULTY}+{FIXED}")


def test_a_bad_file_and_the_others(letter, tmp_path):
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1 Le 12/03/2024\par}")
    code, out, err = fix(tmp_path / "absent.txt", tmp_path / "a.rtf", letter)
    assert code == 2 and "1 correction faite" in out
    assert len(err.splitlines()) == 2 and "absent.txt" in err and "a.rtf" in err
    assert letter.read_text(encoding="utf-8") == FIXED


def test_what_is_left_out_is_said(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(docx_specimen(p('<w:ins w:id="1" w:author="A">' + t("Le 12/03/2024") + "</w:ins>")))
    code, out, _ = fix(path)
    assert code == 1
    assert out.splitlines()[0].endswith("a.docx : aucune correction, il reste 1 remarque.")
    assert "1 correction laissée de côté" in out and "modification suivie" in out


def test_settings_options(letter):
    assert run("fix", "--ignore", "NUM005", "--isolated", "--profile", "sms", letter).returncode in (0, 1)
    assert letter.read_text(encoding="utf-8") == FAULTY


def test_a_failed_write_leaves_the_old_file(light, letter, monkeypatch):
    def refuse(self, other):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FalcError, match="le disque est plein"):
        light.fix(letter)
    assert letter.read_text(encoding="utf-8") == FAULTY


@pytest.mark.model
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Vous percevrez votre pension.", "Vous recevrez votre pension."),
        ("L'habitation est située à Lyon.", "Le logement est situé à Lyon."),
        ("Merci d'effectuer ce paiement.", "Merci de faire ce paiement."),
        ("Êtes-vous en mesure d'effectuer cette démarche ?", "Pouvez-vous faire cette démarche ?"),
        ("Vous avez trois enfants et cinq millions d'euros.", "Vous avez 3 enfants et 5 millions d'euros."),
        # numbers of several words, fields to fill in, variables
        ("Mille et une nuits.", "Mille et une nuits."),
        ("Composez le trente-neuf quarante-neuf.", "Composez le trente-neuf quarante-neuf."),
        ("Vous gagnez un million deux cent mille euros.", "Vous gagnez un million deux cent mille euros."),
        ("Écrivez @effectuer et [montant à percevoir].", "Écrivez @effectuer et [montant à percevoir]."),
    ],
)
def test_what_people_see(linter, before, after):
    once = linter.fix_text(before).text
    assert once.replace("\u00a0", " ") == after
    assert linter.fix_text(once).text == once
