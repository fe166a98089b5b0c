"""How far falc agrees with the open gold set: `make accuracy` writes `docs/accuracy.md`.

The gold set and its format are described in `tests/gold/README.md`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import difficulty
from gold_set import LEVELS, gold_cases, gold_rows, letters

from falc.config import Config
from falc.findings import find
from falc.formats import read_text
from falc.french.analysis import AnalysedDocument, count_words, plain
from falc.french.boundaries import sentence_spans
from falc.french.lexicon import Lexicon
from falc.french.pipeline import DEFAULT_MODEL, analyse
from falc.french.tenses import tensed_verbs
from falc.gold import Case, Score, sentences_of
from falc.model import Rule, Severity, Span
from falc.rules import all_rules
from falc.selection import configured, selected

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
ERRORS = ROOT / "out" / "accuracy-errors.tsv"
SHOWN = 10  # of the errors
PER_ROW = 2
SEEN = 0.05  # findings per 100 words from which a rule has a line of its own in the noise table
# PHR007 and PHR008 tell one verb of a sentence, or count them; here every verb is judged.
BY_VERB = ("subjunctive", "participle", "compound", "gerund", "past-simple", "future", "imperfect", "conditional")
TENSES = ("PHR007", "PHR008")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a rule, some of its kinds (none: all), and what they are.

    `whole` judges each sentence as a whole: yes or no.
    """

    code: str
    kinds: tuple[str, ...]
    title: str
    whole: bool = False

    @property
    def name(self) -> str:
        return f"{self.code} {'+'.join(self.kinds)}".strip()


ROWS = (
    Row("PHR005", ("full",), "negation, full"),
    Row("PHR005", ("restrictive",), "ne … que"),
    Row("PHR005", ("bare",), "ne alone"),
    Row("PHR005", ("lexical",), "negation without ne, on request"),
    Row("PHR005", ("double",), "two negations"),
    Row("PHR006", ("firm", "soft"), "passive, firm and soft"),
    Row("PHR006", ("firm",), "passive, firm"),
    Row("PHR006", ("hint",), "passive without être"),
    Row("PHR007", ("subjunctive",), "subjunctive"),
    Row("PHR007", ("participle",), "present participle"),
    Row("PHR007", ("compound",), "compound participle"),
    Row("PHR007", ("gerund",), "gerund"),
    Row("PHR007", ("past-simple",), "past simple"),
    Row("PHR007", ("future",), "future"),
    Row("PHR007", ("imperfect",), "imperfect"),
    Row("PHR008", ("conditional",), "conditional"),
    Row("PHR008", ("opening",), "condition at the start"),
    Row("PHR009", (), "subordinate clause, per sentence", whole=True),
    Row("PHR009", ("nested",), "clause in a clause, per sentence", whole=True),
    Row("PHR021", (), "chain of nouns"),
    Row("PHR022", (), "list in the sentence"),
    Row("NUM001", (), "percentage"),
    Row("NUM002", (), "big number"),
    Row("NUM003", (), "number in letters"),
    Row("NUM004", (), "Roman numeral"),
    Row("NUM005", (), "date in figures"),
    Row("MOT007", (), "foreign word"),
    Row("MOT008", (), "acronym without expansion"),
    Row("MOT009", (), "abbreviation"),
)
BOUNDARIES = "sentence boundaries"
WORDS = "word counting"


@cache
def rows() -> tuple[Row, ...]:
    """Return the lines of the table, with one for each rule that only users reported."""
    known = {row.code for row in ROWS}
    reported = sorted({code for case in gold_cases() for code in case.rules} - known - {"*"})
    return (*ROWS, *(Row(code, (), f"reported: {all_rules()[code].title}") for code in reported))


@cache
def scores() -> dict[str, Score]:
    """Judge every line of the table; the keys are the names of the rows, then boundaries and words."""
    judged = gold_cases()
    documents = list(analyse((read_text(c.text, "text") for c in judged), Lexicon.load(), parse=True))
    rules = {**all_rules(), **{rule.code: rule for rule in selected(Config())}}
    rules["PHR005"] = configured(rules["PHR005"], {"without_ne": True}, lambda _: "PHR005")
    found = {code: _spans(documents, rules[code]) for code in {row.code for row in rows()}}
    made = {row.name: _score(row, judged, found[row.code]) for row in rows()}
    return {**made, BOUNDARIES: _boundaries(), WORDS: _words()}


Found = list[list[tuple[str, Span]]]


