"""What a Word file says of itself as a whole: its settings and its properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from falc.formats.office.docx.colors import Theme
from falc.formats.office.docx.properties import is_on, number
from falc.formats.office.package import Package, R, W

_MAPPING = {f"{W}{name}": name for name in ("bg1", "t1", "bg2", "t2")}
_DC = "{http://purl.org/dc/elements/1.1/}"
_APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_V = "{urn:schemas-microsoft-com:vml}"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that change how the document looks; `hyphenation` is unknown without settings."""

    hyphenation: bool | None = None
    even_and_odd: bool = False
    background: bool = False  # the background of the page is displayed
    colors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Background:
    """What is behind the text of every page."""

    color: str | None = None
    picture: bool = False


def load_settings(package: Package) -> Settings:
    """Read the settings of a Word document."""
    part = package.related(package.main, "settings")
    if part is None:
        return Settings()
    root = package.xml(part)
    mapping = root.find(f"{W}clrSchemeMapping")
    return Settings(
        hyphenation=is_on(root.find(f"{W}autoHyphenation")),
        even_and_odd=is_on(root.find(f"{W}evenAndOddHeaders")),
        background=is_on(root.find(f"{W}displayBackgroundShape")),
        colors={} if mapping is None else {name: role for key, name in _MAPPING.items() if (role := mapping.get(key))},
    )


def page_background(root: etree._Element, settings: Settings, theme: Theme) -> Background:
    """Return the background of the pages, which counts only when the settings display it."""
    element = root.find(f"{W}background")
    if element is None or not settings.background:
        return Background()
    fills = [fill for fill in element.iter(f"{_V}fill") if fill.get(f"{R}id")]
    # `w:background` writes its colour in w:color, and its theme colour in w:themeColor.
    return Background(None if fills else theme.color(element, "color") or None, bool(fills))


@dataclass(frozen=True, slots=True)
class FileProperties:
    """What the file says outside of its text.  An empty title is one that was not given."""

    title: str | None = None
    language: str | None = None
    page_count: int | None = None


def load_file_properties(package: Package) -> FileProperties:
    """Read the properties of the file, as its program shows them in « Informations »."""
    core = _property_part(package, "core-properties")
    app = _property_part(package, "extended-properties")
    title = None if core is None else (core.findtext(f"{_DC}title") or "").strip()
    language = None if core is None else (core.findtext(f"{_DC}language") or "").strip() or None
    return FileProperties(title, language, None if app is None else number(app.findtext(f"{_APP}Pages")))


def _property_part(package: Package, kind: str) -> etree._Element | None:
    for link in package.relationships(""):
        part = package.find(link.target) if link.type.endswith(f"/{kind}") and not link.external else None
        if part is not None:
            return package.xml(part)
    return None
