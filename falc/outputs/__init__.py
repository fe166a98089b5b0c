"""Outputs: each turns reports into text; one small module for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from falc.outputs import json, text
from falc.report import Report

Renderer = Callable[[Sequence[Report], bool], str]

# The last argument tells whether the output goes to a terminal that shows colours.
RENDERERS: Mapping[str, Renderer] = {"text": text.render, "json": json.render}
