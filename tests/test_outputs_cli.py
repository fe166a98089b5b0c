"""`falc check` with its outputs, as a user runs it."""

import json

import pytest
from click.testing import CliRunner

from falc.cli import main
from falc.outputs import FORMATS

FAULTY = "Répondez avant le 12/03/2024.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "courriers").mkdir()
    (tmp_path / "courriers" / "été.txt").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "vide.docx").write_bytes(b"")
    return tmp_path


def check(*arguments, stdin=None):
    done = CliRunner().invoke(main, ["check", "--select", "NUM005", *map(str, arguments)], input=stdin)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("name", FORMATS)
def test_every_format(folder, name):
    code, out, err = check("--output-format", name, "courriers", "vide.docx")
    assert code == 2 and err == ""
    assert "NUM005" in out and "vide" in out and "\x1b" not in out
    target = folder / "rapport"
    assert check("--output-format", name, "--output-file", target, "courriers", "vide.docx")[:2] == (2, "")
    written = target.read_text(encoding="utf-8")
    if name != "junit":  # it tells the second it was made
        assert written.replace("\n", "") == out.replace("\n", "") or name == "sarif"


def test_paths_are_those_of_the_repository(folder, monkeypatch):
    monkeypatch.chdir(folder / "courriers")
    for name in ("gitlab", "github", "rdjson", "junit", "checkstyle"):
        assert "courriers/été.txt" in check("--output-format", name, "été.txt")[1]
    assert '"uri": "courriers/%C3%A9t%C3%A9.txt", "uriBaseId"' in check("--output-format", "sarif", "été.txt")[1]
    assert json.loads(check("--output-format", "json", "été.txt")[1])["files"][0]["path"] == "été.txt"


def test_exit_codes_do_not_depend_on_the_format(folder):
    for name in ("concise", "sarif", "gitlab"):
        assert check("--output-format", name, "courriers")[0] == 1
        assert check("--output-format", name, "--exit-zero", "courriers")[0] == 0


def test_a_text_is_not_replaced_by_the_report(folder):
    letter = folder / "courriers" / "été.txt"
    code, _, err = check("--output-format", "sarif", "--output-file", letter, "courriers")
    assert code == 2 and "été.txt" in err
    assert letter.read_text(encoding="utf-8") == FAULTY
    assert [path.name for path in (folder / "courriers").iterdir()] == ["été.txt"]


def test_statistics_are_for_people(folder):
    code, out, _ = check("--statistics", "courriers")
    assert code == 1 and out.startswith("1  NUM005 date-en-chiffres (erreur)\n") and "12/03" not in out
    code, out, err = check("--statistics", "--output-format", "json", "courriers")
    assert (code, out) == (2, "") and "--statistics" in err and "concise" in err


def test_standard_input_is_a_dash(folder):
    code, out, _ = check("--output-format", "concise", "-", stdin=FAULTY)
    assert code == 1 and out.startswith("-:1:19: NUM005 erreur")
    (issue,) = json.loads(check("--output-format", "gitlab", "-", "--stdin-filename", "a.txt", stdin=FAULTY)[1])
    assert issue["location"] == {"path": "a.txt", "lines": {"begin": 1, "end": 1}}


def test_an_unknown_format_is_told_with_the_known_ones(folder):
    code, out, err = check("--output-format", "xml", "courriers")
    assert (code, out) == (2, "") and "sarif" in err and len(err.splitlines()) == 1
