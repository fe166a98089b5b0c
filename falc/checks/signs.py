"""Checks of signs inside words and between them: special characters, short gendered forms, acronyms."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from falc.checks import Hit, Suggestion, check
from falc.checks.words import is_explained
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import facts
from falc.french.lexicon import Entry
from falc.french.postal import is_capitals, is_postal, line_around
from falc.french.protected import protected_spans
from falc.model import Safety, Span

_LETTER = r"[^\W\d_]"
_DOTS = "·•‧∙⋅"
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_CAPITAL = "A-ZÀ-ÖØ-Þ"
_ACRONYM = re.compile(
    rf"(?<![\w./@-])(?:[{_CAPITAL}][{_CAPITAL}\d]{{1,11}}(?:-[{_CAPITAL}]{{1,8}})?|(?:[{_CAPITAL}]\.){{2,9}}[{_CAPITAL}]?)"
    rf"(?![\w/@]|[-'’.]\w)"
)
_VOWELS = frozenset("AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜ")
_BRACKETED = 160  # characters before a bracket in which the full name is looked for


@check("characters", provides=("advice",))
def characters(
    block: AnalysedBlock,
    *,
    signs: tuple[str, ...],
    sure: tuple[str, ...],
    ignore: tuple[str, ...],
    replace_advice: str,
    other_advice: str,
) -> Iterator[Hit]:
    """Yield signs that are hard to read, with the words that say the same.

    An option of `signs` is a sign, « = », and these words.  Those in `sure` may be put in by a
    program, where small words or numbers stand on both sides.
    """
    instead = {sign[0]: sign[2:] for sign in signs}
    avoided = sorted([*protected_spans(block.text), *(span for span, _ in _gendered(block.text))])
    for match in _signs(signs, ignore).finditer(block.text):
        span = Span(*match.span("sign")) if match["sign"] else None
        if span is None or _touches(span, avoided) or _is_marker(block.text, span):
            continue
        word = instead.get(block.text[span.start : span.end], "")
        if word:
            safe = match["sign"] in sure and _between_small_words(block.text, span)
            suggestion = Suggestion(word, Safety.SAFE if safe else Safety.DISPLAY)
            yield Hit(span, {"advice": replace_advice.format(word=word)}, (suggestion,))
        else:
            yield Hit(span, {"advice": other_advice})


@lru_cache(maxsize=8)
def _signs(signs: tuple[str, ...], ignore: tuple[str, ...]) -> re.Pattern[str]:
    classes = "".join(re.escape(sign[0]) for sign in signs if sign[0] != "/")
    slash = rf"|(?<={_LETTER})/(?={_LETTER})|(?<={_LETTER} )/(?= ?{_LETTER})|(?<={_LETTER})/(?= {_LETTER})"
    allowed = "|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words in ignore) or "(?!)"
    return re.compile(rf"{allowed}|(?P<sign>[{classes}]+{slash if any(s[0] == '/' for s in signs) else ''})")


def _touches(span: Span, spans: Sequence[Span]) -> bool:
    """Does the sign belong to one of `spans`, or stand right beside one?"""
    around = Span(span.start - 1, span.end + 2)
    index = bisect_right(spans, Span(span.start, 1 << 60))
    return any(other.overlaps(around) for other in spans[max(0, index - 1) : index + 1])


def _is_marker(text: str, span: Span) -> bool:
    """Is the sign the mark of a list item, or the one of a telephone number?"""
    start = max(0, span.start - 200)
    line_start = max(text.rfind("\n", start, span.start) + 1, start)
    if not text[line_start : span.start].strip():
        return True
    return text[span.start] == "+" and text[span.end : span.end + 2].isdigit() and text[span.start - 1] == " "


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    index = bisect_right(spans, Span(span.start, 1 << 60))
    return any(other.contains(span) for other in spans[max(0, index - 1) : index])


def _between_small_words(text: str, span: Span) -> bool:
    before, after = text[max(0, span.start - 60) : span.start], text[span.end : span.end + 60]
    if not before.endswith(" ") or not after.startswith(" "):
        return False
    return all(words and not words[at][0].isupper() for words, at in ((before.split(), -1), (after.split(), 0)))


@check("gendered_forms")
def gendered_forms(block: AnalysedBlock, *, or_word: str) -> Iterator[Hit]:
    """Yield short forms for two genders: « né(e) », « usager·e », « assistant/e »."""
    protected = protected_spans(block.text)
    for span, both in _gendered(block.text):
        if not _inside(span, protected):
            yield Hit(span, suggestions=(Suggestion(f" {or_word} ".join(both)),) if both else ())


def _gendered(text: str) -> Iterator[tuple[Span, tuple[str, str] | None]]:
    for match in _gendered_form().finditer(text):
        ending = match["dot"] or match["bracket"] or match["slash"] or match["point"] or match["hyphen"]
        plural = match["plural"] is not None or (ending.endswith("s") and len(ending) > 1)
        yield Span(*match.span()), _both(match["stem"], ending.removesuffix("s") or ending, plural)


@lru_cache(maxsize=1)
def _gendered_form() -> re.Pattern[str]:
    ends = "|".join(sorted(facts("terminaisons-feminines"), key=len, reverse=True))
    # Behind a hyphen or a full stop only endings that no ordinary word is: « donne-le », « fin.Les ».
    rare = "|".join(
        e for e in sorted(facts("terminaisons-feminines"), key=len, reverse=True) if e in ("e", "es") or len(e) > 3
    )
    return re.compile(
        rf"(?<![\w'’.-])(?:[ldnjmtsc]['’])?(?P<stem>{_LETTER}{{2,40}})"
        rf"(?:[{_DOTS}](?P<dot>{_LETTER}{{1,6}})|\((?P<bracket>{ends})\)|/(?P<slash>{ends})(?!\w)"
        rf"|\.(?P<point>{rare})(?![\w@])|-(?P<hyphen>{rare})(?![\w'’]))(?P<plural>[{_DOTS}.-]?s(?!\w)|\(s\))?",
    )


def _both(stem: str, ending: str, plural: bool) -> tuple[str, str] | None:
    changes = {"rice": ("eur", "rice"), "trice": ("teur", "trice"), "euse": ("eur", "euse"), "ère": ("er", "ère"),
               "ve": ("f", "ve"), "se": ("x", "se")}  # fmt: skip
    if ending in changes:
        old, new = changes[ending]
        if not stem.endswith(old):
            return None
        feminine = stem.removesuffix(old) + new
    else:
        feminine = stem + ending
    mark = "s" if plural else ""
    masculine = stem if stem.endswith(("s", "x")) else stem + mark
    return masculine, feminine + mark


@check("acronyms", scope="document", provides=("advice",))
def acronyms(
    document: AnalysedDocument,
    *,
    known: tuple[str, ...],
    explained_by: tuple[str, ...],
    explained_after: tuple[str, ...],
    expand_advice: str,
    ambiguous_advice: str,
    unknown_advice: str,
    ambiguous_note: str,
) -> Iterator[Hit]:
    """Yield the first use of each acronym that the document does not explain there."""
    seen = set(known)
    before: list[str] = []  # what a reader has read
    for number, block in enumerate(document.blocks):
        protected = protected_spans(block.text)
        before.append(block.text.lower())
        for match in _ACRONYM.finditer(block.text):
            span, name = Span(*match.span()), match[0].replace(".", "")
            entries = [e for e in block.lexicon.lookup(name) if e.category == "acronyme" and e.term == name]
            if name in seen or _inside(span, protected) or not _is_acronym(block, span, name, bool(entries)):
                continue
            seen.add(name)
            full = entries[0].replacements if entries else ()
            text = " ".join(before[-20:])
            if (
                any(expansion.lower() in text for expansion in full)
                or _is_spelt_out(block.text, span, name)
                or is_explained(document.blocks, number, span, explained_by, explained_after)
            ):
                continue
            yield Hit(
                span,
                {"advice": _expansion_advice(entries, expand_advice, ambiguous_advice, unknown_advice, ambiguous_note)},
                tuple(Suggestion(expansion) for expansion in full),
                block=block,
            )


def _expansion_advice(entries: Sequence[Entry], expand: str, ambiguous: str, unknown: str, note: str) -> str:
    if not entries or not entries[0].replacements:
        return unknown
    template = ambiguous if entries[0].note.startswith(note) else expand
    return template.format(expansion=entries[0].replacements[0], other=entries[0].note.removeprefix(note).strip(" :"))


def _is_acronym(block: AnalysedBlock, span: Span, name: str, listed: bool) -> bool:
    """Is this run of capitals an acronym, and not a name, a number or a word in capitals?"""
    letters = name.replace("-", "")
    if sum(c.isalpha() for c in letters) < 2 or block.block.is_placeholder(span):
        return False
    if not listed and (
        not (name in facts("sigles-connus") or _VOWELS.isdisjoint(letters))
        or _ROMAN.fullmatch(letters)
        or _follows_name(block.text, span)
    ):
        return False
    line = line_around(block.block.text, span)
    alone = line.strip(" :.") == name
    return not is_postal(line) and (listed if alone else not is_capitals(line))


def _follows_name(text: str, span: Span) -> bool:
    """Does a first name or a title stand before: « Jean MARTIN », « Mme DUPONT », « 75012 PARIS »?"""
    words = text[max(0, span.start - 40) : span.start].split()
    if not words or text[span.start - 1 : span.start] != " ":
        return False
    last = words[-1]
    if last in facts("civilites") or last.isdigit():
        return True
    return last[0].isupper() and last[1:].islower() and last.lower() not in facts("mots-outils") | facts("determinants")


def _is_spelt_out(text: str, span: Span, name: str) -> bool:
    """Does a bracket give the full name: « revenu de solidarité active (RSA) », « RSA (revenu…) »?"""
    letters = [c.lower() for c in name if c.isalpha()]
    if text[span.start - 1 : span.start] == "(" and text[span.end : span.end + 1] == ")":
        return _holds_letters(text[max(0, span.start - _BRACKETED) : span.start - 1], letters)
    after = text[span.end : span.end + _BRACKETED].lstrip()
    return after.startswith("(") and _holds_letters(after[1:].partition(")")[0], letters)


def _holds_letters(text: str, letters: Sequence[str]) -> bool:
    """Are `letters` found in order, the first of them at the start of a word?"""
    words = re.findall(r"\w+", text.lower())[-15:]
    for first, word in enumerate(words):
        if word[0] == letters[0] and len(words) - first > 1:
            rest = iter("".join(words[first:]))
            if all(letter in rest for letter in letters):
                return True
    return False
