"""spaCy, loaded late and once; one `Doc` per block, with our sentence boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from falc.document import Document
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.lexicon import Lexicon
from falc.model import FalcError, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "fr_core_news_md"
# The parser's memory grows with the text: about 1 GB for 100,000 characters.
_PIECE = 20_000
_BATCH = 64
_LOADING = Lock()
_LONG_RUN = re.compile(r"([^\w\s])\1{30,}")


def load(model: str = DEFAULT_MODEL) -> Language:
    """Load a French spaCy pipeline without entities and lemmas, once for all threads.

    Raises FalcError when the model is not installed or is not French.
    """
    with _LOADING:
        return _load(model)


@lru_cache(maxsize=2)
def _load(model: str) -> Language:
    from falc.french.language import load_french  # here and not above: spaCy takes a second

    try:
        nlp = load_french(model)
    except OSError as error:
        raise FalcError(
            f"Le modèle de langue « {model} » n'est pas installé. Installez-le : pip install {model.replace('_', '-')}"
        ) from error
    if nlp is None:
        raise FalcError(f"Le modèle « {model} » n'est pas un modèle du français.")
    nlp.max_length = 10 * _PIECE
    return nlp


def analyse(
    documents: Iterable[Document], lexicon: Lexicon, *, parse: bool, model: str = DEFAULT_MODEL
) -> Iterator[AnalysedDocument]:
    """Analyse documents in order; the blocks of several are parsed together in batches."""
    batch: list[AnalysedDocument] = []
    waiting = 0
    for document in documents:
        blocks = tuple(AnalysedBlock(block, lexicon, document.text) for block in document.blocks)
        batch.append(AnalysedDocument(document, blocks))
        waiting += len(blocks)
        if waiting >= _BATCH:
            yield from _parsed(batch, model) if parse else batch
            batch, waiting = [], 0
    yield from _parsed(batch, model) if parse else batch


def _parsed(batch: list[AnalysedDocument], model: str) -> list[AnalysedDocument]:
    blocks = [block for analysed in batch for block in analysed.blocks]
    if blocks:
        nlp = load(model)
        pieces = ((_prepared(nlp, block, piece), block) for block in blocks for piece in _pieces(block))
        for doc, block in nlp.pipe(pieces, as_tuples=True, batch_size=32):
            block.docs.append((doc.user_data["falc_offset"], doc))
    return batch


def _pieces(block: AnalysedBlock) -> Iterator[Span]:
    """Yield the parts of a block that are parsed apart: whole sentences, up to a limit."""
    start = end = None
    for sentence in block.sentence_spans:
        if start is not None and end is not None and sentence.end - start > _PIECE:
            yield Span(start, end)
            start = None
        start = sentence.start if start is None else start
        end = sentence.end
        while end - start > _PIECE:  # one endless sentence
            cut = block.text.rfind(" ", start + 1, start + _PIECE)
            cut = cut if cut > start else start + _PIECE
            yield Span(start, cut)
            start = cut
    if start is not None and end is not None and end > start:
        yield Span(start, end)


def _prepared(nlp: Language, block: AnalysedBlock, piece: Span) -> Doc:
    text = block.text[piece.start : piece.end]
    # spaCy's tokenizer is quadratic on a long run of one sign (« ===== »): it sees blanks, as many.
    doc = nlp.make_doc(_LONG_RUN.sub(lambda run: " " * len(run[0]), text))
    doc.user_data["falc_offset"] = piece.start
    starts = {span.start - piece.start for span in block.sentence_spans if piece.start <= span.start < piece.end}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc
