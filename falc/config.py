"""Configuration: find the nearest file, read it, check it, say where each value comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from falc.model import FalcError, OptionValue, Reading, Revisions, Severity
from falc.toml import line_of, read_toml, unknown_key

CONFIG_FILE = "falc.toml"
DEFAULT_ORIGIN = "réglage de départ"
COMMAND_LINE = "ligne de commande"
_LISTS = (
    "select",
    "extend-select",
    "ignore",
    "lexicons",
    "include",
    "exclude",
    "templates",
    "patterns",
    "front-matter",
)
_STRINGS = ("profile", "model", "fail-on", "revisions", "baseline", "extend")
_TABLES = ("per-file-ignores", "per-file-profile", "placeholders", "rules")
KEYS = (*_STRINGS, *_LISTS, *_TABLES, "require-reason")

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True)
class Config:
    """The settings that hold for a file.  Empty lists mean: as the profile says.

    `include` and `exclude` are patterns of files as in `.gitignore`, as are those of `per_file_ignores` and
    `per_file_profile`; they count from the folder of `path`.  `templates`, `patterns`, `placeholders` and
    `front_matter` are those of `Reading`.  `baseline` is the file of known findings.
    `rules` holds the tables `[rules.CODE]`.  `origins` says where a key was set, for people:
    « falc.toml, ligne 3 »; keys of rules read `rules.PHR001.max_words`.
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
    exclude: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    per_file_profile: tuple[tuple[str, str], ...] = ()
    templates: tuple[str, ...] | None = None
    patterns: tuple[str, ...] = ()
    placeholders: tuple[tuple[str, str], ...] = ()
    front_matter: tuple[str, ...] = ()
    require_reason: bool = False
    baseline: Path | None = None
    rules: Mapping[str, Mapping[str, OptionValue]] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    def with_options(self, **changes: object) -> Config:
        """Return a copy with what the command line or the caller asks for; `None` changes nothing."""
        given = {key: value for key, value in changes.items() if value is not None}
        origins = {**self.origins, **{key.replace("_", "-"): COMMAND_LINE for key in given}}
        return replace(self, **given, origins=origins)  # type: ignore[arg-type]

    @property
    def reading(self) -> Reading:
        """How files are read."""
        return Reading(self.revisions, self.templates, self.patterns, self.placeholders, self.front_matter)

    def origin(self, key: str) -> str:
        """Return where `key` was set."""
        return self.origins.get(key, DEFAULT_ORIGIN)

    def __hash__(self) -> int:
        return hash((self.path, self.profile, self.select, self.extend_select, self.ignore, self.lexicons, self.model))


class Settings:
    """Which configuration holds for which file, with what the caller asks for on top.

    `config` (a `Config` or the path of a file) holds for all files; without it the nearest file
    holds for each.  `isolated` looks for none.  Files are read once.
    """

    def __init__(
        self,
        config: Config | Path | None = None,
        *,
        isolated: bool = False,
        ignore: tuple[str, ...] = (),
        **changes: object,
    ) -> None:
        self._isolated = isolated
        self._ignore = ignore
        self._changes = changes
        self._folders: dict[Path, Config] = {}
        self._only: Config | None = None
        if config is not None:
            self._only = self._changed(config if isinstance(config, Config) else read_config(config))

    def for_path(self, path: Path | None) -> Config:
        """Return the configuration of the file at `path`, or of a text without a file."""
        if self._only is not None:
            return self._only
        if path is None or self._isolated:
            return self._changed(Config())
        folder = (path if path.is_dir() else path.parent).resolve()
        if folder not in self._folders:
            self._folders[folder] = self._changed(config_for(folder))
        return self._folders[folder]

    def _changed(self, config: Config) -> Config:
        ignore = (*config.ignore, *self._ignore) if self._ignore else None
        lexicons = self._changes.get("lexicons")
        changes = {**self._changes, "lexicons": (*config.lexicons, *lexicons) if isinstance(lexicons, tuple) else None}
        return config.with_options(**changes, ignore=ignore)


def config_for(path: Path) -> Config:
    """Return the configuration of the nearest `falc.toml` or `pyproject.toml` with `[tool.falc]`.

    The search starts in the folder of `path` and goes up; the first file found wins alone.
    Raises FalcError naming file, line and key when that file is wrong.
    """
    folder = (path if path.is_dir() else path.parent).resolve()
    for place in (folder, *folder.parents):
        own, project = place / CONFIG_FILE, place / "pyproject.toml"
        if own.is_file():
            return read_config(own)
        if project.is_file() and "falc" in _tool(_text(project), project):
            return read_config(project)
    return Config()


def read_config(path: Path) -> Config:
    """Read one configuration file and those it extends."""
    return _read(path.resolve(), ())


