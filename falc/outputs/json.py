"""The JSON report, version 1."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from falc.config import Config
from falc.report import WIRE_VERSION, Report, summary
from falc.rules import digest


def render(reports: Sequence[Report], config: Config, color: bool = False) -> str:
    """Return the JSON report; `config` is the one of the command line's folder."""
    tool = {
        "name": "falc",
        "version": version("falc"),
        "profile": config.profile,
        "rules_digest": digest(),
        "model": f"{config.model} {_model_version(config.model)}".strip(),
    }
    whole = {
        "version": WIRE_VERSION,
        "tool": tool,
        "files": [report.to_dict() for report in reports],
        "summary": summary(reports),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _model_version(model: str) -> str:
    try:
        return version(model.replace("_", "-"))
    except PackageNotFoundError:  # a folder, or a pipeline under another name
        return ""
