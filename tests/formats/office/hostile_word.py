"""Hostile Word files: too deep, too many, round in circles, absurd."""

from __future__ import annotations

from .build import NAMESPACES, OFFICE, TYPES, cell, char, docx, drawing_box, paragraph, root, run, style
from .hostile import PACKAGE, body, changed, hostile, many, nested, part, with_entries

R = "<w:r><w:t>mot </w:t></w:r>"
ALTERNATIVE = '<mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback>'
IN_FIELD = char("begin") + "<w:r><w:instrText>IF 1 = 1</w:instrText></w:r>" + char("separate")

body("word-tables-in-tables.docx", lambda: nested("<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>", 2_000))
body("word-tables-75-deep.docx", lambda: nested("<w:tbl><w:tr><w:tc>", f"{paragraph('a')}</w:tc></w:tr></w:tbl>", 75))
body("word-insertions-in-insertions.docx", lambda: paragraph(nested("<w:ins>", "</w:ins>", 2_000, R)))
body("word-insertions-200-deep.docx", lambda: paragraph(nested("<w:ins>", "</w:ins>", 200, R)))
body("word-controls-in-controls.docx", lambda: nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 120, R))
body("word-groups-in-groups.docx", lambda: paragraph(nested("<w:pict><v:group>", "</v:group></w:pict>", 110)))
body("word-5000-nested-fields.docx", lambda: paragraph(IN_FIELD * 5_000 + R + char("end") * 5_000))
body("word-100000-fields-never-closed.docx", lambda: paragraph(char("begin") * 100_000 + R))
body("word-100000-ends-of-fields.docx", lambda: paragraph(R + char("end") * 100_000))
body(
    "word-alternatives.docx",
    lambda: paragraph(f"<w:r>{nested(ALTERNATIVE, '</mc:Fallback></mc:AlternateContent>', 110, '<w:t>a</w:t>')}</w:r>"),
)
body("word-200000-runs.docx", lambda: paragraph(R * 200_000))
body("word-400000-sentences.docx", lambda: paragraph("Bon. " * 390_000))
body("word-one-letter-a-million-times.docx", lambda: paragraph("a" * 1_000_000))
body("word-three-million-letters.docx", lambda: paragraph("Bonjour. " * 340_000))
body("word-100000-cells.docx", lambda: f"<w:tbl><w:tr>{cell(paragraph('a')) * 100_000}</w:tr></w:tbl>")
body("word-90000-paragraphs.docx", lambda: paragraph("a") * 90_000)
body("word-200000-paragraphs.docx", lambda: paragraph("a") * 200_000)
body("word-100000-bookmarks.docx", lambda: paragraph(many('<w:bookmarkStart w:id="{0}" w:name="s{0}"/>', 100_000) + R))
body("word-30000-comments-never-closed.docx", lambda: paragraph(many('<w:commentRangeStart w:id="{}"/>', 30_000) + R))
body("word-20000-drawings.docx", lambda: paragraph("<w:r><w:drawing/></w:r>" * 20_000, R))
body("word-10000-boxes.docx", lambda: paragraph(drawing_box(paragraph("a")) * 10_000))
body("word-20000-links.docx", lambda: paragraph(f'<w:hyperlink r:id="a">{R}</w:hyperlink>' * 20_000))
body("word-20000-notes.docx", lambda: paragraph(many('<w:r><w:footnoteReference w:id="{}"/></w:r>', 20_000) + R))
body("word-20000-sections.docx", lambda: paragraph("a", properties="<w:sectPr/>") * 20_000)


def box(inside: str) -> str:
    return f"<w:r><w:pict><v:textbox><w:txbxContent><w:p>{inside}</w:p></w:txbxContent></v:textbox></w:pict></w:r>"


@hostile("word-boxes-in-boxes.docx")
def _() -> bytes:
    inside = R
    for _level in range(40):
        inside = box(inside)
    return docx(f"<w:p>{inside}</w:p>")


@hostile("word-colossal-numbers.docx")
def _() -> bytes:
    """Numbers that no computer holds, in the attributes that falc reads."""
    big = "9" * 40
    look = f'<w:sz w:val="{big}"/><w:spacing w:val="-{big}"/><w:w w:val="{big}"/><w:color w:val="{big}"/>'
    lines = f'<w:spacing w:line="{big}" w:before="{big}"/><w:ind w:left="-{big}"/><w:outlineLvl w:val="{big}"/>'
    numbers = f'<w:numPr><w:ilvl w:val="{big}"/><w:numId w:val="{big}"/></w:numPr>'
    size = f'<w:pgSz w:w="{big}" w:h="-{big}"/><w:cols w:num="{big}"/><w:pgMar w:top="{"1" * 5000}"/>'
    section = f"<w:sectPr>{size}</w:sectPr>"
    spans = f'<w:tcPr><w:gridSpan w:val="{big}"/><w:vMerge w:val="x"/></w:tcPr>'
    cells = f"<w:tbl><w:tr><w:trPr><w:gridBefore w:val='{big}'/></w:trPr>{cell(spans, paragraph('a'))}</w:tr></w:tbl>"
    return docx(paragraph(run("a", look), properties=lines + numbers) + cells + section, style("a", "b", look))


