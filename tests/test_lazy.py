"""What must answer at once does not import spaCy."""

import subprocess
import sys

import pytest

SPY = """
import sys
from falc.cli import main
try:
    main()
except SystemExit:
    pass
heavy = sorted({"spacy", "docx", "lxml", "textstat", "nltk", "thinc"} & set(sys.modules))
print("HEAVY", heavy)
"""


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["rules"], ["explain", "PHR006"], ["word", "nonobstant"], ["config"]],
    ids=" ".join,
)
def test_command_is_light(arguments):
    run = subprocess.run([sys.executable, "-c", SPY, *arguments], capture_output=True, text=True, check=True)
    assert run.stdout.rstrip().endswith("HEAVY []"), run.stdout[-300:] + run.stderr


def test_import_is_light():
    code = "import sys, falc; print(sorted({'spacy', 'docx', 'lxml', 'textstat'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
