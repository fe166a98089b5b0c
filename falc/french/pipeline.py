"""spaCy, loaded late and once; one `Doc` per block, with our sentence boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from falc.document import Document
from falc.french.analysis import AnalysedBlock, AnalysedDocument, Parse
from falc.french.lexicon import Lexicon
from falc.french.parses import Parses, restore
from falc.french.tokens import Piece, piece_of
from falc.model import FalcError, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "fr_core_news_md"
# The parser's memory grows with the text: about 1 GB for 100,000 characters.
_PIECE = 20_000
_BATCH = 256
_NO_START = 0xFFFFFFFFFFFFFFFF  # -1, as spaCy's tables hold it
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
    documents: Iterable[Document],
    lexicon: Lexicon,
    *,
    parse: bool,
    model: str = DEFAULT_MODEL,
    parses: Parses | None = None,
) -> Iterator[AnalysedDocument]:
    """Analyse documents in order; the blocks of several are parsed together in batches.

    What `parses` know is not parsed again, and what they do not know is added to them.
    """
    batch: list[AnalysedDocument] = []
    waiting = 0
    for document in documents:
        blocks = tuple(AnalysedBlock(block, lexicon, document.text) for block in document.blocks)
        variants = tuple(AnalysedBlock(block, lexicon, document.text) for block, _ in document.variants)
        batch.append(AnalysedDocument(document, blocks, variants))
        waiting += len(blocks) + len(variants)
        if waiting >= _BATCH:
            yield from _parsed(batch, model, parses) if parse else batch
            batch, waiting = [], 0
    yield from _parsed(batch, model, parses) if parse else batch


def _parsed(batch: list[AnalysedDocument], model: str, parses: Parses | None) -> list[AnalysedDocument]:
    """Give the blocks their parse; those with the same text share one."""
    by_text: dict[str, list[AnalysedBlock]] = {}
    for analysed in batch:
        for block in (*analysed.blocks, *analysed.variants):
            by_text.setdefault(block.block.text, []).append(block)
    fresh: list[AnalysedBlock] = []
    for text, (block, *others) in by_text.items():
        record = parses.get(text) if parses is not None else None
        if record is None:
            fresh.append(block)
        else:
            block.parse = Parse(partial(_restored, record, model, block.text, block.sentence_spans))
        for other in others:
            other.sentence_spans, other.text = block.sentence_spans, block.text
    for block, docs in _parsed_now(fresh, model):
        block.parse = Parse(partial(_read, docs))
        if parses is not None:
            parses.put(block.block.text, docs)
    for block, *others in by_text.values():
        for other in others:
            other.parse = block.parse
    return batch


def _parsed_now(blocks: Sequence[AnalysedBlock], model: str) -> Iterator[tuple[AnalysedBlock, list[Doc]]]:
    """Yield the blocks, each with its parsed pieces."""
    if not blocks:
        return
    nlp = load(model)
    pieces = (
        (_prepared(nlp, block.text, block.sentence_spans, piece), number)
        for number, block in enumerate(blocks)
        for piece in _pieces(block.text, block.sentence_spans)
    )
    done: list[list[Doc]] = [[] for _ in blocks]
    for doc, number in nlp.pipe(pieces, as_tuples=True, batch_size=128):
        done[number].append(doc)
    yield from zip(blocks, done, strict=True)


def _restored(record: list[Any], model: str, text: str, sentences: Sequence[Span]) -> list[Piece]:
    """Return the pieces of a block with the parse that is known of them."""
    nlp = load(model)
    pieces = list(_pieces(text, sentences))
    docs = restore(record, [partial(_prepared, nlp, text, sentences, piece) for piece in pieces])
    if docs is None:  # damaged
        docs = list(nlp.pipe(_prepared(nlp, text, sentences, piece) for piece in pieces))
    return _read(docs)


def _read(docs: Iterable[Doc]) -> list[Piece]:
    return [piece_of(doc) for doc in docs]


def _pieces(text: str, sentences: Iterable[Span]) -> Iterator[Span]:
    """Yield the parts of a block that are parsed apart: whole sentences, up to a limit."""
    start = end = None
    for sentence in sentences:
        if start is not None and end is not None and sentence.end - start > _PIECE:
            yield Span(start, end)
            start = None
        start = sentence.start if start is None else start
        end = sentence.end
        while end - start > _PIECE:  # one endless sentence
            cut = text.rfind(" ", start + 1, start + _PIECE)
            cut = cut if cut > start else start + _PIECE
            yield Span(start, cut)
            start = cut
    if start is not None and end is not None and end > start:
        yield Span(start, end)


def _prepared(nlp: Language, text: str, sentences: Iterable[Span], piece: Span) -> Doc:
    import numpy  # here and not above: it takes time

    # spaCy's tokenizer is quadratic on a long run of one sign (« ===== »): it sees blanks, as many.
    doc = nlp.make_doc(_LONG_RUN.sub(lambda run: " " * len(run[0]), text[piece.start : piece.end]))
    doc.user_data["falc_offset"] = piece.start
    starts = {0, *(span.start - piece.start for span in sentences if piece.start <= span.start < piece.end)}
    places = doc.to_array("IDX").tolist()
    marks = [1 if place in starts else _NO_START for place in places]
    table: Any = numpy.array(marks, dtype="uint64").reshape(-1, 1)
    doc.from_array(["SENT_START"], table)
    return doc
