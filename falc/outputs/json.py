"""The JSON report, version 1."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from falc.report import WIRE_VERSION, Report, summary
from falc.rules import digest


def render(reports: Sequence[Report], color: bool = False) -> str:
    """Return the JSON report; several profiles or models are separated by commas."""
    whole = {
        "version": WIRE_VERSION,
        "tool": tool(reports),
        "files": [report.to_dict() for report in reports],
        "summary": summary(reports),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def tool(reports: Sequence[Report]) -> dict[str, str]:
    """Return what made the reports: the program, its profile, its rules and its model."""
    configs = list(dict.fromkeys(report.config for report in reports))
    lexicons = tuple(dict.fromkeys(path for config in configs for path in config.lexicons))
    models = dict.fromkeys(f"{config.model} {_model_version(config.model)}".strip() for config in configs)
    return {
        "name": "falc",
        "version": version("falc"),
        "profile": ", ".join(dict.fromkeys(config.profile for config in configs)),
        "rules_digest": digest(lexicons),
        "model": ", ".join(models),
    }


def _model_version(model: str) -> str:
    try:
        return version(model.replace("_", "-"))
    except PackageNotFoundError:  # a folder, or a pipeline under another name
        return ""
