"""Items that one sentence puts side by side: « une photo, un bail et une lettre »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from falc.french.facts import facts
from falc.french.forms import is_verb_only, readings
from falc.french.items import AND_SO_ON, CONTRACTED, Mark, is_finite, kind_of, marks_in, stretches
from falc.french.remembered import remembered

if TYPE_CHECKING:  # spaCy takes a second to import: only parsing needs it
    from falc.french.tokens import Token, Tokens

__all__ = ["enumerations"]

_ITEM = 16  # the most words of an item
_NOUNS = frozenset({"NOUN", "BARE"})
_ARTICLES = ("DET", "de+")  # « des », « du » are an article, or « de » with one
_ALIKE = (_NOUNS, frozenset({"ADJ", "BARE"}), frozenset(_ARTICLES), frozenset({"de", "de+"}))
_OBJECTS = {"nous": "1p", "vous": "2p"}  # subjects before a verb in their own person only
_CLAUSE = 8  # the most words of a verb and what belongs to it, in a row of verbs
_NEAR = 4  # « numéro de votre ancien téléphone »
_TIES = ("de", "de+", "à")  # what ties a noun to the one before


@remembered
def enumerations(sentence: Tokens) -> Iterator[tuple[Tokens, int]]:
    """Yield the items in a row that begin alike, with their number, when there are at least 3."""
    for stretch in stretches(sentence):
        marks = marks_in(stretch)
        position, behind = 0, 0
        while position < len(marks):
            row = _row(stretch, marks, position)
            position += max(len(row), 1)
            first = _first(stretch, row) if row else None
            if row and (first is None or _is_date(stretch, first, row)):
                # « En ville, Lyon, Lille et Nantes »: the first item is behind the comma
                first, row = row[0].start, row[1:]
            if row and first is not None and _is_list(stretch, row, first):
                behind = _last(stretch, row[-1]).i + 1
                yield sentence.doc[stretch[first].i : behind], len(row) + 1
        yield from ((found, items) for found, items in _verb_rows(stretch, marks) if found.start >= behind)


def _row(stretch: Sequence[Token], marks: Sequence[Mark], position: int) -> list[Mark]:
    """Return the marks before items of one kind, from the comma at `position` on; a link word ends them."""
    row = [marks[position]]
    if stretch[row[0].place].text != "," or row[0].kind in ("", AND_SO_ON):
        return []
    for index in range(position + 1, len(marks)):
        mark, last = marks[index], row[-1]
        if mark.kind == AND_SO_ON and mark.place - last.start <= _ITEM and not _says(stretch[last.start : mark.place]):
            return [*row, mark]
        again = bool(mark.link) and mark.link == last.link  # « ni eau, ni gaz, ni chauffage »
        if last.link and not again:
            break
        alike = _alike(row[0].kind, mark.kind) or (bool(mark.link) and _are_prepositions(row[0].kind, mark.kind))
        inside = mark.link and not again and (not alike or _goes_on(marks, index, row[0].kind))
        if inside and stretch[mark.place].text != ",":
            continue  # « le père et la mère »
        if not alike or mark.start - last.start > _ITEM or _says(stretch[last.start : mark.place]):
            break
        row.append(mark)
    return row


def _goes_on(marks: Sequence[Mark], index: int, kind: str) -> bool:
    """Does a comma before another item follow the link: « le nom et le prénom, la date, le lieu »?"""
    return any(not mark.link and _alike(kind, mark.kind) for mark in marks[index + 1 : index + 2])


def _alike(first: str, second: str) -> bool:
    return first == second or any({first, second} <= kinds for kinds in _ALIKE)


def _are_prepositions(first: str, second: str) -> bool:
    return first.islower() and second.islower()


def _says(item: Sequence[Token]) -> bool:
    """Does an item hold a verb of its own, so that it is a clause (a relative clause is none)?"""
    for token in item:
        if token.lower_ in facts("subordonnants") or "Rel" in token.morph.get("PronType", []):
            return False
        if is_finite(token):
            return True
    return False


def _first(stretch: Sequence[Token], row: Sequence[Mark]) -> int | None:
    """Return where the first item begins, before the first comma."""
    comma, kind = row[0].place, row[0].kind
    found = None
    for position in range(comma - 1, max(comma - _ITEM, 0) - 1, -1):
        token, before = stretch[position], stretch[position - 1] if position else None
        if token.text == "," or is_finite(token):
            break
        town = kind == "PROPN" == token.pos_ and token.text.istitle()  # « Tours » may open the sentence
        own = kind if town else kind_of(stretch, position)
        if not _alike(kind, own) and not (kind in _NOUNS and own in _ARTICLES and token.lower_.endswith("s")):
            continue  # « vos nom, prénom et adresse », not « le maire, président et conseiller »
        if before is not None and (
            before.pos_ in _before(token, kind) or own == kind_of(stretch, position - 1) == "PROPN"
        ):
            continue  # « photo » of « une photo », « Durand » of « Paul Durand »
        tied = own in (*_NOUNS, "DET") and before is not None and kind_of(stretch, position - 1) in _TIES
        # « d'un document d'information, d'un relevé »: the list begins with « d'un document ».
        inside = tied or (own.islower() and _with_article(stretch, position) != _with_article(stretch, row[0].start))
        if found is None or not inside:
            found = position
        if not inside:
            break
    return found


def _is_date(stretch: Sequence[Token], first: int, row: Sequence[Mark]) -> bool:
    """Does a day stand before a list of other things: « Le mardi, le maire, les adjoints et les agents »?"""
    times = facts("jours") | facts("mois")
    end = row[1].place if len(row) > 1 else len(stretch)
    items = stretch[first : row[0].place], stretch[row[0].start : end]
    return [any(token.lower_ in times for token in item) for item in items] == [True, False]


def _with_article(stretch: Sequence[Token], preposition: int) -> bool:
    """Does a determiner follow a preposition, or stand in it: « d'un », « du », not « de »?"""
    joined = stretch[preposition].lower_ in CONTRACTED and stretch[preposition].lower_ != "d'"
    return joined or (preposition + 1 < len(stretch) and stretch[preposition + 1].pos_ == "DET")


