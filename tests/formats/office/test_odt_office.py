"""Our letters, converted by LibreOffice: both readers must see one letter."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from falc.document import Block, BlockKind, Document
from falc.formats import read
from falc.look import TextFormat

LETTERS = sorted((Path(__file__).parents[3] / "examples" / "lettres").glob("*.docx"))
LENGTHS = ("space_before", "space_after", "first_line", "left", "right")
SAME = (
    "columns",
    "keep_with_next",
    "widow_control",
    "page_break_before",
    "vertical",
    "marker",
    "blank_before",
    "boxed",
)
LETTER = ("font", "weight", "italic", "underline", "strike", "capitals", "effects", "color", "background", "link")
pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odt")
    for kind in ("odt", "fodt"):
        office = ["soffice", f"-env:UserInstallation=file://{folder}/profil", "--headless", "--convert-to", kind]
        subprocess.run([*office, "--outdir", folder, *LETTERS], check=True, capture_output=True, timeout=300)
    return folder


def letters(block: Block) -> list[TextFormat]:
    """The look of each character."""
    return [run.format for run in block.runs for _ in range(run.span.start, run.span.end)]


def near(one: float | None, other: float | None) -> bool:
    """LibreOffice rounds to a tenth of a millimetre, about 0.28 points."""
    return one == other if one is None or other is None else abs(one - other) < 0.3


def running_text(document: Document) -> list[Block]:
    """Without footers: the number of pages is counted anew."""
    return [block for block in document.blocks if block.kind is not BlockKind.FOOTER]


@pytest.mark.parametrize("letter", LETTERS, ids=lambda path: path.stem)
def test_same_letter_in_both_formats(letter: Path, converted: Path) -> None:
    word, text = read(letter), read(converted / f"{letter.stem}.odt")
    ours, theirs = running_text(text), running_text(word)
    assert [block.text for block in ours] == [block.text for block in theirs]
    assert len(text.blocks) == len(word.blocks)
    for one, other in zip(ours, theirs, strict=True):
        assert (one.kind, one.level, one.path) == (other.kind, other.level, other.path)
        assert [getattr(one.format, name) for name in SAME] == [getattr(other.format, name) for name in SAME], one.path
        assert (one.format.alignment or "left") == (other.format.alignment or "left")
        for name in LENGTHS:
            assert near(getattr(one.format, name), getattr(other.format, name)), (one.path, name)
        for ours_look, theirs_look in zip(letters(one), letters(other), strict=True):
            assert [getattr(ours_look, n) for n in LETTER] == [getattr(theirs_look, n) for n in LETTER], one.text
            assert near(ours_look.size, theirs_look.size)


@pytest.mark.parametrize("letter", LETTERS, ids=lambda path: path.stem)
def test_same_pages_in_both_formats(letter: Path, converted: Path) -> None:
    word, text = read(letter).objects, read(converted / f"{letter.stem}.odt").objects
    assert len(word.pages) == len(text.pages)
    for one, other in zip(text.pages, word.pages, strict=True):
        assert (one.columns, one.numbered, one.total) == (other.columns, other.numbered, other.total)
        for name in ("width", "height", "top", "right", "bottom", "left"):
            assert near(getattr(one, name), getattr(other, name)), name
    tables = [[(t.rows, t.columns, t.headers, t.merged, t.layout) for t in objects.tables] for objects in (word, text)]
    assert tables[0] == tables[1]
    assert len(word.pictures) == len(text.pictures)
    assert [link.kind for link in word.links] == [link.kind for link in text.links]


@pytest.mark.parametrize("letter", LETTERS, ids=lambda path: path.stem)
def test_flat_file_is_the_same_letter(letter: Path, converted: Path) -> None:
    packed, flat = (read(converted / f"{letter.stem}.{kind}") for kind in ("odt", "fodt"))
    assert packed.text == flat.text
    assert [(b.kind, b.path, b.format, b.runs) for b in packed.blocks] == [
        (b.kind, b.path, b.format, b.runs) for b in flat.blocks
    ]
