"""The links that the walk over a Word document is in."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from falc.formats.office.docx.story import LinkMark
from falc.look import TextFormat


class OpenLinks:
    """Links may stand in one another; `color` is that of letters that have none of their own."""

    def __init__(self, color: str | None) -> None:
        self._color = color
        self._open: list[tuple[etree._Element, LinkMark, int]] = []
        self._looks: dict[tuple[TextFormat, bool], TextFormat] = {}
        self._pieces = 0  # dressed so far: a link that saw none has no text

    def __bool__(self) -> bool:
        """Is there anything that changes a text?"""
        return bool(self._open) or self._color is not None

    @property
    def innermost(self) -> LinkMark | None:
        """The link that a text would belong to."""
        return self._open[-1][1] if self._open else None

    def open(self, begin: etree._Element, mark: LinkMark) -> None:
        """Go into a link."""
        self._open.append((begin, mark, self._pieces))

    def close(self, begin: etree._Element) -> LinkMark | None:
        """Leave the link that `begin` began; return it if it has no text: it only holds a picture, or nothing."""
        for index in range(len(self._open) - 1, -1, -1):
            element, mark, pieces = self._open[index]
            if element is begin:
                del self._open[index]
                return mark if pieces == self._pieces else None
        return None

    def dress(self, look: TextFormat) -> TextFormat:
        """Return the look of the next text as the links and the text box around it change it."""
        self._pieces += 1
        key = look, any(mark.kind == "link" for _, mark, _ in self._open)
        if key not in self._looks:
            self._looks[key] = replace(look, link=key[1], color=look.color or self._color)
        return self._looks[key]
