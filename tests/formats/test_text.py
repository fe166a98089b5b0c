import time

import pytest
from hypothesis import given, settings

from falc.document import BlockKind, SegmentKind
from falc.formats.text import apply_edits
from falc.model import Edit, Span

from .invariants import SOUP, check_invariants, shown


def kinds(text):
    return [(block.kind, block.level, block.text) for block in check_invariants(text, "text").blocks]


@settings(deadline=None)
@given(SOUP)
def test_every_character_has_its_place(text):
    check_invariants(text, "text")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blank_lines_separate_and_line_ends_stay(end):
    text = f"Madame,{end}Monsieur,{end}{end} \t{end}Vous devez payer.{end}"
    assert shown(text, "text") == [f"Madame,{end}Monsieur,", "Vous devez payer."]


@pytest.mark.parametrize(
    "marker", ["- ", "• ", "•", "* ", "– ", "▪ ", "o ", "1. ", "12) ", "a) ", "1° ", "1.2. ", "-\t"]
)
def test_list_markers(marker):
    assert kinds(f"Apportez :\n{marker}une facture\n{marker}un chèque") == [
        (BlockKind.PARAGRAPH, 0, "Apportez :"),
        (BlockKind.LIST_ITEM, 1, "une facture"),
        (BlockKind.LIST_ITEM, 1, "un chèque"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "12 rue du Port\n69000 Lyon",
        "2025. Une année",
        "-5 euros",
        "1.5 euro",
        "Le total est\n12,50 euros",
        "A) majuscule",
        "où\nou",
        "-",
        "1 000 euros",
    ],
)
def test_not_a_list(text):
    assert kinds(text) == [(BlockKind.PARAGRAPH, 0, text)] or text == "-"


def test_continuation_lines_belong_to_their_item():
    text = "- une facture\n  de moins de 3 mois\n- un chèque\nsigné\nVous devez payer."
    assert kinds(text) == [
        (BlockKind.LIST_ITEM, 1, "une facture\n  de moins de 3 mois"),
        (BlockKind.LIST_ITEM, 1, "un chèque\nsigné"),
        (BlockKind.PARAGRAPH, 0, "Vous devez payer."),
    ]


def test_depth_of_items():
    text = "- un\n   o deux\n      - trois\n   o deux\n- un"
    assert [level for _, level, _ in kinds(text)] == [1, 2, 3, 2, 1]


def test_only_an_underlined_line_is_a_heading():
    text = "Vos droits\n==========\nTexte.\n\nVotre dossier\n---\n\nUne ligne courte\n\nTexte."
    assert kinds(text) == [
        (BlockKind.HEADING, 1, "Vos droits"),
        (BlockKind.PARAGRAPH, 0, "Texte."),
        (BlockKind.HEADING, 2, "Votre dossier"),
        (BlockKind.PARAGRAPH, 0, "Une ligne courte"),
        (BlockKind.PARAGRAPH, 0, "Texte."),
    ]


def test_lines_of_decoration_say_nothing():
    assert shown("____________\n\nBonjour.\n\n* * *\n\n......", "text") == ["Bonjour."]


def test_lines_of_control_tags_separate():
    text = "Bonjour,\n{% if retard %}\nVous êtes en retard.\n{% endif %}\n{# une note\n\nlongue #}\nMerci."
    assert shown(text, "text") == ["Bonjour,", "Vous êtes en retard.", "Merci."]


def test_paths_number_the_blocks():
    blocks = check_invariants("Un.\n\nDeux.\n- trois", "text").blocks
    assert [block.path for block in blocks] == ["paragraphe 1", "paragraphe 2", "paragraphe 3"]


def test_decomposed_accents_are_composed_and_map_back():
    text = "e\u0301te\u0301 👩‍⚕️ 12\u202f000\u00a0€"
    (block,) = check_invariants(text, "text").blocks
    assert block.text == "été 👩‍⚕️ 12\u202f000\u00a0€"
    assert block.source(Span(0, 3)) == Span(0, 5)
    assert block.segments[0].kind is SegmentKind.ENTITY


def test_invisible_characters_cut_no_word():
    assert shown("\ufeffad\u00administration", "text") == ["administration"]


def test_edits():
    assert apply_edits("un deux\r\ntrois", [Edit(Span(0, 2), "1"), Edit(Span(9, 14), "3")]) == "1 deux\r\n3"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(Span(3, 4), ""), Edit(Span(0, 1), "")],
        [Edit(Span(0, 3), ""), Edit(Span(2, 4), "")],
        [Edit(Span(0, 9), "")],
        [Edit(Span(-1, 0), "")],
    ],
)
def test_edits_out_of_order(edits):
    with pytest.raises(ValueError):
        apply_edits("abcde", edits)


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@pytest.mark.parametrize("letter", ["a", "[", "<", "*", "&"])
def test_a_megabyte_of_one_letter(letter, format):
    start = time.process_time()
    check_invariants(letter * 1_000_000, format)
    assert time.process_time() - start < 20


HOSTILE = [
    "{{x}}",
    "{% else %}",
    "<!--",
    '<a b="> x" ',
    "[a](",
    "](<",
    "*a _b ",
    "e\u0301",
    "- a\n",
    "a\n",
    "_",
    "`",
    "<b>{x}</b>",
]


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@pytest.mark.parametrize("pattern", HOSTILE)
def test_hostile_files_take_linear_time(pattern, format):
    start = time.process_time()
    check_invariants(pattern * (100_000 // len(pattern)), format)
    assert time.process_time() - start < 10
