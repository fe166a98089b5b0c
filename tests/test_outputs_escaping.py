"""Names and texts come from strangers: none of them can break a format, give an order to CI or paint a terminal."""

import json
import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from outputs.made import document, finding, rendered, report

from falc.model import Suppressed
from falc.outputs import FORMATS
from falc.report import unreadable

NASTY = "::error::x\r\n##[set-env]%0A,:|`<img src=x>\x1b[31m\x07\u202e\u2028\x85\x00]]>&amp;\"'\\@a"
WORDS = st.text(alphabet=st.one_of(st.sampled_from(NASTY), st.characters(exclude_categories=["Cs"])), max_size=30)
NAMES = WORDS.map(lambda name: name.replace("/", "").replace("\0", "") or "a").filter(lambda n: n not in (".", ".."))
HOSTILE = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
ANSI = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture(autouse=True)
def _inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def hostile(name, words):
    of = document("Payez le 12/03/2024\n", name)
    made = finding(of, 9, 19, message=words or "x", place=words or "x")
    made = replace(made, sentence=words)
    silenced = Suppressed(made, "comment", words)
    word = replace(made, location=replace(made.location, has_lines=False))
    return [report(of, made, word, suppressed=(silenced,)), unreadable(f"x{name}", words or "x")]


def unescaped(words):
    return words.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")


@HOSTILE
@given(NAMES, WORDS)
@example(NASTY.replace("/", "").replace("\0", ""), NASTY)
def test_no_control_character_reaches_a_terminal(name, words):
    for output in ("full", "concise", "grouped", "github", "markdown"):
        out = rendered(output, hostile(name, words), suppressed=True, color=True)
        left = (
            ANSI.sub("", out).replace("\n", "") if output in ("full", "concise", "grouped") else out.replace("\n", "")
        )
        assert not [sign for sign in left if unicodedata.category(sign) in ("Cc", "Zl", "Zp")]
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", left)
        assert "\x1b" not in rendered(output, hostile(name, words), suppressed=True)


@HOSTILE
@given(NAMES, WORDS)
@example(NASTY.replace("/", "").replace("\0", ""), NASTY)
@example("a\nb.txt", "::warning::x")
@example("::error::x", "##[error]x")
def test_github_gets_only_our_commands(name, words):
    lines = rendered("github", hostile(name, words)).split("\n")
    orders = [line for line in lines if line.lstrip().startswith("::") or "##[" in line.replace("::", "", 1)]
    orders = [line for line in orders if not re.match(r"::error file=[^:,]*(,[a-zA-Z]+=[^:,]*)*::", line)]
    assert orders == []
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == 3
    assert sum(line.startswith("::error file=") for line in commands) == 3
    path = re.match(r"::error file=([^,]*),", commands[0])[1]
    if not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", name.replace("\n", "").replace("\r", "")):
        assert unescaped(path) == name


@HOSTILE
@given(NAMES, WORDS)
@example(NASTY.replace("/", "").replace("\0", ""), NASTY)
def test_xml_is_well_formed(name, words):
    junit = ElementTree.fromstring(rendered("junit", hostile(name, words), suppressed=True))
    checkstyle = ElementTree.fromstring(rendered("checkstyle", hostile(name, words)))
    assert (len(junit), len(checkstyle)) == (2, 2)
    legal = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", name)
    assert checkstyle[0].get("name") == junit[0].get("name") == legal


@HOSTILE
@given(NAMES, WORDS)
@example(NASTY.replace("/", "").replace("\0", ""), NASTY)
def test_json_is_json_and_a_line_is_a_line(name, words):
    made = hostile(name, words)
    for output in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(rendered(output, made, suppressed=True))
    for output in ("jsonl", "rdjsonl"):
        lines = rendered(output, made).split("\n")[:-1]
        assert [bool(json.loads(line)) for line in lines] == [True] * 3
    assert json.loads(rendered("gitlab", made))[0]["location"]["path"] == name
    assert json.loads(rendered("json", made))["files"][0]["path"] == name


@HOSTILE
@given(NAMES, WORDS)
@example(NASTY.replace("/", "").replace("\0", ""), NASTY)
@example("a|b.txt", "![x](https://example.org/x.png) [a](b) <b>x</b> `|` *x* _y_ ~~z~~ &lt;")
def test_markdown_is_text_only(name, words):
    out = rendered("markdown", hostile(name, words))
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(out)
    assert set(re.findall(r"</?(\w+)", html)) <= {
        "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li",
    }  # fmt: skip
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    assert len(rows) == (1 + 1) + (1 + 1) + (1 + 2)


@pytest.mark.parametrize("output", FORMATS)
def test_a_name_that_is_no_text(output):
    name = "b\udcff.txt"  # a byte that is no character, as Python reads the names of files
    out = rendered(output, hostile(name, "x"), suppressed=True).encode(errors="backslashreplace").decode()
    if output in ("json", "sarif", "gitlab", "rdjson"):
        assert json.loads(out)
    if output == "sarif":
        assert "b%FF.txt" in out
    if output in ("junit", "checkstyle"):
        assert ElementTree.fromstring(out)[0].get("name") == "b\ufffd.txt"
