"""Say as JSON how LibreOffice shows files.  The Python that has `uno` runs this, so it uses nothing of falc.

`python3 oracle_dump.py SOFFICE FILE…` prints one list of paragraphs and one of page styles by file.
"""

import json
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import uno

CHARS = [
    "CharFontName", "CharHeight", "CharWeight", "CharUnderline", "CharStrikeout", "CharCaseMap",
    "CharColor", "CharBackColor", "CharHighlight", "CharKerning", "CharScaleWidth", "CharShadowed",
    "CharContoured", "CharRelief", "CharFlash", "HyperLinkURL", "CharBackTransparent",
]  # fmt: skip
PARAS = [
    "ParaAdjust", "ParaTopMargin", "ParaBottomMargin", "ParaFirstLineIndent", "ParaLeftMargin",
    "ParaRightMargin", "ParaSplit", "ParaKeepTogether", "ParaWidows", "ParaIsHyphenation",
    "ParaContextMargin", "ParaStyleName", "ParaBackColor", "ParaBackTransparent", "PageStyleName",
    "ListLabelString", "NumberingIsNumber", "NumberingLevel", "WritingMode",
]  # fmt: skip
PAGES = [
    "Width", "Height", "TopMargin", "BottomMargin", "LeftMargin", "RightMargin", "HeaderIsOn",
    "HeaderHeight", "FooterIsOn", "FooterHeight", "BackColor", "BackTransparent",
]  # fmt: skip
SIDES = ("LeftBorder", "RightBorder", "TopBorder", "BottomBorder")


def get(thing, name, default=None):
    try:
        return thing.getPropertyValue(name)
    except Exception:
        return default


def plain(value):
    """Return what JSON can write: an enumeration gives its name."""
    if isinstance(value, uno.Enum):
        return value.value
    return value if isinstance(value, (bool, int, float, str, type(None))) else str(value)


def portions(paragraph):
    pieces, deleted = paragraph.createEnumeration(), False
    while pieces.hasMoreElements():
        piece = pieces.nextElement()
        kind = get(piece, "TextPortionType")
        if kind == "Redline" and get(piece, "RedlineType") == "Delete":
            deleted = bool(get(piece, "IsStart"))
        if deleted or kind not in ("Text", "TextField", "Ruby") or not piece.getString():
            continue
        found = {name: plain(get(piece, name)) for name in CHARS}
        found["CharPosture"] = plain(get(piece, "CharPosture"))
        locale = get(piece, "CharLocale")
        found["CharLocale"] = [locale.Language, locale.Country] if locale else None
        found["text"] = piece.getString()
        found["field"] = kind == "TextField"
        yield found


def paragraph_of(paragraph, around):
    found = {name: plain(get(paragraph, name)) for name in PARAS} | around
    spacing = get(paragraph, "ParaLineSpacing")
    found["ParaLineSpacing"] = [spacing.Mode, spacing.Height] if spacing else None
    found["borders"] = any(b is not None and b.OuterLineWidth for b in (get(paragraph, side) for side in SIDES))
    found["break"] = plain(get(paragraph, "BreakType")) in ("PAGE_BEFORE", "PAGE_BOTH")
    found["new_page"] = bool(get(paragraph, "PageDescName"))
    rules, level = get(paragraph, "NumberingRules"), get(paragraph, "NumberingLevel")
    if rules is not None and get(paragraph, "NumberingIsNumber") and level is not None:
        found["list"] = {
            item.Name: item.Value
            for item in rules.getByIndex(level)
            if item.Name in ("IndentAt", "FirstLineIndent", "BulletChar", "PositionAndSpaceMode")
        }
        names = ("ParaLeftMargin", "ParaFirstLineIndent")
        found["own"] = {name: paragraph.getPropertyState(name).value == "DIRECT_VALUE" for name in names}
    section = get(paragraph, "TextSection")
    columns = get(section, "TextColumns") if section is not None else None
    found["section_columns"] = columns.ColumnCount if columns is not None else None
    found["portions"] = list(portions(paragraph))
    return found