def _spans(documents: Sequence[AnalysedDocument], rule: Rule) -> Found:
    """Return the kinds and the places of what a rule finds in each document."""
    found: Found = []
    for document in documents:
        here = [(f.kind, f.span) for f in find(document, [rule]) if f.kind not in BY_VERB]
        if rule.code in TENSES:
            here += _verbs(document)
        found.append(here)
    return found


def _verbs(document: AnalysedDocument) -> Iterator[tuple[str, Span]]:
    for block in document.blocks:
        for sentence in block.sentences:
            for verb in tensed_verbs(sentence.tokens) if sentence.tokens is not None else ():
                if verb.tense in BY_VERB:
                    yield verb.tense, block.block.source(block.at(verb.first, verb.last))


def _score(row: Row, judged: Sequence[Case], found: Found) -> Score:
    score = Score()
    for case, spans in zip(judged, found, strict=True):
        if case.judges(row.code):
            marks = [m for m in case.of(row.code) if m.debatable or not row.kinds or m.kind in ("", *row.kinds)]
            here = [span for kind, span in spans if not row.kinds or kind in row.kinds]
            (score.add_whole if row.whole else score.add)(case, marks, here)
    return score


def _boundaries() -> Score:
    score = Score()
    for cells in gold_rows("limites.tsv", ("id", "texte", "note")):
        text, starts = sentences_of(cells["texte"])
        case = Case(cells["id"], text, frozenset("*"), ())
        found = {span.start for span in sentence_spans(text)} - {0}
        score.expected += len(starts)
        score.hit += len(found.intersection(starts))
        score.found += len(found)
        score.right += len(found.intersection(starts))
        wrong = [("wrong", place) for place in found.difference(starts)]
        missed = [("missed", place) for place in set(starts).difference(found)]
        score.errors += [(what, case, Span(place, place + 1)) for what, place in wrong + missed]
    return score


def _words() -> Score:
    score = Score()
    for cells in gold_rows("mots.tsv", ("id", "texte", "mots", "note")):
        right = count_words(plain(cells["texte"])) == int(cells["mots"])
        score.expected, score.found = score.expected + 1, score.found + 1
        score.hit, score.right = score.hit + right, score.right + right
        if not right:
            case = Case(cells["id"], cells["texte"], frozenset("*"), ())
            score.errors.append(("wrong", case, Span(0, len(case.text))))
    return score


def per_100_words(level: str, *severities: Severity, code: str = "") -> float:
    """Return the findings per 100 words in the letters of a level."""
    reports = [levels[level] for levels in letters().values()]
    found = [f for report in reports for f in report if f.severity in severities and f.code.startswith(code)]
    return 100 * len(found) / sum(report.words for report in reports)


def page() -> str:
    """Write the page."""
    return "\n".join([*_head(), *_in_french(), *_figures(), *_errors(), *_noise(), *difficulty.lines()]) + "\n"


def _head() -> Iterator[str]:
    own = [case for case in gold_cases() if "*" in case.rules]
    sentences, traps = len(own), sum(1 for case in own if case.trap)
    yield "# How often falc is right"
    yield ""
    yield f"falc {version('falc')}, {DEFAULT_MODEL} {version(DEFAULT_MODEL.replace('_', '-'))}, profile falc."
    yield "This page is written by `make accuracy`; a test fails when a figure falls below it."
    yield ""
    yield (
        f"The open gold set ([tests/gold](../tests/gold/README.md)) holds {sentences} sentences in the voice of French "
        f"administrative letters, {traps} of them traps. They were written and marked before falc saw them, by writers "
        "who did not see the program, and disagreements were decided by reading the sentence again, not the "
        "program. They have since been used to repair falc: the figures say how it does on these sentences, and on "
        "your letters it will do somewhat worse."
    )
    yield ""
    yield (
        "Precision: how many of the findings are right. Recall: how many of the faults are found. "
        "Each rule runs alone on every sentence; PHR021 and PHR022, which the profile leaves out, too. PHR007 and "
        "PHR008 tell one verb of a sentence and count futures and imperfects: here all verbs that their code sees are "
        "judged. A finding is right when it touches the marked words."
    )
    yield ""


