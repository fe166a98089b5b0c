"""What the cache and several processes spare, on a folder of templates.

The letters are made of a few hundred paragraphs, which many of them share, as in a real folder of templates.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from figures import MEMORY, Table

from falc.rules import MARK, all_rules

FILES = 1000
WORDS = 200
PARAGRAPHS = 400
ALONE = 10_000  # paragraphs of the long text
_MADAME = "Madame, Monsieur {{ nom_usager }},"
_GREETING = "Nous vous prions d'agréer, {{ civilite }}, l'expression de nos salutations distinguées."
_OWN = "Le dossier numéro {{ numero_dossier }} sera traité avant le {{ date_limite }}."
_PROGRAM = (
    MEMORY
    + """
import sys
from falc.cli import main
try:
    main()
finally:
    print(int(memory()), file=sys.stderr)
"""
)


def sentences() -> list[str]:
    """Return the sentences of the rules' own examples, plain and short enough to be in a letter."""
    found = []
    for rule in all_rules().values():
        for example in (*rule.good, *rule.bad):
            text = MARK.sub(r"\1", example.text).strip()
            if example.format == "text" and "\n" not in text and 4 <= len(text.split()) <= 60 and text.endswith("."):
                found.append(text)
    return sorted(set(found))


def paragraphs(chance: random.Random) -> list[str]:
    """Return the paragraphs that the letters share."""
    known = sentences()
    return [" ".join(chance.sample(known, chance.randint(1, 4))) for _ in range(PARAGRAPHS)]


def write_letters(folder: Path, files: int = FILES, words: int = WORDS) -> int:
    """Write letters, some HTML, some Markdown, some plain, and return how many words they hold."""
    chance = random.Random(7)
    shared = paragraphs(chance)
    count = 0
    for number in range(files):
        letter = [_MADAME, f"{_OWN} Votre référence est la {number}."]
        while sum(len(text.split()) for text in letter) < words:
            letter.append(chance.choice(shared))
        letter.append(_GREETING)
        count += sum(len(text.split()) for text in letter)
        below = folder / f"service-{number % 20:02d}"
        below.mkdir(parents=True, exist_ok=True)
        if number % 3 == 0:
            body = "\n".join(f"<p>{text}</p>" for text in letter)
            (below / f"lettre-{number:04d}.html.j2").write_text(f"<h1>Votre dossier</h1>\n{body}\n", encoding="utf-8")
        elif number % 3 == 1:
            text = "# Votre dossier\n\n" + "\n\n".join(letter)
            (below / f"lettre-{number:04d}.md").write_text(text, encoding="utf-8")
        else:
            (below / f"lettre-{number:04d}.txt").write_text("\n\n".join(letter) + "\n", encoding="utf-8")
    return count


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took, in seconds and megabytes, and what it said."""

    seconds: float
    memory: int
    output: str


def run(folder: Path, cache: Path, *options: str) -> Run:
    """Check the folder in a process of its own."""
    command = [sys.executable, "-c", _PROGRAM, "check", "--output-format", "concise", "--exit-zero", "--isolated"]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(
        [*command, *options, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**environment, "FALC_CACHE_DIR": str(cache)},
    )
    return Run(time.perf_counter() - start, int(done.stderr.split()[-1]), done.stdout)


def table() -> Table:
    """Compare runs over a folder of templates: with several processes, a second time, after a change."""
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "lettres", Path(place) / "cache"
        words = write_letters(folder)
        made = Table(
            "Cache and processes",
            f"{FILES} templates (HTML, Markdown, text) of {words} words together, and a text of {ALONE} paragraphs. "
            "Whole runs of `falc check`; all of them give the same findings.",
        )
        _folder(made, folder, cache)
        _long_text(made, Path(place))
    return made


def _folder(made: Table, folder: Path, cache: Path) -> None:
    run(folder / "service-00", cache, "--no-cache")  # modules and data are compiled
    one = run(folder, cache, "--no-cache", "--jobs", "1")
    made.add("no cache, 1 process", one.seconds)
    made.add("… memory", one.memory, "MB", wanted="≤ 550 MB")
    two = run(folder, cache, "--no-cache", "--jobs", "2")
    made.add(
        "no cache, 2 processes", two.seconds, compared_to="1 process", base=one.seconds, wanted="ratio ≤ 0.59 (1/1.7)"
    )
    first = run(folder, cache, "--jobs", "1")
    made.add("first run with the cache", first.seconds, compared_to="no cache", base=one.seconds)
    again = run(folder, cache)
    known = "first run"
    made.add("second run", again.seconds, compared_to=known, base=first.seconds, wanted="≤ 1.5 s")
    changed = folder / "service-07" / "lettre-0007.md"
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text + "\n\nNonobstant ce rappel, la somme doit être payée.\n", encoding="utf-8")
    one_more = run(folder, cache)
    made.add("one paragraph more in one template", one_more.seconds, compared_to=known, base=first.seconds)
    changed.write_text(text, encoding="utf-8")
    same = {result.output for result in (one, two, first, again, run(folder, cache))}
    if len(same) != 1:
        raise SystemExit("Les remarques ne sont pas partout les mêmes.")


def _long_text(made: Table, place: Path) -> None:
    """Add what editing one of many paragraphs costs."""
    chance, known = random.Random(8), sentences()
    path, cache = place / "long" / "long.txt", place / "cache-long"
    path.parent.mkdir()
    text = [f"{chance.choice(known)} Alinéa {number}." for number in range(ALONE)]
    path.write_text("\n\n".join(text), encoding="utf-8")
    first = run(path, cache)
    text[ALONE // 2] += " Nonobstant ce rappel, payez."
    path.write_text("\n\n".join(text), encoding="utf-8")
    again = run(path, cache)
    made.add(f"one of {ALONE} paragraphs changed", again.seconds, compared_to="first run", base=first.seconds)
