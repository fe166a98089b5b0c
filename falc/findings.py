"""Run the checks of the rules on an analysed document and make findings of their hits."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from falc.block_hits import BlockHits
from falc.checks import Check, Hit, Suggestion, all_checks
from falc.document import Document, SegmentKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument, plain
from falc.french.protected import Outside, merged
from falc.french.readings import other_readings
from falc.model import Edit, FalcError, Finding, Fix, Rule, Safety, Severity, Span
from falc.rules import inner_quotes, message_fields, typography
from falc.suppression import Suppression
from falc.texts import texts
from falc.toml import shown

_TYPES: Mapping[str, tuple[type, ...]] = {
    "bool": (bool,),
    "int": (int,),
    "float": (int, float),
    "str": (str,),
    "tuple[str, ...]": (tuple,),
}


def check_of(rule: Rule) -> Check:
    """Return the check of a rule; raise FalcError when the rule and the check do not fit."""
    checks = all_checks()
    if rule.check not in checks:
        raise FalcError(f"{rule.code} : la vérification « {rule.check} » n'existe pas.")
    check = checks[rule.check]
    if check.options.keys() != rule.options.keys():
        names = ", ".join(sorted(check.options.keys() ^ rule.options.keys()))
        raise FalcError(f"{rule.code} : ces options ne vont pas avec la vérification « {rule.check} » : {names}.")
    for option, value in rule.options.items():
        if not isinstance(value, _TYPES[check.options[option]]):
            raise FalcError(f"{rule.code} : l'option « {option} » n'accepte pas la valeur {shown(value)}.")
    unknown = message_fields(rule.message) - check.provides - rule.options.keys() - {"text"}
    if unknown:
        raise FalcError(f"{rule.code} : le message utilise {', '.join(sorted(unknown))}, que personne ne donne.")
    return check


def needs_parser(rules: Sequence[Rule]) -> bool:
    """Must the texts be parsed for these rules?  Raises FalcError when one does not fit its check."""
    return "parser" in {check_of(rule).needs for rule in rules}


def find(analysed: AnalysedDocument, rules: Sequence[Rule], kept: BlockHits | None = None) -> tuple[Finding, ...]:
    """Return the findings of `rules`, which fit their checks, in the order of the text.

    Rules about single blocks do not look at blocks whose hits are in `kept`; those of others are added to it.
    """
    made: dict[tuple[str, str, Span], Finding] = {}
    sentences = _Sentences()
    fitting = [rule for rule in rules if not rule.formats or analysed.document.format in rule.formats]
    for rule, block, hit in _hits(analysed, fitting, kept):
        if block is None:
            finding = _finding_outside(analysed.document, rule, hit)
        elif hit.span.start < hit.span.end and not _is_on_placeholder(block, hit.span):
            finding = _finding(analysed, block, rule, hit, sentences)
        else:
            continue
        made.setdefault((finding.code, finding.location.place, finding.span), finding)
    _add_branches(made, analysed, fitting, kept, sentences)
    return _with_fingerprints(in_order(made.values()))


def find_in_comments(document: Document, suppression: Suppression, rules: Sequence[Rule]) -> tuple[Finding, ...]:
    """Return what `rules`, which were run, find in the comments of a document that pass over findings."""
    told: dict[tuple[str, Span, str], Finding] = {}
    for rule in rules:
        check = check_of(rule)
        if check.scope == "comments":
            for hit in check.function(suppression, rules):
                near = document.block_near(hit.span.start)
                finding = _finding_outside(document, rule, replace(hit, place=near.path if near else None))
                told.setdefault((finding.code, finding.span, finding.message), finding)
    return _with_fingerprints(list(told.values()))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order of the text."""
    return sorted(findings, key=lambda f: (f.span.start, bool(f.text), -f.span.end, f.code))


def without_repetitions(findings: Sequence[Finding], rules: Sequence[Rule]) -> Iterator[Finding]:
    """Leave out what another rule, which says more, tells of the same words; `findings` are in the text's order."""
    way = {rule.code: rule.gives_way for rule in rules if rule.gives_way}
    told: dict[tuple[str, Severity], Outside] = {}
    for code, severity in {(f.code, f.severity) for f in findings if f.code in way}:
        # What is only an information never hides a warning.
        stronger = [f.span for f in findings if f.code in way[code] and f.severity.rank >= severity.rank]
        told[code, severity] = Outside(merged(stronger))
    for finding in findings:
        outside = told.get((finding.code, finding.severity))
        if outside is None or outside(finding.span):
            yield finding


