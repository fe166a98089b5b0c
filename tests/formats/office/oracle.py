"""Compare what falc reads of a file with what LibreOffice shows: `python tests/formats/office/oracle.py FILE…`.

Paragraphs are matched by their text; characters are then compared portion by portion.  Where LibreOffice departs from
the standard of the file, `KNOWN` says why: these cases are counted apart.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from falc.document import Block, BlockKind, Document
from falc.formats import read
from falc.look import LineSpacing, TextFormat
from falc.model import Span

DUMP = Path(__file__).with_name("oracle_dump.py")
MISSING = "The oracle needs LibreOffice and its Python bridge: apt-get install libreoffice-writer python3-uno"
# What no reader sees, or what one of the two programs leaves out.
_UNSEEN = re.compile(r"[\s\u00a0\u00ad\u200b-\u200f\u202f\u2060\ufeff\ufffc]+")
_FIELD = re.compile(r"\d+|«(?:NUM)?PAGES?»")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_MM = 72 / 2540  # hundredths of a millimetre, to points


def soffice() -> str | None:
    """Return the LibreOffice program."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def uno_python() -> str | None:
    """Return a Python that can talk to LibreOffice: its own one, else that of the system."""
    office = soffice()
    own = [Path(office).resolve().with_name(name) for name in ("python", "python3")] if office else []
    for candidate in (*own, Path("/usr/bin/python3"), Path("/usr/local/bin/python3")):
        if candidate.is_file() and not subprocess.run([candidate, "-c", "import uno"], capture_output=True).returncode:
            return str(candidate)
    return None


def shown(files: Iterable[Path]) -> list[dict[str, Any]]:
    """Return how LibreOffice shows each file."""
    office, python = soffice(), uno_python()
    if office is None or python is None:
        raise RuntimeError(MISSING)
    command = [python, str(DUMP), office, *(str(file) for file in files)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, timeout=600).stdout)


@dataclass
class Tally:
    """How often both agree on a property; examples of when they do not."""

    compared: int = 0
    agree: int = 0
    known: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def disagree(self) -> int:
        return self.compared - self.agree - self.known.total()


@dataclass(frozen=True)
class Place:
    """A paragraph that both programs show, for those who must explain a difference."""

    document: Document
    block: Block
    office: Mapping[str, Any]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    pages: Mapping[str, Mapping[str, Any]]


# What LibreOffice shows -> what falc says of the same property.
CHARACTERS: dict[str, tuple[Callable[[Mapping[str, Any]], object], Callable[[TextFormat], object]]] = {
    "CharFontName": (lambda p: p["CharFontName"], lambda f: f.font),
    "CharHeight": (lambda p: round(p["CharHeight"], 1), lambda f: f.size and round(f.size, 1)),
    "CharWeight": (lambda p: p["CharWeight"] > 110, lambda f: bool(f.bold)),
    "CharPosture": (lambda p: p["CharPosture"] != "NONE", lambda f: bool(f.italic)),
    "CharUnderline": (lambda p: p["CharUnderline"] not in (0, None), lambda f: bool(f.underline)),
    "CharStrikeout": (lambda p: p["CharStrikeout"] not in (0, 3, None), lambda f: bool(f.strike)),
    "CharCaseMap": (lambda p: p["CharCaseMap"] in (1, 4), lambda f: bool(f.capitals)),
    "CharColor": (lambda p: _color(p["CharColor"]) or "auto", lambda f: f.color or "auto"),
    "CharKerning": (lambda p: round(p["CharKerning"] * _MM, 1), lambda f: round(f.spacing or 0.0, 1)),
    "CharScaleWidth": (lambda p: p["CharScaleWidth"], lambda f: round(100 * (f.scale or 1))),
    "CharShadowed": (lambda p: p["CharShadowed"], lambda f: "shadow" in f.effects),
    "CharContoured": (lambda p: p["CharContoured"], lambda f: "outline" in f.effects),
    "CharRelief": (
        lambda p: {1: "emboss", 2: "imprint"}.get(p["CharRelief"]),
        lambda f: next((name for name in ("emboss", "imprint") if name in f.effects), None),
    ),
    "CharFlash": (lambda p: bool(p["CharFlash"]), lambda f: "blink" in f.effects),
    "CharLocale": (lambda p: "-".join(filter(None, p["CharLocale"])), lambda f: f.language),
    "HyperLinkURL": (lambda p: bool(p["HyperLinkURL"]), lambda f: f.link),
}
_ADJUST = {0: "left", 1: "right", 2: "justify", 3: "center", 4: "justify"}


