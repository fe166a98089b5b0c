"""The words before a noun: determiner and adjectives, as they stand before another noun."""

from __future__ import annotations

from dataclasses import dataclass

from falc.french.agreement import pronouns_of, with_cell
from falc.french.around import Around, Place
from falc.french.elision import article_of, contracted, determiner, has_own_article, prevocalic, spaced
from falc.french.facts import facts, rows
from falc.french.forms import readings
from falc.french.words import Word, cased
from falc.model import Edit, Span

__all__ = ["NounPlace", "demonstrative", "noun_place"]

_PREPOSITIONS = ("de", "à")
_ARTICLES = ("le", "la", "l'", "les")
_ALL = ("tout", "toute", "tous", "toutes")


@dataclass(frozen=True, slots=True)
class NounPlace:
    """A noun in its sentence: its number (s or p), determiner and adjectives before it.

    `determiner` holds one word, or « de la », « à l' » as one.  `before` is the word just before a noun that has
    neither determiner nor adjective.
    """

    place: Place
    noun: int
    number: str
    determiner: str | None
    determiner_span: Span
    adjectives: tuple[Word, ...]
    before: Word | None
    predeterminer: Word | None

    @property
    def holds_preposition(self) -> bool:
        """Is the determiner one with a preposition: « du », « à la »?"""
        det = self.determiner or ""
        return article_of(det) is not None or " " in det

    @property
    def left(self) -> int:
        """Where the first of the words starts that `edits` may change."""
        starts = [self.place.words[self.noun].start, *(word.start for word in self.adjectives)]
        if self.determiner is not None:
            starts.append(self.determiner_span.start)
        if self.predeterminer is not None:
            starts.append(self.predeterminer.start)
        return min(starts)

    def agrees_with(self, cell: str) -> bool:
        """Does the determiner have the gender that the noun is said to have?"""
        if self.determiner is None:
            return True
        words = self.place.words
        following = (self.adjectives[0] if self.adjectives else words[self.noun]).text
        # A foreign h may be silent or not: « la hotline ».
        return self.determiner in (determiner(self.determiner, cell, text) for text in (following, "a", "b"))

    def is_one_of(self, cell: str) -> bool:
        """Does a pronoun of the noun's gender stand before it: « l'une de vos pièces », « chacune des demandes »?"""
        words = self.place.words
        start = self.determiner_span.start if self.determiner is not None else words[self.noun].start
        before = [word for word in words[max(0, self.noun - 6) : self.noun] if word.start < start]
        if self.determiner != "des" and not (before and before.pop().key in ("de", "d'", "des")):
            return False
        before = [word for word in before if word.key not in ("autre", "autres")]
        return bool(before) and before[-1].key in pronouns_of(cell)

    def edits(self, cell: str, made: str, *, changed: bool) -> list[Edit] | None:
        """Return the edits on the words before the noun when it becomes `made`, of gender and number `cell`.

        `changed`: the noun had the other gender.  None when a form is not known.
        """
        edits = []
        adjectives = []
        for word in self.adjectives:
            form = with_cell(word.text, cell) if changed else word.text
            if form is None:
                return None
            adjectives.append(form)
        if adjectives:
            adjectives[-1] = prevocalic(adjectives[-1], made)
        first = adjectives[0] if adjectives else made
        if self.determiner is not None:
            new = determiner(self.determiner, cell, first)
            if new is None:
                return None
            old = self.place.text[self.determiner_span.start : self.determiner_span.end]
            following = (self.adjectives[0] if self.adjectives else self.place.words[self.noun]).start
            if new != old.lower().replace("’", "'"):
                edits.append(Edit(Span(self.determiner_span.start, following), spaced(cased(new, old))))
        if self.predeterminer is not None and changed:
            form = determiner(self.predeterminer.text.lower(), cell, first)
            if form is None:
                return None
            edits.append(
                Edit(Span(self.predeterminer.start, self.predeterminer.end), cased(form, self.predeterminer.text))
            )
        for word, form in zip(self.adjectives, adjectives, strict=True):
            if form != word.text:
                edits.append(Edit(Span(word.start, word.end), form))
        return edits


