"""`fix_layout_docx`: the look changes where it is said, the words stay."""

import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falc.formats.office.docx.layout import fix_layout_docx
from falc.formats.office.docx.text import read_docx
from falc.formats.office.layout import LayoutWants
from falc.look import LineSpacing

from .build import (
    archive,
    cell,
    char,
    docx,
    drawing_box,
    field,
    paragraph,
    run,
    style,
    table,
)
from .layouts import ALL, LONG, changed_parts, fixer, sizes
from .validators import new_faults

JUSTIFIED = '<w:jc w:val="both"/>'


def defaults(run="", paragraph=""):
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def rpr(content):
    return f"<w:rPr>{content}</w:rPr>"


def ppr(content):
    return f"<w:pPr>{content}</w:pPr>"


def size(points):
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def part(data, name):
    return zipfile.ZipFile(BytesIO(data)).read(f"word/{name}.xml").decode()


fix = fixer(read_docx, fix_layout_docx)


def test_nothing_wanted_nothing_changed():
    data = docx(paragraph(run(LONG, "<w:i/>" + size(9)), properties='<w:jc w:val="both"/>'))
    fixed = fix_layout_docx(data, LayoutWants())
    assert fixed.content == data
    assert not fixed.changed


def test_what_is_right_stays_as_it_is():
    body = paragraph(LONG, properties='<w:pStyle w:val="T"/>')
    data = docx(body, defaults(size(14)) + style("T", "Texte", ppr('<w:spacing w:line="360" w:lineRule="auto"/>')))
    assert fix_layout_docx(data, ALL).content == data


