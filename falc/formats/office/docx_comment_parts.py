"""The parts of a Word document that hold comments, and the styles that they use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from falc.formats.office.docx_styles import value_of
from falc.formats.office.package import WORD_TYPE, Package, W

_NAMESPACES = {"w": W[1:-1]}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class WrittenComments:
    """The numbers of the comments, in order, and the style of their marks in the text."""

    ids: tuple[str, ...]
    reference_style: str


def add_comments(
    package: Package, comments: Sequence[Sequence[str]], *, author: str, initials: str, date: datetime
) -> WrittenComments:
    """Add the comments, each in paragraphs, to the document; return how the text must refer to them."""
    main = package.main
    part = package.related(main, "comments")
    if part is None:
        root = etree.Element(f"{W}comments", nsmap=_NAMESPACES)
        part = package.add(main, "comments", root, f"{WORD_TYPE}comments+xml")
    root = package.xml(part)
    reference_style, text_style = _comment_styles(package)
    first = _next_id(package.xml(main), root)
    ids = tuple(str(first + number) for number in range(len(comments)))
    for identifier, paragraphs in zip(ids, comments, strict=True):
        attributes = {"id": identifier, "author": author, "date": _wall_clock(date), "initials": initials}
        clean = {W + name: _clean(value) for name, value in attributes.items()}
        comment = etree.SubElement(root, f"{W}comment", clean)
        for number, text in enumerate(_lines(paragraphs)):
            _add_paragraph(comment, text, text_style, reference_style if number == 0 else None)
    package.touch(part)
    return WrittenComments(ids, reference_style)


def _add_paragraph(comment: etree._Element, text: str, style: str, mark_style: str | None) -> None:
    paragraph = etree.SubElement(comment, f"{W}p")
    properties = etree.SubElement(paragraph, f"{W}pPr")
    etree.SubElement(properties, f"{W}pStyle", {f"{W}val": style})
    if mark_style is not None:
        mark = etree.SubElement(paragraph, f"{W}r")
        mark_properties = etree.SubElement(mark, f"{W}rPr")
        etree.SubElement(mark_properties, f"{W}rStyle", {f"{W}val": mark_style})
        etree.SubElement(mark, f"{W}annotationRef")
    run = etree.SubElement(paragraph, f"{W}r")
    element = etree.SubElement(run, f"{W}t", {_SPACE: "preserve"})
    element.text = text


def _lines(paragraphs: Sequence[str]) -> list[str]:
    return [_clean(line) for paragraph in paragraphs for line in paragraph.split("\n")] or [""]


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _wall_clock(date: datetime) -> str:
    """Write a date as Word does: the time of the clock on the wall, marked Z all the same."""
    return date.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _next_id(main: etree._Element, comments: etree._Element) -> int:
    """Return a number above those of the comments and of their marks in the text."""
    marks = main.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")
    used = (element.get(f"{W}id") or "" for elements in (comments, marks) for element in elements)
    return max((int(identifier) for identifier in used if identifier.isdecimal()), default=-1) + 1


def _comment_styles(package: Package) -> tuple[str, str]:
    """Return the styles of the mark and of the text of a comment, which are made when absent.

    Word translates the identifiers of its styles, never their names.
    """
    part = package.related(package.main, "styles")
    if part is None:
        part = package.add(
            package.main, "styles", etree.Element(f"{W}styles", nsmap=_NAMESPACES), f"{WORD_TYPE}styles+xml"
        )
    root = package.xml(part)
    by_name = {(value_of(style, "name") or "").lower(): style.get(f"{W}styleId") for style in root.iter(f"{W}style")}
    found = []
    for kind, name, identifier, size in (
        ("character", "annotation reference", "CommentReference", "16"),
        ("paragraph", "annotation text", "CommentText", "20"),
    ):
        style = by_name.get(name)
        if style is None:
            style = _free_identifier(identifier, set(by_name.values()))
            root.append(_style(kind, name, style, size))
            package.touch(part)
        found.append(style)
    return found[0], found[1]


def _free_identifier(wanted: str, used: set[str | None]) -> str:
    candidates = (f"{wanted}{number or ''}" for number in range(len(used) + 1))
    return next(candidate for candidate in candidates if candidate not in used)


def _style(kind: str, name: str, identifier: str, size: str) -> etree._Element:
    style = etree.Element(f"{W}style", {f"{W}type": kind, f"{W}styleId": identifier})
    etree.SubElement(style, f"{W}name", {f"{W}val": name})
    etree.SubElement(style, f"{W}uiPriority", {f"{W}val": "99"})
    etree.SubElement(style, f"{W}semiHidden")
    etree.SubElement(style, f"{W}unhideWhenUsed")
    properties = etree.SubElement(style, f"{W}rPr")
    for tag in ("sz", "szCs"):
        etree.SubElement(properties, W + tag, {f"{W}val": size})
    return style