def _hits(
    analysed: AnalysedDocument, rules: Sequence[Rule], kept: BlockHits | None
) -> Iterator[tuple[Rule, AnalysedBlock | None, Hit]]:
    """Yield what the checks of rules find.

    All rules look at one block before the next one, so that what one of them works out is still known to the others.
    """
    yield from _document_hits(analysed, rules)
    yield from _block_hits(analysed, rules, analysed.blocks, kept)


def _document_hits(
    analysed: AnalysedDocument, rules: Sequence[Rule]
) -> Iterator[tuple[Rule, AnalysedBlock | None, Hit]]:
    """Yield what rules about the whole document find."""
    for rule in rules:
        check = all_checks()[rule.check]
        if check.scope == "document":
            for hit in check.function(analysed, **rule.options):
                if hit.block is None or _concerns(rule, hit.block):
                    yield rule, hit.block, hit


def _block_hits(
    analysed: AnalysedDocument, rules: Sequence[Rule], blocks: Iterable[AnalysedBlock], kept: BlockHits | None
) -> Iterator[tuple[Rule, AnalysedBlock, Hit]]:
    """Yield what rules about single blocks find in `blocks`."""
    checks = [(rule, all_checks()[rule.check]) for rule in rules]
    in_blocks = {
        rule.code: (rule, partial(check.function, **rule.options)) for rule, check in checks if check.scope == "block"
    }
    for block in blocks:
        find_them = partial(_hits_in, block, in_blocks.values())
        hits = find_them() if kept is None else kept.hits(block, analysed.document.format, find_them)
        for code, found in hits.items():
            if code in in_blocks:
                yield from ((in_blocks[code][0], block, hit) for hit in found)


def _hits_in(
    block: AnalysedBlock, checks: Iterable[tuple[Rule, Callable[[AnalysedBlock], Iterable[Hit]]]]
) -> dict[str, list[Hit]]:
    """Return what rules about single blocks find in a block, by their codes."""
    found = {}
    for rule, check in checks:
        if _concerns(rule, block) and (hits := list(check(block))):
            found[rule.code] = hits
    return found


def _add_branches(
    made: dict[tuple[str, str, Span], Finding],
    analysed: AnalysedDocument,
    rules: Sequence[Rule],
    kept: BlockHits | None,
    sentences: _Sentences,
) -> None:
    """Add what rules find in the branches of conditions that the blocks do not show.

    What begins or ends outside its branch (a sentence that is too long) is told of one branch only.
    """
    told: dict[str, list[Span]] = {}
    for finding in made.values() if analysed.variants else ():
        told.setdefault(finding.code, []).append(finding.span)
    for reading, blocks in other_readings(analysed):
        branches = {id(block): spans for block, spans in blocks}
        in_blocks = _block_hits(reading, rules, (block for block, _ in blocks), kept)
        for rule, block, hit in chain(_document_hits(reading, rules), in_blocks):
            if block is None or hit.span.start >= hit.span.end or _is_on_placeholder(block, hit.span):
                continue
            place = block.block.source(hit.span)
            around = [branch for branch in branches.get(id(block), ()) if place.overlaps(branch)]
            crossing = not any(branch.contains(place) for branch in around)
            if around and not (crossing and any(map(place.overlaps, told.get(rule.code, ())))):
                finding = _finding(reading, block, rule, hit, sentences)
                made.setdefault((finding.code, finding.location.place, finding.span), finding)
                told.setdefault(rule.code, []).append(place)


def _is_on_placeholder(block: AnalysedBlock, span: Span) -> bool:
    """Is it a word that stands for a placeholder, or does it begin or end with one, short of whole sentences?"""
    held = block.block
    if not any(held.is_placeholder(Span(place, place + 1)) for place in (span.start, span.end - 1)):
        return False
    sentences = block.sentence_spans
    whole = any(span.start == s.start for s in sentences) and any(span.end == s.end for s in sentences)
    return not whole or held.is_placeholder(span)


def _concerns(rule: Rule, block: AnalysedBlock) -> bool:
    return not rule.blocks or block.block.kind in rule.blocks


