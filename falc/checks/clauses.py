"""The parts of a sentence: their order, what stands between them, how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from falc.checks import Hit, check
from falc.checks.sentences import parsed
from falc.french.analysis import AnalysedBlock, AnalysedDocument, count_words
from falc.french.chains import noun_chains
from falc.french.conditions import condition
from falc.french.enumerations import enumerations
from falc.french.facts import facts, rows
from falc.french.forms import lemmas
from falc.french.protected import overlaps_any, protected_spans
from falc.french.wordorder import asides, fronted, inversions, split_subjects
from falc.model import Severity, Span

if TYPE_CHECKING:  # spaCy takes a second to import
    from falc.french.tokens import Token, Tokens

_ENDING_WITH_NOUS = "ons"
_CLITICS = 4  # the most pronouns before a verb
_END = 10  # characters in which the last sign of a sentence stands


@check("word_order", needs="parser", provides=("advice",))
def word_order(
    block: AnalysedBlock,
    *,
    max_before: int,
    max_between: int,
    deadlines: tuple[str, ...],
    inverted: str,
    late: str,
    split: str,
) -> Iterator[Hit]:
    """Yield the first of these in each sentence: a subject behind its verb, far from its verb, or late."""
    for _, tokens in parsed(block):
        aside = [block.at(found) for found in asides(tokens)]
        opening = fronted(tokens)
        far = (found for found, words in split_subjects(tokens) if words > max_between)
        far_free = next((found for found in far if not any(block.at(found).overlaps(a) for a in aside)), None)
        if (turned := next(inversions(tokens), None)) is not None:
            yield Hit(block.at(turned), {"advice": inverted})
        elif far_free is not None:
            yield Hit(block.at(far_free), {"advice": split})
        elif opening is None or opening.text.lower().startswith(deadlines):
            continue
        elif count_words(opening.text) > max_before:
            yield Hit(block.at(opening), {"advice": late})


@check("commas", needs="parser", provides=("commas",))
def commas(block: AnalysedBlock, *, max_commas: int) -> Iterator[Hit]:
    """Yield the sentences with too many commas; those of a list, of a number, of an address do not count."""
    protected = protected_spans(block.text)
    for span, tokens in parsed(block):
        if block.text.count(",", span.start, span.end) <= max_commas or not _ends_whole(block, span):
            continue
        lists = [block.at(found) for found, _ in enumerations(tokens)]
        apart = sorted([*lists, *(_with_commas(block, found) for found in asides(tokens))])
        signs = [token for token in _outside_brackets(tokens) if _divides(token, tokens)]
        places = [block.at(token) for token in signs]
        number = sum(not overlaps_any(place, protected) and not overlaps_any(place, apart) for place in places)
        if number > max_commas:
            yield Hit(span, {"commas": number})


def _ends_whole(block: AnalysedBlock, span: Span) -> bool:
    sentence = block.sentence_at(span)
    return sentence is not None and sentence.is_whole


def _with_commas(block: AnalysedBlock, inside: Tokens) -> Span:
    """Return an aside with the two commas around it, for which another rule has better advice."""
    doc = inside.doc
    return block.at(doc[inside.start - 1], doc[inside.end])


def _outside_brackets(sentence: Tokens) -> Iterator[Token]:
    """Yield the words outside brackets, up to the colon that opens a list."""
    depth = 0
    for token in sentence:
        if token.text == ":":
            return
        depth += token.text.count("(") - token.text.count(")")
        if depth <= 0:
            yield token


def _divides(comma: Token, sentence: Tokens) -> bool:
    """Does a comma stand between two parts of a sentence, and not before a number or a name?"""
    if comma.text != "," or comma.i + 1 >= sentence.end or comma.i == sentence.start:
        return False
    following, before = comma.nbor(1), comma.nbor(-1)
    if following.text[0].isdigit() or following.is_quote or following.text == "«":
        return False
    around = {following.lower_, before.lower_}
    return not around & facts("civilites-en-minuscules") and not following.text[0].isupper()


@check("aside", needs="parser")
def aside(block: AnalysedBlock) -> Iterator[Hit]:
    """Yield every stretch between two commas that cuts a sentence in two."""
    for _, tokens in parsed(block):
        for found in asides(tokens):
            yield Hit(block.at(found))


@check("reported_speech", needs="parser", provides=("advice",))
def reported_speech(
    block: AnalysedBlock, *, formula: str, reported: str, reported_severity: str, own: tuple[str, ...]
) -> Iterator[Hit]:
    """Yield « que » or « si » with the verb of speech before it; with a subject of `own`, it is a formula."""
    for _, tokens in parsed(block):
        for verb in tokens:
            if not _speaks(verb):
                continue
            subject = _subject(verb, tokens)
            mark = _mark_after(verb, tokens)
            if subject is None or mark is None:
                continue
            formal = subject.lower_ in own
            if not formal or mark.lower_ not in facts("marques-de-question"):  # « nous vous dirons si » answers later
                words, severity = (formula, None) if formal else (reported, Severity(reported_severity))
                yield Hit(block.at(subject, mark), {"advice": words}, severity=severity)
                break


def _speaks(verb: Token) -> bool:
    """Is it a verb of speech?  The model takes some forms with « nous » for nouns: « nous vous précisons que »."""
    with_nous = verb.lower_.endswith(_ENDING_WITH_NOUS)
    infinitives = {lemma for lemma, pos in lemmas(verb.lower_, "VERB") if pos == "VERB"}
    infinitives |= {verb.lower_.removesuffix(_ENDING_WITH_NOUS) + "er"} if with_nous else set()
    return (verb.pos_ == "VERB" or with_nous) and not infinitives.isdisjoint(facts("verbes-de-parole"))


def _subject(verb: Token, sentence: Tokens) -> Token | None:
    """Return who speaks, when the verb is finite: not « pour demander que », nor « il est précisé que »."""
    if verb.lower_.endswith(_ENDING_WITH_NOUS):
        return _nous_before(verb, sentence)
    subjects = [child for child in verb.children if child.dep_ == "nsubj" and child.i < verb.i]
    subject = subjects[-1] if subjects else None
    if subject is None or subject.i < sentence.start:
        return None
    if subject.lower_ in facts("pronoms-sans-voix") or subject.lower_ in facts("noms-sans-voix"):
        return None
    finite = [verb, *(child for child in verb.children if child.dep_.split(":")[0] == "aux")]
    if not any("Fin" in word.morph.get("VerbForm", []) for word in finite):
        return None
    determiner = [child.i for child in subject.lefts if child.pos_ in ("DET", "NUM")]
    return subject.doc[min([subject.i, *determiner])]


def _nous_before(verb: Token, sentence: Tokens) -> Token | None:
    """Return « nous » of « nous vous précisons »."""
    found = None
    for token in reversed(sentence.doc[max(verb.i - _CLITICS, sentence.start) : verb.i]):
        if token.lower_ not in facts("clitiques"):
            break
        found = token if token.lower_ == "nous" else found
    return found


def _mark_after(verb: Token, sentence: Tokens) -> Token | None:
    """Return « que » of « dit bien que »."""
    for token in sentence.doc[verb.i + 1 : min(verb.i + 4, sentence.end)]:
        if token.lower_ in facts("marques-de-discours"):
            return token
        if token.pos_ not in ("ADV", "PRON"):
            return None
    return None


@check("hanging_opener", scope="document")
def hanging_opener(
    analysed: AnalysedDocument, *, words: tuple[str, ...], after_question: tuple[str, ...]
) -> Iterator[Hit]:
    """Yield the sentences that begin with one of `words`; some may answer a question."""
    previous = ""
    for block in analysed.blocks:
        for sentence in block.sentences:
            first = sentence.text.split(" ", 1)[0].rstrip(",")
            answers = first.lower() in after_question and previous.rstrip(" »").endswith("?")
            starts = first[:1].isupper() and first[1:].islower() and first.lower() in words
            if sentence.is_whole and starts and not answers and not _has_own_rule(block, sentence.span, first):
                yield Hit(Span(sentence.span.start, sentence.span.start + len(first)), block=block)
            previous = sentence.text[-_END:]


def _has_own_rule(block: AnalysedBlock, sentence: Span, first: str) -> bool:
    """Is it a condition, or « Alors que », for which another rule has better advice?"""
    following = block.text[sentence.start + len(first) : sentence.end].split(" ", 2)[1:2]
    linked = bool(following) and following[0].lower().startswith(("que", "qu'"))
    return linked or condition(block.text, sentence) is not None


@check("time_order", needs="parser", provides=("advice",))
def time_order(block: AnalysedBlock, *, opening: str, ending: str, min_words: int) -> Iterator[Hit]:
    """Yield the links that tell what happens second before what happens first."""
    for sentence in block.sentences:
        if not sentence.is_whole or sentence.words < min_words:
            continue
        for phrase, place in _links():
            start = _find(sentence.text, phrase, place)
            if start is None:
                continue
            span = Span(sentence.span.start + start, sentence.span.start + start + len(phrase))
            if not any(term.span.overlaps(span) for term in block.terms):
                yield Hit(span, {"advice": opening if place == "debut" else ending})
                break


@lru_cache(maxsize=1)
def _links() -> tuple[tuple[str, str], ...]:
    return tuple((row[0], row[1]) for row in sorted(rows("ordre-du-temps"), key=lambda row: -len(row[0])))


def _find(text: str, phrase: str, place: str) -> int | None:
    """Return where `phrase` stands: at the start before a comma (« debut »), or behind the main clause (« suite »)."""
    lower = text.lower()
    if place == "debut":
        return 0 if lower.startswith(phrase) and "," in text else None
    start = lower.find(f" {phrase}")
    return start + 1 if start > 0 and text[start - 1] not in ",;:" and count_words(text[:start]) > 1 else None


@check("noun_chain", needs="parser", provides=("links",))
def noun_chain(block: AnalysedBlock, *, max_links: int) -> Iterator[Hit]:
    """Yield the nouns tied by « de » more than `max_links` times."""
    for _, tokens in parsed(block):
        for found, links in noun_chains(tokens):
            if links > max_links:
                yield Hit(block.at(found), {"links": links})


@check("enumeration", needs="parser", provides=("items",))
def enumeration(block: AnalysedBlock, *, max_items: int) -> Iterator[Hit]:
    """Yield the items in a row inside a sentence, when there are more than `max_items`."""
    for span, tokens in parsed(block):
        for found, items in enumerations(tokens):
            if items > max_items and _ends_whole(block, span):
                yield Hit(block.at(found), {"items": items})
