"""The fields of a Word document, as a walk meets them: which marks bound one, what it shows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from falc.formats.office.docx.styles import RunLook
from falc.formats.office.instructions import FieldKind, text_around, understand
from falc.formats.office.package import W
from falc.formats.office.story import NOTHING_AROUND

_DEEPEST = 32  # Word stops at 20


@dataclass(eq=False, slots=True)
class Field:
    """A field that is being read.  `begin` and `end` are the elements that bound it.

    `begin_paragraph` and `end_paragraph` tell whether it stands in one paragraph; `look` is
    that of its beginning, for a field that displays nothing.  `around` is what it shows before and after its value.
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
    around: tuple[str, str] = NOTHING_AROUND
    in_result: bool = False
    displayed: bool = False

    def start_result(self) -> None:
        """Understand the instruction, which is now complete."""
        self.in_result = True
        self.kind, self.name = understand(self.text, self.form_name)
        self.around = text_around(self.text)

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
    for last in mark.iterancestors():
        if last.tag in outside:
            return None
        if story is mark and last.tag in _STORIES:
            story = last
    return last if story is mark else story
