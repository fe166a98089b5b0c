"""Read a Word document: its live text, block by block, with the look of its characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from falc.document import Block, BlockBuilder, BlockKind, Document, SegmentKind, Skipped
from falc.formats.office.docx_objects import objects_of
from falc.formats.office.docx_settings import page_background
from falc.formats.office.docx_story import Gathered, Paragraph, Story, Surroundings
from falc.formats.office.docx_styles import Styles, load_styles
from falc.formats.office.docx_walk import StoryWalk
from falc.formats.office.package import Package, R, W, open_package

# What was not read -> how to name it, and why.
_SKIPPED = {
    "image": ("image", "falc ne lit pas ce qui est écrit dans les images."),
    "chart": ("graphique", "falc ne lit pas les graphiques."),
    "diagram": ("schéma SmartArt", "falc ne lit pas les schémas SmartArt."),
    "object": ("objet incorporé", "falc ne lit pas les objets qui viennent d'un autre logiciel."),
    "equation": ("formule", "falc ne lit pas les formules mathématiques."),
    "symbol": ("symbole", "falc ne connaît pas le sens des symboles dessinés, comme ceux de Wingdings."),
    "chunk": ("document inclus", "falc ne lit pas les fichiers inclus dans le document."),
    "hidden": ("texte masqué", "Ce texte n'est pas affiché : les lecteurs ne le voient pas."),
    "prompt": (
        "texte d'invite",
        "Ce texte demande de remplir un champ : il ne fait pas partie de la lettre.",
    ),
}
_NOTES = (("footnote", "note", BlockKind.FOOTNOTE), ("endnote", "note de fin", BlockKind.ENDNOTE))
_EDGES = (("header", "en-tête", BlockKind.HEADER), ("footer", "pied de page", BlockKind.FOOTER))


def _default_standin(name: str) -> str:
    return "Camille"


def read_docx(data: bytes, name: str, standin: Callable[[str], str] = _default_standin) -> Document:
    """Read the bytes of a Word file.

    `standin` gives the word that stands for a field in the text to analyse, from the field's name.
    """
    package, found = open_package(data), Gathered()
    styles = load_styles(package)
    blocks = tuple(_block(paragraph, standin) for paragraph in _paragraphs(package, styles, found))
    return Document(
        text=found.collector.text,
        blocks=blocks,
        name=name,
        format="docx",
        has_lines=False,
        skipped=tuple(_skipped(found.unread)),
        objects=objects_of(package, styles, found),
    )


def live_paragraphs(package: Package, found: Gathered) -> Iterator[Paragraph]:
    """Yield every paragraph that shows something, each once, and gather the text in `found`."""
    return _paragraphs(package, load_styles(package), found)


def _paragraphs(package: Package, styles: Styles, found: Gathered) -> Iterator[Paragraph]:
    for story in _stories(package, styles, found):
        found.start_story()
        stack = [iter(StoryWalk(story, styles, found))]
        while stack:
            item = next(stack[-1], None)
            if item is None:
                stack.pop()
            elif isinstance(item, Story):
                stack.append(iter(StoryWalk(item, styles, found)))
            else:
                yield item
        if story.is_body:
            found.body_end = found.collector.length


def _stories(package: Package, styles: Styles, found: Gathered) -> Iterator[Story]:
    """Yield the body, then headers, footers and notes: what they hang on is known by then."""
    root = package.xml(package.main)
    color = page_background(root, styles.settings, styles.theme).color
    on_page, on_edge = Surroundings(color), Surroundings(color, columns=1)
    body = root.find(f"{W}body")
    if body is not None:
        yield Story(body, package.main, "corps", is_body=True, around=on_page)
    targets = {link.id: link.target for link in package.relationships(package.main) if not link.external}
    for tag, place, kind in _EDGES:
        references = root.iter(f"{W}{tag}Reference")
        parts = dict.fromkeys(package.find(targets.get(r.get(f"{R}id") or "", "")) for r in references)
        yield from (Story(package.xml(p), p, place, kind, flow=place, around=on_edge) for p in parts if p)
    for tag, place, kind in _NOTES:
        part = package.related(package.main, f"{tag}s")
        if part:
            anchors = {i: mark for (name, i), mark in found.references.items() if name == f"{W}{tag}Reference"}
            for number, (note, anchor) in enumerate(_notes(package.xml(part), tag, anchors), 1):
                yield Story(note, part, f"{place} {number}", kind, anchor, flow=place, around=on_page)


def _notes(
    root: etree._Element, tag: str, anchors: dict[str, etree._Element]
) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """Yield the notes and their marks, in the order of the marks; separators are no notes."""
    notes = {
        note.get(f"{W}id") or "": note for note in root.iter(W + tag) if note.get(f"{W}type", "normal") == "normal"
    }
    for identifier in (*anchors, *(i for i in notes if i not in anchors)):
        if identifier in notes:
            yield notes[identifier], anchors.get(identifier)


def _block(paragraph: Paragraph, standin: Callable[[str], str]) -> Block:
    builder = BlockBuilder(paragraph.kind, paragraph.path, paragraph.level, paragraph.format)
    for node in paragraph.nodes:
        if node.placeholder is None:
            builder.text(node.text, node.span.start, node.format)
        else:
            builder.standin(standin(node.placeholder), node.span, SegmentKind.PLACEHOLDER, node.format)
    return builder.build()


def _skipped(unread: Counter[str]) -> Iterator[Skipped]:
    for key, (what, why) in _SKIPPED.items():
        if unread[key]:
            yield Skipped(what, unread[key], why)
