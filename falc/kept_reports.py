"""Whole reports kept from one run to the next: for a file that has not changed, nothing is read but its bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from falc import formats
from falc.cache import Cache
from falc.config import Config
from falc.document import Document
from falc.files import naming
from falc.model import Reading, Rule
from falc.records import record_of, report_of
from falc.report import Report
from falc.sealed import Key

__all__ = ["KeptReports", "rereading"]

_KIND = "report"


class KeptReports:
    """The reports of files in a cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    @staticmethod
    def key(path: Path, data: bytes, stamp: bytes) -> Key:
        """Return the key of a file and its content, which `stamp`, that of its settings, holds for."""
        # Its name tells the format, and whether a page is the home page.
        return Key.of(_KIND, b"\0".join((stamp, os.fsencode(path.name))), data)

    def get(self, key: Key, path: Path, config: Config, rules: tuple[Rule, ...]) -> Report | None:
        """Return the report of the file at `path`, if it is known and the files it links are the same as then."""
        kept = self._cache.get(key)
        try:
            record, linked = kept
            if linked != _states((name for name, _ in linked), path.parent):
                return None
            return report_of(record, str(path), config, rules, rereading(path, config))
        except (ValueError, TypeError, LookupError):  # nothing is kept, or what another program wrote
            return None

    def put(self, key: Key, path: Path, report: Report) -> None:
        """Keep the report of the file at `path`, which was just read."""
        files = report.document.linked if report.document is not None else ()
        names = (os.path.relpath(file, path.parent.resolve()) for file in files)
        self._cache.put(key, [record_of(report), _states(names, path.parent)])

    def flush(self) -> None:
        """Write what waits."""
        self._cache.flush()


def rereading(path: Path, config: Config) -> partial[Document]:
    """Return what reads the file at `path` as it was read for its report; it raises FalcError naming the file."""
    return partial(_read, path, config.reading)


def _read(path: Path, reading: Reading) -> Document:
    with naming(path):
        return formats.read(path, reading)


def _states(names: Iterable[str], folder: Path) -> list[Any]:
    """Return names of files, from `folder`, with the digest of each, or None when it is not there."""
    return [[name, _digest(folder.resolve() / name)] for name in names]


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
