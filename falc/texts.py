"""The words that belong to no rule: `rules/textes.toml`."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from falc.resources import data
from falc.toml import read_toml


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Any]:
    """Return the texts and the weights of the report."""
    file = data("rules") / "textes.toml"
    return read_toml(file.read_text(encoding="utf-8"), file.name)


def cause(error: BaseException) -> str:
    """Return in French why the system refused to read or write."""
    causes = texts()["causes"]
    number = error.errno if isinstance(error, OSError) else None
    return str(causes.get(errno.errorcode.get(number or 0, ""), causes["other"]))


def counted(forms: Sequence[str], count: int) -> str:
    """Return the form that goes with a number: the first one is for none, the last two for one and for several."""
    form = forms[-1] if count > 1 else forms[-2] if count else forms[0]
    return form.replace("{count}", str(count))


def in_french(number: float, digits: int = 1) -> str:
    """Write a number with a decimal comma and no useless zero."""
    shown = f"{number:.{digits}f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace(".", ",")
