"""falc: check French administrative texts against the easy-to-read rules (FALC)."""

from importlib.metadata import version

from falc.api import annotate, check, check_text, convert, fix_text, split_sentences
from falc.config import Config
from falc.document import Block, Document, Segment
from falc.fixes import Fixed
from falc.french.lexicon import Entry, Lexicon
from falc.linter import Linter
from falc.model import Edit, FalcError, Finding, Fix, Location, Rule, Safety, Severity, Span, Tier
from falc.report import Measure, Report

__version__ = version("falc")

__all__ = [
    "Block",
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
