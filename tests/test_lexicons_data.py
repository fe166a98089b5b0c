"""The tables of `lexicons/` are sorted, complete, and true to their own guards."""

import csv
import unicodedata

import pytest

from falc.french.analysis import count_words
from falc.french.entries import COLUMNS, read_entries
from falc.french.frequency import zipf
from falc.french.guards import is_known
from falc.french.lexicon import Lexicon
from falc.model import Span
from falc.resources import data
from falc.rules import find_rule

FILES = [file for file in sorted(data("lexicons").iterdir(), key=lambda file: file.name) if file.name.endswith(".tsv")]
ENTRIES = [entry for file in FILES for entry in read_entries(file)]
CATEGORIES = {
    "administratif", "juridique", "jargon", "acronyme", "anglicisme", "latin", "désuet", "locution", "connecteur",
    "verbe-support", "nominalisation", "figuré", "inutile", "formule", "vague", "blessant", "mot long",
}  # fmt: skip


CATEGORIES_OF_WORDS = CATEGORIES - {"nominalisation", "mot long", "vague", "inutile", "figuré"}
LEXICON = Lexicon.load()


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


def test_what_falc_replaces_is_safe_or_to_be_looked_at():
    for entry in ENTRIES:
        assert (entry.safety == "display") == (entry.kind != "remplacer"), entry.term
        assert entry.kind != "remplacer" or entry.replacements, entry.term
    assert sum(entry.safety == "safe" for entry in ENTRIES) > 500


def test_the_lexicon_is_large():
    assert len(ENTRIES) >= 3000
    assert sum(entry.category == "acronyme" for entry in ENTRIES) >= 400
    for entry in ENTRIES:
        if entry.category == "acronyme":
            assert entry.explanation, entry.term


def _is_as_common(entry):
    """Is the first replacement at least as common as the term?  Expressions are judged by people."""
    first = entry.replacements[0]
    if " " in entry.term or " " in first or "'" in first or "-" in entry.term:  # frequencies count parts
        return True
    return zipf(first) >= zipf(entry.term)


def test_a_replacement_is_as_common_as_the_word():
    rarer = {entry.term for entry in ENTRIES if entry.kind == "remplacer" and not _is_as_common(entry)}
    assert rarer == {"imprimé"}  # counted with the participle, which is not a form to fill


def _flagged(text, own):
    """Return the words of an explanation that falc itself would tell a writer to replace or to explain."""
    options = [find_rule(code).options for code in ("MOT002", "MOT010")]
    common = {"expliquer": options[0]["common"], "reformuler": options[1]["common"]}
    known = {word for rule in options for word in rule["ignore"]}
    for term in LEXICON.find(text, [Span(0, len(text))], {}):
        entry = term.entry
        if entry.category not in CATEGORIES_OF_WORDS or "info" in entry.guards or entry.term in known:
            continue
        if entry.term in own or own in entry.term:
            continue
        if " " not in entry.term and zipf(entry.term) >= common.get(entry.kind, 8):
            continue
        yield entry.term


def test_explanations_are_short_and_easy():
    hard = []
    for entry in ENTRIES:
        if entry.kind == "expliquer":
            if count_words(entry.explanation) > 15:
                hard.append((entry.term, count_words(entry.explanation)))
            hard += [(entry.term, word) for word in _flagged(entry.explanation, entry.term)]
    assert hard == []


def test_a_safe_replacement_is_no_difficult_term_itself():
    difficult = {entry.term for entry in ENTRIES if entry.kind == "remplacer"}
    assert not [e.term for e in ENTRIES if e.safety == "safe" and e.replacements[0] in difficult]


def test_the_other_senses_of_an_acronym_are_names():
    for entry in ENTRIES:
        if entry.category == "acronyme" and entry.note.startswith("ambigu"):
            assert not set("()«»") & set(entry.note.partition(";")[0]), entry.term
        assert entry.category != "acronyme" or "(" not in "".join(entry.replacements), entry.term
