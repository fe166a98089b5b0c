"""Keys and lengths of identifiers: what is doubtful, and above all what is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falc.french.identifiers import doubtful_identifiers


def doubts(text):
    return [(text[d.span.start : d.span.end], d.kind, d.length) for d in doubtful_identifiers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "IBAN : FR76 3000 6000 0112 3456 7890 189",
        "FR7630006000011234567890189",
        "FR76 XXXX XXXX XXXX XXXX XXXX XXX",
        "IBAN : FR76 0000 0000 0000 0000 0000 000",
        "SIREN 732 829 320 75012 Paris",
        "SIRET n° 73282932000074",
        "Siret : 356 000 000 00048",
        "RCS Paris B 732 829 320",
        "1 85 05 78 006 084 91",
        "Dossier n° 1850578006084",
        "Tél. : 3646",
        "Tél. : 01 XX XX XX XX",
        "Tél : 01 23 45 67 89 / 06 12 34 56 78",
        "Téléphone : +41 22 123 45 67",
        "La référence FR12 AB34 CD56 EF78 est la vôtre.",
    ],
)
def test_right_and_masked_identifiers_are_left_alone(text):
    assert doubts(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IBAN : FR76 3000 6000 0112 3456 7890 188", ("FR76 3000 6000 0112 3456 7890 188", "IBAN", None)),
        ("IBAN FR76 3000 6000 0112 3456 7890 18", ("FR76 3000 6000 0112 3456 7890 18", "IBAN", 27)),
        ("SIREN : 732 829 321", ("732 829 321", "SIREN", None)),
        ("SIRET 732829320", ("732829320", "SIRET", 14)),
        ("RCS Paris B 732 829 321", ("732 829 321", "RCS", None)),
        ("1 85 05 78 006 084 36", ("1 85 05 78 006 084 36", "NIR", None)),
        ("2 85 05 2A 006 084 00", ("2 85 05 2A 006 084 00", "NIR", None)),
        ("Tél. 01 23 45 67 8", ("01 23 45 67 8", "téléphone", 10)),
    ],
)
def test_wrong_identifiers_are_found(text, found):
    assert doubts(text) == [found]


@given(st.sampled_from("12"), st.integers(0, 99), st.integers(1, 12), st.sampled_from(["01", "75", "2A", "2B"]))
def test_a_security_number_with_its_key_is_right(sex, year, month, department):
    parts = [sex, f"{year:02}", f"{month:02}", department, "142", "317"]
    number = "".join([*parts[:3], {"2A": "19", "2B": "18"}.get(department, department), *parts[4:]])
    key = 97 - int(number) % 97
    assert doubts(" ".join([*parts, f"{key:02}"])) == []
    wrong = key % 97 + 1
    assert len(doubts(" ".join([*parts, f"{wrong:02}"]))) == 1


@given(st.text(alphabet="0123456789FR76 .:/-XTtelSIRETN°", max_size=200))
def test_any_text_is_read(text):
    for doubt in doubtful_identifiers(text):
        assert 0 <= doubt.span.start < doubt.span.end <= len(text)


@pytest.mark.parametrize("piece", ["1", "1 ", "FR76 AAAA ", "siret a b c ", "01 ", "tél. 01 "])
def test_long_texts_take_little_time(piece):
    start = time.perf_counter()
    list(doubtful_identifiers(piece * (200_000 // len(piece))))
    assert time.perf_counter() - start < 3