# Where 11 points are said -> the styles and the paragraph.
CAUSES = {
    "defaults": (defaults(size(11)), paragraph(LONG)),
    "unstated": (defaults(), paragraph(LONG)),
    "default style": (defaults() + style("N", "Normal", rpr(size(11)), default=True), paragraph(LONG)),
    "parent style": (
        defaults() + style("N", "Normal", rpr(size(11))) + style("T", "Texte", '<w:basedOn w:val="N"/>'),
        paragraph(LONG, properties='<w:pStyle w:val="T"/>'),
    ),
    "character style": (
        defaults(size(14)) + style("C", "Petit", rpr(size(11)), kind="character"),
        paragraph(run(LONG, '<w:rStyle w:val="C"/>')),
    ),
    "direct": (defaults(size(14)), paragraph(run(LONG, size(11)))),
    "no styles": (None, paragraph(run(LONG, size(11)))),
    "table style": (
        defaults(size(14)) + style("G", "Grille", rpr(size(11)), kind="table"),
        table((cell(paragraph(LONG)),), properties='<w:tblStyle w:val="G"/>'),
    ),
    "part of a table style": (
        defaults(size(14))
        + style("G", "Grille", f'<w:tblStylePr w:type="firstRow">{rpr(size(11))}</w:tblStylePr>', kind="table"),
        table((cell(paragraph(LONG)),), properties='<w:tblStyle w:val="G"/><w:tblLook w:val="0020"/>'),
    ),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_small_letters_grow_where_their_size_is_said(cause):
    styles, body = CAUSES[cause]
    before = docx(body, styles)
    after, document, changed = fix(before, LayoutWants(size=14))
    assert sizes(document) == [[14]]
    assert changed == {"size": 1}
    direct = cause in ("direct", "no styles")
    assert changed_parts(before, after) == {"word/document.xml" if direct else "word/styles.xml"}
    assert new_faults(before, after) == {}


def test_direct_size_that_contradicts_its_style_goes_away():
    styles = defaults() + style("N", "Normal", rpr(size(11)), default=True)
    after, document, _ = fix(docx(paragraph(LONG) + paragraph(run(LONG, size(10))), styles), LayoutWants(size=14))
    assert sizes(document) == [[14], [14]]
    assert "w:sz" not in part(after, "document")


def test_complex_scripts_grow_too():
    after, _, _ = fix(docx(paragraph(LONG), defaults(size(11))), LayoutWants(size=14))
    assert 'w:szCs w:val="28"' in part(after, "styles")


def test_a_size_that_libreoffice_writes_twice():
    data = docx(paragraph(run(LONG, '<w:sz w:val="22"/><w:sz w:val="22"/>')), defaults(size(12)))
    _, document, _ = fix(data, LayoutWants(size=14))
    assert sizes(document) == [[14]]


def test_headings_stay_larger_than_the_text():
    styles = defaults(size(11)) + "".join(
        style(f"H{level}", f"heading {level}", rpr(size(points))) for level, points in ((1, 16), (2, 13), (3, 12))
    )
    body = "".join(paragraph("Titre", properties=f'<w:pStyle w:val="H{level}"/>') for level in (1, 2, 3))
    _, document, _ = fix(docx(body + paragraph(LONG), styles), LayoutWants(size=14))
    assert sizes(document) == [[18], [16], [15], [14]]


def test_large_headings_do_not_grow():
    styles = defaults(size(12)) + style("H1", "heading 1", rpr(size(20)))
    body = paragraph("Titre", properties='<w:pStyle w:val="H1"/>') + paragraph(LONG)
    _, document, _ = fix(docx(body, styles), LayoutWants(size=14))
    assert sizes(document) == [[20], [14]]


def test_headings_do_not_shrink_with_the_style_they_are_based_on():
    styles = defaults() + style("N", "Normal", rpr(size(11)), default=True)
    styles += style("H1", "heading 1", '<w:basedOn w:val="N"/>' + rpr("<w:b/>"))
    body = paragraph("Titre", properties='<w:pStyle w:val="H1"/>') + paragraph(LONG)
    _, document, _ = fix(docx(body, styles), LayoutWants(size=14))
    assert sizes(document) == [[14], [14]]


def test_the_end_of_1er_stays_smaller():
    data = docx(paragraph(run("Le 1", size(12)), run("er", size(9)), run(" mars.", size(12))))
    _, document, _ = fix(data, LayoutWants(size=14))
    assert sizes(document) == [[14, 10.5, 14]]


def test_small_letters_of_a_typeface_grow_more():
    data = docx(
        paragraph(
            run(LONG, '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'), run("Ici.", '<w:rFonts w:ascii="Calibri"/>')
        ),
        defaults(size(11)),
    )
    _, document, _ = fix(data, LayoutWants(size=14, sizes={"Arial": 14, "Calibri": 16}))
    assert sizes(document) == [[14, 16]]


def test_styles_that_no_text_uses_stay():
    styles = defaults(size(11)) + style("X", "Inutile", rpr(size(8) + "<w:i/>") + ppr('<w:jc w:val="both"/>'))
    after, _, _ = fix(docx(paragraph(LONG), styles), ALL)
    assert part(after, "styles").count('w:val="16"') == 2
    assert "<w:i/>" in part(after, "styles")


def test_labels_of_lists_grow_with_their_text():
    mark = f'<w:numPr><w:numId w:val="1"/></w:numPr>{rpr(size(11))}'
    after, _, _ = fix(docx(paragraph(run(LONG, size(11)), properties=mark), defaults(size(12))), LayoutWants(size=14))
    assert part(after, "document").count('w:val="28"') == 4


@pytest.mark.parametrize("mark", [rpr(size(11)), JUSTIFIED + rpr(size(11)), JUSTIFIED])
def test_properties_that_say_nothing_any_longer_go_away(mark):
    styles = defaults() + style("N", "Normal", rpr(size(11)), default=True)
    body = paragraph(LONG) + paragraph(run(LONG, size(11)), properties=mark)
    after, document, _ = fix(docx(body, styles), ALL)
    assert sizes(document) == [[14], [14]]
    assert "<w:pPr" not in part(after, "document")


@pytest.mark.parametrize("kind", ["header1", "footer1", "footnotes"])
def test_what_is_not_the_body_grows_too(kind):
    tag = {"header1": "hdr", "footer1": "ftr", "footnotes": "footnotes"}[kind]
    inner = paragraph(run(LONG, size(9)))
    inner = f'<w:footnote w:id="2">{inner}</w:footnote>' if kind == "footnotes" else inner
    namespaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    section = f'<w:sectPr><w:{kind[:-1]}Reference r:id="{kind}"/></w:sectPr>'
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = (
        paragraph(run("Lettre", size(14)), note)
        if kind == "footnotes"
        else paragraph(run("Lettre", size(14))) + section
    )
    data = docx(body, **{kind: f"<w:{tag} {namespaces}>{inner}</w:{tag}>"})
    after, document, _ = fix(data, LayoutWants(size=14))
    assert sizes(document) == [[14], [14]]
    assert changed_parts(data, after) == {f"word/{kind}.xml"}


def test_all_runs_of_a_field_grow_with_its_value():
    small = rpr("<w:i/>" + size(9))
    marks = [char("begin"), "<w:instrText> PAGE </w:instrText>", char("separate"), "<w:t>1</w:t>", char("end")]
    field_runs = "".join(f"<w:r>{small}{re.sub('</?w:r>', '', mark)}</w:r>" for mark in marks)
    data = docx(paragraph(run("Page ", "<w:i/>" + size(9)), field_runs), defaults(size(14)))
    after, document, changed = fix(data, LayoutWants(size=14, upright=True))
    assert {found for line in sizes(document) for found in line} == {14}
    assert changed == {"size": 1, "upright": 1}
    assert 'w:val="18"' not in part(after, "document")
    assert "<w:i/>" not in part(after, "document")


BOXES = {
    "text box": lambda inner: paragraph(run("Lettre"), drawing_box(inner)),
    "cell": lambda inner: table((cell(inner),)),
}


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("sentence", [False, True])
def test_a_box_goes_left_as_a_whole(box, sentence):
    centred = '<w:jc w:val="center"/>'
    inner = paragraph("DATE LIMITE", properties=centred) + paragraph(LONG, properties=centred)
    data = docx(BOXES[box](inner) + paragraph("Ville", properties=centred))
    to_left = (read_docx(data, "-").text.index(LONG),) if sentence else ()
    _, document, changed = fix(data, LayoutWants(left=True, to_left=to_left))
    alignments = {block.text: block.format.alignment for block in document.blocks}
    assert alignments["DATE LIMITE"] == alignments[LONG]
    assert (alignments[LONG] == "center") is not sentence
    assert alignments["Ville"] == "center"
    assert changed == ({"left": 2} if sentence else {})


def test_the_lines_of_all_cells_of_a_table_go_together():
    row = (cell(paragraph("Lundi", properties=SINGLE)), cell(paragraph(LONG, properties=SINGLE)))
    other = table((cell(paragraph("Mardi", properties=SINGLE)),))
    _, document, _ = fix(docx(table(row) + paragraph("Puis") + other, defaults(ARIAL + size(14))), ALL)
    lines = {block.text: block.format.line_spacing.value for block in document.blocks}
    assert lines == {"Lundi": 1.5, LONG: 1.5, "Puis": 1, "Mardi": 1}


WIDTH = '<w:tcW w:w="{}" w:type="dxa"/>'
GRID = '<w:tblGrid><w:gridCol w:w="1200"/><w:gridCol w:w="{}"/></w:tblGrid>'


@pytest.mark.parametrize("said", ["cell", "grid"])
@pytest.mark.parametrize(("width", "grows"), [(1600, False), (2400, True)])
def test_a_table_keeps_small_letters_when_a_word_would_not_fit(said, width, grows):
    properties = WIDTH.format(width) if said == "cell" else ""
    cells = f"<w:tc>{paragraph('Jour')}</w:tc>"
    cells += f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run('Rémun'), run('ération'))}</w:tc>"
    narrow = f"<w:tbl><w:tblPr/>{GRID.format(width)}<w:tr>{cells}</w:tr></w:tbl>"
    _, document, changed = fix(docx(narrow + paragraph(LONG), defaults(size(11))), LayoutWants(size=14))
    assert {found for line in sizes(document)[:-1] for found in line} == {14 if grows else 11}
    assert sizes(document)[-1] == [14]
    assert changed == ({"size": 3} if grows else {"size": 1, "tables": 1})


