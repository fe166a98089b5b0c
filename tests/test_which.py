"""The options that choose files, as a command meets them."""

import io
import json
import os
import subprocess

import click
import pytest
from click.testing import CliRunner

from falc.cli.fix import fix
from falc.cli.which import check_options, files_of, show_files, which_options
from falc.config import Settings
from falc.model import FalcError

FAULTY = "Répondez avant le 12/03/2024.\n"


@click.command()
@click.argument("paths", nargs=-1)
@check_options
@which_options
@click.option("--json", "as_json", is_flag=True)
def command(paths, which, as_json):
    """List the files, as `falc check --show-files` does."""
    return show_files(files_of(Settings(), paths or (".",), which), as_json)


def run(*arguments, of=command, stdin=None):
    done = CliRunner().invoke(of, [*arguments], standalone_mode=False, input=stdin)
    if done.exception:
        raise done.exception
    return done.return_value, done.stdout, done.stderr.replace("\u00a0", " ")


@pytest.fixture
def depot(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name in ("a.txt", "b.md", "vieux/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(FAULTY, encoding="utf-8")
    (tmp_path / "falc.toml").write_text('exclude = ["vieux/"]\nselect = ["NUM005"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commit(root):
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def test_the_files_are_listed(depot):
    assert run() == (0, "a.txt\nb.md\n", "")
    assert run("vieux", "a.txt", "./a.txt")[1] == "vieux/c.txt\na.txt\n"
    assert run("--force-exclude", "vieux/c.txt", "b.md")[1] == "b.md\n"
    assert run("--exclude", "*.md", "--exclude", "/a.txt", "vieux")[1] == "vieux/c.txt\n"
    assert json.loads(run("--json")[1]) == {"version": 1, "files": ["a.txt", "b.md"]}


def test_what_cannot_be_listed_is_told_beside(depot):
    (depot / "vide").mkdir()
    code, out, err = run("vide", "a.txt")
    assert (code, out) == (2, "a.txt\n")
    assert err.startswith("falc : vide : ce dossier ne contient aucun fichier")


def test_ignored_files_are_taken_on_request(depot):
    (depot / ".gitignore").write_text("*.md\n", encoding="utf-8")
    assert run()[1] == "a.txt\n"
    assert run("--no-gitignore")[1] == "a.txt\nb.md\n"


def test_only_what_changed(depot):
    commit(depot)
    assert run("--changed") == (0, "", "")
    (depot / "b.md").write_text("Bonjour.\n", encoding="utf-8")
    (depot / "vieux" / "c.txt").write_text("Bonjour.\n", encoding="utf-8")
    assert run("--changed")[1] == run("--changed=HEAD")[1] == run("a.txt", "b.md", "--changed")[1] == "b.md\n"


def test_a_folder_after_changed_is_no_branch(depot):
    commit(depot)
    (depot / "b.md").write_text("Bonjour.\n", encoding="utf-8")
    (depot / "vieux" / "d.txt").write_text("Bonjour.\n", encoding="utf-8")
    assert run("--changed", "vieux")[1] == "vieux/d.txt\n"
    assert run("--changed", "b.md", "vieux")[1] == "b.md\nvieux/d.txt\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--lines"], "ne va qu'avec --changed"),
        (["--changed", "-"], "git ne connaît pas|entrée standard"),
        (["-", "--changed"], "entrée standard"),
        (["--changed=absente"], "git ne connaît pas « absente »"),
        ([""], "nom de fichier est vide"),
        (["--exclude", "["], "n'est pas un motif"),
    ],
)
def test_what_makes_no_sense_is_told(depot, arguments, message):
    commit(depot)
    with pytest.raises(FalcError, match=message):
        run(*arguments)


def test_wrong_settings_are_told_once_and_the_other_folders_are_checked(depot):
    (depot / "vieux" / "falc.toml").write_text('[per-file-ignores]\n"*.txt" = ["PHR01"]\n', encoding="utf-8")
    (depot / "vieux" / "d.txt").write_text(FAULTY, encoding="utf-8")
    code, out, err = run("vieux", ".")
    assert (code, out) == (2, "a.txt\nb.md\n")
    assert err.count("falc.toml, ligne 2 : la règle « PHR01 » n'existe pas") == 1


def test_fix_takes_the_same_files(depot):
    run(of=fix)
    assert [(depot / name).read_text(encoding="utf-8") == FAULTY for name in ("a.txt", "b.md", "vieux/c.txt")] == [
        False,
        False,
        True,
    ]


def test_a_text_left_out_by_its_name_comes_back_as_it_was(depot, capfdbinary, monkeypatch):
    def fixed(*arguments):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(FAULTY.encode())))
        with pytest.raises(SystemExit):
            fix.main([*arguments, "-"], standalone_mode=True)
        return capfdbinary.readouterr().out.decode()

    assert fixed("--force-exclude", "--stdin-filename", "vieux/c.txt") == FAULTY
    assert "12 mars 2024" in fixed("--stdin-filename", "vieux/c.txt").replace("\u00a0", " ")
