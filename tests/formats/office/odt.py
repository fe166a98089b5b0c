"""Read small OpenDocument texts made from raw XML."""

from __future__ import annotations

from falc.document import Block, Document
from falc.formats.office.odt.specimen import odt_specimen
from falc.formats.office.odt.text import read_odt
from falc.look import TextFormat


def read(body: str, **parts: str) -> Document:
    return read_odt(odt_specimen(body, parts), "lettre.odt")


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in read(body, **parts).blocks]


def p(content: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>' if style else f"<text:p>{content}</text:p>"


def style(name: str, family: str = "paragraph", content: str = "", **attributes: str) -> str:
    """A style; `parent`, `display`, `list_style` and `master` give its other attributes."""
    names = {
        "parent": "parent-style-name",
        "display": "display-name",
        "list_style": "list-style-name",
        "master": "master-page-name",
    }
    more = "".join(f' style:{names[key]}="{value}"' for key, value in attributes.items())
    return f'<style:style style:name="{name}" style:family="{family}"{more}>{content}</style:style>'


def letters(**attributes: str) -> str:
    """Character formatting; « fo__color » stands for fo:color."""
    return f"<style:text-properties {_written(attributes)}/>"


def lines(**attributes: str) -> str:
    """Paragraph formatting."""
    return f"<style:paragraph-properties {_written(attributes)}/>"


def _written(attributes: dict[str, str]) -> str:
    return " ".join(f'{key.replace("__", ":").replace("_", "-")}="{value}"' for key, value in attributes.items())


def only(document: Document) -> Block:
    (block,) = document.blocks
    return block


def look(body: str, **parts: str) -> TextFormat:
    """Return the look of the first letters."""
    return read(body, **parts).blocks[0].runs[0].format
