"""Films and subtitles: time to read, words for what is seen and heard."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from falc.checks import Hit, check
from falc.checks.web_page import Page, flat
from falc.french.analysis import AnalysedDocument
from falc.model import Span

_CUE = re.compile(
    r"""^[ \t]*+(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})
        [ \t]*+-->[ \t]*+
        (?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})[^\n]*+\n
        ((?:[ \t]*+[^\s][^\n]*+(?:\n|\Z))*+)""",
    re.MULTILINE | re.VERBOSE,
)
_TAG = re.compile(r"<[^<>\n]*>|\{[^{}\n]*\}")


@check("subtitles", scope="document", provides=("fact",))
def subtitles(
    analysed: AnalysedDocument,
    *,
    max_characters_per_second: int,
    max_lines: int,
    place: str,
    fast: str,
    long: str,
    none: str,
) -> Iterator[Hit]:
    """Yield subtitles that leave too soon or fill the picture, and films without subtitles."""
    document = analysed.document
    if document.format == "text":
        for number, cue in enumerate(_CUE.finditer(document.text), start=1):
            lines = [_TAG.sub("", line).strip() for line in cue[9].splitlines()]
            seconds = _seconds(*cue.group(5, 6, 7, 8)) - _seconds(*cue.group(1, 2, 3, 4))
            shown = Span(cue.start(9), cue.start(9) + len(cue[9].rstrip()))
            where = place.format(number=number)
            if seconds > 0 and (speed := sum(map(len, lines)) / seconds) > max_characters_per_second:
                yield Hit(shown, {"fact": fast.format(speed=round(speed))}, place=where)
            elif len(lines) > max_lines:
                yield Hit(shown, {"fact": long.format(lines=len(lines))}, place=where)
    yield from _films_without(Page(document), ("subtitles", "captions"), none)


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000


@check("audio_description", scope="document")
def audio_description(analysed: AnalysedDocument) -> Iterator[Hit]:
    """Yield films that nobody describes aloud."""
    yield from _films_without(Page(analysed.document), ("descriptions",))


def _films_without(page: Page, kinds: tuple[str, ...], fact: str = "") -> Iterator[Hit]:
    tracks = page.find("track")  # which holds subtitles, if nothing is said
    places = sorted(t.span.start for t in tracks if flat(t.attributes.get("kind", "subtitles")) in kinds)
    for film in page.find("video"):
        if bisect_left(places, film.inner.start) == bisect_left(places, film.inner.end):
            yield Hit(film.span, {"fact": fact}, place=f"<{film.name}>")
