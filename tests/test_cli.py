"""The command as a user meets it: outputs, exit codes, bad input."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

FAULTY = "Répondez avant le 12/03/2024.\n"
GOOD = "Vous devez payer avant le mardi 12 mars 2024.\n"


def falc(*arguments, stdin=None, cwd=None):
    run = subprocess.run(
        [sys.executable, "-m", "falc", *map(str, arguments)], input=stdin, capture_output=True, cwd=cwd, timeout=300
    )
    assert b"Traceback" not in run.stderr + run.stdout
    out, err = (stream.decode().replace("\u00a0", " ") for stream in (run.stdout, run.stderr))
    return run.returncode, out, err


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "bonne.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "mauvaise.txt").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def test_exit_codes(folder):
    assert falc("check", "--select", "NUM005", folder / "bonne.txt")[0] == 0
    assert falc("check", "--select", "NUM005", folder / "mauvaise.txt")[0] == 1
    assert falc("check", "--select", "NUM005", "--exit-zero", folder / "mauvaise.txt")[0] == 0
    assert falc("check", "--select", "NUM005", folder / "absente.txt")[0] == 2
    assert falc("check", "--nonsense")[0] == 2
    assert falc("nonsense")[0] == 2


def test_text_report_says_what_where_why_and_what_to_write(folder):
    _, out, _ = falc("check", "--select", "NUM005", folder / "mauvaise.txt")
    assert "mauvaise.txt" in out
    assert "NUM005 date-en-chiffres" in out
    assert "ligne 1" in out and "colonne 19" in out
    assert "12 mars 2024" in out
    assert "\x1b[" not in out
    assert "1 problème possible" in out
    assert "handicapées intellectuelles" in out


def test_json_report(folder):
    code, out, _ = falc("check", "--select", "NUM005", "--output-format", "json", folder)
    report = json.loads(out)
    assert code == 1
    assert report["version"] == 1
    assert report["tool"]["name"] == "falc" and report["tool"]["model"].startswith("fr_core_news_md 3.8")
    assert [file["path"].rsplit("/", 1)[-1] for file in report["files"]] == ["bonne.txt", "mauvaise.txt"]
    assert report["summary"] == {"files": 2, "errors": 1, "warnings": 0, "infos": 0, "unreadable": 0}
    (finding,) = report["files"][1]["findings"]
    assert FAULTY[finding["start"] : finding["end"]] == finding["text"] == "12/03/2024"
    assert finding["location"] == {
        "line": 1, "column": 19, "end_line": 1, "end_column": 29, "place": finding["location"]["place"],
    }  # fmt: skip
    assert finding["fixes"][0]["edits"] == [{"start": 18, "end": 28, "text": "12 mars 2024"}]
    assert set(finding) == {
        "code", "name", "kind", "severity", "tier", "criterion", "level", "message", "start", "end", "text", "location",
        "fixes", "fingerprint",
    }  # fmt: skip
    assert {measure["name"] for measure in report["files"][0]["measures"]} >= {"difficulty", "words_per_sentence"}


def test_stdin(folder):
    code, out, _ = falc("check", "--select", "NUM005", "-", stdin=FAULTY.encode())
    assert code == 1 and "12/03/2024" in out
    html = b"<p>Payez le <b>12/03/2024</b></p>"
    code, out, _ = falc(
        "check", "--select", "NUM005", "--output-format", "json", "-", "--stdin-filename", "a.html", stdin=html
    )
    report = json.loads(out)
    assert code == 1
    assert report["files"][0]["format"] == "html" and report["files"][0]["path"] == "a.html"


def test_windows_file_with_accents(tmp_path):
    (tmp_path / "a.txt").write_bytes("Répondez à l’été, le 12/03/2024\r\n".encode("cp1252"))
    code, out, _ = falc("check", "--select", "NUM005", tmp_path / "a.txt")
    assert code == 1 and "été" in out


BAD_FILES = {
    "absent.txt": (None, "n'existe pas"),
    "vide.txt": (b"", "vide"),
    "vide.docx": (b"", "vide"),
    "bruit.txt": (bytes(range(256)) * 40, "texte"),
    "ancien.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".doc"),
    "casse.docx": (b"PK\x03\x04 this is no zip", "abîmé"),
    "rtf.docx": (b"{\\rtf1 Bonjour}", "RTF"),
    "inconnu.xyz": (b"Bonjour", "« .xyz »"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_file_is_one_sentence_and_the_others_are_checked(folder, name):
    content, cause = BAD_FILES[name]
    if content is not None:
        (folder / name).write_bytes(content)
    code, out, err = falc("check", "--select", "NUM005", folder / name, folder / "mauvaise.txt")
    assert code == 2
    line = next(line for line in out.splitlines() if cause in line)
    assert name in line
    assert "12/03/2024" in out
    assert err == ""


def test_zip_without_a_document(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("bonjour.txt", "Bonjour")
    code, out, _ = falc("check", tmp_path / "a.docx")
    assert code == 2 and "a.docx" in out


def test_empty_folder(tmp_path):
    code, out, _ = falc("check", tmp_path)
    assert code == 2 and "aucun fichier" in out


def test_broken_settings_are_named_and_the_other_folders_are_checked(folder):
    broken = folder / "autre"
    broken.mkdir()
    (broken / "falc.toml").write_text("[rules.PHR001]\nmax_mots = 3\n", encoding="utf-8")
    (broken / "a.txt").write_text(GOOD, encoding="utf-8")
    code, out, err = falc("check", "--select", "NUM005", broken, folder / "mauvaise.txt")
    assert code == 2 and err == ""
    assert "falc.toml, ligne 2" in out and "« max_words »" in out
    assert "12/03/2024" in out


def test_each_file_fails_by_its_own_settings(folder):
    (folder / "falc.toml").write_text('fail-on = "info"\nselect = ["NUM002"]\n', encoding="utf-8")
    (folder / "a.txt").write_text("La ville compte 45 000 habitants.\n", encoding="utf-8")
    assert falc("check", folder / "a.txt", cwd=folder.parent)[0] == 1
    assert falc("check", "--fail-on", "error", folder / "a.txt")[0] == 0


def test_errors_of_the_command_line_are_in_french(folder):
    for arguments in (["chek"], ["check", "--fail-onn"], ["check", "--fail-on", "grave"], ["explain"], ["rules", "x"]):
        code, out, err = falc(*arguments)
        assert (code, out) == (2, "")
        assert err.startswith("falc : ") and len(err.splitlines()) == 1
        assert not {"Usage", "Error", "Try", "Invalid", "Missing"} & set(err.replace(":", " ").split())
    assert "Show this message" not in falc("check", "--help")[1]


def test_nothing_is_written_over_a_text(folder):
    letter = folder / "mauvaise.txt"
    code, _, err = falc("check", "--select", "NUM005", "--output-file", letter, letter)
    assert code == 2 and "mauvaise.txt" in err
    assert letter.read_text(encoding="utf-8") == FAULTY


def test_a_name_that_is_no_text(folder):
    name = os.fsdecode(b"b\xff.txt")
    (folder / name).write_text(FAULTY, encoding="utf-8")
    code, out, _ = falc("check", "--select", "NUM005", "--output-format", "json", folder)
    assert code == 1
    assert {file["path"].rsplit("/", 1)[-1] for file in json.loads(out)["files"]} >= {name}


def test_a_file_named_twice_is_checked_once(folder):
    out = falc("check", "--select", "NUM005", "--output-format", "json", folder, folder / "bonne.txt")[1]
    assert len(json.loads(out)["files"]) == 2


def test_explain_by_code_and_name():
    code, by_code, _ = falc("explain", "PHR006")
    assert code == 0 and falc("explain", "voix-passive")[1] == by_code
    assert "Comment faire" in by_code and "RLS-7.3" in by_code
    code, _, err = falc("explain", "voix-pasive")
    assert code == 2 and "« voix-passive »" in err


def test_rules_as_text_and_json():
    code, out, _ = falc("rules")
    assert code == 0 and "PHR001" in out and "phrase-longue" in out
    listed = json.loads(falc("rules", "--output-format", "json")[1])
    assert {"code", "status", "tier", "criterion", "checkable", "options"} <= set(listed[0])


def test_word():
    code, out, _ = falc("word", "nonobstant")
    assert code == 0 and "malgré" in out
    code, out, _ = falc("word", "nonobstan")
    assert code == 1 and "nonobstant" in out


def test_word_says_what_falc_does_and_why():
    code, out, _ = falc("word", "à compter de")
    assert code == 0
    assert "« falc fix » fait ce changement seul" in out
    assert "falc garde la préposition « de »" in out
    assert "Exemple : « " in out and " » → « " in out
    assert "Règle : MOT021" in out
    code, out, _ = falc("word", "percevoir")
    assert "« percevoir » est peu courant" in out
    assert "nous percevons, vous percevez" in out and "qu'il reçoive" in out


def test_word_shows_the_forms_of_any_word():
    code, out, _ = falc("word", "bonjour")
    assert code == 1 and "n'est dans aucun lexique" in out and "très courant" in out
    assert "pluriel : bonjours" in out and "masculin" in out
    assert "qu'il se rapproche" in falc("word", "se rapprocher de")[1]
    assert "(avec « être »)" in falc("word", "devenir")[1]
    code, out, _ = falc("word", "vert")
    assert "féminin pluriel : vertes" in out
    assert falc("word", "…")[0] == 1


def test_word_as_json():
    code, out, _ = falc("word", "nonobstant", "--output-format", "json")
    (entry,) = json.loads(out)["entries"]
    assert code == 0 and entry["replacements"] == ["malgré"] and entry["rules"] == ["MOT020"]
    assert {"guard": "det", "meaning": "seulement devant un déterminant (le, votre, une…) ou un nombre"} in [
        {key: value.replace("\u00a0", " ") for key, value in condition.items()} for condition in entry["conditions"]
    ]
    code, out, _ = falc("word", "maison", "--output-format", "json")
    page = json.loads(out)
    assert code == 1 and not page["known"]
    assert page["forms"][0]["forms"] == {"singulier": ["maison"], "pluriel": ["maisons"]}


def test_word_that_the_user_ignores(tmp_path):
    (tmp_path / "falc.toml").write_text('lexicons = ["mots.csv"]\n', encoding="utf-8")
    (tmp_path / "mots.csv").write_text("terme;type\nnonobstant;ignorer\n", encoding="utf-8")
    code, out, _ = falc("word", "nonobstant", cwd=tmp_path)
    assert code == 1 and "votre liste dit d'ignorer ce mot" in out


def test_config_shows_values_and_origins(folder):
    (folder / "falc.toml").write_text('ignore = ["NUM001"]\n[rules.PHR001]\nmax_words = 18\n', encoding="utf-8")
    code, out, _ = falc("config", folder / "bonne.txt")
    assert code == 0
    assert "falc.toml" in out and "max_words = 18" in out and 'ignore = ["NUM001"]' in out


def test_output_file(folder):
    code, out, _ = falc("check", "--select", "NUM005", "--output-file", folder / "r.txt", folder / "mauvaise.txt")
    assert code == 1 and out == ""
    assert "12/03/2024" in (folder / "r.txt").read_text(encoding="utf-8")


@pytest.mark.model
def test_grid_and_report_are_written(folder):
    for command, source, name in (
        ("grid", "mauvaise.txt", "grille.csv"),
        ("report", "mauvaise.txt", "rapport.html"),
        ("report", ".", "dossier.docx"),
    ):
        code, out, err = falc(command, source, "-o", name, cwd=folder)
        assert (code, err) == (0, "") and name in out
        assert (folder / name).stat().st_size > 1000


def test_grid_and_report_refuse_what_they_cannot_write(folder):
    for arguments in (
        ("grid", "mauvaise.txt", "-o", "grille.pdf"),
        ("report", "mauvaise.txt", "-o", "rapport"),
        ("report", "mauvaise.txt", "-o", "rapport.html", "--since", "absent.json"),
        ("report", "mauvaise.txt", "-o", "rapport.html", "--since", "bonne.txt"),
        ("grid", "absente.txt", "-o", "grille.csv"),
        ("grid", "mauvaise.txt"),
    ):
        code, out, err = falc(*arguments, cwd=folder)
        assert code == 2 and out == "" and err.startswith("falc :") and err.count("\n") == 1
    assert sorted(path.name for path in folder.iterdir()) == ["bonne.txt", "mauvaise.txt"]


@pytest.mark.model
def test_report_never_overwrites_a_letter(folder):
    (folder / "page.html").write_text("<p>Bonjour.</p>", encoding="utf-8")
    code, _, err = falc("report", "page.html", "-o", "page.html", cwd=folder)
    assert code == 2 and "Choisissez un autre nom" in err
    assert (folder / "page.html").read_text(encoding="utf-8") == "<p>Bonjour.</p>"
