"""Numbers and dates: what is found, and above all what is left alone."""

from __future__ import annotations

import time
from datetime import date

import pytest

from falc.french.numerals import (
    big_numbers,
    number_words,
    numeric_dates,
    percentages,
    protected_spans,
    roman_numerals,
)


def found(text: str, hits):
    return [text[hit.span.start : hit.span.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Vous avez deux mois.", [2]),
        ("Il a vingt et un ans et elle quatre-vingt-dix-sept.", [21, 97]),
        ("En deux mille vingt-cinq, cent un dossiers.", [2025, 101]),
        ("mille neuf cent quatre-vingt-dix euros", [1990]),
        ("trois cent mille habitants, deux cents places", [300_000, 200]),
        ("soixante et onze, soixante-dix, quatre-vingt-un, nonante-neuf", [71, 70, 81, 99]),
        ("vingt-et-un jours", [21]),
        ("deux millions de personnes", [2]),
        ("deux trois jours", [2, 3]),
        ("une ou deux pièces", [1, 2]),
        ("un à trois mois", [1, 3]),
        ("Vous devez payer deux fois.", [2]),
        ("neuf personnes", [9]),
        ("tous les deux ans", [2]),
        ("DEUX PERSONNES", [2]),
        ("quatre-vingts euros", [80]),
        ("nous sommes déjà neuf à la table", [9]),
        ("en une à deux semaines", [1, 2]),
        ("tous les deux, toutes les trois, tous deux", [2, 3, 2]),
        # left alone
        ("un dossier, une lettre, l'un et l'autre", []),
        ("un logement neuf dans Paris, remis à neuf, quoi de neuf ?", []),
        ("un deux-roues, les Deux-Sèvres, un entre-deux", []),
        ("à deux pas, mille mercis, les trois quarts", []),
        ("rue des Trois Frères", []),
        ("les uns et les autres", []),
        ("le deuxième et le dixième", []),
        ("50 cents, le 12 sept. 2024", []),
        ("25 pour cent", []),
    ],
)
def test_numbers_in_letters(text: str, values: list[int]):
    assert [value for number in number_words(text) for value in number.values] == values


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("le 12/03/2025", ["12 mars 2025"]),
        ("le 01-03-2025", ["1er mars 2025"]),
        ("le 12.03.2025", ["12 mars 2025"]),
        ("2025-03-12", ["12 mars 2025"]),
        ("le 12/03/25", ["12 mars 2025"]),
        ("né le 12/03/85", ["12 mars 1985"]),
        ("du 01/02 au 05/02", ["1er février", "5 février"]),
        ("lundi 3/5", ["3 mai"]),
        ("le 31/02/2025", [""]),
        ("n° 12/45/2024", []),
        ("dossier n° 12/03/2024", []),
        ("article L. 311-1-2 du code", []),
        ("Tél. 01.02.03.04.05", []),
        ("https://exemple.fr/12/03/2025", []),
        ("1/3 du prix, le 1/3 du prix, 24/24", []),
        ("le paragraphe 12.03.25", []),
        ("45/12/2024", []),
    ],
)
def test_dates_in_digits(text: str, written: list[str]):
    assert [hit.written for hit in numeric_dates(text)] == written


def test_a_date_knows_its_weekday():
    (hit,) = numeric_dates("le 12/03/2025")
    assert (hit.date, hit.weekday) == (date(2025, 3, 12), "mercredi")
    (impossible,) = numeric_dates("le 31/02/2025")
    assert (impossible.date, impossible.weekday) == (None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25 % ou 25%", ["25 %", "25%"]),
        ("12,5 % des habitants", ["12,5 %"]),
        ("dix pour cent", ["dix pour cent"]),
        ("10 pour cent", ["10 pour cent"]),
        ("un tarif pour cent personnes", []),
        ("https://exemple.fr/a%20b", []),
    ],
)
def test_percentages(text: str, expected: list[str]):
    assert [text[span.start : span.end] for span in percentages(text)] == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12 500 habitants", [12_500]),
        ("12500 habitants", [12_500]),
        ("12.500 habitants", [12_500]),
        ("2 millions de personnes", [2_000_000]),
        ("4000 personnes", [4000]),
        ("900 personnes", []),
        ("en 2024, depuis 1999", []),
        ("12 500 €, 1 016,05 €, 12 500 euros, 3 millions d'euros", []),
        ("75015 Paris, F-75015 Paris", []),
        ("06 12 34 56 78, appelez le 3939, au 3646", []),
        ("SIRET 123 456 789 00012, 123 456 789 00012", []),
        ("1 85 05 78 006 084 36", []),
        ("FR76 3000 6000 0112 3456 7890 189", []),
        ("n° 123456, dossier 123456, réf. AB-12345", []),
        ("article L. 1234 du code", []),
    ],
)
def test_large_numbers(text: str, values: list[int]):
    assert [number.value for number in big_numbers(text, 1000)] == values


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("au XXe siècle", ["20e"]),
        ("la Ve République", ["5e"]),
        ("Louis XIV et Napoléon III", ["14", "3"]),
        ("le titre V et l'annexe II", ["5", "2"]),
        ("section IV et VII", ["4", "7"]),
        ("chapitre Ier", ["1er"]),
        ("I. - Vous devez payer", ["1"]),
        ("Titre\nII) Vos droits", ["2"]),
        ("votre CV, le VIH, MDLI", []),
        ("VI", []),
        ("catégorie C, groupe C, catégorie D", []),
        ("article X", []),
        ("V. Hugo", []),
        ("M. Dupont, la Mer, Le Gris", []),
        ("votre CV et VI", []),
    ],
)
def test_roman_numerals(text: str, written: list[str]):
    assert [numeral.written for numeral in roman_numerals(text)] == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Voir www.caf.fr, puis signez.", ["www.caf.fr"]),
        ("(service-public.fr/x)", ["service-public.fr/x"]),
        ("Écrivez à jean.dupont@caf.fr.", ["jean.dupont@caf.fr"]),
        ("le fichier facture.pdf", ["facture.pdf"]),
        ("articles L. 264-1 et R. 12 du code", ["articles L. 264-1 et R. 12"]),
        ("dossier n° 12/45/2024", ["n° 12/45/2024"]),
        ("Il a 3 ans. Le dossier du 12 mars.", []),
    ],
)
def test_protected_parts(text: str, expected: list[str]):
    assert [text[span.start : span.end] for span in protected_spans(text)] == expected


@pytest.mark.parametrize("unit", ["a", "1", ".", " ", "-", "I", "deux ", "1 ", "1/", "a.", "x@", "n°", "000 ", "I. \n"])
def test_time_is_linear(unit: str):
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    for find in (number_words, numeric_dates, percentages, roman_numerals):
        list(find(text))
    list(big_numbers(text, 1000))
    assert time.process_time() - start < 8
