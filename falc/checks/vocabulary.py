"""Words that are hard by themselves: rare, abstract, long; and words that treat the reader like a child."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from falc.checks import Hit, Suggestion, check, other_places
from falc.checks.words import has_small_words
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.explanations import defined_words, is_explained, is_glossed, is_introduced
from falc.french.facts import facts, rows
from falc.french.foreign import is_foreign
from falc.french.forms import lemmas
from falc.french.frequency import (
    commonness,
    familiarity,
    has_common_relative,
    is_derived,
    is_learned,
    syllables,
    zipf,
)
from falc.french.protected import merged, overlaps_any, protected_spans
from falc.french.words import key_of, words_of
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Token

_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"\n]*\"")
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NAMED = frozenset(("NOUN", "VERB", "ADJ", "ADV"))
_SHORTEST = 4
_KNOWN_NAME = 2.5  # on the scale of Zipf
_NO_WORD = 7.0
_JOINING = frozenset("-_/@#")
# Faces, hearts, hands and small pictures, which programs read aloud by their names.
_EMOJI = re.compile("[\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001faff\u2639\u263a\u2764]")
_EXCLAMATION = re.compile(r"!(?:\s*!)*")


@check("rare_words", needs="parser", scope="document", provides=("reason", "advice"))
def rare_words(
    document: AnalysedDocument,
    *,
    min_zipf: float,
    warning_below: float,
    warning_severity: str,
    base_zipf: float,
    ignore: tuple[str, ...],
    explained_by: tuple[str, ...],
    explained_after: tuple[str, ...],
    introduced_by: tuple[str, ...],
    glosses: tuple[str, ...],
    reach: int,
    advice: str,
    very_rare_advice: str,
) -> Iterator[Hit]:
    """Yield the first use of each word that is rare in French, and that the text does not explain."""
    seen = {*ignore, *facts("mots-du-quotidien"), *defined_words(document, glosses)}
    for number, block in enumerate(document.blocks):
        for token, span in _plain_tokens(block, min_zipf):
            names = _names(token)
            rarity = _rarity(token, base_zipf) if seen.isdisjoint(names) else min_zipf
            if rarity >= min_zipf:
                continue
            seen.update(names)
            if not (
                is_explained(document.blocks, number, span, explained_by, explained_after, reach)
                or is_introduced(document.blocks, number, span, introduced_by)
                or is_glossed(block, span)
            ):
                very = rarity < warning_below
                words = {"reason": _reason(rarity), "advice": very_rare_advice if very else advice}
                yield Hit(span, words, severity=Severity(warning_severity) if very else None, block=block)


def _names(token: Token) -> set[str]:
    """Return the keys of a word: its form and its lemmas."""
    return {key_of(name) for name in (token.text, *(lemma for lemma, _ in lemmas(token.text, token.pos_)))}


def _reason(rarity: float) -> str:
    """Return how often one reads a word, in plain words."""
    return next(text for least, text, *_ in rows("raretes") if rarity >= float(least))


def _plain_tokens(block: AnalysedBlock, min_zipf: float) -> Iterator[tuple[Token, Span]]:
    """Yield the rare forms in small letters that no list knows, and that are no quotation, name or reference."""
    rare = [token for token in block.tokens if _is_plain(token) and zipf(token.text) < min_zipf]
    if not rare:
        return
    known = merged(
        [
            *(term.span for term in block.terms),
            *protected_spans(block.text),
            *block.short_forms,
            *(Span(*match.span()) for match in _QUOTED.finditer(block.text)),
        ]
    )
    french = _french_sentences(block)
    for token in rare:
        span = block.at(token)
        if overlaps_any(span, known) or not overlaps_any(span, french) or block.block.is_placeholder(span):
            continue
        if _stands_alone(block.text, span) and not _follows_name(token):
            yield token, span


def _is_plain(token: Token) -> bool:
    text = token.text
    return token.pos_ in _NAMED and len(text) >= _SHORTEST and text.islower() and bool(_LETTERS.fullmatch(text))


def _french_sentences(block: AnalysedBlock) -> list[Span]:
    """Return the sentences that hold a small word of French, and are not English all the same."""
    return [s.span for s in block.sentences if has_small_words(s.text) and not is_foreign(s.text)]


def _follows_name(token: Token) -> bool:
    """Does the word end a name that no list knows: « Emmaus connect »?"""
    before = token.doc[token.i - 1] if token.i > token.sent.start else None
    return before is not None and before.text[0].isupper() and before.is_alpha and zipf(before.text) < _KNOWN_NAME


def _stands_alone(text: str, span: Span) -> bool:
    """Is it a whole word, not a piece of « porte-à-porte » or of a file name?"""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 2]
    return before not in _JOINING and after[:1] not in _JOINING and not (after[:1] == "." and after[1:].isalnum())


def _rarity(token: Token, base_zipf: float) -> float:
    """Return how common the word is under its best-known form; 7 for what is no rare word of French."""
    word, pos = token.text, token.pos_
    known = lemmas(word, pos)
    if not (known or is_learned(word) or all(map(lemmas, word.split("-")))):  # a name, a slip, a foreign word
        return _NO_WORD
    if any(lemma.endswith(tuple(facts("gentiles"))) for lemma, nature in known if nature != "VERB"):  # « landaises »
        return _NO_WORD
    if has_common_relative(word, pos, base_zipf):
        return _NO_WORD
    return familiarity(word, pos)


@check("abstract_nouns", needs="parser", provides=("count", "nouns"))
def abstract_nouns(block: AnalysedBlock, *, max_nouns: int, min_letters: int) -> Iterator[Hit]:
    """Yield the sentences with more than `max_nouns` different nouns of action or of quality."""
    protected = protected_spans(block.text)
    for sentence in block.sentences:
        found: dict[str, Span] = {}
        for token in sentence.tokens or ():
            if (
                token.pos_ == "NOUN"
                and len(token.text) >= min_letters
                and _is_abstract(token.text.lower())
                and not _in_a_name(token)
            ):
                span = block.at(token)
                if span.start >= sentence.span.start and not overlaps_any(span, protected):
                    found.setdefault(token.text.lower(), span)
        if len(found) > max_nouns:
            spans = list(found.values())
            names = ", ".join(f"« {name} »" for name in found)
            yield Hit(Span(spans[0].start, spans[-1].end), {"count": len(found), "nouns": names})


def _in_a_name(token: Token) -> bool:
    """Is the noun a part of a name: « Institut d'Urbanisation », « Programme d'investissement »?"""
    if token.is_sent_start:
        return False
    before = token.doc[max(token.sent.start, token.i - 2) : token.i]
    after_a_name = len(before) == 2 and before[1].pos_ == "ADP" and before[0].text[0].isupper()
    return token.text[0].isupper() or (after_a_name and not before[0].is_sent_start)


def _is_abstract(word: str) -> bool:
    singular = word.removesuffix("s")
    return is_derived(singular) and singular not in facts("noms-concrets")


@check("long_words", provides=("advice",))
def long_words(
    block: AnalysedBlock,
    *,
    categories: tuple[str, ...],
    min_letters: int,
    min_syllables: int,
    max_zipf: float,
    advice: str,
    one_advice: str,
    or_word: str,
) -> Iterator[Hit]:
    """Yield long and rare words for which the lexicons know a shorter word, at least as common."""
    for term in block.terms:
        word, entry = block.text[term.span.start : term.span.end], term.entry
        if entry.category not in categories or (len(word) < min_letters and syllables(word) < min_syllables):
            continue
        own = commonness(word, entry.term)
        short = [text for text in entry.replacements if len(text) < len(entry.term) and _is_easier(text, own)]
        if own < max_zipf and short:
            words = f" {or_word} ".join(f"« {text} »" for text in short)
            template = advice if len(short) > 1 else one_advice
            yield Hit(term.span, {"advice": template.format(replacements=words)}, tuple(Suggestion(s) for s in short))


def _is_easier(replacement: str, least: float) -> bool:
    """Are all words of a replacement at least as common as the word that it replaces?"""
    return all(commonness(word.key) >= least for word in words_of(replacement) if len(word.key) > 2)


@check("childish", scope="document", provides=("advice",))
def childish(
    document: AnalysedDocument,
    *,
    familiar: tuple[str, ...],
    familiar_advice: str,
    baby_advice: str,
    baby_word_advice: str,
    max_exclamations: int,
    exclamations_advice: str,
    emoji_advice: str,
    places: str,
) -> Iterator[Hit]:
    """Yield the first « tu », baby word, emoji and exclamation mark too many, with the number of others."""
    found: dict[str, list[tuple[AnalysedBlock, Span]]] = {}
    for block in document.blocks:
        for kind, span in _childish(block, familiar):
            found.setdefault(kind, []).append((block, span))
    templates = _templates(familiar_advice, baby_advice, baby_word_advice, exclamations_advice, emoji_advice)
    for kind, where in found.items():
        if kind == "!" and len(where) <= max_exclamations:
            continue
        block, span = where[0]
        more = other_places(places, len(where) - 1)
        template = templates.get(kind, templates["" if not _adult(kind) else "word"])
        yield Hit(span, {"advice": template.format(word=_adult(kind), count=len(where), places=more)}, block=block)


def _templates(familiar: str, baby: str, baby_word: str, exclamations: str, emoji: str) -> Mapping[str, str]:
    return {"tu": familiar, "!": exclamations, "emoji": emoji, "": baby, "word": baby_word}


def _adult(word: str) -> str:
    return next((row[1] for row in rows("mots-enfantins") if row[0] == word), "")


def _childish(block: AnalysedBlock, familiar: tuple[str, ...]) -> Iterator[tuple[str, Span]]:
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(block.text)]
    childish = facts("mots-enfantins")
    for start, end, text, own, _ in words_of(block.text):
        key = own if own in childish else own.removesuffix("s")
        is_familiar = own in familiar or own.endswith(("-tu", "-toi"))
        if (is_familiar or key in childish) and not overlaps_any(span := Span(start, end), quoted):
            if is_familiar and not text.isupper():
                yield "tu", span
            elif key in childish and text.islower():
                yield key, span
    yield from (("emoji", Span(*match.span())) for match in _EMOJI.finditer(block.block.text))
    for match in _EXCLAMATION.finditer(block.text):
        if not overlaps_any(Span(*match.span()), quoted):
            yield "!", Span(*match.span())
