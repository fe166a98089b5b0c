"""Which files and sentences git says changed."""

import os
import subprocess
from pathlib import Path

import pytest

import falc
from falc.changed import Changes
from falc.git import Repository
from falc.model import FalcError

LIGHT = falc.Config(select=("NUM005", "IMG010"))
OFFICE = Path(__file__).parent.parent / "examples" / "lettres" / "reexamen-aah.docx"
DATE = "Répondez avant le 12/03/2024."


def git(root, *arguments, **environment):
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    options = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")
    command = ["git", *options, *arguments]
    return subprocess.run(
        command, cwd=root, capture_output=True, check=True, env={**os.environ, **quiet, **environment}
    ).stdout.decode()


def write(root, **texts):
    for name, text in texts.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def commit(root, **texts):
    write(root, **texts)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x", "--allow-empty")


@pytest.fixture
def depot(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    root = tmp_path / "dépôt de lettres"
    root.mkdir()
    git(root, "init", "-q")
    return root


def changed(root, ref=""):
    return sorted(file.path.relative_to(root.resolve()).as_posix() for file in Repository.around(root, ref).changed)


def told(path, ref="", config=LIGHT):
    report = Changes(ref).only_new(falc.Linter(config=config).check(path))
    return [finding.text for finding in report.findings]


def test_since_the_last_commit(depot):
    commit(depot, a_txt="a", b_txt="b", c_txt="c\n" * 9, sous__d_txt="d", _gitignore="vu.txt\n")
    write(depot, a_txt="aa", sous__e_txt="e", vu_txt="x")
    (depot / "b.txt").unlink()
    git(depot, "mv", "c.txt", "été.txt")
    write(depot, **{"un\ndeux_txt": "x", "avec espace_txt": "x"})
    git(depot, "add", "avec espace.txt")
    assert changed(depot) == ["a.txt", "avec espace.txt", "sous/e.txt", "un\ndeux.txt", "été.txt"]
    assert Repository.around(depot / "sous" / "e.txt").top == depot.resolve()


def test_since_a_branch(depot):
    commit(depot, a_txt="a", b_txt="b")
    git(depot, "checkout", "-qb", "travail")
    commit(depot, c_txt="c")
    git(depot, "checkout", "-q", "main")
    commit(depot, a_txt="changé dans main seulement")
    git(depot, "checkout", "-q", "travail")
    write(depot, d_txt="d")
    assert changed(depot, "main") == ["c.txt", "d.txt"]
    assert changed(depot, "main~0") == ["c.txt", "d.txt"]


def test_before_the_first_commit(depot):
    write(depot, a_txt="a", b_txt="b")
    git(depot, "add", "a.txt")
    assert changed(depot) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("ref", ["absente", "-q", "--output=x", "HEAD..HEAD", "a\nb"])
def test_an_unknown_reference_is_told(depot, ref):
    commit(depot, a_txt="a")
    with pytest.raises(FalcError, match="git ne connaît pas"):
        changed(depot, ref)


def test_no_common_history_is_told(depot):
    commit(depot, a_txt="a")
    git(depot, "checkout", "-q", "--orphan", "autre")
    commit(depot, b_txt="b")
    with pytest.raises(FalcError, match="rien de commun"):
        changed(depot, "main")


def test_no_repository_is_told(tmp_path):
    with pytest.raises(FalcError, match="n'est pas dans un dépôt git"):
        Repository.around(tmp_path)


def test_no_git_is_told(depot, monkeypatch):
    monkeypatch.setenv("PATH", str(depot))
    with pytest.raises(FalcError, match="ne trouve pas le programme git"):
        Repository.around(depot)


def test_a_bare_repository_is_told(tmp_path):
    git(tmp_path, "init", "-q", "--bare", "nu.git")
    with pytest.raises(FalcError, match="pas de fichiers de travail"):
        Repository.around(tmp_path / "nu.git")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a folder away")
def test_a_repository_of_someone_else_is_told(depot, monkeypatch):
    for path in (depot, depot / ".git"):
        os.chown(path, 65534, 65534)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    with pytest.raises(FalcError, match=r"safe\.directory"):
        Repository.around(depot)


def test_the_names_that_a_hook_brings_do_not_mislead(depot, tmp_path, monkeypatch):
    commit(depot, a_txt="a")
    other = tmp_path / "autre"
    other.mkdir()
    git(other, "init", "-q")
    write(depot, b_txt="b")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    assert changed(depot) == ["b.txt"]


def test_a_repository_kept_apart_is_found(tmp_path, monkeypatch):
    (tmp_path / "lettres").mkdir()
    git(tmp_path, "init", "-q", "--bare", "apart.git")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "apart.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "lettres"))
    write(tmp_path / "lettres", a_txt="a")
    assert changed(tmp_path / "lettres") == ["a.txt"]


def test_git_runs_nothing_that_the_repository_names(depot):
    commit(depot, a_txt="a", _gitattributes="*.txt diff=x\n")
    trap = f'touch "{depot}/piege"'
    for key in ("core.fsmonitor", "diff.x.textconv", "diff.x.command", "diff.external"):
        git(depot, "config", key, trap)
    write(depot, a_txt="b")
    changed(depot)
    told(depot / "a.txt")
    assert not (depot / "piege").exists()


def test_submodules_and_repositories_inside_are_left_out(depot):
    inside = depot / "dedans"
    inside.mkdir()
    git(inside, "init", "-q")
    commit(inside, a_txt="a")
    commit(depot, b_txt="b")
    write(inside, a_txt="autre")
    write(depot, b_txt="autre")
    assert changed(depot) == ["b.txt"]


def test_only_the_sentences_that_changed(depot):
    commit(depot, a_md=f"Payez avant le 01/02/2024. Écrivez avant le\n03/02/2024.\n\n{DATE}\n\nFin.\n")
    write(depot, a_md=f"Payez avant le 01/02/2024. Venez avant le\n03/02/2024.\n\n{DATE}\n\nVenez le 05/02/2024.\n")
    assert told(depot / "a.md") == ["03/02/2024", "05/02/2024"]
    assert told(depot / "a.md", "HEAD") == ["03/02/2024", "05/02/2024"]


def test_what_moved_is_no_news_and_what_was_copied_is(depot):
    commit(depot, a_md=f"{DATE}\n\nBonjour à vous.\n\nMerci.\n")
    write(depot, a_md=f"Bonjour à vous.\n\n{DATE}\n\nMerci.\n")
    assert told(depot / "a.md") == []
    write(depot, a_md=f"{DATE}\n\nBonjour à vous.\n\n{DATE}\n\nMerci.\n")
    assert told(depot / "a.md") == ["12/03/2024"]


def test_a_line_taken_from_a_sentence_changes_it(depot):
    commit(depot, a_txt=f"Avant.\n\nÉcrivez-nous\nvite\navant le 12/03/2024.\n\n{DATE}\n")
    write(depot, a_txt=f"Avant.\n\nÉcrivez-nous\navant le 12/03/2024.\n\n{DATE}\n")
    assert told(depot / "a.txt") == ["12/03/2024"]


def test_line_ends_and_names_do_not_matter(depot):
    commit(depot, vieux_txt=f"Bonjour à tous.\n\n{DATE}\n\n" + "Nous vous aidons.\n\n" * 9)
    git(depot, "mv", "vieux.txt", "neuf.txt")
    assert told(depot / "neuf.txt") == []
    new = f"Bonjour à vous.\n\n{DATE}\n\nVenez le 05/02/2024.\n\n" + "Nous vous aidons.\n\n" * 9
    write(depot, neuf_txt=new.replace("\n", "\r\n"))
    assert told(depot / "neuf.txt") == ["05/02/2024"]


def test_a_new_file_is_all_new(depot):
    commit(depot)
    write(depot, a_html='<html lang="fr"><p>Venez le 05/02/2024.</p><img src="a.png"></html>')
    report = falc.Linter(config=LIGHT).check(depot / "a.html")
    assert len(report) >= 2 and Changes().only_new(report) == report


def test_a_tag_on_a_line_that_changed(depot):
    page = '<html lang="fr"><title>Aide</title>\n<p>Bonjour à vous.</p>\n<img src="a.png">\n'
    commit(depot, a_html=page)
    write(depot, a_html=page.replace("Bonjour", "Bienvenue"))
    assert told(depot / "a.html") == []
    write(depot, a_html=page + '<img src="b.png">\n')
    assert told(depot / "a.html") == ['<img src="b.png">']


def test_a_text_that_git_takes_for_binary(depot):
    write(depot, _gitattributes="*.txt binary\n")
    commit(depot, a_txt=f"{DATE}\n")
    write(depot, a_txt=f"{DATE}\n\nVenez le 05/02/2024.\n")
    assert told(depot / "a.txt") == ["05/02/2024"]


def test_office_files_are_compared_sentence_by_sentence(depot):
    import docx

    def letter(*paragraphs):
        document = docx.Document()
        for text in paragraphs:
            document.add_paragraph(text)
        document.save(depot / "a.docx")

    letter("Bonjour.", f"{DATE} Merci.")
    commit(depot)
    letter("Bonjour.", "Venez le 05/02/2024.", f"{DATE} Merci beaucoup.")
    assert told(depot / "a.docx") == ["05/02/2024"]


def test_what_could_not_be_read_before_is_all_new(depot):
    (depot / "a.docx").write_bytes(b"PK")
    commit(depot)
    (depot / "a.docx").write_bytes(OFFICE.read_bytes())
    everything = [finding.text for finding in falc.Linter(config=LIGHT).check(depot / "a.docx") if finding.text]
    assert everything and told(depot / "a.docx") == everything


def test_a_branch_of_a_condition(depot):
    line = "Venez le {{% if a %}}lundi{{% else %}}{}{{% endif %}}. Payez le 02/02/2024.\n"
    commit(depot, a_md=line.format("mardi"))
    write(depot, a_md=line.format("01/02/2024"))
    assert told(depot / "a.md") == ["01/02/2024"]
