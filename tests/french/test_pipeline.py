"""spaCy as falc loads it: the same tokens in less time, our sentences, French models only."""

import pytest

from falc.document import BlockBuilder, BlockKind, Document
from falc.french.pipeline import analyse, load
from falc.model import FalcError

pytestmark = pytest.mark.model

TOKENS = [
    "Le sous-préfet et la grand-mère, l'abat-jour, aujourd'hui, c'est-à-dire M. Dupont.",
    "Art. 264-2, va-t-il entr'ouvrir ? La presqu'île, Saint-Étienne-du-Rouvray, anti-inflammatoire.",
    "MDPH, R.S.A., n° 3, 1 016,05 €, 16h30, 25%, 45m², 12°C., envoyez-le à a.b@exemple.fr.",
    "Voir https://www.exemple.fr/page?x=1, le vice-président, porte-à-porte, Aix-en-Provence, l'ex-mari (né(e)).",
    "« Bonjour… » Est-ce qu'il peut ? Rendez-vous-y; prud'hommes, main-d'œuvre, arc-en-ciel, quatre-vingt-dix-sept.",
    "pré-rentrée, ré-écrire, co-titulaire, demi-heure, non-paiement, télé-service, quasi-totalité, ultra-rapide",
]


def document(text):
    builder = BlockBuilder(BlockKind.PARAGRAPH, "paragraphe 1")
    builder.text(text, 0)
    return Document(text, (builder.build(),), "-", "text")


def test_tokens_are_those_of_spacy():
    import spacy

    quick, own = load(), spacy.load("fr_core_news_md", exclude=["ner"])
    for text in TOKENS:
        assert [token.text for token in quick.make_doc(text)] == [token.text for token in own.make_doc(text)]


def test_sentences_are_ours(lexicon):
    text = "Nonobstant les dispositions précitées, la demande est rejetée. Voir l'art. 3. Merci."
    (analysed,) = analyse([document(text)], lexicon, parse=True)
    (block,) = analysed.blocks
    assert [sentence.tokens.text for sentence in block.sentences] == [
        "Nonobstant les dispositions précitées, la demande est rejetée.", "Voir l'art. 3.", "Merci.",
    ]  # fmt: skip


def test_a_long_block_is_parsed_in_pieces_at_the_right_places(lexicon):
    text = "Vous devez venir lundi matin. " * 2_000
    (analysed,) = analyse([document(text)], lexicon, parse=True)
    (block,) = analysed.blocks
    assert len(block.docs) > 1
    for sentence in block.sentences:
        assert sentence.tokens.text == "Vous devez venir lundi matin."
        assert block.at(sentence.tokens) == sentence.span


def test_order_is_kept_over_batches(lexicon):
    texts = [f"Le dossier numéro {number} est complet." for number in range(200)]
    analysed = analyse([document(text) for text in texts], lexicon, parse=True)
    assert [item.document.text for item in analysed] == texts


@pytest.mark.parametrize("name", ["fr_core_news_absent", "en_core_web_absent"])
def test_missing_model_says_how_to_install_it(name):
    with pytest.raises(FalcError, match="pip install"):
        load(name)
