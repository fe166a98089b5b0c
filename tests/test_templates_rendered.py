"""Templates give the findings of the letters made of them, but for what values and other branches cause."""

from collections import Counter
from csv import DictReader
from pathlib import Path

import pytest

from falc.formats import read
from falc.french.boundaries import sentence_spans

pytestmark = pytest.mark.model

FOLDER = Path(__file__).parent / "data" / "modeles"
TEMPLATES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".tsv" and ".rendu." not in path.name)
WHOLE = -1  # the number of no sentence: what is told of the document


def known_differences(name):
    with (FOLDER / "ecarts.tsv").open(encoding="utf-8", newline="") as file:
        return [(row["code"], row["texte"]) for row in DictReader(file, delimiter="\t") if row["modele"] == name]


def findings_by_sentence(linter, path):
    """Return how many sentences a file has, and the findings with the number of the sentence that they are in."""
    document = read(path)
    sentences = [block.source(span) for block in document.blocks for span in sentence_spans(block.text)]
    found = []
    for finding in linter.check_document(document, path).findings:
        at = [number for number, sentence in enumerate(sentences) if finding.span.overlaps(sentence)]
        found.append((at[0] if at else WHOLE, finding.code, finding.text))
    return len(sentences), found


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_told_what_its_letter_is_told(linter, template):
    name = template.name.split(".")[0]
    (rendered,) = FOLDER.glob(f"{name}.rendu.*")
    (size, of_template), (other_size, of_letter) = (findings_by_sentence(linter, p) for p in (template, rendered))
    assert size == other_size
    known = known_differences(name)

    def codes(found):
        return Counter((at, code) for at, code, text in found if not any(code == c and t in text for c, t in known))

    assert codes(of_template) == codes(of_letter), (of_template, of_letter)
    told = [(code, text) for _, code, text in (*of_template, *of_letter)]
    unused = [known for known in known if not any(known[0] == code and known[1] in text for code, text in told)]
    assert not unused


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_fixes_leave_the_tags_of_a_template_as_they_are(linter, template):
    before = template.read_text(encoding="utf-8")
    after = linter.fix(template, unsafe=True, write=False).text
    signs = "{}<>%$@#[]"
    assert [sign for sign in after if sign in signs] == [sign for sign in before if sign in signs]
