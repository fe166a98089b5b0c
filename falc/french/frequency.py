"""How common and how long French words are."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from falc.compiled import compiled
from falc.french.facts import facts, rows
from falc.french.forms import forms, lemmas, readings
from falc.french.lines import rest_of_line
from falc.french.words import key_of

__all__ = [
    "commonness",
    "familiarity",
    "has_common_relative",
    "is_derived",
    "is_learned",
    "listed",
    "syllables",
    "zipf",
]

_MAX_LENGTH = 40  # longer runs of letters are no words
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûü]+")
_SILENT = re.compile(r"(?<=[^aeiouyàâäéèêëîïôöùûü])(?:e|es)\Z")
_PREFIX, _SUFFIX = "préfixe", "suffixe"
_SMALL = 3  # letters of what is no word by itself: « à », « ex », « non »


@lru_cache(maxsize=2)
def _frequencies(name: str) -> bytes:
    """Return the sorted forms of a list of `wordfreq`, each with the power of ten of its frequency, in hundredths.

    Its file is read here: to import the library, which speaks forty languages, takes longer than to check a letter.
    """
    library = find_spec("wordfreq")
    if library is None or library.origin is None:
        raise ModuleNotFoundError("wordfreq")
    file = Path(library.origin).parent / "data" / f"{name}.msgpack.gz"
    return compiled(name, [file], lambda: _packed(file))


def _packed(file: Path) -> bytes:
    import msgpack

    _, *levels = msgpack.unpackb(gzip.decompress(file.read_bytes()))
    lines = (b"%s\t%d" % (form.encode(), level) for level, forms in enumerate(levels) for form in forms)
    return b"\n" + b"\n".join(sorted(lines)) + b"\n"


@lru_cache(maxsize=16384)
def listed(form: str, name: str = "large_fr") -> float:
    """Return how common a form is in a list of `wordfreq`, on the scale of `zipf`; 0 when it is not there."""
    level = rest_of_line(_frequencies(name), form)
    return (900 - int(level)) / 100 if level is not None else 0.0


@lru_cache(maxsize=16384)
def zipf(word: str) -> float:
    """Return how common one form is: 7 for « de », 3 for a rare word, 0 for an unknown one.

    The scale is Zipf's, of van Heuven and others (2014): 3 means once in a million words.
    """
    if len(word) > _MAX_LENGTH:
        return 0.0
    form = word.lower().replace("’", "'")
    return max(listed(form), listed(key_of(form)))


def commonness(*forms: str) -> float:
    """Return how common the most common of some forms of a word is; of compounds, the most common part counts."""
    return max((zipf(part) for form in forms for part in (form, *form.split("-"))), default=0.0)


@lru_cache(maxsize=8192)
def familiarity(word: str, pos: str) -> float:
    """Return how common a word is by its best-known form; a compound is as common as its rarest part.

    A word that the table of forms does not hold is as common as its singular.
    """
    best = max(zipf(word), _best_form(lemmas(word, pos)) or zipf(word.removesuffix("s")))
    parts = [part for part in word.split("-") if len(part) > _SMALL] if "-" in word else ()
    return max(best, min((familiarity(part, "") for part in parts), default=0.0))


def _best_form(known: frozenset[tuple[str, str]]) -> float:
    """Return how common the best-known form of some lemmas is; forms of other words say nothing: « il somme »."""
    names = {lemma for lemma, _ in known}
    best = max(map(zipf, names), default=0.0)
    for lemma, pos in known:
        for cell, found in forms(lemma, pos).items():
            for form in found:
                common = zipf(form)
                if common > best and (_is_participle(pos, cell) or names.issuperset(r.lemma for r in readings(form))):
                    best = common
    return best


def _is_participle(pos: str, cell: str) -> bool:
    return pos == "VERB" and cell[0] == "K"  # « divorcé » is also an adjective, of the same meaning


def has_common_relative(word: str, pos: str, least: float) -> bool:
    """Is a word plainly made from one at least so common: « incomplet » from « complet »?"""
    known = lemmas(word, pos) or {(word, pos)}
    if len(word) > _MAX_LENGTH or any(lemma in facts("faux-derives") for lemma, _ in known):
        return False
    bases = (base for lemma in known for base in _bases(*lemma))
    return any(base in facts("mots-du-quotidien") or familiarity(base, nature) >= least for base, nature in bases)


def _bases(word: str, pos: str) -> Iterator[tuple[str, str]]:
    """Yield the words of French, with their parts of speech, from which `word` may be made."""
    for affix, kind, base, wanted, made, *_ in rows("affixes-transparents"):
        if made != pos or len(word) - len(affix) < _SMALL:
            continue
        if kind == _PREFIX and word.startswith(affix):
            root = base + word.removeprefix(affix)
        elif kind == _SUFFIX and word.endswith(affix):
            root = word.removesuffix(affix) + base
        else:
            continue
        if any(reading.pos == wanted for reading in readings(root)):
            yield root, wanted


def is_learned(word: str) -> bool:
    """Does a word that no table knows look like a learned word of French: « illectronisme », « labellisés »?"""
    return is_derived(word) or word.removesuffix("s").endswith(tuple(facts("terminaisons-savantes")))


def is_derived(word: str) -> bool:
    """Does `word` end like the learned words of French: « -isation », « -abilité » ?"""
    return word.removesuffix("s").endswith(tuple(facts("suffixes-abstraits")))


def syllables(word: str) -> int:
    """Return about how many syllables one hears in `word`."""
    heard = word.lower()[:_MAX_LENGTH].replace("qu", "q")
    return len(_VOWELS.findall(_SILENT.sub("", heard))) or 1
