"""Every rule runs its own examples; the rules are well-formed and well written."""

import re

import pytest

from falc.findings import check_of
from falc.model import FalcError
from falc.rules import HUMAN, all_rules, read_rule
from falc.testing import cases, marked, problems

RULES = list(all_rules().values())
CASES = list(cases([rule for rule in RULES if rule.check != HUMAN]))


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_example(case, lexicon):
    assert problems(case, lexicon) == []


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_rule_is_complete(rule):
    if rule.check == HUMAN:
        assert rule.question and rule.checkable == "human"
        return
    check_of(rule)
    assert len(rule.good) >= 2 and len(rule.bad) >= 2
    assert any(example.trap for example in (*rule.good, *rule.bad))
    assert all(len(marked(example.text)[1]) <= 1 for example in rule.bad)
    assert not any(marked(example.text)[1] for example in rule.good)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)


def test_names_and_codes_are_unique():
    assert len({rule.name for rule in RULES}) == len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("severity  =", "gravite ="), "« gravite » n'existe pas"),
        (('severity  = "warning"', 'severity = "grave"'), "vaut info, warning, error"),
        (('code      = "PHR001"', 'code = "PHR1"'), "n'est pas un code de règle"),
        (('title     = "Phrase longue"', "title = "), "ligne 3"),
        (("max_words = 12\n", ""), "max_words"),
    ],
)
def test_broken_rule_names_file_and_key(change, message):
    from falc.resources import data

    text = (data("rules") / "PHR" / "PHR001-phrase-longue.toml").read_text(encoding="utf-8")
    assert change[0] in text
    with pytest.raises(FalcError, match=re.escape(message)) as caught:
        check_of(read_rule(text.replace(*change), "regle.toml"))
    assert "regle.toml" in str(caught.value) or "PHR001" in str(caught.value)


@pytest.mark.model
@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_rule_explains_itself_in_easy_french(rule, linter):
    for text in filter(None, (rule.title, rule.question, rule.why, rule.how)):
        found = [
            (finding.code, finding.text)
            for finding in linter.check_text(text)
            if finding.severity != "info" and finding.code != rule.code
        ]
        assert found == []


def test_a_rule_gives_way_to_rules_that_exist():
    codes = {rule.code for rule in RULES}
    for rule in RULES:
        assert set(rule.gives_way) <= codes - {rule.code}, rule.code
