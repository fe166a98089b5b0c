"""The programs that read these formats, or their schemas, accept what is written, and find the same in it."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from jsonschema import Draft4Validator, Draft7Validator
from junitparser import Error, Failure, JUnitXml, Skipped
from lxml import etree
from outputs.made import HERE, LETTER, MOMENT, ODD_NAME, document, finding, rendered, report, reports

SARIF = Draft4Validator(json.loads((HERE / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))
RDFORMAT = json.loads((HERE / "rdformat.schema.json").read_text(encoding="utf-8"))
DIAGNOSTIC = Draft7Validator(RDFORMAT["definitions"]["diagnostic"])
MADE = {"all": reports(), "none": [], "clean": [report(document("Bonjour.\n"))], "unreadable": [reports()[3]]}


@pytest.fixture(autouse=True)
def _inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("suppressed", [False, True])
def test_sarif_follows_its_schema(made, suppressed):
    log = json.loads(rendered("sarif", MADE[made], suppressed=suppressed, moment=MOMENT))
    assert [error.message for error in SARIF.iter_errors(log)] == []


def test_sarif_has_all_that_github_requires():
    log = json.loads(rendered("sarif"))
    assert log["$schema"] and log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "falc" and run["automationDetails"]["id"] == "falc/"
    for rule in driver["rules"]:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024 and 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"] and rule["help"]["markdown"] and len(rule["name"]) <= 255
        assert rule["defaultConfiguration"]["level"] in ("note", "warning", "error")
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert 0 < len(rule["properties"]["tags"]) <= 10 and all(rule["properties"]["tags"])
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"] and result["partialFingerprints"]["primaryLocationLineHash"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert min(region[key] for key in ("startLine", "startColumn", "endLine", "endColumn")) >= 1
        assert "suppressions" not in result
    keys = [
        (r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], *r["partialFingerprints"].values())
        for r in run["results"]
    ]
    assert len(set(keys)) == len(keys)


def test_sarif_tools_reads_it(tmp_path):
    (tmp_path / "falc.sarif").write_text(rendered("sarif"), encoding="utf-8")
    sarif = Path(sys.executable).parent / "sarif"
    done = subprocess.run([sarif, "summary", "falc.sarif"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0
    assert "error: 4" in done.stdout and "warning: 1" in done.stdout and "note: 2" in done.stdout
    listed = subprocess.run(
        [sarif, "--check", "warning", "ls", "falc.sarif"], cwd=tmp_path, capture_output=True, text=True
    )
    assert listed.returncode == 5, "the number of results at or above the level"


@pytest.mark.parametrize("made", MADE)
def test_rdjson_follows_its_schema(made):
    whole = json.loads(rendered("rdjson", MADE[made]))
    lines = [json.loads(line) for line in rendered("rdjsonl", MADE[made]).splitlines()]
    assert [error.message for error in Draft7Validator(RDFORMAT).iter_errors(whole)] == []
    assert [error.message for line in lines for error in DIAGNOSTIC.iter_errors(line)] == []
    assert [{**diagnostic, "source": whole["source"]} for diagnostic in whole["diagnostics"]] == lines


@pytest.mark.parametrize("made", MADE)
def test_gitlab_has_what_it_requires(made):
    out = rendered("gitlab", MADE[made])
    assert out.startswith("[")  # no byte order mark
    issues = json.loads(out)
    for issue in issues:
        assert issue["description"] and issue["check_name"] and issue["location"]["lines"]["begin"] >= 1
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith(("./", "/"))
        assert issue["check_name"] == "falc" or issue["check_name"] in issue["description"]
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_gitlab_knows_an_issue_again_when_lines_move():
    def fingerprints(text, others):
        of = document(text, "b.txt")
        at = text.index("12/03")
        made = [*others, report(of, finding(of, at, at + 10, fingerprint="phrase"))]
        return [issue["fingerprint"] for issue in json.loads(rendered("gitlab", made))][-1]

    other = document(LETTER, "a.txt")
    assert fingerprints(LETTER, []) == fingerprints("Bonjour.\n\n" + LETTER, [report(other, finding(other, 0, 5))])


@pytest.mark.parametrize("made", MADE)
def test_junitparser_reads_it(made):
    suites = JUnitXml.fromstring(rendered("junit", MADE[made], suppressed=True, moment=MOMENT).encode())
    for suite, of in zip(suites, MADE[made], strict=True):
        results = [result for case in suite for result in case.result]
        kinds = [sum(isinstance(result, kind) for result in results) for kind in (Failure, Error, Skipped)]
        assert kinds == [len(of.findings), int(of.error is not None), len(of.suppressed)]
        assert kinds == [suite.failures, suite.errors, suite.skipped]
        assert suite.tests == len(list(suite)) >= 1
        assert suite.name == of.name and all(case.classname == of.name for case in suite)


@pytest.mark.parametrize("made", MADE)
def test_checkstyle_is_read(made):
    root = etree.fromstring(rendered("checkstyle", MADE[made]).encode())
    assert root.tag == "checkstyle"
    assert [file.get("name") for file in root] == [of.name for of in MADE[made]]
    for file, of in zip(root, MADE[made], strict=True):
        assert len(file) == len(of.findings) + (of.error is not None)
        for error in file:
            assert {"line", "severity", "message", "source"} <= set(error.keys())
            assert error.get("severity") in ("error", "warning", "info")


def test_markdown_tables_are_tables():
    from markdown_it import MarkdownIt

    html = MarkdownIt("gfm-like", {"linkify": False}).render(rendered("markdown"))
    root = ElementTree.fromstring(f"<div>{html}</div>")
    tables = root.findall("table")
    assert len(tables) == 3
    for table in tables:
        assert len({len(row) for row in table.iter("tr")}) == 1
    assert ODD_NAME in {"".join(cell.itertext()) for cell in tables[0].iter("td")}
