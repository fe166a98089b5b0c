"""Guards of the lexicons: conditions on the words around a term, written as tags in a table.

A guard restrains the replacement.  With `si:` before it, it restrains the finding itself.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from falc.french.facts import facts, rows
from falc.french.words import Word

_REACH = 40  # words after the term in which a repeated preposition is looked for
_DATE = re.compile(r"(?:1er|\d{1,2})(?: [a-zéû]+(?: \d{4})?|/\d{1,2}(?:/\d{2,4})?)")
_NEGATIONS = frozenset(("pas", "plus", "jamais", "aucun", "aucune", "ne", "n'", "ni", "sans"))
_PERSONS = frozenset(("me", "m'", "te", "t'", "se", "s'", "le", "la", "l'", "les"))
_SUBJECT_ENDINGS = {"vous": "ez", "nous": "ons"}
_VOWELS = "aàâäeéèêëiîïoôöuùûüyhœæ"


@dataclass(frozen=True, slots=True)
class Place:
    """A text, its words, and where its sentences start."""

    text: str
    words: Sequence[Word]
    sentences: Sequence[int]

    def around(self, first: int, size: int) -> Around:
        return Around(self, first, first + size)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the words `first` to `last` (excluded) of a place."""

    place: Place
    first: int
    last: int

    @property
    def before(self) -> str:
        """The key of the word just before, in the same sentence and without a sign between."""
        words = self.place.words
        if self.first == 0 or self.starts_sentence or not words[self.first].joins:
            return ""
        return words[self.first - 1].key

    @property
    def after(self) -> Word | None:
        """The word just after, without a sign between."""
        words = self.place.words
        return words[self.last] if self.last < len(words) and words[self.last].joins else None

    @property
    def term_end(self) -> str:
        return self.place.words[self.last - 1].key

    @property
    def starts_sentence(self) -> bool:
        start = self.place.words[self.first].start
        index = bisect_right(self.place.sentences, start) - 1
        if index < 0:
            return True
        return self.first == 0 or self.place.words[self.first - 1].start < self.place.sentences[index]

    @property
    def follows_comma(self) -> bool:
        if self.first == 0:
            return False
        words, text = self.place.words, self.place.text
        return "," in text[words[self.first - 1].end : words[self.first].start]

    @property
    def rest(self) -> Sequence[Word]:
        """The next words of the sentence, up to a reasonable number."""
        words = self.place.words[self.last : self.last + _REACH]
        index = bisect_right(self.place.sentences, self.place.words[self.last - 1].start)
        end = self.place.sentences[index] if index < len(self.place.sentences) else len(self.place.text)
        return [word for word in words if word.start < end]

    @property
    def preceding(self) -> Sequence[Word]:
        """The words before in the sentence, up to a reasonable number."""
        index = bisect_right(self.place.sentences, self.place.words[self.first].start) - 1
        start = self.place.sentences[index] if index >= 0 else 0
        words = self.place.words[max(0, self.first - _REACH) : self.first]
        return [word for word in words if word.start >= start]

    @property
    def start_words(self) -> Sequence[Word]:
        return self.place.words[max(0, self.first - 3) : self.first]


_Test = Callable[[Around, tuple[str, ...]], bool]


def _determined(around: Around, _: tuple[str, ...]) -> bool:
    if around.term_end in ("du", "des", "au", "aux"):
        return True
    after = around.after
    return after is not None and (after.key in facts("determinants") or after.key[0].isdigit())


def _infinitive(around: Around, _: tuple[str, ...]) -> bool:
    if around.term_end in ("du", "des", "au", "aux"):
        return False
    word = next((word for word in around.rest if word.key not in facts("avant-infinitif")), None)
    return around.after is not None and word is not None and word.key.endswith(("er", "ir", "re", "oir"))


def _number(around: Around, _: tuple[str, ...]) -> bool:
    return around.after is not None and around.after.key[0].isdigit()


@lru_cache(maxsize=1)
def _plural_numerals() -> frozenset[str]:
    return frozenset(row[0] for row in rows("nombres") if int(row[2]) > 1)


def _plural_number(around: Around, _: tuple[str, ...]) -> bool:
    after = around.after
    return after is not None and (
        (after.key[0].isdigit() and after.key not in ("0", "1")) or after.key in _plural_numerals()
    )


def _date(around: Around, _: tuple[str, ...]) -> bool:
    after = around.after
    return after is not None and _DATE.match(around.place.text, after.start) is not None


