"""Reports as stand-alone HTML pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from falc.reports.view import words_of

if TYPE_CHECKING:  # jinja2 takes time to import: only reports need it
    from jinja2 import Environment


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("falc.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def render(template: str, **values: object) -> str:
    """Return a template of `templates/` filled with `values` and with the words of the report."""
    words: Mapping[str, Any] = {
        "w": words_of(),
        "g": words_of("rapport.grid"),
        "statuses": words_of("rapport.statuses"),
    }
    return _environment().get_template(template).render(**words, **values)
