"""Configuration: nearest file, extend, errors that name file, line, key and the way out."""

import pytest

from falc.config import Config, Settings, config_for, read_config
from falc.model import FalcError, Severity
from falc.selection import selected
from falc.settings_faults import refuse_faults


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def options(config, code):
    return {rule.code: rule for rule in selected(config)}[code].options


def test_nearest_file_wins_alone(tmp_path):
    write(tmp_path / "falc.toml", 'ignore = ["PHR001"]\n[rules.PHR001]\nmax_words = 20\n')
    write(tmp_path / "lettres" / "falc.toml", "[rules.PHR001]\nmax_words = 18\n")
    letter = write(tmp_path / "lettres" / "caf" / "a.txt", "Bonjour.")
    config = config_for(letter)
    assert config.path == tmp_path / "lettres" / "falc.toml"
    assert options(config, "PHR001")["max_words"] == 18


def test_pyproject_counts_only_with_its_table(tmp_path):
    write(tmp_path / "pyproject.toml", '[tool.falc]\nprofile = "langage-clair"\n')
    write(tmp_path / "sub" / "pyproject.toml", "[tool.ruff]\nline-length = 100\n")
    assert config_for(write(tmp_path / "sub" / "a.txt", "x")).profile == "langage-clair"


def test_extend_is_explicit(tmp_path):
    write(tmp_path / "base.toml", 'fail-on = "warning"\nignore = ["NUM001"]\n[rules.PHR001]\nmax_words = 20\n')
    write(
        tmp_path / "a" / "falc.toml", 'extend = "../base.toml"\nignore = ["NUM002"]\n[rules.PHR001]\nerror_above = 25\n'
    )
    config = read_config(tmp_path / "a" / "falc.toml")
    assert config.fail_on is Severity.WARNING
    assert config.ignore == ("NUM001", "NUM002")
    assert options(config, "PHR001") == {
        "max_words": 20,
        "error_above": 25,
        "light_up_to": 15,
        "unfinished_severity": "info",
    }
    assert config.origin("fail-on").endswith("base.toml, ligne 1")
    assert config.origin("rules.PHR001.error_above").endswith("a/falc.toml, ligne 4")
    assert config.origin("profile") == "réglage de départ"


def test_extend_loop_is_an_error(tmp_path):
    write(tmp_path / "a.toml", 'extend = "b.toml"\n')
    write(tmp_path / "b.toml", 'extend = "a.toml"\n')
    with pytest.raises(FalcError, match="s'étend lui-même"):
        read_config(tmp_path / "a.toml")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('profil = "falc"\n', ["falc.toml, ligne 1", "« profil » n'existe pas", "« profile »"]),
        ('\nprofile = "falc\n', ["falc.toml, ligne 2", "TOML"]),
        ('extend = "absent.toml"\n', ["falc.toml, ligne 1", "absent.toml"]),
        ("\nignore = 3\n", ["falc.toml, ligne 2", "« ignore »"]),
        ("select = [1]\n", ["« select »", "liste de textes"]),
        ('fail-on = "grave"\n', ["« fail-on »", "info, warning ou error"]),
        ("profile = 3\n", ["« profile »", "guillemets"]),
    ],
)
def test_broken_file_names_file_line_and_key(tmp_path, text, parts):
    path = write(tmp_path / "falc.toml", text)
    with pytest.raises(FalcError) as caught:
        read_config(path)
    for part in parts:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('select = ["PHR01"]\n', ["« PHR01 » n'existe pas", "PHR"]),
        ('profile = "facl"\n', ["« facl » n'existe pas", "« falc »"]),
        (
            "[rules.PHR001]\nmax_mots = 3\n",
            ["falc.toml, ligne 2", "« max_mots » n'existe pas pour PHR001", "« max_words »"],
        ),
        ('[rules.PHR001]\nmax_words = "douze"\n', ["« max_words »", "comme 12"]),
        ("[rules.PHR002]\nmax_ideas = 1\n[rules.PHR001]\nmax_ideas = 1\n", ["falc.toml, ligne 4", "pour PHR001"]),
        ('[rules.PHR001]\nmax_words = 3\n[rules.PHR006]\nseverity = "grave"\n', ["falc.toml, ligne 4", "PHR006"]),
        ("[rules.PHR]\nmax_words = 3\n", ["« PHR » n'existe pas"]),
        ("[rules.voix-pasive]\n", ["« voix-pasive »", "« voix-passive »"]),
    ],
)
def test_wrong_rule_settings_name_file_and_key(tmp_path, text, parts):
    config = read_config(write(tmp_path / "falc.toml", text))
    with pytest.raises(FalcError) as caught:
        selected(config)
    for part in ["falc.toml", *parts]:
        assert part in str(caught.value)


