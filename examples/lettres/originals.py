"""Six letters as an administration writes them, with the faults that falc looks for.

Every name, town, sum and address is invented.
"""

from __future__ import annotations

from docx.document import Document
from word import (
    CENTER,
    JUSTIFY,
    NUMBER,
    RIGHT,
    band,
    comment,
    items,
    new_letter,
    paragraph,
    table,
    text_box,
)

_CCAS = "Centre communal d'action sociale de Montverny"


def _sender_and_reader(document: Document, references: list[str], reader: list[str]) -> None:
    """Write the references of the letter, then the address of the reader on the right."""
    paragraph(document, "\n".join(references), after=4)
    paragraph(document, "\n".join(reader), indent=9, after=14)


def _body(document: Document, *texts: str) -> None:
    for text in texts:
        paragraph(document, text, align=JUSTIFY)


def _signature(document: Document, office: str, name: str, indent: float = 9) -> None:
    """Leave room for the hand between the office and the name; the block stays on one page."""
    paragraph(document, office, indent=indent, before=6, after=26).paragraph_format.keep_with_next = True
    paragraph(document, name, indent=indent)


def radiation() -> Document:
    """The letter of the demonstration: a municipal service strikes off an address."""
    letter = new_letter("Radiation d'une élection de domicile", _CCAS, "Times New Roman", 11)
    section = letter.sections[0]
    band(section.header, ["**VILLE DE MONTVERNY**", "CENTRE COMMUNAL D'ACTION SOCIALE"], CENTER, rule="bottom")
    footer = [
        "CCAS de Montverny – 4, place de l'Hôtel-de-Ville – BP 12 – 99210 MONTVERNY",
        "Tél. 03.53.01.24.10 – ccas@montverny.example – Page {#PAGE}/{#NUMPAGES}",
    ]
    band(section.footer, footer, CENTER, 9, rule="top")
    _sender_and_reader(
        letter,
        [
            "Service Domiciliation et accès aux droits",
            "Affaire suivie par : Mme Sylvie MARCHADIER",
            "N/Réf. : DOM/2025/«Numéro de dossier»",
            "//LRAR n° 2C 178 436 2290 1//",
        ],
        ["«=Civilité» «Prénom» «Nom»", "CCAS de Montverny", "4, place de l'Hôtel-de-Ville", "99210 MONTVERNY"],
    )
    paragraph(letter, "Montverny, le 12/03/2026", align=RIGHT)
    paragraph(letter, "**__Objet__ : RADIATION DE VOTRE ÉLECTION DE DOMICILE**", after=10)
    paragraph(letter, "«=Civilité»,")
    _body(
        letter,
        "Par décision en date du 16/06/2025, une élection de domicile vous a été accordée auprès du CCAS de Montverny "
        "pour une durée d'un an, conformément aux dispositions des articles L. 264-1 et suivants du code de l'action "
        "sociale et des familles (CASF), livre II, titre VI, relatifs à la domiciliation des personnes sans domicile "
        "stable.",
        "Or, il ressort de l'examen de votre dossier que vous ne vous êtes manifesté(e), ni physiquement ni par "
        "téléphone, depuis le 04/11/2025, soit depuis plus de quatre mois, alors même que le règlement intérieur du "
        "service, dont un exemplaire vous a été remis lors de l'entretien préalable, prévoit que les personnes "
        "domiciliées doivent se manifester au moins une fois tous les trois mois.^[Art. L. 264-2 et D. 264-1 et s. du "
        "CASF. Ne sont pas concernées les absences justifiées par des raisons de santé, par l'exercice d'une activité "
        "professionnelle ou par une privation de liberté.] Les démarches entreprises par le service afin de vous "
        "joindre, récapitulées dans le tableau ci-dessous, sont demeurées infructueuses.",
    )
    table(
        letter,
        [
            ["Date", "Démarche entreprise", "Résultat"],
            ["12/01/2026", "Relance par courrier simple", "Sans réponse de votre part"],
            ["09/02/2026", "Appel téléphonique et SMS", "Sans réponse de votre part"],
            ["26/02/2026 à 14h30", "Convocation à un entretien (RDV au CCAS)", "Absence non justifiée"],
        ],
        [4, 7, 5],
    )
    _body(
        letter,
        "En conséquence, et faute pour vous d'avoir fait valoir un motif légitime d'absence, j'ai le regret de vous "
        "informer que votre radiation a été prononcée. Celle-ci prendra effet à compter du 31/03/2026. //Il n'est pas "
        "impossible de revenir sur cette décision si vous êtes en mesure de justifier, par tout moyen, d'un "
        "empêchement entrant dans le champ des exceptions susmentionnées.//",
    )
    paragraph(letter, "Devenir de votre courrier", style="Heading 2")
    _body(
        letter,
        "Les plis reçus à votre nom seront conservés par le service pendant une durée de trente jours, soit jusqu'au "
        "30/04/2026 inclus, et pourront être retirés, du lundi au vendredi de 9h à 12h, sur présentation d'une pièce "
        "d'identité en cours de validité (CNI, passeport, titre de séjour, etc.). Passé ce délai, ils seront "
        "retournés à leurs expéditeurs respectifs.",
        "Il vous appartient par ailleurs de signaler sans délai votre nouvelle adresse aux organismes ci-après, le "
        "non-respect de cette obligation étant susceptible d'entraîner une suspension de vos droits :",
    )
    items(
        letter,
        [
            "la CAF ou la MSA, le cas échéant ;",
            "la CPAM dont vous relevez ;",
            "France Travail, si vous êtes inscrit(e) comme demandeur d'emploi ;",
            "la préfecture, pour les titulaires d'un titre de séjour.",
        ],
        align=JUSTIFY,
        after=2,
    )
    paragraph(letter, "Possibilité de présenter une nouvelle demande", style="Heading 2")
    _body(
        letter,
        "Une nouvelle élection de domicile pourra être sollicitée, sous réserve de justifier d'un lien avec la "
        "commune (ex. : logement, activité professionnelle, liens familiaux) et de participer à un entretien "
        "préalable. À titre indicatif, 95 % des demandes complètes font l'objet d'une réponse dans un délai de deux "
        "mois.",
    )
    paragraph(letter, "Voies et délais de recours", style="Heading 2")
    _body(
        letter,
        "La présente décision peut être contestée, dans un délai de deux mois à compter de sa notification, soit par "
        "un recours gracieux adressé à M. le Président du CCAS, soit par un recours contentieux introduit devant le "
        "tribunal administratif de Montreval (12, rue du Palais – 99000 MONTREVAL). L'absence de réponse au recours "
        "gracieux à l'issue d'un délai de deux mois vaut décision implicite de rejet, laquelle peut elle-même être "
        "déférée au tribunal dans les deux mois suivants.",
        "Le service se tient à votre disposition pour tout renseignement complémentaire.",
        "Je vous prie d'agréer, «=Civilité», l'expression de mes salutations distinguées.",
    )
    _signature(letter, "P/o le Président et par délégation,\nla Vice-Présidente,", "Hélène VAUCOURT")
    return letter


