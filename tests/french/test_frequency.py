"""Frequencies, lemmas, relatives and syllables of French words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falc.french.facts import facts, rows
from falc.french.forms import readings
from falc.french.frequency import (
    commonness,
    familiarity,
    has_common_relative,
    is_derived,
    is_learned,
    lemmas,
    syllables,
    zipf,
)


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
    ("form", "pos", "found"),
    [
        ("chevaux", "NOUN", {("cheval", "NOUN")}),
        ("fructueuses", "ADJ", {("fructueux", "ADJ")}),
        ("somme", "VERB", {("sommer", "VERB")}),
        ("somme", "NOUN", {("somme", "NOUN")}),
        ("articulée", "ADJ", {("articulé", "ADJ"), ("articuler", "VERB")}),
        ("maison", "VERB", {("maison", "NOUN")}),
        ("oeuvrons", "VERB", {("œuvrer", "VERB")}),
        ("plougastel", "NOUN", set()),
    ],
)
def test_lemmas(form, pos, found):
    assert lemmas(form, pos) >= found and bool(lemmas(form, pos)) == bool(found)


@pytest.mark.parametrize(
    ("form", "pos", "better_known"),
    [
        ("notifiâmes", "VERB", "notifier"),
        ("factrice", "NOUN", "facteur"),
        ("vaincrez", "VERB", "vaincu"),
        ("divorçâmes", "VERB", "divorcé"),
        ("actives", "ADJ", "actif"),
    ],
)
def test_the_best_known_form_counts(form, pos, better_known):
    assert familiarity(form, pos) >= zipf(better_known) > zipf(form)


def test_forms_of_other_words_do_not_count():
    assert familiarity("sommons", "VERB") < 3.2 < zipf("somme")


def test_an_unknown_plural_is_as_common_as_its_singular():
    assert familiarity("smartphones", "NOUN") >= zipf("smartphone") > 0


@pytest.mark.parametrize("word", ["porte-documents", "aide-mémoire", "arrière-cuisine", "vice-présidentes"])
def test_compounds_of_common_parts_are_common(word):
    assert zipf(word) == 0.0 and familiarity(word, "NOUN") > 3.2


def test_the_rarest_part_of_a_compound_counts():
    assert familiarity("médico-légal", "ADJ") <= familiarity("médico", "") < familiarity("légal", "")


@pytest.mark.parametrize(
    ("word", "pos"),
    [
        ("incomplètes", "ADJ"),
        ("vérifiable", "ADJ"),
        ("recontactez", "VERB"),
        ("préinscriptions", "NOUN"),
        ("réinscrivez", "VERB"),
        ("regonfle", "VERB"),
        ("juridiquement", "ADV"),
        ("matériellement", "ADV"),
        ("coprésidente", "NOUN"),
    ],
)
def test_words_made_from_common_words(word, pos):
    assert has_common_relative(word, pos, 4.0)


@pytest.mark.parametrize(
    ("word", "pos"),
    [("intenter", "VERB"), ("imparties", "ADJ"), ("déférer", "VERB"), ("prévaloir", "VERB"), ("logement", "NOUN")],
)
def test_words_that_only_look_as_if_made_from_others(word, pos):
    assert not has_common_relative(word, pos, 4.0)


@pytest.mark.parametrize(("word", "count"), [("mot", 1), ("table", 1), ("dossier", 2), ("problématique", 4)])
def test_syllables(word, count):
    assert syllables(word) == count


def test_derived_and_learned_words():
    assert is_derived("mutualisations") and not is_derived("maison")
    assert is_learned("interinstitutionnels") and is_learned("labellisés") and not is_learned("openshift")


@given(st.text(max_size=200))
def test_any_text_has_a_frequency(text):
    assert 0 <= zipf(text) < 8 and 0 <= commonness(text) < 8 and syllables(text) >= 1
    assert 0 <= familiarity(text, "NOUN") < 8 and isinstance(has_common_relative(text, "ADJ", 4.0), bool)


def test_the_easy_words_are_many_and_the_tables_are_true():
    easy = facts("mots-du-quotidien")
    assert len(easy) == len(rows("mots-du-quotidien")) >= 900
    assert not {word for word in facts("faux-derives") if not readings(word)}
    steps = [float(row[0]) for row in rows("raretes")]
    assert steps == sorted(steps, reverse=True) and steps[-1] == 0
