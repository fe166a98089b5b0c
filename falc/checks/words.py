"""Checks of terms: the words of the lexicons, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from falc.checks import Hit, Suggestion, check
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.explanations import is_explained
from falc.french.facts import rows
from falc.french.frequency import zipf
from falc.french.guards import fits
from falc.french.lexicon import Entry, Term
from falc.french.postal import is_postal, line_around
from falc.french.protected import overlaps_any
from falc.french.rewriting import rewritten
from falc.french.words import key_of, short_forms, words_of
from falc.model import Safety, Severity, Span

_EXPLAIN, _REPLACE, _REWORD = "expliquer", "remplacer", "reformuler"
_EXPLAINABLE = ("NOUN", "ADJ", "VERB")
_NUMBER = re.compile(r"(?:[LRDA]\.? ?)?\*?\d")  # « art. 3 », « art. L. 123-1 »


@check("lexicon", needs="parser", scope="document", provides=("advice", "term"))
def lexicon(
    document: AnalysedDocument,
    *,
    categories: tuple[str, ...],
    kinds: tuple[str, ...],
    repeat: tuple[str, ...],
    ignore: tuple[str, ...],
    explained_by: tuple[str, ...],
    explained_after: tuple[str, ...],
    replace_advice: str,
    reword_advice: str,
    replace_verb_advice: str,
    reword_verb_advice: str,
    agree_advice: str,
    explain_advice: str,
    other_advice: str,
    or_word: str,
    reword_severity: str,
    explain_severity: str,
    common: float,
) -> Iterator[Hit]:
    """Yield the difficult terms that the text does not explain; those of no kind in `repeat`, once.

    A single word to be reworded is left alone from the frequency `common` on; 0 leaves none alone.
    """
    advice = {_EXPLAIN: explain_advice, _REPLACE: replace_advice, _REWORD: reword_advice}
    verb_advice = {**advice, _REPLACE: replace_verb_advice, _REWORD: reword_verb_advice}
    severities = {_EXPLAIN: Severity(explain_severity), _REWORD: Severity(reword_severity)}
    settled: set[str] = set()
    for number, block in enumerate(document.blocks):
        short = [span for span, _ in short_forms(block.text)]
        for term in block.terms:
            entry = term.entry
            if overlaps_any(term.span, short):  # « demandeur·se » is the matter of another rule
                continue
            if entry.category not in categories or entry.kind not in kinds or entry.term in {*ignore, *settled}:
                continue
            shown = key_of(block.text[term.span.start : term.span.end])
            if entry.kind == _REWORD and is_common(entry, shown, common):
                continue
            # « C'est une aide » explains the noun before it, not the adverb or the preposition.
            openings = explained_after if entry.pos == "NOUN" else ()
            explained = entry.pos in _EXPLAINABLE and is_explained(
                document.blocks, number, term.span, explained_by, openings
            )
            if explained or entry.kind not in repeat:
                settled.add(entry.term)
            if not explained:
                templates = verb_advice if _is_conjugated(entry, shown) else advice
                agree = agree_advice if _is_inflected(entry, shown) else ""
                text = _advice(term, templates[entry.kind], agree, other_advice, or_word)
                yield Hit(
                    term.span,
                    {"advice": text, "term": entry.term},
                    tuple(suggestions(term)),
                    severities.get(entry.kind),
                    block,
                )


def is_common(entry: Entry, shown: str, least: float) -> bool:
    """Is the term one word, at least as frequent as `least`, which everybody meets every day?"""
    return bool(least) and " " not in entry.term and max(zipf(shown), zipf(entry.term)) >= least


def _is_conjugated(entry: Entry, shown: str) -> bool:
    """Does the text have another form of a verb than the infinitive that replaces it?"""
    if entry.pos != "VERB":
        return False
    infinitive = next(word.key for word in words_of(entry.term) if word.key not in ("se", "s'"))
    return all(word.key != infinitive for word in words_of(shown))


def _is_inflected(entry: Entry, shown: str) -> bool:
    """Does the text have another number or gender than the replacement?"""
    return entry.kind != _EXPLAIN and entry.pos in ("NOUN", "ADJ") and shown != key_of(entry.term)


def _advice(term: Term, template: str, agree: str, other: str, or_word: str) -> str:
    """Return what to do; the explanation says it where no replacement fits."""
    entry = term.entry
    if entry.kind == _EXPLAIN:
        return template.format(explanation=entry.explanation) if entry.explanation else other
    if not _fits(term):
        return entry.explanation or other
    replacements = f" {or_word} ".join(f"« {text} »" for text in entry.replacements)
    return " ".join(filter(None, (template.format(replacements=replacements), agree)))


def _fits(term: Term) -> bool:
    """Can the replacements be proposed here?"""
    entry = term.entry
    return bool(entry.replacements) and not (entry.explanation and not fits(entry.guards, term.around))


def suggestions(term: Term) -> Iterator[Suggestion]:
    """Yield the replacements of a term: the first one is safe when every guard of the entry holds."""
    if term.entry.kind != _EXPLAIN and not _fits(term):
        return
    edit = rewritten(term)
    if edit is not None:
        yield Suggestion(edit.text, Safety.SAFE, edit.span)
    for text in term.entry.replacements[1 if edit is not None else 0 :]:
        yield Suggestion(text)


@check("abbreviation", provides=("advice",))
def abbreviation(
    block: AnalysedBlock,
    *,
    ignore: tuple[str, ...],
    replace_advice: str,
    other_advice: str,
) -> Iterator[Hit]:
    """Yield abbreviations, but for those of postal addresses."""
    starts = {span.start for span in block.sentence_spans}
    ends = {span.end for span in block.sentence_spans}
    for match in _abbreviations().finditer(block.text):
        row = abbreviation_rows().get(match[0]) or abbreviation_rows().get(match[0][0].lower() + match[0][1:])
        if row is None or row[0] in ignore or not _is_abbreviation(block.block.text, Span(*match.span()), row, ends):
            continue
        full = row[1]
        if not full:
            yield Hit(Span(*match.span()), {"advice": row[2] and other_advice})
            continue
        capital = match[0][0].isupper() and (not _is_all_capitals(match[0], row) or match.start() in starts)
        text = full[0].upper() + full[1:] if capital else full
        certain = row[3] in ("jamais", "nombre") or " " in row[0] or not row[0].endswith(".")
        sure = certain and match.end() not in ends and not row[2].startswith("ou ")
        touching = block.text[match.end() : match.end() + 1].isalnum()
        suggestion = Suggestion(text + " " * touching, Safety.SAFE if sure else Safety.DISPLAY)
        yield Hit(Span(*match.span()), {"advice": replace_advice.format(full=text)}, (suggestion,))


@lru_cache(maxsize=1)
def abbreviation_rows() -> dict[str, tuple[str, ...]]:
    """Return the abbreviations: term, full words, note, what the full stop asks for."""
    return {row[0]: (*row, "", "", "")[:4] for row in rows("abreviations")}


@lru_cache(maxsize=1)
def _abbreviations() -> re.Pattern[str]:
    terms = sorted(abbreviation_rows(), key=len, reverse=True)
    # A final letter must end the word; « n° » may touch its number.
    either = (f"[{t[0].upper()}{t[0].lower()}]{re.escape(t[1:])}" + r"(?!\w)" * t[-1].isalpha() for t in terms)
    return re.compile(rf"(?<![\w./@-])(?<![^ldLD]['’])(?:{'|'.join(either)})(?![/@-])")


def _is_all_capitals(found: str, row: tuple[str, ...]) -> bool:
    """Are the capitals those of an acronym (« RDV »), not of a title (« M. », « MM. »)?"""
    return found.isupper() and "titre" not in row[2]


def _is_abbreviation(text: str, span: Span, row: tuple[str, ...], ends: set[int]) -> bool:
    term, full, note, end = row
    dotted = term.endswith(".")
    if not full and not note.startswith("«"):
        return False
    following = text[span.end : span.end + 12].lstrip()
    if end == "nombre" and not _NUMBER.match(following):
        return False
    street = end == "majuscule"
    if street and not (following[:1].isupper() and text[span.start].islower()):  # « R. Durand » is a name
        return False
    if dotted and span.end in ends and end != "oui":  # a word at the end of a sentence
        return False
    line = line_around(text, span)
    return not is_postal(line) and (street or not ("adresse" in note and any(c.isdigit() for c in line)))
