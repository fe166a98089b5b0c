"""What an OpenDocument text holds besides its text: pictures, tables, links, pages, properties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from lxml import etree

from falc.formats.office.docx_pictures import is_animated
from falc.formats.office.odt_package import DC, DRAW, LOEXT, META, OFFICE, SVG, TEXT, XLINK, OdtFile
from falc.formats.office.odt_pages import PageStyles
from falc.formats.office.odt_properties import length, number
from falc.formats.office.odt_story import DrawingMark, Gathered, TableMark
from falc.look import ParagraphFormat, TextFormat
from falc.model import FalcError, Span
from falc.objects import Link, Objects, Picture, Properties, Table

__all__ = ["objects_of", "page_count"]

_NAMES = {
    "picture": "image",
    "chart": "graphique",
    "drawing": "dessin",
    "watermark": "filigrane",
    "video": "vidéo",
    "audio": "son",
}
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
        tables=tuple(_table(mark) for mark in found.tables),
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


def _table(mark: TableMark) -> Table:
    # See docx_objects: nothing is drawn and nothing is marked as a head, or it is a frame around a text.
    layout = mark.columns < 2 or (mark.plain and not mark.headers)
    return Table(
        span=Span(mark.start, mark.end),
        place=mark.path,
        rows=mark.rows,
        columns=mark.columns,
        headers=mark.headers,
        merged=mark.merged,
        nested=mark.nested,
        layout=layout,
    )


class Pictures:
    """Makes the pictures of a text from the drawings that its walk met."""

    def __init__(self, file: OdtFile) -> None:
        self._file = file
        self._known: dict[str, tuple[str | None, str | None, bool]] = {}
        self._counts: Counter[str] = Counter()

    def picture(self, mark: DrawingMark) -> Picture:
        """Return what a drawing is."""
        self._counts[mark.kind] += 1
        element, area = mark.element, mark.area
        holder = element if mark.group is None else mark.group
        media, digest, animated = self._media(mark)
        decorative = area.get("decorative") is True or any(
            e.get(f"{space}decorative") == "true" for space in (DRAW, LOEXT) for e in (element, holder)
        )
        wrap, anchor = area.get("wrap"), holder.get(f"{TEXT}anchor-type")
        return Picture(
            span=Span(mark.position, mark.position),
            place=f"{_NAMES[mark.kind]} {self._counts[mark.kind]}",
            kind=mark.kind,
            alt="" if decorative else _words(element) or _words(holder),
            decorative=decorative,
            media=media,
            digest=digest,
            width=length(element.get(f"{SVG}width")),
            height=length(element.get(f"{SVG}height")),
            behind_text=mark.kind == "watermark" or (wrap == "run-through" and area.get("run_through") == "background"),
            floating=anchor not in (None, _IN_LINE) and wrap != _NO_WRAP,
            animated=animated,
            story=mark.story.flow,
            alone=mark.alone,
            caption=mark.caption,
        )

    def _media(self, mark: DrawingMark) -> tuple[str | None, str | None, bool]:
        content = mark.content
        if content is None:
            return None, None, False
        stated = content.get(f"{DRAW}mime-type") or content.get(f"{LOEXT}mime-type")
        if mark.kind != "picture":
            return stated, None, False
        key = content.get(f"{XLINK}href") or ""
        if not key or key not in self._known:
            found = self._read(content)
            if not key:
                return stated or found[0], *found[1:]
            self._known[key] = found
        media, digest, animated = self._known[key]
        return stated or media, digest, animated

    def _read(self, content: etree._Element) -> tuple[str | None, str | None, bool]:
        try:
            data = self._file.picture(content)
        except FalcError:  # the text of the letter can be checked without its pictures
            data = None
        if data is None:
            return None, None, False
        return _media_type(data), sha256(data).hexdigest()[:16], is_animated(data)


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
