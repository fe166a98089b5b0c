"""The Flesch score comes from textstat, without the half second of a library that French does not need."""

import subprocess
import sys

import pytest

from falc.french.readability import flesch

TEXT = "Vous devez payer avant lundi. Nous vous rendrons votre dossier."


def said(code):
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.split()


def test_the_score_needs_no_nltk():
    code = (
        f"import sys; from falc.french.readability import flesch; print(flesch({TEXT!r}), 'nltk.corpus' in sys.modules)"
    )
    score, loaded = said(code)
    assert float(score) == flesch(TEXT)
    assert loaded == "False"


@pytest.mark.parametrize(
    "use", ["import nltk", "from nltk import edit_distance", "import nltk.metrics", "from nltk import *"]
)
@pytest.mark.parametrize("before", [True, False], ids=["before", "behind"])
def test_who_uses_nltk_finds_it_whole(use, before):
    score = f"from falc.french.readability import flesch; flesch({TEXT!r})"
    first, second = (use, score) if before else (score, use)
    code = f"{first}\n{second}\nimport nltk\nfrom nltk.metrics import edit_distance as own\n"
    code += "print(nltk.edit_distance('lettre', 'lettres'), own is nltk.edit_distance, nltk.__name__)"
    assert said(code) == ["1", "True", "nltk"]
