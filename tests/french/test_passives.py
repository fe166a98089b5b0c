"""Passives of real parses: the auxiliary, the words between, reflexives, who acts, and what is no passive with être."""

from __future__ import annotations

import pytest

from falc.french.pipeline import load
from falc.french.syntax import passives, undergone

pytestmark = pytest.mark.model


def parse(text: str):
    """Parse one sentence without letting the model cut it."""
    nlp = load()
    doc = nlp.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    return nlp(doc)[:]


def found(text: str) -> list[str]:
    return [hit.first.doc[hit.first.i : hit.last.i + 1].text for hit in passives(parse(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("À quelle date l'aide sera-t-elle versée ?", "sera-t-elle versée"),
        ("Êtes-vous accompagné par une assistante sociale ?", "Êtes-vous accompagné"),
        ("Votre courrier a été reçu, puis classé.", "a été reçu, puis classé"),
        ("L'aide est (sauf erreur) versée lundi.", "est (sauf erreur) versée"),
        ("Les cartes ne sont plus, depuis 2020, délivrées ici.", "ne sont plus, depuis 2020, délivrées"),
        ("Vous êtes invité·e à la mairie.", "êtes invité·e"),
        ("Votre demande est en revanche refusée.", "est en revanche refusée"),
        ("Le document doit leur être remis.", "être remis"),
        ("La décision étant prise, nous fermons.", "étant prise"),
    ],
)
def test_one_passive(text: str, expected: str):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Nous nous étions engagés à répondre.",
        "Vous vous serez aperçu de l'erreur.",
        "Vous pouvez vous être trompé.",
        "Vous étant trompé, vous avez payé deux fois.",
        "Ils sont sortis par la fenêtre.",
        "Il en est résulté une perte.",
        "L'été passé, vous avez déménagé.",
        "Tout être aimé manque.",
        "Étant donné votre âge, vous avez droit à l'aide.",
        "Cela étant dit, nous répondons.",
        "Vous êtes né(e) en France.",
        "Elle est députée.",
    ],
)
def test_no_passive(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("Soyez rassuré.", False),
        ("Il faut que vous soyez payé.", True),
        ("Une aide peut vous être donnée.", True),
    ],
)
def test_orders_are_soft(text: str, firm: bool):
    assert [hit.firm for hit in passives(parse(text))] == [firm]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("L'aide est versée chaque mois par la mairie.", "par la mairie"),
        ("Le navire a été coulé par un avion.", "par un avion"),
        ("Les élèves sont répartis par classe.", None),
        ("La demande est envoyée par simple lettre.", None),
        ("Vous avez été contacté par l'intermédiaire d'un ami.", None),
    ],
)
def test_agents_have_an_article(text: str, agent: str | None):
    (hit,) = passives(parse(text))
    assert (hit.agent.text if hit.agent is not None else None) == agent


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Les documents demandés par la caisse sont ici.", ["demandés par la caisse"]),
        ("Le jeune se verra proposer un stage.", ["se verra proposer"]),
        ("Elle s'est fait voler sa carte.", ["s'est fait voler"]),
        ("Le billet s'achète au guichet.", ["s'achète"]),
        ("Vous pouvez vous faire aider.", []),
        ("Il faut se faire vacciner.", []),
        ("Les personnes venues par le bus attendent.", []),
        ("Les repas pris par semaine sont gratuits.", []),
        ("La CAF se réserve le droit de refuser.", []),
        ("Les parents se font du souci.", []),
    ],
)
def test_undergone(text: str, words: list[str]):
    hits = list(undergone(parse(text)))
    assert [hit.first.doc[hit.first.i : hit.last.i + 1].text for hit in hits] == words