def test_codes_families_and_names_select():
    assert {rule.code for rule in selected(Config(select=("NUM", "voix-passive")))} >= {"NUM001", "NUM005", "PHR006"}
    assert {rule.family for rule in selected(Config(select=("NUM",)))} == {"NUM"}
    assert "NUM001" not in {rule.code for rule in selected(Config(select=("NUM",), ignore=("pourcentage",)))}


def test_severity_is_a_setting(tmp_path):
    config = read_config(write(tmp_path / "falc.toml", '[rules.voix-passive]\nseverity = "error"\n'))
    assert {rule.code: rule.severity for rule in selected(config)}["PHR006"] is Severity.ERROR


def test_an_error_in_an_extended_file_names_that_file(tmp_path):
    write(tmp_path / "base.toml", "\n[rules.PHR001]\nmax_mots = 3\n")
    config = read_config(write(tmp_path / "falc.toml", 'extend = "base.toml"\n'))
    with pytest.raises(FalcError, match=r"base\.toml, ligne 3 : « max_mots » n'existe pas"):
        selected(config)


def test_the_command_line_is_named_for_its_own_words(tmp_path):
    write(tmp_path / "falc.toml", 'ignore = ["NUM001"]\n')
    settings = Settings(ignore=("ZZZ",))
    with pytest.raises(FalcError, match="ligne de commande : la règle « ZZZ »"):
        selected(settings.for_path(tmp_path / "a.txt"))


def test_a_changed_file_is_read_again_by_a_new_linter(tmp_path):
    path = write(tmp_path / "falc.toml", 'profile = "falc"\n')
    assert Settings().for_path(tmp_path / "a.txt").profile == "falc"
    path.write_text('profile = "langage-clair"\n', encoding="utf-8")
    assert Settings().for_path(tmp_path / "a.txt").profile == "langage-clair"


def test_settings_of_single_files(tmp_path):
    write(
        tmp_path / "falc.toml",
        """ignore = ["NUM001"]

[per-file-profile]
"courts/" = "langage-clair"
"sms/**" = "sms"
"sms/longs/*.txt" = "falc-strict"

[per-file-ignores]
"*.md" = ["PHR001", "voix-passive"]
"sms/**" = ["MOT"]
""",
    )
    settings = Settings()

    def at(name):
        config = settings.for_path(tmp_path / name)
        return config.profile, config.ignore

    assert at("a.txt") == ("falc", ("NUM001",))
    assert at("courts/ici/a.md") == ("langage-clair", ("NUM001", "PHR001", "voix-passive"))
    assert at("sms/a.md") == ("sms", ("NUM001", "PHR001", "voix-passive", "MOT"))
    assert at("sms/longs/a.txt") == ("falc-strict", ("NUM001", "MOT"))
    origin = settings.for_path(tmp_path / "sms" / "a.md").origin("ignore")
    assert [part.rsplit("/", 1)[-1] for part in origin.split(" ; ")] == [
        "falc.toml, ligne 1",
        "falc.toml, ligne 9 (« *.md »)",
        "** »)",
    ]
    assert "ligne 5 (« sms/** »)" in settings.for_path(tmp_path / "sms" / "a.md").origin("profile")
    assert {rule.code for rule in selected(settings.for_path(tmp_path / "sms" / "a.md"))}.isdisjoint(
        {"PHR001", "PHR006"}
    )


