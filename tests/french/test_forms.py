"""The table of forms reads and inflects French words."""

import time

import pytest

from falc.french.forms import Reading, agreed, forms, genders, inflected, readings
from falc.resources import data


def cells(form, lemma):
    return {reading.cell for reading in readings(form) if reading.lemma == lemma}


@pytest.mark.parametrize(
    ("form", "lemma", "cell"),
    [
        ("percevrez", "percevoir", "F2p"),
        ("recevriez", "recevoir", "C2p"),
        ("sachiez", "savoir", "S2p"),
        ("étaient", "être", "I3p"),
        ("vas", "aller", "P2s"),
        ("dû", "devoir", "Kms"),
        ("dues", "devoir", "Kfp"),
        ("baux", "bail", "mp"),
        ("œuvres", "œuvre", "fp"),
        ("chefs-lieux", "chef-lieu", "mp"),
        ("téléversées", "téléverser", "Kfp"),
        ("courriels", "courriel", "mp"),
    ],
)
def test_a_form_is_read(form, lemma, cell):
    assert cell in cells(form, lemma)


@pytest.mark.parametrize(
    ("lemma", "pos", "cell", "form"),
    [
        ("recevoir", "VERB", "F2p", "recevrez"),
        ("envoyer", "VERB", "F1s", "enverrai"),
        ("payer", "VERB", "P3s", "paie"),
        ("pouvoir", "VERB", "P1s", "peux"),
        ("faire", "VERB", "S3p", "fassent"),
        ("être", "VERB", "Y2p", "soyez"),
        ("étudier", "VERB", "Kfs", "étudiée"),
        ("aide", "NOUN", "fp", "aides"),
        ("lieu", "NOUN", "mp", "lieux"),
        ("faux", "ADJ", "fs", "fausse"),
        ("nouveau", "ADJ", "fp", "nouvelles"),
    ],
)
def test_a_lemma_is_inflected(lemma, pos, cell, form):
    assert inflected(lemma, pos, cell) == form
    assert form in forms(lemma, pos)[cell]


def test_features_have_the_values_of_universal_dependencies():
    reading = Reading("percevoir", "VERB", "F2p")
    assert (reading.tense, reading.mood, reading.verb_form, reading.person, reading.number) == (
        "Fut", "Ind", "Fin", "2", "Plur",
    )  # fmt: skip
    participle = Reading("percevoir", "VERB", "Kfp")
    assert (participle.tense, participle.verb_form, participle.gender, participle.number) == (
        "Past", "Part", "Fem", "Plur",
    )  # fmt: skip
    assert Reading("payer", "VERB", "W").verb_form == "Inf"


def test_unknown_words_have_no_forms():
    assert readings("zzyzx") == () and readings("") == () and readings("a" * 1_000_000) == ()
    assert inflected("zzyzxer", "VERB", "F2p") is None and agreed("zzyzx", "fs") is None
    assert inflected("percevoir", "VERB", "rien") is None


def test_genders():
    assert genders("formulaire") == {"Masc"} and genders("demande") == {"Fem"} and genders("poste") == {"Masc", "Fem"}


def test_participles_and_adjectives_agree():
    assert [agreed("reçu", cell) for cell in ("ms", "fs", "mp", "fp")] == ["reçu", "reçue", "reçus", "reçues"]
    assert agreed("inscrites", "ms") == "inscrit"


def test_every_form_of_the_table_leads_back_to_its_lemma():
    """Take every 997th stem: each form that its classes make is read as that lemma and that cell."""
    lines = (data("lexicons") / "formes" / "racines.tsv").read_text(encoding="utf-8").splitlines()
    classes = (data("lexicons") / "formes" / "classes.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[::997]:
        stem, numbers = line.split("\t")
        for number in numbers.split(","):
            pos, ending, cells_ = classes[int(number)].split("\t")
            for cell, _, ends in (part.partition("=") for part in cells_.split(" ")):
                for end in ends.split(","):
                    assert Reading(stem + ending, pos, cell) in readings(stem + end), (stem + end, cell)


def test_a_long_run_of_letters_costs_nothing():
    start = time.perf_counter()
    for size in (1, 39, 40, 41, 10_000):
        readings("é" * size)
    assert time.perf_counter() - start < 5
