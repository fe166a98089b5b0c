"""Checks of terms: the words of the lexicons, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from falc.checks import Hit, Suggestion, check
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.explanations import is_explained
from falc.french.facts import facts, rows
from falc.french.foreign import is_foreign
from falc.french.frequency import zipf
from falc.french.guards import fits
from falc.french.lexicon import Entry, Term
from falc.french.postal import is_postal, line_around
from falc.french.protected import overlaps_any
from falc.french.rewriting import Rewriting, proposals
from falc.french.words import key_of, words_of
from falc.model import Safety, Severity, Span

_EXPLAIN, _REPLACE, _REWORD, _ONE = "expliquer", "remplacer", "reformuler", "reformuler : un seul choix"
_MILD = "info"  # a guard
_EXPLAINABLE = ("NOUN", "ADJ", "VERB")
_FIELD = re.compile(r"«[^«»]*»|“[^“”]*”|\[[^\[\]]*\]")
_NAME = re.compile(r" ?[«\w]")
_CAPITAL = re.compile(r"(?-i:[A-ZÀ-Þ])['’]?\w")
_CHOICE = " | "  # in the table of abbreviations: before a comma, before a name
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
    one_advice: str,
    one_verb_advice: str,
    agree_advice: str,
    explain_advice: str,
    other_advice: str,
    or_word: str,
    reword_severity: str,
    explain_severity: str,
    repeat_severity: str,
    common: float,
) -> Iterator[Hit]:
    """Yield the difficult terms that the text does not explain; those of no kind in `repeat`, once.

    A single word to be reworded is left alone from the frequency `common` on; 0 leaves none alone.
    """
    advice = {_EXPLAIN: explain_advice, _REPLACE: replace_advice, _REWORD: reword_advice, _ONE: one_advice}
    verb_advice = {**advice, _REPLACE: replace_verb_advice, _REWORD: reword_verb_advice, _ONE: one_verb_advice}
    severities = {_EXPLAIN: Severity(explain_severity), _REWORD: Severity(reword_severity)}
    settled: set[str] = set()
    reported: set[str] = set()
    for number, block in enumerate(document.blocks):
        short = block.short_forms
        for term in block.terms:
            entry = term.entry
            if overlaps_any(term.span, short):  # « demandeur·se » is the matter of another rule
                continue
            if entry.category not in categories or entry.kind not in kinds or entry.term in {*ignore, *settled}:
                continue
            shown = key_of(block.text[term.span.start : term.span.end])
            if (entry.kind == _REWORD and is_common(entry, shown, common)) or is_foreign_at(block, term.span):
                continue
            # « C'est une aide » explains the noun before it, not the adverb or the preposition.
            openings = explained_after if entry.pos == "NOUN" else ()
            explained = entry.pos in _EXPLAINABLE and is_explained(
                document.blocks, number, term.span, explained_by, openings
            )
            if explained or entry.kind not in repeat:
                settled.add(entry.term)
            if not explained:
                made = proposals(term)
                fitting = bool(made) and made[0][0] not in entry.replacements
                templates = verb_advice if not fitting and _is_conjugated(entry, shown) else advice
                agree = agree_advice if not fitting and _is_inflected(entry, shown) else ""
                way = _ONE if entry.kind == _REWORD and len(term.entry.replacements) == 1 else entry.kind
                again = repeat_severity if entry.term in reported else ""
                severity = _severity(entry, again) or severities.get(entry.kind)
                quoted = f" {or_word} ".join(f"« {text} »" for text in dict.fromkeys(text for text, _ in made))
                text = _advice(term, templates[way], quoted, agree, other_advice)
                yield Hit(
                    term.span,
                    {"advice": text, "term": entry.term},
                    tuple(_suggestions(term, made)),
                    severity,
                    block,
                )
                reported.add(entry.term)


def _severity(entry: Entry, again: str) -> Severity | None:
    """Return the severity that an entry asks for, or `again`, that of a term already told."""
    if _MILD in entry.guards:
        return Severity.INFO
    return Severity(again) if again else None


def is_common(entry: Entry, shown: str, least: float) -> bool:
    """Is the term one word, at least as frequent as `least`, which everybody meets every day?"""
    return bool(least) and " " not in entry.term and max(zipf(shown), zipf(entry.term)) >= least


def is_foreign_at(block: AnalysedBlock, span: Span) -> bool:
    """Do these words stand in an English sentence, which no rule about French can judge?"""
    sentence = block.sentence_at(span)
    return sentence is not None and _is_english(sentence.text)


@lru_cache(maxsize=4096)
def _is_english(text: str) -> bool:
    # Without one small word of French, « Enter your login » need not be long: what it has counts twice.
    return is_foreign(text) or (not has_small_words(text) and is_foreign(f"{text} {text}"))


def has_small_words(text: str) -> bool:
    """Does a sentence hold an article, a preposition… of French, unlike « From any phone, tablet or browser »?"""
    small = facts("determinants") | facts("mots-outils")
    return any(word.key in small for word in words_of(text))


def _is_conjugated(entry: Entry, shown: str) -> bool:
    """Does the text have another form of a verb than the infinitive that replaces it?"""
    if entry.pos != "VERB":
        return False
    infinitive = next(word.key for word in words_of(entry.term) if word.key not in ("se", "s'"))
    return all(word.key != infinitive for word in words_of(shown))


def _is_inflected(entry: Entry, shown: str) -> bool:
    """Does the text have another number or gender than the replacement?"""
    return entry.kind != _EXPLAIN and entry.pos in ("NOUN", "ADJ") and shown != key_of(entry.term)


def _advice(term: Term, template: str, quoted: str, agree: str, other: str) -> str:
    """Return what to do, with the replacements `quoted`; the explanation says it where none fits."""
    entry = term.entry
    if entry.kind == _EXPLAIN:
        return template.format(explanation=entry.explanation) if entry.explanation else other
    if not _fits(term):
        return entry.explanation or other
    return " ".join(filter(None, (template.format(replacements=quoted), entry.advice, agree)))


def _fits(term: Term) -> bool:
    """Can the replacements be proposed here?"""
    entry = term.entry
    return bool(entry.replacements) and not (entry.explanation and not fits(entry.guards, term.around))


def _suggestions(term: Term, made: Sequence[tuple[str, Rewriting | None]]) -> Iterator[Suggestion]:
    """Yield the replacements of a term, put into the sentence where its grammar is sure, else as they are."""
    if term.entry.kind != _EXPLAIN and not _fits(term):
        return
    for text, rewriting in made:
        yield Suggestion(text, rewriting.safety, edits=rewriting.edits) if rewriting else Suggestion(text)


@check("abbreviation", provides=("advice",))
def abbreviation(
    block: AnalysedBlock,
    *,
    ignore: tuple[str, ...],
    replace_advice: str,
    other_advice: str,
    field_severity: str,
) -> Iterator[Hit]:
    """Yield abbreviations, but for those of postal addresses; those of fields to fill, as `field_severity`."""
    starts = {span.start for span in block.sentence_spans}
    ends = {span.end for span in block.sentence_spans}
    fields = list(fields_to_fill(block.text))
    for match in _abbreviations().finditer(block.text):
        row = abbreviation_rows().get(match[0]) or abbreviation_rows().get(match[0][0].lower() + match[0][1:])
        if row is None or row[0] in ignore or not _is_abbreviation(block.block.text, Span(*match.span()), row, ends):
            continue
        span = Span(*match.span())
        full = row[1].split(_CHOICE)[-1 if before_a_name(block.text, span.end) else 0]
        severity = Severity(field_severity) if overlaps_any(span, fields) and not is_title(row) else None
        if not full:
            yield Hit(span, {"advice": row[2] and other_advice}, severity=severity)
            continue
        capital = match[0][0].isupper() and (not _is_all_capitals(match[0], row) or match.start() in starts)
        text = full[0].upper() + full[1:] if capital else full
        certain = row[3] in ("jamais", "nombre") or " " in row[0] or not row[0].endswith(".")
        following = block.text[match.end() : match.end() + 2].lstrip()
        # A person chooses for « M./Mme »; with another bar, one half alone would be put in.
        free = following[:1] != "/" and _CHOICE not in row[1]
        sure = certain and free and match.end() not in ends and not row[2].startswith("ou ")
        touching = block.text[match.end() : match.end() + 1].isalnum()
        suggestion = Suggestion(text + " " * touching, Safety.SAFE if sure else Safety.DISPLAY)
        yield Hit(span, {"advice": replace_advice.format(full=text)}, (suggestion,), severity)


@lru_cache(maxsize=1)
def abbreviation_rows() -> dict[str, tuple[str, ...]]:
    """Return the abbreviations: term, full words, note, what must follow, or what the full stop asks for."""
    return {row[0]: (*row, "", "", "")[:4] for row in rows("abreviations")}


@lru_cache(maxsize=1)
def _abbreviations() -> re.Pattern[str]:
    terms = sorted(abbreviation_rows(), key=len, reverse=True)
    # A final letter must end the word; « n° » may touch its number.
    either = (f"[{t[0].upper()}{t[0].lower()}]{re.escape(t[1:])}" + r"(?!\w)" * t[-1].isalpha() for t in terms)
    return re.compile(rf"(?<![\w./@-])(?<![^ldLD]['’])(?:{'|'.join(either)})(?![/@-])")


def fields_to_fill(text: str) -> Iterator[Span]:
    """Yield what the writer of a letter replaces, or reads and deletes: « Code postal + Ville », [option 1]."""
    yield from (Span(*match.span()) for match in _FIELD.finditer(text))


def before_a_name(text: str, end: int) -> bool:
    """Does a name, or a field for one, follow: « M./Mme Durand », « Madame / Monsieur « Nom » »?"""
    return _NAME.match(text, end) is not None


def is_title(row: tuple[str, ...]) -> bool:
    """Is this the abbreviation of a title: « M. », « M./Mme »?"""
    return "titre" in row[2]


def _is_all_capitals(found: str, row: tuple[str, ...]) -> bool:
    """Are the capitals those of an acronym (« RDV »), not of a title (« M. », « MM. »)?"""
    return found.isupper() and not is_title(row)


def _is_abbreviation(text: str, span: Span, row: tuple[str, ...], ends: set[int]) -> bool:
    term, full, note, end = row
    dotted = term.endswith(".")
    if not full and not note.startswith("«"):
        return False
    following = text[span.end : span.end + 12].lstrip()
    if end == "nombre" and not _NUMBER.match(following):
        return False
    if end == "nom" and not _CAPITAL.match(following):  # « Me voici », « M Durand »
        return False
    street = end == "majuscule"
    if street and not (following[:1].isupper() and text[span.start].islower()):  # « R. Durand » is a name
        return False
    if dotted and span.end in ends and end != "oui":  # a word at the end of a sentence
        return False
    line = line_around(text, span)
    alone = not line.endswith(tuple(".!?")) and any(c.isdigit() for c in line)
    return not is_postal(line) and (street or not ("adresse" in note and alone))
