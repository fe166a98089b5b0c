"""The tokens of a parsed text as plain objects, read once from spaCy's.

spaCy makes a token anew, decodes its letters and looks its tags up at each access; dozens of rules ask for them.
These have the same names and the same sense, for as much of it as falc uses.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, overload

from falc.model import Span

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["Morph", "Piece", "Token", "Tokens", "piece_of"]

_COLUMNS: list[int | str] = ["ORTH", "IDX", "POS", "DEP", "MORPH", "HEAD", "SENT_START"]
# More than the distinct words of many letters; a server must not keep the words of all that it ever read.
_FORMS = 20_000


class Morph:
    """The grammatical features of a token: `VerbForm=Fin`."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        pairs = (feature.partition("=") for feature in text.split("|") if feature)
        self._known = {name: values.split(",") for name, _, values in pairs}

    def __str__(self) -> str:
        return self._text

    def get(self, name: str, default: list[str]) -> list[str]:
        """Return the values of a feature."""
        return self._known.get(name, default)


class _Form:
    """What is known of a word wherever it stands."""

    __slots__ = ("is_alpha", "is_digit", "is_punct", "is_quote", "is_space", "is_title", "is_upper", "lower", "text")

    def __init__(self, vocab: Vocab, orth: int) -> None:
        known = vocab[orth]
        self.text: str = known.text
        self.lower: str = known.lower_
        self.is_alpha: bool = known.is_alpha
        self.is_digit: bool = known.is_digit
        self.is_punct: bool = known.is_punct
        self.is_quote: bool = known.is_quote
        self.is_space: bool = known.is_space
        self.is_title: bool = known.is_title
        self.is_upper: bool = known.is_upper


class Token:
    """A token; `i` is its place in its piece, `idx` where it starts there."""

    __slots__ = (
        "_form", "dep_", "doc", "head", "i", "idx", "is_alpha", "is_punct", "is_sent_start", "is_upper", "lefts",
        "lower_", "morph", "pos_", "rights", "sent", "text",
    )  # fmt: skip

    dep_: str
    head: Token
    morph: Morph
    pos_: str
    sent: Tokens

    def __init__(self, doc: Piece, i: int, idx: int, form: _Form) -> None:
        self.doc, self.i, self.idx, self._form = doc, i, idx, form
        self.text, self.lower_ = form.text, form.lower
        self.is_alpha, self.is_punct, self.is_upper = form.is_alpha, form.is_punct, form.is_upper
        self.is_sent_start = False
        self.lefts: Sequence[Token] = ()
        self.rights: Sequence[Token] = ()

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def is_digit(self) -> bool:
        return self._form.is_digit

    @property
    def is_quote(self) -> bool:
        return self._form.is_quote

    @property
    def is_space(self) -> bool:
        return self._form.is_space

    @property
    def is_title(self) -> bool:
        return self._form.is_title

    @property
    def children(self) -> Sequence[Token]:
        """The tokens that depend on it, in the order of the text."""
        return (*self.lefts, *self.rights)

    @property
    def ancestors(self) -> Iterator[Token]:
        """Its head, the head of that one, and so on."""
        token = self
        for _ in range(len(self.doc)):
            if token.head is token:
                return
            token = token.head
            yield token

    @property
    def right_edge(self) -> Token:
        """The last token of what depends on it, itself included."""
        last, waiting = self, [self]
        while waiting:
            token = waiting.pop()
            last = token if token.i > last.i else last
            waiting += token.children
        return last

    def nbor(self, i: int = 1) -> Token:
        """Return the token `i` places further.  Raises IndexError where none is."""
        if self.i + i < 0:
            raise IndexError(i)
        return self.doc.tokens[self.i + i]


