"""Small OpenDocument texts made from a few lines of XML: the examples of layout rules, and tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from falc.formats.office.png import one_pixel

__all__ = ["IMAGES", "flat_specimen", "grey_pixel", "odt_specimen"]

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {
    "office": f"{_ODF}:office:1.0",
    "text": f"{_ODF}:text:1.0",
    "table": f"{_ODF}:table:1.0",
    "style": f"{_ODF}:style:1.0",
    "draw": f"{_ODF}:drawing:1.0",
    "meta": f"{_ODF}:meta:1.0",
    "number": f"{_ODF}:datastyle:1.0",
    "chart": f"{_ODF}:chart:1.0",
    "form": f"{_ODF}:form:1.0",
    "manifest": f"{_ODF}:manifest:1.0",
    "fo": f"{_ODF}:xsl-fo-compatible:1.0",
    "svg": f"{_ODF}:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "math": "http://www.w3.org/1998/Math/MathML",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
}
_XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_TYPE = "application/vnd.oasis.opendocument.text"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_VERSION = 'office:version="1.3"'
_DATE = (2026, 1, 1, 0, 0, 0)  # the same specimen has the same bytes
IMAGES = ("image1", "image2", "image3")


def odt_specimen(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return an OpenDocument text whose `office:text` holds the XML `body`.

    `parts` is the XML inside other parts: styles (shared styles), automatic (automatic styles of the body), page
    (automatic styles and page layouts of the pages), master (master pages), fonts and meta.  Three different pictures
    are Pictures/image1.png to Pictures/image3.png.
    """
    given = {name: (parts or {}).get(name, "") for name in ("styles", "automatic", "page", "master", "fonts", "meta")}
    fonts = f"<office:font-face-decls>{given['fonts']}</office:font-face-decls>"
    files = {
        "content.xml": f"<office:document-content {_XMLNS} {_VERSION}>{fonts}"
        f"<office:automatic-styles>{given['automatic']}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_XMLNS} {_VERSION}>{fonts}"
        f"<office:styles>{given['styles']}</office:styles>"
        f"<office:automatic-styles>{given['page']}</office:automatic-styles>"
        f"<office:master-styles>{given['master']}</office:master-styles></office:document-styles>",
        "meta.xml": f"<office:document-meta {_XMLNS} {_VERSION}>"
        f"<office:meta>{given['meta']}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": _manifest(),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("mimetype", _DATE), _TYPE, zipfile.ZIP_STORED)
        for shade, name in enumerate(IMAGES):
            file.writestr(zipfile.ZipInfo(f"Pictures/{name}.png", _DATE), grey_pixel(shade), zipfile.ZIP_DEFLATED)
        for name, text in files.items():
            file.writestr(zipfile.ZipInfo(name, _DATE), _HEAD + text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def flat_specimen(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return the same text as one XML file, without pictures; page styles and automatic styles are together."""
    given = {name: (parts or {}).get(name, "") for name in ("styles", "automatic", "page", "master", "fonts", "meta")}
    return (
        f'{_HEAD}<office:document {_XMLNS} {_VERSION} office:mimetype="{_TYPE}">'
        f"<office:meta>{given['meta']}</office:meta>"
        f"<office:font-face-decls>{given['fonts']}</office:font-face-decls>"
        f"<office:styles>{given['styles']}</office:styles>"
        f"<office:automatic-styles>{given['automatic']}{given['page']}</office:automatic-styles>"
        f"<office:master-styles>{given['master']}</office:master-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def _manifest() -> str:
    files = {"/": _TYPE, "content.xml": "text/xml", "styles.xml": "text/xml", "meta.xml": "text/xml"}
    files |= {f"Pictures/{name}.png": "image/png" for name in IMAGES}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in files.items()
    )
    return f'<manifest:manifest {_XMLNS} manifest:version="1.3">{entries}</manifest:manifest>'


def grey_pixel(shade: int) -> bytes:
    """Return a picture of one grey pixel, another one for each shade."""
    return one_pixel(100 + shade)