def _before(token: Token, kind: str) -> tuple[str, ...]:
    """Return what belongs to the same item, before a word: not the noun before « complet, signé et daté »."""
    if token.pos_ == "DET":
        return ("DET",)
    return ("DET", "NUM", "ADJ", "NOUN") if kind == "NOUN" else ("DET", "NUM")


def _is_list(stretch: Sequence[Token], row: Sequence[Mark], first: int) -> bool:
    """Are there 3 items or more, joined by a link word, or else so alike that nothing else is possible?"""
    kinds = {mark.kind for mark in row if mark.kind != AND_SO_ON} | {kind_of(stretch, first)}
    if len(row) < 2 or "NUM" in kinds:
        return False
    if row[-1].link:
        return True
    last = [token for token in stretch[row[-1].start :] if token.text != "."]
    return all(_alike(row[0].kind, kind) for kind in kinds) and len(row) > 2 and not _says(last) and len(last) <= _ITEM


def _verb_rows(stretch: Sequence[Token], marks: Sequence[Mark]) -> Iterator[tuple[Tokens, int]]:
    """Yield the verbs in a row that have one subject: « ouvre, nettoie, surveille et referme »."""
    position = 0
    while position < len(marks):
        row, cells = _verb_row(stretch, marks, position)
        position += max(len(row), 1)
        first = _first_verb(stretch, row[0].place, cells) if row else None
        if row and first is None:
            first, row = _verb(stretch, row[0].start), row[1:]
        if len(row) < 2 or not row[-1].link or first is None:
            continue
        found = [_verb(stretch, mark.start) for mark in row]
        verbs = [first, *(verb for verb in found if verb is not None)]
        if sum(_is_verb(stretch[verb]) for verb in verbs) > len(verbs) / 2:
            last = row[-1].start if row[-1].kind == AND_SO_ON else verbs[-1]
            yield stretch[0].doc[stretch[first].i : stretch[last].i + 1], len(row) + 1


