"""Lines: what the examples of the rules cannot show."""

import time

import pytest

from falc.findings import find
from falc.formats import read_text
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
