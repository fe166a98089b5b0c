"""falc: check French administrative texts against the easy-to-read rules (FALC)."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from falc.api import annotate, check, check_text, convert, fix_text, split_sentences
    from falc.cache import Cache
    from falc.config import Config
    from falc.document import Block, Document, Segment
    from falc.fixes import Fixed
    from falc.french.lexicon import Entry, Lexicon
    from falc.linter import Linter
    from falc.model import Edit, FalcError, Finding, Fix, Location, Rule, Safety, Severity, Span, Tier
    from falc.report import Measure, Report

__version__ = "0.1.0"

__all__ = [
    "Block",
    "Cache",
    "Config",
    "Document",
    "Edit",
    "Entry",
    "FalcError",
    "Finding",
    "Fix",
    "Fixed",
    "Lexicon",
    "Linter",
    "Location",
    "Measure",
    "Report",
    "Rule",
    "Safety",
    "Segment",
    "Severity",
    "Span",
    "Tier",
    "__version__",
    "annotate",
    "check",
    "check_text",
    "convert",
    "fix_text",
    "split_sentences",
]

_HOMES = {
    "falc.api": ("annotate", "check", "check_text", "convert", "fix_text", "split_sentences"),
    "falc.cache": ("Cache",),
    "falc.config": ("Config",),
    "falc.document": ("Block", "Document", "Segment"),
    "falc.fixes": ("Fixed",),
    "falc.french.lexicon": ("Entry", "Lexicon"),
    "falc.linter": ("Linter",),
    "falc.model": ("Edit", "FalcError", "Finding", "Fix", "Location", "Rule", "Safety", "Severity", "Span", "Tier"),
    "falc.report": ("Measure", "Report"),
}


def __getattr__(name: str) -> object:
    """Import a public name when it is asked for: `falc --version` needs none of them."""
    for home, names in _HOMES.items():
        if name in names:
            globals()[name] = value = getattr(import_module(home), name)
            return value
    raise AttributeError(f"module 'falc' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
