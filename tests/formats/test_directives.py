"""Comments that give falc an order are found in the comments of each format, and read as no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falc.formats import read_text
from falc.model import FalcError, Reading

ORDER = "falc: ignore[PHR001] nom officiel"
COMMENTS = {
    "html": "<!-- {} -->",
    "html, tight": "<!--{}-->",
    "jinja": "{{# {} #}}",
    "jinja, trimmed": "{{#- {} -#}}",
    "django": "{{% comment %}}{}{{% endcomment %}}",
    "handlebars": "{{{{!-- {} --}}}}",
    "mustache": "{{{{! {} }}}}",
    "erb": "<%# {} %>",
    "freemarker": "<#-- {} -->",
    "blade": "{{{{-- {} --}}}}",
    "php": "<?php /* {} */ ?>",
    "php, line": "<?php // {} ?>",
}
FORMATS = ("text", "markdown", "html")
each_comment = pytest.mark.parametrize("comment", COMMENTS.values(), ids=COMMENTS)
each_format = pytest.mark.parametrize("format", FORMATS)


def shown(text, format="text", reading=None):
    document = read_text(text, format, reading=reading or Reading())
    return [block.text for block in document.blocks]


def orders(text, format="text", reading=None):
    return [found.text for found in read_text(text, format, reading=reading or Reading()).directives]


@each_comment
@each_format
def test_the_order_stands_in_the_comment_of_the_format(comment, format):
    comment = comment.format(ORDER)
    text = f"Vous devez {comment} payer."
    document = read_text(text, format)
    (directive,) = document.directives
    assert directive.text == "ignore[PHR001] nom officiel"
    assert comment.startswith(text[directive.span.start : directive.span.end])
    assert [block.text for block in document.blocks] == ["Vous devez payer."]


@each_comment
@each_format
def test_a_comment_on_its_own_line_is_no_block(comment, format):
    text = f"Bonjour.\n\n{comment.format(ORDER)}\n\nMerci."
    assert " ".join(" ".join(shown(text, format)).split()) == "Bonjour. Merci."
    assert orders(text, format) == ["ignore[PHR001] nom officiel"]


@pytest.mark.parametrize("start", ["falc:", "FALC:", "falc :", "Falc\u00a0:", "  falc\u202f:"])
def test_french_spaces_and_capitals_do_not_matter(start):
    assert orders(f"Bonjour.\n<!-- {start} off[MOT] -->") == ["off[MOT]"]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- falc est un programme -->",
        "Le mot « falc: ignore[PHR001] » dans une phrase.",
        "<!-- Voir falc: ignore[PHR001] -->",
        "<!-- falc: ignore[PHR001] sans fin",
        "{# falc: ignore[PHR001] sans fin",
        "&lt;!-- falc: ignore[PHR001] --&gt;",
    ],
)
@each_format
def test_other_texts_give_no_order(text, format):
    assert orders(f"Bonjour. {text}", format) == []


@pytest.mark.parametrize(
    "text",
    [
        "Écrivez `<!-- falc: ignore[PHR001] -->` ici.",
        "Écrivez `` `{# falc: ignore[PHR001] #}` `` ici.",
        "Exemple :\n\n```html\n<p>Bonjour <!-- falc: ignore[PHR001] --></p>\n```",
        "Exemple :\n\n    <p>Bonjour <!-- falc: ignore[PHR001] --></p>\n",
    ],
)
def test_code_shows_an_order_and_gives_none(text):
    assert orders(text, "markdown") == []
    assert orders(f"{text}\n\n<!-- falc: off[MOT] -->", "markdown") == ["off[MOT]"]


def test_comments_of_other_template_languages_are_text():
    reading = Reading(templates=("twig",))
    text = "A <%# falc: off[MOT] %> {# falc: off[NUM] #} <!-- falc: off[PHR] -->"
    assert orders(text, "text", reading) == ["off[NUM]", "off[PHR]"]


def test_line_ends_in_an_order_are_spaces():
    assert orders("<p>A <!-- falc: ignore[MOT]\n  une longue\n  raison --> b.</p>", "html") == [
        "ignore[MOT] une longue raison"
    ]


def test_only_the_first_line_of_a_php_comment_counts():
    assert orders("<p>A <?php // falc: off[MOT] texte\n echo 'b';\n?></p>", "html") == ["off[MOT] texte"]


WORDS = st.lists(st.sampled_from(["Bonjour.", "é", "🙂", "\u202f", "A", "\n\n", "\r\n", "{{ nom }}"]), max_size=8)


@given(st.lists(st.tuples(WORDS, st.sampled_from(list(COMMENTS.values()))), max_size=5), st.sampled_from(FORMATS))
def test_places_are_exact_and_nothing_of_an_order_is_shown(pieces, format):
    text, spans = "Début. ", []
    for number, (words, comment) in enumerate(pieces):
        text += " ".join(words) + " "
        written = comment.format(f"falc: off[MOT] raison{number}")
        spans.append((len(text), len(text) + len(written)))
        text += written + " "
    document = read_text(f"{text} Fin.", format)
    assert [found.text for found in document.directives] == [f"off[MOT] raison{n}" for n in range(len(pieces))]
    for found, (start, end) in zip(document.directives, spans, strict=True):
        assert found.span.start == start and found.span.end <= end
    assert "raison" not in "".join(block.text for block in document.blocks)


@pytest.mark.parametrize("bait", ["<!-- falc:", "{# falc:", "{{! falc:", "<%# falc:", "{% comment %} falc:", "<?php "])
def test_hostile_texts_take_their_length(bait):
    read_text("Bonjour. " + bait * (1_000_000 // len(bait)), "text")


def test_too_many_orders_are_refused():
    with pytest.raises(FalcError, match="trop de commentaires"):
        read_text("<!--falc:x-->" * 6000, "text")