class Tokens:
    """Tokens in a row: from `start` to before `end` in their piece."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Piece, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.doc.tokens[self.start : self.end])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tokens):
            return NotImplemented
        return self.doc is other.doc and self.start == other.start and self.end == other.end

    def __hash__(self) -> int:
        return hash((id(self.doc), self.start, self.end))

    def __repr__(self) -> str:
        return self.text

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Tokens: ...
    def __getitem__(self, place: int | slice) -> Token | Tokens:
        if isinstance(place, slice):
            first, last, _ = place.indices(self.end - self.start)
            return Tokens(self.doc, self.start + first, self.start + max(first, last))
        index = place + (self.end if place < 0 else self.start)
        if not self.start <= index < self.end:
            raise IndexError(place)
        return self.doc.tokens[index]

    @property
    def idx(self) -> int:
        """Where the first one starts."""
        return self.doc.tokens[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def text(self) -> str:
        if self.start == self.end:
            return ""
        last = self.doc.tokens[self.end - 1]
        return self.doc.text[self.doc.tokens[self.start].idx : last.idx + len(last.text)]


class Piece:
    """A parsed text: a block, or a part of a long one from `offset` on."""

    __slots__ = ("_starts", "offset", "text", "tokens")

    def __init__(self, text: str, offset: int, starts: list[int]) -> None:
        self.text, self.offset, self._starts = text, offset, starts
        self.tokens: list[Token] = []

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Tokens: ...
    def __getitem__(self, place: int | slice) -> Token | Tokens:
        if isinstance(place, slice):
            first, last, _ = place.indices(len(self.tokens))
            return Tokens(self, first, max(first, last))
        return self.tokens[place]

    def tokens_of(self, span: Span) -> Tokens | None:
        """Return the tokens that share signs with `span`, or None when it is not inside."""
        if not 0 <= span.start < span.end <= len(self.text) or not self.tokens:
            return None
        first, last = (bisect_right(self._starts, place) - 1 for place in (span.start, span.end - 1))
        begun = self.tokens[first]
        if span.start == begun.idx + len(begun.text):  # the blank behind a token is not part of it
            first += 1
        return Tokens(self, first, last + 1)


class _Known:
    """What was read of the words and tags of a vocabulary: nothing is looked up twice."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._forms: dict[int, _Form] = {}
        self._names: dict[int, str] = {}
        self._morphs: dict[int, Morph] = {}

    def form(self, orth: int) -> _Form:
        form = self._forms.get(orth)
        if form is None:
            if len(self._forms) >= _FORMS:
                self._forms.clear()
            form = self._forms[orth] = _Form(self._vocab, orth)
        return form

    def name(self, tag: int) -> str:
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = self._vocab.strings[tag]
        return name

    def morph(self, key: int) -> Morph:
        morph = self._morphs.get(key)
        if morph is None:
            text = self._vocab.strings[key]
            morph = self._morphs[key] = Morph("" if text == "_" else text)
        return morph


_known = lru_cache(maxsize=2)(_Known)  # as many as there are models at a time


def piece_of(doc: Doc) -> Piece:
    """Return what spaCy says of a text."""
    known = _known(doc.vocab)
    columns = doc.to_array(_COLUMNS)
    orths, places, kinds, roles, morphs, _, _ = columns.T.tolist()
    heads, starts = columns[:, 5:].view("int64").T.tolist()
    piece = Piece(doc.text, doc.user_data["falc_offset"], places)
    form, name, morph = known.form, known.name, known.morph
    made = piece.tokens = [Token(piece, i, places[i], form(orth)) for i, orth in enumerate(orths)]
    for token, pos, dep, features, head in zip(made, kinds, roles, morphs, heads, strict=True):
        token.pos_, token.dep_, token.morph = name(pos), name(dep), morph(features)
        token.head = made[token.i + head]
        if head > 0:
            token.head.lefts = (*token.head.lefts, token)
        elif head < 0:
            token.head.rights = (*token.head.rights, token)
    _mark_sentences(piece, [i for i, start in enumerate(starts) if start == 1 or i == 0])
    return piece


def _mark_sentences(piece: Piece, starts: list[int]) -> None:
    for start, end in zip(starts, [*starts[1:], len(piece)], strict=True):
        sentence = Tokens(piece, start, end)
        piece.tokens[start].is_sent_start = True
        for token in sentence:
            token.sent = sentence
