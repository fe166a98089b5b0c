"""Edits of several rounds come to the same as edits made at once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from falc.edits import Taken, compose
from falc.formats.text import apply_edits
from falc.model import Edit, Span

TEXTS = st.text("abcé œ\n", max_size=14)


@st.composite
def edits_of(draw, text):
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2]):
        if not (edits and start == end == edits[-1].span.end):
            edits.append(Edit(Span(start, end), draw(st.text("XYZ", max_size=4))))
    return edits


@settings(max_examples=500)
@given(TEXTS, st.data())
def test_composed_edits_do_what_the_rounds_do(text, data):
    done, composed = text, ()
    for _ in range(3):
        edits = data.draw(edits_of(done))
        composed, done = compose(composed, edits), apply_edits(done, edits)
    assert apply_edits(text, composed) == done


@given(TEXTS, st.data())
def test_one_round_is_itself(text, data):
    edits = tuple(data.draw(edits_of(text)))
    assert compose((), edits) == edits == compose(edits, ())


@given(st.lists(st.lists(st.builds(lambda a, n: Span(a, a + n), st.integers(0, 30), st.integers(1, 5)), max_size=3)))
def test_taken_spans_never_overlap(groups):
    taken, kept = Taken(), []
    for group in groups:
        # Neighbours wait for the next round.
        free = not any(Span(a.start - 2, a.end + 2).overlaps(b) for a in group for b in kept) and not any(
            a.overlaps(b) for i, a in enumerate(group) for b in group[:i]
        )
        assert taken.take(group) == free
        kept += group if free else []
