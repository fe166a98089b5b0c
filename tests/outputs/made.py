"""Reports made by hand, and what each output makes of them: `python tests/outputs/made.py` writes the golden files."""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from falc.document import Document
from falc.model import Edit, Finding, Fix, Location, Safety, Severity, Span, Suppressed, Tier
from falc.outputs import FORMATS, Asked, renderer
from falc.report import Measure, Report, unreadable
from falc.rules import read_rule

HERE = Path(__file__).parent
GOLDENS = FORMATS[1:]  # text is full
GOLDEN = HERE / "golden"
POSITIONS = HERE / "positions.txt"
MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
RULE = read_rule(
    """
code = "NUM005"
name = "date-en-chiffres"
title = "Date en chiffres"
check = "pattern"
severity = "error"
status = "stable"
since = "0.1.0"
tier = "core"
checkable = "auto"
criterion = "RLS-6.1"
level = "A"
source = "RLS 6.1"
message = "« {text} » : écrivez le mois en lettres."
why = "Une date en chiffres est difficile à lire."
how = "Écrivez le mois en lettres."
[[bad]]
text = "Venez le <<12/03/2024>>."
[[good]]
text = "Venez le 12 mars 2024."
""",
    "NUM005.toml",
)
RULES = tuple(
    replace(RULE, code=code, name=name)
    for code, name in (("NUM005", RULE.name), ("PHR001", "phrase-longue"), ("IMG001", "pas-d-image"))
)
# As a letter of strangers may be called.
ODD_NAME = 'courriers/l\'été, n° 1 : "fin" <100 %>.txt'
LETTER = "Votre loyer 🎉 est dû.\r\nPayez avant le 12/03/2024, œuvre comprise.\r\nVenez le\r\n01/04/2024 ou après.\r\n"


def document(text, name="lettre.txt", format="text"):
    return Document(text, (), name, format, has_lines=format not in ("docx", "odt"))


def finding(of, start, end, **values):
    """A finding at `start:end` of a document; an empty one is about the whole document."""
    span = Span(start, end)
    location = of.locate(span, values.pop("place", "paragraphe 1"))
    if start == end:
        location = Location("tout le document", 1, 1, 1, 1, has_lines=False)
    text = of.slice(span)
    made = {
        "code": "NUM005", "name": "date-en-chiffres", "severity": Severity.ERROR, "tier": Tier.CORE,
        "criterion": "RLS-6.1", "level": "A", "message": f"« {text} » : écrivez le mois en lettres.", "span": span,
        "text": text, "sentence": f"Payez avant le {text}." if text else "", "location": location, "fixes": (),
        "fingerprint": f"{start:04}{end:04}abcdef",
    }  # fmt: skip
    return Finding(**{**made, **values})


def report(of, *findings, **values):
    measures = {
        "difficulty": Measure("difficulty", "Difficulté", 12.5),
        "long": Measure("long", "Part", 0.5, 0.1, True),
    }
    made = {"words": 12, "sentences": 3, "measures": measures, "rules": RULES}
    return Report(of.name, of.format, of, findings=findings, **{**made, **values})


def reports():
    """Every kind of report: placed, over two lines, on the whole text, Office, clean, unreadable, standard input."""
    odd = document(LETTER, ODD_NAME)
    date, two_lines = LETTER.index("12/03"), LETTER.index("Venez")
    safe = Fix("Écrire « 12 mars 2024 »", Safety.SAFE, (Edit(Span(date, date + 10), "12 mars 2024"),))
    idea = Fix("Idée : « lundi 12 mars »", Safety.DISPLAY)
    several = Fix(
        "Écrire « Venez à partir du 1er avril »",
        Safety.UNSAFE,
        (
            Edit(Span(two_lines + 10, two_lines + 20), "1er avril 2024"),
            Edit(Span(two_lines + 5, two_lines + 8), " dès le"),
        ),
    )
    warning = {
        "code": "PHR001",
        "name": "phrase-longue",
        "severity": Severity.WARNING,
        "criterion": None,
        "level": None,
    }
    info = {"code": "IMG001", "name": "pas-d-image", "severity": Severity.INFO, "message": "Ce texte n'a pas d'image."}
    silenced = finding(odd, 0, 5, **warning)
    word = document("Madame,\nPayez le 12/03/2024\n", "modèles/lettre.docx", "docx")
    stdin = document("Payez le 12/03/2024", "-")
    equal = finding(stdin, 9, 19, fingerprint="pareil")
    return [
        report(
            odd,
            finding(odd, 0, 0, **info),
            finding(odd, date, date + 10, fixes=(safe, idea)),
            finding(odd, two_lines, two_lines + 20, fixes=(several,), message="Deux\r\nlignes\x1b[31m.", **warning),
            suppressed=(Suppressed(silenced, "comment", "formule de la loi"), Suppressed(silenced, "baseline")),
        ),
        report(word, finding(word, 17, 27, place="corps, paragraphe 2", fixes=(idea,)), finding(word, 0, 0, **info)),
        report(document("Bonjour.\n", "propre.md", "markdown")),
        unreadable("abîmé\n.docx", "Ce fichier est abîmé."),
        report(stdin, equal, equal),
    ]


def rendered(name, made=None, **asked):
    """What an output makes of reports, of those above if none are given."""
    return "".join(renderer(name)(iter(reports() if made is None else made), Asked(**asked)))


def golden(name, root):
    """What the golden file of an output holds: what changes with falc's version and rules is left out."""
    text = rendered(name, root=root, moment=MOMENT, suppressed=True)
    text = re.sub(r'"(version|semanticVersion)": "0\.[^"]*"', r'"\1": "0.0.0"', text)
    return re.sub(r'"(rules_digest|model)": "[^"]*"', r'"\1": "…"', text)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    os.chdir(GOLDEN)  # the names of the reports are relative
    for output in GOLDENS:
        (GOLDEN / f"{output}.out").write_bytes(golden(output, GOLDEN).encode())
