"""Compare the text that falc reads with LibreOffice's text export: `python -m tests.formats.office.text_oracle FOLDER`.

The export holds the body only, and departs from what the reader of a letter sees in known ways, which `Difference`
names.  A difference without a reason is for people to judge.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from falc.document import Block, Document
from falc.formats.office.docx.text import read_docx
from falc.formats.office.package import W, open_package

from .oracle import MISSING, soffice

# What the export leaves out, as falc names the places.
_FLOWS = {"zone de texte": "text box", "en-tête": "header", "pied de page": "footer", "note": "note"}
_BLANKS = re.compile(r"[ \t\u00a0\u00ad]+")
_NUMBER = re.compile(r"[\divx]+")
_BULLET = "•"  # what the export writes for every bullet


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that falc reads and what the export has instead; `reason` tells why, when the export is known to be so."""

    falc: str
    office: str
    reason: str = ""


def exported(files: Sequence[Path]) -> list[str]:
    """Return the text that LibreOffice exports from each file."""
    office = soffice()
    if office is None:
        raise RuntimeError(MISSING)
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder]
        subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
        return [(Path(folder) / f"{file.stem}.txt").read_text("utf-8-sig") for file in files]


def differences(data: bytes, export: str) -> list[Difference]:
    """Return how the text of a Word file differs from its export: first what the export leaves out."""
    document = read_docx(data, "-")
    lines = [(line, _flow(block)) for block in document.blocks for line in _lines(document, block)]
    left_out = [Difference(line, "", flow) for line, flow in lines if flow]
    ours = [line for line, flow in lines if not flow]
    theirs = [line for line in map(_plain, export.split("\n")) if line]
    gone = _deleted(data)
    return left_out + [
        Difference(our, their, _reason(our, their, gone)) for our, their in _pairs(ours, theirs) if our != their
    ]


def _flow(block: Block) -> str:
    return next((name for place, name in _FLOWS.items() if place in block.path), "")


def _lines(document: Document, block: Block) -> Iterator[str]:
    """Yield the lines of a block as they look on the page, with what its list shows in front of them."""
    marker = block.format.marker or ""
    if marker and not any(character.isalnum() for character in marker):
        marker = _BULLET
    text = document.text[block.segments[0].source.start : block.segments[-1].source.end]
    yield from (shown for line in f"{marker} {text}".split("\n") if (shown := _plain(line)))


def _plain(line: str) -> str:
    return _BLANKS.sub(" ", line).strip()


def _pairs(ours: list[str], theirs: list[str]) -> Iterator[tuple[str, str]]:
    """Put side by side the lines that differ: those that are alike, in order, and the others with nothing."""
    for kind, start, end, first, last in SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes():
        there = theirs[first:last] if kind != "equal" else []
        for line in ours[start:end] if kind != "equal" else ():
            like = next((n for n, other in enumerate(there) if _alike(line, other)), None)
            if like is None:
                yield line, ""
            else:
                yield from (("", other) for other in there[:like])
                yield line, there[like]
                there = there[like + 1 :]
        yield from (("", other) for other in there)


def _alike(line: str, other: str) -> bool:
    return SequenceMatcher(a=line, b=other, autojunk=False).ratio() > 0.6


def _deleted(data: bytes) -> list[str]:
    """Return the texts of deletions and of what was moved away, the longest first."""
    package = open_package(data)
    changes = package.xml(package.main).iter(f"{W}del", f"{W}moveFrom")
    texts = ("".join(t.text or "" for t in change.iter(f"{W}delText", f"{W}t")) for change in changes)
    return sorted((plain for text in texts if (plain := _plain(text))), key=len, reverse=True)


def _reason(ours: str, theirs: str, gone: list[str]) -> str:
    kept = theirs
    for text in gone:
        kept = kept.replace(text, "", 1)
    found = ["deleted text"] if kept != theirs else []
    changes = SequenceMatcher(a=ours.replace(" ", ""), b=kept.replace(" ", ""), autojunk=False).get_opcodes()
    added = [kept.replace(" ", "")[first:last] for kind, _, _, first, last in changes if kind == "insert"]
    if any(kind not in ("equal", "insert") for kind, *_ in changes) or not all(map(_NUMBER.fullmatch, added)):
        return ""
    return " and ".join([*found, "mark of a note"] if added else found) or "blanks"


def main(folder: str) -> None:
    """Print each difference of each Word file of a folder."""
    files = sorted(Path(folder).glob("*.docx"))
    for file, export in zip(files, exported(files), strict=True):
        found = differences(file.read_bytes(), export)
        print(f"{file.name}: {len(found)} differences, {sum(not one.reason for one in found)} without a reason")
        for one in found:
            print(f"  [{one.reason or '?'}] falc «{one.falc}» LibreOffice «{one.office}»")


if __name__ == "__main__":
    main(sys.argv[1])
