"""A document as the checks see it: blocks, sentences, words, and spaCy's tokens when needed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from falc.document import Block, Document
from falc.french.boundaries import sentence_spans
from falc.french.foreign import is_foreign
from falc.french.lexicon import Lexicon
from falc.french.protected import overlaps_any, protected_spans
from falc.french.templates import to_writer
from falc.french.terms import Term
from falc.french.words import short_forms
from falc.model import Span

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Piece, Token, Tokens

# One for one, so that no offset moves: what the model and the lists do not know, they read as plain.
_PLAIN = str.maketrans(
    {"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "\n": " ", "\r": " ", "\t": " "}
)
# Half of a character, as broken programs write it: no model can read it.
_PLAIN |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_SPACE = "[ \u00a0\u202f\u2009]"
# Read as one number: « 1 250 », « 01 02 03 04 05 », « +33 (0)1 02 », « 123 456 789 00012 », « FR76 3000 4000 ».
_GROUPS = rf"\d[\dAB]{{0,4}}(?:{_SPACE}\d[\dAB]{{0,10}}){{2,9}}|\d{{1,3}}(?:{_SPACE}\d{{3}}){{1,4}}"
_ACCOUNT = rf"[A-Z]{{2}}\d\d(?:{_SPACE}[A-Z\d]{{4}}){{2,7}}(?:{_SPACE}[A-Z\d]{{1,3}})?"
_NUMBER = re.compile(rf"(?<!\w)(?:(?:\+\d{{2,3}}{_SPACE}?(?:\(0\){_SPACE}?)?)?(?:{_GROUPS})|{_ACCOUNT})(?!\w)")
_SENTENCE_END = re.compile(r"[.!?…:;][\s»”\")\]]*\Z")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def plain(text: str) -> str:
    """Return `text` with plain apostrophes, spaces and hyphens; the length stays the same."""
    return text.translate(_PLAIN)


def count_words(text: str) -> int:
    """Count the words of a text as word processors do.

    An elided word counts with the next one, a number written in groups is one word (a price, a telephone number, an
    account), and a sign alone is none.
    """
    return sum(1 for chunk in _NUMBER.sub("0", text).split() if _LETTER_OR_DIGIT.search(chunk))


class Parse:
    """What spaCy made of a block: its pieces, one but for very long blocks.

    `make` gives them when somebody asks for the first time.
    """

    def __init__(self, make: Callable[[], list[Piece]] = list) -> None:
        self._make = make

    @cached_property
    def pieces(self) -> list[Piece]:
        pieces, self._make = self._make(), list  # what they are made of is not needed any more
        return pieces

    def tokens_of(self, span: Span) -> Tokens | None:
        """Return the tokens of `span` of the block's text, if the block was parsed."""
        for piece in self.pieces:
            if piece.offset <= span.start < piece.offset + len(piece.text):
                return piece.tokens_of(Span(span.start - piece.offset, span.end - piece.offset))
        return None


_UNPARSED = Parse()


@dataclass(frozen=True)
class Sentence:
    """A sentence of a block; `span` and token offsets count in the block's text."""

    span: Span
    text: str
    parse: Parse = _UNPARSED

    @cached_property
    def tokens(self) -> Tokens | None:
        """Its tokens, if the block was parsed."""
        return self.parse.tokens_of(self.span)

    @cached_property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def is_whole(self) -> bool:
        """Does it end like a sentence?  A title, an address, a name do not."""
        return _SENTENCE_END.search(self.text[-20:]) is not None


@dataclass
class AnalysedBlock:
    """A block, its sentences, and its parse.

    `text` is the block's text made plain, of the same length.  `source` is the document's text.
    """

    block: Block
    lexicon: Lexicon
    source: str = ""
    parse: Parse = _UNPARSED

    @cached_property
    def text(self) -> str:
        return plain(self.block.text)

    @cached_property
    def sentence_spans(self) -> tuple[Span, ...]:
        return tuple(sentence_spans(self.block.text))

    @property
    def pieces(self) -> list[Piece]:
        """The parsed pieces."""
        return self.parse.pieces

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, with tokens when the block is parsed."""
        return tuple(Sentence(span, self.text[span.start : span.end], self.parse) for span in self.sentence_spans)

    @cached_property
    def parsed(self) -> tuple[tuple[Span, Tokens], ...]:
        """The parsed sentences that hold French words for the reader, not for the writer of a template."""
        return tuple(
            (sentence.span, sentence.tokens)
            for sentence in self.sentences
            if sentence.tokens is not None
            and sentence.words
            and not to_writer(self.text, sentence.span)
            and not is_foreign(sentence.text)
        )

    @property
    def said(self) -> Span:
        """From the start of the first sentence to the end of the last; the block has some."""
        return Span(self.sentence_spans[0].start, self.sentence_spans[-1].end)

    @cached_property
    def short_forms(self) -> tuple[Span, ...]:
        """Where short forms for two genders stand: « né(e) », « usager·e »."""
        return tuple(span for span, _ in short_forms(self.text))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The entries of the lexicons found in the block, in order, longest first where they overlap."""
        return self._terms({piece.offset + token.idx: token for piece in self.pieces for token in piece.tokens})

    @cached_property
    def terms_by_form(self) -> tuple[Term, ...]:
        """The same, found by their forms alone: whether the block was parsed or not changes nothing."""
        return self._terms({})

    def _terms(self, tokens: Mapping[int, Token]) -> tuple[Term, ...]:
        found = self.lexicon.find(self.text, self.sentence_spans, tokens)
        protected = protected_spans(self.text)
        return tuple(term for term in found if not overlaps_any(term.span, protected))

    @property
    def tokens(self) -> Iterator[Token]:
        """The tokens of the parsed block."""
        for piece in self.pieces:
            yield from piece.tokens

    def at(self, first: Token | Tokens, last: Token | Tokens | None = None) -> Span:
        """Return the span of the block's text from `first` to the end of `last`."""
        end = first if last is None else last
        offset = first.doc.offset
        return Span(offset + first.idx, end.doc.offset + end.idx + len(end.text))

    def shown(self, span: Span) -> str:
        """Return `span` as the reader of the file sees it: placeholders by their own names."""
        return self.block.source_text(span, self.source)

    def sentence_at(self, span: Span) -> Sentence | None:
        """Return the sentence that holds the start of `span`."""
        index = bisect_right([s.start for s in self.sentence_spans], span.start) - 1
        return self.sentences[index] if index >= 0 else None


@dataclass(frozen=True)
class AnalysedDocument:
    """A document and its analysed blocks, in order; `variants` are the blocks of its variants."""

    document: Document
    blocks: tuple[AnalysedBlock, ...]
    variants: tuple[AnalysedBlock, ...] = ()
