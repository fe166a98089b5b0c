"""The settings that hold for a file, and where each was set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from falc.model import OptionValue, Reading, Revisions, Severity

__all__ = ["COMMAND_LINE", "CONFIG_FILE", "DEFAULT_ORIGIN", "Config"]

CONFIG_FILE = "falc.toml"
DEFAULT_ORIGIN = "réglage de départ"
COMMAND_LINE = "ligne de commande"


@dataclass(frozen=True)
class Config:
    """The settings that hold for a file.  Empty lists mean: as the profile says.

    `include` and `exclude` are patterns of files as in `.gitignore`, as are those of `per_file_ignores` and
    `per_file_profile`; they count from the folder of `path`.  `templates`, `patterns`, `placeholders` and
    `front_matter` are those of `Reading`.  `included` says that `include` names the file.  `baseline` is the file of
    known findings.
    `rules` holds the tables `[rules.CODE]`.  `origins` says where a key was set, for people:
    « falc.toml, ligne 3 »; keys of rules read `rules.PHR001.max_words`, patterns `per-file-profile.sms/**`.
    `sources` are the files that were read: `path`, and before it those that it extends.
    """

    path: Path | None = None
    profile: str = "falc"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    lexicons: tuple[Path, ...] = ()
    model: str = "fr_core_news_md"
    fail_on: Severity = Severity.ERROR
    revisions: Revisions = Revisions.ACCEPTED
    include: tuple[str, ...] = ()
    included: bool = False
    exclude: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    per_file_profile: tuple[tuple[str, str], ...] = ()
    templates: tuple[str, ...] | None = None
    patterns: tuple[str, ...] = ()
    placeholders: tuple[tuple[str, str], ...] = ()
    front_matter: tuple[str, ...] = ()
    baseline: Path | None = None
    rules: Mapping[str, Mapping[str, OptionValue]] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Path, ...] = ()

    def with_options(self, **changes: object) -> Config:
        """Return a copy with what the command line or the caller asks for; `None` changes nothing."""
        given = {key: value for key, value in changes.items() if value is not None}
        origins = {**self.origins, **{key.replace("_", "-"): COMMAND_LINE for key in given}}
        return replace(self, **given, origins=origins)  # type: ignore[arg-type]

    @property
    def reading(self) -> Reading:
        """How files are read."""
        return Reading(
            self.revisions, self.templates, self.patterns, self.placeholders, self.front_matter, self.included
        )

    def origin(self, key: str) -> str:
        """Return where `key` was set."""
        return self.origins.get(key, DEFAULT_ORIGIN)

    def __hash__(self) -> int:
        # What often tells two configurations apart; `==` compares everything.
        return hash((self.path, self.profile, self.select, self.extend_select, self.ignore, self.lexicons, self.model))
