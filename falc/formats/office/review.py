"""What a reviewer leaves in an Office file: comments and tracked changes, whatever the format."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from falc.model import FalcError, Span
from falc.texts import texts

__all__ = ["Comment", "Doing", "Reviewer", "lines_of", "said_place", "source_date", "writable"]

_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED = 60  # characters of words that a comment cannot hang on, and says instead
LAST_DATE = datetime(2107, 12, 31, tzinfo=UTC)  # the last that a zip file can write


class Doing(Enum):
    """What falc wants to do with a file; a protected file may forbid it."""

    COMMENT = "comment"
    TRACK = "track"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Comment:
    """What to say about `span` of the document's text, in paragraphs."""

    span: Span
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who writes; without a date it is that of SOURCE_DATE_EPOCH, or now."""

    author: str = "falc"
    initials: str = "FA"
    date: datetime | None = None

    @property
    def when(self) -> datetime:
        """The date of what is written; raises FalcError when SOURCE_DATE_EPOCH is no number."""
        return self.date or source_date() or datetime.now()

    @property
    def clock(self) -> str:
        """The date as both programs write it, the time of the clock on the wall; Word marks it Z all the same."""
        return self.when.replace(microsecond=0, tzinfo=None).isoformat()


def writable(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def lines_of(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of a comment, at least one, as they can be written."""
    return tuple(writable(line) for paragraph in paragraphs for line in paragraph.split("\n")) or ("",)


def said_place(path: str, words: str, comment: Comment) -> str:
    """Say that a comment is about the place `path`, and about `words` there when it does not say which itself."""
    place, words = path[:1].upper() + path[1:], words.strip()
    if not words or any(words.lower() in said.lower() for said in comment.paragraphs):
        return place
    if len(words) > _QUOTED:
        words = f"{words[:_QUOTED].rsplit(None, 1)[0]} …"
    return str(texts()["commentaires"]["place"]).format(place=place, words=" ".join(words.split()))


def source_date() -> datetime | None:
    """Return the date that SOURCE_DATE_EPOCH asks for, so that outputs can be reproduced."""
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if not value:
        return None
    try:
        return min(datetime.fromtimestamp(int(value), UTC), LAST_DATE)
    except (ValueError, OverflowError, OSError) as error:
        raise FalcError("La variable SOURCE_DATE_EPOCH doit être un nombre de secondes.") from error
