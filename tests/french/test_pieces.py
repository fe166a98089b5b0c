"""Pieces of sentences, as headings, cells and typing errors leave them, are read without an error."""

from __future__ import annotations

import pytest
from gold_set import gold_cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from falc.formats import read_text
from falc.french import syntax
from falc.french.acronyms import acronyms_of
from falc.french.chains import noun_chains
from falc.french.enumerations import enumerations
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse
from falc.french.tenses import tensed_verbs

pytestmark = pytest.mark.model
READERS = (
    syntax.passives, syntax.undergone, syntax.negations, syntax.double_negation, syntax.lexical_negations,
    syntax.subordinates, syntax.finite_clauses, tensed_verbs, noun_chains, enumerations,
)  # fmt: skip
SMALL = "le 3 29 , ne que qui d' l' par se s' est soit si et ( ) « » sans non plus été être sommes -vous CAF etc. ; %"


@st.composite
def pieces(draw):
    words = draw(st.sampled_from(gold_cases())).text.split()
    start = draw(st.integers(0, len(words) - 1))
    words = words[start : draw(st.integers(start + 1, len(words)))]
    for word in draw(st.lists(st.sampled_from(SMALL.split()), max_size=3)):
        words.insert(draw(st.integers(0, len(words))), word)
    text = " ".join(words).rstrip(".")
    return draw(st.sampled_from([text, text.upper(), text.capitalize()]))


def read(texts):
    for document in analyse([read_text(text, "text") for text in texts], Lexicon.load(), parse=True):
        for block in document.blocks:
            list(acronyms_of(block))
            for sentence in block.sentences:
                for reader in READERS:
                    list(reader(sentence.tokens))


def test_a_number_at_the_end():
    read(["À QUENZA, DANS LE SUD DE LA CORSE, LE 29"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pieces(), min_size=8, max_size=8))
def test_pieces_of_sentences(texts):
    read(texts)
