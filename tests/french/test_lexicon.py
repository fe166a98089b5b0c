"""Terms are found where they are terms, and replaced only where the sentence allows it."""

import pytest

from falc.document import BlockBuilder, BlockKind
from falc.french.analysis import AnalysedBlock
from falc.french.lexicon import Lexicon
from falc.french.rewriting import rewritten
from falc.model import FalcError, Safety

LEXICON = Lexicon.load()
HEADER = "terme\tremplacements\tgardes\tsurete\n"


def block_of(text, lexicon=LEXICON):
    builder = BlockBuilder(BlockKind.PARAGRAPH, "ligne 1")
    builder.text(text, 0)
    return AnalysedBlock(builder.build(), lexicon)


def found(text, lexicon=LEXICON):
    return [text[term.span.start : term.span.end] for term in block_of(text, lexicon).terms]


def replaced(text):
    for term in reversed(block_of(text).terms):
        made = rewritten(term)
        for edit in reversed(made.edits if made and made.safety is Safety.SAFE else ()):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Il faut des pièces justificatives.", ["pièces justificatives"]),
        ("Nous procéderons au calcul de l'aide.", ["procéderons au calcul de"]),
        ("Prenez contact avec le service.", ["Prenez contact avec"]),
        ("Rapprochez-vous de la mairie.", ["Rapprochez-vous de"]),
        ("A compter du 3 mars, c'est ouvert.", ["A compter du"]),
        ("Lorsqu’il pleut, restez ici.", ["Lorsqu’"]),
        ("Dans le cadre de l'aide, venez.", ["Dans le cadre de"]),
        ("EN OUTRE, venez.", ["EN OUTRE"]),
        ("Or vous devez payer.", ["Or"]),
        # an adverb may stand behind the verb
        ("Nous procéderons rapidement au calcul de l'aide.", ["procéderons rapidement au calcul de"]),
        ("Il est donc tenu de venir.", ["est donc tenu de"]),
        # one formula, one term
        ("Je vous prie d'agréer, Madame, l'expression de mes salutations distinguées.", ["Je vous prie d'agréer"]),
        ("Donnez votre accord à ce projet, puis donnez votre accord à la demande.", None),
    ],
)
def test_found(text, terms):
    assert found(text) == terms if terms is not None else "donnez votre accord à" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Objet : votre lettre du 3 mars",
        "Une bague en or.",
        "Le car part à 8 heures.",
        "Voici mon adresse.",
        "Il vous adresse la parole.",
        "Vous venez aussi.",
        "Cliquez sur « Prendre connaissance de la notice ».",
        "Venez avec monsieur Bailleur.",
        "Adressez-vous à l'accueil.",
        "Une entreprise de travaux.",
        "Elle a un cours de danse.",
        "la caf du coin",
        "Nous sommes là.",
        "Remettez la clé dans la boîte.",
        "Un centre de ressources humaines.",
    ],
)
def test_not_found(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # plain replacements, capitals, elisions
        ("Nonobstant la pluie, venez.", "Malgré la pluie, venez."),
        ("Lorsqu'il pleut, restez.", "Quand il pleut, restez."),
        ("afin qu'il vienne", "pour qu'il vienne"),
        ("afin que vous veniez", "pour que vous veniez"),
        ("C'est pourquoi il vient.", "C'est pour cela qu'il vient."),
        ("dès l'instant où elle vient", "dès qu'elle vient"),
        ("c'est pourquoi onze personnes viennent", "c'est pour cela que onze personnes viennent"),
        ("dès l'instant où vous venez", "dès que vous venez"),
        # keep=de: the contraction stays
        ("à compter du 3 mars", "à partir du 3 mars"),
        ("à compter d'aujourd'hui", "à partir d'aujourd'hui"),
        ("à proximité des gares", "près des gares"),
        # drop=de, drop=à: the article comes out of the contraction
        ("au cours du mois", "pendant le mois"),
        ("au cours des 3 mois", "pendant les 3 mois"),
        ("au cours de la réunion", "pendant la réunion"),
        ("au cours d'une réunion", "pendant une réunion"),
        ("conformément aux règles", "selon les règles"),
        ("à l'issue de la rupture", "après la rupture"),
        ("à l'issue du mois", "après le mois"),
        # inf
        ("afin de payer", "pour payer"),
        ("afin de ne pas payer", "pour ne pas payer"),
        ("afin d'obtenir", "pour obtenir"),
        ("Nous vous prions de bien vouloir envoyer la carte.", "Merci d'envoyer la carte."),
        ("Nous vous prions de bien vouloir payer.", "Merci de payer."),
        # init, virgule
        ("Toutefois, venez.", "Mais venez."),
        # num
        ("jusqu'à concurrence de 300 euros", "jusqu'à 300 euros"),
        # determiners
        ("Signez ladite lettre.", "Signez cette lettre."),
        ("Signez ledit contrat.", "Signez ce contrat."),
    ],
)
def test_replaced(before, after):
    assert replaced(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "afin de payer et de signer",  # seul
        "à l'issue de la visite et de la réunion",  # seul
        "au terme de la rupture",  # pas-avant
        "S'agissant de la carte et de la photo, venez.",  # seul
        "au cours de danse",  # det
        "les demandes au cours du soir",  # pas-avant
        "nonobstant que tu viens",  # det
        "Vous pouvez toutefois venir.",  # init
        "Nous vous prions de bien vouloir agréer nos salutations.",  # pas-avant
        "Signez ledit acte.",  # consonne
        "Signez ledit Jean.",  # commun
        "jusqu'à concurrence de la somme",  # num
        "Il reçoit l'aide immédiatement supérieure.",  # pas-avant
        "la mise en application de la loi",  # pas-apres
        "EN OUTRE, venez.",  # capitals
        "Venez dans la mesure où vous pouvez.",  # not a safe row
        "Il convient de ne pas payer.",  # pas-avant=ne
        "C'est pourquoi, venez.",  # mot
    ],
)
def test_not_replaced(text):
    assert replaced(text) == text


