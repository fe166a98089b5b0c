"""What a document tells and where: the important at the start and visible, a contact, the original."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from falc.checks import Hit, check
from falc.checks.process_claims import claims
from falc.document import BlockKind, SegmentKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import facts
from falc.french.letters import body, is_letter, paragraph_words, pattern_of, sections, words_of
from falc.french.phones import phones
from falc.french.quantities import money
from falc.model import Span

_IMPERATIVE = re.compile(r"[A-ZÉÈÀ][a-zéèêîôûç]{1,20}ez(?=[ -])")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,120}\.\w{2,10}")
_WORD = re.compile(r"[^\W\d_]{5,30}")
_CONTACT_LINKS = ("tel:", "mailto:")


@check("scattered_topic", scope="document", provides=("word", "heading"))
def scattered_topic(
    analysed: AnalysedDocument, *, min_sections: int, min_uses: int, min_distance: int
) -> Iterator[Hit]:
    """Yield a heading whose subject comes back in a part far away, once in the document."""
    parts = [part for part in sections(body(analysed)) if part.heading]
    if len(parts) < min_sections:
        return
    uses = [Counter(_stems(part.blocks)) for part in parts]
    spread = Counter(stem for counter in uses for stem in counter)
    for index, part in enumerate(parts):
        if part.heading is None:
            continue
        for match in _WORD.finditer(part.heading.text):
            stem = _stem(match[0])
            # A word of most parts is the subject of the document itself.
            if stem in facts("mots-outils") or spread[stem] * 2 > len(parts) or not uses[index][stem]:
                continue
            far = [n for n in range(len(parts)) if abs(n - index) >= min_distance and uses[n][stem] >= min_uses]
            other = parts[far[0]].heading if far else None
            if other:
                fields = {"word": match[0].lower(), "heading": " ".join(other.text.split())}
                yield Hit(Span(*match.span()), fields, block=part.heading)
                return


def _stems(blocks: Sequence[AnalysedBlock]) -> Iterator[str]:
    for block in blocks:
        for match in _WORD.finditer(block.text):
            yield _stem(match[0])


def _stem(word: str) -> str:
    return word.lower().rstrip("sx")


@check("late_key", scope="document")
def late_key(analysed: AnalysedDocument, *, min_words: int, late_share: float) -> Iterator[Hit]:
    """Yield the first deadline, sum or request of a letter that comes late."""
    blocks = body(analysed)
    total, read = words_of(blocks), 0
    if total < min_words or not is_letter(blocks):
        return
    for block in blocks:
        for sentence in block.sentences:
            if _is_key(sentence.text):
                if read > late_share * total:
                    yield Hit(sentence.span, block=block)
                return
            read += sentence.words


def _is_key(sentence: str) -> bool:
    if pattern_of("formules-de-fin").search(sentence):
        return False
    first = _IMPERATIVE.match(sentence)
    return (
        (first is not None and first[0].lower() not in facts("mots-en-ez"))
        or pattern_of("mots-d-action").search(sentence) is not None
        or next(money(sentence), None) is not None
    )


@check("nothing_stands_out", scope="document")
def nothing_stands_out(analysed: AnalysedDocument, *, min_words: int) -> Iterator[Hit]:
    """Yield a document of some length without a bold word and without a box."""
    blocks = [block for block in body(analysed) if block.block.kind is not BlockKind.HEADING]
    if paragraph_words(blocks) < min_words or any(block.block.format.boxed for block in blocks):
        return
    runs = ((block, run) for block in blocks for run in block.block.runs)
    if {run.format.bold for block, run in runs if block.text[run.span.start : run.span.end].strip()} == {False}:
        yield Hit()


@check("no_contact", scope="document")
def no_contact(analysed: AnalysedDocument, *, min_words: int) -> Iterator[Hit]:
    """Yield a letter that gives neither a telephone number nor an e-mail address."""
    blocks = body(analysed)
    if paragraph_words(blocks) < min_words or not is_letter(blocks):
        return
    if any(link.target.lower().startswith(_CONTACT_LINKS) for link in analysed.document.objects.links):
        return
    if not any(map(_has_contact, analysed.blocks)):
        yield Hit()


def _has_contact(block: AnalysedBlock) -> bool:
    if _EMAIL.search(block.text) or next(phones(block.text), None) or pattern_of("mots-de-contact").search(block.text):
        return True
    fields = (s for s in block.block.segments if s.kind is SegmentKind.PLACEHOLDER)
    names = (block.source[field.source.start : field.source.end].lower() for field in fields)
    return any(word in name for name in names for word in facts("champs-de-contact"))


@check("no_original", scope="document")
def no_original(analysed: AnalysedDocument) -> Iterator[Hit]:
    """Yield the place where a document says that it is easy to read, when it does not name the original."""
    if any(pattern_of("mots-de-l-original").search(block.text) for block in analysed.blocks):
        return
    for block, span in islice(claims(analysed), 1):
        yield Hit(span, block=block)
