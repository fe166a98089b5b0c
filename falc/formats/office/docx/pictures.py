"""Say what a drawing of a Word file is: a picture, a chart, a drawing, a watermark."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from falc.formats.office.docx.properties import number, points
from falc.formats.office.docx.story import DrawingMark
from falc.formats.office.package import Package, R, W
from falc.formats.office.pictures import NAMES, Media
from falc.model import FalcError, Span
from falc.objects import Picture

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
_EMU = 12_700  # to a point
_INLINE_WRAPS = frozenset({f"{_WP}wrapTopAndBottom"})
# Word gives these names to the watermarks that it makes.
_WATERMARK = re.compile(r"PowerPlusWaterMarkObject|WordPictureWatermark")
_VML_SHAPES = tuple(_V + name for name in ("shape", "rect", "roundrect", "oval", "line", "polyline", "group", "image"))
_MEDIA = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
}


class Pictures:
    """Makes the pictures of a document from the drawings that its walk met."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._links: dict[str, dict[str, tuple[str, bool]]] = {}
        self._media: dict[str, Media] = {}
        self._counts: Counter[str] = Counter()

    def target(self, part: str, identifier: str | None) -> tuple[str, bool]:
        """Return what a relationship of a part points to, and whether it is outside of the file."""
        if part not in self._links:
            self._links[part] = {link.id: (link.target, link.external) for link in self._package.relationships(part)}
        return self._links[part].get(identifier or "", ("", False))

    def media(self, part: str, identifier: str | None) -> Media:
        """Return what the bytes of a related part tell; nothing outside of the file is ever read."""
        target, external = self.target(part, identifier)
        name = None if external else self._package.find(target)
        if name is None:
            return Media(_MEDIA.get(posixpath.splitext(target)[1][1:].lower()))
        if name not in self._media:
            self._media[name] = self._read(name)
        return self._media[name]

    def _read(self, name: str) -> Media:
        declared = self._package.content_type(name)
        kind = declared if declared.startswith("image/") else _MEDIA.get(posixpath.splitext(name)[1][1:].lower())
        try:
            data = self._package.read(name)
        except FalcError:  # the text of the letter can be checked without its pictures
            return Media(kind)
        return Media.of(data, kind)

    def pictures(self, mark: DrawingMark) -> Iterator[Picture]:
        """Yield the pictures of one drawing: a text box is none."""
        if mark.element.tag == f"{W}drawing":
            yield from (self._drawn(mark, frame) for frame in mark.element if _is_picture(frame))
        else:
            yield from (self._vml(mark, shape) for shape in mark.element.iterchildren(*_VML_SHAPES) if _is_vml(shape))

    def _drawn(self, mark: DrawingMark, frame: etree._Element) -> Picture:
        about, extent = frame.find(f"{_WP}docPr"), frame.find(f"{_WP}extent")
        decorative = about is not None and any(e.get("val") in ("1", "true") for e in about.iter(_DECORATIVE))
        blip, chart = _own(frame, f"{_A}blip"), _own(frame, _CHART)
        kind = "chart" if chart is not None else "picture" if blip is not None else "drawing"
        if about is not None and _WATERMARK.search(about.get("name") or ""):
            kind = "watermark"
        source = blip if blip is not None else chart
        identifier = (
            None if source is None else source.get(f"{R}embed") or source.get(f"{R}id") or source.get(f"{R}link")
        )
        wraps = {child.tag for child in frame if str(child.tag).startswith(f"{_WP}wrap")}
        return self._picture(
            mark,
            kind,
            "" if decorative else _words(None if about is None else about.get("descr")),
            Media() if identifier is None else self.media(mark.story.part, identifier),
            _size(frame, blip, (_emu(extent, "cx"), _emu(extent, "cy"))),
            behind=frame.get("behindDoc", "0") in ("1", "true", "on"),
            floating=frame.tag == f"{_WP}anchor" and not wraps & _INLINE_WRAPS,
        )

    def _vml(self, mark: DrawingMark, shape: etree._Element) -> Picture:
        style = dict(_declarations(shape.get("style") or ""))
        image = _own(shape, f"{_V}imagedata")
        name = f"{shape.get('id') or ''} {shape.get(f'{_O}spid') or ''}"
        in_header = mark.story.flow != "corps" and next(shape.iter(f"{_V}textpath"), None) is not None
        kind = "watermark" if _WATERMARK.search(name) or in_header else "drawing" if image is None else "picture"
        placed = style.get("position") == "absolute"
        identifier = None if image is None else image.get(f"{R}id")
        wrap = next((e.get("type") for e in shape if e.tag == "{urn:schemas-microsoft-com:office:word}wrap"), None)
        return self._picture(
            mark,
            kind,
            _words(shape.get("alt")),
            Media() if identifier is None else self.media(mark.story.part, identifier),
            (points(style.get("width")), points(style.get("height"))),
            behind=(number(style.get("z-index")) or 0) < 0,
            floating=placed and wrap != "topAndBottom",
        )

    def _picture(
        self,
        mark: DrawingMark,
        kind: str,
        alt: str | None,
        media: Media,
        size: tuple[float | None, float | None],
        *,
        behind: bool,
        floating: bool,
    ) -> Picture:
        self._counts[kind] += 1
        return Picture(
            span=Span(mark.position, mark.position),
            place=f"{NAMES[kind]} {self._counts[kind]}",
            kind=kind,  # type: ignore[arg-type]
            alt=alt,
            decorative=alt == "",
            media=media.type,
            digest=media.digest,
            width=size[0],
            height=size[1],
            behind_text=behind or kind == "watermark",
            floating=floating,
            animated=media.animated,
            story=mark.story.flow,
            alone=mark.alone,
            caption=mark.caption,
        )


