import os
import shutil

import pytest

from falc.french.lexicon import Lexicon
from falc.linter import Linter

# Marker -> the programs it needs, and how to get them.
PROGRAMS = {
    "office": (("soffice",), "apt-get install libreoffice-writer libreoffice-calc python3-uno"),
    "browser": (("chromium", "node", "npm"), "apt-get install chromium nodejs npm"),
}


def pytest_collection_modifyitems(items):
    """Leave out what needs LibreOffice or a browser where it is missing; in CI they must be there (see .ci/run)."""
    if os.environ.get("CI"):
        return
    for name, (programs, install) in PROGRAMS.items():
        if all(shutil.which(program) for program in programs):
            continue
        missing = pytest.mark.skip(reason=f"{', '.join(programs)} not installed: {install}")
        for item in items:
            if item.get_closest_marker(name):
                item.add_marker(missing)


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory):
    """Keep what the commands keep away from the user's own."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FALC_CACHE_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def linter() -> Linter:
    return Linter()
