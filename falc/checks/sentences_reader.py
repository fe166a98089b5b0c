"""Who speaks to whom: the reader addressed, the one who acts named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.checks import WHOLE, Hit, check, other_places
from falc.checks.sentences import parsed
from falc.document import BlockKind
from falc.french.analysis import AnalysedBlock, AnalysedDocument
from falc.french.facts import facts
from falc.french.instructions import imperatives, opening_infinitive
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Token, Tokens

_REACH = 5  # words between « il faut » and its infinitive
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


@check("reader_address", needs="parser", scope="document", provides=("advice",))
def reader_address(
    analysed: AnalysedDocument,
    *,
    min_words: int,
    nobody: str,
    nobody_severity: str,
    impersonal: str,
    named: str,
    named_severity: str,
) -> Iterator[Hit]:
    """Yield a document that speaks to nobody; else its impersonal orders, and the names it gives to its reader."""
    spoken_to = any(_reader().search(block.text) for block in analysed.blocks) or _orders(analysed)
    if not spoken_to:
        prose = (s for b in analysed.blocks for s in b.sentences if s.is_whole and b.block.kind in _PROSE)
        if sum(sentence.words for sentence in prose) >= min_words:
            yield Hit(WHOLE, {"advice": nobody}, severity=Severity(nobody_severity))
    for block in analysed.blocks:
        for span, tokens in parsed(block):
            order = _impersonal().search(block.text, span.start, span.end)
            if order is not None and _asks_to_act(block, order.end(), tokens):
                yield Hit(Span(*order.span()), {"advice": impersonal.format(text=order[0])}, block=block)
            name = _named_reader(tokens) if spoken_to else None
            if name is not None:
                words = named.format(text=name.text)
                yield Hit(block.at(name), {"advice": words}, severity=Severity(named_severity), block=block)


def _asks_to_act(block: AnalysedBlock, end: int, sentence: Tokens) -> bool:
    """Does an infinitive or « que » follow?  « Il faut du temps » asks nothing."""
    following = [token for token in sentence if block.at(token).start >= end][:_REACH]
    for token in following:
        if "Inf" in token.morph.get("VerbForm", []) or token.lower_ in ("que", "qu'"):
            return True
        if token.pos_ == "NOUN":
            return False
    return False


def _orders(analysed: AnalysedDocument) -> bool:
    return any(imperatives(tokens) for block in analysed.blocks for _, tokens in parsed(block))


@lru_cache(maxsize=1)
def _reader() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(facts("mots-du-lecteur"))))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _impersonal() -> re.Pattern[str]:
    phrases = sorted(facts("tournures-impersonnelles"), key=len, reverse=True)
    words = "|".join(re.escape(phrase) if phrase.endswith("'") else rf"{re.escape(phrase)}(?!\w)" for phrase in phrases)
    return re.compile(rf"(?<![\w-])(?:{words})", re.IGNORECASE)


def _named_reader(sentence: Tokens) -> Tokens | None:
    """Return « L'usager » of « L'usager doit »: the subject of a duty or a right."""
    for token in sentence:
        if token.lower_ not in facts("noms-du-lecteur") or token.dep_ not in ("nsubj", "nsubj:pass"):
            continue
        determiner = token.nbor(-1) if token.i > sentence.start else None
        if determiner is None or determiner.lower_ not in facts("articles-definis"):
            continue
        if any(child.i > token.i for child in token.children):  # « le titulaire du bail » may be someone else
            continue
        if _says_duty(token, sentence):
            return sentence.doc[determiner.i : token.i + 1]
    return None


def _says_duty(subject: Token, sentence: Tokens) -> bool:
    following = sentence.doc[subject.i + 1 : min(subject.i + 4, sentence.end)]
    return any(token.lower_ in facts("verbes-de-devoir") for token in following)


@check("nobody_acts", needs="parser", scope="document", provides=("advice",))
def nobody_acts(
    analysed: AnalysedDocument,
    *,
    anyone: str,
    expletive: str,
    expletive_severity: str,
    infinitive: str,
    places: str,
) -> Iterator[Hit]:
    """Yield « on », « il est procédé à », and the first order in the infinitive with the number of others."""
    for block in analysed.blocks:
        for span, tokens in parsed(block):
            one = next((token for token in tokens if _is_on(token, tokens)), None)
            if one is not None:
                first = one.nbor(-1) if one.text.startswith("-") and one.i > tokens.start else one
                yield Hit(block.at(first, one), {"advice": anyone}, block=block)
            action = _hidden_action().search(block.text, span.start, span.end)
            if action is not None:
                severity = Severity(expletive_severity)
                yield Hit(Span(*action.span()), {"advice": expletive}, severity=severity, block=block)
    orders = list(_infinitives(analysed))
    if orders:
        block, token = orders[0]
        advice = infinitive.format(places=other_places(places, len(orders) - 1))
        yield Hit(block.at(token), {"advice": advice}, block=block)


def _is_on(token: Token, sentence: Tokens) -> bool:
    """Is it « on » before a French verb?  « Click on » is not."""
    if token.lower_ == "-on" or token.lower_ == "-t-on":
        return True
    if token.lower_ != "on" or token.is_upper or token.i + 1 >= sentence.end:
        return False
    return token.dep_ == "nsubj" and token.head.i > token.i and "Fin" in _finite(token.head)


def _finite(verb: Token) -> set[str]:
    words = [verb, *(child for child in verb.children if child.dep_.split(":")[0] in ("aux", "cop"))]
    return {form for word in words for form in word.morph.get("VerbForm", [])}


@lru_cache(maxsize=1)
def _hidden_action() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, sorted(facts("actions-sans-auteur"), key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{phrases})(?!\w)", re.IGNORECASE)


def _infinitives(analysed: AnalysedDocument) -> Iterator[tuple[AnalysedBlock, Token]]:
    """Yield the orders in the infinitive, but not those that end « Vous pouvez : »."""
    introduced = False
    for block in analysed.blocks:
        in_list = block.block.kind is BlockKind.LIST_ITEM
        if not in_list:
            introduced = False
        for span, tokens in parsed(block):
            verb = opening_infinitive(tokens)
            whole = in_list or block.text.endswith(".", span.start, span.end)
            if verb is not None and whole and not introduced and verb.text[0].isupper():
                yield block, verb
        if not in_list:
            introduced = block.text.rstrip().endswith(":")
