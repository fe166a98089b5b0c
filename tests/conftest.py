import pytest

from falc.french.lexicon import Lexicon
from falc.linter import Linter


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def linter() -> Linter:
    return Linter()