@pytest.mark.parametrize("grows", [False, True])
def test_a_text_box_of_a_fixed_height_keeps_its_small_letters(grows):
    box = drawing_box(paragraph(LONG))
    if grows:
        box = box.replace("</wps:txbx>", "</wps:txbx><wps:bodyPr><a:spAutoFit/></wps:bodyPr>")
    _, document, changed = fix(docx(paragraph(run(LONG), box), defaults(size(11))), LayoutWants(size=14))
    assert sizes(document) == [[14], [14 if grows else 11]]
    assert changed == ({"size": 2} if grows else {"size": 1, "boxes": 1})


def test_both_copies_of_a_text_box_change():
    box = drawing_box(paragraph(run(LONG, "<w:i/>")))
    after, _, changed = fix(docx(paragraph(box)), LayoutWants(upright=True))
    assert changed == {"upright": 1}
    assert "<w:i/>" not in part(after, "document")


def test_a_row_of_a_fixed_height_keeps_its_small_letters():
    row = (
        '<w:tbl><w:tr><w:trPr><w:trHeight w:val="300" w:hRule="exact"/></w:trPr>'
        + cell(paragraph(LONG))
        + "</w:tr></w:tbl>"
    )
    _, document, changed = fix(docx(row + paragraph(LONG), defaults(size(11))), LayoutWants(size=14))
    assert sizes(document) == [[11], [14]]
    assert changed == {"size": 1, "boxes": 1}


