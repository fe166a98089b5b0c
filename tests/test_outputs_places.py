"""Each output counts columns in its own unit: the reported places, cut out of the real bytes, are the words."""

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outputs.made import POSITIONS, document, finding, rendered, report

from falc import formats
from falc.model import Edit, Fix, Safety, Span
from falc.outputs.paths import project_root, relative, uri

LINE_END = re.compile(r"\r\n|\r|\n")
TEXT = POSITIONS.read_bytes().decode()
# Words, and from each word to the next one, over the ends of lines.
WORDS = [match.span() for match in re.finditer(r"\S+", TEXT)]
SPANS = [*WORDS, *((start, end) for (start, _), (_, end) in pairwise(WORDS))]


def reported(text=TEXT, spans=SPANS, name="positions.txt"):
    of = document(text, name)
    fixes = {span: (Fix("Écrire", Safety.SAFE, (Edit(Span(*span), "élan"),)),) for span in spans}
    return report(of, *[finding(of, *span, fixes=fixes[span], message="!") for span in spans])


def place(lines, line, column):
    """The position, in units, of a line and a column that count from 1."""
    return lines[line - 1] + column - 1


def starts(text, unit):
    """Where the lines of a text begin, in units; `unit` gives the length of a piece."""
    return [0, *(unit(text[: match.end()]) for match in LINE_END.finditer(text))]


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def utf8(text):
    return len(text.encode())


def sarif_spans(made):
    (run,) = json.loads(rendered("sarif", [made]))["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
        assert replacement["deletedRegion"] == region and replacement["insertedContent"] == {"text": "élan"}
        yield region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]


def rdjson_spans(made):
    for diagnostic in json.loads(rendered("rdjson", [made]))["diagnostics"]:
        where = diagnostic["location"]["range"]
        assert diagnostic["suggestions"] == [{"range": where, "text": "élan"}]
        yield where["start"]["line"], where["start"]["column"], where["end"]["line"], where["end"]["column"]


def json_spans(made):
    for found in json.loads(rendered("json", [made]))["files"][0]["findings"]:
        assert made.document.text[found["start"] : found["end"]] == found["text"]
        at = found["location"]
        yield at["line"], at["column"], at["end_line"], at["end_column"]