def acceptance() -> Document:
    letter = new_letter("Attribution d'une élection de domicile", _CCAS, "Calibri", 11, margin=2)
    section = letter.sections[0]
    band(section.header, ["**Ville de Saint-Alvin-du-Lac** | CCAS", "//Pôle Solidarités – Accueil social//"], RIGHT)
    footer = ["CCAS – 1 bis, av. de la Gare – 99430 SAINT-ALVIN-DU-LAC – Tél. 03 53 01 60 60 (de 9h à 11h45)"]
    band(section.footer, footer, CENTER, 8, rule="top")
    _sender_and_reader(
        letter,
        [
            "Réf. : EDD-2026-«=Numéro de dossier» – né(e) le «Date de naissance»",
            "Dossier instruit par : {=Agent instructeur|M. Yanis Berthelot=}",
        ],
        [
            "«Civilité» «Prénom» «Nom»",
            "CCAS de Saint-Alvin-du-Lac",
            "1 bis, av. de la Gare",
            "99430 SAINT-ALVIN-DU-LAC",
        ],
    )
    paragraph(letter, "Saint-Alvin-du-Lac, le {=Date de la décision|27/03/2026=}", align=RIGHT)
    paragraph(letter, "**Objet :** notification d'une décision d'attribution d'élection de domicile", after=10)
    _body(
        letter,
        "«Civilité»,",
        "Suite à l'entretien qui s'est tenu en date du 18/03/2026, et après examen de votre situation au regard des "
        "critères fixés par les articles L. 264-1 et s. du CASF, j'ai l'honneur de vous informer que votre demande a "
        "été acceptée. Vous êtes donc autorisé(e) à élire domicile au CCAS pour une durée d'un an, du {=Date de "
        "début|01/04/2026=} au {=Date de fin|31/03/2027=}.",
        "L'attestation ci-jointe (Cerfa n° 16029*01) vous permettra de faire valoir vos droits et prestations. Elle "
        "ne saurait être refusée par un organisme au seul motif que vous ne disposez pas d'un domicile stable.",
    )
    paragraph(letter, "I. – Vos obligations", style="Heading 1")
    _body(letter, "En contrepartie, et conformément au règlement intérieur que vous avez signé, vous êtes tenu(e) de :")
    items(
        letter,
        [
            "vous présenter au service, ou à défaut téléphoner, au moins une fois tous les trois mois ;",
            "signaler tout changement de situation (adresse, composition du foyer, etc.) dans les meilleurs délais ;",
            "retirer régulièrement votre courrier, celui-ci n'étant pas réexpédié.",
        ],
        align=JUSTIFY,
        after=3,
    )
    paragraph(letter, "II. – Retrait du courrier", style="Heading 1")
    _body(
        letter,
        "Le courrier est remis en main propre, sur présentation d'un justificatif d'identité, aux jours et heures "
        "d'ouverture du service. Une tierce personne munie d'une procuration écrite ainsi que de la copie de votre "
        "pièce d'identité peut également être habilitée à le retirer. Compte tenu du nombre de personnes domiciliées "
        "(plus de 1 250 à ce jour), __aucun renseignement relatif au courrier ne pourra être communiqué par "
        "téléphone__.",
    )
    paragraph(letter, "III. – Renouvellement", style="Heading 1")
    _body(
        letter,
        "La demande de renouvellement devra être déposée au plus tard deux mois avant l'échéance, c.-à-d. avant le "
        "31/01/2027. À défaut, votre domiciliation prendra fin de plein droit et il y sera mis un terme sans autre "
        "formalité. Il pourra également y être mis fin de manière anticipée si vous accédez à un logement stable ou "
        "si vous ne vous manifestez plus pendant plus de trois mois consécutifs.",
        "Toute réclamation doit être adressée par écrit au CCAS, ou, en cas de litige persistant, au TA de Montreval "
        "dans un délai de deux mois à compter de la notification de la présente.",
        "Je vous prie de croire, «Civilité», à l'assurance de ma considération distinguée.",
    )
    _signature(letter, "Le Président du CCAS,", "Bertrand LAGARDE")
    paragraph(letter, "//PJ : 1 attestation d'élection de domicile ; 1 exemplaire du règlement intérieur//")
    return letter


