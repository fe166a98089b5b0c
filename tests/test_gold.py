"""The gold format: read, written, judged; a reported false alarm is a case of it."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falc.gold import COLUMNS, Case, Mark, Score, cases, row, sentences_of
from falc.model import FalcError, Span

HEADER = "\t".join(COLUMNS)
LETTER = "Madame,\n\nVotre dossier est bloqué, car votre demande a été perdue par la mairie.\nLe guichet est fermé.\n"


def read(line):
    (case,) = cases(f"# un mot\n{HEADER}\n{line}\n", "x.tsv")
    return case


def test_row_of_a_person():
    case = read(
        "v1\tIl n'aide pas et n'a pas payé.\t*\tPHR005.full=n'aide pas | PHR005.full=n'a pas | ?PHR001=Il\tPHR006\tnon"
    )
    texts = [case.text[mark.span.start : mark.span.end] for mark in case.marks]
    assert texts == ["n'aide pas", "n'a pas", "Il"] and case.marks[2].debatable
    assert case.marks[1].span.start == case.text.index("n'a pas")
    assert case.judges("NUM003") and case.trap == {"PHR006"} and case.note == "non"


def test_second_place():
    case = read("v1\tpas à pas\tPHR005\tPHR005.full=pas#2")
    assert case.marks[0].span == Span(6, 9) and not case.judges("PHR006")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("v1\tOui.\t*\tPHR005.full=non", "ne va pas avec le texte"),
        ("v1\tpas à pas\t*\tPHR005.full=pas", "plusieurs fois"),
        ("v1\tpas à pas\t*\tPHR005.full=pas#3", "ne va pas avec le texte"),
        ("v1\tOui.\tPHR006\tPHR005.full=Oui", "il manque"),
        ("v1\tOui.\t*\t\t\t\tde trop", "plus de cases"),
        ("\tOui.\t*", "il manque"),
    ],
)
def test_wrong_rows_tell_their_line(line, told):
    with pytest.raises(FalcError, match=r"x\.tsv, ligne 3 : .*" + told):
        read(line)


words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), blacklist_characters="|#=\\"), min_size=1
)


@given(st.lists(words, min_size=1, max_size=8), st.data())
def test_rows_come_back(parts, data):
    text = " ".join(parts)
    first = data.draw(st.integers(0, len(parts) - 1))
    start = sum(len(part) + 1 for part in parts[:first])
    mark = Mark(
        "PHR006",
        data.draw(st.sampled_from(["", "firm"])),
        Span(start, start + len(parts[first])),
        data.draw(st.booleans()),
    )
    case = Case("x1", text, frozenset({"PHR006"}), (mark,), frozenset({"PHR006"}), "note")
    assert read(row(case)) == case


def test_score():
    case = Case("x", "abcdef ghi", frozenset("*"), ())
    marks = [Mark("A", "", Span(0, 3)), Mark("A", "", Span(4, 6)), Mark("A", "", Span(7, 10), debatable=True)]
    score = Score()
    score.add(case, marks, [Span(2, 4), Span(8, 9), Span(6, 7)])
    assert (score.expected, score.hit, score.found, score.right) == (2, 1, 2, 1)
    assert [(what, span) for what, _, span in score.errors] == [("missed", Span(4, 6)), ("wrong", Span(6, 7))]
    assert score.precision == score.recall == score.f1 == 0.5


def test_whole_sentence_score():
    case = Case("x", "abc", frozenset("*"), ())
    score = Score()
    score.add_whole(case, [Mark("A", "", Span(0, 1))], [Span(2, 3)])
    score.add_whole(case, [], [Span(2, 3)])
    score.add_whole(case, [Mark("A", "", Span(0, 1), debatable=True)], [Span(2, 3)])
    assert (score.expected, score.hit, score.found, score.right) == (1, 1, 2, 1)


def test_boundaries():
    assert sentences_of("Un. ‖Deux. ‖Trois.") == ("Un. Deux. Trois.", [4, 10])


def explain(*arguments, folder):
    command = [sys.executable, "-m", "falc", "explain", "--isolated", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder, check=False)


@pytest.mark.model
def test_a_false_alarm_becomes_a_case(tmp_path):
    (tmp_path / "lettre.txt").write_text(LETTER, "utf-8")
    done = explain("--report", "lettre.txt:3:45", "PHR006", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (case,) = cases(done.stdout, "ticket.tsv")
    assert case.rules == {"PHR006"} and case.text in LETTER and "a été perdue" in case.text
    assert all(mark.debatable for mark in case.marks)  # nothing is right to find there, says who reports it
    assert "falc 0." in done.stdout and "voix-passive" in done.stdout and "perdue  VERB" in done.stdout


@pytest.mark.model
def test_a_column_chooses_one_finding(tmp_path):
    (tmp_path / "lettre.txt").write_text("Votre dossier a été perdu, puis votre lettre a été volée.\n", "utf-8")
    done = explain("--report", "lettre.txt:1:46", "PHR006", folder=tmp_path)
    (case,) = cases(done.stdout, "ticket.tsv")
    (other,) = case.marks
    assert other.debatable and case.text[other.span.start : other.span.end] == "a été perdu"


@pytest.mark.model
def test_the_same_words_twice(tmp_path):
    (tmp_path / "lettre.txt").write_text("Le dossier est perdu,\net le papier est perdu par la CAF.\n", "utf-8")
    done = explain("--report", "lettre.txt:2:14", "PHR006", folder=tmp_path)
    (case,) = cases(done.stdout, "ticket.tsv")
    (other,) = case.marks
    assert other.span.start == case.text.index("est perdu")
    assert "Seule" not in done.stdout


def test_backslashes_and_many_places():
    case = Case("x", "C:\\nouveau et " + "pas " * 12, frozenset({"PHR005"}), (Mark("PHR005", "", Span(58, 61)),))
    text = case.text.rstrip()
    assert read(row(Case(case.id, text, case.rules, case.marks))).text == text
    assert read(row(Case(case.id, text, case.rules, case.marks))).marks == case.marks


@pytest.mark.model
@pytest.mark.parametrize(
    ("where", "rule", "told"),
    [
        ("lettre.txt:1", "PHR006", "falc ne signale rien pour PHR006. Il le signale aux lignes 3, 4."),
        ("lettre.txt", "PHR006", "--report lettre.txt:4:12  « est fermé »"),
        ("longue.md", "IMG001", "cette remarque parle de tout le texte"),
        ("absente.txt:1", "PHR006", "absente.txt"),
        ("lettre.txt:3", "PHR999", "PHR999"),
        ("lettre.txt:3", "AUD001", "AUD001"),
    ],
)
def test_what_cannot_be_reported(where, rule, told, tmp_path):
    (tmp_path / "lettre.txt").write_text(LETTER, "utf-8")
    (tmp_path / "longue.md").write_text("Vous devez venir à la mairie lundi prochain à 10 heures.\n\n" * 30, "utf-8")
    done = explain("--report", where, rule, folder=tmp_path)
    assert done.returncode == 2 and done.stdout == "" and told in done.stderr.replace("\u00a0", " ")
    assert "Traceback" not in done.stderr
