"""What a text says of itself: that it is easy to read, who read it before, what wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from falc.checks.web_page import flat
from falc.document import BlockKind, Document
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import facts
from falc.model import Span
from falc.objects import Picture

__all__ = ["claims", "easy_names", "logo", "lower", "proofreading"]

# A title or a cover says what the document is in its first blocks.
_COVER = 3
_WORD = re.compile(r"[^\W_]+'?")
_NEAR = 30


def _one_of(name: str) -> str:
    """Return a pattern for any entry of a list of facts, the longest first."""
    return "|".join(re.escape(term) for term in sorted(facts(name), key=len, reverse=True))


@lru_cache(maxsize=1)
def _claim() -> re.Pattern[str]:
    """« Ce guide est écrit en FALC », « Cette version facile à lire et à comprendre », « Ce texte respecte … »."""
    this = rf"\b(?:{_one_of('relecture-ce')}) (?:[\w-]+ )?(?:{_one_of('relecture-noms-de-textes')})"
    easy, rules = _one_of("relecture-facile-a-lire"), _one_of("relecture-regles")
    return re.compile(
        rf"{this} (?:est|a été) (?:[\w'-]+ ){{0,4}}?(?:en|format|version) (?:[\w-]+ )?(?:{easy})\b"
        rf"|{this} (?:est )?(?:[\w-]+ )?(?:facile à lire|(?:en|version) (?:{easy}))\b"
        rf"|\b(?:{_one_of('relecture-ce')}) version (?:{easy})\b"
        rf"|{this} (?:{rules}) [^.]{{0,60}}?(?:{easy})\b"
    )


@lru_cache(maxsize=1)
def _cover() -> re.Pattern[str]:
    """« Version FALC », « Mon contrat de séjour - document en facile à lire et à comprendre »."""
    name = _one_of("relecture-noms-de-textes")
    easy = _one_of("relecture-facile-a-lire")
    return re.compile(
        rf"(?:[^.!?]{{1,80}}? ?[:,(|–—-] ?)?(?:(?:le|la|ce|cette|l'|en) ?)?(?:{name}) (?:en )?(?:{easy})\)?\.?"
    )


@lru_cache(maxsize=1)
def easy_names() -> re.Pattern[str]:
    """Return the pattern of the names of easy language, after the word for a text: « version FALC »."""
    return re.compile(
        rf"\b(?:{_one_of('relecture-noms-de-textes')}) (?:en )?(?:{_one_of('relecture-facile-a-lire')})\b"
    )


def claims(analysed: AnalysedDocument) -> Iterator[tuple[AnalysedBlock, Span]]:
    """Yield where the text says that it is easy to read itself, not where it speaks of such texts."""
    for number, block in enumerate(analysed.blocks):
        text = lower(block)
        for found in _claim().finditer(text):
            span = Span(*found.span())
            if not facts("relecture-non") & set(_WORD.findall(found[0])) and not _is_question(block, span):
                yield block, span
        is_heading = block.block.kind is BlockKind.HEADING
        is_title = block.block.level == 1 if is_heading else number < _COVER
        if is_title and len(text) <= 160 and not _is_link(block) and _cover().fullmatch(text.strip()):
            yield block, block.said


def lower(block: AnalysedBlock) -> str:
    """Return the text in small letters, of the same length: « İ » would become two characters."""
    text = block.text.lower()
    return text if len(text) == len(block.text) else block.text


def _is_question(block: AnalysedBlock, span: Span) -> bool:
    sentence = block.sentence_at(span)
    return sentence is not None and "?" in sentence.text[-3:]


def _is_link(block: AnalysedBlock) -> bool:
    return any(run.format.link for run in block.block.runs)


@lru_cache(maxsize=1)
def _proofreading() -> re.Pattern[str]:
    # « Votre dossier est validé par la mairie » says nothing of the text: there, the mention comes first in its block.
    return re.compile(rf"\b(?:{_one_of('relecture-relu')})\b|\A(?:{_one_of('relecture-relu-en-tete')}) par\b")


def proofreading(analysed: AnalysedDocument) -> Iterator[tuple[AnalysedBlock, Span]]:
    """Yield where the text says that people read it before; not « sera relu », nor « vous avez relu »."""
    for block in analysed.blocks:
        text = lower(block)
        for found in _proofreading().finditer(text):
            before = _WORD.findall(text[max(0, found.start() - _NEAR) : found.start()])[-3:]
            if not facts("relecture-pas-faite").intersection(before):
                yield block, Span(*found.span())


def logo(document: Document) -> Picture | None:
    """Return the first picture that is the European easy-to-read logo, as its words or its address say."""
    sources = {e.span: e.attributes.get("src", "") for e in document.objects.elements if e.name == "img"}
    for picture in document.objects.pictures:
        words = flat(f"{picture.alt or ''} {sources.get(picture.span, '')}")
        if any(name in words for name in facts("images-logo-falc")):
            return picture
    return None