def suspension() -> Document:
    letter = new_letter("Suspension du RSA", "Département de la Haute-Braye", "Times New Roman", 11)
    section = letter.sections[0]
    band(section.header, ["**DÉPARTEMENT DE LA HAUTE-BRAYE**", "Direction de l'Insertion et de l'Emploi (DIE)"], CENTER)
    footer = ["Hôtel du Département – 2, bd de la République – CS 40017 – 99000 MONTREVAL CEDEX – Page {#PAGE}"]
    band(section.footer, footer, CENTER, 9, rule="top")
    _sender_and_reader(
        letter,
        [
            "Vos réf. : n° allocataire «Numéro allocataire»",
            "Nos réf. : DIE/SUSP/2026-0417",
            "Dossier suivi par : K. DELORME",
        ],
        ["«Civilité» «Prénom» «Nom»", "«=Adresse»", "«=Code postal» «=Ville»"],
    )
    paragraph(letter, "Montreval, le 23 mars 2026", align=RIGHT)
    paragraph(letter, "**__Objet__ : décision de suspension partielle de votre allocation de RSA**")
    _body(
        letter,
        "«Civilité»,",
        "Vous êtes bénéficiaire du revenu de solidarité active et, à ce titre, soumis(e) aux droits et devoirs "
        "définis au chapitre II du titre VI du livre II du CASF. Un contrat d'engagement a été conclu le 15/09/2025 "
        "avec votre référent unique, par lequel vous vous êtes engagé(e) à réaliser quinze heures d'activité par "
        "semaine.",
    )
    noted = paragraph(
        letter,
        "Il a cependant été constaté par les services du Département que vous ne vous étiez pas présenté(e) aux "
        "rendez-vous fixés {-en janvier et en février derniers-}{+les 14/01/2026 et 11/02/2026+}, et que les "
        "obligations prévues par ledit contrat n'avaient pas été respectées, sans qu'aucun motif légitime n'ait été "
        "invoqué.",
        align=JUSTIFY,
    )
    comment(letter, noted, "Peut-on dire plus simplement ce qui s'est passé ? La phrase est longue.")
    _body(
        letter,
        "Par courrier en date du 26/02/2026, vous avez été informé(e) de la mesure envisagée à votre encontre et "
        "invité(e) à faire connaître vos observations dans un délai de dix jours, conformément à l'article L. 262-37 "
        "du CASF. Aucune observation n'a été formulée dans le délai imparti.",
    )
    paragraph(letter, "Décision", style="Heading 2")
    _body(
        letter,
        "En conséquence, le versement de votre allocation sera suspendu à hauteur de 50 % pour une durée de deux "
        "mois, du 01/04/2026 au 31/05/2026. Le montant qui vous sera versé par la CAF s'établira ainsi à **284,47 €** "
        "par mois, au lieu de **568,94 €**.",
    )
    table(
        letter,
        [
            ["Période", "RSA avant sanction", "Taux de suspension", "RSA versé"],
            ["Avril 2026", "568,94 €", "50 %", "284,47 €"],
            ["Mai 2026", "568,94 €", "50 %", "284,47 €"],
        ],
        [4, 4, 4, 4],
    )
    _body(
        letter,
        "Il sera mis fin à cette suspension dès lors que vous vous conformerez à vos obligations, la reprise des "
        "versements ne pouvant toutefois intervenir qu'après un entretien avec votre référent (M. Delorme, tél. : "
        "0353014417). //A contrario//, si vos manquements devaient perdurer, la suspension pourrait être portée à "
        "cent pour cent et votre radiation de la liste des bénéficiaires pourrait être envisagée.",
    )
    paragraph(letter, "Voies de recours", style="Heading 2")
    _body(
        letter,
        "Si vous entendez contester cette décision, il vous est loisible de former, dans les deux mois suivant sa "
        "notification, un recours administratif préalable obligatoire (RAPO) auprès de Mme la Présidente du Conseil "
        "départemental, en application de l'article L. 262-47 du CASF. À l'issue de ce recours, et seulement à cette "
        "condition, le tribunal administratif de Montreval pourra être saisi dans un délai de deux mois.",
        "Veuillez agréer, «Civilité», l'expression de ma considération distinguée.",
    )
    _signature(
        letter, "Pour la Présidente du Conseil départemental,\nla Directrice de l'Insertion,", "Nadège FOURNERET", 8
    )
    return letter


