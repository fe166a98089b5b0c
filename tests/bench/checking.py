"""What a whole check costs, once all is loaded, next to spaCy's own analysis of the same paragraphs."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from functools import cache, partial

import spacy
from figures import ROOT, Table, best_of

from falc.config import Config
from falc.document import Document
from falc.findings import find, needs_parser
from falc.formats import read, read_text
from falc.french.lexicon import Lexicon
from falc.french.pipeline import DEFAULT_MODEL, analyse, load
from falc.rules import MARK, all_rules
from falc.selection import selected

ROUNDS = 3
WORDS = 100_000
_PARAGRAPH = 4  # sentences
_PARAGRAPHS = 12  # of a letter
_BATCH = 64


@cache
def corpora() -> dict[str, tuple[Document, ...]]:
    """Return texts of two kinds: real ones, where they are, and letters made of the examples of our data.

    No paragraph comes twice: what falc knows of one would serve the other.
    """
    real = sorted((ROOT.parent / "shared" / "data" / "texts").glob("*.txt"))
    made, count = list[Document](), 0
    for letter in _made_letters():
        if count >= WORDS:
            break
        made.append(read_text(letter, "text"))
        count += len(letter.split())
    found = {
        "real texts": tuple(map(read, real)),
        "letters made of our examples, a fault in each sentence": tuple(made),
    }
    return {name: texts for name, texts in found.items() if texts}


def _made_letters() -> Iterator[str]:
    """Yield letters made of the examples of rules and word lists."""
    chosen = sorted(set(_examples()))
    random.Random(7).shuffle(chosen)
    paragraphs = [" ".join(chosen[at : at + _PARAGRAPH]) for at in range(0, len(chosen), _PARAGRAPH)]
    for at in range(0, len(paragraphs), _PARAGRAPHS):
        yield "\n\n".join(paragraphs[at : at + _PARAGRAPHS])


def _examples() -> Iterator[str]:
    for rule in all_rules().values():
        for example in (*rule.good, *rule.bad):
            if example.format == "text" and "\n" not in example.text:
                yield MARK.sub(r"\1", example.text).strip()
    for path in sorted((ROOT / "lexicons" / "exemples").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            yield from (cell for cell in line.split("\t")[2:4] if cell.endswith("."))


def stock_seconds(nlp: spacy.Language, paragraphs: list[str]) -> float:
    """Return how long spaCy takes to analyse the paragraphs."""
    start = time.process_time()
    for _ in nlp.pipe(paragraphs, batch_size=_BATCH):
        pass
    return time.process_time() - start


def check_seconds(documents: Sequence[Document], profile: str, lexicon: Lexicon) -> float:
    """Return how long falc takes to analyse and check all: rules, lexicon, suggestions."""
    rules = selected(Config(profile=profile))
    start = time.process_time()
    for analysed in analyse(documents, lexicon, parse=needs_parser(rules)):
        find(analysed, rules)
    return time.process_time() - start


def table() -> Table:
    """Compare the whole check with the stock pipeline."""
    about = (
        "No paragraph comes twice; all is loaded, one process, no cache. Seconds of processor, "
        f"{ROUNDS} rounds in turns, the best of each."
    )
    made = Table("Checking", about)
    load()
    lexicon = Lexicon.load()
    stock = spacy.load(DEFAULT_MODEL, exclude=["ner"])
    name = f"`nlp.pipe` of the stock {DEFAULT_MODEL} without NER"
    for kind, documents in corpora().items():
        words = sum(len(document.text.split()) for document in documents)
        paragraphs = [block.text for document in documents for block in document.blocks]
        for profile in ("falc", "falc-strict"):
            works = (partial(check_seconds, documents, profile, lexicon), partial(stock_seconds, stock, paragraphs))
            own, base = best_of(ROUNDS, *works)
            what = f"the whole check, profile {profile}, {kind} ({words} words)"
            made.add(what, own, compared_to=name, base=base, wanted="ratio ≤ 1.15")
    return made
