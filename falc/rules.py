"""Rules: read from TOML, checked against their checks, chosen by profile and configuration."""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from falc.config import Config
from falc.model import Checkable, Example, FalcError, OptionValue, Rule, Severity, Status, Tier
from falc.resources import data, walk
from falc.toml import did_you_mean, line_of, read_toml, unknown_key

HUMAN = "human"
PROFILES = "profils"
_REQUIRED = (
    "code",
    "name",
    "title",
    "check",
    "severity",
    "status",
    "since",
    "tier",
    "checkable",
    "source",
    "message",
    "why",
    "how",
)
_OPTIONAL = ("criterion", "level", "blocks", "formats", "options", "good", "bad")
_EXAMPLE_KEYS = ("text", "format", "fix", "trap", "options")
_CODE = re.compile(r"[A-Z]{3}\d{3}")
_Enum = TypeVar("_Enum", Severity, Status, Tier, Checkable)


@dataclass(frozen=True, slots=True)
class Profile:
    """A named choice of rules with settings of its own."""

    name: str
    title: str
    description: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    rules: Mapping[str, Mapping[str, OptionValue]]


@lru_cache(maxsize=1)
def all_rules() -> Mapping[str, Rule]:
    """Return every rule that ships with falc, by code, in the order of the codes."""
    folder = data("rules")
    rules = [
        read_rule(file.read_text(encoding="utf-8"), file.name)
        for family in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if family.is_dir() and family.name != PROFILES
        for file in walk(family, ".toml")
    ]
    return MappingProxyType({rule.code: rule for rule in sorted(rules, key=lambda rule: rule.code)})


def find_rule(name: str) -> Rule:
    """Return the rule with this code or name; raise FalcError with the closest one."""
    rules = all_rules()
    for rule in rules.values():
        if name.lower() in (rule.code.lower(), rule.name):
            return rule
    known = [*rules, *(rule.name for rule in rules.values())]
    raise FalcError(f"La règle « {name} » n'existe pas.{did_you_mean(name, known)} « falc rules » donne la liste.")


def read_rule(text: str, name: str) -> Rule:
    """Read a rule file; raise FalcError naming file, line and key when it is wrong."""
    table = read_toml(text, name)
    for key in table:
        if key not in (*_REQUIRED, *_OPTIONAL):
            raise unknown_key(name, text, key, (*_REQUIRED, *_OPTIONAL))
    for key in _REQUIRED:
        if key not in table:
            raise FalcError(f"{name} : il manque « {key} ».")
        if not isinstance(table[key], str):
            raise FalcError(f"{name}, ligne {line_of(text, key)} : « {key} » est un texte entre guillemets.")
    code = str(table["code"])
    if not _CODE.fullmatch(code):
        raise FalcError(f"{name} : « {code} » n'est pas un code de règle, par exemple PHR001.")

    def words(key: str) -> str:
        return typography(str(table[key]).strip())

    def one_of(kind: type[_Enum], key: str) -> _Enum:
        try:
            return kind(str(table[key]))
        except ValueError:
            values = ", ".join(kind)
            raise FalcError(
                f"{name}, ligne {line_of(text, key)} : « {key} » vaut {values}, pas « {table[key]} »."
            ) from None

    options = table.get("options", {})
    if not isinstance(options, dict):
        raise FalcError(f"{name} : « options » est une table [options].")
    return Rule(
        code=code,
        name=str(table["name"]),
        title=words("title"),
        check=str(table["check"]),
        severity=one_of(Severity, "severity"),
        status=one_of(Status, "status"),
        tier=one_of(Tier, "tier"),
        checkable=one_of(Checkable, "checkable"),
        since=str(table["since"]),
        criterion=str(table["criterion"]) if "criterion" in table else None,
        level=str(table["level"]) if "level" in table else None,
        source=words("source"),
        message=words("message"),
        why=words("why"),
        how=words("how"),
        blocks=tuple(_list(table.get("blocks", []))),
        formats=tuple(_list(table.get("formats", []))),
        options=_frozen(options),
        good=_examples(table.get("good", []), name, text),
        bad=_examples(table.get("bad", []), name, text),
    )


def _examples(tables: object, name: str, text: str) -> tuple[Example, ...]:
    examples = []
    for table in tables if isinstance(tables, list) else []:
        for key in table:
            if key not in _EXAMPLE_KEYS:
                raise unknown_key(name, text, key, _EXAMPLE_KEYS, owner="un exemple")
        if "text" not in table:
            raise FalcError(f"{name} : un exemple n'a pas de « text ».")
        examples.append(Example(**{**table, "options": _frozen(table.get("options", {}))}))
    return tuple(examples)


def _list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _frozen(options: Mapping[str, object]) -> Mapping[str, OptionValue]:
    frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in options.items()}
    return MappingProxyType(frozen)  # type: ignore[arg-type]


def typography(text: str) -> str:
    """Put the no-break spaces of French typography, so that rule files need only plain ones."""
    text = re.sub(r"« ", "«\u00a0", text)
    return re.sub(r" ([»:;!?%])", "\u00a0\\1", text)