@pytest.mark.parametrize(
    ("text", "replacements"),
    [
        ("Vous pouvez saisir le juge.", ("demander à",)),
        ("Vous pouvez saisir le juge selon le code du travail.", ("demander à",)),
        ("Il faut saisir votre adresse.", ("écrire",)),
        ("Il faut saisir.", ("écrire", "demander à", "prendre")),
        ("La date d'échéance de votre attestation approche.", ("date de fin",)),
        ("La date d'échéance de la facture approche.", ("date limite pour payer",)),
        ("Nous renouvelons votre période d'essai.", ("prolonger",)),
    ],
)
def test_words_nearby_choose_the_replacement(text, replacements):
    assert block_of(text).terms[0].entry.replacements == replacements


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Nous irons au Conseil des prud'hommes.", ["Conseil des prud'hommes"]),
        ("la liste des ayants droit", ["ayants droit"]),
        ("Répondez dans un délai de deux mois.", ["dans un délai de"]),
    ],
)
def test_compounds_and_numbers_in_letters_are_found(text, terms):
    assert found(text) == terms


def test_longest_wins():
    assert found("les voies et délais de recours") == ["voies et délais de recours"]


def test_lookup_forgives_case_accents_and_number():
    assert [entry.term for entry in LEXICON.lookup("PIECES JUSTIFICATIVES")] == ["pièce justificative"]
    assert [entry.term for entry in LEXICON.lookup("Rsa")] == ["RSA"]
    assert LEXICON.lookup("bonjour") == []
    assert [entry.replacements for entry in LEXICON.lookup("RDV")] == [("rendez-vous",)]
    assert LEXICON.near("nonobstan") == ["nonobstant"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_user_file(tmp_path, encoding, end):
    path = tmp_path / "mots.csv"
    path.write_bytes(f'terme;remplacements{end}récolement;"tri ; pesée"{end}nonobstant;même avec{end}'.encode(encoding))
    lexicon = Lexicon.load([path])
    assert lexicon.lookup("récolement")[0].replacements == ("tri ; pesée",)
    assert "récolement" in found("Le récolement est fait.", lexicon)
    assert LEXICON.lookup("récolement") == []


def test_user_file_replaces_an_entry(tmp_path):
    path = tmp_path / "mots.tsv"
    path.write_text("terme\tnature\tremplacements\nnonobstant\tADP\tmême avec\n", encoding="utf-8")
    assert [entry.replacements for entry in Lexicon.load([path]).lookup("nonobstant")] == [("même avec",)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER + "a\tb\tinconnue\t\n", "mots.tsv, ligne 2, colonne « gardes » : la garde « inconnue » n'existe pas."),
        (HEADER + "a\tb\t\tsur\n", "ligne 2, colonne « surete » : « sur » n'existe pas. Choisissez : sure, a-verifier"),
        (HEADER + "\tb\t\t\n", "ligne 2, colonne « terme » : la case est vide."),
        ("mot\tremplacements\n", "ligne 1 : il manque la colonne « terme »."),
        ("terme\tremplacements\tcouleur\n", "la colonne « couleur » n'existe pas."),
    ],
)
def test_a_wrong_file_says_where(tmp_path, content, message):
    path = tmp_path / "mots.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FalcError) as error:
        Lexicon.load([path])
    assert message in str(error.value)


@pytest.mark.parametrize("text", ["a" * 10**5, "afin de " * 10**4, "«" * 10**5, "l'" * 10**5, ""])
def test_any_text_can_be_read(text):
    assert isinstance(found(text), list)


def test_a_users_table_needs_two_columns(tmp_path):
    path = tmp_path / "mots.csv"
    path.write_text("terme;remplacements\nguichet unique;accueil\nfoyer d'accueil;maison\n", encoding="utf-8-sig")
    own = Lexicon.load((path,))
    (entry,) = own.lookup("guichet unique")
    assert (entry.pos, entry.replacements, entry.kind) == ("NOUN", ("accueil",), "remplacer")
    (entry,) = own.lookup("foyer d'accueil")
    assert (entry.category, entry.replacements) == ("administratif", ("maison",))
    assert len(own.entries) == len(Lexicon.load().entries) + 1
