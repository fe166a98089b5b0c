"""The 47 criteria of the French State's RLS (référentiel de rédaction en langage simplifié, 2017, Licence ouverte)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from falc.resources import data
from falc.rules import typography
from falc.toml import read_toml


@dataclass(frozen=True, slots=True)
class RlsCriterion:
    """A criterion as the RLS words it; `tests` are its tests by number."""

    id: str
    level: str
    theme: str
    title: str
    tests: Mapping[str, str]


@lru_cache(maxsize=1)
def rls_criteria() -> Mapping[str, RlsCriterion]:
    """Return the criteria by identifier (« RLS-4.1 »), in the order of the RLS."""
    file = data("rules") / "criteres.toml"
    table: dict[str, Any] = read_toml(file.read_text(encoding="utf-8"), file.name)
    themes, found = table["themes"], {}
    for entry in table["criteria"]:
        name = str(entry["id"])
        tests = {test: typography(words) for test, words in entry["tests"].items()}
        theme = typography(themes[name.partition(".")[0]])
        found[name] = RlsCriterion(name, str(entry["level"]), theme, typography(entry["title"]), tests)
    return found
