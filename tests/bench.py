"""What the lexicons, the table of forms, long Word letters and starting cost: `make bench`.

Times are compared side by side in one run, never with a limit of their own: machines differ, ratios do not.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from bench_start import print_starts
from office_bench import print_costs

from falc.config import Config
from falc.findings import find, needs_parser
from falc.formats import read
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse, load
from falc.selection import selected

ROOT = Path(__file__).parent.parent
ROUNDS = 5
_LOADING = """
import resource, time
def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
{imports}
before, start = memory(), time.perf_counter()
{code}
print(time.perf_counter() - start, memory() - before)
"""
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


def main() -> None:
    """Print the figures."""
    spacy = cost_of_loading(_SPACY)
    forms = cost_of_loading(_FORMS, "import falc.french.forms")
    lexicon = cost_of_loading(_LEXICON, "import falc.french.lexicon")
    everything = cost_of_loading(_LEXICON + _ALL, "import falc.french.lexicon")
    without, full = cost_of_the_lexicon()
    print(f"{len(texts())} textes, {ROUNDS} tours, médianes")
    print(f"charger spaCy                       {spacy[0]:6.2f} s {spacy[1]:6.0f} Mo")
    print(f"ouvrir la table des formes          {forms[0]:6.3f} s {forms[1]:6.1f} Mo")
    share, all_share = lexicon[0] / spacy[0], everything[0] / spacy[0]
    print(f"charger formes et lexiques          {lexicon[0]:6.3f} s {lexicon[1]:6.1f} Mo  {share:6.1%} de spaCy")
    print(f"… et préparer toutes les formes     {everything[0]:6.3f} s {everything[1]:6.1f} Mo  {all_share:6.1%}")
    print(f"vérifier sans lexiques              {without:6.2f} s")
    print(f"vérifier avec tous les lexiques     {full:6.2f} s            {full / without - 1:+6.1%}")
    print_costs()
    print_starts()


if __name__ == "__main__":
    main()