def _words(alt: str | None) -> str | None:
    return (alt or "").strip() or None


def _own(drawing: etree._Element, *tags: str) -> etree._Element | None:
    """Return the first of these elements that is not in a text box of the drawing."""
    for element in drawing.iter(*tags):
        if all(around.tag != f"{W}txbxContent" for around in _between(element, drawing)):
            return element
    return None


def _between(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    for around in element.iterancestors():
        if around is top:
            return
        yield around


def _has_words(element: etree._Element) -> bool:
    return any((text.text or "").strip() for text in element.iter(f"{W}t"))


def _is_picture(frame: etree._Element) -> bool:
    """Is a drawing more than a text box?"""
    about = frame.find(f"{_WP}docPr")
    if about is not None and about.get("hidden", "0") in ("1", "true", "on"):
        return False
    if frame.tag not in (f"{_WP}inline", f"{_WP}anchor"):
        return False
    if about is not None and _WATERMARK.search(about.get("name") or ""):
        return True
    if _own(frame, f"{_A}blip", _CHART, _DIAGRAM) is not None:
        return True
    return not _has_words(frame) and next(frame.iter(f"{W}drawing", f"{W}pict"), None) is None


def _is_vml(shape: etree._Element) -> bool:
    """Is a shape a picture?  A line across the page (`o:hr`) is punctuation, and a text box is text."""
    if shape.get(f"{_O}hr", "f") in ("t", "true"):
        return False
    if _own(shape, f"{_V}imagedata") is not None:
        return True
    return not _has_words(shape) and next(shape.iter(f"{W}drawing", f"{W}pict"), None) is None


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _emu(extent: etree._Element | None, name: str) -> float | None:
    size = None if extent is None else number(extent.get(name))
    return None if size is None else size / _EMU


def _size(
    frame: etree._Element, blip: etree._Element | None, whole: tuple[float | None, float | None]
) -> tuple[float | None, float | None]:
    """Return the size of a picture: in a group, its own one, which each group around it stretches or shrinks."""
    around = [] if blip is None else list(_between(blip, frame))
    groups = [properties for e in around if (properties := e.find(f"{_WPG}grpSpPr")) is not None]
    if not groups:
        return whole
    own = next((ext for e in around for ext in e.findall(f"*/{_A}xfrm/{_A}ext")), None)
    sizes = []
    for name, most in zip(("cx", "cy"), whole, strict=True):
        size = _emu(own, name)
        for group in groups:
            outer, inner = (_emu(group.find(f"{_A}xfrm/{_A}{tag}"), name) for tag in ("ext", "chExt"))
            size = size * outer / inner if size and outer and inner else None
        sizes.append(size if size is None or most is None else min(size, most))
    return sizes[0], sizes[1]
