"""What the cache and several processes spare, on a folder of templates: `make bench`.

The letters are made of a few hundred paragraphs, which many of them share, as in a real folder of templates.
Times are compared side by side in one run; the machine tells which they are.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from falc.rules import MARK, all_rules

FILES = 1000
WORDS = 200
PARAGRAPHS = 400
_MADAME = "Madame, Monsieur {{ nom_usager }},"
_GREETING = "Nous vous prions d'agréer, {{ civilite }}, l'expression de nos salutations distinguées."
_OWN = "Le dossier numéro {{ numero_dossier }} sera traité avant le {{ date_limite }}."
_PROGRAM = """
import resource, sys
from falc.cli import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


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


def run(folder: Path, cache: Path, *options: str) -> tuple[float, float, int, str]:
    """Check the folder in a process of its own; return seconds, seconds of CPU, megabytes, and what it says."""
    command = [sys.executable, "-c", _PROGRAM, "check", "--output-format", "concise", "--exit-zero", "--isolated"]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [*command, *options, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**environment, "FALC_CACHE_DIR": str(cache)},
    )
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, used, int(done.stderr.split()[-1]) // 1024, done.stdout


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "lettres", Path(place) / "cache"
        words = write_letters(folder)
        print(f"{FILES} modèles, {words} mots")
        run(folder / "service-00", cache, "--no-cache")  # warm: compiled modules and data
        shown = []

        def tell(what: str, *options: str) -> float:
            seconds, used, memory, output = run(folder, cache, *options)
            shown.append(output)
            print(f"{what:38}{seconds:8.2f} s {used:8.2f} s processeur {memory:6} Mo")
            return seconds

        one = tell("sans cache, 1 processus", "--no-cache", "--jobs", "1")
        two = tell("sans cache, 2 processus", "--no-cache", "--jobs", "2")
        print(f"  gain de 2 processus : {one / two:.2f}")
        first = tell("première fois, 1 processus", "--jobs", "1")
        again = tell("deuxième fois")
        print(f"  deuxième fois : {again / first:.1%} de la première")
        changed = folder / "service-07" / "lettre-0007.md"
        text = changed.read_text(encoding="utf-8")
        changed.write_text(text + "\n\nNonobstant ce rappel, la somme doit être payée.\n", encoding="utf-8")
        tell("un paragraphe de plus dans un modèle")
        changed.write_text(text, encoding="utf-8")
        shutil.rmtree(cache)
        tell("première fois, 2 processus", "--jobs", "2")
        same = {hash(output) for number, output in enumerate(shown) if number != 4}
        print("  mêmes remarques partout" if len(same) == 1 else "  DES REMARQUES DIFFÈRENT")
        print()
        print("un document de 10 000 paragraphes")
        long_document(Path(place))


def long_document(place: Path) -> None:
    """Print what editing one of 10,000 paragraphs costs."""
    chance = random.Random(8)
    known = sentences()
    path = place / "long" / "long.txt"
    path.parent.mkdir()
    text = [f"{chance.choice(known)} Alinéa {number}." for number in range(10_000)]
    path.write_text("\n\n".join(text), encoding="utf-8")
    cache = place / "cache-long"
    first = run(path, cache)
    print(f"{'première fois':38}{first[0]:8.2f} s {first[1]:8.2f} s processeur {first[2]:6} Mo")
    text[5000] += " Nonobstant ce rappel, payez."
    path.write_text("\n\n".join(text), encoding="utf-8")
    again = run(path, cache)
    print(f"{'un alinéa changé':38}{again[0]:8.2f} s {again[1]:8.2f} s processeur {again[2]:6} Mo")
    print(f"  {again[0] / first[0]:.1%} de la première fois")


if __name__ == "__main__":
    main()
