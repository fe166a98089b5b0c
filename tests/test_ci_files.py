"""The files for CI: valid for the programs that read them, and they do what they say on the example repository."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from falc.formats import SUFFIXES, format_of

ROOT = Path(__file__).parent.parent
DEPOT = ROOT / "examples" / "depot-de-modeles"
BIN = Path(sys.executable).parent
# What was put into the templates of the example repository to be found.
SEEDED = {
    ("courriers/trop-percu.html.j2", "MOT020", "Nonobstant"),
    ("courriers/trop-percu.html.j2", "PHR006", "a été réexaminée"),
    ("courriers/trop-percu.html.j2", "MOT002", "service instructeur"),
    ("courriers/trop-percu.html.j2", "PHR001", "Envoyez votre réponse"),
    ("courriers/trop-percu.html.j2", "MOT021", "au moyen du"),
}
SCHEMAS = {
    "vendor.github-actions": [ROOT / "action.yml"],
    "vendor.github-workflows": [DEPOT / ".github" / "workflows" / "falc.yml"],
    "vendor.gitlab-ci": [DEPOT / ".gitlab-ci.yml", DEPOT / "ci" / "falc.gitlab-ci.yml"],
}
FALC = ("falc", "pyproject.toml", "rules", "lexicons", "README.md", "LICENSE", "CHANGELOG.md", ".pre-commit-hooks.yaml")


def run(*command, cwd, **variables):
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **variables}
    return subprocess.run([str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True)


def git(folder, *command):
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    subprocess.run(["git", *identity, *command], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def depot(tmp_path):
    """A copy of the example repository, in git."""
    place = tmp_path / "modeles"
    shutil.copytree(DEPOT, place)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Modèles"]):
        git(place, *command)
    return place


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_follow_the_schema_of_their_reader(schema):
    done = run("check-jsonschema", "--builtin-schema", schema, *SCHEMAS[schema], cwd=ROOT)
    assert done.returncode == 0, done.stdout


def test_pre_commit_reads_the_files():
    hooks = run("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=ROOT)
    config = run("pre-commit", "validate-config", DEPOT / ".pre-commit-config.yaml", cwd=ROOT)
    assert (hooks.returncode, config.returncode) == (0, 0), hooks.stdout + config.stdout


@pytest.mark.model
def test_the_example_repository_has_the_faults_that_were_put_into_it(depot):
    done = run("falc", "check", "--output-format", "json", cwd=depot)
    assert done.returncode == 1, done.stderr
    files = json.loads(done.stdout)["files"]
    told = [(file["path"], finding) for file in files for finding in file["findings"] if finding["severity"] != "info"]
    assert {(path, finding["code"]) for path, finding in told} == {(path, code) for path, code, _ in SEEDED}
    for path, code, start in SEEDED:
        assert any(f["text"].startswith(start) for p, f in told if (p, f["code"]) == (path, code)), code
    assert sum(file["suppressed"] for file in files) > 0  # what the baseline and a comment know


@pytest.mark.model
def test_without_its_last_template_the_example_repository_is_clean(depot):
    (depot / "courriers" / "trop-percu.html.j2").unlink()
    done = run("falc", "check", cwd=depot)
    assert done.returncode == 0, done.stdout


@pytest.mark.model
def test_the_action_writes_annotations_a_summary_and_sarif(depot, tmp_path):
    summary, output = tmp_path / "summary.md", tmp_path / "output"
    asked = {"FALC_PATHS": "courriers\nsms\n", "FALC_ARGS": "", "FALC_SARIF": "falc.sarif", "FALC_SUMMARY": "true"}
    places = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output), "FALC_CACHE_DIR": str(tmp_path / "c")}
    done = run("bash", ROOT / ".ci" / "action", cwd=depot, **asked, **places)
    assert done.returncode == 1, done.stderr
    assert "::warning " in done.stdout and "file=courriers/trop-percu.html.j2" in done.stdout
    assert "trop-percu.html.j2" in summary.read_text(encoding="utf-8")
    assert set(output.read_text(encoding="utf-8").split()) == {"exit-code=1", "sarif-file=falc.sarif"}
    sarif = json.loads((depot / "falc.sarif").read_text(encoding="utf-8"))
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in sarif["runs"][0]["results"]}
    assert uris == {"courriers/trop-percu.html.j2"}


@pytest.mark.model
def test_the_job_of_gitlab_writes_its_report(depot, tmp_path):
    job = yaml.safe_load((DEPOT / "ci" / "falc.gitlab-ci.yml").read_text(encoding="utf-8"))[".falc"]
    variables = {**job["variables"], "CI_PROJECT_DIR": str(tmp_path), "FALC_CACHE_DIR": str(tmp_path / "c")}
    report, check = (run("bash", "-c", line, cwd=depot, **variables) for line in job["script"])
    assert (report.returncode, check.returncode) == (0, 1), report.stderr + check.stderr
    problems = json.loads((depot / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert {p["location"]["path"] for p in problems if p["severity"] != "info"} == {path for path, _, _ in SEEDED}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """What pre-commit clones: falc in a git repository."""
    place = tmp_path_factory.mktemp("falc")
    for name in FALC:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, place / name)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "falc"], ["tag", "v0.1.0"]):
        git(place, *command)
    return place


@pytest.mark.wheel
@pytest.mark.model
def test_pre_commit_finds_the_faults_and_touches_no_placeholder(depot, source, tmp_path):
    hooks = [{"id": "falc-check"}, {"id": "falc-fix", "args": ["--unsafe", "--exit-zero"], "stages": ["manual"]}]
    config = {"repos": [{"repo": source.as_uri(), "rev": "v0.1.0", "hooks": hooks}]}
    (depot / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    git(depot, "add", "-A")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "hooks"), "FALC_CACHE_DIR": str(tmp_path / "c")}
    check = run("pre-commit", "run", "falc-check", "--all-files", cwd=depot, **home)
    assert check.returncode == 1, check.stdout + check.stderr
    assert all(code in check.stdout for _, code, _ in SEEDED), check.stdout
    assert "piece-manquante" not in check.stdout and "relance-2019" not in check.stdout

    path = depot / "courriers" / "trop-percu.html.j2"
    before = path.read_text(encoding="utf-8")
    fix = run("pre-commit", "run", "falc-fix", "--all-files", "--hook-stage", "manual", cwd=depot, **home)
    assert fix.returncode == 1 and "files were modified by this hook" in fix.stdout, fix.stdout + fix.stderr
    after = path.read_text(encoding="utf-8")
    assert "Malgré notre lettre" in after
    signs = ("{{ civilite }}", "{{ nom_usager }}", "{{ date_courrier }}", "{{ DATE_LIMITE }}", "{% if echeancier %}")
    assert [before.count(sign) for sign in signs] == [after.count(sign) for sign in signs]


NAMES = [f"lettre{suffix}" for suffix in SUFFIXES if suffix != ".pdf"]
NAMES += [f"lettre.html{suffix}" for suffix in (".j2", ".twig", ".erb", ".php", ".blade.php")]
NAMES += ["courriel.hbs", "bulletin.ftl", "a.twig", "b.liquid", "c.njk", "d.jinja2", "e.blade.php", "f.phtml", "g.jsp"]


def test_the_hook_takes_the_files_that_the_command_finds():
    (check, _) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    wanted = re.compile(check["files"])
    assert [name for name in NAMES if not wanted.search(name)] == []
    assert [name for name in NAMES if format_of(Path(name)) is None] == []
    others = [
        "index.php",
        "a.py",
        "b.css",
        "nginx.conf.tmpl",
        "docs.mdx",
        "lettre.html.bak",
        "nginx.conf.j2",
        "a.b.jsp",
    ]
    assert [name for name in others if wanted.search(name) or format_of(Path(name))] == []