def test_exact_lines_grow_with_their_letters():
    lines = '<w:spacing w:line="260" w:lineRule="exact"/>'
    _, document, _ = fix(docx(paragraph(run(LONG, size(10)), properties=lines)), LayoutWants(size=14))
    assert document.blocks[0].format.line_spacing == LineSpacing(18.2, "points")


ITALICS = {
    "direct": (None, paragraph(run("Important", "<w:i/><w:iCs/>"))),
    "defaults": (defaults("<w:i/>"), paragraph("Important")),
    "style": (style("Q", "Quote", rpr("<w:i/>")), paragraph("Important", properties='<w:pStyle w:val="Q"/>')),
    "styles based on one another": (
        style("A", "A", rpr("<w:i/>")) + style("B", "B", '<w:basedOn w:val="A"/>' + rpr("<w:i/>")),
        paragraph("Important", properties='<w:pStyle w:val="B"/>'),
    ),
    "character style": (
        style("E", "Emphasis", rpr("<w:i/>"), kind="character"),
        paragraph(run("Important", '<w:rStyle w:val="E"/>')),
    ),
    "two styles that put one another out": (
        style("Q", "Quote", rpr("<w:i/>")) + style("E", "Emphasis", rpr("<w:i/>"), kind="character"),
        paragraph(run("Un mot "), run("important", '<w:rStyle w:val="E"/>'), properties='<w:pStyle w:val="Q"/>'),
    ),
    "table style": (
        style("G", "Grille", rpr("<w:i/>"), kind="table"),
        table((cell(paragraph("Important")),), properties='<w:tblStyle w:val="G"/>'),
    ),
    "direct on a style": (
        style("Q", "Quote", rpr("<w:i/>")),
        paragraph(run("Important", "<w:i/>"), properties='<w:pStyle w:val="Q"/>'),
    ),
}


@pytest.mark.parametrize("cause", ITALICS)
def test_no_italics(cause):
    styles, body = ITALICS[cause]
    before = docx(body, styles)
    after, document, changed = fix(before, LayoutWants(upright=True))
    assert not any(run.format.italic for block in document.blocks for run in block.runs)
    assert changed == {"upright": 1}
    assert new_faults(before, after) == {}


def test_words_that_only_italics_stressed_get_nothing_else():
    data = docx(paragraph(run("Un mot "), run("important", "<w:i/>")))
    after, _, _ = fix(data, LayoutWants(upright=True))
    assert "<w:rPr" not in part(after, "document")


ALIGNMENTS = {
    "direct": (None, paragraph(LONG, properties=JUSTIFIED)),
    "defaults": (defaults(paragraph=JUSTIFIED), paragraph(LONG)),
    "style": (style("T", "Texte", ppr(JUSTIFIED)), paragraph(LONG, properties='<w:pStyle w:val="T"/>')),
    "direct on a style": (
        style("T", "Texte", ppr(JUSTIFIED)),
        paragraph(LONG, properties=f'<w:pStyle w:val="T"/>{JUSTIFIED}'),
    ),
    "direct on a centred style": (
        style("T", "Texte", ppr('<w:jc w:val="center"/>')),
        paragraph(LONG, properties=f'<w:pStyle w:val="T"/>{JUSTIFIED}'),
    ),
    "table style": (
        style("G", "Grille", ppr(JUSTIFIED), kind="table"),
        table((cell(paragraph(LONG)),), properties='<w:tblStyle w:val="G"/>'),
    ),
}


