"""The wheel works in a clean environment, outside the repository."""

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LETTER = ROOT / "examples" / "lettres" / "radiation-domiciliation.docx"

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        check=True,
        capture_output=True,
    )
    (path,) = out.glob("*.whl")
    return path


def test_wheel_holds_the_data_and_no_scratch(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "falc/_data/rules/PHR/PHR001-phrase-longue.toml" in names
    assert "falc/_data/lexicons/administration.tsv" in names
    assert "falc/py.typed" in names and "falc/reports/templates/letter.html.j2" in names
    assert not [name for name in names if name.startswith(("rules/", "lexicons/", "tests/")) or "__pycache__" in name]


def test_installed_wheel_checks_a_letter(wheel, tmp_path):
    place = tmp_path / "venv"
    venv.create(place, with_pip=True)
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True, capture_output=True)
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    shutil.copy(LETTER, elsewhere / "lettre.docx")
    command = [python.parent / "falc", "check", "--exit-zero", "lettre.docx"]
    run = subprocess.run(command, cwd=elsewhere, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "PHR001" in run.stdout and "voix-passive" in run.stdout
    rules = subprocess.run([python.parent / "falc", "rules"], cwd=elsewhere, capture_output=True, text=True, check=True)
    assert "PHR006" in rules.stdout
