"""Sentence boundaries: each case writes the boundaries as `|`."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falc.french.boundaries import sentence_spans

CASES = [
    "Lisez l'art.| **",
    # abbreviations
    "M. Dupont est venu.| Il a signé.",
    "Écrivez à M. le maire.| Il répondra.",
    "MM. Martin et Petit sont venus.",
    "Mme Durand et le Dr. Le Goff vous attendent.",
    "Mme Ch. Lefèvre-Ouattara et M. Ph. Durand vous attendent.",
    "Me. Leroy est votre avocat.",
    "Voir l'art. 12 du code.",
    "Voir art. L. 264-1 du code de l'action sociale.| Vous avez droit à une adresse.",
    "Selon l'article R. 821-4, vous avez droit à l'AAH.",
    "Selon l'article D.264-1, vous pouvez demander une adresse.",
    "Lisez le chap. 3 et la p. 12.",
    "Appelez-nous (tél. 01 02 03 04 05).",
    "Venez avec env. 10 photos.",
    "Le prix est de 10 euros max. Le délai est court.".replace("max. ", "max.| "),
    "Donnez une preuve, p. ex. Facture ou quittance.",
    "Donnez une preuve, c.-à-d. une facture.",
    "Apportez vos papiers, factures, etc.| Nous les copierons.",
    "Apportez vos papiers, etc. et votre carte.",
    "Le 12 janv. 2024, vous avez écrit.",
    "Il habite av. Victor-Hugo.",
    "César est né en 100 av. J.-C. à Rome.",
    "César est né en 100 av. J.-C.| Il est mort à Rome.",
    "J'aime l'art.| Vous aussi ?",
    "Ils sont sept.| Jean les attend.",
    # initials
    "J.-P. Dupont est venu avec M. A. Martin.",
    "La S.A.R.L. Dupont a écrit.| Répondez.",
    "Vous avez le permis B.| Vous pouvez conduire.",
    "Vous êtes en catégorie C.| Contactez la mairie.",
    # numbers and items
    "1. Remplissez le formulaire.| 2. Signez-le.| 3. Envoyez-le.",
    "2° Signez la lettre.",
    "a) Signez la lettre.",
    "I. - Vous devez payer.",
    "A. Vos droits",
    "Vous avez payé 12.5 euros le 12.03.2025 à midi.",
    "C'était en 2020.| Il avait 12 ans.",
    "Vous avez payé en 2023.| 12 personnes attendent.",
    # addresses
    "Allez sur www.caf.fr et écrivez à Jean.Dupont@caf.fr pour cela.",
    "Ouvrez le fichier Dossier.Final.Docx avant lundi.",
    "Lisez https://www.service-public.fr/Page.Html?x=1.| Puis signez.",
    # stops
    "Vous hésitez…| Nous aussi.",
    "Vous hésitez... mais vous venez.",
    "Vous venez ?!| Merci !!| À demain.",
    "Comment faire ? demande-t-il.",
    "Qui paie ? et quand ?",
    "« Oui. »| Il part.",
    "Il dit : « Oui. » et il part.",
    "Il répond « Non ! » puis il sort.",
    "(Voir la notice.)| Signez ici.",
    'Il a dit "Oui."| Il part.',
    "Voici la liste : Le dossier est ici.",
    # typing
    "Nous avons reçu le dossier.Vous devez signer.",
    "Il viendra lundi prochain.| il faut attendre.",
    "Votre dossier est complet ;| Vous serez payé.",
    "Votre dossier est complet ; Paris est informé.",
    # lines
    "Madame, Monsieur,\n|Nous avons reçu votre demande.",
    "Objet : demande d'aide\n|Vos droits\n|Vous avez droit à une aide.",
    "Nous avons reçu\nvotre demande.",
    "Apportez :\n|- une carte\n|- une facture",
    "Apportez :\n|Votre carte ;\n|votre facture.",
    "Apportez :\nvotre carte.",
    "Titre\n\n|suite",
    "Voici la première ligne d'un texte que quelqu'un a tapé à la main avec\n"
    "Madame Durand, qui a mis des retours à chaque fin de ligne comme sur une\n"
    "machine à écrire.| Elle a fini.",
    # initials, orders, pictures, lines that go on
    "Adressez-vous à l'A.P.L.| Faites la demande.",
    "Vous habitez en zone C.| Avez-vous un enfant ?",
    "Apportez 10 photos max.| Envoyez-les.",
    "Le rendez-vous est le 3. 12. 2024 à Paris.",
    "P.-S. Je serai absent lundi.",
    "N. B. Apportez vos papiers.",
    "Art. 2. – Le maire est élu.",
    "Le docteur Ph. Martin vous reçoit.",
    "Lisez l'art. L123.| Il est clair.",
    "Composez l'ext. 345.",
    "a) Signez.| b) Datez.",
    "Il a vu la lettre.| [...] Elle est partie.",
    "Nous avons lu (...) la lettre.",
    "Merci ! 😊| Vous êtes gentil.",
    "Merci 😊| Vous êtes gentil.",
    "Merci.| 🏠 Votre logement est prêt.",
    "C'est fini (le 3 mai).|Vous pouvez venir.",
    "Écrivez avant le 12 mai 2024.|Nous répondrons.",
    "Ouvrez le fichier Dossier.Pdf puis signez.",
    "Vous devez payer la somme de\n120 euros avant lundi.",
    "Une aide pour vous\n|La CAF paie.",
    "Fait à\n|Le\n|Signature",
    "Écrivez à la mairie de\nLyon.",
    "Mot\tautre    mot Majuscule.",
    # formulas on a line, sentences without capitals, brands
    "Nous vous remercions de répondre avant lundi.| Bien cordialement,\n|Paul Roy",
    "Chère Madame Durand,\n|vous avez demandé une carte.",
    "Monsieur Paul Durand,\nné le 3 mai 1980, habite ici.",
    "Appelez le 3939.| gardez votre carte.| il faut 20 %.| nous payons.",
    "Le tarif est de 12. à payer avant mai.",
    "Votre compte est prêt.| iPhone et iPad le montrent.",
    "Rendez-vous au 12 bd.| Non, au 14.",
    "Il habite au 12 bd. Le Corbusier.",
]
CASES[CASES.index("Nous avons reçu le dossier.Vous devez signer.")] = "Nous avons reçu le dossier.|Vous devez signer."


@pytest.mark.parametrize("marked", CASES)
def test_sentences_are_cut_at_the_bars(marked: str):
    text = marked.replace("|", "")
    expected = [piece.strip() for piece in marked.split("|")]
    assert [text[s.start : s.end] for s in sentence_spans(text)] == expected


@given(st.text(alphabet="aA1.!?…;:«»\"'() \n\t-É", max_size=80))
def test_sentences_hold_all_the_signs_once_and_in_order(text: str):
    position = 0
    for span in sentence_spans(text):
        assert not text[position : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
        position = span.end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        ".",
        " ",
        "\n",
        '"',
        "A.",
        "M. ",
        "1. ",
        ".\n",
        "a \n",
        '. " ',
        "aa.Aa",
        "; ",
        ". »",
        "- \n",
        "1.2.",
        "😊",
        "(…) ",
        "de\n",
        "a-",
    ],
)
def test_time_is_linear(unit: str):
    text = unit * (300_000 // len(unit))
    start = time.process_time()
    for _ in sentence_spans(text):
        pass
    assert time.process_time() - start < 6