def disability_review() -> Document:
    letter = new_letter(
        "Réexamen de l'allocation aux adultes handicapés", "MDPH de la Haute-Braye", "Calibri", 11, margin=2
    )
    section = letter.sections[0]
    band(section.header, ["**MDPH 99** – Maison départementale des personnes handicapées"], CENTER, rule="bottom")
    footer = ["MDPH de la Haute-Braye – 18, quai des Tisserands – 99000 MONTREVAL – www.mdph99.example"]
    band(section.footer, footer, CENTER, 9)
    _sender_and_reader(
        letter,
        ["Dossier n° : «Numéro de dossier»", "Échéance de vos droits : 30/09/2026"],
        ["«Civilité» «Prénom» «Nom»", "«=Adresse»", "«=Code postal» «=Ville»"],
    )
    paragraph(letter, "Montreval, le 12 janvier 2026", align=RIGHT)
    paragraph(letter, "Réexamen de vos droits à l'AAH", style="Title", align=CENTER)
    _body(
        letter,
        "«Civilité»,",
        "Par décision de la CDAPH en date du 28/09/2023, un taux d'incapacité compris entre 50 % et 79 %, assorti de "
        "la reconnaissance d'une restriction substantielle et durable pour l'accès à l'emploi (RSDAE), vous a été "
        "attribué et l'AAH vous a été accordée pour une durée de trois ans (art. L. 821-2 du code de la sécurité "
        "sociale). Vos droits arrivant à échéance le 30/09/2026, il convient de procéder à leur réexamen.",
        "Afin d'éviter toute rupture de droits, un dossier complet doit être retourné à la MDPH __au moins six mois "
        "avant cette date__, soit au plus tard le 31/03/2026.",
    )
    text_box(
        letter,
        ["DATE LIMITE DE RETOUR DU DOSSIER : 31/03/2026", "Tout dossier incomplet ne pourra pas être instruit."],
        1.9,
    )
    paragraph(letter, "Pièces à fournir obligatoirement", style="Heading 1")
    items(
        letter,
        [
            "le formulaire de demande (Cerfa n° 15692*01) dûment complété, daté et signé ;",
            "le certificat médical (Cerfa n° 15695*01), établi depuis moins d'un an par votre médecin traitant ;",
            "la photocopie recto verso d'une pièce d'identité en cours de validité ;",
            "un justificatif de domicile de moins de trois mois (en cas d'hébergement, fournir une attestation de "
            "l'hébergeant ainsi que la copie de sa CNI) ;",
            "le cas échéant, le jugement de tutelle, curatelle ou habilitation familiale.",
        ],
        NUMBER,
        align=JUSTIFY,
        after=3,
    )
    paragraph(letter, "Instruction de votre demande", style="Heading 1")
    _body(
        letter,
        "Votre situation sera évaluée par l'équipe pluridisciplinaire de la MDPH, laquelle pourra, si nécessaire, "
        "vous convoquer ou solliciter l'avis de tiers (médecin traitant, ESAT, SAVS, CMP…). La décision sera ensuite "
        "prise par la CDAPH, dans un délai de principe de quatre mois ; compte tenu du nombre de demandes (plus de 12 "
        "400 en 2025), ce délai est cependant susceptible d'être dépassé. Le silence gardé pendant plus de quatre "
        "mois vaut rejet.",
        "Nous attirons votre attention sur le fait que l'absence de transmission des pièces dans le délai imparti "
        "n'est pas sans conséquence, le versement de l'allocation par la CAF pouvant être interrompu au 1er octobre.",
        "Nos agents d'accueil se tiennent à votre disposition, sur place ou au 03 53 01 70 00 (choix n° 2), pour vous "
        "aider à compléter votre dossier. Vous pouvez également vous rapprocher de votre CCAS ou du CLIC.",
        "Nous vous prions d'agréer, «Civilité», nos salutations distinguées.",
    )
    _signature(letter, "Le Directeur de la MDPH,", "Olivier RAMBAUD-KELLER")
    return letter


