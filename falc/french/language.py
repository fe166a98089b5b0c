"""The French pipeline of spaCy, loaded in a third of the time and half of the memory, with the same tokens.

Most of what `spacy.load` spends on a French model goes into one regular expression of 1.4 million characters, which
spells out Unicode's lower case letters 458 times (explosion/spaCy #2679), and which it compiles twice: in
`spacy.lang.fr`, which nothing here imports, and for the tokenizer that comes with the model.  Next come half a million
words, each in its letters: vectors are found by the hash of a word, so nobody needs the letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import srsly
from spacy.language import BaseDefaults, Language
from spacy.util import get_model_meta, is_package, load_config, load_model
from thinc.api import NumpyOps

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler
    from spacy.tokenizer import Tokenizer

__all__ = ["load_french"]

# Not used: entities, a second opinion on sentence ends, and lemmas, which the table of forms knows better.
_UNUSED = ("ner", "senter", "lemmatizer")
# What needs neither lists of words nor a class for French.
_KNOWN = frozenset({"tok2vec", "tagger", "morphologizer", "parser", "attribute_ruler"})
_TOKENIZER = {"@tokenizers": "spacy.Tokenizer.v1"}
_FLAGS = re.compile(r"\(\?[a-z]+\)")
_CLASS = re.compile(r"\[[^\[\]]*\]")
_LONG_CLASS = 500
_ALTERNATIVES = "$)|(?:^"
# All that one token holds although it has a hyphen or an apostrophe.
_JOINT = re.compile(r"[-–—‐‑'’]")


class _Nothing(BaseDefaults):
    """What the model's own file tells."""

    tokenizer_exceptions = dict[str, list[dict[Any, Any]]]()  # noqa: RUF012
    prefixes = suffixes = infixes = token_match = url_match = None


class _French(Language):  # type: ignore[no-untyped-call]
    """French for falc alone: it is not registered, so that `spacy.load` of others stays as it is."""

    lang = "fr"
    Defaults = _Nothing


def load_french(model: str) -> Language | None:
    """Return the pipeline of an installed model, by its name or the path of its folder, or None if it is not French.

    A model that is built in another way than those of spaCy is loaded as spaCy does.  Raises OSError when it is not
    installed.
    """
    path = _folder(model)
    config = load_config(path / "config.cfg")
    if config["nlp"]["lang"] != "fr":
        return None
    if config["nlp"]["tokenizer"] != _TOKENIZER or not _KNOWN.issuperset({*config["nlp"]["pipeline"]} - {*_UNUSED}):
        return load_model(path, exclude=_UNUSED)
    nlp = _French.from_config(config, exclude=_UNUSED, auto_fill=False)
    nlp.from_disk(path, exclude=[*_UNUSED, "tokenizer", "strings"])
    data = (path / "tokenizer").read_bytes()
    tokenizer = cast("Tokenizer", nlp.tokenizer)
    tokenizer.from_bytes(data, exclude=["vocab", "token_match"])
    tokenizer.token_match = _token_match(srsly.msgpack_loads(data).get("token_match"))
    _make_faster(nlp)
    return nlp


def _make_faster(nlp: Language) -> None:
    """Multiply matrices with numpy, twice as fast as what spaCy takes, and leave out the tags that nobody reads."""
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            if type(node.ops) is NumpyOps:  # not on a graphics card
                node.ops = ops
    if nlp.has_pipe("attribute_ruler"):
        ruler = cast("AttributeRuler", nlp.get_pipe("attribute_ruler"))
        patterns = [each for each in ruler.patterns if cast("dict[str, str]", each["attrs"]).keys() != {"TAG"}]
        ruler.clear()
        ruler.add_patterns(patterns)


def _folder(model: str) -> Path:
    """Return the folder of a model's data."""
    if is_package(model):
        package = Path(str(import_module(model).__file__)).parent
        meta = get_model_meta(package)
        return package / f"{meta['lang']}_{meta['name']}-{meta['version']}"
    if (Path(model) / "config.cfg").is_file():
        return Path(model)
    raise OSError(model)


def _token_match(pattern: str | None) -> Callable[[str], Any] | None:
    """Return the function that says of a text whether it is one token, although it has a hyphen or an apostrophe."""
    if not pattern:
        return None
    match = re.compile(_shared(pattern)).match
    # Where each alternative asks for such a sign, a text without one needs no look at all of them.
    if not all(_JOINT.search(part) for part in pattern.split(_ALTERNATIVES)):
        return match
    return lambda text: match(text) if _JOINT.search(text) else None


def _shared(pattern: str) -> str:
    """Return a pattern that matches the same: alternatives that begin and end alike have these parts once.

    `(?:^vingt[-][a-z]$)|(?:^trente[-][a-z]$)` becomes `(?:^(?:vingt[-]|trente[-])[a-z]$)`.
    """
    flags = _FLAGS.match(pattern)
    first = flags.end() if flags else 0
    if not (pattern[first:].startswith("(?:^") and pattern.endswith("$)")):
        return pattern
    alike: dict[tuple[str, str], list[str]] = {}
    for part in pattern[first + len("(?:^") : -len("$)")].split(_ALTERNATIVES):
        begin, middle, end = _parts(part)
        alike.setdefault((begin, end), []).append(middle)
    parts = (f"(?:^{begin}(?:{'|'.join(middles)}){end}$)" for (begin, end), middles in alike.items())
    return pattern[:first] + "|".join(parts)


def _parts(part: str) -> tuple[str, str, str]:
    """Cut a pattern at its long classes of letters: one at its start, and all from the next one on."""
    start = _CLASS.match(part)
    begin = start.end() if start and _is_long(start) else 0
    begin += part[begin : begin + 1] in ("+", "*")
    end = next((found.start() for found in _CLASS.finditer(part, begin) if _is_long(found)), len(part))
    if part[begin:end].count("(") != part[begin:end].count(")"):
        return "", part, ""
    return part[:begin], part[begin:end], part[end:]


def _is_long(found: re.Match[str]) -> bool:
    return found.end() - found.start() > _LONG_CLASS
