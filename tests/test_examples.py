"""The example letters: real Word files, made by a script, whose dates are right."""

from __future__ import annotations

import ast
import datetime as dt
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

import falc

EXAMPLES = Path(__file__).parent.parent / "examples"
LETTERS = sorted((EXAMPLES / "lettres").glob("*.docx"))
EASY = [path for path in LETTERS if path.stem.endswith("-falc")]
ORIGINALS = [path for path in LETTERS if path not in EASY]

DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"]
MONTHS += ["septembre", "octobre", "novembre", "décembre"]
FULL_DATE = re.compile(rf"(?:(\w+) )?(\d+)(?:er)? ({'|'.join(MONTHS)}) (\d{{4}})")


def name(path: Path) -> str:
    return path.stem


def part(path: Path, part_name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(part_name).decode("utf-8")


def lines(path: Path) -> Iterator[str]:
    document = docx.Document(str(path))
    section = document.sections[0]
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for place in (section.header, document, *cells, section.footer):
        for paragraph in place.paragraphs:
            yield from paragraph.text.replace("\u00a0", " ").splitlines()


def sums(path: Path) -> set[str]:
    """The sums of money of a letter, in whole euros."""
    return set(re.findall(r"(\d+)(?:,00)?\s(?:€|euros)", "\n".join(lines(path))))


def test_six_letters_and_three_easy_versions() -> None:
    assert len(ORIGINALS) >= 6
    assert len(EASY) == 3
    assert all(path.with_stem(path.stem.removesuffix("-falc")) in ORIGINALS for path in EASY)


def test_script_makes_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLES / "lettres" / "fabriquer.py", tmp_path], check=True)
    made = sorted(tmp_path.glob("*.docx"))
    assert [path.name for path in made] == [path.name for path in LETTERS]
    assert [path.name for path, kept in zip(made, LETTERS, strict=True) if path.read_bytes() != kept.read_bytes()] == []


@pytest.mark.parametrize("path", LETTERS, ids=name)
def test_letter_has_french_and_merge_fields(path: Path) -> None:
    xml = part(path, "word/document.xml")
    assert "fldSimple" in xml
    assert "MERGEFIELD" in xml
    assert 'w:val="fr-FR"' in part(path, "word/styles.xml")
    assert "\u2019" in xml


@pytest.mark.parametrize("path", ORIGINALS, ids=name)
def test_original_looks_like_a_letter_of_today(path: Path) -> None:
    document = docx.Document(str(path))
    assert document.styles["Normal"].font.size.pt == 11
    assert document.styles["Normal"].font.name in ("Calibri", "Times New Roman")
    assert 'w:jc w:val="both"' in part(path, "word/document.xml")
    assert document.sections[0].header.paragraphs[0].text
    assert document.sections[0].footer.paragraphs[0].text


@pytest.mark.parametrize(
    ("letter", "part_name", "element"),
    [
        ("radiation-domiciliation", "word/document.xml", '<w:fldChar w:fldCharType="begin"'),
        ("radiation-domiciliation", "word/document.xml", "<w:tbl>"),
        ("radiation-domiciliation", "word/document.xml", "<w:footnoteReference "),
        ("radiation-domiciliation", "word/document.xml", "<w:numPr>"),
        ("radiation-domiciliation", "word/footnotes.xml", 'w:type="separator"'),
        ("acceptation-domiciliation", "word/document.xml", "<w:sdtContent>"),
        ("suspension-rsa", "word/document.xml", "<w:ins "),
        ("suspension-rsa", "word/document.xml", "<w:delText"),
        ("suspension-rsa", "word/comments.xml", "Karim Delorme"),
        ("reexamen-aah", "word/document.xml", "<wps:txbx>"),
        ("reexamen-aah", "word/document.xml", "<v:textbox>"),
        ("recuperation-apl", "word/document.xml", "<w:tblHeader/>"),
        ("invitation-atelier-numerique", "word/document.xml", "<w:i/>"),
    ],
)
def test_letter_holds_what_word_makes(letter: str, part_name: str, element: str) -> None:
    assert element in part(EXAMPLES / "lettres" / f"{letter}.docx", part_name)


@pytest.mark.parametrize("path", EASY, ids=name)
def test_easy_letter_is_large_and_left_aligned(path: Path) -> None:
    document = docx.Document(str(path))
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt, normal.paragraph_format.line_spacing) == ("Arial", 14, 1.5)
    assert round(document.sections[0].left_margin.cm, 1) == 3
    xml = part(path, "word/document.xml")
    assert not re.findall(r'<w:jc w:val="(?!left)', xml)
    assert not re.findall(r"<w:(?:sz|i|u|caps|footnoteReference)[ />]", xml)
    assert document.sections[0].footer.paragraphs[-1].text == "page 1 sur 1"


@pytest.mark.parametrize("path", EASY, ids=name)
def test_easy_lines_are_short_and_dates_complete(path: Path) -> None:
    for line in lines(path):
        assert len(re.findall(r"\S*\w\S*", line)) <= 12, line
        assert not re.search(r"[;()\[\]…–—%/&]", line), line
        for day, number, month, year in FULL_DATE.findall(line):
            date = dt.date(int(year), MONTHS.index(month) + 1, int(number))
            assert day == DAYS[date.weekday()], line


@pytest.mark.parametrize("path", EASY, ids=name)
def test_easy_letter_says_the_dates_and_sums_of_the_original(path: Path) -> None:
    original = path.with_stem(path.stem.removesuffix("-falc"))
    numeric = "\n".join(lines(original))
    if box := re.search(r"<w:txbxContent>.*?</w:txbxContent>", part(original, "word/document.xml"), re.DOTALL):
        numeric += box[0]
    told = {f"{int(day):02}/{MONTHS.index(month) + 1:02}/{year}" for day, month, year in _dates(path)}
    assert told == set(re.findall(r"\d\d/\d\d/\d{4}", numeric))
    assert sums(path) <= sums(original) and sums(original) - sums(path) <= {"0"}


def _dates(path: Path) -> set[tuple[str, str, str]]:
    return {match[1:] for line in lines(path) for match in FULL_DATE.findall(line)}


@pytest.mark.parametrize("path", sorted((EXAMPLES / "api").glob("*.py")), ids=name)
def test_api_script_is_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source))
    assert len(source.splitlines()) < 20


def test_texts_hold_real_faults() -> None:
    for path in (EXAMPLES / "textes").iterdir():
        text = path.read_text(encoding="utf-8")
        assert re.search(r"\d\d/\d\d/\d{4}", text), path


@pytest.mark.model
@pytest.mark.parametrize("name", ["radiation-domiciliation", "recuperation-apl", "invitation-atelier-numerique"])
def test_easy_version_is_clean_and_easier(name):
    linter = falc.Linter()
    original, easy = (linter.check(EXAMPLES / "lettres" / f"{name}{suffix}.docx") for suffix in ("", "-falc"))
    # They have no pictures, and falc says so.
    assert {finding.code for finding in easy if finding.severity != "info"} <= {"IMG001"}
    assert len(easy) <= 10
    assert len(original) > 30
    assert easy.measures["difficulty"].value < original.measures["difficulty"].value / 2


@pytest.mark.model
@pytest.mark.parametrize("script", sorted((EXAMPLES / "api").glob("*.py")), ids=lambda path: path.stem)
def test_api_script_runs(script, tmp_path):
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=EXAMPLES.parent)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()
