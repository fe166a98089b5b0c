"""`falc annotate --track-changes`: corrections as tracked changes, what is left in comments."""

import shutil
import subprocess
from pathlib import Path

import pytest
from formats.office.reviewed import reviewed
from formats.office.validators import new_faults

import falc
from falc.cli import main
from falc.formats import read
from falc.formats.office.specimen import docx_specimen
from falc.model import Reading, Revisions

LETTERS = sorted((Path(__file__).parent.parent / "examples" / "lettres").glob("*.docx"))
LETTER = next(path for path in LETTERS if path.stem == "radiation-domiciliation")
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def odt(tmp_path_factory):
    """The letter as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("odt")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "odt", "--outdir", folder, LETTER]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{LETTER.stem}.odt"


def check_review(linter, letter, folder):
    """Annotate a letter; return where, once the two views of its text are those that they must be."""
    output = folder / f"relu{letter.suffix}"
    done = linter.annotate(letter, output, track_changes=True)
    assert done.changes and done.comments
    accepted, original = read(output), read(output, Reading(Revisions.ORIGINAL))
    assert original.text == read(letter, Reading(Revisions.ORIGINAL)).text
    assert accepted.text == linter.fix(letter, write=False).text
    assert new_faults(letter.read_bytes(), output.read_bytes(), letter.suffix) == {}
    return output


@pytest.mark.parametrize("letter", LETTERS, ids=[path.stem for path in LETTERS])
def test_both_views_of_a_reviewed_letter(letter, linter, tmp_path):
    if linter.fix(letter, write=False).edits:
        check_review(linter, letter, tmp_path)


@pytest.mark.office
def test_libreoffice_accepts_and_rejects(linter, odt, tmp_path):
    for letter in (LETTER, odt):
        output = check_review(linter, letter, tmp_path)
        fixed = tmp_path / f"corrige{letter.suffix}"
        linter.fix(letter, fixed)
        before, after, plain = reviewed([letter, output, fixed])
        assert after["rejected"] == before["text"]
        assert after["accepted"] == plain["text"]
        ours = [comment for comment in after["comments"] if comment["author"] == "falc"]
        assert len(ours) > 10
        assert all(comment["words"] for comment in ours)
        assert {change["author"] for change in after["changes"]} == {"falc"}


def test_what_a_change_corrects_has_no_comment(linter, tmp_path):
    letter = tmp_path / "a.docx"
    letter.write_bytes(docx_specimen("<w:p><w:r><w:t>Nonobstant la pluie, venez.</w:t></w:r></w:p>"))
    only = falc.Linter(config=falc.Config(select=("MOT",)))
    assert [finding.text for finding in only.check(letter)] == ["Nonobstant"]
    plain, tracked = (only.annotate(letter, tmp_path / "b.docx", track_changes=track) for track in (False, True))
    assert (plain.changes, tracked.changes) == (0, 1)
    assert plain.comments == tracked.comments + 1  # the summary stays


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*args):
        with pytest.raises(SystemExit) as stop:
            main([str(arg) for arg in args])
        return stop.value.code, *capsys.readouterr()

    return run


def test_options_of_the_command(run, tmp_path):
    letter = tmp_path / "lettre.docx"
    shutil.copy(LETTER, letter)
    code, said, _ = run("annotate", letter, "--track-changes")
    assert code == 0
    assert said.startswith(str(tmp_path / "lettre.annote.docx"))
    assert "corrections proposées" in said
    assert run("annotate", letter, "--unsafe")[0] == 2
    everything, errors = (linter_count(run, letter, *options) for options in ((), ("--only", "errors")))
    assert 0 < errors < everything
    assert linter_count(run, letter, "--max-comments", "3") <= 4


def linter_count(run, letter, *options):
    code, said, _ = run("annotate", letter, *options)
    assert code == 0
    return int(said.partition("remarques, ")[2].split()[0])


def test_original_text_can_be_checked(run, tmp_path):
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Vous recevez </w:t></w:r><w:del w:id="1" w:author="Ana"><w:r><w:delText>'
        'nonobstant</w:delText></w:r></w:del><w:ins w:id="2" w:author="Ana"><w:r><w:t>malgré</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> tout une aide.</w:t></w:r></w:p>'
    )
    (tmp_path / "a.docx").write_bytes(docx_specimen(body))
    assert "nonobstant" not in run("check", tmp_path / "a.docx", "--select", "MOT")[1]
    assert "nonobstant" in run("check", tmp_path / "a.docx", "--select", "MOT", "--revisions", "original")[1]
    (tmp_path / "falc.toml").write_text('revisions = "original"\n', encoding="utf-8")
    assert "nonobstant" in run("check", tmp_path / "a.docx", "--select", "MOT")[1]


def test_a_text_takes_no_comments(run, tmp_path):
    (tmp_path / "a.txt").write_text("Bonjour.", encoding="utf-8")
    code, _, said = run("annotate", tmp_path / "a.txt", "-o", tmp_path / "b.txt")
    assert code == 2
    assert "a.txt" in said and "LibreOffice" in said
    assert not (tmp_path / "b.txt").exists()
