"""Conditions that open a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falc.french.conditions import condition
from falc.model import Span


def parts(text):
    found = condition(text, Span(0, len(text)))
    if found is None:
        return None
    return tuple(text[span.start : span.end] if span else None for span in (found.marker, found.clause, found.answer))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Si vous venez, apportez une photo.", ("Si", " vous venez", " apportez une photo.")),
        ("Toutefois, s'il est malade, il écrit.", ("s'", "il est malade", " il écrit.")),
        ("Si vous venez lundi, mardi, ou jeudi, appelez.", ("Si", None, None)),
        ("Au cas où vous venez, appelez.", ("Au cas où", None, None)),
        ("Si bien que la mairie ferme.", None),
        ("Si possible, venez.", None),
        ("S'inscrire est facile.", None),
        ("Six personnes viennent.", None),
        ("Si vous venez, que faire ?", None),
    ],
)
def test_condition(text, expected):
    assert parts(text) == expected


@given(st.text(alphabet="Ssi' ,.vouslet?«-0", max_size=60))
def test_the_parts_follow_one_another(text):
    found = condition(text, Span(0, len(text)))
    if found and found.clause and found.answer:
        assert found.marker.end == found.clause.start <= found.clause.end < found.answer.start <= found.answer.end