@pytest.mark.parametrize("cause", ALIGNMENTS)
def test_no_justified_text(cause):
    styles, body = ALIGNMENTS[cause]
    before = docx(body, styles)
    after, document, changed = fix(before, LayoutWants(left=True))
    assert document.blocks[0].format.alignment in ("left", None)
    assert changed == {"left": 1}
    assert new_faults(before, after) == {}


def test_a_strict_file_says_left_in_its_own_way():
    data = docx(
        paragraph(LONG, properties=JUSTIFIED), style("C", "Normal", ppr('<w:jc w:val="center"/>'), default=True)
    )
    usual = [b"http://schemas.openxmlformats.org/" + kind for kind in (b"wordprocessingml", b"officeDocument")]
    old = zipfile.ZipFile(BytesIO(data))
    parts = {name: old.read(name) for name in old.namelist()}
    for kind in usual:
        strict = kind.replace(b"schemas.openxmlformats.org", b"purl.oclc.org/ooxml")
        parts = {name: content.replace(kind + b"/2006/", strict + b"/") for name, content in parts.items()}
    after, document, _ = fix(archive(parts), LayoutWants(left=True))
    assert document.blocks[0].format.alignment == "left"
    assert 'w:jc w:val="start"' in part(after, "document")


def test_titles_stay_in_the_middle_and_sentences_do_not():
    centred = style("C", "Centré", ppr('<w:jc w:val="center"/>'))
    body = "".join(paragraph(text, properties='<w:pStyle w:val="C"/>') for text in ("Mairie de Lyon", LONG))
    data = docx(body, centred)
    _, document, changed = fix(data, LayoutWants(left=True, to_left=(len("Mairie de Lyon") + 1,)))
    assert [block.format.alignment for block in document.blocks] == ["center", "left"]
    assert changed == {"left": 1}


ARIAL = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'
SINGLE = '<w:spacing w:line="240" w:lineRule="auto"/>'
LINES = {
    "direct": (defaults(ARIAL), paragraph(LONG, properties=SINGLE)),
    "defaults": (defaults(ARIAL, SINGLE), paragraph(LONG)),
    "unstated": (defaults(ARIAL), paragraph(LONG)),
    "style": (
        defaults(ARIAL) + style("T", "Texte", ppr(SINGLE)),
        paragraph(LONG, properties='<w:pStyle w:val="T"/>'),
    ),
    "exact": (
        defaults(ARIAL + size(14)),
        paragraph(LONG, properties='<w:spacing w:line="300" w:lineRule="exact"/>'),
    ),
    "table style": (
        defaults(ARIAL) + style("G", "Grille", ppr(SINGLE), kind="table"),
        table((cell(paragraph(LONG)),), properties='<w:tblStyle w:val="G"/>'),
    ),
}


@pytest.mark.parametrize("cause", LINES)
def test_lines_are_far_enough_from_one_another(cause):
    styles, body = LINES[cause]
    before = docx(body, styles)
    after, document, changed = fix(before, LayoutWants(line_spacing=1.5, line_heights={"Arial": 1.149}))
    assert document.blocks[0].format.line_spacing == LineSpacing(1.5, "lines")
    assert changed == {"lines": 1}
    assert new_faults(before, after) == {}


def test_lines_of_a_typeface_that_is_not_known_stay():
    data = docx(paragraph(LONG, properties=SINGLE), defaults('<w:rFonts w:ascii="Police de la Ville"/>'))
    assert fix_layout_docx(data, LayoutWants(line_spacing=1.5)).content == data


def test_an_address_keeps_its_lines_together():
    body = "".join(paragraph(text, properties=SINGLE) for text in ("Mairie de Lyon", "1 place de la Comédie", LONG))
    _, document, _ = fix(docx(body, defaults(ARIAL)), LayoutWants(line_spacing=1.5, line_heights={"Arial": 1.149}))
    assert [block.format.line_spacing.value for block in document.blocks] == [1, 1, 1.5]


