"""Our tokens say of a text what spaCy's say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falc.french.pipeline import load
from falc.french.tokens import piece_of
from falc.model import Span

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[2]
TEXTS = [
    "Vous devez, avant le 12 mars, payer 30 € « au plus tard ». Ne l'oubliez PAS ! ",
    "L'usager·e (né(e) le 1er) n'a-t-il pas été reçu par Mme Dupont, que vous connaissez ?  Oui.",
    "Fait\tà Lyon\u00a0: le “5” mai",
    *(
        line
        for path in sorted((ROOT / "examples/textes").glob("*.*"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ),
]
SAME = ("text", "lower_", "idx", "i", "pos_", "dep_", "is_alpha", "is_digit", "is_punct", "is_quote")
SAME += ("is_space", "is_title", "is_upper")


def read(text):
    doc = load()(text)
    doc.user_data["falc_offset"] = 0
    return doc, piece_of(doc)


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_say_what_those_of_spacy_say(text):
    doc, piece = read(text)

    assert len(piece) == len(doc)
    for own, theirs in zip(piece, doc, strict=True):
        assert [getattr(own, name) for name in SAME] == [getattr(theirs, name) for name in SAME]
        assert str(own.morph) == str(theirs.morph)
        assert own.morph.get("VerbForm", []) == theirs.morph.get("VerbForm", [])
        assert bool(own.is_sent_start) == bool(theirs.is_sent_start)
        assert (own.sent.start, own.sent.end) == (theirs.sent.start, theirs.sent.end)
        assert own.head.i == theirs.head.i
        assert [token.i for token in own.children] == [token.i for token in theirs.children]
        assert [token.i for token in own.lefts] == [token.i for token in theirs.lefts]
        assert [token.i for token in own.ancestors] == [token.i for token in theirs.ancestors]
        assert own.right_edge.i == theirs.right_edge.i


@given(st.integers(-12, 60), st.integers(-12, 60), st.integers(-12, 60), st.integers(-12, 60))
def test_parts_of_a_text_are_those_of_spacy(first, last, start, end):
    doc, piece = read(TEXTS[0])
    own, theirs = piece[first:last], doc[first:last]
    assert (own.text, len(own), [t.i for t in own]) == (theirs.text, len(theirs), [t.i for t in theirs])
    inner, other = own[start:end], theirs[start:end]
    assert (inner.start, inner.end) == (other.start, other.end)
    assert [token.i for token in reversed(own)] == [token.i for token in reversed(theirs)]


@pytest.mark.parametrize("text", TEXTS[:3])
def test_a_part_of_the_signs_gives_the_same_tokens(text):
    doc, piece = read(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 2):
            own, theirs = piece.tokens_of(Span(start, end)), doc.char_span(start, end, alignment_mode="expand")
            assert (own is None) == (theirs is None)
            if own is not None:
                assert (own.start, own.end) == (theirs.start, theirs.end)


def test_no_token_is_before_the_first_or_behind_the_last():
    piece = read(TEXTS[0])[1]
    for get in (lambda: piece[0].nbor(-1), lambda: piece[-1].nbor(), lambda: piece[2:4][2], lambda: piece[2:4][-3]):
        with pytest.raises(IndexError):
            get()
