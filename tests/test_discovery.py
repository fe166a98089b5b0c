"""Which files are found: patterns as git reads them, links, order, what the user names."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falc.config import Config, Settings
from falc.discovery import Discovery
from falc.linter import Linter
from falc.model import FalcError


def make(root, *names, text="Bonjour.\n"):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(root, *paths, **options):
    files = Discovery(Settings(), **options).files(paths or [root])
    return [str(path) if isinstance(path, FalcError) else path.relative_to(root).as_posix() for path in files]


def git(root, *arguments):
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    run = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True, env=environment)
    return run.stdout.decode()


def test_usual_left_outs_and_order(tmp_path):
    make(tmp_path, "b.md", "a.txt", "~$b.docx", ".cache/c.txt", "sous/d.html.j2", "e.png", "node_modules/f.md")
    make(tmp_path, "a/z.txt", "venv/x.txt", ".git/info.txt", "sous/a.txt")
    assert found(tmp_path) == ["a/z.txt", "a.txt", "b.md", "sous/a.txt", "sous/d.html.j2"]


def test_every_source_of_patterns(tmp_path):
    make(tmp_path, *(f"{name}.txt" for name in ("git", "info", "falc", "reglage", "commande", "reste")))
    make(tmp_path, "sous/git.txt", "sous/profond/reste.txt")
    make(tmp_path, ".git/info/exclude", text="info.txt\n")
    make(tmp_path, ".gitignore", text="# rien\r\n/git.txt\r\n")
    make(tmp_path, ".falcignore", text="falc.txt\n")
    make(tmp_path, "falc.toml", text='exclude = ["/reglage.txt"]\n')
    make(tmp_path, "sous/.gitignore", text="profond/\n")
    assert found(tmp_path, exclude=["**/commande.txt"]) == ["reste.txt", "sous/git.txt"]
    assert "git.txt" in found(tmp_path, gitignore=False) and "falc.txt" not in found(tmp_path, gitignore=False)


def test_the_patterns_of_the_command_line_count_from_the_current_folder(tmp_path, monkeypatch):
    make(tmp_path, "a.txt", "sous/a.txt")
    monkeypatch.chdir(tmp_path)
    assert found(tmp_path, exclude=["/a.txt"]) == ["sous/a.txt"]
    assert [str(path) for path in Discovery(Settings(), exclude=["sous/"]).files([Path()])] == ["a.txt"]


def test_folders_above_count_up_to_the_repository_only(tmp_path):
    make(tmp_path, ".gitignore", text="*.txt\n")
    make(tmp_path, "depot/.git/HEAD", "depot/lettres/a.txt", "depot/lettres/b.txt")
    make(tmp_path, "depot/.gitignore", text="lettres/b.txt\n")
    assert found(tmp_path / "depot", tmp_path / "depot" / "lettres") == ["lettres/a.txt"]


def test_what_is_stronger_brings_back(tmp_path):
    make(tmp_path, "a.txt", "b.txt", ".github/modele.md", "sortie/c.txt")
    make(tmp_path, ".gitignore", text="*.txt\nsortie/\n")
    make(tmp_path, ".falcignore", text="!a.txt\n")
    make(tmp_path, "falc.toml", text='exclude = ["!.github/", "!sortie/c.txt"]\n')
    # As in git, nothing comes back from a folder that is left out.
    assert found(tmp_path) == [".github/modele.md", "a.txt"]


def test_each_folder_has_its_own_settings(tmp_path):
    make(tmp_path, "a.txt", "sous/a.txt", "sous/b.txt")
    make(tmp_path, "falc.toml", text='exclude = ["a.txt"]\n')
    make(tmp_path, "sous/falc.toml", text='exclude = ["b.txt"]\n')
    assert found(tmp_path) == ["sous/a.txt"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "format"), [("Nonobstant ce rappel.", "text"), ("<p>Nonobstant ce rappel.</p>", "html")]
)
def test_a_file_that_the_settings_include_is_read(tmp_path, text, format):
    make(tmp_path, "falc.toml", text='include = ["mail/*.mail"]\n')
    make(tmp_path, "mail/a.mail", "b.mail", text=text)
    report = Linter().check(tmp_path / "mail" / "a.mail")
    assert report.format == format and "MOT010" in {finding.code for finding in report}
    with pytest.raises(FalcError, match="mail"):
        Linter().check(tmp_path / "b.mail")


def test_include_adds_names_and_never_brings_back(tmp_path):
    make(tmp_path, "a.mail", "b.eml", "vieux/c.mail")
    make(tmp_path, "falc.toml", text='include = ["*.mail"]\nexclude = ["vieux/"]\n')
    assert found(tmp_path) == ["a.mail"]


def test_named_files_are_checked_unless_forced(tmp_path):
    make(tmp_path, "vieux/a.txt", "vieux/b.txt", "c.txt")
    make(tmp_path, "falc.toml", text='exclude = ["vieux/"]\n')
    named = [tmp_path / "vieux" / "a.txt", tmp_path / "c.txt", tmp_path / "vieux"]
    assert found(tmp_path, *named) == ["vieux/a.txt", "c.txt", "vieux/b.txt"]
    assert found(tmp_path, *named, force=True) == ["c.txt"]
    assert Discovery(Settings(), force=True).leaves_out(tmp_path / "vieux" / "absente.txt")
    assert not Discovery(Settings(), force=True).leaves_out(tmp_path)


def test_dots_in_a_path_are_no_hidden_folder(tmp_path, monkeypatch):
    make(tmp_path, ".depot/.git/HEAD", "a.txt", ".depot/a.txt", ".depot/sous/b.txt")
    monkeypatch.chdir(tmp_path / ".depot" / "sous")
    names = [Path(".."), Path(), Path("../a.txt"), Path("b.txt")]
    assert [str(path) for path in Discovery(Settings(), force=True).files(names)] == ["../a.txt", "../sous/b.txt"]


def test_each_file_once_and_no_loops(tmp_path):
    make(tmp_path, "a.txt", "sous/b.txt", "ailleurs/c.txt")
    (tmp_path / "sous" / "boucle").symlink_to(tmp_path)
    (tmp_path / "lien.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "mort.txt").symlink_to(tmp_path / "absente")
    os.mkfifo(tmp_path / "tube.txt")
    every = ["a.txt", "ailleurs/c.txt", "mort.txt", "sous/b.txt"]
    assert found(tmp_path) == every
    assert found(tmp_path, tmp_path / "sous", tmp_path, tmp_path / "sous" / ".." / "a.txt") == [every[-1], *every[:-1]]


def test_an_empty_folder_says_why(tmp_path):
    assert "aucun fichier que falc sait lire" in found(tmp_path)[0] and ".falcignore" not in found(tmp_path)[0]
    make(tmp_path, "a.txt")
    make(tmp_path, ".gitignore", text="a.txt\n")
    assert ".falcignore ou .gitignore" in found(tmp_path)[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_closed_folder_is_told(tmp_path):
    make(tmp_path, "a.txt", "clos/b.txt")
    (tmp_path / "clos").chmod(0)
    try:
        files = found(tmp_path)
    finally:
        (tmp_path / "clos").chmod(0o755)
    assert files[0] == "a.txt" and "clos : falc ne peut pas lire ce dossier" in files[1]


@pytest.mark.parametrize(
    ("name", "text", "parts"),
    [
        (".falcignore", "a.txt\n!\n", [".falcignore, ligne 2", "« ! »"]),
        ("falc.toml", '\nexclude = ["a/", "b["]\n', ["falc.toml, ligne 2", "« exclude »", "« b[ »"]),
        ("falc.toml", 'include = ["!a.mail"]\n', ["falc.toml, ligne 1", "« include »", "« !a.mail »"]),
    ],
)
def test_a_wrong_pattern_is_told_with_its_line(tmp_path, name, text, parts):
    make(tmp_path, "a.txt")
    make(tmp_path, name, text=text)
    with pytest.raises(FalcError) as caught:
        found(tmp_path)
    for part in parts:
        assert part in str(caught.value)


def test_git_passes_over_lines_that_make_no_sense(tmp_path):
    make(tmp_path, "a.txt", "b.txt")
    make(tmp_path, ".gitignore", text="!\nb[\n[z-a]\na.txt\n")
    assert found(tmp_path) == ["b.txt"]


def test_a_worktree_reads_the_excludes_of_its_repository(tmp_path):
    main = tmp_path / "depot"
    make(main, "a.txt", "b.txt")
    git(main, "init", "-q")
    git(main, "add", ".")
    git(main, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x")
    git(main, "worktree", "add", "-q", "../autre")
    make(main, ".git/info/exclude", text="b.txt\n")
    assert found(tmp_path / "autre") == ["a.txt"]


def test_a_walk_starts_at_once(tmp_path):
    make(tmp_path, "a/a.txt", "b/b.txt")
    discovery = Discovery(Settings(Config()))
    next(iter(discovery.files([tmp_path])))
    assert set(discovery.folders) == {str(tmp_path), str(tmp_path / "a")}


NAMES = st.sampled_from(["a", "b", "ab", "b.c", "a b", "été"])  # git counts « é » as two signs
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
PIECES = st.sampled_from(["a", "b", "ab", "*", "**", "?", "a*", "*.txt", "[ab]", "[!a]", "a b", "été", r"\a"])
PATTERNS = st.builds(
    lambda sign, start, pieces, end: sign + start + "/".join(pieces) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "/"]),
    st.lists(PIECES, min_size=1, max_size=3),
    st.sampled_from(["", "", "/"]),
)


@settings(deadline=None, max_examples=120)
@given(st.sets(PATHS, min_size=1), st.lists(PATTERNS, max_size=4), st.lists(PATTERNS, max_size=2))
def test_the_same_files_as_git(paths, patterns, deeper):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        git(root, "init", "-q")
        make(root, *(f"{path}.txt" for path in paths))
        make(root, ".gitignore", text="\n".join(patterns))
        if (root / "a").is_dir():
            make(root, "a/.gitignore", text="\n".join(deeper))
        listed = git(root, "ls-files", "-z", "--others", "--exclude-standard").split("\0")
        wanted = sorted(name for name in listed if name.endswith(".txt"))
        assert sorted(name for name in found(root) if "\n" not in name and "aucun fichier" not in name) == wanted
