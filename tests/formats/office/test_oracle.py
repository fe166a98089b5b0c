"""falc and LibreOffice agree on how files look: see `oracle`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from falc.formats.office.specimen import docx_specimen

from . import oracle

MISSING = oracle.soffice() is None or oracle.uno_python() is None
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(MISSING and not os.environ.get("CI"), reason=oracle.MISSING),  # in CI it must be there
]
LETTERS = sorted((Path(__file__).parents[3] / "examples" / "lettres").glob("*.docx"))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, properties: str = "", look: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{text if text.startswith('<') else run(text, look)}</w:p>"


def in_style(style: str, text: str, more: str = "") -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>{more}')


def numbered(text: str, level: int, number: int = 1, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return paragraph(text, f'{named}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def style(identifier: str, content: str, kind: str = "paragraph", default: bool = False) -> str:
    attributes = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identifier}"{attributes}><w:name w:val="{identifier}"/>'
        f"{content}<w:qFormat/></w:style>"
    )


def cell(text: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{properties}</w:tcPr>{paragraph(text)}</w:tc>'


def level(index: int, kind: str, text: str, left: int, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr>{more}</w:lvl>'
    )


CHARACTERS = (
    "<w:b/>",
    "<w:i/>",
    '<w:u w:val="wave"/>',
    "<w:strike/>",
    "<w:dstrike/>",
    "<w:caps/>",
    "<w:smallCaps/>",
    "<w:shadow/>",
    "<w:outline/>",
    "<w:emboss/>",
    "<w:imprint/>",
    '<w:color w:val="C00000"/>',
    '<w:color w:val="auto"/>',
    '<w:color w:val="C45911" w:themeColor="accent2" w:themeShade="BF"/>',
    '<w:color w:val="F4B083" w:themeColor="accent2" w:themeTint="99"/>',
    '<w:spacing w:val="40"/>',
    '<w:spacing w:val="-15"/>',
    '<w:w w:val="80"/>',
    '<w:sz w:val="23"/>',
    '<w:highlight w:val="yellow"/>',
    '<w:shd w:val="clear" w:color="auto" w:fill="DDEEFF"/>',
    '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>',
    '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi"/>',
    '<w:lang w:val="en-GB"/>',
    '<w:effect w:val="blinkBackground"/>',
    '<w:rStyle w:val="Fort"/>',
    '<w:rStyle w:val="Fort"/><w:b w:val="0"/>',
)
PARAGRAPHS = (
    '<w:jc w:val="both"/>',
    '<w:jc w:val="center"/>',
    '<w:jc w:val="end"/>',
    '<w:spacing w:line="360" w:lineRule="auto"/>',
    '<w:spacing w:line="300" w:lineRule="exact"/>',
    '<w:spacing w:line="300" w:lineRule="atLeast"/>',
    '<w:spacing w:before="240" w:after="60"/>',
    '<w:ind w:left="720" w:right="300" w:firstLine="200"/>',
    '<w:ind w:start="720" w:hanging="200"/>',
    "<w:keepLines/>",
    "<w:keepNext/>",
    '<w:widowControl w:val="0"/>',
    "<w:pageBreakBefore/>",
    "<w:suppressAutoHyphens/>",
    '<w:pBdr><w:top w:val="single" w:sz="4" w:space="1" w:color="000000"/></w:pBdr>',
    '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>',
)
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
    '<w:sz w:val="22"/><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    + style("Normal", "", default=True)
    + style("Fils", '<w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="400"/></w:pPr><w:rPr><w:i/></w:rPr>')
    + style("PetitFils", '<w:basedOn w:val="Fils"/><w:pPr><w:jc w:val="end"/></w:pPr><w:rPr><w:sz w:val="30"/></w:rPr>')
    + style("Serre", '<w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="720"/><w:contextualSpacing/></w:pPr>')
    + style("Liste", '<w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>')
    + style("Fort", "<w:rPr><w:b/></w:rPr>", kind="character")
    + style("Grille", '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:tblPr>'
        '<w:tblStyleRowBandSize w:val="1"/></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/></w:tcPr></w:tblStylePr><w:tblStylePr w:type="band1Horz">'
        '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/></w:tcPr></w:tblStylePr>', kind="table")
)  # fmt: skip
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    + level(0, "decimal", "%1.", 360)
    + level(1, "decimal", "%1.%2", 792)
    + level(2, "lowerLetter", "%3)", 1224)
    + level(3, "upperRoman", "%4 -", 1728)
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>'
    + level(0, "bullet", "–", 500)
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
    "</w:lvlOverride></w:num>"
)
THEME = (
    "<a:themeElements><a:clrScheme><a:dk1><a:sysClr val='windowText' lastClr='000000'/></a:dk1><a:lt1><a:srgbClr "
    "val='FFFFFF'/></a:lt1><a:accent2><a:srgbClr val='ED7D31'/></a:accent2></a:clrScheme><a:fontScheme><a:majorFont>"
    "<a:latin typeface='Liberation Sans'/></a:majorFont><a:minorFont><a:latin typeface='Liberation Serif'/>"
    "</a:minorFont></a:fontScheme></a:themeElements>"
)
ROWS = "".join(f"<w:tr>{cell(f'rang {row} a')}{cell(f'rang {row} b')}</w:tr>" for row in "uvw")
BODY = (
    "".join(paragraph(f"caractères {number}", look=look) for number, look in enumerate(CHARACTERS))
    + paragraph("".join(run(f"mot{number} ", look) for number, look in enumerate(CHARACTERS)))
    + "".join(paragraph(f"paragraphe {number}", properties) for number, properties in enumerate(PARAGRAPHS))
    + in_style("Fils", "du fils") + in_style("PetitFils", "du petit-fils") + in_style("Inconnu", "de personne")
    + in_style("PetitFils", "sans retrait", '<w:ind w:left="0"/>')
    + in_style("Serre", "serré un") + in_style("Serre", "serré deux") + in_style("Serre", "serré trois")
    + numbered("liste a", 0) + numbered("liste b", 1) + numbered("liste c", 1) + numbered("liste d", 2)
    + numbered("liste e", 3) + numbered("liste f", 0) + numbered("liste g", 1) + numbered("liste h", 0, 3)
    + in_style("Liste", "de style") + numbered("serrée", 1, 1, "Serre")
    + f'<w:tbl><w:tblPr><w:tblStyle w:val="Grille"/><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="0420" '
    'w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>'
    f'<w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>{ROWS}</w:tbl>'
    + paragraph("saut de page", '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1000" w:right="1100" '
        'w:bottom="1200" w:left="1300" w:header="400" w:footer="400"/></w:sectPr>')
    + paragraph("<w:r><w:br w:type='page'/></w:r>" + run("après un saut"))
    + paragraph("en colonnes")
    + '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="700" w:right="710" '
    'w:bottom="720" w:left="730" w:header="400" w:footer="400"/><w:cols w:num="2" w:space="700"/></w:sectPr>'
)  # fmt: skip


def specimen() -> bytes:
    parts = {"styles": STYLES, "numbering": NUMBERING, "theme": THEME, "settings": "<w:autoHyphenation/>"}
    return docx_specimen(BODY, parts)


def disagreements(files: list[Path]) -> list[str]:
    tallies, matches = oracle.compare_all(files)
    assert len(tallies) >= 30
    unmatched = [f"{file}: {match}" for file, match in matches.items() if match.alone or match.uneven]
    return unmatched + [f"{name}: {example}" for name, tally in tallies.items() for example in tally.examples]


def test_our_letters_look_as_libreoffice_shows_them() -> None:
    assert LETTERS
    assert disagreements(LETTERS) == []


def test_a_specimen_looks_as_libreoffice_shows_it(tmp_path: Path) -> None:
    file = tmp_path / "specimen.docx"
    file.write_bytes(specimen())
    assert disagreements([file]) == []


def test_the_oracle_sees_differences(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong reading of the same files must not pass."""
    wrong: Mapping[str, tuple[Callable[..., object], Callable[..., object]]] = {
        **oracle.CHARACTERS,
        "CharWeight": (oracle.CHARACTERS["CharWeight"][0], lambda look: not look.bold),
    }
    monkeypatch.setattr(oracle, "CHARACTERS", wrong)
    assert {example.split(":")[0] for example in disagreements(LETTERS[:1])} == {"CharWeight"}
