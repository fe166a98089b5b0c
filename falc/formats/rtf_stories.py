"""What an RTF file shows, story by story: the text with its paragraphs, cells, fields and looks marked.

striprtf reads RTF well (code pages, accents, Unicode) but drops headers and notes, shows deleted and hidden text, and
takes hours on some hostile files.  So the groups are sorted out here, in one pass, and each story is written again in
the few plain words of RTF that the library needs.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from striprtf.striprtf import destinations

from falc.formats.rtf_plain import (
    CELL,
    FIELD,
    FIELD_END,
    LABEL,
    LABEL_END,
    OURS,
    PAGES,
    ROW,
    Field,
    Shape,
    Story,
    decode,
)
from falc.formats.rtf_tables import BODY_TEXT, Tables, level_of
from falc.look import TextFormat
from falc.model import FalcError
from falc.texts import texts

__all__ = ["Stories"]

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)|\\"
)
_MOST_CHARACTERS = 2_000_000
_MOST_TOKENS = 2_000_000
_DEEPEST = 5_000
# Groups whose content stands in the page like the text around them.
_CLEAR = frozenset({"shp", "shpinst", "shpgrp", "shppict", "do", "dptxbx", "ud"})
_STORIES = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
    "footnote": "footnote", "shptxt": "box", "dptxbxtext": "box", "title": "title",
}  # fmt: skip
_LABELS = frozenset({"listtext", "pntext"})
# The same content again for older programs, or pictures of bullets.
_DOUBLES = frozenset({"nonshppict", "shprslt", "nonesttables", "listpicture", "objdata", "picprop"})
_COUNTED = {"pict": "image", "object": "object", "moMath": "equation", "mmath": "equation"}
_SIGNS = {
    "tab", "emdash", "endash", "emspace", "enspace", "qmspace", "bullet", "lquote", "rquote", "ldblquote", "rdblquote",
    "line",
}  # fmt: skip
_BREAKS = frozenset({"page", "column", "softline", "softpage", "lbr"})


@dataclass(slots=True)
class _Group:
    """What holds between two braces."""

    story: Story | None = None  # None: nothing of it is shown
    owner: Field | None = None  # the field whose parts these are
    in_instruction: bool = False
    open_field: bool = False
    open_label: bool = False
    silent: bool = False  # its pictures are counted elsewhere
    upr: bool = False
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1  # signs that follow a Unicode one, for older programs
    font: str | None = None
    look: TextFormat = field(default_factory=TextFormat)
    starred: bool = False
    table: str = ""  # of the head of the file: fonttbl, stylesheet


class Stories:
    """Sorts out the groups of a file.  Raises FalcError for a file that is too long."""

    def __init__(self, data: bytes) -> None:
        self.body = Story("body")
        self.others: list[Story] = []
        self.unread: Counter[str] = Counter()
        self._tables = Tables()
        self._characters = 0
        self._skip = 0
        self._hiding = False
        self._stack: list[_Group] = []
        self._group = _Group(self.body)
        self._read(data.decode("latin-1"))
        self.body.end_paragraph()
        decode((self.body, *self.others), self._tables.charsets, self._tables.encoding)

    def _read(self, text: str) -> None:
        position, tokens = 0, 0
        while match := _TOKEN.match(text, position):
            position, tokens = match.end(), tokens + 1
            if tokens > _MOST_TOKENS:
                raise _too_long()
            kind = match.lastgroup
            if kind == "text":
                self._add_text(match["text"])
            elif kind in ("word", "number"):
                number = int(match["number"]) if match["number"] else None
                if match["word"] == "bin":
                    position += max(number or 0, 0)
                else:
                    self._word(match["word"], number)
            elif kind == "hex":
                self._add_hex(match["hex"])
            elif kind == "sign":
                self._sign(match["sign"])
            elif kind == "brace":
                self._skip = 0
                if match["brace"] == "{":
                    self._open()
                elif self._close():
                    return

    def _open(self) -> None:
        group = self._group
        if len(self._stack) > _DEEPEST:
            raise FalcError(texts()["refused"]["suspect"].format(name="RTF"))
        self._stack.append(group)
        self._group = replace(group, open_field=False, open_label=False, starred=False, upr=False)
        if group.upr:  # the first form is for programs that know no Unicode, the second one for all others
            self._group.story, group.upr = None, False

    def _close(self) -> bool:
        """End a group; say whether it was the file itself."""
        group = self._group
        if not self._stack:
            return True
        self._group = self._stack.pop()
        if group.story is not None:
            if group.open_field:
                group.story.mark(FIELD_END)
            if group.open_label:
                group.story.mark(LABEL_END)
            if group.story is not self._group.story:
                group.story.end_paragraph()
        return not self._stack

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._group.starred = True
        elif sign in "\r\n":
            self._word("par", None)
        elif sign in "~_-":
            self._add(f"\\{sign}", 1)
        elif sign in "{}\\":
            self._add_hex(f"{ord(sign):02x}")

    def _word(self, word: str, number: int | None) -> None:
        group = self._group
        starred, group.starred = group.starred, False
        if word == "u":
            self._skip = 0
            self._add_unicode(number or 0)
            self._skip = group.fallback
            return
        if self._skip:  # a word counts for one sign
            self._skip -= 1
            return
        if group.table == "fonttbl":
            self._tables.font_word(word, number)
        elif group.table == "stylesheet":
            self._tables.style_word(word, number)
        elif word in _COUNTED:
            if not group.silent and not (word == "object" and group.story is None):
                self.unread[_COUNTED[word]] += 1
            self._drop(group)
        elif word in _DOUBLES:
            self._drop(group)
        elif word in _STORIES:
            self._start_story(group, word)
        elif word == "info":
            group.story, group.silent = Story("info"), True
        elif word in _LABELS:
            if group.story is not None:
                group.story.mark(LABEL)
                group.open_label = True
        elif word == "field":
            group.owner = Field()
        elif word == "fldinst":
            group.in_instruction, group.story = group.owner is not None, None
        elif word == "fldrslt":
            if group.story is not None and group.owner is not None:
                group.story.fields.append(group.owner)
                group.story.mark(FIELD)
                group.open_field = True
        elif word in ("fonttbl", "stylesheet"):
            group.table, group.story = word, None
        elif word == "upr":
            group.upr = True
        elif word in _CLEAR:
            pass
        elif starred or word in destinations:
            group.silent |= word not in ("sp", "sn", "sv")  # a shape says its picture in a property
            group.story = None
        else:
            self._property(group, word, number)

    def _drop(self, group: _Group) -> None:
        group.story, group.silent = None, True

    def _start_story(self, group: _Group, word: str) -> None:
        flow = _STORIES[word]
        outer = group.story
        group.story = None
        # A file says its headers once for each section and kind of page; nothing in a dropped group is shown.
        if outer is None or (flow == "title") != (outer.flow == "info"):
            return
        group.story = Story(flow, len(self.body.shapes) + 1)
        group.hidden = group.deleted = False
        self.others.append(group.story)

    def _property(self, group: _Group, word: str, number: int | None) -> None:
        on = number != 0
        if word in ("par", "sect", "cell", "row", "nestcell", "nestrow"):
            self._end(word)
        elif word in _SIGNS:
            self._add(f"\\{word} ", 1)
        elif word in _BREAKS:
            self._add("\\line ", 1)
        elif word == "ftnalt" and group.story is not None:
            group.story.flow = "endnote" if group.story.flow == "footnote" else group.story.flow
        elif word == "plain":
            group.hidden = group.deleted = False
            group.font, group.look = self._tables.font, TextFormat(size=12.0)
        elif word == "v":
            group.hidden = on
        elif word == "deleted":
            group.deleted = on
        elif word == "uc":
            group.fallback = max(number or 0, 0)
        elif word == "f":
            group.font = str(number)
        elif word in ("b", "i", "fs", "caps", "ul", "ulnone"):
            group.look = _look(group.look, word, number)
        elif word in ("pard", "s", "outlinelevel", "ilvl", "intbl"):
            self._shape(group.story, word, number)
        elif word == "deff":
            self._tables.font = group.font = str(number)
        elif word == "ansicpg" or word in PAGES:
            self._tables.page(word, number)

    def _shape(self, story: Story | None, word: str, number: int | None) -> None:
        if story is None:
            return
        if word == "pard":
            story.shape = Shape()
        elif word == "outlinelevel":
            story.shape = replace(story.shape, level=level_of(number) if number != BODY_TEXT else 0)
        elif word == "s":
            story.shape = replace(story.shape, level=self._tables.levels.get(number or 0, 0))
        elif word == "ilvl":
            story.shape = replace(story.shape, depth=level_of(number))
        else:
            story.shape = replace(story.shape, in_table=True)

    def _end(self, word: str) -> None:
        story = self._group.story
        if story is None:
            return
        if word == "row":
            story.mark(ROW)
        elif word == "cell":
            story.shape = replace(story.shape, in_table=True)
            story.end_paragraph(CELL)
        else:
            story.end_paragraph()

    def _add_text(self, text: str) -> None:
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        text = text[skipped:]
        if self._group.table == "stylesheet":
            self._tables.style_name(text)
        elif self._group.in_instruction and self._group.owner is not None:
            self._group.owner.say(text)
        elif text:
            self._add("".join(c if " " <= c < "\x7f" else f"\\'{ord(c):02x}" for c in text), len(text))

    def _add_hex(self, code: str) -> None:
        if self._skip:
            self._skip -= 1
        elif self._group.in_instruction and self._group.owner is not None:
            self._group.owner.say(bytes.fromhex(code).decode(self._tables.encoding, "replace"))
        else:
            self._add(f"\\'{code}", 1)

    def _add_unicode(self, number: int) -> None:
        code = number % 0x10000
        if self._group.in_instruction and self._group.owner is not None:
            self._group.owner.say(chr(code))
        elif code not in OURS:
            self._add(f"\\u{code} ?", 1)

    def _add(self, piece: str, characters: int) -> None:
        group = self._group
        if self._skip or group.story is None:
            self._skip = max(self._skip - 1, 0)
            return
        if group.hidden or group.deleted:
            self.unread["hidden"] += group.hidden and not self._hiding
            self._hiding = group.hidden
            return
        self._hiding = False
        self._characters += characters
        if self._characters > _MOST_CHARACTERS:
            raise _too_long()
        group.story.add(piece, group.font, group.look)


def _look(look: TextFormat, word: str, number: int | None) -> TextFormat:
    on = number != 0
    if word == "b":
        return replace(look, weight=700 if on else 400)
    if word == "i":
        return replace(look, italic=on)
    if word == "caps":
        return replace(look, capitals=on)
    if word == "fs":
        return replace(look, size=number / 2 if number and number > 0 else None)
    return replace(look, underline=word == "ul" and on)


def _too_long() -> FalcError:
    most = f"{_MOST_CHARACTERS:,}".replace(",", " ")
    return FalcError(texts()["refused"]["too_long"].format(most=most))
