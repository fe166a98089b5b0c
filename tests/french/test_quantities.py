"""Times, telephone numbers, units, decimals, laws: what is found, and above all what is left alone."""

from __future__ import annotations

import time

import pytest

from falc.french.hours import times
from falc.french.legal import citations
from falc.french.phones import phones
from falc.french.quantities import counted, decimals, exact_counts, figures, money
from falc.french.units import units, value_of
from falc.french.weekdays import days


def found(text, hits):
    spans = [getattr(hit, "span", hit) for hit in hits]
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Venez à 14h30 ou à 15:00.", ["14h30", "15:00"]),
        ("Ouvert de 9h à 12h, et 24h/24.", ["9h", "12h"]),
        ("35h par semaine, un délai de 24 heures", []),
        ("à 14 heures, ou à 7 heures 30", ["14 heures", "7 heures 30"]),
        ("Le dossier n° 12:30 et l'échelle 1:25 000", []),
    ],
)
def test_times(text, hours):
    assert found(text, times(text)) == hours


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Appelez le 0123456789.", [("0123456789", False)]),
        ("Appelez le 01 23 45 67 89.", [("01 23 45 67 89", True)]),
        ("Tél. : 06-12-34-56-78", [("06-12-34-56-78", False)]),
        ("+33 1 23 45 67 89", [("+33 1 23 45 67 89", True)]),
        ("Dossier n° 0123456789", []),
        ("Appelez le numéro 0612345678.", [("0612345678", False)]),
        ("jean0612345678@mairie.fr", []),
        ("le 01.02.2025", []),
    ],
)
def test_phones(text, numbers):
    assert [(text[p.span.start : p.span.end], p.in_pairs) for p in phones(text)] == numbers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12 € et 1 €", ["euros", "euro"]),
        ("1,50 € et 2,50€", ["euro", "euros"]),
        ("3 millions €", ["d'euros"]),
        ("3 M€ ou 1 200 €", ["millions d'euros", "euros"]),
        ("1,5 km, 45 m², 3 m3", ["kilomètre", "mètres carrés", "mètres cubes"]),
        ("12 €/mois, 3 g/l", ["euros"]),
        ("14h30, à 14h, 24h/24, 35h par semaine", ["heures"]),
        ("2 l'autre jour, dossier n° 12 m", []),
        ("1.500 kg", ["kilos"]),
    ],
)
def test_units(text, words):
    assert [unit.word for unit in units(text)] == words


@pytest.mark.parametrize(
    ("digits", "value"), [("1,5", 1.5), ("1.500", 1500), ("2.50", 2.5), ("1 200,50", 1200.5), ("0,75", 0.75)]
)
def test_value(digits, value):
    assert value_of(digits) == value


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2,5 fois plus, 1/3 des gens, ½ pomme", ["2,5", "1/3", "½"]),
        ("12,50 €, 12,5 %, 1,2 million", []),
        ("le 12/05, page 3/12, 7j/7, cases 1,2,3", []),
        ("Le taux horaire est de 0,75.", []),
    ],
)
def test_decimals(text, numbers):
    assert found(text, decimals(text)) == numbers


def test_a_date_or_a_time_is_one_figure():
    text = "Venez le 12 mars 2026 à 14h30, ou le 12/03/2026, payez 300 euros au 01 23 45 67 89."
    assert found(text, figures(text)) == ["12 mars 2026", "14h30", "12/03/2026", "300"]
    assert found(text, counted(text)) == ["300"]
    assert found(text, money(text)) == ["300 euros"]


def test_exact_counts_leave_thresholds_and_round_numbers():
    text = "847 demandes, plus de 151 salariés, 850 familles, 312 euros, au moins 607 heures"
    assert [(c.noun, c.rounded) for c in exact_counts(text, 101, 1000)] == [("demandes", 850)]


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("l'article L. 123-4 du code du travail dit", ["article L. 123-4 du code du travail"]),
        ("la loi n° 2005-102 du 11 février 2005", ["loi n° 2005-102"]),
        ("l'arrêté du 12 mars 2024", ["arrêté du 12 mars 2024"]),
        ("l'article 3 du contrat, la loi vous protège", []),
        ("l'article 9 du code civil", ["article 9 du code civil"]),
    ],
)
def test_citations(text, laws):
    assert found(text, citations(text)) == laws


def test_a_wrong_day_of_the_week_is_found():
    text = "Venez le mardi 12 mars 2026 ou le jeudi 12 mars 2026, répondez avant le 1er mai 2026. Né le 3 mai 1985."
    assert [(d.name, d.said) for d in days(text)] == [("jeudi", "mardi"), ("vendredi", None)]


@pytest.mark.parametrize("piece", ["1", "1 ", "12 € ", "1/2 ", "12 mars 2026 ", "article 1, 2 et ", "loi de ", "01 "])
@pytest.mark.parametrize("find", [times, phones, units, decimals, figures, counted, citations, days])
def test_long_texts_take_little_time(find, piece):
    start = time.perf_counter()
    list(find(piece * (100_000 // len(piece))))
    assert time.perf_counter() - start < 3
