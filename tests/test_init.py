"""`falc init` looks at a folder and writes settings that falc reads back."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from falc.cli.init import init
from falc.config import KEYS, Settings, read_config
from falc.discovery import Discovery
from falc.model import FalcError
from falc.outputs.pages import config_page
from falc.patterns import patterns
from falc.settings_faults import refuse_faults
from falc.starting import Survey, pattern_of, proposal, survey

LETTER = Path(__file__).parent.parent / "examples" / "depot-de-modeles" / "courriers"


def make(root, *names, text="Bonjour.\n"):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(*arguments):
    done = CliRunner().invoke(init, [str(argument) for argument in arguments], standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.stdout.replace("\u00a0", " "), done.stderr.replace("\u00a0", " ")


@pytest.fixture
def depot(tmp_path):
    make(tmp_path, "README.md", "docs/guide.md", "requirements.txt", ".github/workflows/ci.yml", "lettres/c.txt")
    make(tmp_path, "lettres/a.html.j2", "lettres/b.html", text="<p>Bonjour {{ nom }}.</p>")
    make(tmp_path, "SMS/rappel.txt", ".gitlab-ci.yml", text="Bonjour ${nom}")
    return tmp_path


def test_it_says_what_it_saw_and_writes_settings_that_hold(depot):
    out, _ = run(depot)
    for words in (
        "4 fichiers à vérifier : text (2), html (2)",
        "jinja (2), freemarker (1)",
        "/docs/, requirements.txt",
        "GitHub Actions, GitLab CI",
        "  falc check  ",
        "  falc config  ",
    ):
        assert words in out
    config = read_config(depot / "falc.toml")
    refuse_faults(config)
    assert config.exclude == ("README.md", "/docs/", "requirements.txt")
    assert config.per_file_profile == (("SMS/**", "sms"),)
    found = [path.relative_to(depot).as_posix() for path in Discovery(Settings()).files([depot])]
    assert found == ["SMS/rappel.txt", "lettres/a.html.j2", "lettres/b.html", "lettres/c.txt"]
    assert "Profil « sms »" in config_page(Settings().for_path(depot / "SMS" / "rappel.txt"), "x").replace(
        "\u00a0", " "
    )


def test_it_overwrites_only_on_request(depot):
    make(depot, "falc.toml", text='profile = "sms"\n')
    with pytest.raises(FalcError, match="a déjà des réglages"):
        run(depot)
    assert read_config(depot / "falc.toml").profile == "sms"
    run("--force", depot)
    assert read_config(depot / "falc.toml").profile == "falc"


def test_it_respects_a_pyproject_with_settings(depot):
    make(depot, "pyproject.toml", text='[tool.falc]\nprofile = "sms"\n')
    with pytest.raises(FalcError, match=r"pyproject\.toml"):
        run(depot)


def test_it_shows_without_writing(depot):
    out, err = run("--stdout", depot)
    assert tomllib.loads(out)["profile"] == "falc"
    assert "4 fichiers" in err and not (depot / "falc.toml").exists()


def test_settings_above_do_not_hold_any_more(depot):
    make(depot, "falc.toml", text='profile = "sms"\n')
    out, _ = run(depot / "lettres")
    assert "falc.toml ne vaut plus pour ce dossier" in out


def test_letters_in_a_folder_called_docs_are_letters(tmp_path):
    make(tmp_path, "docs/a.txt", "README.md")
    assert survey(tmp_path).formats == {"text": 1}
    assert survey(tmp_path).exclude == ("README.md",)


def test_an_empty_folder_and_no_folder(tmp_path):
    assert "aucun fichier à vérifier" in run(tmp_path)[0]
    with pytest.raises(FalcError, match="ce n'est pas un dossier"):
        run(tmp_path / "falc.toml")


def test_many_letters_get_a_baseline(tmp_path):
    make(tmp_path, *(f"{number}.txt" for number in range(12)))
    assert "falc check --write-baseline" in run(tmp_path)[0]
    assert read_config(tmp_path / "falc.toml").baseline is None
    make(tmp_path, "falc-baseline.json", text="{}")
    run("--force", tmp_path)
    assert read_config(tmp_path / "falc.toml").baseline == tmp_path / "falc-baseline.json"


def test_fields_of_word_letters_are_seen(tmp_path):
    import docx

    document = docx.Document()
    document.add_paragraph("Bonjour «Prenom» «Nom_famille», votre dossier est complet.")
    document.save(tmp_path / "a.docx")
    assert survey(tmp_path).styles == {"publipostage": 1}


def uncommented(text):
    """Take the # from every line that sets something, as the file says people may do."""
    for line in text.splitlines():
        rest = line.removeprefix("# ")
        yield rest if rest.startswith("[") or " = " in rest.split("#")[0] else line


def test_every_key_is_there_and_every_line_can_be_uncommented(tmp_path):
    text = proposal(Survey({"html": 3}, {"jinja": 2}))
    lines = [line for line in uncommented(text) if not line.startswith(("extend =", "lexicons ="))]
    (tmp_path / "falc.toml").write_text("\n".join(lines), encoding="utf-8")
    config = read_config(tmp_path / "falc.toml")
    refuse_faults(config)
    assert {key.split(".")[0] for key in config.origins} == {*KEYS} - {"extend", "lexicons"}
    assert all(f"# {key} = " in text for key in ("extend", "lexicons"))


NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=()), min_size=1, max_size=8)


@given(st.lists(NAMES, max_size=3), st.lists(NAMES, max_size=3, unique_by=pattern_of))
def test_any_name_of_a_file_can_be_written(files, folders):
    text = proposal(Survey({}, {}, tuple(map(pattern_of, files)), tuple(map(pattern_of, folders))))
    table = tomllib.loads(text)
    assert len(table.get("exclude", [])) == len(files)
    assert len(table.get("per-file-profile", {})) == len(folders)


@given(NAMES.filter(lambda name: name.isprintable() and name == name.strip() and not name.startswith(".")))
def test_the_pattern_of_a_name_fits_it(name):
    assert patterns((pattern_of(name),)).hold(name)
    assert not patterns((pattern_of(name),)).hold(f"{name}x")


def test_the_file_is_read_by_the_command(depot):
    run(depot)
    done = subprocess.run([sys.executable, "-m", "falc", "config", "."], cwd=depot, capture_output=True, timeout=120)
    assert done.returncode == 0 and b"README.md" in done.stdout
