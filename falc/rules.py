"""Rules: read from TOML files and checked."""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from falc.compiled import compiled
from falc.model import Checkable, Example, FalcError, OptionValue, Rule, Severity, Status, Tier
from falc.resources import data, walk
from falc.toml import did_you_mean, line_of, read_toml, unknown_key

HUMAN = "human"
# What an example marks.  The last « >> »: it may be a tag, « <<<img>>> ».
MARK = re.compile(r"<<(.*?)>>(?!>)", re.DOTALL)
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
    "why",
    "how",
)
_OPTIONAL = ("message", "question", "criterion", "level", "blocks", "formats", "gives_way", "options", "good", "bad")
_EXAMPLE_KEYS = ("text", "format", "fix", "trap", "shown", "parts", "options")
_CODE = re.compile(r"[A-Z]{3}\d{3}")
_BEFORE_SIGN = re.compile(r" (?=[»:;!?%])")
_QUOTE = re.compile("«[ \u00a0\u202f]?|[ \u00a0\u202f]?»")
_KINDS: Mapping[str, type[StrEnum]] = {"severity": Severity, "status": Status, "tier": Tier, "checkable": Checkable}
_WORDS = ("title", "source", "question", "message", "why", "how")


@lru_cache(maxsize=1)
def all_rules() -> Mapping[str, Rule]:
    """Return every rule that ships with falc, by code, in the order of the codes."""
    files = _files()
    tables = compiled("regles", files, lambda: [_table(file.read_text(encoding="utf-8"), file.name) for file in files])
    rules = [_rule(table) for table in tables]
    return MappingProxyType({rule.code: rule for rule in sorted(rules, key=lambda rule: rule.code)})


def _files() -> list[Traversable]:
    families = sorted(data("rules").iterdir(), key=lambda entry: entry.name)
    return [
        file for family in families if family.is_dir() and family.name != PROFILES for file in walk(family, ".toml")
    ]


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
    return _rule(_table(text, name))


def _table(text: str, name: str) -> dict[str, Any]:
    """Return the checked table of a rule file, its words as they are shown."""
    from falc.document import BlockKind  # here: rules are read from the files only when these have changed
    from falc.formats import FORMATS

    table: dict[str, Any] = read_toml(text, name)
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

    for key, kind in _KINDS.items():
        try:
            kind(str(table[key]))
        except ValueError:
            values, line = ", ".join(kind), line_of(text, key)
            raise FalcError(f"{name}, ligne {line} : « {key} » vaut {values}, pas « {table[key]} ».") from None
    needed = "question" if table["check"] == HUMAN else "message"
    if needed not in table:
        raise FalcError(f"{name} : il manque « {needed} ».")
    if not isinstance(table.get("options", {}), dict):
        raise FalcError(f"{name} : « options » est une table [options].")
    _check_examples(table.get("good", []), name, text, FORMATS)
    _check_examples(table.get("bad", []), name, text, FORMATS)
    lists = {"blocks": list(BlockKind), "formats": FORMATS, "gives_way": ()}
    table.update({key: strings(table, key, name, allowed) for key, allowed in lists.items()})
    table.update({key: typography(str(table.get(key, "")).strip()) for key in _WORDS})
    return table


def _rule(table: Mapping[str, Any]) -> Rule:
    """Return the rule of a checked table."""
    return Rule(
        **{key: table[key] for key in ("code", "name", "check", "since", "title", "source", "message", "why", "how")},
        severity=Severity(table["severity"]),
        status=Status(table["status"]),
        tier=Tier(table["tier"]),
        checkable=Checkable(table["checkable"]),
        question=table["question"] or None,
        criterion=str(table["criterion"]) if "criterion" in table else None,
        level=str(table["level"]) if "level" in table else None,
        blocks=table["blocks"],
        formats=table["formats"],
        gives_way=table["gives_way"],
        options=_frozen(table.get("options", {})),
        good=_examples(table.get("good", ())),
        bad=_examples(table.get("bad", ())),
    )


def _examples(tables: Sequence[Mapping[str, Any]]) -> tuple[Example, ...]:
    frozen = ({**table, **{key: _frozen(table.get(key, {})) for key in ("options", "parts")}} for table in tables)
    return tuple(Example(**table) for table in frozen)


def _check_examples(tables: object, name: str, text: str, formats: Collection[str]) -> None:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise FalcError(f"{name} : un exemple est une table [[good]] ou [[bad]].")
    for table in tables:
        for key in table:
            if key not in _EXAMPLE_KEYS:
                raise unknown_key(name, text, key, _EXAMPLE_KEYS, owner="un exemple")
        if "text" not in table:
            raise FalcError(f"{name} : un exemple n'a pas de « text ».")
        if table.get("format", "text") not in formats:
            raise FalcError(f"{name} : le format « {table['format']} » d'un exemple n'existe pas.")


def strings(table: Mapping[str, object], key: str, name: str, allowed: Collection[str] = ()) -> tuple[str, ...]:
    """Return a list of texts of a table, none if it is absent; raise FalcError when it is something else."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise FalcError(f"{name} : « {key} » est une liste de textes entre guillemets.")
    for item in value:
        if allowed and item not in allowed:
            raise FalcError(f"{name} : « {key} » ne peut pas contenir « {item} ».{did_you_mean(item, allowed)}")
    return tuple(value)


def _frozen(options: Mapping[str, object]) -> Mapping[str, OptionValue]:
    frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in options.items()}
    return MappingProxyType(frozen)  # type: ignore[arg-type]


def typography(text: str) -> str:
    """Put the no-break spaces of French typography, so that rule files need only plain ones."""
    return _BEFORE_SIGN.sub("\u00a0", text.replace("« ", "«\u00a0"))


def one_line(text: str) -> str:
    """Return a text without line ends; its no-break spaces stay."""
    return " ".join(line.strip() for line in text.splitlines() if line.strip())


def shortened(text: str, most: int) -> str:
    """Return a text of at most about `most` characters, cut after a word."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def inner_quotes(text: str) -> str:
    """Return a text as it is quoted between « »: with “ ” inside; a sign without its partner is left out."""
    if "«" not in text and "»" not in text:
        return text
    open_, alone = [], set()
    for mark in re.finditer("[«»]", text):
        if mark[0] == "«":
            open_.append(mark.start())
        elif open_:
            open_.pop()
        else:
            alone.add(mark.start())
    alone.update(open_)

    def inner(mark: re.Match[str]) -> str:
        if mark[0][0] == "«":
            return "" if mark.start() in alone else "“"
        return "" if mark.end() - 1 in alone else "”"

    return _QUOTE.sub(inner, text)


def mark_up(text: str, sign: str) -> str:
    """Return an example with `sign` on both sides of what it marks, instead of `<<…>>`."""
    return MARK.sub(lambda mark: f"{sign}{mark[1]}{sign}", text)


def message_fields(message: str) -> set[str]:
    """Return the names between braces of a message."""
    try:
        return {field for _, field, _, _ in string.Formatter().parse(message) if field}
    except ValueError:
        raise FalcError(f"le message « {message} » a une accolade seule.") from None


@lru_cache(maxsize=8)
def digest(lexicons: tuple[Path, ...] = ()) -> str:
    """Return a short digest of all rules and lexicons: two reports with the same digest used the same data."""
    total = hashlib.sha256()
    for path in lexicons:
        total.update(path.read_bytes() + b"\0")
    for folder, suffix in (("rules", ".toml"), ("lexicons", ".tsv")):
        for file in walk(data(folder), suffix):
            total.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()[:16]
