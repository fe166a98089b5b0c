"""The names of files in outputs for programs: from the root of the project, with « / »."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

__all__ = ["STDIN", "is_below", "project_root", "relative", "uri"]

STDIN = "-"


def project_root(folder: Path) -> Path:
    """Return the folder of the git repository around `folder`, or `folder` itself."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as they are
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder)


def relative(name: str, root: Path) -> str:
    """Return the path of a file from `root`, or the whole path when it is elsewhere; `-` is standard input."""
    if name == STDIN:
        return name
    path = Path(os.path.abspath(name))  # noqa: PTH100 - « .. » goes, links stay: it is the name that git knows
    return _below(path, root) or _below(_followed(path), _followed(root)) or path.as_posix()


def uri(name: str, root: Path) -> str:
    """Return the URI of a file, links followed: a path from `root`, percent-encoded, or a `file:` URI elsewhere."""
    if name == STDIN:
        return name
    path = _followed(Path(name))
    below = _below(path, _followed(root))
    return quote(os.fsencode(below)) if below else path.as_uri()


def is_below(uri: str) -> bool:
    """Is a URI that `uri` gave relative to the root?"""
    return uri != STDIN and not uri.startswith("file:")


def _below(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""


def _followed(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name that no system accepts
        return Path(os.path.abspath(path))  # noqa: PTH100
