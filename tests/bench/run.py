"""Measure what falc costs and write `docs/performance.md`: `make bench`."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from importlib.metadata import version

import checking
import kept
import office
import starts
import wordlists
from figures import ROOT, Table

from falc.french.pipeline import DEFAULT_MODEL

PAGE = ROOT / "docs" / "performance.md"
TABLES: tuple[Callable[[], Table], ...] = (starts.table, checking.table, kept.table, wordlists.table, office.table)
_HEAD = """# What falc costs

{versions}.
This page is written by `make bench`. Each figure is compared with something in the same run on one machine: machines
differ, ratios much less. "Wanted" is what we aim at; a figure that misses it stands here too.
"""


def versions() -> str:
    """Return what was measured, and on what."""
    model = f"{DEFAULT_MODEL} {version(DEFAULT_MODEL)}"
    names = (f"{name} {version(name)}" for name in ("falc", "spacy"))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    return ", ".join((*names, model, f"Python {platform.python_version()}", machine))


def main() -> None:
    """Measure it all, and write the page at the end."""
    pages = [_HEAD.format(versions=versions())]
    for table in TABLES:
        pages.append(table().page())
    PAGE.write_text("\n".join(pages), encoding="utf-8")


if __name__ == "__main__":
    main()
