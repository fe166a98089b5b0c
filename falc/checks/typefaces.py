"""The letters themselves: their size, their typeface, their weight, their width."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from math import ceil

from falc.checks import Hit, check
from falc.checks.fonts import Font, font, size_ratio
from falc.checks.layout import PAPER, Place, body, by_key, first_of, names, places_of
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.look import TextFormat
from falc.model import Severity, Span
from falc.texts import in_french

_PIXELS_PER_POINT = 4 / 3
_SLACK = 0.01  # programs round
_NORMAL = 400
_RAISED = 4  # letters: « 1er », « Mme », the number of a note; as few in a whole document are an accident


@check("type_size", scope="document", provides=("look", "wanted", "reason", "places"))
def type_size(
    analysed: AnalysedDocument,
    *,
    min_size: float,
    error_below: float,
    min_size_web: float,
    error_below_web: float,
    unit: str,
    unit_web: str,
    small_letters: str,
    places: str,
) -> Iterator[Hit]:
    """Yield the first place of each size that looks too small, with the number of places that have it."""
    if analysed.document.format in PAPER:
        least, error, name, factor = min_size, error_below, unit, 1.0
    else:
        least, error, name, factor = min_size_web, error_below_web, unit_web, _PIXELS_PER_POINT
    for (size, severity), found in _too_small(analysed, least, error).items():
        face, _ = found[0]
        wanted = ceil(least * factor / size_ratio(face) - _SLACK)
        yield first_of(
            [place for _, place in found],
            places,
            severity,
            look=f"{face.name} {in_french(size * factor)} {name}".strip(),
            wanted=f"{wanted} {name}",
            reason=small_letters.format(font=face.name) if wanted > ceil(least * factor) else "",
        )


def _too_small(
    analysed: AnalysedDocument, least: float, error: float
) -> Mapping[tuple[float, Severity | None], list[tuple[Font, Place]]]:
    """Group the places that look smaller than `least` in Arial; large enough in points only, they are no warning."""
    groups: dict[tuple[float, Severity | None], list[tuple[Font, Place]]] = {}
    for (size, family), place in places_of(analysed.blocks, _size_and_font):
        face = font(family)
        seen = size * size_ratio(face)
        if seen < least - _SLACK and not _is_raised(*place):
            severity = Severity.INFO if size >= least else Severity.ERROR if seen < error else None
            groups.setdefault((size, severity), []).append((face, place))
    return {
        key: found for key, found in groups.items() if sum(span.end - span.start for _, (_, span) in found) > _RAISED
    }


def _size_and_font(look: TextFormat) -> tuple[float, str] | None:
    return (look.size, look.font or "") if look.size else None


def _is_raised(block: AnalysedBlock, span: Span) -> bool:
    """Is it the end of « 1er », or the number of a note?"""
    return span.end - span.start <= _RAISED and block.text[max(0, span.start - 1) : span.start].isalnum()


@check("typeface_kind", scope="document", provides=("font", "kind", "places"))
def typeface_kind(analysed: AnalysedDocument, *, kinds: tuple[str, ...], places: str) -> Iterator[Hit]:
    """Yield the first place of each typeface of these kinds; falc says nothing of those it does not know."""
    shown = names(kinds)
    for family, where in by_key(places_of(analysed.blocks, lambda look: look.font)).items():
        face = font(family)
        if face.kind in shown:
            yield first_of(where, places, font=face.name, kind=shown[face.kind])


@check("typeface_count", scope="document", provides=("count", "fonts"))
def typeface_count(analysed: AnalysedDocument, *, max_fonts: int, min_share: float, joiner: str) -> Iterator[Hit]:
    """Yield the first place of the first typeface too many, the most used ones being kept."""
    letters: Counter[str] = Counter()
    first: dict[str, Place] = {}
    shown: dict[str, str] = {}
    for (family, accented), (block, span) in places_of(body(analysed), _families):
        accents = sum(map(_is_accented, block.text[span.start : span.end])) if accented else 0
        for name, count in ((accented, accents), (family, span.end - span.start - accents)):
            face = font(name)
            if count and name and face.form != "generic" and face.kind != "symbol":
                key = face.family.casefold()
                letters[key] += count
                first.setdefault(key, (block, span))
                shown.setdefault(key, face.family)
    used = [key for key, count in letters.most_common() if count >= min_share * letters.total()]
    if len(used) > max_fonts:
        block, span = first[used[max_fonts]]
        fonts = ", ".join(shown[key] for key in used[:-1]) + joiner + shown[used[-1]]
        yield Hit(span, {"count": len(used), "fonts": fonts}, block=block)


def _families(look: TextFormat) -> tuple[str, str] | None:
    """Return the typefaces of plain and of accented letters, the latter empty when it is the same."""
    if not look.font:
        return None
    return look.font, look.accent_font if look.accent_font and look.accent_font != look.font else ""


def _is_accented(letter: str) -> bool:
    return len(unicodedata.normalize("NFD", letter)) > 1


@check("light_letters", scope="document", provides=("subject", "places"))
def light_letters(analysed: AnalysedDocument, *, named: str, unnamed: str, places: str) -> Iterator[Hit]:
    """Yield the first place whose letters are thinner than normal ones."""

    def light(look: TextFormat) -> str | None:
        face = font(look.font) if look.font else Font("")
        if face.form == "light" and not look.bold:
            return named.format(font=face.name)
        return unnamed if look.weight is not None and look.weight < _NORMAL else None

    for subject, where in by_key(places_of(analysed.blocks, light)).items():
        yield first_of(where, places, subject=subject)


@check("tight_letters", scope="document", provides=("places",))
def tight_letters(
    analysed: AnalysedDocument, *, max_tightening: float, min_scale: float, usual_size: float, places: str
) -> Iterator[Hit]:
    """Yield the first place where letters are pushed together or narrow; `max_tightening` is a share of the size."""

    def tight(look: TextFormat) -> bool:
        condensed = look.font is not None and font(look.font).form == "condensed"
        pushed = look.spacing is not None and look.spacing < -max_tightening * (look.size or usual_size)
        return condensed or pushed or (look.scale is not None and look.scale < min_scale)

    where = [place for _, place in places_of(analysed.blocks, tight)]
    if where:
        yield first_of(where, places)
