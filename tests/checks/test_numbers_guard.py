"""Identifiers and sums stay as they are: no fix of any rule touches them."""

from __future__ import annotations

import re

import pytest

from falc.french.analysis import plain
from falc.french.protected import overlaps_any, protected_spans
from falc.model import Example, Safety
from falc.rules import HUMAN, all_rules
from falc.testing import cases, findings_of, marked

# Spaces between the digits of a telephone number change none of them.
REGROUPING = {"NUM007"}
# The word in front of a reference may be written in full: « n° », « art. ».
ANNOUNCING = re.compile(r"[^\W\d]{1,4}[°.]")
RULES = [rule for rule in all_rules().values() if rule.check != HUMAN and rule.code not in REGROUPING]
TEXT = (
    "Nonobstant le dossier n° 12/03/2024-XII, nous accusons réception du SIRET 732 829 320 00074, c.-à-d. de "
    "l'IBAN FR76 3000 6000 0112 3456 7890 189. Conformément à l'article L. 123-4 & à la loi n° 2005-102 du 11 février "
    "2005, le numéro de sécurité sociale 1 85 05 78 006 084 91 (réf. : AB-12/05 II) vaut deux ans. "
    "Écrivez à deux.cent@mairie-XXI.fr ou https://www.caf.fr/deux?a=1&b=2, tél. : 01 23 45 67 89."
)


def touched(text, findings):
    """Return the edits on protected parts of a text."""
    kept = protected_spans(plain(text))
    edits = [e for f in findings for fix in f.fixes if fix.safety is not Safety.DISPLAY for e in fix.edits]
    removed = [text[edit.span.start : edit.span.end] for edit in edits if overlaps_any(edit.span, kept)]
    return [words for words in removed if not ANNOUNCING.fullmatch(words)]


@pytest.mark.model
@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_no_fix_edits_a_protected_part(rule, lexicon):
    assert touched(TEXT, findings_of(rule, TEXT, Example(TEXT), lexicon)) == []
    for case in cases([rule]):
        text = marked(case.example.text)[0]
        if case.bad and case.example.format == "text" and case.example.fix:
            assert touched(text, findings_of(rule, text, case.example, lexicon)) == []


@pytest.mark.model
@pytest.mark.parametrize("code", ["NUM007", "NUM010"])
def test_a_fix_keeps_every_digit(code, lexicon):
    for case in cases([all_rules()[code]]):
        if case.bad and case.example.fix:
            before = marked(case.example.text)[0]
            assert re.sub(r"\D", "", before.replace("²", "")) == re.sub(r"\D", "", case.example.fix)


def test_a_doubtful_identifier_has_no_fix(lexicon):
    rule = all_rules()["NUM014"]
    for case in cases([rule]):
        text = marked(case.example.text)[0]
        assert all(not finding.fixes for finding in findings_of(rule, text, case.example, lexicon))
