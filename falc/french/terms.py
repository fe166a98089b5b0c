"""Terms found in a text, and whether a form is the term of an entry there: names, other words, pronouns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from falc.french.around import Around
from falc.french.entries import Entry
from falc.french.facts import facts
from falc.french.forms import is_participle, is_verb_only
from falc.french.guards import holds
from falc.french.surfaces import ACRONYM
from falc.french.verbs_in_context import auxiliary
from falc.model import Span

if TYPE_CHECKING:
    from falc.french.tokens import Token

__all__ = ["Term", "accepted"]

_NEAR = 10  # words around a term in which its object, or what tells its meaning, is looked for
_REFLEXIVE = frozenset(("se", "s'"))
_OWN_SUBJECTS = {
    "me": ("je", "j'"), "m'": ("je", "j'"), "te": ("tu",), "t'": ("tu",), "vous": ("vous",), "nous": ("nous",),
}  # fmt: skip
_ENDINGS = {"vous": "ez", "nous": "ons"}
_OBJECTS = ("vous", "nous", "me", "m'", "te", "t'")
_OBJECT_RELATIONS = ("obj", "nsubj:pass")
_SUBJECTS = frozenset(("qui", "je", "j'", "tu", "il", "elle", "on", "ils", "elles", "ne", "n'", "me", "m'", "te", "t'"))
_REFLEXIVE_REACH = 7  # « vous ne vous êtes toujours pas acquittée »
_SUBJECT_REACH = 6  # words before « vous » among which its verb stands
_PREPOSITIONS = frozenset(("de", "à", "sur", "avec"))


@dataclass(frozen=True, slots=True)
class Term:
    """An entry found in a block's text at `span`, and the words around it."""

    span: Span
    entry: Entry
    around: Around


def accepted(term: Term, key: str, whole: bool, token: Token | None) -> bool:
    """Is this form, whose first word is `key`, the term of the entry here?"""
    entry, around = term.entry, term.around
    text = around.place.text[term.span.start : term.span.end]
    if entry.pos == "VERB" and " " in entry.term and is_participle(key) and around.before in facts("determinants"):
        return False  # « la mise en ligne »
    if entry.category == ACRONYM and text != entry.term:
        return False
    if _is_name(text, entry, around) or _other_part_of_speech(term, key, token):
        return False
    if _is_subject_only(entry, around):
        return False
    if "norefl" in entry.guards and _is_reflexive(around):
        return False
    if (objects := entry.values("obj")) and not _has_object(entry, around, token, objects):
        return False
    return all(holds(guard.removeprefix("si:"), around) for guard in entry.guards if guard.startswith("si:"))


def _has_object(entry: Entry, around: Around, verb: Token | None, objects: tuple[str, ...]) -> bool:
    """Is one of `objects` the object of the verb for the parse, or near it when the parse knows of no object?"""
    if around.before in objects:  # « nous vous aviserons »
        return True
    direct = " " not in entry.term  # « mettre fin à »: « fin » is the object for the parse
    nouns = list(_objects_of(verb)) if direct and verb is not None and verb.pos_ in ("VERB", "AUX") else []
    if nouns:
        return any(noun.lower_.startswith(objects) or noun.text in objects for noun in nouns)
    words = around.place.words
    near = words[max(0, around.first - _NEAR) : around.last + _NEAR]
    return any(word.key.startswith(objects) or word.text in objects for word in near)


def _objects_of(verb: Token) -> Iterator[Token]:
    """Yield the nouns that a verb acts on (object, subject of a passive, noun of a participle) and what is joined."""
    found = [child for child in verb.children if child.dep_ in _OBJECT_RELATIONS and child.pos_ in ("NOUN", "PROPN")]
    if verb.dep_ in ("acl", "amod", "acl:relcl"):
        found.append(verb.head)
    found += [token for token in verb.sent if any(child.lower_.startswith("quel") for child in token.children)]
    for noun in found:
        if noun.pos_ in ("NOUN", "PROPN"):
            yield noun
            yield from (child for child in noun.children if child.dep_ in ("conj", "appos", "fixed"))


def _is_name(text: str, entry: Entry, around: Around) -> bool:
    """Does a capital in mid-sentence make the term a name, or a part of one?"""
    if entry.pos == "NOUN" and " " in entry.term and entry.term[0].islower():
        return False  # « le Conseil de prud'hommes », « le Tribunal administratif »: what it is stays clear
    if text[0].isupper() and entry.term[0].islower() and not text.isupper():
        previous = around.place.text[: around.place.words[around.first].start].rstrip()[-1:]
        return not around.starts_sentence and previous not in ":;•-–—(/|"
    return entry.term[0].isupper() and not text[0].isupper()