def noun_place(around: Around, base: str, offset: int) -> NounPlace | None:
    """Look at what stands before a nominal term; None when its number is unknown.

    `base` is the singular of the term's noun, which stands behind `offset` of its words.
    """
    place, first = around.place, around.first
    words = place.words
    limit = first - len(around.preceding)
    index = first
    adjectives: list[Word] = []
    while index > limit and words[index].joins and _is_adjective(place, words[index - 1]):
        index -= 1
        adjectives.insert(0, words[index])
    det, span, pre = None, Span(0, 0), None
    before = words[index - 1] if index > limit and words[index].joins else None
    if before is not None:
        det, span, pre = _determiner(place, index - 1, limit)
    number = _number(words[first + offset], base, det)
    if number is None:
        return None
    if det is not None or adjectives:
        before = None
    return NounPlace(place, first, number, det, span, tuple(adjectives), before, pre)


def _is_adjective(place: Place, word: Word) -> bool:
    lemmas = {reading.lemma for reading in readings(word.text.lower()) if reading.pos == "ADJ"}
    if not word.text.islower() or has_own_article(word.key):
        return False
    token = place.tokens.get(word.start)
    tagged = token is not None and token.pos_ in ("ADJ", "DET")
    return bool(lemmas) and (tagged or not lemmas.isdisjoint(facts("adjectifs-avant-nom")))


def _determiner(place: Place, index: int, limit: int) -> tuple[str | None, Span, Word | None]:
    words = place.words
    word = words[index]
    key = word.text.lower().replace("’", "'")
    if not has_own_article(key):
        return None, Span(0, 0), None
    start = word.start
    earlier = words[index - 1] if index > limit and word.joins else None
    pre = None
    if earlier is not None and key in ("la", "l'") and earlier.key in _PREPOSITIONS:
        key, start = f"{earlier.key} {key}", earlier.start
    elif earlier is not None and earlier.key in _ALL:
        pre = earlier
    return key, Span(start, word.end), pre


def _number(word: Word, base: str, det: str | None) -> str | None:
    form = word.text.lower()
    cells = {reading.cell[-1] for reading in readings(form) if reading.pos == "NOUN" and len(reading.cell) == 2}
    if det is not None and det != "leur":
        plural = any(det in row[4:] for row in rows("accord-determinants")) and not any(
            det in row[:4] for row in rows("accord-determinants")
        )
        return "p" if plural else "s"
    if len(cells) == 1:
        return cells.pop()
    if form == base:
        return "s"
    return "p" if not cells and form.endswith(("s", "x")) else None


def _is_noun(place: Place, word: Word) -> bool:
    token = place.tokens.get(word.start)
    return token is not None and token.pos_ == "NOUN"


def demonstrative(around: Around) -> list[Edit] | None:
    """Return the edits that turn « du formulaire susvisé » into « de ce formulaire »; None without such a noun."""
    place, at = around.place, around.first
    words = place.words
    limit = at - len(around.preceding)
    before_noun = around.after is not None and _is_noun(place, around.after)
    if around.before in ("le", "la", "les") and around.after is not None and before_noun:
        # « la susdite somme » → « cette somme »
        form, article, noun = words[at].text.lower(), words[at - 1], around.after
        cell = ("f" if article.key == "la" or form.endswith("es") else "m") + ("p" if article.key == "les" else "s")
        text = determiner("ce", cell, noun.text) or ""
        return [Edit(Span(article.start, noun.start), f"{cased(text, article.text)} ")]
    if at - 2 < limit or not words[at].joins or not words[at - 1].joins:
        return None
    noun, form = words[at - 1], words[at].text.lower()
    cells = {r.cell for r in readings(noun.text.lower()) if r.pos == "NOUN" and len(r.cell) == 2}
    cell = ("f" if form.endswith(("e", "es")) else "m") + ("p" if form.endswith("s") else "s")
    article = words[at - 2]
    key = article.text.lower().replace("’", "'")
    preposition, key = article_of(key) or ("", key)
    if (cells and cell not in cells) or key not in _ARTICLES:
        return None
    ce = determiner("ce", cell, noun.text)
    text = f"{preposition} {ce} ".lstrip()
    if contracted(preposition, key) is None and preposition:
        return None
    return [
        Edit(Span(article.start, noun.start), cased(text, article.text)),
        Edit(Span(noun.end, words[around.last - 1].end), ""),
    ]
