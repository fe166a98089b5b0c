"""The JSON report, version 1, and the same line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from falc import __version__
from falc.config import Config
from falc.model import Finding, Suppressed
from falc.outputs import Asked
from falc.report import WIRE_VERSION, Report, Totals, finding_dict
from falc.rules import digest

__all__ = ["compact", "items", "render", "render_lines", "tool"]


def compact(value: object) -> str:
    """Return a value as JSON on one line; `indent` would use Python's slow encoder."""
    return json.dumps(value, ensure_ascii=False)


def items(values: Iterable[object]) -> Iterator[str]:
    """Yield values as the items of a JSON array, one on each line."""
    before = "\n"
    for value in values:
        yield before + compact(value)
        before = ",\n"


def render(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield the JSON report, a finding on each line; several profiles or models are separated by commas."""
    totals, configs = Totals(), dict[Config, None]()
    yield f'{{"version": {WIRE_VERSION},\n"files": ['
    before = "\n"
    for report in totals.counting(reports):
        configs[report.config] = None
        yield before
        yield from _file(report, asked)
        before = ",\n"
    yield f'\n],\n"tool": {compact(_tool(configs))},\n"summary": {compact(totals.to_dict())}}}\n'


def _file(report: Report, asked: Asked) -> Iterator[str]:
    """Yield an entry of `files`: what `Report.to_dict` gives, and what was suppressed when asked."""
    entry = report.to_dict()
    if asked.suppressed:
        entry["suppressions"] = [_suppressed(one) for one in report.suppressed]
    before = "{"
    for key, value in entry.items():
        yield f"{before}{compact(key)}: "
        if key in ("findings", "suppressions") and value:
            yield "["
            yield from items(value)
            yield "\n]"
        else:
            yield compact(value)
        before = ", "
    yield "}"


def render_lines(reports: Iterable[Report], asked: Asked) -> Iterator[str]:
    """Yield one JSON object on a line for each finding, with the path of its file, and for each unreadable file."""
    for report in reports:
        path = {"path": report.name}
        if report.error is not None:
            yield compact({**path, "error": report.error}) + "\n"
        for finding in report:
            yield _line(path, finding_dict(finding))
        for suppressed in report.suppressed if asked.suppressed else ():
            yield _line(path, _suppressed(suppressed))


def _line(path: Mapping[str, str], found: Mapping[str, object]) -> str:
    return compact({**path, **found}) + "\n"


def _suppressed(suppressed: Suppressed) -> dict[str, Any]:
    """Return a suppressed finding as plain data, with what suppressed it."""
    finding: Finding = suppressed.finding
    return {**finding_dict(finding), "suppressed": {"by": suppressed.by, "reason": suppressed.reason}}


def tool(reports: Iterable[Report]) -> dict[str, str]:
    """Return what made the reports: the program, its profile, its rules and its model."""
    return _tool(dict.fromkeys(report.config for report in reports))


def _tool(configs: Iterable[Config]) -> dict[str, str]:
    known = tuple(configs)
    lexicons = tuple(dict.fromkeys(path for config in known for path in config.lexicons))
    models = dict.fromkeys(f"{config.model} {_model_version(config.model)}".strip() for config in known)
    return {
        "name": "falc",
        "version": __version__,
        "profile": ", ".join(dict.fromkeys(config.profile for config in known)),
        "rules_digest": digest(lexicons),
        "model": ", ".join(models),
    }


def _model_version(model: str) -> str:
    try:
        return version(model.replace("_", "-"))
    except PackageNotFoundError:  # a folder, or a pipeline under another name
        return ""
