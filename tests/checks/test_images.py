"""Pictures are judged by where they stand and by their own words."""

import pytest

from falc.checks.images import (
    alternative_text,
    picture_missing,
    picture_place,
    picture_styles,
    picture_terms,
    picture_without_text,
)
from falc.document import BlockBuilder, BlockKind, Document
from falc.formats import read_text
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.pipeline import analyse
from falc.model import Severity, Span
from falc.objects import Objects, Picture, Table

ALT = {"none": "none", "empty": "empty {alt}", "automatic": "automatic", "too_long": "long {length}"}
TERMS = {"max_words": 3, "bullet_from": 4, "two_terms": "{first}/{second}", "two_pictures": "2 {term}"}


def analysed(lexicon, *parts, format="docx", tables=()):
    """Lay out words and pictures as a Word file does: each text on a line, pictures without text of their own."""
    text, blocks, pictures = "", [], []
    for part in parts:
        if isinstance(part, Picture):
            at = Span(len(text), len(text))
            pictures.append(Picture(**{**{n: getattr(part, n) for n in part.__slots__}, "span": at}))
            continue
        kind, words = part if isinstance(part, tuple) else (BlockKind.PARAGRAPH, part)
        builder = BlockBuilder(kind, "paragraphe", 1 if kind is BlockKind.HEADING else 0)
        builder.text(words, len(text))
        blocks.append(builder.build())
        text += words + "\n"
    objects = Objects(pictures=tuple(pictures), tables=tables)
    document = Document(text, tuple(blocks), "-", format, has_lines=False, objects=objects)
    return AnalysedDocument(document, tuple(AnalysedBlock(block, lexicon, text) for block in blocks))


def picture(alt="Un bus", digest="a", **more):
    return Picture(Span(0, 0), f"image {digest}", alt=alt, digest=digest, **{"alone": True, **more})


def facts(hits):
    return [hit.fields["fact"] for hit in hits]


@pytest.mark.parametrize(
    "more", [{"story": "en-tête"}, {"kind": "watermark"}, {"decorative": True, "behind_text": True}]
)
def test_a_logo_or_a_background_is_no_picture_of_the_text(lexicon, more):
    options = {"min_words": 3, "min_sentences": 1, "words_per_picture": 100, "none": "none", "few": "few"}
    found = list(picture_missing(analysed(lexicon, picture(**more), "Prenez le bus 12."), **options))
    assert facts(found) == ["none"] and found[0].severity is None


def test_few_pictures_are_an_information(lexicon):
    options = {
        "min_words": 3,
        "min_sentences": 1,
        "words_per_picture": 2,
        "none": "none",
        "few": "{count} image{s} {words}",
    }
    found = list(picture_missing(analysed(lexicon, picture(), picture(), "Prenez le bus 12 puis le 13."), **options))
    assert facts(found) == ["2 images 7"] and found[0].severity is Severity.INFO


@pytest.mark.parametrize(
    ("alt", "fact"),
    [
        (None, "none"),
        ("", None),
        ("Un bus", None),
        ("2", None),
        ("12 mai 2026", None),
        ("Image", "empty Image"),
        ("image_003", "empty image_003"),
        ("Photo 12", "empty Photo 12"),
        ("IMG_2034.JPG", "empty IMG_2034.JPG"),
        ("Bus 12", None),
        ("https://ville.fr/medias/bus.png", "empty https://ville.fr/medias/bus.png"),
        ("Une personne qui sourit\n\nDescription générée automatiquement", "automatic"),
        ("Un bus " * 30, "long 209"),
    ],
)
def test_alternative_text(lexicon, alt, fact):
    document = analysed(lexicon, picture(alt=alt), "Prenez le bus 12.")
    assert facts(alternative_text(document, max_characters=150, **ALT)) == ([fact] if fact else [])


@pytest.mark.parametrize(
    "picture_",
    [
        picture(None, decorative=True),
        picture(None, kind="watermark"),
        picture(None, kind="video"),
        picture(None, width=0.75),
    ],
)
def test_nobody_describes_what_nobody_looks_at(lexicon, picture_):
    assert not list(alternative_text(analysed(lexicon, picture_), max_characters=150, **ALT))


def test_mixed_media(lexicon):
    options = {"min_each": 2, "photos": "P", "drawings": "D", "emojis": "E", "joint": "+"}
    photos = [picture(media="image/jpeg")] * 2
    drawings = [picture(media="image/svg+xml"), picture(media="image/x-emf")]
    assert not list(picture_styles(analysed(lexicon, *photos, picture(media="image/png")), **options))
    (hit,) = picture_styles(analysed(lexicon, *photos, *drawings, "Bonjour 🚌 🚏"), **options)
    assert hit.fields["styles"] == "P+D+E"


def test_the_short_text_after_a_picture_is_its_term(lexicon):
    one = analysed(lexicon, picture("", "a"), "Le bus", picture("", "a"), "La mairie", picture("", "b"), "Le bus")
    assert facts(picture_terms(one, **TERMS)) == ["Le bus/La mairie", "2 Le bus"]


def test_a_sentence_is_no_term(lexicon):
    sentences = (picture("", "a"), "Prenez le bus.", picture("", "a"), "Venez ici.")
    assert not list(picture_terms(analysed(lexicon, *sentences), **TERMS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p><img src=a alt=''> Le bus</p><p><img src=a alt=''> La mairie</p>", ["Le bus/La mairie"]),
        ("<p>Le bus <img src=a alt=''></p><p>La mairie <img src=a alt=''></p>", []),
        ("<nav><img src=a alt=''> Le bus</nav><p><img src=a alt=''> La mairie</p>", []),
    ],
)
def test_the_term_of_a_picture_in_a_line(lexicon, text, expected):
    (page,) = analyse([read_text(text, "html")], lexicon, parse=False, model="")
    assert facts(picture_terms(page, **TERMS)) == expected


def test_pictures_at_the_end_are_far_from_their_text(lexicon):
    options = {"behind": "behind", "floating": "floating", "together": "together", "min_together": 2}
    assert facts(picture_place(analysed(lexicon, "Un", "Deux", picture(), picture()), **options)) == ["together"]
    assert not list(picture_place(analysed(lexicon, picture(), "Un", picture(), "Deux"), **options))
    assert facts(picture_place(analysed(lexicon, picture(floating=True), "Un"), **options)) == ["floating"]
    assert not list(picture_place(analysed(lexicon, picture(floating=True), "Un", format="html"), **options))


def test_a_cover_may_have_a_picture_alone(lexicon):
    options = {"section": "section", "table": "table", "link": "link"}
    title, part = (BlockKind.HEADING, "Guide"), (BlockKind.HEADING, "Le bus")
    assert not list(picture_without_text(analysed(lexicon, title, picture(), part, "Prenez le bus."), **options))
    found = picture_without_text(analysed(lexicon, title, "Bonjour.", part, picture(), part, "Fin."), **options)
    assert facts(found) == ["section"]


def test_a_table_of_pictures_only(lexicon):
    options = {"section": "section", "table": "table", "link": "link"}
    document = analysed(lexicon, "Un", "Deux", tables=(Table(Span(1, 2), "tableau 1", 1, 1),))
    inside = Picture(Span(1, 1), "image 1", alone=True)
    objects = Objects(pictures=(inside,), tables=document.document.objects.tables)
    with_picture = Document(document.document.text, document.document.blocks, "-", "docx", objects=objects)
    assert facts(picture_without_text(AnalysedDocument(with_picture, document.blocks), **options)) == ["table"]
