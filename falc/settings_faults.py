"""What a configuration may get wrong that only rules, profiles and formats can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from falc.config import Config
from falc.formats.standins import known_kinds
from falc.formats.styles import known_styles
from falc.model import FalcError
from falc.patterns import refuse_faulty
from falc.selection import profile, selected
from falc.toml import did_you_mean

__all__ = ["refuse_faults"]


def refuse_faults(config: Config) -> None:
    """Raise FalcError naming file, line and key when `config` asks for what does not exist.

    Without this, one wrong word would be told for each file, or for none when no file of that name is there.
    """
    selected(config)
    for key, table in (("per-file-ignores", config.per_file_ignores), ("per-file-profile", config.per_file_profile)):
        refuse_faulty([pattern for pattern, _ in table], config.origin(key), key, negated=False)
    for pattern, codes in config.per_file_ignores:
        selected(replace(config, ignore=codes, origins={"ignore": config.origin(f"per-file-ignores.{pattern}")}))
    for pattern, name in config.per_file_profile:
        profile(name, config.origin(f"per-file-profile.{pattern}"))
    refuse_faulty(config.exclude, config.origin("exclude"), "exclude")
    refuse_faulty(config.include, config.origin("include"), "include", negated=False)
    _refuse_unknown("templates", config.templates or (), known_styles(), config)
    _refuse_unknown("placeholders", [kind for _, kind in config.placeholders], known_kinds(), config)
    for expression in config.patterns:
        _refuse_expression(expression, config.origin("patterns"))


def _refuse_unknown(key: str, names: Iterable[str], known: Sequence[str], config: Config) -> None:
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known)
            choice = ", ".join(known)
            raise FalcError(f"{config.origin(key)} : « {key} » ne connaît pas « {name} ».{hint} Choisissez : {choice}.")


def _refuse_expression(expression: str, where: str) -> None:
    try:
        finds_nothing = re.compile(expression).match("") is not None
    except (re.error, OverflowError, RecursionError):
        raise FalcError(f"{where} : « patterns » contient « {expression} », qui n'est pas une expression.") from None
    if finds_nothing:
        raise FalcError(f"{where} : « patterns » contient « {expression} », qui trouve aussi le vide.")
