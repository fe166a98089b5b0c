"""Put the replacement of a term into its sentence: preposition, elision, capital letter."""

from __future__ import annotations

from falc.french.facts import facts
from falc.french.guards import holds
from falc.french.lexicon import Term
from falc.french.words import key_of
from falc.model import Edit, Safety, Span

_VOWELS = frozenset("aàâæeéèêëiîïoôœuùûü")
# Words that lose their last letter before a vowel; `si` does before « il » only.
_ELIDABLE = frozenset(
    ("le", "la", "je", "me", "te", "se", "ne", "de", "ce", "que", "lorsque", "puisque", "jusque", "si")
)
_CONTRACTED = {"du": "le", "des": "les", "au": "le", "aux": "les"}


def rewritten(term: Term) -> Edit | None:
    """Return the one edit that puts the best replacement in, or None when anything is in doubt."""
    entry, around = term.entry, term.around
    if entry.safety is not Safety.SAFE or not all(holds(guard, around) for guard in entry.guards):
        return None
    replacement = entry.replacements[0]
    text, words = around.place.text, around.place.words
    shown = text[term.span.start : term.span.end]
    previous = around.before
    if previous.endswith("'") or (previous in _ELIDABLE and replacement[0].lower() in _VOWELS):
        return None
    if shown.isupper() and len(shown) > 1:
        return None
    end = term.span.end
    final = words[around.last - 1]
    preposition = next((guard for guard in entry.guards if guard.startswith(("keep=", "drop="))), "")
    if preposition.startswith("keep=") and final.key != "d'":
        # « à compter du » → « à partir du »: the preposition stays as it is contracted
        replacement = f"{replacement.rpartition(' ')[0]} {final.text.lower()}"
    elif preposition.startswith("drop="):
        if final.key in _CONTRACTED:
            replacement = f"{replacement} {_CONTRACTED[final.key]}"
        elif final.key == "d'" or (around.after is not None and around.after.start > end):
            end = around.after.start if around.after is not None else end
            replacement += " "
    if replacement[-1] == "e":
        replacement, end = _elided(replacement, end, term)
    elif final.key.endswith("'") and end == term.span.end and replacement[-1] != " ":
        replacement += " "  # « lorsqu'il » → « quand il »
    if "virgule" in entry.guards and text[end : end + 1] == ",":
        end += 1
    if shown[0].isupper():
        replacement = replacement[0].upper() + replacement[1:]
    return Edit(Span(term.span.start, end), replacement)


def _elided(replacement: str, end: int, term: Term) -> tuple[str, int]:
    """Elide a final « que » or « de » before a vowel, and undo it before a consonant."""
    after = term.around.after
    stem, _, last = replacement.rpartition(" ")
    if last not in ("de", "que") or after is None:
        return (replacement + " " if term.around.term_end.endswith("'") else replacement), end
    elided = term.around.term_end.endswith("'")
    if elided or (key_of(after.text)[0] in _VOWELS and after.key not in facts("sans-elision")):
        return f"{stem} {last[:-1]}'", after.start
    return replacement, end
