"""Read an OpenDocument text (.odt, .ott, .fodt): its live text, block by block, with its look and its objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from lxml import etree

from falc.document import BlockKind, Document
from falc.formats.office.odt.changes import view_of
from falc.formats.office.odt.directives import directives_of, orders_of
from falc.formats.office.odt.lists import Lists
from falc.formats.office.odt.looks import Around, Looks
from falc.formats.office.odt.objects import objects_of, page_count
from falc.formats.office.odt.package import OdtFile, open_odt
from falc.formats.office.odt.pages import Edge, PageStyles
from falc.formats.office.odt.paragraphs import neighbours_known
from falc.formats.office.odt.story import Gathered, Paragraph, Story
from falc.formats.office.odt.styles import load_sheet
from falc.formats.office.odt.walk import Reading, StoryWalk
from falc.formats.office.story import TextCollector, block_of, collection_paused, default_standin, in_order, skipped
from falc.formats.office.unread import unread_odt
from falc.model import Revisions

__all__ = ["live_text", "read_odt", "saved_odt"]

_NOTES = ((BlockKind.FOOTNOTE, "note"), (BlockKind.ENDNOTE, "note de fin"))
_PLAIN = "Standard"


def read_odt(
    data: bytes,
    name: str,
    standin: Callable[[str], str] = default_standin,
    revisions: Revisions = Revisions.ACCEPTED,
) -> Document:
    """Read the bytes of an OpenDocument text.

    `standin` gives the word that stands for a field in the text to analyse, from the field's name.  `revisions` says
    whether the tracked changes of words are read as made or as not made; the look is that of today in both cases.
    """
    with collection_paused():
        file = open_odt(data)
        reading = _reading(file, revisions)
        found, pages = reading.found, reading.pages
        orders, paragraphs = orders_of(file), _paragraphs(reading)
        # To find the places of orders, all must have been read.
        kept = list(paragraphs) if orders else []
        blocks = tuple([block_of(paragraph, standin) for paragraph in kept or paragraphs])
        plain = reading.looks.paragraph(file.content, _PLAIN, Around())
        starts = pages.used(found.masters, page_count(file))
        return Document(
            text=found.collector.text,
            blocks=blocks,
            name=name,
            format="odt",
            has_lines=False,
            skipped=skipped(found.unread | unread_odt(file)),
            objects=objects_of(file, found, pages, starts, found.body_end, (plain.format, plain.inline.format)),
            directives=directives_of(file, orders, kept) if orders else (),
        )


def live_text(file: OdtFile) -> list[Paragraph]:
    """Return every paragraph that a file shows, for those who write in it; tracked changes are read as made.

    The spans of nodes count in the text of the document that `read_odt` gives.
    """
    with collection_paused():
        return list(_paragraphs(_reading(file, Revisions.ACCEPTED), with_copies=True))


def saved_odt(file: OdtFile, data: bytes, changed: Iterable[etree._Element]) -> bytes:
    """Return a file that was read from `data`, now that the trees of the `changed` elements are others."""
    roots = {element.getroottree().getroot() for element in changed}
    if not roots:
        return data
    if file.package is None:
        return etree.tostring(file.content.getroottree(), xml_declaration=True, encoding="UTF-8")
    for root, part in ((file.content, "content.xml"), (file.styles, "styles.xml")):
        name = file.package.find(part)
        if root in roots and name is not None:
            file.package.touch(name)
    return file.package.save()


def _reading(file: OdtFile, revisions: Revisions) -> Reading:
    view = view_of(file.roots(), revisions)
    return Reading(file, Looks(load_sheet(file)), Lists(file), PageStyles(file), Gathered(), view)


def _paragraphs(reading: Reading, *, with_copies: bool = False) -> Iterator[Paragraph]:
    """Yield every paragraph that the file shows, each once, and gather the text."""
    file, found, pages = reading.file, reading.found, reading.pages
    yield from _of_story(reading, Story(file.body, file.content, "corps", pages.around(pages.first), is_body=True))
    found.body_end = found.collector.length
    # Which headers, footers and notes there are is known once the body is read.
    masters = [master for _, master in pages.used(found.masters, page_count(file))]
    for edge in pages.edges(masters):
        paragraphs = _of_story(reading, _edge(edge))
        yield from _with_copies(list(paragraphs), edge, reading) if with_copies and edge.copies else paragraphs
    around = replace(pages.around(masters[0] if masters else None), columns=None)
    for kind, place in _NOTES:
        notes = [body for note_kind, body in found.notes if note_kind is kind]
        for number, body in enumerate(notes, 1):
            yield from _of_story(reading, Story(body, file.content, f"{place} {number}", around, kind, flow="note"))


def _of_story(reading: Reading, story: Story) -> Iterator[Paragraph]:
    reading.found.start_story()
    yield from neighbours_known(in_order(story, lambda inner: StoryWalk(inner, reading)))


def _edge(edge: Edge) -> Story:
    return Story(edge.element, edge.scope, edge.place, edge.around, edge.kind, flow=edge.place)


def _with_copies(paragraphs: Sequence[Paragraph], edge: Edge, reading: Reading) -> Iterator[Paragraph]:
    """Yield the paragraphs of a header or a footer with the same ones of other pages, if they show the same."""
    alike = []
    for copy in edge.copies:
        apart = replace(reading, found=replace(reading.found, collector=TextCollector()))
        copied = list(_of_story(apart, _edge(copy)))
        if list(map(_shown, copied)) == list(map(_shown, paragraphs)):
            alike.append(copied)
    for index, paragraph in enumerate(paragraphs):
        yield replace(paragraph, copies=tuple(copied[index] for copied in alike))


def _shown(paragraph: Paragraph) -> list[str]:
    return [source.shown for source in paragraph.sources if source.shown]
