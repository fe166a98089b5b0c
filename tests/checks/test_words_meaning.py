"""Explanations are found where people write them, and each hard term gets one finding."""

import time

import pytest

from falc.findings import find
from falc.formats import read_text
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse
from falc.rules import all_rules

pytestmark = pytest.mark.model


def found(text, *codes, format="text"):
    (analysed,) = analyse([read_text(text, format)], Lexicon.load(), parse=True)
    return [(f.code, f.text) for f in find(analysed, [all_rules()[code] for code in codes])]


def test_a_term_has_one_finding():
    text = "Votre forclusion est proche. Vous devez percevoir une allocation et régler vos impayés."
    terms = [term for _, term in found(text, "MOT001", "MOT002", "MOT010")]
    assert len(terms) == len(set(terms)) and {"forclusion", "percevoir", "allocation"} <= set(terms)


@pytest.mark.parametrize(
    "text",
    [
        "Votre préavis commence. Le préavis dure 1 mois. Cela veut dire : le temps avant le départ.",
        "Votre préavis (le temps avant le départ) commence.",
        "Ce temps s'appelle le préavis.",
        "Le préavis : c'est le temps avant le départ.",
        "Préavis : le temps avant votre départ\n\nVotre préavis commence.",
    ],
)
def test_explained(text):
    assert found(text, "MOT002") == []


@pytest.mark.parametrize(
    "text",
    [
        "Votre préavis (1 mois) commence.",
        "Préavis : 2 mois",
        "Votre préavis commence. Venez. Signez. Partez. C'est un temps.",
    ],
)
def test_not_explained(text):
    assert [code for code, _ in found(text, "MOT002")] == ["MOT002"]


@pytest.mark.parametrize("text", ["beaucoup de papiers", "peu de temps", "presque fini", "Vous utilisez ce papier."])
def test_falc_words_are_left_alone(text):
    assert found(f"Voici {text}.", "MOT001", "MOT010", "MOT014", "MOT019") == []


def test_two_words_for_one_thing_give_one_finding():
    text = "Lisez cette lettre. Gardez ce courrier. Montrez ce courrier. Signez cette lettre."
    assert found(text, "MOT004") == [("MOT004", "courrier")]


@pytest.mark.parametrize("text", ["Le RSA et la CAF sont là.", "LRAR n° 2C 178 456 7890 1", "CAF"])
def test_acronyms_on_short_lines(text):
    assert found(text, "MOT008")


@pytest.mark.parametrize("text", ["AVENUE DU PARC", "VILLE DE CAEN ET RSA"])
def test_lines_in_capitals_hold_no_acronym(text):
    assert found(text, "MOT008") == []


def test_long_texts_take_linear_time():
    codes = [code for code, rule in all_rules().items() if code.startswith("MOT") and rule.check != "human"]
    text = "Votre préavis est mutualisé, il commence demain et la réunion est finie. "
    times = []
    for count in (200, 800):
        start = time.perf_counter()
        found(text * count, *codes)
        times.append(time.perf_counter() - start)
    assert times[1] < 12 * times[0] + 2
