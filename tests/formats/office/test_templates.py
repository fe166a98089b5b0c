"""Templates of letters: once corrected, they have the same fields for the programs that fill them in."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st
from mailmerge import MailMerge

from falc.formats.office.docx.edits import WordText
from falc.formats.office.docx.text import read_docx
from falc.formats.office.review import Reviewer
from falc.formats.office.specimen import docx_specimen
from falc.model import Edit, Span

from .build import cell, drawing_box, field, paragraph, run, table

CAMILLE = Reviewer("Camille", "C", datetime(2026, 3, 12, 9, 30))
NAME = field(" MERGE|FIELD No|m \\* MERGEFORMAT ", "«No", run("m»", "<w:b/>"))
TITLE = field(" IF |" + field(" MERGEFIELD Civilite ", "«Civilite»") + '| = "M" "Monsieur" "Madame" ', "Monsieur")
TOWN = '<w:fldSimple w:instr=" MERGEFIELD Commune "><w:r><w:t>«Commune»</w:t></w:r></w:fldSimple>'
CASE = field(" MERGEFIELD Dossier ", separate=False)  # it shows nothing yet
MERGED = docx_specimen(
    paragraph("Nonobstant la demande de ", TITLE, " ", NAME, " susvisée, vous percevrez une aide.")
    + table((cell(paragraph("Vous percevrez", run(" une aide à ", "<w:b/>"), TOWN, ".")),))
    + paragraph("Dossier ", CASE, " : ", drawing_box(paragraph("Nonobstant l'avis de ", NAME, ", venez."))),
    {"settings": "", "header": paragraph("Nonobstant la décision de ", NAME, ".")},
)
LINE = "{{ enfant.pre", "nom }} percevra une aide."
JINJA = docx_specimen(
    paragraph("Nonobstant la demande de {{ no", run("m }} {", "<w:b/>"), "{ prenom }}, vous percevrez une aide.")
    + paragraph('{% if avis == "susvisée" %}', "Vous percevrez une aide.", "{% endif %}")
    + paragraph("{%p if urgent %}")
    + paragraph("Nonobstant le délai, venez vite.")
    + paragraph("{%p endif %}")
    + table(
        (cell(paragraph("{%tr for enfant in", run(" enfants %}", "<w:b/>"))),),
        (cell(paragraph(*LINE)),),
        (cell(paragraph("{%tr endfor %}")),),
    ),
    {"settings": "", "header": paragraph("Nonobstant l'avis de {{ service }}.")},
)
FAMILY = {
    "nom": "Petit", "prenom": "Lou", "avis": "susvisée", "urgent": True, "service": "Mairie",
    "enfants": [{"prenom": "Max"}, {"prenom": "Zoé"}],
}  # fmt: skip


def fields(data: bytes) -> set[str]:
    with MailMerge(BytesIO(data)) as merge:
        return merge.get_merge_fields()


def merged(data: bytes) -> str:
    out = BytesIO()
    with MailMerge(BytesIO(data)) as merge:
        merge.merge(Nom="Petit", Civilite="M", Commune="Lyon", Dossier="12")
        merge.write(out)
    return read_docx(out.getvalue(), "-").text


def variables(data: bytes) -> set[str]:
    return DocxTemplate(BytesIO(data)).get_undeclared_template_variables()


def filled(data: bytes) -> str:
    out, letter = BytesIO(), DocxTemplate(BytesIO(data))
    letter.render(FAMILY)
    letter.save(out)
    return read_docx(out.getvalue(), "-").text


@pytest.fixture(scope="module", params=["plain", "tracked"])
def corrected(request, linter):
    """What corrects a file with the rules of falc, plainly or with tracked changes."""

    def correct(data: bytes) -> bytes:
        fixed = linter.fix_bytes(data, Path("lettre.docx"), "lettre.docx", unsafe=True)
        assert len(fixed.edits) > 4 and not fixed.left_out
        return fixed.content if request.param == "plain" else WordText(data).tracked(fixed.edits, CAMILLE)

    return correct


@pytest.mark.model
def test_merge_fields_stay(corrected):
    out = corrected(MERGED)
    assert fields(out) == fields(MERGED) == {"Nom", "Civilite", "Commune", "Dossier"}
    assert merged(out).split("\n") == [
        "Malgré la demande de Monsieur Petit susvisée, vous recevrez une aide.",
        "Vous recevrez une aide à Lyon.",
        "Dossier 12 : ",
        "Malgré l'avis de Petit, venez.",
        "Malgré la décision de Petit.",
    ]


@pytest.mark.model
def test_variables_stay(corrected):
    out = corrected(JINJA)
    assert variables(out) == variables(JINJA) == set(FAMILY)
    assert filled(out).split("\n") == [
        "Malgré la demande de Petit Lou, vous recevrez une aide.",
        "Vous recevrez une aide.",
        "Malgré le délai, venez vite.",
        "Max recevra une aide.",
        "Zoé recevra une aide.",
        "Malgré l'avis de Mairie.",
    ]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(read_docx(MERGED, "-").text)), st.integers(0, 30)), max_size=12))
def test_no_edit_touches_a_merge_field(places):
    text, wanted, end = WordText(MERGED), [], 0
    for start, size in sorted(places):
        edit = Edit(Span(start, start + size), "mots")
        if start >= end and text.takes(edit):
            wanted.append(edit)
            end = start + size
    for out in (WordText(MERGED).edited(wanted), WordText(MERGED).tracked(wanted, CAMILLE)):
        assert fields(out) == fields(MERGED)
        assert all(value in merged(out) for value in ("Monsieur", "Petit", "Lyon", "12"))
