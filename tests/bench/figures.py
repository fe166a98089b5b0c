"""Figures of `make bench`: what something costs, and what it is compared to in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["MEMORY", "ROOT", "Figure", "Table", "best_of", "run_python"]

ROOT = Path(__file__).parent.parent.parent
# The most memory, in megabytes, that a process took, for programs that are started with `-c`.
# Not that of `resource` where there is another: it counts the process that started this one.
MEMORY = """
def memory():
    from pathlib import Path
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """What `what` costs, and what `compared_to` costs; a ratio needs both.

    `wanted` is the most that the ratio, or else the cost, may be; with `at_least`, the least.
    """

    what: str
    cost: float
    unit: str = "s"
    compared_to: str = ""
    base: float | None = None
    wanted: str = ""

    @property
    def ratio(self) -> float | None:
        return self.cost / self.base if self.base else None

    def row(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.3g}"
        base = "" if self.base is None else _shown(self.base, self.unit)
        cells = (self.what, _shown(self.cost, self.unit), self.compared_to, base, ratio, self.wanted)
        return f"| {' | '.join(cells)} |"


@dataclass(slots=True)
class Table:
    """Figures that belong together; `about` says how they were made."""

    title: str
    about: str
    figures: list[Figure] = field(default_factory=list)

    def add(self, what: str, cost: float, unit: str = "s", **more: str | float) -> None:
        """Add a figure and show it at once: the whole takes minutes."""
        figure = Figure(what, cost, unit, **more)  # type: ignore[arg-type]
        self.figures.append(figure)
        print(figure.row(), flush=True)

    def page(self) -> str:
        head = "| what | cost | compared to | that costs | ratio | wanted |\n|---|--:|---|--:|--:|---|\n"
        return f"## {self.title}\n\n{self.about}\n\n{head}" + "".join(f"{figure.row()}\n" for figure in self.figures)


def _shown(cost: float, unit: str) -> str:
    return f"{cost:.3g} {unit}" if cost < 100 else f"{cost:.0f} {unit}"


def run_python(arguments: Sequence[str]) -> float:
    """Return how many seconds a Python process takes, with its modules compiled as those of an installed program."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, check=True)
    return time.perf_counter() - start


def best_of(rounds: int, *works: Callable[[], float]) -> list[float]:
    """Return the least seconds that each of `works` says it took; they run in turns: a busy machine only adds."""
    made = [[work() for work in works] for _ in range(rounds)]
    return [min(seconds) for seconds in zip(*made, strict=True)]
