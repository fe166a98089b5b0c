"""`falc lexicon check`, rows that switch entries off, and what guards and faults say in French."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from falc.french import entries, guards
from falc.french.facts import rows
from falc.french.lexicon import Lexicon
from falc.lexicon_check import check_lexicons
from falc.lexicon_faults import reporting
from falc.model import FalcError, Severity
from falc.outputs.words import meaning
from falc.resources import data

ROOT = Path(__file__).parent.parent
COLUMNS = "terme;nature;genre;categorie;remplacements;nature_remplacements;type;explication;gardes;surete;note"
README = (data("lexicons") / "README.md").read_text(encoding="utf-8")


def check(tmp_path, text, name="mots.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return check_lexicons([path])[0]


def names(checked, severity=None):
    return [p.fault.name for p in checked.problems if severity is None or p.fault.severity is severity]


def table(**cells):
    """Return a table of one row; cells that are not given are empty."""
    return COLUMNS + "\n" + ";".join(f'"{cells.get(column, "")}"' for column in COLUMNS.split(";")) + "\n"


def falc(*arguments, cwd=None):
    command = [sys.executable, "-m", "falc", *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, cwd=cwd, timeout=300)
    assert b"Traceback" not in run.stderr + run.stdout
    out, err = (stream.decode().replace("\u00a0", " ") for stream in (run.stdout, run.stderr))
    return run.returncode, out, err


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"terme": "", "remplacements": "dépôt"}, "case-vide"),
        ({"terme": "récolement", "nature": "verbal", "remplacements": "tri"}, "valeur-inconnue"),
        ({"terme": "récolement", "type": "remplace", "remplacements": "tri"}, "valeur-inconnue"),
        ({"terme": "récolement", "surete": "sur", "remplacements": "tri"}, "valeur-inconnue"),
        ({"terme": "récolement", "genre": "n", "remplacements": "tri"}, "valeur-inconnue"),
        ({"terme": "récolement", "categorie": "administratife", "remplacements": "tri"}, "categorie-inconnue"),
        ({"terme": "récolement", "gardes": "pas-apre=de", "remplacements": "tri"}, "garde-inconnue"),
        ({"terme": "récolement", "gardes": "apres", "remplacements": "tri"}, "garde-inconnue"),
        ({"terme": "récolement", "remplacements": "nonobstant", "nature": "ADP"}, "mot-difficile"),
        ({"terme": "récolement", "remplacements": "Récolement"}, "meme-mot"),
        ({"terme": "récoler", "nature": "VERB", "gardes": "head=tri", "remplacements": "trier"}, "tete-absente"),
        (
            {"terme": "récolement", "type": "reformuler", "surete": "sure", "remplacements": "a"},
            "sure-sans-remplacement",
        ),
        ({"terme": "récolement", "type": "remplacer", "surete": "idee", "remplacements": "tri"}, "idee-pour-remplacer"),
        ({"terme": "récolement", "type": "expliquer", "explication": "mot " * 16}, "explication-longue"),
        ({"terme": "récolement", "type": "remplacer"}, "sans-remplacement"),
        ({"terme": "récolement", "type": "expliquer"}, "sans-explication"),
        ({"terme": "récolement", "remplacements": "tri | lot", "nature_remplacements": "NOUN"}, "natures-en-trop"),
        ({"terme": "récolement", "remplacements": "tri", "nature_remplacements": "NOM"}, "nature-inconnue"),
    ],
)
def test_errors(tmp_path, cells, wanted):
    assert wanted in names(check(tmp_path, table(**cells)), Severity.ERROR)


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"terme": "bidulifier", "nature": "VERB", "remplacements": "faire"}, "verbe-inconnu"),
        ({"terme": "faire", "nature": "VERB", "remplacements": "bidulifier"}, "verbe-inconnu"),
        ({"terme": "bidulat", "nature": "NOUN", "remplacements": "accord"}, "nom-inconnu"),
        ({"terme": "biduleux", "nature": "ADJ", "remplacements": "petit"}, "adjectif-inconnu"),
        ({"terme": "trier", "nature": "VERB", "remplacements": "bien choisir"}, "tete-a-dire"),
        ({"terme": "loyer", "nature": "NOUN", "remplacements": "terme échu | tringle"}, "plus-rare"),
        ({"terme": "usagr", "type": "ignorer"}, "ignore-rien"),
        ({"terme": "soit … soit", "remplacements": "ou"}, "deux-points-de-suite"),
    ],
)
def test_warnings(tmp_path, cells, wanted):
    checked = check(tmp_path, table(**cells))
    assert wanted in names(checked, Severity.WARNING)
    assert checked.count(Severity.ERROR) == 0


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"terme": "nonobstant", "remplacements": "malgré"}, "remplace-falc"),
        ({"terme": "récolement", "remplacements": "tri"}, "sans-nature"),
    ],
)
def test_informations(tmp_path, cells, wanted):
    assert names(check(tmp_path, table(**cells))) == [wanted]


def test_a_good_row_is_left_alone(tmp_path):
    assert (
        names(check(tmp_path, table(terme="récolement", nature="NOUN", remplacements="tri", categorie="jargon"))) == []
    )


def test_all_problems_with_their_places(tmp_path):
    lines = [
        "terme;remplacements;gardes;surete;coleur",
        "a b;c;init;sur;",
        "x y;c;inti;sure;",
        ";d;;;",
        "x y;e;;;",
        "z w;e;;;;f",
    ]
    checked = check(tmp_path, "\n".join(lines) + "\n")
    found = [(p.line, p.fault.column, p.fault.name) for p in checked.problems if p.fault.severity is Severity.ERROR]
    assert found == [
        (1, "", "colonne-inconnue"),
        (2, "surete", "valeur-inconnue"),
        (3, "gardes", "garde-inconnue"),
        (4, "terme", "case-vide"),
        (5, "terme", "double"),
        (6, "", "trop-de-cases"),
    ]
    messages = [problem.fault.message for problem in checked.problems]
    assert "la garde « inti » n'existe pas. Vouliez-vous dire « init » ?" in messages
    assert any("« coleur »" in message for message in messages)


def test_missing_columns(tmp_path):
    assert names(check(tmp_path, "mot;remplacements\na;b\n"))[:1] == ["colonne-manquante"]
    assert "colonne-manquante" in names(check(tmp_path, "terme;note\na;b\n"))
    assert names(check(tmp_path, "terme;type\nnonobstant;ignorer\n")) == []


def test_loops_are_shown(tmp_path):
    checked = check(tmp_path, "terme;remplacements\nbidule;machin\nmachin;truc\ntruc;bidule\n")
    loops = [problem.fault.message for problem in checked.problems if problem.fault.name == "boucle"]
    assert len(loops) == 3
    assert "« bidule » → « machin » → « truc » → « bidule »" in loops[0]


def test_several_tables_count_together(tmp_path):
    one, two = tmp_path / "un.csv", tmp_path / "deux.csv"
    one.write_text("terme;remplacements\nbidule;machin\n", encoding="utf-8")
    two.write_text("terme;remplacements\nmachin;objet\nbidule;objet\n", encoding="utf-8")
    first, second = check_lexicons([one, two])
    assert "mot-difficile" in names(first) and "(deux.csv, ligne 2)" in first.problems[-1].fault.message
    assert "double-ailleurs" in names(second)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_write(tmp_path, encoding, end):
    text = f'terme;nature;remplacements;note{end}"récolement";NOUN;tri;"a ; ""b"""{end}'
    checked = check(tmp_path, text, encoding=encoding)
    assert checked.rows == 1
    assert names(checked) == (["encodage"] if encoding == "cp1252" else [])