UNITS = {
    "json": (json_spans, len, lambda text, start, end: text[start:end]),
    "sarif": (sarif_spans, utf16, lambda t, start, end: t.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")),
    "rdjson": (rdjson_spans, utf8, lambda text, start, end: text.encode()[start:end].decode()),
}


@pytest.mark.parametrize("name", UNITS)
def test_places_are_those_of_the_file(name):
    spans, unit, cut = UNITS[name]
    lines = starts(TEXT, unit)
    found = [cut(TEXT, place(lines, a, b), place(lines, c, d)) for a, b, c, d in spans(reported())]
    assert found == [TEXT[start:end] for start, end in SPANS]


@given(st.text(alphabet="aé œ🎉\u202f\u0301\u2028\x85\r\n\x0c𝄞", min_size=1, max_size=60), st.data())
def test_places_of_any_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = reported(text, [(start, end)])
    for name, (spans, unit, cut) in UNITS.items():
        lines = starts(text, unit)
        ((a, b, c, d),) = spans(made)
        assert cut(text, place(lines, a, b), place(lines, c, d)) == text[start:end], name


def test_github_counts_utf16_and_gives_no_columns_over_several_lines():
    lines = starts(TEXT, utf16)
    _, _, cut = UNITS["sarif"]
    for start, end in SPANS:
        out = rendered("github", [reported(spans=[(start, end)])])
        (command,) = re.findall(r"^::error (.*?)::", out, re.MULTILINE)
        at = dict(pair.split("=") for pair in command.split(","))
        is_several = at["line"] != at["endLine"]
        assert is_several == (LINE_END.search(TEXT, start, end) is not None)
        if is_several:
            assert "col" not in at and "endColumn" not in at
        else:
            line = int(at["line"])
            first, last = place(lines, line, int(at["col"])), place(lines, line, int(at["endColumn"]))
            assert cut(TEXT, first, last) == TEXT[start:end]


def test_checkstyle_counts_code_points():
    lines = starts(TEXT, len)
    (file,) = ElementTree.fromstring(rendered("checkstyle", [reported(spans=WORDS)]))
    found = [place(lines, int(error.get("line")), int(error.get("column"))) for error in file]
    assert found == [start for start, _ in WORDS]


def test_gitlab_counts_lines():
    issues = json.loads(rendered("gitlab", [reported(spans=WORDS)]))
    expected = [len(LINE_END.findall(TEXT, 0, start)) + 1 for start, _ in WORDS]
    assert [issue["location"]["lines"]["begin"] for issue in issues] == expected


def test_the_real_reader_agrees():
    of = formats.read(POSITIONS)
    assert of.text == TEXT


def test_a_fix_of_several_edits_is_one_suggestion():
    of = document("Zoé 🎉 vient ici demain.\n")
    fix = Fix(
        "Écrire", Safety.UNSAFE, (Edit(Span(16, 22), "mardi"), Edit(Span(6, 11), "ira"), Edit(Span(12, 12), "là "))
    )
    made = report(of, replace(finding(of, 6, 22), fixes=(fix,)))
    (diagnostic,) = json.loads(rendered("rdjson", [made]))["diagnostics"]
    (suggestion,) = diagnostic["suggestions"]
    assert suggestion["text"] == "ira là ici mardi"
    data = of.text.encode()
    first, last = suggestion["range"]["start"]["column"] - 1, suggestion["range"]["end"]["column"] - 1
    assert data[first:last].decode() == "vient ici demain"
    (run,) = json.loads(rendered("sarif", [made]))["runs"]
    assert len(run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"]) == 3


def test_ideas_are_no_suggestions():
    of = document("Payez le 12/03/2024\n")
    made = report(of, replace(finding(of, 9, 19), fixes=(Fix("Idée", Safety.DISPLAY, (Edit(Span(9, 19), "x"),)),)))
    for name in ("rdjson", "rdjsonl"):
        assert "suggestions" not in rendered(name, [made])
    assert '"fixes"' not in rendered("sarif", [made])


def test_office_files_have_paragraphs_and_no_columns():
    of = document("Un\nPayez le 12/03/2024\n", "lettre.docx", "docx")
    fix = Fix("Écrire", Safety.SAFE, (Edit(Span(12, 22), "12 mars 2024"),))
    made = [report(of, replace(finding(of, 12, 22, place="tableau 2, ligne 3"), fixes=(fix,)))]
    (diagnostic,) = json.loads(rendered("rdjson", made))["diagnostics"]
    assert diagnostic["location"] == {"path": "lettre.docx", "range": {"start": {"line": 2}}}
    assert "suggestions" not in diagnostic and "tableau 2, ligne 3" in diagnostic["message"]
    assert "::error file=lettre.docx,line=2,title=" in rendered("github", made)
    (run,) = json.loads(rendered("sarif", made))["runs"]
    (location,) = run["results"][0]["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "tableau 2, ligne 3", "kind": "element"}]
    assert location["physicalLocation"]["region"]["startLine"] == 2 and "fixes" not in run["results"][0]
    assert "column" not in rendered("checkstyle", made)


def test_one_long_line_is_cheap():
    """A page of HTML is often one line; a column must not cost a walk from its beginning."""
    text = "é🎉 12/03/2024 " * 20_000
    of = document(text)
    spans = [(at * 14 + 3, at * 14 + 13) for at in range(20_000)]
    made = report(of, *[finding(of, *span, message="!") for span in spans])
    (run,) = json.loads(rendered("sarif", [made]))["runs"]
    last = run["results"][-1]["locations"][0]["physicalLocation"]["region"]
    assert last["startColumn"] == utf16(text[: spans[-1][0]]) + 1


def test_paths_start_at_the_root(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    below = tmp_path / "modèles" / "été"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert project_root(Path.cwd()) == tmp_path
    for name in ("./a b.txt", "a b.txt", "../été/a b.txt", str(below / "a b.txt")):
        assert relative(name, tmp_path) == "modèles/été/a b.txt"
        assert uri(name, tmp_path) == "mod%C3%A8les/%C3%A9t%C3%A9/a%20b.txt"
    assert relative("-", tmp_path) == uri("-", tmp_path) == "-"


def test_a_file_elsewhere_keeps_its_whole_path(tmp_path, monkeypatch):
    root = tmp_path / "projet"
    root.mkdir()
    monkeypatch.chdir(root)
    assert relative("../a é.txt", root) == f"{tmp_path.as_posix()}/a é.txt"
    assert uri("../a é.txt", root) == f"{tmp_path.resolve().as_uri()}/a%20%C3%A9.txt"


def test_links_are_followed_for_code_scanning_only(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("vrai").mkdir()
    Path("vrai/a.txt").write_text("Bonjour.\n", encoding="utf-8")
    Path("lien").symlink_to("vrai")
    assert relative("lien/a.txt", tmp_path) == "lien/a.txt"
    assert uri("lien/a.txt", tmp_path) == "vrai/a.txt"
    Path("racine").symlink_to(tmp_path)
    assert relative(str(tmp_path / "racine" / "vrai" / "a.txt"), tmp_path / "vrai") == "a.txt"
    Path("rond").symlink_to("rond")
    assert relative("rond", tmp_path) == "rond" and uri("rond", tmp_path) == "rond"
