"""Passives, negations and clauses of real parses."""

from __future__ import annotations

import pytest

from falc.french.boundaries import sentence_spans
from falc.french.pipeline import load
from falc.french.syntax import double_negation, finite_clauses, negations, passives, subordinates

pytestmark = pytest.mark.model


def parse(text: str):
    """Parse one sentence without letting the model cut it."""
    assert len(list(sentence_spans(text))) == 1
    nlp = load()
    doc = nlp.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    return nlp(doc)[:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Votre demande a été rejetée par le service.", "a été rejetée"),
        ("Votre dossier sera examiné le 12 mars.", "sera examiné"),
        ("Le document doit être envoyé par courrier.", "être envoyé"),
        ("Les pièces doivent être jointes et signées.", "être jointes et signées"),
        ("Votre demande est traitée par la CAF.", "est traitée"),
        ("Il vous sera demandé une pièce d'identité.", "sera demandé"),
        ("Les documents n'ayant pas été fournis, nous ne payons pas.", "n'ayant pas été fournis"),
        ("Vous avez été informé.", "avez été informé"),
        ("Vous nous êtes recommandé par la mairie.", "êtes recommandé"),
        ("L'aide n'est pas versée.", "n'est pas versée"),
        ("Votre dossier est-il traité ?", "est-il traité"),
        ("Vous avez été inscrit.", "avez été inscrit"),
    ],
)
def test_firm_passives(text: str, expected: str):
    (hit,) = passives(parse(text))
    assert hit.firm
    assert hit.first.doc[hit.first.i : hit.last.i + 1].text == expected


@pytest.mark.parametrize(
    "text",
    [
        "L'aide n'est pas suspendue.",
        "Votre dossier est-il transformé ?",
        "Il m'est demandé de payer.",
        "Ces personnes seraient concernées par un risque.",
        "Votre lettre doit être accompagnée de justificatifs.",
        "Le mandataire doit être inscrit sur une liste.",
        "Vous serez obligé de partir.",
    ],
)
def test_soft_passives(text: str):
    (hit,) = passives(parse(text))
    assert not hit.firm


@pytest.mark.parametrize(
    "text",
    [
        "Vous êtes allé à la mairie.",
        "Elle est venue hier.",
        "Vous vous êtes inscrit à la cantine.",
        "Il s'est inscrit à la cantine.",
        "La mairie est ouverte le lundi.",
        "Nous sommes situés au 2 rue de la Paix.",
        "Votre courrier est arrivé.",
        "Le prix est élevé.",
        "Êtes-vous marié ?",
        "Merci d'être venu.",
        "Vous êtes nombreux.",
        "Soit vous venez, soit vous écrivez.",
    ],
)
def test_no_passive(text: str):
    assert not list(passives(parse(text)))


@pytest.mark.parametrize(
    "text",
    ["Vous êtes tenu de répondre.", "Cette aide est destinée aux familles.", "Le guichet est fermé."],
)
def test_action_or_state(text: str):
    assert [found.firm for found in passives(parse(text))] == [False]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Votre demande a été rejetée par le service.", "par le service"),
        ("Vous pourrez être contacté par téléphone par un agent.", "par un agent"),
        ("Votre dossier a été examiné par la commission d'attribution le 2 mars.", "par la commission d'attribution"),
        ("Le document doit être envoyé par courrier.", None),
        ("Vous serez informé par écrit.", None),
    ],
)
def test_agents(text: str, agent: str | None):
    (hit,) = passives(parse(text))
    assert (hit.agent.text if hit.agent is not None else None) == agent


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ne jetez pas ce courrier.", ["full"]),
        ("Aucun document ne sera rendu.", ["full"]),
        ("Personne ne répond.", ["full"]),
        ("Il n'y a ni eau ni gaz.", ["full"]),
        ("Si vous n'envoyez pas le dossier, vous ne serez pas payé.", ["full", "full"]),
        ("La personne ne paie pas.", ["full"]),
        ("Vous ne pouvez que signer.", ["restrictive"]),
        ("Vous n'avez plus que deux jours.", ["restrictive"]),
        ("Ce dossier ne comporte que des photos qui ne sont pas lisibles.", ["restrictive", "full"]),
        ("Je crains qu'il ne vienne.", []),
        ("Avant qu'il ne soit trop tard, appelez.", []),
        ("Vous avez plus de droits.", []),
        ("Le point de départ est ici.", []),
    ],
)
def test_negations(text: str, kinds: list[str]):
    assert [negation.kind for negation in negations(parse(text))] == kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vous ne pouvez pas partir sans payer.", ["ne pouvez pas partir sans"]),
        ("Il n'est pas impossible que vous ayez droit à l'aide.", ["n'est pas impossible"]),
        ("Il n'est pas interdit de venir.", ["n'est pas interdit"]),
        ("Ne manquez pas de signer.", ["Ne manquez pas"]),
        ("Non sans mal, vous avez réussi.", ["Non sans"]),
        ("Sans réponse de votre part, nous ne pourrons pas payer.", []),
        ("Vous ne devez plus rien.", []),
    ],
)
def test_double_negations(text: str, expected: list[str]):
    assert [span.text for span in double_negation(parse(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Parce que vous êtes malade, vous avez droit à une aide.", [("Parce que", 1)]),
        ("Si vous n'envoyez pas le dossier, vous perdez l'aide.", [("Si", 1)]),
        ("Nous pensons que vous savez que le service qui paie est fermé.", [("que", 1), ("que", 2), ("qui", 3)]),
        ("Il faut que vous veniez.", [("que", 1)]),
        ("Envoyez ce qui manque.", [("qui", 1)]),
        ("Est-ce que vous venez ?", []),
        ("Qui peut demander cette aide ?", []),
        ("Vous êtes plus jeune que moi.", []),
        ("Vous ne pouvez que signer.", []),
        ("C'est vous qui décidez.", []),
        ("S'il vous plaît, signez.", []),
        ("Il s'inscrit à la cantine.", []),
        ("Vous travaillez comme agent.", []),
        ("Vous avez droit à l'aide ainsi que votre enfant.", []),
    ],
)
def test_subordinate_clauses(text: str, expected: list[tuple[str, int]]):
    assert [(clause.marker.text, clause.depth) for clause in subordinates(parse(text))] == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Vous devez payer.", 1),
        ("Vous recevrez une lettre et vous devrez répondre, puis nous paierons.", 3),
        ("Remplissez le formulaire et envoyez-le.", 2),
        ("Joignez la copie, signez la lettre et envoyez le tout.", 3),
        ("Comme vous le savez, le prix augmente.", 1),
        ("C'est vous qui décidez.", 1),
        ("S'il vous plaît, signez.", 1),
    ],
)
def test_main_clauses(text: str, count: int):
    assert len(finite_clauses(parse(text))) == count


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Son contenu est fixé par la loi.", "par la loi"),
        ("Le taux est payé par le locataire à hauteur de 40 %.", "par le locataire"),
        ("L'enfant a été reconnu par les 2 parents de manière différée.", "par les 2 parents"),
        (
            "La lettre a été envoyée par la caisse d'allocations familiales du Nord.",
            "par la caisse d'allocations familiales du Nord",
        ),
    ],
)
def test_the_agent_ends_before_how_and_when(text: str, agent: str):
    (hit,) = passives(parse(text))
    assert hit.agent is not None
    assert hit.agent.text == agent
