"""What a finding says, made safe for the place where it is written."""

from __future__ import annotations

import re

from falc.model import Finding, Suppressed
from falc.report import Report
from falc.rules import typography
from falc.texts import texts

__all__ = ["cause", "flat", "message", "printable", "severity_word", "unreadable_line", "where", "why_suppressed"]

# No control character of a file may reach a terminal, nor what ends a line or turns the direction of writing.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
# All that ends a line for some program.
_LINE_ENDS = re.compile("[\t-\r\x1c-\x1e\x85\u2028\u2029]+")


def printable(words: str) -> str:
    """Return words, for example the name of a file, with control characters as escapes: « \\n », « \\x1b »."""
    return _CONTROLS.sub(_escaped, words)


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def flat(words: str) -> str:
    """Return words on one line, without control characters."""
    return printable(_LINE_ENDS.sub(" ", words))


def message(finding: Finding) -> str:
    """Return the message of a finding on one line; where its file has no lines, with the place."""
    told = flat(finding.message)
    return told if finding.location.has_lines else f"{told} ({flat(finding.location.place)})"


def where(finding: Finding) -> str:
    """Return the place of a finding for people: the line and the column, or « corps, paragraphe 4 »."""
    return flat(str(finding.location))


def cause(report: Report) -> str:
    """Return why a file could not be read, without its name where it comes first."""
    return flat(typography((report.error or "").removeprefix(f"{report.name} : ")))


def severity_word(finding: Finding) -> str:
    """Return the French word for the severity of a finding."""
    return str(texts()["severities"][finding.severity])


def unreadable_line(report: Report) -> str:
    """Return one sentence: the file that could not be read, and why."""
    named = (report.error or "").startswith(f"{report.name} : ")  # else the sentence names a file inside of it
    return f"{printable(report.name)}\u00a0: {cause(report)}" if named else cause(report)


def why_suppressed(suppressed: Suppressed) -> str:
    """Return why a finding is not told: a comment with its reason, or the baseline."""
    words = texts()["sorties"]["by"]
    by = str(words.get(suppressed.by, suppressed.by))
    if not suppressed.reason:
        return flat(by)
    return flat(typography(words["reason"].format(by=by, reason=suppressed.reason)))
