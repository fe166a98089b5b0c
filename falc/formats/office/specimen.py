"""Small Office files made from a few lines of XML: the examples of layout rules, and tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from falc.formats.office.odt.specimen import IMAGES, grey_pixel, odt_specimen

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "dc": "http://purl.org/dc/elements/1.1/",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
_XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = _NAMESPACES["r"]
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_APP = "/extended-properties"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# Name of a part -> its root element.
_ROOTS = {
    "styles": "w:styles",
    "settings": "w:settings",
    "numbering": "w:numbering",
    "footnotes": "w:footnotes",
    "endnotes": "w:endnotes",
    "header": "w:hdr",
    "footer": "w:ftr",
    "theme": "a:theme",
}


def docx_specimen(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a Word file whose body holds the XML `body`; `parts` is the XML inside other parts.

    The parts are styles, settings, numbering, footnotes, endnotes, theme, core and app (the properties of the file),
    and header and footer, which every section shows.  Three different pictures have the relationship identifiers image1
    to image3, in the body, the header and the footer; « site » links the body to a web site.
    """
    parts = parts or {}
    edges = "".join(f'<w:{e}Reference w:type="default" r:id="{e}"/>' for e in ("header", "footer") if e in parts)
    if edges:
        if "<w:sectPr" not in body:
            body += "<w:sectPr></w:sectPr>"
        body = body.replace("<w:sectPr/>", "<w:sectPr></w:sectPr>").replace("<w:sectPr>", f"<w:sectPr>{edges}")
    links = [(name, f"{_OFFICE}/{name}", f"{name}.xml") for name in parts if name in _ROOTS]
    images = "".join(_link(name, f"{_OFFICE}/image", f"media/{name}.png") for name in IMAGES)
    site = _link("site", f"{_OFFICE}/hyperlink", "https://www.exemple.fr/").replace("/>", ' TargetMode="External"/>')
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:

        def write(name: str, text: str) -> None:
            # A fixed date: the same specimen has the same bytes.
            file.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), f'<?xml version="1.0"?>{text}')

        overrides = [("document", "document.main")] + [(n, n) for n in parts if n in _ROOTS and n != "theme"]
        write(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + "".join(f'<Override PartName="/word/{n}.xml" ContentType="{_WORD}.{kind}+xml"/>' for n, kind in overrides)
            + "</Types>",
        )
        core = _link("core", _CORE, "docProps/core.xml") if "core" in parts else ""
        core += _link("app", f"{_OFFICE}/extended-properties", "docProps/app.xml") if "app" in parts else ""
        main = _link("main", f"{_OFFICE}/officeDocument", "word/document.xml")
        write("_rels/.rels", f'<Relationships xmlns="{_RELATIONSHIPS}">{main}{core}</Relationships>')
        write("word/document.xml", f"<w:document {_XMLNS}><w:body>{body}</w:body></w:document>")
        write(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_RELATIONSHIPS}">{"".join(_link(*link) for link in links)}{images}{site}'
            "</Relationships>",
        )
        for name, text in parts.items():
            if name in _ROOTS:
                write(f"word/{name}.xml", f"<{_ROOTS[name]} {_XMLNS}>{text}</{_ROOTS[name]}>")
                if name in ("header", "footer"):
                    write(
                        f"word/_rels/{name}.xml.rels",
                        f'<Relationships xmlns="{_RELATIONSHIPS}">{images}</Relationships>',
                    )
            elif name == "app":
                write(
                    "docProps/app.xml",
                    f'<Properties xmlns="{_OFFICE.replace("/relationships", _APP)}">{text}</Properties>',
                )
            elif name == "core":
                write(
                    "docProps/core.xml",
                    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
                    f'core-properties" {_XMLNS}>{text}</cp:coreProperties>',
                )
        for shade, name in enumerate(IMAGES):
            file.writestr(zipfile.ZipInfo(f"word/media/{name}.png", (2026, 1, 1, 0, 0, 0)), grey_pixel(shade))
    return stream.getvalue()


def _link(identifier: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"/>'


SPECIMENS = {"docx": docx_specimen, "odt": odt_specimen}
