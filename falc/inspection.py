"""What a configuration comes to, and the report of a text that was analysed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from falc.block_hits import BlockHits
from falc.config import Config
from falc.document import Skipped
from falc.findings import find, needs_parser, without_repetitions
from falc.french.analysis import AnalysedDocument
from falc.french.letters import words_of
from falc.french.lexicon import Lexicon
from falc.model import Rule
from falc.report import Report, criteria, measure, whole_sentences
from falc.rules import all_rules
from falc.sifting import sift
from falc.stamps import settings_stamp
from falc.texts import texts

__all__ = ["Setup", "reported"]


@dataclass(frozen=True)
class Setup:
    """What a configuration comes to.  What a report from the cache does not need is made when it is asked for."""

    config: Config
    rules: tuple[Rule, ...]

    @cached_property
    def lexicon(self) -> Lexicon:
        return _lexicon(self.config.lexicons)

    @cached_property
    def parse(self) -> bool:
        return needs_parser(self.rules)

    def prepare(self) -> None:
        """Make it all.  Raises FalcError when a lexicon or a rule is wrong."""
        _ = self.lexicon, self.parse

    @cached_property
    def stamp(self) -> bytes:
        return settings_stamp(self.config)


def reported(analysed: AnalysedDocument, setup: Setup, hits: BlockHits | None = None) -> Report:
    """Return the report of a text; hits of its blocks that are in `hits` are not looked for again."""
    document = analysed.document
    found = find(analysed, setup.rules, hits)
    findings, suppressed = sift(analysed, tuple(without_repetitions(found, setup.rules)), setup.rules)
    over = {(one.finding.code, one.finding.span) for one in suppressed}
    codes = {finding.code for finding in found if (finding.code, finding.span) not in over}
    sentences = whole_sentences(analysed)
    nothing = () if document.blocks else (Skipped(*texts()["skipped"]["no_text"]),)
    return Report(
        name=document.name,
        format=document.format,
        source=document,
        words=words_of(analysed.blocks),
        sentences=len(sentences),
        findings=findings,
        measures=measure(analysed, sentences),
        criteria=criteria(setup.rules, tuple(all_rules().values()), document.format, codes),
        skipped=(*document.skipped, *nothing),
        suppressed=suppressed,
        config=setup.config,
        sentence_lengths=tuple(sentence.words for sentence in sentences),
        rules=setup.rules,
    )


@lru_cache(maxsize=8)
def _lexicon(extra: tuple[Path, ...]) -> Lexicon:
    return Lexicon.load(extra)