def in_list(number: object, level: object = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def numbering(definitions: str) -> str:
    return root("w:numbering", f'{definitions}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>')


@hostile("word-not-numbers.docx")
def _() -> bytes:
    """Infinity, nothing, words and Arabic digits where numbers belong."""
    values = ("inf", "nan", "1e999", "", "-", "0x10", "٣", "²", "1_000", " 12 ", "12pt", "-0", "½")
    return docx(
        "".join(
            paragraph(
                run("a", f'<w:sz w:val="{v}"/><w:w w:val="{v}"/><w:spacing w:val="{v}"/>'),
                f'<w:r><w:footnoteReference w:id="{v}"/></w:r><w:commentRangeStart w:id="{v}"/>',
                properties=f'<w:spacing w:line="{v}"/><w:outlineLvl w:val="{v}"/>{in_list(v)}',
            )
            + f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{v}"/></w:tcPr>{paragraph("a")}</w:tc></w:tr></w:tbl>'
            for v in values
        )
    )


@hostile("word-wide-spans.docx")
def _() -> bytes:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{paragraph("a")}</w:tc>'
    negative = wide.replace("1000000000", "-1000000000")
    return docx(f"<w:tbl><w:tr>{wide}{negative}</w:tr><w:tr>{wide * 3}</w:tr></w:tbl>")


@hostile("word-styles-in-a-circle.docx")
def _() -> bytes:
    circle = [style(f"s{n}", f"S{n}", f'<w:basedOn w:val="s{(n + 1) % 50}"/>') for n in range(50)]
    own = style("moi", "Moi", '<w:basedOn w:val="moi"/><w:link w:val="moi"/>')
    texts = paragraph("a", properties='<w:pStyle w:val="s7"/>') + paragraph("b", properties='<w:pStyle w:val="moi"/>')
    return docx(texts, "".join(circle) + own)


@hostile("word-10000-styles-in-a-chain.docx")
def _() -> bytes:
    chain = many(
        '<w:style w:type="paragraph" w:styleId="s{0}"><w:name w:val="s{0}"/><w:basedOn w:val="S"/></w:style>', 10_000
    )
    for_each = chain.replace('w:val="S"', 'w:val="s%d"')
    styles = for_each % tuple(range(1, 10_001))
    return docx("".join(paragraph("a", properties=f'<w:pStyle w:val="s{n}"/>') for n in range(0, 10_000, 10)), styles)


@hostile("word-numbering-in-a-circle.docx")
def _() -> bytes:
    """Lists whose definition is that of a style, whose list is the first one."""
    looped = style("L", "L", f"<w:pPr>{in_list(1)}</w:pPr>", kind="numbering")
    lists = '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/><w:numStyleLink w:val="L"/></w:abstractNum>'
    return docx(paragraph("a", properties=in_list(1)) * 3, looped, numbering=numbering(lists))


@hostile("word-counting-to-a-billion.docx")
def _() -> bytes:
    """Lists that begin at a billion and count in Roman numerals and in letters."""
    text = "%1" * 2_000
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="999999999"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, kind in enumerate(("upperRoman", "lowerLetter", "cardinalText", "chicago"))
    )
    items = "".join(paragraph("a", properties=in_list(1, n)) for n in range(4))
    lists = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
    return docx(items, numbering=numbering(lists))


def related(*links: tuple[str, str], mode: str = "Internal") -> dict[str, str | bytes | None]:
    written = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for n, (kind, target) in enumerate(links)
    )
    rels = part("word/_rels/document.xml.rels").replace("</Relationships>", f"{written}</Relationships>")
    return {"word/_rels/document.xml.rels": rels}


@hostile("word-linked-to-itself.docx")
def _() -> bytes:
    """The main part is its own header, notes, styles and settings."""
    kinds = ("header", "footer", "footnotes", "endnotes", "styles", "settings", "numbering", "theme", "comments")
    document = part("word/document.xml").replace(
        "</w:body>", '<w:sectPr><w:headerReference r:id="r0"/><w:footerReference r:id="r1"/></w:sectPr></w:body>'
    )
    return changed(related(*((kind, "document.xml") for kind in kinds)) | {"word/document.xml": document})


