"""A letter goes in, an annotated letter comes out: comments at the exact words, all else unharmed."""

import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

import falc

LETTERS = sorted((Path(__file__).parent.parent / "examples" / "lettres").glob("*.docx"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def commented_words(path):
    """Return the words between the marks of each comment, by comment id."""
    root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    open_, words = set(), {}
    for node in root.iter():
        if node.tag == f"{W}commentRangeStart":
            open_.add(node.get(f"{W}id"))
        elif node.tag == f"{W}commentRangeEnd":
            open_.discard(node.get(f"{W}id"))
        elif node.tag in (f"{W}t", f"{W}tab", f"{W}br") and not any(p.tag == f"{W}del" for p in node.iterancestors()):
            for number in open_:
                words[number] = words.get(number, "") + (node.text or "" if node.tag == f"{W}t" else " ")
    return words


@pytest.mark.model
@pytest.mark.parametrize("letter", LETTERS, ids=[path.stem for path in LETTERS])
def test_one_comment_for_each_finding_at_its_words(letter, linter, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    output, again = tmp_path / "a.docx", tmp_path / "b.docx"
    before = letter.read_bytes()
    report = linter.annotate(letter, output)
    linter.annotate(letter, again)
    assert letter.read_bytes() == before
    assert output.read_bytes() == again.read_bytes()

    old = {comment.comment_id for comment in docx.Document(letter).comments}
    comments = [comment for comment in docx.Document(output).comments if comment.comment_id not in old]
    assert {comment.author for comment in comments} <= {"falc"}
    anchored = [finding for finding in report if finding.text]
    gathered = [comment for comment in comments if comment.text.startswith("[")]
    single = [comment for comment in comments if comment not in gathered]
    for comment, finding in zip(single, anchored, strict=True):
        assert finding.message in comment.text
        assert finding.code in comment.text
    # What has no words of its own (a picture, the page) is told at the nearest text, all in one comment.
    for finding in report:
        if not finding.text:
            assert any(f"[{finding.location.place}] {finding.message}" in comment.text for comment in gathered)
    assert len(gathered) <= len({finding.span for finding in report if not finding.text})

    words = commented_words(output)
    for comment, finding in zip(single, anchored, strict=True):
        if finding.location.place.startswith(("corps", "tableau")) and "«" not in finding.text:
            assert "".join(words[str(comment.comment_id)].split()) == "".join(finding.text.split())


@pytest.mark.model
@pytest.mark.parametrize("letter", LETTERS, ids=[path.stem for path in LETTERS])
def test_nothing_else_changes(letter, linter, tmp_path):
    output = tmp_path / "a.docx"
    report = linter.annotate(letter, output)
    before, after = zipfile.ZipFile(letter), zipfile.ZipFile(output)
    touched = {
        "word/document.xml",
        "word/comments.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
    }
    assert set(before.namelist()) <= set(after.namelist())
    for name in set(before.namelist()) - touched:
        assert before.read(name) == after.read(name), name
    assert linter.check(output).document.text == report.document.text


@pytest.mark.model
@pytest.mark.office
def test_libreoffice_opens_it_and_keeps_the_comments(linter, tmp_path):
    output = tmp_path / "lettre.docx"
    report = linter.annotate(LETTERS[-1], output)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind in ("pdf", "odt"):
        command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", tmp_path, output]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert (tmp_path / "lettre.pdf").read_bytes().startswith(b"%PDF")
    content = zipfile.ZipFile(tmp_path / "lettre.odt").read("content.xml").decode()
    comments = sum(comment.author == "falc" for comment in docx.Document(output).comments)
    assert content.count("<dc:creator>falc</dc:creator>") == comments >= sum(bool(f.text) for f in report)


def test_only_word_files_get_comments(tmp_path):
    (tmp_path / "a.txt").write_text("Bonjour.", encoding="utf-8")
    with pytest.raises(falc.FalcError, match=r"a\.txt.*Word"):
        falc.Linter(config=falc.Config(select=("NUM005",))).annotate(tmp_path / "a.txt", tmp_path / "b.docx")
    assert not (tmp_path / "b.docx").exists()
