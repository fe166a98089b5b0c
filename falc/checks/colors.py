"""Colours: contrast, number of colours, what stands behind the text, colours that carry meaning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from falc.checks import Hit, check
from falc.checks.layout import PAPER, Place, body, first_of, places_of
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.look import TextFormat
from falc.model import Severity, Span
from falc.objects import Picture
from falc.texts import in_french

_COLOR = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")
_WHITE = "#ffffff"
_BLACK = "#000000"
_DARK = 48  # red, green and blue below this: nobody sees that it is not black
_UNSEEN = 1.2  # less contrast: hidden on purpose, or not on the background that falc thinks


@check("contrast", scope="document", provides=("problem", "places"))
def contrast(
    analysed: AnalysedDocument,
    *,
    min_ratio: float,
    error_below: float,
    weak: str,
    faint: str,
    inverted: str,
    max_colors: int,
    min_share: float,
    many: str,
    places: str,
) -> Iterator[Hit]:
    """Yield the first place of each kind: too little contrast, light letters on dark, too many colours."""
    paper = analysed.document.format in PAPER
    kinds: dict[Severity | None, list[tuple[float, Place]]] = {}
    for look, (block, span) in places_of(analysed.blocks, lambda look: look if look.color else None):
        ratio, light = _seen(look, paper and not block.block.format.floating)
        # The usual blue of links has 5,9.
        if ratio < (error_below if look.link else min_ratio):
            weakness = Severity.ERROR if ratio < error_below else Severity.WARNING
            kinds.setdefault(weakness, []).append((ratio, (block, span)))
        elif light and not look.link:  # buttons of a page belong to it, not to the text
            kinds.setdefault(None, []).append((ratio, (block, span)))
    for severity, found in kinds.items():
        told = weak if severity is Severity.ERROR else faint if severity else inverted
        problem = told.format(ratio=in_french(found[0][0]))
        yield first_of([place for _, place in found], places, severity, problem=problem)
    used = _used_colors(analysed, min_share)
    if not kinds and len(used) > max_colors:
        yield first_of([used[max_colors]], "", Severity.INFO, problem=many.format(count=len(used)))


def _seen(look: TextFormat, paper: bool) -> tuple[float, bool]:
    """Return the contrast ratio of WCAG, and whether light letters stand on a dark background.

    What the file does not say has the greatest contrast; only paper is surely white.
    """
    background = look.background or (_WHITE if paper else None)
    text, behind = _luminance(look.color), _luminance(background)
    if text is None or behind is None:
        return 21.0, False
    ratio = (max(text, behind) + 0.05) / (min(text, behind) + 0.05)
    return (21.0, False) if ratio < _UNSEEN else (ratio, text > behind)


@lru_cache(maxsize=1024)
def _luminance(color: str | None) -> float | None:
    """Return the relative luminance of WCAG 2, from 0 (black) to 1 (white)."""
    if not color or not (parts := _COLOR.fullmatch(color)):
        return None
    red, green, blue = (_linear(int(part, 16) / 255) for part in parts.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _used_colors(analysed: AnalysedDocument, min_share: float) -> list[Place]:
    """Return the first place of each colour but those of links, the most used first."""
    letters: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for color, place in places_of(body(analysed), lambda look: None if look.link else _name(look.color)):
        letters[color] += place[1].end - place[1].start
        first.setdefault(color, place)
    for block in body(analysed):
        if plain := len(block.text) - sum(run.span.end - run.span.start for run in block.block.runs):
            letters[_BLACK] += plain
            first.setdefault(_BLACK, (block, Span(0, len(block.text))))
    return [first[color] for color, count in letters.most_common() if count >= min_share * letters.total()]


def _name(color: str | None) -> str:
    """Return a colour; text without one is black, and so is what looks black."""
    parts = _COLOR.fullmatch(color or _BLACK)
    return _BLACK if parts and all(int(part, 16) < _DARK for part in parts.groups()) else color or _BLACK


@check("behind_text", scope="document", provides=("problem",))
def behind_text(
    analysed: AnalysedDocument, *, min_share: float, watermark: str, picture: str, background: str
) -> Iterator[Hit]:
    """Yield watermarks, the picture of the page, and large pictures that text runs over."""
    objects = analysed.document.objects
    pages = [page for page in objects.pages if page.width and page.height]
    area = min((page.width or 0) * (page.height or 0) for page in pages) if pages else None
    for image in objects.pictures:
        if image.kind == "watermark":
            yield Hit(image.span, {"problem": watermark}, place=image.place)
        elif image.behind_text and _is_large(image, area, min_share):
            yield Hit(image.span, {"problem": picture}, place=image.place)
    if objects.properties.background_picture:
        yield Hit(fields={"problem": background})


def _is_large(image: Picture, area: float | None, min_share: float) -> bool:
    """Is it larger than a logo or a signature, which stand behind the text but beside it?"""
    return bool(image.width and image.height and area) and (
        (image.width or 0) * (image.height or 0) >= min_share * (area or 0)
    )


@check("color_words")
def color_words(
    block: AnalysedBlock, *, colors: tuple[str, ...], before: tuple[str, ...], cues: tuple[str, ...], near: int
) -> Iterator[Hit]:
    """Yield « en rouge » near a word such as « écrit » or « case »: who sees no red cannot follow."""
    for match in _color_pattern(before, colors).finditer(block.text):
        span = Span(*match.span(1))
        sentence = block.sentence_at(span)
        if sentence is None:
            continue
        around = Span(max(sentence.span.start, span.start - near), min(sentence.span.end, span.end + near))
        if _cue_pattern(cues).search(block.text, around.start, around.end):
            yield Hit(span)


@lru_cache(maxsize=8)
def _color_pattern(before: tuple[str, ...], colors: tuple[str, ...]) -> re.Pattern[str]:
    first, second = ("|".join(map(re.escape, words)) for words in (before, colors))
    return re.compile(rf"(?<![\w-])((?:{first}) (?:{second}))(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=8)
def _cue_pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, cues))})(?![\w-])", re.IGNORECASE)
