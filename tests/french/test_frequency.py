"""Frequencies, base forms and syllables of French words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falc.french.frequency import base_forms, commonness, is_derived, relatives, syllables, zipf


@pytest.mark.parametrize(
    ("rare", "common"), [("mutualisation", "partage"), ("chronophage", "long"), ("forclusion", "délai")]
)
def test_a_rare_word_is_less_common(rare, common):
    assert zipf(rare) < 3.2 < zipf(common)


def test_case_and_apostrophes_do_not_matter():
    assert zipf("Maison") == zipf("maison") > 5
    assert zipf("aujourd’hui") == zipf("aujourd'hui") > 5


def test_the_most_common_part_of_a_compound_counts():
    assert commonness("lave-vaisselle") >= zipf("vaisselle")


@pytest.mark.parametrize(
    ("form", "base"),
    [("chevaux", "cheval"), ("fructueuses", "fructueux"), ("notifiées", "notifier"), ("actives", "actif")],
)
def test_base_forms(form, base):
    assert base in base_forms(form)


def test_relatives():
    assert "complet" in relatives("incomplet") and "vérifier" in relatives("vérifiable")


@pytest.mark.parametrize(("word", "count"), [("mot", 1), ("table", 1), ("dossier", 2), ("problématique", 4)])
def test_syllables(word, count):
    assert syllables(word) == count


def test_derived_words():
    assert is_derived("mutualisations") and not is_derived("maison")


@given(st.text(max_size=200))
def test_any_text_has_a_frequency(text):
    assert 0 <= zipf(text) < 8 and 0 <= commonness(text) < 8 and syllables(text) >= 1
    assert isinstance(base_forms(text), tuple) and isinstance(relatives(text), tuple)
