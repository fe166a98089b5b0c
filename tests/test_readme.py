"""What the README shows works, and its pictures and links are there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from falc.config import read_config
from falc.selection import selected

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.model
def test_python_runs(tmp_path):
    (code,) = blocks("python")
    code = code.replace("examples/", f"{ROOT / 'examples'}/").replace("out/", f"{tmp_path}/out/")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "PHR001" in run.stdout
    assert (tmp_path / "out" / "copie.docx").is_file()


def test_settings_are_valid(tmp_path):
    (settings,) = blocks("toml")
    path = tmp_path / "falc.toml"
    path.write_text(settings, encoding="utf-8")
    assert selected(read_config(path))


def test_links_lead_somewhere():
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_commands_exist():
    shown = set(re.findall(r"`falc (\w+)", README))
    helped = subprocess.run([sys.executable, "-m", "falc", "--help"], capture_output=True, text=True, check=True).stdout
    assert shown <= set(re.findall(r"^  (\w+)  ", helped, re.MULTILINE))
