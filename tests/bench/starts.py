"""What starting costs: each command is a process of its own."""

from __future__ import annotations

from functools import partial

from figures import Table, best_of, run_python

ROUNDS = 5
_CLICK = ("import click", ["-c", "import click"], 2.5)
_MODEL = ("spacy.load('fr_core_news_md')", ["-c", "import spacy; spacy.load('fr_core_news_md')"], 0.4)
_LETTER = "examples/lettres/radiation-domiciliation.docx"
# Command, and what it is compared to: its name, how it runs, and how many times its time the command may take.
COMMANDS = (
    (("--version",), _CLICK),
    (("--help",), _CLICK),
    (("explain", "PHR001"), _CLICK),
    (("rules",), _CLICK),
    (("word", "nonobstant"), _CLICK),
    (("check", "--isolated", "--exit-zero", "--no-cache", _LETTER), _MODEL),
)


def table() -> Table:
    """Compare the time of commands from cold with the time of imports that anyone can run."""
    about = f"Each command is a process of its own; they run in turns {ROUNDS} times, and the best of each counts."
    made = Table("Starting", about)
    for words, (name, other, wanted) in COMMANDS:
        command = ["-m", "falc", *words]
        run_python(command)  # what falc makes of its rules and lexicons is kept: made once, not each time
        own, base = best_of(ROUNDS, partial(run_python, command), partial(run_python, other))
        shown = "check, a letter of one page" if words[0] == "check" else " ".join(words)
        made.add(f"`falc {shown}`", own, compared_to=f"`{name}`", base=base, wanted=f"ratio ≤ {wanted}")
    return made
