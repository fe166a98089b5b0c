"""A process that checks files for another one: `falc.jobs` starts it and talks to it.

It gets settings, then paths, and answers each path with the record of its report.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import struct
import sys
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import BinaryIO

from falc.cache import Cache
from falc.linter import Linter
from falc.records import record_of

__all__ = ["main"]


def main() -> None:
    """Check files until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process decides
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    with suppress(EOFError, BrokenPipeError):  # the other process is gone
        serve(source, target)


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer until `source` ends.  Raises EOFError then."""
    settings, folder = pickle.load(source)  # from the process that started this one
    with Cache(folder) if folder is not None else nullcontext() as cache:
        linter = Linter(config=settings, cache=cache)
        while True:
            path = Path(pickle.load(source))
            answer = json.dumps(record_of(linter.check_file(path))).encode()
            target.write(struct.pack("<Q", len(answer)) + answer)
            target.flush()
