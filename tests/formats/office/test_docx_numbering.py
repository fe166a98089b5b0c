from __future__ import annotations

import pytest

from falc.formats.office.docx.text import read_docx
from falc.formats.office.specimen import docx_specimen


def level(index: int, kind: str, text: str, more: str = "", left: int = 360) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>{more}'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="200"/></w:pPr></w:lvl>'
    )


def abstract(identifier: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{identifier}">{more}{"".join(levels)}</w:abstractNum>'


def number(identifier: int, definition: int, more: str = "") -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>'


def item(index: int = 0, list_id: int = 1, style: str = "", text: str = "x", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbering = f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id else ""
    content = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{named}{numbering}{more}</w:pPr>{content}</w:p>"


def markers(body: str, numbering: str, **parts: str) -> list[str | None]:
    document = read_docx(docx_specimen(body, {"numbering": numbering, **parts}), "-")
    return [block.format.marker for block in document.blocks]


PLAN = abstract(
    0,
    level(0, "decimal", "%1."),
    level(1, "decimal", "%1.%2", left=720),
    level(2, "lowerLetter", "%3)"),
    level(3, "upperRoman", "%4 -"),
) + number(1, 0)


def test_levels_count_and_start_again() -> None:
    body = "".join(item(index) for index in (0, 1, 1, 2, 2, 3, 0, 1))
    assert markers(body, PLAN) == ["1.", "1.1", "1.2", "a)", "b)", "I -", "2.", "2.1"]


def test_a_level_whose_parent_has_not_begun() -> None:
    assert markers(item(1) + item(0), PLAN) == ["1.1", "1."]


def test_empty_items_count_and_other_text_does_not() -> None:
    body = item() + item(text="") + item() + item(list_id=0) + item()
    assert markers(body, PLAN) == ["1.", "3.", None, "4."]


def test_lists_share_their_counter_unless_they_start_again() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = PLAN + number(2, 0) + number(3, 0, restart)
    body = item() + item(list_id=2) + item(list_id=3) + item(list_id=3)
    assert markers(body, numbering) == ["1.", "2.", "5.", "6."]


def test_an_override_changes_a_level() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "lowerRoman", "(%1)")}</w:lvlOverride>'
    assert markers(item(list_id=2) + item(list_id=2), PLAN + number(2, 0, other)) == ["(i)", "(ii)"]


@pytest.mark.parametrize(
    ("kind", "text", "more", "shown"),
    [
        ("bullet", "•", "", "•"),
        ("bullet", "\uf0b7", "", "•"),
        ("bullet", "\uf0b7", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>', "•"),
        ("bullet", "\uf0a7", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>', "▪"),
        ("bullet", "\uf0fc", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>', "✔"),
        ("bullet", "o", '<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr>', "o"),
        ("bullet", "", '<w:lvlPicBulletId w:val="0"/>', "•"),
        ("none", "", "", ""),
        ("none", "Article", "", "Article"),
        ("decimalZero", "%1", "", "01"),
        ("upperLetter", "%1.", "", "A."),
        ("lowerRoman", "%1", "", "i"),
        ("decimalEnclosedCircle", "%1", "", "①"),
        ("cardinalText", "%1", "", "1"),
        ("decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>", ""),
    ],
)
def test_kinds_of_markers(kind: str, text: str, more: str, shown: str) -> None:
    assert markers(item(), abstract(0, level(0, kind, text, more)) + number(1, 0)) == [shown]


def test_a_legal_level_has_plain_numbers_only() -> None:
    legal = level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert markers(item() + item(1), abstract(0, level(0, "upperRoman", "%1."), legal) + number(1, 0)) == ["I.", "1.1"]


def test_a_level_can_go_on() -> None:
    on = level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    numbering = abstract(0, level(0, "decimal", "%1."), on) + number(1, 0)
    assert markers(item() + item(1) + item() + item(1), numbering) == ["1.", "1)", "2.", "2)"]


def test_a_style_names_its_list_and_its_level() -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{content}</w:style>'
        for name, content in (("Un", numbered), ("Deux", numbered), ("Fils", '<w:basedOn w:val="Deux"/>'))
    )
    levels = (
        level(0, "decimal", "%1.", '<w:pStyle w:val="Un"/>'),
        level(1, "decimal", "%1.%2.", '<w:pStyle w:val="Deux"/>'),
    )
    numbering = abstract(0, *levels) + number(1, 0)
    body = item(list_id=0, style="Un") + item(list_id=0, style="Deux") + item(list_id=0, style="Fils")
    assert markers(body, numbering, styles=styles) == ["1.", "1.1.", "1.2."]


def test_a_list_can_borrow_a_numbering_style() -> None:
    numbering = (
        abstract(0, more='<w:numStyleLink w:val="Plan"/>')
        + abstract(1, level(0, "decimal", "§ %1"), more='<w:styleLink w:val="Plan"/>')
        + number(1, 0)
    )
    assert markers(item(), numbering) == ["§ 1"]


def test_unknown_lists_show_nothing() -> None:
    assert markers(item(list_id=9) + item(8) + item(99), PLAN) == ["", "", ""]


def test_indents_of_lists() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Serre"><w:name w:val="Serre"/><w:pPr><w:ind w:left="2000"/></w:pPr>'
        "</w:style>"
    )
    body = item(1) + item(1, style="Serre") + item(1, more='<w:ind w:left="100"/>') + item(1, 0, style="Serre")
    document = read_docx(docx_specimen(body, {"numbering": PLAN, "styles": styles}), "-")
    indents = [(block.format.left, block.format.first_line) for block in document.blocks]
    assert indents == [(36.0, -10.0), (36.0, -10.0), (5.0, -10.0), (100.0, None)]


def test_long_lists_are_read_in_linear_time() -> None:
    assert markers(item() * 3000, PLAN)[-1] == "3000."
