"""Files are written whole or not at all, and never where they should not."""

import os
import threading
from pathlib import Path

import pytest

import falc
from falc.files import files_below, write_atomically
from falc.model import FalcError

LETTER = Path(__file__).parent.parent / "examples" / "lettres" / "reexamen-aah.docx"
LIGHT = falc.Config(select=("NUM005",))


def test_the_letter_itself_is_written_only_on_request(tmp_path):
    letter = tmp_path / "a.docx"
    letter.write_bytes(LETTER.read_bytes())
    (tmp_path / "lien.docx").symlink_to(letter)
    linter = falc.Linter(config=LIGHT)
    for target in (letter, tmp_path / "." / "a.docx", tmp_path / "lien.docx"):
        with pytest.raises(FalcError, match="lettre d'origine"):
            linter.annotate(letter, target)
    assert letter.read_bytes() == LETTER.read_bytes()
    linter.annotate(tmp_path / "lien.docx", tmp_path / "lien.docx", in_place=True)
    assert (tmp_path / "lien.docx").is_symlink()
    assert letter.read_bytes() != LETTER.read_bytes()


def test_no_device_and_no_folder_is_replaced(tmp_path):
    (tmp_path / "dossier").mkdir()
    os.mkfifo(tmp_path / "tube")
    for name in ("dossier", "tube"):
        with pytest.raises(FalcError, match="fichier ordinaire"):
            write_atomically(tmp_path / name, b"x")


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")

    def refuse(self, other):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FalcError, match="le disque est plein"):
        write_atomically(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert target.read_bytes() == b"old"


def test_files_of_a_folder(tmp_path):
    for name in ("b.docx", "a.txt", "~$b.docx", ".cache/c.txt", "sous/d.html", "e.png", "node_modules/f.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert [str(path.relative_to(tmp_path)) for path in files_below(tmp_path)] == ["a.txt", "b.docx", "sous/d.html"]


@pytest.mark.model
def test_several_threads_load_the_model_once():
    import re

    from falc.french import pipeline

    pipeline._load.cache_clear()
    before = re.compile
    results = []
    threads = [threading.Thread(target=lambda: results.append(pipeline.load())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(nlp) for nlp in results}) == 1
    assert pipeline._load.cache_info().misses == 1
    assert re.compile is before


def test_what_falc_wrote_is_not_checked_again(tmp_path):
    (tmp_path / "lettre.txt").write_text("Bonjour.", encoding="utf-8")
    (tmp_path / "lettre.annote.docx").write_bytes(b"PK")
    report = '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<meta name="generator" content="falc">'
    (tmp_path / "rapport.html").write_text(report, encoding="utf-8")
    (tmp_path / "page.html").write_text("<p>Bonjour.</p>", encoding="utf-8")
    assert [path.name for path in files_below(tmp_path)] == ["lettre.txt", "page.html"]
