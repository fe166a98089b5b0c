"""Put another verb in the form of a verb of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from falc.french.agreement import Phrase, conjugated
from falc.french.around import Around, Place
from falc.french.elision import joined
from falc.french.entries import Entry
from falc.french.rewriting.placing import Made, own_head, put_in, shown_in
from falc.french.terms import Term
from falc.french.verbs_in_context import (
    auxiliary,
    cells_of,
    form_name,
    previous_words,
    subject_cell,
    takes_etre,
)
from falc.french.words import Word, words_of_term
from falc.model import Edit, Span

__all__ = ["with_verb"]

_REFLEXIVE = ("se", "s'")
_OWN_PRONOUNS = frozenset(("se", "s'", "me", "m'", "te", "t'", "nous", "vous"))
_OBJECTS = frozenset(("me", "m'", "te", "t'", "le", "la", "l'", "les", "lui", "leur", "y", "en", "se", "s'"))
_WITHOUT_PASSIVE = frozenset(("avoir", "être", "pouvoir", "devoir", "falloir", "aller"))
_NEGATED = 4  # words before a participle in which a negation is looked for
_WITHOUT_IMPERATIVE = frozenset(("avoir", "être", "pouvoir", "devoir", "falloir"))
_NEGATIVE = ("pas", "plus", "jamais", "rien")
_INDEFINITE = re.compile(r"\A (?:une?|des) (?=(\w+))")
_EUPHONIC = ("-il", "-elle", "-on")


@dataclass(frozen=True, slots=True)
class _Verb:
    """The verb of a term where it stands: word `at` has its `form`, and the pronouns `behind` it (« -vous »).

    `skipped` words behind it are adverbs, no part of the term.
    """

    term: Term
    at: int
    lemma: str
    form: str
    behind: str
    reflexive: bool
    skipped: int

    @property
    def place(self) -> Place:
        return self.term.around.place

    @property
    def inner(self) -> str:
        """The adverbs between the verb and the rest of the term."""
        if self.skipped <= 0 or "-" in self.behind:
            return ""
        words = self.place.words
        return self.place.text[words[self.at].end : words[self.at + self.skipped].end]


def with_verb(term: Term, replacement: str) -> Made | None:
    """Return a verbal replacement in the tense, mood and person of the term, or None when they cannot be known."""
    verb = _verb_of(term)
    to_reflexive = words_of_term(replacement)[0].text in _REFLEXIVE
    if to_reflexive and verb.reflexive:  # the pronoun stays
        replacement = replacement.partition("'" if replacement.startswith("s'") else " ")[2]
    elif to_reflexive and (verb.behind or _has_object(term.around)):
        return None
    phrase = _phrase(verb, replacement)
    if phrase is None or (phrase.before and verb.behind):
        return None
    inner = verb.inner
    if verb.reflexive and verb.behind:  # « Rapprochez-vous de » → « Contactez »
        inner = f"-{verb.behind.rpartition('-')[2]}{inner}" if to_reflexive else inner
    elif verb.behind and term.around.last - term.around.first > 1:  # « Êtes-vous en mesure de » → « Pouvez-vous »
        inner = _euphonic(verb.behind, phrase.head) + inner
    moved = term.around.after if phrase.after.strip() and not inner else None
    if moved is not None and moved.key in _NEGATIVE:  # « ne retirez pas » → « ne venez pas chercher »
        inner, after = f" {moved.text}", _INDEFINITE.sub(_of, phrase.after)
    else:
        moved, after = None, phrase.after
        if any(word.key in _NEGATIVE for word in previous_words(verb.place, verb.at, _NEGATED)):
            # « n'a pas pris de décision »
            after = _INDEFINITE.sub(_of, after)
        if verb.behind and not verb.reflexive and after.strip() and term.around.last - term.around.first == 1:
            return None  # « Finirez-vous de payer »
    start = verb.at if to_reflexive and verb.reflexive else term.around.first
    return _placed(verb, start, phrase.before + phrase.head + inner + after, phrase.head, moved)


def _verb_of(term: Term) -> _Verb:
    around = term.around
    words = around.place.words
    source = [word.text for word in words_of_term(term.entry.term)]
    reflexive = source[0] in _REFLEXIVE
    at = around.first + (1 if reflexive and words[around.first].key in _OWN_PRONOUNS else 0)
    lemma = source[1] if reflexive else source[0]
    text = words[at].text.lower()
    form = text if "-" in lemma else text.partition("-")[0]
    skipped = around.last - at - len(source) + reflexive
    return _Verb(term, at, lemma, form, words[at].text[len(form) :], reflexive, skipped)


def _phrase(verb: _Verb, replacement: str) -> Phrase | None:
    """Return the replacement in the one form that the sentence calls for."""
    entry, place = verb.term.entry, verb.place
    cells = cells_of(place, verb.at, verb.form, verb.lemma)
    if ("Y2s" in cells and verb.behind.startswith(("-en", "-y"))) or verb.behind.startswith("-je"):
        return None  # « donnes-en » and « puis-je » have forms that the table does not know
    if not cells or not all(_form_allowed(entry, cell, place, verb.at, verb.lemma) for cell in cells):
        return None
    head = own_head(entry, replacement)
    goal = head or next(word.text for word in words_of_term(replacement) if word.text not in _REFLEXIVE)
    if goal in _WITHOUT_IMPERATIVE and any(cell[0] == "Y" for cell in cells):
        return None  # « Ayez vite cette aide ! »
    loose = any(guard.startswith("keep=") or ">" in guard for guard in entry.guards)
    passive = cells[0][0] == "K" and auxiliary(place, verb.at) != "avoir"
    if passive and not loose and replacement.endswith((" à", " de")):
        return None  # « saisi » is not « demandé à »
    if any(cell[0] == "K" and not _same_auxiliary(verb, goal) for cell in cells):
        return None
    subject = subject_cell(place.tokens.get(place.words[verb.at].start))
    found = {conjugated(replacement, head, cell, subject) for cell in cells}
    return found.pop() if len(found) == 1 else None


def _placed(verb: _Verb, start: int, made: str, head: str, moved: Word | None) -> Made | None:
    """Put the made words at the word `start`; `moved` is a negation behind the term that they hold already."""
    term, words = verb.term, verb.place.words
    first = term.around.first
    placed = put_in(term, words[start].start, made, capital=words[first].text[0].isupper() and start == first)
    if placed is None:
        return None
    text, edits = placed
    if term.span.start < words[first].start:  # « ne bénéficiez pas de »
        text = shown_in(verb.place.text, edits)
    if moved is not None:
        edits = [*edits[:-1], Edit(Span(edits[-1].span.start, moved.end), edits[-1].text)]
    elif term.around.last - first == 1:
        edits = [*edits, *_euphonic_edits(verb, head)]
    return text, edits


def _of(indefinite: re.Match[str]) -> str:
    """Return « de » for « une » behind a negation: « ne prendra pas de décision »."""
    return " " + joined("de", indefinite[1])


def _has_object(around: Around) -> bool:
    """Does an object pronoun stand before the verb, where a reflexive one would have to go?"""
    before = around.before
    key = around.place.words[around.first].key
    subject = (before == "vous" and key.endswith("ez")) or (before == "nous" and key.endswith("ons"))
    return before in _OBJECTS or (before in ("vous", "nous") and not subject)


def _form_allowed(entry: Entry, cell: str, place: Place, at: int, lemma: str) -> bool:
    allowed, forbidden = entry.values("forme"), entry.values("pas-forme")
    if not allowed and not forbidden:
        return True
    name = form_name(cell, place, at, lemma)
    return name not in forbidden and (not allowed or name in allowed)


def _same_auxiliary(verb: _Verb, goal: str) -> bool:
    """Does the participle of the new verb go with the auxiliary that stands there?"""
    helper = auxiliary(verb.place, verb.at)
    if helper == "avoir":
        return not takes_etre(goal) and not verb.reflexive
    if takes_etre(verb.lemma) and helper == "être":
        return takes_etre(goal)
    changed = any(guard.startswith(("drop=", "add=")) or ">" in guard for guard in verb.term.entry.guards)
    return not (changed or takes_etre(goal) or goal in _WITHOUT_PASSIVE or verb.reflexive)


def _euphonic(behind: str, verb: str) -> str:
    """Return the pronoun behind a verb with the t that it needs: « -t-il », « -il »."""
    vowel = verb[-1] in "aec"
    if behind.lower().startswith("-t-") and not vowel:
        return behind[2:]
    return f"-t{behind}" if vowel and behind.lower().startswith(_EUPHONIC) else behind


def _euphonic_edits(verb: _Verb, head: str) -> list[Edit]:
    """Return the edit that puts in or takes out the t of « effectue-t-il », « fait-il »."""
    start = verb.place.words[verb.at].start + len(verb.form)
    new = _euphonic(verb.behind, head)
    if len(new) < len(verb.behind):
        return [Edit(Span(start, start + 2), "")]
    return [Edit(Span(start, start), "-t")] if len(new) > len(verb.behind) else []
