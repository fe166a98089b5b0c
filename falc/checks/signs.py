"""Checks of signs inside words and between them: special characters, short gendered forms, acronyms."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from falc.checks import Hit, Suggestion, check
from falc.checks.words import before_a_name, fields_to_fill
from falc.document import Block
from falc.french.acronyms import Acronym, acronyms_of
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.expansions import initials_of, is_spelt_out, plain
from falc.french.explanations import is_explained, is_introduced
from falc.french.facts import rows
from falc.french.lexicon import Entry, chosen
from falc.french.protected import merged, overlaps_any, protected_spans
from falc.french.words import short_forms, words_of
from falc.model import Safety, Severity, Span

_LETTER = r"[^\W\d_]"
_AROUND = '«»"“”(),;:!?'  # what may touch a title
_TITLE = re.compile(rf" ?({_LETTER}{{1,12}})")
_FORM_NUMBER = r"(?<!\d)\d{5}\*\d{2}(?!\d)"  # of a Cerfa
_NEAR = 160  # characters around an acronym that may tell what it stands for
_REMEMBERED = 4_000  # characters of a block, and blocks, that a reader remembers
_BLOCKS_REMEMBERED = 20
_USES = 100  # of one acronym, beside which its full name is looked for


@check("characters", provides=("advice",))
def characters(
    block: AnalysedBlock,
    *,
    signs: tuple[str, ...],
    sure: tuple[str, ...],
    ignore: tuple[str, ...],
    replace_advice: str,
    other_advice: str,
    titles: tuple[str, ...],
    titles_advice: str,
    field_severity: str,
    mild: tuple[str, ...],
    mild_severity: str,
) -> Iterator[Hit]:
    """Yield signs that are hard to read, with the words that say the same.

    An option of `signs` is a sign, « = », and these words.  Those in `sure` may be put in by a
    program, where small words or numbers stand on both sides.  `titles_advice` is for those of `titles`.
    In a field to fill, a finding has the severity `field_severity`; those of `mild`, `mild_severity`.
    """
    instead = {sign[0]: sign[2:] for sign in signs}
    avoided = merged([*protected_spans(block.text), *block.short_forms])
    fields = list(fields_to_fill(block.text))
    for match in _signs(signs, ignore).finditer(block.text):
        span = Span(*match.span("sign")) if match["sign"] else None
        if (
            span is None
            or overlaps_any(_with_neighbours(span), avoided)
            or _is_marker(block.text, span)
            or _is_reference(block.text, span)
            or _is_between_placeholders(block.block, span)
        ):
            continue
        if match["sign"] == "/" and (both := _joined_titles(block.text, span, titles)):
            yield Hit(span, {"advice": titles_advice.format(titles=both)})
            continue
        severity = Severity(field_severity) if overlaps_any(span, fields) else None
        if match["sign"] in mild:
            severity = Severity(mild_severity)
        word = instead.get(block.text[span.start : span.end], "")
        if word:
            safe = match["sign"] in sure and _between_small_words(block.text, span)
            suggestion = Suggestion(word, Safety.SAFE if safe else Safety.DISPLAY)
            yield Hit(span, {"advice": replace_advice.format(word=word)}, (suggestion,), severity)
        else:
            yield Hit(span, {"advice": other_advice}, severity=severity)


@lru_cache(maxsize=8)
def _signs(signs: tuple[str, ...], ignore: tuple[str, ...]) -> re.Pattern[str]:
    classes = "".join(re.escape(sign[0]) for sign in signs if sign[0] != "/")
    apart = rf"(?<={_LETTER} )/(?= ?{_LETTER})|(?<={_LETTER}\. )/(?= ?{_LETTER})"
    slash = rf"|(?<={_LETTER})/(?= ?{_LETTER})|(?<={_LETTER}\.)/(?= ?{_LETTER})|{apart}"
    words = (rf"(?<!\w){re.escape(word)}" + r"(?!\w)" * word[-1].isalnum() for word in ignore)
    allowed = "|".join((*words, _FORM_NUMBER))
    return re.compile(rf"{allowed}|(?P<sign>[{classes}]+{slash if any(s[0] == '/' for s in signs) else ''})")


def _with_neighbours(span: Span) -> Span:
    """A sign that stands right beside an address or a reference belongs to it."""
    return Span(span.start - 1, span.end + 2)


def _is_marker(text: str, span: Span) -> bool:
    """Is the sign the mark of a list item, or the one of a telephone number?"""
    start = max(0, span.start - 200)
    line_start = max(text.rfind("\n", start, span.start) + 1, start)
    if not text[line_start : span.start].strip():
        return True
    return text[span.start] == "+" and text[span.end : span.end + 2].isdigit() and text[span.start - 1] == " "


def _is_reference(text: str, span: Span) -> bool:
    """Does the bar belong to a reference: « DIE/SUSP/2026-0417 »?"""
    if text[span.start : span.end] != "/" or text[span.start - 1] == " " or text[span.end : span.end + 1] == " ":
        return False
    before, after = text[max(0, span.start - 60) : span.start].split(), text[span.end : span.end + 60].split()
    return bool(before and after) and any(c.isdigit() for c in before[-1] + after[0])


def _is_between_placeholders(block: Block, span: Span) -> bool:
    """Is this the bar of « page / number of pages »?"""
    text = block.text
    first = span.start - 1 - (text[span.start - 1 : span.start] == " ")
    last = span.end + (text[span.end : span.end + 1] == " ")
    if first < 0 or last >= len(text):
        return False
    return block.is_placeholder(Span(first, first + 1)) and block.is_placeholder(Span(last, last + 1))


def _joined_titles(text: str, span: Span, titles: Sequence[str]) -> str:
    """Return the two titles, as they should be, of « Madame / Monsieur, » without a name."""
    before, after = text[max(0, span.start - 30) : span.start].split(), _TITLE.match(text, span.end)
    if not before or after is None or before_a_name(text, after.end()):
        return ""
    found = {before[-1].strip(_AROUND).lower(), after[1].lower()}
    return next((both for both in titles if set(both.lower().split(", ")) == found), "")


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    index = bisect_right(spans, Span(span.start, 1 << 60))
    return any(other.contains(span) for other in spans[max(0, index - 1) : index])


def _between_small_words(text: str, span: Span) -> bool:
    before, after = text[max(0, span.start - 60) : span.start], text[span.end : span.end + 60]
    if not before.endswith(" ") or not after.startswith(" "):
        return False
    return all(words and not words[at][0].isupper() for words, at in ((before.split(), -1), (after.split(), 0)))


@check("gendered_forms", provides=("advice",))
def gendered_forms(
    block: AnalysedBlock, *, or_word: str, and_word: str, both_advice: str, words_advice: str, phrase_advice: str
) -> Iterator[Hit]:
    """Yield short forms for two genders: « né(e) », « usager·e », « assistant/e »."""
    protected = protected_spans(block.text)
    for span, both in short_forms(block.text):
        if _inside(span, protected):
            continue
        phrase = _phrase(block.text, span, both[0]) if both else None
        if phrase:
            whole, instead = phrase
            yield Hit(whole, {"advice": phrase_advice.format(words=instead)}, (Suggestion(instead),))
            continue
        word = and_word if both and both[1].endswith("s") else or_word
        text = f" {word} ".join(both) if both else ""
        advice = words_advice.format(words=text) if both else both_advice
        yield Hit(span, {"advice": advice}, (Suggestion(text),) if both else ())


def _phrase(text: str, span: Span, masculine: str) -> tuple[Span, str] | None:
    """Return the place of « Je soussigné(e) » or « est domicilié(e) », and the words that need no gender."""
    words = words_of(text[max(0, span.start - 20) : span.start])
    if not words:
        return None
    key = f"{words[-1].key} {masculine.lower()}"
    instead = next((row[1] for row in rows("formes-genrees-figees") if row[0] == key), "")
    start = max(0, span.start - 20) + words[-1].start
    first = instead[:1].upper() if text[start].isupper() else instead[:1]
    return (Span(start, span.end), first + instead[1:]) if instead else None


@check("acronyms", scope="document", provides=("advice", "problem"))
def acronyms(
    document: AnalysedDocument,
    *,
    known: tuple[str, ...],
    explained_by: tuple[str, ...],
    explained_after: tuple[str, ...],
    introduced_by: tuple[str, ...],
    expand_advice: str,
    explain_advice: str,
    ambiguous_advice: str,
    unknown_advice: str,
    ambiguous_note: str,
    missing_problem: str,
    late_problem: str,
    late_severity: str,
    or_word: str,
) -> Iterator[Hit]:
    """Yield the first use of each acronym that the document does not explain there."""
    seen = set(known)
    before: list[AnalysedBlock] = []  # what a reader has read
    everything = plain("\n".join(block.text for block in document.blocks))
    found = [list(acronyms_of(block)) for block in document.blocks]
    spelt_out = _spelt_out(document, found)
    whole = frozenset(word.key for block in document.blocks for word in words_of(block.text))
    for number, block in enumerate(document.blocks):
        for span, name, listed in found[number]:
            if name in seen or name in block.lexicon.ignored:
                continue
            seen.update((name, *name.split("-")))
            entries = [chosen(entry, _near(block.text, span)) for entry in listed]
            full = entries[0].replacements if entries else ()
            if (
                _is_read(before, block, span, name, full)
                or is_introduced(document.blocks, number, span, introduced_by)
                or is_explained(document.blocks, number, span, explained_by, explained_after)
            ):
                continue
            others = _other_senses(block, span, entries, whole, ambiguous_note)
            names = [f"« {sense} »" for sense in (*full, *others)]
            meaning = entries[0].explanation if entries else ""
            known_advice = expand_advice if full else explain_advice if meaning else unknown_advice
            advice = (ambiguous_advice if others else known_advice).format(
                expansion=full[0] if full else "", expansions=f" {or_word} ".join(names), explanation=meaning
            )
            late = name in spelt_out or any(plain(expansion) in everything for expansion in full)
            problem = late_problem if late else missing_problem
            ideas = tuple(Suggestion(expansion) for expansion in full)
            severity = Severity(late_severity) if late else None
            yield Hit(span, {"advice": advice, "problem": problem}, ideas, severity, block)
        before.append(block)


def _spelt_out(document: AnalysedDocument, found: Sequence[Sequence[Acronym]]) -> frozenset[str]:
    """Return the acronyms whose full name stands beside one of their first uses, anywhere in the document."""
    uses: Counter[str] = Counter()
    spelt_out = set()
    for block, here in zip(document.blocks, found, strict=True):
        for span, name, _ in here:
            uses[name] += 1
            if name not in spelt_out and uses[name] <= _USES and is_spelt_out(block.text, span, name):
                spelt_out.add(name)
    return frozenset(spelt_out)


def _is_read(before: Sequence[AnalysedBlock], block: AnalysedBlock, span: Span, name: str, full: Sequence[str]) -> bool:
    """Has a reader met the full name, here or before?"""
    sentence = block.sentence_at(span)
    end = sentence.span.end if sentence else span.end
    read = [other.text[-_REMEMBERED:] for other in before[-_BLOCKS_REMEMBERED:]]
    read.append(block.text[max(0, end - _REMEMBERED) : end])
    if full and any(plain(expansion) in plain(text) for text in read for expansion in full):
        return True
    read[-1] = block.text[max(0, span.start - _REMEMBERED) : span.start]
    return is_spelt_out(block.text, span, name, [letters for text in read for letters in initials_of(text)])


def _near(text: str, span: Span) -> Iterator[str]:
    """Yield the words around an acronym that may tell what it stands for."""
    yield from (word.key for word in words_of(text[max(0, span.start - _NEAR) : span.end + _NEAR]))


def _other_senses(
    block: AnalysedBlock, span: Span, entries: Sequence[Entry], text: frozenset[str], mark: str
) -> list[str]:
    """Return what else an acronym may stand for, when no word of the text and no colon behind it tells."""
    if not entries or not entries[0].note.startswith(mark) or not text.isdisjoint(entries[0].values("contexte")):
        return []
    if block.text[span.end : span.end + 2].lstrip().startswith(":"):  # « PJ : »
        return []
    senses = entries[0].note.removeprefix(mark).partition(";")[0]
    return [sense.strip(" :") for sense in senses.split(",")]
