"""What a copy adds to the words of its source, or leaves out: page numbers, the notes at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from falc.copies.content import Paragraph
from falc.copies.shown import Piece
from falc.document import BlockKind
from falc.texts import texts

__all__ = ["add_total", "is_page_number", "notes_at_end", "page_number", "trimmed"]

_SHORT = 40  # as a page number is; the pattern is slow on long blanks
_PAGE = re.compile(r"\W*(?:page|p\.)?\W*\d*\W*(?:(?:sur|de|/)\W*\d+)?\W*", re.IGNORECASE)


def notes_at_end(notes: Sequence[Paragraph], level: int) -> Iterator[Paragraph]:
    """Yield the notes under a heading of their own, each with its name before it."""
    said = texts()["convert"]
    if notes:
        yield Paragraph([Piece(said["notes"])], BlockKind.HEADING, level)
    for place, paragraphs in groupby(notes, key=lambda paragraph: paragraph.place):
        for index, paragraph in enumerate(paragraphs):
            if not index:
                start = said["note_start"].format(note=place[:1].upper() + place[1:])
                paragraph.pieces = [Piece(start, bold=True), *trimmed(paragraph.pieces)]
            yield paragraph


def page_number() -> list[Piece]:
    """Return « Page 1 sur 3 », counted by the program that opens the copy."""
    pieces = [Piece(texts()["convert"]["page"]), Piece("1", field="PAGE")]
    add_total(pieces)
    return pieces


def add_total(pieces: list[Piece]) -> None:
    """Add the number of pages after the number of the page, if it is there."""
    for index, piece in enumerate(pieces):
        if piece.field == "PAGE":
            pieces[index + 1 : index + 1] = [Piece(texts()["convert"]["of"]), Piece("1", field="NUMPAGES")]
            return


def is_page_number(paragraph: Paragraph) -> bool:
    """Is a header or a footer only a page number, typed as text?"""
    if paragraph.picture is not None or any(piece.field for piece in paragraph.pieces):
        return False
    text = "".join(piece.text for piece in paragraph.pieces)
    return len(text) < _SHORT and re.search(r"\d", text) is not None and _PAGE.fullmatch(text) is not None


def trimmed(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a paragraph without the blanks before it, which push it to the right."""
    started = False
    for piece in pieces:
        text = piece.text if started else piece.text.lstrip(" \t\n")
        started = started or bool(text)
        if text:
            yield replace(piece, text=text)
