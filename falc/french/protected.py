"""Parts of a text that are not prose: addresses, file names, references, telephone and account numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from falc.french.facts import facts
from falc.model import Span

__all__ = ["Outside", "merged", "overlaps_any", "protected_spans"]

_ADDRESS = r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,120}\.\w{2,10}"
_IBAN = r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?(?!\w)"
_PHONE = (
    r"(?<![\w.,/-])(?:\+33 ?(?:\(0\) ?)?|0033 ?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)"
    r"|(?<![\w.,/-])08\d{2}(?: \d{3}){2}(?!\d)"
)
_SIRET = r"(?<![\w.,/-])\d{3} ?\d{3} ?\d{3} ?\d{5}(?!\w)"
_SECURITY = r"(?<![\w.,/-])[12] ?\d{2} ?[01]\d ?\d[\dAB] ?\d{3} ?\d{3}(?: ?/? ?\d{2})?(?!\w)"
_NUMBER_OF_LAW = r"(?:[LRDA]O?[.*]{0,2} ?)?\d{1,4}(?:[-.]\d{1,4}){0,5}(?: (?:bis|ter|quater))?"
_LAW = (
    r"(?<!\w)(?:[LRD]\.? ?|LO ?|A\. ?)\*?\d{1,4}(?:[-.]\d{1,4}){0,5}(?![\w%])"
    rf"|(?<!\w)(?i:articles?|art\.) {_NUMBER_OF_LAW}(?:(?:,(?= [LRD])| et| ou| à) {_NUMBER_OF_LAW}){{0,9}}(?![\w%])"
)
# What follows « dossier n° »: letters, digits and the signs between them.
_CODE = r"[A-Z]{0,5}[ -]?\d[\w/.-]{0,40}(?: \d[\w/.-]{0,20}){0,7}"
_LONG_CODE = r"(?:[A-Z]{1,5}[-/]?\d[\w/.-]{0,40}|\d[\d/-]{0,20}[A-Z][\w/-]{0,20}|\d{5,20})"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    keywords = sorted(facts("references"), key=len, reverse=True)
    keyword = "|".join(map(re.escape, keywords))
    sign = r"(?:n ?°|nº|N°|no\b|numéro)"
    domains, extensions = ("|".join(sorted(facts(f))) for f in ("domaines-internet", "extensions-de-fichier"))
    domain = rf"(?<![\w.@-])(?:[\w-]{{1,63}}\.){{1,6}}(?:{domains})(?![\w-])(?:/\S*)?"
    file = rf"(?<![\w.-])[\w-]{{1,80}}(?:\.[\w-]{{1,20}}){{0,4}}\.(?i:{extensions})(?!\w)"
    reference = (
        rf"(?<!\w)(?i:{sign}s?)(?: :)? ?{_CODE}"
        rf"|(?<!\w)(?i:{keyword})(?: :? ?{sign})?(?: ?: ?| ?){_LONG_CODE}"
    )
    kinds = (_ADDRESS, domain, file, _IBAN, _PHONE, reference, _LAW, _SIRET, _SECURITY)
    return re.compile("|".join(kinds))


def protected_spans(text: str) -> list[Span]:
    """Return the parts of a plain text that no rule about words or numbers may touch, in order."""
    return list(_protected(text))


@lru_cache(maxsize=2048)  # every check asks for every block
def _protected(text: str) -> tuple[Span, ...]:
    return tuple(Span(m.start(), m.end() - len(_loose_end(m[0]))) for m in _pattern().finditer(text))


def _loose_end(found: str) -> str:
    """Return the punctuation that belongs to the sentence, not to the address."""
    kept = found.rstrip(".,;:!?…»”)]'\" ")
    if found.count("(") > kept.count(")") and found[len(kept) :].startswith(")"):
        kept += ")"
    return found[len(kept) :]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return sorted, disjoint spans that cover the same characters."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def overlaps_any(span: Span, spans: Sequence[Span]) -> bool:
    """Does `span` share a character with one of `spans`, in order and disjoint?"""
    if not spans:
        return False
    index = bisect_right(spans, Span(span.end, 0)) - 1
    return index >= 0 and spans[index].overlaps(span)


class Outside:
    """Answer in turn, for places in growing order, whether they are free of some sorted, disjoint spans."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = iter(spans)
        self._next = next(self._spans, None)

    def __call__(self, span: Span) -> bool:
        while self._next is not None and self._next.end <= span.start:
            self._next = next(self._spans, None)
        return self._next is None or self._next.start >= span.end
