"""What the instruction of a Word field means, in Word files and in those that LibreOffice made of them.

A field shows a value that Word computes: merge fields, dates, page numbers, links, tables of contents.  Some values are
not known when the letter is written (a name, a date): those fields are placeholders.  Others show text of the letter
(a link, a table of contents): that text is read.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Literal

# « MERGEFIELD "Nom de famille" \* Upper »: only the first two words count.
_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_NAMED = frozenset({"MERGEFIELD", "DOCPROPERTY", "DOCVARIABLE"})
_OF_THE_MERGE = {"ADDRESSBLOCK", "COMPARE", "DATABASE", "FILLIN", "GREETINGLINE", "IF", "MERGEREC", "MERGESEQ"}
_OF_THE_FORM = {"FORMDROPDOWN", "FORMTEXT"}
_OF_TIME = {"CREATEDATE", "DATE", "EDITTIME", "PRINTDATE", "SAVEDATE", "TIME"}
_OF_THE_PAGES = {"NUMPAGES", "PAGE", "SECTION", "SECTIONPAGES"}
_OF_THE_FILE = {"FILENAME", "FILESIZE", "INFO", "LASTSAVEDBY", "NUMCHARS", "NUMWORDS", "REVNUM", "TEMPLATE"}
_OF_THE_AUTHOR = {"AUTHOR", "USERADDRESS", "USERINITIALS", "USERNAME"}
_OF_MACHINES = {"BARCODE", "DISPLAYBARCODE", "MERGEBARCODE"}
_COMPUTED = _OF_THE_MERGE | _OF_THE_FORM | _OF_TIME | _OF_THE_PAGES | _OF_THE_FILE | _OF_THE_AUTHOR | _OF_MACHINES
_BUTTONS = frozenset({"MACROBUTTON", "GOTOBUTTON"})
_SILENT = frozenset({"ASK", "NEXT", "NEXTIF", "PRIVATE", "RD", "SET", "SKIPIF", "TA", "TC", "XE"})
_REFERENCES = frozenset({"REF", "PAGEREF", "NOTEREF"})
_WITH_ARGUMENT = frozenset({"\\o", "\\t"})  # switches of HYPERLINK whose argument is no address


class FieldKind(Enum):
    """What the reader of the letter sees of a field."""

    PLACEHOLDER = "placeholder"
    TEXT = "text"
    NOTHING = "nothing"


def understand(instruction: str, form_name: str = "") -> tuple[FieldKind, str]:
    """Return what a field shows, and the name of what will stand in its place."""
    matches = _WORD.finditer(instruction)
    first, second = next(matches, None), next(matches, None)
    if first is None:
        return FieldKind.TEXT, ""
    name = (first[1] or first[2] or "").upper()
    if name in _SILENT:
        return FieldKind.NOTHING, name
    if name in _BUTTONS:
        prompt = instruction[second.end() :].strip() if second else ""
        return FieldKind.PLACEHOLDER, prompt or name
    if name in _NAMED:
        argument = (second[1] or second[2] or "").strip() if second else ""
        return FieldKind.PLACEHOLDER, name if argument.startswith("\\") else argument or name
    if name in _COMPUTED or name.startswith("="):
        return FieldKind.PLACEHOLDER, form_name or name
    return FieldKind.TEXT, name


def text_around(instruction: str) -> tuple[str, str]:
    """Return what a merge field shows just before and just after its value, when it has one."""
    words = iter([match[1] if match[1] is not None else match[2] for match in _WORD.finditer(instruction)])
    before = after = ""
    if next(words, "").upper() == "MERGEFIELD":
        next(words, "")
        for word in words:
            if word.lower() == "\\b":
                before = next(words, "")
            elif word.lower() == "\\f":
                after = next(words, "")
    return before, after


def is_contents(instruction: str) -> bool:
    """Does a field make a table of contents?  With the switch « \\c », it lists figures."""
    words = instruction.split()
    return bool(words) and words[0].upper() == "TOC" and "\\c" not in (word.lower() for word in words)


def link_of(instruction: str) -> tuple[Literal["link", "reference"], str] | None:
    """Return the kind and the target of the link that a field shows, if it is one."""
    words = iter([match[1] if match[1] is not None else match[2] for match in _WORD.finditer(instruction)])
    name = next(words, "").upper()
    if name in _REFERENCES:
        return "reference", f"#{next(words, '')}"
    if name != "HYPERLINK":
        return None
    address = anchor = ""
    for word in words:
        if word.lower() == "\\l":
            anchor = f"#{next(words, '')}"
        elif word.lower() in _WITH_ARGUMENT:
            next(words, "")
        elif not word.startswith("\\") and not address:
            address = word
    return "link", address + anchor
