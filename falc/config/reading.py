"""Read and check a configuration file and those it extends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from falc.config.values import Config
from falc.model import FalcError, OptionValue, Revisions, Severity
from falc.toml import line_of, read_toml, unknown_key

__all__ = ["KEYS", "has_settings", "read_config"]

_STRINGS = ("profile", "model")
_EXAMPLES = {
    "include": "courriels/*.mail",
    "exclude": "archives/",
    "lexicons": "mots.tsv",
    "templates": "jinja",
    "patterns": r"@@(\w+)@@",
    "front-matter": "title",
}
_LISTS = ("select", "include", "exclude", "templates", "patterns", "front-matter")
_ADDED = ("extend-select", "ignore")  # these add up along `extend`
_PAIRS = ("per-file-profile", "placeholders")
# In the order in which people meet them.
KEYS = (
    "profile",
    "model",
    "fail-on",
    "revisions",
    "baseline",
    "extend",
    "select",
    "extend-select",
    "ignore",
    "lexicons",
    "include",
    "exclude",
    "templates",
    "patterns",
    "front-matter",
    "per-file-ignores",
    "per-file-profile",
    "placeholders",
    "rules",
)
_PROJECT = "pyproject.toml"

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True)
class _File:
    """A configuration file: its text, its table, and the name of that table."""

    path: Path
    text: str
    table: dict[str, object]
    prefix: str

    def where(self, key: str, table: str = "") -> str:
        line = line_of(self.text, key, ".".join(part for part in (self.prefix, table) if part))
        return f"{self.path}, ligne {line}" if line else self.where(table) if table else str(self.path)

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
            example = _EXAMPLES.get(key, "PHR001")
            raise self.wrong(key, f'attend une liste de textes, par exemple {key} = ["{example}"]')
        return tuple(value)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        value = self.table[key]
        if not isinstance(value, dict):
            raise self.wrong(key, f'contient des textes : [{key}], puis par exemple "sms/*" = "sms"')
        for name, text in value.items():
            if not isinstance(text, str):
                raise FalcError(f'{self.where(name, key)} : « {key} » attend un texte, par exemple "{name}" = "sms".')
        return tuple(value.items())

    def lists(self, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        value = self.table[key]
        if not isinstance(value, dict):
            raise self.wrong(key, f'contient des listes : [{key}], puis par exemple "sms/*" = ["PHR001"]')
        for name, items in value.items():
            if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
                raise FalcError(
                    f'{self.where(name, key)} : « {key} » attend une liste, par exemple "{name}" = ["PHR001"].'
                )
        return tuple((name, tuple(items)) for name, items in value.items())

    def choice(self, key: str, kind: type[_Choice]) -> _Choice:
        value = self.string(key)
        try:
            return kind(value)
        except ValueError:
            *names, last = kind
            raise self.wrong(key, f"vaut {', '.join(names)} ou {last}, pas « {value} »") from None

    def rules(self) -> dict[str, dict[str, OptionValue]]:
        tables = self.table.get("rules", {})
        if not isinstance(tables, dict) or not all(isinstance(options, dict) for options in tables.values()):
            raise self.wrong("rules", "contient des tables, par exemple [rules.PHR001]")
        return tables


def read_config(path: Path) -> Config:
    """Read one configuration file and those it extends.  Raises FalcError naming file, line and key."""
    return _read(path.resolve(), ())


def has_settings(path: Path) -> bool:
    """May this file hold settings: a `falc.toml`, or a `pyproject.toml` with `[tool.falc]`?

    Raises FalcError when it is not TOML.
    """
    return path.name != _PROJECT or "falc" in _tool(_text(path), path)


def _open(path: Path) -> _File:
    text = _text(path)
    if path.name != _PROJECT:
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
    changes = {key.replace("-", "_"): _value(base, file, key) for key in file.table if key not in ("extend", "rules")}
    rules = {code: dict(options) for code, options in base.rules.items()}
    for code, options in file.rules().items():
        rules.setdefault(code, {})
        for option, value in options.items():
            rules[code][option] = tuple(value) if isinstance(value, list) else value
    origins = {**base.origins, **_origins(file)}
    sources = (*base.sources, file.path)
    return replace(base, **changes, path=file.path, rules=rules, origins=origins, sources=sources)  # type: ignore[arg-type]


def _value(base: Config, file: _File, key: str) -> object:
    readers: dict[str, Callable[[], object]] = {
        "fail-on": lambda: file.choice(key, Severity),
        "revisions": lambda: file.choice(key, Revisions),
        "per-file-ignores": lambda: file.lists(key),
        "baseline": lambda: file.path.parent / file.string(key),
        "lexicons": lambda: (*base.lexicons, *(file.path.parent / name for name in file.strings(key))),
        **dict.fromkeys(_STRINGS, lambda: file.string(key)),
        **dict.fromkeys(_LISTS, lambda: file.strings(key)),
        **dict.fromkeys(_PAIRS, lambda: file.pairs(key)),
        **dict.fromkeys(_ADDED, lambda: (*getattr(base, key.replace("-", "_")), *file.strings(key))),
    }
    return readers[key]()


def _origins(file: _File) -> dict[str, str]:
    """Return where each key of `file` stands."""
    origins = {key: file.where(key) for key in file.table if key != "rules"}
    for key in ("per-file-ignores", *_PAIRS):
        table = file.table.get(key, {})
        if isinstance(table, dict):
            origins |= {f"{key}.{name}": file.where(name, key) for name in table}
    for code, options in file.rules().items():
        origins[f"rules.{code}"] = file.where(code, "rules")
        origins |= {f"rules.{code}.{option}": file.where(option, f"rules.{code}") for option in options}
    return origins
