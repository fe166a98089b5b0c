import os
import shutil

import pytest

from falc.french.lexicon import Lexicon
from falc.linter import Linter


def pytest_collection_modifyitems(items):
    """Leave out what needs LibreOffice where it is missing; in CI it must be there (see .ci/run)."""
    if shutil.which("soffice") or os.environ.get("CI"):
        return
    missing = pytest.mark.skip(reason="LibreOffice is not installed: apt-get install libreoffice-writer")
    for item in items:
        if item.get_closest_marker("office"):
            item.add_marker(missing)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def linter() -> Linter:
    return Linter()
