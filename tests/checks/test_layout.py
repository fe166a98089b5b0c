"""What the examples of the layout rules cannot say: typefaces, estimates, documents made by hand."""

import csv
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falc.checks import all_checks
from falc.checks.fonts import font, size_ratio
from falc.checks.paper import estimated_pages, page_count
from falc.document import BlockBuilder, BlockKind, Document
from falc.findings import find
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse
from falc.look import LineSpacing, ParagraphFormat, TextFormat
from falc.model import Span
from falc.objects import Objects, Pages, Picture, Properties
from falc.resources import data
from falc.rules import find_rule
from falc.texts import in_french

LONG = "Vous pouvez venir à la mairie le lundi matin et le jeudi matin avec votre carte d'identité."
A4 = {"width": 595.3, "height": 841.9, "top": 71, "right": 71, "bottom": 71, "left": 71}


def document(*texts, look=None, shape=None, objects=None, format="docx"):
    """Return a document of paragraphs that all look the same."""
    blocks, position = [], 0
    for number, text in enumerate(texts, start=1):
        builder = BlockBuilder(BlockKind.PARAGRAPH, f"paragraphe {number}", format=shape)
        builder.text(text, position, look)
        blocks.append(builder.build())
        position += len(text) + 1
    return Document("\n".join(texts), tuple(blocks), "-", format, objects=objects or Objects())


def analysed(made):
    (result,) = analyse([made], Lexicon.load(), parse=False, model="")
    return result


def found(code, made):
    return find(analysed(made), [find_rule(code)])


@pytest.mark.parametrize(
    ("name", "kind", "form", "family"),
    [
        ("Arial", "sans", "", "Arial"),
        ("arial;sans-serif", "sans", "", "Arial"),
        ('"Times New Roman", serif', "serif", "", "Times New Roman"),
        ("Calibri Light", "sans", "light", "Calibri"),
        ("Roboto Thin", "sans", "light", "Roboto"),
        ("Noto Sans Condensed Light", "sans", "condensed", "Noto Sans"),
        ("Montserrat Extra Bold", "sans", "", "Montserrat"),
        ("Police de la Ville Light", "", "light", "Police de la Ville"),
        ("Police de la Ville", "", "", "Police de la Ville"),
        ("Light", "", "", "Light"),
        ("sans-serif", "sans", "generic", "sans-serif"),
        ("", "", "", ""),
    ],
)
def test_typefaces(name, kind, form, family):
    known = font(name)
    assert (known.kind, known.form, known.family) == (kind, form, family)


def test_table_of_typefaces_is_square_and_plausible():
    text = (data("lexicons") / "grammaire" / "polices.tsv").read_text(encoding="utf-8")
    lines = list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert {len(line) for line in lines} == {6}
    names = [line[0].casefold() for line in lines[1:]]
    assert len(names) == len(set(names)) > 300
    for name, kind, form, _, height, line in lines[1:]:
        assert kind in ("", "sans", "serif", "script", "display", "mono", "symbol"), name
        assert form in ("", "light", "condensed", "generic"), name
        assert not height or 0.35 < float(height) < 0.7, name
        assert not line or 1 < float(line) < 1.6, name


def test_letters_are_measured_against_arial():
    assert size_ratio(font("Arial")) == size_ratio(font("Helvetica")) == size_ratio(font("Inconnue")) == 1
    assert size_ratio(font("Calibri")) < 0.95 and size_ratio(font("Verdana")) > 1.04


@pytest.mark.parametrize(
    ("number", "digits", "shown"), [(2.5, 1, "2,5"), (14.0, 1, "14"), (1.0, 2, "1"), (20, 0, "20"), (1.3225, 2, "1,32")]
)
def test_numbers_in_french(number, digits, shown):
    assert in_french(number, digits) == shown


@pytest.mark.parametrize(
    ("spacing", "fine"),
    [
        (LineSpacing(1.5, "em"), True),
        (LineSpacing(1.2, "em"), False),
        (LineSpacing(1.35, "lines"), True),  # Arial: 1,55 times the size
        (LineSpacing(1.15, "lines"), False),
        (LineSpacing(21, "points"), True),
        (LineSpacing(16, "points"), False),
        (LineSpacing(12, "points", at_least=True), False),  # the single line of Arial: 1,15
        (LineSpacing(22, "points", at_least=True), True),
        (None, True),
    ],
)
def test_line_spacing(spacing, fine):
    made = document(LONG, look=TextFormat(font="Arial", size=14), shape=ParagraphFormat(line_spacing=spacing))
    assert (not found("MEP013", made)) is fine


def test_line_spacing_of_an_unknown_typeface_is_not_guessed():
    for spacing in (LineSpacing(1, "lines"), LineSpacing(12, "points", at_least=True)):
        shape = ParagraphFormat(line_spacing=spacing)
        assert not found("MEP013", document(LONG, look=TextFormat(font="Inconnue", size=14), shape=shape))


