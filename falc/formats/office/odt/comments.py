"""Write comments into an OpenDocument text, each anchored at its exact words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from falc.formats.office.odt.anchors import Anchors, Gap, Hung, Key
from falc.formats.office.odt.package import DC, META, OFFICE, TEXT, OdtFile, open_odt
from falc.formats.office.odt.story import Paragraph
from falc.formats.office.odt.text import live_text, saved_odt
from falc.formats.office.review import Comment, Reviewer, lines_of, writable
from falc.formats.office.story import collection_paused

__all__ = ["annotate_odt"]

_FALC = Reviewer()
_ANNOTATION, _NAME = f"{OFFICE}annotation", f"{OFFICE}name"
_NAMESPACES = {"office": OFFICE, "text": TEXT, "dc": DC, "meta": META}
_BLANKS = re.compile(r"\A +|(?<= ) +| +\Z|\t")  # those that the file would not show as they are
_ENDS, _STARTS = 0, 1  # what ends at a place comes before what starts there

# Where in a text, end or start, which of those at one place comes first, the element.
_Mark = tuple[int, int, int, int, etree._Element]


def annotate_odt(data: bytes, comments: Sequence[Comment], reviewer: Reviewer = _FALC) -> bytes:
    """Return the OpenDocument text `data` with the comments; what it holds already is kept.

    A comment of the same reviewer that says the same about the same words is not written twice.  Raises FalcError
    when the file cannot be read.
    """
    if not comments:
        return data
    with collection_paused():
        file = open_odt(data)
        paragraphs = live_text(file)
        anchors = Anchors(file, paragraphs)
        hung = _new([anchors.hang(comment) for comment in comments], file, paragraphs, reviewer)
        if hung:
            _insert(hung, _made(hung, file, reviewer))
        return saved_odt(file, data, [one.start.element for one in hung])


def _new(hung: Sequence[Hung], file: OdtFile, paragraphs: Sequence[Paragraph], reviewer: Reviewer) -> Sequence[Hung]:
    """Return the comments that the reviewer has not written already."""
    said = {_words(one.paragraphs) for one in hung}
    author = writable(reviewer.author)
    known: dict[etree._Element, tuple[str, ...]] = {}
    for annotation in file.body.iter(_ANNOTATION):
        if (annotation.findtext(f"{DC}creator") or "") == author:
            words = _words("".join(map(str, p.itertext())) for p in annotation.iterchildren(f"{TEXT}p"))
            if words in said:
                known[annotation] = words
    there = set(_known_places(known, file.body, paragraphs, hung)) if known else set()
    return [one for one in hung if (_words(one.paragraphs), one.key) not in there]


def _known_places(
    known: Mapping[etree._Element, tuple[str, ...]],
    body: etree._Element,
    paragraphs: Sequence[Paragraph],
    hung: Iterable[Hung],
) -> Iterator[tuple[tuple[str, ...], Key]]:
    """Yield what known comments say, each with the place where it starts: the next one that shows something."""
    places: dict[tuple[etree._Element, bool], Key] = {}
    for paragraph in paragraphs:
        start = paragraph.nodes[0].span.start
        for source in paragraph.sources:
            if source.shown:
                places[source.element, source.is_tail] = start
                start += len(source.shown)
    for one in hung:
        if not isinstance(one.key, int):
            places.setdefault((one.key, False), one.key)
    opened: list[tuple[str, ...]] = []
    for event, element in etree.iterwalk(body, ("start", "end", "comment", "pi")):
        if event == "start" and element in known:
            opened.append(known[element])
        elif opened:
            key = places.get((element, event != "start"))
            if key is not None:
                yield from ((words, key) for words in opened)
                opened.clear()
    yield from ((words, 0) for words in opened)


def _made(hung: Sequence[Hung], file: OdtFile, reviewer: Reviewer) -> list[tuple[etree._Element, ...]]:
    """Return the elements of each comment: where it starts and, mostly, where it ends."""
    taken = {annotation.get(_NAME) for root in file.roots() for annotation in root.iter(_ANNOTATION)}
    names = (name for number in count(1) if (name := f"falc-{number}") not in taken)
    who = (
        f"<dc:creator>{escape(writable(reviewer.author))}</dc:creator><dc:date>{reviewer.clock}</dc:date>"
        f"<meta:creator-initials>{escape(writable(reviewer.initials))}</meta:creator-initials>"
    )
    # Written as text and parsed at once: element by element would take ten times as long.
    declared = " ".join(f"xmlns:{prefix}={quoteattr(name[1:-1])}" for prefix, name in _NAMESPACES.items())
    written = [f"<office:text {declared}>"]
    for one, name in zip(hung, names, strict=False):
        said = "".join(f"<text:p>{_BLANKS.sub(_spelt, escape(line))}</text:p>" for line in lines_of(one.paragraphs))
        named = "" if one.end is None else f' office:name="{name}"'
        written.append(f"<office:annotation{named}>{who}{said}</office:annotation>")
        if one.end is not None:
            written.append(f"<office:annotation-end{named}/>")
    made = iter(list(etree.fromstring("".join((*written, "</office:text>")))))
    return [(next(made),) if one.end is None else (next(made), next(made)) for one in hung]


def _insert(hung: Sequence[Hung], made: Sequence[tuple[etree._Element, ...]]) -> None:
    """Put the elements of comments in their places; each text is taken apart once, whatever their number."""
    marks: dict[tuple[etree._Element, bool], list[_Mark]] = defaultdict(list)
    for number, (one, elements) in enumerate(zip(hung, made, strict=True)):
        start = one.start
        marks[start.element, start.is_tail].append((start.offset, _STARTS, number, number, elements[0]))
        if one.end is not None:
            end: Gap = one.end
            marks[end.element, end.is_tail].append((end.offset, _ENDS, -number, number, elements[1]))
    for (element, is_tail), there in marks.items():
        there.sort(key=lambda mark: mark[:3])
        text = (element.tail if is_tail else element.text) or ""
        starts = [offset for offset, *_ in there]
        pieces = [text[start:end] or None for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
        before: etree._Element | None = element
        if is_tail:
            element.tail = text[: starts[0]] or None
        else:
            element.text, before = text[: starts[0]] or None, None
        for (*_, mark), piece in zip(there, pieces, strict=True):
            if before is None:
                element.insert(0, mark)
            else:
                tail, before.tail = before.tail, None
                before.addnext(mark)
                before.tail = tail
            mark.tail, before = piece, mark


def _words(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Return what a comment says, without its blanks."""
    return tuple("".join(line.split()) for line in lines_of(tuple(paragraphs)))


def _spelt(match: re.Match[str]) -> str:
    return "<text:tab/>" if match[0] == "\t" else f'<text:s text:c="{len(match[0])}"/>'
