"""Replacements stand in their sentences with the right grammar, or are not made.

The sentences are in `phrases/`: a text, and what becomes of it when every term that falc may replace has been replaced.
`abstentions.tsv` holds sentences that falc leaves alone, though a person would know the right replacement: there falc
may do nothing, or the right thing.  The examples of the entries are in `lexicons/exemples/`.
"""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from falc.french.lexicon import Lexicon
from falc.model import Safety
from falc.resources import data
from falc.testing import lexicon_results, replaced_texts

LEXICON = Lexicon.load()
PHRASES = sorted((Path(__file__).parent / "phrases").glob("*.tsv"))
EXAMPLES = sorted((data("lexicons") / "exemples").iterdir(), key=lambda file: file.name)


def rows_of(file):
    lines = file.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.model
@pytest.mark.parametrize("file", PHRASES, ids=lambda file: file.stem)
def test_sentences(file):
    rows = rows_of(file)
    results = replaced_texts([row["texte"] for row in rows], LEXICON)
    may_abstain = file.stem == "abstentions"
    wrong = [
        f"{row['texte']} -> {text}"
        for row, (text, _) in zip(rows, results, strict=True)
        if text != row["resultat"] and not (may_abstain and text == row["texte"])
    ]
    assert wrong == []


def test_there_are_enough_sentences_and_traps():
    rows = [row for file in PHRASES for row in rows_of(file)]
    assert len({row["texte"] for row in rows}) == len(rows) >= 400
    assert sum(row["texte"] == row["resultat"] for row in rows) >= 100


@pytest.mark.model
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_examples_of_entries(file):
    rows = rows_of(file)
    results = lexicon_results([(row["terme"], row["nature"], row["texte"]) for row in rows], LEXICON)
    wrong = [
        f"{row['terme']} : {row['texte']} -> {text}"
        for row, (text, _) in zip(rows, results, strict=True)
        if text != (row["resultat"] or None)
    ]
    assert wrong == []


def test_every_replacement_has_an_example_and_a_trap():
    kinds = defaultdict(Counter)
    for file in EXAMPLES:
        for row in rows_of(file):
            kinds[row["terme"], row["nature"]][bool(row["resultat"])] += 1
    entries = {key: entry for key, entry in LEXICON.entries.items() if entry.kind == "remplacer"}
    assert [key for key in entries if not (kinds[key][True] and kinds[key][False])] == []
    assert [key for key in kinds if key not in entries] == []
    assert all(entry.safety is not Safety.DISPLAY for entry in entries.values())
