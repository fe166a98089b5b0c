"""The report for people, in the terminal."""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from falc.model import Finding, Severity
from falc.report import Measure, Report, new_ideas, summary
from falc.rules import inner_quotes, shortened, typography
from falc.texts import in_french, texts

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_MANY = 10
_LONG = 600  # what nobody reads in a terminal: a table or a page without a full stop
# rich would break a line at a no-break space
_GLUE = "\ue000"


def render(reports: Sequence[Report], color: bool = False) -> str:
    """Return the findings grouped by file and by sentence, then the measures and a summary."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=color, width=width, highlight=False, no_color=not color, emoji=False)
    for report in reports:
        if report.error is not None:
            console.print(_text(typography(report.error), _STYLES[Severity.ERROR]), soft_wrap=True)
            continue
        for line in _report(report):
            console.print(line)
    console.print(_summary(reports))
    lines = stream.getvalue().replace(_GLUE, "\u00a0").splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _text(words: str, style: str = "") -> Text:
    return Text(words.replace("\u00a0", _GLUE), style=style)


def _report(report: Report) -> Iterator[Text | Padding]:
    yield _text(report.name, style="bold underline")
    yield Text("")
    for (where, sentence), findings in groupby(report, key=lambda finding: (_where(finding), finding.sentence)):
        yield from _sentence(where, sentence, list(findings))
    yield from _commonest(report)
    yield Text("Mesures", style="bold")
    for measure in report.measures.values():
        limit = f" (conseillé : {_shown(measure, measure.limit)} au plus)" if measure.limit is not None else ""
        style = "yellow" if measure.passed is False else ""
        yield _indented(_text(f"{measure.title} : {_shown(measure, measure.value)}{limit}", style), 2)
    for skipped in report.skipped:
        yield _indented(_text(f"Non lu : {skipped.what} ({skipped.count}). {skipped.why}", "dim"), 2)
    yield Text("")


def _commonest(report: Report) -> Iterator[Text | Padding]:
    """Yield the rules that a long report finds most often: where to begin."""
    counts = Counter((finding.code, finding.name) for finding in report)
    if len(report) < _MANY or len(counts) < 2:
        return
    yield Text("Par où commencer", style="bold")
    for (code, name), count in counts.most_common(5):
        yield _indented(_text(f"{count} × {code} {name}"), 2)
    yield Text("")


def _where(finding: Finding) -> str:
    """Return the place that findings of one sentence share: the paragraph, or the line."""
    location = finding.location
    return f"ligne {location.line}" if location.has_lines else location.place


def _sentence(where: str, sentence: str, findings: Sequence[Finding]) -> Iterator[Text | Padding]:
    """Yield a sentence with its difficult words marked, then what is difficult in it."""
    yield _indented(_text(where, "dim"), 2)
    if not sentence:  # a tag, a picture, the whole document
        for finding in findings:
            yield from _remark(finding)
        yield Text("")
        return
    shown = _text(f"«\u00a0{shortened(inner_quotes(sentence), _LONG)}\u00a0»", "italic")
    for finding in findings:
        words = " ".join(finding.text.split())
        if len(words) < len(sentence):
            shown.highlight_words([inner_quotes(words).replace("\u00a0", _GLUE)], f"bold {_STYLES[finding.severity]}")
    yield _indented(shown, 2)
    for finding in findings:
        yield from _remark(finding)
    yield Text("")


def _remark(finding: Finding) -> Iterator[Padding]:
    head = _text(f"{texts()['severities'][finding.severity]} ", _STYLES[finding.severity])
    head.append(f"{finding.code} {finding.name}", style="bold")
    if finding.location.has_lines:
        head.append(f" (colonne {finding.location.column})", style="dim")
    yield _indented(head, 4)
    yield _indented(_text(finding.message), 6)
    for idea in new_ideas(finding):
        yield _indented(_text(f"→ {idea}", "green"), 6)


def _indented(text: Text, columns: int) -> Padding:
    return Padding(text, (0, 0, 0, columns))


def _shown(measure: Measure, value: float) -> str:
    return f"{round(100 * value)} %" if measure.is_share else in_french(value, 2)


def _summary(reports: Sequence[Report]) -> Text:
    counts = summary(reports)
    found = counts["errors"] + counts["warnings"] + counts["infos"]
    read = counts["files"] - counts["unreadable"]
    text = Text()
    if read or not reports:
        files = _plural(read, "fichier lu", "fichiers lus")
        text = _text(
            f"{_plural(found, 'problème possible', 'problèmes possibles')} dans {files} : "
            f"{_plural(counts['errors'], 'erreur', 'erreurs')}, {_plural(counts['warnings'], 'alerte', 'alertes')}, "
            f"{_plural(counts['infos'], 'information', 'informations')}.\n",
            style="bold",
        )
    if counts["unreadable"]:
        text.append(
            f"{_plural(counts['unreadable'], 'fichier', 'fichiers')} que falc n'a pas pu lire.\n", style="bold red"
        )
    text.append(str(texts()["report"]["honesty"]), style="not bold dim")
    return text


def _plural(number: int, one: str, many: str) -> str:
    return f"{number} {one if number < 2 else many}"
