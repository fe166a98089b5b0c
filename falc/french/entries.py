"""Entries of the lexicons and the tables they are read from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from falc.french.guards import is_known, is_tested
from falc.model import FalcError, Safety

COLUMNS = (
    "terme", "nature", "genre", "categorie", "remplacements", "nature_remplacements", "type", "explication",
    "gardes", "surete", "note",
)  # fmt: skip
_VALUES = {
    "nature": ("", "NOUN", "VERB", "ADJ", "ADV", "ADP", "CONJ", "DET", "PRON", "EXPR"),
    "genre": ("", "m", "f"),
    "type": ("remplacer", "reformuler", "expliquer"),
    "surete": ("sure", "a-verifier", "idee"),
}
_DEFAULTS = {"surete": "a-verifier"}
_ADVICE = "conseil : "  # how a note starts that is shown to writers
_SAFETY = {"sure": Safety.SAFE, "a-verifier": Safety.UNSAFE, "idee": Safety.DISPLAY}


@dataclass(frozen=True, slots=True)
class Entry:
    """A difficult term and what to write instead.  `kind`: remplacer, reformuler, expliquer.

    Two entries are the same when term and part of speech are.
    """

    term: str
    pos: str
    gender: str
    category: str
    replacements: tuple[str, ...]
    kind: str
    explanation: str
    guards: tuple[str, ...]
    safety: Safety
    note: str

    @property
    def advice(self) -> str:
        """Return what the note tells those who must choose between replacements."""
        return self.note.removeprefix(_ADVICE) if self.note.startswith(_ADVICE) else ""

    def values(self, guard: str) -> tuple[str, ...]:
        """Return the words of a guard such as `obj=loyer,facture`."""
        found = next((g for g in self.guards if g.startswith(guard + "=")), "")
        return tuple(found.partition("=")[2].split(",")) if found else ()


def read_entries(file: Traversable | Path) -> Iterator[Entry]:
    """Yield the entries of a table with tabs, or with semicolons as French spreadsheets write it.

    Raises FalcError naming file, line and column when the table is wrong.
    """
    try:
        text = _decoded(file.read_bytes())
    except OSError as error:
        raise FalcError(f"Le lexique « {file.name} » ne peut pas être lu.") from error
    header = text.partition("\n")[0]
    if "\t" in header or ";" not in header:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    try:
        columns = [cell.strip() for cell in next(lines, [])]
        _check_header(columns, file.name)
        for cells in lines:
            if any(cell.strip() for cell in cells):
                row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
                yield _entry(row, f"{file.name}, ligne {lines.line_num}")
    except csv.Error as error:
        raise FalcError(f"{file.name}, ligne {lines.line_num} : cette ligne n'est pas une ligne de tableau.") from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _check_header(columns: list[str], name: str) -> None:
    for required in ("terme", "remplacements"):
        if required not in columns:
            raise FalcError(f"{name}, ligne 1 : il manque la colonne « {required} ».")
    for column in columns:
        if column not in COLUMNS:
            raise FalcError(f"{name}, ligne 1 : la colonne « {column} » n'existe pas. Colonnes : {', '.join(COLUMNS)}.")


def _entry(row: Mapping[str, str], place: str) -> Entry:
    values = {column: row.get(column) or _DEFAULTS.get(column, "") for column in COLUMNS}
    if not values["terme"]:
        raise FalcError(f"{place}, colonne « terme » : la case est vide.")
    values["type"] = values["type"] or ("remplacer" if values["remplacements"] else "expliquer")
    for column, allowed in _VALUES.items():
        if values[column] not in allowed:
            choice = ", ".join(value for value in allowed if value)
            raise FalcError(
                f"{place}, colonne « {column} » : « {values[column]} » n'existe pas. Choisissez : {choice}."
            )
    guards = tuple(guard.strip() for guard in values["gardes"].split(";") if guard.strip())
    for guard in guards:
        if not is_known(guard):
            raise FalcError(f"{place}, colonne « gardes » : la garde « {guard} » n'existe pas.")
        if values["surete"] == "sure" and not is_tested(guard):
            raise FalcError(
                f"{place}, colonne « surete » : falc ne sait pas vérifier la garde « {guard} ». Écrivez « a-verifier »."
            )
    replacements = tuple(text.strip() for text in values["remplacements"].split("|") if text.strip())
    if values["surete"] == "sure" and (values["type"] != "remplacer" or not replacements):
        raise FalcError(f"{place}, colonne « surete » : « sure » va avec le type « remplacer » et un remplacement.")
    return Entry(
        term=values["terme"],
        pos=values["nature"],
        gender=values["genre"],
        category=values["categorie"],
        replacements=replacements,
        kind=values["type"],
        explanation=values["explication"],
        guards=guards,
        safety=_SAFETY[values["surete"]],
        note=values["note"],
    )
