"""The tables of `lexicons/` are sorted, complete, and true to their own guards."""

import csv
import unicodedata

import pytest

from falc.french.entries import COLUMNS, read_entries
from falc.french.guards import is_known, is_tested
from falc.resources import data

FILES = [file for file in sorted(data("lexicons").iterdir(), key=lambda file: file.name) if file.name.endswith(".tsv")]
ENTRIES = [entry for file in FILES for entry in read_entries(file)]
CATEGORIES = {
    "administratif", "juridique", "jargon", "acronyme", "anglicisme", "latin", "désuet", "locution", "connecteur",
    "verbe-support", "nominalisation", "figuré", "inutile", "formule", "vague", "blessant", "mot long",
}  # fmt: skip


def _sort_key(term):
    folded = unicodedata.normalize("NFD", term.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in folded if not unicodedata.combining(c)), term


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_table_is_sorted_and_square(file):
    lines = list(csv.reader(file.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert tuple(lines[0]) == COLUMNS
    assert {len(line) for line in lines} == {len(COLUMNS)}
    terms = [line[0] for line in lines[1:]]
    assert terms == sorted(terms, key=_sort_key)
    assert all(cell == cell.strip() and "’" not in cell for line in lines for cell in line)


def test_all_the_words_are_there_once():
    keys = [(entry.term, entry.pos) for entry in ENTRIES]
    assert len(keys) == len(set(keys)) >= 1549


def test_values():
    assert {entry.category for entry in ENTRIES} == CATEGORIES
    for entry in ENTRIES:
        assert all(is_known(guard) for guard in entry.guards), entry.term
        assert entry.replacements or entry.explanation or entry.note, entry.term
        assert entry.term not in entry.replacements


def test_a_safe_row_has_only_tested_guards_and_invariable_replacements():
    safe = [entry for entry in ENTRIES if entry.safety == "safe"]
    assert len(safe) > 100
    for entry in safe:
        assert entry.kind == "remplacer" and all(is_tested(guard) for guard in entry.guards)
        assert entry.pos in ("ADV", "ADP", "CONJ", "EXPR", "DET", "PRON"), entry.term


def test_a_safe_replacement_is_no_difficult_term_itself():
    difficult = {entry.term for entry in ENTRIES if entry.kind == "remplacer"}
    assert not [e.term for e in ENTRIES if e.safety == "safe" and e.replacements[0] in difficult]


def test_the_other_senses_of_an_acronym_are_names():
    for entry in ENTRIES:
        if entry.category == "acronyme" and entry.note.startswith("ambigu"):
            assert not set("()«»") & set(entry.note.partition(";")[0]), entry.term
        assert entry.category != "acronyme" or "(" not in "".join(entry.replacements), entry.term
