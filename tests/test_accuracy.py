"""The published figures hold, and letters in easy French are not shouted at."""

import pytest
from accuracy import PAGE, ROWS, committed, per_100_words, scores
from difficulty import INPUTS, pairs, ranked
from gold_set import GOLD, LEVELS, gold_cases, letters

from falc.model import Severity
from falc.rules import all_rules

pytestmark = pytest.mark.model
GRAVE = (Severity.ERROR, Severity.WARNING)
KINDS = {(row.code, kind) for row in ROWS for kind in row.kinds or ("",)}


def test_no_figure_falls_below_the_published_one():
    published = committed(PAGE.read_text("utf-8"))
    assert published.keys() == scores().keys(), "run « make accuracy »"
    fallen = [
        f"{name}: {score.precision:.3f} and {score.recall:.3f}, published {published[name]}"
        for name, score in scores().items()
        if round(score.precision, 3) < published[name][0] or round(score.recall, 3) < published[name][1]
    ]
    assert fallen == [], "see out/accuracy-errors.tsv after « make accuracy »"


def test_the_gold_set_is_large_and_clean():
    known = {row.code for row in ROWS}
    own = [case for case in gold_cases() if "*" in case.rules]
    assert len(own) >= 600 and sum(1 for case in own if case.trap) >= 200
    assert len({case.id for case in gold_cases()}) == len(gold_cases())
    assert len({case.text for case in own}) == len(own)
    for case in gold_cases():
        codes = {mark.code for mark in case.marks} | case.trap | (case.rules - {"*"})
        assert codes <= (known if "*" in case.rules else all_rules().keys()), case.id
        assert all(
            mark.kind == "" or any(mark.kind in row.kinds or not row.kinds for row in ROWS if row.code == mark.code)
            for mark in case.marks
        ), case.id


def test_twelve_letters_at_three_levels():
    assert len(letters()) >= 12 and all(set(levels) == set(LEVELS) for levels in letters().values())
    assert len(list(GOLD.glob("textes/*"))) == 3 * len(letters())


def test_good_easy_french_is_left_in_peace():
    falc, difficult = (per_100_words(level, *GRAVE) for level in ("falc", "difficile"))
    assert falc <= 2
    assert difficult >= 4 * falc


def test_difficulty_ranks_each_letter():
    values = {
        name: [levels[level].measures["difficulty"].value for level in LEVELS] for name, levels in letters().items()
    }
    assert [name for name, found in values.items() if found != sorted(set(found))] == []


def test_difficulty_ranks_short_texts():
    right, _, share = ranked(list(INPUTS))
    assert right == len(pairs()) >= 60
    assert share > 0.99
