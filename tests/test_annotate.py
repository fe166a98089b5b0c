"""A letter goes in, an annotated letter comes out: comments at the exact words, all else unharmed."""

import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from formats.office.reviewed import reviewed
from lxml import etree

import falc
from falc.model import Span
from falc.notes import notes_of
from falc.rules import all_rules, find_rule, one_line

LETTERS = sorted((Path(__file__).parent.parent / "examples" / "lettres").glob("*.docx"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def commented_words(path):
    """Return the words between the marks of each comment, by comment id."""
    root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    open_, words = set(), {}
    for node in root.iter():
        if node.tag == f"{W}commentRangeStart":
            open_.add(node.get(f"{W}id"))
        elif node.tag == f"{W}commentRangeEnd":
            open_.discard(node.get(f"{W}id"))
        elif node.tag in (f"{W}t", f"{W}tab", f"{W}br") and not any(p.tag == f"{W}del" for p in node.iterancestors()):
            for number in open_:
                words[number] = words.get(number, "") + (node.text or "" if node.tag == f"{W}t" else " ")
    return words


@pytest.mark.model
@pytest.mark.parametrize("letter", LETTERS, ids=[path.stem for path in LETTERS])
def test_each_finding_is_told_at_its_words(letter, linter, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    output, again = tmp_path / "a.docx", tmp_path / "b.docx"
    before = letter.read_bytes()
    report = linter.annotate(letter, output, most=1000).report
    linter.annotate(letter, again, most=1000)
    assert letter.read_bytes() == before
    assert output.read_bytes() == again.read_bytes()

    old = {comment.comment_id for comment in docx.Document(letter).comments}
    comments = [comment for comment in docx.Document(output).comments if comment.comment_id not in old]
    assert {comment.author for comment in comments} == {"falc"}
    summary, *others = comments
    assert "falc a relu ce texte." in summary.text
    told = "\n".join(comment.text for comment in others)
    repeated = {finding.message for finding in report if finding.code[:3] in ("MOT", "NUM")}
    assert all(finding.message in told for finding in report if finding.message not in repeated)
    assert {finding.code for finding in report} == {code for code in all_rules() if code in told}

    words = commented_words(output)
    for finding in report:
        if finding.text and finding.location.place.startswith(("corps", "tableau")) and "«" not in finding.text:
            about = [c for c in others if finding.message in c.text]
            found = ["".join(words[str(c.comment_id)].split()) for c in about]
            assert not about or any("".join(finding.text.split()) in there for there in found)


@pytest.mark.model
@pytest.mark.parametrize("letter", LETTERS, ids=[path.stem for path in LETTERS])
def test_annotated_twice_is_annotated_once(letter, linter, tmp_path):
    linter.annotate(letter, tmp_path / "a.docx")
    linter.annotate(tmp_path / "a.docx", tmp_path / "b.docx")
    assert (tmp_path / "b.docx").read_bytes() == (tmp_path / "a.docx").read_bytes()


@pytest.mark.model
@pytest.mark.parametrize("letter", LETTERS, ids=[path.stem for path in LETTERS])
def test_nothing_else_changes(letter, linter, tmp_path):
    output = tmp_path / "a.docx"
    report = linter.annotate(letter, output).report
    before, after = zipfile.ZipFile(letter), zipfile.ZipFile(output)
    touched = {
        "word/document.xml",
        "word/comments.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
    }
    assert set(before.namelist()) <= set(after.namelist())
    for name in set(before.namelist()) - touched:
        assert before.read(name) == after.read(name), name
    assert linter.check(output).document.text == report.document.text


@pytest.mark.model
@pytest.mark.office
def test_libreoffice_shows_each_comment(linter, tmp_path):
    letter, output = LETTERS[-1], tmp_path / "lettre.docx"
    done = linter.annotate(letter, output)
    before, after = reviewed([letter, output])
    assert after["text"] == before["text"]
    shown = [comment for comment in after["comments"] if comment["author"] == "falc"]
    assert len(shown) == done.comments
    assert all(comment["text"] for comment in shown)


def noted(text, *codes, format="text", **options):
    """Return the comments on a text: their words and what they say."""
    report = falc.Linter(config=falc.Config(select=codes)).check_text(text, format)
    return [(report.document.slice(note.span), list(note.paragraphs)) for note in notes_of(report, **options)]


DATES = "Avis\n\nVenez le 03/04/2026.\n\nRépondez avant le 01/04/2026.\n"


def test_the_first_comment_sums_up():
    (words, said), *others = noted(f"# {DATES}", "NUM005", format="markdown")
    assert words == "Avis"
    assert said[:3] == [
        "falc a relu ce texte. Il a trouvé 2 erreurs, 0 alerte et 0 information.",
        "À corriger d'abord\u00a0:",
        "1. Date en chiffres (2 endroits). «\u00a003/04/2026\u00a0»\u00a0: écrivez le mois en lettres\u00a0: "
        "«\u00a03 avril 2026\u00a0».",
    ]
    assert said[3].startswith("Un programme ne peut pas tout juger.")
    assert len([line for line in said if line.startswith("– ") and line.endswith("?")]) == 3
    assert "n'est pas un texte FALC" in said[-1]
    assert [found for found, _ in others] == ["03/04/2026", "01/04/2026"]


def test_one_finding_in_the_singular():
    (_, said), *_ = noted("Venez le 03/04/2026.", "NUM005")
    assert said[0] == "falc a relu ce texte. Il a trouvé 1 erreur, 0 alerte et 0 information."
    assert said[2].startswith("1. Date en chiffres (1 endroit).")


def test_nothing_found_is_said_too():
    ((words, said),) = noted("Venez demain.\n\nÀ bientôt.", "NUM005")
    assert words == "Venez demain."
    assert said[0] == "falc a relu ce texte. Il n'a rien trouvé."
    assert "n'est pas un texte FALC" in said[-1]
    assert noted("", "NUM005") == []


def test_title_near_the_start_only():
    long = "Vous pouvez venir nous voir à la mairie tous les jours de la semaine pour parler de vos projets.\n\n"
    assert noted(f"Bonjour\n\n# Votre aide\n\n{long}", "NUM005", format="markdown")[0][0] == "Votre aide"
    assert noted(f"Bonjour\n\n{long}# Votre aide\n", "NUM005", format="markdown")[0][0] == "Bonjour"


def test_findings_on_the_same_words_share_a_comment():
    report = falc.Linter(config=falc.Config(select=("MOT025",))).check_text("Avis\n\nToutefois, venez.")
    (finding,) = report
    wide = Span(finding.span.start - 1, finding.span.end)  # with the blank before
    other = replace(finding, code="NUM005", message="C'est une date.", span=wide, severity=falc.Severity.ERROR)
    _, note = notes_of(replace(report, findings=(finding, other)))
    assert report.document.slice(note.span) == "Toutefois"
    assert note.paragraphs[0] == "C'est une date."
    assert finding.message in note.paragraphs
    assert note.paragraphs[-1] == "falc · règles NUM005 (Date en chiffres), MOT025 (Mot de liaison compliqué)"


def test_a_comment_on_the_title_leaves_its_place_to_the_summary():
    report = falc.Linter(config=falc.Config(select=("MOT025",))).check_text("Toutefois venez.\n\nMerci.")
    finding = replace(report.findings[0], span=Span(0, 16))
    summary, note = notes_of(replace(report, findings=(finding,)))
    assert [report.document.slice(found.span) for found in (summary, note)] == ["Toutefois", "Toutefois venez."]


def test_the_reason_of_a_rule_is_told_once():
    why = one_line(find_rule("NUM005").why)
    _, first, second = noted(DATES, "NUM005")
    assert why in first[1]
    assert why not in second[1]
    assert [said[-1] for _, said in (first, second)] == ["falc · règle NUM005 (Date en chiffres)"] * 2


def test_the_same_word_is_told_once():
    text = "Avis\n\nVenez le 03/04/2026.\n\nOui, le 03/04/2026.\n\nLe 03/04/2026.\n\nPuis le 05/05/2026."
    (_, summary), *notes = noted(text, "NUM005")
    assert [words for words, _ in notes] == ["03/04/2026", "05/05/2026"]
    assert "Même remarque à 2 autres endroits du texte." in notes[0][1]
    assert "4 erreurs" in summary[0]
    assert "4 endroits" in summary[2]


MIXED = "Avis\n\nToutefois, venez le 03/04/2026.\n\nNéanmoins, répondez avant le 01/04/2026.\n"


def test_the_most_severe_come_first_and_the_summary_says_what_is_left():
    (_, all_said), *notes = noted(MIXED, "NUM005", "MOT025")
    assert len(notes) == 4
    assert not any("autres endroits ont" in line for line in all_said)
    (_, said), *notes = noted(MIXED, "NUM005", "MOT025", most=3)
    assert [words for words, _ in notes] == ["03/04/2026", "01/04/2026"]
    assert said[1].startswith("2 autres endroits ont une remarque, mais pas de commentaire.")
    assert len(noted(MIXED, "NUM005", most=1)) == 1
    assert noted(MIXED, "NUM005", most=0) == []


def test_errors_only():
    (_, said), *notes = noted(MIXED, "NUM005", "MOT025", least=falc.Severity.ERROR)
    assert [words for words, _ in notes] == ["03/04/2026", "01/04/2026"]
    assert said[:2] == [
        "falc a relu ce texte. Il a trouvé 2 erreurs, 2 alertes et 0 information.",
        "Seules les erreurs ont un commentaire.",
    ]
    assert not any("liaison" in line for line in said)


def test_corrections_in_the_text_are_counted():
    (_, said), *_ = noted(DATES, "NUM005", corrected=2)
    assert said[1] == "falc propose 2 corrections dans le texte. Acceptez ou refusez chaque correction."


def test_what_is_about_the_whole_document_is_told_after_the_title():
    text = "Vous pouvez venir nous voir à la mairie pour parler de votre aide. " * 30
    _, (words, said) = noted(f"# Avis\n\nBonjour Madame.\n\n{text}", "IMG001", "STR019", format="markdown")
    assert words == "Bonjour Madame."
    assert said[0] == "Tout le document\u00a0:"
    assert said[1].startswith("Ce texte n'a pas d'image.")
    assert said[-1] == "falc · règles IMG001 (Texte sans image), STR019 (Résumé absent)"


def test_only_word_files_get_comments(tmp_path):
    (tmp_path / "a.txt").write_text("Bonjour.", encoding="utf-8")
    with pytest.raises(falc.FalcError, match=r"a\.txt.*Word"):
        falc.Linter(config=falc.Config(select=("NUM005",))).annotate(tmp_path / "a.txt", tmp_path / "b.docx")
    assert not (tmp_path / "b.docx").exists()


@pytest.mark.model
def test_few_comments_show_each_rule_once(linter):
    report = linter.check_text("Nous payons 3 %.\n\nNous payons 4 %.\n\nNous payons 5 %.\n\nDemandez l’ASPA.\n")
    warnings = {finding.code for finding in report if finding.severity is falc.Severity.WARNING}
    assert {"NUM001", "MOT008"} <= warnings
    told = "".join(line for note in notes_of(report, most=len(warnings) + 2)[1:] for line in note.paragraphs)
    assert all(code in told for code in warnings)