def test_a_thousand_files_share_their_settings(tmp_path):
    write(tmp_path / "falc.toml", '[per-file-profile]\n"sms/**" = "sms"\n')
    for name in ("a", "b/c", "sms/d"):
        (tmp_path / name).mkdir(parents=True)
    settings = Settings()
    files = [tmp_path / folder / f"{number}.txt" for folder in ("a", "b/c", "sms/d") for number in range(50)]
    assert len({id(settings.for_path(file)) for file in files}) == 2
    assert len({settings.for_path(file) for file in files}) == 2


def test_the_command_line_is_stronger_than_the_profile_of_a_file(tmp_path):
    write(tmp_path / "falc.toml", '[per-file-profile]\n"*.txt" = "sms"\n')
    assert Settings(profile="falc-strict").for_path(tmp_path / "a.txt").profile == "falc-strict"
    assert Settings(profile=None).for_path(tmp_path / "a.txt").profile == "sms"


def test_patterns_count_from_the_current_folder_for_a_file_of_settings_elsewhere(tmp_path, monkeypatch):
    config = write(tmp_path / "ci" / "falc.toml", '[per-file-profile]\n"sms/*" = "sms"\n')
    monkeypatch.chdir(write(tmp_path / "depot" / "sms" / "a.txt", "x").parent.parent)
    settings = Settings(config)
    assert settings.for_path(tmp_path / "depot" / "sms" / "a.txt").profile == "sms"
    assert settings.for_path(tmp_path / "depot" / "a.txt").profile == "falc"


def test_two_configurations_are_equal_only_when_all_is():
    assert Config() == Config() and hash(Config()) == hash(Config())
    assert Config(front_matter=("title",)) != Config()
    assert Config(rules={"PHR001": {"max_words": 3}}) != Config()


def test_sources_are_all_the_files_that_were_read(tmp_path):
    base = write(tmp_path / "base.toml", 'profile = "sms"\n')
    own = write(tmp_path / "falc.toml", 'extend = "base.toml"\n')
    assert read_config(own).sources == (base, own)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('[per-file-profile]\n"sms/*" = 3\n', ["falc.toml, ligne 2", "« per-file-profile »", "texte"]),
        ('per-file-profile = {"sms/*" = 3}\n', ["falc.toml, ligne 1", "« per-file-profile »"]),
        ('[per-file-ignores]\n"sms/*" = "PHR001"\n', ["falc.toml, ligne 2", "« per-file-ignores »", "liste"]),
        ("per-file-ignores = 3\n", ["falc.toml, ligne 1", "« per-file-ignores »"]),
        ('templates = "jinja"\n', ["falc.toml, ligne 1", "« templates »", "liste"]),
        ('baseline = ""\n', ["falc.toml, ligne 1", "« baseline »"]),
        ("per-file-ignore = {}\n", ["falc.toml, ligne 1", "« per-file-ignores »"]),
    ],
)
def test_wrong_types_name_file_line_and_key(tmp_path, text, parts):
    path = write(tmp_path / "falc.toml", text)
    with pytest.raises(FalcError) as caught:
        read_config(path)
    for part in parts:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('[per-file-profile]\n"sms/*" = "smss"\n', ["falc.toml, ligne 2", "« smss » n'existe pas", "« sms »"]),
        ('[per-file-ignores]\n"a" = []\n"b" = ["PHR01"]\n', ["falc.toml, ligne 3", "« PHR01 » n'existe pas"]),
        ('[per-file-ignores]\n"!b" = ["PHR001"]\n', ["falc.toml, ligne 1", "« !b »", "motif"]),
        ('exclude = ["["]\n', ["falc.toml, ligne 1", "« exclude »", "« [ »"]),
        ('include = ["!a"]\n', ["falc.toml, ligne 1", "« include »"]),
        ('patterns = ["("]\n', ["falc.toml, ligne 1", "« patterns »", "expression"]),
        ('patterns = ["@?"]\n', ["falc.toml, ligne 1", "« patterns »", "trouve aussi le vide"]),
    ],
)
def test_what_does_not_exist_is_told_before_any_file(tmp_path, text, parts):
    config = read_config(write(tmp_path / "falc.toml", text))
    with pytest.raises(FalcError) as caught:
        refuse_faults(config)
    for part in parts:
        assert part in str(caught.value)
