"""TOML files of ours, read with errors that a person can act on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches

from falc.model import FalcError

_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_toml(text: str, name: str) -> dict[str, object]:
    """Parse `text`; raise FalcError naming the file, the line and the column if it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        where = f"ligne {position[1]}, colonne {position[2]}" if position else "dernière ligne"
        raise FalcError(
            f"{name}, {where} : ce n'est pas du TOML correct. Vérifiez les guillemets et les signes =."
        ) from None


def line_of(text: str, key: str, table: str = "") -> int | None:
    """Return the line, from 1, where `key` of `[table]` is set or where a table `[key]` opens."""
    current = ""
    assignment = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
    for number, line in enumerate(text.split("\n"), start=1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        if header:
            current = header[1].replace('"', "").replace("'", "")
            if current == f"{table}.{key}".lstrip("."):
                return number
        elif current == table and assignment.match(line):
            return number
    return None


def unknown_key(name: str, text: str, key: str, known: Iterable[str], *, table: str = "", owner: str = "") -> FalcError:
    """Return the error for a key that does not exist, with its line and the closest valid name."""
    line = line_of(text, key, table)
    where = f"{name}, ligne {line}" if line else name
    return FalcError(f"{where} : « {key} » n'existe pas{f' pour {owner}' if owner else ''}.{did_you_mean(key, known)}")


def shown(value: object) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(shown(item) for item in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return « Vouliez-vous dire … ? » with the closest known word, or nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Vouliez-vous dire « {close[0]} » ?" if close else ""
