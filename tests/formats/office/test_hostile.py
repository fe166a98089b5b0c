"""Files made to hurt are read or refused in plain words: quickly, in little memory, and nothing else is touched."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from . import hostile_odf, hostile_others, hostile_word  # noqa: F401  they fill HOSTILE
from .hostile import HOSTILE

READER = Path(__file__).parent / "hostile_reader.py"
MOST_MEGABYTES = 300
MOST_SECONDS = 10

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the reader measures memory as Linux tells it")


@pytest.fixture(scope="module")
def read() -> Iterator[Callable[[Path], dict]]:
    """Read a file in another process; return what it took and did."""
    with subprocess.Popen(
        [sys.executable, str(READER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def ask(path: Path) -> dict:
            process.stdin.write(f"{path}\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(read: Callable[[Path], dict], tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    told = read(path)
    assert told["said"].startswith("document: ") or is_a_sentence(told["said"]), told["said"]
    assert told["done"] == []
    assert "root:" not in (told["text"] or "")
    assert list(tmp_path.iterdir()) == [path]
    assert told["megabytes"] < MOST_MEGABYTES
    assert told["seconds"] < MOST_SECONDS
    assert told["annotated"] < MOST_SECONDS


def is_a_sentence(said: str) -> bool:
    return said.endswith(".") and "\n" not in said and "Traceback" not in said and said[:1].isalpha()
