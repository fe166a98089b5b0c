"""Write a copy of a Word letter with one comment per problem: `… [LETTER] [COPY]`."""

import sys
import tempfile
from pathlib import Path

import falc

letter = Path(sys.argv[1] if len(sys.argv) > 1 else "examples/lettres/recuperation-apl.docx")
copy = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.gettempdir(), f"{letter.stem}-annotee.docx")

falc.annotate(letter, copy)
print(f"Ouvrez {copy} dans Word ou LibreOffice.")
