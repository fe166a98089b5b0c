"""What an Office file holds beside its text, which falc does not read, run or follow: to be told to people.

The names of what is found are those of the section `skipped.office` of the texts.  The walks over the text find some of
the same objects, in their own way: `found | unread` keeps the larger number of each.
"""

from __future__ import annotations

import re
from collections import Counter

from falc.formats.office.odt.package import DRAW, META, OFFICE, TEXT, XLINK, OdtFile
from falc.formats.office.package import Package, Relationship

__all__ = ["is_signed", "unread_odt", "unread_parts"]

# How the types of Word's relationships end, whatever the version of the format.  People, not Word, follow a hyperlink.
_INSIDE = {"package": "object", "oleObject": "object", "control": "object", "vbaProject": "macro"}
_OUTSIDE = {
    "hyperlink": None,
    "attachedTemplate": "template",
    "mailMergeSource": "source",
    "mailMergeHeaderSource": "source",
}
_WITH_LINKS = frozenset({"settings", "header", "footer", "footnotes", "endnotes", "comments", "chart"})
_SIGNATURE = re.compile(r"_xmlsignatures/.+\.xml|meta-inf/.*documentsignatures.*\.xml")
_MODULE = re.compile(r"(basic|scripts)/.+/(?!script-l[bc]\.xml).+")

# What an OpenDocument text may take from elsewhere as it is opened.
_DDE = (f"{TEXT}dde-connection-decl", f"{OFFICE}dde-source")
_DRAWN = ("image", "object", "object-ole", "plugin", "applet", "floating-frame", "fill-image")
_LINKING = (*(DRAW + tag for tag in _DRAWN), f"{TEXT}section-source", *_DDE)
_ELSEWHERE = re.compile(r"[A-Za-z][\w+.-]*:|/|\.\./|\\\\")


def unread_parts(package: Package) -> Counter[str]:
    """Count what a Word file holds or points to beside its text: macros, embedded files, what is elsewhere."""
    found = Counter({"signature": int(is_signed(package))})
    main = package.main
    parts = {main: ""}
    for link in package.relationships(main):
        name = None if link.external else package.find(link.target)
        if name is not None and _end(link) in _WITH_LINKS:
            parts.setdefault(name, _end(link))
    for part, role in parts.items():
        for link in package.relationships(part):
            key = _OUTSIDE.get(_end(link), "remote") if link.external else _INSIDE.get(_end(link))
            if key and (link.external or role != "chart"):  # a chart keeps its figures in a workbook of its own
                found[key] += 1
    return +found


def _end(link: Relationship) -> str:
    return link.type.rpartition("/")[2]


def unread_odt(file: OdtFile) -> Counter[str]:
    """Count what an OpenDocument text holds or points to beside its text: macros, what is elsewhere."""
    found: Counter[str] = Counter()
    if file.package is not None:
        found["signature"] = int(is_signed(file.package))
        found["macro"] = int(any(_MODULE.fullmatch(name.lower()) for name in file.package.names))
    for root in file.roots():
        for element in root.iter(*_LINKING):
            elsewhere = _ELSEWHERE.match(element.get(f"{XLINK}href") or "")
            found["remote"] += bool(elsewhere) or element.tag in _DDE
        found["macro"] |= any(len(script) or script.text for script in root.iter(f"{OFFICE}script"))
        sources = {field.get(f"{TEXT}database-name") for field in root.iter(f"{TEXT}database-display")}
        found["source"] += len(sources - {None})
    if file.meta is not None and next(file.meta.iter(f"{META}template"), None) is not None:
        found["template"] = 1
    return +found


def is_signed(package: Package) -> bool:
    """Does the file carry a digital signature, which any change breaks?"""
    return any(_SIGNATURE.fullmatch(name.lower()) for name in package.names)