def _color(value: int | None) -> str | None:
    return None if value in (-1, None) else f"#{value & 0xFFFFFF:06x}"


def _points(value: float | None) -> float | None:
    return None if value is None else round(value * _MM, 1)


def _spacing(office: Mapping[str, Any]) -> LineSpacing:
    mode, height = office["ParaLineSpacing"]
    if mode == 0:
        return LineSpacing(height / 100, "lines")
    return LineSpacing(round(height * _MM, 1), "points", at_least=mode == 1)


def _space(place: Place, side: str) -> float | None:
    """Return the space on one side: none next to a paragraph of the same style, where the style asks for that."""
    office, other = place.office, place.before if side == "Top" else place.after
    if office["ParaContextMargin"] and other is not None and other["ParaStyleName"] == office["ParaStyleName"]:
        return 0.0
    return _points(office[f"Para{side}Margin"])


def _indent(office: Mapping[str, Any], name: str, of_list: str) -> float | None:
    """Return an indent: that of the list, unless the paragraph has one of its own."""
    listed = office.get("list")
    if listed and not office["own"][name] and listed.get("PositionAndSpaceMode") == 1:
        return _points(listed[of_list])
    return _points(office[name])


def _columns(place: Place) -> int | None:
    page = place.pages.get(place.office["PageStyleName"] or "", {})
    inside = place.office["section_columns"]
    return max(inside or 0, page.get("columns") or 0, 1)


PARAGRAPHS: dict[str, tuple[Callable[[Place], object], Callable[[Block], object]]] = {
    "ParaAdjust": (lambda p: _ADJUST[p.office["ParaAdjust"]], lambda b: b.format.alignment or "left"),
    "ParaLineSpacing": (lambda p: _spacing(p.office), lambda b: b.format.line_spacing),
    "ParaTopMargin": (lambda p: _space(p, "Top"), lambda b: b.format.space_before),
    "ParaBottomMargin": (lambda p: _space(p, "Bottom"), lambda b: b.format.space_after),
    "ParaFirstLineIndent": (
        lambda p: _indent(p.office, "ParaFirstLineIndent", "FirstLineIndent"),
        lambda b: b.format.first_line,
    ),
    "ParaLeftMargin": (lambda p: _indent(p.office, "ParaLeftMargin", "IndentAt"), lambda b: b.format.left),
    "ParaRightMargin": (lambda p: _points(p.office["ParaRightMargin"]), lambda b: b.format.right),
    "ParaSplit": (lambda p: not p.office["ParaSplit"], lambda b: b.format.keep_together),
    "ParaKeepTogether": (lambda p: p.office["ParaKeepTogether"], lambda b: b.format.keep_with_next),
    "ParaWidows": (lambda p: p.office["ParaWidows"] > 1, lambda b: b.format.widow_control),
    "ParaIsHyphenation": (lambda p: p.office["ParaIsHyphenation"], lambda b: b.format.hyphenate),
    "ParaBorders": (
        lambda p: p.office["borders"] or _color(p.office["ParaBackColor"]) is not None,
        lambda b: b.format.boxed,
    ),
    "ListLabelString": (lambda p: _label(p.office), lambda b: (b.format.marker or "").strip()),
    "PageBreakBefore": (
        lambda p: p.office["break"] or (p.office["new_page"] and p.before is not None),
        lambda b: b.format.page_break_before,
    ),
}


def _label(office: Mapping[str, Any]) -> str:
    return (office["ListLabelString"] or office.get("list", {}).get("BulletChar", "")).strip()


def _background(portion: Mapping[str, Any], place: Place) -> str | None:
    """Return the colour behind letters: highlight, shade, paragraph, cell, page."""
    page = place.pages.get(place.office["PageStyleName"] or "", {}).get("BackColor")
    behind = (portion["CharHighlight"], portion["CharBackColor"], place.office["ParaBackColor"])
    return next((found for c in (*behind, place.office["CellColor"], page) if (found := _color(c))), None)


