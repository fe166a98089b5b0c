"""What starting costs, side by side with what it is compared to: part of `make bench`.

Each command is a process of its own.  They run in turns, and the best of each is kept: a busy machine only adds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROUNDS = 5
_CLICK = ["-c", "import click"]
_MODEL = ["-c", "import spacy; spacy.load('fr_core_news_md')"]
_LETTER = "examples/lettres/radiation-domiciliation.docx"
# Name, command, what it is compared to, and how many times its time it may take.
COMMANDS = [
    ("falc --version", ["-m", "falc", "--version"], _CLICK, 2.5),
    ("falc --help", ["-m", "falc", "--help"], _CLICK, 2.5),
    ("falc explain PHR001", ["-m", "falc", "explain", "PHR001"], _CLICK, 2.5),
    ("falc rules", ["-m", "falc", "rules"], _CLICK, 2.5),
    ("falc word nonobstant", ["-m", "falc", "word", "nonobstant"], _CLICK, 2.5),
    ("falc check, une lettre", ["-m", "falc", "check", "--isolated", "--exit-zero", _LETTER], _MODEL, 0.4),
]


def seconds(arguments: list[str]) -> float:
    """Return how long a Python process takes."""
    # An installed program has its modules compiled.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, check=True)
    return time.perf_counter() - start


def print_starts() -> None:
    """Print the times, and their ratios to what they are compared to."""
    for _, command, _, _ in COMMANDS:
        seconds(command)  # what falc keeps from one run to the next is made now
    print(f"Démarrage, le meilleur de {ROUNDS} tours :")
    for name, command, other, wanted in COMMANDS:
        pairs = [(seconds(command), seconds(other)) for _ in range(ROUNDS)]
        own, compared = min(time for time, _ in pairs), min(time for _, time in pairs)
        print(f"{name:<24} {own:6.3f} s  {compared:6.3f} s  {own / compared:5.2f} (voulu : {wanted} au plus)")


if __name__ == "__main__":
    print_starts()