def walk(text, around):
    """Yield the paragraphs of a text and of its tables, in order."""
    pieces, first = text.createEnumeration(), True
    while pieces.hasMoreElements():
        piece = pieces.nextElement()
        if piece.supportsService("com.sun.star.text.TextTable"):
            for name in piece.getCellNames():
                cell = piece.getCellByName(name)
                color = get(cell, "BackColor", -1) if not get(cell, "BackTransparent") else -1
                if color in (-1, None):
                    color = around["CellColor"]
                yield from walk(cell, around | {"CellColor": color})
        elif piece.supportsService("com.sun.star.text.Paragraph"):
            yield paragraph_of(piece, around | {"first": first})
        first = False


def shapes(page):
    """Yield the shapes of a page, and those in groups."""
    for index in range(page.Count):
        shape = page.getByIndex(index)
        if shape.supportsService("com.sun.star.drawing.GroupShape"):
            yield from shapes(shape)
        else:
            yield shape


def paragraphs(document):
    around = {"CellColor": -1, "flow": "corps"}
    yield from walk(document.Text, around)
    for shape in shapes(document.DrawPage):
        filled = plain(get(shape, "FillStyle")) == "SOLID"
        box = around | {"flow": "zone", "CellColor": get(shape, "FillColor", -1) if filled else -1}
        for text in (get(shape, "TextBoxContent"), shape):
            if hasattr(text, "createEnumeration") and text.supportsService("com.sun.star.text.Text"):
                yield from walk(text, box)
                break
    for index in range(document.TextFrames.Count):
        frame = document.TextFrames.getByIndex(index)
        yield from walk(frame, around | {"flow": "zone", "CellColor": get(frame, "BackColor", -1)})
    styles = document.StyleFamilies.getByName("PageStyles")
    for name in styles.ElementNames:
        style = styles.getByName(name)
        for edge in ("Header", "Footer"):
            if style.isInUse() and get(style, f"{edge}IsOn"):
                for text in filter(None, (get(style, f"{edge}Text"), get(style, f"{edge}TextFirst"))):
                    yield from walk(text, around | {"flow": edge})
    for notes in (document.Footnotes, document.Endnotes):
        for index in range(notes.Count):
            yield from walk(notes.getByIndex(index), around | {"flow": "note"})


def pages(document):
    styles = document.StyleFamilies.getByName("PageStyles")
    for name in styles.ElementNames:
        style = styles.getByName(name)
        if style.isInUse():
            columns = get(style, "TextColumns")
            found = {key: plain(get(style, key)) for key in PAGES}
            yield name, found | {"columns": columns.ColumnCount if columns is not None else 1}


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.25)
    raise SystemExit("LibreOffice ne répond pas.")


@contextmanager
def office(soffice):
    """Start LibreOffice; give its desktop and the context of its services."""
    with tempfile.TemporaryDirectory() as folder:
        pipe = Path(folder).name
        program = subprocess.Popen(
            [
                soffice,
                "--headless",
                "--norestore",
                "--nologo",
                f"-env:UserInstallation=file://{folder}/profile",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            context = connect(pipe)
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            yield desktop, context
            with suppress(Exception):  # it closes the connection before it answers
                desktop.terminate()
            program.wait(30)
        finally:
            program.poll() is None and program.kill()


def opened(desktop, path):
    """Open a file out of sight."""
    hidden = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(str(path)), "_blank", 0, (hidden,))
    if document is None:
        raise SystemExit(f"LibreOffice n'ouvre pas {path}.")
    return document


def dump(desktop, path):
    document = opened(desktop, path)
    try:
        return {"paragraphs": list(paragraphs(document)), "pages": dict(pages(document))}
    finally:
        document.close(True)


def main(soffice, files):
    with office(soffice) as (desktop, _):
        json.dump([dump(desktop, Path(file).resolve()) for file in files], sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
