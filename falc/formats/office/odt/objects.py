"""What an OpenDocument text holds besides its text: pictures, tables, links, pages, properties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from falc.formats.office.odt.package import DC, DRAW, LOEXT, META, OFFICE, SVG, TEXT, XLINK, OdtFile
from falc.formats.office.odt.pages import PageStyles
from falc.formats.office.odt.properties import length, number
from falc.formats.office.odt.story import DrawingMark, Gathered
from falc.formats.office.pictures import NAMES, Media
from falc.look import ParagraphFormat, TextFormat
from falc.model import FalcError, Span
from falc.objects import Link, Objects, Picture, Properties

__all__ = ["objects_of", "page_count"]

_IN_LINE = "as-char"
_NO_WRAP = "none"
# How the bytes of a picture start -> its media type.
_SIGNATURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\x01\0\0\0", "image/x-emf"),
    (b"\xd7\xcd\xc6\x9a", "image/x-wmf"),
)


def page_count(file: OdtFile) -> int | None:
    """Return how many pages there were when the file was saved."""
    statistic = None if file.meta is None else file.meta.find(f"{OFFICE}meta/{META}document-statistic")
    return None if statistic is None else number(statistic.get(f"{META}page-count")) or None


def objects_of(
    file: OdtFile,
    found: Gathered,
    pages: PageStyles,
    starts: Sequence[tuple[int, str]],
    body_end: int,
    default: tuple[ParagraphFormat, TextFormat],
) -> Objects:
    """Return the objects of a text that was walked to its end; `default` is the look of its plainest paragraphs."""
    pictures = Pictures(file)
    background, behind = pages.background(starts[0][1] if starts else None)
    meta = None if file.meta is None else file.meta.find(f"{OFFICE}meta")
    language = "" if meta is None else (meta.findtext(f"{DC}language") or "").strip()
    return Objects(
        pictures=tuple(pictures.picture(mark) for mark in found.drawings),
        tables=tuple(mark.table for mark in found.tables),
        links=tuple(
            Link(mark.span, mark.target, mark.kind, mark.label)
            for mark in sorted(found.links, key=lambda link: link.span.start)
        ),
        pages=tuple(pages.pages(starts, body_end)),
        properties=Properties(
            title=None if meta is None else (meta.findtext(f"{DC}title") or "").strip(),
            language=default[1].language or language or None,
            hyphenation=default[0].hyphenate,
            background=background,
            background_picture=behind,
            contents=found.contents,
            page_count=page_count(file),
        ),
    )


class Pictures:
    """Makes the pictures of a text from the drawings that its walk met."""

    def __init__(self, file: OdtFile) -> None:
        self._file = file
        self._known: dict[str, Media] = {}
        self._counts: Counter[str] = Counter()

    def picture(self, mark: DrawingMark) -> Picture:
        """Return what a drawing is."""
        self._counts[mark.kind] += 1
        element, area = mark.element, mark.area
        holder = element if mark.group is None else mark.group
        media = self._media(mark)
        decorative = area.get("decorative") is True or any(
            e.get(f"{space}decorative") == "true" for space in (DRAW, LOEXT) for e in (element, holder)
        )
        wrap, anchor = area.get("wrap"), holder.get(f"{TEXT}anchor-type")
        return Picture(
            span=Span(mark.position, mark.position),
            place=f"{NAMES[mark.kind]} {self._counts[mark.kind]}",
            kind=mark.kind,
            alt="" if decorative else _words(element) or _words(holder),
            decorative=decorative,
            media=media.type,
            digest=media.digest,
            width=length(element.get(f"{SVG}width")),
            height=length(element.get(f"{SVG}height")),
            behind_text=mark.kind == "watermark" or (wrap == "run-through" and area.get("run_through") == "background"),
            floating=anchor not in (None, _IN_LINE) and wrap != _NO_WRAP,
            animated=media.animated,
            story=mark.story.flow,
            alone=mark.alone,
            caption=mark.caption,
        )

    def _media(self, mark: DrawingMark) -> Media:
        content = mark.content
        if content is None:
            return Media()
        stated = content.get(f"{DRAW}mime-type") or content.get(f"{LOEXT}mime-type")
        if mark.kind != "picture":
            return Media(stated)
        key = content.get(f"{XLINK}href") or ""
        found = self._known.get(key) or self._read(content)
        if key:
            self._known[key] = found
        return replace(found, type=stated or found.type)

    def _read(self, content: etree._Element) -> Media:
        try:
            data = self._file.picture(content)
        except FalcError:  # the text of the letter can be checked without its pictures
            data = None
        return Media() if data is None else Media.of(data, _media_type(data))


def _media_type(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if b"<svg" in data[:1_000]:
        return "image/svg+xml"
    return next((media for start, media in _SIGNATURES if data.startswith(start)), None)


def _words(element: etree._Element) -> str | None:
    """Return the alternative text of a drawing: its title and its description."""
    texts = ((element.findtext(f"{SVG}{tag}") or "").strip() for tag in ("title", "desc"))
    return ". ".join(dict.fromkeys(text for text in texts if text)) or None