def overpayment() -> Document:
    letter = new_letter("Récupération d'un trop-perçu d'APL", "Caf de la Haute-Braye", "Calibri", 11, margin=2)
    section = letter.sections[0]
    band(section.header, ["**ALLOCATIONS FAMILIALES**", "Caf de la Haute-Braye"], CENTER, rule="bottom")
    footer = [
        "Caf de la Haute-Braye – 99088 MONTREVAL CEDEX 9 – 03 53 01 32 30 (appel non surtaxé) – {#PAGE}/{#NUMPAGES}"
    ]
    band(section.footer, footer, CENTER, 9)
    _sender_and_reader(
        letter,
        ["N° allocataire : «Numéro allocataire»", "Réf. : IN4/001/APL", "//Courrier à conserver//"],
        ["«Civilité» «Prénom» «Nom»", "«=Adresse»", "«=Code postal» «=Ville»"],
    )
    paragraph(letter, "Montreval, le 16/03/2026", align=RIGHT)
    paragraph(letter, "**Objet : notification d'un indu d'aide personnalisée au logement (APL)**")
    _body(
        letter,
        "«Civilité»,",
        "Suite à la mise à jour de votre dossier consécutive à votre déclaration en date du 02/02/2026, il apparaît "
        "que vous avez quitté, le 31/10/2025, le logement sis 8, rue des Tanneurs à Montreval au titre duquel l'APL "
        "vous était versée. Or, le droit à cette prestation n'étant pas ouvert postérieurement au départ du "
        "locataire, les sommes ci-après ont été perçues à tort.",
    )
    table(
        letter,
        [
            ["Mois de droit", "APL versée", "APL due", "Trop-perçu"],
            ["Novembre 2025", "243,00 €", "0,00 €", "243,00 €"],
            ["Décembre 2025", "243,00 €", "0,00 €", "243,00 €"],
            ["Janvier 2026", "252,00 €", "0,00 €", "252,00 €"],
            ["TOTAL", "738,00 €", "0,00 €", "**738,00 €**"],
        ],
        [4, 4, 4, 4],
    )
    _body(
        letter,
        "En conséquence, vous êtes redevable envers la Caf d'une somme de **738,00 €**, dont le remboursement vous "
        "est réclamé en application de l'article L. 823-9 du code de la construction et de l'habitation (CCH).",
    )
    paragraph(letter, "Modalités de remboursement", style="Heading 2")
    _body(
        letter,
        "Sauf opposition de votre part, cette créance sera récupérée par retenues sur vos prestations à venir, à "
        "raison de 41,00 € par mois pendant dix-huit mois, à compter de mai 2026 et jusqu'en octobre 2027. Il vous "
        "est toutefois possible de vous acquitter de cette somme par anticipation :",
    )
    items(
        letter,
        [
            "en ligne, par CB, dans votre espace personnel (rubrique « Mes paiements ») sur www.caf99.example ;",
            "par chèque libellé à l'ordre de M. le Directeur comptable de la Caf.",
        ],
        after=3,
    )
    _body(
        letter,
        "Dans l'hypothèse où ces retenues ne seraient pas compatibles avec vos ressources, un échéancier ou une "
        "remise de dette, totale ou partielle, pourront être sollicités par écrit auprès de la Caf. //La remise de "
        "dette ne peut être accordée en cas de fraude ou de fausse déclaration.//",
    )
    paragraph(letter, "Voies et délais de recours", style="Heading 2")
    _body(
        letter,
        "Si vous estimez que cette décision n'est pas justifiée, un recours administratif préalable obligatoire doit "
        "être adressé à M. le Directeur de la Caf, dans les deux mois suivant la réception de la présente (art. L. "
        "825-2 et R. 825-1 du CCH). À défaut de réponse dans un délai de deux mois, votre recours devra être "
        "considéré comme rejeté. Vous disposerez alors d'un nouveau délai de deux mois pour saisir le TA de "
        "Montreval, lequel ne peut être saisi directement, sous peine d'irrecevabilité.",
        "Nous vous prions d'agréer, «Civilité», l'expression de nos salutations distinguées.",
    )
    _signature(letter, "P/ le Directeur,\nle Responsable du pôle Créances", "Thierry COLOMBANI")
    return letter


