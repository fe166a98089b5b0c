"""Comments that tell falc to pass over findings: « falc: ignore[PHR001] nom officiel ».

What a comment covers, in a text (text, Markdown, HTML, templates):

- `ignore[…]`: the block in which the comment stands; or else the block before it that ends on the same line, when no
  other block begins there; or else the next block.  The tags and pictures between a block and the one before it belong
  to it.
- `off[…]`: all from the comment to `on[…]` or to the end; when it stands before all text and nothing switches the rule
  on again, the whole document, and the findings about it as a whole.

In a Word file or an OpenDocument text, `ignore` covers the words that the comment hangs on, or the block where it
stands if it hangs on none; `off` and `on` count from the first of these words.

A finding is passed over when it shares a character with what is covered, for a rule in the brackets: a code, a name or
a family.  The rules about these comments themselves (family IGN) obey no comment.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate

from falc.document import Block, Document
from falc.model import Directive, Finding, Rule, Span, Suppressed
from falc.rules import all_rules
from falc.texts import texts
from falc.toml import did_you_mean

__all__ = ["FAMILY", "Fault", "Suppression", "Waiver"]

FAMILY = "IGN"
_VERBS = ("ignore", "off", "on")
_ORDER = re.compile(r"\W{0,9}(\w{0,40})\s{0,9}(?:\[([^\]]*+)\])?\s*+([\s\S]*)")
_SEPARATOR = re.compile(r"[\s,;]+")
_BEFORE_REASON = " :;,.–—-\u00a0\u202f"
# What may stand between the words of a block and a comment in it.
_INLINE_ENDS = r"</(?:a|abbr|b|bdi|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u)\s{0,9}>"
_STILL_INSIDE = re.compile(rf"(?:[^<|\r\n]|{_INLINE_ENDS})*+")
_STILL_IN_ELEMENT = re.compile(rf"(?:[^<]|{_INLINE_ENDS})*+")
_ELEMENT_ENDS = re.compile(r"\s{0,200}</")
_LINE_END = re.compile(r"[\r\n]")
# Characters; a comment further from a block is not on its line: hostile files take linear time.
_FAR = 2_000


@dataclass(frozen=True, slots=True)
class Fault:
    """A comment that says nothing falc can do, and why, in French."""

    directive: Directive
    problem: str


@dataclass(slots=True)
class Waiver:
    """One name in the brackets of a comment: rules whose findings it passes over.

    `used`: did it meet a finding?
    """

    directive: Directive
    name: str
    codes: frozenset[str]
    reason: str
    used: bool = False


@dataclass(frozen=True, slots=True)
class _Cover:
    """Where a waiver holds for a rule; `whole`: also for the document as a whole."""

    span: Span
    waiver: Waiver
    whole: bool = False


@dataclass(slots=True)
class _Covers:
    """The covers of one rule, by their starts."""

    sorted: list[_Cover]
    starts: list[int] = field(default_factory=list)
    furthest: list[int] = field(default_factory=list)  # the end of any cover up to this one

    def __post_init__(self) -> None:
        self.sorted.sort(key=lambda cover: cover.span)
        self.starts = [cover.span.start for cover in self.sorted]
        self.furthest = list(accumulate((cover.span.end for cover in self.sorted), max))

    def meeting(self, span: Span) -> Iterator[_Cover]:
        """Yield the covers that share a character with `span`; if it is empty, those of the whole document."""
        if span.start == span.end:
            yield from (cover for cover in self.sorted if cover.whole)
            return
        for index in range(bisect_left(self.starts, span.end) - 1, -1, -1):
            if self.furthest[index] <= span.start:
                return
            if self.sorted[index].span.overlaps(span):
                yield self.sorted[index]


class Suppression:
    """What the comments of a document ask falc to pass over."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.faults: list[Fault] = []
        self.waivers: list[Waiver] = []
        self._open: dict[str, Waiver] = {}
        covers: dict[str, list[_Cover]] = {}
        for directive in sorted(document.directives, key=_place):
            for code, cover in self._read(directive):
                covers.setdefault(code, []).append(cover)
        for code, waiver in self._open.items():
            start = _place(waiver.directive)
            whole = self._is_before_all(start)
            span = Span(0 if whole else start, len(document.text))
            covers.setdefault(code, []).append(_Cover(span, waiver, whole))
        self._covers = {code: _Covers(found) for code, found in covers.items()}

    def sift(self, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
        """Return the findings that are left, and those that a comment passes over."""
        kept, suppressed = list[Finding](), list[Suppressed]()
        for finding in findings:
            covers = self._covers.get(finding.code)
            met = list(covers.meeting(finding.span)) if covers else []
            for cover in met:
                cover.waiver.used = True
            if met:
                suppressed.append(Suppressed(finding, "comment", met[0].waiver.reason))
            else:
                kept.append(finding)
        return tuple(kept), tuple(suppressed)

    def covers(self, finding: Finding) -> bool:
        """Does a comment pass over this finding?"""
        covers = self._covers.get(finding.code)
        return covers is not None and any(True for _ in covers.meeting(finding.span))

    def touches(self, code: str, block: Block) -> bool:
        """Does a comment pass over findings of a rule somewhere in a block?"""
        if not block.segments or code not in self._covers:
            return False
        place = Span(block.segments[0].source.start, block.segments[-1].source.end)
        return any(True for _ in self._covers[code].meeting(place))

    def useless(self, rules: Sequence[Rule]) -> Iterator[Waiver]:
        """Yield the waivers that met no finding, though `rules`, which were run, have one of theirs.

        Ask when `sift` is done.
        """
        form = self._document.format
        ran = {rule.code for rule in rules if not rule.formats or form in rule.formats}
        yield from (waiver for waiver in self.waivers if not waiver.used and waiver.codes & ran)

    def _read(self, directive: Directive) -> Iterator[tuple[str, _Cover]]:
        """Yield the covers that begin and end with a comment; note what is wrong with it."""
        order = _ORDER.match(directive.text)
        verb, listed, rest = order.groups() if order else ("", None, "")
        verb = verb.lower()
        said = texts()["exceptions"]
        if verb not in _VERBS:
            hint = did_you_mean(verb, _VERBS)
            self.faults.append(Fault(directive, said["verb"].format(verb=verb, hint=hint) if verb else said["empty"]))
            return
        names = [name for name in _SEPARATOR.split(listed or "") if name]
        if not names:
            self.faults.append(Fault(directive, said["no_list"].format(verb=verb)))
        for name in dict.fromkeys(names):
            codes = _codes(name)
            if name.upper().startswith(FAMILY):
                self.faults.append(Fault(directive, said["own"].format(name=name)))
            elif not codes:
                self.faults.append(Fault(directive, said["unknown"].format(name=name, hint=_hint(name))))
            elif verb == "on":
                yield from self._switched_on(directive, name, codes)
            else:
                waiver = Waiver(directive, name, codes, rest.strip().lstrip(_BEFORE_REASON))
                self.waivers.append(waiver)
                if verb == "ignore":
                    span = self._covered(directive)
                    yield from ((code, _Cover(span, waiver)) for code in codes)
                else:
                    self._open.update(dict.fromkeys(codes - self._open.keys(), waiver))

    def _switched_on(self, directive: Directive, name: str, codes: frozenset[str]) -> Iterator[tuple[str, _Cover]]:
        closed = codes & self._open.keys()
        if not closed:
            self.faults.append(Fault(directive, texts()["exceptions"]["not_off"].format(name=name)))
        for code in closed:
            waiver = self._open.pop(code)
            yield code, _Cover(Span(_place(waiver.directive), _place(directive)), waiver)

    def _covered(self, directive: Directive) -> Span:
        """Return what `ignore` in a comment covers."""
        if directive.covers is not None:
            return directive.covers
        starts, ends, place = self._starts, self._ends, directive.span
        after = bisect_right(starts, place.start)  # the first block that begins after the comment
        if after and (place.start <= ends[after - 1] or self._ends_here(ends[after - 1], after, place)):
            return self._ground(after - 1)
        return self._ground(after)

    def _ends_here(self, end: int, after: int, comment: Span) -> bool:
        """Does the comment stand in the block that ends at `end`, or at the end of its line?"""
        text, inside = self._document.text, _STILL_INSIDE
        if self._document.format == "html":
            inside = _STILL_IN_ELEMENT
        if comment.start - end > _FAR:
            return False
        lines = _LINE_END.search(text, end, comment.start) is not None
        match = inside.match(text, end, comment.start)
        if match and match.end() == comment.start and (not lines or _ELEMENT_ENDS.match(text, comment.end)):
            return True
        if lines:
            return False
        following = self._starts[after] if after < len(self._starts) else len(text) + _FAR
        return following - comment.end > _FAR or bool(_LINE_END.search(text, comment.end, following))

    def _ground(self, index: int) -> Span:
        """Return a block with what lies between it and the one before; or what follows the last one."""
        before = self._ends[index - 1] if index else 0
        return Span(before, self._ends[index] if index < len(self._ends) else len(self._document.text))

    def _is_before_all(self, place: int) -> bool:
        if not self._starts:
            return True
        return place <= (self._starts[0] if self._document.has_lines else self._ends[0])

    @cached_property
    def _blocks(self) -> list[Span]:
        blocks = (block for block in self._document.blocks if block.segments)
        return sorted(Span(block.segments[0].source.start, block.segments[-1].source.end) for block in blocks)

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self._blocks]

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate((span.end for span in self._blocks), max))


def _place(directive: Directive) -> int:
    return directive.covers.start if directive.covers is not None else directive.span.start


@lru_cache(maxsize=1024)
def _codes(name: str) -> frozenset[str]:
    """Return the codes of the rules with this code, name or family."""
    rules = all_rules().values()
    return frozenset(
        rule.code for rule in rules if name.upper() in (rule.code, rule.family) or name.lower() == rule.name
    )


def _hint(name: str) -> str:
    rules = all_rules().values()
    return did_you_mean(name, [known for rule in rules for known in (rule.code, rule.name, rule.family)])