CLOSE = '<w:spacing w:after="0"/>'
SPACES = {
    "direct": (defaults(size(14)), "".join(paragraph(LONG, properties=CLOSE) for _ in range(3))),
    "defaults": (defaults(size(14), CLOSE), paragraph(LONG) * 3),
    "style": (
        defaults(size(14)) + style("T", "Texte", ppr(CLOSE)),
        "".join(paragraph(LONG, properties='<w:pStyle w:val="T"/>') for _ in range(3)),
    ),
    "none between its like": (
        defaults(size(14)) + style("T", "Texte", ppr('<w:spacing w:after="420"/><w:contextualSpacing/>')),
        "".join(paragraph(LONG, properties='<w:pStyle w:val="T"/>') for _ in range(3)),
    ),
    "automatic": (
        defaults(size(14)),
        "".join(paragraph(LONG, properties='<w:spacing w:after="0" w:afterAutospacing="1"/>') for _ in range(3)),
    ),
}


@pytest.mark.parametrize("cause", SPACES)
def test_space_between_paragraphs(cause):
    styles, body = SPACES[cause]
    before = docx(body, styles)
    after, document, changed = fix(before, LayoutWants(space_between=1.5))
    assert [block.format.space_after for block in document.blocks[:2]] == [21, 21]
    assert changed["space"] >= 2
    assert new_faults(before, after) == {}


def test_headers_keep_the_distance_of_their_lines():
    header = f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{paragraph(LONG)}</w:hdr>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    data = docx(paragraph(LONG) * 3 + section, defaults(ARIAL, SINGLE), header1=header)
    _, document, _ = fix(data, LayoutWants(line_spacing=1.5, line_heights={"Arial": 1.149}))
    assert [block.format.line_spacing.value for block in document.blocks] == [1.5, 1.5, 1.5, 1]


def broken(*content, wants=False, **options):
    """Return the lines of a paragraph whose sentences that start with « Venez » go to the next line."""
    data = docx(paragraph(*content, **options))
    after, document, _ = fix(data, LayoutWants(breaks=starts(read_docx(data, "-").text), left=wants))
    assert new_faults(data, after) == {}
    assert fix(after, LayoutWants(breaks=starts(document.text), left=wants))[0] == after
    return document.text.split("\n")


def starts(text):
    return tuple(match.start() for match in re.finditer("Venez", text))


@pytest.mark.parametrize(
    "content",
    [
        ("Bonjour. Venez lundi. Venez mardi.",),
        ("Bonjour.", "  Venez lundi. ", run("Venez mardi.", "<w:b/>")),
        ("Bonjour.", " ", "Venez lundi.", "\u00a0", " ", "Venez mardi."),
        ("Bonjour.Venez lundi.", "Venez mardi."),
        ("Bonjour. ", "<w:hyperlink><w:r><w:t>Venez lundi.</w:t></w:r></w:hyperlink>", " Venez mardi."),
        ("Bonjour. ", field("PAGE", "Venez lundi."), " Venez mardi."),
        ("<w:r><w:t> Bonjour. Venez lundi. </w:t></w:r>", " Venez mardi."),
    ],
)
def test_a_sentence_a_line(content):
    assert broken(*content) == ["Bonjour.", "Venez lundi.", "Venez mardi."]


def held(tag, inner):
    return f"<w:{tag}>{inner}</w:{tag}>"


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ((field("REF x", "Bonjour. Venez lundi."),), {}),
        ((held("hyperlink", run("Bonjour. Venez lundi.")),), {}),
        (('<w:ins w:id="1" w:author="A">' + run("Bonjour. Venez lundi.") + "</w:ins>",), {}),
        (("<w:sdt><w:sdtContent>" + run("Bonjour. Venez lundi.") + "</w:sdtContent></w:sdt>",), {}),
        (("Bonjour.", "<w:r><w:tab/></w:r>", "Venez lundi."), {}),
        (("Bonjour. Venez lundi.",), {"properties": '<w:outlineLvl w:val="0"/>'}),
        (("Bonjour. Venez lundi.",), {"properties": JUSTIFIED}),
        ((drawing_box(paragraph("Bonjour. Venez lundi.")),), {}),
    ],
)
def test_lines_that_stay_as_they_are(content, options):
    data = docx(paragraph(*content, **options))
    at = read_docx(data, "-").text.index("Venez")
    fixed = fix_layout_docx(data, LayoutWants(breaks=(at,)))
    assert fixed.content == data
    assert not fixed.changed