@dataclass(frozen=True)
class _File:
    """A configuration file: its text, its table, and the name of that table."""

    path: Path
    text: str
    table: dict[str, object]
    prefix: str

    def where(self, key: str, table: str = "") -> str:
        line = line_of(self.text, key, ".".join(part for part in (self.prefix, table) if part))
        return f"{self.path}, ligne {line}" if line else str(self.path)

    def wrong(self, key: str, expected: str) -> FalcError:
        return FalcError(f"{self.where(key)} : « {key} » {expected}.")

    def string(self, key: str) -> str:
        value = self.table[key]
        if not isinstance(value, str) or not value:
            raise self.wrong(key, f'attend un texte entre guillemets, par exemple {key} = "falc"')
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        value = self.table[key]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, f'attend une liste de textes, par exemple {key} = ["PHR001"]')
        return tuple(value)

    def boolean(self, key: str) -> bool:
        value = self.table[key]
        if not isinstance(value, bool):
            raise self.wrong(key, f"attend true ou false, par exemple {key} = true")
        return value

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        value = self.table[key]
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise self.wrong(key, f'contient des textes : [{key}], puis par exemple "sms/*" = "sms"')
        return tuple(value.items())

    def lists(self, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        value = self.table[key]
        items = value.values() if isinstance(value, dict) else [None]
        if not all(isinstance(item, list) and all(isinstance(text, str) for text in item) for item in items):
            raise self.wrong(key, f'contient des listes : [{key}], puis par exemple "sms/*" = ["PHR001"]')
        return tuple((name, tuple(texts)) for name, texts in value.items())  # type: ignore[attr-defined]


def _open(path: Path) -> _File:
    text = _text(path)
    if path.name != "pyproject.toml":
        return _File(path, text, read_toml(text, str(path)), "")
    table = _tool(text, path).get("falc")
    if not isinstance(table, dict):
        raise FalcError(f"{path} : ce fichier n'a pas de table [tool.falc].")
    return _File(path, text, table, "tool.falc")


def _tool(text: str, path: Path) -> dict[str, object]:
    tool = read_toml(text, str(path)).get("tool")
    return tool if isinstance(tool, dict) else {}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FalcError(f"{path} : ce fichier n'est pas en UTF-8.") from None
    except OSError:
        raise FalcError(f"{path} : falc ne peut pas lire ce fichier de réglages.") from None


def _read(path: Path, seen: tuple[Path, ...]) -> Config:
    if path in seen:
        raise FalcError(f"{path} : ce fichier s'étend lui-même (« extend »).")
    file = _open(path)
    for key in file.table:
        if key not in KEYS:
            raise unknown_key(str(path), file.text, key, KEYS, table=file.prefix)
    if "extend" not in file.table:
        return _overlay(Config(), file)
    base = (path.parent / file.string("extend")).resolve()
    if not base.is_file():
        raise file.wrong("extend", f"nomme un fichier qui n'existe pas ({base})")
    return _overlay(_read(base, (*seen, path)), file)


def _overlay(base: Config, file: _File) -> Config:
    """Return `base` with what `file` sets on top."""
    changes: dict[str, object] = {"path": file.path}
    for key in file.table:
        if key in ("profile", "model"):
            changes[key] = file.string(key)
        elif key == "fail-on":
            changes["fail_on"] = _choice(file, key, Severity)
        elif key == "revisions":
            changes["revisions"] = _choice(file, key, Revisions)
        elif key in ("select", "include", "exclude", "templates", "patterns", "front-matter"):
            changes[key.replace("-", "_")] = file.strings(key)
        elif key in ("per-file-profile", "placeholders"):
            changes[key.replace("-", "_")] = file.pairs(key)
        elif key == "per-file-ignores":
            changes["per_file_ignores"] = file.lists(key)
        elif key == "require-reason":
            changes["require_reason"] = file.boolean(key)
        elif key == "baseline":
            changes["baseline"] = file.path.parent / file.string(key)
        elif key in ("extend-select", "ignore"):  # these add up along `extend`
            name = key.replace("-", "_")
            changes[name] = (*getattr(base, name), *file.strings(key))
        elif key == "lexicons":
            own = tuple(file.path.parent / name for name in file.strings(key))
            changes["lexicons"] = (*base.lexicons, *own)
    origins = {key: file.where(key) for key in file.table if key != "rules"}
    rules = {code: dict(options) for code, options in base.rules.items()}
    for code, options in _rule_tables(file).items():
        rules.setdefault(code, {})
        origins[f"rules.{code}"] = file.where(code, "rules")
        for option, value in options.items():
            rules[code][option] = tuple(value) if isinstance(value, list) else value
            origins[f"rules.{code}.{option}"] = file.where(option, f"rules.{code}")
    return replace(base, **changes, rules=rules, origins={**base.origins, **origins})  # type: ignore[arg-type]


def _rule_tables(file: _File) -> dict[str, dict[str, OptionValue]]:
    tables = file.table.get("rules", {})
    if not isinstance(tables, dict) or not all(isinstance(options, dict) for options in tables.values()):
        raise file.wrong("rules", "contient des tables, par exemple [rules.PHR001]")
    return tables


def _choice(file: _File, key: str, kind: type[_Choice]) -> _Choice:
    value = file.string(key)
    try:
        return kind(value)
    except ValueError:
        *names, last = kind
        raise file.wrong(key, f"vaut {', '.join(names)} ou {last}, pas « {value} »") from None
