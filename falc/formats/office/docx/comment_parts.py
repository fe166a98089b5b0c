"""The parts of a Word document that hold comments, and the styles that they use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from falc.formats.office.docx.comment_marks import MARKS
from falc.formats.office.docx.styles import value_of
from falc.formats.office.package import WORD_TYPE, Package, W
from falc.formats.office.review import Reviewer, lines_of, writable

_NAMESPACES = {"w": W[1:-1]}
_LONGEST = 19  # digits: a longer identifier is nonsense, and slow to read as a number
_MOST = 2**31 - 1  # Word counts comments in 32 bits


@dataclass(frozen=True, slots=True)
class WrittenComments:
    """The numbers of the comments, in order, and the style of their marks in the text."""

    ids: tuple[str, ...]
    reference_style: str


def said_by(package: Package, author: str) -> Mapping[tuple[str, ...], list[str]]:
    """Return what the comments of an author say, line by line, with the numbers of those that say it."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    part = package.related(package.main, "comments")
    for comment in () if part is None else package.xml(part).iterchildren(f"{W}comment"):
        if comment.get(f"{W}author") == writable(author):
            lines = tuple("".join(t.text or "" for t in p.iter(f"{W}t")) for p in comment.iterchildren(f"{W}p"))
            found[lines].append(comment.get(f"{W}id") or "")
    return found


def add_comments(
    package: Package, comments: Sequence[Sequence[str]], reviewer: Reviewer, parts: Iterable[str]
) -> WrittenComments:
    """Add the comments, each in paragraphs, to the document; return how the text must refer to them.

    `parts` are those that hold text: no number that they mention is taken again.
    """
    main = package.main
    part = package.related(main, "comments")
    if part is None:
        root = etree.Element(f"{W}comments", nsmap=_NAMESPACES)
        part = package.add(main, "comments", root, f"{WORD_TYPE}comments+xml")
    root = package.xml(part)
    reference_style, text_style = _comment_styles(package)
    ids = _free_ids([root, *(package.xml(name) for name in parts)], len(comments))
    who = {"author": reviewer.author, "date": f"{reviewer.clock}Z", "initials": reviewer.initials}
    attributes = " ".join(f"w:{name}={quoteattr(writable(value))}" for name, value in who.items())
    # Written as text and parsed at once: element by element would take ten times as long.
    mark = f"<w:r><w:rPr><w:rStyle w:val={quoteattr(reference_style)}/></w:rPr><w:annotationRef/></w:r>"
    opening = f"<w:p><w:pPr><w:pStyle w:val={quoteattr(text_style)}/></w:pPr>"
    written = [f'<w:comments xmlns:w="{_NAMESPACES["w"]}">']
    for identifier, paragraphs in zip(ids, comments, strict=True):
        runs = [f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines_of(paragraphs)]
        text = f"{opening}{mark}{opening.join(runs)}"
        written.append(f'<w:comment w:id="{identifier}" {attributes}>{text}</w:comment>')
    written.append("</w:comments>")
    root.extend(etree.fromstring("".join(written)))
    package.touch(part)
    return WrittenComments(ids, reference_style)


def _free_ids(roots: Iterable[etree._Element], wanted: int) -> tuple[str, ...]:
    """Return numbers that neither a comment nor a mark in a text has, above theirs if there is room."""
    marked = (element.get(f"{W}id") or "" for root in roots for element in root.iter(f"{W}comment", *MARKS))
    used = {int(identifier) for identifier in marked if identifier.isdecimal() and len(identifier) < _LONGEST}
    first = max(used, default=-1) + 1
    free = count(first) if first + wanted <= _MOST else (number for number in count() if number not in used)
    return tuple(str(next(free)) for _ in range(wanted))


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
