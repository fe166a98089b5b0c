"""How a text stresses its words: italics, underlining, effects, bold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from falc.checks import Hit, check
from falc.checks.layout import Place, all_of, by_key, first_of, has_sentence, names, places_of
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.look import TextFormat
from falc.texts import in_french

# Programs underline addresses by themselves: they look like links.
_ADDRESS = re.compile(r"(?i:https?://|www\.)\S+|\S+@\S+")


@check("italics", scope="document", provides=("places",))
def italics(analysed: AnalysedDocument, *, places: str) -> Iterator[Hit]:
    """Yield the first stretch in italics, with the number of the others."""
    where = [place for _, place in places_of(analysed.blocks, lambda look: look.italic)]
    if where:
        yield first_of(where, places)


@check("underlining", scope="document", provides=("places",))
def underlining(analysed: AnalysedDocument, *, places: str) -> Iterator[Hit]:
    """Yield the first underlined stretch that is no link, with the number of the others."""
    found = places_of(analysed.blocks, lambda look: look.underline and not look.link)
    where = [place for _, place in found if not _ADDRESS.fullmatch(_text(place))]
    if where:
        yield first_of(where, places)


def _text(place: Place) -> str:
    block, span = place
    return block.text[span.start : span.end]


@check("effects", scope="document", provides=("effect", "places"))
def effects(analysed: AnalysedDocument, *, effects: tuple[str, ...], places: str) -> Iterator[Hit]:
    """Yield the first place of each effect on letters, with the number of the others."""
    shown = names(effects)

    def effect(look: TextFormat) -> str | None:
        return next((name for name in (*look.effects, *(("strike",) * bool(look.strike))) if name in shown), None)

    for name, where in by_key(places_of(analysed.blocks, effect)).items():
        yield first_of(where, places, effect=shown[name])


@check("bold_share", scope="document", provides=("problem",))
def bold_share(
    analysed: AnalysedDocument,
    *,
    max_share: float,
    min_letters: int,
    min_words: int,
    much: str,
    paragraph: str,
) -> Iterator[Hit]:
    """Yield the first bold place when much of the text is bold, else the first long paragraph all in bold."""
    blocks = [block for block in analysed.blocks if _is_text(block)]
    bold = [place for _, place in places_of(blocks, lambda look: look.bold)]
    letters = sum(len(block.text) for block in blocks)
    share = sum(map(_length, bold)) / (letters or 1)
    whole = [place for place in bold if place == all_of(place[0]) and _is_prose(place[0], min_words)]
    if share > max_share and letters >= min_letters:
        yield first_of(whole or [max(bold, key=_length)], "", problem=much.format(percent=in_french(100 * share, 0)))
    elif whole:
        yield first_of(whole, "", problem=paragraph)


def _length(place: Place) -> int:
    return place[1].end - place[1].start


def _is_text(block: AnalysedBlock) -> bool:
    """Is it neither a heading, marked as one or only bold and short, nor a cell?"""
    if block.block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not block.sentences:
        return False
    bold = places_of([block], lambda look: look.bold)
    return has_sentence(block, 1) or all(place != all_of(block) for _, place in bold)


def _is_prose(block: AnalysedBlock, min_words: int) -> bool:
    return has_sentence(block, 1) and sum(sentence.words for sentence in block.sentences) >= min_words
