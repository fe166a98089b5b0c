"""falc reads the text that LibreOffice exports, except where LibreOffice is wrong: see `text_oracle`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from falc.formats.office.docx.text import read_docx
from falc.model import Revisions

from . import text_oracle
from .build import cell, docx, paragraph, run
from .reviewed import reviewed
from .test_docx_constructs import REVISED, TRACK, everything, ins, row

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(text_oracle.soffice() is None and not os.environ.get("CI"), reason=text_oracle.MISSING),
]
LETTERS = sorted((Path(__file__).parents[3] / "examples" / "lettres").glob("*.docx"))
# What falc reads, and what LibreOffice exports: it keeps what is deleted, hidden or asks to be filled in, shows today's
# date and not the one of the letter, and says nothing for what has no value yet.
DEPARTURES = [
    ("Case cochée", "Case \uf0fe cochée"),
    ("Si «formule» suffit", "Si suffit"),
    ("Lu et approuvé", "Lu caché secret et approuvé"),
    ("", "Tout est caché ici"),
    ("", "Le début"),
    ("Le début et la fin.", "et la fin."),
    ("Le (date), Monsieur.", "Le (date), Monsieur."),
    ("Sans résultat : «Montant».", "Sans résultat : ."),
    ("Ville : «Ville».", "Ville : \u2002\u2002."),
    ("Choix «FORMDROPDOWN».", ""),
    ("", "Choix ."),
    ("Voyez la page et l'article.", "Voyez la page et l'articlerien."),
    ("", "Cliquez ici pour taper."),
    ("Bonjour Sylvie, ☒ demande acceptée le 3 mai.", "Bonjour Sylvie[Votre nom], ☒ demande acceptée le 3 mai."),
    ("", "ligne cachée"),
    ("", "Choisissez"),
    ("", "cellule partie"),
]
REASONS = {"text box", "header", "footer", "note", "mark of a note", "deleted text"}


def test_our_letters_read_as_libreoffice_exports_them() -> None:
    assert LETTERS
    pairs = zip(LETTERS, text_oracle.exported(LETTERS), strict=True)
    found = [one for file, export in pairs for one in text_oracle.differences(file.read_bytes(), export)]
    assert [one for one in found if one.reason not in REASONS] == []


def test_every_construct_reads_as_libreoffice_exports_it_but_for_its_known_faults(tmp_path: Path) -> None:
    file = tmp_path / "constructs.docx"
    file.write_bytes(everything())
    (export,) = text_oracle.exported([file])
    found = text_oracle.differences(everything(), export)
    assert [(_undated(one.falc), _undated(one.office)) for one in found if not one.reason] == DEPARTURES


def test_tracked_changes_are_made_or_not_as_libreoffice_does_it(tmp_path: Path) -> None:
    changed, kept = cell(paragraph(ins(run("ligne neuve")))), cell(paragraph("ligne"))
    rows = row(kept) + row(changed, properties=f"<w:ins {TRACK}/>")
    file = tmp_path / "revised.docx"
    file.write_bytes(docx("".join(REVISED) + f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"))
    files = [file, next(letter for letter in LETTERS if letter.stem == "suspension-rsa")]
    for path, office in zip(files, reviewed(files), strict=True):
        for revisions, state in ((Revisions.ACCEPTED, "accepted"), (Revisions.ORIGINAL, "rejected")):
            ours = read_docx(path.read_bytes(), "-", revisions=revisions).text
            assert sorted(_words(ours)) == sorted(_words("\n".join(office[state])))


def _words(text: str) -> list[str]:
    """The lines, with blanks as one space: boxes and headers come in another order."""
    return [line for part in text.split("\n") if (line := " ".join(part.split()))]


def _undated(line: str) -> str:
    return re.sub(r"\d\d/\d\d(/\d\d)?", "(date)", line)
