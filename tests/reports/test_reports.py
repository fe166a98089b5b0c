"""The reports say what they must, in every format, and real programs open them."""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from lxml import html

from falc.model import FalcError
from falc.outputs import Asked
from falc.outputs import json as json_output
from falc.reports import GRIDS, REPORTS, earlier_report, grid, people_report

ROOT = Path(__file__).parent.parent.parent
LETTER = ROOT / "examples" / "lettres" / "radiation-domiciliation.docx"
EASY = ROOT / "examples" / "lettres" / "radiation-domiciliation-falc.docx"
DAY = date(2026, 3, 1)
AXE = Path(__file__).parent.parent / "axe"
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def letter(linter):
    return linter.check(LETTER)


@pytest.fixture(scope="module")
def easy(linter):
    return linter.check(EASY)


def words_of(data: bytes, suffix: str) -> str:
    """Return the words of a report without the numbers that lead to the remarks."""
    if suffix == ".html":
        page = html.document_fromstring(data.decode())
        for link in page.xpath("//a[@class='number']"):
            link.drop_tree()
        return " ".join(page.text_content().split())
    file = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    texts = ["".join(run.text for run in p.runs if not run.font.superscript) for p in file.paragraphs]
    return " ".join(" ".join(texts + cells).split())


@pytest.mark.parametrize("suffix", REPORTS)
def test_a_report_says_what_it_must(letter, suffix):
    text = words_of(people_report([letter], suffix, DAY), suffix)
    assert "Rapport fait par falc" in text and "1er mars 2026" in text
    assert "n'est pas un texte FALC" in text and "personnes handicapées intellectuelles" in text
    assert "Une idée peut changer le sens" in text and "profil « falc »" in text
    assert "RLS-7.3" in text and "RLS-2.1" in text
    assert "À corriger d'abord" in text and "Ce que falc n'a pas lu" in text
    assert "Longueur des phrases" in text and "Problèmes par sujet" in text
    for finding in letter:
        assert " ".join(finding.message.split()) in text
    assert not re.search(r"(?<!ou )(?<!« )conforme FALC|\d+ ?% FALC", text)


@pytest.mark.parametrize("suffix", REPORTS)
def test_the_text_is_there_as_its_reader_sees_it(letter, suffix):
    text = words_of(people_report([letter], suffix, DAY), suffix)
    assert "Camille Camille" not in text
    for block in letter.document.blocks:
        shown = block.source_text(block.shown_at(block.segments[0].source), letter.document.text)
        assert " ".join(shown.split()[:3]) in text.replace(" ,", ",")


@pytest.mark.parametrize("suffix", REPORTS)
def test_a_folder_is_ranked_by_difficulty(letter, easy, suffix):
    text = words_of(people_report([easy, letter], suffix, DAY), suffix)
    assert text.index("radiation-domiciliation.docx") < text.index("radiation-domiciliation-falc.docx")
    assert "Les mots difficiles les plus fréquents" in text


def test_what_changed_since_an_earlier_report(letter, easy, tmp_path):
    earlier = tmp_path / "avant.json"
    earlier.write_text("".join(json_output.render([letter, easy], Asked())), encoding="utf-8")
    found = json.loads(earlier.read_text())
    first = found["files"][0]
    first["findings"] = first["findings"][2:]  # two more today
    first["measures"] = [{**m, "value": m["value"] - 9} for m in first["measures"]]
    earlier.write_text(json.dumps(found), encoding="utf-8")
    page = people_report([letter, easy], ".html", DAY, earlier_report(earlier))
    rows = [[cell.text_content() for cell in row] for row in html.document_fromstring(page.decode()).xpath("//tr")]
    changed = {row[0]: row[1:] for row in rows if row[0].endswith(".docx") and len(row) == 6}
    assert changed[letter.name][0] == "plus difficile" and changed[letter.name][3:] == ["0", "2"]
    assert changed[easy.name][0] == "pareil"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 1}', '{"version": 2, "files": []}', "[" * 100_000])
def test_what_is_no_earlier_report(text, tmp_path):
    path = tmp_path / "avant.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FalcError, match=re.escape(str(path))):
        earlier_report(path)


def test_nothing_in_a_letter_becomes_markup(linter):
    report = linter.check_text("<script>alert(1)</script> Nonobstant & l'accord.\x07 =1+1", name="<b>lettre</b>.txt")
    page = people_report([report], ".html", DAY).decode()
    assert "<script>" not in page and "<b>lettre" not in page
    for suffix in (*REPORTS, *GRIDS):
        assert people_report([report], suffix, DAY) if suffix in REPORTS else grid(report, suffix, DAY)


def test_the_grid_has_every_criterion(letter):
    rows = list(csv.reader(io.StringIO(grid(letter, ".csv", DAY).decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 48 and len({row[1] for row in rows[1:]}) == 47
    by_id = {row[1]: dict(zip(rows[0], row)) for row in rows[1:]}
    assert by_id["RLS-7.3"]["Résultat de falc"] == "problème trouvé"
    assert by_id["RLS-7.3"]["Premier problème : où".replace(" :", "\u00a0:")].startswith("corps, paragraphe")
    assert by_id["RLS-2.1"]["Résultat de falc"] == "à juger par des personnes"
    assert by_id["RLS-2.1"]["Questions pour les relecteurs"]
    assert all(row["Votre décision"] == "" for row in by_id.values())


def test_the_grid_as_a_page_and_as_a_spreadsheet_say_the_same(letter):
    page = html.document_fromstring(grid(letter, ".html", DAY).decode())
    assert len(page.xpath("//tbody/tr")) == 47
    content = zipfile.ZipFile(io.BytesIO(grid(letter, ".ods", DAY))).read("content.xml").decode()
    for cell in page.xpath("//tbody//td"):
        line = cell.text_content().split("\n")[0].strip()
        assert line in html.document_fromstring(content.encode()).text_content()


@pytest.mark.office
def test_libreoffice_opens_the_grid_and_the_report(letter, tmp_path):
    (tmp_path / "grille.ods").write_bytes(grid(letter, ".ods", DAY))
    (tmp_path / "rapport.docx").write_bytes(people_report([letter], ".docx", DAY))
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless"]
    for kind, name in (("csv:Text - txt - csv (StarCalc):59,34,76", "grille.ods"), ("txt:Text", "rapport.docx")):
        subprocess.run(
            [*office, "--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / name)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    rows = list(csv.reader((tmp_path / "grille.csv").open(encoding="utf-8"), delimiter=";"))
    assert sum(row[1].startswith("RLS-") for row in rows if len(row) > 1) == 47
    assert "Rapport de lecture" in (tmp_path / "rapport.txt").read_text(encoding="utf-8-sig")


@pytest.mark.browser
def test_axe_finds_nothing_in_the_pages(letter, easy, tmp_path):
    pages = {
        "letter.html": people_report([letter], ".html", DAY),
        "easy.html": people_report([easy], ".html", DAY),
        "folder.html": people_report([letter, easy], ".html", DAY),
        "grid.html": grid(letter, ".html", DAY),
    }
    for name, data in pages.items():
        (tmp_path / name).write_bytes(data)
    if not (AXE / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=AXE, check=True, capture_output=True, timeout=300)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    command = ["node", str(AXE / "axe.mjs"), chromium, *(str(tmp_path / name) for name in pages)]
    result = subprocess.run(command, check=True, capture_output=True, timeout=300)
    assert {Path(page).name: found for page, found in json.loads(result.stdout).items()} == {page: [] for page in pages}
