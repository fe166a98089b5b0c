"""Check files in several processes; reports come in the order of the files.

A process of its own for each, started with `-c`: nothing of the program that uses falc runs again in it, on no system.
"""

from __future__ import annotations

import json
import os
import pickle
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from falc import formats
from falc.config import Settings
from falc.report import Report

__all__ = ["Sharing", "cores", "work"]

_PROGRAM = "import sys; sys.path[:] = {path!r}; from falc.worker import main; main()"
# Each process has one core: the threads of the libraries would only wait for each other.
_ONE_THREAD = {
    f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS", "VECLIB_MAXIMUM", "NUMEXPR", "RAYON")
}
_AHEAD = 8  # files for each process that may wait for their turn
_LOOK = 0.5  # seconds: on Windows, nobody can interrupt a wait without an end
_LOOKED_AT = 64  # files; those that are known wait for the others
_WORTH_IT = 80_000  # characters to check
_PACKED = 5  # an Office file is so many times larger than the text it holds, or more


def cores() -> int:
    """Return how many processes can work at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def work(path: Path) -> int:
    """Guess how many characters the file at `path` holds."""
    try:
        size = path.stat().st_size
    except OSError:
        return 0
    return size if formats.format_of(path) in ("text", "markdown", "html") else size // _PACKED


class _Process(Thread):
    """A process and the thread that talks to it; the process starts with the first task, again after a crash."""

    def __init__(self, start: bytes, tasks: Queue[Any], answers: Queue[Any]) -> None:
        super().__init__(daemon=True)
        self._start_message, self._tasks, self._answers = start, tasks, answers
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False

    def run(self) -> None:
        while (task := self._tasks.get()) is not None:
            number, path = task
            try:
                record = self._ask(path)
            except Exception:  # it crashed, or there is no memory for it; the others go on
                self._stop()
                record = None
            self._answers.put((number, record))
        self._stop()

    def end(self) -> None:
        """Stop at once."""
        self._is_over = True
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()

    def _ask(self, path: Path) -> Any:  # noqa: ANN401
        if self._process is None:
            self._process = _started()
            self._send(self._start_message)
        self._send(pickle.dumps(str(path)))
        size = struct.unpack("<Q", self._receive(8))[0]
        return json.loads(self._receive(size))

    def _send(self, message: bytes) -> None:
        if self._is_over or self._process is None or self._process.stdin is None:
            raise EOFError
        self._process.stdin.write(message)
        self._process.stdin.flush()

    def _receive(self, size: int) -> bytes:
        if self._process is None or self._process.stdout is None:
            raise EOFError
        data = self._process.stdout.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        with suppress(OSError, subprocess.TimeoutExpired):
            process.wait(timeout=5)
        if process.poll() is None:
            process.kill()
            process.wait()


def _started() -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl-C reaches this process, which ends the others.
    windows = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", None)
    apart: dict[str, Any] = {"process_group": 0} if windows is None else {"creationflags": windows}
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _PROGRAM.format(path=[entry or str(Path.cwd()) for entry in sys.path])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **_ONE_THREAD},
        **apart,
    )


@dataclass(frozen=True)
class Sharing:
    """How files are checked, here or in other processes.

    `known` gives the report of a file that was checked before, `check` makes one, and `received` makes one of what
    another process answers: None when it crashed.  `start` is what a process gets first, see `falc.worker`.
    """

    known: Callable[[Path], Report | None]
    check: Callable[[Path], Report]
    received: Callable[[Path, Any], Report]
    start: tuple[Settings, Path | None]

    def reports(self, paths: Iterable[Path | Report], jobs: int) -> Iterator[Report]:
        """Yield the reports of files in order, and those among them as they are; 0 jobs: as many as are worth it."""
        if jobs == 0:
            yield from self._as_needed(iter(paths), cores())
        elif jobs == 1:
            yield from (path if isinstance(path, Report) else self.check(path) for path in paths)
        else:
            yield from self._shared(((path, self._here(path)) for path in paths), jobs)

    def _here(self, path: Path | Report) -> Report | None:
        return path if isinstance(path, Report) else self.known(path)

    def _as_needed(self, paths: Iterator[Path | Report], most: int) -> Iterator[Report]:
        """Look ahead: processes take seconds to start, which only much work is worth."""
        waiting: deque[tuple[Path | Report, Report | None]] = deque()
        amount = fresh = 0
        while True:
            while len(waiting) < _LOOKED_AT and (amount < _WORTH_IT or fresh < most):
                path = next(paths, None)
                if path is None:
                    break
                waiting.append((path, self._here(path)))
                if isinstance(path, Path) and waiting[-1][1] is None:
                    amount, fresh = amount + work(path), fresh + 1
            if amount >= _WORTH_IT and min(fresh, most) > 1 and sys.executable:
                yield from self._shared(chain(waiting, ((path, self._here(path)) for path in paths)), min(fresh, most))
                return
            if not waiting:
                return
            path, report = waiting.popleft()
            if report is None and isinstance(path, Path):
                amount, fresh = amount - work(path), fresh - 1
                report = self.check(path)
            if report is not None:
                yield report

    def _shared(self, files: Iterable[tuple[Path | Report, Report | None]], size: int) -> Iterator[Report]:
        tasks: Queue[Any] = Queue()
        answers: Queue[Any] = Queue()
        start = pickle.dumps(self.start)
        processes = [_Process(start, tasks, answers) for _ in range(size)]
        for process in processes:
            process.start()
        try:
            for path, report, record in _in_order(files, size * _AHEAD, tasks, answers):
                yield self.received(path, record) if report is None else report
            for _ in processes:
                tasks.put(None)
            for process in processes:
                process.join()
        finally:
            for process in processes:
                process.end()


def _in_order(
    files: Iterable[tuple[Any, Report | None]], most: int, tasks: Queue[Any], answers: Queue[Any]
) -> Iterator[tuple[Any, Report | None, Any]]:
    """Yield files with their reports, or with the records that answer them; at most `most` are under way."""
    waiting: deque[tuple[int, Any, Report | None]] = deque()
    ready: dict[int, Any] = {}
    for number, (path, report) in enumerate(files):
        waiting.append((number, path, report))
        if report is None:
            tasks.put((number, path))
        else:
            ready[number] = None
        while len(waiting) >= most or (waiting and waiting[0][0] in ready):
            yield _first(waiting, ready, answers)
    while waiting:
        yield _first(waiting, ready, answers)


def _first(
    waiting: deque[tuple[int, Any, Report | None]], ready: dict[int, Any], answers: Queue[Any]
) -> tuple[Any, Report | None, Any]:
    """Return the first file that waits, as soon as its record is there."""
    number, path, report = waiting.popleft()
    while number not in ready:
        with suppress(Empty):
            answered, record = answers.get(timeout=_LOOK)
            ready[answered] = record
    return path, report, ready.pop(number)
