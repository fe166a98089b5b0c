"""`falc fix --layout`: what the rules say of the look of an Office file is gone, the words stay."""

import pytest
from formats.office.oracle import shown

from falc.cli import main
from falc.config import Config
from falc.document import Block, BlockKind, Document, Segment, SegmentKind
from falc.formats import read, read_text
from falc.formats.office.specimen import docx_specimen, odt_specimen
from falc.layout import layout_wants
from falc.linter import Linter
from falc.look import ParagraphFormat
from falc.model import Span
from falc.rules import all_rules

CODES = ("MEP001", "MEP006", "MEP012", "MEP013", "MEP014", "PHR010")
FIRST = "Vous pouvez venir à la mairie le lundi matin et le jeudi matin. Apportez votre carte d'identité et une photo."
SECOND = "Vous pouvez aussi nous appeler au téléphone le mardi matin et le vendredi matin. Nous répondons avant midi."

FONTS = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/>'
LOOK, LINES = '<w:i/><w:sz w:val="22"/>', '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="both"/>'


def word(body, defaults="", styles=""):
    run, paragraph = defaults or ("", "")
    return docx_specimen(
        body,
        {
            "styles": f"<w:docDefaults><w:rPrDefault><w:rPr>{FONTS}{run}</w:rPr></w:rPrDefault>"
            f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>{styles}"
        },
    )


def texts(paragraph="", run=""):
    return "".join(
        f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
        for text in (FIRST, SECOND, FIRST)
    )


def styled(kind, content, identifier="S"):
    return f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{identifier}"/>{content}</w:style>'


PARAGRAPH_STYLE = styled("paragraph", f"<w:pPr>{LINES}</w:pPr><w:rPr>{LOOK}</w:rPr>")
OPEN_TEXT = 'fo:text-align="justify" fo:line-height="100%"'
OPEN_LOOK = (
    f'<style:paragraph-properties {OPEN_TEXT}/><style:text-properties fo:font-style="italic" fo:font-size="11pt" '
)
OPEN_LOOK += 'fo:font-family="Arial"/>'
ODT_TEXTS = "".join(f'<text:p text:style-name="S">{text}</text:p>' for text in (FIRST, SECOND, FIRST))
ODT_STYLE = f'<style:style style:name="S" style:family="paragraph">{OPEN_LOOK}</style:style>'

LETTERS = {
    "defaults.docx": word(texts(), (LOOK, LINES)),
    "style.docx": word(texts('<w:pStyle w:val="S"/>'), styles=PARAGRAPH_STYLE),
    "direct.docx": word(texts(LINES, LOOK)),
    "words.docx": word(texts(LINES, '<w:rStyle w:val="S"/>'), styles=styled("character", f"<w:rPr>{LOOK}</w:rPr>")),
    "style.odt": odt_specimen(ODT_TEXTS, {"styles": ODT_STYLE}),
    "automatic.odt": odt_specimen(ODT_TEXTS, {"automatic": ODT_STYLE}),
    "default.odt": odt_specimen(
        ODT_TEXTS,
        {"styles": f'<style:default-style style:family="paragraph">{OPEN_LOOK}</style:default-style>'},
    ),
}


@pytest.fixture(scope="module")
def looks():
    """A linter for the rules about the look only."""
    return Linter(config=Config(select=CODES))


@pytest.mark.parametrize("name", LETTERS)
def test_nothing_is_left_to_say(name, looks, tmp_path):
    letter = tmp_path / name
    letter.write_bytes(LETTERS[name])
    before = read(letter)
    assert {finding.code for finding in looks.check(letter)} == set(CODES)
    fixed = looks.fix(letter, layout=True)
    assert fixed.layout == {"size": 3, "upright": 3, "left": 3, "lines": 3, "space": fixed.layout["space"], "breaks": 3}
    assert [finding.code for finding in looks.check(letter)] == []
    assert read(letter).text.split() == before.text.split()
    assert looks.fix(letter, layout=True).layout == {}


def test_a_table_style(looks, tmp_path):
    look = f"<w:pPr>{LINES}</w:pPr><w:rPr>{LOOK}</w:rPr>"
    cells = "".join(f"<w:tr><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>" for text in (FIRST, SECOND))
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="S"/></w:tblPr><w:tblGrid/>{cells}</w:tbl><w:p/>'
    letter = tmp_path / "tableau.docx"
    letter.write_bytes(word(table, styles=styled("table", look)))
    looks.fix(letter, layout=True)
    # In cells the sentences stay side by side.
    assert [finding.code for finding in looks.check(letter)] == ["PHR010"]


