"""How a text was made: who read it before, what it says of itself, what wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from falc.checks import Hit, check
from falc.checks.process_claims import claims, easy_names, logo, lower, proofreading
from falc.checks.web_page import Page, flat, shown
from falc.document import SegmentKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import facts, rows
from falc.model import Span

_POINTS_PER_MILLIMETRE = 72 / 25.4
_WORD = re.compile(r"[^\W_]+'?")
# « Relecteurs : », and the list below.
_BLOCKS_BELOW = 3
_MOST_MENTIONS = 100
# How many words may stand between « ce texte » and « simplifié », « simplifié » and « par un logiciel ».
_BEFORE, _AFTER = 9, 7


@check("unnamed_readers", scope="document")
def unnamed_readers(analysed: AnalysedDocument) -> Iterator[Hit]:
    """Yield the first mention of a proof-reading without names, in a text that says it is easy to read."""
    if not any(claims(analysed)) and not logo(analysed.document):
        return
    mentions = list(islice(proofreading(analysed), _MOST_MENTIONS))
    if mentions and not any(_names_someone(analysed, block, span) for block, span in mentions):
        block, span = mentions[0]
        yield Hit(span, block=block)


def _names_someone(analysed: AnalysedDocument, block: AnalysedBlock, mention: Span) -> bool:
    """Does a name follow « relu par » in its sentence, or below when nothing follows?"""
    sentence = block.sentence_at(mention)
    rest = Span(mention.end, sentence.span.end if sentence else mention.end)
    if any(segment.kind is SegmentKind.PLACEHOLDER for segment in block.block.segments_in(rest)):
        return True
    text = block.block.text[rest.start : rest.end]
    if _WORD.search(text):
        return _holds_name(text)
    below = next(number for number, other in enumerate(analysed.blocks, start=1) if other is block)
    return any(_holds_name(other.block.text) for other in analysed.blocks[below : below + _BLOCKS_BELOW])


def _holds_name(text: str) -> bool:
    """Is there a word with a capital that is no place and no firm: not after « de », « l' », « à »?"""
    before = ""
    for found in _WORD.finditer(text):
        if found[0].istitle() and len(found[0]) > 1 and before not in facts("relecture-devant-un-lieu"):
            return True
        before = found[0].lower()
    return False


@check("unread_claim", scope="document")
def unread_claim(analysed: AnalysedDocument) -> Iterator[Hit]:
    """Yield where a text first says that it is easy to read, if it does not say that anybody read it before."""
    found = next(claims(analysed), None)
    if found and not any(proofreading(analysed)):
        block, span = found
        yield Hit(span, block=block)


@check("logo_proof", scope="document")
def logo_proof(analysed: AnalysedDocument) -> Iterator[Hit]:
    """Yield the easy-to-read logo when the text does not say who read it before."""
    picture = logo(analysed.document)
    if picture and not any(proofreading(analysed)):
        yield Hit(picture.span, place=picture.place)


@check("logo_conditions", scope="document", provides=("missing",))
def logo_conditions(
    analysed: AnalysedDocument, *, min_millimetres: int, small: str, credit: str, joint: str
) -> Iterator[Hit]:
    """Yield the easy-to-read logo when it is too small or when nobody is credited for it."""
    picture = logo(analysed.document)
    if not picture:
        return
    missing = []
    if picture.width is not None and picture.width < min_millimetres * _POINTS_PER_MILLIMETRE:
        missing.append(small.format(width=round(picture.width / _POINTS_PER_MILLIMETRE)))
    if not any(owner in flat(block.text) for block in analysed.blocks for owner in facts("relecture-mention-du-logo")):
        missing.append(credit)
    if missing:
        yield Hit(picture.span, {"missing": joint.join(missing)}, place=picture.place)


@check("machine_text", scope="document")
def machine_text(analysed: AnalysedDocument) -> Iterator[Hit]:
    """Yield where a text says that a program wrote or simplified it, if it does not say whether people checked it."""
    if any(proofreading(analysed)) or any(_says_unchecked(block) for block in analysed.blocks):
        return
    for meta in Page(analysed.document).find("meta"):
        if meta.attributes.get("name", "").lower() == "generator" and _is_machine(meta.attributes.get("content", "")):
            yield Hit(meta.span, place=f"<{meta.name}>")
            return
    for block in analysed.blocks:
        for sentence in block.sentences:
            if _made_by_machine(sentence.text):
                yield Hit(sentence.span, block=block)
                return


def _says_unchecked(block: AnalysedBlock) -> bool:
    text = flat(block.text)
    return any(words in text for words in facts("relecture-non-faite"))


def _is_machine(generator: str) -> bool:
    return any(word.lower() in facts("relecture-programmes-de-texte") for word in _WORD.findall(generator))


def _made_by_machine(sentence: str) -> bool:
    """« Ce texte a été simplifié par un logiciel », but not « Votre demande est traitée par un logiciel »."""
    words = [word.lower() for word in _WORD.findall(sentence)]
    actions = {form: (by_software, alone) for form, by_software, alone, *_ in rows("relecture-actions")}
    for number, word in enumerate(words):
        before, after = words[max(0, number - _BEFORE) : number], words[number + 1 : number + 1 + _AFTER]
        if word not in actions or not facts("relecture-noms-de-textes").intersection(before):
            continue
        if facts("relecture-non").intersection(before[-3:]):
            continue
        by_software, alone = actions[word]
        machines = facts("relecture-programmes-de-texte") | (facts("relecture-machines") if by_software else set())
        if "par" in after and machines.intersection(after[after.index("par") :]):
            return True
        if "avec" in after and facts("relecture-programmes-de-texte").intersection(after[after.index("avec") :]):
            return True
        if alone and "automatiquement" in (*before[-1:], *after[:1]):
            return True
    return False


@check("easy_version", scope="document", provides=("fact",))
def easy_version(analysed: AnalysedDocument, *, no_original: str, no_link: str) -> Iterator[Hit]:
    """Yield a page that is an easy version without a link to the original, or names an easy version without a link."""
    document = analysed.document
    links = [flat(f"{shown(document, link.span)} {link.label} {link.target}") for link in document.objects.links]
    found = next(claims(analysed), None)
    if found:
        if not any(words in link for link in links for words in facts("web-texte-original")):
            yield Hit(found[1], {"fact": no_original}, block=found[0])
        return
    if any(words in link for link in links for words in facts("web-version-facile")):
        return
    for block in analysed.blocks:
        for mention in easy_names().finditer(lower(block)):
            yield Hit(Span(*mention.span()), {"fact": no_link}, block=block)
            return
