"""From merged properties to the look that checks read: `TextFormat` and `ParagraphFormat`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from falc.formats.office.docx.properties import TOGGLES, Properties, Value
from falc.look import LineSpacing, ParagraphFormat, TextFormat

_ALIGNMENTS = {"left": "left", "start": "left", "right": "right", "end": "right", "center": "center"} | dict.fromkeys(
    ("both", "distribute", "thaiDistribute", "lowKashida", "mediumKashida", "highKashida"), "justify"
)
# Property -> the effect that readers see.
_EFFECTS = {
    "shadow": "shadow",
    "modern_shadow": "shadow",
    "outline": "outline",
    "modern_outline": "outline",
    "emboss": "emboss",
    "imprint": "imprint",
    "modern_glow": "glow",
    "modern_reflection": "reflection",
    "blink": "blink",
}
_LINE = 12.0  # `w:line` counts 240 for one line, which is read as 12 points
_AUTOMATIC = 14.0  # what Word takes for the automatic space of HTML


@dataclass(frozen=True, slots=True)
class RunLook:
    """The look of a run; hidden text is not displayed."""

    format: TextFormat
    hidden: bool


class RunLooks:
    """The looks of the runs of paragraphs with one style; `make` gives that of a run with some properties, or none."""

    def __init__(self, make: Callable[[etree._Element | None], RunLook]) -> None:
        self._make = make
        self._looks: dict[tuple[object, ...], RunLook] = {}
        self.plain = make(None)

    def look(self, properties: etree._Element) -> RunLook:
        """Return the look of a run with these properties; the same properties are understood once."""
        key = tuple([(p.tag, *p.items()) if not len(p) else etree.tostring(p, with_tail=False) for p in properties])
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._make(properties)
        return look


def merge_run(base: Properties, levels: Sequence[Properties], direct: Properties) -> dict[str, Value]:
    """Merge what is stated of a run; toggles stated by several styles are XOR-ed (ECMA-376-1, 17.7.3)."""
    merged = dict(base)
    for level in (*levels, direct):
        merged |= level
    for name in TOGGLES.values():
        if name in merged and name not in direct:
            stated = [level[name] for level in levels if name in level]
            if len(stated) > 1:
                merged[name] = base.get(name) is True or sum(value is True for value in stated) % 2 == 1
    return merged


def run_look(merged: Properties, behind: str | None) -> RunLook:
    """Return the look of a run; `behind` is the colour behind its paragraph."""
    font, accent = _text(merged, "font"), _text(merged, "accent_font")
    strikes = [merged[name] for name in ("strike", "double_strike") if name in merged]
    caps = [merged[name] for name in ("caps", "small_caps") if name in merged]
    effects = {effect for name, effect in _EFFECTS.items() if merged.get(name) is True}
    look = TextFormat(
        font=font or accent,
        accent_font=accent if font and accent != font else None,
        size=_length(merged, "size"),
        weight=None if merged.get("bold") is None else 700 if merged["bold"] else 400,
        italic=_truth(merged, "italic"),
        underline=_truth(merged, "underline"),
        strike=True in strikes if strikes else None,
        capitals=True in caps if caps else None,
        effects=tuple(sorted(effects)),
        spacing=_length(merged, "spacing"),
        scale=_length(merged, "scale"),
        color=_text(merged, "color"),
        background=_text(merged, "highlight") or _text(merged, "shade") or behind,
        language=_text(merged, "language"),
    )
    return RunLook(look, merged.get("hidden") is True)


def paragraph_format(merged: Properties, style: str | None, hyphenation: bool | None) -> ParagraphFormat:
    """Return the look of a paragraph, without what depends on its neighbours."""
    no_hyphens = _truth(merged, "no_hyphens")
    return ParagraphFormat(
        alignment=_ALIGNMENTS.get(_text(merged, "alignment") or ""),
        line_spacing=_line_spacing(merged),
        space_before=_space(merged, "before"),
        space_after=_space(merged, "after"),
        first_line=_length(merged, "first_line"),
        left=_length(merged, "left"),
        right=_length(merged, "right"),
        boxed=bool(borders_of(merged) or merged.get("shade")),
        floating=merged.get("framed") is True,
        keep_together=_truth(merged, "keep_together"),
        keep_with_next=_truth(merged, "keep_with_next"),
        widow_control=_truth(merged, "widow_control"),
        page_break_before=merged.get("page_break") is True,
        hyphenate=False if no_hyphens else hyphenation,
        vertical=merged.get("vertical") is True,
        style=style,
    )


def borders_of(merged: Properties) -> tuple[str, ...]:
    """Return the sides of a paragraph that have a border."""
    return tuple(sorted(name for name, value in merged.items() if name.startswith("border ") and value is True))


def _line_spacing(merged: Properties) -> LineSpacing | None:
    line, rule = _length(merged, "line"), merged.get("line_rule", "auto")
    if line is None:
        return None
    if rule == "auto":
        return LineSpacing(round(line / _LINE, 4), "lines")
    return LineSpacing(line, "points", at_least=rule == "atLeast")


def _space(merged: Properties, side: str) -> float | None:
    return _AUTOMATIC if merged.get(f"automatic_{side}") is True else _length(merged, f"space_{side}")


def _text(merged: Properties, name: str) -> str | None:
    value = merged.get(name)
    return value if isinstance(value, str) and value else None


def _length(merged: Properties, name: str) -> float | None:
    value = merged.get(name)
    return None if value is None else float(value)


def _truth(merged: Properties, name: str) -> bool | None:
    value = merged.get(name)
    return None if value is None else bool(value)
