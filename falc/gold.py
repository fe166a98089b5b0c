"""Gold sentences: what a careful reader finds in them, and how far falc agrees.

The format is that of `tests/gold/README.md`.  `falc explain --report` prints cases in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from falc.model import FalcError, Span

__all__ = ["COLUMNS", "Case", "Mark", "Score", "cases", "row", "sentences_of", "table"]

COLUMNS = ("id", "texte", "regles", "attendu", "piege", "note")
ALL = "*"
_COMMENT = "#"
_BETWEEN = " | "
_DEBATABLE = "?"
_PLACE = "#"
_BOUNDARY = "‖"
_NUMBERED = re.compile(r"(.+)#(\d{1,3})", re.DOTALL)
_ESCAPE = re.compile(r"\\([n\\])")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that a rule must find, or, when `debatable`, may find.  An empty `kind` is any kind."""

    code: str
    kind: str
    span: Span
    debatable: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the rules that were judged on it (`*`: all), and what they must find; spans count its code points."""

    id: str
    text: str
    rules: frozenset[str]
    marks: tuple[Mark, ...]
    trap: frozenset[str] = frozenset()
    note: str = ""

    def judges(self, code: str) -> bool:
        return ALL in self.rules or code in self.rules

    def of(self, code: str) -> tuple[Mark, ...]:
        return tuple(mark for mark in self.marks if mark.code == code)


@dataclass
class Score:
    """How far findings agree with marks.  A finding agrees with a mark when it touches its words."""

    expected: int = 0
    hit: int = 0
    found: int = 0
    right: int = 0
    errors: list[tuple[str, Case, Span]] = field(default_factory=list)  # « wrong » or « missed », and where

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.hit / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, case: Case, marks: Sequence[Mark], found: Sequence[Span]) -> None:
        """Judge the findings of one rule, or of one of its kinds, in a case."""
        wanted = [mark for mark in marks if not mark.debatable]
        for mark in wanted:
            self.expected += 1
            if any(mark.span.overlaps(span) for span in found):
                self.hit += 1
            else:
                self.errors.append(("missed", case, mark.span))
        for span in found:
            touched = [mark for mark in marks if mark.span.overlaps(span)]
            if touched and all(mark.debatable for mark in touched):
                continue
            self.found += 1
            if touched:
                self.right += 1
            else:
                self.errors.append(("wrong", case, span))

    def add_whole(self, case: Case, marks: Sequence[Mark], found: Sequence[Span]) -> None:
        """Judge the case as a whole: has it such a fault, and does the rule say so?"""
        whole = Span(0, len(case.text))
        wanted = any(not mark.debatable for mark in marks)
        if marks and not wanted:
            return
        self.add(case, [Mark("", "", whole)] if wanted else (), [whole] if found else ())


def table(text: str, name: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a file with their line numbers; `\\n` in a cell becomes a line end.

    Raises FalcError naming the file and the line when a row is not like its header.
    """
    header: list[str] | None = None
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith(_COMMENT):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if header != list(columns):
                raise FalcError(f"{name}, ligne {number} : les colonnes doivent être {', '.join(columns)}.")
        elif cells == header:
            continue  # two reports put one behind the other
        elif len(cells) > len(header):
            raise FalcError(f"{name}, ligne {number} : il y a plus de cases que de colonnes.")
        else:
            padded = cells + [""] * (len(header) - len(cells))
            yield number, {key: _unescaped(cell).strip(" ") for key, cell in zip(header, padded, strict=True)}


def cases(text: str, name: str) -> Iterator[Case]:
    """Yield the cases of a file of sentences.  Raises FalcError naming the file and the line of a wrong row."""
    for number, cells in table(text, name, COLUMNS):
        where = f"{name}, ligne {number}"
        marks = tuple(_marks(cells["texte"], cells["attendu"], where))
        rules = frozenset(cells["regles"].split())
        unjudged = {mark.code for mark in marks} - rules
        if not cells["id"] or not cells["texte"] or not rules or (unjudged and ALL not in rules):
            raise FalcError(f"{where} : il manque l'identifiant, le texte, ou une règle de la colonne « attendu ».")
        yield Case(cells["id"], cells["texte"], rules, marks, frozenset(cells["piege"].split()), cells["note"])


def _unescaped(cell: str) -> str:
    return _ESCAPE.sub(lambda match: "\n" if match[1] == "n" else "\\", cell)


def _marks(text: str, cell: str, where: str) -> Iterator[Mark]:
    for part in cell.split(_BETWEEN) if cell.strip() else ():
        name, sign, words = part.strip().partition("=")
        debatable = name.startswith(_DEBATABLE)
        code, _, kind = name.removeprefix(_DEBATABLE).partition(".")
        numbered = _NUMBERED.fullmatch(words)
        words, number = (numbered[1], numbered[2]) if numbered else (words, "")
        places = _places(text, words) if sign and words else []
        index = int(number) - 1 if number.isdecimal() else 0
        if not 0 <= index < len(places):
            raise FalcError(f"{where} : « {part} » ne va pas avec le texte.")
        if not number and len(places) > 1:
            raise FalcError(f"{where} : « {words} » est plusieurs fois dans le texte. Ajoutez #1 ou #2.")
        yield Mark(code, kind, Span(places[index], places[index] + len(words)), debatable)


def _places(text: str, words: str) -> list[int]:
    """Return where words stand; those that are no piece of a longer word, if there are some."""
    places = [index for index in range(len(text)) if text.startswith(words, index)]
    whole = [
        i
        for i in places
        if not (text[max(i - 1, 0) : i].isalnum() or text[i + len(words) : i + len(words) + 1].isalnum())
    ]
    return whole or places


def _whole_words(text: str, span: Span) -> tuple[int, str]:
    """Return where the words around a span begin, and the words."""
    start, end = span.start, span.end
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, text[start:end]


def row(case: Case) -> str:
    """Return the line of a case; reading it gives the case back, but for tabs and the blanks around the text."""
    expected = []
    for mark in case.marks:
        start, words = _whole_words(case.text, mark.span)
        places = _places(case.text, words)
        several = f"{_PLACE}{places.index(start) + 1}" if len(places) > 1 else ""
        kind = f".{mark.kind}" if mark.kind else ""
        expected.append(f"{_DEBATABLE if mark.debatable else ''}{mark.code}{kind}={words}{several}")
    cells = (
        case.id,
        case.text,
        " ".join(sorted(case.rules)),
        _BETWEEN.join(expected),
        " ".join(sorted(case.trap)),
        case.note,
    )
    return "\t".join(
        cell.replace("\\", "\\\\").replace("\t", " ").replace("\r", "").replace("\n", "\\n") for cell in cells
    )


def sentences_of(marked: str) -> tuple[str, list[int]]:
    """Return a text without the signs `‖`, and the places where they stood."""
    parts = marked.split(_BOUNDARY)
    starts: Iterable[int] = (sum(map(len, parts[:index])) for index in range(1, len(parts)))
    return "".join(parts), list(starts)
