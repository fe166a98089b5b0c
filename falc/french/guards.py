"""Guards of the lexicons: conditions on the words around a term, written as tags in a table.

A guard restrains the replacement.  With `si:` before it, it restrains the finding itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from falc.french.around import Around
from falc.french.facts import facts, rows
from falc.french.forms import is_adjectival, is_participle, readings
from falc.french.words import Word

_DATE = re.compile(r"(?:1er|\d{1,2})(?: [a-zéû]+(?: \d{4})?|/\d{1,2}(?:/\d{2,4})?)")
_NEGATIONS = frozenset(("pas", "plus", "jamais", "aucun", "aucune", "ne", "n'", "ni", "sans"))
_PERSONS = frozenset(("me", "m'", "te", "t'", "se", "s'", "le", "la", "l'", "les"))
_SUBJECT_ENDINGS = {"vous": "ez", "nous": "ons"}
_VOWELS = "aàâäeéèêëiîïoôöuùûüyhœæ"


_Test = Callable[[Around, tuple[str, ...]], bool]


def is_determined(around: Around) -> bool:
    """Does a determiner or a number follow the term, or its contracted preposition hold one?"""
    return _determined(around, ())


def _determined(around: Around, _: tuple[str, ...]) -> bool:
    if around.term_end in ("du", "des", "au", "aux"):
        return True
    after = around.after
    return after is not None and (_is_determiner(after) or after.key[0].isdigit())


def _is_determiner(word: Word) -> bool:
    return word.key in facts("determinants") or word.key in ("des", "du")


def _infinitive(around: Around, _: tuple[str, ...]) -> bool:
    if around.term_end in ("du", "des", "au", "aux"):
        return False
    word = next((word for word in around.rest if word.key not in facts("avant-infinitif")), None)
    return around.after is not None and _is_infinitive(word)


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


_PREPOSITIONS = (("à", "au", "aux"), ("avec",), ("de", "d'", "du", "des"))


def _not_repeated(around: Around, _: tuple[str, ...]) -> bool:
    """Is the last preposition of the term not repeated later (« afin de payer et de signer ») ?"""
    kind = next((kind for kind in _PREPOSITIONS if around.term_end in kind), ("de", "d'", "du", "des"))
    rest, text = around.rest, around.place.text
    for word, following in itertools.pairwise(rest):
        listed = word.key in ("et", "ou", "ni", "que") or "," in text[word.end : following.start]
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
    if around.after is None:
        return False
    skipped = facts("adverbes-intercales")  # « ne figure pas sur »
    rest = list(itertools.dropwhile(lambda word: word.key in skipped and word.key not in words, around.rest))
    if not rest:
        return around.term_end in words
    if rest[0].key in words or around.term_end in words:
        return True
    if len(rest) > 2 and rest[0].key in _ALL and _is_determiner(rest[1]):  # « à toutes les règles »
        rest = rest[1:]
    return _is_determiner(rest[0]) and len(rest) > 1 and rest[1].key in words


_ALL = ("tout", "toute", "tous", "toutes")


def _near(around: Around, words: tuple[str, ...]) -> bool:
    """Does one of `words` stand in the same sentence, not far?"""
    inside = around.place.words[around.first + 1 : around.last]  # « dispose librement de »
    return any(word.key in words for word in (*around.preceding, *inside, *around.rest))


def _of_a_thing(around: Around, _: tuple[str, ...]) -> bool:
    """Is the object of the verb no person: not « il vous renseignera », « pour les renseigner »?"""
    if around.before in ("vous", "nous"):  # « vous renseignez » has it as its subject
        return around.place.words[around.first].key.endswith(_SUBJECT_ENDINGS[around.before])
    return around.before not in _PERSONS


def _common(around: Around, _: tuple[str, ...]) -> bool:
    return around.after is not None and around.after.text[0].islower()


def _consonant(around: Around, _: tuple[str, ...]) -> bool:
    return around.after is not None and around.after.key[0] not in _VOWELS


def _has(word: Word | None, *pos: str) -> bool:
    """May a word be of one of these parts of speech, as the table of forms knows it?"""
    return word is not None and any(reading.pos in pos for reading in readings(word.text.lower()))


def _is_infinitive(word: Word | None) -> bool:
    """Is a word an infinitive for the table, or does it at least look like one (« sous-louer »)?"""
    if word is None:
        return False
    found = readings(word.text.lower())
    return any(reading.cell == "W" for reading in found) or (not found and word.key.endswith(("er", "ir", "oir")))


def _is_noun(around: Around, word: Word | None) -> bool:
    """Is a word a noun for the parse, and a possible one for the table, and no participle behind « être »?"""
    if word is None or not _tagged(around, word, "NOUN") or not _has(word, "NOUN"):
        return False
    behind_be = any(near.key.partition("-")[0] in facts("formes-etre") for near in around.start_words)
    return not (behind_be and is_participle(word.key))


def _is_adjective(word: Word | None) -> bool:
    """May a word be an adjective or a past participle?"""
    return word is not None and word.key not in facts("formes-etre") and is_adjectival(word.text.lower())


def _tagged(around: Around, word: Word | None, *pos: str) -> bool:
    """Does the parse give a word one of these tags?"""
    token = around.place.tokens.get(word.start) if word is not None else None
    return token is not None and token.pos_ in pos


def _word_before(around: Around) -> Word | None:
    return around.place.words[around.first - 1] if around.before else None


def _completed(around: Around, words: tuple[str, ...]) -> bool:
    """Does a complement follow: determiner, number, name, or « de » and an infinitive?"""
    if around.term_end in ("du", "des", "au", "aux"):
        return True
    after = next((word for word in around.rest if word.key not in facts("adverbes-intercales")), None)
    if around.after is None or after is None:
        return False
    if _is_determiner(after) or after.key[0].isdigit() or after.key in facts("nombres") or after.text[0].isupper():
        return True
    return after.key in ("de", "d'") and any(_is_infinitive(word) for word in around.rest[:4])


def _postposed(around: Around, _: tuple[str, ...]) -> bool:
    """Does the adjective stand behind its noun or behind « être »?"""
    before = _word_before(around)
    if before is None:
        return False
    if before.key.partition("-")[0] in facts("verbes-d-etat"):
        return True
    if before.key in facts("adverbes-de-degre") | facts("adverbes-intercales") or (
        before.key.endswith("ment") and not _has(before, "NOUN")
    ):
        small = facts("adverbes-de-degre") | facts("adverbes-intercales")
        behind = next((word for word in reversed(around.preceding[:-1]) if word.key not in small), None)
        return behind is not None and (behind.key in facts("verbes-d-etat") or _tagged(around, behind, "NOUN"))
    return (
        _tagged(around, before, "NOUN", "PROPN")
        or _has(before, "NOUN")
        or (_is_adjective(before) and _has(before, "ADJ") and not _determined_by(before))
    )


def _determined_by(word: Word) -> bool:
    return word.key in facts("determinants")


def _behind_the_verb(around: Around, _: tuple[str, ...]) -> bool:
    """Does the adverb stand behind its verb, not before a participle, an infinitive or an adjective?"""
    before, after = _word_before(around), around.after
    if before is None or before.key.partition("-")[0] in facts("formes-avoir") | facts("formes-etre"):
        return False
    return not (_is_adjective(after) or _is_infinitive(after))


def _determiner_before(around: Around, _: tuple[str, ...]) -> bool:
    words = around.place.words
    for index in range(around.first - 1, max(-1, around.first - 4), -1):
        if _is_determiner(words[index]) or words[index].key in ("au", "aux"):
            return True
        if not _is_adjective(words[index]):
            return False
    return False


def _subject(around: Around, words: tuple[str, ...]) -> bool:
    """Does the head of the subject start with one of `words`?"""
    token = around.place.tokens.get(around.place.words[around.first].start)
    token = token.head if token is not None and token.pos_ == "PRON" else token  # « s' » of « s'élève »
    for _ in range(3):
        if token is None:
            break
        subject = next((child for child in token.children if child.dep_.startswith("nsubj")), None)
        if subject is not None:
            noun = token.head if subject.lower_ == "qui" else subject
            return noun.lower_.startswith(words)
        token = token.head if token.dep_ in ("xcomp", "aux", "aux:pass", "aux:tense", "cop", "conj") else None
    # Without a parse that knows: the nearest word that is no pronoun.
    small = facts("clitiques") | {"qui"}
    before = next((word for word in reversed(around.preceding) if word.key not in small), None)
    return before is not None and before.key.startswith(words)


def _object_near(around: Around, words: tuple[str, ...]) -> bool:
    near = around.place.words[max(0, around.first - _NEAR) : around.last + _NEAR]
    return any(word.key.startswith(words) or word.text in words for word in near)


_NEAR = 10  # words around a term
_TESTS: Mapping[str, _Test] = {
    "compl": _completed,
    "postpose": _postposed,
    "apres-verbe": _behind_the_verb,
    "apres-det": _determiner_before,
    "pas-adj": lambda around, _: not _is_adjective(around.after) or _tagged(around, around.after, "NOUN", "DET", "ADP"),
    "pas-nom": lambda around, _: not _tagged(around, around.after, "NOUN", "PROPN"),
    "apres-nom": lambda around, _: _is_noun(around, _word_before(around)),
    "pas-apres-nom": lambda around, _: (
        not _is_noun(around, _word_before(around)) or around.before in facts("clitiques")
    ),
    "sujet": _subject,
    "pas-sujet": lambda around, words: not _subject(around, words),
    "pas-obj": lambda around, words: not _object_near(around, words),
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
_WAYS = frozenset(
    ("inv", "keep=de", "keep=à", "drop=de", "drop=à", "drop=avec", "add=de", "de>à", "à>de", "virgule", "demonstratif")
)
# Used to find the term, and to say how serious it is; tested where they are used.
_FINDING = frozenset(("norefl", "refl", "info"))
_WITH_WORDS = frozenset(
    ("obj", "var", "sauf", "contexte", "famille", "choix1", "choix2", "choix3", "head", "forme", "pas-forme")
)
_FORMS = frozenset(
    ("inf", "present", "imparfait", "futur", "conditionnel", "subjonctif", "imperatif", "compose", "passif", "epithete",
     "gerondif")
)  # fmt: skip
_LISTS = frozenset(("apres", "pas-apres", "avant", "pas-avant", "avec", "sans", "sujet", "pas-sujet", "pas-obj"))


def is_known(guard: str) -> bool:
    """Does this guard exist, with words where it needs some?"""
    name, _, words = guard.partition("=")
    if name in ("forme", "pas-forme"):
        return bool(words) and _FORMS.issuperset(words.split(","))
    if guard in _WAYS or guard in _FINDING:
        return True
    name = name.removeprefix("si:")
    return (name in _TESTS and (name in _LISTS) == bool(words)) or (
        guard.partition("=")[0] in _WITH_WORDS and bool(words)
    )


def fits(guards: Sequence[str], around: Around) -> bool:
    """Do all the conditions hold under which the replacement can be proposed?"""
    return all(holds(guard, around) for guard in guards)


def holds(guard: str, around: Around) -> bool:
    """Does this condition hold?  Guards that are no condition always do."""
    name, _, words = guard.partition("=")
    test = _TESTS.get(name)
    return test is None or test(around, tuple(words.split(",")))
