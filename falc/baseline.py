"""Known findings: a file that a repository keeps, so that falc tells only what is new.

A finding is known by its rule, its sentence and its words (`Finding.fingerprint`), never by its line.  The file holds
no text of the letters.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath
from typing import NamedTuple

from falc.files import write_atomically
from falc.model import FalcError, Suppressed
from falc.report import Report
from falc.texts import cause, texts

__all__ = ["BASELINE_FILE", "Baseline", "Known"]

BASELINE_FILE = "falc-baseline.json"
_VERSION = 1


class Known(NamedTuple):
    """A known finding; `path` is that of its file from the folder of the baseline, with `/`."""

    path: str
    code: str
    fingerprint: str


class Baseline:
    """The known findings of the file at `path`, and what reports say of them as they go by."""

    def __init__(self, path: Path, known: Iterable[Known] = ()) -> None:
        self.path = path
        self._folder = os.path.realpath(path.parent)
        self._by_file: dict[str, set[Known]] = defaultdict(set)
        for entry in known:
            self._by_file[entry.path].add(entry)
        # A file that has another name now brings its findings along.
        self._moved = Counter(
            (entry.code, entry.fingerprint)
            for name, entries in self._by_file.items()
            if not self._exists(name)
            for entry in entries
        )
        self._gone: set[Known] = set()
        self._brought: set[Known] = set()

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read the file at `path`.  Raises FalcError naming it when it is missing or is no such file."""
        said = texts()["connues"]
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["version"] != _VERSION:
                raise FalcError(said["other_version"].format(path=path))
            return cls(path, (Known(*map(_text, entry)) for entry in content["findings"]))
        except FileNotFoundError:
            raise FalcError(said["missing"].format(path=path)) from None
        except OSError as error:
            raise FalcError(said["unreadable"].format(path=path, cause=cause(error))) from None
        except (ValueError, TypeError, KeyError, RecursionError):
            raise FalcError(said["not_one"].format(path=path)) from None

    def sift(self, report: Report) -> Report:
        """Return `report` with its known findings among those that are not told."""
        if report.error is not None:
            return report
        name = self._name(report)
        known, found = self._by_file.get(name), set[Known]()
        new, old = [], []
        for finding in report.findings:
            entry = Known(name, finding.code, finding.fingerprint)
            moved = known is None and self._has_moved(entry)
            if moved or entry in (known or ()):
                old.append(Suppressed(finding, "baseline"))
                found.add(entry)
                self._brought.update({entry} if moved else ())
            else:
                new.append(finding)
        ran = {rule.code for rule in report.rules}
        self._gone |= {entry for entry in known or () if entry.code in ran and entry not in found}
        return replace(report, findings=tuple(new), suppressed=(*report.suppressed, *old)) if old else report

    @property
    def gone(self) -> int:
        """How many known findings were not there any more in the files that went by."""
        return len(self._gone)

    def prune(self) -> None:
        """Forget the findings that are gone, and the files that are no more, and write the file again."""
        for entry in self._brought:
            self._by_file[entry.path].add(entry)
        kept = (entry for entry in self._entries() if entry not in self._gone)
        self._write(entry for entry in kept if self._exists(entry.path))

    def record(self, reports: Iterable[Report]) -> int:
        """Write the findings of `reports` as those that are known, and return how many they are.

        Files that did not go by keep theirs, and so do rules that did not run.
        """
        count = 0
        for report in reports:
            if report.error is None:
                name = self._name(report)
                ran = {rule.code for rule in report.rules}
                found = {Known(name, finding.code, finding.fingerprint) for finding in report}
                count += len(found)
                self._by_file[name] = found | {known for known in self._by_file[name] if known.code not in ran}
        self._write(entry for entry in self._entries() if self._exists(entry.path))
        return count

    def _name(self, report: Report) -> str:
        return PurePath(os.path.relpath(os.path.realpath(report.name), self._folder)).as_posix()

    def _exists(self, name: str) -> bool:
        # The folder of the baseline may not be there yet: the system would not follow « connu/../a.txt ».
        return Path(os.path.normpath(os.path.join(self._folder, name))).exists()  # noqa: PTH118

    def _has_moved(self, entry: Known) -> bool:
        key = (entry.code, entry.fingerprint)
        if not self._moved[key]:
            return False
        self._moved[key] -= 1
        return True

    def _entries(self) -> Iterator[Known]:
        for name in sorted(self._by_file):
            yield from sorted(self._by_file[name])

    def _write(self, entries: Iterable[Known]) -> None:
        """Write one finding on a line, sorted: so git merges what two people noted."""
        lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
        write_atomically(self.path, f'{{"version": {_VERSION}, "findings": [\n{lines}\n]}}\n'.encode())


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