def test_a_justified_paragraph_breaks_once_it_is_no_longer_justified():
    assert broken("Bonjour. Venez lundi.", wants=True, properties=JUSTIFIED) == ["Bonjour.", "Venez lundi."]


def test_the_format_of_words_stays():
    content = paragraph(run("Bonjour. ", "<w:b/>"), run("Venez ", '<w:u w:val="single"/>'), char("begin"), char("end"))
    data = docx(content, defaults(size(14)))
    before = read_docx(data, "-").blocks[0].runs
    _, document, _ = fix(data, LayoutWants(size=14, breaks=(9,)))
    assert [run.format for run in document.blocks[0].runs][:2] == [run.format for run in before][:2]


POINTS = st.one_of(st.none(), st.sampled_from([8, 9.5, 11, 12, 14, 18]))
LEAN = st.sampled_from(["", "<w:i/>", '<w:i w:val="0"/>'])
JC = st.sampled_from(["", JUSTIFIED, '<w:jc w:val="center"/>', '<w:jc w:val="left"/>'])
SPACING = st.sampled_from(["", SINGLE, '<w:spacing w:line="276" w:lineRule="auto"/>', CLOSE])


@st.composite
def run_format(draw):
    points = draw(POINTS)
    return draw(LEAN) + (size(points) if points else "")


@st.composite
def documents(draw):
    """Four paragraph styles, the last ones for titles, based on one another; two styles of words; direct formats."""
    styles = defaults(ARIAL + draw(run_format()), draw(SPACING) + draw(JC))
    for index, name in enumerate(("Normal", "Texte", "heading 1", "heading 2")):
        base = draw(st.sampled_from([None, *range(index)]))
        based = "" if base is None else f'<w:basedOn w:val="S{base}"/>'
        styles += style(f"S{index}", name, based + ppr(draw(SPACING) + draw(JC)) + rpr(draw(run_format())))
    for index in range(2):
        styles += style(f"C{index}", f"Mot {index}", rpr(draw(run_format())), kind="character")
    styles += style("G", "Grille", ppr(draw(SPACING) + draw(JC)) + rpr(draw(run_format())), kind="table")
    body = ""
    for _ in range(draw(st.integers(1, 5))):
        words = draw(st.sampled_from([None, "C0", "C1"]))
        named = f'<w:rStyle w:val="{words}"/>' if words else ""
        runs = [run("Un titre ou une phrase. ", draw(run_format())), run(LONG, named + draw(run_format()))]
        number = draw(st.integers(0, 3))
        own = draw(SPACING) + draw(JC) + draw(st.sampled_from(["", rpr(size(11)), rpr("<w:i/>" + size(14))]))
        inner = paragraph(*runs, properties=f'<w:pStyle w:val="S{number}"/>{own}')
        in_table = draw(st.booleans())
        body += table((cell(inner),), properties='<w:tblStyle w:val="G"/>') if in_table else inner
    return docx(body, styles)


@given(documents())
@settings(max_examples=100, deadline=None)
def test_any_styles(data):
    before = read_docx(data, "-")
    _, after, _ = fix(data, ALL)
    for old, new in zip(before.blocks, after.blocks, strict=True):
        assert new.format.alignment in ("center" if old.format.alignment == "center" else "left", None)
        assert new.format.line_spacing.value >= 1.26
        assert not any(run.format.italic for run in new.runs)
        assert all(run.format.size >= 14 for run in new.runs)
    pairs = [
        (a.format.size, b.format.size)
        for old, new in zip(before.blocks, after.blocks, strict=True)
        for a in old.runs
        for b in new.runs
        if a.span.start < b.span.end and b.span.start < a.span.end
    ]
    pairs.sort()
    assert [new for _, new in pairs] == sorted(new for _, new in pairs)  # the order of sizes is kept
