"""Lines: what the examples of the rules cannot show."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falc.findings import find
from falc.formats import read_text
from falc.french.analysis import count_words
from falc.french.pipeline import analyse
from falc.rules import all_rules


def found(text, code, lexicon, format="text"):
    (analysed,) = analyse([read_text(text, format)], lexicon, parse=False)
    return list(find(analysed, [all_rules()[code]]))


def test_one_finding_tells_how_many_sentences_stand_behind_another(lexicon):
    (finding,) = found("Venez. Signez. Payez.\n\nEntrez. Lisez.", "PHR010", lexicon)
    assert finding.text == "Signez." and "2 autres phrases" in finding.message.replace("\u00a0", " ")


def test_a_break_in_the_file_begins_a_line(lexicon):
    assert found("<p>Venez.<br>Signez.</p><p>Payez.</p>", "PHR010", lexicon, "html") == []


def test_a_soft_hyphen_is_found_where_it_stands(lexicon):
    (finding,) = found("Venez à la mai\u00adrie.", "PHR013", lexicon)
    assert finding.text == "\u00ad"


@pytest.mark.parametrize("code", ["PHR010", "PHR011", "PHR012", "PHR013", "PHR018"])
@pytest.mark.parametrize("piece", ["a.", "- ", "mai-\n", "\u00ad", "Ou ", "et\n", "« ", "Si "])
def test_a_huge_text_takes_no_time(code, piece, lexicon):
    text = piece * 20_000
    (analysed,) = analyse([read_text(text, "text")], lexicon, parse=False)
    for block in analysed.blocks:
        assert block.sentences is not None
    start = time.perf_counter()
    list(find(analysed, [all_rules()[code]]))
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'aide d’aujourd'hui, est-ce qu'il l'a ?", 5),
        ("A-t-il rendez-vous ?", 2),
        ("c'est-à-dire et/ou", 2),
        ("1 250,50 € et 1\u202f250,50\u00a0€", 3),
        ("en 2024 300 personnes", 4),
        ("1 000, 2 000 et 3 000", 4),
        ("01 02 03 04 05", 1),
        ("+33 (0)1 02 03 04 05", 1),
        ("0 800 123 456", 1),
        ("1 85 05 78 006 084 36", 1),
        ("123 456 789 00012", 1),
        ("FR76 3000 4000 0312 3456 7890 143", 1),
        ("RIB 12345 67890 12345678901 23", 2),
        ("le 12/03/2026, n° 12", 4),
        ("• 10 % – « oui » ?", 2),
        ("Nom : ______", 1),
        ("M. Durand, nom@mairie.fr", 3),
        ("", 0),
    ],
)
def test_words_are_counted_like_in_a_word_processor(text, words):
    assert count_words(text) == words


_WORDS = st.text(alphabet="aé'’-.,;«»!?_", max_size=12)


@given(_WORDS, _WORDS)
def test_a_blank_adds_the_words_of_both_sides(left, right):
    assert count_words(f"{left} {right}") == count_words(left) + count_words(right)


@pytest.mark.parametrize("piece", ["1 ", "1 234 ", "12345 ", "FR76 ", "AB12 ABCD ", "0", "+33 ", "_"])
def test_a_huge_number_takes_no_time(piece):
    start = time.perf_counter()
    count_words(piece * (1_000_000 // len(piece)))
    assert time.perf_counter() - start < 5
