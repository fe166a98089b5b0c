"""The styles, the page and the language of a copy."""

from __future__ import annotations

import re

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from falc.copies.looks import FONT, PAGE_HEIGHT, PAGE_WIDTH, Look

__all__ = ["set_look"]

_USED = re.compile(r"Normal|Header|Footer|Heading \d")
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_SMALLEST = 12.0  # of headers and footers, in a copy that is easy to read


def set_look(file: WordFile, look: Look) -> None:
    """Give the styles and the page of an empty file their look."""
    for style in file.styles:
        if isinstance(style, ParagraphStyle) and _USED.fullmatch(style.name or ""):
            _set_style(style, look)
    language = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), "fr-FR")
    section = file.sections[0]
    section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    section.left_margin = Pt(look.left)
    section.right_margin = section.top_margin = section.bottom_margin = Pt(look.margin)
    section.header_distance = section.footer_distance = Pt(look.margin / 2)


def _set_style(style: ParagraphStyle, look: Look) -> None:
    name = style.name or ""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for slot in _THEME:  # a font of the theme wins over a plain name
        fonts.attrib.pop(qn(f"w:{slot}"), None)
    for slot in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{slot}"), FONT)
    style.font.size, style.font.italic = Pt(look.size), False
    style.font.color.rgb = RGBColor(0, 0, 0)
    layout = style.paragraph_format
    layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
    layout.line_spacing, layout.space_before, layout.space_after = look.line_spacing, Pt(0), Pt(look.after)
    layout.keep_together, layout.widow_control = look.keep_lines, True
    if name in ("Header", "Footer"):
        style.font.size = Pt(max(look.size, _SMALLEST))
        layout.space_after = Pt(0)
    elif name.startswith("Heading"):
        level = int(name.split()[1])
        style.font.size = Pt(look.headings[min(level, len(look.headings)) - 1])
        style.font.bold, style.font.all_caps = True, False
        layout.space_before, layout.space_after = Pt(look.after), Pt(look.after_item)
        layout.keep_with_next = True
