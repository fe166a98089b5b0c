"""The data above a text: left out, but for the keys that the settings name, with exact places."""

import pytest

from falc.document import SegmentKind
from falc.formats import read_text
from falc.linter import Linter
from falc.model import Reading

KEYS = Reading(front_matter=("title", "description", "mots"))
PAGE = """---
title: "Changer d'adresse"
layout: demarche
code: ETAT_CIVIL_03
description: >
  Vous déménagez ?
  Dites-le à la mairie.
mots:
  - la mairie
  - 'un logement' # à revoir
date: 2024-03-12
---

Bonjour.
"""


@pytest.mark.parametrize("format", ["markdown", "html"])
def test_only_the_keys_that_are_named_are_read(format):
    assert [block.text for block in read_text(PAGE, format).blocks] == ["Bonjour."]
    document = read_text(PAGE, format, reading=KEYS)
    assert [block.text for block in document.blocks] == [
        "Changer d'adresse", "Vous déménagez ? Dites-le à la mairie.", "la mairie", "un logement", "Bonjour.",
    ]  # fmt: skip
    assert document.blocks[0].path == "en-tête du fichier, « title »"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_places_are_exact(line_end):
    text = PAGE.replace("\n", line_end)
    for block in read_text(text, "markdown", reading=KEYS).blocks:
        for segment in block.segments:
            if segment.kind is SegmentKind.TEXT:
                assert block.text[segment.start : segment.end] == text[segment.source.start : segment.source.end]


def test_toml_and_placeholders():
    text = '+++\ntitle = "Bonjour {{ prenom }}"\ndraft = true\n+++\n\nMerci.\n'
    document = read_text(text, "markdown", reading=KEYS)
    assert [block.text for block in document.blocks] == ["Bonjour Camille", "Merci."]


def test_a_plain_text_has_no_such_data():
    text = "---\nObjet : relance\n---\n\nBonjour."
    assert "Objet" in read_text(text, "text", reading=KEYS).blocks[0].text


def test_findings_are_told_where_they_are(tmp_path):
    (tmp_path / "falc.toml").write_text('front-matter = ["title"]\nselect = ["MOT020"]\n', encoding="utf-8")
    (tmp_path / "page.md").write_text("---\ntitle: Nonobstant la loi\n---\n\nMerci.\n", encoding="utf-8")
    (finding,) = Linter().check(tmp_path / "page.md")
    assert (finding.text, finding.location.line, finding.location.column) == ("Nonobstant", 2, 8)


def test_a_long_page_is_read_in_linear_time():
    text = "---\n" + "a: b\n" * 50_000 + "title: x\n" + "  y\n" * 20_000 + "---\n\nBonjour."
    assert read_text(text, "markdown", reading=KEYS).blocks[-1].text == "Bonjour."