def test_only_what_is_selected(tmp_path):
    letter = tmp_path / "lettre.docx"
    letter.write_bytes(LETTERS["style.docx"])
    fixed = Linter(config=Config(select=("MEP006",))).fix(letter, layout=True)
    assert fixed.layout == {"upright": 3}
    assert Linter(config=Config(select=("PHR001",))).fix(letter, layout=True).layout == {}


def test_the_options_of_the_rules_hold(tmp_path):
    letter = tmp_path / "lettre.docx"
    letter.write_bytes(LETTERS["style.docx"])
    config = Config(select=("MEP001",), rules={"MEP001": {"min_size": 18.0}})
    Linter(config=config).fix(letter, layout=True)
    assert {run.format.size for block in read(letter).blocks for run in block.runs} == {21}  # Calibri looks small


def test_the_command_says_what_changed(tmp_path, capsys):
    letter = tmp_path / "lettre.docx"
    letter.write_bytes(LETTERS["style.docx"])
    (tmp_path / "falc.toml").write_text('select = ["MEP012", "PHR010"]\n', encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["fix", "--layout", str(letter)])
    said = "".join(capsys.readouterr())
    assert "3 paragraphes alignés à gauche" in said
    assert "3 phrases mises à la ligne" in said


def breaks(text, format="text"):
    document = read_text(text, format)
    rules = [rule for rule in all_rules().values() if rule.check == "sentences_on_a_line"]
    return [text[at:] for at in layout_wants(rules, document).breaks]


def test_where_lines_break():
    assert breaks("Venez lundi. Apportez une photo. Signez.") == ["Apportez une photo. Signez.", "Signez."]
    assert breaks("M. Dupont habite 3 av. Foch.") == []
    assert breaks("Venez lundi.\nApportez une photo.") == []
    assert breaks("Elle écrit : « Je viens. J'apporte une photo. » Elle vient.") == ["Elle vient."]
    assert breaks("# Venez lundi. Apportez une photo.", "markdown") == []


def test_breaks_count_in_the_text_of_the_file():
    text = "Bonjour «Nom». Venez lundi. Signez."
    segments = (
        Segment(0, 8, Span(0, 8), SegmentKind.TEXT),
        Segment(8, 15, Span(8, 13), SegmentKind.PLACEHOLDER),
        Segment(15, 37, Span(13, 35), SegmentKind.TEXT),
    )
    block = Block("Bonjour Camille. Venez lundi. Signez.", BlockKind.PARAGRAPH, "corps", segments)
    found = layout_wants(list(all_rules().values()), Document(text, (block,), "-", "docx")).breaks
    assert [text[at:] for at in found] == ["Venez lundi. Signez.", "Signez."]


def test_sentences_off_the_left_go_there_and_titles_do_not():
    def block(start, text, alignment):
        segment = Segment(0, len(text), Span(start, start + len(text)), SegmentKind.TEXT)
        return Block(text, BlockKind.PARAGRAPH, "corps", (segment,), format=ParagraphFormat(alignment=alignment))

    blocks = (block(0, "Mairie de Lyon", "center"), block(15, "Vous pouvez venir à la mairie lundi.", "center"))
    document = Document("\n".join(b.text for b in blocks), blocks, "-", "docx")
    assert layout_wants(list(all_rules().values()), document).to_left == (15,)


@pytest.mark.office
def test_libreoffice_shows_the_new_look(looks, tmp_path):
    letters = [tmp_path / name for name in LETTERS]
    for letter in letters:
        letter.write_bytes(LETTERS[letter.name])
        looks.fix(letter, layout=True)
    for letter, office in zip(letters, shown(letters), strict=True):
        least = 16 if letter.suffix == ".docx" else 14
        paragraphs = [paragraph for paragraph in office["paragraphs"] if paragraph["portions"]]
        assert len(paragraphs) == 3
        for paragraph in paragraphs:
            assert paragraph["ParaAdjust"] == 0  # on the left
            assert paragraph["ParaLineSpacing"] == [0, 150]
            assert "\n" in "".join(portion["text"] for portion in paragraph["portions"])
            assert {portion["CharHeight"] for portion in paragraph["portions"]} == {least}
            assert {portion["CharPosture"] for portion in paragraph["portions"]} == {"NONE"}