class _Sentences:
    """Give the sentence around a hit as readers see it, made once: a page without a full stop is one long sentence."""

    def __init__(self) -> None:
        self._shown: dict[tuple[int, Span], str] = {}

    def around(self, block: AnalysedBlock, span: Span) -> str:
        sentence = block.sentence_at(span)
        around = sentence.span if sentence else Span(0, len(block.text))
        key = (id(block), around)
        if key not in self._shown:
            self._shown[key] = " ".join(block.shown(around).split())
        return self._shown[key]


def _finding(analysed: AnalysedDocument, block: AnalysedBlock, rule: Rule, hit: Hit, sentences: _Sentences) -> Finding:
    document = analysed.document
    span = block.block.source(hit.span)
    text = block.shown(hit.span)
    return _made(
        rule,
        hit,
        text,
        span=span,
        text=document.slice(span),
        sentence=sentences.around(block, hit.span),
        location=document.locate(span, block.block.path),
        fixes=tuple(_fix(block, hit, suggestion) for suggestion in hit.suggestions),
    )


def _finding_outside(document: Document, rule: Rule, hit: Hit) -> Finding:
    """Return the finding of a hit that no block holds: a tag, a picture, the document as a whole."""
    text = document.slice(hit.span)
    location = document.locate(hit.span, hit.place or texts()["places"]["document"])
    ideas = (typography(texts()["fix"]["idea"].format(text=s.text.strip())) for s in hit.suggestions)
    return _made(
        rule,
        hit,
        text,
        span=hit.span,
        text=text,
        sentence="",
        location=replace(location, has_lines=location.has_lines and hit.span.start < hit.span.end),
        fixes=tuple(Fix(idea, Safety.DISPLAY) for idea in ideas),
    )


def _made(rule: Rule, hit: Hit, shown: str, **found: Any) -> Finding:  # noqa: ANN401
    """Return a finding with what the rule says of it; `shown` is its text as readers see it."""
    message = rule.message.format(**{"text": inner_quotes(shown), **rule.options, **hit.fields})
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=hit.severity or rule.severity,
        tier=rule.tier,
        criterion=rule.criterion,
        level=rule.level,
        message=typography(message),
        fingerprint="",
        kind=hit.kind,
        **found,
    )


def _fix(block: AnalysedBlock, hit: Hit, suggestion: Suggestion) -> Fix:
    edits = suggestion.edits or (Edit(suggestion.span or hit.span, suggestion.text),)
    words = suggestion.text.strip()
    if suggestion.safety is Safety.DISPLAY or not all(block.block.editable(edit.span) for edit in edits):
        for edit in edits:
            words = _with_placeholders(block, edit.span, words)
        return Fix(typography(texts()["fix"]["idea"].format(text=words)), Safety.DISPLAY)
    title = typography(texts()["fix"]["title"].format(text=words))
    return Fix(title, suggestion.safety, tuple(Edit(block.block.source(edit.span), edit.text) for edit in edits))


def _with_placeholders(block: AnalysedBlock, span: Span, words: str) -> str:
    """Return an idea for `span` with the placeholders there, one after the other, instead of their stand-in words."""
    pieces = [words]  # every second one is a placeholder
    for segment in block.block.segments_in(span):
        if segment.kind is SegmentKind.PLACEHOLDER:
            own = block.source[segment.source.start : segment.source.end]
            standin = re.compile(
                rf"(?<!\w){re.escape(block.block.text[segment.start : segment.end])}(?!\w)", re.IGNORECASE
            )
            found = ((number, standin.search(piece)) for number, piece in enumerate(pieces) if number % 2 == 0)
            number, match = next(((n, m) for n, m in found if m), (0, None))
            if match:
                pieces[number : number + 1] = match.string[: match.start()], own, match.string[match.end() :]
    return "".join(pieces)


def _with_fingerprints(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give each finding a name that survives moved lines: rule, sentence, words, occurrence."""
    seen: Counter[tuple[str, ...]] = Counter()
    digests: dict[str, str] = {}
    named = []
    for finding in findings:
        if finding.sentence not in digests:
            digests[finding.sentence] = _digest(plain(finding.sentence).casefold())
        key = (finding.code, digests[finding.sentence], " ".join(plain(finding.text).split()).casefold())
        seen[key] += 1
        digest = _digest("\0".join((*key, str(seen[key]))))
        named.append(replace(finding, fingerprint=digest[:20]))
    return tuple(named)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
