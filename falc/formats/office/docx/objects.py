"""What a Word document holds besides its text: pictures, tables, links, pages, properties."""

from __future__ import annotations

from collections.abc import Iterator

from falc.formats.office.docx.pictures import Pictures
from falc.formats.office.docx.sections import pages
from falc.formats.office.docx.settings import load_file_properties, page_background
from falc.formats.office.docx.story import Gathered, LinkMark
from falc.formats.office.docx.styles import Styles
from falc.formats.office.package import Package, R, W
from falc.model import Span
from falc.objects import Link, Objects, Properties

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def objects_of(package: Package, styles: Styles, found: Gathered) -> Objects:
    """Return the objects of a document that was walked to its end."""
    pictures, said = Pictures(package), load_file_properties(package)
    background, ends = page_background(package.xml(package.main), styles.settings, styles.theme), found.section_ends
    return Objects(
        pictures=tuple(picture for mark in found.drawings for picture in pictures.pictures(mark)),
        tables=tuple(mark.table for mark in found.tables),
        links=tuple(sorted(_links(found, pictures), key=lambda link: link.span.start)),
        pages=tuple(pages(package, found.sections, ends, found.body_end, styles.settings, said.page_count)),
        properties=Properties(
            title=said.title,
            language=styles.language or said.language,
            hyphenation=styles.settings.hyphenation,
            background=background.color,
            background_picture=background.picture,
            contents=found.contents,
            page_count=said.page_count,
        ),
    )


def _links(found: Gathered, pictures: Pictures) -> Iterator[Link]:
    for mark in found.links:
        yield Link(mark.span, _target(mark, pictures), mark.kind)
    for drawing in found.drawings:
        for frame in drawing.element:
            click = frame.find(f"{_WP}docPr/{_A}hlinkClick")
            target = None if click is None else pictures.target(drawing.story.part, click.get(f"{R}id"))[0]
            if target:
                yield Link(Span(drawing.position, drawing.position), target)


def _target(mark: LinkMark, pictures: Pictures) -> str:
    if mark.element is None:
        return mark.target
    address = pictures.target(mark.story.part, mark.element.get(f"{R}id"))[0]
    anchor = mark.element.get(f"{W}anchor")
    return f"{address}#{anchor}" if anchor else address
