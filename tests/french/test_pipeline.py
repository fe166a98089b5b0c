"""spaCy as falc loads it: the same tokens in less time, our sentences, French models only."""

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@pytest.fixture(scope="module")
def stock():
    import spacy

    return spacy.load("fr_core_news_md", exclude=["ner", "lemmatizer"])


def shown(doc):
    """What the rules ask of each token."""
    return [
        (t.text, t.whitespace_, t.pos_, t.dep_, t.head.i, str(t.morph), t.lower_, t.norm_, t.shape_, t.is_punct)
        for t in doc
    ]


def test_tokens_are_those_of_spacy(stock):
    for text in TOKENS:
        assert [token.text for token in load().make_doc(text)] == [token.text for token in stock.make_doc(text)]


def test_the_analysis_is_that_of_spacy(stock):
    for text in TOKENS:
        assert shown(load()(text)) == shown(stock(text))


_SIGNS = "l' qu' d’ entr' -t-il -là - – ‑ ’ ' … ... €% m² 😀 œuvre ß Ⅳ Mme. etc. p. https:// @ / 14h30 \u00a0 \u202f \n"
_PIECES = st.sampled_from([*re.findall(r"\w+|\W", " ".join(TOKENS)), *re.findall("[^ ]+", _SIGNS)])


@given(st.lists(_PIECES | st.text(max_size=3), max_size=25).map("".join))
@settings(max_examples=300, deadline=None)
def test_tokens_are_those_of_spacy_whatever_the_text(stock, text):
    assert [token.text for token in load().make_doc(text)] == [token.text for token in stock.make_doc(text)]


@pytest.mark.parametrize("first", ["import spacy.lang.fr", "from falc.french.pipeline import load; load()"])
def test_falc_and_spacy_share_a_process(first):
    code = f"""
{first}
import spacy
from falc.french.pipeline import load
own, ours = spacy.load("fr_core_news_md"), load()
doc = own("Marie habite à Lyon.")
print([t.lemma_ for t in doc], [e.text for e in doc.ents], type(own).__module__, "lemmatizer" in ours.pipe_names)
print(spacy.blank("fr")("vingt-deux l'an").text, ours.vocab is own.vocab)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.splitlines() == [
        "['Marie', 'habiter', 'à', 'Lyon', '.'] ['Marie', 'Lyon'] spacy.lang.fr False",
        "vingt-deux l'an False",
    ], run.stderr


def test_loading_does_not_import_what_takes_longest():
    code = "import sys; from falc.french.pipeline import load; load(); print('spacy.lang.fr' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_a_model_of_another_make_is_loaded_as_spacy_does(tmp_path):
    import spacy

    made = spacy.blank("fr")
    made.add_pipe("sentencizer")
    made.to_disk(tmp_path / "maison")
    assert load(str(tmp_path / "maison")).pipe_names == ["sentencizer"]


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
    assert len(block.pieces) > 1
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
