"""Entries of the lexicons and the tables they are read from."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from falc.french.facts import rows
from falc.french.guards import is_known
from falc.model import FalcError, Safety, Severity
from falc.texts import texts
from falc.toml import did_you_mean

__all__ = [
    "COLUMNS", "IGNORE", "VALUES", "Entry", "Fault", "Table", "entry_of", "fault", "faults_of", "header_faults",
    "read_entries", "read_table",
]  # fmt: skip

COLUMNS = (
    "terme", "nature", "genre", "categorie", "remplacements", "nature_remplacements", "type", "explication",
    "gardes", "surete", "note",
)  # fmt: skip
IGNORE = "ignorer"  # the type of a user's row that switches entries off
_REPLACE, _EXPLAIN = "remplacer", "expliquer"
VALUES = {
    "nature": ("", "NOUN", "VERB", "ADJ", "ADV", "ADP", "CONJ", "DET", "PRON", "EXPR"),
    "genre": ("", "m", "f"),
    "type": (_REPLACE, "reformuler", _EXPLAIN, IGNORE),
    "surete": ("sure", "a-verifier", "idee"),
}
_DEFAULTS = {"surete": "a-verifier"}
_ADVICE = "conseil : "  # how a note starts that is shown to writers
_SAFETY = {"sure": Safety.SAFE, "a-verifier": Safety.UNSAFE, "idee": Safety.DISPLAY}
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF8, _CP1252 = "utf-8-sig", "cp1252"
_TAB, _SEMICOLON, _COMMA, _QUOTE = "\t", ";", ",", '"'


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
    natures: tuple[str, ...] = ()  # part of speech of each replacement, with the gender of nouns: « NOUN+m »

    @property
    def advice(self) -> str:
        """Return what the note tells those who must choose between replacements."""
        return self.note.removeprefix(_ADVICE) if self.note.startswith(_ADVICE) else ""

    def values(self, guard: str) -> tuple[str, ...]:
        """Return the words of a guard such as `obj=loyer,facture`."""
        found = next((g for g in self.guards if g.startswith(guard + "=")), "")
        return tuple(found.partition("=")[2].split(",")) if found else ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a row: its name in the table of faults, the column, and the words for its sentence."""

    name: str
    column: str
    words: tuple[tuple[str, str], ...]

    @property
    def severity(self) -> Severity:
        return Severity(_sentences()[self.name][0])

    @property
    def message(self) -> str:
        """Return one French sentence."""
        return _sentences()[self.name][1].format(**dict(self.words))

    @property
    def advice(self) -> str:
        """Return what to do, in French."""
        return _sentences()[self.name][2].format(**dict(self.words))


def fault(name: str, column: str = "", **words: str) -> Fault:
    """Return a fault of the table of faults."""
    return Fault(name, column, tuple(words.items()))


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, tuple[str, str, str]]:
    return {name: (severity, message, advice) for name, severity, message, advice in rows("fautes-de-lexique")}


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table: its header, and its rows with the number of their first line."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[int, tuple[str, ...]]]
    is_utf8: bool

    def values(self, cells: Sequence[str], without: Collection[str] = ()) -> dict[str, str]:
        """Return the cells of a row by column, with the default of each that is empty or `without` its value."""
        row = {column: cell for column, cell in zip(self.columns, cells, strict=False) if column not in without}
        values = {column: row.get(column) or _DEFAULTS.get(column, "") for column in COLUMNS}
        values["type"] = values["type"] or (_REPLACE if values["remplacements"] else _EXPLAIN)
        values["nature"] = _codes().get(values["nature"].lower(), values["nature"])
        return values