def test_tabs_with_quotation_marks_and_typographic_signs(tmp_path):
    path = tmp_path / "mots.tsv"
    path.write_text('"terme"\t"remplacements"\n"mise à l’essai\u00a0"\t"test"\n', encoding="utf-8")
    assert [entry.term for entry in entries.read_entries(path)] == ["mise à l'essai"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("mots.csv", b"terme,remplacements\na,b\n", "points-virgules"),
        ("mots.xlsx", b"PK\x03\x04....", "CSV UTF-8"),
        ("mots.ods", b"PK\x03\x04....", "Enregistrer sous"),
        ("mots.xls", b"\xd0\xcf\x11\xe0....", "classeur"),
        ("mots.csv", "terme;remplacements\n".encode("utf-16"), "CSV UTF-8"),
        ("mots.csv", b'terme;remplacements\n"a;b\nc;d\n', "ligne 2"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, name, content, said):
    checked = check(tmp_path, content, name)
    assert checked.error is not None and checked.error.startswith(name) and said in checked.error
    with pytest.raises(FalcError):
        Lexicon.load([tmp_path / name])


def test_exit_codes_text_and_json(tmp_path):
    good, bad = tmp_path / "bon.csv", tmp_path / "mauvais.csv"
    good.write_text("terme;nature;remplacements\nrécolement;NOUN;tri\n", encoding="cp1252")
    bad.write_text("terme;remplacements;gardes\nrécolement;tri;zut\n", encoding="utf-8")
    assert falc("lexicon", "check", good)[0] == 0
    code, out, _ = falc("lexicon", "check", bad)
    assert code == 1 and "ligne 2, « récolement », colonne « gardes »" in out and "Que faire" in out
    code, out, _ = falc("lexicon", "check", good, tmp_path / "absent.csv")
    assert code == 2 and "bon.csv" in out and "absent.csv" in out
    code, out, _ = falc("lexicon", "check", "--output-format", "json", bad)
    report = json.loads(out)
    assert code == 1 and report["summary"]["errors"] == 1
    (problem,) = [p for p in report["files"][0]["problems"] if p["severity"] == "error"]
    assert (problem["line"], problem["column"], problem["term"]) == (2, "gardes", "récolement")


def test_without_argument_the_lexicons_of_the_configuration(tmp_path):
    assert falc("lexicon", "check", "--isolated", cwd=tmp_path)[0] == 2
    (tmp_path / "falc.toml").write_text('lexicons = ["mots.csv"]\n', encoding="utf-8")
    (tmp_path / "mots.csv").write_text("terme;remplacements;gardes\na b;c;zut\n", encoding="utf-8")
    code, out, _ = falc("lexicon", "check", cwd=tmp_path)
    assert code == 1 and "mots.csv" in out and "zut" in out


def test_command_is_light(tmp_path):
    (tmp_path / "mots.csv").write_text("terme;remplacements\na b;c\n", encoding="utf-8")
    code = (
        "import sys; from falc.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'spacy', 'docx', 'lxml', 'textstat', 'nltk', 'thinc'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "lexicon", "check", str(tmp_path / "mots.csv")]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.rstrip().endswith("[]"), run.stdout + run.stderr


def ignoring(tmp_path, text):
    path = tmp_path / "mots.csv"
    path.write_text(text, encoding="utf-8")
    return Lexicon.load([path])


def test_a_row_switches_all_entries_of_a_term_off(tmp_path):
    lexicon = ignoring(tmp_path, "terme;type\nnonobstant;ignorer\n")
    assert lexicon.lookup("nonobstant") == [] and "nonobstant" in lexicon.ignored
    assert len(Lexicon.load().lookup("nonobstant")) == 1


def test_a_row_with_a_part_of_speech_switches_that_entry_off(tmp_path):
    by_term = {}
    for term, pos in Lexicon.load().entries:
        by_term.setdefault(term, []).append(pos)
    term, (off, *on) = next((term, pos) for term, pos in by_term.items() if len(pos) > 1)
    lexicon = ignoring(tmp_path, f"terme;nature;type\n{term};{off};ignorer\n")
    assert [pos for known, pos in lexicon.entries if known == term] == on


def test_a_later_row_switches_a_term_on_again(tmp_path):
    lexicon = ignoring(tmp_path, "terme;remplacements;type\nnonobstant;;ignorer\nnonobstant;même avec;\n")
    assert [entry.replacements for entry in lexicon.lookup("nonobstant")] == [("même avec",)]
    assert not lexicon.ignored


def test_falc_ignores_none_of_its_own_terms():
    assert {entry.kind for entry in Lexicon.load().entries.values()} == {"remplacer", "reformuler", "expliquer"}


def test_a_rule_reports_every_entry_of_falc():
    pairs = {(entry.category, entry.kind) for entry in Lexicon.load().entries.values()}
    assert [pair for pair in pairs if not reporting(*pair)] == []


def known_guards():
    """Return all guards of `guards.is_known`, as gardes.tsv writes them."""
    for name in guards._TESTS:
        yield name + "=…" * (name in guards._LISTS)
    yield from guards._WAYS | guards._FINDING
    yield from (f"{name}=…" for name in guards._WITH_WORDS)
    yield from (f"forme={form}" for form in guards._FORMS)


def test_readme_table_and_engine_have_the_same_guards():
    senses = {row[0]: row[1] for row in rows("gardes")}
    told = re.findall(r"^\| `([^`]+)` \| (.+?) \|$", README.partition("## Les gardes")[2], re.MULTILINE)
    assert set(senses) == set(known_guards())
    assert dict(told) == senses and len(told) == len(senses)
    assert all(guards.is_known(guard.replace("…", "mot")) or guard.endswith("forme=…") for guard in senses)


def test_readme_names_all_tables():
    tables = {file.name for file in data("lexicons").iterdir() if file.name.endswith(".tsv")}
    assert tables <= set(re.findall(r"^\| `([^`]+\.tsv)`", README, re.MULTILINE))


def test_each_guard_of_falc_has_a_meaning():
    for entry in Lexicon.load().entries.values():
        for guard in entry.guards:
            assert "…" not in meaning(guard) or "…" in dict(row[:2] for row in rows("gardes")).get(guard, "…")


@pytest.mark.parametrize(
    ("guard", "said"),
    [
        ("inf", "seulement devant un infinitif (« de payer », « de ne pas payer »)"),
        ("pas-apres=ce,cela", "pas juste après « ce » ou « cela »"),
        ("pas-forme=inf,futur", "pas si le verbe est à l'infinitif ou au futur"),
        ("si:init", "falc signale le mot seulement au début de la phrase"),
    ],
)
def test_guards_in_french(guard, said):
    assert meaning(guard) == said


def test_faults_of_the_table_are_used_and_have_severities():
    files = [ROOT / "falc" / name for name in ("lexicon_check.py", "lexicon_faults.py", "french/entries.py")]
    code = "".join(file.read_text(encoding="utf-8") for file in files).replace("'", '"')
    for name, severity, message, advice in rows("fautes-de-lexique"):
        assert f'"{name}"' in code and Severity(severity) and message and advice, name


@pytest.mark.parametrize(
    "content", [b"", b"\n", b";;;\n;;;\n", b'"', b"terme", b"terme;remplacements\n" + b"a;" * 9999]
)
def test_any_file_gives_an_answer(tmp_path, content):
    checked = check(tmp_path, content)
    assert checked.error or checked.problems


def test_the_table_shown_in_the_readme_has_no_problem(tmp_path):
    (shown,) = re.findall(r"```\n(terme;.*?)```", README, re.DOTALL)
    assert names(check(tmp_path, shown)) == []
