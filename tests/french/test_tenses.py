"""The tense of verbs, read in their endings."""

import pytest

from falc.french.pipeline import load
from falc.french.tenses import tensed_verbs

pytestmark = pytest.mark.model


def found(text):
    return [
        (verb.tense, text[verb.first.idx : verb.last.idx + len(verb.last)]) for verb in tensed_verbs(load()(text)[:])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vous recevrez une lettre.", [("future", "recevrez")]),
        ("Nous étudierons votre demande.", [("future", "étudierons")]),
        ("Vous pourrez venir.", [("future", "pourrez")]),
        ("Pourrez-vous venir ?", [("future", "Pourrez")]),
        ("Vous devriez venir.", [("conditional", "devriez")]),
        ("Nous voudrions vous voir.", [("conditional", "voudrions")]),
        ("Vous avez bien reçu notre lettre.", [("perfect", "avez bien reçu")]),
        ("Vous êtes venu lundi.", [("perfect", "êtes venu")]),
        ("Vous aviez un chien.", [("imperfect", "aviez")]),
        ("La mairie fermait à midi.", [("imperfect", "fermait")]),
        ("Le maire fut absent.", [("past-simple", "fut")]),
        ("Payez avant que le délai soit passé.", [("subjunctive", "soit")]),
        ("Signez pour que nous puissions répondre.", [("subjunctive", "puissions")]),
        ("Vous payez en utilisant une carte.", [("gerund", "en utilisant")]),
        ("Une personne ayant un enfant peut venir.", [("participle", "ayant")]),
    ],
)
def test_tense(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Vous préparez, entrez, montrez, ouvrez, livrez, désirez et retirez un papier.",
        "Le maire fait un extrait du portrait.",
        "Les agents paient, essaient et gèrent.",
        "Les environs et les éperons sont là.",
        "Madame Perez habite à Vienne.",
        "Le montant important concerne chaque habitant.",
        "Étant donné le montant, les ayants droit viennent.",
        "Soit lundi, soit mardi.",
        "La mairie est fermée.",
        "Ma voiture, la tienne et la sienne.",
        "Il reste devant la mairie pendant un an.",
    ],
)
def test_the_present_and_nouns_are_left_alone(text):
    assert found(text) == []