def message_fields(message: str) -> set[str]:
    """Return the names between braces of a message."""
    return {field for _, field, _, _ in string.Formatter().parse(message) if field}


def profile(name: str) -> Profile:
    """Read a profile of `rules/profils/`; raise FalcError with the closest name."""
    files = {file.name.removesuffix(".toml"): file for file in walk(data("rules") / PROFILES, ".toml")}
    if name not in files:
        raise FalcError(f"Le profil « {name} » n'existe pas.{did_you_mean(name, files)} Profils : {', '.join(files)}.")
    return _read_profile(files[name], name)


def _read_profile(file: Traversable, name: str) -> Profile:
    text = file.read_text(encoding="utf-8")
    table = read_toml(text, file.name)
    known = ("title", "description", "select", "ignore", "rules")
    for key in table:
        if key not in known:
            raise unknown_key(file.name, text, key, known)
    rules = table.get("rules", {})
    return Profile(
        name=name,
        title=str(table.get("title", name)),
        description=typography(str(table.get("description", "")).strip()),
        select=tuple(_list(table.get("select", []))),
        ignore=tuple(_list(table.get("ignore", []))),
        rules={code: _frozen(options) for code, options in rules.items()} if isinstance(rules, dict) else {},
    )


def selected(config: Config) -> tuple[Rule, ...]:
    """Return the rules in force, with their options and severities as profile and configuration say.

    Raises FalcError naming the file and the closest valid name for an unknown code or option.
    """
    rules = all_rules()
    chosen_profile = profile(config.profile)
    source = str(config.path) if config.path else "ligne de commande"
    wanted = _codes(config.select or chosen_profile.select, rules, source)
    wanted |= _codes(config.extend_select, rules, source)
    unwanted = _codes(config.ignore, rules, source)
    if not config.select:
        unwanted |= _codes(chosen_profile.ignore, rules, f"profil {config.profile}") - _codes(
            config.extend_select, rules, source
        )
    chosen = {code: rule for code, rule in rules.items() if code in wanted - unwanted and rule.check != HUMAN}
    for tables, origin in ((chosen_profile.rules, f"profil {config.profile}"), (config.rules, source)):
        for name, options in tables.items():
            (code,) = _codes((name,), rules, origin, single=True)
            if code in chosen:
                chosen[code] = configured(chosen[code], options, origin)
            else:
                configured(rules[code], options, origin)  # a wrong option is an error all the same
    return tuple(chosen.values())


def configured(rule: Rule, options: Mapping[str, OptionValue], origin: str) -> Rule:
    """Return the rule with other options; `severity` among them replaces its severity."""
    changed = dict(rule.options)
    severity = rule.severity
    for key, value in options.items():
        if key == "severity":
            if value not in list(Severity):
                raise FalcError(
                    f"{_line(origin, key)} : la gravité de {rule.code} vaut info, warning ou error, pas « {value} »."
                )
            severity = Severity(str(value))
        elif key not in rule.options:
            hint = did_you_mean(key, [*rule.options, "severity"])
            raise FalcError(f"{_line(origin, key)} : « {key} » n'existe pas pour {rule.code}.{hint}")
        elif not _same_type(value, rule.options[key]):
            wanted = _shown(rule.options[key])
            raise FalcError(f"{_line(origin, key)} : « {key} » de {rule.code} attend une valeur comme {wanted}.")
        else:
            changed[key] = value
    return replace(rule, options=MappingProxyType(changed), severity=severity)


def _line(origin: str, key: str) -> str:
    """Add to the name of a settings file the line that sets `key` of a rule."""
    path = Path(origin)
    if not path.is_file():
        return origin
    text = path.read_text(encoding="utf-8-sig")
    tables = (header for header in re.findall(r"^\s*\[([^\[\]]+)\]", text, re.MULTILINE) if "rules." in header)
    line = next((line for table in tables if (line := line_of(text, key, table.replace('"', "")))), None)
    return f"{origin}, ligne {line}" if line else origin


def _same_type(value: object, default: object) -> bool:
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(default)


def _shown(value: OptionValue) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{item}"' for item in value) + "]"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value).replace("'", '"')


def _codes(names: Iterable[str], rules: Mapping[str, Rule], origin: str, *, single: bool = False) -> set[str]:
    """Turn codes, families, names and ALL into codes."""
    codes: set[str] = set()
    for name in names:
        if single:
            found = {rule.code for rule in rules.values() if name in (rule.code, rule.name)}
        else:
            found = {rule.code for rule in rules.values() if name in (rule.code, rule.name, rule.family, "ALL")}
        if not found:
            known = [*rules, *(rule.name for rule in rules.values()), *{rule.family for rule in rules.values()}]
            raise FalcError(f"{origin} : la règle « {name} » n'existe pas.{did_you_mean(name, known)}")
        codes |= found
    return codes


@lru_cache(maxsize=1)
def digest() -> str:
    """Return a short digest of all rules and lexicons: two reports with the same digest used the same data."""
    total = hashlib.sha256()
    for folder, suffix in (("rules", ".toml"), ("lexicons", ".tsv")):
        for file in walk(data(folder), suffix):
            total.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()[:16]
