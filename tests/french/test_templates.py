"""What a template tells its writer, and sentences in English."""

import pytest

from falc.french.foreign import is_foreign
from falc.french.templates import as_sent, other_choices, to_writer, writer_passages
from falc.model import Span


def whole(text):
    return Span(0, len(text))


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("Votre contrat finit le (date).", ["(date)"]),
        ("Votre contrat finit le [date].", ["[date]"]),
        ("[OPTION 1 : le salarié vient (à l'heure)]", ["[OPTION 1 : le salarié vient (à l'heure)]"]),
        ("« Fonction (DRH, etc.) »", ["(DRH, etc.)"]),
        ("Une faute grave (ou) une faute lourde.", ["(ou)"]),
        ("Votre préavis dure (durée à compléter).", ["(durée à compléter)"]),
        ("Donnez vos coordonnées (nom, adresse).", []),
        ("Les charges (ou charges récupérables) augmentent.", []),
        ("Les charges (si vous en payez) augmentent.", []),
        ("Vous êtes né(e) à Lyon.", []),
        ("Il a dit : « La loi […] le permet. »", []),
        ("Venez lundi (le 3 mars) à 9 heures.", []),
        ("(((", []),
        (")](", []),
    ],
)
def test_passages_for_the_writer(text, passages):
    assert [text[span.start : span.end] for span in writer_passages(text)] == passages


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Votre contrat finit le (date).", "Votre contrat finit le x."),
        ("Pour faute simple (ou) faute grave (ou) faute lourde.", "Pour faute lourde."),
        ("Vous venez le « date de l'entretien » à 9 heures.", "Vous venez le x à 9 heures."),
        ("Le maire dit « Bonjour à tous ».", "Le maire dit « Bonjour à tous »."),
    ],
)
def test_a_sentence_as_the_letter_says_it(text, said):
    assert as_sent(text, whole(text)) == said


def test_a_sentence_inside_an_instruction():
    text = "Citez les faits (énoncer les faits. Ajouter la date). Signez."
    start = text.index("Ajouter")
    assert to_writer(text, Span(start, text.index(" Signez")))
    assert not to_writer(text, whole(text))
    assert other_choices(text, whole(text)) is None


def test_many_brackets_take_linear_time():
    text = "Le (date) [option] (ou) « nom » ((( " * 20_000
    assert len(writer_passages(text)) == 60_000
    assert not to_writer(text, whole(text))


@pytest.mark.parametrize(
    ("sentence", "foreign"),
    [
        ("Even if you do not have mail, you must come.", True),
        ("Enter your password to log in.", True),
        ("Le week-end, le parking est gratuit.", False),
        ("Le chef de projet marketing gère le planning.", False),
        ("Jean Smith et John Brown.", False),
        ("", False),
    ],
)
def test_english_sentences(sentence, foreign):
    assert is_foreign(sentence) is foreign