def _not_repeated(around: Around, _: tuple[str, ...]) -> bool:
    """Is the last preposition of the term not repeated later (« afin de payer et de signer ») ?"""
    kind = ("à", "au", "aux") if around.term_end in ("à", "au", "aux") else ("de", "d'", "du", "des")
    rest, text = around.rest, around.place.text
    for word, following in itertools.pairwise(rest):
        listed = word.key in ("et", "ou", "ni") or "," in text[word.end : following.start]
        if listed and following.key in kind:
            return False
    return True


def _not_negated(around: Around, _: tuple[str, ...]) -> bool:
    near = [*around.start_words, *around.rest[:2]]
    return not any(word.key in _NEGATIONS for word in near)


def _before(around: Around, words: tuple[str, ...]) -> bool:
    return around.before in words


def _after(around: Around, words: tuple[str, ...]) -> bool:
    """Is one of `words` the next word, or the one behind its determiner?"""
    rest = around.rest
    if around.after is None or not rest:
        return False
    if rest[0].key in words or around.term_end in words:
        return True
    return rest[0].key in facts("determinants") and len(rest) > 1 and rest[1].key in words


def _near(around: Around, words: tuple[str, ...]) -> bool:
    """Does one of `words` stand in the same sentence, not far?"""
    return any(word.key in words for word in (*around.preceding, *around.rest))


def _of_a_thing(around: Around, _: tuple[str, ...]) -> bool:
    """Is the object of the verb no person: not « il vous renseignera », « pour les renseigner »?"""
    if around.before in ("vous", "nous"):  # « vous renseignez » has it as its subject
        return around.place.words[around.first].key.endswith(_SUBJECT_ENDINGS[around.before])
    return around.before not in _PERSONS


def _common(around: Around, _: tuple[str, ...]) -> bool:
    return around.after is not None and around.after.text[0].islower()


def _consonant(around: Around, _: tuple[str, ...]) -> bool:
    return around.after is not None and around.after.key[0] not in _VOWELS


_TESTS: Mapping[str, _Test] = {
    "init": lambda around, _: around.starts_sentence,
    "pas-init": lambda around, _: not around.starts_sentence,
    "tete": lambda around, _: around.starts_sentence or around.follows_comma,
    "mot": lambda around, _: around.after is not None,
    "det": _determined,
    "inf": _infinitive,
    "num": _number,
    "num≥2": _plural_number,
    "date": _date,
    "seul": _not_repeated,
    "noneg": _not_negated,
    "pas-apres": lambda around, words: not _before(around, words),
    "apres": _before,
    "pas-avant": lambda around, words: not _after(around, words),
    "avant": _after,
    "avec": _near,
    "sans": lambda around, words: not _near(around, words),
    "chose": _of_a_thing,
    "commun": _common,
    "consonne": _consonant,
}
# How the replacement is put in: see rewriting.py.
_WAYS = frozenset(("inv", "keep=de", "keep=à", "drop=de", "drop=à", "virgule"))
# Used to find the term, and to say how serious it is.
_FINDING = frozenset(("norefl", "refl", "info"))
_FINDING_WITH_WORDS = frozenset(("obj", "var", "sauf", "contexte", "famille", "choix1", "choix2", "choix3"))
# Facts for people and for later rewrites; a row that has one is never replaced.
_FACTS = re.compile(r"head=.+|drop=avec|add=de|de>à|à>de|tense|g:[mf]>[mf]")


def is_known(guard: str) -> bool:
    """Does this guard exist?"""
    name, _, words = guard.partition("=")
    if name.startswith("si:"):
        return name[3:] in _TESTS
    return is_tested(guard) or (name in _FINDING_WITH_WORDS and bool(words)) or bool(_FACTS.fullmatch(guard))


def is_tested(guard: str) -> bool:
    """Can falc tell whether this guard holds?"""
    name = guard.partition("=")[0]
    return name.removeprefix("si:") in _TESTS or guard in _WAYS or guard in _FINDING


def fits(guards: Sequence[str], around: Around) -> bool:
    """Do all the conditions hold under which the replacement can be proposed?"""
    return all(holds(guard, around) for guard in guards)


def holds(guard: str, around: Around) -> bool:
    """Does this condition hold?  Guards that are no condition always do."""
    name, _, words = guard.partition("=")
    test = _TESTS.get(name)
    return test is None or test(around, tuple(words.split(",")))
