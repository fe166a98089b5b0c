"""Two independent validators of Office files: what a file has that the one it comes from has not.

Before and after are compared, for files of real programs are not clean either.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from pathlib import Path

from docx_integrity import check
from openxml_audit import FileFormat, OdfValidator, OpenXmlValidator

_PLACES = re.compile(r"\[\d+\]|\d+")  # the number of a paragraph changes nothing


def faults(data: bytes, suffix: str) -> Counter[str]:
    """Return what both validators say of a file, each fault with its number of times."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"lettre{suffix}"
        path.write_bytes(data)
        found = Counter(_said(error.part_uri, error.description) for error in _validator(suffix).validate(path).errors)
        if suffix not in (".odt", ".ott"):
            found += Counter(f"{finding.code} {_said(finding.part, finding.message)}" for finding in check(str(path)))
    return found


def new_faults(before: bytes, after: bytes, suffix: str = ".docx") -> Counter[str]:
    """Return the faults that `after` has and `before` has not; a run that is cut repeats those of its format."""
    known = faults(before, suffix)
    return Counter({fault: count for fault, count in faults(after, suffix).items() if fault not in known})


def _validator(suffix: str) -> OpenXmlValidator | OdfValidator:
    if suffix in (".odt", ".ott"):
        return OdfValidator()
    return OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)


def _said(part: str | None, words: str) -> str:
    return f"{part or ''}: {_PLACES.sub('#', words)}"
