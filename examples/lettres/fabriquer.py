"""Make the example letters: `python examples/lettres/fabriquer.py [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

import easy
import originals
from word import save


def main(folder: Path) -> None:
    """Write every letter into `folder`."""
    for name, make in (originals.LETTERS | easy.LETTERS).items():
        save(make(), folder / f"{name}.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
