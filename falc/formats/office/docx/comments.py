"""Write comments into a Word document, each anchored at its exact words."""

from __future__ import annotations

from collections.abc import Sequence

from falc.formats.office.docx.anchors import Anchors, Hung
from falc.formats.office.docx.comment_marks import insert_marks, known_starts
from falc.formats.office.docx.comment_parts import add_comments, said_by
from falc.formats.office.docx.story import Gathered
from falc.formats.office.docx.text import live_paragraphs
from falc.formats.office.package import Package, open_package
from falc.formats.office.review import Comment, Reviewer, lines_of

_FALC = Reviewer()


def annotate_docx(data: bytes, comments: Sequence[Comment], reviewer: Reviewer = _FALC) -> bytes:
    """Return the Word file `data` with the comments; what it holds already is kept.

    A comment of the same reviewer that says the same about the same words is not written twice.
    """
    if not comments:
        return data
    package, found = open_package(data), Gathered()
    paragraphs = list(live_paragraphs(package, found))
    anchors = Anchors(paragraphs, found.collector.text, package.xml(package.main), package.main)
    hung = _new([anchors.hang(comment) for comment in comments], package, reviewer.author)
    if not hung:
        return data
    parts = dict.fromkeys((package.main, *(paragraph.story.part for paragraph in paragraphs)))
    written = add_comments(package, [new.paragraphs for new in hung], reviewer, parts)
    insert_marks(list(zip(written.ids, hung, strict=True)), written.reference_style)
    package.touch(package.main)
    return package.save()


def _new(hung: Sequence[Hung], package: Package, author: str) -> list[Hung]:
    """Return the comments that the author has not written already."""
    said = said_by(package, author)
    texts = [lines_of(one.paragraphs) for one in hung]
    ids = {number for text in texts for number in said.get(text, ())}
    if not ids:
        return list(hung)
    starts = known_starts(package.xml(package.main), ids, {one.start.element for one in hung})
    there = {(text, starts[number]) for text in texts for number in said.get(text, ()) if number in starts}
    # The mark of a comment cuts the text at its start: only a whole element may have one already.
    return [
        one for one, text in zip(hung, texts, strict=True) if one.start.offset or (text, one.start.element) not in there
    ]
