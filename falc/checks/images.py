"""Pictures: are there some, beside their text, with words for those who cannot see them?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

from falc.checks import Hit, check
from falc.checks.web_page import Page, flat, source_start
from falc.document import BlockKind, Document
from falc.french.analysis import AnalysedBlock, AnalysedDocument, count_words
from falc.french.facts import facts
from falc.model import Severity, Span
from falc.objects import Element, Picture

_SHOWS = frozenset(("picture", "chart", "drawing"))
_BODY = "corps"
_TOOLS = frozenset(("nav", "header", "footer", "button"))
# A photograph and a drawing have formats of their own; PNG and WebP hold both.
_PHOTOS = frozenset(("image/jpeg", "image/jpg", "image/heic", "image/tiff"))
_DRAWINGS = ("image/svg", "image/x-emf", "image/emf", "image/x-wmf", "image/wmf")
_DOT = 3.0  # points
_SHOWN = 60  # a message quotes no more
_EMOJI = re.compile("[\U0001f300-\U0001faff]")
_FILE_NAME = re.compile(r"[\w ()%-]{1,80}\.(?:jpe?g|png|gif|svg|webp|emf|wmf|bmp|tiff?|heic|pdf)", re.IGNORECASE)
_SITE = re.compile(r"(?:https?:)?//[^/]*", re.IGNORECASE)
_PATH = re.compile(r"[a-z]:\\|https?:|file:|[\\/]")
# What cameras and programs write: « IMG_1234 », « image1 », « DSC0042 », « Picture 3 ».
_NUMBERED = re.compile(r"(?:img|dsc|dscn|scan|screenshot|[^\W\d_]{4,12})[ _-]?\d{1,12}(?:[_-]\d{1,8}){0,3}")


def _body_pictures(analysed: AnalysedDocument) -> tuple[Picture, ...]:
    """Return the pictures of the text itself: not the logos of headers and footers, nor buttons, nor a background."""
    tools = {element.span for element in Page(analysed.document).find("img", "svg", "input", inside=_TOOLS)}
    return tuple(
        picture
        for picture in analysed.document.objects.pictures
        if picture.kind in _SHOWS and picture.story == _BODY and picture.span not in tools
        if not (picture.decorative and picture.behind_text)
    )


@check("picture_missing", scope="document", provides=("fact",))
def picture_missing(
    analysed: AnalysedDocument, *, min_words: int, min_sentences: int, words_per_picture: int, none: str, few: str
) -> Iterator[Hit]:
    """Yield the document when it has no picture for its length; few pictures are only an information."""
    words = sum(count_words(block.text) for block in analysed.blocks)
    shown = sum(1 for p in _body_pictures(analysed) if p.kind != "drawing" or not p.decorative)  # not arrows and lines
    count = shown + sum(1 for p in analysed.document.objects.pictures if p.kind == "video")
    if words < min_words:
        return
    if not count:
        # A receipt, a table of figures, a certificate need pictures less than a letter does.
        told = sum(1 for block in analysed.blocks for sentence in block.sentences if sentence.is_whole)
        yield Hit(fields={"fact": none}, severity=None if told >= min_sentences else Severity.INFO)
    elif words > count * words_per_picture:
        s = "s" if count > 1 else ""
        yield Hit(fields={"fact": few.format(count=count, s=s, words=words)}, severity=Severity.INFO)


@check("picture_styles", scope="document", provides=("styles",))
def picture_styles(
    analysed: AnalysedDocument, *, min_each: int, photos: str, drawings: str, emojis: str, joint: str
) -> Iterator[Hit]:
    """Yield the document when several of its pictures are photographs and several are drawings or emoji."""
    pictures = _body_pictures(analysed)
    counts = {
        photos: sum(1 for p in pictures if (p.media or "") in _PHOTOS),
        drawings: sum(1 for p in pictures if (p.media or "").startswith(_DRAWINGS)),
        emojis: sum(len(_EMOJI.findall(block.text)) for block in analysed.blocks),
    }
    styles = [style for style, count in counts.items() if count >= min_each]
    if len(styles) > 1:
        yield Hit(fields={"styles": joint.join(styles)})


@check("picture_terms", scope="document", provides=("fact",))
def picture_terms(
    analysed: AnalysedDocument, *, max_words: int, bullet_from: int, two_terms: str, two_pictures: str
) -> Iterator[Hit]:
    """Yield a picture that stands for a second term, or a second picture for one term.

    A picture seen `bullet_from` times or more with different words is a list mark or a button, not a word.
    """
    terms: dict[str, list[tuple[frozenset[str], str]]] = {}
    pictures: dict[frozenset[str], str] = {}
    hits: dict[str, list[Hit]] = {}
    for picture, label in _labelled(analysed, max_words):
        key, digest = _key_words(label), picture.digest or ""
        known = terms.setdefault(digest, [])
        if known and all(not key & other for other, _ in known):
            fact, owner = two_terms.format(first=known[0][1], second=label), digest
        elif pictures.setdefault(key, digest) != digest:
            fact, owner = two_pictures.format(term=label), ""
        else:
            fact, owner = "", ""
        if fact:
            hits.setdefault(owner, []).append(Hit(picture.span, {"fact": fact}, place=picture.place))
        if len(known) < bullet_from:
            known.append((key, label))
    for digest, found in hits.items():
        if len(terms.get(digest, ())) < bullet_from:
            yield found[0]


def _labelled(analysed: AnalysedDocument, max_words: int) -> Iterator[tuple[Picture, str]]:
    """Yield each picture that stands for a term: the short text beside it, else its own words."""
    by_block = {id(block.block): block for block in analysed.blocks}
    for picture in _body_pictures(analysed):
        near = by_block.get(id(analysed.document.block_near(picture.span.start)))
        beside = near.text if near and _is_beside(analysed.document, picture, near) else ""
        beside = "" if beside.rstrip().endswith((".", "!", "?")) else beside  # a sentence is no term
        for text in (beside, picture.alt or ""):
            if picture.digest and 0 < count_words(text) <= max_words and _key_words(text) and not _is_empty_alt(text):
                yield picture, " ".join(text.split())
                break


def _is_beside(document: Document, picture: Picture, following: AnalysedBlock) -> bool:
    """Does the block after a picture tell what it shows?  Not if the picture ends a line of words."""
    if picture.alone or picture.caption:
        return True
    between = document.slice(Span(picture.span.end, max(picture.span.end, source_start(following))))
    return ("</" if document.format == "html" else "\n") not in between


def _key_words(label: str) -> frozenset[str]:
    words = re.findall(r"\w+", label.casefold())
    return frozenset(words) - facts("mots-outils")


@check("picture_place", scope="document", provides=("fact",))
def picture_place(
    analysed: AnalysedDocument, *, behind: str, floating: str, together: str, min_together: int
) -> Iterator[Hit]:
    """Yield pictures behind the text, pictures that float, and pictures that all stand after the text."""
    pictures = _body_pictures(analysed)
    for picture in pictures:
        if picture.behind_text:
            yield Hit(picture.span, {"fact": behind}, place=picture.place)
    # In HTML a floating picture stands beside its text; in Office files it may slide to another page.
    loose = [p for p in pictures if p.floating and not p.behind_text]
    if loose and analysed.document.format != "html":
        yield Hit(loose[0].span, {"fact": floating}, place=loose[0].place, severity=Severity.INFO)
    last = max(map(source_start, analysed.blocks), default=0)
    if len(pictures) >= min_together and all(p.span.start > last and p.alone for p in pictures):
        yield Hit(pictures[0].span, {"fact": together}, place=pictures[0].place)


@check("picture_without_text", scope="document", provides=("fact",))
def picture_without_text(analysed: AnalysedDocument, *, section: str, table: str, link: str) -> Iterator[Hit]:
    """Yield sections, tables, links and buttons that hold pictures and no word at all."""
    for element in _wordless_links(Page(analysed.document)):
        yield Hit(element.span, {"fact": link}, place=f"<{element.name}>")
    pictures = [p for p in _body_pictures(analysed) if p.kind == "picture" and p.alone and not p.caption]
    blocks = sorted(analysed.blocks, key=source_start)
    starts = [source_start(block) for block in blocks]
    for picture in pictures:
        after = bisect_left(starts, picture.span.start)  # in Word, the next block may start where the picture stands
        around = {block.block.kind for block in blocks[max(after - 1, 0) : after + 1]}
        # The picture of a cover stands between the title and the first section.
        if after > 1 and around == {BlockKind.HEADING}:
            yield Hit(picture.span, {"fact": section}, place=picture.place)
    places = [picture.span.start for picture in pictures]
    for whole in analysed.document.objects.tables:
        if bisect_left(starts, whole.span.start) < bisect_left(starts, whole.span.end):
            continue
        for picture in pictures[bisect_left(places, whole.span.start) : bisect_left(places, whole.span.end)][:1]:
            yield Hit(picture.span, {"fact": table}, place=picture.place)


def _wordless_links(page: Page) -> Iterator[Element]:
    """Yield the links and buttons that only show a picture, but the logo that leads home and photographs to enlarge."""
    links = list(page.find("a", "button"))
    named = {link.attributes.get("href") for link in links if page.text(link)}
    pictures = sorted(inner.span.start for inner in page.find("img", "svg", "i"))
    for link in links:
        target = link.attributes.get("href", "").split("?")[0]
        is_home = link.name == "a" and _SITE.sub("", target) in ("", "/", "./", "../")
        holds_picture = bisect_left(pictures, link.inner.start) < bisect_left(pictures, link.inner.end)
        if not holds_picture or page.text(link) or is_home or _FILE_NAME.fullmatch(target.rsplit("/", 1)[-1]):
            continue
        if link.name == "button" or link.attributes.get("href") not in named:
            yield link


@check("alternative_text", scope="document", provides=("fact",))
def alternative_text(
    analysed: AnalysedDocument, *, max_characters: int, none: str, empty: str, automatic: str, too_long: str
) -> Iterator[Hit]:
    """Yield pictures without alternative text, or with one that says nothing or too much."""
    for picture in analysed.document.objects.pictures:
        if picture.kind not in _SHOWS or picture.decorative or _is_dot(picture):
            continue
        alt = " ".join((picture.alt or "").split())
        severity = None
        if picture.alt is None:
            fact = none
        elif alt and _is_empty_alt(alt):
            fact = empty.format(alt=alt if len(alt) <= _SHOWN else f"{alt[:_SHOWN]}…")
        elif _has_any(flat(alt), facts("images-textes-automatiques")):
            fact = automatic
        elif len(alt) > max_characters:
            fact, severity = too_long.format(length=len(alt)), Severity.INFO
        else:
            continue
        yield Hit(picture.span, {"fact": fact}, place=picture.place, severity=severity)


def _is_dot(picture: Picture) -> bool:
    """Is a picture too small to be seen, as those that count visitors?"""
    return picture.width is not None and picture.width <= _DOT


def _is_empty_alt(text: str) -> bool:
    """Does an alternative text say nothing: « image », « IMG_1234.jpg », « Image 3 »?"""
    alone = flat(text)
    if _PATH.match(alone):
        alone = re.split(r"[\\/]", alone)[-1]
    if alone in facts("images-textes-vides") or _FILE_NAME.fullmatch(alone):
        return True
    word = re.split(r"[\W\d_]", alone, maxsplit=1)[0]
    return _NUMBERED.fullmatch(alone) is not None and (word in facts("images-textes-vides") or "_" in alone)


def _has_any(text: str, parts: Collection[str]) -> bool:
    return any(part in text for part in parts)
