"""How the blocks of an HTML page look: the space between them, their boxes, the marks of lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from falc.formats.web.html_cascade import Styled
from falc.formats.web.html_style import Edge, Style
from falc.formats.web.html_tree import Node, ancestors
from falc.look import ParagraphFormat

__all__ = ["Gap", "List", "block_format", "marker_of"]

_NOTHING = Edge()
_CELLS = frozenset(("td", "th"))
# A page or a cell is no frame around one text.
_PAGE_PARTS = frozenset(("article", "body", "html", "main", "table", "tbody", "td", "tfoot", "th", "thead", "tr"))
_NEAR = 3
_BULLETS = {"disc": "•", "circle": "◦", "square": "▪"}
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
    )
)
_MOST_ROMAN = 4000


class Gap:
    """Add up what separates two blocks: margins that touch collapse, as in browsers."""

    def __init__(self) -> None:
        self._total = self._positive = self._negative = 0.0
        self._known = True
        self._said = self._apart = False

    def open(self, node: Node, styled: Styled) -> None:
        """Pass the upper edges of a block."""
        self._pass(node, styled)
        box = styled[node].box
        self._margin(box.margins.get("top", _NOTHING))
        self._solid(box.paddings.get("top", _NOTHING), "top" in box.bordered)

    def close(self, node: Node, styled: Styled) -> None:
        """Pass the lower edges of a block."""
        self._pass(node, styled)
        box = styled[node].box
        self._solid(box.paddings.get("bottom", _NOTHING), "bottom" in box.bordered)
        self._margin(box.margins.get("bottom", _NOTHING))

    @property
    def points(self) -> float | None:
        """Return the distance, None when the page does not say it or when the blocks are side by side."""
        if self._apart or not (self._known and self._said):
            return None
        return round(self._total + self._positive + self._negative, 4)

    def _pass(self, node: Node, styled: Styled) -> None:
        around = styled[node.parent].box.display if node.parent else ""
        if node.name in _CELLS or styled[node].box.floats or around.endswith(("flex", "grid")):
            self._apart = True

    def _margin(self, edge: Edge) -> None:
        self._said = self._said or edge.said
        if edge.width is None:
            self._known = False
        elif edge.width > 0:
            self._positive = max(self._positive, edge.width)
        else:
            self._negative = min(self._negative, edge.width)

    def _solid(self, edge: Edge, border: bool) -> None:
        self._said = self._said or edge.said
        if edge.width is None:
            self._known = False
        elif edge.width > 0 or border:
            self._total += self._positive + self._negative + edge.width
            self._positive = self._negative = 0.0


@dataclass(slots=True)
class List:
    """A list that is being read: the number of its last item."""

    number: int = 0
    step: int = 1

    @classmethod
    def of(cls, node: Node) -> List:
        """Return the list that an element opens."""
        attributes = node.attributes
        step = -1 if "reversed" in attributes else 1
        items = sum(child.name == "li" for child in node.children) if step < 0 else 1
        return cls(_number(attributes, "start", items) - step, step)

    def next(self, item: Node) -> int:
        """Return the number of the next item."""
        self.number = _number(item.attributes, "value", self.number + self.step)
        return self.number


def _number(attributes: Mapping[str, str], name: str, default: int) -> int:
    value = attributes.get(name, "").strip()
    return int(value) if value.lstrip("-").isascii() and value.lstrip("-").isdigit() and len(value) < 7 else default


def marker_of(style: Style, number: int) -> str:
    """Return what the list shows before an item: « • », « 2. », or nothing."""
    kind = style.list_type
    if style.box.display not in ("", "list-item") or kind in ("", "none"):
        return ""
    if kind[0] in "\"'":
        return kind.strip("\"'").strip()
    return _BULLETS.get(kind) or _counted(kind, number) + "."


def _counted(kind: str, number: int) -> str:
    if kind.endswith(("-alpha", "-latin")) and number > 0:
        shown = _letters(number)
    elif kind.endswith("-roman") and 0 < number < _MOST_ROMAN:
        shown = _roman(number)
    else:
        return f"{number:02d}" if kind == "decimal-leading-zero" else str(number)
    return shown.upper() if kind.startswith("upper") else shown


def _letters(number: int) -> str:
    shown = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        shown = "abcdefghijklmnopqrstuvwxyz"[rest] + shown
    return shown


def _roman(number: int) -> str:
    shown = ""
    for value, letters in _ROMAN:
        shown += letters * (number // value)
        number %= value
    return shown


def block_format(node: Node, styled: Styled) -> ParagraphFormat:
    """Return the look of the text right inside a block, but for what stands around it."""
    style = styled[node]
    left, right = (_inset(node, styled, side) for side in ("left", "right"))
    return ParagraphFormat(
        alignment=style.alignment,
        line_spacing=style.line_spacing,
        first_line=style.first_line,
        left=left,
        right=right,
        columns=style.columns,
        boxed=any(_is_box(each, styled) for each in _around(node)) if styled.declared else None,
        floating=style.floating,
        keep_together=style.box.keep_together,
        keep_with_next=True if style.box.after == "avoid" else None,
        hyphenate=style.hyphenate,
        vertical=style.upright or style.turned,
    )


def _inset(node: Node, styled: Styled, side: str) -> float | None:
    box = styled[node].box
    edges = [edges[side] for edges in (box.margins, box.paddings) if side in edges]
    widths = [edge.width for edge in edges if edge.width is not None]
    return round(sum(widths), 4) if edges and len(widths) == len(edges) else None


def _around(node: Node) -> Iterator[Node]:
    """Yield a block and the blocks close around it."""
    near = [node]
    for around in ancestors(node):
        if len(near) > _NEAR:
            break
        near.append(around)
    for each in near:
        if each.name in _PAGE_PARTS:
            return
        yield each


def _is_box(node: Node, styled: Styled) -> bool:
    box = styled[node].box
    return box.filled or bool(box.bordered)
