"""What each output says, whole and streamed."""

import json
import re
import weakref
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
from outputs.made import GOLDEN, GOLDENS, LETTER, document, finding, golden, rendered, report, reports

from falc.model import Severity
from falc.outputs import FORMATS, TEXT_FORMATS, Asked, renderer
from falc.report import unreadable

JSON = ("json", "sarif", "gitlab", "rdjson")
LINES = ("jsonl", "rdjsonl")
XML = ("junit", "checkstyle")
HONEST = "handicapées intellectuelles"
ANSI = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture(autouse=True)
def _inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", GOLDENS)
def test_golden(name, tmp_path):
    expected = (GOLDEN / f"{name}.out").read_bytes().decode()
    assert golden(name, tmp_path) == expected, "if this is right: python tests/outputs/made.py"


def test_text_is_full():
    assert rendered("text") == rendered("full")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_check(name):
    out = rendered(name, [])
    if name in JSON:
        assert json.loads(out) is not None
    elif name in LINES:
        assert out == ""
    elif name in XML:
        assert len(ElementTree.fromstring(out)) == 0
    else:
        assert "0 problème possible dans 0 fichier lu" in out.replace("\u00a0", " ") and HONEST in out.replace(
            "\n", " "
        )


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_cannot_be_read_is_never_clean(name):
    out = rendered(name, [unreadable("lettre.docx", "Ce fichier est abîmé.")])
    assert "lettre.docx" in out and "Ce fichier est abîmé." in out
    assert "propre" not in out and "aucune remarque" not in out


@pytest.mark.parametrize("name", FORMATS)
def test_reports_are_not_kept(name):
    made_ones = []
    most = 0

    def coming():
        nonlocal most
        for number in range(30):
            of = document("Payez le 12/03/2024\n", f"{number}.txt")
            made = report(of, finding(of, 9, 19))
            made_ones.append(weakref.ref(made))
            yield made
            del made
            most = max(most, sum(one() is not None for one in made_ones))

    "".join(renderer(name)(coming(), Asked(suppressed=True)))
    assert most <= 2


@pytest.mark.parametrize(
    "name", ["concise", "grouped", "full", "jsonl", "rdjsonl", "github", "gitlab", "junit", "sarif"]
)
def test_what_is_known_is_told_before_the_next_report(name):
    def coming():
        of = document("Payez le 12/03/2024\n", "premier.txt")
        yield report(of, finding(of, 9, 19))
        raise RuntimeError

    pieces = []
    with pytest.raises(RuntimeError):
        for piece in renderer(name)(coming(), Asked()):
            pieces.append(piece)
    assert "NUM005" in "".join(pieces)


@pytest.mark.parametrize("name", TEXT_FORMATS)
@pytest.mark.parametrize("statistics", [False, True])
def test_colours_change_no_word(name, statistics):
    plain = rendered(name, suppressed=True, statistics=statistics)
    coloured = rendered(name, suppressed=True, statistics=statistics, color=True)
    assert "\x1b" not in plain
    assert coloured != plain and ANSI.sub("", coloured) == plain


def test_words_are_marked_in_their_sentence():
    of = document("Payez avant le 12/03/2024.\n")
    made = replace(finding(of, 15, 25), sentence="Payez avant le 12/03/2024.")
    out = rendered("full", [report(of, made)], color=True)
    assert "\x1b[1;3;31m12/03/2024\x1b[0m" in out


def test_full_fits_the_terminal():
    of = document("mot " * 100 + "\n")
    made = replace(finding(of, 0, 3, message="Ce message est bien long. " * 9), sentence="mot " * 100)
    lines = rendered("full", [report(of, made)], width=60).splitlines()
    assert max(map(len, lines)) <= 60
    assert {line[:6] for line in lines if "message" in line} == {"      "}


def test_concise_is_what_editors_read():
    of = document(LETTER, "dossier/lettre.txt")
    at = LETTER.index("12/03")
    out = rendered("concise", [report(of, finding(of, at, at + 10))])
    assert out.startswith("dossier/lettre.txt:2:16: NUM005 erreur «")