def workshop() -> Document:
    letter = new_letter("Invitation à un atelier numérique", "Ville de Montverny", "Calibri", 11, margin=2)
    section = letter.sections[0]
    band(section.header, ["**VILLE DE MONTVERNY**", "Direction de l'Inclusion numérique et des Médiathèques"], CENTER)
    footer = ["Médiathèque Louise-Aubert – 15, rue du Moulin – 99210 MONTVERNY – Tél. : 03 53 01 24 55"]
    band(section.footer, footer, CENTER, 9, rule="top")
    paragraph(letter, "Montverny, le 17/03/2026", align=RIGHT)
    paragraph(letter, "«=Civilité» «=Prénom» «=Nom»")
    paragraph(letter, "INVITATION – ATELIERS D'INCLUSION NUMÉRIQUE", style="Title", align=CENTER)
    _body(
        letter,
        "«=Civilité»,",
        "La dématérialisation croissante des démarches administratives n'est pas sans susciter des difficultés pour "
        "les usagers les moins familiarisés avec les outils numériques, puisqu'il est estimé que près de 16 % de la "
        "population est en situation d'illectronisme. C'est pourquoi un cycle d'ateliers gratuits, intitulé //« Mes "
        "premiers pas en ligne »//, est mis en place par la Ville dans le cadre de sa feuille de route inclusion "
        "numérique 2026-2028.",
    )
    text_box(
        letter,
        [
            "6 séances : les mardis du 14/04/2026 au 19/05/2026, de 14h à 16h30",
            "Médiathèque Louise-Aubert, salle n° 3 (1er étage, accès PMR)",
        ],
        1.9,
    )
    paragraph(letter, "Objectifs", style="Heading 1")
    items(
        letter,
        [
            "prise en main de l'équipement (ordinateur, tablette, smartphone) ;",
            "création d'une adresse électronique et sécurisation des mots de passe ;",
            "utilisation des téléservices (Caf, Ameli, impots.gouv, etc.) via FranceConnect.",
        ],
        after=3,
    )
    paragraph(letter, "Modalités d'inscription", style="Heading 1")
    _body(
        letter,
        "L'inscription est obligatoire et devra être effectuée avant le 03/04/2026, soit par téléphone, soit "
        "directement à l'accueil de la médiathèque. Le nombre de places étant limité à douze, les demandes seront "
        "traitées par ordre d'arrivée ; aucune inscription ne pourra être prise en compte si elle n'a pas été "
        "confirmée par nos services. Les participant(e)s sont invité(e)s à se munir de leur téléphone portable, ainsi "
        "que du dernier courrier qui leur a été adressé par un organisme (Caf, CPAM, DGFiP…) et auquel ils "
        "souhaiteraient répondre.",
        "Le matériel informatique est mis à disposition par la Ville. **__Vos identifiants et mots de passe ne vous "
        "seront JAMAIS demandés par l'animateur.__** Il est possible de venir accompagné(e) d'un proche. La "
        "médiathèque est desservie par la ligne 4 du réseau TUM (arrêt « Médiathèque »).",
        "Dans l'attente du plaisir de vous accueillir, je vous prie d'agréer, «=Civilité», mes salutations les "
        "meilleures.",
    )
    _signature(letter, "Le conseiller numérique,", "Mehdi ASSELIN")
    return letter


LETTERS = {
    "radiation-domiciliation": radiation,
    "acceptation-domiciliation": acceptance,
    "suspension-rsa": suspension,
    "reexamen-aah": disability_review,
    "recuperation-apl": overpayment,
    "invitation-atelier-numerique": workshop,
}
