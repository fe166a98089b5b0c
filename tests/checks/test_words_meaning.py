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


@pytest.mark.parametrize("text", ["AVENUE DU PARC", "VILLE DE CAEN", "REGLES DE SECURITE"])
def test_lines_in_capitals_hold_no_acronym(text):
    assert found(text, "MOT008") == []


def test_a_line_in_capitals_may_hold_an_acronym():
    assert found("VILLE DE CAEN ET RSA", "MOT008") == [("MOT008", "RSA")]


@pytest.mark.parametrize(
    "text",
    [
        "La famille MARTIN et les époux SCHWARTZ sont là.",
        "Habitez-vous à LYON ?",
        "Appuyez sur la touche ESC.",
        "Votre référence est AZ-1234, dossier DIE/SUSP/2026-0417.",
        "Bonjour [NOM], TU/VOUS avez gagné.",
        "Nom : MARTIN Prénom : LEA",
    ],
)
def test_names_codes_and_fields_are_no_acronyms(text):
    assert found(text, "MOT008") == []


@pytest.mark.parametrize(("text", "names"), [("SPIP/JAP", ["SPIP", "JAP"]), ("CDAPH-MDPH", ["CDAPH-MDPH"])])
def test_acronyms_that_touch(text, names):
    assert [shown for _, shown in found(f"Le dossier {text} est complet.", "MOT008")] == names


def test_long_texts_take_linear_time():
    codes = [code for code, rule in all_rules().items() if code.startswith("MOT") and rule.check != "human"]
    text = "Votre préavis est mutualisé, il commence demain et la réunion est finie. "
    times = []
    for count in (200, 800):
        start = time.perf_counter()
        found(text * count, *codes)
        times.append(time.perf_counter() - start)
    assert times[1] < 12 * times[0] + 2


def messages(text, *codes):
    (analysed,) = analyse([read_text(text, "text")], Lexicon.load(), parse=True)
    return [
        (str(f.severity), f.message.replace("\xa0", " ")) for f in find(analysed, [all_rules()[code] for code in codes])
    ]


@pytest.mark.parametrize(
    ("text", "code", "advice"),
    [
        ("L'étude est réalisée par la ville.", "MOT010", "Écrivez plutôt « faite »."),
        ("Les lettres sont restituées par la ville.", "MOT010", "Écrivez plutôt « rendues »."),
        ("Vous devez introduire votre demande avant lundi.", "MOT021", "« faire votre demande »"),
        ("Renseignez-vous auprès de votre Caf.", "MOT021", "« demandez à »"),
        ("Allez à Pôle emploi.", "MOT020", "« France Travail ». Ce nom a changé en 2024."),
        ("Votre époux(se) est absent.", "MOT018", "Écrivez « époux ou épouse »"),
        ("Vous recevez le RSA.\n\nLe revenu de solidarité active (RSA) dure.", "MOT008", "l'explique trop tard"),
    ],
)
def test_advice(text, code, advice):
    ((_, message),) = messages(text, code)
    assert advice.replace("'", "’") in message.replace("'", "’")


def test_no_participle_where_more_than_the_verb_would_change():
    ((_, message),) = messages("Elles sont mandatées.", "MOT010")
    assert "« charger de »" in message


def test_a_term_told_again_is_less_serious():
    found = messages("Vous devez percevoir une aide. Vous devez percevoir une prime.", "MOT010")
    assert [severity for severity, _ in found] == ["warning", "info"]


def test_small_words_are_never_serious():
    assert [severity for severity, _ in messages("Venez également.", "MOT010")] == ["info"]


def test_a_title_gives_way_to_the_text():
    assert found("# Votre préavis\n\nVotre préavis dure.", "MOT002", format="markdown") == [("MOT002", "préavis")]
    (analysed,) = analyse([read_text("# Votre préavis\n\nLe préavis dure.", "markdown")], Lexicon.load(), parse=True)
    (finding,) = find(analysed, [all_rules()["MOT002"]])
    assert finding.span.start > len("# Votre préavis")
