"""Three of the letters again, easy to read: they say what the originals say.

One sentence per line; the lines of one block belong together.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.shared import Pt
from word import LEFT, band, items, new_letter, paragraph, table

_FONT, _SIZE, _AFTER = "Arial", 14.0, 21.0


def _letter(title: str, author: str, sender: Sequence[str], address: str, opening: Sequence[str]) -> Document:
    """Start an easy letter: sender, page numbers, reader, title."""
    letter = new_letter(title, author, _FONT, _SIZE, margin=3, spacing=1.5)
    section = letter.sections[0]
    band(section.header, sender, LEFT)
    band(section.footer, [address, "page {#PAGE} sur {#NUMPAGES}"], LEFT)
    _lines(letter, *opening)
    paragraph(letter, title, style="Title", align=LEFT)
    _lines(letter, "Bonjour «=Civilité»,")
    return letter


def _lines(letter: Document, *sentences: str) -> None:
    paragraph(letter, "\n".join(sentences), align=LEFT, after=_AFTER).paragraph_format.keep_together = True


def _title(letter: Document, text: str) -> None:
    paragraph(letter, text, style="Heading 1", align=LEFT)


def _list(letter: Document, introduction: str, *texts: str) -> None:
    paragraph(letter, introduction, align=LEFT, after=0).paragraph_format.keep_with_next = True
    items(letter, texts, align=LEFT, after=0)
    for item in letter.paragraphs[-len(texts) : -1]:
        item.paragraph_format.keep_with_next = True
    letter.paragraphs[-1].paragraph_format.space_after = Pt(_AFTER)


def _notice(letter: Document, date: str) -> None:
    """Say that the original counts, and that the easy version explains it."""
    _lines(
        letter,
        f"Cette lettre explique notre lettre officielle du {date}.",
        "Gardez les 2 lettres.",
        "La lettre officielle compte devant la loi.",
    )


def radiation() -> Document:
    letter = _letter(
        "Votre adresse à Montverny s'arrête bientôt",
        "Centre communal d'action sociale de Montverny",
        ["Ville de Montverny"],
        "4 place de l'Hôtel de Ville, 99210 Montverny",
        ["«=Civilité» «Prénom» «Nom»", "Votre numéro : «Numéro de dossier»", "Montverny, le jeudi 12 mars 2026"],
    )
    _lines(
        letter,
        "Vous avez une domiciliation depuis le lundi 16 juin 2025.",
        "Une domiciliation, c'est une adresse pour recevoir vos lettres.",
        "C'est l'adresse du Centre communal d'action sociale.",
        "Ce centre, c'est le service d'aide de la ville.",
        "**Cette adresse s'arrête le mardi 31 mars 2026.**",
    )
    _title(letter, "Pourquoi ?")
    _lines(
        letter,
        "Vous devez donner un signe tous les 3 mois.",
        "Vous pouvez venir ou téléphoner.",
        "C'est la règle.",
        "Votre dernier signe date du mardi 4 novembre 2025.",
    )
    _list(
        letter,
        "Nous avons essayé de vous joindre 3 fois :",
        "le lundi 12 janvier 2026, par lettre",
        "le lundi 9 février 2026, par téléphone et par message",
        "le jeudi 26 février 2026 à 14 heures 30, avec un rendez-vous",
    )
    _lines(letter, "Nous attendons toujours votre réponse.")
    _title(letter, "Vous avez une bonne raison ?")
    _list(letter, "Voici les bonnes raisons :", "votre santé", "votre travail", "la prison ou un autre lieu fermé")
    _lines(
        letter,
        "Expliquez-nous votre raison.",
        "Montrez-nous un papier.",
        "Nous pouvons alors changer notre décision.",
    )
    _title(letter, "Vos lettres")
    _lines(
        letter,
        "Nous gardons vos lettres jusqu'au jeudi 30 avril 2026.",
        "Venez les chercher du lundi au vendredi.",
        "Le bureau ouvre de 9 heures à 12 heures.",
    )
    _lines(
        letter,
        "Apportez un papier avec votre nom et votre photo.",
        "Par exemple : votre carte d'identité ou votre passeport.",
    )
    _lines(letter, "Après le jeudi 30 avril 2026, vos lettres retournent à leurs auteurs.")
    _title(letter, "Donnez vite votre nouvelle adresse")
    _lines(
        letter,
        "Écrivez à la Caisse d'allocations familiales.",
        "La Caisse d'allocations familiales, c'est le service de vos aides.",
        "Vous travaillez dans l'agriculture ?",
        "Écrivez alors à la Mutualité sociale agricole.",
    )
    _lines(
        letter,
        "Écrivez à votre assurance maladie.",
        "Vous cherchez un emploi ?",
        "Écrivez à France Travail.",
        "C'est le service de l'emploi.",
    )
    _lines(
        letter,
        "Vous avez un titre de séjour ?",
        "Un titre de séjour, c'est un papier pour vivre en France.",
        "Écrivez à la préfecture.",
        "La préfecture, c'est un bureau de l'État.",
    )
    _lines(letter, "Attention : avec une ancienne adresse, vos aides peuvent s'arrêter.")
    _title(letter, "Vous voulez encore une adresse à Montverny ?")
    _lines(
        letter,
        "Vous pouvez demander une nouvelle domiciliation.",
        "Vous devez avoir un lien avec la ville.",
        "Par exemple : un logement, un travail ou votre famille.",
        "Vous devez d'abord parler avec nous.",
        "Presque toutes les personnes ont une réponse en 2 mois.",
    )
    _title(letter, "Notre décision vous semble injuste ?")
    _lines(
        letter,
        "Vous pouvez choisir entre 2 solutions.",
        "Vous avez 2 mois pour cela.",
        "Vous recevez cette lettre ?",
        "Les 2 mois commencent ce jour-là.",
    )
    _lines(
        letter,
        "**Solution 1 : écrivez au président du Centre communal d'action sociale.**",
        "Le président a 2 mois pour vous répondre.",
        "Vous attendez encore après ces 2 mois ?",
        "Le président garde alors sa décision.",
        "Vous avez ensuite 2 mois pour écrire au tribunal.",
    )
    _lines(
        letter,
        "**Solution 2 : écrivez au tribunal administratif.**",
        "Le tribunal administratif, c'est le juge des décisions de la ville.",
        "Son adresse : 12 rue du Palais, 99000 Montreval.",
    )
    _title(letter, "Vous avez des questions ?")
    _lines(
        letter,
        "Appelez Sylvie Marchadier au 03 53 01 24 10.",
        "Vous pouvez écrire à ccas@montverny.example.",
    )
    _lines(letter, "Hélène Vaucourt, vice-présidente, au nom du président")
    _notice(letter, "jeudi 12 mars 2026")
    return letter


def overpayment() -> Document:
    letter = _letter(
        "Vous devez nous rendre 738 euros",
        "Caisse d'allocations familiales de la Haute-Braye",
        ["Votre lettre du lundi 16 mars 2026"],
        "99088 Montreval Cedex 9",
        [
            "La Caisse d'allocations familiales de la Haute-Braye",
            "La Caisse d'allocations familiales, c'est le service de vos aides.",
            "À : «=Civilité» «Prénom» «Nom»",
            "Votre numéro : «Numéro allocataire»",
            "Montreval, le lundi 16 mars 2026",
        ],
    )
    _title(letter, "Pourquoi ?")
    _lines(
        letter,
        "Nous vous avons donné l'aide personnalisée au logement.",
        "Cette aide, c'est de l'argent pour payer votre loyer.",
        "C'est pour le logement du 8 rue des Tanneurs, à Montreval.",
    )
    _lines(
        letter,
        "Vous avez quitté ce logement le vendredi 31 octobre 2025.",
        "Vous nous avez prévenus le lundi 2 février 2026.",
        "Nous avons payé cette aide 3 mois de trop.",
        "Vous devez nous rendre cet argent.",
    )
    rows = [("Mois", "Somme en trop"), ("novembre 2025", "243 euros"), ("décembre 2025", "243 euros")]
    rows += [("janvier 2026", "252 euros"), ("Total", "738 euros")]
    table(letter, rows, [7, 7])
    _title(letter, "Comment rembourser ?")
    _lines(
        letter,
        "Nous gardons 41 euros par mois sur vos autres aides.",
        "Cela commence en mai 2026.",
        "Cela dure 18 mois, jusqu'en octobre 2027.",
        "Vous voulez faire autrement ?",
        "Écrivez-nous.",
    )
    _lines(
        letter,
        "Vous voulez payer plus vite ?",
        "Payez par carte bancaire sur www.caf99.example.",
        "Vous pouvez payer par chèque.",
        "Écrivez sur le chèque : directeur comptable de la Caisse.",
    )
    _title(letter, "41 euros par mois, c'est trop ?")
    _lines(
        letter,
        "Écrivez-nous.",
        "Parlez-nous de votre situation.",
        "Nous pouvons baisser la somme de chaque mois.",
        "Nous pouvons effacer une partie de la dette, ou toute la dette.",
        "Pour cela, vous devez avoir dit la vérité.",
    )
    _title(letter, "Vous pensez à une erreur ?")
    _lines(
        letter,
        "Écrivez d'abord au directeur de la Caisse.",
        "Cette étape est obligatoire avant le tribunal.",
        "Vous avez 2 mois pour écrire.",
        "Vous recevez cette lettre ?",
        "Les 2 mois commencent ce jour-là.",
    )
    _lines(
        letter,
        "Le directeur a 2 mois pour vous répondre.",
        "Vous attendez encore après ces 2 mois ?",
        "Le directeur garde alors sa décision.",
    )
    _lines(
        letter,
        "Vous avez ensuite 2 mois pour écrire au tribunal administratif.",
        "Le tribunal administratif, c'est le juge des décisions de la Caisse.",
        "Ce tribunal est à Montreval.",
    )
    _title(letter, "Vous avez des questions ?")
    _lines(letter, "Appelez le 03 53 01 32 30.", "L'appel a un prix normal.")
    _lines(letter, "Thierry Colombani, au nom du directeur")
    _notice(letter, "lundi 16 mars 2026")
    return letter


def workshop() -> Document:
    letter = _letter(
        "Venez apprendre à utiliser internet",
        "Ville de Montverny",
        ["Ville de Montverny", "Médiathèque Louise-Aubert"],
        "15 rue du Moulin, 99210 Montverny",
        ["«=Civilité» «=Prénom» «=Nom»", "Montverny, le mardi 17 mars 2026"],
    )
    _lines(
        letter,
        "Les démarches sur internet sont parfois difficiles.",
        "La Ville de Montverny peut vous aider.",
        "Venez à nos ateliers gratuits.",
        "Un atelier, c'est un petit groupe pour apprendre.",
    )
    _title(letter, "Les dates")
    _lines(
        letter,
        "Les ateliers sont le mardi, pendant 6 semaines.",
        "Le premier atelier est le mardi 14 avril 2026.",
        "Le dernier atelier est le mardi 19 mai 2026.",
        "L'atelier commence à 14 heures.",
        "Il finit à 16 heures 30.",
    )
    _title(letter, "L'adresse")
    _lines(
        letter,
        "Venez à la médiathèque Louise-Aubert, 15 rue du Moulin.",
        "Allez à l'étage 1, dans la salle 3.",
        "Vous pouvez venir en fauteuil roulant.",
        "Prenez le bus 4 jusqu'à l'arrêt Médiathèque.",
    )
    _title(letter, "Le programme")
    _list(
        letter,
        "Avec nous, vous allez apprendre à :",
        "utiliser un ordinateur, une tablette et un téléphone",
        "créer une adresse mail",
        "protéger vos codes secrets",
        "faire vos démarches sur internet",
    )
    _lines(letter, "Par exemple : les démarches pour la santé, les aides ou les impôts.")
    _title(letter, "Comment vous inscrire ?")
    _lines(
        letter,
        "Vous devez vous inscrire avant le vendredi 3 avril 2026.",
        "Appelez le 03 53 01 24 55.",
        "Vous pouvez aussi venir à l'accueil de la médiathèque.",
    )
    _lines(
        letter,
        "Nous avons 12 places.",
        "Les 12 premières personnes ont une place.",
        "Attendez notre réponse.",
        "Nous confirmons votre place.",
    )
    _title(letter, "Vos affaires")
    _list(
        letter,
        "Apportez :",
        "votre téléphone",
        "votre dernière lettre de la santé, des aides ou des impôts",
    )
    _lines(
        letter,
        "Nous prêtons les ordinateurs.",
        "Gardez vos codes secrets pour vous.",
        "Vous pouvez venir avec un ami ou une personne de votre famille.",
    )
    _title(letter, "Vous avez des questions ?")
    _lines(letter, "Appelez Mehdi Asselin au 03 53 01 24 55.")
    return letter


LETTERS = {
    "radiation-domiciliation-falc": radiation,
    "recuperation-apl-falc": overpayment,
    "invitation-atelier-numerique-falc": workshop,
}
