"""The report for people, in the terminal."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from falc.config import Config
from falc.model import Finding, Severity
from falc.report import Report, summary, texts
from falc.rules import all_rules

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_LONG = 160


def render(reports: Sequence[Report], config: Config, color: bool = False) -> str:
    """Return the findings grouped by file, then the measures and a summary."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=color, width=width, highlight=False, no_color=not color, emoji=False)
    for report in reports:
        for line in _report(report):
            console.print(line)
    console.print(_summary(reports))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def _report(report: Report) -> Iterator[Text | Padding]:
    yield Text(report.name, style="bold underline")
    if report.error is not None:
        yield Text(report.error, style=_STYLES[Severity.ERROR])
        yield Text("")
        return
    yield Text("")
    for finding in report:
        yield from _finding(finding)
    yield Text("Mesures", style="bold")
    for measure in report.measures.values():
        limit = f" (conseillé : {_number(measure.limit)} au plus)" if measure.limit is not None else ""
        style = "yellow" if measure.passed is False else ""
        yield Padding(Text(f"{measure.title} : {_number(measure.value)}{limit}", style=style), (0, 0, 0, 2))
    for skipped in report.skipped:
        yield Padding(Text(f"Non lu : {skipped.what} ({skipped.count}). {skipped.why}", style="dim"), (0, 0, 0, 2))
    yield Text("")


def _finding(finding: Finding) -> Iterator[Text | Padding]:
    where = finding.location.place
    if finding.location.line is not None:
        where = f"ligne {finding.location.line}, colonne {finding.location.column}"
    rule = all_rules().get(finding.code)
    head = Text("  ")
    head.append(f"{texts()['severities'][finding.severity]} ", style=_STYLES[finding.severity])
    head.append(f"{finding.code} {finding.name}", style="bold")
    head.append(f" · {where}", style="dim")
    yield head
    yield Padding(_quoted(finding), (0, 0, 0, 6))
    yield Padding(Text(finding.message), (0, 0, 0, 6))
    advice = [fix.title for fix in finding.fixes] or ([" ".join(rule.how.split())] if rule else [])
    for line in advice:
        yield Padding(Text(f"→ {line}", style="green"), (0, 0, 0, 6))
    yield Text("")


def _quoted(finding: Finding) -> Text:
    """Return the sentence with the words of the finding marked."""
    words = " ".join(finding.text.split())
    before, found, after = finding.sentence.partition(words)
    if not found:  # markup stands inside the words, or they span sentences
        return Text(f"«\u00a0{_shortened(finding.sentence or words)}\u00a0»", style="italic")
    quote = Text("«\u00a0", style="italic")
    quote.append("…" + before[-_LONG:] if len(before) > _LONG else before)
    quote.append(found, style="bold " + _STYLES[finding.severity])
    quote.append(_shortened(after))
    quote.append("\u00a0»")
    return quote


def _shortened(text: str) -> str:
    return text if len(text) <= _LONG else text[:_LONG].rsplit(" ", 1)[0] + " …"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _summary(reports: Sequence[Report]) -> Text:
    counts = summary(reports)
    found = counts["errors"] + counts["warnings"] + counts["infos"]
    files = _plural(counts["files"], "fichier lu", "fichiers lus")
    text = Text(
        f"{_plural(found, 'problème possible', 'problèmes possibles')} dans {files} : "
        f"{_plural(counts['errors'], 'erreur', 'erreurs')}, {_plural(counts['warnings'], 'alerte', 'alertes')}, "
        f"{_plural(counts['infos'], 'information', 'informations')}.\n",
        style="bold",
    )
    if counts["unreadable"]:
        text.append(f"{_plural(counts['unreadable'], 'fichier', 'fichiers')} que falc n'a pas pu lire.\n", style="bold red")
    text.append(str(texts()["report"]["honesty"]), style="not bold dim")
    return text


def _plural(number: int, one: str, many: str) -> str:
    return f"{number} {one if number < 2 else many}"