def test_statistics_count_and_do_not_list():
    out = rendered("concise", statistics=True)
    assert out.startswith("abîmé\\n.docx")
    assert "4  NUM005 date-en-chiffres (erreur)\n2  IMG001" in out and "1  PHR001 phrase-longue (alerte)" in out
    assert "12/03" not in out and HONEST in out.replace("\n", " ")


@pytest.mark.parametrize("name", ["full", "concise", "grouped", "json", "jsonl", "sarif", "junit"])
def test_what_was_set_aside_is_listed_only_when_asked(name):
    reason = "formule de la loi"
    assert reason not in rendered(name)
    assert reason in rendered(name, suppressed=True)


def test_suppressed_findings_never_reach_the_other_formats():
    of = reports()[0]
    alone = replace(of, findings=())
    for name in ("github", "gitlab", "rdjson", "rdjsonl", "checkstyle", "markdown"):
        assert "PHR001" not in rendered(name, [alone], suppressed=True)


def test_json_is_one_finding_a_line():
    lines = rendered("json").splitlines()
    assert sum(line.startswith('{"code": ') for line in lines) == 7
    assert [json.loads(line)["path"] for line in rendered("jsonl").splitlines()].count("-") == 2


def test_sarif_starts_a_run_before_github_refuses_one(monkeypatch):
    monkeypatch.setattr("falc.outputs.sarif._MOST", 3)
    made = [*reports(), unreadable("autre.docx", "Ce fichier est vide.")]
    runs = json.loads(rendered("sarif", made))["runs"]
    assert [len(run["results"]) for run in runs] == [3, 3, 1]
    assert [run["automationDetails"]["id"] for run in runs] == ["falc/", "falc-2/", "falc-3/"]
    for run in runs:
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
        assert set(rules) == {result["ruleId"] for result in run["results"]}
    told = [note["message"]["text"] for run in runs for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert told == ["Ce fichier est abîmé.", "Ce fichier est vide."]
    assert [run["invocations"][0]["executionSuccessful"] for run in runs] == [True, False, False]


def test_sarif_tells_what_could_not_be_read_after_the_last_result(monkeypatch):
    monkeypatch.setattr("falc.outputs.sarif._MOST", 1)
    of = document("Payez le 12/03/2024\n")
    runs = json.loads(rendered("sarif", [report(of, finding(of, 9, 19)), unreadable("a.docx", "Vide.")]))["runs"]
    assert sum(len(run["invocations"][0]["toolExecutionNotifications"]) for run in runs) == 1


def test_github_shows_the_worst_first_and_says_what_it_leaves_to_the_log():
    of = document("Payez le 12/03/2024\n")
    infos = [finding(of, 9, 19, severity=Severity.INFO, code=f"AAA{number:03}") for number in range(14)]
    errors = [finding(of, 9, 19, code=f"ZZZ{number:03}") for number in range(3)]
    lines = rendered("github", [report(of, *infos, *errors)]).splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert [command.split()[0] for command in commands] == ["::error"] * 3 + ["::notice"] * 10
    assert sum("AAA" in line and not line.startswith("::") for line in lines) == 14
    assert any("4 autres remarques" in line for line in lines)


def test_markdown_stays_below_what_github_accepts():
    names = ["\\" * 255 + "/" + "<|" * 120 + f"{number}.txt" for number in range(400)]
    made = []
    for name in names:
        of = document("Payez le 12/03/2024\n", name)
        made.append(report(of, *[finding(of, 9, 19, message="é`|" * 2000, severity=level) for level in Severity]))
        made.append(unreadable(f"x{name}", "🎉" * 4000))
    out = rendered("markdown", made)
    assert len(out.encode()) < 1 << 20
    assert "Et 300 autres fichiers." in out and "Et 1150 autres remarques." in out and HONEST in out


def test_junit_gives_a_clean_file_a_case_that_passes():
    (suite,) = ElementTree.fromstring(rendered("junit", [report(document("Bonjour.\n", "propre.md"))]))
    assert suite.get("name") == "propre.md" and suite.get("tests") == "1" and suite.get("failures") == "0"
    assert [list(case) for case in suite] == [[]]
