"""The evidence behind the measure `difficulty`, a part of `make accuracy`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from statistics import mean

from gold_set import GOLD, LEVELS, gold_rows, letters

from falc.formats import read_text
from falc.french.analysis import count_words
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse
from falc.report import difficulty_parts, whole_sentences
from falc.texts import texts

Parts = dict[str, float]
PAIR_COLUMNS = ("id", "genre", "difficile", "facile")
INPUTS = {
    "sentence": "words per sentence",
    "word": "words of 3 syllables or more, per 100 words",
    "term": "words and phrases of the lexicons, per 100 words",
}
EXCERPT = 30  # words


def _parts(texts: Iterable[str], format: str = "text") -> list[Parts]:
    documents = analyse((read_text(text, format) for text in texts), Lexicon.load(), parse=False)
    return [difficulty_parts(document, whole_sentences(document)) for document in documents]


@cache
def pairs() -> tuple[tuple[Parts, Parts], ...]:
    """Return the parts of the hard and of the easy text of each pair, without the line ends, which tell too much."""
    rows = list(gold_rows("paires.tsv", PAIR_COLUMNS))
    hard, easy = (_parts(" ".join(row[name].split()) for row in rows) for name in ("difficile", "facile"))
    return tuple(zip(hard, easy, strict=True))


def excerpts(text: str) -> Iterator[str]:
    """Cut a letter into pieces of whole sentences with at least 30 words."""
    (document,) = analyse([read_text(text, "markdown")], Lexicon.load(), parse=False)
    piece: list[str] = []
    for sentence in (s for block in document.blocks for s in block.sentences if s.is_whole and s.words):
        piece.append(sentence.text)
        if sum(map(count_words, piece)) >= EXCERPT:
            yield " ".join(piece)
            piece = []


@cache
def pieces() -> dict[str, dict[str, tuple[Parts, list[Parts]]]]:
    """Return the parts of each letter and of its excerpts, by name, then level."""
    found: dict[str, dict[str, tuple[Parts, list[Parts]]]] = {}
    for name, levels in letters().items():
        here = {level: (GOLD / "textes" / f"{name}.{level}.md").read_text("utf-8") for level in levels}
        found[name] = {level: (_parts([text], "markdown")[0], _parts(excerpts(text))) for level, text in here.items()}
    return found


def _value(parts: Parts, names: Sequence[str]) -> float:
    weights = texts()["measures"]["difficulty"]["weights"]
    return sum(parts[name] * weights[name] for name in names)


def ranked(names: Sequence[str]) -> tuple[int, int, float]:
    """Return how many pairs and letters some inputs rank right, and the share of excerpts, hard against easy."""
    right = sum(_value(hard, names) > _value(easy, names) for hard, easy in pairs())
    in_order, above, compared = 0, 0, 0
    for levels in pieces().values():
        values = [_value(levels[level][0], names) for level in LEVELS]
        in_order += values == sorted(set(values))
        easy, hard = ([_value(parts, names) for parts in levels[level][1]] for level in (LEVELS[0], LEVELS[-1]))
        above += sum(h > e for h in hard for e in easy)
        compared += len(hard) * len(easy)
    return right, in_order, above / compared


def spread() -> float:
    """Return how far excerpts of 30 words lie from their letters, as a share of the way from easy to hard."""
    names = list(INPUTS)
    gaps = [_value(levels["difficile"][0], names) - _value(levels["falc"][0], names) for levels in pieces().values()]
    away = [
        abs(_value(parts, names) - _value(whole, names))
        for levels in pieces().values()
        for whole, cut in levels.values()
        for parts in cut
    ]
    return mean(away) / mean(gaps)


def lines() -> Iterator[str]:
    yield "## Difficulty"
    yield ""
    yield (
        "One number, higher is harder. It ranks texts; it is no verdict. It adds three inputs, each with the weight 1 "
        "(`rules/textes.toml`). The rules that run, the profile, the parser and the format play no part. Short texts "
        f"are drawn to usual values by {texts()['measures']['difficulty']['extra_words']} words."
    )
    yield ""
    total_pairs, total = len(pairs()), len(letters())
    yield f"| inputs | {total_pairs} short pairs | {total} letters in order | excerpts of {EXCERPT} words |"
    yield "|---|--:|--:|--:|"
    for names in (["sentence"], ["word"], ["term"], ["sentence", "word"], list(INPUTS)):
        right, in_order, share = ranked(names)
        title = " + ".join(INPUTS[name] for name in names) if len(names) < len(INPUTS) else "**all three**"
        yield f"| {title} | {right} | {in_order} | {100 * share:.1f} % |"
    yield ""
    yield (
        "Pairs and letters: how many are ranked right (of a letter, its three levels). Excerpts: how often one of a "
        f"hard letter is above one of its easy version. An excerpt of {EXCERPT} words lies on average "
        f"{100 * spread():.0f} % of the way between an easy and a hard letter from its whole letter. Other weights "
        "were tried (sentence × 2 and × 3, terms × 0.5 and × 2, weighted findings): none ranks better, and findings "
        "change with the rules one selects."
    )
    yield ""
    yield "| letter | falc | clair | difficile |"
    yield "|---|--:|--:|--:|"
    for name, levels in letters().items():
        values = (f"{levels[level].measures['difficulty'].value:.1f}" for level in LEVELS)
        yield f"| {name} | {' | '.join(values)} |"
    yield ""
