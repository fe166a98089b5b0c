"""An edit that changes what a text says is refused; one that only changes how it is written is not."""

import pytest

from falc.french.faithfulness import keeps_facts
from falc.model import Edit, Span


def keeps(text, old, new):
    start = text.index(old)
    return keeps_facts(text, [Edit(Span(start, start + len(old)), new)])


SAME = [
    ("Nonobstant la pluie, venez.", "Nonobstant", "Malgré"),
    ("En outre, vous ne payez pas.", "En outre", "En plus"),
    ("Afin de vous aider, Paris vous répond.", "Afin de", "Pour"),
    ("En effet, Paris vous répond.", "En effet, ", ""),
    ("Venez le 12/03/2024 à Paris.", "12/03/2024", "12 mars 2024"),
    ("Venez le 01/03/2024.", "01/03/2024", "1er mars 2024"),
    ("Venez le 12/03/2024.", "12/03/2024", "mardi 12 mars 2024"),
    ("Venez à 14h30.", "14h30", "14 heures 30"),
    ("Venez à 14:30.", "14:30", "14 h 30"),
    ("Venez à 14h00.", "14h00", "14 heures"),
    ("Vous avez vingt-cinq jours.", "vingt-cinq", "25"),
    ("Répondez sous quinzaine.", "sous quinzaine", "dans les 15 jours"),
    ("Au XXe siècle, la ville grandit.", "XXe", "20e"),
    ("Payez 1,50 €.", "1,50 €", "1,5 euro"),
    ("Payez 1200 €.", "1200", "1\u00a0200"),
    ("Il paie 3 M€ par an.", "M€", "millions d'euros"),
    ("Écrivez à M. Dupont.", "M.", "Monsieur"),
    ("Écrivez au Dr Martin.", "Dr", "Docteur"),
    ("Appelez la CAF demain.", "CAF", "Caisse d'allocations familiales"),
    ("Appelez le 01.23.45.67.89.", "01.23.45.67.89", "01 23 45 67 89"),
    ("IBAN FR7630006000011234567890189", "FR7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 189"),
    ("Votre dossier n° AB-12 est complet.", "n°", "numéro"),
    ("La loi du 3 mars 2020, art. 12.", "art.", "article"),
    ("Ce contrôle est optionnel.", "optionnel", "non obligatoire"),
    ("En l'absence de réponse, appelez.", "En l'absence de", "Sans"),
]
CHANGED = [
    ("Payez 1,50 €.", "1,50 €", "15 euros"),
    ("Payez 200 €.", "200", "2000"),
    ("Payez avant mardi.", "Payez", "Payez 10 euros"),
    ("Venez le 12/03/2024.", "12/03/2024", "13 mars 2024"),
    ("Venez le 12/03/2024.", "12/03/2024", "12 mars"),
    ("Venez le 12 mars 2024.", "mars", "mai"),
    ("Venez à 14h30.", "14h30", "14 heures"),
    ("Venez à 14h30.", "14h30", "15 heures 30"),
    ("Vous avez vingt-cinq jours.", "vingt-cinq", "26"),
    ("Répondez sous quinzaine.", "sous quinzaine", "dans les 8 jours"),
    ("Au XXe siècle, la ville grandit.", "XXe", "19e"),
    ("IBAN FR7630006000011234567890189", "FR7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 188"),
    ("IBAN FR7630006000011234567890189", "FR76", "DE76"),
    ("Votre dossier n° AB-12 est complet.", "AB-12", "AC-12"),
    ("Appelez le 01.23.45.67.89.", "01.23.45.67.89", "01 23 45 67 88"),
    ("Écrivez à M. Dupont.", "Dupont", "Durand"),
    ("Écrivez à M. Dupont.", " Dupont", ""),
    ("Écrivez à votre mairie.", "votre mairie", "la mairie de Lyon"),
    ("Appelez la CAF demain.", "CAF", "caisse"),
    ("Appelez la CAF demain.", "CAF", "Assurance maladie"),
    ("Vous ne payez plus.", "plus", "pas"),
    ("Vous ne payez plus.", "ne payez plus", "payez"),
    ("Vous payez.", "payez", "ne payez pas"),
    ("Personne ne répond.", "Personne ne", "Chacun"),
    ("Il n'a aucun droit.", "n'a aucun droit", "a un droit"),
    ("Vivez sans peur.", "sans", "avec"),
    ("Écrivez à a.b@exemple.fr vite.", "a.b@exemple.fr", "a.b@exemple.org"),
    ("Allez sur https://www.caf.fr/aide ou non.", "/aide", "/aides"),
    ("Voyez service-public.fr pour tout.", "service-public.fr", "le site"),
]


@pytest.mark.parametrize(("text", "old", "new"), SAME)
def test_same_facts(text, old, new):
    assert keeps(text, old, new)


@pytest.mark.parametrize(("text", "old", "new"), CHANGED)
def test_changed_facts(text, old, new):
    assert not keeps(text, old, new)


def test_edits_are_judged_together():
    text = "Vous ne payez pas. Vous ne partez pas."
    away = [Edit(Span(5, 8), ""), Edit(Span(13, 17), "")]
    assert not keeps_facts(text, away)
    assert not keeps_facts(text, away[:1]) and not keeps_facts(text, away[1:])
    # A fact may move from one edit to the other.
    swap = "Venez mardi, à Paris, avant 12 heures."
    moved = [Edit(Span(6, 11), "avant 12 heures"), Edit(Span(22, 37), "mardi")]
    assert keeps_facts(swap, moved)


def test_typographic_signs_do_not_count():
    assert keeps_facts("Il n’a pas 1\u202f000 euros.", [Edit(Span(12, 13), " ")])
    assert keeps_facts("", []) and keeps_facts("Bonjour", [])