def _page_values(place: Place) -> Iterator[tuple[str, object, object]]:
    page = place.pages.get(place.office["PageStyleName"] or "")
    start = place.block.source(Span(0, len(place.block.text))).start
    mine = next((p for p in reversed(place.document.objects.pages) if p.span.start <= start), None)
    if page is None or mine is None:
        return
    top = page["TopMargin"] + (page["HeaderHeight"] if page["HeaderIsOn"] else 0)
    bottom = page["BottomMargin"] + (page["FooterHeight"] if page["FooterIsOn"] else 0)
    sizes = {"Width": page["Width"], "Height": page["Height"], "TopMargin": top, "BottomMargin": bottom}
    sizes |= {"LeftMargin": page["LeftMargin"], "RightMargin": page["RightMargin"]}
    ours = {"Width": mine.width, "Height": mine.height, "TopMargin": mine.top, "BottomMargin": mine.bottom}
    ours |= {"LeftMargin": mine.left, "RightMargin": mine.right}
    for name, size in sizes.items():
        yield f"Page{name}", _points(size), ours[name]
    yield "PageColumns", _columns(place), place.block.format.columns


Known = Callable[[Place, object, object], bool]
# property -> why LibreOffice differs, and when.
KNOWN: dict[str, list[tuple[str, Known]]] = {
    "PageWidth": [("it rounds a page that is almost A4 to A4", lambda p, theirs, ours: _near(theirs, ours, 1.0))],
    "PageHeight": [("it rounds a page that is almost A4 to A4", lambda p, theirs, ours: _near(theirs, ours, 1.0))],
    "ParaBottomMargin": [
        (
            "in cells, to a paragraph that states its space before, it gives the space after of the default style",
            lambda p, theirs, ours: p.block.kind is BlockKind.TABLE_CELL and ours == 0,
        )
    ],
    "CharFontName": [
        (
            "it shows a whole list of fonts from an OpenDocument text; the first one draws the letters",
            lambda p, theirs, ours: str(theirs).partition(";")[0] == ours,
        )
    ],
    "ParaBorders": [
        (
            "the lines and the colour of a text box belong to the box, not to the paragraphs in it",
            lambda p, theirs, ours: p.block.format.floating and ours is True,
        )
    ],
    "ParaIsHyphenation": [
        (
            "it takes suppressAutoHyphens=0 for « cut words », even when autoHyphenation is off in the settings",
            lambda p, theirs, ours: _is_cut(p) is False and theirs is True,
        ),
        (
            "it gives autoHyphenation to the styles based on the default one only; the settings hold for all text",
            lambda p, theirs, ours: _is_cut(p) is True and theirs is False,
        ),
    ],
    "ParaWidows": [
        (
            "in table cells it loses widow control, on by default, under styles not based on the default one",
            lambda p, theirs, ours: p.block.kind is BlockKind.TABLE_CELL and ours is True and theirs is False,
        )
    ],
}


def _is_cut(place: Place) -> bool | None:
    """Do the settings of a Word file let words be cut?"""
    return place.document.objects.properties.hyphenation if place.document.format == "docx" else None


def _near(theirs: object, ours: object, most: float) -> bool:
    return isinstance(theirs, float) and isinstance(ours, float) and abs(theirs - ours) < most


