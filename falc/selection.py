"""Which rules hold, with which options: the profile chooses, the configuration changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from falc.config import Config
from falc.model import FalcError, OptionValue, Rule, Severity, Tier
from falc.resources import data, walk
from falc.rules import HUMAN, PROFILES, all_rules, strings, typography
from falc.toml import did_you_mean, read_toml, shown, unknown_key

_KEYS = ("title", "description", "tiers", "guards", "select", "ignore", "rules")


@dataclass(frozen=True, slots=True)
class Profile:
    """A named choice of rules with settings of its own.

    `select` and `ignore` choose among the rules of the `tiers`; `guards` are rules of other tiers that stay on.
    """

    name: str
    title: str
    description: str
    tiers: tuple[str, ...]
    guards: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    rules: Mapping[str, Mapping[str, OptionValue]]


@lru_cache(maxsize=8)
def profile(name: str, origin: str = "") -> Profile:
    """Read a profile of `rules/profils/`; raise FalcError with the closest name."""
    files = {file.name.removesuffix(".toml"): file for file in walk(data("rules") / PROFILES, ".toml")}
    if name not in files:
        where = f"{origin} : " if origin else ""
        hint = did_you_mean(name, files)
        raise FalcError(f"{where}le profil « {name} » n'existe pas.{hint} Profils : {', '.join(files)}.")
    text = files[name].read_text(encoding="utf-8")
    table = read_toml(text, files[name].name)
    for key in table:
        if key not in _KEYS:
            raise unknown_key(files[name].name, text, key, _KEYS)
    rules = table.get("rules", {})
    return Profile(
        name=name,
        title=str(table.get("title", name)),
        description=typography(str(table.get("description", "")).strip()),
        tiers=strings(table, "tiers", files[name].name, list(Tier)) or tuple(Tier),
        guards=strings(table, "guards", files[name].name),
        select=strings(table, "select", files[name].name),
        ignore=strings(table, "ignore", files[name].name),
        rules=rules if isinstance(rules, dict) else {},
    )


def selected(config: Config) -> tuple[Rule, ...]:
    """Return the rules in force, with their options and severities as profile and configuration say.

    Raises FalcError naming the place and the closest valid name for an unknown code or option.
    """
    rules = all_rules()
    chosen = profile(config.profile, config.origins.get("profile", ""))
    own = f"profil {chosen.name}"
    added = _codes(config.extend_select, config.origin("extend-select"))
    unwanted = _codes(config.ignore, config.origin("ignore"))
    if config.select:
        wanted = _codes(config.select, config.origin("select"))
    else:
        wanted = {code for code in _codes(chosen.select, own) if rules[code].tier in chosen.tiers}
        wanted |= _codes(chosen.guards, own)
        unwanted |= _codes(chosen.ignore, own) - added
    in_force = dict(rules)
    for name, options in chosen.rules.items():
        rule = _one(name, own)
        in_force[rule.code] = configured(in_force[rule.code], options, lambda _: own)
    for name, options in config.rules.items():
        rule = _one(name, config.origin(f"rules.{name}"))
        where = _origins(config, name)
        in_force[rule.code] = configured(in_force[rule.code], options, where)
    return tuple(rule for code, rule in in_force.items() if code in (wanted | added) - unwanted and rule.check != HUMAN)


def _origins(config: Config, name: str) -> Callable[[str], str]:
    return lambda option: config.origin(f"rules.{name}.{option}")


def configured(rule: Rule, options: Mapping[str, OptionValue], where: Callable[[str], str]) -> Rule:
    """Return the rule with other options; `severity` among them replaces its severity.

    `where` tells, for the error, which place set an option.
    """
    changed = dict(rule.options)
    severity = rule.severity
    for key, value in options.items():
        frozen = tuple(value) if isinstance(value, list) else value
        if key == "severity":
            if value not in list(Severity):
                raise FalcError(
                    f"{where(key)} : la gravité de {rule.code} vaut info, warning ou error, pas « {value} »."
                )
            severity = Severity(str(value))
        elif key not in rule.options:
            hint = did_you_mean(key, [*rule.options, "severity"])
            raise FalcError(f"{where(key)} : « {key} » n'existe pas pour {rule.code}.{hint}")
        elif not _same_type(frozen, rule.options[key]):
            wanted = shown(rule.options[key])
            raise FalcError(f"{where(key)} : « {key} » de {rule.code} attend une valeur comme {wanted}.")
        else:
            changed[key] = frozen
    return replace(rule, options=MappingProxyType(changed), severity=severity)


def _same_type(value: object, default: object) -> bool:
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(default)


def _one(name: str, origin: str) -> Rule:
    """Return the rule with this code or name: a family has no options."""
    for rule in all_rules().values():
        if name in (rule.code, rule.name):
            return rule
    raise FalcError(f"{origin} : la règle « {name} » n'existe pas.{did_you_mean(name, _names())}")


def _codes(names: Iterable[str], origin: str) -> set[str]:
    """Turn codes, families, names and ALL into codes."""
    codes: set[str] = set()
    for name in names:
        found = {rule.code for rule in all_rules().values() if name in (rule.code, rule.name, rule.family, "ALL")}
        if not found:
            families = {rule.family for rule in all_rules().values()}
            raise FalcError(f"{origin} : la règle « {name} » n'existe pas.{did_you_mean(name, [*_names(), *families])}")
        codes |= found
    return codes


def _names() -> list[str]:
    return [name for rule in all_rules().values() for name in (rule.code, rule.name)]
