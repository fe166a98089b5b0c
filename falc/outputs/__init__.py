"""Outputs: each turns reports into text, piece by piece as they come; one small module for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from falc.report import Report

__all__ = ["FORMATS", "TEXT_FORMATS", "Asked", "Renderer", "renderer"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an output.

    `color`: the output goes to a terminal that shows colours, `width` columns wide.  `root` is the folder that the
    paths of the formats for CI start from.  `suppressed`: also list what is not told, and why not, where the format
    can say it.  `statistics`: in the formats for people, count the findings of each rule instead of listing them.
    `moment` is when the run began, for formats that tell it.
    """

    color: bool = False
    width: int = 100
    root: Path = field(default_factory=Path.cwd)
    suppressed: bool = False
    statistics: bool = False
    moment: datetime | None = None


# Reports are consumed one by one and not kept; the pieces joined are the output.
Renderer = Callable[[Iterable["Report"], Asked], Iterator[str]]

# Module and function: a run loads only the one it needs.
_RENDERERS: Mapping[str, tuple[str, str]] = {
    "text": ("text", "full"),
    "full": ("text", "full"),
    "concise": ("lines", "concise"),
    "grouped": ("lines", "grouped"),
    "json": ("json", "render"),
    "jsonl": ("json", "render_lines"),
    "sarif": ("sarif", "render"),
    "github": ("github", "render"),
    "gitlab": ("gitlab", "render"),
    "junit": ("junit", "render"),
    "checkstyle": ("checkstyle", "render"),
    "rdjson": ("rdjson", "render"),
    "rdjsonl": ("rdjson", "render_lines"),
    "markdown": ("markdown", "render"),
}
FORMATS = tuple(_RENDERERS)
TEXT_FORMATS = ("text", "full", "concise", "grouped")  # those for people, which know colours and statistics


def renderer(name: str) -> Renderer:
    """Return the function that writes one of `FORMATS`."""
    module, function = _RENDERERS[name]
    found: Renderer = getattr(import_module(f"{__name__}.{module}"), function)
    return found
