"""How far `falc check` has come, on a terminal, when the work is long."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from falc.report import Report

__all__ = ["Progress", "is_watched"]

_PATIENCE = 3.0  # seconds without a word
_PAUSE = 0.2  # between two drawings
_WIDTH = 20
_MINUTE, _HOUR = 60, 3600


def is_watched(stream: TextIO | None = None) -> bool:
    """Does a person look at what goes to the terminal, standard error if no `stream` is given?"""
    stream = stream or sys.stderr
    return stream is not None and stream.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


class Progress:
    """A line that says how many of `total` files are done and how long the others take; it goes before others come."""

    def __init__(self, total: int, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._total, self._stream, self._clock = total, stream or sys.stderr, clock
        self._start = self._drawn = clock()
        self._done = self._width = 0
        self._first = 0.0  # when the first file was done: the time before went into loading

    def watching(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Yield reports; the line is there only while the next one is being made."""
        try:
            for report in reports:
                self._erase()
                yield report
                self._done += 1
                self._draw()
        finally:
            self._erase()

    def _draw(self) -> None:
        now = self._clock()
        if self._done == 1:
            self._first = now
        if now - self._start < _PATIENCE or now - self._drawn < _PAUSE or self._done >= self._total:
            return
        line = self._line(now)
        line = line[: shutil.get_terminal_size((80, 24)).columns - 1]
        self._stream.write("\r" + line)
        self._stream.flush()
        self._drawn, self._width = now, len(line)

    def _line(self, now: float) -> str:
        from falc.texts import texts

        said = texts()["taches"]
        full = _WIDTH * self._done // self._total
        bar = "█" * full + "░" * (_WIDTH - full)
        line: str = said["progress"].format(bar=bar, done=self._done, all=self._total)
        if self._done > 1:
            left = (now - self._first) / (self._done - 1) * (self._total - self._done)
            line += said["left"].format(time=_shown(left))
        return line

    def _erase(self) -> None:
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0


def _shown(seconds: float) -> str:
    """Return a time as people say it, rounded up."""
    from falc.texts import texts

    said = texts()["taches"]
    for unit, least, size in (("hours", 2 * _HOUR, _HOUR), ("minutes", 2 * _MINUTE, _MINUTE), ("seconds", 0, 1)):
        if seconds >= least:
            return str(said[unit]).format(count=int(-(-seconds // size)))
    return ""