def _in_french() -> Iterator[str]:
    """Tell the figures to those who read French and no tables; rows that hold others do not count twice."""
    counted = [score for name, score in scores().items() if name not in (BOUNDARIES, WORDS, "PHR006 firm")]
    right, found = sum(score.right for score in counted), sum(score.found for score in counted)
    hit, expected = sum(score.hit for score in counted), sum(score.expected for score in counted)
    grave = (Severity.ERROR, Severity.WARNING)
    easy, hard = (f"{per_100_words(level, *grave):.1f}".replace(".", ",") for level in ("falc", "difficile"))
    yield "## En bref, en français"
    yield ""
    yield (
        f"Nous avons écrit {len(gold_cases())} phrases de lettres, avec ce qu'un bon lecteur y trouve. Sur 100 "
        f"remarques de falc, {int(100 * right / found)} sont justes. Sur 100 problèmes, falc en trouve "
        f"{int(100 * hit / expected)}. Pour 100 mots, falc donne {easy} alerte ou erreur dans de bons textes FALC, "
        f"et {hard} dans les lettres difficiles. Dans vos lettres, falc se trompera un peu plus : il a été corrigé "
        "avec ces phrases."
    )
    yield ""
    yield "## Figures"
    yield ""


def _figures() -> Iterator[str]:
    yield "| rule | what | faults | found | findings | right | precision | recall | F1 |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|"
    titles = {row.name: row.title for row in rows()}
    for name, score in scores().items():
        figures = (score.expected, score.hit, score.found, score.right)
        rates = (f"{rate:.3f}" for rate in (score.precision, score.recall, score.f1))
        title = titles.get(name, "")
        yield f"| {name} | {title} | {' | '.join(map(str, figures))} | {' | '.join(rates)} |"
    yield ""


def worst_errors() -> Iterator[tuple[str, str, Case, Span]]:
    """Yield errors, the gravest first: false alarms before misses, warnings before pieces of information."""
    rank = {code: -rule.severity.rank for code, rule in all_rules().items()}
    named = [(name, *error) for name, score in scores().items() for error in score.errors]
    yield from sorted(named, key=lambda error: (error[1] == "missed", rank.get(error[0][:6], 0)))


def _errors() -> Iterator[str]:
    yield "## The ten worst errors"
    yield ""
    yield "False alarms first, then misses; the words in question are between `⟦` and `⟧`."
    yield ""
    seen: Counter[str] = Counter()
    told: set[tuple[str, Span]] = set()
    for name, what, case, span in worst_errors():
        if seen[name] < PER_ROW and (case.id, span) not in told and sum(seen.values()) < SHOWN:
            seen[name] += 1
            told.add((case.id, span))
            yield f"- {name}, {what}: {_shown(case, span)} ({case.id})"
    yield ""


def _shown(case: Case, span: Span) -> str:
    text = case.text
    return " ".join(f"{text[: span.start]}⟦{text[span.start : span.end]}⟧{text[span.end :]}".split())


def _noise() -> Iterator[str]:
    grave = (Severity.ERROR, Severity.WARNING)
    yield "## Noise: findings per 100 words"
    yield ""
    yield (
        f"{len(letters())} letters of our own, each written three times: as offices write it (difficile), in plain "
        "language (clair), and in easy-to-read French (falc), as good writers do it, with the longer sentence, the "
        "negation or the number that must stay. The words are those of the text; all rules of the profile run."
    )
    yield ""
    yield "| rule | falc | clair | difficile |"
    yield "|---|--:|--:|--:|"
    yield f"| **errors and warnings** | {' | '.join(f'**{per_100_words(level, *grave):.2f}**' for level in LEVELS)} |"
    yield f"| information | {' | '.join(f'{per_100_words(level, Severity.INFO):.2f}' for level in LEVELS)} |"
    codes = sorted({f.code for levels in letters().values() for report in levels.values() for f in report})
    for code in codes:
        for severity in reversed(Severity):
            rates = [per_100_words(level, severity, code=code) for level in LEVELS]
            if max(rates) >= SEEN:
                title = all_rules()[code].title
                yield f"| {code} {title}, {severity} | {' | '.join(f'{rate:.2f}' for rate in rates)} |"
    yield ""


_LINE = re.compile(r"\| (?P<name>[^|]+?) \|(?:[^|]*\|){5} (?P<precision>[01]\.\d{3}) \| (?P<recall>[01]\.\d{3}) \|")


def committed(text: str) -> dict[str, tuple[float, float]]:
    """Read precision and recall from a page."""
    return {line["name"]: (float(line["precision"]), float(line["recall"])) for line in _LINE.finditer(text)}


def main() -> None:
    PAGE.write_text(page(), "utf-8")
    ERRORS.parent.mkdir(exist_ok=True)
    lines = (f"{name}\t{what}\t{case.id}\t{_shown(case, span)}" for name, what, case, span in worst_errors())
    ERRORS.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print("\n".join(_figures()))
    print(f"{PAGE.relative_to(ROOT)}, {ERRORS.relative_to(ROOT)} ({sum(len(s.errors) for s in scores().values())})")


if __name__ == "__main__":
    main()
