"""What comments say of a report, whatever the file they are written into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from falc.document import Block, BlockKind, Document
from falc.formats.office.review import Comment
from falc.french.letters import is_subject
from falc.model import Finding, Rule, Severity, Span
from falc.report import Report, new_ideas
from falc.rules import all_rules, inner_quotes, one_line, shortened, typography
from falc.texts import counted, texts

__all__ = ["comment_text", "notes_of"]

_BESIDE = frozenset({BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE, BlockKind.ENDNOTE})
# The same word is corrected everywhere in one go; the same « qui » of two sentences is not.
_WORD_FAMILIES = frozenset({"MOT", "NUM"})
_WEIGHTS = {Severity.ERROR: 3.0, Severity.WARNING: 2.0, Severity.INFO: 0.3}


@dataclass
class _Place:
    """Findings on the same words, and how often the same words with the same fault come again later."""

    span: Span
    findings: list[Finding] = field(default_factory=list)
    again: int = 0
    about_all: bool = False  # something is about the whole document

    @property
    def rank(self) -> int:
        return max(finding.severity.rank for finding in self.findings)


def notes_of(
    report: Report, *, least: Severity | None = None, most: int | None = None, corrected: int = 0
) -> list[Comment]:
    """Return the comments to write about the findings of `report`: a summary at the title, then one for each place.

    `least` keeps the findings of this severity and above.  `most` is the largest number of comments, that of
    `rules/textes.toml` when it is missing: what is less severe is left out, and the summary says so.  `corrected` is
    the number of corrections that are written into the text already.  The comments are in the order of the text.
    """
    document = report.document
    words = _words()
    limit = words["most"] if most is None else most
    if document is None or not document.blocks or limit < 1:
        return []
    kept = [finding for finding in report if least is None or finding.severity.rank >= least.rank]
    places = _places(kept, document)
    chosen = _useful_first(places)[: limit - 1]
    explained: set[str] = set()
    comments = []
    for place in sorted(chosen, key=lambda place: (place.span.start, -place.span.end)):
        why = next((f.code for f in place.findings if f.code not in explained), None)
        if why is None or len(place.findings) > words["explained"]:
            why = None
        else:
            explained.add(why)
        comments.append(Comment(place.span, comment_text(place.findings, why=why, again=place.again)))
    summary = _summary(report, kept, least=least, left_out=len(places) - len(chosen), corrected=corrected)
    title, _ = _title(document)
    return [Comment(_free(document, title, places), tuple(summary)), *comments]


def _useful_first(places: Iterable[_Place]) -> list[_Place]:
    """Return the places in the order in which they deserve a comment.

    What is about the whole document comes first, then the most severe; at one severity, the first place of each rule
    comes before the second place of any.
    """
    seen: Counter[str] = Counter()
    ranked = []
    for place in sorted(places, key=lambda place: place.span.start):
        told = [finding.code for finding in place.findings if finding.severity.rank == place.rank]
        ranked.append(((not place.about_all, -place.rank, min(seen[code] for code in told)), place))
        seen.update(told)
    return [place for _, place in sorted(ranked, key=lambda item: item[0])]


def comment_text(findings: Sequence[Finding], *, why: str | None = None, again: int = 0) -> tuple[str, ...]:
    """Return the paragraphs of a comment: what is wrong, what to write, why, the rules' codes.

    The findings are on the same words; `why` is the code of the rule whose reason is told, and `again` counts the
    places that need the same correction.
    """
    words, rules = _words(), all_rules()
    by_place: dict[str, list[str]] = {}
    for finding in sorted(findings, key=lambda finding: not finding.text.strip()):
        lines = by_place.setdefault("" if finding.text.strip() else finding.location.place, [])
        lines.append(finding.message)
        if finding.code == why:
            lines.append(one_line(rules[why].why))
        lines += new_ideas(finding)[: words["ideas"]]
    parts = []
    for place, lines in by_place.items():
        where = place[:1].upper() + place[1:]
        parts += [typography(words["where"]).format(where=where), *lines] if place else lines
    if again:
        parts.append(counted(words["again"], again))
    signature = _signature({finding.code: rules[finding.code] for finding in findings})
    return tuple(dict.fromkeys(part for part in (*parts, signature) if part))


def _signature(rules: dict[str, Rule]) -> str:
    if len(rules) == 1:
        (rule,) = rules.values()
        return typography(texts()["report"]["signature"].format(code=rule.code, title=rule.title))
    named = [f"{rule.code} ({rule.title})" for rule in rules.values()]
    return typography(_words()["signature"]).format(rules=", ".join(named if len(named) < 4 else rules))


def _words() -> Any:  # noqa: ANN401
    return texts()["commentaires"]


def _title(document: Document) -> tuple[Block, Block]:
    """Return the title and what follows: a heading or « Objet : … » before any long paragraph, else the first words."""
    words = _words()
    body = [block for block in document.blocks if block.kind not in _BESIDE and block.text.strip()]
    body = body or list(document.blocks)
    near = takewhile(lambda block: _longest_line(block) <= words["title_words"], body[: words["title_within"]])
    titles = (n for n, block in enumerate(near) if block.kind is BlockKind.HEADING or is_subject(block.text))
    index = next(titles, 0)
    return body[index], body[min(index + 1, len(body) - 1)]


def _longest_line(block: Block) -> int:
    """Return the words of the longest line: those of an address are short."""
    return max(len(line.split()) for line in block.text.split("\n"))


def _whole(block: Block) -> Span:
    return block.source(Span(0, len(block.text)))


def _free(document: Document, block: Block, places: Iterable[_Place]) -> Span:
    """Return the words of a block, or its first one when a comment is about them all."""
    whole, taken = _whole(block), {place.span for place in places}
    if whole not in taken:
        return whole
    start = len(block.text) - len(block.text.lstrip())
    first = block.source(Span(start, start + len(block.text.split(None, 1)[0]))) if block.text.strip() else whole
    return whole if first in taken else first


def _places(findings: Iterable[Finding], document: Document) -> list[_Place]:
    """Return one place for all findings on the same words.

    What is about the whole document is told on the words after the title, which has the summary.
    """
    places: dict[Span, _Place] = {}
    first: dict[tuple[str, str], _Place] = {}
    everywhere, about_all = texts()["places"]["document"], []
    for finding in findings:
        key = _repeated(finding)
        if key is not None and key in first:
            first[key].again += 1
        elif not finding.text.strip() and finding.location.place == everywhere:
            about_all.append(finding)
        else:
            span = _span(finding, document)
            place = places.setdefault(span, _Place(span))
            place.findings.append(finding)
            if key is not None:
                first[key] = place
    if about_all:
        span = _free(document, _title(document)[1], places.values())
        place = places.setdefault(span, _Place(span))
        place.findings += about_all
        place.about_all = True
    for place in places.values():
        place.findings.sort(key=lambda finding: -finding.severity.rank)
    return list(places.values())


def _repeated(finding: Finding) -> tuple[str, str] | None:
    words = " ".join(finding.text.lower().split())
    return (finding.code, words) if words and finding.code[:3] in _WORD_FAMILIES else None


def _span(finding: Finding, document: Document) -> Span:
    """Return the words that a comment hangs on, without the blanks around them."""
    text = document.slice(finding.span)
    if text.strip():
        start = finding.span.start + len(text) - len(text.lstrip())
        return Span(start, start + len(text.strip()))
    block = document.block_near(finding.span.start)  # a picture or a table takes no comment: the nearest text does
    return finding.span if block is None else _whole(block)


def _summary(
    report: Report, kept: Sequence[Finding], *, least: Severity | None, left_out: int, corrected: int
) -> Iterator[str]:
    """Yield the paragraphs of the first comment."""
    words = _words()
    if report.findings:
        counts = {severity.value: counted(words[severity], report.count(severity)) for severity in Severity}
        yield words["counts"].format(**counts)
    else:
        yield words["nothing"]
    if least in (Severity.WARNING, Severity.ERROR):
        yield words["only"][least]
    if left_out:
        yield counted(words["left_out"], left_out)
    if corrected:
        yield counted(words["corrected"], corrected)
    advice = list(_advice(kept))
    if advice:
        yield typography(words["first"])
        yield from advice
    yield typography(words["people"])
    yield from (f"– {line}" for line in _questions(report))
    if report.skipped:
        listed = ", ".join(f"{skipped.what} ({skipped.count})" for skipped in report.skipped)
        yield typography(words["skipped"]).format(listed=listed)
    yield typography(texts()["report"]["honesty"])


def _advice(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the most useful corrections: serious and frequent first, each of another rule."""
    words = _words()
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    ranked = sorted(groups.values(), key=lambda group: -sum(_WEIGHTS[finding.severity] for finding in group))
    for number, group in enumerate(ranked[: words["advice"]], start=1):
        first = max(group, key=lambda finding: finding.severity.rank)
        example = first.message
        if first.text and "«" not in example:
            quoted = shortened(inner_quotes(" ".join(first.text.split())), words["quoted"])
            example = typography(words["quote"]).format(words=quoted, message=example)
        title, count = all_rules()[first.code].title, counted(words["places"], len(group))
        yield typography(words["correction"]).format(number=number, title=title, count=count, example=example)


def _questions(report: Report) -> Iterator[str]:
    """Yield what only people can judge, in a few questions."""
    pictures = report.document is not None and bool(report.document.objects.pictures)
    codes = _words()["questions_pictures" if pictures else "questions"]
    for code in codes:
        yield from [line for line in (all_rules()[code].question or "").splitlines() if line.endswith("?")][:1]
