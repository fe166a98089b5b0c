"""Read an OpenDocument text (.odt, .ott, .fodt): its live text, block by block, with its look and its objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from falc.document import BlockKind, Document
from falc.formats.office.odt_lists import Lists
from falc.formats.office.odt_looks import Around, Looks
from falc.formats.office.odt_objects import objects_of, page_count
from falc.formats.office.odt_package import TEXT, XML_ID, open_odt
from falc.formats.office.odt_pages import PageStyles
from falc.formats.office.odt_paragraphs import neighbours_known
from falc.formats.office.odt_story import Gathered, Paragraph, Story
from falc.formats.office.odt_styles import load_sheet
from falc.formats.office.odt_walk import Reading, StoryWalk
from falc.formats.office.story import block_of, default_standin, in_order, skipped
from falc.model import Revisions

__all__ = ["live_paragraphs", "read_odt"]

_NOTES = ((BlockKind.FOOTNOTE, "note"), (BlockKind.ENDNOTE, "note de fin"))
_PLAIN = "Standard"


def read_odt(
    data: bytes,
    name: str,
    standin: Callable[[str], str] = default_standin,
    revisions: Revisions = Revisions.ACCEPTED,
) -> Document:
    """Read the bytes of an OpenDocument text.

    `standin` gives the word that stands for a field in the text to analyse, from the field's name.
    """
    file = open_odt(data)
    found = Gathered(deletions=frozenset(_deletions(file.body)))
    reading = Reading(file, Looks(load_sheet(file)), Lists(file), PageStyles(file), found)
    pages = reading.pages
    body = Story(file.body, file.content, "corps", pages.around(pages.first), is_body=True)
    blocks = [block_of(paragraph, standin) for paragraph in live_paragraphs(reading, body)]
    body_end = found.collector.length
    starts = pages.used(found.masters, page_count(file))
    for story in _edges_and_notes(reading, [master for _, master in starts]):
        blocks += (block_of(paragraph, standin) for paragraph in live_paragraphs(reading, story))
    plain = reading.looks.paragraph(file.content, _PLAIN, Around())
    return Document(
        text=found.collector.text,
        blocks=tuple(blocks),
        name=name,
        format="odt",
        has_lines=False,
        skipped=skipped(found.unread),
        objects=objects_of(file, found, pages, starts, body_end, (plain.format, plain.inline.format)),
    )


def _deletions(body: etree._Element) -> Iterator[str]:
    """Yield the names of the deletions whose text LibreOffice may have left in its place."""
    for region in body.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region"):
        if region.find(f"{TEXT}deletion") is not None:
            yield from (name for key in (f"{TEXT}id", XML_ID) if (name := region.get(key)))


def live_paragraphs(reading: Reading, story: Story) -> Iterator[Paragraph]:
    """Yield every paragraph of a story that shows something, each once, and gather the text."""
    reading.found.start_story()
    yield from neighbours_known(in_order(story, lambda inner: StoryWalk(inner, reading)))


def _edges_and_notes(reading: Reading, masters: list[str]) -> Iterator[Story]:
    """Yield headers, footers and notes: which there are is known once the body is read."""
    for edge in reading.pages.edges(masters):
        yield Story(edge.element, edge.scope, edge.place, edge.around, edge.kind, flow=edge.place)
    around = replace(reading.pages.around(masters[0] if masters else None), columns=None)
    for kind, place in _NOTES:
        notes = [body for note_kind, body in reading.found.notes if note_kind is kind]
        for number, body in enumerate(notes, 1):
            name = f"{place} {number}"
            yield Story(body, reading.file.content, name, around, kind, flow="note")
