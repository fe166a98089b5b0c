"""Find `rules/` and `lexicons/`: inside the installed package, else in the repository."""

from __future__ import annotations

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def data(folder: str) -> Traversable:
    """Return the data folder `rules` or `lexicons`."""
    packaged = files("falc") / "_data" / folder
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / folder


def cache_folder() -> Path:
    """Return the folder of what falc keeps between runs, `FALC_CACHE_DIR` or one of the user's; it may not exist."""
    if own := os.environ.get("FALC_CACHE_DIR"):
        return Path(own)
    from platformdirs import user_cache_path  # here and not above: most commands need no cache

    return user_cache_path("falc", appauthor=False)


def walk(folder: Traversable, suffix: str) -> list[Traversable]:
    """Return the files below `folder` that end in `suffix`, sorted by name within each folder."""
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found.extend(walk(entry, suffix))
        elif entry.name.endswith(suffix):
            found.append(entry)
    return found
