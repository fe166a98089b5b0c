"""What falc knows of typefaces, from `lexicons/grammaire/polices.tsv`; of others it says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from falc.french.facts import rows

__all__ = ["Font", "font", "size_ratio"]

_END = "… "  # « … light »: any family whose name ends so
_SEPARATOR = re.compile("[;,]")
# Below this, the eye sees no difference between two faces of one size.
_SAME_SIZE = 0.05


@dataclass(frozen=True, slots=True)
class Font:
    """A typeface: `kind` is sans, serif, script, display, mono or symbol; empty when falc does not know it.

    `form` is light, condensed, generic (« sans-serif », which names no face) or empty.  `family` is the same for all
    the faces of a family.  `height` is that of an « x » and `line` the distance between two single lines, in em.
    """

    name: str
    kind: str = ""
    form: str = ""
    family: str = ""
    height: float | None = None
    line: float | None = None


@lru_cache(maxsize=1024)
def font(name: str) -> Font:
    """Return what is known of the typeface `name`, the first of a list as style sheets write them."""
    name = _SEPARATOR.split(name)[0].strip(" \"'")
    if known := _table().get(name.casefold()):
        return replace(known, name=name)
    words, form = name.split(), ""
    while end := next((n for n in (2, 1) if len(words) > n and _is_end(words[-n:])), 0):
        form = _ends()[" ".join(words[-end:]).casefold()] or form
        words = words[:-end]
        if known := _table().get(" ".join(words).casefold()):
            return replace(known, name=name, form=form or known.form)
    return Font(name, form=form, family=" ".join(words))


def size_ratio(known: Font) -> float:
    """Return how large the letters look beside those of Arial, the face that RLS measures with; 1 when not known."""
    arial = font("Arial").height
    ratio = known.height / arial if known.height and arial else 1.0
    return ratio if abs(ratio - 1) > _SAME_SIZE else 1.0


def _is_end(words: list[str]) -> bool:
    return " ".join(words).casefold() in _ends()


@cache
def _table() -> Mapping[str, Font]:
    return {row[0].casefold(): _read(*row) for row in rows("polices") if not row[0].startswith(_END)}


@cache
def _ends() -> Mapping[str, str]:
    return {row[0].removeprefix(_END).casefold(): row[2] for row in rows("polices") if row[0].startswith(_END)}


def _read(name: str, kind: str, form: str, family: str, height: str, line: str) -> Font:
    return Font(name, kind, form, family or name, float(height) if height else None, float(line) if line else None)
