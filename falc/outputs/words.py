"""What `falc word` prints: what falc does with a word and why, how common the word is, and its forms."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from falc.french.elision import elided
from falc.french.facts import rows
from falc.french.forms import forms, genders, readings
from falc.french.frequency import zipf
from falc.french.lexicon import Entry, Lexicon
from falc.french.verbs_in_context import takes_etre
from falc.french.words import words_of
from falc.lexicon_faults import head_of, reporting
from falc.resources import data
from falc.rules import typography
from falc.texts import texts

__all__ = ["label", "meaning", "word_dict", "word_page"]

_INFLECTED = ("VERB", "NOUN", "ADJ")
_PERSONS = {"1s": "je", "2s": "tu", "3s": "il", "1p": "nous", "2p": "vous", "3p": "ils"}
_OWN = {"1s": "me", "2s": "te", "3s": "se", "1p": "nous", "2p": "vous", "3p": "se"}
_BEHIND = {"2s": "-toi", "1p": "-nous", "2p": "-vous"}
_CELLS = ("ms", "fs", "mp", "fp")
_GENDERS = {"Masc": "m", "Fem": "f"}
_REFLEXIVE = ("se ", "s'")
_PARTICIPLE, _IMPERATIVE = "K", "Y"
_REPLACE, _EXPLAIN, _ACRONYM = "remplacer", "expliquer", "acronyme"
_FORM_GUARDS = ("forme", "pas-forme")


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms of a word, under the names of tenses or numbers."""

    word: str
    pos: str
    gender: str
    table: Mapping[str, tuple[str, ...]]


def label(key: str) -> str:
    """Return a wording of the pages about words."""
    return _labels()[key]


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, str]:
    return {key: text for key, text, *_ in rows("libelles-des-mots")}


@lru_cache(maxsize=1)
def _senses() -> Mapping[str, str]:
    return {guard: sense for guard, sense, *_ in rows("gardes")}


def meaning(guard: str) -> str:
    """Return what a guard of an entry says, in French."""
    plain = guard.removeprefix("si:")
    name, _, told = plain.partition("=")
    sense = _senses().get(plain) if name not in _FORM_GUARDS else None
    if sense is None:
        words = [_senses()[f"forme={word}"] if name in _FORM_GUARDS else f"« {word} »" for word in told.split(",")]
        sense = _senses()[f"{name}=…"].replace("…", _listed(words))
    return sense if plain == guard else label("reported").format(sens=sense)


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} {label('or')} {last}" if first else last


def word_page(wanted: str, lexicon: Lexicon) -> str:
    """Return what the lexicons say of a term, or what is known of a word that they do not hold."""
    entries = lexicon.lookup(wanted)
    lines = [line for entry in entries for line in (*_entry(entry), "")] if entries else [*_unknown(wanted, lexicon)]
    return "".join(f"{typography(line)}\n" for line in lines)


def word_dict(wanted: str, lexicon: Lexicon) -> dict[str, object]:
    """Return the same as plain data, for JSON."""
    entries = lexicon.lookup(wanted)
    found: dict[str, object] = {"term": wanted, "known": bool(entries), "entries": [_entry_dict(e) for e in entries]}
    if not entries:
        found["ignored"] = wanted in lexicon.ignored
        found["near"] = lexicon.near(wanted)
        found["frequency"] = _frequency_dict([wanted])
        found["forms"] = [_forms_dict(forms) for forms in _forms_of_unknown(wanted)]
    return found


def _entry(entry: Entry) -> Iterator[str]:
    words = texts()["word"]
    nature = words["pos"].get(entry.pos, entry.pos)
    yield f"{entry.term} ({', '.join(part for part in (nature, entry.category) if part)})"
    if entry.replacements:
        verb = words["replace"] if entry.kind == _REPLACE else words["reword"]
        verb = label("full-name") if entry.category == _ACRONYM else verb
        yield f"  {verb} : " + _listed([f"« {replacement} »" for replacement in entry.replacements])
    if entry.explanation:
        yield f"  {words['explain']} : {entry.explanation}"
    if entry.note:
        yield f"  {words['note']} : {entry.advice or entry.note}"
    yield f"  {label('does')} : {label(_does(entry))}."
    if entry.guards:
        yield f"  {label('conditions')} :"
        yield from (f"  - {meaning(guard)}" for guard in entry.guards)
    if example := _example(entry):
        yield f"  {label('example')} : « {example[0]} » → « {example[1]} »"
    if rules := reporting(entry.category, entry.kind):
        yield f"  {label('rule')} : " + ", ".join(f"{rule.code} {rule.name}" for rule in rules)
    else:
        yield f"  {label('rule')} : {label('no-rule')}."
    yield from _frequency(_single_words(entry))
    for found in _forms_of_entry(entry):
        yield from _shown(found)


def _unknown(wanted: str, lexicon: Lexicon) -> Iterator[str]:
    near = lexicon.near(wanted)
    hint = " " + label("near").format(mots=" », « ".join(near)) if near else ""
    yield label("unknown").format(mot=wanted) + hint
    if wanted in lexicon.ignored:
        yield f"  {label('does')} : {label('does-ignore')}."
    if len(words_of(wanted)) == 1:
        yield from _frequency([wanted])
    for found in _forms_of_unknown(wanted):
        yield from _shown(found)


def _does(entry: Entry) -> str:
    if entry.kind == _REPLACE and entry.replacements:
        return f"does-{entry.safety}"
    return "does-explain" if entry.kind == _EXPLAIN else "does-display"


