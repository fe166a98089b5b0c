"""Rare words: what is rare is found with its reason; forms, compounds, names and easy words are not."""

from dataclasses import replace

import pytest

from falc.findings import find
from falc.formats import read_text
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse
from falc.rules import all_rules

pytestmark = pytest.mark.model


def findings(text, *codes, format="text"):
    (analysed,) = analyse([read_text(text, format)], Lexicon.load(), parse=True)
    return find(analysed, [all_rules()[code] for code in codes or ("MOT001",)])


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("Il faut juguler ce problème.", "juguler", "on le lit moins d'une fois sur un million de mots"),
        ("Ce monsieur est cacochyme.", "cacochyme", "on le lit moins d'une fois sur 10 millions de mots"),
        ("Nous voulons la décadastralisation des terrains.", "décadastralisation", "on ne le lit presque jamais"),
        ("Le problème sous-jacent est là.", "sous-jacent", "on le lit moins d'une fois sur 300 000 mots"),
        ("Ce facteur est symptomatique.", "symptomatique", "on le lit moins d'une fois sur 300 000 mots"),
    ],
)
def test_the_reason_is_told(text, word, reason):
    (found,) = findings(text)
    assert found.text == word and reason in found.message.replace("\xa0", " ")


@pytest.mark.parametrize(
    "text",
    [
        "Le boulanger pétrit la pâte et enfourne les baguettes.",
        "Nous désherbons, nous taillons les haies et nous tondons la pelouse.",
        "L'équipe rémoise joue contre les Stéphanois et l'équipe messine.",
        "Le garagiste vidange la voiture et regonfle les pneus.",
        "Les arrière-grands-parents viennent en camping-car.",
        "Le directeur-adjoint et la vice-présidente seront là.",
        "La médiathèque de Villeurbanne prête des liseuses à monsieur Krzyzewski.",
        "Les serrurières et les électriciennes sont formées ici.",
        "Cliquez sur « Mutualisation » ou sur [mutualisation].",
        "La télépathologie (un médecin lit les images de loin) existe.",
        "Lundi, mardi, mercredi, février et août sont des mots.",
        "Les oeufs et le boeuf sont cuits.",
    ],
)
def test_easy_words_forms_compounds_and_names_are_left_alone(text):
    assert not findings(text)


def test_a_word_is_reported_once_under_all_its_forms():
    assert [f.text for f in findings("Il faut juguler le mal. Nous le jugulons. Il est jugulé.")] == ["juguler"]


def test_words_of_the_lexicons_are_left_to_their_rule():
    text = "Cette procédure dilatoire est préjudiciable. Votre forclusion est proche. Il faut pérenniser la mesure."
    words = [f.text for f in findings(text, "MOT001", "MOT002", "MOT010")]
    assert len(words) == len(set(words)) and "dilatoire" in words


def test_the_threshold_is_an_option():
    rule = all_rules()["MOT001"]
    document = read_text("Il faut articuler ces aides et juguler le mal.", "text")
    (analysed,) = analyse([document], Lexicon.load(), parse=True)
    rules = (replace(rule, options={**rule.options, "min_zipf": least}) for least in (1.0, 3.2, 3.5))
    assert [len(find(analysed, [rule])) for rule in rules] == [0, 1, 2]
