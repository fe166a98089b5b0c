"""The values that travel between the layers: spans, edits, fixes, rules, findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

OptionValue = bool | int | float | str | tuple[str, ...]


class FalcError(Exception):
    """A problem the user can repair; its text is one plain French sentence."""


class Severity(StrEnum):
    """How sure and how serious a finding is, least first."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


class Tier(StrEnum):
    """Where a rule comes from."""

    CORE = "core"
    PRACTICE = "practice"
    EXTENSION = "extension"


class Checkable(StrEnum):
    """Who can decide: a program, a program that asks, or only people."""

    AUTO = "auto"
    HEURISTIC = "heuristic"
    HUMAN = "human"


class Status(StrEnum):
    """The life of a rule."""

    PREVIEW = "preview"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class Safety(StrEnum):
    """May a program apply a fix?  `safe`: alone; `unsafe`: on request; `display`: never."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


class Revisions(StrEnum):
    """Which text of tracked changes is read: as if all were accepted, or as it was before them."""

    ACCEPTED = "accepted"
    ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read.

    `revisions` says which text of tracked changes is read.  `templates` names the styles of placeholders that a file
    may hold; None: those that its name and its content tell.  `patterns` are regular expressions of placeholders of
    one's own, and `kinds` says of variables, by name or glob, what they hold: pairs such as ("solde_*", "montant").
    `front_matter` names the keys of the data above a text whose values are read.  With `any_name`, a file whose name
    tells no format is a text.
    """

    revisions: Revisions = Revisions.ACCEPTED
    templates: tuple[str, ...] | None = None
    patterns: tuple[str, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    front_matter: tuple[str, ...] = ()
    any_name: bool = False


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A half-open range of code points, `start` included, `end` excluded.

    Public spans count in `Document.text`; a block's own spans count in `Block.text`.
    """

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        # As the class would do it itself, in half of the time: a page makes ten thousand of them.
        _set_start(self, start)
        _set_end(self, end)

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


_set_start: Callable[[Span, int], None] = vars(Span)["start"].__set__
_set_end: Callable[[Span, int], None] = vars(Span)["end"].__set__


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in place of `span`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment of a file that gives an order to falc: « falc: ignore[PHR001] nom officiel ».

    `text` is what follows « falc: ».  `span` of the document's text is where the comment stands; it is empty in an
    Office file, whose text holds no comments.  `covers` are the words that a comment of an Office file hangs on.
    """

    text: str
    span: Span
    covers: Span | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to write it better.  A `display` fix may have no edit: it is only an idea."""

    title: str
    safety: Safety
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding is, for people.

    Lines and columns count from 1, in code points of `Document.text`.  Office files have no lines of
    their own: there they are those of the extracted text, `has_lines` is false, and `place` tells more:
    « corps, paragraphe 4 ».
    """

    place: str
    line: int
    column: int
    end_line: int
    end_column: int
    has_lines: bool = True

    def __str__(self) -> str:
        return f"ligne {self.line}, colonne {self.column}" if self.has_lines else self.place


@dataclass(frozen=True, slots=True)
class Example:
    """A good or bad text of a rule; `<<…>>` marks what must be found in a bad one.

    A bad one without marks has one finding about the whole document.  `shown` describes to readers what the
    markup of `text` looks like.  In Office formats `text` is the XML inside the body, and `parts` that of other
    parts of the file, by name: « settings », « styles », « footer »… (see `falc.testing`).
    """

    text: str
    format: str = "text"
    fix: str | None = None
    trap: str | None = None
    shown: str | None = None
    parts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    options: Mapping[str, OptionValue] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule file says.  `options` holds the values in force; `check` names the how.

    `question` is what people must ask themselves: rules that only people can judge always have one.  Empty `blocks`
    or `formats` mean all kinds of blocks, all formats.  `gives_way` names rules that say more on the same words.
    """

    code: str
    name: str
    title: str
    check: str
    severity: Severity
    status: Status
    tier: Tier
    checkable: Checkable
    since: str
    criterion: str | None
    level: str | None
    source: str
    question: str | None
    message: str
    why: str
    how: str
    blocks: tuple[str, ...]
    formats: tuple[str, ...]
    gives_way: tuple[str, ...]
    options: Mapping[str, OptionValue]
    good: tuple[Example, ...]
    bad: tuple[Example, ...]

    @property
    def family(self) -> str:
        """`PHR` of `PHR001`."""
        return self.code[:3]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place of a document that breaks one rule.  Complete when it is made.

    `text` is the slice of the document at `span`; `sentence` is the sentence around it
    as a reader sees it, without markup.  `kind` tells which case of the rule it is, when
    the rule has several: « firm », « soft » or « hint » for the passive.
    """

    code: str
    name: str
    severity: Severity
    tier: Tier
    criterion: str | None
    level: str | None
    message: str
    span: Span
    text: str
    sentence: str
    location: Location
    fixes: tuple[Fix, ...]
    fingerprint: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is not told, and why not.

    `by` is « comment » (a directive in the file) or « baseline » (known before).
    `reason` is what the directive gives, if it does.
    """

    finding: Finding
    by: str
    reason: str = ""