def _other_part_of_speech(term: Term, key: str, token: Token | None) -> bool:
    """Use the tags as a veto, never as a proof; only forms in doubt need them."""
    if term.entry.pos == "VERB" and _is_doubtful(term, key):
        if token is not None and token.pos_ in ("ADJ", "NOUN") and is_participle(key):
            helper = auxiliary(term.around.place, term.around.first)
            return helper is None
        if token is not None and token.pos_ != "PROPN" and term.around.before in _SUBJECTS:
            return False  # « les familles qui résident à Lille »
        # « nous sommes » is an auxiliary, not « sommer »
        return token is None or not (token.pos_ == "VERB" or _stands_as_verb(token))
    if token is None or term.around.last - term.around.first > 1:
        return False
    if term.entry.pos == "NOUN":
        if term.around.before in facts("determinants") and not (
            token.nbor(1).pos_ == "NOUN" if token.i + 1 < len(token.doc) else False
        ):
            return False  # « vos missives », whatever its tag
        return token.pos_ in ("VERB", "AUX", "ADJ") and len(token.text) >= term.span.end - term.span.start
    if term.entry.pos == "ADJ":
        return token.pos_ in ("VERB", "AUX") and "VerbForm=Fin" in str(token.morph)
    return False


def _is_subject_only(entry: Entry, around: Around) -> bool:
    """Is the « vous » before a verb its subject alone, when the term needs « vous vous »?"""
    words = around.place.words
    pronoun = words[around.first].key
    if entry.pos != "VERB" or not entry.term.startswith(("se ", "s'")) or around.first + 1 >= len(words):
        return False
    if pronoun.endswith(("-vous", "-nous")):
        return around.asks
    if pronoun not in _OBJECTS:
        return False
    if words[around.first + 1].key.endswith(("ez", "ons")):
        return around.before not in (pronoun, "ne")
    # « L'aide peut vous alimenter » feeds another; « vous pouvez vous alimenter » is the term.
    own = {"vous": ("vous", "ez"), "nous": ("nous", "ons")}.get(pronoun, ("je", "is"))
    return (
        not any(w.key.partition("-")[0].endswith(own) for w in around.preceding[-_SUBJECT_REACH:])
        and bool(around.preceding)
        and around.before not in ("pour", "de", "à", "sans", "d'")
    )


def _stands_as_verb(token: Token) -> bool:
    """Does a form stand between a noun and a determiner, whatever its tag: « un conseiller analyse votre demande »?"""
    if token.pos_ != "NOUN" or token.i + 1 >= token.sent.end or token.i - 1 < token.sent.start:
        return False
    before, after = token.nbor(-1), token.nbor(1)
    return before.pos_ == "NOUN" and after.pos_ == "DET" and not is_participle(token.lower_)


def _is_doubtful(term: Term, key: str) -> bool:
    """May the form of a verb be another word?  With its complement it is no longer in doubt (« met fin à »)."""
    words = term.entry.term.split()
    if words[0] == "se" or words[0].startswith("s'"):
        return False
    alone = len(words) == 1 or (len(words) == 2 and words[1] in _PREPOSITIONS)
    return alone and words[0] != key and (not is_verb_only(key) or key in facts("formes-homographes"))


def _is_reflexive(around: Around) -> bool:
    """Does the verb stand with a pronoun for its own subject: « s'adresser », « vous pouvez vous adresser »?"""
    words = around.place.words
    verb = words[around.first].key
    keys = [word.key for word in words[max(0, around.first - _REFLEXIVE_REACH) : around.first]]
    if keys and is_participle(verb):
        asked = "vous" in keys and any(key.endswith("-vous") for key in keys)  # « Vous êtes-vous acquittée ? »
        if asked or any(_is_own(keys[:at], key) for at, key in enumerate(keys)):
            return auxiliary(around.place, around.first) == "être"  # « elle s'est acquittée »
    keys = keys[-4:]
    if around.asks:  # « Percevez-vous une aide ? »
        return around.before in _REFLEXIVE or (around.before == "vous" and verb.endswith("-vous"))
    if verb.endswith(("ez-vous", "ons-nous", "-toi")):
        return True
    return bool(keys) and _is_own(keys[:-1], keys[-1], verb)


def _is_own(before: Sequence[str], pronoun: str, verb: str = "") -> bool:
    """Is a pronoun that of the subject before it: « vous ne vous », « je m' »?"""
    if pronoun in _REFLEXIVE:
        return True
    if before and before[-1] in ("ne", "n'") and len(before) == 1 and verb.endswith(_ENDINGS.get(pronoun, " ")):
        return True  # « Ne vous adressez pas à… »
    subjects = _OWN_SUBJECTS.get(pronoun)
    near = [key for key in before if key not in ("ne", "n'")][-1:]
    if subjects is None or not near:
        return False
    ending = _ENDINGS.get(pronoun, "")
    # « vous pouvez vous adresser »
    modal = bool(ending) and near[0].endswith(ending) and verb.endswith(("r", "re"))
    return near[0] in subjects or modal
