"""What LibreOffice shows of the comments and tracked changes of files."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .oracle import MISSING, soffice, uno_python

DUMP = Path(__file__).with_name("reviewed_dump.py")


def reviewed(files: Iterable[Path]) -> list[dict[str, Any]]:
    """Return for each file `text`, `accepted` and `rejected` (texts of paragraphs), `comments` and `changes`.

    A comment has `author`, `initials`, `resolved`, `text` and `words`, those that it is anchored to.  A change has
    `kind` (« Insert », « Delete »…) and `author`.
    """
    office, python = soffice(), uno_python()
    if office is None or python is None:
        raise RuntimeError(MISSING)
    command = [python, str(DUMP), office, *(str(file) for file in files)]
    done = subprocess.run(command, capture_output=True, timeout=600)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return json.loads(done.stdout)