@hostile("word-linked-elsewhere.docx")
def _() -> bytes:
    """Files of another computer, of this one, and of the network."""
    targets = (
        "\\\\serveur\\partage\\a",
        "file:///etc/passwd",
        "http://127.0.0.1:9/a",
        "//serveur/a",
        "../../../etc/passwd",
    )
    kinds = ("attachedTemplate", "image", "oleObject", "header", "styles", "footnotes", "comments", "aFChunk")
    document = part("word/document.xml").replace("</w:body>", '<w:altChunk r:id="r0"/></w:body>')
    outside = related(*((kind, target) for kind in kinds for target in targets), mode="External")
    inside = related(*((kind, target) for kind in kinds for target in targets))
    both = str(outside["word/_rels/document.xml.rels"]).replace(
        "</Relationships>", str(inside["word/_rels/document.xml.rels"]).split(">", 1)[1].replace('Id="r', 'Id="i')
    )
    return changed({"word/_rels/document.xml.rels": both, "word/document.xml": document})


@hostile("word-50000-relationships.docx")
def _() -> bytes:
    links = related(*(("hyperlink", f"http://127.0.0.1:9/{n}") for n in range(50_000)), mode="External")
    shown = many('<w:hyperlink r:id="r{}">' + R + "</w:hyperlink>", 5_000)
    document = root("w:document", f"<w:body><w:p>{shown}</w:p></w:body>")
    return changed(links | {"word/document.xml": document})


@hostile("word-100000-comments.docx")
def _() -> bytes:
    comment = '<w:comment w:id="{0}" w:author="A"><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:comment>'
    return docx(paragraph("Bonjour"), comments=root("w:comments", many(comment, 100_000)))


@hostile("word-comment-number-too-big.docx")
def _() -> bytes:
    """The next number has five thousand digits."""
    return docx(paragraph("a"), comments=root("w:comments", f'<w:comment w:id="{"9" * 5_000}"/><w:comment w:id="²"/>'))


@hostile("word-dates-out-of-range.docx")
def _() -> bytes:
    date = '<w:ins w:id="1" w:author="A" w:date="99999-99-99T99:99:99Z"><w:r><w:t>a</w:t></w:r></w:ins>'
    core = "<a xmlns:d='http://purl.org/dc/terms/'><d:created>0000-00-00</d:created></a>"
    return with_entries(docx(paragraph(date, R)), ("docProps/core.xml", core.encode()))


@hostile("word-wrong-types.docx")
def _() -> bytes:
    """Every part says that it is a picture."""
    types = f"<Types xmlns='{PACKAGE}/content-types'><Default Extension='xml' ContentType='image/png'/></Types>"
    return changed({"[Content_Types].xml": types})


@hostile("word-no-types.docx")
def _() -> bytes:
    return changed({"[Content_Types].xml": None})


@hostile("word-no-relationships.docx")
def _() -> bytes:
    return changed({"_rels/.rels": None, "word/_rels/document.xml.rels": None})


@hostile("word-no-main-part.docx")
def _() -> bytes:
    return changed({"word/document.xml": None})


@hostile("word-no-body.docx")
def _() -> bytes:
    return changed({"word/document.xml": f"<w:document {NAMESPACES}/>"})


@hostile("word-parts-that-are-missing.docx")
def _() -> bytes:
    """Relationships to parts that are not there, and references to notes that do not exist."""
    kinds = ("header", "footer", "footnotes", "endnotes", "styles", "settings", "numbering", "theme", "comments")
    references = '<w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:drawing/></w:r><w:sdt/><w:hyperlink r:id="zzz"/>'
    document = part("word/document.xml").replace("</w:p>", f"{references}</w:p>")
    return changed(related(*((kind, f"{kind}.xml") for kind in kinds)) | {"word/document.xml": document})


@hostile("word-parts-of-another-kind.docx")
def _() -> bytes:
    """Styles, settings, numbering and notes whose roots are something else."""
    return docx(paragraph("a"), styles="", settings="<a/>", numbering="<b/>", footnotes="<c/>", theme="<d/>")


@hostile("word-everything-in-the-wrong-place.docx")
def _() -> bytes:
    """Cells outside of tables, runs outside of paragraphs, paragraphs in runs, properties everywhere."""
    tags = (
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "sdt",
        "fldSimple",
        "hyperlink",
        "ins",
        "del",
        "txbxContent",
        "ruby",
        "rPr",
    )
    inside = "".join(f"<w:{a}><w:{b}><w:{c}>a</w:{c}></w:{b}></w:{a}>" for a in tags for b in tags for c in tags)
    return docx(inside)


@hostile("word-macros.docm")
def _() -> bytes:
    """Macros, which nothing may run."""
    links = related(("vbaProject", "vbaProject.bin"))
    types = part("[Content_Types].xml").replace(
        TYPES["document"], "application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    return changed(links | {"[Content_Types].xml": types, "word/vbaProject.bin": bytes(range(256)) * 100})
