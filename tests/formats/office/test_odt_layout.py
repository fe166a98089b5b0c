"""`fix_layout_odt`: the look changes where it is said, the words stay."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falc.formats.office.layout import LayoutWants
from falc.formats.office.odt.layout import fix_layout_odt
from falc.formats.office.odt.specimen import flat_specimen, odt_specimen
from falc.formats.office.odt.text import read_odt
from falc.look import LineSpacing

from .layouts import ALL, ARIAL, LONG, changed_parts, fixer, sizes
from .odt import letters, lines, p, style
from .validators import new_faults


def default(*content):
    return f'<style:default-style style:family="paragraph">{"".join(content)}</style:default-style>'


def span(text, name):
    return f'<text:span text:style-name="{name}">{text}</text:span>'


def part(data, name):
    return zipfile.ZipFile(BytesIO(data)).read(f"{name}.xml").decode()


fix = fixer(read_odt, fix_layout_odt)


def test_nothing_wanted_nothing_changed():
    data = odt_specimen(p(LONG, "P1"), {"automatic": style("P1", content=letters(fo__font_size="9pt"))})
    fixed = fix_layout_odt(data, LayoutWants())
    assert fixed.content == data
    assert not fixed.changed


SMALL = letters(fo__font_size="11pt", style__font_size_asian="11pt")
# Where 11 points are said -> the body, the other parts of the file, what changes.
CAUSES = {
    "default": (p(LONG), {"styles": default(SMALL)}, "styles"),
    "style": (p(LONG, "Texte"), {"styles": default() + style("Texte", content=SMALL)}, "styles"),
    "parent": (
        p(LONG, "P1"),
        {"styles": style("Texte", content=SMALL), "automatic": style("P1", parent="Texte")},
        "styles",
    ),
    "automatic": (p(LONG, "P1"), {"automatic": style("P1", content=SMALL)}, "content"),
    "words": (
        p(span(LONG, "T1")),
        {"styles": default(letters(fo__font_size="14pt")), "automatic": style("T1", "text", SMALL)},
        "content",
    ),
    "style of words": (
        p(span(LONG, "Petit")),
        {"styles": default(letters(fo__font_size="14pt")) + style("Petit", "text", SMALL)},
        "styles",
    ),
    "percentage": (
        p(LONG, "Texte"),
        {"styles": default(letters(fo__font_size="14pt")) + style("Texte", content=letters(fo__font_size="80%"))},
        "styles",
    ),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_small_letters_grow_where_their_size_is_said(cause):
    body, parts, part_name = CAUSES[cause]
    before = odt_specimen(body, parts)
    after, document, changed = fix(before, LayoutWants(size=14))
    assert sizes(document) == [[14]]
    assert changed == {"size": 1}
    assert changed_parts(before, after) == {f"{part_name}.xml"}
    assert new_faults(before, after, ".odt") == {}


BOXES = {
    "cell": "<table:table><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>",
    "text box": '<text:p><draw:frame><draw:text-box fo:min-height="1cm">{}</draw:text-box></draw:frame></text:p>',
}


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("sentence", [False, True])
def test_a_box_goes_left_as_a_whole(box, sentence):
    body = BOXES[box].format(p("DATE LIMITE", "C") + p(LONG, "C")) + p("Ville", "C")
    data = odt_specimen(body, {"automatic": style("C", content=lines(fo__text_align="center"))})
    to_left = (read_odt(data, "-").text.index(LONG),) if sentence else ()
    _, document, changed = fix(data, LayoutWants(left=True, to_left=to_left))
    centred = {block.text for block in document.blocks if block.format.alignment == "center"}
    assert centred == ({"Ville"} if sentence else {"DATE LIMITE", LONG, "Ville"})
    assert changed == ({"left": 2} if sentence else {})


def test_the_lines_of_all_cells_of_a_table_go_together():
    cells = "".join(
        f"<table:table-cell>{p(text, name)}</table:table-cell>" for text, name in (("Lundi", "P1"), (LONG, "P2"))
    )
    table = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    look = lines(fo__line_height="100%") + letters(fo__font_size="14pt", fo__font_family="Arial")
    styles = "".join(style(name, content=look) for name in ("P1", "P2", "P3"))
    data = odt_specimen(table + p("Puis", "P3"), {"automatic": styles})
    _, document, _ = fix(data, ALL)
    assert [block.format.line_spacing for block in document.blocks[:2]] == [LineSpacing(1.5, "lines")] * 2
    assert document.blocks[2].format.line_spacing == LineSpacing(1, "lines")


def test_sizes_of_other_scripts_follow():
    after, _, _ = fix(odt_specimen(p(LONG), {"styles": default(SMALL)}), LayoutWants(size=14))
    assert 'style:font-size-asian="14pt"' in part(after, "styles")


def test_direct_size_that_contradicts_its_style_goes_away():
    parts = {"styles": style("Texte", content=SMALL), "automatic": style("P1", parent="Texte", content=SMALL)}
    after, document, _ = fix(odt_specimen(p(LONG, "Texte") + p(LONG, "P1"), parts), LayoutWants(size=14))
    assert sizes(document) == [[14], [14]]
    assert "font-size" not in part(after, "content")


def test_headings_stay_larger_than_the_text():
    heading = style("Heading_20_1", parent="Standard", content=letters(fo__font_size="12pt"))
    parts = {"styles": style("Standard", content=SMALL) + heading}
    body = f'<text:h text:style-name="Heading_20_1" text:outline-level="1">Titre</text:h>{p(LONG, "Standard")}'
    _, document, _ = fix(odt_specimen(body, parts), LayoutWants(size=14))
    assert sizes(document) == [[15], [14]]


def test_styles_that_no_text_uses_stay():
    parts = {"styles": default(SMALL) + style("Inutile", content=letters(fo__font_size="8pt", fo__font_style="italic"))}
    after, _, _ = fix(odt_specimen(p(LONG), parts), ALL)
    assert 'fo:font-size="8pt"' in part(after, "styles")


@pytest.mark.parametrize("grows", [False, True])
def test_a_frame_of_a_fixed_height_keeps_its_small_letters(grows):
    height = ' fo:min-height="2cm"' if grows else ""
    words = span("Lundi, ", "T1") + LONG
    frame = f"<draw:frame><draw:text-box{height}>{p(words, 'P1')}</draw:text-box></draw:frame>"
    parts = {"styles": default(SMALL), "automatic": style("P1", content=lines()) + style("T1", "text", SMALL)}
    body = p(f"{span(LONG, 'T1')} {LONG}{frame}", "P1")
    _, document, changed = fix(odt_specimen(body, parts), LayoutWants(size=14))
    assert sizes(document) == [[14], [14 if grows else 11]]
    assert changed == ({"size": 2} if grows else {"size": 1, "boxes": 1})


def test_a_row_of_a_fixed_height_keeps_its_small_letters():
    row = '<style:table-row-properties style:row-height="0.5cm"/>'
    parts = {"styles": default(SMALL), "automatic": style("R1", "table-row", row)}
    table = (
        '<table:table><table:table-row table:style-name="R1"><table:table-cell>'
        f"{p(LONG)}</table:table-cell></table:table-row></table:table>"
    )
    _, document, changed = fix(odt_specimen(table + p(LONG), parts), LayoutWants(size=14))
    assert sizes(document) == [[11], [14]]
    assert changed == {"size": 1, "boxes": 1}


def test_headers_and_notes_grow_too():
    note = f'<text:note text:note-class="footnote"><text:note-body>{p(LONG)}</text:note-body></text:note>'
    master = f'<style:master-page style:name="Standard"><style:header>{p(LONG)}</style:header></style:master-page>'
    data = odt_specimen(p(f"Lettre{note}"), {"styles": default(SMALL), "master": master})
    _, document, changed = fix(data, LayoutWants(size=14))
    assert sizes(document) == [[14], [14], [14]]
    assert changed == {"size": 3}


ITALICS = {
    "default": (p("Important"), {"styles": default(letters(fo__font_style="italic"))}),
    "style": (p("Important", "Quote"), {"styles": style("Quote", content=letters(fo__font_style="italic"))}),
    "automatic": (p("Important", "P1"), {"automatic": style("P1", content=letters(fo__font_style="oblique"))}),
    "words": (p(span("Important", "T1")), {"automatic": style("T1", "text", letters(fo__font_style="italic"))}),
    "style of words": (
        p(span("Important", "Emphasis")),
        {"styles": style("Emphasis", "text", letters(fo__font_style="italic"))},
    ),
}


@pytest.mark.parametrize("cause", ITALICS)
def test_no_italics(cause):
    body, parts = ITALICS[cause]
    before = odt_specimen(body, parts)
    after, document, changed = fix(before, LayoutWants(upright=True))
    assert not any(run.format.italic for block in document.blocks for run in block.runs)
    assert changed == {"upright": 1}
    assert new_faults(before, after, ".odt") == {}


JUSTIFIED = lines(fo__text_align="justify")
ALIGNMENTS = {
    "default": (p(LONG), {"styles": default(JUSTIFIED)}),
    "style": (p(LONG, "Texte"), {"styles": style("Texte", content=JUSTIFIED)}),
    "automatic": (p(LONG, "P1"), {"automatic": style("P1", content=JUSTIFIED)}),
    "automatic on a centred style": (
        p(LONG, "P1"),
        {
            "styles": style("C", content=lines(fo__text_align="center")),
            "automatic": style("P1", content=JUSTIFIED, parent="C"),
        },
    ),
}


@pytest.mark.parametrize("cause", ALIGNMENTS)
def test_no_justified_text(cause):
    body, parts = ALIGNMENTS[cause]
    before = odt_specimen(body, parts)
    after, document, changed = fix(before, LayoutWants(left=True))
    assert document.blocks[0].format.alignment == "left"
    assert changed == {"left": 1}
    assert new_faults(before, after, ".odt") == {}


def test_titles_stay_in_the_middle_and_sentences_do_not():
    parts = {"styles": style("C", content=lines(fo__text_align="center"))}
    data = odt_specimen(p("Mairie de Lyon", "C") + p(LONG, "C"), parts)
    after, document, changed = fix(data, LayoutWants(left=True, to_left=(len("Mairie de Lyon") + 1,)))
    assert [block.format.alignment for block in document.blocks] == ["center", "left"]
    assert [block.format.style for block in document.blocks] == ["C", "C"]
    assert changed == {"left": 1}
    assert changed_parts(data, after) == {"content.xml"}
    assert new_faults(data, after, ".odt") == {}


FONT = letters(fo__font_family="Arial", fo__font_size="14pt")
LINES = {
    "unstated": (p(LONG), {"styles": default(FONT)}),
    "default": (p(LONG), {"styles": default(lines(fo__line_height="100%"), FONT)}),
    "style": (p(LONG, "Texte"), {"styles": default(FONT) + style("Texte", content=lines(fo__line_height="110%"))}),
    "automatic": (p(LONG, "P1"), {"automatic": style("P1", content=lines(fo__line_height="0.5cm") + FONT)}),
    "at least": (p(LONG, "P1"), {"automatic": style("P1", content=lines(style__line_height_at_least="0.5cm") + FONT)}),
}


@pytest.mark.parametrize("cause", LINES)
def test_lines_are_far_enough_from_one_another(cause):
    body, parts = LINES[cause]
    before = odt_specimen(body, parts)
    after, document, changed = fix(before, LayoutWants(line_spacing=1.5, line_heights=ARIAL))
    assert document.blocks[0].format.line_spacing == LineSpacing(1.5, "lines")
    assert changed == {"lines": 1}
    assert new_faults(before, after, ".odt") == {}


SPACES = {
    "unstated": (p(LONG) * 3, {"styles": default(FONT)}),
    "style": (p(LONG, "Texte") * 3, {"styles": default(FONT) + style("Texte", content=lines(fo__margin_bottom="0cm"))}),
    "all margins": (p(LONG, "Texte") * 3, {"styles": default(FONT) + style("Texte", content=lines(fo__margin="0cm"))}),
    "none between its like": (
        p(LONG, "Texte") * 3,
        {
            "styles": default(FONT)
            + style("Texte", content=lines(fo__margin_bottom="21pt", style__contextual_spacing="true"))
        },
    ),
}


@pytest.mark.parametrize("cause", SPACES)
def test_space_between_paragraphs(cause):
    body, parts = SPACES[cause]
    before = odt_specimen(body, parts)
    after, document, changed = fix(before, LayoutWants(space_between=1.5))
    assert [block.format.space_after for block in document.blocks[:2]] == [21, 21]
    assert changed["space"] >= 2
    assert new_faults(before, after, ".odt") == {}


def broken(content, **parts):
    """Return the lines of a paragraph whose sentences that start with « Venez » go to the next line."""
    data = odt_specimen(p(content), parts)
    text = read_odt(data, "-").text
    at = tuple(index for index in range(len(text)) if text.startswith("Venez", index))
    after, document, _ = fix(data, LayoutWants(breaks=at))
    assert new_faults(data, after, ".odt") == {}
    return document.text.split("\n")


T1 = style("T1", "text", letters(fo__font_weight="bold"))


@pytest.mark.parametrize(
    "content",
    [
        "Bonjour. Venez lundi. Venez mardi.",
        f"Bonjour. {span('Venez lundi.', 'T1')} <text:s/>Venez mardi.",
        f"Bonjour.{span(' Venez lundi. ', 'T1')}Venez mardi.",
        "Bonjour.<text:s text:c='2'/>Venez lundi.\u00a0Venez mardi.",
        "Bonjour.Venez lundi.  Venez mardi.",
        'Bonjour. <text:a xlink:href="https://exemple.fr">Venez lundi.</text:a> Venez mardi.',
        "Bonjour. Venez lundi.<text:bookmark text:name='ici'/> Venez mardi.",
    ],
)
def test_a_sentence_a_line(content):
    assert broken(content, automatic=T1) == ["Bonjour.", "Venez lundi.", "Venez mardi."]


@pytest.mark.parametrize(
    "body",
    [
        p('<text:a xlink:href="https://exemple.fr">Bonjour. Venez lundi.</text:a>'),
        p("<text:user-field-get>Bonjour. Venez lundi.</text:user-field-get>"),
        p("Bonjour.<text:tab/>Venez lundi."),
        p("Bonjour.<text:line-break/>Venez lundi."),
        '<text:h text:outline-level="1">Bonjour. Venez lundi.</text:h>',
        p("Bonjour. Venez lundi.", "P1"),
    ],
)
def test_lines_that_stay_as_they_are(body):
    data = odt_specimen(body, {"automatic": style("P1", content=JUSTIFIED)})
    at = read_odt(data, "-").text.find("Venez")
    fixed = fix_layout_odt(data, LayoutWants(breaks=(at,) if at > 0 else ()))
    assert fixed.content == data
    assert not fixed.changed


def test_a_flat_file():
    data = flat_specimen(p(LONG, "P1"), {"automatic": style("P1", content=SMALL)})
    _, document, changed = fix(data, LayoutWants(size=14))
    assert sizes(document) == [[14]]
    assert changed == {"size": 1}


POINTS = st.sampled_from([{}, *({"fo__font_size": size} for size in ("8pt", "11pt", "12pt", "14pt", "18pt", "110%"))])
LEAN = st.sampled_from([{}, {"fo__font_style": "italic"}, {"fo__font_style": "normal"}])
ALIGN = st.sampled_from([{}, *({"fo__text_align": value} for value in ("justify", "center", "start"))])
SPACING = st.sampled_from([{}, {"fo__line_height": "100%"}, {"fo__line_height": "115%"}, {"fo__margin_bottom": "0cm"}])


@st.composite
def words_format(draw):
    return letters(**draw(POINTS), **draw(LEAN))


@st.composite
def any_format(draw):
    return lines(**draw(ALIGN), **draw(SPACING)) + draw(words_format())


@st.composite
def documents(draw):
    """Shared styles based on one another, automatic styles on top, styles of words."""
    font = letters(fo__font_family="Arial", fo__font_size=draw(st.sampled_from(["10pt", "12pt", "14pt"])))
    shared = default(lines(**draw(ALIGN)), font)
    for index, name in enumerate(("Standard", "Texte", "Heading_20_1")):
        base = draw(st.sampled_from([None, *range(index)]))
        parent = {} if base is None else {"parent": ("Standard", "Texte")[base]}
        shared += style(name, content=draw(any_format()), **parent)
    shared += style("Mot", "text", draw(words_format()))
    automatic = "".join(
        style(f"P{n}", content=draw(any_format()), parent=draw(st.sampled_from(["Standard", "Texte", "Heading_20_1"])))
        for n in range(3)
    )
    automatic += style("T1", "text", draw(words_format()))
    names = st.sampled_from(["Standard", "Texte", "Heading_20_1", "P0", "P1", "P2"])
    body = ""
    for _ in range(draw(st.integers(1, 5))):
        words = draw(st.sampled_from([LONG, span(LONG, "T1"), span(LONG, "Mot"), span(span(LONG, "T1"), "Mot")]))
        body += p(f"Une phrase. {words}", draw(names))
    return odt_specimen(body, {"styles": shared, "automatic": automatic})


@given(documents())
@settings(max_examples=80, deadline=None)
def test_any_styles(data):
    before = read_odt(data, "-")
    _, after, _ = fix(data, ALL)
    for old, new in zip(before.blocks, after.blocks, strict=True):
        assert new.format.alignment in ("center" if old.format.alignment == "center" else "left", None)
        assert new.format.line_spacing.value >= 1.26
        assert not any(run.format.italic for run in new.runs)
        assert all(run.format.size >= 14 for run in new.runs)