def read_table(file: Traversable | Path) -> Table:
    """Read a table with tabs, or with semicolons as French spreadsheets write it.

    Raises FalcError when the file is no such table.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise FalcError(f"Le lexique « {file.name} » ne peut pas être lu.") from error
    text, is_utf8 = _decoded(content, file.name)
    header = text.partition("\n")[0]
    if _TAB in header:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=_TAB, quoting=csv.QUOTE_NONE)
    elif _COMMA in header and _SEMICOLON not in header:
        raise _refused("separateur", file.name)
    else:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=_SEMICOLON, strict=True)
    found: list[tuple[int, tuple[str, ...]]] = []
    while True:
        start = lines.line_num + 1
        try:
            cells = next(lines, None)
        except csv.Error as error:
            raise FalcError(f"{file.name}, ligne {start} : {fault('ligne-illisible').message}") from error
        if cells is None:
            break
        if any(cell.strip() for cell in cells) or start == 1:
            found.append((start, tuple(_cell(cell) for cell in cells)))
    return Table(found[0][1] if found else (), found[1:], is_utf8)


def _decoded(content: bytes, name: str) -> tuple[str, bool]:
    """Return the text of a table, and whether it is in UTF-8."""
    if content.startswith(_SPREADSHEETS):
        raise _refused("classeur", name)
    if content.startswith(_UTF16) or b"\0" in content:
        raise _refused("encodage-illisible", name)
    try:
        return content.decode(_UTF8), True
    except UnicodeDecodeError:
        return content.decode(_CP1252, errors="replace"), False


def _refused(name: str, file: str) -> FalcError:
    found = fault(name)
    return FalcError(f"{file} : {found.message} {found.advice}")


def _cell(text: str) -> str:
    """Return what a cell says: spreadsheets add quotation marks, line ends and typographic signs."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == _QUOTE:
        text = text[1:-1].replace(_QUOTE * 2, _QUOTE)
    return " ".join(text.replace("’", "'").split())


def read_entries(file: Traversable | Path) -> Iterator[Entry]:
    """Yield the entries of a table.

    Raises FalcError naming file, line and column when the table is wrong.
    """
    table = read_table(file)
    for wrong in header_faults(table):
        if wrong.severity is Severity.ERROR:
            raise _error(wrong, file.name, 1)
    for line, cells in table.rows:
        values = table.values(cells)
        for wrong in faults_of(values):
            raise _error(wrong, file.name, line)
        yield entry_of(values)


def _error(wrong: Fault, name: str, line: int) -> FalcError:
    column = f", colonne « {wrong.column} »" if wrong.column else ""
    return FalcError(f"{name}, ligne {line}{column} : {wrong.message} {wrong.advice}".rstrip())


def header_faults(table: Table) -> Iterator[Fault]:
    """Yield what is wrong with the names of the columns."""
    if "terme" not in table.columns:
        yield fault("colonne-manquante", colonne="terme")
    if not {"remplacements", "explication", "type"} & set(table.columns):
        yield fault("colonne-manquante", colonne="remplacements")
    for index, column in enumerate(table.columns):
        if column not in COLUMNS:
            idea = did_you_mean(column.lower(), COLUMNS)
            yield fault("colonne-inconnue", colonne=column, idee=idea, colonnes=", ".join(COLUMNS))
        elif column in table.columns[:index]:
            yield fault("colonne-double", colonne=column)


def faults_of(values: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what makes a row unusable."""
    if not values["terme"]:
        yield fault("case-vide", "terme")
    for column, allowed in VALUES.items():
        if values[column] not in allowed:
            choice = ", ".join(value for value in allowed if value)
            yield fault(
                "valeur-inconnue", column, valeur=values[column], choix=choice, idee=_idea(values[column], allowed)
            )
    for guard in _parts(values["gardes"], ";"):
        if not is_known(guard):
            yield fault("garde-inconnue", "gardes", garde=guard, idee=did_you_mean(guard, _similar(guard)))
    if values["surete"] == "sure" and (values["type"] != _REPLACE or not values["remplacements"]):
        yield fault("sure-sans-remplacement", "surete")


def _idea(value: str, allowed: Sequence[str]) -> str:
    """Return a hint: the value that is close, or that of the French name of a part of speech."""
    names = {name: code for code, name in texts()["word"]["pos"].items() if code in allowed}
    return (
        f" Vouliez-vous dire « {names[value.lower()]} » ?" if value.lower() in names else did_you_mean(value, allowed)
    )


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    """Return the codes of the parts of speech by their French names: people write « nom » in a table."""
    return {name: code for code, name in texts()["word"]["pos"].items() if code in VALUES["nature"]}


def _similar(guard: str) -> Iterator[str]:
    """Yield all guards, with the words of this one where they need some."""
    prefix = "si:" if guard.startswith("si:") else ""
    words = guard.partition("=")[2] or "…"
    for name, _ in rows("gardes"):
        yield prefix + (name.replace("…", words) if name.endswith("=…") else name)


def entry_of(values: Mapping[str, str]) -> Entry:
    """Return the entry of a row without faults."""
    return Entry(
        term=values["terme"],
        pos=values["nature"],
        gender=values["genre"],
        category=values["categorie"],
        replacements=tuple(_parts(values["remplacements"], "|")),
        kind=values["type"],
        explanation=values["explication"],
        guards=tuple(_parts(values["gardes"], ";")),
        safety=_SAFETY[values["surete"]],
        note=values["note"],
        natures=tuple(text.strip() for text in values["nature_remplacements"].split("|")),
    )


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]
