"""Find `rules/` and `lexicons/`: inside the installed package, else in the repository."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def data(folder: str) -> Traversable:
    """Return the data folder `rules` or `lexicons`."""
    packaged = files("falc") / "_data" / folder
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / folder


def walk(folder: Traversable, suffix: str) -> list[Traversable]:
    """Return the files below `folder` that end in `suffix`, sorted by name within each folder."""
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found.extend(walk(entry, suffix))
        elif entry.name.endswith(suffix):
            found.append(entry)
    return found
