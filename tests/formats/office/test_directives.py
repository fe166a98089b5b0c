"""Comments of Word and LibreOffice that begin with « falc: » hang on the words that they cover."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordDocument
from hypothesis import given
from hypothesis import strategies as st

from falc.formats.office.docx.comments import annotate_docx
from falc.formats.office.docx.text import read_docx
from falc.formats.office.odt.comments import annotate_odt
from falc.formats.office.odt.text import read_odt
from falc.formats.office.review import Comment, Reviewer
from falc.linter import Linter
from falc.model import Span

from .build import cell, docx, drawing_box, paragraph, root, run, table

ANN = Reviewer("Ann Martin", "AM")
NUMBER = "La ville compte 45 000 habitants."


def comments(*texts: str, author: str = "Ann") -> str:
    made = (
        f'<w:comment w:id="{number}" w:author="{author}">'
        + "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("|"))
        + "</w:comment>"
        for number, text in enumerate(texts)
    )
    return root("w:comments", "".join(made))


def start(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


def told(data: bytes, read=read_docx) -> list[tuple[str, str | None]]:
    """Return the orders, each with the words it covers, or the words just before its place between bars."""
    document = read(data, "-")
    return [
        (found.text, document.slice(found.covers) if found.covers else f"|{document.text[: found.span.start][-5:]}|")
        for found in document.directives
    ]


ORDER = "falc: ignore[MOT010] nom"
SAID = "ignore[MOT010] nom"


@pytest.mark.parametrize(
    ("body", "covered"),
    [
        (paragraph("Un ", start(0), run("nom"), end(0), run(" ici.")), "nom"),
        (paragraph("Un ", start(0), run("no"), run("m"), run(" ici"), end(0), run(".")), "nom ici"),
        (paragraph("Un ", start(0), run("nom")) + paragraph("sur deux", end(0), run(" lignes.")), "nom\nsur deux"),
        (paragraph(start(0), run("Tout."), end(0)) + paragraph("Rien."), "Tout."),
        (table([cell(paragraph(start(0), run("Case"), end(0))), cell(paragraph("Autre"))]), "Case"),
        # Only a mark, with no words: behind those before it in its paragraph, or before those that come.
        (paragraph("Un ", run("nom"), end(0), run(" ici.")), "|n nom|"),
        (paragraph("Avant.") + paragraph(end(0), run("Après.")), "|ant.\n|"),
        (paragraph("Avant.") + paragraph(end(0)), "|vant.|"),
        # A start that never ends: up to the mark.
        (paragraph("Un ", start(0), run("nom"), '<w:r><w:commentReference w:id="0"/></w:r>', run(" ici.")), "nom"),
        # Words that are no longer there.
        (
            paragraph(
                "Un ", start(0), '<w:del w:id="9" w:author="A"><w:r><w:delText>nom</w:delText></w:r></w:del>', end(0)
            ),
            "|Un |",
        ),
        # A text box inside the words is read elsewhere.
        (
            paragraph("Un ", start(0), run("nom"), drawing_box(paragraph("Dans le cadre.")), end(0), run(" ici.")),
            "nom",
        ),
    ],
)
def test_the_words_of_a_word_comment(body, covered):
    assert told(docx(body, comments=comments(ORDER))) == [(SAID, covered)]


@pytest.mark.parametrize("text", ["falc : ignore[MOT010] nom", "  FALC:ignore[MOT010] nom", "falc: ignore[MOT010]|nom"])
def test_spaces_capitals_and_lines_do_not_matter(text):
    body = paragraph(start(0), run("Un nom."), end(0))
    assert told(docx(body, comments=comments(text))) == [(SAID, "Un nom.")]


@pytest.mark.parametrize(
    "made", [comments("Voir falc: ignore[MOT010]"), comments(ORDER, author="falc"), "<broken falc:"]
)
def test_other_comments_ask_nothing(made):
    assert told(docx(paragraph(start(0), run("Un nom."), end(0)), comments=made)) == []


def test_a_reply_gives_an_order_too():
    body = paragraph(start(0), start(1), run("Un nom."), end(0), end(1))
    assert told(docx(body, comments=comments("Est-ce un nom ?", ORDER))) == [(SAID, "Un nom.")]


def test_the_comments_of_python_docx():
    document = WordDocument()
    line = document.add_paragraph("La ville compte ")
    number = line.add_run("45 000")
    line.add_run(" habitants.")
    document.add_comment(number, text="falc: ignore[NUM002] chiffre officiel", author="Ann")
    stream = BytesIO()
    document.save(stream)
    assert told(stream.getvalue()) == [("ignore[NUM002] chiffre officiel", "45 000")]


SENTENCES = st.lists(st.sampled_from(["Un nom.", "Deux noms ici", "été", "🙂 oui", "Le 3 mai"]), min_size=1, max_size=6)


@given(SENTENCES, st.data())
def test_what_falc_hangs_on_words_covers_these_words(texts, data):
    """The writer of comments and the reader of orders agree, in both kinds of files."""
    body = "".join(paragraph(text) for text in texts)
    odt = "".join(f"<text:p>{text}</text:p>" for text in texts)
    from falc.formats.office.specimen import odt_specimen

    for read, write, made in ((read_docx, annotate_docx, docx(body)), (read_odt, annotate_odt, odt_specimen(odt, {}))):
        text = read(made, "-").text
        first = data.draw(st.integers(0, len(text) - 1))
        last = data.draw(st.integers(first + 1, len(text)))
        if not text[first:last].strip():
            continue
        document = read(write(made, [Comment(Span(first, last), (ORDER,))], ANN), "-")
        (found,) = document.directives
        assert found.covers is not None and document.slice(found.covers).strip() == text[first:last].strip()


def test_the_comments_of_an_opendocument_text():
    from falc.formats.office.specimen import odt_specimen

    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>Une note.</text:p></text:note-body></text:note>"
    )
    who = "<dc:creator>Ann</dc:creator>"

    def annotation(text: str, name: str = "") -> str:
        named = f' office:name="{name}"' if name else ""
        return f"<office:annotation{named}>{who}<text:p>{text}</text:p></office:annotation>"

    over = '<office:annotation-end office:name="{}"/>'
    body = (
        f"<text:p>Un {annotation('falc: ignore[MOT010] a', 'x')}nom{over.format('x')} ici.</text:p>"
        f"<text:p>Un {annotation('falc: ignore[MOT010] b', 'y')}mot{note}{over.format('y')} là.</text:p>"
        f"<text:p>Point.{annotation('falc: off[MOT] c')}</text:p>"
        f"<text:p>{annotation('falc: on[MOT] d')}Fin.</text:p>"
        f"<text:p>{annotation('Autre chose')}Fin.</text:p>"
    )
    assert told(odt_specimen(body, {}), read_odt) == [
        ("ignore[MOT010] a", "nom"),
        ("ignore[MOT010] b", "mot"),
        ("off[MOT] c", "|oint.|"),
        ("on[MOT] d", "|int.\n|"),
    ]


@pytest.mark.model
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_letter_keeps_its_orders_when_it_is_annotated_and_fixed(tmp_path: Path, kind: str):
    from falc.formats.office.specimen import odt_specimen

    texts = [NUMBER, "Vous devez effectuer ce paiement.", "Vous devez effectuer cette démarche."]
    read, write = (read_docx, annotate_docx) if kind == "docx" else (read_odt, annotate_odt)
    made = (
        docx("".join(map(paragraph, texts)))
        if kind == "docx"
        else odt_specimen("".join(f"<text:p>{text}</text:p>" for text in texts), {})
    )
    text = read(made, "-").text
    number, verb = text.index("45 000"), text.index("effectuer")
    letter = tmp_path / f"lettre.{kind}"
    letter.write_bytes(
        write(
            made,
            [
                Comment(Span(number, number + 6), ("falc: ignore[NUM002] chiffre officiel",)),
                Comment(Span(verb, verb + 9), ("falc: ignore[MOT] mot de la loi",)),
            ],
            ANN,
        )
    )
    linter = Linter(profile="falc-strict")
    orders = told(letter.read_bytes(), read)
    assert orders == [("ignore[NUM002] chiffre officiel", "45 000"), ("ignore[MOT] mot de la loi", "effectuer")]
    report = linter.check(letter)
    assert not [f for f in report if f.code in ("NUM002", "IGN001", "IGN002")]
    assert {("NUM002", "chiffre officiel")} <= {(one.finding.code, one.reason) for one in report.suppressed}
    fixed = linter.fix(letter, tmp_path / f"corrigee.{kind}")
    shown = read((tmp_path / f"corrigee.{kind}").read_bytes(), "-").text
    assert "Vous devez effectuer ce paiement." in shown and "effectuer cette démarche" not in shown and fixed
    assert told((tmp_path / f"corrigee.{kind}").read_bytes(), read) == orders
    for number, track in enumerate((False, True)):
        copy = tmp_path / f"annotee{number}.{kind}"
        linter.annotate(letter, copy, track_changes=track)
        assert told(copy.read_bytes(), read) == orders
        again = linter.check(copy)
        assert len(again.suppressed) == len(report.suppressed)
