"""What is generated from the rules is up to date, and the guide for writers is itself easy to read."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "guide.md"


@pytest.fixture(scope="module")
def generator():
    spec = importlib.util.spec_from_file_location("fabriquer", ROOT / "docs" / "fabriquer.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_are_up_to_date(generator):
    stale = [
        str(path) for path, text in generator.pages().items() if not path.exists() or path.read_text("utf-8") != text
    ]
    assert stale == [], "run « make docs »"


def test_no_page_of_a_rule_that_is_gone(generator):
    assert set(generator.PAGES.glob("*.md")) <= set(generator.pages())


@pytest.mark.model
def test_the_guide_is_easy_to_read(linter):
    found = [(f.code, f.text, f.message) for f in linter.check(GUIDE) if f.severity != "info"]
    assert found == []
