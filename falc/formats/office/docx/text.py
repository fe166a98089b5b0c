"""Read a Word document: its live text, block by block, with the look of its characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from falc.document import BlockKind, Document
from falc.formats.office.docx.directives import directives_of, orders_of
from falc.formats.office.docx.objects import objects_of
from falc.formats.office.docx.sections import sections_of
from falc.formats.office.docx.settings import page_background
from falc.formats.office.docx.story import Gathered, Paragraph, Story, Surroundings
from falc.formats.office.docx.styles import Styles, load_styles
from falc.formats.office.docx.view import ACCEPTED, VIEWS, View
from falc.formats.office.docx.walk import StoryWalk
from falc.formats.office.package import Package, R, W, open_package
from falc.formats.office.story import block_of, collection_paused, default_standin, in_order, skipped
from falc.formats.office.unread import unread_parts
from falc.model import Revisions

_NOTES = (("footnote", "note", BlockKind.FOOTNOTE), ("endnote", "note de fin", BlockKind.ENDNOTE))
_EDGES = (("header", "en-tête", BlockKind.HEADER), ("footer", "pied de page", BlockKind.FOOTER))


def read_docx(
    data: bytes,
    name: str,
    standin: Callable[[str], str] = default_standin,
    revisions: Revisions = Revisions.ACCEPTED,
) -> Document:
    """Read the bytes of a Word file.

    `standin` gives the word that stands for a field in the text to analyse, from the field's name.  `revisions` says
    whether the tracked changes of words are read as made or as not made; the look is that of today in both cases.
    """
    with collection_paused():
        package, found = open_package(data), Gathered()
        styles = load_styles(package)
        orders, paragraphs = orders_of(package), _paragraphs(package, styles, found, VIEWS[revisions])
        # To find the places of orders, all must have been read.
        kept = list(paragraphs) if orders else []
        blocks = tuple([block_of(paragraph, standin) for paragraph in kept or paragraphs])
        return Document(
            text=found.collector.text,
            blocks=blocks,
            name=name,
            format="docx",
            has_lines=False,
            skipped=skipped(found.unread | unread_parts(package)),
            objects=objects_of(package, styles, found),
            directives=directives_of(package, orders, kept) if orders else (),
        )


def live_paragraphs(package: Package, found: Gathered) -> Iterator[Paragraph]:
    """Yield every paragraph that shows something, each once, and gather the text in `found`.

    Tracked changes are read as made.
    """
    return _paragraphs(package, load_styles(package), found, ACCEPTED)


def _paragraphs(package: Package, styles: Styles, found: Gathered, view: View) -> Iterator[Paragraph]:
    for story in _stories(package, styles, found):
        found.start_story()
        yield from in_order(story, lambda inner: StoryWalk(inner, styles, found, view))
        if story.is_body:
            found.body_end = found.collector.length


def _stories(package: Package, styles: Styles, found: Gathered) -> Iterator[Story]:
    """Yield the body, then headers, footers and notes: what they hang on is known by then.

    A note is read when its mark is displayed; separators are no notes.
    """
    root = package.xml(package.main)
    color = page_background(root, styles.settings, styles.theme).color
    on_page, on_edge = Surroundings(color), Surroundings(color, columns=1)
    body = root.find(f"{W}body")
    if body is not None:
        found.sections = sections_of(body)
        yield Story(body, package.main, "corps", is_body=True, around=on_page)
    targets = {link.id: link.target for link in package.relationships(package.main) if not link.external}
    for tag, place, kind in _EDGES:
        references = (mark for section in found.sections for mark in section.iterchildren(f"{W}{tag}Reference"))
        parts = dict.fromkeys(package.find(targets.get(r.get(f"{R}id") or "", "")) for r in references)
        yield from (Story(package.xml(p), p, place, kind, flow=place, around=on_edge) for p in parts if p)
    for tag, place, kind in _NOTES:
        part = package.related(package.main, f"{tag}s")
        if part:
            anchors = {i: mark for (name, i), mark in found.references.items() if name == f"{W}{tag}Reference"}
            every = package.xml(part).iter(W + tag)
            notes = {note.get(f"{W}id") or "": note for note in every if note.get(f"{W}type", "normal") == "normal"}
            shown = [(notes[identifier], anchor) for identifier, anchor in anchors.items() if identifier in notes]
            for number, (note, anchor) in enumerate(shown, 1):
                yield Story(note, part, f"{place} {number}", kind, anchor, flow=place, around=on_page)
