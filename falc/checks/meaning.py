"""What a document does with its hard words: explain them, give examples, keep one word for one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from falc.checks import Hit, check
from falc.checks.words import is_common, is_foreign_at
from falc.document import BlockKind
from falc.french import letters
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.explanations import defined_words, is_explained, is_glossed, is_introduced, section_numbers
from falc.french.facts import rows
from falc.french.lexicon import Entry, Term
from falc.french.protected import merged, overlaps_any, protected_spans
from falc.french.words import Word, key_of, words_of
from falc.model import Span

_EXPLAIN = "expliquer"
_ALONE = "seul"
_DEFINITIONS = "dl"


@check("unexplained", needs="parser", scope="document", provides=("advice", "problem"))
def unexplained(
    document: AnalysedDocument,
    *,
    categories: tuple[str, ...],
    ignore: tuple[str, ...],
    common: float,
    always: tuple[str, ...],
    explained_by: tuple[str, ...],
    explained_after: tuple[str, ...],
    introduced_by: tuple[str, ...],
    glosses: tuple[str, ...],
    reach: int,
    explain_advice: str,
    other_advice: str,
    missing_problem: str,
    late_problem: str,
) -> Iterator[Hit]:
    """Yield the first use of each necessary but hard term, when the text does not explain it there.

    A first use in a heading gives way to the next one in the text, where there is room to explain.
    """
    settled = {*ignore, *defined_words(document, glosses)}
    marks = (explained_by, explained_after, introduced_by)
    terms = list(_hard_terms(document, categories))
    told = [_is_told(document, number, term.span, marks, reach) for number, _, term in terms]
    explained = {name for (*_, term), here in zip(terms, told, strict=True) if here for name in _names(term.entry)}
    in_headings = [block.block.kind is BlockKind.HEADING for _, block, _ in terms]
    for index in sorted(range(len(terms)), key=in_headings.__getitem__):
        _, block, term = terms[index]
        entry = term.entry
        shown = key_of(block.text[term.span.start : term.span.end])
        if not settled.isdisjoint((shown, entry.term, *entry.values("famille"))):
            continue
        if is_foreign_at(block, term.span):
            continue
        settled.update(_names(entry))
        if is_common(entry, shown, common) and entry.term not in always:
            continue
        if not told[index]:
            advice = explain_advice.format(explanation=entry.explanation) if entry.explanation else other_advice
            problem = (
                late_problem if not explained.isdisjoint((entry.term, *entry.values("famille"))) else missing_problem
            )
            yield Hit(term.span, {"advice": advice, "problem": problem}, block=block)


def _names(entry: Entry) -> tuple[str, ...]:
    """Return the term, its family and its first word: who knows « attestation de droits » need not be told again."""
    first = (entry.term.partition(" ")[0],) if entry.pos == "NOUN" else ()
    return (entry.term, *first, *entry.values("famille"))


def _hard_terms(document: AnalysedDocument, categories: Sequence[str]) -> Iterator[tuple[int, AnalysedBlock, Term]]:
    """Yield the terms that a text must explain, with their blocks."""
    for number, block in enumerate(document.blocks):
        short = block.short_forms
        for term in block.terms:
            if term.entry.kind == _EXPLAIN and term.entry.category in categories and not overlaps_any(term.span, short):
                yield number, block, term


def _is_told(document: AnalysedDocument, number: int, span: Span, marks: tuple[Sequence[str], ...], reach: int) -> bool:
    explained_by, explained_after, introduced_by = marks
    return (
        is_explained(document.blocks, number, span, explained_by, explained_after, reach)
        or is_introduced(document.blocks, number, span, introduced_by)
        or is_glossed(document.blocks[number], span)
    )


@check("examples", needs="parser", scope="document", provides=("terms",))
def examples(
    document: AnalysedDocument,
    *,
    categories: tuple[str, ...],
    min_terms: int,
    min_words: int,
    markers: tuple[str, ...],
) -> Iterator[Hit]:
    """Yield a hit for a long document with many hard terms and not one example."""
    terms = {term.entry.term for _, _, term in _hard_terms(document, categories)}
    if len(terms) < min_terms or letters.words_of(document.blocks) < min_words:
        return
    if not any(mark in block.text.lower() for block in document.blocks for mark in markers):
        yield Hit(fields={"terms": len(terms)})


@check("glossary", needs="parser", scope="document", provides=("terms",))
def glossary(
    document: AnalysedDocument,
    *,
    categories: tuple[str, ...],
    min_terms: int,
    min_words: int,
    titles: tuple[str, ...],
    longest_title: int,
) -> Iterator[Hit]:
    """Yield a hit for a long document with many hard terms and no list that explains them."""
    terms = {term.entry.term for _, _, term in _hard_terms(document, categories)}
    if len(terms) < min_terms or letters.words_of(document.blocks) < min_words:
        return
    if any(element.name == _DEFINITIONS for element in document.document.objects.elements):
        return
    for block in document.blocks:
        text = block.text.lower()
        if (block.block.kind is BlockKind.HEADING or len(text.split()) <= longest_title) and any(
            title in text for title in titles
        ):
            return
    yield Hit(fields={"terms": len(terms)})


@check("explained_far_away", needs="parser", scope="document", provides=("explanation",))
def explained_far_away(
    document: AnalysedDocument,
    *,
    categories: tuple[str, ...],
    sections: int,
    explained_by: tuple[str, ...],
    explained_after: tuple[str, ...],
    introduced_by: tuple[str, ...],
    reach: int,
) -> Iterator[Hit]:
    """Yield the first use of a term more than `sections` headings after its last explanation."""
    numbers = list(section_numbers(document))
    marks = (explained_by, explained_after, introduced_by)
    told: dict[str, int] = {}
    done = set()
    for number, block, term in _hard_terms(document, categories):
        name = term.entry.term
        if _is_told(document, number, term.span, marks, reach):
            told[name] = numbers[number]
        elif name in told and name not in done and numbers[number] - told[name] > sections:
            done.add(name)
            yield Hit(term.span, {"explanation": term.entry.explanation}, block=block)


@check("synonyms", scope="document", provides=("words",))
def synonyms(
    document: AnalysedDocument, *, determiners: tuple[str, ...], complements: tuple[str, ...], or_word: str
) -> Iterator[Hit]:
    """Yield the second word that a document uses for one thing, once for each group of synonyms."""
    used: dict[str, dict[str, tuple[AnalysedBlock, Span]]] = defaultdict(dict)
    for block in document.blocks:
        for term, group, span in _members(block, determiners, complements):
            used[group].setdefault(term, (block, span))
    for members in used.values():
        if len(members) > 1:
            block, span = list(members.values())[1]
            words = f" {or_word} ".join(f"« {term} »" for term in members)
            yield Hit(span, {"words": words}, block=block)


def _members(
    block: AnalysedBlock, determiners: Sequence[str], complements: Sequence[str]
) -> Iterator[tuple[str, str, Span]]:
    """Yield the words of the table of synonyms that stand for a thing the reader knows: « votre courrier »."""
    words = words_of(block.text)
    if all(word.key not in determiners for word in words):
        return
    longer = [term.span for term in block.terms if " " in term.entry.term]
    hidden = merged([*longer, *protected_spans(block.text)])
    for index in range(1, len(words)):
        if words[index - 1].key not in determiners or not words[index].joins:
            continue
        for size in range(4, 0, -1):
            found = _group(words, index, size)
            if found is None:
                continue
            term, group, alone = found
            last = words[index + size - 1]
            span = Span(words[index].start, last.end)
            following = words[index + size].key if index + size < len(words) and words[index + size].joins else ""
            if not (alone and following in complements) and (size > 1 or not overlaps_any(span, hidden)):
                yield term, group, span
            break


def _group(words: Sequence[Word], index: int, size: int) -> tuple[str, str, bool] | None:
    """Return the term, the group and whether it must stand alone, of `size` words from `index` on."""
    if index + size > len(words) or any(not word.joins for word in words[index + 1 : index + size]):
        return None
    keys = [word.key for word in words[index : index + size]]
    return _synonyms().get(" ".join(keys)) or _synonyms().get(" ".join(key.removesuffix("s") for key in keys))


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[str, tuple[str, str, bool]]:
    found = {}
    for term, group, use, *_ in (row for row in rows("synonymes-administratifs")):
        key = " ".join(word.key for word in words_of(term))
        found[key] = (term, group, use == _ALONE)
    return found