def _verb_row(stretch: Sequence[Token], marks: Sequence[Mark], position: int) -> tuple[list[Mark], frozenset[str]]:
    """Return the marks before verbs in one person and tense, from a comma on, with what they have in common."""
    row: list[Mark] = []
    cells: frozenset[str] = frozenset()
    for mark in marks[position:]:
        if row and mark.kind == AND_SO_ON:
            return [*row, mark], cells
        verb = _verb(stretch, mark.start)
        own = _cells(stretch[verb]) if verb is not None else frozenset()
        common = own & cells if row else own
        if not row and stretch[mark.place].text != ",":
            break
        if not common and mark.link and stretch[mark.place].text != ",":
            continue  # « trie le verre et le papier »
        if not common or (row and (row[-1].link or mark.start - row[-1].start > _CLAUSE)):
            break
        row.append(mark)
        cells = common
    return row, cells


def _verb(stretch: Sequence[Token], start: int) -> int | None:
    """Return where the verb of a clause without a subject stands, behind its pronouns: « les », « s' »."""
    position, person = start, "-"
    while position < len(stretch) and stretch[position].lower_ in facts("clitiques"):
        word = stretch[position].lower_
        if word in facts("sujets-de-verbe") and word not in _OBJECTS:
            return None
        person = _OBJECTS.get(word, person)
        position += 1
    article = position > start and stretch[position - 1].lower_ in facts("articles-definis")
    if position == len(stretch) or (article and not _is_verb(stretch[position])):
        return None  # « la date » is no verb
    cells = _cells(stretch[position])
    return position if cells and not any(person in cell for cell in cells) else None


def _cells(token: Token) -> frozenset[str]:
    """Return tense and person of a finite verb; nothing for another word, or for an auxiliary."""
    if token.pos_ not in ("VERB", "NOUN", "ADJ", "PROPN"):
        return frozenset()
    found = (reading for reading in readings(token.lower_) if reading.verb_form == "Fin")
    return frozenset(reading.cell for reading in found if reading.lemma not in ("avoir", "être"))


def _is_verb(token: Token) -> bool:
    """Is it a verb for the model, for the table, or behind a pronoun that is no article: « vous aide »?"""
    before = token.nbor(-1) if token.i else token
    behind = before.pos_ == "PRON" and before.lower_ in facts("clitiques") - facts("articles-definis")
    return token.pos_ == "VERB" or is_verb_only(token.lower_) or behind


def _first_verb(stretch: Sequence[Token], comma: int, cells: frozenset[str]) -> int | None:
    """Return where the first verb of a row stands, before the first comma; orders have a rule of their own."""
    for position in range(comma - 1, max(comma - _CLAUSE, 0) - 1, -1):
        if stretch[position].text == ",":
            return None
        if _cells(stretch[position]) & cells and _is_verb(stretch[position]):
            order = position == 0 and any(cell[0] == "Y" for cell in cells)
            return None if order or _in_aside(stretch, position) else position
    return None


def _in_aside(stretch: Sequence[Token], position: int) -> bool:
    """Does a clause between commas hold the verb: « Mme Ly, qui habite ici, … »?"""
    while position and stretch[position].text != ",":
        position -= 1
    return position > 0 and stretch[position + 1].lower_ in facts("subordonnants")


def _last(stretch: Sequence[Token], mark: Mark) -> Token:
    """Return the last word of the last item: its noun, with adjectives and what « de » ties to it."""
    item = stretch[mark.start : mark.start + _ITEM]
    end = _noun(item, 0)
    if end is None or mark.kind == AND_SO_ON:
        return item[0]
    while end + 1 < len(item):
        following = item[end + 1]
        tied = _noun(item, end + 2) if following.lower_ in facts("prepositions-de") else None
        if tied is not None and tied - end <= _NEAR:
            end = tied
        elif following.pos_ in ("ADJ", "PROPN"):
            end += 1
        else:
            break
    return item[end]


def _noun(item: Sequence[Token], start: int) -> int | None:
    """Return where the first noun stands before any sign."""
    for position in range(start, len(item)):
        if item[position].is_punct or item[position].pos_ in ("NOUN", "PROPN"):
            return None if item[position].is_punct else position
    return None
