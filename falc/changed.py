"""What changed since a commit: which files, and which sentences of a report's document."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from falc import formats
from falc.document import Block, Document
from falc.french.boundaries import sentence_spans
from falc.git import ChangedFile, Repository
from falc.model import FalcError, Span
from falc.report import Report

__all__ = ["Changes", "new_sentences"]


class Changes:
    """What git says changed since `ref`, or since the last commit when that is empty, in all the repositories met.

    Raises FalcError, when it is first asked about a repository, if git is missing, refuses or does not know `ref`.
    """

    def __init__(self, ref: str = "") -> None:
        self._ref = ref
        self._tops: dict[Path, Path | None] = {}
        self._files: dict[Path | None, dict[Path, tuple[Repository, ChangedFile]]] = {}

    def hold(self, path: Path) -> bool:
        """Did the file at `path` change?"""
        return self._find(path) is not None

    def only_new(self, report: Report) -> Report:
        """Return `report` with the findings about sentences that are new or other than before.

        In texts, a sentence counts when git says that one of its lines changed and it was not in the file before;
        in Office files, when it was not in the file before, or did not look so.  What falc says of the document as a
        whole is left out, unless the file is new.
        """
        found = self._find(Path(report.name)) if report.findings else None
        if found is None or report.document is None or found[1].before is None:
            return report
        repository, file = found
        document = report.document
        lines = repository.changed_lines(file) if document.has_lines else None
        changed = None if lines is None else list(_spans_of(lines, document.text))
        new = _Spans(new_sentences(document, _before(repository, file, report), changed))
        on_lines = _Spans(changed or ())
        kept = [
            finding
            for finding in report.findings
            # A tag or a picture is in no sentence.
            if (new if finding.sentence else on_lines).touch(finding.span)
        ]
        return replace(report, findings=tuple(kept))

    def _find(self, path: Path) -> tuple[Repository, ChangedFile] | None:
        real = Path(os.path.realpath(path))
        top = self._top(real.parent)
        if top not in self._files:
            repository = Repository.around(real.parent, self._ref)
            self._files[top] = {file.path: (repository, file) for file in repository.changed}
        return self._files[top].get(real)

    def _top(self, folder: Path) -> Path | None:
        """Return where a repository seems to begin: to ask git about each folder would take long."""
        if folder not in self._tops:
            above = folder.parent
            is_top = (folder / ".git").exists()
            self._tops[folder] = folder if is_top else None if above == folder else self._top(above)
        return self._tops[folder]


def _before(repository: Repository, file: ChangedFile, report: Report) -> Document | None:
    """Return the document as it was in the commit, if it can be read."""
    data = repository.content(file)
    if data is None:
        return None
    try:
        return formats.read_bytes(data, file.path, report.name, file.path.parent, report.config.reading)
    except FalcError:
        return None


def new_sentences(document: Document, before: Document | None, changed: Sequence[Span] | None) -> list[Span]:
    """Return where the sentences of `document` stand that are not in `before`.

    Those that touch none of the `changed` spans are no news; None: any may be.
    """
    known = Counter(key for key, _ in _sentences(before)) if before else Counter[Hashable]()
    touched = _Spans(changed or ())
    candidates = []
    for key, span in _sentences(document):
        if changed is None or touched.touch(span):
            candidates.append((key, span))
        else:
            known[key] -= 1
    new = []
    for key, span in candidates:
        if known[key] > 0:
            known[key] -= 1
        else:
            new.append(span)
    return new


def _sentences(document: Document) -> Iterator[tuple[Hashable, Span]]:
    """Yield what makes each sentence the same as another one, and where it stands in the document's text."""
    blocks: list[tuple[Block, tuple[Span, ...] | None]] = [(block, None) for block in document.blocks]
    for block, branches in (*blocks, *document.variants):
        for span in sentence_spans(block.text):
            words, place = " ".join(block.source_text(span, document.text).split()), block.source(span)
            if branches is None or any(place.overlaps(branch) for branch in branches):
                yield (words, block.kind, block.level, _look(block, span)), place


def _look(block: Block, span: Span) -> Hashable:
    return block.format, tuple(dict.fromkeys(run.format for run in block.runs_in(span)))


def _spans_of(lines: Sequence[range], text: str) -> Iterator[Span]:
    """Yield where `lines`, numbered from 1, stand in `text`; an empty range is the end of the line before."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    for numbers in lines:
        first, last = min(numbers.start, len(starts)), min(numbers.stop, len(starts))
        yield Span(starts[first - 1], starts[last - 1]) if numbers else _between(starts, numbers.start)


def _between(starts: Sequence[int], line: int) -> Span:
    """Return the line feed after `line`: only what goes on over it lost something."""
    end = starts[min(line, len(starts) - 1)]
    return Span(max(end - 1, 0), end)


class _Spans:
    """Spans, sorted; which others they touch."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._ends = list(accumulate((span.end for span in self._spans), max))

    def touch(self, span: Span) -> bool:
        """Does `span`, which is not empty, share a character with one of these?"""
        index = bisect_left(self._ends, span.start + 1)
        return span.start < span.end and index < len(self._spans) and self._spans[index].start < span.end
