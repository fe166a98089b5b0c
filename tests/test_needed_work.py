"""Work that no selected rule asks for is not done."""

import pytest

from falc import Linter
from falc.checks import all_checks
from falc.config import Config
from falc.french import pipeline
from falc.selection import selected

TEXT = "Nonobstant la pluie, vous devez payer 1/2 € svp avant le 12/03/2026 à 8 h."


@pytest.fixture
def loaded(monkeypatch):
    """The models that were loaded, each with the pipes that it runs."""
    seen = []
    load = pipeline.load

    def spy(model):
        nlp = load(model)
        seen.append(nlp.pipe_names)
        return nlp

    monkeypatch.setattr(pipeline, "load", spy)
    return seen


@pytest.mark.parametrize("select", [("NUM",), ("MOT009", "MOT016"), ("PHR001",), ("MEP",)], ids=str)
def test_no_model_runs_where_no_rule_asks_for_one(select, loaded):
    config = Config(select=select)
    assert {all_checks()[rule.check].needs for rule in selected(config)} != {"parser"}
    Linter(config=config).check_text(TEXT)
    assert loaded == []


@pytest.mark.model
def test_only_the_pipes_that_rules_read_run(loaded):
    Linter(config=Config(select=("PHR006",))).check_text(TEXT)
    assert loaded == [["tok2vec", "morphologizer", "parser", "attribute_ruler"]]