@pytest.mark.parametrize(
    ("color", "background", "severities"),
    [
        ("#000000", "#ffffff", []),
        ("#595959", "#ffffff", []),  # 7,0
        ("#767676", "#ffffff", ["warning"]),  # 4,54
        ("#777777", "#ffffff", ["error"]),  # 4,48
        ("#ffffff", "#000000", ["warning"]),  # light on dark
        ("#ffffff", None, []),  # hidden on white paper, or on a picture that the file does not tell
        ("#999999", None, ["error"]),
        (None, "#000000", []),  # Word writes automatic text in white there
    ],
)
def test_contrast(color, background, severities):
    look = TextFormat(color=color, background=background, size=14)
    assert [finding.severity for finding in found("MEP010", document(LONG, look=look))] == severities


def test_the_usual_blue_of_links_is_no_weak_contrast():
    assert not found("MEP010", document(LONG, look=TextFormat(color="#0563c1", background="#ffffff", link=True)))


def test_two_typefaces_in_one_word():
    made = document("Élève à l'école, été, fête.", look=TextFormat(font="Luciole", accent_font="Arial"))
    assert [f.message.partition(".")[0] for f in found("MEP003", made)] == [
        "Ce document mélange 2 polices\u00a0: Luciole et Arial"
    ]


def test_small_sizes_count_their_places():
    message = found("MEP001", document(LONG, LONG, LONG, look=TextFormat(font="Arial", size=13)))[0].message
    assert message == (
        "Ce texte est en Arial 13 points, comme 2 autres endroits du document. Écrivez en 14 points au moins."
    )


def test_a_page_of_code_is_measured_in_pixels():
    (finding,) = found("MEP001", document(LONG, look=TextFormat(size=9.75), format="html"))
    assert finding.severity == "error" and "13 pixels" in finding.message and "19 pixels" in finding.message


@pytest.mark.parametrize(("counted", "paragraphs", "pages"), [(None, 3, 1), (2, 3, 2), (1, 120, 4), (None, 120, 4)])
def test_pages_are_counted_or_estimated(counted, paragraphs, pages):
    whole = Pages(Span(0, 10**6), **A4)
    objects = Objects(pages=(whole,), properties=Properties(page_count=counted))
    made = document(*[LONG] * paragraphs, look=TextFormat(font="Arial", size=11), objects=objects)
    assert page_count(analysed(made)) == pages


def test_nobody_guesses_the_pages_of_an_unknown_size():
    assert estimated_pages(analysed(document(LONG, objects=Objects(pages=(Pages(Span(0, 9)),))))) is None
    assert estimated_pages(analysed(document(LONG))) is None


def test_pictures_leave_less_room_for_words():
    pictures = tuple(Picture(Span(0, 0), f"image {n}", height=300, alone=True) for n in range(4))
    pages = (Pages(Span(0, 10**6), **A4),)
    look = TextFormat(font="Arial", size=11)
    assert found("MEP018", document(*[LONG] * 30, look=look, objects=Objects(pages=pages)))
    assert not found("MEP018", document(*[LONG] * 30, look=look, objects=Objects(pages=pages, pictures=pictures)))


def test_each_part_has_its_own_blocks():
    half = (len(LONG) + 1) * 2
    pages = (Pages(Span(0, half), **A4), Pages(Span(half, half * 2), **A4 | {"width": 841.9, "height": 595.3}))
    assert found("MEP024", document(LONG, LONG, LONG, LONG, objects=Objects(pages=pages)))


@pytest.mark.parametrize(
    ("width", "height", "story", "large"),
    [(590, 840, "en-tête", True), (120, 60, "en-tête", False), (None, 1, "corps", False)],
)
def test_only_large_pictures_are_behind_the_text(width, height, story, large):
    picture = Picture(Span(0, 0), "image 1", width=width, height=height, behind_text=True, story=story)
    objects = Objects(pages=(Pages(Span(0, 99), **A4),), pictures=(picture,))
    findings = found("MEP011", document(LONG, objects=objects))
    assert bool(findings) is large
    assert all(finding.location.place == "image 1" for finding in findings)


@given(st.text(alphabet="0123456789 ,.€%mars1er\u00a0", max_size=60))
def test_a_space_is_made_no_break_once(text):
    check = all_checks()["breaking_space"].function
    (block,) = analysed(document(text + " et ce texte est assez long", format="text")).blocks
    for hit in check(block, units=("€", "%", "m"), first_day="1er"):
        (suggestion,) = hit.suggestions
        old = block.block.text[hit.span.start : hit.span.end]
        assert (
            " " in old
            and " " not in suggestion.text
            and suggestion.text.replace("\u00a0", " ") == old.replace("\u00a0", " ")
        )


@pytest.mark.parametrize(
    "text", ["1 " * 100_000, "a" * 200_000, "12 mars " * 20_000, "@" * 200_000, "en rouge " * 20_000]
)
def test_long_texts_take_little_time(text):
    look = TextFormat(underline=True, italic=True, size=9, font="Arial", color="#999999")
    made = analysed(document(text, look=look))
    checks = [(all_checks()[rule.check], rule) for rule in map(find_rule, (f"MEP{n:03}" for n in range(1, 27)))]
    start = time.perf_counter()
    for check, rule in checks:
        list(check.function(made if check.scope == "document" else made.blocks[0], **rule.options))
    assert time.perf_counter() - start < 20
