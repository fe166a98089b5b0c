from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from falc import formats
from falc.formats import isolated
from falc.formats.isolated import read_bytes_isolated, read_isolated
from falc.formats.office.odt.specimen import odt_specimen
from falc.formats.wire import from_json, to_json
from falc.model import FalcError, Reading, Revisions

from .office.build import docx, field, paragraph, run, table

SECRET = "Madame Bernadette Lecomte"
LETTER = docx(
    paragraph("Bonjour ", run("à vous", "<w:b/><w:sz w:val='28'/>"), field(" MERGEFIELD nom ", "«nom»"), SECRET)
    + table(("<w:tc><w:p><w:r><w:t>Une case</w:t></w:r></w:p></w:tc>",) * 2)
    + '<w:p><w:ins w:id="1"><w:r><w:t>ajouté</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>ôté</w:delText></w:r>'
    "</w:del></w:p>"
)
PAGE = '<html><head><link rel="stylesheet" href="a.css"></head><h1>Titre</h1><p class="x">Été {{ nom }}</p>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lettre.docx", LETTER),
        ("lettre.odt", odt_specimen("<text:h text:outline-level='1'>Titre</text:h><text:p>Bonjour</text:p>")),
        ("lettre.txt", "Bonjour {nom}.\n\n- Un\n- Deux €\n".encode()),
        ("lettre.md", b"# Titre\n\nUn [lien](https://example.org) **gras**.\n"),
        ("lettre.html", PAGE.encode()),
        ("vide.txt", "\N{SOFT HYPHEN}".encode()),
    ],
)
def test_the_same_document_comes_back(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (tmp_path / "a.css").write_text(".x { text-align: justify }", encoding="utf-8")
    document = formats.read(path)
    assert read_isolated(path) == document
    assert from_json(to_json(document)) == document


def test_revisions_are_asked_for(tmp_path: Path) -> None:
    document = read_bytes_isolated(
        LETTER, Path("lettre.docx"), "-", reading=Reading(Revisions.ORIGINAL, ("jinja",), kinds=(("a", "nom"),))
    )
    assert document == formats.read_bytes(LETTER, Path("lettre.docx"), "-", reading=Reading(Revisions.ORIGINAL))


@pytest.mark.parametrize(
    ("name", "data"),
    [("lettre.docx", b"PK\x03\x04" + SECRET.encode()), ("lettre.txt", b""), ("lettre.doc", SECRET.encode())],
)
def test_refusals_are_the_same(name: str, data: bytes) -> None:
    with pytest.raises(FalcError) as plain:
        formats.read_bytes(data, Path(name), "-")
    with pytest.raises(FalcError) as apart:
        read_bytes_isolated(data, Path(name), "-")
    assert str(apart.value) == str(plain.value)
    assert SECRET not in str(apart.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FalcError, match="n'existe pas"):
        read_isolated(tmp_path / "absent.docx")


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch):
    """Run Python code in the place of the child."""

    def replace(code: str) -> None:
        real = subprocess.Popen
        monkeypatch.setattr(
            isolated.subprocess, "Popen", lambda command, **options: real([sys.executable, "-c", code], **options)
        )

    return replace


def test_too_slow() -> None:
    with pytest.raises(FalcError, match="secondes") as error:
        read_bytes_isolated(LETTER, Path("lettre.docx"), "-", seconds=0.01)
    assert SECRET not in str(error.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes")
def test_what_the_child_started_is_stopped_too(child, tmp_path: Path) -> None:
    child(f"import os, time; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.fork())); time.sleep(600)")
    with pytest.raises(FalcError, match="3 secondes"):
        read_bytes_isolated(LETTER, Path("lettre.docx"), "-", seconds=3)
    for number in (tmp_path / "pid").read_text(encoding="utf-8").split():
        status = Path(f"/proc/{number}/stat")
        assert number == "0" or not status.exists() or status.read_text(encoding="utf-8").split()[2] == "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_too_much_memory() -> None:
    long = docx("".join(paragraph(f"{SECRET} numéro {number}") for number in range(30_000)))
    with pytest.raises(FalcError, match=r"mémoire|pas réussi") as error:
        read_bytes_isolated(long, Path("lettre.docx"), "-", memory=60_000_000)
    assert SECRET not in str(error.value)


@pytest.mark.parametrize(
    "answer",
    ["b''", "b'D'", "b'D[]'", "b'Dnull'", "b'D[[], [1, 2]]'", "b'D' + b'[' * 100000", "b'X'", "b'\\xff\\xfe'"],
)
def test_an_answer_that_is_no_document(child, answer: str) -> None:
    child(f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({answer})")
    with pytest.raises(FalcError, match="pas réussi"):
        read_bytes_isolated(LETTER, Path("lettre.docx"), "-")


def test_a_child_that_dies(child) -> None:
    child("import os; os.abort()")
    with pytest.raises(FalcError, match="pas réussi"):
        read_bytes_isolated(LETTER * 50, Path("lettre.docx"), "-")


def test_an_answer_without_end(child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_MOST_ANSWER", 1_000)
    child("import sys\nwhile True: sys.stdout.buffer.write(b'D' * 1000)")
    with pytest.raises(FalcError, match="mémoire"):
        read_bytes_isolated(LETTER, Path("lettre.docx"), "-")


def test_types_are_checked() -> None:
    looks, document = json.loads(to_json(formats.read_bytes(LETTER, Path("lettre.docx"), "-")))
    for index in range(len(document)):
        changed = [*document]
        changed[index] = {"a": 1}
        with pytest.raises(ValueError, match="document"):
            from_json(json.dumps([looks, changed]).encode())


SPY = """
import sys
from pathlib import Path
from falc.formats import isolated
isolated._limit({seconds}, 1_000_000_000)
from falc.formats import read_bytes
read_bytes(Path(sys.argv[1]).read_bytes(), Path("lettre.docx"), "-")
print(sorted({{"spacy", "thinc", "numpy", "docx"}} & set(sys.modules)))
try:
    Path(sys.argv[1]).write_bytes(b"changed")
except OSError:
    print("refused")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits")
def test_the_child_is_light_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lettre.docx"
    path.write_bytes(LETTER)
    run = subprocess.run(
        [sys.executable, "-c", SPY.format(seconds=30), str(path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["[]", "refused"]


def test_the_child_sees_no_secret(child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOT_DE_PASSE", "sésame")
    child("import os, sys; sys.stdout.write('E' + ' '.join(sorted(os.environ)) + '.')")
    with pytest.raises(FalcError) as error:
        read_bytes_isolated(LETTER, Path("lettre.docx"), "-")
    assert "PYTHONPATH" in str(error.value)
    assert "MOT_DE_PASSE" not in str(error.value)
    assert "MOT_DE_PASSE" in os.environ


@pytest.mark.parametrize("limits", [{"seconds": -1}, {"seconds": float("inf")}, {"memory": 0}])
def test_limits_that_make_no_sense(tmp_path, limits):
    (tmp_path / "a.txt").write_text("Venez lundi.", encoding="utf-8")
    with pytest.raises(ValueError, match="positive"):
        read_isolated(str(tmp_path / "a.txt"), **limits)
