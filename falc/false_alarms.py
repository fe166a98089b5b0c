"""A false alarm as a small case that anyone can run again: `falc explain --report`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from falc.config import Settings
from falc.formats import read_text
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse
from falc.gold import COLUMNS, Case, Mark, row
from falc.linter import Linter
from falc.model import FalcError, Finding, Rule
from falc.outputs.json import tool
from falc.report import Report
from falc.rules import HUMAN, all_rules, find_rule
from falc.texts import texts
from falc.toml import shown

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Token

__all__ = ["report_of"]

_WHERE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?)?", re.DOTALL)
_SHOWN = 12  # lines that an error names


def report_of(where: str, rule: str, settings: Settings) -> str:
    """Return the case of the findings of a rule at `where`: a file, its line if one is given, its column too.

    The text is comments and rows in the format of `tests/gold`; other findings of the rule in the same sentence are
    left unjudged.  Raises FalcError when the file cannot be read, or when the rule finds nothing there.
    """
    place = _WHERE.fullmatch(where)
    path = Path(where) if place is None or Path(where).exists() else Path(place["path"])
    line, column = (None, None) if place is None or path == Path(where) else (place["line"], place["column"])
    code = find_rule(rule).code
    linter = Linter(config=settings)
    report = linter.check(path)
    ran = next((known for known in report.rules if known.code == code), None)
    if ran is None or ran.check == HUMAN:
        raise FalcError(texts()["signalement"]["not_run"].format(code=code))
    found = [finding for finding in report if finding.code == code]
    chosen = [finding for finding in found if _is_at(finding, line, column)]
    if not chosen:
        raise FalcError(_nothing(where, code, found))
    if len(chosen) > 1:
        raise FalcError(_which(path, code, chosen))
    if not chosen[0].sentence:
        raise FalcError(texts()["signalement"]["whole"].format(code=code))
    return "\n".join(_lines(report, ran, chosen[0], found, linter)) + "\n"


def _is_at(finding: Finding, line: str | None, column: str | None) -> bool:
    place = finding.location
    if line is None or not place.line <= int(line) <= place.end_line:
        return line is None
    here = (int(line), int(column or place.column))
    return column is None or (place.line, place.column) <= here < (place.end_line, place.end_column)


def _which(path: Path, code: str, chosen: list[Finding]) -> str:
    words = texts()["signalement"]
    places = [
        words["place"].format(path=path, line=f.location.line, column=f.location.column, text=_joined(f.text))
        for f in chosen
    ]
    more = words["more"] if len(places) > _SHOWN else ""
    return str(words["several"].format(code=code, count=len(chosen), places="\n".join(places[:_SHOWN]) + more))


def _nothing(where: str, code: str, found: list[Finding]) -> str:
    words = texts()["signalement"]
    numbers = [str(line) for line in dict.fromkeys(finding.location.line for finding in found)][:_SHOWN]
    template = words["several_lines" if len(numbers) > 1 else "lines"]
    lines = template.format(lines=", ".join(numbers)) if numbers else ""
    return str(words["nothing"].format(where=where, code=code, lines=lines))


def _lines(report: Report, rule: Rule, chosen: Finding, found: list[Finding], linter: Linter) -> Iterator[str]:
    """Yield what falc says of a finding, how it reads the sentence, and the row that says: nothing to find there."""
    words = texts()["signalement"]
    yield f"# {words['intro']}"
    yield f"# {words['tool'].format(**tool([report]))}"
    defaults = all_rules()[rule.code].options
    for option, value in rule.options.items():
        if value != defaults[option]:
            yield f"# {words['options'].format(option=option, value=shown(value))}"
    severity, kind = texts()["severities"][chosen.severity], f" ({chosen.kind})" if chosen.kind else ""
    told = {"code": rule.code, "name": rule.name, "severity": severity, "kind": kind}
    yield f"# {words['finding'].format(**told, message=_joined(chosen.message))}"
    text, again = _smallest(chosen, report, linter)
    alike = [f for f in found if f.sentence == chosen.sentence and _joined(f.text) == _joined(chosen.text)]
    same = [f for f in again if _joined(f.text) == _joined(chosen.text)]
    accused = same[min(alike.index(chosen), len(same) - 1)] if same else None
    if accused is None:
        yield f"# {words['alone']}"
    yield f"# {words['parse']}"
    yield from _parse(text, report)
    marks = [Mark(rule.code, f.kind, f.span, debatable=True) for f in again if f is not accused]
    note = words["note"].format(text=_joined(chosen.text))
    name = f"signalement-{chosen.fingerprint[:10]}"
    yield "\t".join(COLUMNS)
    yield row(Case(name, text, frozenset((rule.code,)), tuple(marks), frozenset((rule.code,)), note))


def _joined(text: str) -> str:
    return " ".join(text.split())


def _smallest(finding: Finding, report: Report, linter: Linter) -> tuple[str, list[Finding]]:
    """Return the sentence, or the paragraph when only that gives the finding again, and what the rule finds in it."""
    block = report.document.block_near(finding.span.start) if report.document is not None else None
    tries = [finding.sentence, _joined(block.text)] if block is not None else [finding.sentence]
    for text in tries:
        document = read_text(text, "text")
        again = [f for f in linter.check_document(document, Path(report.name)) if f.code == finding.code]
        if any(_joined(f.text) == _joined(finding.text) for f in again):
            return text, again
    return finding.sentence, []


def _parse(text: str, report: Report) -> Iterator[str]:
    (analysed,) = analyse([read_text(text, "text")], Lexicon.load(()), parse=True, model=report.config.model)
    for block in analysed.blocks:
        yield from (f"# {_token(token)}" for token in block.tokens if not token.is_space)


def _token(token: Token) -> str:
    features = str(token.morph) or "_"
    return f"{token.i + 1}  {token.text}  {token.pos_}  {features}  {token.dep_}  {token.head.i + 1}"
