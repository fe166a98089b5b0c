"""What a text says of itself: claims, readers, machines."""

import pytest

from falc.findings import find
from falc.formats import read_text
from falc.french.pipeline import analyse
from falc.rules import all_rules


@pytest.fixture
def codes(lexicon):
    """Return which rules of the family PRO find something in a text."""
    rules = [rule for rule in all_rules().values() if rule.family == "PRO" and rule.check != "human"]

    def run(text, format="text"):
        (analysed,) = analyse([read_text(text, format)], lexicon, parse=False, model="")
        return [finding.code for finding in find(analysed, rules)]

    return run


@pytest.mark.parametrize(
    "text",
    [
        "Le FALC est une méthode européenne.",
        "Cette formation apprend à écrire en FALC.",
        "Ce guide existe aussi en FALC.",
        "Ce document est disponible en version FALC sur notre site.",
        "Vous pouvez demander la version FALC de ce guide.",
        "Nos documents sont écrits en FALC.",
        "Cet outil vérifie que votre document est en FALC.",
        "Ce document est-il en FALC ?",
        "Ce texte ne sera jamais en FALC.",
        "Ce guide est fait pour écrire en FALC.",
        "Cette règle est facile à lire.",
    ],
)
def test_a_text_about_easy_texts_promises_nothing(codes, text):
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ce texte est en FALC.",
        "Ce livret respecte les règles européennes du facile à lire et à comprendre.",
        "Cette brochure a été réalisée en FALC par l'association Nous Aussi.",
        "Livret d'accueil - Version facile à lire et à comprendre",
        "Ce guide est écrit en FALC. Il n'a pas encore été relu.",
        "Ce guide est écrit en FALC. Avez-vous relu votre dossier ?",
        "Ce guide est écrit en FALC. Votre demande est validée par la mairie.",
    ],
)
def test_a_promise_needs_readers(codes, text):
    assert codes(text) == ["PRO009"]


@pytest.mark.parametrize(
    ("readers", "expected"),
    [
        ("Relu par Anne.", []),
        ("Relu par M. Paul Roy et Mme Léa Petit.", []),
        ("Validé par Anne et Paul.", []),
        ("Ce guide a été relu par {{ relecteurs }}.", []),
        ("Relectrices et relecteurs :\n\nAnne Martin, Paul Roy", []),
        ("Relu par un groupe de personnes.", ["PRO006"]),
        ("Relu par l'ESAT de Lille.", ["PRO006"]),
        ("Il a été relu par des travailleurs à Lyon. Anne Martin répond à vos questions.", ["PRO006"]),
    ],
)
def test_readers_have_names(codes, readers, expected):
    assert codes(f"Ce guide est écrit en FALC.\n\n{readers}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ce document a été traduit par DeepL.", ["PRO010"]),
        ("Ce résumé a été généré par une IA.", ["PRO010"]),
        ("Ce texte a été écrit avec l'aide de ChatGPT.", ["PRO010"]),
        ("Cette page est traduite automatiquement.", ["PRO010"]),
        ("Cette page est traduite automatiquement. Personne n'a vérifié la traduction.", []),
        ("Ce message a été généré automatiquement.", []),
        ("Ce document a été écrit avec un logiciel de traitement de texte.", []),
        ("Votre demande est étudiée par un algorithme.", []),
        ("Ce texte n'est jamais écrit par un robot.", []),
    ],
)
def test_machines(codes, text, expected):
    assert codes(text) == expected


def test_the_mark_of_a_program_in_a_page(codes):
    page = "<html><head><meta name=generator content='{}'></head><body><p>{}</p></body></html>"
    assert codes(page.format("falc 0.1", "Bonjour."), "html") == ["PRO010"]
    assert codes(page.format("WordPress 6", "Bonjour."), "html") == []
    assert codes(page.format("falc 0.1", "Relu par Anne Martin."), "html") == []


def test_falc_never_offers_the_logo_nor_says_that_a_text_conforms():
    for rule in all_rules().values():
        words = " ".join((rule.title, rule.message, rule.why, rule.how, *map(str, rule.options.values()))).lower()
        assert "conforme falc" not in words and "certifi" not in words, rule.code
        assert "ajoutez le logo" not in words and "mettez le logo" not in words, rule.code