def plain(text: str) -> str:
    """Return what both programs agree to call the text: no blanks, nothing that is not seen."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text)).replace("\u2011", "-")


@dataclass
class Matches:
    """How many paragraphs falc shows, how many LibreOffice does not show, and shows with other characters."""

    paragraphs: int = 0
    alone: int = 0
    uneven: int = 0


def compare(file: Path, office: Mapping[str, Any], tallies: dict[str, Tally]) -> Matches:
    """Compare the two readings of a file."""
    document = read(file)
    waiting: dict[str, list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
    for index, paragraph in enumerate(office["paragraphs"]):
        text = plain("".join(p["text"] for p in paragraph["portions"]))
        waiting[text].append((index, paragraph))
        if any(p["field"] for p in paragraph["portions"]):  # LibreOffice counts the pages anew
            waiting[_without_fields(text)].append((index, paragraph))
    matches = Matches(len(document.blocks))
    for block in document.blocks:
        text = plain(block.source_text(Span(0, len(block.text)), document.text))
        match = waiting[text] or waiting[_without_fields(text)]
        if not match:
            matches.alone += 1
            continue
        index, paragraph = match.pop(0)
        before = None if paragraph["first"] or not index else office["paragraphs"][index - 1]
        after = next(iter(office["paragraphs"][index + 1 : index + 2]), None)
        after = None if after is None or after["first"] or after["flow"] != paragraph["flow"] else after
        place = Place(document, block, paragraph, before, after, office["pages"])
        for name, theirs, ours in _values(place):
            _count(tallies[name], f"{file.name}: {text[:40]}", name, place, theirs, ours)
        fields = any(portion["field"] for portion in paragraph["portions"])
        matches.uneven += not fields and not any(True for _ in _portions(place))
    return matches


def _without_fields(text: str) -> str:
    return "fields: " + _FIELD.sub("", text)


def _values(place: Place) -> Iterator[tuple[str, object, object]]:
    for name, (theirs, ours) in PARAGRAPHS.items():
        yield name, theirs(place), ours(place.block)
    if place.office["flow"] == "corps":
        yield from _page_values(place)
    for portion, look in _portions(place):
        for name, (of_office, of_falc) in CHARACTERS.items():
            yield name, of_office(portion), of_falc(look)
        yield "CharBackColor", _background(portion, place), look.background


def _portions(place: Place) -> Iterator[tuple[Mapping[str, Any], TextFormat]]:
    """Yield the portions that both programs give one look."""
    theirs: list[Mapping[str, Any]] = []
    for portion in place.office["portions"]:
        theirs += [portion] * len(plain(portion["text"]))
    ours: list[TextFormat] = []
    for run in place.block.runs:
        ours += [run.format] * len(plain(place.block.source_text(run.span, place.document.text)))
    if len(theirs) == len(ours):
        for _, pairs in groupby(zip(theirs, ours, strict=True), lambda pair: (id(pair[0]), id(pair[1]))):
            yield next(iter(pairs))


def _same(theirs: object, ours: object) -> bool:
    if isinstance(theirs, LineSpacing) and isinstance(ours, LineSpacing):
        near = abs(theirs.value - ours.value) < (0.011 if theirs.unit == "lines" else 0.11)
        return (theirs.unit, theirs.at_least) == (ours.unit, ours.at_least) and near
    if isinstance(theirs, float) and isinstance(ours, (int, float)):
        return abs(theirs - ours) < 0.11
    if isinstance(theirs, str) and isinstance(ours, str) and _COLOR.fullmatch(theirs) and _COLOR.fullmatch(ours):
        # Programs round the shades of a theme each in its own way.
        return all(abs(a - b) <= 2 for a, b in zip(bytes.fromhex(theirs[1:]), bytes.fromhex(ours[1:]), strict=True))
    return theirs == ours


def _count(tally: Tally, where: str, name: str, place: Place, theirs: object, ours: object) -> None:
    if ours is None and theirs is not None and name != "CharBackColor" and name != "CharRelief":
        return  # the file does not say: LibreOffice then takes its own habits
    tally.compared += 1
    if _same(theirs, ours):
        tally.agree += 1
        return
    reason = next((why for why, when in KNOWN.get(name, ()) if when(place, theirs, ours)), None)
    if reason is not None:
        tally.known[reason] += 1
    else:
        tally.examples.append(f"{where} | LibreOffice: {theirs} | falc: {ours}")


def compare_all(files: list[Path]) -> tuple[dict[str, Tally], dict[str, Matches]]:
    """Compare all files; return the tallies by property, and the matches by file."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    return tallies, {str(f): compare(f, office, tallies) for f, office in zip(files, shown(files), strict=True)}


def main(arguments: list[str]) -> None:
    """Print a table of the agreements, then examples of disagreements."""
    tallies, matches = compare_all([Path(argument) for argument in arguments])
    for file, match in matches.items():
        print(f"{Path(file).name}: {match}")
    print(f"\n{'property':22}{'compared':>9}{'agree':>9}{'known':>7}{'differ':>8}")
    for name, tally in sorted(tallies.items()):
        print(f"{name:22}{tally.compared:9}{tally.agree:9}{tally.known.total():7}{tally.disagree:8}")
    for name, tally in sorted(tallies.items()):
        for reason, count in tally.known.items():
            print(f"\n{name}, {count} times: {reason}")
        for example in tally.examples[:12]:
            print(f"  {name}: {example}")


if __name__ == "__main__":
    main(sys.argv[1:])