def _example(entry: Entry) -> tuple[str, str] | None:
    """Return a sentence and what becomes of it, from the examples of falc's own entries."""
    if Lexicon.load().entries.get((entry.term, entry.pos)) != entry:
        return None
    for file in sorted((data("lexicons") / "exemples").iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".tsv"):
            continue
        for row in csv.reader(file.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) == 4 and (row[0], row[1]) == (entry.term, entry.pos) and row[3]:
                return row[2], row[3]
    return None


def _single_words(entry: Entry) -> list[str]:
    return [text for text in (entry.term, *entry.replacements[:1]) if len(words_of(text)) == 1]


def _level(word: str) -> str:
    frequency = zipf(word)
    return next(name for least, name in rows("frequences") if frequency >= float(least))


def _frequency(words: Sequence[str]) -> Iterator[str]:
    if words:
        yield f"  {label('frequency')} : " + ", ".join(f"« {word} » est {_level(word)}" for word in words)


def _forms_of_entry(entry: Entry) -> Iterator[_Forms]:
    """Yield the forms of a term and of its first replacement, of the word that inflects."""
    head = next(iter(entry.values("head")), "")
    told = entry.natures[0] if entry.natures else ""
    yield from _forms(entry.term, entry.pos, "", entry.gender)
    if entry.kind == _REPLACE and entry.replacements and "inv" not in entry.guards:
        pos, _, gender = told.partition("+")
        yield from _forms(entry.replacements[0], pos or entry.pos, head, gender)


def _forms_of_unknown(wanted: str) -> Iterator[_Forms]:
    """Yield the forms of the words that one single word may be a form of."""
    word = wanted.strip().lower()
    bases = dict.fromkeys((reading.lemma, reading.pos) for reading in readings(word))
    own = [base for base in bases if base[0] == word]
    for lemma, pos in own or bases:
        yield from _forms(lemma, pos, "", "")


def _forms(text: str, pos: str, head: str, gender: str) -> Iterator[_Forms]:
    word = head_of(text, pos, head)
    cells = forms(word, pos) if pos in _INFLECTED and word else {}
    if not cells:
        return
    if pos == "VERB":
        yield _Forms(word, pos, "", dict(_tenses(word, cells, text.startswith(_REFLEXIVE))))
    elif pos == "ADJ":
        table = {label(f"cell-{cell}"): cells[cell][:1] for cell in _CELLS if cell in cells}
        yield _Forms(word, pos, "", table)
    else:
        own = [gender] if gender else sorted((_GENDERS[found] for found in genders(word)), reverse=True)
        table = {
            label(name): tuple(dict.fromkeys(cells[g + number][0] for g in own if g + number in cells))
            for number, name in (("s", "singular"), ("p", "plural"))
        }
        yield _Forms(word, pos, "".join(own), {name: found for name, found in table.items() if found})


def _tenses(verb: str, cells: Mapping[str, tuple[str, ...]], reflexive: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    for title, code, before in rows("temps-montres"):
        if code == _PARTICIPLE:
            participles = dict.fromkeys(cells[code + cell][0] for cell in _CELLS if code + cell in cells)
            helper = "être" if reflexive or takes_etre(verb) else "avoir"
            found = [f"{', '.join(participles)} ({label(f'helper-{helper}')})"] if participles else []
        elif code == _IMPERATIVE:
            behind = _BEHIND if reflexive else {}
            found = [cells[code + p][0] + behind.get(p, "") for p in _PERSONS if code + p in cells]
        else:
            found = [_spoken(before, p, cells[code + p][0], reflexive) for p in _PERSONS if code + p in cells]
        if found:
            yield title, tuple(found)


def _spoken(before: str, person: str, form: str, reflexive: bool) -> str:
    """Return a form with its pronouns: « qu'il se rapproche »."""
    said = [form]
    for word in (_OWN[person] if reflexive else "", _PERSONS[person], before):
        if word:
            said.insert(0, elided(word, said[0]))
    return " ".join(said).replace("' ", "'")


def _shown(found: _Forms) -> Iterator[str]:
    about = [str(texts()["word"]["pos"][found.pos]), *(label(f"gender-{gender}") for gender in found.gender)]
    yield f"  {label('forms').format(mot=found.word)} ({', '.join(about)})"
    yield from (f"    {title} : {', '.join(said)}" for title, said in found.table.items())


def _entry_dict(entry: Entry) -> dict[str, object]:
    example = _example(entry)
    return {
        "term": entry.term,
        "pos": entry.pos,
        "gender": entry.gender,
        "category": entry.category,
        "kind": entry.kind,
        "replacements": list(entry.replacements),
        "explanation": entry.explanation,
        "note": entry.note,
        "safety": str(entry.safety),
        "conditions": [{"guard": guard, "meaning": typography(meaning(guard))} for guard in entry.guards],
        "example": {"before": example[0], "after": example[1]} if example else None,
        "rules": [rule.code for rule in reporting(entry.category, entry.kind)],
        "frequency": _frequency_dict(_single_words(entry)),
        "forms": [_forms_dict(found) for found in _forms_of_entry(entry)],
    }


def _frequency_dict(words: Sequence[str]) -> list[dict[str, object]]:
    return [{"word": word, "zipf": round(zipf(word), 2), "level": _level(word)} for word in words]


def _forms_dict(found: _Forms) -> dict[str, object]:
    table = {title: list(said) for title, said in found.table.items()}
    return {"word": found.word, "pos": found.pos, "gender": found.gender, "forms": table}
