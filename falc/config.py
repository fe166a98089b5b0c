"""Configuration: find the nearest file, read it, check it, say where each value comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from falc.model import FalcError, OptionValue, Severity
from falc.toml import read_toml, unknown_key

CONFIG_FILE = "falc.toml"
_LISTS = ("select", "extend-select", "ignore", "lexicons")
_STRINGS = ("profile", "model", "fail-on", "extend")
KEYS = (*_STRINGS, *_LISTS, "rules")


@dataclass(frozen=True)
class Config:
    """The settings that hold for a file.  `None` and empty mean: as the profile says.

    `rules` holds the tables `[rules.CODE]`.  `origins` says for each key which file set it.
    """

    path: Path | None = None
    profile: str = "falc"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    lexicons: tuple[Path, ...] = ()
    model: str = "fr_core_news_md"
    fail_on: Severity = Severity.ERROR
    rules: Mapping[str, Mapping[str, OptionValue]] = field(default_factory=lambda: MappingProxyType({}))
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def with_options(self, **changes: object) -> Config:
        """Return a copy with what the command line asks for; values that are `None` change nothing."""
        given = {key: value for key, value in changes.items() if value is not None}
        origins = {**self.origins, **{key.replace("_", "-"): "ligne de commande" for key in given}}
        return replace(self, **given, origins=origins)  # type: ignore[arg-type]

    def __hash__(self) -> int:
        return hash((self.path, self.profile, self.select, self.extend_select, self.ignore, self.lexicons, self.model))


def config_for(path: Path) -> Config:
    """Return the configuration of the nearest `falc.toml` or `pyproject.toml` with `[tool.falc]`.

    The search starts in the folder of `path` and goes up; the first file found wins alone.
    Raises FalcError naming file, line and key when that file is wrong.
    """
    folder = path if path.is_dir() else path.parent
    return _nearest(folder.resolve())


@lru_cache(maxsize=1024)
def _nearest(folder: Path) -> Config:
    for place in (folder, *folder.parents):
        own, project = place / CONFIG_FILE, place / "pyproject.toml"
        if own.is_file():
            return read_config(own)
        if project.is_file() and _table(project) is not None:
            return read_config(project)
    return Config()


def read_config(path: Path) -> Config:
    """Read one configuration file and those it extends."""
    return _read(path.resolve(), ())


def _read(path: Path, seen: tuple[Path, ...]) -> Config:
    if path in seen:
        raise FalcError(f"{path} : ce fichier s'étend lui-même (« extend »).")
    table = _table(path)
    if table is None:
        raise FalcError(f"{path} : ce fichier n'a pas de table [tool.falc].")
    text = _text(path)
    prefix = "tool.falc" if path.name == "pyproject.toml" else ""
    for key in table:
        if key not in KEYS:
            raise unknown_key(str(path), text, key, KEYS, table=prefix)
    extended = table.get("extend")
    base = _read((path.parent / _string(path, "extend", extended)).resolve(), (*seen, path)) if extended else Config()
    return _overlay(base, table, path)


def _overlay(base: Config, table: dict[str, object], path: Path) -> Config:
    changes: dict[str, object] = {"path": path}
    for key in _STRINGS:
        if key in table and key != "extend":
            changes[key.replace("-", "_")] = _string(path, key, table[key])
    if "fail_on" in changes:
        changes["fail_on"] = _severity(path, "fail-on", changes["fail_on"])
    for key in _LISTS:
        if key in table:
            changes[key.replace("-", "_")] = _strings(path, key, table[key])
    for key in ("extend_select", "ignore"):  # these add up along `extend`
        if key in changes:
            changes[key] = (*getattr(base, key), *changes[key])  # type: ignore[misc]
    if "lexicons" in changes:
        own = tuple(path.parent / name for name in changes["lexicons"])  # type: ignore[attr-defined]
        changes["lexicons"] = (*base.lexicons, *own)
    origins = {key: str(path) for key in table if key != "rules"}
    if "rules" in table:
        changes["rules"], more = _rules(base, table["rules"], path)
        origins |= more
    return replace(base, **changes, origins={**base.origins, **origins})  # type: ignore[arg-type]


def _rules(base: Config, tables: object, path: Path) -> tuple[dict[str, Mapping[str, OptionValue]], dict[str, str]]:
    if not isinstance(tables, dict) or not all(isinstance(options, dict) for options in tables.values()):
        raise FalcError(f"{path} : « rules » contient des tables, par exemple [rules.PHR001].")
    merged = {code: dict(options) for code, options in base.rules.items()}
    origins = {}
    for code, options in tables.items():
        merged.setdefault(code, {})
        for option, value in options.items():
            frozen = tuple(value) if isinstance(value, list) else value
            merged[code][option] = frozen
            origins[f"rules.{code}.{option}"] = str(path)
    return dict(merged), origins


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FalcError(f"{path} : ce fichier n'est pas en UTF-8.") from None
    except OSError:
        raise FalcError(f"{path} : falc ne peut pas lire ce fichier de configuration.") from None


def _table(path: Path) -> dict[str, object] | None:
    if path.name != "pyproject.toml":
        return read_toml(_text(path), str(path))
    tool = read_toml(_text(path), str(path)).get("tool")
    table = tool.get("falc") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _string(path: Path, key: str, value: object) -> str:
    if not isinstance(value, str):
        raise FalcError(f'{path} : « {key} » attend un texte entre guillemets, par exemple {key} = "falc".')
    return value


def _strings(path: Path, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise FalcError(f'{path} : « {key} » attend une liste de textes, par exemple {key} = ["PHR001"].')
    return tuple(value)


def _severity(path: Path, key: str, value: object) -> Severity:
    try:
        return Severity(str(value))
    except ValueError:
        raise FalcError(f"{path} : « {key} » vaut info, warning ou error, pas « {value} ».") from None
