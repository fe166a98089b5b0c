"""What the lexicons and the table of forms cost."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from figures import MEMORY, ROOT, Table

from falc.config import Config
from falc.findings import find, needs_parser
from falc.formats import read
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse, load
from falc.selection import selected

ROUNDS = 5
_LOADING = (
    MEMORY
    + """
import time
{imports}
before, start = memory(), time.perf_counter()
{code}
print(time.perf_counter() - start, memory() - before)
"""
)
_LEXICON = """
from falc.french.forms import readings
from falc.french.lexicon import Lexicon
lexicon = Lexicon.load()
readings("percevrez")
"""
_FORMS = """
from falc.french.forms import readings
readings("percevrez")
"""
_ALL = """
for opening in list(lexicon._waiting):
    lexicon._prepare(opening)
"""
_SPACY = "from falc.french.pipeline import load\nload()"


def texts() -> list[Path]:
    """Return the letters of the examples and, where they are, real texts."""
    own = sorted((ROOT / "examples" / "lettres").glob("*.*"))
    real = sorted((ROOT.parent / "shared" / "data" / "texts").glob("*.txt"))
    return real or [path for path in own if path.suffix in (".docx", ".md", ".txt", ".html")]


def cost_of_the_lexicon() -> tuple[float, float]:
    """Return the seconds that checking takes without lexicons and with them, the median of alternating rounds."""
    rules = selected(Config())
    documents = [read(path) for path in texts()]
    load()
    for analysed in analyse(documents, Lexicon(()), parse=True):  # warm: word frequencies, tables
        find(analysed, rules)
    seconds: dict[bool, list[float]] = {False: [], True: []}
    entries = Lexicon.load().entries.values()
    for _ in range(ROUNDS):
        for full in (False, True):
            lexicon = Lexicon(entries if full else ())  # a new one, which must make its forms again
            start = time.perf_counter()
            for analysed in analyse(documents, lexicon, parse=needs_parser(rules)):
                find(analysed, rules)
            seconds[full].append(time.perf_counter() - start)
    return median(seconds[False]), median(seconds[True])


def cost_of_loading(code: str, imports: str = "") -> tuple[float, float]:
    """Return the seconds and megabytes that some code takes in a new process, the median of several."""
    made = []
    for _ in range(ROUNDS):
        program = _LOADING.format(code=code.strip(), imports=imports)
        out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
        made.append(tuple(float(number) for number in out.stdout.split()))
    return median(seconds for seconds, _ in made), median(size for _, size in made)


def table() -> Table:
    """Compare loading and using the lexicons with loading spaCy and checking without them."""
    about = (
        "What the table of inflected forms and the word lists cost: to load, next to loading the French model as falc "
        f"does; and to use, on {len(texts())} texts. Medians of {ROUNDS} rounds in turns."
    )
    made = Table("Lexicons", about)
    spacy, spacy_size = cost_of_loading(_SPACY)
    model = "the French model, loaded by falc"
    for what, code, imports in (
        ("open the table of forms", _FORMS, "import falc.french.forms"),
        ("load forms and lexicons", _LEXICON, "import falc.french.lexicon"),
        ("… and inflect all entries", _LEXICON + _ALL, "import falc.french.lexicon"),
    ):
        seconds, size = cost_of_loading(code, imports)
        made.add(what, seconds, compared_to=model, base=spacy)
        made.add(f"{what}: memory", size, "MB", compared_to=model, base=spacy_size)
    without, full = cost_of_the_lexicon()
    made.add("check with all lexicons", full, compared_to="check without lexicons", base=without)
    return made
