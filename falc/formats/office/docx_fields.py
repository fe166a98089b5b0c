"""Fields of a Word document: merge fields, dates, page numbers, links, tables of contents.

A field shows a value that Word computes.  Some values are not known when the letter is
written (a name, a date): those fields are placeholders.  Others show text of the letter
(a link, a table of contents): that text is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from lxml import etree

from falc.formats.office.docx_styles import RunLook
from falc.formats.office.package import W

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
_DEEPEST = 32  # Word stops at 20


class FieldKind(Enum):
    """What the reader of the letter sees of a field."""

    PLACEHOLDER = "placeholder"
    TEXT = "text"
    NOTHING = "nothing"


@dataclass(eq=False, slots=True)
class Field:
    """A field that is being read.  `begin` and `end` are the elements that bound it.

    `begin_paragraph` and `end_paragraph` tell whether it stands in one paragraph; `look` is
    that of its beginning, for a field that displays nothing.
    """

    begin: etree._Element
    begin_paragraph: etree._Element | None
    look: RunLook
    end: etree._Element | None = None
    end_paragraph: etree._Element | None = None
    instruction: list[str] = field(default_factory=list)
    form_name: str = ""
    kind: FieldKind = FieldKind.TEXT
    name: str = ""
    in_result: bool = False
    displayed: bool = False

    def start_result(self) -> None:
        """Understand the instruction, which is now complete."""
        self.in_result = True
        self.kind, self.name = understand(self.text, self.form_name)

    @property
    def text(self) -> str:
        """The instruction."""
        return "".join(self.instruction)

    @property
    def shows(self) -> bool:
        """Is what is read now displayed?"""
        return self.in_result and self.kind is not FieldKind.NOTHING

    @property
    def in_one_paragraph(self) -> bool:
        return self.end is not None and self.begin_paragraph is self.end_paragraph


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


def paired_marks(root: etree._Element, outside: frozenset[str]) -> set[etree._Element]:
    """Return the field marks of `root` that belong to a complete field, not nested absurdly deep.

    A mark inside one of the `outside` elements is not displayed.  Text boxes and notes
    are stories of their own: a field never crosses their edge.
    """
    stories: dict[etree._Element | None, list[list[etree._Element]]] = defaultdict(list)
    paired: set[etree._Element] = set()
    for mark in root.iter(f"{W}fldChar"):
        story = _story_of(mark, outside)
        if story is None:
            continue
        fields, kind = stories[story], mark.get(f"{W}fldCharType")
        if kind == "begin":
            fields.append([mark])
        elif fields and kind == "separate":
            fields[-1].append(mark)
        elif fields and kind == "end":
            marks = fields.pop()
            if len(fields) < _DEEPEST:
                paired.update(marks[:2], [mark])
    return paired


_STORIES = frozenset({f"{W}txbxContent", f"{W}footnote", f"{W}endnote"})


def _story_of(mark: etree._Element, outside: frozenset[str]) -> etree._Element | None:
    story = last = mark
    for last in _ancestors(mark):
        if last.tag in outside:
            return None
        if story is mark and last.tag in _STORIES:
            story = last
    return last if story is mark else story


def _ancestors(element: etree._Element) -> Iterator[etree._Element]:
    parent = element.getparent()
    while parent is not None:
        yield parent
        parent = parent.getparent()
