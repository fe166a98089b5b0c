"""Bar charts: as SVG for a page; for a Word file, the pixel that a bar is made of."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from falc.formats.office.png import one_pixel

_ROW, _BAR, _LABEL, _WIDTH, _NUMBER = 34, 22, 230, 640, 60
_COLOR, _INK = "#1f4e8c", "#1a1a1a"


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with their labels; the same figures are given as a table beside it."""

    title: str
    label: str
    count: str
    bars: tuple[tuple[str, int], ...]
    note: str = ""

    @property
    def in_words(self) -> str:
        """Tell the figures in a sentence, for people who do not see the bars."""
        return f"{self.title}. " + ", ".join(f"{label}\u00a0: {value}" for label, value in self.bars) + "."

    def _rows(self) -> list[tuple[str, int, int, int]]:
        """Return label, value, top and length of each bar."""
        room = _WIDTH - _LABEL - _NUMBER
        return [(label, n, i * _ROW + 6, round(share * room)) for i, (label, n, share) in enumerate(self.shares())]

    def svg(self) -> str:
        """Return the chart as an SVG element for an HTML page."""
        rows = [
            f'<text x="{_LABEL - 10}" y="{top + 16}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{_LABEL}" y="{top}" width="{max(length, 1)}" height="{_BAR}" fill="{_COLOR}"/>'
            f'<text x="{_LABEL + length + 8}" y="{top + 16}">{value}</text>'
            for label, value, top, length in self._rows()
        ]
        height = len(self.bars) * _ROW + 6
        return (
            f'<svg role="img" aria-label="{escape(self.in_words)}" viewBox="0 0 {_WIDTH} {height}" '
            f'width="{_WIDTH}" height="{height}" font-family="Arial, sans-serif" font-size="16" fill="{_INK}">'
            f"{''.join(rows)}</svg>"
        )

    def shares(self) -> list[tuple[str, int, float]]:
        """Return label, value and length of each bar against the longest."""
        most = max((value for _, value in self.bars), default=0) or 1
        return [(label, value, value / most) for label, value in self.bars]


def bar_png() -> bytes:
    """Return one pixel of the colour of the bars: stretched, it is a bar."""
    return one_pixel(*bytes.fromhex(_COLOR.removeprefix("#")))
