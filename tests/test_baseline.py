"""Known findings: only what is new is told, whatever moves."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from falc.cli import main
from falc.linter import Linter

OLD = "Répondez avant le 12/03/2024."
OTHER = "Payez avant le 1/4/2024."
NEW = "Venez le 05/06/2024."
SETTINGS = 'select = ["NUM005", "STR013"]\nfail-on = "info"\n'


@pytest.fixture
def depot(tmp_path, monkeypatch):
    (tmp_path / "falc.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"{OLD}\n\n{OTHER}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def falc(*arguments):
    done = CliRunner().invoke(main, ["check", *arguments])
    return done.exit_code, done.stdout.replace("\u00a0", " "), done.stderr.replace("\u00a0", " ")


def found(*arguments):
    """What is told: the words, file by file."""
    code, out, _ = falc("--baseline", "falc-baseline.json", "--output-format", "json", *arguments)
    files = json.loads(out)["files"]
    return code, {Path(file["path"]).name: [finding["text"] for finding in file["findings"]] for file in files}


def test_what_is_known_is_not_told(depot):
    code, out, err = falc("--write-baseline")
    assert (code, err) == (0, "")
    assert "falc-baseline.json : 2 remarques notées comme connues." in out and "baseline = " in out
    assert found() == (0, {"a.txt": []})
    (depot / "a.txt").write_text(f"# Bonjour\n\n{NEW}\n\n{OTHER}\n\nMerci.\n\n{OLD}\n", encoding="utf-8")
    assert found() == (1, {"a.txt": ["05/06/2024"]})


def test_the_settings_may_name_the_file(depot):
    (depot / "falc.toml").write_text(f'{SETTINGS}baseline = "connu/notes.json"\n', encoding="utf-8")
    code, _, err = falc()
    assert code == 2 and "notes.json : ce fichier de remarques connues n'existe pas" in err
    assert "baseline =" not in falc("--write-baseline")[1]
    assert json.loads((depot / "connu" / "notes.json").read_text(encoding="utf-8"))["findings"][0][0] == "../a.txt"
    code, out, _ = falc()
    assert code == 0 and "2 remarques écartées" in out


def test_the_file_holds_no_text_and_one_finding_on_a_line(depot):
    falc("--write-baseline")
    text = (depot / "falc-baseline.json").read_text(encoding="utf-8")
    assert "12/03" not in text and "Répondez" not in text
    lines = text.splitlines()
    assert [json.loads(line.rstrip(","))[:2] for line in lines[1:-1]] == [["a.txt", "NUM005"]] * 2
    falc("--write-baseline")
    assert (depot / "falc-baseline.json").read_text(encoding="utf-8") == text


def test_one_more_of_the_same_is_new(depot):
    falc("--write-baseline")
    (depot / "a.txt").write_text(f"{OLD}\n\n{OTHER}\n\n{OLD}\n", encoding="utf-8")
    assert found() == (1, {"a.txt": ["12/03/2024"]})


def test_a_file_that_has_another_name_brings_its_findings(depot):
    falc("--write-baseline")
    (depot / "a.txt").rename(depot / "b.txt")
    (depot / "c.txt").write_text(f"{NEW}\n", encoding="utf-8")
    assert found() == (1, {"b.txt": [], "c.txt": ["05/06/2024"]})


def test_pruning_keeps_what_a_renamed_file_brought(depot):
    (depot / "b.txt").write_text(f"{NEW}\n", encoding="utf-8")
    falc("--write-baseline")
    (depot / "a.txt").rename(depot / "c.txt")
    (depot / "b.txt").write_text("Bonjour.\n", encoding="utf-8")
    falc("--baseline", "falc-baseline.json", "--prune-baseline")
    assert found() == (0, {"b.txt": [], "c.txt": []})
    entries = json.loads((depot / "falc-baseline.json").read_text(encoding="utf-8"))["findings"]
    assert {entry[0] for entry in entries} == {"c.txt"}


def test_rules_that_did_not_run_keep_what_is_known(depot):
    falc("--write-baseline")
    (depot / "a.txt").write_text(f"{OLD}\n\n{OTHER}\n\nNous allons notifier la décision.\n", encoding="utf-8")
    falc("--write-baseline", "--select", "MOT010")
    assert found("--select", "MOT010,NUM005") == (0, {"a.txt": []})


def test_what_is_gone_is_told_and_forgotten(depot):
    falc("--write-baseline")
    (depot / "a.txt").write_text(f"{OTHER}\n", encoding="utf-8")
    code, _, err = falc("--baseline", "falc-baseline.json")
    assert code == 0 and "1 remarque connue n'existe plus" in err
    code, _, err = falc("--baseline", "falc-baseline.json", "--select", "STR013")  # the rule did not run
    assert err == ""
    code, _, err = falc("--baseline", "falc-baseline.json", "--prune-baseline")
    assert code == 0 and "1 remarque connue oubliée" in err
    assert falc("--baseline", "falc-baseline.json")[2] == ""
    (depot / "a.txt").write_text(f"{OLD}\n", encoding="utf-8")
    assert found() == (1, {"a.txt": ["12/03/2024"]})


def test_files_that_were_not_checked_keep_theirs(depot):
    (depot / "b.txt").write_text(f"{NEW}\n", encoding="utf-8")
    falc("--write-baseline")
    falc("--write-baseline", "--baseline", "falc-baseline.json", "b.txt")
    assert found() == (0, {"a.txt": [], "b.txt": []})
    falc("--baseline", "falc-baseline.json", "--prune-baseline", "b.txt")
    assert found() == (0, {"a.txt": [], "b.txt": []})


def test_the_length_of_a_text_is_known_whatever_it_is(depot):
    (depot / "a.txt").write_text("Venez à la mairie. " * 200, encoding="utf-8")
    falc("--write-baseline")
    (depot / "a.txt").write_text("Venez à la mairie. " * 300, encoding="utf-8")
    assert found() == (0, {"a.txt": []})


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"version": 1}', '{"version": 1, "findings": [["a", "b"]]}', '{"version": 1, "findings": [3]}'],
)
def test_a_file_of_another_kind_is_refused_and_kept(depot, content):
    (depot / "falc-baseline.json").write_text(content, encoding="utf-8")
    for arguments in (["--baseline", "falc-baseline.json"], ["--write-baseline"]):
        code, _, err = falc(*arguments)
        assert code == 2 and "falc-baseline.json : ce n'est pas un fichier de remarques connues" in err
    assert (depot / "falc-baseline.json").read_text(encoding="utf-8") == content


def test_what_cannot_be_is_told(depot):
    assert falc("--baseline", "rien.json")[0] == 2
    code, _, err = falc("--prune-baseline")
    assert code == 2 and "--baseline" in err
    (depot / "b.docx").write_bytes(b"PK")
    code, _, err = falc("--write-baseline")
    assert code == 2 and "b.docx" in err
    assert found("a.txt") == (0, {"a.txt": []})


LINTER = Linter(config=None)
SENTENCES = [OLD, OTHER, NEW, "Vous devez payer 45 000 euros.", "La demande a été rejetée."]


@pytest.mark.model
@given(st.permutations(SENTENCES), st.lists(st.sampled_from(["Merci.", "Venez à la mairie.", "# Titre"]), max_size=4))
@settings(max_examples=25, deadline=None)
def test_moved_sentences_are_the_same_findings(order, more):
    def prints(parts):
        report = LINTER.check_text("\n\n".join(parts), "markdown")
        return {f.fingerprint for f in report if f.sentence and f.code in ("NUM005", "NUM002", "PHR006")}

    assert prints([*more, *order]) == prints(SENTENCES)


def test_typography_does_not_make_a_finding_new(linter):
    one, other = (
        linter.check_text(text) for text in ("L'aide s'élève à 12 % du prix.", "L’aide s’élève à 12\u00a0% du prix.")
    )
    assert {f.fingerprint for f in one if f.code == "NUM001"} == {f.fingerprint for f in other if f.code == "NUM001"}
